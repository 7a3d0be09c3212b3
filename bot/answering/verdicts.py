"""Yes or no, where a question compares what it names with what is stated: "over 250k?", "is 2 years enough?", "is a masters mandatory?"."""

import re
from collections.abc import Sequence

from bot.domain.facts import Education, EducationLevel, Experience, Fact, Pay
from bot.text.numbers import read_number
from bot.topics.education import find_degrees

_MORE = r"(?:over|above|more than|at least|north of|upwards of|exceed(?:s|ing)?|beyond|minimum of|>=?)"
_LESS = r"(?:under|below|less than|at most|up to|<=?)"
_AMOUNT = re.compile(
    rf"(?P<side>{_MORE}|{_LESS})\s{{0,2}}[$£€]?\s?(?P<number>\d[\d.,]{{0,12}}\d|\d)\s?(?P<scale>k|m|million|thousand)?(?P<open>\+)?(?!\s?%|\w)"
    r"|[$£€]?(?P<number_open>\d[\d.,]{0,12}\d|\d)\s?(?P<scale_open>k|m)?\+",
    re.IGNORECASE,
)
_IS_LESS = re.compile(_LESS, re.IGNORECASE)
_HAVE_YEARS = re.compile(
    r"\b(?:only|just|have|got|with|is|are|of)\s(?:about\s|around\s|like\s)?(?P<years>\d{1,2}(?:\.5)?)\s?\+?\s?(?:yrs?|years?|yoe)\b",
    re.IGNORECASE,
)
_SMALLEST_PAY = 7.0
"""A smaller number is no amount of pay, whatever the currency."""

_LEVELS = tuple(EducationLevel)


def judge_pay(question: str, facts: Sequence[Fact[Pay]]) -> str | None:
    """
    Return yes, no or what lies between for "does it pay over N?"; None if the question names no such amount.

    Amounts are compared as they stand; a period or currency that the question does not name is taken to be the posting's.
    """
    asked = find_asked_amount(question)
    amounts = [fact.value for fact in facts]
    if asked is None or not amounts or len({(pay.currency, pay.per) for pay in amounts}) > 1:
        return None
    amount, is_less = asked
    lows = [pay.minimum if pay.minimum is not None else 0.0 for pay in amounts]
    highs = [pay.maximum if pay.maximum is not None else float("inf") for pay in amounts]
    reaches, begins = (min(lows) < amount, max(highs) <= amount) if is_less else (max(highs) > amount, min(lows) >= amount)
    if begins and reaches:
        return "Yes"
    return "Partly: the range begins on the other side of that" if reaches else "No"


def find_asked_amount(question: str) -> tuple[float, bool] | None:
    """
    Return the amount that a question compares with, and whether it asks for less; None if there is none.

    >>> find_asked_amount("does it pay over 250k?"), find_asked_amount("200k+ at flex?"), find_asked_amount("what does it pay")
    ((250000.0, False), (200000.0, False), None)
    """
    match = _AMOUNT.search(question)
    if match is None:
        return None
    number, scale = match["number"] or match["number_open"], match["scale"] or match["scale_open"]
    amount = read_number(number, None) * _scale(scale)
    is_less = match["side"] is not None and _IS_LESS.fullmatch(match["side"]) is not None
    return (amount, is_less) if amount >= _SMALLEST_PAY else None


def _scale(written: str | None) -> float:
    if written is None:
        return 1.0
    return 1_000_000.0 if written.lower().startswith("m") else 1_000.0


def judge_experience(question: str, facts: Sequence[Fact[Experience]]) -> str | None:
    """
    Return whether the years that somebody has are as many as are asked for; None if the question names none.

    >>> judge_experience("i only have 2 yrs", [])
    """
    match = _HAVE_YEARS.search(question)
    if match is None or not facts:
        return None
    return "That is as much as it asks for" if float(match["years"]) >= facts[0].value.years else "It asks for more"


def judge_education(question: str, facts: Sequence[Fact[Education]]) -> str | None:
    """Return whether the degree that a question names is needed; None if it names none."""
    named = [degree.level for degree in find_degrees(_spell_degrees(question))]
    if not named or not facts:
        return None
    asked, enough = max(map(_LEVELS.index, named)), facts[0].value
    if asked > _LEVELS.index(enough.level):
        return "No"
    return "Yes" if enough.required else "Not strictly"


def _spell_degrees(question: str) -> str:
    """Give degrees that are typed in small letters the letters that postings have."""
    spelt = re.sub(
        r"\bphd\b", "PhD", re.sub(r"\b(bachelor|master)s?\b(?!')", r"\1's degree", question, flags=re.IGNORECASE), flags=re.IGNORECASE
    )
    return re.sub(r"\bdegree degree\b", "degree", spelt)
