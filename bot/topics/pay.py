"""What the job pays, as written: amounts, currency, period, and the place or level that each holds for."""

from collections.abc import Sequence

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.domain.pay import Pay, PayKind
from bot.domain.search import SearchKey
from bot.text.document import Document
from bot.text.local_form import form_of, write_money
from bot.topics.pay_reading import Statement, read_pay
from bot.topics.topic import Topic

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


def tell_pay(facts: Sequence[Fact[Pay]], locale: str = "en") -> Telling:
    """
    Say what the job pays: one statement in a sentence, several in a list with the place or level of each.

    >>> from bot.domain.fact import Quote
    >>> from bot.domain.pay import Period
    >>> pay = Pay(minimum=135_000, maximum=180_000, currency="USD", per=Period.YEAR)
    >>> tell_pay([Fact(value=pay, quote=Quote(text="$135k-$180k"))]).sentence
    '$135,000 to $180,000 a year'
    """
    if len(facts) == 1:
        return Telling(sentence=_tell_statement(facts[0].value, locale))
    return Telling(sentence="The posting states several amounts:", items=tuple(_tell_statement(fact.value, locale) for fact in facts))


def _tell_statement(pay: Pay, locale: str) -> str:
    words = f"{_tell_amounts(pay, locale)} a{'n' if pay.per == 'hour' else ''} {pay.per.value}"
    if pay.kind is PayKind.TOTAL:
        words += " in total"
    return f"{words} ({pay.where})" if pay.where else words


def _tell_amounts(pay: Pay, locale: str) -> str:
    low, high = (None if amount is None else _tell_amount(amount, pay.currency, locale=locale) for amount in _amounts(pay))
    if low is None:
        return f"up to {high}"
    if high is None or low == high:
        return str(low) if low == high else f"from {low}"
    return f"{low} to {high if pay.currency in _SIGNS else high.removeprefix(f'{pay.currency} ')}"


def _tell_amount(amount: float, currency: str, *, locale: str) -> str:
    form = form_of(locale)
    if form.language != "en":
        return write_money(amount, currency, form=form)
    figures = f"{amount:,.2f}".removesuffix(".00")
    return f"{_SIGNS[currency]}{figures}" if currency in _SIGNS else f"{currency} {figures}"


def find_pay_keys(pay: Pay) -> tuple[SearchKey, ...]:
    """
    Return the currency and period with the amounts.

    >>> find_pay_keys(Pay(minimum=90_000, currency="USD", per="year"))
    (SearchKey(key='USD/year', low=90000.0, high=None),)
    """
    return (SearchKey(f"{pay.currency}/{pay.per.value}", pay.minimum, pay.maximum),)


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
    tell=tell_pay,
    keys=find_pay_keys,
    tell_locally=tell_pay,
    many=True,
    silence="The posting does not say what it pays.",
)
