"""Questions as people type them are answered from the posting that they mean, in its words, or told that it does not say."""

from pathlib import Path

import pytest
from builders_answering import ask, open_assistant, posting_text
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from bot.answering.assistant import Assistant
from bot.domain.answer import State
from bot.domain.facts import Eligible
from bot.domain.person import Asker
from bot.domain.query import Question, TargetKind
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Entry
from bot.questions.model import question_model
from bot.questions.read_question import read_question


@pytest.mark.parametrize(
    ("question", "company", "topic", "words"),
    [
        ("what does nomad pay?", "Nomad Health", "pay", "$135,000 to $180,000 a year"),
        ("flex salary", "Flex", "pay", "$209,000 to $225,000 a year"),
        ("flx pay in new york??", "Flex", "pay", "$209,000 to $225,000 a year"),
        ("what would flex pay me in texas", "Flex", "pay", "$188,000 to $203,000 a year"),
        ("wikimeda pay", "Wikimedia Foundation", "pay", "109,047"),
        ("how many yrs of experience for nixtla", "Nixtla", "experience", "3 years"),
        ("is the nomad job full time?", "Nomad Health", "employment_type", "ull"),
        ("requirements for pachama", "Pachama", "requirements", "Kubernetes"),
        ("what would i do at nixtla day to day", "Nixtla", "responsibilities", "models"),
        ("nice to haves at nomad helth", "Nomad Health", "preferred", "Databricks"),
        ("which hours does pachma want", "Pachama", "timezone", "Pacific"),
        ("does pachama use kubernetes?", "Pachama", "skills", "Kubernetes"),
        ("do i need a degree for flex", "Flex", "education", "master"),
        ("is wikimedia remote", "Wikimedia Foundation", "workplace", "remote"),
        ("flx apply link", "Flex", "apply", "https://www.remotewlb.com/apply/staff-machine-learning-engineer-134230"),
        ("who would I report to at wikimedia", "Wikimedia Foundation", "other", "Ilias Sarantopoulos"),
        ("who would i work closely with at nixtla", "Nixtla", "other", "CTO"),
    ],
)
async def test_a_stated_thing_is_answered(assistant: Assistant, question: str, company: str, topic: str, words: str) -> None:
    answer = await ask(assistant, question)
    assert (answer.state, answer.company, answer.topic) == (State.ANSWERED, company, topic)
    assert words in answer.text
    assert answer.quotes


@pytest.mark.parametrize(
    ("question", "company", "topic"),
    [
        ("what does pachama pay?", "Pachama", "pay"),
        ("does flex sponsor visas?", "Flex", "visa"),
        ("how many days of pto at nixtla", "Nixtla", "benefits"),
        ("which countries can i work from at nomad", "Nomad Health", "countries"),
        ("does pachama want terraform", "Pachama", "skills"),
        ("is there on-call at flex?", "Flex", "other"),
        ("how many interview rounds at nomad", "Nomad Health", "other"),
    ],
)
async def test_a_thing_that_is_not_stated_is_said_to_be_not_stated(assistant: Assistant, question: str, company: str, topic: str) -> None:
    answer = await ask(assistant, question)
    assert (answer.state, answer.company, answer.topic) == (State.NOT_STATED, company, topic)
    assert answer.text.startswith("The posting does not")


@pytest.mark.parametrize(
    ("question", "country", "eligible"),
    [
        ("Can I apply to Wikimedia from Kenya?", "KE", Eligible.YES),
        ("wikimedia - do they hire in Japan?", "JP", Eligible.NO),
        ("can i do the flex job from Canada", "CA", Eligible.NO),
        ("im in the US, can i work for flex", "US", Eligible.YES),
        ("can I apply to Nixtla from Mexico?", "MX", Eligible.UNCLEAR),
        ("could a brazilian get the wikimedia role", "BR", Eligible.YES),
        ("pachama from germny?", "DE", Eligible.UNCLEAR),
    ],
)
async def test_whether_one_may_apply_from_a_country_is_yes_no_or_not_stated(
    assistant: Assistant, question: str, country: str, eligible: Eligible
) -> None:
    answer = await ask(assistant, question)
    assert (answer.topic, answer.country, answer.eligible) == ("countries", country, eligible)
    expected = {Eligible.YES: "Yes", Eligible.NO: "No", Eligible.UNCLEAR: "The posting does not say"}
    assert answer.text.startswith(expected[eligible])


