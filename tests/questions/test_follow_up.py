"""What a message goes on about: the posting spoken of, those listed, or nothing of it all."""

import pytest
from builders_queries import WORLD, essentials, read
from company_rows import HERE

from bot.domain.person import EVERYONE
from bot.domain.query import Amount, Ask, Form, Query, Reach, Side, Target, TargetKind
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Entry
from bot.questions.read_question import read_question


@pytest.mark.parametrize(
    ("messages", "wanted"),
    [
        (("compare flex and nomad", "and the second one, is it remote", "what does the first one pay"), "one Flex: pay"),
        (("compare flex and nomad", "is the second one remote", "do they sponsor", "and the first one?"), "one Flex: visa"),
        (("compare flex, lime and simple", "the last one, which degree", "and the second one"), "one Lime: education"),
        (("flex vs nomad pay", "where's the second one"), "one Nomad Health: countries"),
        (("flex vs nomad pay", "ok and the first, do they give stock"), "one Flex: benefits"),
    ],
)
def test_one_of_those_compared_may_be_asked_about_after_the_other(messages: tuple[str, ...], wanted: str) -> None:
    assert essentials(read(*messages)) == wanted


@pytest.mark.parametrize(
    ("messages", "wanted"),
    [
        (("what does flex pay", "anything in canada"), "all list: countries(CA)"),
        (("what does flex pay", "jobs in the uk"), "all list: countries(GB)"),
        (("what does flex pay", "any government jobs paying over 100k"), "all list of=government: pay(more 100000)"),
        (("what does flex pay", "any jobs over 100k"), "all list: pay(more 100000)"),
        (
            ("is a masters needed at flex", "i have a bachelors + 10 yrs work"),
            "one Flex: education(bachelor); experience(own exact 10y, bachelor)",
        ),
        (("waitress jobs",), "all list role=waitress: nothing"),
        (("what does flex pay", "not flex, who else pays over 150k"), "all list: pay(more 150000)"),
        (("is flex remote", "qué piden en nomad"), "one Nomad Health: requirements(must)"),
        (("is flex remote", "was verlangt nomad"), "one Nomad Health: requirements"),
        (("what does flex pay", "which companies besides flex sponsor visas"), "all list: visa"),
        (("what does flex pay", "whats here"), "all list: nothing"),
        (("was zahlt flex?", "was gibt es hier?"), "all list: nothing"),
        (("what does flex pay", "jobs under 20 an hour"), "all list: pay(hour, less 20 /hour)"),
        (("what does flex pay", "who pays over 150k"), "all list: pay(more 150000)"),
        (("what does flex pay", "got anything in kenya"), "all list: countries(KE)"),
        (("what does flex pay", "whos remote"), "all list: workplace(remote)"),
        (("what does flex pay", "whos sponsoring visas"), "all list: visa"),
        (("was zahlt flex?", "irgendwas in polen"), "all list: countries(PL)"),
        (("who wants python", "anything in canada"), "all list: countries(CA)"),
        (("what does flex pay", "which has a pension"), "all list: benefits"),
        (("what does flex pay", "whats the newest posting"), "all list: nothing"),
        (("who wants python", "how many are in the us"), "all how_many: countries(US)"),
        (("who wants python", "any accounting jobs"), "all list of=accounting: nothing"),
        (("remote jobs", "and in europe?"), "all list: workplace(remote); countries(EUROPE)"),
    ],
)
def test_a_search_of_its_own_takes_nothing_from_what_was_before(messages: tuple[str, ...], wanted: str) -> None:
    assert essentials(read(*messages)) == wanted


