"""The places that a message names, where somebody is or wants to work, typos included."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from bot.domain.query import Place
from bot.questions.tokens import flatten, question_words
from bot.text.clean import fold
from bot.text.gazetteer import (
    Meaning,
    PlaceKind,
    country_codes,
    find_named_country,
    form_of,
    is_ordinary_word,
    name_country,
    names_by_first_word,
    to_tokens,
    towns_named,
)
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.places import Place as Named
from bot.text.places import find_places
from bot.text.translations import SPOKEN
from bot.text.words import OR, small_words

_LEXICON = read_lexicon("asked_places")
_OTHER_CITIES = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['cities'])})(?!\w)")
_CUE = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['cues']['in'])})\s(?:(?:{one_of(_LEXICON['cues']['between'])})\s)?$")
_SURE = compile_later(
    lambda: rf"(?<!\w)(?:{one_of(_LEXICON['cues']['living'])})\s(?:\w{{2,10}}ly\s)?(?:{one_of(_LEXICON['cues']['in'])})\s(?:\w{{2,4}}\s)?$"
)
_IN_A_TOWN = compile_later(
    lambda: (
        rf"(?<!\w)(?:{one_of(_LEXICON['cues']['living'])})\s(?:{one_of(_LEXICON['cues']['in'])})\s(?P<town>[a-z][\w-]+(?:\s[a-z][\w-]+)?)"
    )
)
_OUTSIDE = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['cues']['outside'])})[\s-](?:(?:{one_of(_LEXICON['cues']['between'])})\s)?$")
_PERSON_BEFORE = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['people']['before'])})\s(?:\w{{3,10}}\s)?$")
_PERSON_BEHIND = compile_later(lambda: rf"\s(?:{one_of(_LEXICON['people']['behind'])})(?!\w)")
_LANGUAGE = compile_later(
    r"\b(?:speak\w{0,3}|language|fluent|know|learn|talk|written|native|b2|c1|level|in|parlez?|parler|hablan?|hablar|falar|fala|sprechen)\s(?:\w{1,8}\s)?$"
)
_NAMES_A_COMPANY = compile_later(r"\b(?:bank of|air|voice of|radio|virgin|telecom|corporation of)\s(?:the\s)?$")
_COMPANY_BEHIND = compile_later(lambda: rf"\s(?:{one_of(_LEXICON['company']['behind'])})(?!\w)")
_SMALL = compile_later(lambda: rf"(?<![\w.'])(?:{one_of(_LEXICON['small'])})(?![\w'])")
_US = compile_later(
    r"\b(?:in|the|from|outside|within|inside|non|only|of|to|desde|en|aus|den|los|das|dos|aux|not)[\s-](?P<behind>us)\b(?!\s(?:know|about|a\b|what|more))"
    r"|\b(?P<before>us)[\s-](?:only|based|citizens?|residents?|person|remote|states?|applicants?|time|timezone|hours|visa|work|or|ok|here|people|peeps|ppl|folks|devs?)\b|^\W*(?P<alone>us)\W*$|(?:=|:|,)\s?(?P<equal>us)\b"
)
_EU = compile_later(
    r"\b(?:in|the|from|outside|within|inside|non|only|of|to|na|der|die|la|l'|en|across)[\s-]?eu\b|\beu[\s-](?:only|based|citizens?|residents?|remote|passport|wide|ok|applicants?|work|or|jobs?)\b|\beu\W*$"
)
_STATE_BEHIND_CUE = compile_later(
    lambda: rf"\b(?:in|from|near|of|vs|versus)\s(?P<code>{one_of(_LEXICON['state_codes'])})(?=\s*(?:[,.?!;)]|$|(?:and|or|is|ok|can|but)\b))"
)
_STATE_VERSUS = compile_later(
    lambda: rf"\b(?P<code>{one_of(_LEXICON['state_codes'])})(?=\s(?:vs|versus|only|residents?|based|folks|ppl)\b)"
)
_STATE_IN_CAPITALS = compile_later(
    r"(?<![\w-])(?P<code>A[KLZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADL]|K[SY]|M[ADINOST]|N[CDEHJMVY]|O[HR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])(?![\w-])"
)
_LOS_ANGELES = re.compile(r"(?<![\w-])LA(?![\w-])|(?<=\b[Ii]n )la\b(?=\W*$)")
_SHORT_NAMES = ("us", "eu")
_ORIGIN = compile_later(r"\b(?:i'?m|i am|am|soy|sou|suis|bin|komme|originally|born)\s(?:from|de|aus|in)\s(?:\w{2,4}\s)?$(?<!in\s)")
_AT_SOMEBODY = compile_later(r"(?<!\w)(?:at|with|chez|bei) $")
_LOOK_BACK = 50
_MOST_READ = 1000

_LEAST_LIKE = 84.0
"""Of 100: "germny" and "germany" have 92, "chile" and "child" 80, "spain" and "spin" 89 (which is why a cue is needed as well)."""

_LEAST_AHEAD = 1.0
_FEWEST_LETTERS = 5
_ALONE = 3
"""Words: a text this short may be a place and nothing else."""


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A place at text[start:end]."""

    place: Place
    start: int
    end: int
    sureness: int
    """1 named, 2 behind "from" or "in" or as people, 3 "living in", "apply from" and the like."""

    is_outside: bool = False
    """Everywhere but there: "outside the US"."""

    @property
    def kind(self) -> str:
        """Whether it is a city, or a larger place: "country" for all of those."""
        return "city" if self.place.city else "country"