@pytest.mark.parametrize(
    "question", ["what does initech pay?", "requirements at Globex Corp", "salary hooli", "can i apply to umbrella labs from kenya"]
)
async def test_a_company_that_is_not_there_is_said_to_be_not_there(assistant: Assistant, question: str) -> None:
    answer = await ask(assistant, question)
    assert answer.state is State.NO_SUCH_COMPANY
    assert answer.postings == ()
    assert answer.text.startswith("There is no posting from")


@pytest.mark.parametrize("question", ["hi", "thanks!", "", "???", "what can you do"])
async def test_who_asks_nothing_gets_a_short_reply(assistant: Assistant, question: str) -> None:
    answer = await ask(assistant, question)
    assert answer.state is State.TALK
    assert answer.postings == ()


@pytest.mark.parametrize(
    ("question", "state"), [("qwrt zxcv", State.NOT_UNDERSTOOD), ("asdfghj", State.NOT_UNDERSTOOD), ("😂😂", State.TALK)]
)
async def test_letters_hit_by_chance_are_not_understood(assistant: Assistant, question: str, state: State) -> None:
    answer = await ask(assistant, question)
    assert answer.state is state
    assert answer.postings == ()


@pytest.mark.parametrize("question", ["what does it pay?", "is it remote", "data engineer salary"])
async def test_a_question_without_a_company_asks_which(assistant: Assistant, question: str) -> None:
    answer = await ask(assistant, question)
    assert answer.state is State.NOT_UNDERSTOOD
    assert "Which company" in answer.text


async def test_a_company_alone_is_answered_with_what_is_known_of_it(assistant: Assistant) -> None:
    answer = await ask(assistant, "flex")
    assert answer.state is State.ANSWERED
    assert "Pay:" in answer.text
    assert "Not stated: Contract type, Visa." in answer.text


async def test_options_of_a_command_are_taken_as_they_are(assistant: Assistant) -> None:
    answer = await assistant.answer(Question(topic="countries", company="wikimedia", country="kenia"), Asker())
    assert (answer.company, answer.country, answer.eligible) == ("Wikimedia Foundation", "KE", Eligible.YES)


async def test_a_command_names_company_and_role_as_completion_writes_them(assistant: Assistant) -> None:
    answer = await assistant.answer(Question(topic="pay", company="Flex: Staff Machine Learning Engineer"), Asker())
    assert (answer.company, answer.state) == ("Flex", State.ANSWERED)


async def test_follow_ups_are_about_the_company_last_spoken_of(assistant: Assistant) -> None:
    first = await ask(assistant, "what does flex pay?", conversation="ann")
    place = await ask(assistant, "and in new york?", conversation="ann")
    leave = await ask(assistant, "and can I apply from Kenya?", conversation="ann")
    topic = await ask(assistant, "and the requirements?", conversation="ann")
    country = await ask(assistant, "can i apply from kenya", conversation="ann")
    assert {first.company, place.company, topic.company, country.company, leave.company} == {"Flex"}
    assert (leave.topic, leave.eligible) == ("countries", Eligible.NO)
    assert (place.topic, place.rendered.sentence) == ("pay", "$209,000 to $225,000 a year (work in NY/NJ/CA)")
    assert (topic.topic, country.eligible) == ("requirements", Eligible.NO)


async def test_a_conversation_is_not_another_one(assistant: Assistant) -> None:
    await ask(assistant, "what does flex pay?", conversation="ann")
    assert (await ask(assistant, "and the requirements?", conversation="bob")).state is State.NOT_UNDERSTOOD
    assert (await ask(assistant, "and the requirements?")).state is State.NOT_UNDERSTOOD


