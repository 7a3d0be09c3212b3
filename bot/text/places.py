"""The places that a text names, each with its span: countries, areas, US states, regions, cities."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import islice, pairwise
from typing import NamedTuple, TypeAlias

from bot.domain.facts import Area
from bot.text.gazetteer import (
    CITY,
    COUNTRY,
    REGION,
    STATE,
    Meaning,
    PlaceKind,
    country_codes,
    first_words_of_towns,
    is_ordinary_word,
    is_spelt_as_name,
    names_by_first_word,
    second_words,
    three_letter_codes,
    to_key,
    to_tokens,
    to_words,
    towns_named,
)
from bot.text.lexicon import compile_later, read_lexicon

_CAPITALISED = compile_later(r"[A-ZÀ-ÖØ-ÞĀ-ɏ][a-z]*[^\W\d_]*(?:['’.][^\W\d_]+)*\.?")
"""
A word or the rest of one ("Phone" in "iPhone"): to look behind each letter would take three times as long.

Most letters are of the first 26, for which no table is asked.
"""

_ANY_WORD = compile_later(r"[^\W\d_]+(?:['’.][^\W\d_]+)*\.?|&")
_NEXT_WORD = compile_later(r"(?:\s{1,2}|-|/|,\s|\s?(?=&)|(?<=&))([^\W\d_]+(?:['’.][^\W\d_]+)*\.?|&|\d+)")
_AFTER_CITY = compile_later(r"\)?\s?,\s?([A-Z]{2,3})\b(?![.'’]?[a-z])")
_CODE = r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])"
_CODE_RUN = compile_later(
    lambda: rf"(?<![\w-]){_CODE}(?:(?:,\s?|/|\s?[&|]\s?|,?\s(?:and|or|&)\s|,\s(?:and|or|&)\s){_CODE}){{1,55}}(?![\w-])"
)
_ONE_CODE = compile_later(lambda: rf"(?<![^\W_]){_CODE}(?![^\W_])")
_ANY_CODE = compile_later(r"[,/&|]\s?([A-Z]{2})(?![a-z])")
_STATE_CODE = compile_later(lambda: rf"[,/&|]\s?({_CODE})(?![A-Za-z])")
_CITY_BEFORE_CODE = compile_later(
    lambda: (
        rf"(?<![\w-])(?:[A-Z]['’])?(?:Mc)?[A-Z][a-z]{{1,24}}(?:-[A-Z][a-z]{{1,24}})?(?:\s\(Remote\))?"
        rf",\s?({_CODE})(?![\w-])(?!\s[A-Z]{{2}}|\s?=|[/&])"
    )
)
_CODE_AFTER_SPACE = compile_later(lambda: rf"(?<=[a-z]\s)({_CODE})(?=\s?(?:[,;|/()]|\s\d{{5}}\b|$))")
"""A state's code behind a city without a comma."""

_CODE_IN_ROW = r"(?:[Rr]emote\s)?(?:[A-Z]{2,3}|(?<=emote\s)[A-Z][a-z])(?![\w.-])"
_ROW = compile_later(rf"(?<![\w-])(?<!\w, ){_CODE_IN_ROW}(?:(?:\s?[/|&]\s?|,\s?|,?\s(?:and|or)\s){_CODE_IN_ROW}){{1,20}}")
_ROW_CODE = compile_later(r"(?<![A-Za-z])[A-Z][A-Za-z]{1,2}(?![A-Za-z])")
"""Countries by their codes in a row, and one of them."""

_BEHIND = compile_later(r"\s?[,(–-]\s?|\s")
_SCREAMED_PRONOUN = compile_later(
    r"\b(?:ABOUT|JOIN|CONTACT|TELL|WITH|FOR|AT|OF|LET|GIVE|SEND|EMAIL|FOLLOW|TO|HELP|WORKING WITH|MAKES|LIKE|WHY|BEHIND|AND)\s$"
)
_COUNTRY_FIRST = compile_later(r"(?P<country>[A-Z]{2}),\s?(?P<part>[A-Z0-9]{1,3})?,\s?(?P<city>[^;|:\n]{0,120})", re.MULTILINE)
"""A place as some boards write it: "US, CA, Bakersfield", "GR, , Athens"."""

