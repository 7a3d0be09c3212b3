"""The places of an eligibility by their names, and back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NoReturn

from bot.domain.eligibility import Area
from bot.text.gazetteer import Meaning, PlaceKind, country_codes, name_country, names_by_first_word, to_tokens
from bot.text.lexicon import read_lexicon
from bot.topics.written.form import Miswritten, pattern_of

_ARTICLE = "the "
_BETWEEN = re.compile(rf"\s*(?:[&/]|{pattern_of(read_lexicon('written_words')['places']['between'])})\s*")
"""In small letters: OR is Oregon."""

_KINDS = (PlaceKind.COUNTRY, PlaceKind.AREA, PlaceKind.STATE)
"""What a name is taken for, the likeliest first: Georgia is a country here, and a city is none."""


@dataclass
class NamedPlaces:
    """What a list of names stands for, each once and in order."""

    countries: dict[str, None] = field(default_factory=dict)
    areas: dict[Area, None] = field(default_factory=dict)
    us_states: dict[str, None] = field(default_factory=dict)

    def add(self, meaning: Meaning) -> None:
        """Add what one name stands for."""
        self.countries.update(dict.fromkeys(meaning.countries))
        if meaning.area is not None:
            self.areas[meaning.area] = None
        if meaning.us_state is not None:
            self.us_states[meaning.us_state] = None


def write_country(code: str) -> str:
    """
    Return a country's name without its article, or a code that has none.

    >>> write_country("NL"), write_country("GB"), write_country("QQ")
    ('Netherlands', 'United Kingdom', 'QQ')
    """
    return name_country(code).removeprefix(_ARTICLE)


def write_area(area: Area) -> str:
    """
    Return an area's shortest name.

    >>> write_area(Area.NORTH_AMERICA), write_area(Area.EMEA)
    ('North America', 'EMEA')
    """
    return str(read_lexicon("areas")["names"][area][0])


def read_places(written: str) -> NamedPlaces:
    """
    Return the countries, areas and US states of a list; Miswritten for a name that is none of these.

    >>> read_places("US, the UK and Brazil").countries
    {'US': None, 'GB': None, 'BR': None}
    >>> read_places("California").us_states
    {'CA': None}
    """
    found = NamedPlaces()
    for item in filter(None, map(str.strip, written.split(","))):
        for meaning in _read_item(item):
            found.add(meaning)
    return found


def read_states(written: str) -> dict[str, None]:
    """
    Return the postal codes of a list of US states; Miswritten for anything else.

    >>> list(read_states("ny, Texas and CA"))
    ['NY', 'TX', 'CA']
    """
    items = filter(None, map(str.strip, written.split(",")))
    return dict.fromkeys(state for item in items for state in _read_states(item))


def _read_states(item: str) -> list[str]:
    """Read one state ("OR"), or several with a word between them ("NY or CA")."""
    parts = [item] if _find_state(item) else [part for part in _BETWEEN.split(item) if part]
    return [_find_state(part) or _refuse_state(part) for part in parts]


def _find_state(written: str) -> str | None:
    if written.upper() in read_lexicon("us_states")["names"]:
        return written.upper()
    meaning = _find(written, (PlaceKind.STATE,))
    return meaning.us_state if meaning else None


def _refuse_state(written: str) -> NoReturn:
    raise Miswritten(f'"{written[:60]}" is no state of the USA')


def _read_item(item: str) -> Iterator[Meaning]:
    """Yield what an item names: one place ("Trinidad and Tobago"), or several with a word between them ("Peru and Chile")."""
    if (meaning := _find(item)) is not None:
        yield meaning
        return
    parts = [part for part in _BETWEEN.split(item) if part]
    for part in parts:
        if (meaning := _find(part)) is None:
            raise Miswritten(f'"{part[:60]}" is no country, area or state of the USA; name the country')
        yield meaning


def _find(written: str, kinds: tuple[PlaceKind, ...] = _KINDS) -> Meaning | None:
    """Return what one name or two-letter code stands for."""
    words = written.strip(" .")
    code = words.upper()
    if PlaceKind.COUNTRY in kinds and code in country_codes():
        return Meaning(code, PlaceKind.COUNTRY, (code,))
    tokens = to_tokens(words[len(_ARTICLE) :] if words.lower().startswith(_ARTICLE) else words)
    if PlaceKind.COUNTRY in kinds and tokens in _countries_by_name():
        return Meaning(words, PlaceKind.COUNTRY, (_countries_by_name()[tokens],))
    meanings = _meanings_of(tokens) or _meanings_of(to_tokens(words))
    return next((meaning for kind in kinds for meaning in meanings if meaning.kind is kind), None)


def _meanings_of(tokens: tuple[str, ...]) -> tuple[Meaning, ...]:
    names = names_by_first_word().get(tokens[0], ()) if tokens else ()
    return next((meanings for rest, meanings in names if rest == tokens[1:]), ())


@cache
def _countries_by_name() -> dict[tuple[str, ...], str]:
    """Return the codes by the very names that `write_country` writes."""
    return {to_tokens(write_country(code)): code for code in sorted(country_codes(), reverse=True)}
