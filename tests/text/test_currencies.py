"""What a sign, a code or a place says about a currency, and a size about a period."""

import pytest

from bot.domain.facts import Period
from bot.text.money import (
    CROWN,
    DOLLAR,
    find_currencies_of_places,
    find_dollar_codes,
    is_plausible,
    is_salary_sized,
    period_by_size,
    read_currency,
    settle_currency,
    share_currency,
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (("US$",), "USD"),
        (("US $",), "USD"),
        (("C$",), "CAD"),
        (("A$",), "AUD"),
        (("R$",), "BRL"),
        (("MX$",), "MXN"),
        (("$", "CAD"), "CAD"),
        (("AUD $",), "AUD"),
        (("$", None), DOLLAR),
        ((None, "zł"), "PLN"),
        ((None, "euros"), "EUR"),
        (("Rs.",), "INR"),
        (("RMB",), "CNY"),
        ((None, "kr"), CROWN),
        ((None, None), None),
    ],
)
def test_signs_codes_and_words_name_a_currency(written: tuple[str | None, ...], code: str | None) -> None:
    assert read_currency(*written) == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Remote within Canada", {"CAD"}),
        ("Sydney or Auckland", {"AUD", "NZD"}),
        ("Join us, and let us talk", set()),
        ("US or UK", {"USD", "GBP"}),
        ("plus superannuation", {"AUD"}),
        ("Nowhere in particular", set()),
        ("eToronto, re-Toronto or Toronto_2", set()),
        ("InCanada, in Canada", {"CAD"}),
    ],
)
def test_places_tell_their_currency(text: str, codes: set[str]) -> None:
    assert find_currencies_of_places(text) == codes


def test_a_shared_sign_is_settled_by_the_first_hint_that_leaves_one_choice() -> None:
    assert settle_currency(DOLLAR, [{"EUR"}, {"CAD"}]) == "CAD"
    assert settle_currency(DOLLAR, [{"CAD", "USD"}, {"CAD"}]) == "USD"
    assert settle_currency(DOLLAR) == "USD"
    assert settle_currency(CROWN, [{"NOK"}]) == "NOK"
    assert settle_currency(CROWN) == "SEK"
    assert settle_currency("PLN", [{"CAD"}]) == "PLN"
    assert settle_currency(None) is None
    assert settle_currency(None, [{"GBP"}]) == "GBP"


def test_two_currencies_make_no_range() -> None:
    assert share_currency("AUD", DOLLAR) == share_currency(DOLLAR, "AUD") == "AUD"
    with pytest.raises(ValueError, match="EUR"):
        share_currency("EUR", DOLLAR)


def test_dollar_codes_are_found_as_words_only() -> None:
    assert find_dollar_codes("gross in USD, CADENCE") == {"USD"}


@pytest.mark.parametrize(
    ("amount", "currency", "per"),
    [
        (45, "USD", Period.HOUR),
        (4_500, "USD", Period.MONTH),
        (90_000, "USD", Period.YEAR),
        (180, "PLN", Period.HOUR),
        (22_000, "PLN", Period.MONTH),
        (250_000, "PLN", Period.YEAR),
        (1_200_000, "INR", Period.YEAR),
        (60_000, "PHP", Period.MONTH),
        (7_000, "BRL", Period.MONTH),
    ],
)
def test_the_size_tells_the_period_where_nothing_else_does(amount: float, currency: str, per: Period) -> None:
    assert period_by_size(amount, currency) is per


def test_sizes_beyond_what_people_are_paid_are_not_plausible() -> None:
    assert is_salary_sized(90_000, "EUR")
    assert not is_salary_sized(900, "EUR")
    assert not is_salary_sized(90_000_000, "EUR")
    assert not is_plausible(90_000, "EUR", per=Period.HOUR)
    assert not is_plausible(90, "EUR", per=Period.YEAR)