_COUNTRY_FIRST_LINE = compile_later(r"\n([A-Z]{2},)\s?[A-Z0-9]{0,3},")
_ONLY_CODES = compile_later(r"\s{0,2}[A-Z]{2}\b.{0,120}")
_TOWN_LEAD = compile_later(
    r"(?:^|[;,|/(•:–-]\s{0,2}|\s(?:or|and|in|near)\s)(?P<town>(?:[A-ZÀ-Þ][\w.'’-]{1,24}[ -]?(?:d[aeu] |del |of |am |sur )?){1,4}),\s?$"
)
"""What stands before a state or a country as a town does."""

_JOINED_NAMES = frozenset({"US", "USA", "UK", "EU", "EMEA", "LATAM", "APAC"})
"""Names that count behind a hyphen too: "LATAM-US"; others there are the end of an acronym, as in "EV-CIS"."""

_LIST_GOES_ON = compile_later(r"\s?[,/&|+]\s?\w|\s(?:and|or|und|oder|et|ou|y|o|e)\s")
_GOES_ON = compile_later(r"[ -][A-ZÀ-Þ][a-zß-ÿ]")
_Named: TypeAlias = tuple[int, int, tuple[Meaning, ...]]
"""A name's start and end in the text, and what it may stand for."""

_LONGEST_TOWN = 4
_LONGEST_LEAD = 80
_SHORT = 3
_MOST = 250
"""Places that are read of one text: as many as there are countries."""


class Place(NamedTuple):
    """A place's name in a text."""

    meaning: Meaning
    start: int
    end: int
    """The name is text[start:end]."""

    @property
    def kind(self) -> PlaceKind:
        """What sort of place it is."""
        return self.meaning.kind

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries that it is or lies in; none for an area."""
        return self.meaning.countries

    @property
    def area(self) -> Area | None:
        """The area that it is."""
        return self.meaning.area

    @property
    def us_state(self) -> str | None:
        """The state of the USA that it is or lies in."""
        return self.meaning.us_state

    @property
    def province(self) -> str | None:
        """The province of Canada that it is or lies in."""
        return self.meaning.province


def find_places(text: str, *, any_case: bool = False, start: int = 0, towns: bool = False) -> tuple[Place, ...]:
    """
    Return the places named in a text, in order; a name's longest form counts and a place behind a city settles its country.

    Names begin with a capital (short ones are all capitals) unless `any_case`. Whether somebody may work there is not asked here.
    `towns` asks for every town of the world too: for words that say where something is.

    >>> [(place.kind.value, place.countries, place.us_state) for place in find_places("Remote in the UK or Austin, TX")]
    [('country', ('GB',), None), ('city', ('US',), 'TX'), ('state', ('US',), 'TX')]
    >>> find_places("Join us in May")
    ()
    """
    if (coded := _COUNTRY_FIRST.fullmatch(text, start)) and (listed := _read_country_first(coded)):
        return listed
    found = list(islice(_named(text, start, any_case=any_case), _MOST))
    found += _coded(text, found)
    if towns:
        found += [(code.start(1), code.end(1), (_state(code[1]),)) for code in _CODE_AFTER_SPACE.finditer(text)]
        found += list(islice(_towns_in(text, start, found), _MOST))
    if "US" in text or "UK" in text or "EU" in text:
        found = _with_rows(text, found)
    found.sort(key=lambda candidate: candidate[0])
    return _without_pieces(text, tuple(_settle(text, found)))


def _without_pieces(text: str, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Leave out what is a piece of a town's name before a state: no China is in "China Lake, California"."""
    pieces: set[Place] = set()
    for before, place in pairwise(places):
        if before.kind is COUNTRY and place.kind is STATE and "US" not in before.countries and _is_listed_town(text, before, place):
            pieces.add(before)
        elif before.kind is not STATE and place.kind in (STATE, REGION) and before.countries != place.countries:
            start = town_start(text, place)
            if start <= before.start and text[start : place.start].rstrip(" ,") != text[before.start : before.end]:
                pieces.add(before)
    return tuple(place for place in places if place not in pieces) if pieces else places


