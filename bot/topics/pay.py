"""What the job pays, as written: amounts, currency, period, and the place or level that each holds for."""

import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from bot.domain.answer import Rendered
from bot.domain.facts import Fact, Pay, PayKind, Period
from bot.domain.query import Amount, Ask, Form, SearchKey, Side, Verdict, turn
from bot.text.clean import fold
from bot.text.document import TAG, TITLE, Document, Line
from bot.text.gazetteer import form_of, write_money
from bot.text.lexicon import compile_later, read_lexicon
from bot.text.money import (
    DOLLAR,
    Money,
    find_currencies_of_places,
    find_dollar_codes,
    find_money,
    is_plausible,
    is_salary_sized,
    period_by_size,
    settle_currency,
)
from bot.text.numbers import find_periods
from bot.text.prefilter import read_whole
from bot.text.translations import say
from bot.topics.pay_wording import (
    announces_pay,
    find_where,
    is_called_pay,
    is_in_units,
    is_labelled_as_pay,
    is_other_money,
    is_pay_by_words,
    read_kind,
    speaks_of_pay,
)
from bot.topics.topic import JobSign, Topic

# The statements of pay in a posting's lines, each with its currency, period, kind and place settled.

_MAY_HOLD_MONEY = compile_later(
    r"[^\x00-#%-/:-\x7f](?:(?<=[$€£₹¥₱₪₩₺₴₽฿₫₦])"
    r"|(?<=\d)(?:[.,'’ \u00a0\u202f] ?\d{3}\b|\d{4}|\s?[kK]\b|\s?(?:[A-Z]{3}\b|zł|zl\b|kr\b|Kč|euro|lakh|LPA)"
    r"|(?<=[A-Z]{3}.)|(?<=[A-Z]{3}\s.)|(?<=Rs.)|(?<=Rs[.\s].)|(?<=Rs\.\s.)))",
)
"""Cheap: a line without this holds no amount worth reading. It begins with one set of signs: a dollar's, figures, all beyond ASCII."""

_DIGIT = compile_later(r"\d[^\n]*")
"""A figure and the rest of its line."""

_LINES_ANNOUNCED = 8
"""A line that announces ranges of pay speaks for so many lines after it."""

_MOST_AMOUNTS = 60
"""No posting holds more: of 1,500 none has more than 13, and a range for each US state fits. A text that does is not read to its end."""

_LOOK_BACK = 120
_LOOK_AHEAD = 60
_NEAR = 40
_LEAST_A_YEAR = 0.4
"""A figure "per year" below this part of the least salary is an allowance."""

_BEHIND_TOO = frozenset({Period.HOUR, Period.MONTH, Period.YEAR})
"""Days and weeks further behind an amount are seldom what it is paid for."""

_NEAR_TOP = 12
"""Lines."""

_LEAST_STATED = 6
"""One figure with its period, but without a word for pay, must be so many times the least that is plausible: $900 a month."""


class Statement(NamedTuple):
    """One amount that the posting pays, with the quote that states it, and whether it stands in the head."""

    fact: Fact[Pay]
    is_tag: bool


def read_pay(document: Document) -> Iterator[Statement]:
    """Yield every statement of pay, the head's first, those that stand twice too."""
    surroundings = _Surroundings(document)
    left = _MOST_AMOUNTS
    announced, asked = -_LINES_ANNOUNCED - 1, 0  # the last line that announces ranges, and up to where lines were asked
    for index in read_whole(document).places_matching(_DIGIT):
        line = document.lines[index]
        if line.kind is TAG and line.label != "salary":
            continue
        if _MAY_HOLD_MONEY.search(line.text) and (amounts := find_money(line.text)):
            above = range(index - 1, max(asked, index - _LINES_ANNOUNCED) - 1, -1)
            announced = next((before for before in above if announces_pay(document.lines[before].text)), announced)
            asked = index
            is_announced = announced >= index - _LINES_ANNOUNCED
            yield from _read_line(line, amounts[:left], surroundings, is_announced=is_announced)
            left -= len(amounts)
            if left <= 0:
                return


