"""What a question names beside its topic is told in the posting's own sentence: in place of a guess, or below what the topic states."""

from datetime import UTC, datetime
from typing import Any

import pytest
from builders_answering import posting_text

from bot.answering.replies import reply_to
from bot.answering.reply import Reply, Subject
from bot.domain.answer import State
from bot.domain.facts import EducationLevel
from bot.domain.person import EVERYONE
from bot.domain.posting import KeptPosting
from bot.domain.query import Ask, Form, Place, Verdict
from bot.parsing.parse import parse_posting

YES, NO, UNCLEAR = Verdict.YES, Verdict.NO, Verdict.UNCLEAR
BODY = """Founded in 1998, Crumb became a cooperative in 2015. By law we are not allowed to make a profit.

## Requirements

* Strong Go
* Experience with sourdough starters
* Applicants must be Danish citizens

## Responsibilities

* Supervise four apprentices
* Answer the bakery hotline

In your first six months, you will:

* Learn to fold croissants
* Run the night oven

## Benefits

* 25 days of vacation
* Two more days of vacation after five years
* A shuttle from the station

## Details

The salary is $100,000 a year. We do not negotiate the salary. Higher salaries are paid for night work.
This is a full-time position. Part-time is welcome too. The probationary period is three months.
"""


def keep(body: str, title: str = "Founding Baker of Software") -> KeptPosting:
    posting = parse_posting(posting_text("Crumb", title, body), "a.md")
    return KeptPosting(id=1, scope=EVERYONE, revision=1, read_at=datetime.now(UTC), posting=posting)


KEPT = keep(BODY)


def reply(topic: str, words: str, kept: KeptPosting = KEPT, **asked: Any) -> Reply:
    return reply_to(Subject(kept, Ask(topic=topic, words=words, **asked)))


def told(said: Reply) -> str:
    return " ".join((said.rendered.sentence, *said.rendered.items))


@pytest.mark.parametrize(
    ("topic", "words", "sentence"),
    [
        ("benefits", "when did they become a cooperative", "Founded in 1998, Crumb became a cooperative in 2015."),
        ("timezone", "how many apprentices would i supervise", "Supervise four apprentices"),
        ("workplace", "how long is the probation", "The probationary period is three months."),
        ("company", "is there a bus from the station", "A shuttle from the station"),
    ],
)
def test_a_passage_is_told_in_place_of_a_topic_that_was_guessed(topic: str, words: str, sentence: str) -> None:
    assert reply(topic, words).rendered.sentence == sentence


@pytest.mark.parametrize(
    "words", ["how are they organised", "who are their customers", "what are the values", "where are they headquartered"]
)
def test_what_a_company_does_answers_no_question_for_something_else_of_it(words: str) -> None:
    kept = keep("Crumb is a bakery that bakes bread for everybody in the valley.\n\n## Requirements\n\n* Strong Go")
    assert reply("company", words, kept).state is State.NOT_STATED


def test_rows_of_dots_are_told_together() -> None:
    kept = keep("Selection Weights: Oral exam . . . . . . . . 30%\n\nKneading test . . . . . . . . 70%\n\nBring an apron.")
    assert "70%" in told(reply("other", "which exam parts are there", kept))
    assert "apron" not in told(reply("other", "which exam parts are there", kept))


def test_where_the_headquarters_are_is_told_beside_where_one_works() -> None:
    kept = keep("Remote (Portugal)\n\nOur headquarters are in Mill Lane.")
    assert "Mill Lane" in told(reply("workplace", "where are the headquarters", kept))


def test_what_is_asked_beside_a_topic_is_told_below_what_it_states() -> None:
    said = reply("pay", "does night work pay more", form=Form.YES_NO)
    assert "$100,000" in said.rendered.sentence
    assert "Higher salaries are paid for night work." in said.rendered.items


def test_a_topic_that_is_named_and_silent_stays_silent() -> None:
    assert reply("visa", "do they sponsor visas for apprentices").state is State.NOT_STATED


@pytest.mark.parametrize(
    ("topic", "words", "verdict"),
    [
        ("pay", "can you negotiate the salary", NO),
        ("company", "do they make a profit", NO),
        ("company", "is the founding baker job about sharks", None),
        ("requirements", "do they want anyone", None),
    ],
)
def test_a_passage_gives_a_yes_or_no_only_where_it_holds_all_that_is_asked(topic: str, words: str, verdict: Verdict | None) -> None:
    assert reply(topic, words, form=Form.YES_NO).verdict is verdict


def test_an_open_question_gets_no_yes_whatever_must_be() -> None:
    assert reply("requirements", "which starters do i need experience with", is_must=True).verdict is None