def places_within(places: Iterable[PlaceSpan], *, start: int, end: int) -> list[PlaceSpan]:
    """Return the places that begin in text[start:end], as they stand in it."""
    return [replace(one, start=one.start - start, end=one.end - start) for one in places if start <= one.start < end]


_ELISION = compile_later(r"\b[ld]['’](?=\w)", re.IGNORECASE)


def is_of_people_at(place: PlaceSpan, flat: str) -> bool:
    """
    Tell whether a message in small letters speaks of the people at a place: "people in leeds", "leeds folks".

    >>> [is_of_people_at(find_asked_places(text, text)[0], text) for text in ("for folks in leeds", "is it leeds people only", "in leeds")]
    [True, True, False]
    """
    led = _CUE.search(flat, max(0, place.start - _LOOK_BACK), place.start)
    return _CROWD_BEHIND.match(flat, place.end) is not None or (led is not None and _CROWD.search(flat, 0, led.start()) is not None)


_CROWD = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['people']['crowd'])})\s$")
_CROWD_BEHIND = compile_later(lambda: rf"\s(?:{one_of(_LEXICON['people']['crowd'])})(?!\w)")


def names_of_city(city: str) -> tuple[str, ...]:
    """
    Return the folded names that a city has in the languages that are understood, other than its English one.

    >>> names_of_city("Munich"), names_of_city("Hull")
    (('munchen', 'munique', 'muc'), ())
    """
    return tuple(name for name, english in _LEXICON["cities"].items() if english == city)


def spellings_of(place: Place) -> set[str]:
    """
    Return how a posting may write a city, folded: by its names, those of the metro area around it, its state's where both are called alike.

    >>> sorted(spellings_of(Place(typed="munich", country="DE", city="Munich")))
    ['muc', 'munchen', 'munich', 'munique']
    """
    names = {fold(name) for name in (place.typed, place.city or "", *names_of_city(place.city or ""))}
    names |= {town for towns in read_lexicon("metros").values() if names & set(towns[:3]) for town in towns[:3]}
    if place.state and place.city and read_lexicon("us_states")["names"].get(place.state, "").startswith(place.city):
        names |= {place.state.lower(), ".".join((*place.state.lower(), ""))}  # "Jay St, Brooklyn, N.Y." is in New York
    return names


def find_asked_places(text: str, flat: str, *, language: str = "en") -> tuple[PlaceSpan, ...]:
    """
    Return the places that a message names, in order; `flat` is the text in small letters without accents, letter for letter.

    Names count in any case; people ("as a Brazilian") and names that are ordinary words need a cue such as "from".

    >>> from bot.questions.tokens import flatten
    >>> def read(text): return [(one.place.country, one.place.state, one.place.city) for one in find_asked_places(text, flatten(text))]
    >>> read("can i apply from germny?"), read("im over in texas"), read("does it pay us in euros")
    ([('DE', None, None)], [('US', 'TX', None)], [])
    """
    text, flat = (_ELISION.sub(lambda found: f"{found[0][:-1]} ", part[:_MOST_READ]) for part in (text, flat))
    found: list[PlaceSpan] = []
    for named in sorted(_named_in(text, flat, language), key=lambda one: (one.start, -one.end)):
        rank = 0 if _WHO_USES.search(flat, 0, named.end) else _rank(flat, named)
        if rank and not any(named.start < other.end and other.start < named.end for other in found):
            found.append(_to_span(text, flat, named, rank))
    return tuple(_joined(found, flat)) if found else tuple(_find_misspelt(text, flat))


