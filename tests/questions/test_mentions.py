import pytest
from builders_queries import named
from company_rows import HERE, index_of, rows
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Found, NearTie, Unknown
from bot.questions.message import read_message

_INDEX = index_of(
    "Flex: Staff Machine Learning Engineer",
    "Remote: Senior Backend Engineer",
    "Block: Staff ML Engineer",
    "Prompt: Data Engineer",
    "Circle: Platform Engineer",
    "Discord: Senior Software Engineer",
    "Alt: Product Designer",
    "Simple: iOS Developer",
    "Writer: AI Engineer",
    "Lime: Data Scientist",
    "Alan: Security Engineer",
    "Sona: Backend Engineer",
    "Nixtla: Machine Learning Engineer",
    "Pachama: Senior Machine Learning Engineer",
    "Nomad Health: Senior Machine Learning Engineer",
    "Wikimedia Foundation: Senior Software Engineer",
    "NBCUniversal: FinOps Engineer",
    "Logic20/20 Inc.: Machine Learning Engineer",
    "Cast & Crew: React Engineer",
    "d-Matrix: Compiler Engineer",
    "Veeva Systems: Data Engineer",
    "Torc Robotics: Integration Engineer",
    "Reddit: ML Engineer",
    "CB Insights: AI Engineer",
    "Spot AI: Staff Engineer",
    "One: Support Engineer",
    "15Five: Product Manager",
    "Squarespace: Engineer",
    "Grafana Labs: Backend Engineer",
    "dotplay.games: Founding Engineer",
    "National Geospatial-Intelligence Agency: Officer",
)


_HARD = pytest.mark.xfail(strict=True, reason="not told apart yet")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("flx apply link please", "Flex"),
        ("flex pay?", "Flex"),
        ("what's flex's salary", "Flex"),
        ("does Remote sponsor visas?", "Remote"),
        ("what does remote pay?", "Remote"),
        ("years of experience needed at remote", "Remote"),
        ("is the Flex job remote?", "Flex"),
        ("can I work remotely for Lime", "Lime"),
        ("anything on equity at block", "Block"),
        ("is blok hiring in Spain", "Block"),
        ("how prompt is the reply from Circle", "Circle"),
        ("does Discord use Elixir", "Discord"),
        ("what would I design at alt", "Alt"),
        ("is it simple to apply to Simple?", "Simple"),
        ("simpel visa help", "Simple"),
        ("is the AI position at Writer hybrid or onsite", "Writer"),
        ("does allan want French speakers", "Alan"),
        ("sona holidays", "Sona"),
        ("nixla requirements", "Nixtla"),
        ("in which timezone would Pachma want me", "Pachama"),
        ("nomad helth diploma?", "Nomad Health"),
        ("nomad's benefits", "Nomad Health"),
        ("wikimeda - is Peru alright?", "Wikimedia Foundation"),
        ("what tools does NBCU expect", "NBCUniversal"),
        ("logic2020 pay", "Logic20/20 Inc."),
        ("is travel part of the logc20/20 job", "Logic20/20 Inc."),
        ("does Cast & Crwe want Python", "Cast & Crew"),
        pytest.param("compiler job with d-matirx: degree?", "d-Matrix", marks=_HARD),
        ("how much is veva paying", "Veeva Systems"),
        ("health plan at torq robotics?", "Torc Robotics"),
        ("ml salary at redit", "Reddit"),
        ("visa at CB Insigths", "CB Insights"),
        ("does pachoma sponsor visas", "Pachama"),
        ("Spot AI requirements", "Spot AI"),
        ("who would I report to at One?", "One"),
        ("does 15five have a pension", "15Five"),
        ('pay at "Prompt"', "Prompt"),
        ("any news about @ lime?", "Lime"),
        ("FLEX BENEFITS", "Flex"),
        ("does Square sponsor visas", "Block"),
        ("does twich sponsor visas for the manager spot at flex", "Flex"),
        ("is grafana hiring", "Grafana Labs"),
        ("grafana: pay and years", "Grafana Labs"),
        ("nomad or grafana, who pays more", "Nomad Health"),
        ("what does grafana pay for a senior backend job", "Grafana Labs"),
        ("dotplay pay", "dotplay.games"),
        ("nga officer, citizenship?", "National Geospatial-Intelligence Agency"),
    ],
)
def test_a_company_is_found_in_a_question(question: str, name: str) -> None:
    mention = named(question, _INDEX)
    assert mention is not None
    assert isinstance(mention.match, Found)
    assert mention.match.name == name


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        ("what does Initech pay?", "Initech"),
        ("salary at Globex Corp", "Globex Corp"),
        ("requirements for hooli", "hooli"),
        ("hooli benefits", "hooli"),
        ("is there a bonus at initrode", "initrode"),
        ("vandelay industries salary", "vandelay industries"),
        ("would Oscorp hire me from Kenya", "Oscorp"),
        ("Weyland-Yutani visa sponsorship", "Weyland-Yutani"),
        ("what's Soylent's range for backend engineers", "Soylent"),
        ("IBM salary", "IBM"),
        ("does Netflix pay in USD", "Netflix"),
        ('pay at "Paper Street Soap"', "Paper Street Soap"),
        ("does Globex use kubernetes", "Globex"),
        ("does zorblatt want remote people", "zorblatt"),
        ("remote pay at Globex", "Globex"),
    ],
)
def test_a_company_that_is_not_there_is_named_as_unknown(question: str, typed: str) -> None:
    mention = named(question, _INDEX)
    assert mention is not None
    assert isinstance(mention.match, Unknown)
    assert mention.match.typed == typed


