"""Amounts and ranges of money in a text, with the currency and the period that stand with them."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from bot.domain.pay import Period
from bot.text.currencies import AFTER, BEFORE, BEFORE_STARTS, currency_of_scale, read_currency, share_currency
from bot.text.lexicon import read_lexicon
from bot.text.numbers import NUMBER, SCALE, read_number
from bot.text.periods import find_scale_period, read_period_behind

_LONGEST_BEFORE = 20
"""Characters: no currency before an amount is longer, with the spaces around it; where no figure stands so near, none is tried."""

_AMOUNT = re.compile(
    rf"(?=\d|[{re.escape(BEFORE_STARTS)}]\D{{0,{_LONGEST_BEFORE}}}+\d)(?:(?P<before>{BEFORE})\s{{0,2}}|(?<![\w.,/#])(?<![A-Za-z]{{2}}-))(?!40[13]\s?\(?[kK]\b)(?P<number>{NUMBER})(?:,[-–—]{{1,2}})?(?:\s?(?P<scale>(?i:{SCALE}))(?=[A-Z]{{3}}\b|[^A-Za-z0-9]|$))?"
    rf"(?P<plus>\+)?(?P<behind>\s{{0,2}}(?P<after>{AFTER})(?!\s?\d))?(?!\s?%)"
)
_DASH = r"(?:[-–—−‐‑~]{1,3}|to|bis|à|a|até|hasta|al|do|up to|through|thru)"
_GAP = re.compile(
    rf"\s{{0,3}}(?:\([^()\d]{{0,20}}\))?\s{{0,3}}(?:(?P<dash>{_DASH})|(?P<slash>/)|(?P<and>and|und|et|y|e|i|o|&))"
    r"\s{0,3}(?:an?\s|the\s)?(?:max(?:imum)?\.?(?:\sof)?\s{0,2}:?\s?)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:between|from|range|ranges|zwischen|von|entre|de|tra|między|ranging)\b[^.]{0,25}$", re.IGNORECASE)
_LEAST_SIGN = "min"
_LEAST_LABEL = re.compile(r"min(?<!\wmin)(?:imum)?\.?(?:\s(?:base|salary|pay|rate)){0,2}\s?(?::|of|is)?\s{0,2}$")
_MOST_LABEL = re.compile(r"max(?<!\wmax)(?:imum)?\.?(?:\s(?:base|salary|pay|rate)){0,2}\s?(?::|of|is)?\s{0,2}$")
_UP_TO = re.compile(
    r"\b(?:up\sto|upto|max(?:imum)?\.?(?:\s(?:of|rate|salary|pay))?|no\smore\sthan|not\sexceed|bis\s(?:zu|maximal)|bis|jusqu['’]à|hasta|até|do)\s?:?\s{0,2}(?:an?\s)?$",
)
_FROM = re.compile(
    r"(?:\b(?:from|start(?:s|ing)?\s(?:at|from)|at\sleast|min(?:imum)?\.?(?:\s(?:of|rate|salary|pay)){0,2}|(?:is\s)?no\sless\sthan|ab|mindestens|upwards\sof|over|above|more\sthan"
    r"|desde|a\spartir\s(?:de|del|dos?)|od|mínimo(?:\sde)?|starting\s(?:salary|pay|rate)(?:\s(?:of|is))?)|à\spartir\sde)\s?:?\s{0,2}$",
)
"""These four are for lower case."""

_TELLING_ENDS = tuple(read_lexicon("pay_words")["one_sided"]["ends"])
"""What the words that they find end with, before a colon and spaces: a quick first look."""

_AND_UP = re.compile(r"\s?(?:\+(?!\s?[\w($€£])|and\s(?:up|above)\b|or\s(?:more|higher)\b|minimum\b|upwards\b)", re.IGNORECASE)
_AND_DOWN = re.compile(r"\s?(?:max(?:imum)?|or\sless)\b\.?", re.IGNORECASE)
_LOOK_BACK = 45
_THOUSAND = 1000
_AFTER = re.compile(AFTER)
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
        if step == 1 and at + 1 < len(amounts) and (joined := _join(text, amounts[at], amounts[at + 1])):
            step, money = 2, joined
        yield money
        at += step


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
    if joined and gap["slash"] and not ((low.currency or low.scale) and joined.most <= _LIKE * (joined.minimum or 0)):
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