@pytest.mark.parametrize(
    ("messages", "wanted"),
    [
        (("what does flex pay", "who would i work with"), "one Flex: other"),
        (("what does flex pay", "who will be my boss"), "one Flex: other"),
        (("what does flex pay", "who do i send my resume to"), "one Flex: apply"),
        (("was zahlt flex?", "gibt es homeoffice"), "one Flex: workplace(remote)"),
        (("was zahlt flex?", "darf ich von zu hause arbeiten"), "one Flex: workplace(remote)"),
        (("combien paie flex ?", "y a une mutuelle"), "one Flex: benefits"),
        (("what does flex pay", "can anyone apply"), "one Flex: apply"),
        (("does flex sponsor", "how much for NP II"), "one Flex: pay"),
        (("does flex sponsor", "whats the L4 salary"), "one Flex: pay"),
        (("what does flex pay", "how many customers would i have"), "one Flex: company"),
        (("combien paie flex ?", "combien de jours en tout"), "one Flex: workplace"),
        (("what does flex pay", "how long can it run at most"), "one Flex: employment_type"),
        (("what does flex pay", "and what hrs"), "one Flex: timezone"),
        (("what does flex pay", "and min years?"), "one Flex: experience"),
        (("was zahlt flex?", "und an wen schreib ich"), "one Flex: apply"),
        (("flex salary kitni hai", "kahan pe"), "one Flex: countries"),
        (("what does flex pay", "where's the office"), "one Flex: countries"),
        (("what does flex pay", "which city, or is it remote"), "one Flex: workplace(remote); countries"),
        (("what does flex pay", "us only?"), "one Flex: countries(only, US)"),
        (("was zahlt flex?", "darf ich aus österreich arbeiten"), "one Flex: countries(AT)"),
        (("cuánto paga flex?", "puedo trabajar desde chile"), "one Flex: countries(CL)"),
        (("what does flex pay", "damn"), "talk off_topic"),
    ],
)
def test_what_only_one_posting_can_answer_is_asked_of_the_one_spoken_of(messages: tuple[str, ...], wanted: str) -> None:
    assert essentials(read(*messages)) == wanted


@pytest.mark.parametrize(
    ("messages", "wanted"),
    [
        (("how many years for flex", "no i meant lime"), "one Lime: experience"),
        (("what does flex pay", "sorry i meant nomad"), "one Nomad Health: pay"),
        (("was zahlt flex", "ich meinte lime"), "one Lime: pay"),
        (("cuánto paga flex?", "perdón, me refería a lime"), "one Lime: pay"),
        (("combien paie flex ?", "je voulais dire lime"), "one Lime: pay"),
        (("quanto paga a flex?", "desculpa, quis dizer lime"), "one Lime: pay"),
        (("what does flex pay", "i meant the visa at lime"), "one Lime: visa"),
    ],
)
def test_a_slip_that_is_put_right_is_asked_what_was_asked(messages: tuple[str, ...], wanted: str) -> None:
    assert essentials(read(*messages)) == wanted


@pytest.mark.parametrize(
    ("messages", "wanted"),
    [
        (("what does flex pay", "and the parking"), "one Flex: other"),
        (("what does flex pay", "and the dog?"), "one Flex: other"),
        (("was zahlt flex?", "und der hund"), "one Flex: other"),
        (("what does flex pay", "and the hours"), "one Flex: timezone"),
        (("what does flex pay", "and the foundation"), "one Wikimedia Foundation: pay"),
        (("what does flex pay", "do they sponsor", "how much"), "one Flex: pay"),
        (("combien paie flex ?", "et le visa ?", "combien ?"), "one Flex: pay"),
        (("was zahlt flex?", "und das visum", "wie viel?"), "one Flex: pay"),
        (("flex vs nomad pay", "who is lower"), "several compare Flex, Nomad Health: pay"),
        (("flex or nomad, who gives more holidays", "what about lime"), "one Lime: benefits"),
        (("flex vs nomad", "which one needs a car"), "all list those: other(must)"),
        (("which hopper job pays more",), "several most Hopper: pay"),
        (("what does flex pay", "is that more than nomad"), "several compare Flex, Nomad Health: pay"),
        (("flex visa", "and pachama?", "hows the lime pay compared to it"), "several compare Pachama, Lime: pay"),
        (("flex vs nomad 401k", "ok just flex"), "one Flex: benefits"),
        (("anything for a doctor?", "an engineer?"), "all list role=engineer: nothing"),
        (("any designers", "and writers?"), "all list role=writers: nothing"),
    ],
)
def test_what_is_said_in_few_words_is_asked_of_what_was_spoken_of(messages: tuple[str, ...], wanted: str) -> None:
    assert essentials(read(*messages)) == wanted