def is_country_first(text: str) -> bool:
    """
    Tell whether a line is a place written from the country down.

    >>> is_country_first("US, CA, Bakersfield"), is_country_first("HR, IT, Sales")
    (True, False)
    """
    coded = _COUNTRY_FIRST.fullmatch(text)
    return coded is not None and bool(_read_country_first(coded))


def _read_country_first(coded: re.Match[str]) -> tuple[Place, ...]:
    """Return the country and the town of a place written so, none where the town lies elsewhere or codes stand for other things."""
    code, part = coded["country"], coded["part"]
    if (
        code not in country_codes()
        or _ONLY_CODES.fullmatch(coded["city"])
        or (code == "US" and part is not None and part not in read_lexicon("us_states")["names"])
    ):
        return ()
    known = list(_meanings_of(coded["city"]))
    if code != "US" and known and all(code not in meaning.countries for meaning in known):
        return ()
    if (
        code != "US"
        and not known
        and part is not None
        and (part in country_codes() or code in read_lexicon("towns")["other_codes"].split())
    ):
        return ()
    state = part if code == "US" else None
    province = part if code == "CA" else None
    place = Place(Meaning(code, COUNTRY, (code,)), coded.start("country"), coded.end("country"))
    if not coded["city"].strip() and state is None:
        return (place,)
    city = Meaning(coded["city"], CITY, (code,), us_state=state, province=province)
    return place, Place(city, coded.start("city"), coded.end("city"))


def _meanings_of(words: str) -> Iterator[Meaning]:
    """Yield what words that are one name from first to last may stand for, as a city or a town."""
    tokens = to_tokens(words)
    if tokens:
        for rest, meanings in names_by_first_word().get(tokens[0], ()):
            if rest == tokens[1:]:
                yield from meanings
        yield from towns_named(tokens)


def _towns_in(text: str, start: int, taken: list[_Named]) -> Iterator[_Named]:
    """Yield the towns named in a text where no other place stands; an ordinary word only before its state or country."""
    firsts = first_words_of_towns()
    at = start
    for word in _CAPITALISED.finditer(text, start):
        key = to_key(word[0].removesuffix("."))
        if key not in firsts or word.start() < at or (word.start() and text[word.start() - 1].isalnum()):
            continue
        spans = [(key, word.end() - _is_full_stop(word[0]))]
        while len(spans) < _LONGEST_TOWN and (more := _NEXT_WORD.match(text, spans[-1][1])):
            spans.append((to_key(more[1]), more.end() - _is_full_stop(more[1])))
        for length in range(len(spans), 0, -1):
            tokens, end = tuple(token for token, _ in spans[:length]), spans[length - 1][1]
            towns = towns_named(tokens)
            if not towns or any(first < end and word.start() < last for first, last, _ in taken):
                continue
            over = next((meanings for first, _, meanings in taken if _BEHIND.fullmatch(text, end, first)), None)
            if over is None and (is_ordinary_word(tokens) or len(text[word.start() : end]) <= _SHORT or text[word.start() : end].isupper()):
                continue
            if (over is None and _GOES_ON.match(text, end)) or (over is not None and _agreeing(towns, over) is None):
                continue
            yield word.start(), end, towns
            at = end
            break


def town_start(text: str, place: Place) -> int:
    """
    Return where the words for a place begin, with a town before it that no list need know.

    >>> [text[town_start(text, find_places(text)[-1]):] for text in ("Remote; Barksdale AFB, Louisiana", "we like Louisiana")]
    ['Barksdale AFB, Louisiana', 'Louisiana']
    """
    is_behind = "," in text[max(0, place.start - 3) : place.start]
    if not is_behind or (place.kind not in (STATE, REGION, COUNTRY) and not _is_named_like_state(place.meaning)):
        return place.start
    town = _TOWN_LEAD.search(text, max(0, place.start - _LONGEST_LEAD), place.start)
    return town.start("town") if town else place.start


