"""All that a Query asks is answered from the postings that it means, with true verdicts, or said to be missing."""

from pathlib import Path
from typing import Any

import pytest
from builders_answering import answer_to, open_assistant, posting_text, target

from bot.answering.assistant import Assistant
from bot.domain.answer import State
from bot.domain.errors import RolecallError
from bot.domain.facts import Area, EducationLevel
from bot.domain.person import Asker
from bot.domain.query import Amount, Ask, Form, Place, Query, Question, Reach, Talk, Target, TargetKind, Verdict, Years

YES_NO = Form.YES_NO
KENYA, GERMANY, USA = Place(typed="kenya", country="KE"), Place(typed="germany", country="DE"), Place(typed="us", country="US")
JERSEY, OHIO = Place(typed="nj", country="US", state="NJ"), Place(typed="ohio", country="US", state="OH")
EUROPE, NIGERIA = Place(typed="europe", area=Area.EUROPE), Place(typed="nigeria", country="NG")


def ask(topic: str, **more: Any) -> Ask:
    return Ask(topic=topic, **more)


# Nothing to answer from.


@pytest.mark.parametrize(
    "typed", ["/search workplace: remote", "/search sort: newest", "what does it pay?", "who pays most?", "remote jobs"]
)
async def test_where_no_posting_is_it_is_said_and_nothing_is_counted(typed: str, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, {}) as (_, assistant):
        answer = await assistant.answer(Question(text=typed), Asker())
    assert (answer.state, answer.listing) == (State.NOT_UNDERSTOOD, None)
    assert answer.text.startswith("No postings are here yet")


async def test_a_posting_without_a_company_is_one_to_answer_from(tmp_path: Path) -> None:
    async with open_assistant(
        tmp_path,
        {"a.md": "# Baker\n\nThis job is remote.\n\n## What you do\n\n* You bake bread each day\n* You sell what you bake to our guests"},
    ) as (_, assistant):
        assert (await assistant.answer(Question(text="/search workplace: remote"), Asker())).listing is not None


# What is compared.


@pytest.mark.parametrize("typed", ["Flex · Flex", "Flex", "flex · #1 · FLEX Inc."])
async def test_one_posting_is_not_compared_with_itself(typed: str, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, {"a.md": posting_text("Flex")}) as (_, assistant):
        with pytest.raises(RolecallError, match="2 to 5"):
            await assistant.answer(Question(text=f"/compare {typed}"), Asker())


async def test_who_is_named_twice_is_compared_once(tmp_path: Path) -> None:
    texts = {"a.md": posting_text("Flex"), "b.md": posting_text("Acme"), "c.md": posting_text("Acme", "Baker")}
    async with open_assistant(tmp_path, texts) as (_, assistant):
        answer = await assistant.answer(Question(text="/compare flex · Acme: Baker · FLEX · Acme: Baker"), Asker())
        assert [one.company for one in answer.postings] == ["Flex", "Acme"]
        roles = await assistant.answer(Question(text="/compare acme"), Asker())
        assert len(roles.postings) == 2  # a company's own roles are several


async def test_those_that_say_the_same_stand_in_one_line_and_no_names_alone(tmp_path: Path) -> None:
    said = {"Ash": "This job is remote.", "Birch": "This is an on-site job.", "Cedar": "This job is remote."}
    texts = {name: posting_text(name, body=f"{body}\n\nYou bake bread and cakes for our guests.") for name, body in said.items()}
    async with open_assistant(tmp_path, texts) as (_, assistant):
        answer = await answer_to(assistant, ask("workplace"), about=["Ash", "Birch", "Cedar"], form=Form.COMPARE)
        alike = await answer_to(assistant, ask("visa"), about=["Ash", "Birch"], form=Form.COMPARE)
    (row,) = answer.further
    assert (answer.rendered.items, row.items) == ((), ("Ash, Cedar: The job is remote", "Birch: The job is on site"))
    assert alike.rendered.items == ("Ash", "Birch")  # nothing else would say whose it is


# One company.

TWO_ROLES = {
    "a.md": posting_text("Brook & Vale", "Backend Engineer", "We pay $90,000 a year.\n\n## Benefits\n\n* Free tea"),
    "b.md": posting_text("Brook & Vale", "Product Manager", "You will plan what we sell.\n\n## Benefits\n\n* A garden"),
}


