"""Which country a typed name or a whole question names, typos included."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from bot.text.clean import fold
from bot.text.gazetteer import Meaning, PlaceKind, country_codes, find_named_country, form_of, names_by_first_word, to_tokens
from bot.text.lexicon import read_lexicon
from bot.text.places import Place, find_places

_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")
_HERE = (
    r"(?:liv(?:e|es|ing|ed)|based|located|resid(?:e|es|ing)|stay(?:ing)?|sitting|i['’]?m|i am|we['’]?re|am|currently"
    r"|move|moving|relocate|stuck)\s(?:\w{2,10}ly\s|\w{3,8}\s)?(?:in|to|at|near|outside)"
)
_SURE = re.compile(
    rf"\b(?:{_HERE}|(?:apply|applying|work|working|remotely|remote|job|role|it|this|hire"
    rf"|do)\s(?:\w{{1,12}}\s){{0,2}}from|(?:citizen|resident|national)s?\sof|ppl|people)\s(?:the\s|of\s|in\s"
    rf"|outside\s|from\s){{0,3}}$",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"\b(?:from|in|within|inside|near|outside|to|across|around|of|into|throughout|aus|desde|depuis|en|em|au|aux"
    r"|living|via|except|like)\s(?:of\s)?(?:the\s|greater\s|downtown\s|sunny\s|state of\s|el\s|la\s|os\s|o\s"
    r"|a\s)?$",
    re.IGNORECASE,
)
_PERSON_BEFORE = re.compile(
    r"\b(?:as|i['’]?m|i am|am|being|a|an|for|some|hire|any|other|us)\s(?:\w{3,10}\s)?$|\b(?:an?|can|do|are|could|would)\s$", re.IGNORECASE
)
_PERSON_BEHIND = re.compile(
    r"\s(?:citizens?|residents?|nationals?|passport|applicants?|candidates?|devs?|developers?|engineers?|people"
    r"|person|guy|here|myself|working|living)\b",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"\b(?:speak\w{0,3}|language|fluent|know|learn|talk|written|native|b2|c1|level|in)\s(?:\w{1,8}\s)?$", re.IGNORECASE)
_OUTSIDE = re.compile(
    r"\b(?:outside|except|excluding|beyond|besides|apart from|other than|not in|not from|aren['’]?t in"
    r"|isn['’]?t in|non|fora|fuera|außerhalb|hors)[\s-](?:of\s|from\s|de\s|do\s)?(?:the\s)?$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:in|the|from|outside|within|inside|non|only|of|to)[\s-]us\b(?!\s(?:know|about|a\b))|\bus[\s-](?:only"
    r"|based|citizens?|residents?|person|remote|states?|applicants?|time)\b|^us$",
    re.IGNORECASE,
)
_NAMES_A_COMPANY = re.compile(r"\b(?:bank of|air|voice of|radio|virgin|telecom|corporation of)\s(?:the\s)?$", re.IGNORECASE)
_COMPANY_BEHIND = re.compile(
    r"\s(?:express|airlines|airways|goose|life|post|bank|instruments|dynamics|consulting|scientific|stock exchange"
    r"|times|red cross|robotics|technologies|inc|ltd|gmbh)\b",
    re.IGNORECASE,
)

_LEAST_LIKE = 84.0
"""Of 100: "germny" and "germany" have 92, "chile" and "child" 80, "spain" and "spin" 89 (which is why a cue is needed as well)."""

_LEAST_AHEAD = 1.0
"""Ahead of the next country by this much: "nigera" is Nigeria by 1.4 over Niger; equal names are nobody's."""

_SPELT_RIGHT = 100.0
"""No typo: such a name was found before, and thought to be no place here."""

_FEWEST_LETTERS = 5
_ALONE = 3
"""Words: a text this short is a name by itself."""


