"""Amounts and ranges of money, with the currency and period that stand with them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.facts import Period
from bot.text.lexicon import read_lexicon
from bot.text.money import DOLLAR, find_money

_YEAR, _MONTH, _DAY, _HOUR = Period.YEAR, Period.MONTH, Period.DAY, Period.HOUR


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$90,000 - $120,000", (90_000, 120_000, "$")),
        ("$90,000-120,000", (90_000, 120_000, "$")),
        ("$90k–$120k", (90_000, 120_000, "$")),
        ("$90k-120k", (90_000, 120_000, "$")),
        ("$90 - 120K", (90_000, 120_000, "$")),
        ("$90-120,000", (90_000, 120_000, "$")),
        ("90.000/120.000 €", (90_000, 120_000, "EUR")),
        ("90/120K€", (90_000, 120_000, "EUR")),
        ("90k/120k EUR", (90_000, 120_000, "EUR")),
        ("min $90k to a max $120", (90_000, 120_000, "$")),
        ("$90,000 AUD - $120,000 AUD", (90_000, 120_000, "AUD")),
        ("USD $90,000—$120,000", (90_000, 120_000, "USD")),
        ("US$90,000 to US $120,000", (90_000, 120_000, "USD")),
        ("USD $90,000~$120,000", (90_000, 120_000, "USD")),
        ("CA$90,000-CA$120,000", (90_000, 120_000, "CAD")),
        ("CA $90,000 to CA $120,000", (90_000, 120_000, "CAD")),
        ("between PLN 90 000 and 120 000", (90_000, 120_000, "PLN")),
        ("90 000 zł ~ 120 000 zł", (90_000, 120_000, "PLN")),
        ("90000-120000 PLN", (90_000, 120_000, "PLN")),
        ("€90.000 bis 120.000 €", (90_000, 120_000, "EUR")),
        ("90.000 € a 120.000 €", (90_000, 120_000, "EUR")),
        ("de 90 à 120 k€", (90_000, 120_000, "EUR")),
        ("90K€ / 120K€", (90_000, 120_000, "EUR")),
        ("£90-120k", (90_000, 120_000, "GBP")),
        ("CHF 90'000 – 120'000", (90_000, 120_000, "CHF")),
        ("R$ 9.000,00 até R$ 12.000,00", (9_000, 12_000, "BRL")),
        ("9 to 12 lakhs", (900_000, 1_200_000, "INR")),
        ("₹9,00,000 - ₹12,00,000", (900_000, 1_200_000, "INR")),
        ("from 90,000 up to 120,000 SEK", (90_000, 120_000, "SEK")),
        ("MIN: $90,000 - MID: $100,000 - MAX: $120,000 CAD", (90_000, 120_000, "CAD")),
        ("90,000-120,000", (90_000, 120_000, None)),
        ("90, 000-120, 000 pounds", (90_000, 120_000, "GBP")),
        ("between 3, 500 and 4, 200 EUR", (3_500, 4_200, "EUR")),
        ("Work in Asia$1500-1800", (1_500, 1_800, "$")),
    ],
)
def test_a_range_is_one(text: str, found: tuple[float, float, str | None]) -> None:
    assert [(money.minimum, money.maximum, money.currency) for money in find_money(text)] == [found]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("up to $30", None, 30),
        ("max. 500 €", None, 500),
        ("bis zu 60.000 €", None, 60_000),
        ("jusqu’à 60 k€", None, 60_000),
        ("hasta 40.000 €", None, 40_000),
        ("starting at $80,000", 80_000, None),
        ("from £50k", 50_000, None),
        ("at least $80,000", 80_000, None),
        ("ab 60.000 €", 60_000, None),
        ("à partir de 40 000 €", 40_000, None),
        ("$120k+", 120_000, None),
        ("$120,000 and up", 120_000, None),
        ("$120,000", 120_000, 120_000),
        ("$120,000 + equity", 120_000, 120_000),
        ("min. pay is $80,000", 80_000, None),
        ("EUR 3.500,- brutto", 3_500, 3_500),
        ("$8, 000 a month", 8_000, 8_000),
    ],
)
def test_one_figure_may_be_open_to_a_side(text: str, least: float | None, most: float | None) -> None:
    assert [(money.minimum, money.maximum) for money in find_money(text)] == [(least, most)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("$90k AUD / $100k NZD", 2),
        ("$90k in Oslo and $80k in Rome", 2),
        ("€80,000 - $90,000", 2),
        ("$40/hour - $90,000/year", 2),
        ("a 401k plan, a 401(k) match", 0),
        ("B2B, IPv4, UTF-8 and H2O", 0),
        ("a 50% share", 0),
    ],
)
def test_what_does_not_belong_together_stays_apart(text: str, count: int) -> None:
    assert len(find_money(text)) == count


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("$50/hr", _HOUR),
        ("$50 an hour", _HOUR),
        ("$50/hour to $60/hour", _HOUR),
        ("200 PLN/h net", _HOUR),
        ("18 € pro Stunde", _HOUR),
        ("£450 per day", _DAY),
        ("500 € par jour", _DAY),
        ("$5,000 monthly", _MONTH),
        ("5.000 € brutto im Monat", _MONTH),
        ("R$ 5.000 por mês", _MONTH),
        ("20 000 PLN gross/monthly", _MONTH),
        ("45 000 kr per månad", _MONTH),
        ("$90,000/yr", _YEAR),
        ("90 000 € brut annuel", _YEAR),
        ("40.000 € brutos anuales", _YEAR),
        ("$90,000 USD per year", _YEAR),
        ("60.000 € p.a.", _YEAR),
        ("12 LPA", _YEAR),
        ("$90,000 in cash", None),
    ],
)
def test_the_period_right_behind_is_read(text: str, per: Period | None) -> None:
    assert [money.per for money in find_money(text)] == [per]


@given(st.integers(1, 9) | st.integers(1_000, 10**7), st.integers(0, 10**7), st.sampled_from([" - ", "–", "-", " to ", "~", " — "]))
def test_every_range_with_a_sign_is_found(low: int, more: int, dash: str) -> None:
    high = low + more
    (money,) = find_money(f"£{low:,}{dash}£{high:,}")
    assert (money.minimum, money.maximum, money.currency) == (low, high, "GBP")


@pytest.mark.parametrize(
    ("text", "least"), [("£90 - £120,000", 90_000), ("£10–£50,000", 10_000), ("£999 to £999,000", 999_000), ("£90 - £900,000", 90)]
)
def test_thousands_are_meant_by_the_low_end_only_where_the_high_one_is_near(text: str, least: float) -> None:
    assert [money.minimum for money in find_money(text)] == [least]


@given(st.text(alphabet="1290 .,-–$€£kKMto/()+ USDEURhyear", max_size=80))
def test_any_text_gives_amounts_in_order_within_it(text: str) -> None:
    found = find_money(text)
    assert all(0 <= money.start < money.end <= len(text) for money in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(money.minimum is None or money.maximum is None or money.minimum <= money.maximum for money in found)


@pytest.mark.parametrize("gap", ["", " ", "  "])
def test_every_currency_before_an_amount_is_found_whatever_stands_before_it(gap: str) -> None:
    lexicon = read_lexicon("currencies")
    codes = [code for code in lexicon["codes"]["known"] if code.isupper()]
    written = [*lexicon["signs"], DOLLAR, *(f"{code}{gap}{sign}" for code in codes for sign in ("$", "U.S. $"))]
    assert [words for words in written if [money.currency for money in find_money(f"We pay {words}{gap}5,000 now")] in ([], [None])] == []


def test_a_line_of_nothing_but_amounts_is_not_read_to_its_end() -> None:
    assert len(find_money("$1, " * 5_000)) <= 400
