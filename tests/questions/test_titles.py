import pytest
from company_rows import HERE
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.person import EVERYONE
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Entry
from bot.questions.places import find_asked_places
from bot.questions.title_finder import TitleFinder, find_by_title
from bot.questions.tokens import flatten, tokenise

_ROWS = [
    ("", "Senior Back-End Engineer"),
    ("", "Full Stack Engineer (frontend focus)"),
    ("", "QA Engineer (m/f/d)"),
    ("", "Lead Drupal Developer"),
    ("Flex", "Staff Machine Learning Engineer"),
    ("Block", "Staff Machine Learning Engineer"),
    ("Deel", "SQL Developer"),
    ("Circle", "Data Analyst"),
    ("Lime", "Staff Engineer"),
    ("Alma", "Software Engineer II, Claims"),
]


def _entries(rows: list[tuple[str, str]], *, scope: str = EVERYONE, start: int = 1) -> list[Entry]:
    return [Entry(id=start + place, scope=scope, company=company, title=title) for place, (company, title) in enumerate(rows)]


_INDEX = CompanyIndex(_entries(_ROWS))


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("what hours for the senior back end job in Canada", ["Senior Back-End Engineer"]),
        ("sr backend eng pay", ["Senior Back-End Engineer"]),
        ("is the backend role remote", ["Senior Back-End Engineer"]),
        ("full stack engineer frontend focus, monthly salary?", ["Full Stack Engineer (frontend focus)"]),
        ("does the fullstack engineer need a degree", ["Full Stack Engineer (frontend focus)"]),
        ("how many years for the qa job", ["QA Engineer (m/f/d)"]),
        ("drupall developer job", ["Lead Drupal Developer"]),
        ("sql dev pay", ["SQL Developer"]),
        ("software engineer 2 on claims", ["Software Engineer II, Claims"]),
        ("staff engineer pay", ["Staff Engineer"]),
    ],
)
def test_a_title_in_the_question_leads_to_its_postings(question: str, titles: list[str]) -> None:
    assert [entry.title for entry in find_by_title(question, _INDEX, scopes=HERE)] == titles


@pytest.mark.parametrize(
    "question",
    [
        "",
        "what does it pay",
        "how is my data kept",
        "is it full time",
        "staff backend engineer pay",
        "software engineer 3 on claims",
        "product designer salary",
        "compass backend engineer pay",
        "backend engineer at compass",
    ],
)
def test_no_title_no_posting(question: str) -> None:
    assert find_by_title(question, _INDEX, scopes=HERE) == ()


_HERE_AND_THERE = CompanyIndex(
    [
        Entry(id=1, scope=EVERYONE, company="City of Fairview", title="CHIEF OF SURVEY OPERATIONS"),
        Entry(id=2, scope=EVERYONE, company="", title="Software Engineer", location="Nairobi, Kenya"),
        Entry(id=3, scope=EVERYONE, company="Hooli", title="Software Engineer II (Peru)"),
        Entry(id=4, scope=EVERYONE, company="University of Utrecht", title="Tidal Model Builder", location="Utrecht, Netherlands"),
        Entry(id=5, scope=EVERYONE, company="DEPT OF HARBORS/COASTAL SAFETY", title="Permit Analyst"),
        Entry(id=6, scope=EVERYONE, company="City of Fairview", title="Bridge Inspector"),
        Entry(id=7, scope=EVERYONE, company="", title="QED Fellow - Cloud Gardener", names=("OakBridge",)),
    ]
)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("pay for the fairview survey chief", 1),
        ("is the kenya software dev job remote", 2),
        ("hours of that software engineer job in nairobi", 2),
        ("the peru one, how many years", 3),
        ("bis wann kann man sich bei der uni utrecht bewerben", 4),
        ("tidal models job, permanent?", 4),
        ("permit analyst at the harbors dept: start date", 5),
        ("what score does a bridge inspector need", 6),
        ("c'est quoi le poste d'inspector of bridge", 6),
        ("whats the pay at qed", 7),
        ("oakbridge benefits?", 7),
    ],
)
def test_words_of_title_company_and_place_together_lead_to_one_posting(question: str, number: int) -> None:
    places = find_asked_places(question, flatten(question))
    pointed = TitleFinder(tokenise(question), _HERE_AND_THERE.titles, HERE, places).find()
    assert pointed is not None
    assert [entry.id for entry in pointed.entries] == [number]