@pytest.mark.parametrize("message", ["whats that paying", "n how many yrs", "and how many years", "nice, whats it offering"])
def test_what_is_asked_of_the_only_posting_of_a_list_is_asked_of_no_other(message: str) -> None:
    last = Query(text="internships?", reach=Reach.ALL, form=Form.LIST, within=(3,), asks=(Ask(topic="employment_type"),))
    assert [target.company for target in read_question(message, WORLD, scopes=HERE, last=last).targets] == ["Flex"]


@pytest.mark.parametrize("message", ["and who tops it", "who tops the list"])
def test_who_tops_a_list_has_most_of_what_it_was_asked_for(message: str) -> None:
    amount = Amount(value=100_000, side=Side.MORE)
    last = Query(text="over 100k", reach=Reach.ALL, form=Form.LIST, within=(3, 1), asks=(Ask(topic="pay", amount=amount),))
    query = read_question(message, WORLD, scopes=HERE, last=last)
    assert (query.form, query.within, [(ask.topic, ask.amount) for ask in query.asks]) == (Form.MOST, (3, 1), [("pay", None)])


@pytest.mark.parametrize(
    ("messages", "wanted"),
    [
        (("what does flex pay in new york?", "and if i live in texas"), "one Flex: pay(US-TX)"),
        (("what does flex pay", "what if im in kenya"), "one Flex: pay(KE)"),
        (("is flex remote", "what if im in kenya"), "one Flex: countries(KE)"),
        (("what does nomad pay?", "n the machine learning one at flex?"), "one Flex: pay"),
        (("what does flex pay", "who can i hit up with questions"), "one Flex: apply"),
        (("was zahlt flex?", "mit wem kann ich da reden"), "one Flex: apply"),
        (("quanto paga a flex?", "com quem eu falo"), "one Flex: apply"),
        (("what does flex pay", "til when does that run"), "one Flex: other"),
    ],
)
def test_what_goes_on_in_other_words_is_asked_of_the_one_spoken_of(messages: tuple[str, ...], wanted: str) -> None:
    assert essentials(read(*messages)) == wanted


def test_the_only_posting_of_a_list_is_asked_for_its_place() -> None:
    last = Query(text="any hotel work", reach=Reach.ALL, form=Form.LIST, within=(3,), role="hotel")
    query = read_question("is it in egypt", WORLD, scopes=HERE, last=last)
    assert essentials(query) == "one Flex: countries(EG)"


def test_a_place_that_a_list_has_not_is_said_so() -> None:
    last = Query(text="any hotel work", reach=Reach.ALL, form=Form.LIST, within=(3,), asks=(Ask(topic="pay"),))
    assert essentials(read_question("and the second?", WORLD, scopes=HERE, last=last)) == "talk nothing_listed"


def test_a_city_alone_may_mean_the_company_that_is_called_after_it() -> None:
    rows = [("Umbra", "Engineer", "Berlin"), ("University of Groningen", "Developer", "Groningen, Netherlands")]
    index = CompanyIndex(
        [Entry(id=at, scope=EVERYONE, company=name, title=title, location=place) for at, (name, title, place) in enumerate(rows, 1)]
    )
    last = Query(text="", targets=(Target(kind=TargetKind.FOUND, company="Umbra", postings=(1,)),), asks=(Ask(topic="pay"),))
    assert read_question("what about groningen", index, scopes=HERE, last=last).targets[0].postings == (2,)


def test_what_is_wanted_and_not_understood_is_named() -> None:
    assert [read(message).unread for message in ("anything for moms", "algo con niños", "any good jobs")] == [("moms",), ("niños",), ()]