_WHO_USES = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LEXICON['cues']['who_uses'])})\susa$")


def find_typed_place(name: str) -> Place | None:
    """
    Return the place that is named where nothing but a place is asked for, by any name that is shown for a country, or as in a message.

    >>> find_typed_place("the Congo - Kinshasa").country, find_typed_place("germny").country, find_typed_place("Granada").country
    ('CD', 'DE', 'GD')
    >>> find_typed_place("somewhere") is None
    True
    """
    code = find_named_country(name)
    if code is not None:
        return Place(typed=name.strip(), country=code)
    found = find_asked_places(name, flatten(name))
    return found[0].place if found else None


def _named_in(text: str, flat: str, language: str) -> Iterator[Named]:
    yield from _towns_beside(text, flat)
    yield from find_places(text, any_case=True)
    for match in _OTHER_CITIES.finditer(flat):
        for place in find_places(_LEXICON["cities"][match[0]]):
            yield Named(place.meaning, match.start(), match.end())
    yield from _towns_in(flat)
    yield from _named_shortly(text, flat, language)
    for match in _SMALL.finditer(flat):
        for place in find_places(match[0].upper()):
            yield Named(place.meaning, match.start(), match.end())
    for pattern, read in ((_STATE_BEHIND_CUE, flat), (_STATE_VERSUS, flat), (_STATE_IN_CAPITALS, text)):
        if read is flat or not text.isupper():
            for match in pattern.finditer(read):
                code = match["code"].upper()
                yield Named(Meaning(code, PlaceKind.STATE, ("US",), us_state=code), match.start("code"), match.end("code"))


def _towns_in(flat: str) -> Iterator[Named]:
    """Yield the towns behind words that say where somebody lives, the largest of its name, where they are no ordinary words."""
    for match in _IN_A_TOWN.finditer(flat):
        for name in (match["town"], match["town"].partition(" ")[0]):
            if towns := () if _is_plain_word(name) else towns_named(to_tokens(name)):
                yield Named(towns[0], match.start("town"), match.start("town") + len(name))
                break


def _towns_beside(text: str, flat: str) -> Iterator[Named]:
    """Yield the towns right before the state or country that they lie in: "cordoba, argentina", "cordoba in spain"."""
    for over in find_places(text, any_case=True):
        before = _BEFORE_ITS_COUNTRY.search(flat, max(0, over.start - _LOOK_BACK), over.start) if over.kind in _LARGER else None
        words = list(_WORD.finditer(before["town"])) if before else []
        for first in words:
            name = before["town"][first.start() :] if before else ""
            towns = () if _is_plain_word(name) else towns_named(to_tokens(name))
            town = next((one for one in towns if one.countries == over.countries and over.us_state in (None, one.us_state)), None)
            if town is not None and before is not None:
                yield Named(town, before.start("town") + first.start(), before.end("town"))
                break


def _is_plain_word(name: str) -> bool:
    return is_ordinary_word(to_tokens(name)) or name in _ordinary() or name in _question_words()


_LARGER = (PlaceKind.COUNTRY, PlaceKind.STATE, PlaceKind.REGION)
_BEFORE_ITS_COUNTRY = compile_later(
    r"(?P<town>[^\W\d_][\w'’.-]+(?:[ -][^\W\d_][\w'’.-]+){0,2})(?:\s?[,(-]\s?|\s(?:in|en|im|au|em|no|na)\s(?:(?:the|el|la|den)\s)?|\s)$"
)


