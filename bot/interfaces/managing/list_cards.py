"""The postings that may be managed, the removed ones, and what was asked in vain, as pages to read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.actor import Actor
from bot.domain.answer import State
from bot.domain.gap import CountedGap
from bot.domain.posting import KeptPosting
from bot.interfaces.chat.card import Card, Control, Row, Tone, turning_row
from bot.interfaces.chat.escaping import escaped_within
from bot.interfaces.managing.naming import moment, name_actor, name_kept, name_posting
from bot.interfaces.managing.presses import ManagingPress, ManagingVerb
from bot.matching.topic import OTHER
from bot.storage.records import Listed
from bot.topics import BY_NAME

ON_PAGE = 10
_LONGEST_COMPANY = 80
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


def gap_line(counted: CountedGap) -> str:
    """
    Return a line that says what was asked how often, and why nothing could be answered.

    >>> from datetime import UTC, datetime
    >>> from bot.domain.gap import Gap
    >>> gap_line(CountedGap(Gap("pay", "initech", State.NO_SUCH_COMPANY), 12, datetime(2026, 5, 1, tzinfo=UTC)))
    '- **12 times**: pay of “initech”: no such posting (last <t:1777593600:d>)'
    """
    gap, times = counted.gap, f"{counted.times:,} time{'' if counted.times == 1 else 's'}"
    of = f" of “{escaped_within(gap.company, _LONGEST_COMPANY)}”" if gap.company else ""
    return f"- **{times}**: {_name_topic(gap.topic)}{of}: {_REASONS.get(gap.reason, gap.reason)} (last {moment(counted.last_at, 'd')})"


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
