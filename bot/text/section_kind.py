"""What a heading means: requirements, benefits, about the company and so on."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from bot.text.lexicon import read_lexicon
from bot.text.phrases import PhraseBook, split_words

_LONGEST = 24
"""Words of a heading that are read; what is longer is a sentence."""


class SectionKind(StrEnum):
    """What a part of a posting is about; the names of the tables in data/lexicons/headings.toml."""

    REQUIREMENTS = "requirements"
    PREFERRED = "preferred"
    TRAITS = "traits"
    """Skills, experience: what somebody can do; required unless the heading above says otherwise."""

    RESPONSIBILITIES = "responsibilities"
    BENEFITS = "benefits"
    WHY = "why"
    """Why to join: offers where it heads a list."""

    ROLE = "role"
    """About the job in general; its lists may be anything."""

    COMPANY = "company"
    LEGAL = "legal"
    PAY = "pay"
    PROCESS = "process"
    STACK = "stack"
    OTHER = "other"


REQUIREMENTS, PREFERRED, TRAITS, RESPONSIBILITIES, BENEFITS, WHY, ROLE, COMPANY, LEGAL, PAY, PROCESS, STACK, OTHER = SectionKind
"""The kinds by themselves: to look one up in its class takes longer than to compare it, and lines are asked again and again."""


class _Match(NamedTuple):
    """One phrase in a heading; the smallest one wins."""

    is_part: bool
    rank: int
    """The place of its kind in the lexicon."""


_BOTH = frozenset({SectionKind.REQUIREMENTS, SectionKind.RESPONSIBILITIES})


@lru_cache(maxsize=4096)
def read_section_kind(heading: str) -> SectionKind | None:
    """
    Return what a heading says about the lines below it, or None if it says nothing.

    >>> read_section_kind("🎯 What you'll do:")
    <SectionKind.RESPONSIBILITIES: 'responsibilities'>
    >>> read_section_kind("Preferred Qualifications")
    <SectionKind.PREFERRED: 'preferred'>
    >>> read_section_kind("Blue sky") is None
    True
    """
    matches = sorted(_find_matches(split_words(heading)[:_LONGEST]))
    if not matches:
        return None
    best = _kinds()[matches[0].rank]
    if best in _BOTH and matches[0].is_part and {_kinds()[match.rank] for match in matches} >= _BOTH:
        return SectionKind.ROLE
    return best


@lru_cache(maxsize=4096)
def is_section_name(words: str) -> bool:
    """
    Tell whether words are the usual name of a section and nothing more.

    >>> is_section_name("Responsibilities"), is_section_name("Responsibilities change often")
    (True, False)
    """
    names = split_words(words)[:_LONGEST]
    return any(book.spans(names) for book in _books()[:3])


def _find_matches(words: list[str]) -> Iterator[_Match]:
    if not words:
        return
    whole, begins, within, ends = _books()
    found = whole.match(words, 0)
    if found is not None and found[0] == len(words):
        yield _Match(is_part=False, rank=int(found[1]))
    found = begins.match(words, 0)
    if found is not None:
        yield _Match(is_part=True, rank=int(found[1]))
    for _, _, rank in within.find(words):
        yield _Match(is_part=True, rank=int(rank))
    found = ends.match(words[::-1], 0)
    if found is not None:
        yield _Match(is_part=True, rank=int(found[1]))


@cache
def _kinds() -> tuple[SectionKind, ...]:
    return tuple(SectionKind(name) for name in read_lexicon("headings"))


@cache
def _books() -> tuple[PhraseBook, PhraseBook, PhraseBook, PhraseBook]:
    """The phrases by how they must fit, the last ones with their words turned round; one that two kinds list belongs to the first."""
    ends = {" ".join(reversed(split_words(phrase))): rank for phrase, rank in _phrases("ends").items()}
    return PhraseBook(_phrases("whole")), PhraseBook(_phrases("begins")), PhraseBook(_phrases("within")), PhraseBook(ends)


def _phrases(fit: str) -> dict[str, str]:
    tables = list(read_lexicon("headings").values())
    return {phrase: str(rank) for rank in reversed(range(len(tables))) for phrase in tables[rank].get(fit, ())}
