"""Where people may work from, as it is edited: `United States, EU; not in: Russia; US states: CA, NY`, or `worldwide`."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NoReturn

from babel.numbers import list_currencies

from bot.domain.facts import Area, Eligibility, Pay, PayKind, Period, Scope
from bot.text.clean import fold_space
from bot.text.gazetteer import Meaning, PlaceKind, country_codes, find_named_country, name_country, names_by_first_word, to_tokens
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.money import AFTER, BEFORE, CROWN, DOLLAR, currency_of_scale, read_currency, share_currency
from bot.text.numbers import SCALE, find_scale_period, read_period_behind
from bot.topics.written import FIGURE, Miswritten, Spell, WrittenForm, pattern_of, read_figure, write_figure

# The places of an eligibility by their names, and back.

_ARTICLE = "the "
_BETWEEN = compile_later(lambda: rf"\s*(?:[&/]|{pattern_of(read_lexicon('written_words')['places']['between'])})\s*")
"""In small letters: OR is Oregon."""

_SEPARATOR = compile_later(lambda: rf"\s*,\s*|{_BETWEEN.pattern}")
_MOST_PIECES = 5
"""That a name is made of: "St. Helena, Ascension & Tristan da Cunha" has three."""

_KINDS = (PlaceKind.COUNTRY, PlaceKind.AREA, PlaceKind.STATE)
"""What a name is taken for, the likeliest first: Georgia is a country here, and a city is none."""


@dataclass
class NamedPlaces:
    """What a list of names stands for, each once and in order."""

    countries: dict[str, None] = field(default_factory=dict)
    areas: dict[Area, None] = field(default_factory=dict)
    us_states: dict[str, None] = field(default_factory=dict)
    provinces: dict[str, None] = field(default_factory=dict)

    def add(self, meaning: Meaning) -> None:
        """Add what one name stands for."""
        self.countries.update(dict.fromkeys(meaning.countries))
        if meaning.area is not None:
            self.areas[meaning.area] = None
        if meaning.us_state is not None:
            self.us_states[meaning.us_state] = None

    def update(self, more: "NamedPlaces") -> None:
        """Add what other names stand for."""
        self.countries |= more.countries
        self.areas |= more.areas
        self.us_states |= more.us_states


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
    >>> read_places("Peru, St. Helena, Ascension & Tristan da Cunha and Chile").countries
    {'PE': None, 'SH': None, 'CL': None}
    >>> read_places("California").us_states
    {'CA': None}
    """
    found = NamedPlaces()
    pieces = list(_pieces_of(written))
    at = 0
    while at < len(pieces):
        # The longest name goes first: commas and "and" stand within names too.
        ends = range(min(len(pieces), at + _MOST_PIECES), at, -1)
        named = ((end, meaning) for end in ends if (meaning := _find(written[pieces[at][0] : pieces[end - 1][1]])) is not None)
        end, meaning = next(named, (at, None))
        if meaning is None:
            raise Miswritten(f'"{written[slice(*pieces[at])][:60]}" is no country, area or state of the USA; name the country')
        found.add(meaning)
        at = end
    return found


def _pieces_of(written: str) -> Iterator[tuple[int, int]]:
    """Yield where the words between commas, "and" and the like stand."""
    start = 0
    for separator in (*_SEPARATOR.finditer(written), None):
        end = separator.start() if separator else len(written)
        if written[start:end].strip():
            yield start, end
        start = separator.end() if separator else end


def read_states(written: str) -> dict[str, None]:
    """
    Return the postal codes of a list of US states; Miswritten for anything else.

    >>> list(read_states("ny, Texas and CA"))
    ['NY', 'TX', 'CA']
    """
    items = filter(None, map(str.strip, written.split(",")))
    return dict.fromkeys(state for item in items for state in _read_states(item))