@dataclass(frozen=True, slots=True)
class CountryMention:
    """A country in a question, and how it was named."""

    code: str
    """ISO 3166-1 alpha-2."""

    words: str
    """As typed."""

    place: str | None = None
    """The state, region or city that was named for it, as it is spelt: "Hawaii"."""

    us_state: str | None = None
    """Its postal code, for a place in the USA."""

    outside: bool = False
    """Everywhere but there: "outside the US"."""

    alternatives: tuple[str, ...] = ()
    """Other countries that the same words may mean: Georgia."""

    sureness: int = 1
    """How surely it is where somebody is: 1 named, 2 behind "from" or "in" or as people, 3 "living in", "apply from" and the like."""


def find_country(question: str) -> CountryMention | None:
    """
    Return the country that a typed name or a question names, or None.

    Names count in any case; cities, states, people ("as a Brazilian") and names that are ordinary words need a cue such as "from".

    >>> find_country("can i apply from germny?").code
    'DE'
    >>> find_country("im in hawaii").place, find_country("anyone outside the US?").outside
    ('Hawaii', True)
    >>> find_country("does it pay us in euros") is None
    True
    """
    text = " ".join(question.split())[:400]
    mentions = [(rank, place.start, place) for place in find_places(text, any_case=True) if (rank := _rank(text, place)) > 0]
    mentions += [(rank, place.start, place) for place in _us_typed_small(text) if (rank := _rank(text, place)) > 0]
    if not mentions:
        return _find_misspelt(text)
    rank, _, best = max(mentions, key=lambda mention: mention[:2])
    return replace(_to_mention(text, best.meaning, best.start, best.end), sureness=rank)


def find_typed_country(name: str) -> CountryMention | None:
    """
    Return the country that is named where nothing but a country is asked for, by any name that is shown for it or as `find_country` does.

    >>> find_typed_country("the Congo - Kinshasa").code, find_typed_country("germny").code
    ('CD', 'DE')
    >>> find_typed_country("Granada").code, find_typed_country("Granada").alternatives
    ('GD', ('ES',))
    """
    mention, code = find_country(name), find_named_country(name)
    if code is None or (mention is not None and (mention.code, mention.place) == (code, None)):
        return mention
    words = name.strip()
    return CountryMention(code=code, words=words, alternatives=_other_countries(words, Meaning(words, PlaceKind.COUNTRY, (code,))))


def _us_typed_small(text: str) -> Iterator[Place]:
    """Yield the USA where "us" is the country and no pronoun: "in the us", "us only"."""
    for match in _PRONOUN.finditer(text):
        at = match[0].casefold().find("us") if match[0].casefold().startswith("us") else len(match[0]) - 2
        start = match.start() + at
        yield Place(Meaning("US", PlaceKind.COUNTRY, ("US",)), start, start + 2)
    for match in re.finditer(r"\b(?:usa|uk|uae|nyc|sf|u\.s\.a?|u\.k)\b", text):
        found = find_places(match[0].upper())
        yield from (Place(place.meaning, match.start(), match.end()) for place in found)


def _rank(text: str, place: Place) -> int:
    """Return how surely a place is where the person is: 0 for not at all, 3 for "living in" and the like."""
    if not place.countries or _NAMES_A_COMPANY.search(text, 0, place.start) or _COMPANY_BEHIND.match(text, place.end):
        return 0
    before = text[max(0, place.start - 50) : place.start]
    if place.kind is PlaceKind.PEOPLE:
        return _rank_people(text, before, place)
    alone = len(_WORD.findall(text)) <= _ALONE
    if _SURE.search(before):
        return 3
    if _CUE.search(before) or _OUTSIDE.search(before):
        return 2
    if alone and not before.casefold().endswith(("at ", "with ")):
        return 1
    return 1 if place.kind is PlaceKind.COUNTRY and not _is_ambiguous(text[place.start : place.end]) else 0


def _rank_people(text: str, before: str, place: Place) -> int:
    """Rank "Brazilian": a person before or behind, or a plural, but no language."""
    words = text[place.start : place.end].casefold()
    if _LANGUAGE.search(before):
        return 0
    if _PERSON_BEHIND.match(text, place.end) or (words.endswith("s") and not words.endswith(("ss", "is"))):
        return 2
    return 2 if _PERSON_BEFORE.search(before) else 0


