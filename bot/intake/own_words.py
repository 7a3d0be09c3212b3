"""The words of a posting that people type or that facts quote, found in its text."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

from bot.domain.facts import Fact, Quote
from bot.intake.form_text import spellings_of, straighten
from bot.parsing.parse import read_document
from bot.text.clean import fold_space
from bot.text.document import Line
from bot.text.markup import strip_markup
from bot.text.prefilter import to_lower
from bot.text.words import find_whole

# Finding words that a person typed in a posting's text, to quote them as they stand there.

_BULLET = re.compile(r"(?:[*+\-•·●○◦▪■□‣∙–—✓✔➢➤►▶❖✦➔]|\d{1,2}[.)])\s+")
_WORD = re.compile(r"\S+")


class FoundWords(NamedTuple):
    """Words of the posting."""

    plain: str
    """As the posting spells them, without markup."""

    quote: Quote
    """As they stand in the text, with their heading."""


class OwnWords:
    """The words of one posting's text; it is read when the first words are looked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def find(self, words: str) -> FoundWords | None:
        r"""
        Return the words as the text has them, or None.

        Space, markup, bullets, case, and the shapes of quotes and dashes need not be the same; the same case is preferred.

        >>> found = OwnWords("# Cook\n\n## Needs\n* **Five** years of Go").find("five years")
        >>> found.plain, found.quote.text, found.quote.heading
        ('Five years', '**Five** years', 'Needs')
        >>> OwnWords("We use Google Docs").find("Go") is None
        True
        """
        spellings = dict.fromkeys(straighten(fold_space(each)) for each in _all_spellings(words))
        wanted = [each for each in spellings if any(map(str.isalnum, each))]
        found = (find(each) for find in (self._find_in_lines, self._find_anywhere) for each in wanted)
        return next(filter(None, found), None)

    def _find_in_lines(self, wanted: str) -> FoundWords | None:
        """Find the words within a line as it was read, without marks and with its heading."""
        at = _find_words(self._folded, self._lowered, wanted)
        if at is None:
            return None
        index = bisect_right(self._starts, at) - 1
        line = self._lines[index]
        start, end = _find_span(line.text, at - self._starts[index], len(wanted))
        quote = line.quote(start, end)
        if fold_space(quote.text) not in self._plain_text:
            return None
        return FoundWords(fold_space(line.text[start:end]), quote)

    def _find_anywhere(self, wanted: str) -> FoundWords | None:
        """Find the words in the text as it stands, also over the ends of lines."""
        at = _find_words(self._folded_text, self._lowered_text, wanted)
        if at is None:
            return None
        start, end = _find_span(self._text, at, len(wanted))
        words = self._text[start:end]
        return FoundWords(fold_space(strip_markup(words)), Quote(text=words))

    @cached_property
    def _lines(self) -> tuple[Line, ...]:
        return read_document(self._text).lines

    @cached_property
    def _folded_lines(self) -> list[str]:
        return [straighten(fold_space(line.text)) for line in self._lines]

    @cached_property
    def _folded(self) -> str:
        return "\n".join(self._folded_lines)

    @cached_property
    def _lowered(self) -> str:
        return to_lower(self._folded)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins in the folded text."""
        return list(accumulate((len(line) + 1 for line in self._folded_lines), initial=0))

    @cached_property
    def _plain_text(self) -> str:
        return fold_space(self._text)

    @cached_property
    def _folded_text(self) -> str:
        return straighten(self._plain_text)

    @cached_property
    def _lowered_text(self) -> str:
        return to_lower(self._folded_text)


def _all_spellings(words: str) -> Iterator[str]:
    """Yield the words in the ways that the text may have them, the likeliest first."""
    bare = _BULLET.sub("", words, count=1) if _BULLET.match(words) else words
    for each in (words, strip_markup(words), bare, strip_markup(bare)):
        yield from spellings_of(each)


def _find_words(text: str, lowered: str, wanted: str) -> int | None:
    """Return where whole words stand in a text, in the same case if they do."""
    at = find_whole(text, wanted)
    return at if at is not None else find_whole(lowered, to_lower(wanted))


def _find_span(text: str, at: int, length: int) -> tuple[int, int]:
    """Return the span in a text of what stands at a place of the same text with single spaces."""
    begin = stop = folded = 0
    for word in _WORD.finditer(text):
        size = word.end() - word.start()
        if folded <= at < folded + size:
            begin = word.start() + at - folded
        if folded < at + length <= folded + size:
            stop = word.start() + at + length - folded
            break
        folded += size + 1
    return begin, stop


# Whether a text holds the words that its facts quote.

_SEARCH_BOUND = 2_000_000_000
"""Characters searched for all the quotes of one posting, about a second; quotes in their order need two passes a topic."""


def find_missing_quote(text: str, facts: Mapping[str, Iterable[Fact[Any]]]) -> str | None:
    """
    Return the first quote that is not in the text, white space folded, or None if all are there.

    A record made to be slow, whose many quotes stand far apart in a long text, has its rest taken for missing.

    >>> from bot.domain.facts import Quote
    >>> find_missing_quote("Pay:  5 an hour", {"pay": [Fact(value=5, quote=Quote(text="Pay: 5"))]}) is None
    True
    >>> find_missing_quote("Pay: 5 an hour", {"pay": [Fact(value=6, quote=Quote(text="Pay: 6"))]})
    'Pay: 6'
    """
    folded = fold_space(text)
    at = searched = 0
    for fact in (fact for found in facts.values() for fact in found):
        quote = fold_space(fact.quote.text)
        # Quotes mostly stand in the text's order: look on from the last one, and only then from the beginning.
        here = folded.find(quote, at)
        if here < 0:
            here = folded.find(quote, 0, at + len(quote))
            searched += len(folded)
        if here < 0 or not quote or searched > _SEARCH_BOUND:
            return fact.quote.text
        searched += max(here - at, 0)
        at = here
    return None
