"""What is here to be managed, what was removed, and what members asked in vain."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.admin.buttons import ManagingPress, ManagingVerb
from bot.admin.context import Errand
from bot.admin.finding import NoSuchPosting, moment, name_actor, name_kept, name_posting
from bot.domain.answer import CountedQuestion, State, count_of
from bot.domain.person import Actor
from bot.domain.posting import EVERYONE, KeptPosting
from bot.domain.query import TargetKind
from bot.presentation.answer_card import posting_name
from bot.presentation.card import Card, Control, Row, Tone, escaped_within, turning_row
from bot.questions.company_names import company_key
from bot.storage.records import Listed
from bot.topics import BY_NAME, OTHER

# The postings that may be managed, the removed ones, and what was asked in vain, as pages to read.

ON_PAGE = 10
_LONGEST_LISTED_COMPANY = 80
_LAST_PAGE = 9_999
_TABS = {"current": "Postings", "removed": "Removed", "gaps": "Asked in vain"}
_REASONS = {
    State.NO_SUCH_COMPANY: "no such posting",
    State.NOT_STATED: "the posting does not say",
    State.NOT_UNDERSTOOD: "not understood",
}


class ListKind(StrEnum):
    """What is listed; written into buttons."""

    CURRENT = "current"
    REMOVED = "removed"
    GAPS = "gaps"
    """What members asked and nothing here could answer."""


@dataclass(frozen=True)
class Place:
    """Which page of which list is shown."""

    kind: ListKind
    page: int = 0
    """Counts from 0; one that there is not becomes the last."""

    of_company: int = 0
    """A posting of the one company whose postings are listed; 0 for all companies."""


@dataclass(frozen=True)
class PageOf:
    """As much of a list as stands on a page."""

    place: Place
    lines: Sequence[str]
    total: int
    note: str = ""
    """What is said below the list."""


def cut_page(place: Place, total: int) -> tuple[Place, slice]:
    """
    Return the place with a page that there is, and what stands on it.

    >>> cut_page(Place(ListKind.GAPS, page=7), 12)
    (Place(kind=<ListKind.GAPS: 'gaps'>, page=1, of_company=0), slice(10, 20, None))
    """
    page = min(place.page, max(0, (total - 1) // ON_PAGE), _LAST_PAGE)
    return Place(place.kind, page, place.of_company), slice(page * ON_PAGE, (page + 1) * ON_PAGE)


def current_line(kept: KeptPosting, added_by: Actor | None) -> str:
    """Return a line that says which posting it is, when it was read, who changed it last and whether people put it right."""
    by = f" · by {name_actor(added_by)}" if added_by else ""
    corrected = " · corrected" if kept.posting.corrections else ""
    return f"- {name_kept(kept)} · read {moment(kept.read_at, 'd')}{by}{corrected}"


def removed_line(listed: Listed) -> str:
    """Return a line for a removed posting."""
    return f"- {name_posting(listed.id, listed.company, title=listed.title)} · read {moment(listed.read_at, 'd')}"


def unanswered_line(counted: CountedQuestion) -> str:
    """
    Return a line that says what was asked how often, and why nothing could be answered.

    >>> from datetime import UTC, datetime
    >>> from bot.domain.answer import UnansweredQuestion
    >>> unanswered_line(CountedQuestion(UnansweredQuestion("pay", "initech", State.NO_SUCH_COMPANY), 12, datetime(2026, 5, 1, tzinfo=UTC)))
    '- **12 times**: pay of “initech”: no such posting (last <t:1777593600:d>)'
    """
    question, times = counted.question, count_of(counted.times, "time")
    of = f" of “{escaped_within(question.company, _LONGEST_LISTED_COMPANY)}”" if question.company else ""
    why = _REASONS.get(question.reason, question.reason)
    return f"- **{times}**: {_name_topic(question.topic)}{of}: {why} (last {moment(counted.last_at, 'd')})"


def list_card(shown: PageOf, titles: Mapping[ListKind, str]) -> Card:
    """Return the page, with buttons for the others and for the other lists."""
    place = shown.place
    pages = max(1, -(-shown.total // ON_PAGE))
    return Card(
        "\n".join([*shown.lines, *([f"\n{shown.note}"] if shown.note else [])]),
        title=titles[place.kind],
        footer=f"Page {place.page + 1} of {pages}" if pages > 1 else None,
        tone=Tone.ANSWER if shown.total else Tone.ASKING,
        rows=(*_page_rows(place, pages), _tab_row(place.kind)),
        is_personal=True,
    )


def said(lines: Iterable[str], empty: str) -> list[str]:
    """Return the lines of a list, or what stands there instead of none."""
    return list(lines) or [empty]


def _name_topic(topic: str) -> str:
    if topic == OTHER:
        return "a free question"
    return BY_NAME[topic].label.lower() if topic in BY_NAME else "a question"


def _page_rows(place: Place, pages: int) -> tuple[Row, ...]:
    # The revision says nothing and keeps these ids apart from those of the tabs.
    shown = ManagingPress(ManagingVerb.LIST, posting=place.of_company, revision=1, group=place.kind.value)
    return turning_row(place.page, pages, press_to=lambda to: replace(shown, page=to))


def _tab_row(kind: ListKind) -> Row:
    return tuple(
        Control(label, press=ManagingPress(ManagingVerb.LIST, group=name), is_current=name == kind.value) for name, label in _TABS.items()
    )


_LONGEST_COMPANY = 150
_NONE_UNANSWERED = "Nothing was asked in vain yet."
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
    title = f"{count_of(len(ordered), 'posting')}{whose} that you can manage" if ordered else "Postings that you can manage"
    return list_card(shown, {ListKind.CURRENT: title})


async def _show_removed(errand: Errand, place: Place) -> Card:
    removed = await errand.store.list_removed(scopes=errand.scopes)
    place, part = cut_page(place, len(removed))
    note = "`/posting restore` brings one back." if removed else ""
    shown = PageOf(place, said(map(removed_line, removed[part]), _NONE_REMOVED), len(removed), note)
    return list_card(shown, {ListKind.REMOVED: _removed_title(len(removed))})


async def _show_gaps(errand: Errand, place: Place) -> Card:
    await errand.tools.assistant.write_gaps()
    unanswered = await errand.store.list_unanswered(scopes=errand.scopes)
    place, part = cut_page(place, len(unanswered))
    shown = PageOf(place, said(map(unanswered_line, unanswered[part]), _NONE_UNANSWERED), len(unanswered))
    return list_card(shown, {ListKind.GAPS: "What was asked in vain"})


async def _find_company(errand: Errand, typed: str) -> int:
    """Return a posting of the company that is meant."""
    target = await errand.tools.assistant.match_posting(typed, errand.asker)
    if target.kind is not TargetKind.FOUND or not target.company:
        raise NoSuchPosting(f"There is no company “{typed}” among the postings that can be managed here; /posting list shows them all")
    return target.postings[0]


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
    return f"Members also see {count_of(count, 'posting')} for everyone; only the bot's owners manage {'it' if count == 1 else 'those'}."


def _removed_title(number: int) -> str:
    order = ", the last one first" if number > 1 else ""
    return f"{count_of(number, 'removed posting')}{order}" if number else "Removed postings"


def _in_order(listed: Sequence[Listed], key: str) -> list[Listed]:
    """Return those of the company, or all, by name."""
    chosen = [one for one in listed if company_key(one.company or "") == key] if key else listed
    return sorted(chosen, key=lambda one: (posting_name(one.company, one.title).casefold(), one.id))