class _Surroundings:
    """What the rest of a posting tells about its amounts: the currencies of its places."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def head(self) -> set[str]:
        """The currencies of the places in the title and the tags."""
        head = (line.text for line in self._document.lines if line.kind in (TITLE, TAG))
        return find_currencies_of_places(" | ".join(head))

    @cached_property
    def body(self) -> set[str]:
        """The currency of the one country whose places the body names; nothing where they are several."""
        found = find_currencies_of_places("\n".join(line.text for line in self._document.body))
        return found if len(found) == 1 else set()


def _read_line(line: Line, amounts: tuple[Money, ...], surroundings: _Surroundings, *, is_announced: bool) -> Iterator[Statement]:
    is_tag = line.kind is TAG
    in_pay_part = is_tag or is_announced or (line.heading is not None and speaks_of_pay(line.heading))
    after, place = 0, None
    for money in amounts:
        pay = _Amount(line, money, in_pay_part).to_pay(surroundings)
        if pay is not None:
            start, end = _sentence_around(line, money)
            shares_place = line.text[after : money.start].strip() in ("/", "or", "|")
            where = None if is_tag else find_where(line, money, after=max(after, start))
            place = where or (place if shares_place else None)
            quote = line.quote() if is_tag else line.quote(start, end)
            yield Statement(Fact(value=pay.model_copy(update={"where": place}) if place else pay, quote=quote), is_tag=is_tag)
        if pay is not None or money.currency is not None:
            after = money.end


class _Amount(NamedTuple):
    """An amount on its line, and whether the words above speak of pay."""

    line: Line
    money: Money
    in_pay_part: bool

    def to_pay(self, surroundings: _Surroundings) -> Pay | None:
        """Return the pay that the amount is, or None where it is other money."""
        money = self.money
        currency = self._settle_currency(surroundings)
        if currency is None or money.most <= 0:
            return None
        stated = money.per or self._period_around(currency)
        per = stated or period_by_size(money.most, currency)
        if not is_plausible(money.most, currency, per=per) or not self._is_pay(currency, stated):
            return None
        return Pay(minimum=money.minimum, maximum=money.maximum, currency=currency, per=per, kind=read_kind(self.line.text, money))

    @property
    def _before(self) -> str:
        return self.line.text[max(0, self.money.start - _LOOK_BACK) : self.money.start]

    @property
    def _behind(self) -> str:
        return self.line.text[self.money.end : self.money.end + _LOOK_AHEAD]

    def _settle_currency(self, surroundings: _Surroundings) -> str | None:
        money = self.money
        if money.currency not in (None, DOLLAR):
            return settle_currency(money.currency, (surroundings.head,))
        if money.currency is None and not self._is_sure_without_sign():
            return None
        return settle_currency(money.currency, self._hints(surroundings))

    def _is_sure_without_sign(self) -> bool:
        """Tell whether a figure without any currency is called pay all the same."""
        called = self.in_pay_part or is_labelled_as_pay(self._before)
        return called and (self.money.is_range or self.money.scale is not None or is_called_pay(self._before))

    def _hints(self, surroundings: _Surroundings) -> Iterator[set[str]]:
        """Yield what tells the currency, the nearest first: codes and places around, those of the head, of the body."""
        above = self.line.heading or ""
        if self.money.currency == DOLLAR:
            yield find_dollar_codes(f"{above} {self._before[-_NEAR:]} {self._behind[:_NEAR]}")
        yield find_currencies_of_places(f"{above} | {self._before}{self._behind}")
        yield surroundings.head
        yield surroundings.body

    def _period_around(self, currency: str) -> Period | None:
        """Return the period that the words around the amount, or its heading, name and that fits its size."""
        amount = self.money.most
        before = (period for period, _ in reversed(find_periods(self._before)))
        behind = (period for period, _ in find_periods(self._behind) if period in _BEHIND_TOO)
        above = (period for period, _ in find_periods(self.line.heading or ""))
        for period in chain(before, behind, above):
            if is_plausible(amount, currency, per=period) and (period is Period.YEAR or not is_salary_sized(amount, currency)):
                return period
        return None

    def _is_pay(self, currency: str, stated: Period | None) -> bool:
        money, text = self.money, self.line.text
        is_sized = is_salary_sized(money.most, currency)
        if is_other_money(text, money, is_usual_range=money.is_range and bool(is_sized or money.per)):
            return False
        if stated is Period.YEAR and not is_salary_sized(money.most / _LEAST_A_YEAR, currency):
            return False
        if money.currency is None and not (is_sized or money.scale or stated):
            return False
        if money.is_range:
            return bool(is_sized or money.per or self.in_pay_part or speaks_of_pay(self._before))
        if not (is_sized or stated or self.line.kind is TAG or is_called_pay(self._before)):
            return False
        is_usual = money.per is Period.HOUR or (money.per is not None and is_plausible(money.most / _LEAST_STATED, currency, per=money.per))
        return is_pay_by_words(text, money, in_pay_part=self.in_pay_part or is_usual or (is_sized and self._stands_apart()))

    def _stands_apart(self) -> bool:
        """Tell whether the amount is told in a title, or near the top in brackets of its own: "a baker in Leeds (42,000 GBP)"."""
        money, text = self.money, self.line.text
        is_bracketed = text[: money.start].endswith("(") and text.startswith(")", money.end)
        return self.line.kind is TITLE or (is_bracketed and self.line.number <= _NEAR_TOP)


def _sentence_around(line: Line, money: Money) -> tuple[int, int]:
    """Return where the sentence of an amount begins and ends on its line."""
    start, end = 0, len(line.text)
    for sentence in line.sentences:
        if sentence.start <= money.start:
            start = sentence.start
        if sentence.end >= money.end:
            return start, sentence.end
    return start, end


_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$", "AUD": "A$", "NZD": "NZ$", "INR": "₹", "BRL": "R$", "MXN": "MX$"}
"""Signs that nobody takes for another currency; the others are told by their code."""


def find_pay(document: Document) -> Sequence[Fact[Pay]]:
    """
    Return every statement of what the job pays, in the posting's order; the same one stated twice is one.

    Not pay: bonuses, stipends, budgets, equity, funding, revenue.

    >>> from bot.text.lines import read_lines
    >>> def read(text: str) -> list[tuple[float | None, float | None, str, str | None]]:
    ...     document = Document(title=None, company=None, link=None, location=None, lines=read_lines(text))
    ...     return [(f.value.minimum, f.value.maximum, f.value.currency, f.value.where) for f in find_pay(document)]
    >>> read("In Spain, the base salary range is €50-60k.")
    [(50000.0, 60000.0, 'EUR', 'Spain')]
    >>> read("We raised $20M and give you a $1,000 learning budget.")
    []
    """
    statements = list(read_pay(document))
    bodies = [statement for statement in statements if not statement.is_tag]
    kept: list[Fact[Pay]] = [tag.fact for tag in statements if tag.is_tag and not any(_says_again(tag, body) for body in bodies)]
    for body in bodies:
        _keep(kept, body.fact)
    return kept


def _amounts(pay: Pay) -> tuple[float | None, float | None]:
    return pay.minimum, pay.maximum


def _says_again(tag: Statement, body: Statement) -> bool:
    """Tell whether the head's figures are those of the body; the body tells the currency and the period better."""
    head, stated = tag.fact.value, body.fact.value
    single = head.minimum == head.maximum and head.minimum in _amounts(stated)
    return _amounts(head) == _amounts(stated) or (single and head.currency == stated.currency)


