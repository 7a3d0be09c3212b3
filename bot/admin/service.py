"""Where postings are managed: whoever comes is checked first, then what they want is done, and a card or a form comes out."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias, TypeVar

from bot.admin.adding import add_all, add_examples, add_pasted, drop_all, drop_examples, open_adding
from bot.admin.boards import follow_board
from bot.admin.context import AdminContext, NotAllowed, ServerCache, Services, Show, scope_to_manage, show_nothing
from bot.admin.finding import Choice, Offer
from bot.admin.history import turn_history
from bot.admin.keeping import (
    ask_to_remove_pressed,
    ask_to_restore,
    keep,
    keep_as_new,
    keep_as_update,
    leave,
    look_again,
    remove,
    restore,
    undo,
)
from bot.admin.listing import close_report, take_report, turn_list
from bot.admin.proposals import SubmittedForm, cancel, edit_pressed, give_back, look, open_form, show_groups, take_corrections
from bot.domain.errors import RolecallError
from bot.domain.person import EVERYONE, Person
from bot.domain.posting import ServerSettings
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import Card, ChoiceField, ChoiceKind, Form, Tone, escaped
from bot.presentation.notices import (
    AS_EACH_READER_HAS_IT,
    find_language,
    first_posting_rows,
    name_language,
    old_button_card,
    refusal_card,
)
from bot.text.translations import say

# What the admins of a server set: shown, changed and put back.

_NOT_ALLOWED = "Only members with the permission Manage Server may see and change how I behave in this server"
_FOR_ALL = "@everyone would let all members manage postings; choose a role that only your admins have"
_DEFAULTS = ServerSettings()


class Visibility(StrEnum):
    """Who sees answers, as long as nothing else is said."""

    TO_ALL = "all"
    TO_ONE = "asker"


class Reset(StrEnum):
    """What is put back to how it was at first."""

    ADMIN_ROLE = "admin_role"
    ANSWERS = "is_hidden"
    NOTICES = "notices_channel"
    FEED = "feed_channel"
    LANGUAGE = "language"
    EVERYTHING = "everything"


@dataclass(frozen=True)
class ChosenChannel:
    """A channel for notices, or for a feed."""

    id: int
    missing: tuple[str, ...] = ()
    """The rights that the bot lacks there, as Discord's menus call them."""


@dataclass(frozen=True)
class SettingsChange:
    """What an admin wants set; what is None stays as it is."""

    admin_role: int | None = None
    answers: Visibility | None = None
    notices: ChosenChannel | None = None
    feed: ChosenChannel | None = None
    language: str | None = None
    """As it was typed or chosen."""

    keeps_feed: bool = False
    """Whether the feed stays though everything is put back."""

    reset: Reset | None = None


async def set_up_server(servers: ServerCache, wanted: SettingsChange, *, person: Person) -> Card:
    """Set what is wanted, all or nothing of it, and show what is set; raises NotAllowed."""
    server = _server_of(person)
    if wanted == SettingsChange():
        return settings_card(await servers.get(server), locale=person.locale)
    changed = _read(wanted, server, locale=person.locale)
    settings = await servers.change(server, lambda settings: _apply(settings, changed, wanted))
    return settings_card(settings, locale=person.locale, is_new=True)


def _server_of(person: Person) -> int:
    """Return the server; those who manage postings by their role only may not, since a role cannot be given away by who has it."""
    if person.server is None or not person.may_manage_server:
        raise NotAllowed(_NOT_ALLOWED)
    return person.server


def settings_card(settings: ServerSettings, *, locale: str, is_new: bool = False) -> Card:
    """Show what is set in a server."""
    nowhere = say("nowhere", locale)
    managing = "members with Manage Server, and with the role {role}" if settings.admin_role else "members with Manage Server"
    seen = "only the one who asks sees them; a reply to a mention is always seen by all" if settings.is_hidden else "everybody sees them"
    language = escaped(name_language(settings.language)) if settings.language else say(AS_EACH_READER_HAS_IT, locale)
    lines = {
        say("Who manages postings", locale): say(managing, locale, role=f"<@&{settings.admin_role}>"),
        say("Answers to commands", locale): say(seen, locale),
        say("Notices of what was added, changed and removed", locale): _render_channel(settings.notices_channel) or nowhere,
        say("Feed of new postings", locale): _render_channel(settings.feed_channel) or nowhere,
        say("The language of answers", locale): language,
    }
    told = "\n".join(say("**{label}:** {told}", locale, label=name, told=value) for name, value in lines.items())
    how = say("Choose an option of `/settings` to change one of these; its last option puts one back.", locale)
    body = f"{say('Saved.', locale)}\n\n{told}" if is_new else f"{told}\n\n{how}"
    return Card(title=say("How I behave in this server", locale), body=body, is_personal=True)