def test_a_line_that_introduces_a_list_is_told_with_it() -> None:
    said = reply("responsibilities", "what would i do in my first six months")
    assert {"Learn to fold croissants", "Run the night oven"} <= {said.rendered.sentence, *said.rendered.items}


def test_all_items_on_a_subject_are_told() -> None:
    assert told(reply("benefits", "how many vacation days")).count("vacation") == 2


@pytest.mark.parametrize(("asked", "verdict"), [("part_time", YES), ("full_time", YES), ("internship", NO)])
def test_another_kind_of_contract_is_told_by_the_sentence_that_names_it(asked: str, verdict: Verdict) -> None:
    said = reply("employment_type", "is it possible", values=(asked,), form=Form.YES_NO)
    assert said.verdict is (UNCLEAR if asked == "internship" else verdict)


def test_who_lacks_the_citizenship_that_is_asked_for_gets_no_yes_for_living_there() -> None:
    place = Place(typed="denmark", country="DK")
    kept = keep(BODY.replace("## Details", "## Location\n\nWe hire in Denmark only.\n\n## Details"))
    lacking = reply("countries", "im not a danish citizen, can i apply from denmark", kept, place=place, is_own=True, form=Form.YES_NO)
    living = reply("countries", "can i apply from denmark", kept, place=place, is_own=True, form=Form.YES_NO)
    assert (lacking.verdict, living.verdict) == (NO, YES)


def test_being_open_to_a_country_is_no_demand_of_its_citizenship() -> None:
    kept = keep("We hire in Denmark only.")
    place = Place(typed="danish", country="DK")
    said = reply("authorization", "must i be a danish citizen", kept, place=place, is_must=True, form=Form.YES_NO)
    assert said.state is State.NOT_STATED


@pytest.mark.parametrize(
    ("words", "asked", "verdict"),
    [("is experience needed", {"is_must": True}, NO), ("i have no experience, is that ok", {"is_own": True}, YES)],
)
def test_that_no_experience_is_asked_for_is_told(words: str, asked: dict[str, Any], verdict: Verdict) -> None:
    said = reply("experience", words, keep("We bake. No previous experience is needed."), form=Form.YES_NO, **asked)
    assert (said.verdict, [quote.text for quote in said.quotes]) == (verdict, ["No previous experience is needed."])


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("We bake, and all seniority levels may apply.", YES),
        ("We are hiring at all levels.", YES),
        ("You talk to people at all levels.", None),
    ],
)
def test_juniors_may_apply_where_all_levels_are_sought(body: str, verdict: Verdict | None) -> None:
    assert reply("experience", "do they take juniors", keep(body), form=Form.YES_NO).verdict is verdict


def test_the_location_of_the_head_is_told_where_it_is_asked_for() -> None:
    posting = parse_posting("# [Baker](https://jobs.example/1)\n### Crumb\nLocation: Aarhus\n\nWe bake bread all day.\n", "a.md")
    kept = KeptPosting(id=1, scope=EVERYONE, revision=1, read_at=datetime.now(UTC), posting=posting)
    assert "Aarhus" in reply("workplace", "where is it located", kept).rendered.sentence


CONTACTS = keep(
    """contact:
    name: Ada Loaf
    phone: +45 33 12 34 56

## Requirements

* Rust, and 5+ years of experience with Go

## About us

Our people bake in 14 countries, and we raised $9 million in our series A. The Night Ovens team works with Hearth.
Zur Weiterbildung gibt es 900 Euro im Jahr. We are hiring three bakers for a mid point of $90,000.

Requisition Number

77-B-12
"""
)


@pytest.mark.parametrize(
    ("topic", "words", "said"),
    [
        ("other", "who is the contact person", "Ada Loaf"),
        ("apply", "how do i reach them", "+45 33 12 34 56"),
        ("countries", "how many countries are they in", "14 countries"),
        ("company", "how much did they raise", "$9 million"),
        ("skills", "which team is it on", "Night Ovens team"),
        ("benefits", "whats the training budget", "900 Euro"),
        ("company", "what is the midpoint they offer", "mid point"),
        ("other", "what is the requisition number", "77-B-12"),
    ],
)
def test_a_thing_that_only_one_posting_mentions_is_told_whatever_topic_hears_it(topic: str, words: str, said: str) -> None:
    told = reply(topic, words, CONTACTS)
    assert told.state is State.ANSWERED
    assert said in " ".join([told.rendered.sentence, *told.rendered.items])