@pytest.mark.parametrize(
    ("messages", "language"),
    [
        (("quem paga mais?", "ordena por salario"), "pt"),
        (("quién paga más?", "ordena por salario"), "es"),
        (("quem paga mais?", "y cuál es remoto?"), "es"),
    ],
)
def test_what_two_languages_have_alike_is_in_that_of_the_conversation(messages: tuple[str, ...], language: str) -> None:
    assert read(*messages).language == language


@pytest.mark.parametrize(
    ("message", "posting"),
    [
        ("third?", 3),
        ("and second", 2),
        ("ok the last one", 3),
        ("y la segunda?", 2),
        ("how is the first interview", 1),
        ("the second shift, is that paid more", 1),
    ],
)
def test_a_place_in_a_list_is_no_first_interview(message: str, posting: int) -> None:
    spoken = Target(kind=TargetKind.FOUND, company="Hopper", postings=(1,))
    last = Query(text="who pays most", reach=Reach.ALL, form=Form.MOST, asks=(Ask(topic="pay"),), targets=(spoken,), within=(1, 2, 3))
    assert read_question(message, WORLD, scopes=HERE, last=last).targets[0].postings == (posting,)


@pytest.mark.parametrize(
    ("message", "postings", "form"),
    [
        ("compare the first two", [1, 2], Form.COMPARE),
        ("vergleich die ersten zwei", [1, 2], Form.COMPARE),
        ("compare the last two", [2, 3], Form.COMPARE),
        ("do the first two sponsor visas", [1, 2], Form.YES_NO),
    ],
)
def test_several_of_a_list_are_chosen_by_their_number(message: str, postings: list[int], form: Form) -> None:
    last = Query(text="who wants python", reach=Reach.ALL, form=Form.LIST, asks=(Ask(topic="skills", about=("Python",)),), within=(1, 2, 3))
    query = read_question(message, WORLD, scopes=HERE, last=last)
    assert [target.postings[0] for target in query.targets] == postings
    assert (query.form, [ask.about for ask in query.asks]) == (form, [()] if form is Form.YES_NO else [])


@pytest.mark.parametrize("message", ["next", "the second", "open the first one", "page 2", "compare the first two"])
def test_of_an_empty_list_there_is_no_next_and_no_second(message: str) -> None:
    last = Query(text="who pays in yen", reach=Reach.ALL, form=Form.LIST, asks=(Ask(topic="pay", values=("JPY",)),))
    assert essentials(read_question(message, WORLD, scopes=HERE, last=last)) == "talk nothing_listed"


def test_a_place_after_an_empty_list_asks_of_all_there() -> None:
    last = Query(text="who pays in yen", reach=Reach.ALL, form=Form.LIST, asks=(Ask(topic="pay", values=("JPY",)),))
    assert essentials(read_question("what about in canada", WORLD, scopes=HERE, last=last)) == "all list: countries(CA)"


def test_who_asks_of_all_after_a_list_of_one_posting() -> None:
    last = Query(text="who pays in pounds", reach=Reach.ALL, form=Form.LIST, within=(3,))
    assert essentials(read_question("who doesnt say what they pay", WORLD, scopes=HERE, last=last)) == "all list: pay(not)"


@pytest.mark.parametrize("message", ["do i need japanese", "is it remote", "how many years", "what happens after the interview"])
def test_a_list_of_one_posting_is_gone_on_about_as_that_posting(message: str) -> None:
    last = Query(text="who sponsors visas", reach=Reach.ALL, form=Form.LIST, within=(3,))
    query = read_question(message, WORLD, scopes=HERE, last=last)
    assert [target.company for target in query.targets] == ["Flex"]


@pytest.mark.parametrize(
    ("message", "form"),
    [("highest?", Form.MOST), ("and the lowest pay", Form.LEAST), ("and of the yearly ones which goes highest", Form.MOST)],
)
def test_the_most_of_what_was_listed_is_looked_for_there(message: str, form: Form) -> None:
    last = Query(text="which of those have a pay range", reach=Reach.ALL, form=Form.LIST, within=(3, 1), asks=(Ask(topic="pay"),))
    query = read_question(message, WORLD, scopes=HERE, last=last)
    assert (query.form, query.within, [ask.topic for ask in query.asks]) == (form, (3, 1), ["pay"])


