"""Who did what to which posting, a page at a time."""

import asyncio
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple

from bot.admin.buttons import ManagingPress, ManagingVerb
from bot.admin.context import Errand
from bot.admin.finding import KIND_WORDS, NoSuchPosting, find_any, labels_of, moment, name_actor, name_posting
from bot.domain.administration import Action
from bot.domain.answer import count_of
from bot.domain.posting import HeadField, Posting
from bot.presentation.card import Card, Control, Row, Tone, cut, escaped_within, in_rows, units
from bot.storage.store import Store
from bot.topics import TOPICS
from bot.topics.topic import Topic

# What differs between two revisions of a posting, told field by field.

_HEAD_LABELS = {HeadField.TITLE: "Title", HeadField.COMPANY: "Company", HeadField.LINK: "Link", HeadField.LOCATION: "Location"}
_MOST_COMPARED = 2_000
_MOST_PAIRS = 20_000
"""
Changed lines, and pairs of the same line on both sides, up to which they are compared in order, in under half a second.

Of more it is only counted which there are: 990 lines that are half the same took 7 s.
"""


@dataclass(frozen=True)
class Difference:
    """One field that reads otherwise: a part of the head, or a topic."""

    label: str
    before: tuple[str, ...]
    """What was told, one statement or list item each; nothing where nothing was said."""

    after: tuple[str, ...]

    @property
    def gone(self) -> tuple[str, ...]:
        """What was told before and is no more."""
        return _without(self.before, self.after)

    @property
    def came(self) -> tuple[str, ...]:
        """What is told since."""
        return _without(self.after, self.before)


class ChangedLines(NamedTuple):
    """How much of a text is another; a line that is written anew counts as added and removed."""

    added: int
    removed: int


@dataclass(frozen=True)
class Differences:
    """Everything that differs."""

    fields: tuple[Difference, ...]
    """In the order of the head and of TOPICS."""

    lines: ChangedLines


def compare(before: Posting | None, after: Posting | None, *, locale: str = "en") -> Differences:
    """
    Return what differs between two revisions; None is one that is not there: everything came, or went.

    It may take half a second for long texts that differ much, so that an event loop leaves it to a thread.
    """
    heads = (Difference(label, _head(before, field), _head(after, field)) for field, label in _HEAD_LABELS.items())
    topics = (Difference(topic.label, _tell(before, topic, locale=locale), _tell(after, topic, locale=locale)) for topic in TOPICS)
    fields = tuple(difference for difference in (*heads, *topics) if difference.before != difference.after)
    return Differences(fields, _compare_lines(before.text if before else "", after.text if after else ""))


def _head(posting: Posting | None, field: HeadField) -> tuple[str, ...]:
    words: str | None = getattr(posting, field.attribute) if posting else None
    return (words,) if words else ()


def _tell(posting: Posting | None, topic: Topic[object], *, locale: str) -> tuple[str, ...]:
    facts = topic.facts_in(posting) if posting else ()
    if not facts:
        return ()
    telling = topic.tell_in(locale, facts)
    return telling.items or (telling.sentence,)


def _without(whole: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """Return what the other has not, as often as it has it less often."""
    left = Counter(other)
    return tuple(_take_out(whole, left))


def _take_out(whole: Sequence[str], left: Counter[str]) -> Iterator[str]:
    for one in whole:
        if left[one] > 0:
            left[one] -= 1
        else:
            yield one


def _compare_lines(before: str, after: str) -> ChangedLines:
    r"""
    Count the lines that were added and removed; blank ones and spaces around a line do not count.

    >>> _compare_lines("Pay: $5\n\nApply now", "Pay: $6\nApply now\nSoon")
    ChangedLines(added=2, removed=1)
    """
    old, new = _lines(before), _lines(after)
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    old, new = old[start:], new[start:]
    end = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(reversed(old), reversed(new), strict=False)))
    old, new = old[: len(old) - end], new[: len(new) - end]
    often = Counter(new)
    if len(old) + len(new) > _MOST_COMPARED or sum(often[line] for line in old) > _MOST_PAIRS:
        return ChangedLines(len(_without(new, old)), len(_without(old, new)))
    matched = sum(block.size for block in SequenceMatcher(a=old, b=new, autojunk=False).get_matching_blocks())
    return ChangedLines(len(new) - matched, len(old) - matched)


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.splitlines()) if line]