def _is_ambiguous(words: str) -> bool:
    return fold(words) in _ambiguous_names()


def _to_mention(text: str, meaning: Meaning, start: int, end: int) -> CountryMention:
    words = text[start:end]
    others = _other_countries(words, meaning)
    chosen = meaning
    if others and len(_WORD.findall(text)) <= 1:
        chosen = next(other for other in _meanings(words) if other.kind is PlaceKind.COUNTRY)
        others = _other_countries(words, chosen)
    is_part = chosen.kind in (PlaceKind.STATE, PlaceKind.REGION, PlaceKind.CITY)
    return CountryMention(
        code=chosen.countries[0],
        words=words,
        place=chosen.name if is_part else None,
        us_state=chosen.us_state,
        outside=_OUTSIDE.search(text, 0, start) is not None and _OUTSIDE.search(text[:start]) is not None,
        alternatives=others,
    )


def _meanings(words: str) -> tuple[Meaning, ...]:
    tokens = to_tokens(words)
    return next((meanings for rest, meanings in names_by_first_word().get(tokens[0], ()) if rest == tokens[1:]), ())


def _other_countries(words: str, chosen: Meaning) -> tuple[str, ...]:
    """Return the other countries that a name stands for, where one of its meanings is a country ("Georgia")."""
    meanings = _meanings(words)
    if not any(meaning.kind is PlaceKind.COUNTRY for meaning in (chosen, *meanings)):
        return ()
    return tuple(dict.fromkeys(code for meaning in meanings for code in meaning.countries if code not in chosen.countries))


def _find_misspelt(text: str) -> CountryMention | None:
    """Return the country whose name the words behind a cue, or the few words alone, come nearest to."""
    words = list(_WORD.finditer(text))
    alone = len(words) <= _ALONE
    for index, word in enumerate(words):
        before = text[: word.start()]
        if not (
            _CUE.search(before)
            or _OUTSIDE.search(before)
            or _SURE.search(before)
            or _PERSON_BEFORE.search(before)
            or (alone and index == 0)
        ):
            continue
        for last in (words[index + 1 : index + 3][::-1] if len(words) > index + 1 else []) + [word]:
            found = _nearest(text[word.start() : last.end()])
            if found is not None:
                sureness = 3 if _SURE.search(before) else 2
                return replace(_to_mention(text, found, word.start(), last.end()), sureness=sureness)
    return None


def _nearest(written: str) -> Meaning | None:
    """Return what written words nearly name, clearly ahead of every other country."""
    key = " ".join(to_tokens(written))
    if len(key) < _FEWEST_LETTERS or any(word in _ordinary_words() for word in key.split()):
        return None
    near = process.extract(key, _spelt_names(), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKE, limit=6)
    if not near or near[0][1] >= _SPELT_RIGHT:
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
    return frozenset(read_lexicon("countries")["ambiguous"]["names"].split("|"))


@cache
def _ordinary_words() -> frozenset[str]:
    """Return words that are no misspelt place: those that questions are made of."""
    lexicon = read_lexicon("questions")
    return frozenset(f"{lexicon['function']} {lexicon['topical']}".split())


# The countries that a half-typed name may become.

_SHORTEST_MISTYPED = 4
_LEAST_LIKE_COMPLETED = 75.0
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
        near = process.extract(beginning, [name for name, _ in names], scorer=fuzz.ratio, score_cutoff=_LEAST_LIKE_COMPLETED, limit=limit)
        found += [names[place][1] for _, _, place in near]
    return list(dict.fromkeys(found))[:limit]


@lru_cache(maxsize=32)
def _names(locale: str) -> tuple[tuple[str, str], ...]:
    """Return the folded names with their codes, in alphabetical order, those of the locale before the English ones."""
    tables = dict.fromkeys((form_of(locale), form_of("en")))
    return tuple(pair for table in tables for pair in sorted((fold(str(table.territories[code])), code) for code in country_codes()))
