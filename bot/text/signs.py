"""The quick first look: which lines of a document hold one of a few words at all."""

import re
import weakref
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.text.document import Document, Line


@dataclass(frozen=True, slots=True)
class WholeText:
    """A document's lines as one text, as written and in lower case, with where each line begins."""

    lines: tuple[Line, ...]
    written: str
    lowered: str
    """As long as `written`: a letter that has no small form of one letter stays."""

    starts: tuple[int, ...]

    def lines_with(self, signs: Iterable[str], *, exact: Iterable[str] = ()) -> list[Line]:
        """Return the lines that hold one of the signs, which are in lower case, or one of those that must stand `exact`ly so; in order."""
        found: set[int] = set()
        for sign in signs:
            if sign in self.lowered:
                self._add_lines(sign, self.lowered, found)
        for sign in exact:
            if sign in self.written:
                self._add_lines(sign, self.written, found)
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
    """Return a document's lines as one text; made once for a document."""
    if _Last.reading is not None and _Last.reading[0]() is document:
        return _Last.reading[1]
    whole = _join(document.lines)
    _Last.reading = weakref.ref(document), whole
    return whole


def lines_holding(document: Document, signs: Sequence[str], *, exact: Sequence[str] = ()) -> list[Line]:
    r"""
    Return the lines of a document that hold one of the signs, in any case, or one of those that must stand `exact`ly so.

    >>> from bot.text.lines import read_lines
    >>> document = Document(None, None, None, None, read_lines("Remote work\nA hut"))
    >>> [line.text for line in lines_holding(document, ("remote",))]
    ['Remote work']
    """
    return read_whole(document).lines_with(signs, exact=exact)


def _join(lines: tuple[Line, ...]) -> WholeText:
    texts = [line.text for line in lines]
    written = "\n".join(texts)
    lowered = written.lower()
    if len(lowered) != len(written):
        lowered = "".join(small if len(small := letter.lower()) == 1 else letter for letter in written)
    return WholeText(lines, written, lowered, tuple(accumulate((len(text) + 1 for text in texts[:-1]), initial=0)))