def test_the_years_of_all_are_not_told_as_those_of_one_skill() -> None:
    told = reply(
        "experience",
        "how many years of rust",
        about=("Rust",),
        form=Form.HOW_MANY,
        kept=keep("## Requirements\n\n* Rust\n* 8+ years of experience"),
    )
    assert told.state is State.NOT_STATED
    assert told.rendered.sentence == "The posting does not say how many years of Rust."
    assert "Rust" in told.rendered.items
    counted = reply(
        "experience",
        "how many years of go",
        about=("Go",),
        form=Form.HOW_MANY,
        kept=keep("## Requirements\n\n* 5+ years of experience with Go"),
    )
    assert counted.state is State.ANSWERED


@pytest.mark.parametrize(
    ("words", "about", "title", "said"),
    [
        ("how many years of sql", "sql", "Baker", "The posting does not say how many years of sql."),
        ("how many years of rust", "Rust", "Rust Baker", "The posting does not say how many years of Rust."),
        ("RUST HOW MANY YEARS DO THEY WANT", "RUST", "Rust Baker", "At least 8 years of experience"),
        ("how many years python", "python", "Baker", "* 4+ years of building big ovens and their small tools in Python or Lua"),
    ],
)
def test_years_are_told_of_what_they_are_asked_of(words: str, about: str, title: str, said: str) -> None:
    tools = "* 4+ years of building big ovens and their small tools in Python or Lua"
    kept = keep(f"## Requirements\n\n* 8+ years of experience as a baker\n{tools}\n* Rust", title=title)
    told = reply("experience", words, about=(about,), form=Form.HOW_MANY, kept=kept)
    assert told.rendered.sentence == said.removeprefix("* ")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("## Must haves\n\n* At least 2 years of Rust\n\n## Nice to have\n\n* 4+ years of Rust and of wine", "At least 2 years of Rust"),
        ("## Nice to have\n\n* 4+ years of Rust\n\n## Requirements\n\n* A year of Rust, 3 years in all", "A year of Rust, 3 years in all"),
        (
            "As a Rust bakery we are bakers, each with six years of experience.\n\nYou have 5 years of coding, a year of it in Rust.",
            "You have 5 years of coding, a year of it in Rust.",
        ),
    ],
)
def test_the_years_that_are_required_of_a_thing_are_told_before_those_that_are_welcome_or_of_others(body: str, said: str) -> None:
    told = reply("experience", "how many years of rust do they want", about=("Rust",), form=Form.HOW_MANY, kept=keep(body))
    assert told.rendered.sentence == said


def test_experience_with_a_skill_is_a_question_for_the_skill_where_no_years_are_asked() -> None:
    told = reply("experience", "is rust experience asked", about=("Rust",), form=Form.YES_NO, kept=keep("## Requirements\n\n* Rust"))
    assert (told.state, told.verdict, told.topic) == (State.ANSWERED, YES, "skills")


ABOUT_OVENS = """We bake honest bread.

## What you bring

* Programming languages: Rust and Bash
* Experience with Kafka

## What you get

* Remote work set-up - 300 francs for a desk

Direct reports: 3 to 6 bakers

## About Crumb

Our tech stack is React and Elixir.

Salary: $90k - $110k, 0.5-1%

[Send us a loaf](https://crumb.example/jobs). The doors for new bakers close at 6pm on Friday.
"""


@pytest.mark.parametrize(
    ("topic", "words", "said"),
    [
        ("skills", "tell me their stack", "Our tech stack is React and Elixir."),
        ("skills", "what programming languages do they use", "Named in the posting: Rust, Bash, Elixir."),
        ("benefits", "home office budget?", "Remote work set-up - 300 francs for a desk"),
        ("benefits", "is there equity", "Salary: $90k - $110k, 0.5-1%"),
        ("other", "how many people would report to me", "Direct reports: 3 to 6 bakers"),
        ("other", "how many bakers would i lead", "Direct reports: 3 to 6 bakers"),
        ("apply", "what time do the doors for applications close", "The doors for new bakers close at 6pm on Friday."),
        ("apply", "when do applications close", "The doors for new bakers close at 6pm on Friday."),
    ],
)
def test_what_stands_outside_of_the_lists_or_in_other_words_is_told(topic: str, words: str, said: str) -> None:
    assert said in told(reply(topic, words, keep(ABOUT_OVENS)))


APPRENTICES = """We are the #1 school of bakers. We bake with interns and for interns.

Internship in our ovens, 2 months. We are hiring 30 more interns this year.

There is a chance of full-time work post-internship, and we convert to permanent contracts.
"""


@pytest.mark.parametrize("words", ["how many more interns are they hiring", "how many interns do they want"])
def test_how_many_are_hired_is_no_kind_of_contract(words: str) -> None:
    said = reply("employment_type", words, keep(APPRENTICES), values=("internship",), form=Form.HOW_MANY)
    assert said.rendered.sentence == "We are hiring 30 more interns this year."