# What differs between two revisions, as lines of markdown.

_LONGEST_STATEMENT = 160
_MOST_ITEMS = 4
_SILENT = "*nothing*"


def change_lines(differences: Differences, *, longest: int) -> list[str]:
    """
    Return the lines, as many as fit into so many characters, the last of them saying how many more there are.

    >>> from bot.admin.history import ChangedLines
    >>> change_lines(Differences((Difference("Pay", ("$5 an hour",), ("$6 an hour",)),), ChangedLines(1, 1)), longest=500)
    ['> Pay: $5 an hour → $6 an hour', '> Text: 1 line added, 1 removed']
    """
    blocks = [*map(_field_lines, differences.fields), *_text_lines(differences.lines)]
    lines: list[str] = []
    for number, block in enumerate(blocks):
        if sum(map(units, [*lines, *block])) + len(lines) + len(block) > longest:
            return [*lines, f"> … and {len(blocks) - number} more changes"]
        lines += block
    return lines


def _field_lines(difference: Difference) -> list[str]:
    if len(difference.before) < 2 and len(difference.after) < 2:  # noqa: PLR2004 -- a statement on each side at most
        return [f"> {difference.label}: {_statement(difference.before)} → {_statement(difference.after)}"]
    changes = [*_items("−", difference.gone), *_items("+", difference.came)]
    return [f"> {difference.label}:", *changes] if changes else [f"> {difference.label}: told in another order"]


def _items(sign: str, items: Sequence[str]) -> Iterator[str]:
    for item in items[:_MOST_ITEMS]:
        yield f"> {sign} {_short(item)}"
    if len(items) > _MOST_ITEMS:
        yield f"> {sign} … and {len(items) - _MOST_ITEMS} more"


def _statement(statements: Sequence[str]) -> str:
    return _short(statements[0]) if statements else _SILENT


def _short(statement: str) -> str:
    return escaped_within(cut(statement.strip(), _LONGEST_STATEMENT), _LONGEST_STATEMENT) or _SILENT


def _text_lines(lines: ChangedLines) -> Iterator[list[str]]:
    if lines.added and lines.removed:
        yield [f"> Text: {count_of(lines.added, 'line')} added, {lines.removed:,} removed"]
    elif lines.added or lines.removed:
        yield [f"> Text: {count_of(lines.added or lines.removed, 'line')} {'added' if lines.added else 'removed'}"]


# What was done to postings, as a page to read: who, what, when, and what it said before and after.

ACTIONS_ON_PAGE = 5
_LONGEST_CHANGES = 550
"""Characters for what one action changed: five of them with their heads fit into a message."""


@dataclass(frozen=True)
class Seen:
    """An action with what the posting said before and after it, as far as it is known."""

    action: Action
    before: Posting | None
    after: Posting | None


@dataclass(frozen=True)
class HistoryPage:
    """A page of what was done."""

    seen: Sequence[Seen]
    """Newest first."""

    posting: int
    """The one whose history it is; 0 for that of all."""

    page: int
    """Counts from 0."""

    has_more: bool
    current: Mapping[int, int]
    """The current revision of each posting that has one."""


