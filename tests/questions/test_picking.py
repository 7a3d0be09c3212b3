"""Which posting a message picks from those listed, spoken of or asked back, and which of two it asks."""

import pytest
from builders_queries import WORLD, essentials, read
from company_rows import HERE, index_of

from bot.domain.person import EVERYONE
from bot.domain.query import Ask, Form, Query, Reach, Target, TargetKind
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Entry
from bot.questions.read_question import read_question

ENGINEERS = CompanyIndex(
    [
        Entry(id=1, scope="everyone", company="Oakbridge", title="Data Engineer", location="London, UK"),
        Entry(id=2, scope="everyone", company="Glasswork", title="Senior Data Engineer, Payments", location="Warsaw, Poland"),
        Entry(id=3, scope="everyone", company="Breadly", title="Data Engineer", location="Lyon, France"),
        Entry(id=4, scope="everyone", company="Mooring", title="Night Porter", location="London, UK"),
    ]
)


def ask_back(topic: str = "pay") -> Query:
    tied = Target(kind=TargetKind.TIED, typed="data engineer", postings=(1, 2, 3), role="data engineer")
    return Query(reach=Reach.ONE, targets=(tied,), asks=(Ask(topic=topic),))


@pytest.mark.parametrize(
    ("message", "posting"),
    [
        ("the one in london", 1),
        ("poland", 2),
        ("the payments one", 2),
        ("the office payments one", 2),
        ("and the lyon one?", 3),
        ("die in warschau", 2),
        ("la de londres", 1),
        ("celui de lyon", 3),
        ("breadly", 3),
    ],
)
def test_what_was_asked_back_is_picked_by_place_title_or_company_and_asked_what_was_asked(message: str, posting: int) -> None:
    query = read_question(message, ENGINEERS, scopes=HERE, last=ask_back())
    assert [target.postings for target in query.targets] == [(posting,)]
    assert [ask.topic for ask in query.asks] == ["pay"]


@pytest.mark.parametrize("message", ["the bakery one", "bakery"])
def test_what_no_title_tells_is_left_to_the_texts(message: str) -> None:
    (target,) = read_question(message, ENGINEERS, scopes=HERE, last=ask_back()).targets
    assert (target.kind, target.postings, target.told_by) == (TargetKind.TIED, (1, 2, 3), ("bakery",))


def test_one_is_picked_after_another_and_what_is_asked_beside_counts() -> None:
    first = read_question("the one in london", ENGINEERS, scopes=HERE, last=ask_back())
    second = read_question("is the warsaw one remote", ENGINEERS, scopes=HERE, last=first)
    assert [target.postings for target in second.targets] == [(2,)]
    assert [ask.topic for ask in second.asks] == ["workplace"]


@pytest.mark.parametrize(
    ("message", "wanted"),
    [("the warsaw one", 2), ("und die in warschau", 2), ("y la de varsovia", 2), ("and the porter one", 4), ("the lyon one, pay?", 3)],
)
def test_another_than_those_listed_is_picked_where_it_is_called_so(message: str, wanted: int) -> None:
    last = Query(text="jobs in london", reach=Reach.ALL, form=Form.LIST, within=(1,), asks=(Ask(topic="pay"),))
    assert [one.postings for one in read_question(message, ENGINEERS, scopes=HERE, last=last).targets] == [(wanted,)]


def test_what_none_of_those_listed_is_called_is_none_of_them_unless_a_text_says_so() -> None:
    last = Query(text="data jobs", reach=Reach.ALL, form=Form.LIST, within=(1, 2, 3), asks=(Ask(topic="pay"),))
    (target,) = read_question("the bakery one", ENGINEERS, scopes=HERE, last=last).targets
    assert (target.kind, target.postings, target.told_by) == (TargetKind.UNKNOWN, (1, 2, 3), ("bakery",))


@pytest.mark.parametrize("message", ["can i apply from poland", "is it remote", "how many years"])
def test_a_question_of_its_own_picks_none(message: str) -> None:
    query = read_question(message, ENGINEERS, scopes=HERE, last=ask_back())
    assert [target.postings for target in query.targets] == [(1, 2, 3)]


