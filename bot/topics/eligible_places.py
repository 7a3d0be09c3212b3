"""Whether somebody at a place may work for a posting, down to states, provinces and cities; "only" there, and "must" I be there."""

import re
from collections.abc import Sequence
from functools import cache

from bot.domain.facts import Eligibility, Fact, Scope
from bot.domain.query import Ask, Place, Verdict, turn
from bot.text.clean import fold
from bot.text.document import Document, Sentence
from bot.text.lexicon import one_of, read_lexicon
from bot.text.places import find_places
from bot.topics.countries import countries_of, tell_whether_eligible

YES, NO, UNCLEAR = Verdict.YES, Verdict.NO, Verdict.UNCLEAR

_MANY_STATES = 3
"""A posting that names so many states is open in these alone; of one or two it may only say where its office is."""

_OUTLYING = frozenset({"AK", "HI"})
_CONTIGUOUS = re.compile(r"\b(?:contiguous|lower 48|continental)\b", re.IGNORECASE)
_EXCEPT = r"\b(?:except(?:ing|ion of)?|exclud\w{1,4}|not (?:available|eligible|open|hiring|able to hire)|other than|outside)\b[^.;]{0,120}"
_OF_PAY = re.compile(r"[$€£]|\b(?:salary|pay|compensation)\b", re.IGNORECASE)
_EITHER_REMOTE = re.compile(r"\bor\b[^.;]{0,20}\bremote|\bremote[^.;]{0,20}\bor\b", re.IGNORECASE)
_OR_REMOTE = re.compile(r"\bremot\w{0,4}\b", re.IGNORECASE)
_PROVINCE_LIST = re.compile(r"\bprovinces?\b[^.;]{0,40}:", re.IGNORECASE)


def judge_place(ask: Ask, facts: Sequence[Fact[Eligibility]], document: Document) -> Verdict | None:
    """
    Tell whether somebody at a place may work for the posting; where nothing is stated, it is unclear, never a no.

    Asked with "only", whether nobody elsewhere may; asked for the opposite, whether somebody outside of it may; asked with "must",
    whether one must be there.
    """
    place = ask.place
    if place is None:
        return None
    if not facts:
        return UNCLEAR
    stated = facts[0].value
    if ask.is_only or ask.is_must:
        return _judge_only(place, facts[0])
    if ask.is_denied:
        elsewhere = turn(_judge_only(place, facts[0]), is_denied=True)
        # "Cyprus or remote" does not say where remote is.
        return UNCLEAR if elsewhere is NO and _EITHER_REMOTE.search(facts[0].quote.text) else elsewhere
    verdict = _judge_country(place, stated)
    if verdict is not YES or not (place.state or place.city):
        return verdict
    return _judge_within(place, facts[0], document)


def _judge_country(place: Place, stated: Eligibility) -> Verdict:
    if place.country is not None:
        return Verdict.of(tell_whether_eligible(stated, place.country))
    if place.area is None:
        return UNCLEAR
    if place.area in stated.areas:
        return YES
    each = {tell_whether_eligible(stated, code) for code in countries_of(place.area)}
    return Verdict.of(next(iter(each))) if len(each) == 1 else UNCLEAR


def _judge_only(place: Place, fact: Fact[Eligibility]) -> Verdict:
    """Tell whether one must be at a place: a part of a country that is open as a whole is no must."""
    stated, said = fact.value, fact.quote.text
    if stated.scope is Scope.UNSTATED:
        return UNCLEAR
    if stated.scope is Scope.WORLDWIDE:
        return NO
    inside = countries_of(place.area) if place.area else {place.country}
    open_to = {*stated.countries, *(code for area in stated.areas for code in countries_of(area))}
    if not open_to <= inside:
        return NO
    if not (place.state or place.city):
        return YES
    is_named = any(name and fold(name) in fold(said) for name in (place.city, place.typed))
    return UNCLEAR if is_named and not (_OR_REMOTE.search(said) and _names_whole_country(said)) else NO


def _judge_within(place: Place, fact: Fact[Eligibility], document: Document) -> Verdict:
    """Tell whether a state, province or city is open where its country is."""
    if find_left_out(place, document) is not None:
        return NO
    states, said = fact.value.us_states, fact.quote.text
    if place.country == "US" and place.state and states and place.state not in states:
        if len(states) >= _MANY_STATES:
            return NO
        return YES if _OR_REMOTE.search(said) and _names_whole_country(said) else UNCLEAR
    if place.country == "CA" and (lists := [line.text for line in document.lines if _PROVINCE_LIST.search(line.text)]):
        names = {fold(name) for name in (place.typed, place.city or "", PROVINCES.get(place.state or "", "")) if name}
        return Verdict.told(holds=any(name in fold(text) for name in names for text in lists))
    return YES


def _names_whole_country(said: str) -> bool:
    return any(place.countries == ("US",) and place.us_state is None for place in find_places(said))


def find_limit(place: Place, document: Document) -> Sentence | None:
    """Return the sentence that leaves out a part of a country, or lists the provinces that are open."""
    listed = (sentence for sentence in document.sentences() if place.country == "CA" and _PROVINCE_LIST.search(sentence.text))
    return find_left_out(place, document) or next(listed, None)


def name_part(place: Place) -> str:
    """Return the name of a state or province, as typed where it is neither."""
    name = _states().get(place.state or "") if place.country == "US" else PROVINCES.get(place.state or "")
    return name if name and not place.city else place.typed[:1].upper() + place.typed[1:]


def find_left_out(place: Place, document: Document) -> Sentence | None:
    """Return the sentence that leaves out a part of a country: a state, a city and what lies around it, what touches no other state."""
    names = {name for name in (place.city, place.typed, _states().get(place.state or "")) if name}
    names |= {metro for metro, towns in read_lexicon("metros").items() if any(fold(name) in towns for name in names)}
    pattern = re.compile(f"{_EXCEPT}(?<!\\w)(?:{one_of(names)})(?!\\w)", re.IGNORECASE) if names else None
    for sentence in document.sentences():
        is_outlying = place.state in _OUTLYING and _CONTIGUOUS.search(sentence.text) is not None
        if (is_outlying or (pattern and pattern.search(sentence.text))) and not _OF_PAY.search(sentence.text):
            return sentence
    return None


@cache
def _states() -> dict[str, str]:
    """The names of the states of the USA by their postal codes."""
    return {code: names.partition("|")[0] for code, names in read_lexicon("us_states")["names"].items()}


PROVINCES = {
    "AB": "Alberta",
    "BC": "British Columbia",
    "MB": "Manitoba",
    "NB": "New Brunswick",
    "NL": "Newfoundland",
    "NS": "Nova Scotia",
    "ON": "Ontario",
    "PE": "Prince Edward Island",
    "QC": "Quebec",
    "SK": "Saskatchewan",
}
