"""Currencies as postings write them: codes, signs and words before and after an amount, and what `$` means in a place."""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.domain.pay import Period
from bot.text.alternation import one_of
from bot.text.lexicon import read_lexicon

_LEXICON = read_lexicon("currencies")
_SIGNS: dict[str, str] = _LEXICON["signs"]
_WORDS: dict[str, str] = _LEXICON["words"]
_SAME: dict[str, str] = _LEXICON["codes"]["same"]
_CODES: frozenset[str] = frozenset(_LEXICON["codes"]["known"])
_MONTHLY_BELOW: dict[str, int] = _LEXICON["monthly_below"]

DOLLAR = "$"
"""A dollar (or peso) of a country that the amount itself does not name."""

CROWN = "kr"
"""A Scandinavian crown of a country that the amount itself does not name."""

_CODE = one_of(_CODES)
_SIGN = "|".join(
    re.escape(sign).replace(r"\$", r"\s?\$") if len(sign) > 1 else re.escape(sign)
    for sign in sorted([*_SIGNS, DOLLAR], key=len, reverse=True)
)
_WORD = one_of(_WORDS)

BEFORE = rf"(?:\b(?:{_CODE})[\s:]{{0,2}}(?:{_SIGN})|(?<![A-Za-z])(?:{_SIGN})|\b(?:{_CODE}):?)"
"""The source of a pattern for a currency before an amount: `$`, `USD`, `CA$`, `PLN`, `USD $`. Mind the case."""

BEFORE_STARTS = "".join({first for words in (*_SIGNS, DOLLAR, *_CODES) for first in words[0]})
"""The characters that BEFORE begins with: a test of one character at each place is ten times as quick as trying them all."""

_AFTER_STARTS = re.escape("".join({words[0].lower() for words in (*_SIGNS, DOLLAR, *_CODES, *_WORDS)}))
"""What AFTER begins with, for a set that ignores case: behind most figures stands something else."""

AFTER = rf"(?=(?i:[{_AFTER_STARTS}]))(?:(?:{_SIGN})\s?(?:\b(?:{_CODE})\b)?|\b(?:{_CODE})\b|\b(?i:{_WORD})(?!\w))"
"""The source of a pattern for a currency after an amount: `€`, `zł`, `AUD`, `euros`. Mind the case."""

_SPLIT = re.compile(rf"(?P<code>\b(?:{_CODE})\b)|(?P<sign>{_SIGN})|(?P<word>\b(?i:{_WORD})(?!\w))")
_PLACES: dict[str, str] = {place: code for code, places in _LEXICON["places"].items() for place in places}
_PLACE = re.compile(rf"(?:{one_of(_PLACES)})(?![\w-])")
"""It does not look at what stands before: so it begins with fixed letters, and is three times as quick to find nothing."""

_JOINTS = frozenset("_-")
"""Signs that make one word of two."""

_SCALES: dict[str, str] = {scale: code for code, scales in _LEXICON["scales"].items() for scale in scales}
_SHARED: dict[str, frozenset[str]] = {sign: frozenset(codes) for sign, codes in _LEXICON["shared"].items()}
_DOLLAR_CODE = re.compile(rf"\b(?:{'|'.join(sorted(_SHARED[DOLLAR]))})\b")
_HOURLY_BELOW = 60
"""An amount below one part in so many of what is monthly is per hour: 250 where 15,000 is the least for a year."""


def currency_of_scale(scale: str | None) -> str | None:
    """
    Return the currency that a scale is used for alone.

    >>> currency_of_scale("lakhs"), currency_of_scale("k")
    ('INR', None)
    """
    return _SCALES.get(scale.casefold()) if scale else None


@lru_cache(maxsize=512)
def read_currency(*written: str | None) -> str | None:
    """
    Return the code that the words before and after an amount give; a code or a sign of one country wins over `$`.

    >>> read_currency("USD $", None), read_currency("$", "AUD"), read_currency("$", None), read_currency(None, "zł")
    ('USD', 'AUD', '$', 'PLN')
    """
    found: str | None = None
    for words in filter(None, written):
        for match in _SPLIT.finditer(words):
            code = _to_code(match)
            if code not in (DOLLAR, CROWN):
                return code
            found = code
    return found


def _to_code(match: re.Match[str]) -> str:
    if code := match["code"]:
        return _SAME.get(code, code)
    if sign := match["sign"]:
        return _SIGNS.get(re.sub(r"\s", "", sign), DOLLAR)
    return _WORDS[match["word"].casefold()]


