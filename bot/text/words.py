"""Words of a text for comparing: folded, stemmed, without the small ones."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

import snowballstemmer

from bot.text.clean import fold
from bot.text.lexicon import read_lexicon

_WORD = re.compile(r"[^\W_]+(?:['&][^\W_]+)*[+#]*")
_stem = snowballstemmer.stemmer("english").stemWord


class Word(NamedTuple):
    """A word, its stem, and where it stands."""

    text: str
    """Folded: lower case, without accents."""

    stem: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """
    Return the stem of a folded word.

    >>> stem("requirements"), stem("required")
    ('requir', 'requir')
    """
    return str(_stem(word.removesuffix("'s")))


def read_words(text: str) -> tuple[Word, ...]:
    """
    Return the words of a text, in order.

    >>> [word.text for word in read_words("C++ or Node.js, 5+ years")]
    ['c++', 'or', 'node', 'js', '5+', 'years']
    """
    return tuple(
        Word(folded := fold(match[0]), stem(folded), match.start(), match.end()) for match in _WORD.finditer(text.replace("’", "'"))
    )


@cache
def read_stems(text: str) -> tuple[str, ...]:
    """Return the stems of a fixed phrase; remembered, so not for texts from outside."""
    return tuple(word.stem for word in read_words(text))


@cache
def _function_words() -> frozenset[str]:
    return frozenset(read_lexicon("questions")["function"].split())


def is_function_word(word: str) -> bool:
    """
    Tell whether a folded word holds a question together and tells nothing of what it is about.

    >>> is_function_word("what's"), is_function_word("salary")
    (True, False)
    """
    return word.replace("'", "") in _function_words()