def read_provinces(written: str) -> dict[str, None]:
    """
    Return the postal codes of a list of Canada's provinces; Miswritten for anything else.

    >>> list(read_provinces("on, Quebec"))
    ['ON', 'QC']
    """
    codes = {name.casefold(): code for code, names in read_lexicon("cities")["provinces"].items() for name in (code, *names.split("|"))}
    items = [item for item in map(str.strip, written.split(",")) if item]
    for item in items:
        if item.casefold() not in codes:
            raise Miswritten(f'"{item[:60]}" is no province of Canada')
    return dict.fromkeys(codes[item.casefold()] for item in items)


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


def _find(written: str, kinds: tuple[PlaceKind, ...] = _KINDS) -> Meaning | None:
    """Return what one name or two-letter code stands for."""
    words = written.strip(" .")
    code = words.upper()
    if PlaceKind.COUNTRY in kinds and code in country_codes():
        return Meaning(code, PlaceKind.COUNTRY, (code,))
    if PlaceKind.COUNTRY in kinds and (named := find_named_country(words)) is not None:
        return Meaning(words, PlaceKind.COUNTRY, (named,))
    if "," in words:
        return None
    tokens = to_tokens(words[len(_ARTICLE) :] if words.lower().startswith(_ARTICLE) else words)
    meanings = _meanings_of(tokens) or _meanings_of(to_tokens(words))
    return next((meaning for kind in kinds for meaning in meanings if meaning.kind is kind), None)


def _meanings_of(tokens: tuple[str, ...]) -> tuple[Meaning, ...]:
    names = names_by_first_word().get(tokens[0], ()) if tokens else ()
    return next((meanings for rest, meanings in names if rest == tokens[1:]), ())


_WORDS: dict[str, list[str]] = read_lexicon("written_words")["places"]
_SCOPES = {**dict.fromkeys(_WORDS["worldwide"], Scope.WORLDWIDE), **dict.fromkeys(_WORDS["unstated"], Scope.UNSTATED)}
_PART = compile_later(
    lambda: (
        rf"\s*(?:(?:(?P<excluded>{pattern_of(_WORDS['excluded'])})|(?P<states>{pattern_of(_WORDS['states'])})"
        rf"|(?P<provinces>{pattern_of(_WORDS['provinces'])}))\s?:?)?\s*(?P<names>.*?)\s*"
    ),
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
    parts += [f"provinces: {', '.join(value.provinces)}"] if value.provinces else []
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
            closed.update(read_places(found["names"]))
        elif found["provinces"]:
            opened.provinces |= read_provinces(found["names"])
        elif found["states"]:
            opened.us_states |= read_states(found["names"])
        elif (scope := _SCOPES.get(found["names"].lower())) is not None:
            scopes.add(scope)
        else:
            opened.update(_read_opened(found["names"]))
    if opened.us_states:
        opened.countries.setdefault("US")
    if opened.provinces:
        opened.countries.setdefault("CA")
    return _put_together(scopes, opened, closed)


def _read_opened(names: str) -> NamedPlaces:
    """Read a list of places; "worldwide" within one contradicts it."""
    _refuse_contradiction(word for word in map(str.strip, names.lower().split(",")) if word in _SCOPES)
    return read_places(names)


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
        provinces=tuple(opened.provinces),
    )


def _refuse_contradiction(words: Iterable[str]) -> None:
    if (word := next(iter(words), None)) is not None:
        raise Miswritten(f'"{word}" stands for itself, without places beside it')


ELIGIBILITY_FORM: WrittenForm[Eligibility] = WrittenForm(
    write=write_eligibility,
    read=read_eligibility,
    example="United States, EU; not in: Russia; US states: CA, NY | Remote (US, EU)",
)


# Statements of pay as people edit them: `120,000 to 150,000 USD a year (New York)`.