@pytest.mark.parametrize(
    "question",
    [
        "jobs in nairobi",
        "is there a city hall",
        "do they model anything",
        "university degree needed?",
        "can i apply from peru",
        "a safety vest?",
    ],
)
def test_a_place_or_a_word_alone_leads_to_none(question: str) -> None:
    places = find_asked_places(question, flatten(question))
    assert TitleFinder(tokenise(question), _HERE_AND_THERE.titles, HERE, places).find() is None


def test_equal_titles_are_returned_together() -> None:
    found = find_by_title("staff ml engineer pay", _INDEX, scopes=HERE)
    assert {entry.company for entry in found} == {"Flex", "Block"}


def test_postings_without_a_company_come_first() -> None:
    index = CompanyIndex(_entries([("Flex", "Backend Engineer"), ("", "Backend Engineer"), ("Lime", "Backend Engineer")]))
    assert next(entry.company for entry in find_by_title("backend engineer pay", index, scopes=HERE)) == ""


def test_a_posting_that_leaves_is_found_no_more() -> None:
    index = CompanyIndex(_entries([("", "Backend Engineer")]))
    index.remove(1)
    assert find_by_title("backend engineer pay", index, scopes=HERE) == ()


def test_a_replaced_posting_goes_by_its_new_title() -> None:
    index = CompanyIndex(_entries([("", "Backend Engineer")]))
    index.add(Entry(id=1, scope=EVERYONE, company="", title="Data Engineer"))
    assert find_by_title("backend engineer pay", index, scopes=HERE) == ()
    assert len(find_by_title("data engineer pay", index, scopes=HERE)) == 1


@given(st.sampled_from(["backend engineer pay", "bakcend engineer", "the zorbish role", "what hours for zorbish"]))
def test_another_scopes_titles_change_nothing(question: str) -> None:
    hidden = CompanyIndex([*_entries(_ROWS), *_entries([("", "Zorbish Backend Engineer")], scope="7", start=100)])
    assert find_by_title(question, hidden, scopes=HERE) == find_by_title(question, _INDEX, scopes=HERE)


@given(st.text(max_size=80), st.lists(st.text(max_size=40), max_size=5))
@example("0:0:1", ["0:0:1"])
def test_any_text_is_read_without_an_error(question: str, titles: list[str]) -> None:
    entries = _entries([("", title) for title in titles])
    assert set(find_by_title(question, CompanyIndex(entries), scopes=HERE)) <= set(entries)


@pytest.mark.parametrize("question", ["how much aquarist experience is required", "is scuba needed for the aquarist"])
def test_one_word_that_only_names_a_trade_points_at_its_posting(question: str) -> None:
    index = CompanyIndex(_entries([("City of Oslo", "Aquarist"), ("Flex", "Data Engineer")]))
    assert [entry.title for entry in find_by_title(question, index, scopes=HERE)] == ["Aquarist"]


@pytest.mark.parametrize("question", ["nurse closing date", "nurse: pay?", "nurse pay"])
def test_a_trade_that_is_said_first_points_at_the_one_posting_that_has_it(question: str) -> None:
    rows = [("City of Oslo", "Registered Nurse (Night Ward)"), ("Flex", "Data Engineer")]
    index = CompanyIndex(_entries(rows))
    assert [entry.title for entry in find_by_title(question, index, scopes=HERE)] == ["Registered Nurse (Night Ward)"]
    assert find_by_title("is a nurse licence needed", index, scopes=HERE) == ()
    assert find_by_title(question, CompanyIndex(_entries([*rows, ("Lime", "Nurse Educator")])), scopes=HERE) == ()


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("so what does the new york job pay", [2, 1]),
        ("is the nyc job remote", [2, 1]),
        ("pay for the munich job", [3]),
        ("was zahlt der job in münchen", [3]),
        ("the frankfurt job, visa?", [4]),
        ("is the sf job remote", [5]),
        ("is the bengaluru job hybrid", [6]),
        ("the mexico city job, pay?", [7]),
    ],
)
def test_a_city_by_another_of_its_names_is_the_same_one(question: str, numbers: list[int]) -> None:
    places = (
        "NYC",
        "US, NY, New York",
        "München",
        "Frankfurt am Main, Germany",
        "San Francisco, CA",
        "Bangalore, India",
        "Ciudad de México",
    )
    rows = enumerate(places, start=1)
    index = CompanyIndex(Entry(id=number, scope=EVERYONE, company="", title=f"Cook {number}", location=place) for number, place in rows)
    finder = TitleFinder(tokenise(question), index.titles, HERE, find_asked_places(question, flatten(question)))
    pointed = finder.find()
    assert pointed is not None
    assert [entry.id for entry in pointed.entries] == numbers
