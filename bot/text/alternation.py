"""Patterns and cheap tests made of word lists."""

import re
from collections.abc import Iterable


def one_of(words: Iterable[str]) -> str:
    r"""
    Return the source of a pattern for one of these words as they stand, the longest first.

    >>> one_of(["a", "a.b"])
    'a\\.b|a'
    """
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def holds_any(text: str, pieces: tuple[str, ...]) -> bool:
    """
    Tell whether a text holds one of these pieces, in any case; the pieces are in lower case.

    Cheap: it goes before a pattern that most lines do not need.

    >>> holds_any("Full-Time", ("full-time",)), holds_any("Full", ("full-time",))
    (True, False)
    """
    return next(filter(text.lower().__contains__, pieces), None) is not None