def test_what_may_come_after_an_internship_is_told() -> None:
    said = reply("employment_type", "is fulltime possible after the internship", keep(APPRENTICES), form=Form.YES_NO)
    assert (said.verdict, "permanent contracts" in said.rendered.sentence) == (UNCLEAR, True)


@pytest.mark.parametrize("words", ["should i send my cv", "do they want a resume"])
def test_who_wants_no_cvs_is_told_so(words: str) -> None:
    body = "We bake bread.\n\nHow to apply: just go to https://crumb.example/jobs and see. Do not send us CVs."
    assert reply("apply", words, keep(body), form=Form.YES_NO).verdict is NO


def test_when_a_posting_was_put_up_is_no_closing_date() -> None:
    assert reply("apply", "when do applications close", keep("Posted on 2026-03-01. We bake bread all day long.")).state is State.NOT_STATED


def test_nobody_to_ask_is_said_to_be_silent() -> None:
    assert reply("other", "who is the contact person", KEPT).state is State.NOT_STATED


@pytest.mark.parametrize(
    ("body", "words", "verdict"),
    [
        ("Contract: freelance.\n\n* Duration: 5 months", "is it permanent", NO),
        ("* Employment: full time\n* Engagement length: 8 months", "is it a permanent job", NO),
        ("* Employment: full time\n* Probation length: 3 months", "is it a permanent job", None),
        ("This is a contract position.", "is this job permanent", NO),
        ("This is a permanent position.", "is this job permanent", YES),
    ],
)
def test_what_is_for_so_many_months_is_not_for_good(body: str, words: str, verdict: Verdict | None) -> None:
    said = reply("employment_type", words, keep(body), values=("full_time",), form=Form.YES_NO)
    assert said.verdict is verdict


GUILD = keep(
    """We are a guild, not for profit, and move flour for 300 credit unions. Our loans go to ovens.

Crumb Bakery · Aarhus, Denmark · Full-time

The oven runs at night, 21:30 to 05:30.

## Requirements

* You built an oven from zero at a startup
* AWS
* You write Danish or English well
* Excel, but it is not required
* Rust: we will teach you
* Terraform, which we will teach you

## Nice to have

* Tableau, Oracle
"""
)


@pytest.mark.parametrize(
    ("topic", "words", "asked", "verdict"),
    [
        ("company", "is it a guild", {}, YES),
        ("company", "is it for profit", {}, NO),
        ("other", "is there a union", {}, None),
        ("company", "are they a startup", {}, None),
        ("other", "do they have aws credits", {"about": ("AWS",)}, None),
        ("other", "do they have aws", {"about": ("AWS",)}, YES),
        ("other", "faut-il parler anglais", {"is_must": True}, NO),
        ("other", "muss ich deutsch sprechen", {"is_must": True}, None),
        ("skills", "is excel required", {"about": ("Excel",), "is_must": True}, NO),
        ("skills", "must i know rust", {"about": ("Rust",), "is_must": True}, NO),
        ("skills", "must i know terraform", {"about": ("Terraform",), "is_must": True}, NO),
        ("skills", "is aws a must", {"about": ("AWS",), "is_must": True}, YES),
    ],
)
def test_a_shared_word_is_no_yes_and_one_of_two_is_no_must(topic: str, words: str, asked: dict[str, Any], verdict: Verdict | None) -> None:
    assert reply(topic, words, GUILD, form=Form.YES_NO, **asked).verdict is verdict


def test_one_of_two_that_are_both_welcome_is_no_must() -> None:
    said = reply("skills", "tableau or oracle required?", GUILD, about=("Tableau", "Oracle"), form=Form.WHICH, is_must=True)
    assert said.verdict is NO


@pytest.mark.parametrize(
    ("topic", "words", "asked", "said"),
    [
        ("timezone", "what hours is it", {}, "21:30 to 05:30"),
        ("countries", "is the job in aarhus", {"place": Place(typed="aarhus", country="DK", city="Aarhus")}, "Aarhus, Denmark"),
    ],
)
def test_what_a_line_says_is_told_where_no_fact_is_read(topic: str, words: str, asked: dict[str, Any], said: str) -> None:
    kept = GUILD.model_copy(update={"posting": GUILD.posting.model_copy(update={"facts": {}})}) if topic == "countries" else GUILD
    told = reply(topic, words, kept, **asked)
    assert told.state is State.ANSWERED
    assert said in told.rendered.sentence


@pytest.mark.parametrize(("words", "is_told"), [("hours?", True), ("do i have to work new york hours", False)])
def test_bare_hours_are_also_those_of_a_week(words: str, is_told: bool) -> None:
    said = reply("timezone", words, keep("You bake with us for about 12 to 15 hours per week.", "Baker"))
    assert ("12 to 15 hours" in said.rendered.sentence) is is_told