def _keep(kept: list[Fact[Pay]], fact: Fact[Pay]) -> None:
    """Add a statement, unless its figures are there; of two the one that names a place is kept."""
    pay = fact.value
    amounts = _amounts(pay)
    for index, other in enumerate(kept):
        same = _amounts(other.value) == amounts and other.value.currency == pay.currency
        if same and (pay.where is None or other.value.where in (None, pay.where)):
            if other.value.where is None and pay.where is not None:
                kept[index] = fact
            return
    kept.append(fact)


def render_pay(facts: Sequence[Fact[Pay]], locale: str = "en") -> Rendered:
    """
    Say what the job pays: one statement in a sentence, several in a list with the place or level of each.

    >>> from bot.domain.facts import Quote
    >>> from bot.domain.facts import Period
    >>> pay = Pay(minimum=135_000, maximum=180_000, currency="USD", per=Period.YEAR)
    >>> render_pay([Fact(value=pay, quote=Quote(text="$135k-$180k"))]).sentence
    '$135,000 to $180,000 a year'
    """
    if len(facts) == 1:
        return Rendered(sentence=_render_statement(facts[0].value, locale))
    sentence = say("The posting states several amounts:", locale)
    return Rendered(sentence=sentence, items=tuple(_render_statement(fact.value, locale) for fact in facts))


