"""A question as words with their places, kinds and looks."""

import re
from dataclasses import dataclass
from functools import cached_property

from bot.matching.company_key import fold_letters
from bot.matching.vocabulary import WordKind, is_place, word_kind

_LETTER = "(?:[^\\W_]|[\u0300-\u036f\u0900-\u109f\u0e00-\u0eff])"
_WORD = re.compile(rf"(?P<word>{_LETTER}{{1,60}}(?:['’](?!s\b){_LETTER}{{1,9}})?)(?P<possessive>['’]s\b)?", re.IGNORECASE)
_MOST_LETTERS = 1000
_SENTENCE_END = re.compile(r"[.?!:]\s")
_JOINING = re.compile(r"\s*[-/&.+'’|]?\s*|\[")
_QUOTED = re.compile(r"[\"“«„]$")
_LONGEST_PLACE = 4
_LOUD_SHARE = 0.7


@dataclass(frozen=True)
class Token:
    """One word of a question."""

    word: str
    """Folded, without apostrophes."""

    start: int
    end: int
    """Where it stands in the question, "'s" not counted."""

    is_possessive: bool
    is_capital: bool
    """Whether a capital begins it."""

    @cached_property
    def kind(self) -> WordKind:
        """What kind of word it is."""
        return word_kind(self.word)


@dataclass(frozen=True)
class TokenisedQuestion:
    """A question and its words."""

    text: str
    tokens: tuple[Token, ...]
    places: frozenset[int]
    """The numbers of the tokens that name a place."""

    @cached_property
    def is_loud(self) -> bool:
        """Whether most words begin with a capital, so that one more tells nothing."""
        capitals = sum(token.is_capital for token in self.tokens)
        return len(self.tokens) > 2 and capitals > _LOUD_SHARE * len(self.tokens)  # noqa: PLR2004 -- "Flex Pay?" is two words

    def kind(self, number: int) -> WordKind:
        """Return the kind of a token; a place's name is topical."""
        kind = self.tokens[number].kind
        return min(kind, WordKind.TOPICAL) if number in self.places else kind

    def stands_out(self, number: int) -> bool:
        """Tell whether a token has a capital that neither a sentence's start nor the way of writing explains."""
        return self.tokens[number].is_capital and not self.is_loud and not self.starts_sentence(number)

    def starts_sentence(self, number: int) -> bool:
        """Tell whether a token is the first of its sentence."""
        return number == 0 or _SENTENCE_END.search(self.gap(number)) is not None

    def gap(self, number: int) -> str:
        """Return what stands between a token and the one before, a possessive "'s" included."""
        before = self.tokens[number - 1].end if number else 0
        return self.text[before : self.tokens[number].start]

    def is_joined(self, number: int) -> bool:
        """Tell whether a token may go on a name that the one before began."""
        return not self.tokens[number - 1].is_possessive and _JOINING.fullmatch(self.gap(number)) is not None

    def is_quoted(self, first: int, last: int) -> bool:
        """Tell whether the words stand in quotation marks."""
        return _QUOTED.search(self.gap(first)) is not None and self.text[self.tokens[last].end :][:1] in '"”»“'

    def slice(self, first: int, last: int) -> str:
        """Return the question's text from one token to another."""
        return self.text[self.tokens[first].start : self.tokens[last].end]


def tokenise(question: str) -> TokenisedQuestion:
    """
    Return the question's words; what lies beyond a thousand letters is left out.

    >>> [token.word for token in tokenise("What's Flex's D-Matrix job?").tokens]
    ['what', 'flex', 'd', 'matrix', 'job']
    """
    text = question[:_MOST_LETTERS]
    tokens = tuple(
        Token(
            word=fold_letters(match["word"]).replace("'", "").replace("’", ""),
            start=match.start("word"),
            end=match.end("word"),
            is_possessive=match["possessive"] is not None,
            is_capital=match["word"][0].isupper(),
        )
        for match in _WORD.finditer(text)
    )
    return TokenisedQuestion(text=text, tokens=tokens, places=_places_in(tokens))


def _places_in(tokens: tuple[Token, ...]) -> frozenset[int]:
    """Return the numbers of the tokens that name a place, of one word or more."""
    words = tuple(token.word for token in tokens)
    return frozenset(
        number
        for start in range(len(words))
        for size in range(1, _LONGEST_PLACE + 1)
        if start + size <= len(words) and is_place(words[start : start + size])
        for number in range(start, start + size)
    )
