"""A title, or the words of a question, as the terms that titles are compared by."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from bot.matching.company_key import fold_letters
from bot.matching.vocabulary import question_words
from bot.text.lexicon import read_lexicon

_WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")
_POSSESSIVE = re.compile(r"['’]s\b")
_GENDERS = re.compile(r"\b[mfwdxh](?:\s?[/|]\s?[mfwdxh]){1,3}\b")
"""Who may apply: the "m/w/d" of German titles and the "h/f" of French ones, which is no word of the role."""

_MOST_LETTERS = 1000
_SHORTEST_PLURAL = 4


@dataclass(frozen=True)
class RoleWords:
    """What a text says of a role."""

    terms: frozenset[str]
    """Its words: plurals and short forms undone, "back end" as "backend", any other two neighbours also as one word."""

    literal: frozenset[str]
    """Its words as written."""

    ranks: frozenset[int]
    """How senior, as numbers that rise."""

    steps: frozenset[str]
    """The step within a rank, "2" for II."""

    own_terms: frozenset[str]
    """The terms without neighbours joined: what a title consists of."""


def read_role_words(text: str) -> RoleWords:
    """
    Return what a text says of a role.

    >>> words = read_role_words("Sr. Back-end SWE II")
    >>> sorted(words.own_terms), words.ranks, words.steps
    (['backend', 'engineer', 'software'], frozenset({3}), frozenset({'2'}))
    >>> "backend" in words.terms
    True
    """
    return _read(text[:_MOST_LETTERS])


def written_words(text: str) -> list[str]:
    """
    Return the folded words of a title or question, "back end" as one.

    >>> written_words("Senior Back-End Engineer's C++")
    ['senior', 'backend', 'engineer', 'c++']
    >>> written_words("Bäcker (m/w/d)")
    ['backer']
    """
    folded = _POSSESSIVE.sub("", fold_letters(text[:_MOST_LETTERS]))
    return _compounds_joined(_WORD.findall(_GENDERS.sub(" ", folded)))


@lru_cache(maxsize=4096)
def _read(text: str) -> RoleWords:
    """Return what a text says of a role; titles are read again and again."""
    written = written_words(text)
    expanded = [term for place, word in enumerate(written) for term in (_expand(word) if _is_short_form(written, place) else [word])]
    ranks = frozenset(_table("seniority")[term] for term in expanded if term in _table("seniority"))
    steps = frozenset(
        _table("step")[word]
        for before, word in pairwise(["", *written])
        if word in _table("step") and (not word.isdigit() or _expand(before)[0] in role_nouns())
    )
    skipped = _skipped()
    own = frozenset(term for term in expanded if term not in skipped)
    joined = frozenset(first + second for first, second in pairwise(written))
    return RoleWords(terms=own | joined, literal=frozenset(written) - skipped, ranks=ranks, steps=steps, own_terms=own)


def _is_short_form(words: list[str], place: int) -> bool:
    """Tell whether a word may be read as a short form: "be" only before a role, "the be role" and not "can it be remote"."""
    if words[place] not in question_words("function"):
        return True
    following = words[place + 1] if place + 1 < len(words) else ""
    return following in role_nouns() or following in _table("short") or following in question_words("posts")


def _compounds_joined(words: list[str]) -> list[str]:
    """Return the words with two that are one word of roles written as that: "back end" is "backend"."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] + word in role_nouns():
            joined[-1] += word
        else:
            joined.append(word)
    return joined


@lru_cache(maxsize=4096)
def _expand(word: str) -> list[str]:
    """Return the words that a word stands for, each in its common form; not to be changed."""
    words = _table("short").get(word) or _table("short").get(_singular(word)) or word
    return [_common_form(term) for term in words.split()] or [word]


def _common_form(word: str) -> str:
    """Return a word without its plural, or the word that says the same in titles."""
    same = _table("same")
    return str(same.get(word) or same.get(_singular(word)) or _singular(word))


def _singular(word: str) -> str:
    """Return a word without the s of a plural."""
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith(("ss", "us", "is", "ops")) else word


@cache
def _table(name: str) -> dict[str, Any]:
    """Return one table of the lexicon of roles."""
    table: dict[str, Any] = read_lexicon("roles")[name]
    return table


@cache
def _skipped() -> frozenset[str]:
    """Return words of titles that are no terms: those that name no role, ranks and steps."""
    return _unspecific() | _table("seniority").keys() | _table("step").keys()


@cache
def _unspecific() -> frozenset[str]:
    """Return words of titles that name no role."""
    return frozenset(read_lexicon("roles")["words"]["unspecific"].split())


@cache
def role_nouns() -> frozenset[str]:
    """Return the words of roles: "engineer", "senior", "ai"."""
    return frozenset(read_lexicon("roles")["words"]["role"].split())


@cache
def common_role_words() -> frozenset[str]:
    """Return the words that most titles share, so that they tell little: "engineer", "software"."""
    return frozenset(read_lexicon("roles")["words"]["common"].split())