def test_how_long_it_is_may_stand_in_the_title() -> None:
    said = reply(
        "employment_type", "how long is the internship", keep("We pay 900 EUR/month.", "Baker (8-month internship)"), values=("internship",)
    )
    assert "8-month" in said.rendered.sentence


@pytest.mark.parametrize(
    ("body", "words", "verdict"),
    [
        ("The salary is $90,000 a year.", "is the job unpaid", NO),
        ("The salary is $90,000 a year.", "is the internship paid", YES),
        ("The internship is unpaid.", "is the internship unpaid", YES),
    ],
)
def test_whether_there_is_any_pay_is_told_by_the_pay(body: str, words: str, verdict: Verdict) -> None:
    said = reply("pay", words, keep(body), form=Form.YES_NO)
    assert said.verdict is verdict


def test_whether_leave_is_paid_is_not_told_by_the_pay() -> None:
    assert reply("pay", "is the leave paid", keep("The salary is $90,000 a year."), form=Form.YES_NO).verdict is None


CLOSED = keep(
    """(Exam open to current City employees)

The job is remote in Canada. We hire in Canada, Eastern time zones only.

## Requirements

* A bakery knows many tools and customers; Salesforce is preferred but not required, and nobody minds.
"""
)


@pytest.mark.parametrize(
    ("topic", "words", "asked", "verdict"),
    [
        ("other", "can an outsider apply", {"is_own": True}, NO),
        ("other", "only internal candidates", {}, YES),
        ("skills", "is salesforce a must", {"about": ("Salesforce",), "is_must": True}, NO),
        (
            "countries",
            "can i work from vancouver",
            {"is_own": True, "place": Place(typed="vancouver", country="CA", city="Vancouver")},
            UNCLEAR,
        ),
        ("countries", "can i work from canada", {"is_own": True, "place": Place(typed="canada", country="CA")}, YES),
        ("countries", "do they not hire in canada", {"is_denied": True, "place": Place(typed="canada", country="CA")}, NO),
    ],
)
def test_what_a_posting_shuts_out_or_lets_off_is_heeded(topic: str, words: str, asked: dict[str, Any], verdict: Verdict) -> None:
    assert reply(topic, words, CLOSED, form=Form.YES_NO, **asked).verdict is verdict


def test_a_topic_that_is_named_in_another_language_and_silent_stays_silent() -> None:
    kept = keep("Tu rejoins une petite équipe autonome qui pétrit le pain.")
    assert reply("pay", "équipe du pain, paris : rémunération ?", kept).state is State.NOT_STATED


@pytest.mark.parametrize("thing", ["unity", "godot"])
def test_a_tool_that_opens_a_line_is_one_of_several_too(thing: str) -> None:
    kept = keep("## Requirements\n- Unity or Godot\n- You draw maps")
    said = reply("skills", f"must i know {thing}", kept, about=(thing,), is_must=True, form=Form.YES_NO)
    assert said.verdict is NO
    assert "one of several that would do" in said.rendered.sentence


UNPAID = keep(
    "## Pay\n\nNo salary history is asked for. Commission only, 10% a loaf.\n\n## Where\n\nOur shop and office is at Rye Square in Lyon."
)


def test_what_is_paid_without_an_amount_is_told() -> None:
    assert reply("pay", "what does it pay", UNPAID).rendered.sentence == "Commission only, 10% a loaf."
    assert reply("pay", "what does it pay", keep("## Pay\n\nNo salary history is asked for.")).state is State.NOT_STATED


@pytest.mark.parametrize("terms", ["A competitive salary and rye bread", "Salary: DOE", "Marktübliche Vergütung", "Salário a combinar"])
def test_pay_that_is_only_praised_is_told_without_a_figure(terms: str) -> None:
    said = reply("pay", "what does it pay", keep(f"We bake bread in Lyon.\n\n* {terms}"))
    assert (said.state, said.verdict, said.rendered.items) == (State.NOT_STATED, None, (terms,))


@pytest.mark.parametrize(("kind", "verdict"), [("full_time", YES), ("part_time", YES), ("internship", UNCLEAR)])
def test_each_of_two_kinds_of_employment_is_answered_for(kind: str, verdict: Verdict) -> None:
    said = reply("employment_type", "is it that", keep("We bake.\n\nFull-time or part-time"), values=(kind,), form=Form.YES_NO)
    assert said.verdict is verdict
    assert "Part time; Full time" in " ".join((said.rendered.sentence, *said.rendered.items))


