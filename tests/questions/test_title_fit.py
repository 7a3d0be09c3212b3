import pytest
from company_rows import rows

from bot.questions.match_company import CLEAR_FIT, fit_titles
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