_WORDS_WRITTEN_PAY: dict[str, list[str]] = read_lexicon("written_words")["pay"]
_KINDS_WRITTEN_PAY = {
    **dict.fromkeys(_WORDS_WRITTEN_PAY["total"], PayKind.TOTAL),
    **dict.fromkeys(_WORDS_WRITTEN_PAY["base"], PayKind.BASE),
    **dict.fromkeys(_WORDS_WRITTEN_PAY["unsaid"]),
}
_KIND = pattern_of(_KINDS_WRITTEN_PAY)
_USUAL_CODES = frozenset(read_lexicon("currencies")["codes"]["known"])
_CODE = rf"(?<![A-Za-z])(?:[A-Z]{{3}}|(?i:{one_of(_USUAL_CODES)}))(?![A-Za-z])"
"""Any code in capitals, the usual ones in small letters: "per", "top" and "all" are none, though some are in ISO 4217."""

_SCALES = rf"(?:\s?(?P<scale>(?i:{SCALE}))(?=[A-Z]{{3}}\b|[^A-Za-z0-9]|$))?"
_AMOUNT = compile_later(
    lambda: rf"(?:(?P<before>{BEFORE}|{_CODE})\s?)?(?P<figure>{FIGURE}){_SCALES}(?P<open>\s?\+)?(?:\s?(?P<after>{_CODE}(?!\s?\d)|{AFTER}))?"
)
_LEAD = compile_later(
    lambda: (
        rf"(?:(?P<kind>{_KIND})\s?:?\s?)?(?:(?P<most>{pattern_of(_WORDS_WRITTEN_PAY['up_to'])})|(?P<least>{pattern_of(_WORDS_WRITTEN_PAY['from'])}))?\s?"
    ),
    re.IGNORECASE,
)
_TO = compile_later(lambda: rf"\s?(?:-|~|{pattern_of(_WORDS_WRITTEN_PAY['to'])})\s?", re.IGNORECASE)
_OPEN = compile_later(r"\s?(?:\+|and up\b|or more\b)", re.IGNORECASE)
_TAIL = compile_later(lambda: rf"\s?,?\s?(?P<kind>{_KIND})?\s?(?P<bracket>\((?P<where>.+)\))?", re.IGNORECASE | re.DOTALL)
_SHORT, _LONG = 1_000, 5_000
"""In "100 to 150,000" the lower figure is short for thousands, or it is not: nobody can know."""


def write_pay(pay: Pay) -> str:
    """
    Return one statement of pay in words.

    >>> write_pay(Pay(minimum=120_000, maximum=150_000, currency="USD", per=Period.YEAR, kind=PayKind.BASE, where="New York"))
    '120,000 to 150,000 USD a year (New York)'
    >>> write_pay(Pay(maximum=95, currency="EUR", per=Period.HOUR, kind=PayKind.TOTAL))
    'up to 95 EUR an hour in total'
    """
    words = f"{_write_amounts(pay)} {pay.currency} a{'n' if pay.per is Period.HOUR else ''} {pay.per.value}"
    if pay.kind is not PayKind.BASE:
        words += f" {_WORDS_WRITTEN_PAY['total' if pay.kind else 'unsaid'][0]}"
    return f"{words} ({fold_space(pay.where)})" if pay.where else words


def _write_amounts(pay: Pay) -> str:
    low, high = (None if amount is None else write_figure(amount) for amount in (pay.minimum, pay.maximum))
    if low is None:
        return f"up to {high}"
    if high is None:
        return f"from {low}"
    return low if pay.minimum == pay.maximum else f"{low} to {high}"


def read_pay(written: str) -> Pay:
    """
    Return the pay that a person wrote; base pay unless they say otherwise.

    Raises Miswritten where it is none, or does not say the currency or the period.

    >>> read_pay("€95k+ per year").minimum, read_pay("up to 95 eur/h").per.value
    (95000.0, 'hour')
    >>> read_pay("120,000 USD")
    Traceback (most recent call last):
    bot.topics.written.Miswritten: say what it is paid for: "a year", "a month", "a week", "a day" or "an hour"
    """
    lead = _LEAD.match(written)
    at = lead.end() if lead else 0
    first = _AMOUNT.match(written, at)
    if lead is None or first is None:
        raise Miswritten(f'there is no amount of pay in "{written[:60]}"')
    gap = _TO.match(written, first.end())
    second = _AMOUNT.match(written, gap.end()) if gap else None
    end = (second or first).end()
    is_open = None if second else _OPEN.match(written, end)
    if lead["most"] and second:
        raise Miswritten('write "up to" with one amount, or two amounts without it')
    period, end = _read_period(written, is_open.end() if is_open else end, first)
    kind, where = _read_tail(written[end:], lead["kind"])
    low, high = _read_amounts(first, second)
    return Pay(
        minimum=None if lead["most"] else low,
        maximum=None if (lead["least"] or is_open or first["open"]) and not second else high,
        currency=_settle_currency(first, second),
        per=period,
        kind=kind,
        where=where,
    )