def test_bi_is_business_intelligence() -> None:
    kept = keep("## Requirements\n\n* 7+ years of experience as a baker\n* 5+ years of experience with business intelligence")
    assert "5+ years" in reply("experience", "how much BI experience do they want", kept).rendered.sentence


BOUND = "Bakers wanted.\n\nWho may apply: US citizens\n\nYou must hold a Secret clearance.\n\nApply with a loaf at once."


@pytest.mark.parametrize(
    ("topic", "words", "body", "said"),
    [
        ("apply", "who can apply", BOUND, "Who may apply: US citizens"),
        ("requirements", "who is eligible", "We bake.\n\nThis position is open to the public.", "This position is open to the public."),
        ("authorization", "who may apply", "You must be a US citizen or a permanent resident.", "permanent resident"),
        ("apply", "who can apply", "We bake bread in Lyon.", "The posting does not"),
    ],
)
def test_who_may_apply_is_told_by_whom_a_job_is_open_to(topic: str, words: str, body: str, said: str) -> None:
    told = reply(topic, words, keep(body)).rendered
    assert said in " ".join((told.sentence, *told.items))
    assert "Secret" not in told.sentence


@pytest.mark.parametrize(
    ("body", "place"), [("Our ovens stand in Lyon, France.", ()), ("Location: Lyon, France", ("Location: Lyon, France",))]
)
def test_a_posting_that_is_silent_on_remote_work_names_the_place_that_it_gives(body: str, place: tuple[str, ...]) -> None:
    said = reply("workplace", "is it remote", keep(f"We bake bread.\n\n{body}"), values=("remote",), form=Form.YES_NO)
    assert (said.state, said.verdict, said.rendered.items) == (State.NOT_STATED, None, place)


def test_where_an_office_is_goes_before_whether_one_works_there() -> None:
    lyon = Place(typed="lyon", country="FR", city="Lyon")
    assert "Rye Square" in reply("workplace", "where in lyon is the office", UNPAID, place=lyon, values=("onsite",)).rendered.sentence


def test_the_towns_of_offices_are_told_below_where_one_lives() -> None:
    kept = keep("This is a remote job for people in France. You may work in our offices in Lyon or Nantes.")
    told = reply("countries", "offices where", kept)
    assert set(told.beside) == {"countries", "workplace"}
    assert "Nantes" in " ".join((told.rendered.sentence, *told.rendered.items))


def test_whom_to_contact_is_told_beside_a_place() -> None:
    kept = keep("This is a job in Lyon, France.\n\n## Contact\n\nMia Roux, mia@crumb.example")
    told = reply("countries", "whos the contact and which country", kept)
    assert "mia@crumb.example" in " ".join((told.rendered.sentence, *told.rendered.items))


def test_a_stack_is_told_beside_the_skills_of_the_lists() -> None:
    kept = keep("## Requirements\n\n* Strong Go\n\n## Responsibilities\n\n* Build with our stack such as Kotlin, Kafka and Rust")
    told = reply("skills", "what tools are in the tech stack", kept)
    assert "Kafka" in " ".join((told.rendered.sentence, *told.rendered.items))


@pytest.mark.parametrize(
    "body",
    [
        "## About us\n\nOur culture is warm. The stack we run is Kotlin, Kafka and Rust.",
        "We bake bread.\n\n## Our tech stack\n\n* Languages: Kotlin, Rust\n* Queues: Kafka",
    ],
)
def test_a_stack_is_told_where_nothing_is_asked_for(body: str) -> None:
    assert "Kotlin" in told(reply("skills", "tell me the stack", keep(body)))


@pytest.mark.parametrize(
    ("body", "words", "said"),
    [
        ("We seek a temporary baking intern for approximately 10 weeks.\n\n* Weekly team lunch", "how long is the internship", "10 weeks"),
        ("A 12-month FTC in our bakery.", "how long is the contract", "12-month FTC"),
        ("Poste ouvert pour 4 mois, renouvelable.", "how long does it run", "4 mois"),
        ("Mission de 14 semaines.", "combien de temps dure la mission", "14 semaines"),
    ],
)
def test_how_long_it_is_is_told_in_weeks_and_months_and_nothing_beside(body: str, words: str, said: str) -> None:
    found = told(reply("employment_type", words, keep(body)))
    assert said in found
    assert "lunch" not in found


NAMES_OF_A_KIND = keep(
    """## Requirements

* Experience with relational database storage
* Know Rust

## Our stack

* **Database:** MySQL, Postgres
* **Testing:** unit tests
"""
)