def test_a_place_alone_after_one_posting_may_mean_the_companys_other_one() -> None:
    rows = [("Hooli", "Platform Engineer", "Spain (Remote)"), ("Hooli", "Backend Engineer", "Germany (Remote)")]
    index = CompanyIndex(
        [Entry(id=at, scope=EVERYONE, company=name, title=title, location=place) for at, (name, title, place) in enumerate(rows, 1)]
    )
    last = Query(text="", targets=(Target(kind=TargetKind.FOUND, company="Hooli", postings=(1,)),), asks=(Ask(topic="pay"),))
    for message, posting in (("and in germany?", 2), ("and in spain?", 1), ("and in kenya?", 1)):
        assert read_question(message, index, scopes=HERE, last=last).targets[0].postings == (posting,)


@pytest.mark.parametrize(
    "messages",
    [
        ("does flex fit me",),
        ("do i fit flex?",),
        ("am i a good match for flex",),
        ("passe ich zu flex?",),
        ("what does flex pay", "would it suit me"),
        ("what does flex pay", "is this role right for me"),
    ],
)
def test_who_asks_whether_a_posting_fits_them_is_compared_with_it(messages: tuple[str, ...]) -> None:
    query = read(*messages)
    assert (query.form, [target.company for target in query.targets], query.asks) == (Form.FIT, ["Flex"], ())


@pytest.mark.parametrize("message", ["does the salary fit me", "do i fit with 2 years", "which jobs fit me"])
def test_what_asks_for_more_than_whether_it_fits_is_asked_as_it_is(message: str) -> None:
    assert read("what does flex pay", message).form is not Form.FIT


@pytest.mark.parametrize(
    "messages",
    [
        ("show me the whole posting of flex",),
        ("can i see the full text for flex?",),
        ("muéstrame el anuncio completo de flex",),
        ("zeig mir die ganze anzeige von flex",),
        ("montre-moi l'annonce complète de flex",),
        ("mostra o anúncio completo da flex",),
        ("what does flex pay", "full text pls"),
        ("was zahlt flex", "zeig mir den ganzen text"),
        ("was zahlt flex", "kannst du mir die ganze anzeige zeigen"),
        ("cuánto paga flex", "enséñame el anuncio entero"),
    ],
)
def test_a_posting_may_be_asked_for_as_a_whole(messages: tuple[str, ...]) -> None:
    query = read(*messages)
    assert (query.form, [target.company for target in query.targets], query.asks) == (Form.WHOLE, ["Flex"], ())


@pytest.mark.parametrize("message", ["is the full text of the contract in english", "is a full description of benefits there"])
def test_what_is_asked_of_something_whole_asks_for_no_posting(message: str) -> None:
    assert read("what does flex pay", message).form is not Form.WHOLE


@pytest.mark.parametrize(
    "message",
    [
        "compared to lime who pays more of the two",
        "vs lime?",
        "im vergleich zu lime?",
        "comparado con lime?",
        "par rapport a lime ?",
        "versus lime, who pays more",
    ],
)
def test_the_one_spoken_of_is_compared_with_another(message: str) -> None:
    query = read("flex pay", message)
    assert [target.company for target in query.targets] == ["Flex", "Lime"]
    assert (query.form, [ask.topic for ask in query.asks]) == (Form.COMPARE, ["pay"])


@pytest.mark.parametrize(
    ("messages", "topics"),
    [
        (("flex pay", "is react required", "what perks come with it"), ["benefits"]),
        (("flex pay", "whats the longest u can stay in the job"), ["other"]),
    ],
)
def test_what_is_asked_next_is_not_what_was_asked(messages: tuple[str, ...], topics: list[str]) -> None:
    query = read(*messages)
    assert ([target.company for target in query.targets], [ask.topic for ask in query.asks]) == (["Flex"], topics)