async def setup_form(servers: ServerCache, person: Person, *, here: Callable[[int], bool]) -> Form:
    """Return the form in which a server is set up, with what is set and still `here`, a role or channel; raises NotAllowed."""
    settings, locale = await servers.get(_server_of(person)), person.locale
    tags = dict.fromkeys((*_WORDED, *filter(None, [settings.language])))
    languages = ((say(AS_EACH_READER_HAS_IT, locale), AS_EACH_READER_HAS_IT), *((name_language(tag), tag) for tag in tags))
    answers = ((say("shown to all", locale), Visibility.TO_ALL), (say("shown only to the one who asks", locale), Visibility.TO_ONE))
    role, channel = (str(one) if one is not None and here(one) else "" for one in (settings.admin_role, settings.notices_channel))
    beside = say("A role, beside those who have Manage Server", locale)
    told = say("I tell there what was added, changed and removed.", locale)
    language, shown = settings.language or AS_EACH_READER_HAS_IT, Visibility.TO_ONE if settings.is_hidden else Visibility.TO_ALL
    fields = (
        ChoiceField("role", say("Who manages postings", locale), ChoiceKind.ROLE, hint=beside, chosen=role),
        ChoiceField("language", say("The language of answers", locale), ChoiceKind.WORD, choices=languages, chosen=language),
        ChoiceField("channel", say("The channel for notices", locale), ChoiceKind.CHANNEL, hint=told, chosen=channel),
        ChoiceField("answers", say("Answers to commands", locale), ChoiceKind.WORD, choices=answers, chosen=shown),
    )
    return Form(ButtonId(ButtonAction.SET_UP), title=say("Set me up", locale), fields=fields)


_WORDED = ("en-US", "en-GB", "de", "es-ES", "es-419", "fr", "pt-BR")
"""Tags of the languages that answers are worded in."""


def change_of(filled: SubmittedForm, channel: ChosenChannel | None) -> SettingsChange:
    """Return what a sent form sets: all of it, so that what was left empty is put back."""
    role, language, answers = (filled.chosen.get(name, "") for name in ("role", "language", "answers"))
    return SettingsChange(
        admin_role=int(role) if role.isdecimal() else None,
        answers=Visibility(answers) if answers in {*Visibility} else None,
        notices=channel,
        language=language or None,
        keeps_feed=True,
        reset=Reset.EVERYTHING,
    )


def _read(wanted: SettingsChange, server: int, *, locale: str) -> dict[str, object]:
    if wanted.admin_role == server:  # the role that Discord gives everybody has the server's number
        raise NotAllowed(_FOR_ALL)
    for channel in filter(None, (wanted.notices, wanted.feed)):
        if not channel.missing:
            continue
        told = "I may not tell that channel anything: I lack {missing} there; give me that, or choose another channel"
        raise RolecallError(told, missing=", ".join(say(right, locale) for right in channel.missing))
    changed: dict[str, object] = {
        "admin_role": wanted.admin_role or None,
        "is_hidden": wanted.answers and wanted.answers is Visibility.TO_ONE,
        "notices_channel": wanted.notices and wanted.notices.id,
        "feed_channel": wanted.feed and wanted.feed.id,
    }
    language = {"language": _read_language(wanted.language)} if wanted.language else {}
    return {name: value for name, value in changed.items() if value is not None} | language


def _read_language(typed: str) -> str | None:
    if typed.strip() == AS_EACH_READER_HAS_IT:
        return None
    language = find_language(typed)
    if language is None:
        raise RolecallError("I know no language called “{typed}”; choose one from the list, as in: Deutsch", typed=typed)
    return language


def _apply(settings: ServerSettings, changed: dict[str, object], wanted: SettingsChange) -> ServerSettings:
    """Put back what is to be put back, then set what is wanted."""
    if wanted.reset is Reset.EVERYTHING:
        feed = settings.feed_channel if wanted.keeps_feed else None
        settings = ServerSettings(is_welcomed=settings.is_welcomed, feed_channel=feed, feed_since=settings.feed_since)
    elif wanted.reset is not None:
        settings = settings.model_copy(update={wanted.reset.value: getattr(_DEFAULTS, wanted.reset.value)})
    return settings.model_copy(update=changed)


def _render_channel(channel: int | None) -> str:
    return f"<#{channel}>" if channel else ""


Result = TypeVar("Result", Card, Form, Card | Form)

Pressed: TypeAlias = Callable[[AdminContext, ButtonId], Awaitable[Card | Form]]
Sent: TypeAlias = Callable[[AdminContext, SubmittedForm], Awaitable[Card]]

