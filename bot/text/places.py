"""The places that a text names, each with its span: countries, areas, US states, regions, cities."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple, TypeAlias

from bot.domain.facts import Area
from bot.text.gazetteer import (
    CITY,
    COUNTRY,
    REGION,
    STATE,
    Meaning,
    PlaceKind,
    is_spelt_as_name,
    names_by_first_word,
    second_words,
    three_letter_codes,
    to_key,
    to_tokens,
    to_words,
)
from bot.text.lexicon import read_lexicon

_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ɏ][^\W\d_]*(?:['’.][^\W\d_]+)*\.?")
"""A word or the rest of one ("Phone" in "iPhone"): to look behind each letter would take three times as long."""

_ANY_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*\.?|&")
_NEXT_WORD = re.compile(r"(?:\s{1,2}|-|/|,\s|\s?(?=&)|(?<=&))([^\W\d_]+(?:['’.][^\W\d_]+)*\.?|&|\d+)")
_AFTER_CITY = re.compile(r"\)?\s?,\s?([A-Z]{2,3})\b(?![.'’]?[a-z])")
_CODE = r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])"
_CODE_RUN = re.compile(rf"(?<![\w-]){_CODE}(?:(?:,\s?|/|\s?[&|]\s?|,?\s(?:and|or|&)\s|,\s(?:and|or|&)\s){_CODE}){{1,55}}(?![\w-])")
_ONE_CODE = re.compile(rf"(?<![^\W_]){_CODE}(?![^\W_])")
_ANY_CODE = re.compile(r"[,/&|]\s?([A-Z]{2})(?![a-z])")
_STATE_CODE = re.compile(rf"[,/&|]\s?({_CODE})(?![A-Za-z])")
_CITY_BEFORE_CODE = re.compile(
    rf"(?<![\w-])(?:[A-Z]['’])?(?:Mc)?[A-Z][a-z]{{1,24}}(?:\s\(Remote\))?,\s?({_CODE})(?![\w-])(?!\s[A-Z]{{2}}|\s?=|[/&])"
)
_BEHIND = re.compile(r"\s?[,(–-]\s?|\s")
_SCREAMED_PRONOUN = re.compile(
    r"\b(?:ABOUT|JOIN|CONTACT|TELL|WITH|FOR|AT|OF|LET|GIVE|SEND|EMAIL|FOLLOW|TO|HELP|WORKING WITH|MAKES|LIKE|WHY|BEHIND|AND)\s$"
)
_Named: TypeAlias = tuple[int, int, tuple[Meaning, ...]]
"""A name's start and end in the text, and what it may stand for."""

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


def find_places(text: str, *, any_case: bool = False, start: int = 0) -> tuple[Place, ...]:
    """
    Return the places named in a text, in order; a name's longest form counts and a place behind a city settles its country.

    Names begin with a capital (short ones are all capitals) unless `any_case`. Whether somebody may work there is not asked here.

    >>> [(place.kind.value, place.countries, place.us_state) for place in find_places("Remote in the UK or Austin, TX")]
    [('country', ('GB',), None), ('city', ('US',), 'TX'), ('state', ('US',), 'TX')]
    >>> find_places("Join us in May")
    ()
    """
    found = list(islice(_named(text, start, any_case=any_case), _MOST))
    found += _coded(text, found)
    found.sort(key=lambda candidate: candidate[0])
    return tuple(_settle(text, found))


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
            return Meaning(code, REGION, (country,))
    if code in read_lexicon("us_states")["names"] and (city.is_shared or "US" in city.countries):
        return _state(code)
    return None


@cache
def _countries_of_provinces() -> dict[str, tuple[str, ...]]:
    """Return the countries that have a province of a code."""
    found: dict[str, tuple[str, ...]] = {}
    for country, codes in read_lexicon("cities")["region_codes"].items():
        for code in codes.split():
            found[code] = (*found.get(code, ()), country)
    return found


@cache
def _state(code: str) -> Meaning:
    return Meaning(code, STATE, ("US",), us_state=code)


def _settle(text: str, found: list[_Named]) -> Iterator[Place]:
    """Choose one meaning for each name: a place behind a shared city decides, else what lies in another place's country."""
    sure = {country for _, _, meanings in found if len(meanings) == 1 for country in meanings[0].countries}
    for index, (start, end, meanings) in enumerate(found):
        meaning = _likeliest(meanings, sure)
        behind = found[index + 1] if index + 1 < len(found) else None
        before = found[index - 1] if index else None
        if meaning.is_shared and before and _leads(text, before, start):
            meaning = replace(meaning, countries=before[2][0].countries, us_state=before[2][0].us_state)
        elif meaning.is_shared and behind and _BEHIND.fullmatch(text, end, behind[0]) and behind[2][0].kind is not CITY:
            over = _likeliest(behind[2], sure)
            if over.countries and over.countries != meaning.countries:
                meaning = replace(meaning, countries=over.countries, us_state=over.us_state)
            elif over.us_state:
                meaning = replace(meaning, us_state=over.us_state)
        yield Place(meaning=meaning, start=start, end=end)


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
    return frozenset({*found, *_STATE_CODE.findall(text)})


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
