"""A posting's lines beside what was found in each: which facts quote it, and which lines nothing used."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.domain.fact import Fact
from bot.domain.posting import Posting
from bot.parsing.parse import read_document
from bot.text.clean import fold_space
from bot.text.document import Line, LineKind
from bot.text.markup import strip_markup
from bot.text.section_kind import read_section_kind
from bot.topics import TOPICS
from bot.topics.topic import Topic

_MOST_PLACES = 50
"""Places of one quote that are looked at for the heading that it stands under."""

_LONG_ENOUGH_TO_KNOW = 40
"""Characters: a line this long that stood before is the same passage, which is read once."""


class Use(StrEnum):
    """What became of a line."""

    USED = "used"
    UNUSED = "unused"
    HEADING = "heading"
    REPEATED = "repeated"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that was found in a line."""

    label: str
    """The topic's label, a field of the head, or "Section"."""

    value: str
    """What was understood; empty where it is the line itself."""

    place: int
    """The topic's place in TOPICS, -1 for what is no topic's."""


@dataclass(slots=True)
class ReportLine:
    """One line of the posting."""

    number: int
    text: str
    use: Use
    marks: list[Mark] = field(default_factory=list)


def read_report_lines(posting: Posting) -> list[ReportLine]:
    r"""
    Return every line of a posting's text with what was found in it.

    >>> posting = Posting(source="a", title="Cook", company=None, link=None, location=None, text="# Cook\n\nWe cook.")
    >>> [(line.number, line.use.value, [mark.label for mark in line.marks]) for line in read_report_lines(posting)]
    [(1, 'used', ['Title']), (2, 'blank', []), (3, 'unused', [])]
    """
    places = _Places(posting.text)
    lines = _bare_lines(posting, places)
    for label, value in (("Title", posting.title), ("Company", posting.company), ("Location", posting.location), ("Link", posting.link)):
        for number in places.find(value, heading=None)[:1]:
            lines[number].marks.append(Mark(label, value or "", place=-1))
            lines[number].use = Use.HEADING if lines[number].use is Use.HEADING else Use.USED
    for place, topic in enumerate(TOPICS):
        for fact in topic.facts_in(posting):
            _add_fact(lines, places.find(fact.quote.text, heading=fact.quote.heading), _to_mark(topic, fact, place=place))
    return lines


def _add_fact(lines: list[ReportLine], numbers: list[int], mark: Mark) -> None:
    """Set the mark beside the first line that the quote stands in, and count all of them as used."""
    for number in numbers:
        if lines[number].use is not Use.HEADING:
            lines[number].use = Use.USED
    if numbers and mark not in lines[numbers[0]].marks:
        lines[numbers[0]].marks.append(mark)


def _to_mark(topic: Topic[Any], fact: Fact[Any], *, place: int) -> Mark:
    value = str(fact.value) if isinstance(fact.value, str) else topic.tell((fact,)).sentence
    return Mark(topic.label, "" if _letters(value) == _letters(fact.quote.text) else value, place)


def _bare_lines(posting: Posting, places: "_Places") -> list[ReportLine]:
    seen: set[str] = set()
    lines = [ReportLine(number, text, Use.UNUSED) for number, text in enumerate(posting.text.split("\n"), 1)]
    for line in lines:
        words = fold_space(line.text).casefold()
        if not any(map(str.isalnum, words)):
            line.use = Use.BLANK
        elif (known := places.known.get(line.number)) and known.kind is LineKind.HEADING:
            line.use = Use.HEADING
            kind = read_section_kind(known.text)
            line.marks += [Mark("Section", kind.value, place=-1)] if kind else []
        elif words in seen and len(words) >= _LONG_ENOUGH_TO_KNOW:
            line.use = Use.REPEATED
        seen.add(words)
    return lines


class _Places:
    """Finds the lines that words stand in, white space folded."""

    def __init__(self, text: str) -> None:
        self.known: dict[int, Line] = {line.number: line for line in read_document(text).lines}
        self._numbers = sorted(self.known)
        folded = [fold_space(line) for line in text.split("\n")]
        self._starts: list[int] = []
        self._text = " ".join(_counted(folded, self._starts))

    def find(self, words: str | None, *, heading: str | None) -> list[int]:
        """Return the lines, counted from 0, of the first place of words, under their heading where they are there; nothing for none."""
        sought = fold_space(words or "")
        found = list(self._find_all(sought)) if sought else []
        under = [at for at in found if self._heading_at(at) == heading]
        return list(self._lines_of(*(under or found)[:1], length=len(sought))) if found else []

    def _find_all(self, sought: str) -> Iterator[int]:
        at = -1
        for _ in range(_MOST_PLACES):
            at = self._text.find(sought, at + 1)
            if at < 0:
                return
            yield at

    def _lines_of(self, at: int, *, length: int) -> range:
        return range(bisect_right(self._starts, at) - 1, bisect_right(self._starts, at + length - 1))

    def _heading_at(self, at: int) -> str | None:
        number = bisect_right(self._starts, at)
        before = bisect_right(self._numbers, number) - 1
        return self.known[self._numbers[before]].heading if before >= 0 else None


def _counted(lines: list[str], starts: list[int]) -> Iterator[str]:
    """Yield the words of each line, and note where in the joined text it begins."""
    at = 0
    for line in lines:
        starts.append(at)
        if line:
            yield line
            at += len(line) + 1


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, strip_markup(text).casefold()))