@pytest.mark.parametrize(
    ("messages", "wanted"),
    [
        (("what does flex pay", "and nomad?", "compare them"), "several compare Flex, Nomad Health: nothing"),
        (("tldr flex", "and nomad", "do both want python"), "several yes_no Flex, Nomad Health: skills(python)"),
        (("flex years?", "nomad years?", "who asks for more yrs"), "several compare Flex, Nomad Health: experience"),
        (("flex visa", "lime degree", "which one wants python"), "all list those: skills(python)"),
        (("compare flex and nomad", "python needed at which"), "all list those: skills(must, python)"),
        (("who wants python", "which ones use golang"), "all list: skills(golang)"),
        (("who pays the most", "which ones need a phd"), "all list: education(must, doctorate)"),
    ],
)
def test_which_one_asks_of_those_spoken_of_and_which_ones_of_all(messages: tuple[str, ...], wanted: str) -> None:
    assert essentials(read(*messages)) == wanted


@pytest.mark.parametrize(
    ("message", "wanted"),
    [("i have 2, enough?", "one Flex: experience(own exact 2y)"), ("got 10, ok?", "one Flex: experience(own exact 10y)")],
)
def test_a_bare_number_of_the_askers_is_of_years_where_those_were_asked_for(message: str, wanted: str) -> None:
    assert essentials(read("how many years does flex want", message)) == wanted


def test_an_age_is_no_experience() -> None:
    assert "23y" not in essentials(read("how many years does flex want", "im 23 so no?"))


@pytest.mark.parametrize("message", ["german needed?", "mongodb a must?"])
def test_what_must_be_is_asked_of_the_only_one_listed(message: str) -> None:
    last = Query(text="who sponsors visas", reach=Reach.ALL, form=Form.LIST, within=(3,), asks=(Ask(topic="visa"),))
    query = read_question(message, WORLD, scopes=HERE, last=last)
    assert (query.reach, [one.postings for one in query.targets]) == (Reach.ONE, [(3,)])


@pytest.mark.parametrize("message", ["401k?", "mongodb?"])
def test_a_thing_alone_after_a_list_of_one_asks_all_anew(message: str) -> None:
    last = Query(text="who sponsors visas", reach=Reach.ALL, form=Form.LIST, within=(3,), asks=(Ask(topic="visa"),))
    query = read_question(message, WORLD, scopes=HERE, last=last)
    assert (query.reach, query.targets, query.within) == (Reach.ALL, (), ())


@pytest.mark.parametrize(
    ("message", "company", "wanted"),
    [
        ("how many brands does moda carry", "Moda Operandi", TargetKind.FOUND),
        ("what did monarchs ceo make before", "Monarch Money", TargetKind.FOUND),
        ("years at nomix?", "Nomixgroup", TargetKind.FOUND),
        ("nga cyber job where is it", "National Geospatial-Intelligence Agency", TargetKind.FOUND),
        ("muss man für Kertos Deutsch können?", "Kertos", TargetKind.FOUND),
        ("census bureau pay", "Bureau of the Census", TargetKind.FOUND),
        ("dept of harbor services, what do they pay", "DEPARTMENT OF HARBOR SERV.", TargetKind.FOUND),
        ("porter job at environmental safety whats it pay", "DEPT OF ENVIRONMENT SAFETY", TargetKind.FOUND),
        ("terraform pay?", "Terraform Labs", TargetKind.FOUND),
        ("information technology department pay", "Dept of Info Tech", TargetKind.FOUND),
        ("is personio hiring?", "Kertos", TargetKind.UNKNOWN),
        ("mercadona?", "Kertos", TargetKind.UNKNOWN),
        ("does rolkart sponsor", "Rolcart", TargetKind.FOUND),
        ("does roltart sponsor", "Rolcart", TargetKind.UNKNOWN),
        ("square pay", "Squarespace", TargetKind.TIED),
        ("heard winter health hands out a sabbatical after some yrs, whats the deal there", "Winter Health", TargetKind.FOUND),
        ("lonos salary??", "Lona: Senior Machine Learning Engineer", TargetKind.UNKNOWN),
        ("porter salary", "Porter", TargetKind.FOUND),
        ("porter: parental leave?", "Porter", TargetKind.FOUND),
        ("has kafka got a role in here by any chance", "Hooli", TargetKind.UNKNOWN),
    ],
)
def test_a_company_is_found_by_what_people_call_it_and_a_stranger_is_none(message: str, company: str, wanted: TargetKind) -> None:
    (target,) = read_question(message, index_of(company), scopes=HERE).targets
    assert target.kind is wanted


