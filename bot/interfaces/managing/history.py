"""Who did what to which posting, a page at a time."""

import asyncio
from collections.abc import Collection, Mapping, Sequence

from bot.domain.action import Action
from bot.domain.posting import Posting
from bot.interfaces.chat.card import Card
from bot.interfaces.managing.errand import Errand
from bot.interfaces.managing.finding import NoSuchPosting, find_any
from bot.interfaces.managing.history_cards import ACTIONS_ON_PAGE, HistoryPage, Seen, history_card
from bot.interfaces.managing.presses import ManagingPress
from bot.storage.store import Store

Revisions = Mapping[tuple[int, int], Posting]
"""What postings said, by id and revision."""


async def show_history(errand: Errand, typed: str | None) -> Card:
    """Show what was done last to the posting that is meant, or to any; raises NoSuchPosting."""
    return await _page(errand, await find_any(errand, typed) if typed else 0, page=0)


async def turn_history(errand: Errand, press: ManagingPress) -> Card:
    """Show the page of a button."""
    if press.posting and not await errand.store.history(press.posting, scopes=errand.scopes):
        raise NoSuchPosting("There is no such posting here; /posting list shows what there is")
    return await _page(errand, press.posting, page=press.page)


async def see_actions(store: Store, actions: Sequence[Action], *, scopes: Collection[str]) -> list[Seen]:
    """Return actions with what the postings said before and after."""
    said = await _read_revisions(store, {action.posting for action in actions}, scopes=scopes)
    return [Seen(action, *(said.get((action.posting, number or 0)) for number in (action.before, action.after))) for action in actions]


async def _page(errand: Errand, number: int, *, page: int) -> Card:
    found = await errand.store.list_actions(
        scopes=errand.scopes, posting=number or None, limit=ACTIONS_ON_PAGE + 1, skip=page * ACTIONS_ON_PAGE
    )
    actions = found[:ACTIONS_ON_PAGE]
    seen = await see_actions(errand.store, actions, scopes=errand.scopes)
    current = await errand.store.get_many({number, *(action.posting for action in actions)} - {0}, scopes=errand.scopes)
    shown = HistoryPage(
        seen, posting=number, page=page, has_more=len(found) > ACTIONS_ON_PAGE, current={kept.id: kept.revision for kept in current}
    )
    return await asyncio.to_thread(history_card, shown, locale=errand.asker.locale)


async def _read_revisions(store: Store, numbers: Collection[int], *, scopes: Collection[str]) -> Revisions:
    said: dict[tuple[int, int], Posting] = {}
    for number in sorted(numbers):
        revisions = await store.history(number, scopes=scopes)
        said.update(((number, one.kept.revision), one.kept.posting) for one in revisions)
    return said
