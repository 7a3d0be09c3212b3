"""A posting's text in lines, each with its headings and the way back to its words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, wraps
from typing import Any, NamedTuple, TypeVar

from bot.domain.facts import Quote
from bot.text.markup import MarkedText
from bot.text.sentences import split_sentences


class LineKind(StrEnum):
    """What a line is in the posting's layout."""

    TITLE = "title"
    TAG = "tag"
    """A labelled value of the layout's own head: pay, place, contract; `label` says which."""

    HEADING = "heading"
    BULLET = "bullet"
    PROSE = "prose"


_FEWEST_BARS = 2

TITLE, TAG, HEADING, BULLET, PROSE = LineKind
"""The kinds by themselves: to look one up in its class takes longer than to compare it, and lines are asked again and again."""


@dataclass(slots=True)
class Line:
    """
    One line, or a paragraph that was wrapped over several; nobody changes one.

    It is not frozen: that takes five times as long to make, and a posting has hundreds.
    """

    number: int
    """Counts from 1 in the posting's text; 0 where a layout has the line in no place of its own."""

    marked: MarkedText
    kind: LineKind
    headings: tuple[str, ...] = ()
    """The headings above it, outermost first, without marks."""

    depth: int = 0
    """How deep a bullet is nested, from 0."""

    label: str | None = None
    """For `Label: words` and tags: the label, without marks and colon."""

    text: str = field(init=False, repr=False, compare=False)
    """The line without marks: kept, because every topic asks for it."""

    _folded: str | None = field(default=None, init=False, repr=False, compare=False)
    _spans: list[tuple[int, int]] | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Take the text out of what the marks were taken off."""
        self.text = self.marked.plain

    @property
    def heading(self) -> str | None:
        """The nearest heading."""
        return self.headings[-1] if self.headings else None

    def quote(self, start: int = 0, end: int | None = None) -> Quote:
        """Return the words of text[start:end] as they stand in the posting."""
        return Quote(text=self.marked.words_between(start, len(self.text) if end is None else end), heading=self.heading)

    @property
    def parts(self) -> list["Sentence"]:
        """The parts of a line that bars part ("Acme | Berlin | Remote"), without the white space around them; none of another line."""
        if self.text.count("|") < _FEWEST_BARS:
            return []
        found = []
        at = 0
        for part in self.text.split("|"):
            if words := part.strip():
                start = at + part.index(words)
                found.append(Sentence(self, start, start + len(words)))
            at += len(part) + 1
        return found

    @property
    def folded(self) -> str:
        """The line for comparing with others: no capitals, one space between words; made once."""
        if self._folded is None:
            self._folded = " ".join(self.text.casefold().split())
        return self._folded

    @property
    def sentences(self) -> list["Sentence"]:
        """The line's sentences, in order: where they stand is kept, without the sentences, which would hold the line that holds them."""
        if self._spans is None:
            self._spans = split_sentences(self.text)
        return [Sentence(self, start, end) for start, end in self._spans]


class Sentence(NamedTuple):
    """A sentence and the line it stands in."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence without marks."""
        return self.line.text[self.start : self.end]

    @property
    def quote(self) -> Quote:
        """The sentence as it stands in the posting."""
        return self.line.quote(self.start, self.end)


@dataclass(frozen=True)
class Document:
    """What a format makes of a text: the head's fields, and the lines in order."""

    title: str | None
    company: str | None
    link: str | None
    location: str | None
    lines: tuple[Line, ...]
    """Title and tags first, then the body; a passage that stands twice is here once."""

    rules: tuple[str, ...] = ()
    """What of the head was read by which rule, for whoever asks why: "company by its label"."""

    readings: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was read from the whole document before, kept by `read_once`."""

    @cached_property
    def body(self) -> tuple[Line, ...]:
        """The lines below the head, headings included."""
        return tuple(line for line in self.lines if line.kind is not TITLE and line.kind is not TAG)

    @cached_property
    def statements(self) -> tuple[Line, ...]:
        """The lines that say something: bullets and prose."""
        return tuple(line for line in self.body if line.kind is not HEADING)

    def tags(self, *labels: str) -> Iterator[Line]:
        """Yield the head's tags of these labels."""
        return (line for line in self.lines if line.kind is TAG and line.label in labels)

    def sentences(self) -> Iterator[Sentence]:
        """Yield the sentences of the head and the body, in order, headings left out."""
        return (sentence for line in self.lines if line.kind is not HEADING for sentence in line.sentences)


Reading = TypeVar("Reading")


def read_once(read: Callable[[Document], Reading]) -> Callable[[Document], Reading]:
    """Make a reading of a whole document that is kept with it: several topics ask for the same one."""

    @wraps(read)
    def read_or_remember(document: Document) -> Reading:
        if read not in document.readings:
            document.readings[read] = read(document)
        found: Reading = document.readings[read]
        return found

    return read_or_remember
