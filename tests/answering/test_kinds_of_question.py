"""Kinds of questions that were once answered falsely: each stands with what must be said, and with what must not."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from builders_answering import posting_text

from bot.answering.replies import reply_to
from bot.answering.reply import Reply, Subject
from bot.domain.answer import State
from bot.domain.person import EVERYONE
from bot.domain.posting import KeptPosting
from bot.domain.query import Ask, Form, Place, Verdict, Years
from bot.parsing.parse import parse_posting

YES, NO, UNCLEAR = Verdict.YES, Verdict.NO, Verdict.UNCLEAR
BODY = """Our clear vision guides us. This is a hybrid role, three days a week in our Chicago office.

## Requirements

* Docker (optional)
* Strong Go
* A valid driver's licence with no more than 3 points
* This role could be a fit if you like bread
* Fluent English

## Extra brownie points if you

* know the fintech industry

## Benefits

* Private medical insurance
* Work on weekends, in the second shift, is paid twice
* A wellness stipend, with an option to extend it

## What happens after you apply?

Two of our bakers read your letter. They write to you within a week.

Relocation provided:
No
"""
SCHOOL = """Vous maîtrisez le langage Python. Nous sommes une équipe de 5 personnes et vous rejoindrez notre bureau dans le centre.
L'entreprise, fondée en 2010, est installée à Lyon avec ses boulangers. Le poste est à temps plein pour une durée de 6 mois.

## Profil