EACH = {
    Period.HOUR: "an hour",
    Period.DAY: "a day",
    Period.WEEK: "a week",
    Period.MONTH: "a month",
    Period.YEAR: "a year",
}


def _render_statement(pay: Pay, locale: str) -> str:
    words = f"{_render_amounts(pay, locale)} {say(EACH[pay.per], locale)}"
    if pay.kind is PayKind.TOTAL:
        words += f" {say('in total', locale)}"
    return f"{words} ({pay.where})" if pay.where else words


def _render_amounts(pay: Pay, locale: str) -> str:
    low, high = (None if amount is None else _render_amount(amount, pay.currency, locale=locale) for amount in _amounts(pay))
    if low is None:
        return say("up to {amount}", locale, amount=high)
    if high is None or low == high:
        return str(low) if low == high else say("from {amount}", locale, amount=low)
    return say("{low} to {high}", locale, low=low, high=high if pay.currency in _SIGNS else high.removeprefix(f"{pay.currency} "))


def _render_amount(amount: float, currency: str, *, locale: str) -> str:
    form = form_of(locale)
    if form.language != "en":
        return write_money(amount, currency, form=form)
    figures = f"{amount:,.2f}".removesuffix(".00")
    return f"{_SIGNS[currency]}{figures}" if currency in _SIGNS else f"{currency} {figures}"


def find_pay_keys(pay: Pay) -> tuple[SearchKey, ...]:
    """
    Return the currency and period with the amounts, and beside it which end is open.

    >>> find_pay_keys(Pay(minimum=90_000, currency="USD", per="year"))
    (SearchKey(key='USD/year', low=90000.0, high=None), SearchKey(key='USD/year+', low=None, high=None))
    """
    unit = f"{pay.currency}/{pay.per.value}"
    ends = [SearchKey(f"{unit}{sign}") for sign, end in (("+", pay.maximum), ("-", pay.minimum)) if end is None]
    return (SearchKey(unit, pay.minimum, pay.maximum), *ends)


def to_schema_pay(values: Sequence[Pay]) -> dict[str, Any]:
    """Return pay in the words of schema.org, which has none for total pay: that is no base salary."""
    amounts = [_to_amount(pay) for pay in values if pay.kind is not PayKind.TOTAL]
    return {"baseSalary": amounts[0] if len(amounts) == 1 else amounts} if amounts else {}


def _to_amount(pay: Pay) -> dict[str, Any]:
    amounts = {"value": pay.minimum} if pay.minimum == pay.maximum else {"minValue": pay.minimum, "maxValue": pay.maximum}
    stated = {key: amount for key, amount in amounts.items() if amount is not None}
    value = {"@type": "QuantitativeValue", **stated, "unitText": pay.per.name}
    where = {"description": pay.where} if pay.where else {}
    return {"@type": "MonetaryAmount", "currency": pay.currency, "value": value, **where}


# An amount that a question names against the statements: as written, nothing is converted.

_THOUSANDS = 1_000
"""A smaller number beside yearly pay counts thousands: "over 200"."""

_USUAL = {Period.HOUR: 2_000.0, Period.DAY: 10_000.0}
"""An amount above this is not meant for an hour or a day, where the question names no period."""


def judge_pay(ask: Ask, facts: Sequence[Fact[Pay]]) -> Verdict | None:
    """Weigh an amount against the statements of pay: unclear where a range reaches across it, or where none is comparable."""
    if ask.amount is None or not facts:
        return _judge_units(ask, facts) if facts else None
    asked = [one for one in (_compare(ask.amount, fact.value) for fact in facts) if one is not None]
    if not asked:
        return Verdict.UNCLEAR
    return turn(asked[0] if len(set(asked)) == 1 else Verdict.UNCLEAR, is_denied=ask.is_denied)


