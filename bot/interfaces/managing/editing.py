"""A posting that is kept already, shown as one that is being added is, to be put right."""

from bot.interfaces.chat.card import Card
from bot.interfaces.managing.errand import Errand
from bot.interfaces.managing.finding import NoSuchPosting, find_current
from bot.interfaces.managing.presses import ManagingPress
from bot.interfaces.managing.proposing import propose_edit


async def edit(errand: Errand, typed: str) -> Card:
    """Show the posting that is meant; raises NoSuchPosting."""
    return await propose_edit(errand, await find_current(errand, typed))


async def edit_pressed(errand: Errand, press: ManagingPress) -> Card:
    """Show the posting of a button; raises NoSuchPosting."""
    kept = await errand.store.get(press.posting, scopes=errand.scopes)
    if kept is None:
        raise NoSuchPosting("There is no such posting here any more; /posting list shows what there is")
    return await propose_edit(errand, kept)