def _named_shortly(text: str, flat: str, language: str) -> Iterator[Named]:
    """Yield the USA and the EU where "us" and "eu" are no pronouns."""
    for match in _US.finditer(flat):
        group = next(name for name, value in match.groupdict().items() if value)
        yield Named(Meaning("US", PlaceKind.COUNTRY, ("US",)), match.start(group), match.end(group))
    if language == "en" and not text.isupper():
        for match in _LOS_ANGELES.finditer(text):
            yield from (Named(place.meaning, match.start(), match.end()) for place in find_places("Los Angeles"))
    if language != "pt" or "EU" in text:
        for match in _EU.finditer(flat):
            at = flat.index("eu", match.start())
            yield from (Named(place.meaning, at, at + 2) for place in find_places("EU"))


def _rank(flat: str, place: Named) -> int:
    """Return how surely a place is where the person is: 0 for not at all, 3 for "living in" and the like."""
    before = flat[max(0, place.start - _LOOK_BACK) : place.start]
    if _NAMES_A_COMPANY.search(before) or _COMPANY_BEHIND.match(flat, place.end):
        return 0
    return _rank_people(flat, before, place) if place.kind is PlaceKind.PEOPLE else _rank_place(flat, before, place)


def _rank_place(flat: str, before: str, place: Named) -> int:
    if _SURE.search(before):
        return 2 if _ORIGIN.search(before) else 3
    if _CUE.search(before) or _OUTSIDE.search(before):
        return 2
    name = flat[place.start : place.end]
    if name in _SHORT_NAMES:
        return 1
    if _AT_SOMEBODY.search(before) or name in _ambiguous_names() or (place.kind is not PlaceKind.COUNTRY and name in _ordinary()):
        return 1 if flat.strip(" ?!.") == name and name not in _ordinary() else 0
    return 1


def _rank_people(flat: str, before: str, place: Named) -> int:
    """Rank "Brazilian": a person before or behind, or a plural, but no language."""
    words = flat[place.start : place.end]
    if _LANGUAGE.search(before):
        return 0
    if _PERSON_BEHIND.match(flat, place.end) or (words.endswith("s") and not words.endswith(("ss", "is", "es"))):
        return 2
    return 2 if _PERSON_BEFORE.search(before) and words not in question_words("spoken") else 0


def _to_span(text: str, flat: str, named: Named, rank: int) -> PlaceSpan:
    meaning = named.meaning
    outside = _OUTSIDE.search(flat[max(0, named.start - _LOOK_BACK) : named.start]) is not None
    return PlaceSpan(_to_place(text[named.start : named.end], meaning), named.start, named.end, rank, is_outside=outside)


def _to_place(typed: str, meaning: Meaning) -> Place:
    country = meaning.countries[0] if meaning.countries else None
    state = (
        meaning.us_state or meaning.province or (_provinces().get(fold(meaning.name).removesuffix(" city")) if country == "CA" else None)
    )
    city = meaning.name if meaning.kind is PlaceKind.CITY or (meaning.kind is PlaceKind.REGION and state is None) else None
    namesakes = towns_named(to_tokens(meaning.name)) if meaning.kind is PlaceKind.CITY else ()
    if country == "CA" and state is None:  # the well-known cities are kept by their country alone
        state = next((one.province for one in namesakes if one.countries == meaning.countries), None)
    towns = namesakes if meaning.is_shared else ()
    others = [one for one in towns if one != meaning] if meaning in towns else []
    may_be = tuple(dict.fromkeys(_to_place(typed, replace(one, is_shared=False)) for one in others))
    if city and (state_called := _LEXICON["nicknames"].get(fold(typed))):
        may_be = (*may_be, Place(typed=typed, country="US", state=state_called))
    return Place(typed=typed, country=country, state=state, city=city, area=meaning.area, alternatives=may_be)


def _joined(found: list[PlaceSpan], flat: str) -> Iterator[PlaceSpan]:
    """
    Yield the places, a city and the country or state right behind it as one: "leeds (UK)", "edinburgh, scotland".

    Whatever else is called so, "dublin in california" lies there.
    """
    before: PlaceSpan | None = None
    for span in found:
        gap = flat[before.end : span.start].strip() if before else ""
        is_in = _LIES_IN.fullmatch(gap) is not None and span.place.country is not None and not span.place.city
        if before and before.place.city and (is_in or (gap in ("", ",", "(", "-") and span.place.country == before.place.country)):
            state = span.place.state or (before.place.state if span.place.country == before.place.country else None)
            place = before.place.model_copy(update={"country": span.place.country, "state": state, "alternatives": ()})
            before = PlaceSpan(place, before.start, span.end, max(before.sureness, span.sureness), before.is_outside)
            continue
        if before:
            yield before
        before = span
    if before:
        yield before


