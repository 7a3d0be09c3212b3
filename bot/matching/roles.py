"""Which of a company's postings a question means, by the words of their titles."""

from collections import Counter
from collections.abc import Sequence
from math import log

from rapidfuzz.distance import OSA

from bot.matching.company_match import Entry
from bot.matching.role_words import RoleWords, read_role_words

_MARGIN = 0.3
"""A posting that scores within this of the best one is not told apart from it."""

_WHOLE_TITLE = 0.6
_AS_WRITTEN = 0.2
_NOT_ASKED_FOR = 0.04
_OTHER_RANK = 1.5
_FURTHER_RANK = 0.35
"""For "senior staff" asked for and "staff" in the title, or the other way about."""
_RANK_MISSING = 0.5
_RANK_NOT_ASKED_FOR = 0.1
_OTHER_STEP = 1.0
_STEP_MISSING = 0.4
_SHORTEST_MISTYPED = 5
_SHORTEST_STEM = 4
_LONGEST_ENDING = 4


def pick_postings(words: str, entries: Sequence[Entry]) -> list[Entry]:
    """
    Return the postings whose titles fit the role words best, the best first; all, newest first, if nothing tells them apart.

    One posting alone is returned whatever the words say: they never lead to another company's.

    >>> staff = Entry(id=1, scope="everyone", company="Flex", title="Staff Machine Learning Engineer")
    >>> data = Entry(id=2, scope="everyone", company="Flex", title="Senior Data Engineer")
    >>> [entry.title for entry in pick_postings("the staff ml one", [staff, data])]
    ['Staff Machine Learning Engineer']
    >>> [entry.id for entry in pick_postings("what does it pay?", [staff, data])]
    [2, 1]
    """
    newest_first = sorted(entries, key=lambda entry: entry.id, reverse=True)
    titles = [read_role_words(entry.title) for entry in newest_first]
    asked = _mended(read_role_words(words), frozenset().union(*(title.terms for title in titles)))
    weights = _weights(titles)
    scores = [_score(asked, title, weights) for title in titles]
    ranked = sorted(zip(scores, newest_first, strict=True), key=lambda pair: -pair[0])
    return [entry for score, entry in ranked if score >= ranked[0][0] - _MARGIN]


def _weights(titles: Sequence[RoleWords]) -> dict[str, float]:
    """Return how much a term tells: the fewer of the titles have it, the more."""
    holding = Counter(term for title in titles for term in title.terms)
    return {term: log(1 + len(titles) / count) for term, count in holding.items()}


def _score(asked: RoleWords, title: RoleWords, weights: dict[str, float]) -> float:
    """Return how well a title fits what is asked for."""
    shared = asked.terms & title.terms
    fit = sum(weights[term] for term in shared) + _AS_WRITTEN * len(asked.literal & title.literal) / max(1, len(title.literal))
    if shared:
        fit -= _NOT_ASKED_FOR * len(title.own_terms - asked.terms)
        fit += _WHOLE_TITLE * (title.own_terms <= asked.terms and title.ranks <= asked.ranks and title.steps <= asked.steps)
    return fit - _rank_difference(asked, title) - _step_difference(asked, title)


def _rank_difference(asked: RoleWords, title: RoleWords) -> float:
    """Return what other words of seniority cost."""
    if asked.ranks and title.ranks:
        return 0 if title.ranks == asked.ranks else _FURTHER_RANK if title.ranks & asked.ranks else _OTHER_RANK
    if asked.ranks:
        return _RANK_MISSING
    return _RANK_NOT_ASKED_FOR if title.ranks and asked.terms & title.terms else 0


def _step_difference(asked: RoleWords, title: RoleWords) -> float:
    """Return what another step costs: "II" asked for, "III" in the title."""
    if not asked.steps or title.steps & asked.steps:
        return 0
    return _OTHER_STEP if title.steps else _STEP_MISSING


def _mended(asked: RoleWords, known: frozenset[str]) -> RoleWords:
    """Return what is asked for with the terms that are forms or slips of a title's terms read as those."""
    mended = {near for term in asked.own_terms - known for near in known if _is_same_word(term, near)}
    return RoleWords(
        terms=asked.terms | mended, literal=asked.literal, ranks=asked.ranks, steps=asked.steps, own_terms=asked.own_terms | mended
    )


def _is_same_word(term: str, other: str) -> bool:
    """Tell whether two terms are forms of one word, or one is a slip of the other."""
    shorter, longer = sorted((term, other), key=len)
    if len(shorter) >= _SHORTEST_STEM and longer.startswith(shorter) and len(longer) - len(shorter) <= _LONGEST_ENDING:
        return True
    return len(shorter) >= _SHORTEST_MISTYPED and OSA.distance(term, other, score_cutoff=1) <= 1