def history_card(shown: HistoryPage, *, locale: str) -> Card:
    """Return the page; it compares texts, so that an event loop leaves it to a thread."""
    blocks = [_block(one, locale=locale, is_of_one=bool(shown.posting)) for one in shown.seen]
    title = f"History of posting #{shown.posting}" if shown.posting else "What was done here last"
    body = "\n\n".join(blocks) or ("There is nothing further." if shown.page else "Nothing was done here yet.")
    return Card(
        body,
        title=title,
        footer=f"Page {shown.page + 1}" if shown.page or shown.has_more else None,
        tone=Tone.ANSWER if blocks else Tone.ASKING,
        rows=(*_rows(shown), *_page_row(shown)),
        is_personal=True,
    )


def _block(seen: Seen, *, locale: str, is_of_one: bool) -> str:
    """Tell of an action; its revisions only in the history of one posting, where they can be brought back."""
    action = seen.action
    head = f"{name_posting(action.posting, action.company, title=action.title)} was {KIND_WORDS[action.kind]} by {name_actor(action.by)}"
    revisions = _revisions(action) if is_of_one else ""
    return "\n".join((f"{head}, {moment(action.at)}{revisions}", *_changes(seen, locale=locale)))


def _revisions(action: Action) -> str:
    """
    Say which revision became which.

    >>> from datetime import UTC, datetime
    >>> from bot.domain.administration import ActionKind
    >>> from bot.domain.person import ROLECALL
    >>> done = {"posting": 1, "scope": "7", "kind": ActionKind.UPDATED, "by": ROLECALL, "at": datetime.now(UTC)}
    >>> _revisions(Action(**done, before=1, after=2)), _revisions(Action(**done, after=1))
    (': revision 1 → 2', ': revision 1')
    """
    numbers = [str(number) for number in dict.fromkeys((action.before, action.after)) if number is not None]
    return f": revision {' → '.join(numbers)}" if numbers else ""


def _changes(seen: Seen, *, locale: str) -> list[str]:
    if seen.before is None or seen.after is None:
        whole = seen.after or seen.before
        return [f"> It says something on: {labels_of(whole)}"] if whole else []
    differences: Differences = compare(seen.before, seen.after, locale=locale)
    return change_lines(differences, longest=_LONGEST_CHANGES) or ["> What is told stayed the same"]


def _rows(shown: HistoryPage) -> tuple[Row, ...]:
    if not shown.posting:
        return in_rows([_history_control(number) for number in dict.fromkeys(one.action.posting for one in shown.seen)], most=1)
    current = shown.current.get(shown.posting)
    last = current or (shown.seen[0].action.before if shown.seen and not shown.page else None)  # of a removed posting what was there last
    older = sorted({number for one in shown.seen for number in (one.action.before, one.action.after) if number and number != last})
    asks = [
        Control(f"Bring back revision {number}", press=ManagingPress(ManagingVerb.ASK_RESTORE, posting=shown.posting, revision=number))
        for number in reversed(older)
    ]
    return (*in_rows(asks, most=2), *_posting_row(shown.posting, is_current=current is not None))


def _posting_row(number: int, *, is_current: bool) -> tuple[Row, ...]:
    if not is_current:
        return ((Control("Bring it back", press=ManagingPress(ManagingVerb.RESTORE, posting=number)),),)
    edit = Control("Edit", press=ManagingPress(ManagingVerb.EDIT, posting=number))
    return ((edit, Control("Remove …", press=ManagingPress(ManagingVerb.ASK_REMOVE, posting=number))),)


def _history_control(number: int) -> Control:
    return Control(f"History of #{number}", press=ManagingPress(ManagingVerb.HISTORY, posting=number))


def _page_row(shown: HistoryPage) -> tuple[Row, ...]:
    if not shown.page and not shown.has_more:
        return ()
    newer = ManagingPress(ManagingVerb.HISTORY, posting=shown.posting, page=max(0, shown.page - 1), group="newer")
    older = ManagingPress(ManagingVerb.HISTORY, posting=shown.posting, page=shown.page + 1, group="older")
    return ((Control("◀ Newer", press=newer, is_current=not shown.page), Control("Older ▶", press=older, is_current=not shown.has_more)),)


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
