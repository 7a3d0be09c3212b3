"""Amounts and ranges of money in a text, with the currency and the period that stand with them."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from bot.domain.facts import Period
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.numbers import NUMBER, SCALE, find_scale_period, read_number, read_period_behind

# Currencies as postings write them: codes, signs and words before and after an amount, and what `$` means in a place.

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

BEFORE = rf"(?:\b(?:{_CODE})[\s:]{{0,2}}(?:{_SIGN})|(?:(?<![A-Za-z])|(?<=[a-z]{{3}}))(?:{_SIGN})|\b(?:{_CODE}):?)"
"""The source of a pattern for a currency before an amount: `$`, `USD`, `CA$`, `PLN`, `USD $`. Mind the case."""

BEFORE_STARTS = "".join({first for words in (*_SIGNS, DOLLAR, *_CODES) for first in words[0]})
"""The characters that BEFORE begins with: a test of one character at each place is ten times as quick as trying them all."""

_AFTER_STARTS = re.escape("".join({words[0].lower() for words in (*_SIGNS, DOLLAR, *_CODES, *_WORDS)}))
"""What AFTER begins with, for a set that ignores case: behind most figures stands something else."""

AFTER = rf"(?=(?i:[{_AFTER_STARTS}]))(?:(?:{_SIGN})\s?(?:\b(?:{_CODE})\b)?|\b(?:{_CODE})\b|\b(?i:{_WORD})(?!\w))"
"""The source of a pattern for a currency after an amount: `€`, `zł`, `AUD`, `euros`. Mind the case."""

_SPLIT = compile_later(lambda: rf"(?P<code>\b(?:{_CODE})\b)|(?P<sign>{_SIGN})|(?P<word>\b(?i:{_WORD})(?!\w))")
_PLACES: dict[str, str] = {place: code for code, places in _LEXICON["places"].items() for place in places}
_PLACE = compile_later(lambda: rf"(?:{one_of(_PLACES)})(?![\w-])")
"""It does not look at what stands before: so it begins with fixed letters, and is three times as quick to find nothing."""

_JOINTS = frozenset("_-")
"""Signs that make one word of two."""

_SCALES: dict[str, str] = {scale: code for code, scales in _LEXICON["scales"].items() for scale in scales}
_SHARED: dict[str, frozenset[str]] = {sign: frozenset(codes) for sign, codes in _LEXICON["shared"].items()}
_DOLLAR_CODE = compile_later(lambda: rf"\b(?:{'|'.join(sorted(_SHARED[DOLLAR]))})\b")
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


_LONGEST_BEFORE = 20
"""Characters: no currency before an amount is longer, with the spaces around it; where no figure stands so near, none is tried."""

_AMOUNT = compile_later(
    lambda: (
        rf"(?=\d|[{re.escape(BEFORE_STARTS)}]\D{{0,{_LONGEST_BEFORE}}}+\d)(?:(?P<before>{BEFORE})\s{{0,2}}|(?<![\w.,#])(?:(?<!/)|(?<=\d{{4}}/)|(?<=\d[.,]\d{{3}}/)|(?<=\d[kK]/)|(?<=\d\d/)(?=\d\d\d?\s?[kK]\b))(?<![A-Za-z]{{2}}-))(?!40[13]\s?\(?[kK]\b)(?P<number>{NUMBER})(?:,[-–—]{{1,2}})?(?:\s?(?P<scale>(?i:{SCALE}))(?=[A-Z]{{3}}\b|[^A-Za-z0-9]|$))?"
        rf"(?P<plus>\+)?(?P<behind>\s{{0,2}}(?P<after>{AFTER})(?!\s?\d))?(?!\s?%)"
    )
)
_DASH = r"(?:[-–—−‐‑~]{1,3}|to|bis|à|a|até|hasta|al|do|up to|through|thru)"
_GAP = compile_later(
    lambda: (
        rf"\s{{0,3}}(?:\([^()]{{0,20}}\))?\s{{0,3}}(?:(?P<dash>{_DASH})|(?P<slash>/)|(?P<and>and|und|et|y|e|i|o|&))"
        r"\s{0,3}(?:an?\s|the\s)?(?:max(?:imum)?\.?(?:\sof)?\s{0,2}:?\s?)?"
    ),
    re.IGNORECASE,
)
_BETWEEN = compile_later(r"\b(?:between|from|range|ranges|zwischen|von|entre|de|tra|między|ranging)\b[^.]{0,25}$", re.IGNORECASE)
_LEAST_SIGN = "min"
_LEAST_LABEL = compile_later(r"min(?<!\wmin)(?:imum)?\.?(?:\s(?:base|salary|pay|rate)){0,2}\s?(?::|of|is)?\s{0,2}$")
_MOST_LABEL = compile_later(r"max(?<!\wmax)(?:imum)?\.?(?:\s(?:base|salary|pay|rate)){0,2}\s?(?::|of|is)?\s{0,2}$")
_UP_TO = compile_later(
    r"\b(?:up\sto|upto|max(?:imum)?\.?(?:\s(?:of|rate|salary|pay))?|no\smore\sthan|not\sexceed|bis\s(?:zu|maximal)|bis|jusqu['’]à|hasta|até|do)\s?:?\s{0,2}(?:an?\s)?$",
)
_FROM = compile_later(
    r"(?:\b(?:from|start(?:s|ing)?\s(?:at|from)|at\sleast|min(?:imum)?\.?(?:\s(?:of|rate|salary|pay)){0,2}|(?:is\s)?no\sless\sthan|ab|mindestens|upwards\sof|over|above|more\sthan"
    r"|desde|a\spartir\s(?:de|del|dos?)|od|mínimo(?:\sde)?|starting\s(?:salary|pay|rate)(?:\s(?:of|is))?)|à\spartir\sde)\s?:?\s{0,2}$",
)
"""These four are for lower case."""

_TELLING_ENDS = tuple(read_lexicon("pay_words")["one_sided"]["ends"])
"""What the words that they find end with, before a colon and spaces: a quick first look."""

_AND_UP = compile_later(r"\s?(?:\+(?!\s?[\w($€£])|and\s(?:up|above)\b|or\s(?:more|higher)\b|minimum\b|upwards\b)", re.IGNORECASE)
_AND_DOWN = compile_later(r"\s?(?:max(?:imum)?|or\sless)\b\.?", re.IGNORECASE)
_LOOK_BACK = 45
_THOUSAND = 1000
_AFTER = compile_later(lambda: AFTER)
_LEAST_SHORTENED = 10
_MOST_APART = 5
"""In "100-150,000" the lower figure is short for thousands: from 10 on, and where the higher is at most so many times as much."""

_MOST = 60
"""Amounts of a line that are read: of 1,500 postings none has more than 9 in one."""

_LIKE = 2.5
"""Two amounts with a slash between them are a range where the higher is at most so many times the lower."""


class Money(NamedTuple):
    """An amount or a range of money at text[start:end]."""

    minimum: float | None
    maximum: float | None
    currency: str | None
    """An ISO 4217 code, DOLLAR or CROWN, or None where the amount has no sign at all."""

    per: Period | None
    """As stated right behind it."""

    start: int
    end: int
    is_range: bool = False
    scale: str | None = None
    """`k` or another word that multiplies."""

    @property
    def most(self) -> float:
        """The higher of its figures."""
        return self.maximum if self.maximum is not None else self.minimum or 0.0


def find_money(text: str) -> tuple[Money, ...]:
    """
    Return the amounts and ranges in a text, in order; figures without any sign too, with no currency.

    >>> [(money.minimum, money.maximum, money.currency) for money in find_money("$110 - 170K, or up to 55.000 €")]
    [(110000.0, 170000.0, '$'), (None, 55000.0, 'EUR')]
    >>> find_money("ten percent")
    ()
    """
    amounts = [_read_amount(text, match) for match in islice(_AMOUNT.finditer(text), _MOST)]
    return tuple(_one_sided(text, money) for money in _join_ranges(text, amounts))


def _read_amount(text: str, match: re.Match[str]) -> Money:
    before, number, scale, plus, after = match.group("before", "number", "scale", "plus", "after")
    value = read_number(number, scale)
    period = read_period_behind(text, match.end())
    end = period[1] if period else match.end()
    late = _AFTER.match(text, end + 1) if period and not after and text[end : end + 1] == " " else None
    return Money(
        minimum=value,
        maximum=None if plus else value,
        currency=read_currency(before, after, late[0] if late else None) or currency_of_scale(scale),
        per=period[0] if period else find_scale_period(scale),
        start=match.start("before") if before else match.start("number"),
        end=late.end() if late else end,
        scale=scale,
    )


def _join_ranges(text: str, amounts: list[Money]) -> Iterator[Money]:
    at = 0
    has_labels = _LEAST_SIGN in text.lower()
    while at < len(amounts):
        step, money = _labelled_range(text, amounts[at : at + 3]) if has_labels else (1, amounts[at])
        highest = at + 1
        while highest < len(amounts) and _is_bracketed(text, amounts[at], amounts[highest]):
            highest += 1
        if step == 1 and highest < len(amounts) and (joined := _join(text, amounts[at], amounts[highest])):
            step, money = highest + 1 - at, joined
        yield money
        at += step


def _is_bracketed(text: str, low: Money, other: Money) -> bool:
    """Tell whether a bare figure stands in brackets right behind an amount: "2,600 € (scale 9)"."""
    return other.currency is None and text.count("(", low.end, other.start) == 1 and ")" not in text[low.end : other.start]


def _labelled_range(text: str, amounts: list[Money]) -> tuple[int, Money]:
    """Join `min: 5 - mid: 6 - max: 7`; return how many amounts it took, and the range or the first amount as it is."""
    low = amounts[0]
    if _LEAST_LABEL.search(_words_before(text, low)):
        for index, high in enumerate(amounts[1:], 1):
            close = high.start - low.end < 2 * _LOOK_BACK
            if close and _MOST_LABEL.search(_words_before(text, high)) and (joined := _to_range(low, high)):
                return index + 1, joined
    return 1, low


def _join(text: str, low: Money, high: Money) -> Money | None:
    gap = _GAP.fullmatch(text, low.end, high.start)
    if gap is None:
        return None
    if gap["and"] and not _BETWEEN.search(text, max(0, low.start - _LOOK_BACK), low.start):
        return None
    joined = _to_range(low, high)
    is_money = low.currency or low.scale or ((high.currency or high.scale) and (joined is None or (joined.minimum or 0) >= _THOUSAND))
    if joined and gap["slash"] and not (is_money and joined.most <= _LIKE * (joined.minimum or 0)):
        return None
    return joined


def _to_range(low: Money, high: Money) -> Money | None:
    """Make one range of two amounts, each lending the other what it lacks; None where they do not fit together."""
    if low.per and high.per and low.per is not high.per:
        return None
    try:
        currency = share_currency(low.currency, high.currency)
    except ValueError:
        return None
    least, most = _share_scale(low, high)
    if least > most:
        return None
    return high._replace(
        minimum=least,
        maximum=most,
        currency=currency,
        per=high.per or low.per,
        start=low.start,
        is_range=True,
        scale=high.scale or low.scale,
    )


def _share_scale(low: Money, high: Money) -> tuple[float, float]:
    """Return both figures, the thousands that one of them leaves out put in."""
    least, most = low.minimum or 0.0, high.minimum or 0.0
    if high.scale and not low.scale and (shared := read_number(f"{least:.2f}", high.scale)) <= most:
        return shared, most
    if not low.scale and _LEAST_SHORTENED <= least < _THOUSAND and least * _THOUSAND <= most <= _MOST_APART * least * _THOUSAND:
        return least * _THOUSAND, most
    if most < _THOUSAND <= least and not high.scale:
        return least, most * _THOUSAND
    return least, most


def _one_sided(text: str, money: Money) -> Money:
    """Take off the end of an amount that "up to", "from" or a plus leaves open."""
    if money.is_range:
        return money
    before = _words_before(text, money)
    is_most = bool(before) and (_UP_TO.search(before) or _MOST_LABEL.search(before))
    if money.minimum is not None and (is_most or _AND_DOWN.match(text, money.end)):
        return money._replace(minimum=None, maximum=money.minimum)
    is_least = bool(before) and (_FROM.search(before) or _LEAST_LABEL.search(before))
    if money.maximum is None or is_least or _AND_UP.match(text, money.end):
        return money._replace(maximum=None)
    return money


def _words_before(text: str, money: Money) -> str:
    """Return the words right before an amount in lower case; none where they end in no word that tells of the least or the most."""
    before = text[max(0, money.start - _LOOK_BACK) : money.start].lower()
    return before if before.rstrip().removesuffix(":").rstrip().endswith(_TELLING_ENDS) else ""