@pytest.mark.parametrize(
    "message",
    [
        "which ones name an actual salary?? sick of wondering",
        "right, last one: im sat in ohio, feasible?",
        "halloween bonus?",
        "useless heap of nails",
        "anything on crocheting",
        "whats this ORBIT team at hooli",
        "does hooli do E-Audit",
        "qué hace el equipo Zafiro de hooli",
    ],
)
def test_a_word_of_english_is_no_company_that_is_not_here(message: str) -> None:
    assert not [target for target in read_question(message, index_of("Hooli"), scopes=HERE).targets if target.kind is TargetKind.UNKNOWN]


@pytest.mark.parametrize(
    "message", ["does hooli take part in audits", "which message queues does hooli name", "2 years building boats, enough for hooli?"]
)
def test_words_that_only_look_like_a_topic_speak_for_none(message: str) -> None:
    assert {ask.topic for ask in read_question(message, index_of("Hooli"), scopes=HERE).asks}.isdisjoint({"pay", "workplace"})


def test_a_good_morning_asks_for_no_hours() -> None:
    assert "timezone" not in {ask.topic for ask in read_question("good morning from oslo", index_of("Hooli"), scopes=HERE).asks}


@pytest.mark.parametrize(
    ("message", "company"),
    [
        ("how much is the director of biz dev one paid", "Hooli Consulting"),
        ("overview of the hooli director role", "Hooli Consulting"),
        ("what does the hooli specialist earn", "Hooli"),
        ("salary of the network defense service provider", "Initech"),
    ],
)
def test_the_longer_title_wins(message: str, company: str) -> None:
    index = index_of(
        "Hooli: Acquisition Specialist",
        "Hooli Consulting: Director of Business Development",
        "Wärme: Bizdev (Paris)",
        "Initech: Computer Network Defense Service Provider",
        "ServiceNow: Security Engineer",
    )
    assert [target.company for target in read_question(message, index, scopes=HERE).targets] == [company]


def test_all_jobs_of_a_company_are_listed_those_of_its_longer_name_too() -> None:
    index = index_of("Hooli: Acquisition Specialist", "Hooli Consulting: Director", "Initech: Porter")
    query = read_question("how many hooli jobs are there", index, scopes=HERE)
    assert (query.reach, query.form, set(query.within)) == (Reach.ALL, Form.HOW_MANY, {1, 2})


_PORTERS = (
    ("Hooli", "Night Porter", ""),
    ("City of Oslo", "Harbor Drafting Technician", ""),
    ("Initech", "Administrative Assistant", "Austin, TX"),
    ("Umbra", "Software Engineer", "South Africa"),
    ("Nimbus", "Software Engineer", "Wexcombe AFB, Alaska"),
    ("Q-X", "Plumber", ""),
)


