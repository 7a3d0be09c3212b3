"""What the names of places stand for: countries in five languages, areas, US states, regions and cities."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import format_currency

from bot.domain.facts import Area
from bot.text.clean import fold
from bot.text.lexicon import data_directory, read_lexicon

# How a locale writes numbers and names countries; the words around them stay English.

_SAME_AS = {"no": "nb", "zh-CN": "zh-Hans-CN", "zh-TW": "zh-Hant-TW"}
"""Tags that are in use, as the tables of forms call them."""


@lru_cache(maxsize=64)
def form_of(locale: str) -> Locale:
    """
    Return the forms of a locale by its BCP 47 tag, the English ones for a tag that is not known.

    >>> form_of("pt-BR").territories["DE"], form_of("tlh").language
    ('Alemanha', 'en')
    """
    try:
        return Locale.parse(_SAME_AS.get(locale, locale), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def write_money(amount: float, currency: str, *, form: Locale) -> str:
    """
    Write an amount, without cents where there are none.

    >>> write_money(135000, "USD", form=form_of("de")), write_money(20.5, "EUR", form=form_of("fr"))
    ('135.000 $', '20,50 €')
    """
    written: str = format_currency(amount, currency, locale=form, currency_digits=False, format=_pattern(form, amount))
    return " ".join(written.split())


def _pattern(form: Locale, amount: float) -> str:
    """Return the locale's pattern for money, with the cents left out of whole amounts."""
    pattern = str(form.currency_formats["standard"].pattern)
    return pattern.replace(".00", "") if float(amount).is_integer() else pattern


_LANGUAGES = ("en", "de", "fr", "es", "pt")
_SHOWN_IN = (*_LANGUAGES, "en-GB", "es-419")
"""With the two forms of these languages that call some countries otherwise."""

_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})
"""CLDR's two-letter codes that are no countries of ISO 3166-1."""

_TOKEN = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*\.?|&|\d+")
_SHORT = 3
"""Names of up to three letters count only in capitals: "us" is no country."""


class PlaceKind(StrEnum):
    """What sort of place a name is."""

    COUNTRY = "country"
    PEOPLE = "people"
    """What a country's or an area's people are called: "Brazilian", "European"."""

    AREA = "area"
    STATE = "state"
    """A state of the USA."""

    REGION = "region"
    """A province, land or nation within a country, or a part of the USA."""

    CITY = "city"


COUNTRY, PEOPLE, AREA, STATE, REGION, CITY = PlaceKind
"""The kinds by themselves: to look one up in its class takes longer than to compare it."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a name may stand for."""

    name: str
    """As the word list spells it."""

    kind: PlaceKind
    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2; several for names such as "UK&I"; none for an area."""

    area: Area | None = None
    us_state: str | None = None
    """Postal code."""

    province: str | None = None
    """Canada's, its postal code."""

    is_shared: bool = False
    """As well known in another country: a place right behind decides."""


def to_tokens(words: str) -> tuple[str, ...]:
    """
    Return the words of a name for looking it up: folded, without dots, `&` as "and".

    >>> to_tokens("Trinidad & Tobago"), to_tokens("U.S."), to_tokens("Cluj-Napoca")
    (('trinidad', 'and', 'tobago'), ('us',), ('cluj', 'napoca'))
    """
    return tuple(to_key(token) for token in to_words(words))


def to_words(name: str) -> list[str]:
    """Return the words of a name as it spells them."""
    return _TOKEN.findall(name)


def to_key(word: str) -> str:
    """Return one word as it stands in the table of names."""
    if word == "&":
        return "and"
    key = word.replace(".", "") if "." in word else word
    return key.lower() if key.isascii() else fold(key)


def is_spelt_as_name(written: str) -> bool:
    """
    Tell whether words are capitalised as a place's name must be.

    >>> is_spelt_as_name("US"), is_spelt_as_name("us"), is_spelt_as_name("Us"), is_spelt_as_name("Peru")
    (True, False, False, True)
    """
    letters = written.replace(".", "") if "." in written else written
    return letters.isupper() if len(letters) <= _SHORT else written[0].isupper()


