"""What kind of word a question's word is, and how far it may be a company's name."""

import re
from enum import IntEnum
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.text.gazetteer import names_by_first_word
from bot.text.lexicon import read_lexicon

_SHORTEST_MISTYPED = 5
_LONGEST_AMBIGUOUS = 3
_AMOUNT = re.compile(r"\d+(?:k|m|b|h|hrs?|yrs?|y|th|st|nd|rd|am|pm|x|d|w|usd|eur)?")
_ENDINGS = ("s", "es", "d", "ed", "ing", "er", "ers", "ly")


class WordKind(IntEnum):
    """How readily a word is a name, the readiest last."""

    FUNCTION = 0
    """Holds a question together: "what", "the"."""

    TOPICAL = 1
    """What is asked for, a role, a technology, a place: "salary", "remote", "engineer", "python"."""

    ORDINARY = 2
    """Any other word of English."""

    UNKNOWN = 3
    """None of these: a name, or a slip of the keyboard."""


@lru_cache(maxsize=8192)
def word_kind(word: str) -> WordKind:
    """
    Return the kind of a folded word.

    >>> [word_kind(word).name for word in ("what", "salaries", "simple", "nixtla")]
    ['FUNCTION', 'TOPICAL', 'ORDINARY', 'UNKNOWN']
    """
    if not word or word in question_words("function"):
        return WordKind.FUNCTION
    forms = {word, *_stems(word)}
    if word in _topical() or _AMOUNT.fullmatch(word) or len(word) == 1 or word.removesuffix("s") in question_words("proper"):
        return WordKind.TOPICAL
    return WordKind.UNKNOWN if forms.isdisjoint(_ordinary()) else WordKind.ORDINARY


@lru_cache(maxsize=1024)
def is_mistyped(word: str) -> bool:
    """
    Tell whether a word is a slip of one that questions are made of.

    >>> is_mistyped("requirments"), is_mistyped("nixla")
    (True, False)
    """
    if len(word) < _SHORTEST_MISTYPED:
        return False
    most_edits = 1 if len(word) < 2 * _SHORTEST_MISTYPED - 2 else 2
    return process.extractOne(word, _asked_with(), scorer=OSA.distance, score_cutoff=most_edits) is not None


def is_place(words: tuple[str, ...]) -> bool:
    """
    Tell whether these folded words are a place.

    >>> is_place(("new", "york")), is_place(("flex",))
    (True, False)
    """
    return words in _places()


@cache
def question_words(table: str) -> frozenset[str]:
    """Return one of the word lists on questions."""
    return frozenset(read_lexicon("questions")[table].split())


@cache
def _topical() -> frozenset[str]:
    """Return the words of topics and roles, technologies and other proper names, and places of one word."""
    roles = read_lexicon("roles")
    one_word_places = {place[0] for place in _places() if len(place) == 1}
    return (
        question_words("topical") | question_words("proper") | set(roles["words"]["role"].split()) | set(roles["short"]) | one_word_places
    )


@cache
def _ordinary() -> frozenset[str]:
    """Return the other words of English."""
    lexicon = read_lexicon("ordinary_words")
    return frozenset(lexicon["words"].split()) | frozenset(lexicon["everyday"].split())


@cache
def _asked_with() -> tuple[str, ...]:
    """Return the words whose slips are known."""
    words = question_words("function") | _topical() | question_words("verbs")
    return tuple(sorted(word for word in words if len(word) >= _SHORTEST_MISTYPED))


@cache
def _places() -> frozenset[tuple[str, ...]]:
    """Return countries and other places, as folded words; short ones ("us", "in") mean something else in small letters."""
    names = ((first, *rest) for first, names in names_by_first_word().items() for rest, _ in names)
    return frozenset(name for name in names if len("".join(name)) > _LONGEST_AMBIGUOUS)


def _stems(word: str) -> list[str]:
    """Return what a word may be a form of."""
    return [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
