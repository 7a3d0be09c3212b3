import pytest
from company_rows import rows
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.match_company import pick_postings

_MANY = rows(
    "Acme: Staff Machine Learning Engineer, Fraud (PayApp)",
    "Acme: Senior Machine Learning Engineer II, Ads Retrieval",
    "Acme: Senior Back-end Engineer, Portfolio Management",
    "Acme: Site Reliability Engineer",
    "Acme: QA Engineer SR",
    "Acme: Junior Frontend Developer",
    "Acme: Engineering Manager - Security Platform",
    "Acme: SDET (Software Development Engineer in Test)",
    "Acme: Senior .NET Engineer",
    "Acme: Product Manager",
    "Acme: CNA / LPN, Night Shift",
)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("the staff ML one", "Staff Machine Learning Engineer, Fraud (PayApp)"),
        ("pay app staff ml", "Staff Machine Learning Engineer, Fraud (PayApp)"),
        ("who mentors on ads retrieval", "Senior Machine Learning Engineer II, Ads Retrieval"),
        ("sr mle 2", "Senior Machine Learning Engineer II, Ads Retrieval"),
        ("senior backend on portfolio management", "Senior Back-end Engineer, Portfolio Management"),
        ("portfolio mgmt be role", "Senior Back-end Engineer, Portfolio Management"),
        ("does the SRE job have on-call", "Site Reliability Engineer"),
        ("senior qa", "QA Engineer SR"),
        ("jr fe dev", "Junior Frontend Developer"),
        ("junior front-end developer", "Junior Frontend Developer"),
        ("eng manager for security", "Engineering Manager - Security Platform"),
        ("sdet", "SDET (Software Development Engineer in Test)"),
        ("senior .net", "Senior .NET Engineer"),
        ("PM", "Product Manager"),
        ("the nursing one", "CNA / LPN, Night Shift"),
        ("Site Reliability Engineer", "Site Reliability Engineer"),
        ("retreival ml", "Senior Machine Learning Engineer II, Ads Retrieval"),
    ],
)
def test_role_words_pick_one_posting(words: str, title: str) -> None:
    assert [entry.title for entry in pick_postings(words, _MANY)] == [title]


@pytest.mark.parametrize("words", ["", "what does it pay?", "how long is the parental leave", "can I apply from Peru"])
def test_all_are_returned_newest_first_where_nothing_tells_them_apart(words: str) -> None:
    assert [entry.id for entry in pick_postings(words, _MANY)] == list(range(len(_MANY), 0, -1))


def test_equal_fits_are_returned_together() -> None:
    entries = rows("Acme: Software Engineer (Core)", "Acme: Software Engineer (Services)", "Acme: Recruiter")
    assert [entry.id for entry in pick_postings("what does a swe earn", entries)] == [2, 1]


def test_an_only_posting_is_returned_whatever_is_asked_for() -> None:
    assert len(pick_postings("the senior ml one", rows("Acme: Staff ML Engineer"))) == 1


def test_a_whole_title_wins_over_a_longer_one() -> None:
    entries = rows("Acme: DS/ML Engineer", "Acme: Lead DS/ML Engineer")
    assert [entry.id for entry in pick_postings("pay of the ds/ml engineer", entries)] == [1]
    assert [entry.id for entry in pick_postings("is a degree needed for the lead ml engineer", entries)] == [2]


def test_another_seniority_speaks_against_a_posting() -> None:
    entries = rows("Acme: Senior Data Engineer", "Acme: Staff Data Engineer")
    assert [entry.id for entry in pick_postings("staff data engineer", entries)] == [2]
    assert [entry.id for entry in pick_postings("snr data eng", entries)] == [1]


def test_two_ranks_are_told_from_one() -> None:
    entries = rows("Acme: Staff Data Engineer", "Acme: Senior Staff Data Engineer")
    assert [entry.id for entry in pick_postings("senior staff data engineer", entries)] == [2]
    assert [entry.id for entry in pick_postings("staff data engineer", entries)] == [1]


def test_to_be_is_no_backend() -> None:
    entries = rows("Acme: Backend Engineer", "Acme: Frontend Engineer")
    assert len(pick_postings("can the engineer be remote", entries)) == len(entries)


def test_no_postings_give_none() -> None:
    assert pick_postings("anything", []) == []


@given(st.text(max_size=80), st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_some_posting_is_always_picked_and_none_invented(words: str, titles: list[str]) -> None:
    entries = rows(*(f"Acme: {title}" for title in titles))
    picked = pick_postings(words, entries)
    assert picked
    assert {entry.id for entry in picked} <= {entry.id for entry in entries}
