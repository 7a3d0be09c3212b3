"""The countries that a half-typed name may become."""

from functools import lru_cache

from rapidfuzz import fuzz, process

from bot.text.clean import fold
from bot.text.gazetteer import country_codes
from bot.text.local_form import form_of

_SHORTEST_MISTYPED = 4
_LEAST_LIKE = 75.0
"""Of 100: "germny" and "germany" have 92, "kenia" and "kenya" 80."""


def complete_country(typed: str, locale: str = "en", *, limit: int = 25) -> list[str]:
    """
    Return the ISO 3166-1 alpha-2 codes to offer, by the names in the locale and in English: those that start so come first.

    >>> complete_country("ken"), complete_country("Deutschl", "de"), complete_country("germny")
    (['KE'], ['DE'], ['DE'])
    """
    beginning = fold(typed)
    names = _names(locale)
    found = [code for name, code in names if name.startswith(beginning)]
    found += [code for name, code in names if f" {beginning}" in name]
    if len(beginning) >= _SHORTEST_MISTYPED:
        near = process.extract(beginning, [name for name, _ in names], scorer=fuzz.ratio, score_cutoff=_LEAST_LIKE, limit=limit)
        found += [names[place][1] for _, _, place in near]
    return list(dict.fromkeys(found))[:limit]


@lru_cache(maxsize=32)
def _names(locale: str) -> tuple[tuple[str, str], ...]:
    """Return the folded names with their codes, in alphabetical order, those of the locale before the English ones."""
    tables = dict.fromkeys((form_of(locale), form_of("en")))
    return tuple(pair for table in tables for pair in sorted((fold(str(table.territories[code])), code) for code in country_codes()))
