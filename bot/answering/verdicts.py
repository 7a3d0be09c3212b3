"""Yes, no or unclear: what a question asks weighed against what is stated, one function a topic; None where nothing is to be weighed."""

import math
import re
from collections.abc import Callable, Sequence
from typing import Any

from bot.domain.facts import Education, EducationLevel, Eligibility, Experience, Fact, Pay, Period, Scope
from bot.domain.query import Amount, Ask, Form, Place, Side, Verdict
from bot.text.clean import fold
from bot.text.document import Document
from bot.text.places import find_places
from bot.topics.countries import countries_of, tell_whether_eligible
from bot.topics.employment_type import EmploymentType
from bot.topics.timezone import Timezone
from bot.topics.visa import Sponsorship
from bot.topics.workplace import Workplace

YES, NO, UNCLEAR = Verdict.YES, Verdict.NO, Verdict.UNCLEAR


def _told(*, holds: bool) -> Verdict:
    return YES if holds else NO


def turn(verdict: Verdict | None, *, is_denied: bool) -> Verdict | None:
    """
    Return the verdict on the opposite, where a question asks for that.

    >>> turn(Verdict.YES, is_denied=True), turn(Verdict.UNCLEAR, is_denied=True)
    (<Verdict.NO: 'no'>, <Verdict.UNCLEAR: 'unclear'>)
    """
    return {YES: NO, NO: YES}.get(verdict, verdict) if is_denied and verdict is not None else verdict


# Pay against an amount: as written, in the currency and for the period that are stated; nothing is converted.

_THOUSANDS = 1_000
"""A smaller number beside yearly pay counts thousands: "over 200"."""

_USUAL = {Period.HOUR: 2_000.0, Period.DAY: 10_000.0}
"""An amount above this is not meant for an hour or a day, where the question names no period."""


def judge_pay(ask: Ask, facts: Sequence[Fact[Pay]]) -> Verdict | None:
    """Weigh an amount against the statements of pay: unclear where a range reaches across it, or where none is comparable."""
    if ask.amount is None or not facts:
        return None
    asked = [one for one in (_compare(ask.amount, fact.value) for fact in facts) if one is not None]
    if not asked:
        return UNCLEAR
    return turn(asked[0] if len(set(asked)) == 1 else UNCLEAR, is_denied=ask.is_denied)


def _compare(amount: Amount, pay: Pay) -> Verdict | None:
    """Weigh an amount against one statement; None where its currency or period is another one."""
    if (amount.currency or pay.currency) != pay.currency or (amount.per or pay.per) is not pay.per:
        return None
    value = amount.value
    if pay.per is Period.YEAR and amount.per is None and value < _THOUSANDS:
        value *= _THOUSANDS
    if amount.per is None and value > _USUAL.get(pay.per, math.inf):
        return None
    low = -math.inf if pay.minimum is None else pay.minimum
    high = math.inf if pay.maximum is None else pay.maximum
    if amount.side is Side.EXACT:
        return YES if low == high == value else UNCLEAR if low <= value <= high else NO
    if amount.side is Side.MORE:
        return YES if low >= value else NO if high < value else UNCLEAR
    return YES if high <= value else NO if low > value else UNCLEAR


# Years, degrees.


def judge_experience(ask: Ask, facts: Sequence[Fact[Experience]]) -> Verdict | None:
    """Weigh the years that somebody has, or that a question names, against the least that is asked for."""
    if not facts:
        return None
    required = facts[0].value.years
    if ask.years is None:
        is_plain = ask.form is Form.YES_NO and not ask.about
        return turn(_told(holds=required > 0), is_denied=ask.is_denied) if is_plain else None
    years = ask.years.value
    if ask.years.is_own or ask.is_own:
        return _told(holds=years >= required)
    holds = {
        Side.MORE: required >= years,
        Side.LESS: required <= years,
        Side.EXACT: required >= years if ask.is_must else required == years,
    }
    return turn(_told(holds=holds[ask.years.side]), is_denied=ask.is_denied)


_LEVELS = tuple(EducationLevel)


def judge_education(ask: Ask, facts: Sequence[Fact[Education]]) -> Verdict | None:
    """
    Weigh a degree against the lowest that is enough: one that somebody has, or one that may be needed.

    What is only named, or may be made up for by experience, is not needed.
    """
    if not facts:
        return None
    stated = facts[0].value
    enough, level = _LEVELS.index(stated.level), ask.level
    if level is EducationLevel.NONE:
        return _told(holds=not stated.required)
    if level is None:
        return turn(_told(holds=stated.required), is_denied=ask.is_denied) if ask.form is Form.YES_NO or ask.is_must else None
    if ask.is_own and not ask.is_must:
        return _told(holds=_LEVELS.index(level) >= enough or not stated.required)
    return turn(_told(holds=stated.required and enough >= _LEVELS.index(level)), is_denied=ask.is_denied)


# Values: where the work is done, the kind of employment, visas, hours.


def judge_workplace(ask: Ask, facts: Sequence[Fact[Workplace]]) -> Verdict | None:
    """Weigh "remote", "hybrid" or "onsite"; who must come in on some days must come in."""
    if not ask.values or not facts or ask.form is Form.WHICH:
        return None
    asked, stated = ask.values[0], facts[0].value
    verdict = _told(holds=asked == stated)
    if asked == Workplace.ONSITE and stated is Workplace.HYBRID:
        verdict = YES if ask.is_must else UNCLEAR
    return turn(verdict, is_denied=ask.is_denied)


_HOURS = frozenset({EmploymentType.FULL_TIME, EmploymentType.PART_TIME})


