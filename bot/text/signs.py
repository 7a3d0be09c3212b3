"""The quick first look: which lines of a document hold one of a few words at all."""

import re
import weakref
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, islice

from bot.text.document import Document, Line, LineKind

_MOST_LETTERS = 100_000
"""Letters of a text that are looked at: the longest of 1,500 postings has 20,000, and a hostile text may have millions."""

_BETWEEN_WORDS = ',./:;()-–—!?"“”+'


@dataclass(frozen=True, slots=True)
class WholeText:
    """A document's lines as one text, as written and in lower case, with where each line begins."""

    lines: tuple[Line, ...]
    """Those of the first letters: what stands further down is not looked at."""

    written: str
    lowered: str
    """As long as `written`: a letter that has no small form of one letter stays."""

    starts: tuple[int, ...]
    """For each line."""

    words: frozenset[str]
    """Its words in lower case, cut at spaces and signs."""

    @property
    def body(self) -> Iterator[Line]:
        """The lines below the head, headings included."""
        return (line for line in self.lines if line.kind is not LineKind.TITLE and line.kind is not LineKind.TAG)

    @property
    def statements(self) -> Iterator[Line]:
        """The bullets and the prose."""
        return (line for line in self.lines if line.kind is LineKind.BULLET or line.kind is LineKind.PROSE)

    def lines_with(self, words: frozenset[str], *, also: Iterable[str] = ()) -> list[Line]:
        """Return the lines that hold one of the words, which are in lower case and stand somewhere as whole words, or a piece of text."""
        found: set[int] = set()
        for word in (*self.words.intersection(words), *also):
            self._add_lines(word, self.lowered, found)
        return [self.lines[index] for index in sorted(found)]

    def lines_spelling(self, pieces: Iterable[str]) -> list[Line]:
        """Return the lines that hold one of these pieces exactly so."""
        found: set[int] = set()
        for piece in pieces:
            self._add_lines(piece, self.written, found)
        return [self.lines[index] for index in sorted(found)]

    def lines_matching(self, pattern: re.Pattern[str]) -> list[Line]:
        """Return the lines that a pattern for lower case finds something in, in order; quick where it begins with fixed letters."""
        indices = dict.fromkeys(bisect_right(self.starts, match.start()) - 1 for match in pattern.finditer(self.lowered))
        return [self.lines[index] for index in indices]

    def _add_lines(self, sign: str, text: str, found: set[int]) -> None:
        at = text.find(sign)
        while at >= 0:
            index = bisect_right(self.starts, at)
            found.add(index - 1)
            at = text.find(sign, self.starts[index]) if index < len(self.starts) else -1


class _Last:
    """What was read last: several topics look through one document, one after the other."""

    reading: "tuple[weakref.ref[Document], WholeText] | None" = None


def read_whole(document: Document) -> WholeText:
    r"""
    Return a document's lines as one text; made once for a document.

    >>> from bot.text.lines import read_lines
    >>> whole = read_whole(Document(None, None, None, None, read_lines("Remote work\nA hut")))
    >>> [line.text for line in whole.lines_with(frozenset({"remote"}))]
    ['Remote work']
    """
    if _Last.reading is not None and _Last.reading[0]() is document:
        return _Last.reading[1]
    whole = _join(document.lines)
    _Last.reading = weakref.ref(document), whole
    return whole


def _join(lines: tuple[Line, ...]) -> WholeText:
    lines = tuple(islice(lines, bisect_right(tuple(accumulate(len(line.text) + 1 for line in lines)), _MOST_LETTERS)))
    texts = [line.text for line in lines]
    written = "\n".join(texts)
    lowered = to_lower(written)
    starts = tuple(accumulate((len(text) + 1 for text in texts[:-1]), initial=0))
    return WholeText(lines, written, lowered, starts, _words(lowered))


def to_lower(text: str) -> str:
    """
    Return a text in lower case and as long as it was: patterns for small letters are three times as quick as those that ignore case.

    >>> to_lower("In İZMİR") == "in İzmİr"
    True
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _words(lowered: str) -> frozenset[str]:
    for sign in _BETWEEN_WORDS:
        lowered = lowered.replace(sign, " ")
    return frozenset(lowered.split())