@pytest.mark.parametrize(
    ("message", "companies"),
    [
        ("night porter job. is the SIA card required", ["Hooli"]),
        ("the night porter job, do i need to be a QZ?", ["Hooli"]),
        ("night porter job, what does brontech pay", ["brontech"]),
        ("night porter: is the Brontech pay better", ["Brontech"]),
        ("pay of the night porter, the zalmora one", ["zalmora"]),
        ("night porter pay, at the zalmora", ["zalmora"]),
        ("how much would a Harbor Drafting Technician make there", ["City of Oslo"]),
        ("admin assistant in austin: pay?", ["Initech"]),
        ("hours for that south africa software engineer thing", ["Umbra"]),
        ("and the wexcombe one", ["Nimbus"]),
        ("q-x and nimbus: years of experience in each?", ["Q-X", "Nimbus"]),
        ("does the drafting technician job need a driver's license", ["City of Oslo"]),
        ("does waitressing at a diner count as experience for the night porter job", ["Hooli"]),
        ("does brontling sponsor visas for the night porter job", ["brontling"]),
        ("does Brontling count bakers for the night porter job", ["Brontling"]),
        ("How many years as a Harbor Guide does the Harbor Drafting Technician need?", ["City of Oslo"]),
        ("What does Hooli's Loud Ovens product do?", ["Hooli"]),
    ],
)
def test_strange_words_beside_a_title_are_no_company_unless_they_stand_like_one(message: str, companies: list[str]) -> None:
    query = read_question(message, _index_of_rows(_PORTERS), scopes=HERE)
    assert [one.company or one.typed for one in query.targets] == companies


@pytest.mark.parametrize(
    "message",
    [
        "the QXR job at bread.gouv - contract length?",
        "is the bread.gouv support job remote",
        "does breadgouv pay well",
        "bread.gouv benefits?",
    ],
)
def test_the_name_that_a_text_has_for_its_employer_names_it_with_a_role_beside(message: str) -> None:
    own = Entry(id=1, scope="everyone", company="Levain", title="Chargé des utilisateurs", names=("bread.gouv",))
    index = CompanyIndex([own, Entry(id=2, scope="everyone", company="Hooli", title="Night Porter")])
    assert [target.postings for target in read_question(message, index, scopes=HERE).targets] == [(1,)]


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Which team at Loafly is the Junior Baker for?", [(1,)]),
        ("What does Loafly state for its baker in Poland?", [(1,)]),
        ("does loafly or hooli pay more", [(1,), (3,)]),
        ("Is the Pan Oslo vacancy a permanent contract?", [(2,)]),
        ("What schooling is asked for the guide published by Pan Oslo?", [(2,)]),
        ("does Dough Research Cambridge need Rust", [(1,)]),
        ("was zahlt Dough Research für den Bäcker?", [(1,)]),
        ("does Hooli Cambridge pay well", [(3,)]),
        ("is the Crumb Forum job remote", [(5, 4)]),
        ("what does the waiter at Crumb Forum earn", [(5,)]),
        ("what does Loafs pay", [()]),
        ("Until when can I apply for the Head of Loaves job at Crumb & Works?", [(6,)]),
        ("does crumb and works pay well", [(6,)]),
    ],
)
def test_a_name_that_only_a_text_has_names_its_posting_whatever_else_is_said(message: str, told: list[tuple[int, ...]]) -> None:
    index = CompanyIndex(
        [
            Entry(id=1, scope="everyone", company="Dough", title="Junior Baker", names=("Loafly", "Dough Research")),
            Entry(id=2, scope="everyone", company="", title="Museum Guide", names=("Pan Oslo",)),
            Entry(id=3, scope="everyone", company="Hooli", title="Night Porter"),
            Entry(id=4, scope="everyone", company="Slow Oven", title="Cook", names=("Crumb Forum",)),
            Entry(id=5, scope="everyone", company="Quick Oven", title="Waiter", names=("Crumb Forum",)),
            Entry(id=6, scope="everyone", company="", title="Head of Loaves", names=("crumbworks",)),
        ]
    )
    assert [target.postings for target in read_question(message, index, scopes=HERE).targets] == told


def test_a_company_of_that_name_goes_before_what_another_text_calls_its_employer() -> None:
    own = Entry(id=1, scope="everyone", company="Dough Bank", title="Baker", names=("Loafly",))
    index = CompanyIndex([own, Entry(id=2, scope="everyone", company="Loafly", title="Night Porter")])
    assert [target.postings for target in read_question("what does loafly pay", index, scopes=HERE).targets] == [(2,)]