@pytest.mark.parametrize(
    "question",
    [
        "",
        "hi",
        "?!",
        "what does it pay?",
        "and the requirements?",
        "requirments please",
        "is it remote?",
        "is the senior role remote or hybrid?",
        "can I apply from Brazil?",
        "what's the pay in Austin?",
        "pay for zone C in New York",
        "do I need python or kubernetes",
        "is C++ a must",
        "does AWS experience matter",
        "do I have to speak French",
        "could I move my working hours to Mondays",
        "any chance to work from Bali?",
        pytest.param("would they block my application", marks=_HARD),
        "What Is The Salary?",
        "CAN I APPLY FROM INDIA",
        "which writer skills do they want",
        "is one year enough",
        pytest.param("how do they keep it simple", marks=_HARD),
    ],
)
def test_a_question_without_a_name_mentions_nobody(question: str) -> None:
    assert named(question, _INDEX) is None


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("requirements for Nomad List", ("Nomad Health",)),
        ("Circle Medical pay?", ("Circle",)),
    ],
)
def test_a_longer_or_shorter_name_is_asked_back(question: str, names: tuple[str, ...]) -> None:
    mention = named(question, _INDEX)
    assert mention is not None
    assert isinstance(mention.match, NearTie)
    assert mention.match.names == names


def test_the_name_of_a_product_is_no_company_where_its_maker_is_not_there() -> None:
    mention = named("does Square sponsor visas", index_of("Squarespace"))
    assert mention is not None
    assert mention.match == NearTie(typed="Square", names=("Squarespace",))


def test_a_job_that_is_called_a_spot_is_no_company() -> None:
    assert named("does it sponsor visas for the platform manager spot", _INDEX) is None


def test_the_rest_of_the_question_is_left_for_topic_and_role() -> None:
    message = read_message("what's the pay for Flex's staff ML job?", _INDEX, scopes=HERE)
    assert message.without_names() == "what's the pay for staff ML job?"
    assert (message.names[0].start, message.names[0].end) == (19, 23)


def test_a_role_behind_the_shorter_name_is_not_part_of_the_longer() -> None:
    index = index_of("Outlier", "Outlier AI")
    shorter = named("outlier ai developer pay", index)
    longer = named("outlier ai pay", index)
    assert shorter is not None
    assert longer is not None
    assert isinstance(shorter.match, Found)
    assert isinstance(longer.match, Found)
    assert (shorter.match.name, longer.match.name) == ("Outlier", "Outlier AI")


@given(st.text(max_size=120))
def test_any_text_is_read_without_an_error(question: str) -> None:
    named(question, _INDEX)


@given(st.text(" \n?!.,", max_size=9), st.text(" \n?!.,", max_size=9))
def test_a_mention_stands_where_its_words_do(before: str, behind: str) -> None:
    question = f"{before}pay at Nixtla {behind}"
    mention = named(question, index_of("Outlier AI", "Nixtla"))
    assert mention is not None
    assert question[mention.start : mention.end] == "Nixtla"


@given(
    st.sampled_from(["what does {} pay?", "{} salary", "jobs at {}", "hi {}"]),
    st.sampled_from(["Zumbra", "zumbra", "zumbr", "Zumbra Labs"]),
)
def test_another_scopes_company_is_unknown_like_any_other(pattern: str, name: str) -> None:
    hidden = CompanyIndex([*rows("Zumbra Labs", scope="7", start=100), *rows("Flex", "Lime")])
    question = pattern.format(name)
    assert named(question, hidden) == named(question, index_of("Flex", "Lime"))
