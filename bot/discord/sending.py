"""Sends cards, and sees to it that none is lost while Discord has troubles of its own."""

import asyncio
import io
import logging
import secrets
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, TypeAlias, TypeVar

import discord
from discord import app_commands

from bot.discord.gateway import UNREACHED, Interaction, growing_pauses, is_passing, persist
from bot.domain.errors import StorageError, UnreadablePosting
from bot.domain.person import Person
from bot.intake.reading import BYTES_BOUND, Upload
from bot.intake.sources import to_label
from bot.presentation.card import (
    LONGEST_BODY,
    LONGEST_FOOTER,
    LONGEST_LABEL,
    LONGEST_TITLE,
    Card,
    Control,
    Look,
    Tone,
    clip,
    escaped,
    unescaped,
)
from bot.presentation.failures import log_failure
from bot.presentation.notices import changed_commands_card, or_refusal
from bot.storage.remembered import Deferral
from bot.text.translations import say

Sent = TypeVar("Sent")

_LOG = logging.getLogger(__name__)
_ALREADY_ANSWERED = 40060
_ENDED = frozenset({10062, 10015, 10008, 50027})
"""The interaction is unknown by now, or its token or message is."""

_FIRST_ANSWER, _LIFE = 2.8, 14.5 * 60
"""Seconds in which an interaction takes its first answer, and its further ones; Discord gives 3 and 15 minutes."""

_LEAST = 1.0
"""Seconds that a first answer is tried for even where the time seems to be over."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.3, 30.0
_SINCE = "rolecall_since"


def note_arrival(interaction: Interaction) -> float:
    """Return the time of the loop's clock at which an interaction came in, which is when this is first asked."""
    since: float = interaction.extras.setdefault(_SINCE, asyncio.get_running_loop().time())
    return since


# A card as Discord shows it: one box with its text, its pictures and files, and buttons that work after a restart.

_COLOURS = {Tone.ANSWER: 0x2E8B57, Tone.SILENT: 0x99AAB5, Tone.ASKING: 0xE8A33D}
_STYLES = {Look.PLAIN: discord.ButtonStyle.secondary, Look.GOOD: discord.ButtonStyle.success, Look.DANGER: discord.ButtonStyle.danger}
_TITLE, _BODY, _FOOTER, _NOTE = 101, 102, 103, 104
"""The numbers of the texts in a box, by which they are found again in a message."""

_LONGEST_LINK = 512
_PICTURES = (".png", ".jpg", ".gif", ".webp")


def to_layout(card: Card) -> discord.ui.LayoutView:
    """Return a card to be sent and nothing else: what is pressed finds its own way, so that nothing has to wait for it."""
    box: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(accent_colour=_COLOURS[card.tone])
    if card.title:
        title = clip(card.title, LONGEST_TITLE)
        link = (card.link or "").replace("(", "%28").replace(")", "%29")
        box.add_item(discord.ui.TextDisplay(f"### [{title}]({link})" if 0 < len(link) <= _LONGEST_LINK else f"### {title}", id=_TITLE))
    if card.body:
        box.add_item(discord.ui.TextDisplay(clip(card.body, LONGEST_BODY), id=_BODY))
    for entry in card.entries:
        box.add_item(discord.ui.Section(entry.body, accessory=_to_button(entry.control)))
    for file in card.files:
        place = f"attachment://{file.name}"
        is_picture = file.name.endswith(_PICTURES)
        picture = discord.MediaGalleryItem(place, description=file.description or None)
        box.add_item(discord.ui.MediaGallery(picture) if is_picture else discord.ui.File(place))
    if card.note:
        box.add_item(discord.ui.TextDisplay(f"-# {card.note}", id=_NOTE))
    if card.footer:
        box.add_item(discord.ui.TextDisplay(f"-# {clip(escaped(card.footer), LONGEST_FOOTER)}", id=_FOOTER))
    for row in card.rows:
        box.add_item(discord.ui.ActionRow(*map(_to_button, row)))
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(box)
    view.stop()
    return view


def _to_button(control: Control) -> discord.ui.Button[discord.ui.LayoutView]:
    return discord.ui.Button(
        label=clip(control.label, LONGEST_LABEL),
        style=_STYLES[control.look],
        custom_id=control.press.id if control.press else None,
        url=control.link,
        disabled=control.is_current,
    )