def test_which_tools_of_a_kind_are_used_is_told_by_their_names_and_by_no_talk_of_the_kind() -> None:
    assert "MySQL, Postgres" in told(reply("skills", "which databases", NAMES_OF_A_KIND))
    silent = told(reply("skills", "which databases", keep("## Requirements\n\n* Experience with relational database storage\n* Know Rust")))
    assert "Rust" in silent


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Pay: 12.00 per hour, twice a month.", "12.00 per hour"),
        ("Our people like it here. The salary is between 18 100 and 27 100 a year.", "18 100"),
        ("We work 38 hours per week.", "does not"),
    ],
)
def test_pay_in_figures_without_a_currency_is_told_as_it_stands(body: str, said: str) -> None:
    assert said in told(reply("pay", "what does it pay", keep(body)))


@pytest.mark.parametrize(
    ("topic", "words", "body", "said"),
    [
        ("countries", "in which countries do they have offices", "Crumb has offices in Peru and Kenya.", "Peru and Kenya"),
        ("other", "how big is the team", "You keep a team of seventeen happy. You join a small team of bakers.", "seventeen"),
        ("other", "when's the tasting", "The tasting is where you bake.\n\nThe tasting is on 4 June.", "4 June"),
        ("benefits", "is there a uniform", "## Benefits\n\n* A uniform is provided", "uniform is provided"),
        ("other", "whats the avg oven size", "We have ovens. The average oven holds 40 loaves.", "40 loaves"),
        ("other", "how many loans do they handle", "We like loans. We handle over $2 billion in loans.", "$2 billion"),
        ("other", "what is the maximum age", "The age limit may be waived on request. The maximum entry age is 39.", "39"),
        ("other", "how will i be measured", "We measure flour. You are judged by your sales of rolls.", "judged by"),
        ("timezone", "is there a cap on hours", "Bakers work 10+ hours per week; there is no limit.", "no limit"),
        ("timezone", "are there min hours", "You bake freely, with no hourly requirement.", "no hourly requirement"),
        ("requirements", "what certs do i need", "## Requirements\n\n* Bakes\n* Lead Assessors Course", "Lead Assessors Course"),
        ("other", "is there free coffee", "We have dogs. Coffee o'clock is at three.", "Coffee o'clock"),
        ("other", "how many bakers are they hiring", "Roles:\n\n-- Baker (3x openings): https://crumb.example/a", "3x openings"),
        (
            "experience",
            "how much bi experience",
            "## Requirements\n\n* 7+ years of baking\n* 4+ years of business intelligence",
            "4+ years",
        ),
    ],
)
def test_a_figure_or_place_is_told_of_what_it_is_asked_of(topic: str, words: str, body: str, said: str) -> None:
    assert said in reply(topic, words, keep(body)).rendered.sentence


@pytest.mark.parametrize(
    ("topic", "words", "asked", "body", "verdict"),
    [
        ("education", "do i need a degree", {"is_must": True}, "## Requirements\n\n* BS in baking or equivalent", UNCLEAR),
        ("education", "do i need a degree", {"is_must": True}, "## Requirements\n\n* BS in baking or equivalent experience", NO),
        (
            "education",
            "do i need a high school diploma",
            {"is_must": True, "level": EducationLevel.HIGH_SCHOOL},
            "## Requirements\n\n* A high school diploma or its equivalent as approved by the state, and a year of kitchen experience",
            YES,
        ),
        ("other", "does crumb set a minimum number of hours", {}, "Set your own schedule and rise when you like.", None),
        ("other", "can i apply w a criminal record", {"is_own": True}, "We hire regardless of criminal histories.", YES),
        ("other", "is my own car needed", {"is_must": True}, "Inspectors will be required to provide an automobile.", YES),
        (
            "requirements",
            "should i apply if i don't meet every requirement",
            {"is_denied": True},
            "Not every box ticked? Apply anyway.",
            YES,
        ),
        ("requirements", "must i meet all requirements", {"is_must": True}, "Not every box? Apply anyway.", NO),
        (
            "skills",
            "do i need commercial rust",
            {"is_must": True, "about": ("rust",)},
            "## Requirements\n\n* Rust, some experience, not necessarily commercial",
            NO,
        ),
        ("other", "i'm 45, am i too old", {"is_own": True}, "The maximum age is 39, unless you baked for us before.", UNCLEAR),
    ],
)
def test_what_a_line_says_decides_and_none_that_is_only_alike(
    topic: str, words: str, asked: dict[str, Any], body: str, verdict: Verdict | None
) -> None:
    assert reply(topic, words, keep(body), form=Form.YES_NO, **asked).verdict is verdict


def test_where_a_company_is_based_is_told_by_the_sentence_that_says_so() -> None:
    said = reply("countries", "where is it based", keep("We bake. Crumb is based in Lyon, France. You bake."))
    assert "Lyon" in said.rendered.sentence


