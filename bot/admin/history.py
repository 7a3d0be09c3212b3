"""Who did what to which posting, a page at a time."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import islice, takewhile
from typing import Any, NamedTuple

from bot.admin.context import AdminContext
from bot.admin.finding import DONE, NoSuchPosting, find_any, labels_of, name_actor, name_posting
from bot.domain.posting import Action, ActionKind, HeadField, KeptPosting, Posting
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import Card, Control, Row, Tone, cut, escaped_within, in_rows, timestamp, units
from bot.storage.store import Store
from bot.text.translations import say, say_of
from bot.topics import TOPICS
from bot.topics.pay import PAY
from bot.topics.topic import Topic

# What differs between two revisions of a posting, told field by field.

HEAD_LABELS = {HeadField.TITLE: "Title", HeadField.COMPANY: "Company", HeadField.LINK: "Link", HeadField.LOCATION: "Location"}
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
    """Return what differs between two revisions, None for one that is not there; an event loop leaves it to a thread."""
    heads = (Difference(label, _head(before, field), _head(after, field)) for field, label in HEAD_LABELS.items())
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
    rendered = topic.render_in(locale, facts)
    return rendered.items or (rendered.sentence,)


def _without(whole: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """Return what the other has not, as often as it has it less often."""
    return tuple((Counter(whole) - Counter(other)).elements())


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


def change_lines(differences: Differences, *, longest: int, locale: str = "en") -> list[str]:
    """
    Return the lines, as many as fit into so many characters, the last of them saying how many more there are.

    >>> change_lines(Differences((Difference("Pay", ("$5 an hour",), ("$6 an hour",)),), ChangedLines(1, 1)), longest=500)
    ['> Pay: $5 an hour → $6 an hour', '> Text: 1 line added, 1 removed']
    """
    blocks = [_field_lines(one, locale) for one in differences.fields]
    if differences.lines != (0, 0):
        blocks.append([f"> {say_of(say('Text', locale), _count_lines(differences.lines, locale), locale=locale)}"])
    lines: list[str] = []
    for number, block in enumerate(blocks):
        if sum(map(units, [*lines, *block])) + len(lines) + len(block) > longest:
            return [*lines, f"> {say('… and {number} more changes', locale, number=len(blocks) - number)}"]
        lines += block
    return lines


def render_changes(before: Posting | None, after: Posting, *, locale: str, longest: int) -> list[str]:
    """Return what differs between two revisions as lines; it compares texts, so that an event loop leaves it to a thread."""
    lines = change_lines(compare(before, after, locale=locale), longest=longest, locale=locale)
    return lines or [f"> {say('What is told stayed the same', locale)}"]


def _field_lines(difference: Difference, locale: str) -> list[str]:
    label = say(difference.label, locale)
    if len(difference.before) < 2 and len(difference.after) < 2:  # noqa: PLR2004 -- a statement on each side at most
        told = " → ".join(_short(side[0] if side else "", locale) for side in (difference.before, difference.after))
        return [f"> {say_of(label, told, locale=locale)}"]
    changes = [*_items("−", difference.gone, locale), *_items("+", difference.came, locale)]
    head = say_of(label, "" if changes else say("told in another order", locale), locale=locale)
    return [f"> {head.rstrip()}", *changes]


def _items(sign: str, items: Sequence[str], locale: str) -> Iterator[str]:
    yield from (f"> {sign} {_short(item, locale)}" for item in items[:_MOST_ITEMS])
    if len(items) > _MOST_ITEMS:
        yield f"> {sign} {say('… and {number} more.', locale, number=len(items) - _MOST_ITEMS).rstrip('.')}"


def _short(statement: str, locale: str) -> str:
    told = escaped_within(cut(statement.strip(), _LONGEST_STATEMENT), _LONGEST_STATEMENT)
    return told or f"*{say('nothing', locale)}*"


def _count_lines(lines: ChangedLines, locale: str) -> str:
    added = say("1 line added" if lines.added == 1 else "{number} lines added", locale, number=lines.added)
    removed = say("1 line removed" if lines.removed == 1 else "{number} lines removed", locale, number=lines.removed)
    if lines.added and lines.removed:
        return say("{told}, {number} removed", locale, told=added, number=lines.removed)
    return added if lines.added else removed


# The same for those who watch a posting, in their language, with what became of it.


class News(StrEnum):
    """What a posting is told as, in the order of a message."""

    NEW = "New"
    REOPENED = "Open again"
    FITS_NOW = "Fits now"
    CHANGED = "Changed"
    FITS_NO_MORE = "Fits no more"
    CLOSED = "Closed"


TOLD_AS = {
    ActionKind.ADDED: News.NEW,
    ActionKind.RESTORED: News.NEW,
    ActionKind.UPDATED: News.CHANGED,
    ActionKind.CORRECTED: News.CHANGED,
    ActionKind.CLOSED: News.CLOSED,
    ActionKind.REOPENED: News.REOPENED,
}
"""What each action is told as; one that brings back an older revision, as a change."""


class Happened(NamedTuple):
    """What became of a posting since it was told of last; the revisions are those before and after all of it."""

    news: News
    before: int | None
    after: int | None


def sum_up(payloads: Sequence[Mapping[str, Any]]) -> dict[int, Happened]:
    """
    Return what became of each posting, of which several things may have been done one after the other.

    A payload is an action as JSON: posting, kind, before and after; and `fit`, where the posting has only now come to fit a search, or
    fits it no more.

    >>> added = {"posting": 7, "kind": "added", "before": None, "after": 1}
    >>> sum_up([added, {"posting": 7, "kind": "closed", "before": 1, "after": 1}])[7].news
    <News.CLOSED: 'Closed'>
    """
    by_posting: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for payload in payloads:
        by_posting[payload["posting"]].append(payload)
    return {number: _sum_up(several) for number, several in by_posting.items()}


def _sum_up(several: Sequence[Mapping[str, Any]]) -> Happened:
    kinds = [TOLD_AS[ActionKind(one["kind"])] for one in several]
    turns = [kind for kind in kinds if kind in (News.CLOSED, News.REOPENED)]
    fits = [News(one["fit"]) for one in several if one.get("fit")]
    is_new = any(kind is News.NEW and one["before"] is None for one, kind in zip(several, kinds, strict=True))
    changed = [one for one, kind in zip(several, kinds, strict=True) if kind in (News.CHANGED, News.NEW) and one["before"]]
    news = News.NEW if is_new else fits[-1] if fits else News.CHANGED
    if turns and not (is_new and turns[-1] is News.REOPENED):
        news = turns[-1]
    return Happened(news, (changed or several)[0]["before"], several[-1]["after"])


PAY_UP, PAY_DOWN = "Pay up", "Pay down"
_MOST_FIELDS, _MOST_OF_FIELD = 5, 2
_LONGEST_BRIEF = 100


def brief_changes(before: Posting, after: Posting, *, locale: str) -> list[str]:
    """Return what is told otherwise in short lines of markdown, pay that went up or down as such; an event loop leaves it to a thread."""
    fields = compare(before, after, locale=locale).fields[:_MOST_FIELDS]
    return [line for one in fields for line in _brief_lines(one, say(_label(one, before, after), locale), locale=locale)]


def _brief_lines(one: Difference, label: str, *, locale: str) -> Iterator[str]:
    if len(one.before) < 2 and len(one.after) < 2:  # noqa: PLR2004 -- a statement on each side at most
        yield say_of(label, f"{_brief(one.before, locale)} → {_brief(one.after, locale)}", locale=locale)
        return
    if len(one.gone) == len(one.came):
        for was, has in islice(zip(one.gone, one.came, strict=True), _MOST_OF_FIELD):
            yield say_of(label, f"{_brief((was,), locale)} → {_brief((has,), locale)}", locale=locale)
        return
    signed = [f"{sign} {_brief((item,), locale)}" for sign, items in (("−", one.gone), ("+", one.came)) for item in items[:_MOST_OF_FIELD]]
    if signed:
        yield say_of(label, " · ".join(signed), locale=locale)


def _brief(statements: Sequence[str], locale: str) -> str:
    told = cut(statements[0].strip(), _LONGEST_BRIEF) if statements else ""
    return escaped_within(told, _LONGEST_BRIEF) or f"*{say('not said', locale)}*"


def _label(one: Difference, before: Posting, after: Posting) -> str:
    """Return what a difference is called; of pay in the same units, whether it went up or down."""
    was, has = _find_ends(before), _find_ends(after)
    if one.label != PAY.label or was == has or [unit for _, unit in was] != [unit for _, unit in has]:
        return one.label
    steps = [end - earlier for (end, _), (earlier, _) in zip(has, was, strict=True)]
    return PAY_UP if min(steps) >= 0 else PAY_DOWN if max(steps) <= 0 else one.label


def _find_ends(posting: Posting) -> list[tuple[float, tuple[object, ...]]]:
    """Return the ends of all pay that a posting states, in its order, each with its unit."""
    pays = [fact.value for fact in PAY.facts_in(posting)]
    stated = [(end, (pay.currency, pay.per, which)) for pay in pays for which, end in (("low", pay.minimum), ("high", pay.maximum))]
    return [(end, unit) for end, unit in stated if end is not None]


# What was done to postings, as a page to read: who, what, when, and what it said before and after.

ACTIONS_ON_PAGE = 5
_LONGEST_CHANGES = 550
"""Characters for what one action changed: five of them with their heads fit into a message."""


@dataclass(frozen=True)
class ActionDetails:
    """An action with what the posting said before and after it, as far as it is known."""

    action: Action
    before: Posting | None
    after: Posting | None
    earlier_at: datetime | None = None
    """Of a reposted one, when the earlier posting was first read."""


async def show_history(context: AdminContext, typed: str | None) -> Card:
    """Show what was done last to the posting that is meant, or to any; raises NoSuchPosting."""
    return await _show_page(context, await find_any(context, typed) if typed else 0, page=0)


async def turn_history(context: AdminContext, button: ButtonId) -> Card:
    """Show the page of a button."""
    if button.posting and not await context.store.list_actions(posting=button.posting, scopes=context.scopes, limit=1):
        raise NoSuchPosting
    return await _show_page(context, button.posting, page=button.page)


async def read_action_details(store: Store, actions: Sequence[Action], *, scopes: Collection[str]) -> list[ActionDetails]:
    """Return actions with what the postings said before and after; no other revisions are read."""
    said: dict[tuple[int, int | None], Posting] = {}
    for number in sorted({action.posting for action in actions}):
        among = {revision for one in actions if one.posting == number for revision in (one.before, one.after) if revision is not None}
        said |= {(number, one.kept.revision): one.kept.posting for one in await store.history(number, scopes=scopes, among=among)}
    return [ActionDetails(one, said.get((one.posting, one.before or 0)), said.get((one.posting, one.after or 0))) for one in actions]


async def _show_page(context: AdminContext, number: int, *, page: int) -> Card:
    """Show a page of what was done to one posting, or to all for 0; the newest first."""
    most, skip = ACTIONS_ON_PAGE + 1, page * ACTIONS_ON_PAGE
    found = await context.store.list_actions(scopes=context.scopes, posting=number or None, limit=most, skip=skip)
    seen = await read_action_details(context.store, found[:ACTIONS_ON_PAGE], scopes=context.scopes)
    known = await context.store.boards.sightings({one.posting for one in found if one.kind is ActionKind.REPOSTED}, scopes=context.scopes)
    seen = [replace(one, earlier_at=known[one.action.posting].earlier_at) if one.action.posting in known else one for one in seen]
    current = await context.store.get(number, scopes=context.scopes) if number else None
    locale, shown = context.locale, ButtonId(ButtonAction.HISTORY, posting=number, page=page)
    blocks = await asyncio.to_thread(lambda: [_block(one, locale=locale, is_of_one=bool(number)) for one in seen])
    turning = _turning_rows(shown, has_more=len(found) > ACTIONS_ON_PAGE, locale=locale)
    leading = _revision_rows(seen, current, shown=shown, locale=locale) if number else _posting_rows(seen, locale)
    return Card(
        "\n\n".join(blocks) or say("There is nothing further." if page else "Nothing was done here yet.", locale),
        title=say("History of posting #{number}" if number else "What was done here last", locale, number=str(number)),
        footer=say("Page {page}", locale, page=page + 1) if turning else None,
        tone=Tone.ANSWER if blocks else Tone.ASKING,
        rows=(*leading, *turning),
        is_personal=True,
    )


def _block(seen: ActionDetails, *, locale: str, is_of_one: bool) -> str:
    """Tell of an action; its revisions only in the history of one posting, where they can be brought back."""
    action = seen.action
    name = name_posting(action.posting, action.company, title=action.title)
    head = say(DONE[action.kind], locale, name=name, who=name_actor(action.by))
    numbers = [str(number) for number in dict.fromkeys((action.before, action.after)) if number is not None]
    revisions = f": {say('revision {number}', locale, number=' → '.join(numbers))}" if numbers and is_of_one else ""
    is_plain = action.kind is ActionKind.ADDED and not is_of_one  # of many that were added, the same would be told again and again
    changes = () if is_plain else _changes(seen, locale=locale)
    return "\n".join((f"{head}, {timestamp(action.at)}{revisions}", *changes))


_NO_CHANGE = frozenset({ActionKind.CLOSED, ActionKind.REOPENED, ActionKind.REPOSTED})


def _changes(seen: ActionDetails, *, locale: str) -> list[str]:
    if seen.action.kind in _NO_CHANGE:
        if seen.earlier_at is None or seen.action.kind is not ActionKind.REPOSTED:
            return []
        return [f"> {say('The earlier posting was read {date}', locale, date=timestamp(seen.earlier_at))}"]
    if seen.before is None or seen.after is None:
        whole = seen.after or seen.before
        return [f"> {say('It says something on: {topics}', locale, topics=labels_of(whole, locale))}"] if whole else []
    return render_changes(seen.before, seen.after, locale=locale, longest=_LONGEST_CHANGES)


def _posting_rows(seen: Sequence[ActionDetails], locale: str) -> tuple[Row, ...]:
    numbers = dict.fromkeys(one.action.posting for one in seen)
    labels = {number: say("History of #{number}", locale, number=str(number)) for number in numbers}
    return in_rows([Control(label, press=ButtonId(ButtonAction.HISTORY, posting=number)) for number, label in labels.items()], most=1)


def _revision_rows(seen: Sequence[ActionDetails], current: KeptPosting | None, *, shown: ButtonId, locale: str) -> tuple[Row, ...]:
    """Return buttons that bring back older revisions, and what can be done with the posting now; `shown` is the page."""
    number = shown.posting
    last = current.revision if current else seen[0].action.before if seen and not shown.page else None  # of a removed one what was last
    older = {revision for one in seen for revision in (one.action.before, one.action.after) if revision and revision != last}
    asked = [ButtonId(ButtonAction.ASK_RESTORE, posting=number, revision=revision) for revision in sorted(older, reverse=True)]
    asks = [Control(say("Bring back revision {number}", locale, number=str(one.revision)), press=one) for one in asked]
    if current is None:
        return (*in_rows(asks, most=2), (Control(say("Bring it back", locale), press=ButtonId(ButtonAction.RESTORE, posting=number)),))
    edit = Control(say("Edit", locale), press=ButtonId(ButtonAction.EDIT, posting=number))
    remove = Control(say("Remove …", locale), press=ButtonId(ButtonAction.ASK_REMOVE, posting=number))
    return (*in_rows(asks, most=2), (edit, remove))


def _turning_rows(shown: ButtonId, *, has_more: bool, locale: str) -> tuple[Row, ...]:
    """Return the row that leads on and back, without knowing how many pages there are."""
    if not shown.page and not has_more:
        return ()
    newer = replace(shown, page=max(0, shown.page - 1), group="newer")
    older = replace(shown, page=shown.page + 1, group="older")
    forth = Control(say("◀ Newer", locale), press=newer, is_current=not shown.page)
    return ((forth, Control(say("Older ▶", locale), press=older, is_current=not has_more)),)
