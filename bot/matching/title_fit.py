"""How well the words of a question fit the titles of a company's postings: what speaks for a name that could be another word."""

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.company_match import Entry
from bot.matching.role_words import RoleWords, common_role_words, read_role_words, role_nouns
from bot.matching.vocabulary import WordKind, word_kind

_MOST = 4.0
_COMMON = 1.0
_OWN = 2.0
_WHOLE = 1.0
_OTHER_ROLE = 1.0
_MOST_AGAINST = 2.0
_OTHER_RANK = 1.0
_SHORTEST_MISTYPED = 5

CLEAR_FIT = 3.0
"""From here on it is the title that is meant: a word of its own and a common one ("solution engineer"), or two of its own."""


def fit_titles(asked: RoleWords, entries: Iterable[Entry]) -> float:
    """
    Return how well the best of the postings' titles fits what is asked for: 0 for not at all, 5 for whole and beyond doubt.

    >>> snowflake = [Entry(id=1, scope="everyone", company="Snowflake", title="Senior Solution Engineer")]
    >>> fit_titles(read_role_words("how much presales experience for the solution engineer"), snowflake)
    4.0
    >>> fit_titles(read_role_words("how much experience for the data engineer"), snowflake)
    0.0
    """
    return max((_fit(asked, read_role_words(entry.title)) for entry in entries), default=0.0)


def _fit(asked: RoleWords, title: RoleWords) -> float:
    """Return how well one title fits."""
    shared = (asked.terms | _mended(asked, title)) & title.own_terms
    if not shared:
        return 0.0
    common = common_role_words()
    same_rank = bool(title.ranks) and title.ranks <= asked.ranks
    points = min(_MOST, sum(_COMMON if term in common else _OWN for term in shared) + _COMMON * same_rank)
    if len(shared) + same_rank > 1 and title.own_terms - common <= shared:
        points += _WHOLE
    other_roles = (asked.own_terms & role_nouns()) - title.terms - common
    against = min(_MOST_AGAINST, _OTHER_ROLE * len(other_roles))
    if asked.ranks and title.ranks and not asked.ranks & title.ranks:
        against += _OTHER_RANK
    return max(0.0, points - against)


def _mended(asked: RoleWords, title: RoleWords) -> set[str]:
    """Return the title's words that a word of no meaning in the question is a slip of."""
    near = (process.extractOne(term, title.own_terms, scorer=OSA.distance, score_cutoff=1) for term in _unread(asked.own_terms))
    return {hit[0] for hit in near if hit}


@lru_cache(maxsize=256)
def _unread(terms: frozenset[str]) -> tuple[str, ...]:
    """Return the terms without a meaning, long enough to be slips."""
    return tuple(term for term in terms if len(term) >= _SHORTEST_MISTYPED and word_kind(term) is WordKind.UNKNOWN)