def reaches(amount: Amount, fact: Fact[Pay]) -> bool:
    """Tell whether some of what a statement says is paid is as much, or as little, as is asked for."""
    verdict, pay = judge_pay(Ask(topic="pay", amount=amount), [fact]), fact.value
    is_alike = (amount.currency or pay.currency) == pay.currency and (amount.per or pay.per) is pay.per
    ends = {Side.MORE: (pay.maximum,), Side.LESS: (pay.minimum,)}.get(amount.side, (pay.minimum, pay.maximum))
    return verdict is Verdict.YES or (verdict is Verdict.UNCLEAR and is_alike and amount.end is None and None not in ends)


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
    if amount.end is not None:
        end = pay.minimum if amount.end is Side.LESS else pay.maximum
        if end is None:
            return Verdict.UNCLEAR
        low = high = end
    if amount.side in (Side.EXACT, Side.WITHIN):
        is_open = low <= value <= high or amount.end is not None  # whether more would do is not said
        is_met = low == high == value or (amount.side is Side.WITHIN and low <= value <= high)
        return Verdict.YES if is_met else Verdict.UNCLEAR if is_open else Verdict.NO
    if amount.side is Side.MORE:
        return Verdict.YES if low >= value else Verdict.NO if high < value else Verdict.UNCLEAR
    return Verdict.YES if high <= value else Verdict.NO if low > value else Verdict.UNCLEAR


def _judge_units(ask: Ask, facts: Sequence[Fact[Pay]]) -> Verdict | None:
    """Say whether what is stated is in the currency and for the period that are asked about: "is that per month"."""
    if not ask.values or ask.form is not Form.YES_NO or not _IS_STATED.search(fold(ask.words)):
        return None
    told = {is_in_units(f"{fact.value.currency}/{fact.value.per.value}", ask.values) for fact in facts}
    return turn(Verdict.told(holds=True in told), is_denied=ask.is_denied) if len(told) == 1 else Verdict.UNCLEAR


_IS_STATED = compile_later(
    r"\b(?:is|are|isn'?t) (?:that|this|it|those|the)\b|\b(?:ist|sind) (?:das|es)\b|\bc'est\b|\b(?:es|eso es|isso e|e isso)\b"
)


CURRENCIES: tuple[str, ...] = tuple(read_lexicon("currencies")["codes"]["offered"])
_LARGEST_HOURLY = 500.0


def units_of(amount: Amount) -> tuple[str, ...]:
    """Return the currencies and periods in which an amount is looked for; what is not named is taken by its size."""
    period = amount.per or (Period.HOUR if amount.value <= _LARGEST_HOURLY else Period.YEAR)
    return tuple(f"{currency}/{period.value}" for currency in ((amount.currency,) if amount.currency else CURRENCIES))


PAY: Topic[Pay] = Topic(
    name="pay",
    command="salary",
    label="Pay",
    description="What the posting pays, as written",
    asked_as=(
        "pay",
        "salary",
        "what does it pay",
        "how much does it pay",
        "how much",
        "compensation",
        "comp",
        "wage",
        "salary range",
        "pay range",
        "base pay",
        "hourly rate",
        "pay per hour",
        "earn",
        "make",
        "remuneration",
        "the base",
        "base salary",
        "whats the range",
        "the range",
        "get paid",
        "paid",
        "how much for",
        "how much is",
        "how much does * pay",
        "how much would * make",
        "how much * make",
        "salaries",
        "pay rate",
        "salary in",
        "total compensation",
        "ote",
        "paying",
        "what would * pay",
        "stipend",
        "how much * offering",
        "in pounds",
        "in dollars",
        "in euros",
        "they offering",
        "=base",
    ),
    value_type=Pay,
    find=find_pay,
    tell=render_pay,
    keys=find_pay_keys,
    judge=judge_pay,
    many=True,
    silence="The posting does not say what it pays.",
    job_sign=JobSign.BESIDE,
    form_group="terms",
    is_next=True,
    schema_org=to_schema_pay,
    at_a_glance=True,
    side_by_side=True,
)