def _read_period(written: str, at: int, amount: re.Match[str]) -> tuple[Period, int]:
    """Return what the amount is paid for, and where the rest begins."""
    if found := read_period_behind(written, at):
        return found
    if of_scale := find_scale_period(amount["scale"]):
        return of_scale, at
    raise Miswritten('say what it is paid for: "a year", "a month", "a week", "a day" or "an hour"')


def _read_tail(rest: str, kind_before: str | None) -> tuple[PayKind | None, str | None]:
    """Return what stands behind the period: whether it is total pay, and for which place or level."""
    tail = _TAIL.fullmatch(rest.rstrip(" .;,"))
    if tail is None:
        raise Miswritten(f'"{rest.strip()[:60]}" is not understood; a place or level stands in brackets at the end')
    kind = tail["kind"] or kind_before
    return _KINDS_WRITTEN_PAY[kind.lower()] if kind else PayKind.BASE, tail["where"].strip() or None if tail["where"] else None


def _read_amounts(first: re.Match[str], second: re.Match[str] | None) -> tuple[float, float]:
    """Return both figures; in "120-150k" the scale is of both."""
    low = read_figure(first["figure"], first["scale"])
    if second is None:
        return low, low
    high = read_figure(second["figure"], second["scale"])
    if second["scale"] and not first["scale"] and low < _SHORT:
        low = read_figure(first["figure"], second["scale"])
    if low > high:
        raise Miswritten("the lower amount comes first, and both are written in full")
    if not first["scale"] and 0 < low < _SHORT <= high and high <= low * _LONG and low * _SHORT <= high:
        raise Miswritten("write both amounts in full")
    return low, high


def _settle_currency(first: re.Match[str], second: re.Match[str] | None) -> str:
    """Return the code of the currency that either amount names."""
    one, other = (_read_currency(amount) if amount else None for amount in (first, second))
    try:
        found = share_currency(one, other)
    except ValueError:
        raise Miswritten("the two amounts are in two currencies; write a line for each") from None
    if found is None:
        raise Miswritten("name the currency by its code: USD, EUR, GBP")
    if found in (DOLLAR, CROWN):
        codes = "USD, CAD or AUD" if found == DOLLAR else "SEK, NOK or DKK"
        raise Miswritten(f"say which currency {found} is, by its code: {codes}")
    return found


def _read_currency(amount: re.Match[str]) -> str | None:
    """Return the currency of one amount; a code wins over a sign, and one that does not exist is a mistake."""
    for words in (amount["before"], amount["after"]):
        if words and re.fullmatch(_CODE, words):
            code = words.upper()
            if code not in _codes():
                raise Miswritten(f"there is no currency {code}; name it by its code: USD, EUR, GBP")
            return read_currency(code) if code in _USUAL_CODES else code
    return read_currency(amount["before"], amount["after"]) or currency_of_scale(amount["scale"])


@cache
def _codes() -> frozenset[str]:
    return _USUAL_CODES.union(list_currencies())


def spell_pay(pay: Pay, spell: Spell) -> Pay:
    """Return the pay with its place or level as the posting spells it."""
    return pay if pay.where is None else pay.model_copy(update={"where": spell(pay.where)})


PAY_FORM: WrittenForm[Pay] = WrittenForm(
    write=write_pay,
    read=read_pay,
    example="120,000 to 150,000 USD a year (New York) | Base salary: $120k-150k",
    spell=spell_pay,
)