@pytest.mark.parametrize(
    ("body", "way"),
    [
        ("## Requirements\n\n* BS in Baking\n* Or equivalent oven experience\n* Likes dogs", "equivalent oven experience"),
        ("## Requirements\n\n* BS in Baking preferred\n* Likes dogs", ""),
    ],
)
def test_what_will_do_in_place_of_a_degree_is_told_with_it(body: str, way: str) -> None:
    said = reply("education", "do i need a degree", keep(body), form=Form.YES_NO, is_must=True)
    assert way in told(said)
    assert "dogs" not in told(said)


def test_equity_beside_the_pay_is_no_pay_equity() -> None:
    said = reply("benefits", "do they give equity", keep("Benefits: good pay + equity + a bonus."), form=Form.YES_NO)
    assert said.verdict is YES


@pytest.mark.parametrize(
    ("topic", "words", "asked", "body", "verdict"),
    [
        ("other", "no weekends right", {"is_denied": True}, "## You\n\n* You may be asked to work weekends.", UNCLEAR),
        ("other", "no weekends right", {"is_denied": True}, "There is no work on weekends.", YES),
        ("timezone", "are the hours flexible", {}, "## Benefits\n\n* We offer flexible working hours", YES),
    ],
)
def test_hours_and_weekends_are_judged_by_what_is_said_of_them(
    topic: str, words: str, asked: dict[str, Any], body: str, verdict: Verdict | None
) -> None:
    assert reply(topic, words, keep(body), form=Form.YES_NO, **asked).verdict is verdict


def test_the_insurance_of_a_car_is_none_of_health() -> None:
    said = reply("benefits", "do they pay for health insurance", keep("You have a clean record and car insurance."), form=Form.YES_NO)
    assert said.state is State.NOT_STATED


@pytest.mark.parametrize("words", ["what do they build", "what does it sell"])
def test_what_a_company_makes_is_told_by_what_it_is(words: str) -> None:
    body = "## Requirements\n\n* You help us build and sell\n\nAbout us\n\nCrumb is a bakery marketplace for small towns."
    assert "bakery marketplace" in told(reply("company", words, keep(body)))


def test_whether_they_open_an_office_is_not_told_by_where_the_work_is() -> None:
    said = reply(
        "workplace", "are they opening a new office", keep("This job is remote. We are opening a new office in Lima."), form=Form.YES_NO
    )
    assert said.verdict is not NO
    assert "Lima" in said.rendered.sentence


def test_an_address_that_is_spelt_out_is_told_and_no_link_with_its_sign() -> None:
    kept = keep("Our ovens: https://ovens.example/package/@crumb/ovens\n\nIf you love bread, talk to me at ada [at] crumb.com today.")
    for topic, words in (("apply", "what email do i write to"), ("apply", "who's the contact")):
        said = reply(topic, words, kept).rendered.sentence
        assert "ada [at] crumb.com" in said


def test_years_in_a_role_are_told_though_the_title_has_its_word() -> None:
    kept = keep("TypeScript | Rust preferred | 3+ years as manager | 6+ years as baker", "Baking Manager")
    assert "3+ years" in told(reply("experience", "how many years as a manager", kept))


def test_a_posting_without_a_title_is_summed_up_under_its_company_and_not_its_file() -> None:
    posting = parse_posting("Crumb | Aarhus | Full-time\n\nWe bake bread all day, and sell it to the harbour by night.", "texts/a.md")
    kept = KeptPosting(id=1, scope=EVERYONE, revision=1, read_at=datetime.now(UTC), posting=posting)
    assert (posting.title, reply("company", "tldr", kept, form=Form.SUMMARY).rendered.sentence) == (None, "Crumb:")


def test_what_will_do_in_place_is_told_with_a_degree_that_names_it_itself() -> None:
    kept = keep("## Requirements\n\n* Bachelor's degree or equivalent experience at an oven")
    said = reply("education", "do i need a degree", kept, form=Form.YES_NO, is_must=True)
    assert (said.verdict, said.rendered.items) == (NO, ("Bachelor's degree or equivalent experience at an oven",))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("We bake bread. We're looking for people with a passion for rye.", "We're looking for people with a passion for rye."),
        ("Quem somos\n\nBuscamos pessoas que tenham experiência com fornos.", "Buscamos pessoas que tenham experiência com fornos."),
        ("We bake bread, and have experience with bread fairs all over Ghent.\n\n## Benefits\n\nYou should have fun.", None),
        ("We bake bread and eat it.", None),
    ],
)
def test_a_posting_without_lists_tells_whom_it_looks_for_where_its_requirements_are_asked_about(body: str, said: str | None) -> None:
    answer = reply("requirements", "what do they require", keep(body))
    assert answer.rendered.sentence == (said or "The posting does not list requirements.")
