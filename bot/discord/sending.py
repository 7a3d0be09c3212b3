"""Sends cards, and sees to it that none is lost while Discord has troubles of its own."""

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import aiohttp
import discord
from discord import app_commands

from bot.admin.forms import Fetch
from bot.discord.components import to_embed, to_view
from bot.domain.errors import UnreadablePosting
from bot.intake.reading import BYTES_BOUND, Upload
from bot.intake.sources import to_label
from bot.presentation.card import Card, Tone
from bot.presentation.failures import log_failure
from bot.presentation.members import Visitor
from bot.presentation.notices import failure_card

if TYPE_CHECKING:
    from bot.discord.client import RolecallClient


Sent = TypeVar("Sent")

UNREACHED = (OSError, aiohttp.ClientError)
"""What is raised where Discord is not reached, or the connection breaks off: only some of aiohttp's errors are OSErrors."""

_LOG = logging.getLogger(__name__)
_PAUSES = (0.3, 2.0, 8.0, 30.0)
"""Seconds between tries: discord.py has tried five times itself before each but for limits that its Via header does not explain."""

_LONGEST_PAUSE = 60.0
_TOO_MANY, _SERVER_TROUBLE = 429, 500
_ALREADY_ANSWERED = 40060
_ENDED = frozenset({10062, 10015, 10008, 50027})
"""The interaction is unknown by now, or its token or message is."""


def message_parts(card: Card) -> dict[str, Any]:
    """Return a card as the arguments of discord.py's sending methods."""
    parts: dict[str, Any] = {"embed": to_embed(card), "allowed_mentions": discord.AllowedMentions.none()}
    if view := to_view(card):
        parts["view"] = view
    if card.files:
        parts["files"] = _to_files(card)
    return parts


async def persist(send: Callable[[], Awaitable[Sent]], pauses: tuple[float, ...] = _PAUSES) -> Sent:
    """Send until it is taken: limits are waited for, and Discord's own errors are tried again; other errors are raised at once."""
    for pause in pauses:
        try:
            return await send()
        except discord.HTTPException as error:
            if error.status != _TOO_MANY and error.status < _SERVER_TROUBLE:
                raise
            _LOG.info("Discord answered %s; trying again", error.status)
            await asyncio.sleep(_named_pause(error) or pause)
        except UNREACHED as error:
            _LOG.info("Discord was not reached (%s); trying again", type(error).__name__)
            await asyncio.sleep(pause)
    return await send()


async def respond(interaction: discord.Interaction[Any], card: Card, *, in_place: bool, hidden: bool) -> None:
    """
    Answer an interaction for the first time, or what was deferred; `in_place` puts the card where the button was.

    Where the interaction's three seconds are over, or Discord keeps failing, the answer becomes a message of its own.
    """
    if interaction.response.is_done():
        try:
            await _complete(interaction, card, hidden=hidden)
        except discord.HTTPException as error:
            if error.code not in _ENDED:
                raise
            await _send_late(interaction, card, hidden=hidden)
        return
    try:
        await persist(lambda: _first(interaction, card, in_place=in_place, hidden=hidden), _PAUSES[:1])
    except discord.HTTPException as error:
        if error.code == _ALREADY_ANSWERED:
            await persist(lambda: interaction.edit_original_response(**_replacing(card)))
        elif error.code in _ENDED or error.status >= _SERVER_TROUBLE:
            await _send_beside(interaction, card, hidden=hidden)
        else:
            raise


async def show_meanwhile(interaction: discord.Interaction[Any], card: Card, *, in_place: bool, hidden: bool) -> None:
    """Show how far long work is where its own card will stand in the end; where Discord takes no part in that, nothing is shown."""
    try:
        if not interaction.response.is_done():
            if in_place:
                await interaction.response.defer()
            else:
                await interaction.response.defer(ephemeral=hidden, thinking=True)
        await interaction.edit_original_response(**_replacing(card))
    except (discord.HTTPException, discord.InteractionResponded, *UNREACHED) as failure:
        _LOG.info("could not show how far it is: %s", failure)


async def _first(interaction: discord.Interaction[Any], card: Card, *, in_place: bool, hidden: bool) -> None:
    if in_place:
        await interaction.response.edit_message(**_replacing(card))
    else:
        await interaction.response.send_message(**message_parts(card), ephemeral=hidden)


async def _complete(interaction: discord.Interaction[Any], card: Card, *, hidden: bool) -> None:
    """Put the card where it was said that it will come."""
    is_of_button = interaction.response.type is discord.InteractionResponseType.deferred_message_update
    if card.is_aside and is_of_button:
        await persist(lambda: interaction.followup.send(**message_parts(card), ephemeral=hidden))
    else:
        await persist(lambda: interaction.edit_original_response(**_replacing(card)))


async def _send_late(interaction: discord.Interaction[Any], card: Card, *, hidden: bool) -> None:
    """Send what took longer than the 15 minutes of an interaction: to the one person in a direct message, if it is for them only."""
    if not hidden:
        await _send_beside(interaction, card, hidden=hidden)
        return
    try:
        await persist(lambda: interaction.user.send(**message_parts(card)))
    except discord.HTTPException as error:
        _LOG.warning("an answer took longer than its interaction lives, and its person takes no direct messages: %s", error)


async def _send_beside(interaction: discord.Interaction[Any], card: Card, *, hidden: bool) -> None:
    """Send the card to the channel, unless others would read what is meant for one."""
    channel = interaction.channel
    if hidden or not isinstance(channel, discord.abc.Messageable):
        _LOG.warning("an answer came too late for its interaction and is left out")
        return
    await persist(lambda: channel.send(**message_parts(card)))


