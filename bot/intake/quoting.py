"""Whether a text holds the words that its facts quote."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.fact import Fact
from bot.text.clean import fold_space

_SEARCH_BOUND = 2_000_000_000
"""Characters searched for all the quotes of one posting, about a second; quotes in their order need two passes a topic."""


def find_missing_quote(text: str, facts: Mapping[str, Iterable[Fact[Any]]]) -> str | None:
    """
    Return the first quote that is not in the text, white space folded, or None if all are there.

    A record made to be slow, whose many quotes stand far apart in a long text, has its rest taken for missing.

    >>> from bot.domain.fact import Quote
    >>> find_missing_quote("Pay:  5 an hour", {"pay": [Fact(value=5, quote=Quote(text="Pay: 5"))]}) is None
    True
    >>> find_missing_quote("Pay: 5 an hour", {"pay": [Fact(value=6, quote=Quote(text="Pay: 6"))]})
    'Pay: 6'
    """
    folded = fold_space(text)
    at = searched = 0
    for fact in (fact for found in facts.values() for fact in found):
        quote = fold_space(fact.quote.text)
        # Quotes mostly stand in the text's order: look on from the last one, and only then from the beginning.
        here = folded.find(quote, at)
        if here < 0:
            here = folded.find(quote, 0, at + len(quote))
            searched += len(folded)
        if here < 0 or not quote or searched > _SEARCH_BOUND:
            return fact.quote.text
        searched += max(here - at, 0)
        at = here
    return None
