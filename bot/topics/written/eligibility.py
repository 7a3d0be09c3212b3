"""Where people may work from, as it is edited: `United States, EU; not in: Russia; US states: CA, NY`, or `worldwide`."""

import re
from collections.abc import Iterable

from bot.domain.eligibility import Eligibility, Scope
from bot.text.lexicon import read_lexicon
from bot.topics.written.form import Miswritten, WrittenForm, pattern_of
from bot.topics.written.place_names import NamedPlaces, read_places, read_states, write_area, write_country

_WORDS: dict[str, list[str]] = read_lexicon("written_words")["places"]
_SCOPES = {**dict.fromkeys(_WORDS["worldwide"], Scope.WORLDWIDE), **dict.fromkeys(_WORDS["unstated"], Scope.UNSTATED)}
_PART = re.compile(
    rf"\s*(?:(?:(?P<excluded>{pattern_of(_WORDS['excluded'])})|(?P<states>{pattern_of(_WORDS['states'])}))\s?:?)?\s*(?P<names>.*?)\s*",
    re.IGNORECASE | re.DOTALL,
)


def write_eligibility(value: Eligibility) -> str:
    """
    Return where people may work from, in words.

    >>> write_eligibility(Eligibility(scope=Scope.LISTED, countries=("US", "CA"), excluded=("RU",), us_states=("NY",)))
    'United States, Canada; not in: Russia; US states: NY'
    >>> write_eligibility(Eligibility(scope=Scope.WORLDWIDE))
    'worldwide'
    """
    places = [*map(write_area, value.areas), *map(write_country, value.countries)]
    parts = [", ".join(places)] if places else ["worldwide"] if value.scope is Scope.WORLDWIDE else []
    parts += [f"not in: {', '.join(map(write_country, value.excluded))}"] if value.excluded else []
    parts += [f"US states: {', '.join(value.us_states)}"] if value.us_states else []
    return "; ".join(parts) or "not stated"


def read_eligibility(written: str) -> Eligibility:
    """
    Return where people may work from, as a person wrote it; Miswritten for a place that is not known, or for two scopes.

    A US state says that the job is in the USA.

    >>> read_eligibility("us, eu; not in: RU").areas
    (<Area.EU: 'EU'>,)
    >>> read_eligibility("Anywhere; except Cuba").excluded
    ('CU',)
    """
    opened, closed = NamedPlaces(), NamedPlaces()
    scopes: set[Scope] = set()
    for part in filter(str.strip, written.split(";")):
        found = _PART.fullmatch(part)
        if found is None:  # pragma: no cover -- the pattern takes anything
            raise Miswritten(f'"{part[:60]}" is not understood')
        if found["excluded"]:
            _add(closed, read_places(found["names"]))
        elif found["states"]:
            opened.us_states |= read_states(found["names"])
        elif (scope := _SCOPES.get(found["names"].lower())) is not None:
            scopes.add(scope)
        else:
            _add(opened, _read_opened(found["names"]))
    if opened.us_states:
        opened.countries.setdefault("US")
    return _put_together(scopes, opened, closed)


def _read_opened(names: str) -> NamedPlaces:
    """Read a list of places; "worldwide" within one contradicts it."""
    _refuse_contradiction(word for word in map(str.strip, names.lower().split(",")) if word in _SCOPES)
    return read_places(names)


def _add(places: NamedPlaces, more: NamedPlaces) -> None:
    places.countries |= more.countries
    places.areas |= more.areas
    places.us_states |= more.us_states


def _put_together(scopes: set[Scope], opened: NamedPlaces, closed: NamedPlaces) -> Eligibility:
    is_listed = bool(opened.countries or opened.areas)
    if len(scopes) + is_listed > 1:
        _refuse_contradiction(scope.value for scope in sorted(scopes))
    if closed.areas or closed.us_states:
        raise Miswritten('behind "not in" stand countries; an area or a state cannot be left out')
    if not (scopes or is_listed or closed.countries):
        raise Miswritten("no place is named")
    return Eligibility(
        scope=Scope.LISTED if is_listed else next(iter(scopes), Scope.UNSTATED),
        countries=tuple(opened.countries),
        areas=tuple(opened.areas),
        excluded=tuple(closed.countries),
        us_states=tuple(opened.us_states),
    )


def _refuse_contradiction(words: Iterable[str]) -> None:
    if (word := next(iter(words), None)) is not None:
        raise Miswritten(f'"{word}" stands for itself, without places beside it')


ELIGIBILITY_FORM: WrittenForm[Eligibility] = WrittenForm(
    write=write_eligibility,
    read=read_eligibility,
    example="United States, EU; not in: Russia; US states: CA, NY | Remote (US, EU)",
)