async def test_several_postings_of_a_company_are_told_apart_by_the_role(tmp_path: Path) -> None:
    texts = {
        "a.md": posting_text("Brightpan", "Staff Data Engineer", "The salary is $150,000 a year for this job of ours."),
        "b.md": posting_text("Brightpan", "Junior Designer", "The salary is $70,000 a year for this job of ours."),
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        assert "$150,000" in (await ask(assistant, "what does the staff data one at brightpan pay")).text
        assert "$70,000" in (await ask(assistant, "brightpan designer salary")).text
        both = await ask(assistant, "what does brightpan pay?")
        assert both.state is State.AMBIGUOUS
        assert {posting.source for posting in both.postings} == {"a.md", "b.md"}
        assert "$150,000" in both.text
        assert "$70,000" in both.text


async def test_postings_that_say_the_same_are_answered_at_once(tmp_path: Path) -> None:
    texts = {
        name: posting_text("Brightpan", title, "This is a full-time job in our kitchen shop.")
        for name, title in (("a", "Cook"), ("b", "Baker"))
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        answer = await ask(assistant, "is brightpan full time?")
    assert answer.state is State.ANSWERED
    assert len(answer.postings) == 2


async def test_names_that_fit_two_companies_are_asked_back(tmp_path: Path) -> None:
    texts = {name: posting_text(name) for name in ("Nomad Health", "Nomad Foods")}
    async with open_assistant(tmp_path, texts) as (_, assistant):
        answer = await ask(assistant, "what does nomad pay?")
    assert answer.state is State.AMBIGUOUS
    assert set(answer.nearest) == {"Nomad Health", "Nomad Foods"}


async def test_what_is_kept_later_is_answered_from(tmp_path: Path) -> None:
    from bot.parsing.parse import parse_posting

    async with open_assistant(tmp_path, {"a": posting_text("Brightpan")}) as (store, assistant):
        assert (await ask(assistant, "salary at kettleworks")).state is State.NO_SUCH_COMPANY
        await store.keep([parse_posting(posting_text("Kettleworks"), "b")], scope="everyone")
        assert (await ask(assistant, "salary at kettleworks")).state is State.NOT_STATED
        number = (await store.list_postings(scopes={"everyone"}))[-1].id
        await store.remove(number, scopes={"everyone"})
        assert (await ask(assistant, "salary at kettleworks")).state is State.NO_SUCH_COMPANY


async def test_another_servers_postings_do_not_exist(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, {"a": posting_text("Brightpan")}, scope="guild-1") as (_, assistant):
        assert (await ask(assistant, "salary at Brightpan", scopes=("everyone", "guild-2"))).state is State.NO_SUCH_COMPANY
        assert (await ask(assistant, "brightpan salary", scopes=("everyone", "guild-1"))).company == "Brightpan"
        assert await assistant.complete_company("bri", Asker(scopes=frozenset({"guild-2"}))) == []


async def test_an_empty_database_says_that_it_is_empty(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, {}) as (_, assistant):
        assert "No postings are here yet" in (await ask(assistant, "hi")).text


@settings(max_examples=60, deadline=None)
@given(
    name=st.text(alphabet="xylqueth zvarnics", min_size=3, max_size=14).filter(
        lambda name: fuzz.partial_ratio(name, "xylqueth zvarnics") < 60
    ),
    question=st.sampled_from(["salary at {}", "does {} sponsor visas?"]),
)
def test_a_name_is_never_taken_for_one_that_it_does_not_resemble(name: str, question: str) -> None:
    index = CompanyIndex([Entry(id=1, scope="everyone", company="Xylqueth Zvarnics")])
    (own,) = read_question(question.format("Xylqueth Zvarnics"), index, scopes={"everyone"}).targets
    assert own.kind is TargetKind.FOUND
    query = read_question(question.format(name.title()), index, scopes={"everyone"})
    assert all(target.kind is not TargetKind.FOUND for target in query.targets)


@pytest.mark.parametrize(
    ("question", "companies"),
    [
        ("who hires in Kenya?", ["Wikimedia Foundation"]),
        ("which ones want PyTorch?", ["Nixtla", "Flex"]),
        ("what pays over 200k?", ["Flex"]),
        ("any remote jobs in canada?", ["Wikimedia Foundation"]),
        ("which jobs need less than 4 years?", ["Nixtla"]),
    ],
)
async def test_a_question_across_postings_lists_those_that_state_it(assistant: Assistant, question: str, companies: list[str]) -> None:
    answer = await ask(assistant, question)
    assert answer.state is State.ANSWERED
    assert {posting.company for posting in answer.postings} == set(companies)
    assert sum(bool(rendered.items) for rendered in answer.further) == len(companies)
    assert answer.quotes


async def test_a_search_that_nothing_meets_says_so(assistant: Assistant) -> None:
    answer = await ask(assistant, "who sponsors visas?")
    assert (answer.state, answer.text) == (
        State.NOT_STATED,
        "None of the 5 postings here states that.\n5 do not say: Wikimedia Foundation, Pachama, Nomad Health, Nixtla, Flex",
    )


@pytest.mark.parametrize(
    "question", ["compare flex and nomad", "flex vs nomad", "who pays more, flex or nomad?", "difference between nomad and flex"]
)
async def test_two_companies_are_told_side_by_side(assistant: Assistant, question: str) -> None:
    answer = await ask(assistant, question)
    assert {posting.company for posting in answer.postings} == {"Flex", "Nomad Health"}
    assert "$135,000 to $180,000 a year" in answer.text
    assert "$188,000 to $225,000 a year" in answer.text


async def test_several_topics_are_answered_one_after_the_other(assistant: Assistant) -> None:
    answer = await ask(assistant, "pay and visa at flex?")
    assert answer.rendered.sentence.startswith("Pay: ")
    assert [rendered.sentence for rendered in answer.further] == ["Visa: The posting does not say whether it sponsors visas."]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("does nomad pay over 250k?", "No. "),
        ("does nomad pay over 100k?", "Yes. "),
        ("does nomad pay more than 150k", "It depends. "),
        ("is a masters mandatory at flex", "Yes. "),
        ("is a masters required at nomad", "No. A master's degree is named, but not strictly required"),
        ("do i need a phd for flex", "No. "),
        ("i only have 2 yrs, is that enough for nixtla", "No. At least 3 years"),
        ("is 7 years enough for flex", "Yes. At least 6 years"),
        ("is pytorch a must at nixtla", "Yes. Among the requirements: PyTorch."),
        ("is databricks a must at nomad", "No. Named as nice to have: Databricks."),
        ("does nomad need databricks for sure?", "No. Named as nice to have: Databricks."),
        ("does nomad definitely need databricks", "No. Named as nice to have: Databricks."),
        ("does nomad need sql for sure", "Yes. Among the requirements: SQL."),
        ("does nomad require sql", "Yes. Among the requirements: SQL."),
        ("do i need sql for nomad", "Yes. Among the requirements: SQL."),
        ("does flex require aws", "No. Named among the requirements, as one of several that would do: AWS."),
        ("does nixtla require slurm", "No. Named among the requirements, as one of several that would do: SLURM."),
    ],
)
async def test_a_question_of_yes_or_no_is_answered_as_one(assistant: Assistant, question: str, verdict: str) -> None:
    answer = await ask(assistant, question)
    assert answer.state is State.ANSWERED
    assert answer.text.startswith(verdict)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("does flex do equity", "The posting does not mention equity."),
        ("does flex have stock options", "The posting does not mention equity."),
        ("does nomad give bonus", "The posting does not mention a bonus."),
        ("hat flex einen bonus?", "Die Anzeige erwähnt einen Bonus nicht."),
        ("does nixtla pay well", "The posting does not say what it pays."),
        ("does wikimedia do background checks", "The posting does not say."),
    ],
)
async def test_what_is_asked_beside_pay_or_the_job_and_not_stated_is_said_to_be_so(assistant: Assistant, question: str, said: str) -> None:
    answer = await ask(assistant, question)
    assert (answer.state, answer.verdict, answer.rendered.sentence) == (State.NOT_STATED, None, said)


