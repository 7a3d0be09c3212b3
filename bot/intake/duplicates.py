"""Whether a posting is there already in other words: pasted again, from another board, reworded a little."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.domain.posting import KeptPosting, Posting
from bot.matching.company_key import company_key, company_words
from bot.matching.role_words import RoleWords, read_role_words
from bot.matching.vocabulary import is_place
from bot.text.places import find_places

_LEAST_SHARED = 0.6
"""
Of the pairs of neighbouring words of the shorter text.

On 300 of 1,560 real postings: with every fifth word dropped, replaced or doubled, the altered text shared 0.63 to 0.75, also within
another board's frame; postings of one company that have one title and are other jobs shared 0.05 to 0.49. Runs of three words fell
to 0.48 and of four to 0.33, where other jobs are; counted over both texts instead of the shorter one, a frame cost 0.07.
"""

_LEAST_SHARED_WITHOUT_TITLE = 0.9
"""Where a title is missing the text alone speaks: of the pairs with other titles, one in a hundred shares more than 0.93."""

_LEAST_OWN = 0.25
"""How much of a kept text must be its own, and not what the company's other postings say as well, to be compared by that alone."""

_MOST_LETTERS = 50_000
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
"""Words, and the signs of scripts that write none apart."""

Pairs = frozenset[tuple[str, str]]
"""Neighbouring words."""


def find_likely_duplicate(posting: Posting, candidates: Sequence[KeptPosting]) -> KeptPosting | None:
    """
    Return the candidate that is most likely the same job, or None where none is likely.

    It is of the same company, its title says the same (a place or an acknowledged short form aside), and most of the text is the
    same; what the company's other jobs among the candidates say as well tells nothing.
    """
    key = company_key(posting.company or "")
    same = [each for each in candidates if key and company_key(each.posting.company or "") == key]
    rivals = [each for each in same if _may_be_one_title(posting, each.posting)]
    if not rivals:
        return None
    others = [_pairs(each.posting.text[:_MOST_LETTERS]) for each in same if each not in rivals]
    (shared, _), best = max(((_share(posting, each.posting, others), each) for each in rivals), key=lambda found: found[0])
    has_titles = bool(posting.title and best.posting.title)
    return best if shared >= (_LEAST_SHARED if has_titles else _LEAST_SHARED_WITHOUT_TITLE) else None


def _may_be_one_title(first: Posting, second: Posting) -> bool:
    """Tell whether two titles of one company may be one job's: ranks, steps and places alike, and no word of a job in one of them only."""
    if not (first.title and second.title):
        return True
    one, other = read_role_words(first.title), read_role_words(second.title)
    if one.ranks != other.ranks or one.steps != other.steps:
        return False
    places = [{place.meaning for place in find_places(title)} for title in (first.title, second.title)]
    if all(places) and places[0] != places[1]:
        return False
    company = frozenset(company_words(first.company or ""))
    return _adds_nothing(one, other, company) or _adds_nothing(other, one, company)


def _adds_nothing(longer: RoleWords, shorter: RoleWords, company: Iterable[str]) -> bool:
    """Tell whether a title has all words of another one, and of its own only places, numbers and the company's name."""
    more = longer.own_terms - shorter.own_terms - frozenset(company)
    return shorter.own_terms <= longer.own_terms and all(term.isdigit() or is_place((term,)) for term in more)


def _share(first: Posting, second: Posting, others: Sequence[Pairs]) -> tuple[float, float]:
    """Return how much of the shorter text's own pairs the other one has, and of both texts' pairs, each 0 to 1."""
    one, other = _pairs(first.text[:_MOST_LETTERS]), _pairs(second.text[:_MOST_LETTERS])
    own = [pairs.difference(*others) for pairs in (one, other)]
    if len(own[1]) >= _LEAST_OWN * len(other):
        one, other = own
    fewest = min(len(one), len(other))
    return (len(one & other) / fewest, len(one & other) / len(one | other)) if fewest else (0.0, 0.0)


@lru_cache(maxsize=64)
def _pairs(text: str) -> Pairs:
    words = _WORD.findall(text.casefold())
    return frozenset(pairwise(words))