def test_words_between_an_article_and_the_role_are_looked_for_in_the_texts() -> None:
    index = index_of("Alpha: Software Engineer", "Brick: Software Engineer")
    (target,) = read_question("the tobacco software engineer job, pay?", index, scopes=HERE).targets
    assert (target.kind, target.told_by) == (TargetKind.TIED, ("tobacco",))


def test_a_word_for_money_is_no_company_that_begins_so() -> None:
    assert essentials(read_question("e a grana?", index_of("Granada Labs"), scopes=HERE)) == "one: pay"


def test_a_field_of_work_is_no_department_that_is_called_so() -> None:
    query = read_question("information technology jobs", index_of("Dept of Info Tech: Analyst"), scopes=HERE)
    assert (query.reach, query.targets) == (Reach.ALL, ())


_SIDES = (
    ("Hooli", "Thermal Engineer (Falcon)", "El Segundo, CA"),
    ("Bureau of Tide Watching", "Biological Science Technician (Soils)", "Elko, Nevada"),
    ("Board of Ice and Snow", "College Aide - Clerical", ""),
    ("Garrison Command", "Supervisory Program Specialist (XQS)", "Fort Brambly, Oklahoma"),
)


@pytest.mark.parametrize(
    ("message", "sides"),
    [
        ("which pays more, the hooli thing or fort brambly", ["Hooli", "Garrison Command"]),
        ("hourly pay: Bureau of Tide Watching technician vs college aide", ["Bureau of Tide Watching", "Board of Ice and Snow"]),
        ("is hooli paying more than the college aide", ["Hooli", "Board of Ice and Snow"]),
        ("zahlt hooli mehr als der college aide", ["Hooli", "Board of Ice and Snow"]),
        ("compare hooli, the college aide and fort brambly pay", ["Hooli", "Board of Ice and Snow", "Garrison Command"]),
        ("hooli vs the juggler job, which pays more", ["Hooli", "unknown juggler job"]),
        ("who pays better: the juggler or hooli?", ["unknown the juggler", "Hooli"]),
        ("compare hooli with the college aide", ["Hooli", "Board of Ice and Snow"]),
        ("what pays more, the fort brambly one or the college aide one", ["Garrison Command", "Board of Ice and Snow"]),
        ("does hooli pay more or less", ["Hooli"]),
        ("is hooli remote or hybrid", ["Hooli"]),
        ("hooli vs market rate", ["Hooli"]),
    ],
)
def test_each_side_is_named_by_company_title_or_place_or_said_to_be_missing(message: str, sides: list[str]) -> None:
    targets = read_question(message, _index_of_rows(_SIDES), scopes=HERE).targets
    assert [one.company if one.kind is TargetKind.FOUND else f"{one.kind.value} {one.typed}" for one in targets] == sides


@pytest.mark.parametrize(
    ("message", "company"),
    [
        ("fort brambly pay", "Garrison Command"),
        ("what does Fort Brambly pay", "Garrison Command"),
        ("which discount do staff get at the Fort Brambly XQS job", "Garrison Command"),
        ("what does the Fort Brambly Walmart job pay", "unknown Walmart"),
    ],
)
def test_a_posting_is_named_by_a_place_that_no_list_of_towns_has(message: str, company: str) -> None:
    (target,) = read_question(message, _index_of_rows(_SIDES), scopes=HERE).targets
    assert (target.company or f"{target.kind.value} {target.typed}") == company


def _index_of_rows(rows: tuple[tuple[str, str, str], ...]) -> CompanyIndex:
    return CompanyIndex(
        [Entry(id=at, scope=EVERYONE, company=name, title=title, location=place) for at, (name, title, place) in enumerate(rows, 1)]
    )


@pytest.mark.parametrize("message", ["how long is the oven test at Crumb (junior one)", "which ovens for the crumb junior one"])
def test_the_level_of_a_role_asks_for_no_years(message: str) -> None:
    index = _index_of_rows((("Crumb", "Junior Oven Builder", ""), ("Crumb", "Senior Oven Builder", "")))
    query = read_question(message, index, scopes=HERE)
    assert query.targets[0].postings == (1,)
    assert "experience" not in {ask.topic for ask in query.asks}
