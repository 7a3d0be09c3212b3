"""What differs between two revisions of a posting, told field by field."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple

from bot.domain.correction import HeadField
from bot.domain.posting import Posting
from bot.topics import TOPICS
from bot.topics.topic import Topic

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
