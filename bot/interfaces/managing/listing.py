"""What is here to be managed, what was removed, and what members asked in vain."""

import asyncio
from collections.abc import Sequence

from bot.domain.actor import Actor
from bot.domain.posting import EVERYONE
from bot.interfaces.chat.answer_card import posting_name
from bot.interfaces.chat.card import Card
from bot.interfaces.chat.escaping import escaped_within
from bot.interfaces.managing.errand import Errand
from bot.interfaces.managing.finding import NoSuchPosting
from bot.interfaces.managing.list_cards import (
    ListKind,
    PageOf,
    Place,
    current_line,
    cut_page,
    gap_line,
    list_card,
    removed_line,
    said,
)
from bot.interfaces.managing.presses import ManagingPress
from bot.matching.company_key import company_key
from bot.matching.company_match import Found
from bot.storage.records import Listed

_LONGEST_COMPANY = 150
_NO_GAPS = "Nothing was asked in vain yet."
_NONE_REMOVED = "No posting was removed."
_NONE_HERE = "There are no postings here yet; `/posting add` adds one, `/posting import` many."


async def show_list(errand: Errand, kind: ListKind, *, company: str | None = None) -> Card:
    """Show the first page of a list, of one company's postings where it is named; raises NoSuchPosting for a company that is not here."""
    of_company = await _find_company(errand, company) if company and kind is ListKind.CURRENT else 0
    return await _show(errand, Place(kind, of_company=of_company))


async def turn_list(errand: Errand, press: ManagingPress) -> Card:
    """Show the page of a button."""
    kind = ListKind(press.group) if press.group in {*ListKind} else ListKind.CURRENT
    return await _show(errand, Place(kind, press.page, press.posting))


async def _show(errand: Errand, place: Place) -> Card:
    match place.kind:
        case ListKind.GAPS:
            return await _show_gaps(errand, place)
        case ListKind.REMOVED:
            return await _show_removed(errand, place)
    return await _show_current(errand, place)


async def _show_current(errand: Errand, place: Place) -> Card:
    listed = await errand.store.list_postings(scopes=errand.scopes)
    key = await _company_of(errand, place.of_company)
    ordered = await asyncio.to_thread(_in_order, listed, key)
    place, part = cut_page(place, len(ordered))
    kept = await errand.store.get_many([one.id for one in ordered[part]], scopes=errand.scopes)
    lines = [current_line(one, await _last_actor(errand, one.id)) for one in kept]
    shown = PageOf(place, said(lines, _NONE_HERE), len(ordered), await _note(errand))
    whose = f" of {escaped_within(kept[0].posting.company or '', _LONGEST_COMPANY)}" if key and kept else ""
    title = f"{_count(len(ordered))}{whose} that you can manage" if ordered else "Postings that you can manage"
    return list_card(shown, {ListKind.CURRENT: title})


async def _show_removed(errand: Errand, place: Place) -> Card:
    removed = await errand.store.list_removed(scopes=errand.scopes)
    place, part = cut_page(place, len(removed))
    note = "`/posting restore` brings one back." if removed else ""
    shown = PageOf(place, said(map(removed_line, removed[part]), _NONE_REMOVED), len(removed), note)
    return list_card(shown, {ListKind.REMOVED: _removed_title(len(removed))})


async def _show_gaps(errand: Errand, place: Place) -> Card:
    await errand.tools.assistant.write_gaps()
    gaps = await errand.store.list_gaps(scopes=errand.scopes)
    place, part = cut_page(place, len(gaps))
    shown = PageOf(place, said(map(gap_line, gaps[part]), _NO_GAPS), len(gaps))
    return list_card(shown, {ListKind.GAPS: "What was asked in vain"})


async def _find_company(errand: Errand, typed: str) -> int:
    """Return a posting of the company that is meant."""
    match = await errand.tools.assistant.match_posting(typed, errand.asker)
    if not isinstance(match, Found) or not match.name:
        raise NoSuchPosting(f"There is no company “{typed}” among the postings that can be managed here; /posting list shows them all")
    return match.entries[0].id


async def _company_of(errand: Errand, number: int) -> str:
    """Return the key of a posting's company, also of one that was removed since; empty for none."""
    revisions = await errand.store.history(number, scopes=errand.scopes) if number else ()
    return company_key(revisions[-1].kept.posting.company or "") if revisions else ""


async def _last_actor(errand: Errand, number: int) -> Actor | None:
    actions = await errand.store.list_actions(scopes=errand.scopes, posting=number, limit=1)
    return actions[0].by if actions else None


async def _note(errand: Errand) -> str:
    """Say in a server how many postings for everyone its members see besides."""
    if errand.scope == EVERYONE:
        return ""
    count = await errand.store.count(scopes={EVERYONE})
    return f"Members also see {_count(count)} for everyone; only the bot's owners manage {'it' if count == 1 else 'those'}."


def _removed_title(number: int) -> str:
    order = ", the last one first" if number > 1 else ""
    return f"{_count(number, 'removed posting')}{order}" if number else "Removed postings"


def _in_order(listed: Sequence[Listed], key: str) -> list[Listed]:
    """Return those of the company, or all, by name."""
    chosen = [one for one in listed if company_key(one.company or "") == key] if key else listed
    return sorted(chosen, key=lambda one: (posting_name(one.company, one.title).casefold(), one.id))


def _count(number: int, what: str = "posting") -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
