"""Numbers of years that may be years of experience."""

import pytest
from builders import document
from hypothesis import given
from hypothesis import strategies as st

from bot.text.numbers import find_lines_with_years, find_year_spans


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("5+ years of experience", [5]),
        ("five (5) years of experience", [5]),
        ("Five+ years' experience", [5]),
        ("5-7 years experience", [5]),
        ("3 to 5 yrs exp", [3]),
        ("at least 1.5 years of experience", [1.5]),
        ("10 or more years of experience", [10]),
        ("8 plus years of hands-on experience", [8]),
        ("3 + years as a welder", [3]),
        ("Experience: 4 years", [4]),
        ("18 months of experience", [1.5]),
        ("6 years of work with 2 years of Go experience", [6, 2]),
        ("mindestens 3 Jahre Berufserfahrung", [3]),
        ("drei Jahre Erfahrung", [3]),
        ("3 ans d'expérience", [3]),
        ("2 années d’expérience", [2]),
        ("al menos 3 años de experiencia", [3]),
        ("5 anos de experiência", [5]),
        ("5 lat doświadczenia", [5]),
    ],
)
def test_years_of_experience_are_found(text: str, years: list[float]) -> None:
    assert [span.years for span in find_year_spans(text)] == years


@pytest.mark.parametrize(
    "text",
    [
        "over the past 10 years of experience",
        "a 4-year degree",
        "You are 18 years old with experience",
        "10 years ago we gained experience",
        "a 10-year exercise window",
        "four years vesting with a 1 year cliff",
        "for more than 20 years our experience grew",
        "40 years of experience",
        "$50,000/year for your experience",
        "24/7, 365 days a year",
        "In 2023 we grew",
    ],
)
def test_other_years_are_not(text: str) -> None:
    assert list(find_year_spans(text)) == []


def test_the_cheap_test_lets_every_unit_through() -> None:
    for unit in ("years", "Yrs", "YOE", "Jahre", "ans", "années", "años", "anos", "anni", "lat", "jaar", "months", "Monate"):
        assert [line.text for line in find_lines_with_years(document(f"* 5 {unit}\n* x"))] == [f"5 {unit}"]
        assert [line.text for line in find_lines_with_years(document(f"* x\n* (5{unit})"))] == [f"(5{unit})"]
    assert [line.text for line in find_lines_with_years(document("* 1 an\n* an x"))] == ["1 an"]


@given(st.integers(0, 25), st.sampled_from(["years", "yrs", "Years"]), st.sampled_from(["+", "", " or more"]))
def test_every_number_up_to_25_is_read(years: int, unit: str, more: str) -> None:
    assert [span.years for span in find_year_spans(f"{years}{more} {unit} of experience")] == [years]


def test_months_that_something_lasts_are_no_experience() -> None:
    assert list(find_year_spans("You keep one oven running for 12 months.")) == []
    assert [span.years for span in find_year_spans("At least 18 months at an oven")] == [1.5]


def test_the_upper_end_of_a_range_that_sticks_to_a_word_is_no_number_of_years() -> None:
    assert [span.years for span in find_year_spans("A degree in the field3-5 years of baking; 8-10 years of work at an oven")] == [8]