def _named(text: str, start: int, *, any_case: bool) -> Iterator[_Named]:
    """Yield the names of the word lists, as spans with what they may stand for."""
    table = names_by_first_word()
    words = _ANY_WORD if any_case else _CAPITALISED
    at = start
    for word in words.finditer(text, start):
        written = word[0]
        key = written.lower() if written.isascii() and "." not in written else to_key(written)
        names = table.get(key)
        if not names or word.start() < at or (word.start() and text[word.start() - 1].isalnum()):
            continue
        following = _following_words(text, word.end(), after=key, most=len(names[0][0])) if names[0][0] else ()
        for rest, meanings in names:
            if rest and (len(rest) > len(following) or any(one != there[0] for one, there in zip(rest, following, strict=False))):
                continue
            end = following[len(rest) - 1][1] if rest else word.end() - _is_full_stop(written)
            if _is_name(text, word.start(), end, any_case=any_case):
                yield word.start(), end, meanings
                at = end
                break


def _is_name(text: str, start: int, end: int, *, any_case: bool) -> bool:
    """Tell whether text[start:end] is spelt as a name; short ones need capitals in any case, and US is no name in "ABOUT US"."""
    if text[start - 1 : start] == "-" and text[start - 2 : start - 1].isupper() and text[start:end].isupper():
        return text[start:end] in _JOINED_NAMES
    if any_case and end - start > _SHORT:
        return True
    name = text[start:end]
    return is_spelt_as_name(name) and not (name == "US" and _SCREAMED_PRONOUN.search(text[max(0, start - 20) : start]))


def _following_words(text: str, at: int, *, after: str, most: int) -> list[tuple[str, int]]:
    """Return the words right behind a name's first word, as table keys with where they end; none where no name goes on so."""
    words: list[tuple[str, int]] = []
    while len(words) < most and (word := _NEXT_WORD.match(text, at)):
        key = to_key(word[1])
        if not words and key not in second_words()[after]:
            break
        words.append((key, word.end() - _is_full_stop(word[1])))
        at = word.end()
    return words


def _is_full_stop(word: str) -> bool:
    """Tell whether a word's dot ends a sentence: it has no other one ("U.S." has)."""
    return word.endswith(".") and word.count(".") == 1


def _coded(text: str, named: list[_Named]) -> list[_Named]:
    """Return the codes that stand for a place: behind a city ("Austin, TX"), or in a run ("CA, CO or NY")."""
    if _ANY_CODE.search(text) is None:
        return []
    spans: dict[int, _Named] = {}
    for _, end, meanings in named:
        code = _AFTER_CITY.match(text, end)
        meaning = _code_behind(code[1], meanings[0]) if code else None
        if code and meaning:
            spans[code.start(1)] = (code.start(1), code.end(1), (meaning,))
    ends = {end for _, end, _ in named}
    for match in _CITY_BEFORE_CODE.finditer(text):
        if ends.isdisjoint(range(match.start(1) - 3, match.start(1) + 1)):
            spans[match.start(1)] = (match.start(1), match.end(1), (_state(match[1]),))
    for run in _CODE_RUN.finditer(text):
        for code in _ONE_CODE.finditer(text, run.start(), run.end()):
            spans.setdefault(code.start(), (code.start(), code.end(), (_state(code[0]),)))
    if not spans:
        return []
    taken = {offset for start, end, _ in named for offset in range(start, end)}
    return [span for span in spans.values() if span[0] not in taken]


def _code_behind(code: str, city: Meaning) -> Meaning | None:
    """Return what a code behind a city stands for: its own country, a province, a state, or a country by its three letters."""
    if code in city.countries or three_letter_codes().get(code) in city.countries:
        return Meaning(code, COUNTRY, city.countries)
    for country in _countries_of_provinces().get(code, ()):
        if country in city.countries or city.is_shared:
            return Meaning(code, REGION, (country,), province=code[:2] if country == "CA" else None)
    return _state(code) if code in read_lexicon("us_states")["names"] else None