@cache
def names_by_first_word() -> dict[str, tuple[tuple[tuple[str, ...], tuple[Meaning, ...]], ...]]:
    """Return each name's remaining words and meanings under its first word, longest names first."""
    meanings: dict[tuple[str, ...], list[Meaning]] = defaultdict(list)
    for meaning in _all_meanings():
        known = meanings[to_tokens(meaning.name)]
        if all((other.countries, other.area) != (meaning.countries, meaning.area) for other in known):
            known.append(meaning)
    table: dict[str, list[tuple[tuple[str, ...], tuple[Meaning, ...]]]] = defaultdict(list)
    for tokens, found in sorted(meanings.items(), key=lambda item: -len(item[0])):
        table[tokens[0]].append((tokens[1:], tuple(found)))
    return {first: tuple(rest) for first, rest in table.items()}


@cache
def second_words() -> dict[str, frozenset[str]]:
    """Return, for each first word of names that have several, the words that such names go on with."""
    return {first: frozenset(rest[0] for rest, _ in names if rest) for first, names in names_by_first_word().items() if names[0][0]}


@cache
def country_codes() -> frozenset[str]:
    """Return the ISO 3166-1 alpha-2 codes."""
    return frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()) - _NO_COUNTRIES  # noqa: PLR2004


@cache
def three_letter_codes() -> dict[str, str]:
    """Return the ISO 3166-1 alpha-2 code of each alpha-3 code."""
    aliases = get_global("territory_aliases")
    return {key: codes[0] for key, codes in aliases.items() if len(key) == 3 and key.isalpha() and codes[0] in country_codes()}  # noqa: PLR2004


def name_country(code: str, locale: str = "en") -> str:
    """
    Return a country's name, as it stands in a sentence in English.

    >>> name_country("NL"), name_country("US"), name_country("US", "de")
    ('the Netherlands', 'the United States', 'Vereinigte Staaten')
    """
    form = form_of(locale)
    if form.language != "en":
        return str(form.territories.get(code, code))
    name = str(Locale("en").territories.get(code, code)).replace(" SAR China", "")
    return f"the {name}" if code in read_lexicon("countries")["articles"]["codes"].split() else name


def find_named_country(name: str) -> str | None:
    """
    Return the code of a country by any name that is shown for it in the five languages, for what is a country's name and nothing else.

    >>> find_named_country("St. Helena, Ascension & Tristan da Cunha"), find_named_country("the Congo - Kinshasa")
    ('SH', 'CD')
    >>> find_named_country("Hong Kong, RAE da China"), find_named_country("Guinea, Bissau") is None
    ('HK', True)
    """
    return _shown_names().get(_parts_of(name))


@cache
def _shown_names() -> dict[tuple[tuple[str, ...], ...], str]:
    names: dict[tuple[tuple[str, ...], ...], str] = {}
    for locale in _SHOWN_IN:
        for code in sorted(country_codes()):
            name = name_country(code, locale)
            for shown in (name, name.removeprefix("the "), str(form_of(locale).territories.get(code, code))):
                names.setdefault(_parts_of(shown), code)
    return names