async def test_an_office_at_a_place_is_no_question_of_where_the_job_is_done(assistant: Assistant) -> None:
    answer = await ask(assistant, "does wikimedia have an office in san francisco")
    assert (answer.state, answer.text[:40]) == (State.ANSWERED, "Yes. Its offices are in San Francisco, C")


async def test_two_places_that_are_named_are_answered_in_a_line_each(assistant: Assistant) -> None:
    answer = await ask(assistant, "can i work from kenya or japan for wikimedia")
    told = [answer.rendered.sentence, *(rendered.sentence for rendered in answer.further)]
    assert [said.partition(".")[0] for said in told] == ["Yes, from Kenya", "No, not from Japan"]
    assert (answer.verdict, answer.eligible) == (None, None)


@pytest.mark.parametrize(
    ("question", "company", "said"),
    [
        ("is nomad entry level", "Nomad Health", "No. At least 4 years of experience"),
        ("does nomad drug test", "Nomad Health", "The posting does not say."),
        ("does nomad allow pets", "Nomad Health", "The posting does not"),
        ("does wikimedia allow dogs", "Wikimedia Foundation", "The posting does not say."),
    ],
)
async def test_what_is_asked_right_behind_a_name_is_no_part_of_it(assistant: Assistant, question: str, company: str, said: str) -> None:
    answer = await ask(assistant, question)
    assert answer.company == company
    assert answer.text.startswith(said)


