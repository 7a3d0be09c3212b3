"""Taking back what was kept a moment ago, unless somebody has changed it since."""

from bot.domain.action import Action
from bot.domain.errors import RolecallError
from bot.interfaces.chat.card import Card, Control
from bot.interfaces.managing.errand import Errand
from bot.interfaces.managing.naming import name_actor, name_kept, name_posting
from bot.interfaces.managing.presses import ManagingPress, ManagingVerb

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