def shown_text(message: discord.Message | None) -> tuple[str, str]:
    """Return the body and the footer that a message of ours shows; those of earlier versions stand in an embed."""
    if message is None:
        return "", ""
    if message.embeds:
        return message.embeds[0].description or "", message.embeds[0].footer.text or ""
    boxes = [component for component in message.components if isinstance(component, discord.Container)]
    texts = {one.id: one.content for box in boxes for one in box.children if isinstance(one, discord.TextDisplay)}
    return texts.get(_BODY, ""), unescaped(texts.get(_FOOTER, "").removeprefix("-# "))


def message_parts(card: Card) -> dict[str, Any]:
    """Return a card as the arguments of discord.py's sending methods."""
    parts: dict[str, Any] = {"view": to_layout(card), "allowed_mentions": discord.AllowedMentions.none()}
    if card.files:  # made anew for each try, since sending reads them to their end
        parts["files"] = [_File(io.BytesIO(file.data), filename=file.name, description=file.description or None) for file in card.files]
    return parts


async def send_message(channel: discord.abc.Messageable, card: Card, **more: Any) -> None:
    """Send a card to a channel or a person once, however often that has to be tried: Discord knows a message by its nonce."""
    nonce = secrets.randbits(63)
    await persist(lambda: channel.send(**message_parts(card), nonce=nonce, **more))


async def respond(interaction: Interaction, card: Card, *, in_place: bool, hidden: bool) -> None:
    """
    Answer an interaction for the first time, or what was deferred; `in_place` puts the card where the button was.

    Where the interaction's three seconds are over, or Discord keeps failing, the answer becomes a message of its own.
    """
    try:
        if interaction.response.is_done():
            await _complete(interaction, card, hidden=hidden)
        else:
            await answer_in_time(interaction, lambda: _first(interaction, card, in_place=in_place, hidden=hidden))
    except (discord.HTTPException, *UNREACHED) as error:
        await respond_otherwise(interaction, card, error, hidden=hidden)
    interaction.client.deferrals.drop(str(interaction.id))


async def answer_in_time(interaction: Interaction, send: Callable[[], Awaitable[Sent]]) -> Sent:
    """Give an interaction its first answer, as often as it takes while Discord waits for one; raises what the last try came to."""
    until = note_arrival(interaction) + _FIRST_ANSWER
    left = max(until - asyncio.get_running_loop().time(), _LEAST)
    async with asyncio.timeout(left):
        return await persist(send, growing_pauses(_FIRST_PAUSE, _LONGEST_PAUSE), until=until)


def is_answered(error: Exception) -> bool:
    """Tell whether an answer was not taken because there is one: a try got through whose confirmation did not come back."""
    return isinstance(error, discord.HTTPException) and error.code == _ALREADY_ANSWERED


async def respond_otherwise(interaction: Interaction, card: Card, error: Exception, *, hidden: bool) -> None:
    """Bring a card to who asked after its answer was not taken: as what was answered already, by a follow-up, or beside it."""
    code = error.code if isinstance(error, discord.HTTPException) else None
    if is_answered(error):
        await _persist_while_it_lives(interaction, lambda: interaction.edit_original_response(**_replacing(card)))
        return
    if code not in _ENDED and not is_passing(error):
        raise error
    try:
        await _persist_while_it_lives(interaction, lambda: interaction.followup.send(**message_parts(card), ephemeral=hidden))
    except (discord.HTTPException, *UNREACHED) as failure:
        _LOG.info("an answer was taken neither in time nor as a follow-up (%s)", failure)
        await _send_beside(interaction, card, hidden=hidden)


async def note_promise(interaction: Interaction, *, is_beside: bool) -> None:
    """Write down that an answer is promised before it is: whatever becomes of this process, who asked is told."""
    person, locale = str(interaction.user.id), interaction.locale.value
    await interaction.client.deferrals.note(Deferral(str(interaction.id), interaction.token, person, locale, is_beside))


async def show_meanwhile(interaction: Interaction, card: Card, *, in_place: bool, hidden: bool) -> None:
    """Show how far long work is where its own card will stand in the end; where Discord takes no part in that, nothing is shown."""
    try:
        if not interaction.response.is_done():
            await note_promise(interaction, is_beside=in_place)
            await _say_that_it_comes(interaction, in_place=in_place, hidden=hidden)
        await interaction.edit_original_response(**_replacing(card))
    except (discord.HTTPException, discord.InteractionResponded, *UNREACHED) as failure:
        _LOG.info("could not show how far it is: %s", failure)


async def _say_that_it_comes(interaction: Interaction, *, in_place: bool, hidden: bool) -> None:
    if in_place:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=hidden, thinking=True)


async def _first(interaction: Interaction, card: Card, *, in_place: bool, hidden: bool) -> None:
    if in_place:
        await interaction.response.edit_message(**_replacing(card))
    else:
        await interaction.response.send_message(**message_parts(card), ephemeral=hidden)