@cache
def _countries_of_provinces() -> dict[str, tuple[str, ...]]:
    """Return the countries that have a province of a code."""
    found: dict[str, tuple[str, ...]] = {}
    for country, codes in read_lexicon("cities")["region_codes"].items():
        for code in codes.split():
            found[code] = (*found.get(code, ()), country)
    return found


def _with_rows(text: str, found: list[_Named]) -> list[_Named]:
    """Return places with the codes of a row of countries read as such: CA beside US and FR is Canada."""
    for row in islice(_ROW.finditer(text), _MOST_ROWS):
        codes = [code for code in _ROW_CODE.finditer(text, row.start(), row.end()) if text[code.start() : code.end()].lower() != "or"]
        if _is_row_of_countries(row[0], [code[0].upper() for code in codes]):
            first, last = row.span()
            whole = [(code.start(), code.end(), _country_of(code[0].upper())) for code in codes if code[0].upper() not in _SPELT_AREAS]
            kept = [named for named in found if not (first <= named[0] < last) or text[named[0] : named[1]] in _SPELT_AREAS]
            found = [*kept, *whole]
    return found


def _is_row_of_countries(row: str, codes: Sequence[str]) -> bool:
    """Tell whether all codes are countries', and one of them nothing else; of two with a comma the second is the first one's state."""
    known = country_codes() | _OTHER_CODES.keys() | _SPELT_AREAS
    if len(codes) < 2 or not known.issuperset(codes):  # noqa: PLR2004 -- a row has two
        return False
    states = read_lexicon("us_states")["names"]
    if any(code not in states and _OTHER_CODES.get(code, code) != "US" for code in codes):
        return "," not in row or len(codes) > 2 or "emote" in row or codes[0] in _OTHER_CODES  # noqa: PLR2004
    return _OTHER_CODES.get(codes[0], codes[0]) == "US" and codes[1:] == ["CA"] and "," not in row


_MOST_ROWS = 5
_OTHER_CODES = {"USA": "US", "UK": "GB", "UAE": "AE"}
_SPELT_AREAS = frozenset({"EU", "EEA"})


def _country_of(code: str) -> tuple[Meaning, ...]:
    alpha = _OTHER_CODES.get(code, code)
    return (Meaning(code, COUNTRY, (alpha,)),)


@cache
def _state(code: str) -> Meaning:
    return Meaning(code, STATE, ("US",), us_state=code)


def _settle(text: str, found: list[_Named]) -> Iterator[Place]:
    """Choose one meaning for each name: a place right behind a city decides, else what lies in another place's country."""
    sure = {country for _, _, meanings in found if len(meanings) == 1 for country in meanings[0].countries}
    agreed: Meaning | None = None
    for index, (start, end, meanings) in enumerate(found):
        meaning = agreed or _likeliest(meanings, sure)
        agreed = None
        behind = found[index + 1] if index + 1 < len(found) else None
        before = found[index - 1] if index else None
        if meaning.is_shared and before and _leads(text, before, start):
            meaning = _within(meaning, before[2][0])
        elif meaning.kind is CITY and behind and _may_stand_over(text, end, behind) and _BEHIND.fullmatch(text, end, behind[0]):
            agreed = _agreeing((*meanings, *towns_named(to_tokens(meaning.name))), behind[2])
            over = agreed or (_likeliest(behind[2], sure) if meaning.is_shared or _stands_over(text, end, behind) else None)
            meaning = _within(meaning, over) if over else meaning
        yield Place(meaning=meaning, start=start, end=end)


def _is_listed_town(text: str, before: Place, place: Place) -> bool:
    """Tell whether what has a country's name is a town of the state behind it, in a list: "Peru, Indiana; Gary, Indiana"."""
    opens, closes = text[: before.start].rstrip()[-1:], text[place.end :].lstrip()[:1]
    return text[before.end : place.start].strip() == "," and opens in ("", ";") and closes in ("", ";") and opens + closes != ""


@cache
def _names_like_states() -> frozenset[str]:
    return frozenset(read_lexicon("us_states")["named_like_states"]["names"].split("|"))


def _is_named_like_state(meaning: Meaning) -> bool:
    return meaning.name in _names_like_states()