_LIES_IN = compile_later(r"(?:in|en|im|au|em|no|na)(?:\s(?:the|el|la|den))?")
_WORD = compile_later(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")


def _find_misspelt(text: str, flat: str) -> Iterator[PlaceSpan]:
    """Yield the country or place whose name the words behind a cue, or the few words alone, come nearest to."""
    words = list(_WORD.finditer(flat))
    alone = len(words) <= _ALONE
    for index, word in enumerate(words):
        before = flat[max(0, word.start() - _LOOK_BACK) : word.start()]
        sure = _SURE.search(before)
        if not (
            sure
            or _CUE.search(before)
            or _OUTSIDE.search(before)
            or (alone and before.strip() in ("", "and", "what about", "y", "und", "et", "e"))
        ):
            continue
        if _OF_THEIR_POST.search(before):
            continue  # "el puesto de bayer" is no Bavaria
        behind = [one for one in words[index + 1 : index + 2] if one[0] not in small_words()]
        for last in (*behind, word):
            found = _nearest(flat[word.start() : last.end()])
            if found is not None:
                outside = _OUTSIDE.search(before) is not None
                yield PlaceSpan(_to_place(text[word.start() : last.end()], found), word.start(), last.end(), 3 if sure else 2, outside)
                return


_OF_THEIR_POST = compile_later(lambda: rf"(?<!\w)(?:{one_of(question_words('posts_elsewhere'))})\s(?:de|da|do|du|des|bei|von|chez)\s$")


@lru_cache(maxsize=1024)
def _nearest(written: str) -> Meaning | None:
    """Return what written words nearly name, clearly ahead of every other place."""
    key = " ".join(to_tokens(written))
    words = key.split()
    if len(key) < _FEWEST_LETTERS or any(word in _question_words() for word in words) or (len(words) == 1 and words[0] in _ordinary()):
        return None
    near = process.extract(key, _spelt_names(), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKE, limit=6)
    if not near or key in _spelt_meanings():
        return None
    best = _spelt_meanings()[near[0][0]]
    rivals = (score for name, score, _ in near[1:] if _spelt_meanings()[name].countries != best.countries)
    return best if near[0][1] - next(rivals, 0.0) >= _LEAST_AHEAD and key[0] == near[0][0][0] else None


@cache
def _spelt_meanings() -> dict[str, Meaning]:
    """Return the folded names that a typo is looked up among: countries, their people, US states, cities."""
    return {
        " ".join((first, *rest)): meanings[0]
        for first, names in names_by_first_word().items()
        for rest, meanings in names
        if meanings[0].countries and len(first) + sum(map(len, rest)) >= _FEWEST_LETTERS
    }


@cache
def _spelt_names() -> tuple[str, ...]:
    return tuple(_spelt_meanings())


@cache
def _ambiguous_names() -> frozenset[str]:
    return frozenset(fold(name) for name in read_lexicon("countries")["ambiguous"]["names"].split("|"))


@cache
def _question_words() -> frozenset[str]:
    """Return words that are no misspelt place: those that questions are made of."""
    return question_words("function") | question_words("topical")


@cache
def _ordinary() -> frozenset[str]:
    lexicon = read_lexicon("ordinary_words")
    return frozenset(lexicon["words"].split()) | frozenset(lexicon["everyday"].split())


@cache
def _provinces() -> dict[str, str]:
    return {fold(name): code for code, names in _LEXICON["provinces"].items() for name in names}


_BETWEEN_PLACES = compile_later(
    rf"\s*(?:[,/&+]|(?:,\s*)?\b(?:{OR}|and|n|vs|versus|y|und|et|e)\b\.?)\s*"
    r"(?:(?:like|maybe|even) )?(?:\b(?:from|in|de|aus|du|do)\b\s*)?"
)


def listed_places(places: Sequence[PlaceSpan], flat: str) -> tuple[Place, ...]:
    """Return the places of a text that names several one after the other: "kenya or japan", "ny vs texas"; else none."""
    joined = all(_BETWEEN_PLACES.fullmatch(flat[one.end : other.start]) for one, other in pairwise(places))
    told_apart = {(span.place.country, span.place.state, span.place.city) for span in places if span.place.country}
    return tuple(span.place for span in places) if joined and 1 < len(places) == len(told_apart) <= _MOST_PLACES else ()


_MOST_PLACES = 4


def asked_places(places: Sequence[PlaceSpan], flat: str) -> Sequence[PlaceSpan]:
    """Return the places without those that the others are set against: Peru in "only US people, or does Peru work too"."""
    starts = [0, *(one.end for one in places)]
    before = [flat[start : one.start] for start, one in zip(starts, places, strict=False)]
    asked = [one for one, said in zip(places, before, strict=True) if not (_ONLY.search(said) or _ONLY_BEHIND.match(flat, one.end))]
    return asked or places


_LOGIC_ONLY: list[str] = read_lexicon("asked_logic")["only"]["words"]
_ONLY = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LOGIC_ONLY)})\s(?:\w{{1,4}}\s){{0,2}}$")
_ONLY_BEHIND = compile_later(lambda: rf"[\s-](?:\w{{5,12}}\s)?(?:{one_of(_LOGIC_ONLY)})(?!\w)")