@pytest.mark.parametrize(
    "message", ["que estudios piden para el puesto de zabaleta", "qual o salario da vaga da zabaleta", "was zahlt die stelle bei zabaleta"]
)
def test_another_ones_post_is_not_asked_of_the_one_spoken_of(message: str) -> None:
    target = read("flex pay", message).targets[0]
    assert (target.kind, target.typed) == (TargetKind.UNKNOWN, "zabaleta")


def test_the_shorter_one_is_no_company() -> None:
    assert [target.company for target in read("compare flex and lime", "where is the shorter one").targets] == ["Flex", "Lime"]


@pytest.mark.parametrize(
    ("messages", "wanted"),
    [
        (("what does lime pay", "et le salaire c combien"), "one Lime: pay"),
        (("lime salary", "dans quelles villes"), "one Lime: countries"),
        (("lime salary", "which sites"), "one Lime: countries"),
        (("lime salary", "so what do u get instead"), "one Lime: other"),
        (("lime salary", "lol ok. do they feed you though"), "one Lime: benefits"),
        (("lime salary", "fair enough. who signs off travel"), "one Lime: other"),
        (("lime salary", "hm ok and on call?? hate that"), "one Lime: other"),
        (("lime visa", "sorry my english is ok lol. salary for it"), "one Lime: pay"),
        (("which ones use react", "ok and java? the real one not javascript lol"), "all list: skills(java)"),
    ],
)
def test_what_is_said_around_a_question_asks_for_nothing(messages: tuple[str, ...], wanted: str) -> None:
    assert essentials(read(*messages)).startswith(wanted.partition("(")[0])


@pytest.mark.parametrize(
    ("messages", "wanted"),
    [
        (("what does flex pay", "any bonus on top?"), "one Flex: pay"),
        (("what does flex pay", "weekly hours?"), "one Flex: employment_type"),
        (("what does flex pay", "hours? like how many a week"), "one Flex: employment_type"),
        (("what does flex pay", "stunden pro woche?"), "one Flex: employment_type"),
        (("what does flex pay", "and how much for referring a mate"), "one Flex: benefits"),
        (("what does flex pay", "how much do they give for courses"), "one Flex: benefits"),
        (("what does flex pay", "and do i need blockchain xp"), "one Flex: experience(must)"),
        (("does hopper need sql", "and rust, mandatory?"), "one Hopper: skills(must, rust)"),
        (("what does flex pay", "anything about overtime"), "one Flex: other"),
        (("what does flex pay", "anything on visas?"), "one Flex: visa"),
        (("what does flex pay", "algo sobre vacaciones"), "one Flex: benefits"),
        (("what does flex pay", "anything in canada"), "all list: countries(CA)"),
        (("does flex pay in zone b", "what about the lime one, same zone"), "one Lime: pay"),
        (("what does flex pay at level 2", "and level 1"), "one Flex: pay"),
        (("flex pay zone b?", "zone d?"), "one Flex: pay"),
        (("was zahlt flex in stufe 3", "und stufe 4?"), "one Flex: pay"),
        (("what does flex pay", "lime as well pls"), "one Lime: pay"),
        (("what does flex pay", "and lime too please"), "one Lime: pay"),
        (("was zahlt flex", "wie siehts bei lime aus"), "one Lime: pay"),
        (("what does flex pay", "how does it look at lime"), "one Lime: pay"),
        (("is flex remote", "et c'est où"), "one Flex: countries"),
    ],
)
def test_what_is_asked_next_is_asked_of_the_posting_spoken_of(messages: tuple[str, ...], wanted: str) -> None:
    assert essentials(read(*messages)) == wanted


@pytest.mark.parametrize(
    ("messages", "wanted"),
    [
        (("wut about openai, do they hire seniors",), "one unknown openai: experience"),
        (("openai - do they hire seniors",), "one unknown openai: experience"),
        (("what does flex pay", "what about openai"), "one unknown openai: pay"),
        (("does hopper need sql", "what about databricks"), "one Hopper: skills(databricks)"),
    ],
)
def test_an_employer_that_everybody_knows_is_asked_about_next_though_it_is_a_technology_too(messages: tuple[str, ...], wanted: str) -> None:
    assert essentials(read(*messages)) == wanted