async def test_names_one_after_the_other_are_companies_each(assistant: Assistant) -> None:
    answer = await ask(assistant, "flex nomad wikimedia pay")
    assert [posting.company for posting in answer.postings] == ["Flex", "Nomad Health", "Wikimedia Foundation"]


async def test_a_role_alone_is_enough_where_one_posting_has_it(assistant: Assistant) -> None:
    answer = await ask(assistant, "staff machine learning engineer salary")
    assert answer.state is State.ANSWERED
    assert [posting.company for posting in answer.postings] == ["Flex"]


async def test_a_posting_without_a_company_is_found_by_its_title(tmp_path: Path) -> None:
    text = "# [Night Pastry Chef](https://jobs.example/1)\n### None\n\nOur client bakes. The salary is $50,000 a year for the whole team.\n"
    async with open_assistant(tmp_path, {"a": text}) as (_, assistant):
        answer = await ask(assistant, "what does the night pastry chef job pay")
    assert answer.state is State.ANSWERED
    assert "$50,000" in answer.text


async def test_one_of_several_postings_is_chosen_by_its_role_and_then_the_other(tmp_path: Path) -> None:
    texts = {
        "a.md": posting_text("Brightpan", "Staff Data Engineer", "The salary is $150,000 a year for this job of ours."),
        "b.md": posting_text("Brightpan", "Junior Designer", "The salary is $70,000 a year for this job of ours."),
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        assert (await ask(assistant, "what does brightpan pay?", conversation="ann")).state is State.AMBIGUOUS
        staff = await ask(assistant, "the staff one", conversation="ann")
        other = await ask(assistant, "and the other one?", conversation="ann")
    assert (staff.state, staff.text) == (State.ANSWERED, "$150,000 a year")
    assert (other.state, other.text) == (State.ANSWERED, "$70,000 a year")


async def test_a_search_for_a_role_lists_that_role_only(tmp_path: Path) -> None:
    texts = {
        "a.md": posting_text("Brightpan", "Senior Data Engineer", "You may work from anywhere in Kenya. We hire in Kenya only."),
        "b.md": posting_text("Kettleworks", "Frontend Engineer", "You may work from anywhere in Kenya. We hire in Kenya only, too."),
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        every = await ask(assistant, "who hires in Kenya?")
        data = await ask(assistant, "any data engineer jobs in Kenya?")
    assert len(every.postings) == 2
    assert [posting.company for posting in data.postings] == ["Brightpan"]


_DOUGH = "We bake bread all day. You will knead dough and feed the starters."
_BAKERIES = {
    "pipes.txt": f"Loafly | Pastry Engineer | Lyon, France | REMOTE | https://loafly.example\n\n{_DOUGH}\n",
    "tag.md": f"{posting_text('Crumbly', 'Baker', '')}Location: Aarhus\n\n{_DOUGH}\n",
    "title.md": f"# Pastry Engineer - Berlin\n\nCompany: Tortely\n\n{_DOUGH}\n",
    "nowhere.md": posting_text("Nadirly", "Pastry Engineer", _DOUGH),
}


@pytest.mark.parametrize(
    "question",
    [
        "where is the {} office",
        "{} location?",
        "{}: in which city is it",
        "where is {} based?",
        "{}: dans quelle ville ?",
        "{}: où se trouve le bureau ?",
        "wo ist der Job bei {}",
        "{}: wo ist das Büro?",
        "¿dónde está la oficina de {}?",
        "{}: onde fica o escritório?",
    ],
)
async def test_who_asks_for_a_place_is_told_the_location_that_is_stated(tmp_path: Path, question: str) -> None:
    async with open_assistant(tmp_path, _BAKERIES) as (_, baker):
        for company, place in (("Loafly", "Lyon"), ("Crumbly", "Aarhus"), ("Tortely", "Berlin")):
            answer = await ask(baker, question.format(company))
            assert (answer.state, place in answer.text) == (State.ANSWERED, True), answer.text
            assert any(place in quote.text for quote in answer.quotes)
        assert (await ask(baker, question.format("Nadirly"))).state is State.NOT_STATED


async def test_that_a_job_is_remote_does_not_tell_where_one_may_live(tmp_path: Path) -> None:
    async with open_assistant(
        tmp_path, {"a.md": posting_text("Nadirly", "Baker", "This is a fully remote job. You will knead dough.")}
    ) as (_, baker):
        assert (await ask(baker, "where is nadirly hiring")).state is State.NOT_STATED


async def test_who_asks_whether_it_is_in_an_office_is_told_no_place_for_it(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, _BAKERIES) as (_, baker):
        assert (await ask(baker, "is the crumbly job in the office?")).state is State.NOT_STATED


async def test_the_other_one_is_the_other_job_of_the_same_company(tmp_path: Path) -> None:
    texts = {
        "a": posting_text("Otterly", "Tailor", "Remote. Pay: $70,000 a year."),
        "b": posting_text("Brightpan", "Cook", "Remote. Pay: $50,000 a year."),
        "c": posting_text("Brightpan", "Baker", "Remote."),
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        told = []
        for question in ("what does otterly pay?", "salary of brightpan", "and the other one?", "remote?", "and the other one?"):
            answer = await ask(assistant, question, conversation="ann")
            told.append([one.title for one in answer.postings])
    assert told == [["Tailor"], ["Cook"], ["Baker"], ["Baker"], ["Cook"]]


@pytest.mark.parametrize(
    ("question", "company"),
    [
        ("is the Zembla framework required", "Brightpan"),
        ("do they use Zembla for baking", "Brightpan"),
        ("what is the zembla rate", "Brightpan"),
        ("does Zembla sponsor visas", None),
        ("Zembla salary", None),
        ("and Zembla?", None),
        ("is the Quordle framework required", None),
        ("what is the quordle rate", None),
    ],
)
async def test_a_strange_name_is_a_thing_where_the_posting_spoken_of_has_it_and_else_no_company(
    tmp_path: Path, question: str, company: str | None
) -> None:
    texts = {
        "a": posting_text("Brightpan", "Cook", "We bake with the Zembla framework. Pay: $50,000 a year."),
        "b": posting_text("Otterly"),
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        await ask(assistant, "what does brightpan pay?", conversation="ann")
        answer = await ask(assistant, question, conversation="ann")
    assert [one.company for one in answer.postings] == ([company] if company else [])
    assert (answer.state is State.NO_SUCH_COMPANY) is (company is None)


async def test_the_first_question_finds_its_model_loaded_where_no_posting_is_there_yet(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, {}) as (_, assistant):
        question_model.cache_clear()
        await assistant.warm_up()
        assert question_model.cache_info().currsize == 1