def _parts_of(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the tokens of a name between its commas, which part the names of a list as well."""
    return tuple(to_tokens(part) for part in name.split(","))


def name_province(code: str) -> str:
    """
    Return the name of a province or territory of Canada.

    >>> name_province("NL"), name_province("QC")
    ('Newfoundland and Labrador', 'Quebec')
    """
    return str(read_lexicon("cities")["provinces"][code]).partition("|")[0]


def _all_meanings() -> Iterator[Meaning]:
    """Yield what names stand for; of two meanings of one name the likelier comes first."""
    yield from _us_meanings()
    yield from _country_meanings()
    yield from _area_meanings()
    yield from _city_meanings()


def _us_meanings() -> Iterator[Meaning]:
    lexicon = read_lexicon("us_states")
    shared = _shared_names()
    for state, names in lexicon["names"].items():
        yield from (Meaning(name, PlaceKind.STATE, ("US",), us_state=state) for name in names.split("|"))
    for state, names in lexicon["cities"].items():
        yield from (Meaning(name, PlaceKind.CITY, ("US",), us_state=state, is_shared=name in shared) for name in names.split("|"))
    yield from (Meaning(name, PlaceKind.REGION, ("US",)) for name in lexicon["parts"]["names"].split("|"))


def _country_meanings() -> Iterator[Meaning]:
    lexicon = read_lexicon("countries")
    not_names = {to_tokens(word) for word in lexicon["not_names"]["words"]}
    for codes, names in lexicon["aliases"].items():
        yield from (Meaning(name, PlaceKind.COUNTRY, tuple(codes.split())) for name in names)
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in country_codes() and to_tokens(name) not in not_names:
                yield from (Meaning(spelling, PlaceKind.COUNTRY, (code,)) for spelling in _spellings(name))
    for code, names in lexicon["demonyms"].items():
        yield from (Meaning(form, PlaceKind.PEOPLE, (code,)) for name in names for form in (name, f"{name}s"))


def _spellings(name: str) -> Iterator[str]:
    """Yield a CLDR name without what it puts in brackets, and "Saint" for "St."."""
    bare = re.sub(r"\s*\([^)]{0,60}\)", "", name).replace(" SAR China", "")
    yield bare
    if bare.startswith("St. "):
        yield bare.replace("St. ", "Saint ", 1)


def _area_meanings() -> Iterator[Meaning]:
    lexicon = read_lexicon("areas")
    for kind, table in ((PlaceKind.AREA, "names"), (PlaceKind.PEOPLE, "adjectives")):
        for area, names in lexicon[table].items():
            yield from (Meaning(name, kind, area=Area(area)) for name in names)


def _city_meanings() -> Iterator[Meaning]:
    lexicon = read_lexicon("cities")
    shared = _shared_names()
    for code, names in lexicon["cities"].items():
        yield from (Meaning(name, PlaceKind.CITY, (code,), is_shared=name in shared) for name in names.split("|"))
    for code, names in lexicon["provinces"].items():
        yield from (Meaning(name, PlaceKind.REGION, ("CA",), province=code) for name in names.split("|"))
    for code, names in lexicon["regions"].items():
        yield from (Meaning(name, PlaceKind.REGION, (code,)) for name in names.split("|"))


@cache
def _shared_names() -> frozenset[str]:
    return frozenset(read_lexicon("cities")["shared"]["names"].replace("\n", "|").split("|"))


# Towns of data/lexicons/towns.tsv: a hundred times as many as the cities above, and trusted only where a place is to be expected.


@cache
def _towns() -> dict[str, str]:
    rows = (data_directory() / "lexicons" / "towns.tsv").read_text("utf-8").splitlines()
    return dict(row.split("\t") for row in rows)


@cache
def first_words_of_towns() -> frozenset[str]:
    """Return the words that towns' names begin with, as `to_key` writes them."""
    return frozenset(name.partition(" ")[0] for name in _towns())


@cache
def _ordinary_towns() -> frozenset[str]:
    return frozenset(read_lexicon("towns")["words"].split())


def is_ordinary_word(tokens: tuple[str, ...]) -> bool:
    """Tell whether a town's name is an ordinary word, or a person's name, as well."""
    return len(tokens) == 1 and tokens[0] in _ordinary_towns()


def towns_named(tokens: tuple[str, ...]) -> tuple[Meaning, ...]:
    """
    Return the towns of a name, given as `to_tokens` does, the largest first.

    >>> [(town.countries, town.us_state) for town in towns_named(("dublin",))][:2]
    [(('IE',), None), (('US',), 'CA')]
    """
    name = " ".join(tokens)
    places = _towns().get(name)
    if places is None:
        return ()
    return tuple(_to_town(name, *place.partition("-")[::2], is_shared=" " in places) for place in places.split())


def _to_town(name: str, country: str, part: str, *, is_shared: bool) -> Meaning:
    state, province = (part or None if country == code else None for code in ("US", "CA"))
    return Meaning(name, CITY, (country,), us_state=state, province=province, is_shared=is_shared)
