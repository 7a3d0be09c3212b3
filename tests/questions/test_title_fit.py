import pytest
from company_rows import rows

from bot.questions.match_company import CLEAR_FIT, fit_titles, pick_postings, rank_difference
from bot.questions.title_index import read_role_words

_POSTINGS = rows(
    "Acme: Senior Solutions Engineer", "Acme: QA Engineer", "Acme: Principal Engineer", "Acme: Software Engineer - Payments Platform"
)


@pytest.mark.parametrize(
    "words",
    ["solution engineer", "pay of the sr solutions eng", "qa engineer", "principal engineer", "payments engineer", "solutoins engineer"],
)
def test_a_title_or_its_own_words_fit_clearly(words: str) -> None:
    assert fit_titles(read_role_words(words), _POSTINGS) >= CLEAR_FIT


@pytest.mark.parametrize(
    "words", ["", "what does it pay", "engineer", "software developer", "data engineer", "staff designer", "junior solutions"]
)
def test_common_and_other_words_do_not(words: str) -> None:
    assert fit_titles(read_role_words(words), _POSTINGS) < CLEAR_FIT


def test_no_postings_fit_nothing() -> None:
    assert fit_titles(read_role_words("qa engineer"), []) == 0


@pytest.mark.parametrize(
    ("asked", "title", "costs"),
    [
        ("senior engineer", "Senior Engineer", 0),
        ("senior engineer", "Staff Engineer", 1.5),
        ("senior staff engineer", "Staff Engineer", 0.35),
        ("senior engineer", "Engineer", 0.5),
        ("engineer", "Senior Engineer", 0.1),
        ("nurse", "Senior Engineer", 0),
        ("engineer", "Engineer", 0),
    ],
)
def test_another_seniority_costs_more_than_one_that_is_not_named(asked: str, title: str, costs: float) -> None:
    assert rank_difference(read_role_words(asked), read_role_words(title)) == costs


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("engineer ii", ["Engineer II"]),
        ("engineer iii", ["Engineer III"]),
        ("engineer", ["Engineer"]),
        ("engineer ii payments", ["Engineer II, Payments"]),
    ],
)
def test_a_step_that_is_named_tells_titles_apart(asked: str, first: list[str]) -> None:
    entries = rows("Acme: Engineer II", "Acme: Engineer III", "Acme: Engineer", "Acme: Engineer II, Payments")
    assert [entry.title for entry in pick_postings(asked, entries)] == first


def test_a_title_without_a_step_goes_before_one_with_another() -> None:
    entries = rows("Acme: Engineer III", "Acme: Engineer")
    assert [entry.title for entry in pick_postings("engineer ii", entries)] == ["Engineer"]


def test_the_right_step_goes_before_none() -> None:
    entries = rows("Acme: Engineer II", "Acme: Engineer")
    assert [entry.title for entry in pick_postings("engineer ii", entries)] == ["Engineer II"]
