"""Where postings are managed: whoever comes is checked first, then what they want is done, and a card or a form comes out."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TypeAlias, TypeVar

from bot.domain.errors import RolecallError
from bot.interfaces.chat.card import Card
from bot.interfaces.chat.notices import OLD_BUTTON, refusal_card
from bot.interfaces.managing.adding import add, add_message, add_pasted, open_adding
from bot.interfaces.managing.correcting import open_form, show_groups, take_corrections
from bot.interfaces.managing.editing import edit, edit_pressed
from bot.interfaces.managing.errand import Errand, Show, Tools, show_nothing
from bot.interfaces.managing.exporting import Exported, export
from bot.interfaces.managing.finding import Choice, Offer
from bot.interfaces.managing.form import Fetch, Filled, Form
from bot.interfaces.managing.history import show_history, turn_history
from bot.interfaces.managing.importing import import_files
from bot.interfaces.managing.keeping import keep, keep_as_new, keep_as_update, look_again
from bot.interfaces.managing.list_cards import ListKind
from bot.interfaces.managing.listing import show_list, turn_list
from bot.interfaces.managing.pointing import Pointed
from bot.interfaces.managing.presses import ManagingPress, ManagingVerb
from bot.interfaces.managing.proposing import cancel, look
from bot.interfaces.managing.reading import Asked
from bot.interfaces.managing.removing import ask_to_remove, ask_to_remove_pressed, ask_to_restore, leave, remove, restore, restore_typed
from bot.interfaces.managing.rights import Manager, scope_to_manage
from bot.interfaces.managing.server_settings import Wanted, set_up_server
from bot.interfaces.managing.several import add_all, drop_all
from bot.interfaces.managing.undoing import undo

Shown = TypeVar("Shown", Card, Card | Form)

Button: TypeAlias = Callable[[Errand, ManagingPress], Awaitable[Card | Form]]
Sent: TypeAlias = Callable[[Errand, Filled], Awaitable[Card]]

_BUTTONS: Mapping[ManagingVerb, Button] = {
    ManagingVerb.LOOK: look,
    ManagingVerb.KEEP: keep,
    ManagingVerb.KEEP_AS_UPDATE: keep_as_update,
    ManagingVerb.KEEP_AS_NEW: keep_as_new,
    ManagingVerb.LOOK_AGAIN: look_again,
    ManagingVerb.UNDO: undo,
    ManagingVerb.CORRECT: show_groups,
    ManagingVerb.OPEN_FORM: open_form,
    ManagingVerb.CANCEL: cancel,
    ManagingVerb.ADD_ALL: add_all,
    ManagingVerb.DROP_ALL: drop_all,
    ManagingVerb.ASK_REMOVE: ask_to_remove_pressed,
    ManagingVerb.REMOVE: remove,
    ManagingVerb.LEAVE: leave,
    ManagingVerb.ASK_RESTORE: ask_to_restore,
    ManagingVerb.RESTORE: restore,
    ManagingVerb.EDIT: edit_pressed,
    ManagingVerb.LIST: turn_list,
    ManagingVerb.HISTORY: turn_history,
}
_FORMS: Mapping[ManagingVerb, Sent] = {
    ManagingVerb.PASTED: add_pasted,
    ManagingVerb.TYPED: take_corrections,
}


class ManagingDesk:
    """Does what managers want, after looking at their right; a refusal is a card that says in one line what can be done."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools

    async def open_adding(self, manager: Manager) -> Card | Form:
        """Open the form for a posting's text."""
        return await self._carry_out(manager, open_adding)

    async def add(self, asked: Asked, manager: Manager, *, show: Show = show_nothing) -> Card:
        """Read files and addresses, and show what is to be kept."""
        return await self._carry_out(manager, lambda errand: add(errand, asked), show=show)

    async def add_message(self, pointed: Pointed, manager: Manager, *, show: Show = show_nothing) -> Card:
        """Read a message, and show what is to be kept."""
        return await self._carry_out(manager, lambda errand: add_message(errand, pointed), show=show)

    async def press(self, press: ManagingPress, manager: Manager, *, show: Show = show_nothing) -> Card | Form:
        """Do what a button stands for."""
        button = _BUTTONS.get(press.verb)
        return OLD_BUTTON if button is None else await self._carry_out(manager, lambda errand: button(errand, press), show=show)

    async def submit(self, filled: Filled, manager: Manager, *, show: Show = show_nothing) -> Card:
        """Take in a form that was sent."""
        sent = _FORMS.get(filled.press.verb)
        return OLD_BUTTON if sent is None else await self._carry_out(manager, lambda errand: sent(errand, filled), show=show)

    async def edit(self, posting: str, manager: Manager) -> Card:
        """Show a posting that is named, to be put right."""
        return await self._carry_out(manager, lambda errand: edit(errand, posting))

    async def ask_to_remove(self, posting: str, manager: Manager) -> Card:
        """Show a posting that is named and ask whether to remove it."""
        return await self._carry_out(manager, lambda errand: ask_to_remove(errand, posting))

    async def restore(self, posting: str, manager: Manager) -> Card:
        """Bring back a removed posting that is named."""
        return await self._carry_out(manager, lambda errand: restore_typed(errand, posting))

    async def list_postings(self, kind: ListKind, manager: Manager, *, company: str | None = None) -> Card:
        """List what is here, what was removed, or what was asked in vain."""
        return await self._carry_out(manager, lambda errand: show_list(errand, kind, company=company))

    async def history(self, posting: str | None, manager: Manager) -> Card:
        """Show what was done to a posting that is named, or to all."""
        return await self._carry_out(manager, lambda errand: show_history(errand, posting))

    async def import_files(self, fetch: Fetch, manager: Manager, *, show: Show = show_nothing) -> Card:
        """Keep all postings of uploaded files."""
        return await self._carry_out(manager, lambda errand: import_files(errand, fetch), show=show)

    async def export(self, wanted: Exported, manager: Manager, *, show: Show = show_nothing) -> Card:
        """Give all postings as files."""
        return await self._carry_out(manager, lambda errand: export(errand, wanted), show=show)

    async def offer(self, offer: Offer, typed: str, *, manager: Manager) -> list[Choice]:
        """Return what to offer while a posting is typed; nothing to those who may not manage any."""
        try:
            return await offer(await self._errand(manager, show_nothing), typed)
        except RolecallError:
            return []

    def end(self) -> None:
        """Have long work stop where it is, and let none in any more: the bot is told to end."""
        self.tools.imports.end()
        self.tools.exports.end()

    async def settings(self, wanted: Wanted, manager: Manager) -> Card:
        """Show or change what a server's admins set, which takes a right of its own."""
        try:
            return await set_up_server(self.tools.servers, wanted, manager=manager)
        except RolecallError as error:
            return refusal_card(str(error))

    async def _carry_out(self, manager: Manager, work: Callable[[Errand], Awaitable[Shown]], *, show: Show = show_nothing) -> Shown | Card:
        try:
            return await work(await self._errand(manager, show))
        except RolecallError as error:
            return replace(refusal_card(str(error)), is_aside=True)

    async def _errand(self, manager: Manager, show: Show) -> Errand:
        """Return what they want done, after looking at their right; raises NotAllowed."""
        settings = await self.tools.servers.get(manager.visitor.server)
        return Errand(self.tools, manager, scope_to_manage(manager, settings), show)