@pytest.mark.parametrize(
    ("messages", "words"),
    [
        (("what does flex pay at level 2", "and level 1"), "what does pay at level 1"),
        (("flex zone b pay?", "what about zone d"), "pay? zone d"),
    ],
)
def test_another_step_is_asked_about_in_place_of_the_one_before(messages: tuple[str, ...], words: str) -> None:
    assert read(*messages).asks[0].words == words


@pytest.mark.parametrize(
    ("messages", "topics"),
    [
        (("what does flex pay in kenya?", "can i even apply from there"), ["countries"]),
        (("is flex remote?", "im a java dev w 3 yrs of exp and no degree, ok?"), ["experience", "education"]),
        (("what does flex pay?", "lol what was that about goats"), ["other"]),
        (("is flex remote?", "how much does the engineer make"), ["pay"]),
        (("does flex sponsor", "ok whats the max pay"), ["pay"]),
    ],
)
def test_what_goes_on_about_the_one_spoken_of_is_asked_of_it(messages: tuple[str, ...], topics: list[str]) -> None:
    query = read(*messages)
    assert query.reach is Reach.ONE
    assert [target.company for target in query.targets] == ["Flex"]
    assert [ask.topic for ask in query.asks] == topics


def test_a_famous_name_behind_what_is_needed_is_looked_for_in_the_posting() -> None:
    assert read("is flex remote?", "do i need mistral").targets[0].told_by == ("mistral",)


@pytest.mark.parametrize(
    ("messages", "wanted"),
    [
        (("what does flex pay", "and do i gotta know german"), "one Flex: other(must, german)"),
        (("was verlangt flex?", "und urlaub steht da was"), "one Flex: benefits"),
        (("flex es remoto?", "dan algo de formacion?"), "one Flex: benefits"),
        (("is a bachelors enough for flex", "n w a fresh phd in maths"), "one Flex: education(doctorate)"),
        (("is flex remote", "and the nomad one, is that permanent or just seasonal"), "one Nomad Health: employment_type(full_time)"),
        (("what does flex pay", "hmm between nomad and lime who starts higher"), "several most Nomad Health, Lime: pay"),
    ],
)
def test_what_one_must_have_or_is_given_is_asked_of_the_one_spoken_of(messages: tuple[str, ...], wanted: str) -> None:
    assert essentials(read(*messages)) == wanted


@pytest.mark.parametrize(
    ("messages", "wanted"),
    [
        (("what does flex pay", "is there anything that pays more"), "all most: pay"),
        (("what does flex pay", "hmm ok anything better paid"), "all most: pay"),
        (("what does flex pay", "what else is there"), "all list: nothing"),
        (("was zahlt flex?", "was gibts sonst noch"), "all list: nothing"),
        (("what does flex pay", "thats low lol. equity?"), "one Flex: benefits"),
        (("what does flex pay", "sick. degree needed?"), "one Flex: education(must)"),
        (("what does flex pay", "sounds good, where are they"), "one Flex: countries"),
        (("hola", "que hace flex, donde estan y cuanto pagan"), "one Flex: company; countries; pay"),
        (("hello", "what do flex do, where are they and how do i apply"), "one Flex: company; countries; apply"),
    ],
)
def test_what_is_said_of_an_answer_is_no_question_and_what_is_more_is_looked_for(messages: tuple[str, ...], wanted: str) -> None:
    assert essentials(read(*messages)) == wanted


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("and what about their culture", "one Flex: other"),
        ("et leur culture ?", "one Flex: other"),
        ("y su cultura?", "one Flex: other"),
        ("und ihre kunden?", "one Flex: other"),
    ],
)
def test_what_is_theirs_is_asked_for_and_not_what_was_asked_before(message: str, wanted: str) -> None:
    assert essentials(read("whats the flex stack", message)) == wanted