_BUTTONS: Mapping[ButtonAction, Pressed] = {
    ButtonAction.LOOK: look,
    ButtonAction.KEEP: keep,
    ButtonAction.KEEP_AS_UPDATE: keep_as_update,
    ButtonAction.KEEP_AS_NEW: keep_as_new,
    ButtonAction.LOOK_AGAIN: look_again,
    ButtonAction.UNDO: undo,
    ButtonAction.CORRECT: show_groups,
    ButtonAction.OPEN_FORM: open_form,
    ButtonAction.CANCEL: cancel,
    ButtonAction.ADD_ALL: add_all,
    ButtonAction.DROP_ALL: drop_all,
    ButtonAction.FOLLOW: follow_board,
    ButtonAction.ASK_REMOVE: ask_to_remove_pressed,
    ButtonAction.REMOVE: remove,
    ButtonAction.LEAVE: leave,
    ButtonAction.ASK_RESTORE: ask_to_restore,
    ButtonAction.RESTORE: restore,
    ButtonAction.EDIT: edit_pressed,
    ButtonAction.LIST_MANAGED: turn_list,
    ButtonAction.HISTORY: turn_history,
    ButtonAction.CLOSE_REPORT: close_report,
    ButtonAction.ADD: open_adding,
    ButtonAction.ADD_EXAMPLES: add_examples,
    ButtonAction.DROP_EXAMPLES: drop_examples,
}
_FORMS: Mapping[ButtonAction, Sent] = {ButtonAction.PASTED: add_pasted, ButtonAction.TYPED: take_corrections}


class AdminService:
    """Does what managers want, after looking at their right; a refusal is a card that says in one line what can be done."""

    def __init__(self, services: Services, on_refusal: Callable[[RolecallError], object] = str) -> None:
        self.services = services
        self._on_refusal = on_refusal

    async def carry_out(
        self, do: Callable[[AdminContext], Awaitable[Result]], person: Person, *, show: Show = show_nothing
    ) -> Result | Card:
        """Do what somebody wants, if they may."""
        try:
            return await do(await self._context_of(person, show))
        except RolecallError as error:
            self._on_refusal(error)
            return replace(refusal_card(error, person.locale), is_aside=True)

    async def press(self, button: ButtonId, person: Person, *, show: Show = show_nothing) -> Card | Form:
        """Do what a button stands for."""
        pressed = _BUTTONS.get(button.action)
        if pressed is None:
            return old_button_card(person.locale)
        return await self.carry_out(lambda context: pressed(context, button), person, show=show)

    async def submit(self, filled: SubmittedForm, person: Person, *, show: Show = show_nothing) -> Card:
        """Take in a form that was sent."""
        sent = _FORMS.get(filled.button.action)
        if sent is None:
            return old_button_card(person.locale)
        return await self.carry_out(lambda context: sent(context, filled), person, show=show)

    async def offer(self, offer: Offer, typed: str, *, person: Person) -> list[Choice]:
        """Return what to offer while a posting is typed; nothing to those who may not manage any."""
        try:
            return await offer(await self._context_of(person, show_nothing), typed)
        except RolecallError:
            return []

    async def settings(self, wanted: SettingsChange, person: Person) -> Card:
        """Show or change what a server's admins set, which takes a right of its own."""
        try:
            return await set_up_server(self.services.servers, wanted, person=person)
        except RolecallError as error:
            return refusal_card(error, person.locale)

    async def open_setup(self, person: Person, *, here: Callable[[int], bool]) -> Card | Form:
        """Return the form in which a server is set up."""
        try:
            return await setup_form(self.services.servers, person, here=here)
        except RolecallError as error:
            return refusal_card(error, person.locale)

    async def set_up(self, filled: SubmittedForm, person: Person, *, channel: ChosenChannel | None) -> Card:
        """Set what was chosen in the form, and lead on to the first posting."""
        card = await self.settings(change_of(filled, channel), person)
        if card.tone is Tone.ASKING or person.server is None:
            return card
        count = await self.services.store.count(scopes={str(person.server), EVERYONE})
        leading = say("Next comes the first posting.", person.locale) if not count else ""
        rows = first_posting_rows(has_postings=count > 0, locale=person.locale)
        return replace(card, body="\n\n".join(filter(None, (card.body, leading))), rows=rows)

    async def report(self, filled: SubmittedForm, person: Person, *, question: str, said: str) -> Card:
        """Take in that an answer is held to be wrong, which anybody may say."""
        try:
            return await take_report(self.services, filled, person=person, question=question, said=said)
        except RolecallError as error:
            return give_back(error, filled, locale=person.locale)

    def end(self) -> None:
        """Have long work stop where it is, and let none in any more: the bot is told to end."""
        self.services.imports.end()
        self.services.exports.end()

    async def _context_of(self, person: Person, show: Show) -> AdminContext:
        """Return what somebody may touch; raises NotAllowed."""
        settings = await self.services.servers.get(person.server)
        return AdminContext(self.services, person, scope_to_manage(person, settings), show)
