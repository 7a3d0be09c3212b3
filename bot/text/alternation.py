"""Patterns and cheap tests made of word lists."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import takewhile


def one_of(words: Iterable[str]) -> str:
    r"""
    Return the source of a pattern for one of these words as they stand, the longest that fits.

    What words begin with alike is written once: a pattern that tries hundreds of words at each place takes ten times as long.

    >>> one_of(["base", "pay", "payday", "p.a."])
    'base|p(?:\\.a\\.|ay(?:day)?)'
    """
    beginning: dict[str, set[str]] = defaultdict(set)
    for word in words:
        beginning[word[0]].add(word)
    return "|".join(_beginning_alike(beginning[letter]) for letter in sorted(beginning))


def _beginning_alike(words: set[str]) -> str:
    """Return the source for words that begin with the same letter."""
    letters = takewhile(lambda alike: len(set(alike)) == 1, zip(*words, strict=False))
    shared = "".join(alike[0] for alike in letters)
    rests = {word[len(shared) :] for word in words} - {""}
    if not rests:
        return re.escape(shared)
    return f"{re.escape(shared)}(?:{one_of(rests)}){'?' if shared in words else ''}"


def holds_any(text: str, pieces: tuple[str, ...]) -> bool:
    """
    Tell whether a text holds one of these pieces, in any case; the pieces are in lower case.

    Cheap: it goes before a pattern that most lines do not need.

    >>> holds_any("Full-Time", ("full-time",)), holds_any("Full", ("full-time",))
    (True, False)
    """
    return next(filter(text.lower().__contains__, pieces), None) is not None