async def _complete(interaction: Interaction, card: Card, *, hidden: bool) -> None:
    """Put the card where it was said that it will come."""
    is_of_button = interaction.response.type is discord.InteractionResponseType.deferred_message_update
    if card.is_aside and is_of_button:
        await _persist_while_it_lives(interaction, lambda: interaction.followup.send(**message_parts(card), ephemeral=hidden))
    else:
        await _persist_while_it_lives(interaction, lambda: interaction.edit_original_response(**_replacing(card)))


async def _persist_while_it_lives(interaction: Interaction, send: Callable[[], Awaitable[Sent]]) -> Sent:
    until = note_arrival(interaction) + _LIFE
    return await persist(send, growing_pauses(_FIRST_PAUSE, _LONGEST_PAUSE), until=until)


async def _send_beside(interaction: Interaction, card: Card, *, hidden: bool) -> None:
    """Send the card to the channel, or to the one person in a direct message where others would read what is meant for one."""
    channel = interaction.user if hidden else interaction.channel
    try:
        if isinstance(channel, discord.abc.Messageable):
            await send_message(channel, card)
            return
        reason = "there is no channel to send it to"
    except (discord.HTTPException, *UNREACHED) as error:
        reason = str(error)
    interaction.client.note_untold(reason)


def _replacing(card: Card) -> dict[str, Any]:
    """Return a card as the arguments of discord.py's editing methods, which keep what they are not given."""
    parts = message_parts(card)
    return parts | {"content": None, "embeds": [], "attachments": parts.pop("files", [])}  # earlier versions sent embeds


class _File(discord.File):
    """Is numbered by a text, as Discord's document has ids; discord.py would send a number."""

    def to_dict(self, index: int) -> dict[str, Any]:
        return super().to_dict(index) | {"id": str(index)}


# Answers interactions in time: at once where the answer is ready, else after saying that it will come; and whatever goes wrong is told.

Ask: TypeAlias = Callable[[Person], Awaitable[Card]]
"""What is asked, by somebody who may see what they may."""

_SLOW = 1.0
"""Seconds after which an answer is deferred; Discord waits three."""

_LATEST = 3.0
_WAYS = {
    discord.InteractionType.application_command: "command",
    discord.InteractionType.component: "button",
    discord.InteractionType.modal_submit: "form",
}


async def answer(interaction: Interaction, ask: Ask, *, in_place: bool = False, hidden: bool = False) -> None:
    """
    Answer who asks with the card that they are given, for their eyes only where their server's admins have set so.

    As long as that is not known, nothing is shown to others.
    """
    others_read = do_others_read(interaction)
    deferral = _Deferral(interaction, in_place=in_place, hidden=others_read)
    try:
        person = await interaction.client.members.person_of(interaction)
        hidden = hidden or (await interaction.client.servers.get(person.server)).is_hidden
        deferral.hidden = hidden and others_read
        deferral.hasten()
        async with interaction.client.answering:
            card = await or_refusal(ask(person), person.locale)
    finally:
        await deferral.end()
    await _show(interaction, card, in_place=in_place, hidden=hidden)
    if (told := await interaction.client.watching.tell_paused(person)) is not None:
        await interaction.followup.send(**message_parts(told), ephemeral=others_read)


async def reply(interaction: Interaction, work: Awaitable[Card], *, in_place: bool = False) -> None:
    """Answer with the card that comes of the work, for the eyes of the one who acts only."""
    deferral = _Deferral(interaction, in_place=in_place, hidden=do_others_read(interaction))
    deferral.hasten()
    try:
        card = await work
    finally:
        await deferral.end()
    await _show(interaction, card, in_place=in_place, hidden=True)


async def offer(work: Awaitable[Iterable[tuple[str, str]]]) -> list[app_commands.Choice[str]]:
    """Return choices, each as it is shown and as it is sent; nobody can be told of failures while they type, but when they send it."""
    try:
        return [app_commands.Choice(name=name, value=value) for name, value in await work]
    except Exception as error:  # noqa: BLE001 -- whatever went wrong
        log_failure(error, is_for_operator=True)
        return []


def do_others_read(interaction: Interaction) -> bool:
    """Tell whether there are others where somebody acts: in direct messages with the bot nothing has to be hidden."""
    return interaction.guild_id is not None or interaction.context.private_channel


