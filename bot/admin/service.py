"""Where postings are managed: whoever comes is checked first, then what they want is done, and a card or a form comes out."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TypeAlias, TypeVar

from bot.admin.adding import add_all, add_pasted, drop_all
from bot.admin.context import AdminContext, Services, Show, scope_to_manage, show_nothing
from bot.admin.correcting import open_form, show_groups, take_corrections
from bot.admin.finding import Choice, Offer
from bot.admin.forms import Form, SubmittedForm
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
from bot.admin.listing import turn_list
from bot.admin.previews import cancel, edit_pressed, look
from bot.admin.settings import SettingsChange, set_up_server
from bot.domain.errors import RolecallError
from bot.domain.person import Person
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import Card
from bot.presentation.notices import OLD_BUTTON, refusal_card

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
    ButtonAction.ASK_REMOVE: ask_to_remove_pressed,
    ButtonAction.REMOVE: remove,
    ButtonAction.LEAVE: leave,
    ButtonAction.ASK_RESTORE: ask_to_restore,
    ButtonAction.RESTORE: restore,
    ButtonAction.EDIT: edit_pressed,
    ButtonAction.LIST_MANAGED: turn_list,
    ButtonAction.HISTORY: turn_history,
}
_FORMS: Mapping[ButtonAction, Sent] = {ButtonAction.PASTED: add_pasted, ButtonAction.TYPED: take_corrections}


class AdminService:
    """Does what managers want, after looking at their right; a refusal is a card that says in one line what can be done."""

    def __init__(self, services: Services) -> None:
        self.services = services

    async def carry_out(
        self, do: Callable[[AdminContext], Awaitable[Result]], person: Person, *, show: Show = show_nothing
    ) -> Result | Card:
        """Do what somebody wants, if they may."""
        try:
            return await do(await self._context_of(person, show))
        except RolecallError as error:
            return replace(refusal_card(str(error)), is_aside=True)

    async def press(self, button: ButtonId, person: Person, *, show: Show = show_nothing) -> Card | Form:
        """Do what a button stands for."""
        pressed = _BUTTONS.get(button.action)
        return OLD_BUTTON if pressed is None else await self.carry_out(lambda context: pressed(context, button), person, show=show)

    async def submit(self, filled: SubmittedForm, person: Person, *, show: Show = show_nothing) -> Card:
        """Take in a form that was sent."""
        sent = _FORMS.get(filled.button.action)
        return OLD_BUTTON if sent is None else await self.carry_out(lambda context: sent(context, filled), person, show=show)

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
            return refusal_card(str(error))

    def end(self) -> None:
        """Have long work stop where it is, and let none in any more: the bot is told to end."""
        self.services.imports.end()
        self.services.exports.end()

    async def _context_of(self, person: Person, show: Show) -> AdminContext:
        """Return what somebody may touch; raises NotAllowed."""
        settings = await self.services.servers.get(person.server)
        return AdminContext(self.services, person, scope_to_manage(person, settings), show)
