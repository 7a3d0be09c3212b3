"""Countries with their flags."""

from collections.abc import Iterator, Sequence

from bot.domain.eligibility import Area, Eligibility
from bot.text.lexicon import read_lexicon
from bot.text.local_form import form_of

_FIRST_LETTER = 0x1F1E6
_SHORT = 8
"""So many stand one on a line; more stand side by side."""

_SIDE_BY_SIDE = 3
_EUROPEAN = (Area.EU, Area.EEA)


def flag_of(code: str) -> str:
    """
    Return a country's flag by its ISO 3166-1 alpha-2 code.

    >>> flag_of("KE")
    '🇰🇪'
    """
    return "".join(chr(_FIRST_LETTER + ord(letter) - ord("A")) for letter in code)


def country_lines(eligibility: Eligibility, locale: str) -> Iterator[str]:
    """
    Yield the countries and areas that a posting lists, named as the locale does.

    >>> list(country_lines(Eligibility(scope="listed", countries=("KE", "DE")), "de"))
    ['🇰🇪 Kenia', '🇩🇪 Deutschland']
    """
    territories = form_of(locale).territories
    spoken = read_lexicon("areas")["spoken"]
    places = [f"{flag_of('EU') if area in _EUROPEAN else '🌍'} {_capital(spoken[area])}" for area in eligibility.areas]
    places += [f"{flag_of(code)} {territories.get(code, code)}" for code in eligibility.countries]
    yield from places if len(places) <= _SHORT else _side_by_side(places)


def _side_by_side(places: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(places), _SIDE_BY_SIDE):
        yield " · ".join(places[start : start + _SIDE_BY_SIDE])


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]