@pytest.mark.parametrize("language", ["en", "de", "fr"])
async def test_a_role_that_does_not_say_is_named_below_the_one_that_does(language: str, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TWO_ROLES) as (_, assistant):
        answer = await answer_to(assistant, ask("pay"), about=["Brook & Vale"], language=language)
    assert (answer.state, answer.postings[0].title, len(answer.further)) == (State.ANSWERED, "Backend Engineer", 1)
    colon = " :" if language == "fr" else ":"
    assert answer.further[0].sentence.startswith(f"Product Manager{colon} ")


async def test_what_each_of_a_companys_roles_says_stands_under_none_of_their_names(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TWO_ROLES) as (_, assistant):
        answer = await answer_to(assistant, ask("benefits"), about=["Brook & Vale"])
        assert (len(answer.postings), answer.is_about_one) == (2, False)
        requirements = await answer_to(assistant, ask("benefits"), about=["Brook & Vale"], form=Form.COMPARE)
        assert not requirements.is_about_one


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Acme: $90,000 a year (Berlin); $80,000 a year (Ohio)"),
        ("fr", "Acme : 90 000 $US par an (Berlin) ; 80 000 $US par an (Ohio)"),
    ],
)
async def test_what_stands_in_a_row_is_parted_as_the_language_does(language: str, told: str, tmp_path: Path) -> None:
    texts = {
        "a.md": posting_text("Acme", "Baker", "* Berlin: $90,000 a year\n* Ohio: $80,000 a year"),
        "b.md": posting_text("Elm", "Baker", "We pay $70,000 a year."),
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        answer = await answer_to(assistant, ask("pay"), about=["Acme", "Elm"], form=Form.COMPARE, language=language)
    assert " ".join(answer.further[0].items[0].split()) == told


@pytest.mark.parametrize(
    ("company", "asked", "verdict", "words"),
    [
        ("flex", ask("pay", form=YES_NO, amount=Amount(value=250_000)), Verdict.NO, "No. "),
        (
            "flex",
            ask("education", form=YES_NO, level=EducationLevel.BACHELOR, is_own=True),
            Verdict.NO,
            "No. A master's degree is required",
        ),
        ("flex", ask("education", form=YES_NO, level=EducationLevel.DOCTORATE, is_must=True), Verdict.NO, "A master's degree is required"),
        ("nomad health", ask("education", form=YES_NO, level=EducationLevel.NONE, is_own=True), Verdict.YES, "not strictly required"),
        ("flex", ask("experience", years=Years(value=5, is_own=True)), Verdict.NO, "At least 6 years"),
        ("nomad health", ask("experience", years=Years(value=5, is_own=True)), Verdict.YES, "At least 4 years"),
        ("nomad health", ask("employment_type", form=YES_NO, values=("part_time",)), Verdict.NO, "No. Full time"),
        ("flex", ask("countries", form=YES_NO, place=USA, is_only=True), Verdict.YES, "Yes. Open to people in the United States."),
        ("wikimedia foundation", ask("countries", form=YES_NO, place=USA, is_only=True), Verdict.NO, "No. "),
        ("wikimedia foundation", ask("countries", form=YES_NO, place=KENYA), Verdict.YES, "Yes, from Kenya."),
        ("nomad health", ask("skills", form=YES_NO, about=("aws", "gcp"), is_own=True), Verdict.YES, "AWS"),
        ("pachama", ask("skills", form=YES_NO, about=("kubernetes",)), Verdict.YES, "Kubernetes"),
        ("flex", ask("skills", form=Form.WHICH, about=("tensorflow", "jax")), None, "TensorFlow. The posting does not mention jax."),
        ("flex", ask("pay", place=JERSEY), None, "$209,000 to $225,000 a year"),
        ("flex", ask("pay", place=OHIO), None, "$188,000 to $203,000 a year"),
        ("flex", ask("pay", place=USA), None, "$188,000 to $203,000 a year"),
        ("flex", ask("pay", place=USA), None, "$209,000 to $225,000 a year"),
    ],
)
async def test_a_question_is_answered_with_its_verdict(
    assistant: Assistant, company: str, asked: Ask, verdict: Verdict | None, words: str
) -> None:
    answer = await answer_to(assistant, asked, about=[company])
    assert (answer.state, answer.verdict) == (State.ANSWERED, verdict)
    assert words in answer.text
    assert answer.quotes


async def test_pay_that_is_stated_for_elsewhere_is_not_told_for_here(assistant: Assistant) -> None:
    answer = await answer_to(assistant, ask("pay", place=KENYA), about=["wikimedia foundation"])
    assert "no figure for Kenya" in answer.text
    assert "109,047" not in answer.text


async def test_pay_for_a_part_of_the_world_is_refused_by_its_name(assistant: Assistant) -> None:
    answer = await answer_to(assistant, ask("pay", place=EUROPE), about=["wikimedia foundation"])
    assert answer.text.startswith("The posting gives no figure for Europe; what it states holds for United States.")


@pytest.mark.parametrize(
    ("body", "verdict", "words"),
    [
        ("You must live in the United States.", Verdict.YES, "Yes, from Ohio."),
        ("You must live in the United States. This is a remote job.", Verdict.YES, "Yes, from Ohio."),
        ("You must live in the United States. This is a hybrid role, three days a week in our office.", Verdict.UNCLEAR, "hybrid"),
    ],
)
async def test_who_lives_elsewhere_than_the_office_is_told_of_it(body: str, verdict: Verdict, words: str, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, {"cook.md": posting_text("Quiet Co", "Cook", body)}) as (_, assistant):
        answer = await answer_to(assistant, ask("countries", form=YES_NO, place=OHIO), about=["quiet co"])
        assert answer.verdict is verdict
        assert words in answer.text


async def test_pay_in_a_currency_that_is_not_stated_is_not_converted(assistant: Assistant) -> None:
    answer = await answer_to(assistant, ask("pay", values=("EUR",)), about=["nomad health"])
    assert "no figure for EUR" in answer.text
    assert "135,000" not in answer.text


async def test_every_thing_that_is_asked_is_told_under_its_label(assistant: Assistant) -> None:
    answer = await answer_to(assistant, ask("pay"), ask("education"), ask("visa"), about=["nomad health"])
    assert answer.topics == ("pay", "education", "visa")
    assert "Pay: $135,000" in answer.text
    assert "Education: A master's" in answer.text
    assert "Visa: The posting does not say whether it sponsors visas." in answer.text


async def test_verdicts_that_differ_are_no_one_verdict(assistant: Assistant) -> None:
    remote, part_time = ask("workplace", form=YES_NO, values=("remote",)), ask("employment_type", form=YES_NO, values=("part_time",))
    answer = await answer_to(assistant, remote, part_time, about=["nomad health"])
    assert answer.verdict is None
    assert "Workplace: Yes." in answer.text
    assert "Contract type: No." in answer.text


async def test_silence_is_said(assistant: Assistant) -> None:
    answer = await answer_to(assistant, ask("visa", form=YES_NO), about=["flex"])
    assert (answer.state, answer.verdict) == (State.NOT_STATED, None)


async def test_a_summary_tells_company_role_facts_and_what_is_not_said(assistant: Assistant) -> None:
    answer = await answer_to(assistant, about=["pachama"], form=Form.SUMMARY)
    lines = answer.text.splitlines()
    assert lines[0].startswith("Senior Machine Learning Engineer")
    assert lines[1].startswith("• Pachama pairs AI with data")
    assert "Workplace: The job is remote." in answer.text
    assert lines[-1].startswith("• Not stated: Pay")


async def test_what_a_company_does_is_told_in_the_postings_own_sentences(assistant: Assistant) -> None:
    answer = await answer_to(assistant, ask("company"), about=["pachama"])
    assert answer.state is State.ANSWERED
    assert "satellites" in answer.text


async def test_applying_is_told_without_small_print(assistant: Assistant) -> None:
    answer = await answer_to(assistant, ask("apply"), about=["nomad health"])
    assert "136253" in answer.text
    assert "marginalized" not in answer.text


async def test_what_was_not_understood_is_named(assistant: Assistant) -> None:
    query = Query(text="?", asks=(ask("pay"),), targets=(await target(assistant, "flex"),), unread=("blarg zum",))
    answer = (await assistant.answer_query(query, Asker())).answer
    assert "I did not understand: “blarg zum”" in answer.text


# Several companies.


async def test_each_company_is_told_under_its_name_and_a_stranger_is_said_to_be_one(assistant: Assistant) -> None:
    answer = await answer_to(assistant, ask("pay"), about=["flex", "nomad health", "pachama", "googlex"])
    assert [posting.company for posting in answer.postings] == ["Flex", "Nomad Health", "Pachama"]
    assert "Nomad Health: $135,000" in answer.text
    assert "Pachama: The posting does not say what it pays." in answer.text
    assert 'no posting from "googlex"' in answer.text


async def test_who_pays_more_is_said_with_both_figures(assistant: Assistant) -> None:
    answer = await answer_to(assistant, ask("pay"), about=["nomad health", "flex"], form=Form.MOST)
    assert answer.text.startswith("Most: Flex")
    assert answer.postings[0].company == "Flex"
    assert "180,000" in answer.text


async def test_postings_are_compared_thing_by_thing_what_differs_first(assistant: Assistant) -> None:
    answer = await answer_to(assistant, about=["flex", "nomad health"], form=Form.COMPARE)
    assert (answer.rendered.sentence, answer.rendered.items) == ("2 postings side by side:", ())
    assert answer.further[0].sentence == "Pay"
    assert answer.further[0].items[1] == "Nomad Health: $135,000 to $180,000 a year"
    assert "Workplace, all alike: The job is remote" in answer.text
    assert "Nomad Health: not said" in answer.text
    assert answer.chart is not None
    assert len(answer.chart.bars) == 4


async def test_what_is_measured_is_compared_by_its_figures_however_it_is_asked(tmp_path: Path) -> None:
    bodies = {"Ash": "In their first year clients grow more.", "Birch": "We want answers that satisfy, year on year."}
    texts = {
        name: posting_text(name, body=f"{body}\n\n## Requirements\n\n* 4+ years of experience in sales") for name, body in bodies.items()
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        asked = ask("experience").model_copy(update={"words": "who wants more years, or"})
        answer = await answer_to(assistant, asked, about=["ash", "birch"], form=Form.COMPARE)
    assert "At least 4 years of experience" in answer.text
    assert "first year" not in answer.text


async def test_a_stranger_alone_is_told_what_is_here(assistant: Assistant) -> None:
    answer = await answer_to(assistant, ask("pay"), about=["acmeee"])
    assert answer.state is State.NO_SUCH_COMPANY
    assert "Here are postings from: Flex" in answer.text


async def test_a_name_that_may_be_two_is_asked_back(assistant: Assistant) -> None:
    tied = Target(kind=TargetKind.TIED, typed="xy", names=("Flex", "Nixtla"))
    answer = (await assistant.answer_query(Query(text="?", asks=(ask("pay"),), targets=(tied,)), Asker())).answer
    assert answer.state is State.AMBIGUOUS
    assert [posting.company for posting in answer.postings] == ["Flex", "Nixtla"]


# All postings.

LIST = Form.LIST
ALL = {"Flex", "Nixtla", "Nomad Health", "Pachama", "Wikimedia Foundation"}


@pytest.mark.parametrize(
    ("asks", "companies", "words"),
    [
        ([], ALL, "5 postings are here:"),
        ([ask("workplace", values=("remote",))], ALL - {"Nixtla"}, "1 does not say."),
        ([ask("workplace", values=("remote",)), ask("countries", place=EUROPE)], {"Wikimedia Foundation"}, "1 of 5"),
        ([ask("workplace", values=("remote",), place=EUROPE)], {"Wikimedia Foundation"}, "1 of 5"),
        ([ask("countries", place=NIGERIA)], {"Wikimedia Foundation"}, "3 do not say"),
        ([ask("skills", about=("kubernetes",))], {"Flex", "Pachama"}, "2 of 5"),
        ([ask("pay")], {"Flex", "Nomad Health", "Wikimedia Foundation"}, "3 of 5"),
        ([ask("pay", amount=Amount(value=200_000))], {"Flex"}, "2 do not say"),
        ([ask("education", is_must=True)], {"Flex", "Nixtla"}, "2 do not say"),
        ([ask("education", level=EducationLevel.NONE)], {"Nomad Health"}, "2 do not say"),
        ([ask("experience", years=Years(value=4, is_own=True))], {"Nixtla", "Nomad Health"}, "At least 3 years"),
        ([ask("visa")], set(), "None of the 5 postings"),
    ],
)
async def test_a_list_says_which_fit_and_which_do_not_say(assistant: Assistant, asks: list[Ask], companies: set[str], words: str) -> None:
    answer = await answer_to(assistant, *asks, form=LIST)
    assert {posting.company for posting in answer.postings} == companies
    assert words in answer.text


async def test_a_list_can_be_narrowed_to_what_was_spoken_of(assistant: Assistant) -> None:
    spoken_of = [await target(assistant, name) for name in ("nixtla", "nomad health")]
    within = tuple(number for one in spoken_of for number in one.postings)
    remote = ask("workplace", values=("remote",))
    query = Query(text="?", asks=(remote,), reach=Reach.ALL, form=LIST, within=within)
    given = await assistant.answer_query(query, Asker())
    assert [posting.company for posting in given.answer.postings] == ["Nomad Health"]
    assert given.about is not None
    assert given.about.within == spoken_of[1].postings + spoken_of[0].postings, "the other one is the one that does not fit"


async def test_what_is_asked_of_postings_spoken_of_is_told_for_each(assistant: Assistant) -> None:
    spoken_of = [await target(assistant, name) for name in ("nixtla", "nomad health")]
    query = Query(text="?", asks=(ask("pay"),), reach=Reach.ALL, within=tuple(number for one in spoken_of for number in one.postings))
    answer = (await assistant.answer_query(query, Asker())).answer
    assert len(answer.postings) == 2
    assert "$135,000" in answer.text


async def test_the_most_and_the_least_are_in_order_with_what_does_not_say(assistant: Assistant) -> None:
    most = await answer_to(assistant, ask("pay"), form=Form.MOST)
    assert [posting.company for posting in most.postings] == ["Flex"]
    assert "2 do not say: Nixtla, Pachama" in most.text
    least = await answer_to(assistant, ask("experience"), form=Form.LEAST)
    assert [posting.company for posting in least.postings] == ["Nixtla"]


async def test_only_like_is_compared_with_like(tmp_path: Path) -> None:
    texts = {
        "a": posting_text("Ash", body="Salary: $90,000 - $100,000 a year. We build pipelines every day."),
        "b": posting_text("Birch", body="Salary: $80,000 - $95,000 a year. We build pipelines every day."),
        "c": posting_text("Cedar", body="Salary: £70,000 - £99,000 a year. We build pipelines every day."),
    }
    async with open_assistant(tmp_path, texts) as (_, assistant):
        answer = await answer_to(assistant, ask("pay"), form=Form.MOST)
    assert answer.text.startswith("Most: Ash")
    assert "Not compared, because stated in another currency" in answer.text
    assert "£70,000" in answer.text


async def test_another_rank_is_not_listed_for_juniors(assistant: Assistant) -> None:
    query = Query(text="?", reach=Reach.ALL, form=LIST, role="junior")
    answer = (await assistant.answer_query(query, Asker())).answer
    assert answer.postings == ()
    assert "no such job" in answer.text


# Talk, and languages.


async def test_talk_gets_a_short_reply_that_is_the_same_for_the_same_words(assistant: Assistant) -> None:
    said = [Query(text=text, talk=Talk.INSULT, reach=Reach.BOT) for text in ("you fool", "you fool", "you twit", "you dolt", "you lump")]
    answers = [(await assistant.answer_query(query, Asker())).answer for query in said]
    assert {answer.state for answer in answers} == {State.TALK}
    assert answers[0].text == answers[1].text
    assert len({answer.text for answer in answers}) > 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "El anuncio no dice cuánto paga."),
        ("de", "Die Anzeige sagt nicht"),
        ("fr", "L'annonce ne dit pas"),
        ("pt", "O anúncio não diz"),
    ],
)
async def test_an_answer_is_worded_in_the_language_of_the_message(assistant: Assistant, language: str, words: str) -> None:
    answer = await answer_to(assistant, ask("pay"), about=["pachama"], language=language)
    assert answer.language == language
    assert words in answer.text


async def test_another_language_is_told_in_itself_which_ones_are_understood(assistant: Assistant) -> None:
    query = Query(text="?", language="it", asks=(ask("pay"),), targets=(await target(assistant, "pachama"),))
    answer = (await assistant.answer_query(query, Asker())).answer
    assert (answer.state, answer.text) == (
        State.NOT_UNDERSTOOD,
        "Capisco domande in inglese, spagnolo, tedesco, francese e portoghese.",
    )


async def test_germany_in_german(assistant: Assistant) -> None:
    answer = await answer_to(assistant, ask("countries", form=YES_NO, place=GERMANY), about=["wikimedia foundation"], language="de")
    assert answer.text.startswith("Ja, Bewerbung möglich aus: Deutschland.")
