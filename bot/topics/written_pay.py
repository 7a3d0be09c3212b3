"""Statements of pay as people edit them: `120,000 to 150,000 USD a year (New York)`."""

import re
from functools import cache

from babel.numbers import list_currencies

from bot.domain.facts import Pay, PayKind, Period
from bot.text.clean import fold_space
from bot.text.lexicon import one_of, read_lexicon
from bot.text.money import AFTER, BEFORE, CROWN, DOLLAR, currency_of_scale, read_currency, share_currency
from bot.text.numbers import SCALE, find_scale_period, read_period_behind
from bot.topics.written import FIGURE, Miswritten, Spell, WrittenForm, pattern_of, read_figure, write_figure

_WORDS: dict[str, list[str]] = read_lexicon("written_words")["pay"]
_KINDS = {**dict.fromkeys(_WORDS["total"], PayKind.TOTAL), **dict.fromkeys(_WORDS["base"], PayKind.BASE), **dict.fromkeys(_WORDS["unsaid"])}
_KIND = pattern_of(_KINDS)
_USUAL_CODES = frozenset(read_lexicon("currencies")["codes"]["known"])
_CODE = rf"(?<![A-Za-z])(?:[A-Z]{{3}}|(?i:{one_of(_USUAL_CODES)}))(?![A-Za-z])"
"""Any code in capitals, the usual ones in small letters: "per", "top" and "all" are none, though some are in ISO 4217."""

_SCALES = rf"(?:\s?(?P<scale>(?i:{SCALE}))(?=[A-Z]{{3}}\b|[^A-Za-z0-9]|$))?"
_AMOUNT = re.compile(
    rf"(?:(?P<before>{BEFORE}|{_CODE})\s?)?(?P<figure>{FIGURE}){_SCALES}(?P<open>\s?\+)?(?:\s?(?P<after>{_CODE}(?!\s?\d)|{AFTER}))?"
)
_LEAD = re.compile(
    rf"(?:(?P<kind>{_KIND})\s?:?\s?)?(?:(?P<most>{pattern_of(_WORDS['up_to'])})|(?P<least>{pattern_of(_WORDS['from'])}))?\s?", re.IGNORECASE
)
_TO = re.compile(rf"\s?(?:-|~|{pattern_of(_WORDS['to'])})\s?", re.IGNORECASE)
_OPEN = re.compile(r"\s?(?:\+|and up\b|or more\b)", re.IGNORECASE)
_TAIL = re.compile(rf"\s?,?\s?(?P<kind>{_KIND})?\s?(?P<bracket>\((?P<where>.+)\))?", re.IGNORECASE | re.DOTALL)
_SHORT, _LONG = 1_000, 5_000
"""In "100 to 150,000" the lower figure is short for thousands, or it is not: nobody can know."""


def write_pay(pay: Pay) -> str:
    """
    Return one statement of pay in words.

    >>> write_pay(Pay(minimum=120_000, maximum=150_000, currency="USD", per=Period.YEAR, kind=PayKind.BASE, where="New York"))
    '120,000 to 150,000 USD a year (New York)'
    >>> write_pay(Pay(maximum=95, currency="EUR", per=Period.HOUR, kind=PayKind.TOTAL))
    'up to 95 EUR an hour in total'
    """
    words = f"{_write_amounts(pay)} {pay.currency} a{'n' if pay.per is Period.HOUR else ''} {pay.per.value}"
    if pay.kind is not PayKind.BASE:
        words += f" {_WORDS['total' if pay.kind else 'unsaid'][0]}"
    return f"{words} ({fold_space(pay.where)})" if pay.where else words


def _write_amounts(pay: Pay) -> str:
    low, high = (None if amount is None else write_figure(amount) for amount in (pay.minimum, pay.maximum))
    if low is None:
        return f"up to {high}"
    if high is None:
        return f"from {low}"
    return low if pay.minimum == pay.maximum else f"{low} to {high}"