def find_currencies_of_places(text: str) -> set[str]:
    """
    Return the currencies of the places, and of the countries' own institutions, that a text names.

    >>> find_currencies_of_places("Remote, Toronto or anywhere in Canada")
    {'CAD'}
    """
    found: set[str] = set()
    at = 0
    while match := _PLACE.search(text, at):
        at = match.end()
        if _is_inside_word(text, match.start()):
            at = match.start() + 1
        else:
            found.add(_PLACES[match[0]])
    return found


def _is_inside_word(text: str, at: int) -> bool:
    """Tell whether what stands before a place in a text goes on there."""
    before = text[at - 1 : at] if at else ""
    return before.isalnum() or before in _JOINTS


def find_dollar_codes(text: str) -> set[str]:
    """
    Return the codes of dollars that a text names.

    >>> find_dollar_codes("gross, in USD")
    {'USD'}
    """
    return set(_DOLLAR_CODE.findall(text))


def share_currency(one: str | None, other: str | None) -> str | None:
    """
    Return the currency of two amounts of one range: either lends it to one without, or to one with a shared sign.

    Raises ValueError where they are of two currencies.

    >>> share_currency("$", "CAD"), share_currency(None, "EUR"), share_currency("$", "$")
    ('CAD', 'EUR', '$')
    """
    if one == other or other is None or (other in _SHARED and one in _SHARED[other]):
        return one
    if one is None or (one in _SHARED and other in _SHARED[one]):
        return other
    raise ValueError(f"an amount is in {one}, the other in {other}")


def settle_currency(sign: str | None, hints: Iterable[set[str]] = ()) -> str | None:
    """
    Return the code for an amount's currency: of `$` and `kr`, the first hint that leaves one choice; `$` without any hint is USD.

    >>> settle_currency("$", [{"CAD"}]), settle_currency("$", [{"CAD", "USD"}]), settle_currency("€", [{"CAD"}])
    ('CAD', 'USD', '€')
    >>> settle_currency(None) is None
    True
    """
    if sign not in (DOLLAR, CROWN, None):
        return sign
    for hint in hints:
        fitting = hint & _SHARED[sign] if sign else hint
        if len(fitting) == 1:
            return next(iter(fitting))
        if fitting:
            break
    return {DOLLAR: "USD", CROWN: "SEK"}.get(sign) if sign else None


def period_by_size(amount: float, currency: str) -> Period:
    """
    Return what an amount without a period is paid for, from its size.

    >>> period_by_size(120_000, "USD"), period_by_size(40, "USD"), period_by_size(20_000, "PLN")
    (<Period.YEAR: 'year'>, <Period.HOUR: 'hour'>, <Period.MONTH: 'month'>)
    """
    monthly_below = _MONTHLY_BELOW.get(currency, _MONTHLY_BELOW["other"])
    if amount < monthly_below / _HOURLY_BELOW:
        return Period.HOUR
    return Period.MONTH if amount < monthly_below else Period.YEAR


def is_salary_sized(amount: float, currency: str) -> bool:
    """
    Tell whether an amount is of the size of a year's pay in its currency.

    >>> is_salary_sized(80_000, "USD"), is_salary_sized(2_000, "USD"), is_salary_sized(50_000_000, "USD")
    (True, False, False)
    """
    monthly_below = _MONTHLY_BELOW.get(currency, _MONTHLY_BELOW["other"])
    return monthly_below <= amount <= monthly_below * 150


def is_plausible(amount: float, currency: str, *, per: Period) -> bool:
    """
    Tell whether somebody could be paid an amount for a period: keeps "annual" off an hourly figure.

    >>> is_plausible(45, "USD", per=Period.YEAR), is_plausible(45, "USD", per=Period.HOUR)
    (False, True)
    """
    least, most = _SIZES[per]
    unit = _MONTHLY_BELOW.get(currency, _MONTHLY_BELOW["other"]) / _MONTHLY_BELOW["other"]
    return least * unit <= amount <= most * unit


_SIZES = {
    Period.HOUR: (1, 1_500),
    Period.DAY: (10, 5_000),
    Period.WEEK: (50, 15_000),
    Period.MONTH: (150, 100_000),
    Period.YEAR: (2_000, 3_000_000),
}
"""Least and most, in dollars or what is worth about as much."""
