"""Pay that markup holds in fields, written as postings write it."""

import re
from typing import Any

from bot.parsing.formats.loose_json import as_number, as_words, write_number

_PERIODS = (
    (re.compile(r"hour|\bhr", re.IGNORECASE), "hour"),
    (re.compile(r"day|daily|diem", re.IGNORECASE), "day"),
    (re.compile(r"week", re.IGNORECASE), "week"),
    (re.compile(r"month", re.IGNORECASE), "month"),
    (re.compile(r"year|annu|\byr", re.IGNORECASE), "year"),
)
_CODE = re.compile(r"[A-Za-z]{3}")


def write_pay(lowest: Any, highest: Any, *, currency: Any, per: Any) -> str | None:
    """
    Write one statement of pay, or return None where there is no amount.

    >>> write_pay(90000, "120000", currency="usd", per="YEAR")
    'USD 90,000 - 120,000 per year'
    >>> write_pay(None, 40, currency="EUR", per="per-hour-wage"), write_pay(0, 0, currency="EUR", per="YEAR")
    ('up to EUR 40 per hour', None)
    """
    amounts = [as_number(lowest), as_number(highest)]
    least, most = (write_number(amount) for amount in amounts)
    if least is None and most is None:
        return None
    code = as_words(currency) or ""
    sign = f"{code.upper()} " if _CODE.fullmatch(code) else ""
    figures = least or most
    if least and most and least != most:
        figures = f"{least} - {most}"
    bound = "up to " if least is None else "from " if most is None else ""
    period = read_period(per)
    return f"{bound}{sign}{figures}" + (f" per {period}" if period else "")


def read_period(written: Any) -> str | None:
    """
    Return the period that a field names: hour, day, week, month or year.

    >>> read_period("YEARLY"), read_period("1 MONTH"), read_period("one-time")
    ('year', 'month', None)
    """
    words = as_words(written) or ""
    return next((period for pattern, period in _PERIODS if pattern.search(words)), None)