def judge_employment_type(ask: Ask, facts: Sequence[Fact[EmploymentType]]) -> Verdict | None:
    """Weigh a kind of employment; what says how many hours says nothing of how long, and the other way about."""
    if not ask.values or not facts or ask.form is Form.WHICH:
        return None
    asked, stated = ask.values[0], facts[0].value
    verdict = YES if asked == stated else NO if (asked in _HOURS) == (stated in _HOURS) else UNCLEAR
    return turn(verdict, is_denied=ask.is_denied)


def judge_visa(ask: Ask, facts: Sequence[Fact[Sponsorship]]) -> Verdict | None:
    """Tell whether visas are sponsored."""
    if not facts:
        return None
    verdict = _told(holds=facts[0].value is Sponsorship.YES)
    return turn(verdict, is_denied=ask.is_denied or ask.values[:1] == ("no",))


def judge_timezone(ask: Ask, facts: Sequence[Fact[Timezone]]) -> Verdict | None:
    """Say that it is unclear whether hours fit, unless the posting names the very zone that is asked about."""
    if not facts or ask.form is not Form.YES_NO:
        return None
    said = fold(facts[0].value.text)
    named = [fold(word) for word in (*ask.about, *ask.values)]
    return turn(YES, is_denied=ask.is_denied) if any(word in said for word in named) else UNCLEAR


# Where somebody may live and work: countries, areas, states, and "only" there.

_MANY_STATES = 3
"""A posting that names so many states is open in these alone; of one or two it may only say where its office is."""

_OUTLYING = frozenset({"AK", "HI"})
_CONTIGUOUS = re.compile(r"\b(?:contiguous|lower 48|continental)\b", re.IGNORECASE)
_EXCEPT = (
    r"\b(?:except(?:ing)?|exclud\w{1,4}|excluding|not (?:available|eligible|open|hiring|able to hire)|other than|outside)\b[^.;]{0,120}"
)
_OR_REMOTE = re.compile(r"\bremot\w{0,4}\b", re.IGNORECASE)
_PROVINCES = re.compile(r"\bprovinces?\b[^.;]{0,40}:", re.IGNORECASE)


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
        return _judge_only(place, stated)
    if ask.is_denied:
        return turn(_judge_only(place, stated), is_denied=True)
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


def _judge_only(place: Place, stated: Eligibility) -> Verdict:
    """Tell whether one must be at a place: a part of a country that is open as a whole is no must."""
    if stated.scope is Scope.UNSTATED:
        return UNCLEAR
    if stated.scope is Scope.WORLDWIDE:
        return NO
    inside = countries_of(place.area) if place.area else {place.country}
    open_to = {*stated.countries, *(code for area in stated.areas for code in countries_of(area))}
    if not open_to <= inside:
        return NO
    return UNCLEAR if place.state or place.city else YES


def _judge_within(place: Place, fact: Fact[Eligibility], document: Document) -> Verdict:
    """Tell whether a state, province or city is open where its country is."""
    if _is_left_out(place, document):
        return NO
    states, said = fact.value.us_states, fact.quote.text
    if place.country == "US" and place.state and states and place.state not in states:
        if len(states) >= _MANY_STATES:
            return NO
        return YES if _OR_REMOTE.search(said) and _names_whole_country(said) else UNCLEAR
    if place.country == "CA" and (lists := [line.text for line in document.lines if _PROVINCES.search(line.text)]):
        names = {fold(name) for name in (place.typed, place.city or "", PROVINCES.get(place.state or "", "")) if name}
        return _told(holds=any(name in fold(text) for name in names for text in lists))
    return YES


def _names_whole_country(said: str) -> bool:
    return any(place.countries == ("US",) and place.us_state is None for place in find_places(said))


def _is_left_out(place: Place, document: Document) -> bool:
    """Tell whether the posting leaves out a part of a country: a state, a city, or what does not touch the others."""
    if place.state in _OUTLYING and any(_CONTIGUOUS.search(line.text) for line in document.lines):
        return True
    names = [name for name in (place.city, place.typed) if name]
    pattern = re.compile(f"{_EXCEPT}(?:{'|'.join(map(re.escape, names))})", re.IGNORECASE) if names else None
    return pattern is not None and any(pattern.search(line.text) for line in document.lines)


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

VERDICTS: dict[str, Callable[[Ask, Sequence[Fact[Any]]], Verdict | None]] = {
    "pay": judge_pay,
    "experience": judge_experience,
    "education": judge_education,
    "workplace": judge_workplace,
    "employment_type": judge_employment_type,
    "visa": judge_visa,
    "timezone": judge_timezone,
}
"""How each topic is weighed by its facts alone."""


def wants_verdict(ask: Ask) -> bool:
    """Tell whether something is asked that a yes or no answers."""
    named = (ask.amount, ask.years, ask.level)
    return ask.form is Form.YES_NO or ask.is_only or ask.is_must or any(one is not None for one in named)


def sum_up(verdicts: Sequence[Verdict | None], *, is_one: bool) -> Verdict | None:
    """
    Return the verdict on several things asked at once: what they share, or, where they are `is_one` condition, whether all hold.

    >>> sum_up([Verdict.YES, Verdict.NO], is_one=True), sum_up([Verdict.YES, Verdict.NO], is_one=False)
    (<Verdict.NO: 'no'>, None)
    """
    given = [one for one in verdicts if one is not None]
    if not given or len(set(given)) == 1:
        return given[0] if given else None
    return (NO if NO in given else UNCLEAR) if is_one else None