async def _show(interaction: Interaction, card: Card, *, in_place: bool, hidden: bool) -> None:
    # Everybody reads what comes into a message that all see, or where a card was said to come.
    is_open = (interaction.message is not None and not interaction.message.flags.ephemeral) if in_place else interaction.response.is_done()
    if do_others_read(interaction) and not hidden and is_open:
        card = card.in_public or card
    hidden = do_others_read(interaction) and (hidden or card.is_personal)
    await respond(interaction, card, in_place=in_place and not card.is_aside, hidden=hidden)
    interaction.client.figures.time_answer(_WAYS.get(interaction.type, "other"), note_arrival(interaction))


async def render_failure(interaction: Interaction, error: Exception) -> None:
    """Log what went wrong, and tell the person that something did: the one handler of commands and buttons."""
    if interaction.type is discord.InteractionType.autocomplete:  # nobody can be told while they type; they are when they send it
        log_failure(error, is_for_operator=True)
        return
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if isinstance(cause, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        card = changed_commands_card(interaction.locale.value)
    else:
        card = failure_card(cause, interaction.locale.value)
    try:
        await respond(interaction, card, in_place=False, hidden=do_others_read(interaction))
    except Exception as failure:  # noqa: BLE001 -- nobody is left to be told
        interaction.client.note_untold(f"{type(failure).__name__}: {failure}")


def failure_card(error: Exception, locale: str = "en") -> Card:
    """Log what went wrong, and say that something did, with the id that the log has the cause under; a database that fails is named."""
    told = say(
        "The database does not answer just now; please try again in a few minutes (error id `{id}`)."
        if isinstance(error, StorageError)
        else "Something went wrong on my side; please try again (error id `{id}`).",
        locale,
        id=log_failure(error, is_for_operator=True),
    )
    return Card(told, tone=Tone.ASKING, is_personal=True)


class _Deferral:
    """Defers an interaction when its answer takes long."""

    def __init__(self, interaction: Interaction, *, in_place: bool, hidden: bool) -> None:
        self._interaction = interaction
        self._in_place = in_place
        self.hidden = hidden
        self._task: asyncio.Task[None] | None = None
        self._is_late = False
        note_arrival(interaction)
        self._timer = asyncio.get_running_loop().call_later(_SLOW, self._begin)

    def hasten(self) -> None:
        """Defer at once what had to wait for so long before anybody looked at it; what is older than Discord waits is only counted."""
        age = (discord.utils.utcnow() - self._interaction.created_at).total_seconds()
        if self._task is None and _SLOW <= age < _LATEST:
            self._timer.cancel()
            self._begin()
        elif age >= _LATEST:
            self._note_late(f"came up {age:.1f} seconds after it was asked")

    async def end(self) -> None:
        """Return when the interaction is either deferred or will not be."""
        self._timer.cancel()
        if self._task is not None:
            await self._task

    def _begin(self) -> None:
        self._task = asyncio.create_task(self._defer())

    async def _defer(self) -> None:
        if self._interaction.response.is_done():  # long work has shown how far it is
            return
        await note_promise(self._interaction, is_beside=self._in_place)
        if self._interaction.response.is_done():  # meanwhile
            return
        try:
            await answer_in_time(
                self._interaction, lambda: _say_that_it_comes(self._interaction, in_place=self._in_place, hidden=self.hidden)
            )
        except (discord.HTTPException, *UNREACHED) as failure:
            self._note_late(f"could not be deferred in time ({type(failure).__name__})")

    def _note_late(self, reason: str) -> None:
        """Count and log, once, what Discord may not wait for."""
        if self._is_late:
            return
        self._is_late = True
        self._interaction.client.figures.late.inc()
        _LOG.warning("a question may be answered too late for Discord: it %s", reason)


# Files that people attach, fetched after a look at their size.


async def fetch_uploads(attachments: Sequence[discord.Attachment]) -> list[Upload]:
    """Return the files, in order; raises UnreadablePosting where they are too large, or Discord does not hand them out."""
    if sum(attachment.size for attachment in attachments) > BYTES_BOUND:
        names = ", ".join(to_label(attachment.filename, 80) for attachment in attachments)
        raise UnreadablePosting(
            "{names} is larger than {size} MB; split it into smaller files", names=to_label(names), size=BYTES_BOUND // 1_000_000
        )
    return [Upload(to_label(attachment.filename), await _fetch(attachment)) for attachment in attachments]


async def _fetch(attachment: discord.Attachment) -> bytes:
    try:
        return await attachment.read()
    except (discord.HTTPException, *UNREACHED) as error:
        name = to_label(attachment.filename)
        raise UnreadablePosting(
            "{name} could not be fetched from Discord ({why}); attach it again", name=name, why=type(error).__name__
        ) from error