# The places that a half-typed name may become.

_SHORTEST_MISTYPED = 4
_LEAST_LIKE_COMPLETED = 75.0
"""Of 100: "germny" and "germany" have 92, "kenia" and "kenya" 80."""


def complete_place(typed: str, locale: str = "en", *, limit: int = 25) -> list[Place]:
    """
    Return the places to offer: those that are called so, that begin so, that have a word which does, then those that look like it.

    Countries go by their names in all languages, those of the locale first, and by what people call them; US states, provinces of
    Canada and areas beside them. Each can be read again from what is typed of it.

    >>> [[place.typed for place in complete_place(typed)[:2]] for typed in ("ken", "uk", "deutschl", "texs", "EU")]
    [['Kenya', 'Kentucky'], ['United Kingdom', 'Ukraine'], ['Germany'], ['Texas'], ['EU', 'Europe']]
    """
    beginning = fold(typed)
    names = _names(locale)
    found = [place for name, place in names if name == beginning]
    found += [place for name, place in names if name.startswith(beginning)]
    found += [place for name, place in names if f" {beginning}" in name]
    if len(beginning) >= _SHORTEST_MISTYPED:
        near = process.extract(beginning, [name for name, _ in names], scorer=fuzz.ratio, score_cutoff=_LEAST_LIKE_COMPLETED, limit=limit)
        found += [names[place][1] for _, _, place in near]
    return list(dict.fromkeys(found))[:limit]


@lru_cache(maxsize=32)
def _names(locale: str) -> tuple[tuple[str, Place], ...]:
    """Return the folded names with their places: countries in the locale's words and in English, parts and areas, then other names."""
    countries = {code: Place(typed=name_country(code).removeprefix("the "), country=code) for code in country_codes()}
    tables = [form_of(language).territories for language in dict.fromkeys((locale, "en", *SPOKEN))]
    named = [sorted((fold(str(table.get(code, code))), place) for code, place in countries.items()) for table in tables]
    called = read_lexicon("countries")["aliases"]
    aliases = [(fold(name), countries[codes]) for codes, names in called.items() if codes in countries for name in names]
    return (*named[0], *named[1], *_parts_and_areas(), *aliases, *(pair for table in named[2:] for pair in table))


@cache
def _parts_and_areas() -> tuple[tuple[str, Place], ...]:
    """Return the names of states, provinces and areas that are read as those: Georgia is a country."""
    parts = (*read_lexicon("us_states")["names"].values(), *read_lexicon("cities")["provinces"].values())
    places = (find_typed_place(name) for names in parts for name in names.split("|")[:1])
    found = [(fold(place.typed), place) for place in places if place and place.state]
    for names in read_lexicon("areas")["names"].values():
        place = find_typed_place(names[0])
        found += [(fold(name), place) for name in names if place and place.area]
    return tuple(found)
