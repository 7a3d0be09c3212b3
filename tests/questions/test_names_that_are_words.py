"""Companies called like a technology, a word of questions or an ordinary word: the role beside the name tells."""

import pytest
from builders_queries import named
from company_rows import HERE, index_of

from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Entry, Found, NearTie
from bot.questions.read_question import read_question

_INDEX = index_of(
    "Flex: Staff Machine Learning Engineer",
    "Snowflake: Senior Solution Engineer",
    "OpenAI: Infrastructure Engineer",
    "Writer: AI Engineer",
    "Remote: Senior Backend Engineer",
    "One: Staff Software Engineer, Payments",
    "Deel: SQL Developer",
    "Gather: Senior QA Engineer",
    "Twist Bioscience: Staff Platform Engineer",
    "DISCO: Senior Software Engineer, Platform",
    "Hopper: Sr Front-end Engineer (Capital One)",
    "Sonder: Data Engineer",
    "Addepar: iOS Engineer",
    "Versapay: Director of Sales",
    "Fetch: Backend Engineer",
    "Nomad Health: Nurse Coordinator",
    "Nomad List: Python Developer",
    "AKRON: Ferry Pilot",
)


_PEOPLE = index_of("people-loaf: Baker", "Work Harbor: Pilot", "Flex: Staff Machine Learning Engineer")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("which jobs take people from lagos", None),
        ("do they hire people from kenya", None),
        ("does flex take people from nigeria", "Flex"),
        ("how many people work there", None),
        ("jobs for people without a degree", None),
        ("salary at people loaf", "people-loaf"),
        ("people loaf pay", "people-loaf"),
    ],
)
def test_a_word_that_is_asked_for_is_no_company_that_is_called_so_and_more(question: str, name: str | None) -> None:
    found = [target.company for target in read_question(question, _PEOPLE, scopes=HERE).targets]
    assert found == ([name] if name else [])


_BRIDGE = index_of("Bridge Harbour Works: Optician", "City of Elmcreek: BRIDGE CONSTRUCTION MECHANIC")


@pytest.mark.parametrize(
    ("question", "postings"),
    [
        ("what does the bridge construction mechanic pay", (2,)),
        ("bridge mechanic salary", (2,)),
        ("what does bridge harbour pay", (1,)),
        ("bridge harbour salary", (1,)),
        ("what does bridge harbour pay its optician", (1,)),
    ],
)
def test_a_word_of_another_companys_title_is_no_company_that_is_called_so_and_more(question: str, postings: tuple[int, ...]) -> None:
    query = read_question(question, _BRIDGE, scopes=HERE)
    found = {number for target in query.targets for number in target.postings}
    assert found == set(postings)


def _match(question: str) -> object:
    mention = named(question, _INDEX)
    return mention.match if mention else None


_HARD = pytest.mark.xfail(strict=True, reason="not told apart yet")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("openai infra engineer clearance?", "OpenAI"),
        ("infrastructure engineer openai pay", "OpenAI"),
        pytest.param("years of presales for snowflake solution engineer", "Snowflake", marks=_HARD),
        ("snowflak solutions engineer travel", "Snowflake"),
        ("snowflake how many days off do they give", "Snowflake"),
        ("is writer ai eng remote", "Writer"),
        ("which tools for the payments engineer job at one", "One"),
        pytest.param("does one match 401k for the payments engineers", "One", marks=_HARD),
        pytest.param("sql developer for deal, from Spain?", "Deel", marks=_HARD),
        ("gathers senior qa salary", "Gather"),
        ("qa engineer gather pay", "Gather"),
        ("twist bio staff platform engineer years", "Twist Bioscience"),
        ("hoppers capital one front-end team stack", "Hopper"),
        ("what does cs disco use for search", "DISCO"),
        ("dadepar ios engineer pay", "Addepar"),
        ("nomad python dev pay", "Nomad List"),
        ("can i get visa help from sonderr", "Sonder"),
        ("whats akron's stack", "AKRON"),
    ],
)
def test_the_role_confirms_a_company(question: str, name: str) -> None:
    match = _match(question)
    assert isinstance(match, Found)
    assert match.name == name


@pytest.mark.parametrize(
    "question",
    [
        "do i need snowflake for it",
        "do they use snowflake for the solution engineer role",
        pytest.param("is openai experience needed", marks=_HARD),
        "the senior backend one, does it pay well",
        "is one year of sql enough",
        "a remote role with a simple deal",
        pytest.param("where do people gather for lunch", marks=_HARD),
        "what hours for the llm job for fan platforms",
        "for which data engineer certs do they pay",
        "security engineer job: certs?",
        "can the engineer be in Spain",
    ],
)
def test_a_word_stays_a_word_where_no_role_stands_by_it(question: str) -> None:
    assert _match(question) is None


@pytest.mark.parametrize(
    ("question", "names"),
    [
        pytest.param("remote backend engineer salary", ("Remote",), marks=_HARD),
        pytest.param("how long is parental leave at one", ("One",), marks=_HARD),
        pytest.param("can the one payments engineer be in Peru", ("One",), marks=_HARD),
        pytest.param("is it quiet at gathered", None, marks=_HARD),
        ("sonder labs pay", ("Sonder",)),
        ("nomad pay", ("Nomad Health", "Nomad List")),
    ],
)
def test_what_is_likely_but_not_sure_is_asked_back(question: str, names: tuple[str, ...] | None) -> None:
    match = _match(question)
    assert (match.names if isinstance(match, NearTie) else match) == names


@pytest.mark.parametrize(
    "question",
    [
        "it engineer verta pay",
        pytest.param("abercrombie and fitch backend engineer pay", marks=_HARD),
        "alexa staff machine learning engineer",
        "what does quuxly do (the data one)",
    ],
)
def test_a_likeness_by_accident_is_no_company(question: str) -> None:
    assert not isinstance(_match(question), Found)


@pytest.mark.parametrize(
    ("message", "postings"),
    [
        # The people of a company are no part of its name.
        ("how big is the tidal crew", [(1,)]),
        ("does the tidal gang get equity", [(1,)]),
        ("what do tidal folks earn", [(1,)]),
        # What stands for no employer beside what is here.
        ("Who makes up the team at Tidal at present?", [(1,)]),
        ("Is there a shift at Tidal at night?", [(1,)]),
        ("Who is the Employer of Record for Tidal?", [(1,)]),
        ("Does an applicant for Bridge Painter have to be permanent or on its Civil Service list?", [(2,)]),
        ("What is the mission of BARL, where the Senior Barley Grower works?", [(3,)]),
        # A name that was cut off where it is stored.
        ("For how many years may someone be a Clerk at the Office of Tidal Bookkeeping?", [(4,)]),
        # Others are asked for as before.
        ("does Harbor Works or Square pay more", [(2,), ()]),
        ("Who is the CEO of Square?", [()]),
        ("is there a job at Umbrella", [()]),
    ],
)
def test_words_beside_a_name_that_name_no_other_company(message: str, postings: list[tuple[int, ...]]) -> None:
    index = CompanyIndex(
        [
            Entry(id=1, scope="everyone", company="Tidal Insurance", title="Underwriter"),
            Entry(id=2, scope="everyone", company="Harbor Works", title="Bridge Painter"),
            Entry(id=3, scope="everyone", company="Bakers of Ghent", title="Senior Barley Grower", names=("BARL",)),
            Entry(id=4, scope="everyone", company="OFFICE OF TIDAL BOOKKEEPIN", title="Clerk"),
        ]
    )
    assert [target.postings for target in read_question(message, index, scopes=HERE).targets] == postings
