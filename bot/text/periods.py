"""What an amount is paid for: the words for hours, days, weeks, months and years around it."""

import re

from bot.domain.pay import Period
from bot.text.alternation import one_of
from bot.text.lexicon import read_lexicon
from bot.text.signs import to_lower

_LEXICON = read_lexicon("pay_words")["periods"]
_UNITS: dict[str, Period] = {word: Period(period) for period, words in _LEXICON["units"].items() for word in words}
_ADVERBS: dict[str, Period] = {word: Period(period) for period, words in _LEXICON["adverbs"].items() for word in words}
_LEAST_ALONE = 3
"""Letters: a shorter word for a period ("pa", "ph") only counts right behind an amount."""
_PER_UNIT = (
    rf"(?:/|\b(?:{one_of([word for word in _LEXICON['per'] if word != '/'])})(?:(?<=')|(?=\s)))\s?(?P<unit>{one_of(list(_UNITS))})(?!\w)"
)
_BEHIND = re.compile(
    rf"(?:[\s(,*/]{{0,3}}(?:{one_of(_LEXICON['between'])})(?!\w)){{0,3}}\)?[\s(,*]{{0,3}}(?:{_PER_UNIT}|[/(-]?\s?(?P<adverb>{one_of(list(_ADVERBS))})(?!\w))",
    re.IGNORECASE,
)
_AROUND = re.compile(
    rf"{_PER_UNIT}|\b(?P<adverb>{one_of([word for word in _ADVERBS if len(word) >= _LEAST_ALONE])})(?!\w)",
)
"""For lower case."""

_WORD = re.compile(r"\w+")
_FIRST_WORD = re.compile(r"\W{0,12}(\w+)")
_SIGNS = frozenset(_WORD.findall(words)[0] for words in (*_UNITS, *_ADVERBS))
"""The words that those begin with."""

_FIRST_SIGNS = _SIGNS.union(*(_WORD.findall(words)[:1] for words in (*_LEXICON["per"], *_LEXICON["between"])))
"""The words that `_BEHIND` begins with."""


def read_period_behind(text: str, at: int) -> tuple[Period, int] | None:
    """
    Return the period that stands right behind an amount, and where its words end.

    >>> read_period_behind("$50 / hr", 3), read_period_behind("55.000 brutto im Jahr", 6), read_period_behind("$5 in cash", 2)
    ((<Period.HOUR: 'hour'>, 8), (<Period.YEAR: 'year'>, 21), None)
    """
    first = _FIRST_WORD.match(text, at)
    match = _BEHIND.match(text, at) if first and first[1].lower() in _FIRST_SIGNS else None
    return (_to_period(match), match.end()) if match else None


def find_scale_period(scale: str | None) -> Period | None:
    """
    Return the period that a scale has in itself: lakhs per annum.

    >>> find_scale_period("LPA"), find_scale_period("k")
    (<Period.YEAR: 'year'>, None)
    """
    return _ADVERBS.get(scale.casefold()) if scale else None


def find_periods(text: str) -> list[tuple[Period, int]]:
    """
    Return the periods that a text names, and where.

    >>> find_periods("Annual base pay, paid per month")
    [(<Period.YEAR: 'year'>, 0), (<Period.MONTH: 'month'>, 22)]
    """
    lowered = to_lower(text)
    if _SIGNS.isdisjoint(_WORD.findall(lowered)):
        return []
    return [(_to_period(match), match.start()) for match in _AROUND.finditer(lowered)]


def _to_period(match: re.Match[str]) -> Period:
    return _UNITS[match["unit"].casefold()] if match["unit"] else _ADVERBS[match["adverb"].casefold()]
