"""Where postings are managed: whoever comes is checked first, then what they want is done, and a card or a form comes out."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TypeAlias, TypeVar

from bot.admin.adding import Asked, Pointed, add, add_all, add_message, add_pasted, drop_all, open_adding
from bot.admin.buttons import ManagingPress, ManagingVerb
from bot.admin.context import Errand, Manager, Show, Tools, scope_to_manage, show_nothing
from bot.admin.correcting import open_form, show_groups, take_corrections
from bot.admin.finding import Choice, NoSuchPosting, Offer, find_current, name_actor, name_kept, name_posting
from bot.admin.forms import Fetch, Filled, Form
from bot.admin.history import show_history, turn_history
from bot.admin.importing import Exported, export, import_files
from bot.admin.keeping import (
    ask_to_remove,
    ask_to_remove_pressed,
    ask_to_restore,
    keep,
    keep_as_new,
    keep_as_update,
    leave,
    look_again,
    remove,
    restore,
    restore_typed,
)
from bot.admin.listing import ListKind, show_list, turn_list
from bot.admin.previews import cancel, look, propose_edit
from bot.admin.settings import Wanted, set_up_server
from bot.domain.administration import Action
from bot.domain.errors import RolecallError
from bot.presentation.card import Card, Control
from bot.presentation.notices import OLD_BUTTON, refusal_card

# A posting that is kept already, shown as one that is being added is, to be put right.


async def edit(errand: Errand, typed: str) -> Card:
    """Show the posting that is meant; raises NoSuchPosting."""
    return await propose_edit(errand, await find_current(errand, typed))


async def edit_pressed(errand: Errand, press: ManagingPress) -> Card:
    """Show the posting of a button; raises NoSuchPosting."""
    kept = await errand.store.get(press.posting, scopes=errand.scopes)
    if kept is None:
        raise NoSuchPosting("There is no such posting here any more; /posting list shows what there is")
    return await propose_edit(errand, kept)


# Taking back what was kept a moment ago, unless somebody has changed it since.

_MOST_ACTIONS = 50
"""An older one was not kept a moment ago."""


async def undo(errand: Errand, press: ManagingPress) -> Card:
    """Remove what was added, or bring back the revision before, if the button's revision is still the current one."""
    actions = await errand.store.list_actions(scopes=errand.scopes, posting=press.posting, limit=_MOST_ACTIONS)
    led_to = next((action for action in actions if action.after == press.revision), None)
    if led_to is None:
        raise RolecallError("There is nothing to undo here; /posting history shows what was done")
    if actions[0] is not led_to:
        raise RolecallError(f"#{press.posting} was changed since, by {actions[0].by.name}; /posting history shows what can be brought back")
    return await _remove(errand, led_to) if led_to.before is None else await _bring_back(errand, led_to, revision=led_to.before)


async def _remove(errand: Errand, led_to: Action) -> Card:
    if not await errand.store.remove(led_to.posting, scopes=errand.scopes, by=errand.actor):
        raise RolecallError(f"#{led_to.posting} is removed already")
    name = name_posting(led_to.posting, led_to.company, title=led_to.title)
    return await _undone(errand, f"{name} is removed again", again=ManagingPress(ManagingVerb.RESTORE, posting=led_to.posting))


async def _bring_back(errand: Errand, led_to: Action, *, revision: int) -> Card:
    restored = await errand.store.restore(led_to.posting, scopes=errand.scopes, by=errand.actor, revision=revision)
    if restored is None or restored.id != led_to.posting:
        raise RolecallError(f"#{led_to.posting} cannot be brought back to what it was; /posting history shows what can")
    again = ManagingPress(ManagingVerb.RESTORE, posting=led_to.posting, revision=led_to.after or 0)
    return await _undone(errand, f"{name_kept(restored)} says again what it said before", again=again)


async def _undone(errand: Errand, what: str, *, again: ManagingPress) -> Card:
    await errand.tools.announce(errand.scope, Card(f"Undone by {name_actor(errand.actor)}: {what}."))
    return Card(f"Undone: {what}.", rows=((Control("Redo", press=again),),))


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
