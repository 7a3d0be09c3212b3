"""The quick first look: which lines of a document hold one of a few words at all."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, filterfalse
from operator import itemgetter
from typing import NamedTuple

from bot.text.document import Document, Line, read_once

_BETWEEN_WORDS, _RARE_BETWEEN_WORDS = b',./:;()-!?"+', "–—“”"
_AS_SPACES = bytes.maketrans(_BETWEEN_WORDS, b" " * len(_BETWEEN_WORDS))
"""Common signs are exchanged all at once, among the bytes of UTF-8, where each stands for nothing else."""

_ALPHANUMERIC = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_BEGINNING = 5
"""Letters of a word by which pieces of text are looked up: with four, every "interesting" would be looked at for an internship."""

_beginning_of = itemgetter(slice(_BEGINNING))

_MOST, _MOST_HOLDING = 64, 40
"""Lines in which one thing is looked for by its words, and by pieces: of 1,500 postings none names it in more than 21 and 9."""

_LINE_END = " \n"
"""What stands behind each line: the space lets a piece of text end a word."""


@dataclass(frozen=True, slots=True)
class WholeText:
    """A document's lines as one text, as written and in lower case, with where each line begins."""

    lines: tuple[Line, ...]
    written: str
    lowered: str
    """As long as `written`: a letter that has no small form of one letter stays."""

    starts: tuple[int, ...]
    """For each line."""

    words: frozenset[str]
    """Its words in lower case, cut at spaces and signs; "h1b" and "5years" as they stand and as their letters."""

    odd: str
    """Those that hold other signs than letters, each once: what holds a figure or an @ is looked for here, in a tenth of the text."""

    beginnings: frozenset[str]
    """The first letters of its words."""

    def lines_with(self, words: Iterable[str], *, also: Iterable[str] = ()) -> list[Line]:
        """Return the first lines that hold one of the words, in lower case and standing there as whole words, or a piece of text."""
        found: set[int] = set()
        for word in self.words.intersection(words):
            self._add_lines(word, self.lowered, found, is_word=True)
        for piece in also:
            self._add_lines(piece, self.lowered, found)
        return [self.lines[index] for index in sorted(found)[:_MOST]]

    def lines_holding(self, pieces: Mapping[str, tuple["Piece", ...]]) -> list[Line]:
        """Return the first lines that hold one of these pieces of text, which `by_beginning` has sorted; they begin as a word does."""
        found: set[int] = set()
        for piece in self.pieces_held(pieces):
            self._add_lines(piece, self.lowered, found)
        return [self.lines[index] for index in sorted(found)[:_MOST_HOLDING]]

    def pieces_held(self, pieces: Mapping[str, tuple["Piece", ...]]) -> Iterator[str]:
        """Yield those of these pieces, sorted by `by_beginning`, whose words are all in the text, so that it may hold them."""
        for beginning in self.beginnings.intersection(pieces):
            for piece in pieces[beginning]:
                if piece.words <= self.words and (not piece.last or piece.last in self.beginnings):
                    yield piece.text

    def lines_spelling(self, pieces: Iterable[str]) -> list[Line]:
        """Return the lines that hold one of these pieces exactly so."""
        found: set[int] = set()
        for piece in pieces:
            self._add_lines(piece, self.written, found)
        return [self.lines[index] for index in sorted(found)]

    def lines_matching(self, pattern: re.Pattern[str]) -> list[Line]:
        """Return the first lines that a pattern for lower case finds something in; quick where it begins with fixed letters."""
        return [self.lines[index] for index in self.places_matching(pattern)[:_MOST_HOLDING]]

    def places_matching(self, pattern: re.Pattern[str]) -> list[int]:
        """Return where among the lines all those stand that a pattern for lower case finds something in."""
        return list(dict.fromkeys(bisect_right(self.starts, match.start()) - 1 for match in pattern.finditer(self.lowered)))

    def _add_lines(self, sign: str, text: str, found: set[int], *, is_word: bool = False) -> None:
        starts, length = self.starts, len(sign)
        at = text.find(sign)
        while at >= 0:
            if is_word and (text[at - 1 : at].isalpha() or text[at + length : at + length + 1].isalpha()):
                at = text.find(sign, at + length)
                continue
            index = bisect_right(starts, at)
            found.add(index - 1)
            at = text.find(sign, starts[index]) if index < len(starts) else -1


class Piece(NamedTuple):
    """A piece of text, with what a text that holds it has among its words: sets of words are asked sooner than the text is searched."""

    text: str
    words: frozenset[str]
    """Those that something stands behind, so that they are whole."""

    last: str
    """The beginning of the last one, which may go on in the text; empty where it is short or nothing."""


def by_beginning(pieces: Iterable[str]) -> dict[str, tuple[Piece, ...]]:
    """
    Return pieces of text, in lower case, under the beginnings of their first words, for `WholeText.lines_holding`.

    A first word of fewer than five letters stands for itself alone: "visa" is not found in "visas".

    >>> for beginning, found in by_beginning(["full-time", " cover", "intern "]).items():
    ...     print(beginning, *((piece.text, set(piece.words), piece.last) for piece in found))
    full ('full-time', {'full'}, '')
    cover (' cover', set(), 'cover')
    inter ('intern ', {'intern'}, '')
    """
    sorted_pieces: dict[str, tuple[Piece, ...]] = {}
    for text in pieces:
        words = _ALPHANUMERIC.findall(text)
        last = words[-1] if text.endswith(words[-1]) else ""
        piece = Piece(text, frozenset(words[:-1] if last else words), last[:_BEGINNING] if len(last) >= _BEGINNING else "")
        sorted_pieces[words[0][:_BEGINNING]] = (*sorted_pieces.get(words[0][:_BEGINNING], ()), piece)
    return sorted_pieces


@read_once
def read_whole(document: Document) -> WholeText:
    r"""
    Return a document's lines as one text; made once for a document.

    >>> from bot.text.lines import read_lines
    >>> whole = read_whole(Document(None, None, None, None, read_lines("Remote work\nA hut")))
    >>> [line.text for line in whole.lines_with({"remote"})]
    ['Remote work']
    """
    texts = [line.text for line in document.lines]
    written = _LINE_END.join((*texts, ""))
    lowered = to_lower(written)
    starts = tuple(accumulate((len(text) + len(_LINE_END) for text in texts[:-1]), initial=0))
    words, odd = _words(lowered)
    return WholeText(document.lines, written, lowered, starts, words, odd, frozenset(map(_beginning_of, words)))


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


def _words(lowered: str) -> tuple[frozenset[str], str]:
    """Return the words of a text, and those that hold other signs than letters once more, between spaces."""
    lowered = lowered.encode("utf-8", "surrogatepass").translate(_AS_SPACES).decode("utf-8", "surrogatepass")
    for sign in _RARE_BETWEEN_WORDS:
        lowered = lowered.replace(sign, " ")
    words = set(lowered.split())
    odd = " ".join(filterfalse(str.isalpha, words))
    words.update(_ALPHANUMERIC.findall(odd), _LETTERS.findall(odd))
    return frozenset(words), odd