def _may_stand_over(text: str, end: int, behind: _Named) -> bool:
    """Tell whether a name behind a city may be what the city lies in; a city named like its state is that in a list with semicolons."""
    if behind[2][0].kind is not CITY:
        return True
    return _is_named_like_state(behind[2][0]) and ";" in text and text[end : behind[0]].strip() == ","


def _stands_over(text: str, end: int, behind: _Named) -> bool:
    """Tell whether a state of the USA right behind a city can be no other place of a list: nothing goes on after it."""
    is_state = behind[2][0].kind is STATE and len(behind[2]) == 1
    return is_state and text[end : behind[0]].strip() == "," and _LIST_GOES_ON.match(text, behind[1]) is None


def _within(city: Meaning, over: Meaning) -> Meaning:
    """Return a city as lying in a place that is named beside it."""
    if over.countries and over.countries != city.countries:
        return replace(city, countries=over.countries, us_state=over.us_state, province=over.province)
    return replace(city, us_state=over.us_state or city.us_state, province=over.province or city.province)


def _agreeing(cities: Sequence[Meaning], over: Sequence[Meaning]) -> Meaning | None:
    """Return which of the places that a name behind a city may stand for has such a city: a state or province before a country."""
    for place in over:
        if place.us_state and any(city.us_state == place.us_state for city in cities):
            return place
        if place.province and any(city.province == place.province for city in cities):
            return place
    whole = [place for place in over if not place.us_state and not place.province and place.countries]
    return next((place for place in whole if any(place.countries[0] in city.countries for city in cities)), None)


def _leads(text: str, before: _Named, start: int) -> bool:
    """Tell whether a state or region stands before a city as its heading: "Maine - Portland"."""
    return before[2][0].kind in (STATE, REGION) and text[before[1] : start] in (" - ", " – ", ": ", "/")


def _likeliest(meanings: tuple[Meaning, ...], sure: set[str]) -> Meaning:
    if len(meanings) == 1 or (meanings[0].countries[:1] == ("US",) and "US" in sure):
        return meanings[0]
    others = [meaning for meaning in meanings if sure.intersection(meaning.countries)]
    abroad = [meaning for meaning in meanings if "US" not in meaning.countries] if sure else []
    return (others or abroad or list(meanings))[0]


def words_of_places(text: str, words: frozenset[str]) -> frozenset[str]:
    """
    Return the words of a text that a place's name may begin with, and the codes of US states behind commas: a quick first look.

    `words` are all the text's words in lower case: "San" begins no name in a text without "Francisco", "Diego" and the like.

    >>> sorted(words_of_places("We work in Peru or in Bend, OR.", frozenset({"we", "work", "in", "peru", "or", "bend"})))
    ['OR', 'Peru']
    """
    table = names_by_first_word()
    firsts = [word for word in set(_CAPITALISED.findall(text)) if word.lower() in table or "." in word or not word.isascii()]
    found = (word for word in firsts if (second := _second_words(word)) and ("" in second or not words.isdisjoint(second)))
    return frozenset({*found, *_STATE_CODE.findall(text), *_COUNTRY_FIRST_LINE.findall(f"\n{text}")})


@lru_cache(maxsize=20_000)
def _second_words(word: str) -> frozenset[str]:
    """Return the words that a place's name may go on with after a first word, folded and as spelt, none for other words; "" for no more."""
    table = names_by_first_word()
    names = table.get(word.lower(), ()) or table.get(to_key(word), ())
    spelt = (to_words(meaning.name.lower())[1] for rest, meanings in names if rest for meaning in meanings)
    return frozenset((*(rest[0] if rest else "" for rest, _ in names), *spelt))


def is_place_name(words: str) -> bool:
    """
    Tell whether words are the name of a place and nothing else.

    >>> is_place_name("New Zealand"), is_place_name("New Balance")
    (True, False)
    """
    first = to_words(words)[:1]
    if not first or to_key(first[0]) not in names_by_first_word():
        return False
    tokens = to_tokens(words)
    return any(rest == tokens[1:] for rest, _ in names_by_first_word().get(tokens[0], ()))
