"""Pay is written so that a person can edit it, and read back without a guess."""

import pytest
from babel.numbers import list_currencies
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.facts import Pay, PayKind, Period
from bot.topics.written import Miswritten
from bot.topics.written_places import PAY_FORM, read_pay, write_pay

YEAR, HOUR, MONTH = Period.YEAR, Period.HOUR, Period.MONTH


@pytest.mark.parametrize(
    ("typed", "minimum", "maximum", "currency", "per"),
    [
        ("120,000 USD a year", 120_000, 120_000, "USD", YEAR),
        ("120,000 to 150,000 USD a year", 120_000, 150_000, "USD", YEAR),
        ("120000-150000 usd per year", 120_000, 150_000, "USD", YEAR),
        ("120k - 150K USD annually", 120_000, 150_000, "USD", YEAR),
        ("120-150k USD/yr", 120_000, 150_000, "USD", YEAR),
        ("USD 120,000 to USD 150,000 a year", 120_000, 150_000, "USD", YEAR),
        ("between 1k and 2k PLN a month", 1_000, 2_000, "PLN", MONTH),
        ("from 100k EUR to 120k EUR per annum", 100_000, 120_000, "EUR", YEAR),
        ("120.000 EUR im Jahr", 120_000, 120_000, "EUR", YEAR),
        ("120 000,50 eur per year", 120_000.5, 120_000.5, "EUR", YEAR),
        ("up to €95/h", None, 95, "EUR", HOUR),
        ("Max. 95 EUR an hour", None, 95, "EUR", HOUR),
        ("95+ EUR per hour", 95, None, "EUR", HOUR),
        ("from 60 gbp an hour", 60, None, "GBP", HOUR),
        ("£60k or more p.a.", 60_000, None, "GBP", YEAR),
        ("CA$ 50 an hour", 50, 50, "CAD", HOUR),
        ("zł 20 000 a month", 20_000, 20_000, "PLN", MONTH),
        ("12 LPA", 1_200_000, 1_200_000, "INR", YEAR),
        ("900 RMB a day", 900, 900, "CNY", Period.DAY),
        ("2,000 XAF a week", 2_000, 2_000, "XAF", Period.WEEK),
    ],
)
def test_pay_is_read_as_people_write_it(typed: str, minimum: float | None, maximum: float | None, currency: str, per: Period) -> None:
    assert read_pay(typed) == Pay(minimum=minimum, maximum=maximum, currency=currency, per=per, kind=PayKind.BASE)


@pytest.mark.parametrize(
    ("typed", "kind", "where"),
    [
        ("120k USD a year (New York)", PayKind.BASE, "New York"),
        ("120k USD a year base (New York)", PayKind.BASE, "New York"),
        ("120k USD a year in total", PayKind.TOTAL, None),
        ("OTE: 120k USD a year", PayKind.TOTAL, None),
        ("120k USD a year, total compensation (senior)", PayKind.TOTAL, "senior"),
        ("120k USD a year base or total unsaid", None, None),
        ("120k USD a year (Junior (0-3 years), remote)", PayKind.BASE, "Junior (0-3 years), remote"),
    ],
)
def test_what_stands_behind_the_period_is_kind_and_place(typed: str, kind: PayKind | None, where: str | None) -> None:
    assert read_pay(typed) == Pay(minimum=120_000, maximum=120_000, currency="USD", per=YEAR, kind=kind, where=where)


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("120,000 USD", 'say what it is paid for: "a year", "a month", "a week", "a day" or "an hour"'),
        ("120,000 a year", "name the currency by its code: USD, EUR, GBP"),
        ("120,000 per year", "name the currency by its code: USD, EUR, GBP"),
        ("$120k a year", "say which currency $ is, by its code: USD, CAD or AUD"),
        ("500 kr a month", "say which currency kr is, by its code: SEK, NOK or DKK"),
        ("120,000 XYZ a year", "there is no currency XYZ; name it by its code: USD, EUR, GBP"),
        ("150k to 120k USD a year", "the lower amount comes first, and both are written in full"),
        ("100-150,000 USD a year", "write both amounts in full"),
        ("100k USD to 120k EUR a year", "the two amounts are in two currencies; write a line for each"),
        ("up to 100k to 120k EUR a year", 'write "up to" with one amount, or two amounts without it'),
        ("120k USD a year plus bonus", '"plus bonus" is not understood; a place or level stands in brackets at the end'),
        ("a lot", 'there is no amount of pay in "a lot"'),
        ("", 'there is no amount of pay in ""'),
        ("-5 USD a year", 'there is no amount of pay in "-5 USD a year"'),
    ],
)
def test_what_is_not_sure_is_not_guessed(typed: str, complaint: str) -> None:
    with pytest.raises(Miswritten) as caught:
        read_pay(typed)
    assert str(caught.value) == complaint


amounts = st.one_of(
    st.integers(0, 10**9).map(float),
    st.decimals(0, 10**6, places=2).map(float),
    st.floats(0, 1e18, allow_nan=False, allow_subnormal=False),
)
places = st.text(st.characters(whitelist_categories=["Ll", "Lu", "Nd"], whitelist_characters="(),-+/ ."), min_size=1).map(
    lambda words: " ".join(words.split())
)


@given(
    low=st.none() | amounts,
    high=st.none() | amounts,
    currency=st.sampled_from(sorted(list_currencies())),
    per=st.sampled_from(Period),
    rest=st.tuples(st.none() | st.sampled_from(PayKind), st.none() | places.filter(bool)),
)
def test_any_pay_is_read_back_as_it_was_written(
    low: float | None, high: float | None, currency: str, per: Period, rest: tuple[PayKind | None, str | None]
) -> None:
    assume(low is not None or high is not None)
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
        assume(not (0 < low < 1_000 <= high and low * 1_000 <= high <= low * 5_000))  # which nobody could tell from "100-150,000"
    pay = Pay(minimum=low, maximum=high, currency=currency, per=per, kind=rest[0], where=rest[1])
    assert read_pay(write_pay(pay)) == pay


@given(st.text(st.sampled_from("0123456789.,k-+/ $€USDaneyrpto()|'"), max_size=40))
def test_whatever_is_typed_is_pay_or_a_complaint(typed: str) -> None:
    try:
        pay = read_pay(typed)
    except Miswritten:
        pass
    else:
        assert read_pay(write_pay(pay)) == pay


def test_the_example_is_right() -> None:
    value, _, words = PAY_FORM.example.partition(" | ")
    assert words
    assert write_pay(read_pay(value)) == value
