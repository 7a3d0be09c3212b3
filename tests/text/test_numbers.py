"""Numbers are read in all their spellings."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.numbers import COUNT, NUMBER, SCALE, read_count, read_number

_NUMBER = re.compile(NUMBER)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("7", 7),
        ("120000", 120_000),
        ("1,200", 1_200),
        ("1,200.50", 1_200.5),
        ("1.200,50", 1_200.5),
        ("55.000", 55_000),
        ("8.500.000", 8_500_000),
        ("1'200", 1_200),
        ("1’200.75", 1_200.75),
        ("181 000", 181_000),
        ("1\u00a0200,5", 1_200.5),
        ("2\u202f000", 2_000),
        ("12,00,000", 1_200_000),
        ("38.41", 38.41),
        ("4,5", 4.5),
    ],
)
def test_a_figure_is_read_whole(written: str, value: float) -> None:
    match = _NUMBER.fullmatch(written)
    assert match is not None
    assert read_number(written) == value


@pytest.mark.parametrize(
    ("written", "scale", "value"),
    [
        ("120", "k", 120_000),
        ("1.2", "M", 1_200_000),
        ("4,5", "lakhs", 450_000),
        ("2", "crore", 20_000_000),
        ("18", "tys", 18_000),
        ("30", "MM", 30_000_000),
    ],
)
def test_a_scale_multiplies(written: str, scale: str, value: float) -> None:
    assert re.fullmatch(SCALE, scale, re.IGNORECASE)
    assert read_number(written, scale) == value


@pytest.mark.parametrize("written", ["1.2.3", "1,2345", "10.0.0.1"])
def test_a_version_or_an_address_is_no_figure(written: str) -> None:
    assert _NUMBER.fullmatch(written) is None


@pytest.mark.parametrize(
    ("written", "value"), [("five", 5), ("Drei", 3), ("cinq", 5), ("ocho", 8), ("três", 3), ("10", 10), ("1.5", 1.5), ("2,5", 2.5)]
)
def test_small_numbers_are_read_in_words_and_digits(written: str, value: float) -> None:
    assert re.fullmatch(COUNT, written, re.IGNORECASE)
    assert read_count(written) == value


def test_what_is_no_small_number_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="several"):
        read_count("several")


@given(st.integers(0, 10**9))
def test_every_grouping_of_a_number_reads_the_same(value: int) -> None:
    for grouped in (
        f"{value}",
        f"{value:,}",
        f"{value:,}".replace(",", "."),
        f"{value:,}".replace(",", "'"),
        f"{value:,}".replace(",", " "),
    ):
        assert read_number(grouped) == value


@given(st.integers(0, 10**7), st.integers(1, 99))
def test_cents_are_kept(value: int, cents: int) -> None:
    written = f"{value:,}.{cents:02d}"
    assert read_number(written) == float(f"{value}.{cents:02d}")