def _replacing(card: Card) -> dict[str, Any]:
    """Return a card as the arguments of discord.py's editing methods, which keep what they are not given."""
    parts = {"view": None} | message_parts(card)
    return parts | {"attachments": parts.pop("files", [])}


def _to_files(card: Card) -> list[discord.File]:
    """Return a card's files, made anew for each try, since sending reads them to their end."""
    return [discord.File(io.BytesIO(file.data), filename=file.name) for file in card.files]


def _named_pause(error: discord.HTTPException) -> float | None:
    """Return the seconds that Discord asks to wait, within reason."""
    named = error.response.headers.get("Retry-After", "") if error.response.headers else ""
    try:
        return min(float(named), _LONGEST_PAUSE)
    except ValueError:
        return None


# Answers interactions in time: at once where the answer is ready, else after saying that it will come; and whatever goes wrong is told.

Ask: TypeAlias = Callable[[Visitor], Awaitable[Card]]
"""What is asked, by somebody who may see what they may."""

_SLOW = 1.0
"""Seconds after which an answer is deferred; Discord waits three."""

_CHANGED = Card("My commands have changed; Discord shows the new ones in a moment. Try again then.", tone=Tone.ASKING, is_personal=True)


async def answer(interaction: "discord.Interaction[RolecallClient]", ask: Ask, *, in_place: bool = False, hidden: bool = False) -> None:
    """
    Answer who asks with the card that they are given, for their eyes only where their server's admins have set so.

    As long as that is not known, nothing is shown to others.
    """
    others_read = do_others_read(interaction)
    deferral = _Deferral(interaction, in_place=in_place, hidden=others_read)
    try:
        visitor = await interaction.client.members.visitor_of(interaction)
        hidden = hidden or (await interaction.client.servers.get(visitor.server)).is_hidden
        deferral.hidden = hidden and others_read
        card = await ask(visitor)
    finally:
        await deferral.end()
    await _show(interaction, card, in_place=in_place, hidden=hidden)


async def reply(interaction: discord.Interaction[Any], work: Awaitable[Card], *, in_place: bool = False, hidden: bool = False) -> None:
    """Answer with the card that comes of the work; `hidden` is for one person's eyes, as is a card that concerns only one."""
    deferral = _Deferral(interaction, in_place=in_place, hidden=hidden and do_others_read(interaction))
    try:
        card = await work
    finally:
        await deferral.end()
    await _show(interaction, card, in_place=in_place, hidden=hidden)


def do_others_read(interaction: discord.Interaction[Any]) -> bool:
    """Tell whether there are others where somebody acts: in direct messages with the bot nothing has to be hidden."""
    return interaction.guild_id is not None or interaction.context.private_channel


async def _show(interaction: discord.Interaction[Any], card: Card, *, in_place: bool, hidden: bool) -> None:
    hidden = do_others_read(interaction) and (hidden or card.is_personal)
    await respond(interaction, card, in_place=in_place and not card.is_aside, hidden=hidden)


async def tell_failure(interaction: discord.Interaction[Any], error: Exception) -> None:
    """Log what went wrong, and tell the person that something did: the one handler of commands and buttons."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if isinstance(cause, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        card = _CHANGED
    else:
        card = failure_card(log_failure(cause, is_for_operator=True))
    try:
        await respond(interaction, card, in_place=False, hidden=do_others_read(interaction))
    except (discord.HTTPException, *UNREACHED) as failure:
        _LOG.warning("could not tell the person about it: %s", failure)


class _Deferral:
    """Defers an interaction when its answer takes long."""

    def __init__(self, interaction: discord.Interaction[Any], *, in_place: bool, hidden: bool) -> None:
        self._interaction = interaction
        self._in_place = in_place
        self.hidden = hidden
        self._task: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(_SLOW, self._begin)

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
        try:
            if self._in_place:
                await self._interaction.response.defer()
            else:
                await self._interaction.response.defer(ephemeral=self.hidden, thinking=True)
        except (discord.HTTPException, *UNREACHED) as failure:
            _LOG.warning("could not defer: %s", failure)


# Files that people attach, fetched after a look at their size.

_MEGABYTE = 1_000_000


def fetcher_of(attachments: Sequence[discord.Attachment]) -> Fetch:
    """Return what fetches the files when they are wanted."""
    return lambda: fetch_uploads(attachments)


async def fetch_uploads(attachments: Sequence[discord.Attachment]) -> list[Upload]:
    """
    Return the files, in order.

    Raises UnreadablePosting where they are larger than an upload may be, or Discord does not hand them out.
    """
    if sum(attachment.size for attachment in attachments) > BYTES_BOUND:
        names = ", ".join(to_label(attachment.filename, 80) for attachment in attachments)
        raise UnreadablePosting(f"{to_label(names)} is larger than {BYTES_BOUND // _MEGABYTE} MB; split it into smaller files")
    return [Upload(to_label(attachment.filename), await _fetch(attachment)) for attachment in attachments]


async def _fetch(attachment: discord.Attachment) -> bytes:
    try:
        return await attachment.read()
    except (discord.HTTPException, *UNREACHED) as error:
        name = to_label(attachment.filename)
        raise UnreadablePosting(f"{name} could not be fetched from Discord ({type(error).__name__}); attach it again") from error