* Études de boulangerie (un atout)
* Anglais et français courants
"""


@cache
def keep(title: str, body: str) -> KeptPosting:
    posting = parse_posting(posting_text("Crumb", title, body), "a.md")
    return KeptPosting(id=1, scope=EVERYONE, revision=1, read_at=datetime.now(UTC), posting=posting)


def reply(topic: str, words: str, *, body: str = BODY, title: str = "Baker of Software", **asked: Any) -> Reply:
    return reply_to(Subject(keep(title, body), Ask(topic=topic, words=words, **({"form": Form.YES_NO} | asked))))


@pytest.mark.parametrize(
    ("topic", "words", "asked", "verdict"),
    [
        ("skills", "does it need docker", {"about": ("docker",)}, NO),
        ("skills", "does it need go", {"about": ("go",)}, YES),
        ("other", "do i need to know fintech", {"is_must": True}, NO),
        ("other", "do i need a driver's licence", {"is_must": True}, YES),
        ("benefits", "is relocation provided", {}, NO),
        ("workplace", "is remote work possible", {"values": ("remote",)}, UNCLEAR),
        ("workplace", "is it fully remote", {"values": ("remote",)}, NO),
        ("countries", "can i apply from texas", {"place": Place(typed="texas", country="US", state="TX"), "is_own": True}, UNCLEAR),
    ],
)
def test_yes_is_said_only_to_what_is_asked(topic: str, words: str, asked: dict[str, Any], verdict: Verdict) -> None:
    assert reply(topic, words, **asked).verdict is verdict


@pytest.mark.parametrize(
    ("topic", "words", "asked"),
    [
        ("benefits", "is there dental", {}),
        ("benefits", "is there a gym", {}),
        ("benefits", "do they give stock options", {}),
        ("other", "do they do drug tests", {}),
        ("other", "is there overtime", {}),
        ("other", "are there night shifts", {}),
        ("other", "do i need to speak spanish", {"about": ("spanish",), "is_must": True}),
        ("apply", "what is the closing date", {"form": Form.WHAT}),
    ],
)
def test_what_lies_near_is_not_told_for_it(topic: str, words: str, asked: dict[str, Any]) -> None:
    assert reply(topic, words, **asked).state is State.NOT_STATED


def test_a_passage_that_holds_only_a_part_of_what_is_asked_makes_no_yes() -> None:
    assert reply("other", "is there an industry discount for bakers").verdict is not YES


def test_the_part_whose_heading_asks_the_same_is_told_whole() -> None:
    told = reply("other", "what happens after i apply", form=Form.WHAT).rendered
    assert told.sentence == "What happens after you apply?"
    assert "Two of our bakers" in " ".join(told.items)


def test_a_value_is_told_with_its_label() -> None:
    assert reply("benefits", "is relocation provided").rendered.sentence == "No. Relocation provided: No"


@pytest.mark.parametrize(
    ("topic", "words", "said"),
    [
        ("skills", "which programming language is required", "Python"),
        ("skills", "which languages are wanted", "Anglais et français"),
        ("company", "when was it founded", "fondée en 2010"),
        ("other", "how big is the team", "équipe de 5 personnes"),
        ("employment_type", "how long is the contract", "6 mois"),
    ],
)
def test_what_is_said_in_another_language_or_outside_of_a_list_is_found(topic: str, words: str, said: str) -> None:
    found = reply(topic, words, body=SCHOOL, form=Form.WHAT)
    assert said in " ".join((found.rendered.sentence, *found.rendered.items))


@pytest.mark.parametrize(
    ("topic", "words", "body", "said"),
    [
        (
            "preferred",
            "that pacific time thing, hard rule or preference",
            "It is preferred that you are within 3 hours of Pacific time.",
            "Pacific",
        ),
        (
            "other",
            "can i bring my dog to the office",
            "* Our modern office in Lyon is open all day and night\n* This is a dogfriendly place\n* fruit",
            "dogfriendly",
        ),
        ("other", "what time do u start every day", "Start your workday anywhere between 7 AM and 11 AM.", "7 AM"),
        ("company", "who owns them", "Ryeworks is the parent company of this bakery.\n\nThe oven team owns our breads.", "Ryeworks"),
        ("other", "how big is the team", "We have baked in 15+ towns, and our team size now stands at 5.", "stands at 5"),
        ("other", "how big is the team", "You join the oven crew team: 13 members located in three towns.", "13 members"),
        ("other", "how much travel is there", "You are ready for regular travel to our mills.", "regular travel"),
        ("benefits", "do they insure my dog", "## Benefits\n\n* Pet insurance", "Pet insurance"),
        ("education", "what percent have a phd", "About 12% of our bakers have a PhD.\n\nA bachelor's degree is required.", "12%"),
        ("employment_type", "do they employ directly or via a third party", "Bakers abroad are hired by an Employer of Record.", "Record"),
    ],
)
def test_what_stands_beside_the_topic_is_found(topic: str, words: str, body: str, said: str) -> None:
    found = reply(topic, words, body=f"{body}\n\nWe bake bread for the people of the town and of the villages around it.", form=Form.WHAT)
    assert said in " ".join((found.rendered.sentence, *found.rendered.items))


@pytest.mark.parametrize(
    ("topic", "words", "body", "verdict"),
    [
        ("employment_type", "can they extend the contract", "A contract of a year, with the possibility of extending it.", YES),
        ("other", "can it be extended after that", "The appointment will not be extended.", NO),
        ("other", "can they extend it", "We extend a warm welcome to all.", None),
        ("company", "are they a non profit", "Ryeworks is a charitable, not-for-profit bakery.", YES),
        ("other", "i had a DUI last yr am i out", "You will be disqualified and not eligible for hire after a DUI.", YES),
        ("other", "i had a DUI last yr am i out", "You will not be disqualified after a DUI.", NO),
    ],
)
def test_whether_work_goes_on_and_what_shuts_out_are_told(topic: str, words: str, body: str, verdict: Verdict | None) -> None:
    assert reply(topic, words, body=f"{body}\n\nWe bake bread for the people of the town and of the villages around it.").verdict is verdict


def test_what_a_company_does_tells_not_who_runs_it() -> None:
    body = "Harrowgate is a leading maker of oven doors, sold in many countries."
    assert reply("company", "whos the ceo", body=body, form=Form.WHAT).state is State.NOT_STATED


def test_items_of_a_list_without_marks_are_no_label_and_value() -> None:
    body = "## Benefits\n\nUnbefristetes Arbeitsverhältnis\n\nWeiterbildungsangebote\n\nKantine im Haus"
    told = reply("employment_type", "permanent?", body=body, values=("full_time",))
    assert (told.verdict, told.rendered.sentence) == (YES, "Yes. Unbefristetes Arbeitsverhältnis")


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("## Requirements\n\n* A strong technical background (computer science or a related field preferred)\n* Rye", NO),
        ("## Requirements\n\n* Solid computer science fundamentals\n* Rye", None),
    ],
)
def test_a_degree_in_a_field_that_is_but_preferred_is_not_needed(body: str, verdict: Verdict | None) -> None:
    for words in ("is a CS degree a must", "do i need a computer science degree"):
        assert reply("education", words, body=body, form=Form.YES_NO, is_must=True).verdict is verdict


def test_schooling_that_is_welcome_is_not_needed_and_courses_make_no_yes() -> None:
    assert reply("education", "do i need uni", body="## Perfil\n\n* Estudios universitarios (valorable)", is_must=True).verdict is NO
    assert reply("education", "is a degree needed", body="You take two courses at a university.", is_must=True).verdict is not YES
    assert reply("education", "does it ask for a degree?", body="Formal education is not that important to us.").verdict is NO


@pytest.mark.parametrize(
    ("title", "body", "verdict"),
    [
        ("Baker", "This is a full-time position.", None),
        ("Baker", "This is a full-time, permanent position.", YES),
        ("Baker (1-year contract)", "You bake.", NO),
        ("Baker", "Work schedule: full time\n\nRecent bakers may be converted to a permanent position.", UNCLEAR),
    ],
)
def test_full_time_is_not_for_good(title: str, body: str, verdict: Verdict | None) -> None:
    text = f"{body}\n\nWe bake bread for the people of the town and of the villages around it."
    assert reply("employment_type", "is it permanent", body=text, title=title, values=("full_time",)).verdict is verdict


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("do they pay for relocation", "You move the company and the industry forward."),
        ("is there health insurance", "We build medical devices for healthcare."),
        ("do i get a laptop", "A degree in computer science; you look after the equipment of our ovens."),
        ("do they do drug tests", "We speed up the discovery of drugs."),
        ("is there a learning budget", "You learn from the best bakers."),
        ("is there a referral bonus", "Please refer to our notes on privacy."),
        ("is there parking", "You train models that bake."),
    ],
)
def test_an_ordinary_word_is_no_benefit(words: str, body: str) -> None:
    text = f"{body}\n\nWe bake bread for the people of the town and of the villages around it."
    assert reply("other", words, body=text).verdict is not YES


def test_several_things_that_are_spoken_of_are_not_told_to_be_needed() -> None:
    body = "## Skills\n\n* A year of coding HTML emails\n* (optional) We would love to see your portfolio!\n"
    told = reply("apply", "is an email portfolio mandatory", body=body, form=Form.YES_NO, is_must=True)
    assert told.verdict is None
    assert "(optional)" in told.rendered.model_dump_json()


def needs(body: str, thing: str, words: str = "is it needed", **asked: Any) -> Verdict | None:
    """The verdict on whether a thing is needed."""
    return reply("skills", words, body=body, about=(thing,), is_must=True, **asked).verdict


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("The successful candidate will have experience with Rust, Cobol and ovens. Experience with sails would be an advantage.", YES),
        ("This baker must possess proficiency in Cobol. Dough is a plus.", YES),
        ("Our mill runs on Cobol, so experience there is a plus.", NO),
        ("Fluency in Cobol is what we look at first.", YES),
        ("## Requirements\n\n* Cobol. Nice to have.\n* Ovens", NO),
        ("## Requirements\n\n* Experience with Cobol, or the desire to learn it\n* Ovens", NO),
        ("## Requirements\n\n* Strong Cobol, Kafka or the desire to learn it\n* Ovens", YES),
        ("## Requirements\n\n* Cobol is important, but we might consider bakers with none or little of it\n* Ovens", UNCLEAR),
        ("## Requirements\n\n* Cobol matters here, though we are happy to consider people without it\n* Ovens", UNCLEAR),
        ("## Requirements\n\n* Gute Kenntnisse in Cobol, wir nehmen aber auch Bewerber ohne\n* Ovens", UNCLEAR),
        ("## Requirements\n\n* Strong Cobol. Rust is a plus.\n* Ovens", YES),
        ("## Benefits\n\n* Our bakers are fluent in Cobol\n* Bread", UNCLEAR),
        ("## What you'll do\n\n* You will build ovens\n* You have experience with Cobol\n* You will sell bread", YES),
        ("## What you'll do\n\n* You will build ovens\n* You will run our Cobol\n* You will sell bread", UNCLEAR),
    ],
)
def test_need_is_told_by_the_sentence_that_names_the_thing(body: str, verdict: Verdict) -> None:
    assert needs(body, "cobol") is verdict


@pytest.mark.parametrize(
    ("words", "body", "verdict"),
    [
        ("my german is so so, do they need it good", "## Requirements\n\n* Fluency in German, the language of our ovens\n* Rye", YES),
        ("do i need fluent german, mine is basic", "## Requirements\n\n* Fluent German\n* Rye", YES),
        ("is basic german ok", "## Requirements\n\n* Fluent German\n* Rye", NO),
        ("brauch ich fließend deutsch", "Mit deiner fließenden Kommunikation auf Deutsch berätst du unsere Bäcker.", YES),
        ("is german needed", "## Requirements\n\n* German, advanced or fluent\n* Rye", YES),
        ("is german needed", "## Requirements\n\n* German at B2 or above\n* Rye", YES),
        ("is german needed", "## Requirements\n\n* Fluent German or Danish\n* Rye", NO),
    ],
)
def test_a_language_is_needed_as_well_as_is_said_of_it(words: str, body: str, verdict: Verdict) -> None:
    assert reply("other", words, body=body, about=("german",), is_must=True).verdict is verdict


def test_a_library_is_known_with_a_sign_before_its_ending_and_without() -> None:
    assert needs("This baker MUST also have experience with oven.js on the backend.", "ovenjs") is YES


@pytest.mark.parametrize(
    ("words", "asked", "body", "verdict"),
    [
        ("is the test cake judged", {}, "The test cake will not be judged by itself, but is shown to the board for discussion.", NO),
        ("is the test cake judged", {}, "The test cake will be judged by the board.", YES),
        ("do they cover cakes", {}, "A stipend to cover cakes of all the kinds that the canteen has not covered.", YES),
        ("is there relocation assistance", {}, "Relocation assistance will not be provided for this role.", NO),
        ("will they pay for my move", {}, "We bake rye.\n\nRELOCATION HELP IS NOT OFFERED WITH THIS JOB", NO),
        ("would they pay to move my family", {}, "* Relocation Authorized: National - Family\n* Telework: none", YES),
        (
            "do i need to know milling",
            {"is_must": True},
            "## Requirements\n\n* A deep understanding of milling\n* Experience with other milling machines is a plus",
            YES,
        ),
        (
            "do i need a diploma in milling",
            {"is_must": True},
            "1. Completion of a diploma in milling of two years; or\n2. Two years of work.",
            NO,
        ),
    ],
)
def test_a_verdict_follows_what_is_said_of_the_very_word(words: str, asked: dict[str, Any], body: str, verdict: Verdict) -> None:
    assert reply("other", words, body=body, **asked).verdict is verdict


def test_a_demand_is_told_before_what_is_welcome() -> None:
    welcome, demand = (
        "Experience with Mola mills or similar rye milling machines is a plus",
        "A deep understanding of the rye milling industry",
    )
    body = f"## Requirements\n\n* {welcome}\n* {demand}"
    told = reply("requirements", "do i need to know rye milling already", body=body, is_must=True)
    assert (told.verdict, "deep understanding" in told.rendered.sentence) == (YES, True)


@pytest.mark.parametrize(
    ("words", "years", "verdict"),
    [("do they want 5 years of rust", 5, NO), ("do they want 1 year of rust", 1, YES)],
)
def test_years_of_a_thing_are_those_said_of_it(words: str, years: float, verdict: Verdict) -> None:
    body = "We look for a baker with at least 5 years of programming, including at least a year with Rust."
    assert reply("experience", words, body=body, about=("rust",), years=Years(value=years)).verdict is verdict


@pytest.mark.parametrize(
    ("words", "body", "verdict"),
    [
        ("does volunteer experience count", "## Requirements\n\n* 3+ years of paid or volunteer experience with ovens\n* Rye", YES),
        ("does volunteer experience count", "## Requirements\n\n* 3+ years of experience with ovens, no volunteer work\n* Rye", NO),
        (
            "am i ok if i didnt go to uni but baked for years",
            "## Requirements\n\n* A Bachelor's degree or equivalent experience\n* Rye",
            YES,
        ),
        ("i never finished college but baked, will that do", "## Requirements\n\n* A Bachelor's degree in baking\n* Rye", NO),
    ],
)
def test_what_may_stand_in_is_told_to_who_asks_of_experience(words: str, body: str, verdict: Verdict) -> None:
    told = reply("experience", words, body=body)
    assert (told.state, told.verdict) == (State.ANSWERED, verdict)


@pytest.mark.parametrize(
    ("topic", "words", "asked"),
    [
        ("visa", "i'm on h1b, ok for me", {"is_own": True}),
        ("countries", "do they take foreigners", {}),
    ],
)
def test_who_is_no_citizen_is_told_that_only_citizens_are_taken(topic: str, words: str, asked: dict[str, Any]) -> None:
    told = reply(topic, words, body="We bake in Oslo.\n\nYou must be a Danish citizen.", **asked)
    assert (told.verdict, told.rendered.sentence) == (NO, "No. You must be a Danish citizen.")
    assert reply(topic, words, body="We bake for all.", **asked).verdict is not NO


MUST, OWN = {"is_must": True}, {"is_own": True}


@pytest.mark.parametrize(
    ("topic", "words", "asked", "body", "verdict"),
    [
        ("other", "do i need that PE license", MUST, "Whoever bakes must be a registered professional engineer.", YES),
        ("other", "will they train me in rye", {}, "You do not know rye? We will train you in all of it.", YES),
        ("other", "ils forment ?", {}, "Vous ne savez pas tout de la boulangerie : nous vous formerons !", YES),
        ("requirements", "ts required?", MUST, "## Nice to have\n\n* Knowledge of Typescript\n* Rye", NO),
        ("requirements", "ts required?", MUST, "## Requirements\n\n* Knowledge of Typescript\n* Rye", YES),
        ("other", "il faut être bilingue", MUST, "## Profil\n\n* Communiquer en anglais et en danois\n* Pain", YES),
        ("other", "my van is a 2008 model, ok", OWN, "## You have\n\n* A van, a model from 2010 or newer", NO),
        ("education", "can i join if i just graduated", OWN, "We hire students and recent graduates!", YES),
        ("education", "can i join if i just graduated", OWN, "We do not hire recent graduates or students.", None),
        ("education", "do i need a college", MUST, "1. Completion of a course at a trade school or college; or\n2. Work.", NO),
        ("other", "how often am i on the road", {"form": Form.WHAT}, "Regular travel (up to 30%) to the mills.", None),
        ("other", "do i have to lug heavy stuff", MUST, "You will have to move heavy sacks, tins and trays.", YES),
        ("responsibilities", "which mills are their clients", {"form": Form.WHAT}, "Our clients include Ashgrove, Bell and Corner.", None),
    ],
)
def test_what_the_quoted_sentence_decides_is_decided(
    topic: str, words: str, asked: dict[str, Any], body: str, verdict: Verdict | None
) -> None:
    told = reply(topic, words, body=body, **asked)
    assert (told.state, told.verdict) == (State.ANSWERED, verdict)


def test_what_is_told_behind_a_question_is_no_part_of_it() -> None:
    body = "## Requirements\n\n* 5+ years of Python\n* Experience with C++, Java and/or Scala is a plus\n* Rye"
    asked: dict[str, Any] = {"about": ("c++", "java", "python"), "form": Form.WHICH, "is_must": True}
    assert reply("skills", "must it be c++ or java? i know python", body=body, **asked).verdict is NO
    assert reply("skills", "must it be c++, java or python?", body=body, **asked).verdict is not NO


@pytest.mark.parametrize(
    ("topic", "words", "body", "said"),
    [
        ("other", "min age to drive", "## You\n\n* You are 25 years old or more\n* Rye", "You are 25 years old or more"),
        ("company", "how long have they existed", "Crumb bakes. Founded in 1975, it is in Oslo.", "Founded in 1975, it is in Oslo."),
        ("other", "who would i work with", "Tu travailleras aux côtés d'Elsa.", "Tu travailleras aux côtés d'Elsa."),
        (
            "other",
            "how many are they looking for",
            "We are looking for two bakers. We are open.",
            "We are looking for two bakers.",
        ),
    ],
)
def test_a_figure_or_a_person_is_found_in_other_words(topic: str, words: str, body: str, said: str) -> None:
    assert reply(topic, words, body=body, form=Form.WHAT).rendered.sentence == said


def test_the_hours_of_a_part_that_answers_are_told_first() -> None:
    body = "We bake.\n\n## Interview process\n\n* A talk with a baker\n* A test cake\n\n* Roughly 6 hours across two weeks"
    told = reply("other", "hours for the interview process", body=body, form=Form.WHAT).rendered
    assert told.items[0] == "Roughly 6 hours across two weeks"


def test_the_kind_of_contract_is_the_job_s_and_not_that_of_the_company_s_helpers() -> None:
    body = "## About us\n\nOur bread comes from a network of freelance bakers.\n\n## Details\n\n**Contract:** permanent"
    told = reply("employment_type", "what kind of contract", body=body, values=("contract",), form=Form.WHAT)
    assert "permanent" in " ".join((told.rendered.sentence, *told.rendered.items))
    assert "freelance" not in " ".join((told.rendered.sentence, *told.rendered.items))


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("## Requirements\n\n* Experience with brioche or the desire to learn\n* Rye", NO),
        ("## Requirements\n\n* Experience with brioche\n* Rye", YES),
    ],
)
def test_what_somebody_lacks_breaks_the_deal_where_it_is_needed(body: str, verdict: Verdict) -> None:
    for words in ("never touched brioche, dealbreaker?", "never touched brioche, problem?"):
        told = reply("requirements", words, body=body, form=Form.WHAT, is_own=True, is_denied=True)
        assert told.verdict is verdict


@pytest.mark.parametrize(
    ("topic", "words", "verdict"),
    [
        ("visa", "is sponsorship off the table", YES),
        ("visa", "visa sponsorship out of the question?", YES),
        ("visa", "is sponsorship possible", NO),
        ("workplace", "is remote ruled out", YES),
        ("workplace", "ist homeoffice ausgeschlossen", YES),
        ("workplace", "is remote possible", NO),
    ],
)
def test_what_is_asked_to_be_off_the_table_is_turned(topic: str, words: str, verdict: Verdict) -> None:
    values = ("remote",) if topic == "workplace" else ()
    body = "This is an on-site role. We do not sponsor visas."
    assert reply(topic, words, body=body, values=values, form=Form.YES_NO).verdict is verdict


@pytest.mark.parametrize(
    ("words", "body", "verdict"),
    [
        ("kann ich homeoffice machen", "Ob im Bremer Ofenhaus oder aus dem Homeoffice, wir sind flexibel.", YES),
        ("télétravail possible", "Le poste est basé à Lyon, avec possibilité de télétravail.", YES),
        ("is wfh possible", "There is no option of work from home with an oven.", NO),
        ("is wfh possible", "A budget of $500 for your home office.", None),
    ],
)
def test_work_at_home_is_told_by_the_sentence_that_lets_one_do_it(words: str, body: str, verdict: Verdict | None) -> None:
    assert reply("workplace", words, body=body, values=("remote",)).verdict is verdict


def test_the_name_of_the_role_is_not_what_is_asked_about() -> None:
    body = "We bake apps for Android phones.\n\nOur hiring process lasts 25-30 days. You build our Android app."
    told = reply("other", "android hiring process how long", body=body, title="Android Baker", about=("android",), form=Form.WHAT)
    assert told.rendered.sentence == "Our hiring process lasts 25-30 days."


def test_which_towns_is_answered_with_each_of_them_and_with_the_offices() -> None:
    body = "We bake.\n\nYou work from our office in Lyon, in Nantes or at home."
    told = reply("workplace", "which cities have an office", body=f"#### `🌎 Paris, France`\n\n{body}", form=Form.WHAT, values=("onsite",))
    assert "Paris, France" in told.rendered.sentence
    assert any("Nantes" in item for item in told.rendered.items)


@pytest.mark.parametrize(
    ("words", "body", "said"),
    [
        ("where is the office", "We bake. Great offices near Old Mill.", "Great offices near Old Mill."),
        ("what part of town is it in", "We bake. Great offices near Old Mill.", "Great offices near Old Mill."),
        ("whats the office address", "Easy commute to our London office (Holborn).", "Easy commute to our London office (Holborn)."),
        (
            "where is it based",
            "We bake. Krume is based in Ely, NV where we have an oven.",
            "Krume is based in Ely, NV where we have an oven.",
        ),
        ("which city is it in", "We bake. We are a small bakery based in Ghent.", "We are a small bakery based in Ghent."),
        ("what is the address of the office", "We bake bread.\n\n**Location:** Via Larga 9, Milano", "Via Larga 9, Milano"),
    ],
)
def test_where_in_a_town_an_office_is_is_told_by_the_line_that_names_it(words: str, body: str, said: str) -> None:
    told = reply("workplace", words, body=body, form=Form.WHAT).rendered
    assert said in (told.sentence, *told.items)


@pytest.mark.parametrize(
    "words", ["what experience do they want", "which professional experience is needed", "what past experience should one have"]
)
def test_which_experience_is_wanted_is_told_where_no_years_are(words: str) -> None:
    body = "## Requirements\n\n* Solid experience in bakeries\n* A driver's licence\n* An eye for user experience"
    assert reply("experience", words, body=body, form=Form.WHAT).rendered.sentence == "Solid experience in bakeries"
    assert reply("experience", "how many years", body=body, form=Form.WHAT).state is State.NOT_STATED


def test_who_must_hold_a_degree_need_be_no_student() -> None:
    held, enrolled = "## Requirements\n\n* A degree in baking", "## Requirements\n\n* Currently enrolled in a school of baking"
    assert reply("education", "must i be a student", body=held, is_must=True).verdict is None
    assert reply("education", "must i be a student", body=enrolled, is_must=True).verdict is YES


def test_the_least_schooling_is_no_figure() -> None:
    body = "## Requirements\n\n* Minimum of 6 months in a bakery required\n* High school diploma required"
    assert reply("education", "what is the minimum education", body=body, form=Form.WHAT).rendered.sentence.endswith("is required")


def test_who_recruits_is_told_by_name_and_not_by_what_is_done_with_data() -> None:
    body = "Send your CV to the Recruiter Klara Mohn.\n\nI agree that my data is kept for the needs of future recruitment."
    assert reply("other", "who's the recruiter", body=body, form=Form.WHAT).rendered.sentence == "Send your CV to the Recruiter Klara Mohn."


def test_what_is_demanded_in_a_part_of_its_own_is_needed_whatever_else_is_welcome() -> None:
    body = "## Requirements\n\n* Master Baker (MB) required - work in a mill strongly desirable."
    assert reply("requirements", "is MB required", body=body, is_must=True).verdict is YES


def test_what_is_required_goes_before_what_is_only_nice_to_have_of_the_same() -> None:
    body = (
        "## Requirements\n\n* 2+ years of experience in rye or wheat baking\n\n## Nice to have\n\n* Expertise in two or more rye products"
    )
    told = reply("requirements", "does it require rye experience", body=body, is_must=True)
    assert (told.verdict, told.rendered.sentence) == (YES, "Yes. 2+ years of experience in rye or wheat baking")


def test_what_the_company_asks_of_nobody_need_not_be() -> None:
    body = "## About us\n\nAt Crumb, bakers have a path of their own and do not have to become managers to get on in their work."
    assert reply("requirements", "do i have to become a manager one day", body=body, is_must=True).verdict is NO


@pytest.mark.parametrize(
    ("words", "body", "verdict"),
    [
        ("what kind of contract", "Ability to work independently with the oven. You bake rye.", None),
        ("is it permanent", "Ability to work independently with the oven. You bake rye.", None),
    ],
)
def test_independent_work_is_no_kind_of_contract(words: str, body: str, verdict: Verdict | None) -> None:
    told = reply("employment_type", words, body=body, form=Form.YES_NO if words.startswith("is") else Form.WHAT)
    assert (told.state, told.verdict) == (State.NOT_STATED, verdict)


@pytest.mark.parametrize(
    ("topic", "words", "body"),
    [
        (
            "experience",
            "does volunteer experience count",
            "## Requirements\n\n* Experience with volunteer communities\n* 3+ years",
        ),
        ("education", "can i join if i just graduated", "Graduates of the school love our bread, and students buy it every day."),
        ("visa", "do they sponsor visas", "You must be a Danish citizen."),
    ],
)
def test_what_only_looks_alike_makes_no_yes_and_no_no(topic: str, words: str, body: str) -> None:
    assert reply(topic, words, body=body).verdict is None


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("do i have to manage dough", "## Requirements\n\n* Open communication with the management of dough\n* Rye"),
        ("is travel needed", "We build ovens that thousands of travelers love, and you will love them."),
        ("is travel needed", "You will join a team in a flexible culture with travel and bread benefits."),
        ("is travel needed", "You will join our bakers and help create the travel experience of the future."),
        ("do i have to manage anyone", "## Requirements\n\n* You mentor junior bakers and give them advice\n* Rye"),
        ("is leadership experience needed", "## Interview process\n\n* A leadership review with one of our bakers\n* A talk"),
        ("is a portfolio required", "Crumb has a portfolio of breads that shops love."),
    ],
)
def test_need_is_no_yes_by_a_kindred_word_or_a_sentence_that_demands_nothing(words: str, body: str) -> None:
    assert reply("other", words, body=body, is_must=True).verdict is not YES


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("## Requirements\n\n* 5+ years of experience\n* Python", UNCLEAR),
        ("## Requirements\n\n* 3+ years of experience\n* Python", NO),
        ("## Requirements\n\n* 5+ years of Python experience\n* Rye", YES),
    ],
)
def test_years_in_all_are_no_years_of_one_thing(body: str, verdict: Verdict) -> None:
    told = reply(
        "experience", "are 5 years of python needed", body=body, about=("python",), years=Years(value=5, is_own=True), is_must=True
    )
    assert told.verdict is verdict


def test_a_preference_is_no_demand_and_weak_english_is_weighed_by_what_is_said_of_it() -> None:
    assert needs("## Requirements\n\n* Strong coding skills, with a preference for Cobol\n* Rye", "cobol") is NO
    asked: dict[str, Any] = {"about": ("english",), "is_own": True, "is_denied": True}
    assert reply("other", "my english is not great, ok?", body="## Requirements\n\n* English\n* Rye", **asked).verdict is UNCLEAR
    assert reply("other", "my english is not great, ok?", body="## Requirements\n\n* Fluent English\n* Rye", **asked).verdict is NO


@pytest.mark.parametrize(
    ("words", "body", "verdict"),
    [
        ("is it a permanent contract", "Un contrat en CDD de trois ans.", NO),
        ("is it a permanent contract", "You get a permanent contract.", YES),
        ("is it permanent", "Befristet auf zwei Jahre.", NO),
        ("its a perm job right", "This is a 9-month contract.", NO),
    ],
)
def test_a_contract_that_is_asked_to_be_for_good_is_no_contract_for_a_time(words: str, body: str, verdict: Verdict) -> None:
    assert reply("employment_type", words, body=body).verdict is verdict


@pytest.mark.parametrize(
    ("words", "body", "verdict"),
    [
        ("is there an interview task", "Principals only: there is an interview task.", None),
        ("can recruiters apply", "No recruiters please.", NO),
        ("do i need a robotics background", "## What you will do\n* Apply new methods to a range of robotics ovens", None),
        ("do i need to travel", "## What you will do\n* Travel to our shops", YES),
    ],
)
def test_what_is_forbidden_to_others_and_what_one_will_do_demand_nothing(words: str, body: str, verdict: Verdict | None) -> None:
    assert reply("other", words, body=body, is_must="need" in words).verdict is verdict


@pytest.mark.parametrize(
    ("words", "country", "verdict", "eligible"),
    [("do they exclude Peru", "PE", NO, "yes"), ("is it closed to Kenya", "KE", YES, "no"), ("can I apply from Peru", "PE", YES, "yes")],
)
def test_who_asks_whether_a_place_is_left_out_is_told_no_where_it_is_open(
    words: str, country: str, verdict: Verdict, eligible: str
) -> None:
    place = Place(typed=words.rpartition(" ")[2], country=country)
    told = reply("countries", words, body="We bake at night.\n\nThis job is open to people in Peru only.", place=place)
    assert (told.verdict, told.eligible and told.eligible.value) == (verdict, eligible)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("Ovens Certified Baker – Specialty or similar certifications preferred", NO),
        ("Ovens Certified Baker - Specialty or equivalent certifications required", YES),
    ],
)
def test_a_dash_in_a_name_parts_nothing_where_the_list_goes_on_behind_it(line: str, verdict: Verdict) -> None:
    body = f"## Requirements\n\n* Strong dough\n* {line}\n* Bread"
    assert reply("requirements", "does it require certifications", body=body, is_must=True, form=Form.YES_NO).verdict is verdict


@pytest.mark.parametrize(
    ("words", "said", "verdict"),
    [
        ("do they give at least 20 days of holiday", "18 days of paid holiday", NO),
        ("do they give at least 20 days of holiday", "25 days of paid holiday", YES),
        ("do they give 18 or more vacation days", "18 vacation days a year", YES),
        ("do they give more than 4 weeks of vacation", "20 vacation days a year", NO),
        ("do they give more than 4 weeks of vacation", "30 vacation days a year", YES),
        ("do they give at least 20 days of holiday", "Paid holidays and sick leave", UNCLEAR),
        ("is there 16+ weeks of parental leave", "Generous parental leave", UNCLEAR),
        ("is there 16+ weeks of parental leave", "4+ months of parental leave", YES),
        ("is there 16+ weeks of parental leave", "12 weeks of parental leave", NO),
    ],
)
def test_how_long_it_is_is_weighed_and_not_only_that_there_is_some(words: str, said: str, verdict: Verdict) -> None:
    body = f"## Benefits\n\n* {said}\n* Bread"
    assert reply("benefits", words, body=body, form=Form.YES_NO).verdict is verdict


@pytest.mark.parametrize(
    ("line", "thing", "verdict"),
    [
        ("Experience with Azure services (e.g., Functions, Blob Storage)", "azure", YES),
        ("Cloud experience (e.g., Azure, Heroku)", "azure", NO),
    ],
)
def test_examples_of_a_thing_leave_no_choice_of_another(line: str, thing: str, verdict: Verdict) -> None:
    assert needs(f"## Requirements\n\n* Strong dough\n* {line}\n* Bread", thing) is verdict


def test_the_notice_is_no_date_to_start_on() -> None:
    body = "## Benefits\n\n* 2 months notice from either side\n* Bread\n* Your birthday off"
    assert "2 months notice" in reply("other", "notice period", body=body, form=Form.WHAT).rendered.model_dump_json()
    assert reply("other", "start date", body=body, form=Form.WHAT).state is State.NOT_STATED
    assert "birthday" in reply("other", "hat man am geburtstag frei", body=body).rendered.model_dump_json()


@pytest.mark.parametrize("said", ["Eligible for a stock bonus", "A very competitive ownership stake"])
def test_a_stake_is_equity_by_whatever_name(said: str) -> None:
    body = f"## Benefits\n\n* {said}\n* Bread\n* Tea"
    assert reply("benefits", "any equity?", body=body).state is State.ANSWERED


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("We do not consider people with criminal histories.", NO),
        ("Bakers must have no felony convictions.", NO),
        ("A conviction will not bar you from our ovens.", YES),
        ("We hire people with criminal histories.", YES),
        ("All offers hang on a criminal background check.", UNCLEAR),
    ],
)
@pytest.mark.parametrize("words", ["do they hire people with a criminal record", "got a felony, would they still take me"])
def test_who_has_a_record_is_told_what_the_posting_says_of_such_people(words: str, said: str, verdict: Verdict) -> None:
    ask = Ask(topic="other", words=words, form=Form.YES_NO, is_own=words.startswith("got"))
    assert reply_to(Subject(keep("Baker", said), ask)).verdict is verdict


@pytest.mark.parametrize(
    "words", ["CISSP obligatorio?", "CISSP pflicht?", "CISSP obrigatorio?", "le CISSP est obligatoire ?", "piden CISSP?", "CISSP zaroori?"]
)
def test_what_must_be_in_other_languages_asks_for_nothing_else(words: str) -> None:
    body = "## Requirements\n\n* Strong dough\n* Rye\n* Bread\n\n## Nice to have\n\n* Papers such as CISSP are welcome but not required"
    told = reply("requirements", words, body=body, form=Form.WHAT, is_must=True)
    assert "CISSP" in told.rendered.model_dump_json()
    assert "dough" not in told.rendered.model_dump_json()


def test_until_when_one_may_apply_is_asked_of_the_closing_date_in_french() -> None:
    body = "We bake.\n\n## Apply\n\nWrite to jobs@crumb.example. Applications close on 4 May 2031."
    assert "4 May" in reply("apply", "jusqu'à quand on peut postuler", body=body, form=Form.WHAT).rendered.model_dump_json()


@pytest.mark.parametrize("words", ["any bonus?", "hay bono?", "gibt es einen bonus"])
def test_an_emphasised_line_with_a_share_heads_nothing_but_is_said(words: str) -> None:
    body = "If you know rye, it's a bonus.\n\n_Yearly Bonus Target: 12%_\n\n_Also: tea. The holiday policy is discretionary._\n\nApply."
    told = reply("pay", words, body=body)
    assert told.verdict is YES
    assert told.rendered.sentence.endswith("12%")