def read_pay(written: str) -> Pay:
    """
    Return the pay that a person wrote; base pay unless they say otherwise.

    Raises Miswritten where it is none, or does not say the currency or the period.

    >>> read_pay("€95k+ per year").minimum, read_pay("up to 95 eur/h").per.value
    (95000.0, 'hour')
    >>> read_pay("120,000 USD")
    Traceback (most recent call last):
    bot.topics.written.Miswritten: say what it is paid for: "a year", "a month", "a week", "a day" or "an hour"
    """
    lead = _LEAD.match(written)
    at = lead.end() if lead else 0
    first = _AMOUNT.match(written, at)
    if lead is None or first is None:
        raise Miswritten(f'there is no amount of pay in "{written[:60]}"')
    gap = _TO.match(written, first.end())
    second = _AMOUNT.match(written, gap.end()) if gap else None
    end = (second or first).end()
    is_open = None if second else _OPEN.match(written, end)
    if lead["most"] and second:
        raise Miswritten('write "up to" with one amount, or two amounts without it')
    period, end = _read_period(written, is_open.end() if is_open else end, first)
    kind, where = _read_tail(written[end:], lead["kind"])
    low, high = _read_amounts(first, second)
    return Pay(
        minimum=None if lead["most"] else low,
        maximum=None if (lead["least"] or is_open or first["open"]) and not second else high,
        currency=_settle_currency(first, second),
        per=period,
        kind=kind,
        where=where,
    )


def _read_period(written: str, at: int, amount: re.Match[str]) -> tuple[Period, int]:
    """Return what the amount is paid for, and where the rest begins."""
    if found := read_period_behind(written, at):
        return found
    if of_scale := find_scale_period(amount["scale"]):
        return of_scale, at
    raise Miswritten('say what it is paid for: "a year", "a month", "a week", "a day" or "an hour"')


def _read_tail(rest: str, kind_before: str | None) -> tuple[PayKind | None, str | None]:
    """Return what stands behind the period: whether it is total pay, and for which place or level."""
    tail = _TAIL.fullmatch(rest.rstrip(" .;,"))
    if tail is None:
        raise Miswritten(f'"{rest.strip()[:60]}" is not understood; a place or level stands in brackets at the end')
    kind = tail["kind"] or kind_before
    return _KINDS[kind.lower()] if kind else PayKind.BASE, tail["where"].strip() or None if tail["where"] else None


def _read_amounts(first: re.Match[str], second: re.Match[str] | None) -> tuple[float, float]:
    """Return both figures; in "120-150k" the scale is of both."""
    low = read_figure(first["figure"], first["scale"])
    if second is None:
        return low, low
    high = read_figure(second["figure"], second["scale"])
    if second["scale"] and not first["scale"] and low < _SHORT:
        low = read_figure(first["figure"], second["scale"])
    if low > high:
        raise Miswritten("the lower amount comes first, and both are written in full")
    if not first["scale"] and 0 < low < _SHORT <= high and high <= low * _LONG and low * _SHORT <= high:
        raise Miswritten("write both amounts in full")
    return low, high


def _settle_currency(first: re.Match[str], second: re.Match[str] | None) -> str:
    """Return the code of the currency that either amount names."""
    one, other = (_read_currency(amount) if amount else None for amount in (first, second))
    try:
        found = share_currency(one, other)
    except ValueError:
        raise Miswritten("the two amounts are in two currencies; write a line for each") from None
    if found is None:
        raise Miswritten("name the currency by its code: USD, EUR, GBP")
    if found in (DOLLAR, CROWN):
        codes = "USD, CAD or AUD" if found == DOLLAR else "SEK, NOK or DKK"
        raise Miswritten(f"say which currency {found} is, by its code: {codes}")
    return found


def _read_currency(amount: re.Match[str]) -> str | None:
    """Return the currency of one amount; a code wins over a sign, and one that does not exist is a mistake."""
    for words in (amount["before"], amount["after"]):
        if words and re.fullmatch(_CODE, words):
            code = words.upper()
            if code not in _codes():
                raise Miswritten(f"there is no currency {code}; name it by its code: USD, EUR, GBP")
            return read_currency(code) if code in _USUAL_CODES else code
    return read_currency(amount["before"], amount["after"]) or currency_of_scale(amount["scale"])


@cache
def _codes() -> frozenset[str]:
    return _USUAL_CODES.union(list_currencies())


def spell_pay(pay: Pay, spell: Spell) -> Pay:
    """Return the pay with its place or level as the posting spells it."""
    return pay if pay.where is None else pay.model_copy(update={"where": spell(pay.where)})


PAY_FORM: WrittenForm[Pay] = WrittenForm(
    write=write_pay,
    read=read_pay,
    example="120,000 to 150,000 USD a year (New York) | Base salary: $120k-150k",
    spell=spell_pay,
)
