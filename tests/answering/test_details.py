"""Something in particular is answered with the line that speaks of it: needed, enough, merely welcome, forbidden, or not mentioned."""

from datetime import UTC, datetime
from typing import Any

import pytest
from builders_answering import posting_text

from bot.answering.answers import reply_to_all
from bot.answering.replies import reply_to
from bot.answering.reply import Reply, Subject
from bot.domain.answer import State
from bot.domain.facts import EducationLevel
from bot.domain.person import EVERYONE
from bot.domain.posting import KeptPosting
from bot.domain.query import Ask, Form, Place, Query, Verdict, Years
from bot.parsing.parse import parse_posting

YES, NO, UNCLEAR = Verdict.YES, Verdict.NO, Verdict.UNCLEAR
MASTER = EducationLevel.MASTER
BODY = """## Requirements

* Strong Go
* A cloud such as AWS or GCP
* 4+ years of coding, with at least 3 years of Rust
* Fluent Russian

## Nice to have

* Terraform
* No knowledge of French is needed

## Benefits

* Weekly payouts
* 25 days of vacation
* An annual bonus of 10%

## Hiring

The use of ChatGPT in an interview is grounds for rejection. We do not accept applications from agencies.
No previous experience with ovens is necessary. The salary is $100,000 a year.
"""
KEPT = KeptPosting(
    id=1,
    scope=EVERYONE,
    revision=1,
    read_at=datetime.now(UTC),
    posting=parse_posting(posting_text("Crumb", "Baker of Software", BODY), "a.md"),
)


def reply(topic: str, words: str = "", *, body: str = "", **asked: Any) -> Reply:
    posting = parse_posting(posting_text("Crumb", "Baker of Software", body), "a.md") if body else KEPT.posting
    kept = KEPT.model_copy(update={"posting": posting})
    return reply_to(Subject(kept, Ask(topic=topic, words=words, **({"form": Form.YES_NO} | asked))))


@pytest.mark.parametrize(
    ("about", "asked", "verdict"),
    [
        (("go",), {}, YES),
        (("go",), {"is_must": True}, YES),
        (("aws",), {"is_must": True}, NO),
        (("aws", "gcp"), {"is_own": True}, YES),
        (("aws",), {"is_own": True, "is_denied": True}, YES),
        (("terraform",), {}, YES),
        (("terraform",), {"is_must": True}, NO),
        (("french",), {"is_must": True}, NO),
        (("russian",), {"is_must": True}, YES),
        (("russisch",), {"is_must": True}, YES),
        (("russian",), {"is_own": True, "is_denied": True}, NO),
        (("rust",), {"is_own": True, "years": Years(value=2, is_own=True)}, NO),
        (("rust",), {"is_own": True, "years": Years(value=4, is_own=True)}, YES),
        (("rust",), {"is_own": True}, UNCLEAR),
        (("chatgpt",), {"is_own": True}, NO),
        (("go", "java"), {"form": Form.WHICH}, None),
    ],
)
def test_a_thing_that_is_named_is_weighed(about: tuple[str, ...], asked: dict[str, Any], verdict: Verdict | None) -> None:
    told = reply("skills", about=about, **asked)
    assert (told.state, told.verdict) == (State.ANSWERED, verdict)


def test_a_thing_that_is_not_named_is_not_mentioned() -> None:
    told = reply("skills", about=("java",))
    assert (told.state, told.verdict, told.rendered.sentence) == (State.NOT_STATED, None, "The posting does not mention java.")


@pytest.mark.parametrize(
    ("topic", "words", "asked", "words_told", "verdict"),
    [
        ("benefits", "is there vacation", {}, "25 days of vacation", YES),
        ("benefits", "hay vacaciones", {}, "25 days of vacation", YES),
        ("pay", "is there a yearly bonus", {}, "An annual bonus of 10%", YES),
        ("pay", "are they paid monthly", {}, "Weekly payouts", NO),
        ("pay", "are they paid weekly", {}, "Weekly payouts", YES),
        ("other", "can an agency send me", {}, "applications from agencies", NO),
        ("experience", "do i need previous experience with ovens", {"is_must": True}, "No previous experience with ovens", NO),
    ],
)
def test_a_passage_is_weighed_by_what_it_denies_forbids_and_excludes(
    topic: str, words: str, asked: dict[str, Any], words_told: str, verdict: Verdict
) -> None:
    told = reply(topic, words, **asked)
    assert words_told in " ".join([told.rendered.sentence, *told.rendered.items])
    assert told.verdict is verdict


def test_years_are_no_yes_to_experience_with_something_that_no_line_names() -> None:
    told = reply("experience", "do i need a background in pottery", is_must=True)
    assert (told.state, told.verdict) == (State.ANSWERED, None)


@pytest.mark.parametrize(
    ("topic", "words"), [("benefits", "is there a gym"), ("other", "what is the dress code"), ("other", "can i bring a dog")]
)
def test_what_no_line_speaks_of_is_not_stated(topic: str, words: str) -> None:
    assert reply(topic, words).state is State.NOT_STATED


def test_a_list_is_told_whole_where_nothing_in_particular_is_asked() -> None:
    assert len(reply("requirements", "what do i need", form=Form.WHAT).rendered.items) == 4


def test_a_thing_that_is_asked_about_twice_is_named_once() -> None:
    assert reply("skills", about=("C++", "c++", "cobol")).rendered.sentence == "The posting does not mention C++, cobol."


ELSEWHERE = """A small bakery. Experience with Perl, C/C++ is required. Knowledge of Haskell would be an asset.

## Requirements

* Kotlin and CI/CD
* Strong Scala/Clojure
* fließend deutsch / englisch
* Unreal knowledge (4y+)

## Details

Background checks may include references. The package may include a bonus.
You work with twelve bakers. Serve staff during their vacation periods. File the form within 9 calendar days.

#LI-QX7
"""


def reply_elsewhere(topic: str, words: str, **asked: Any) -> Reply:
    kept = KEPT.model_copy(update={"posting": parse_posting(posting_text("Brioche", "Oven Engineer", ELSEWHERE), "b.md")})
    return reply_to(Subject(kept, Ask(topic=topic, words=words, **({"form": Form.YES_NO} | asked))))


@pytest.mark.parametrize(
    ("about", "verdict"),
    [("perl", YES), ("c++", YES), ("haskell", UNCLEAR), ("kotlin", YES), ("scala", UNCLEAR), ("deutsch", UNCLEAR), ("englisch", UNCLEAR)],
)
def test_what_a_sentence_demands_is_needed_and_a_slash_joins_what_stands_beside_it(about: str, verdict: Verdict) -> None:
    assert reply_elsewhere("skills", f"must i know {about}", about=(about,), is_must=True).verdict is verdict


@pytest.mark.parametrize(("about", "verdict"), [("deutsch", UNCLEAR), ("scala", YES)])
def test_one_of_two_languages_beside_a_slash_is_not_plainly_enough(about: str, verdict: Verdict) -> None:
    assert reply_elsewhere("requirements", f"i know {about}, ok?", about=(about,), is_own=True).verdict is verdict


@pytest.mark.parametrize(("words", "verdict"), [("do they do background checks", YES), ("is there a bonus", UNCLEAR)])
def test_what_may_be_included_is_doubtful_and_what_includes_it_is_not(words: str, verdict: Verdict) -> None:
    assert reply_elsewhere("other", words).verdict is verdict


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("benefits", "how many days of annual leave"),
        ("benefits", "number of vacation days"),
        ("benefits", "are there paid holidays"),
        ("other", "how many ovens are there"),
        ("skills", "which programming languages do they want"),
    ],
)
def test_other_days_and_tags_and_what_counts_nothing_answer_nothing(topic: str, words: str) -> None:
    kept = KEPT.model_copy(
        update={
            "posting": parse_posting(posting_text("Brioche", "Clerk", ELSEWHERE.partition("## Details")[2] + "\nWe like ovens.\n"), "b.md")
        }
    )
    assert reply_to(Subject(kept, Ask(topic=topic, words=words, form=Form.WHAT))).state is State.NOT_STATED


GIVEN = """We are one of the best performing stocks of the valley and care for financial fitness.

## Your profile

* You are willing to work flexible hours when ovens fail
* Fluent Polish, Czech would be a plus
* Some Julia
* Coaching and mentoring of apprentices

## Benefits

* Workplace pension
* Pet insurance
* The range does not include equity
* You make your own health insurance arrangements

## Hiring

Send your resume to the bakery. All applicants are considered without regard to citizenship. So where do you come in?
An interview follows. Higher rooms are reached by the kitchen's two lifts.
"""


@pytest.mark.parametrize(
    ("topic", "words", "asked", "verdict"),
    [
        ("benefits", "is there a 401k", {}, None),
        ("benefits", "is there a pension", {}, YES),
        ("benefits", "is there a gym", {}, None),
        ("benefits", "is health insurance included", {}, NO),
        ("benefits", "preciso ter health insurance próprio", {}, None),
        ("other", "any equity", {}, None),
        ("other", "are there flexible hours", {}, None),
        ("other", "can i bring my dog or other pets", {}, None),
        ("other", "will i manage people", {}, None),
        ("other", "is the interview at the bakery", {}, None),
        ("apply", "is a portfolio required", {"is_must": True}, None),
        ("other", "must i be a citizen", {"is_must": True}, None),
        ("workplace", "do i have to come in", {"is_must": True}, None),
        ("skills", "do i need polish", {"about": ("polish",), "is_must": True}, YES),
        ("skills", "do i need czech", {"about": ("czech",), "is_must": True}, NO),
        ("skills", "is basic polish ok", {"about": ("polish",)}, NO),
        ("skills", "must i be an expert in julia", {"about": ("julia",), "is_must": True}, NO),
    ],
)
def test_a_yes_or_no_is_of_just_what_is_asked(topic: str, words: str, asked: dict[str, Any], verdict: Verdict | None) -> None:
    told = reply(topic, words, body=GIVEN, **asked)
    assert told.verdict is verdict


SHIFTS = """We ask little and give much. Staff get 15 % off the fees for children in our nursery. Examples: participating in fairs.

## What you need

* You own an oven glove or a tea towel
* You own a smartphone
* You work 37.5 hrs/week
* You are at least 21 years old

## Desired experience

* 5+ years of experience with rye
* A certificate of a bakery


## More

Baker ($40k-50k, 0.5%-1.5%)

Relocation Provided:
Yes
Job Posting End Date:
March 3, 2031
The salary is $45,000 a year.
"""


@pytest.mark.parametrize(
    ("topic", "words", "asked", "said"),
    [
        ("other", "which phone do i need", {"is_must": True}, "You own a smartphone"),
        ("other", "what is the age limit", {}, "You are at least 21 years old"),
        ("pay", "how much equity does the baker get", {}, "Baker ($40k-50k, 0.5%-1.5%)"),
        ("benefits", "does it provide relocation for the baker of software", {"form": Form.YES_NO}, "Yes. Relocation Provided: Yes"),
        ("employment_type", "hours per week", {}, "You work 37.5 hrs/week"),
        ("apply", "when does the posting end", {}, "Job Posting End Date: March 3, 2031"),
        ("apply", "when does the ad expire", {}, "Job Posting End Date: March 3, 2031"),
        (
            "benefits",
            "is there a childcare discount",
            {"form": Form.YES_NO},
            "Staff get 15 % off the fees for children in our nursery.",
        ),
        ("experience", "how many years do they want", {}, "Named as nice to have: 5+ years of experience with rye."),
    ],
)
def test_the_line_that_gives_what_is_asked_is_told(topic: str, words: str, asked: dict[str, Any], said: str) -> None:
    told = reply(topic, words, body=SHIFTS, **({"form": Form.WHAT} | asked))
    assert said in (told.rendered.sentence, *told.rendered.items)


@pytest.mark.parametrize(
    ("words", "asked", "verdict"),
    [
        ("do i need 5 years", {"is_must": True, "years": Years(value=5)}, NO),
        ("i have 8 years, enough?", {"is_own": True, "years": Years(value=8, is_own=True)}, YES),
        ("i have 3 years, enough?", {"is_own": True, "years": Years(value=3, is_own=True)}, UNCLEAR),
    ],
)
def test_years_that_are_only_welcome_are_told_as_such(words: str, asked: dict[str, Any], verdict: Verdict) -> None:
    assert reply("experience", words, body=SHIFTS, **asked).verdict is verdict


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("pay", "do they give good parties"),
        ("pay", "do they offer groceries"),
        ("benefits", "do they help with housing"),
        ("other", "is there a ferry"),
    ],
)
def test_what_a_posting_is_silent_on_is_not_answered_with_something_else(topic: str, words: str) -> None:
    told = reply(topic, words, body=SHIFTS)
    assert told.state is State.NOT_STATED
    assert "pays" not in told.rendered.sentence


def test_pay_of_elsewhere_is_not_told_for_outside() -> None:
    ask = {"place": Place(typed="the us", country="US"), "is_denied": True, "form": Form.WHAT}
    body = "The salary in the US is $100,000. Outside of the US, the pay is adjusted to the country."
    told = reply("pay", "what is the pay outside of the us", body=body, **ask)
    assert told.rendered.sentence.startswith("The posting gives no figure for places outside the United States")
    assert told.rendered.items == ("Outside of the US, the pay is adjusted to the country.",)


FIELDS = "## Requirements\n\n* Bachelor's degree in food science, chemistry or biology\n* You like rye"


@pytest.mark.parametrize(
    ("words", "asked", "verdict"),
    [
        ("does a biology degree count", {}, YES),
        ("is a degree in chemistry ok", {}, YES),
        ("my degree is in biology, is that fine", {"is_own": True}, YES),
        ("does a food science degree count", {}, YES),
        ("does a computer science degree count", {}, UNCLEAR),
        ("is a history degree ok", {}, UNCLEAR),
        ("i have a degree in history, ok?", {"is_own": True}, UNCLEAR),
        ("do i need a history degree", {"is_must": True}, UNCLEAR),
        ("does the qa engineer role need a bachelor's degree", {"is_must": True}, YES),
        ("does a baker with rye skills need a degree", {"is_must": True}, YES),
        ("do i need a biology degree", {"is_must": True}, UNCLEAR),
        ("do i need a degree", {"is_must": True}, YES),
        ("is a college degree ok", {}, YES),
    ],
)
def test_a_degree_is_weighed_by_its_field(words: str, asked: dict[str, Any], verdict: Verdict) -> None:
    assert reply("education", words, body=FIELDS, **asked).verdict is verdict


def test_that_a_degree_counts_is_answered_once() -> None:
    told = Ask(topic="education", words="got a biology degree", is_own=True)
    asked = Ask(topic="preferred", form=Form.YES_NO, words="does a biology degree count for the job")
    kept = KEPT.model_copy(update={"posting": parse_posting(posting_text("Crumb", "Baker", FIELDS), "a.md")})
    (only,) = reply_to_all(kept, Query(text="", language="en", asks=(told, asked)), locale="en")
    assert (only[0].topic, only[1].verdict) == ("education", YES)


NEAR = """You run the start-up of new ovens at every stage of a bread's way. Regular 1:1s with colleagues. Bake in a pharmaceutical house.
Our parent company bakes rolls. The base pay is starting at $50,000 a year. We compare with similar-stage growth companies.

## Requirements

* Experience with on-call rotations
* Bonus: Experience with sourdough
* You reach out to the team and ask questions

## Benefits

* Flexible time off
* Medical insurance
* Money for internet
* A sabbatical that is granted to whoever stayed for seven years
"""


@pytest.mark.parametrize(
    ("topic", "words", "asked"),
    [
        ("other", "what is the start date", {"form": Form.WHAT}),
        ("other", "interview steps", {"form": Form.WHAT}),
        ("other", "how many interview stages", {"form": Form.WHAT}),
        ("company", "how many people", {"form": Form.WHAT}),
        ("benefits", "is there housing", {}),
        ("benefits", "is there parental leave", {}),
        ("benefits", "is there pet insurance", {}),
        ("benefits", "is there a bonus", {}),
        ("other", "are there core hours", {}),
        ("authorization", "do i need a clearance", {"is_must": True}),
        ("pay", "is overtime paid", {}),
    ],
)
def test_a_line_near_what_is_asked_is_no_answer(topic: str, words: str, asked: dict[str, Any]) -> None:
    told = reply(topic, words, body=NEAR, **asked)
    assert told.state is State.NOT_STATED
    assert "what it pays" not in told.rendered.sentence


def test_experience_with_being_on_call_makes_nobody_on_call() -> None:
    told = reply("other", "is there on-call", body=NEAR)
    assert (told.state, told.verdict) == (State.ANSWERED, None)


def test_an_item_says_nothing_of_the_one_before_it() -> None:
    assert reply("benefits", "do they pay for internet", body=NEAR).rendered.items == ()


def test_the_place_that_a_posting_is_named_by_is_not_asked_about() -> None:
    posting = parse_posting("Night Baker\nDough & Sons\nNew York, NY\n\nWe bake bread and rolls for the whole town.", "a.md")
    kept = KEPT.model_copy(update={"posting": posting})
    assert reply_to(Subject(kept, Ask(topic="other", words="new york dress code"))).state is State.NOT_STATED


OTHERS = """More than a trillion dollars of cars are sold a year, and our team bakes for car makers. We serve 300 million people every day.
As a bakery for food, rolls and cakes, our clients are non-profits and fitness companies. We will employ whoever raises the bar.

## Requirements

* Must be able to carry a laptop
* Train other bakers
* Meet critical deadlines
* You bring strong convictions

## Benefits

* 100% of the premiums for employees
* Home office equipment
"""


@pytest.mark.parametrize(
    ("topic", "words", "asked"),
    [
        ("company", "does it give a company car", {}),
        ("benefits", "does it give a company car", {}),
        ("benefits", "is there a free lunch", {}),
        ("benefits", "is there a gym", {}),
        ("benefits", "do they pay for my phone", {}),
        ("benefits", "is there tuition reimbursement", {}),
        ("company", "how many employees are there", {"form": Form.WHAT}),
        ("company", "is it a nonprofit", {}),
        ("other", "is a background check done", {}),
        ("other", "is there training", {}),
        ("other", "is there a dress code", {}),
        ("apply", "when is the deadline", {"form": Form.WHAT}),
        ("employment_type", "how long is the contract", {"form": Form.WHAT}),
    ],
)
def test_what_is_said_of_others_or_demanded_is_no_offer(topic: str, words: str, asked: dict[str, Any]) -> None:
    told = reply(topic, words, body=OTHERS, **asked)
    assert (told.state, told.verdict) == (State.NOT_STATED, None) or topic == "apply"
    assert not any("deadlines" in item for item in (told.rendered.sentence, *told.rendered.items))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("We pay £500 for each oven that passes.", ["We pay £500 for each oven that passes."]),
        ("Roles:\n\n- Baker | Equity | 75k-100k+\n- Miller | Equity | £30k", ["Baker | Equity | 75k-100k+", "Miller | Equity | £30k"]),
        ("We raised £30k.", ["The posting does not say what it pays."]),
    ],
)
def test_what_is_paid_for_a_piece_or_in_each_of_several_roles_is_told(body: str, told: list[str]) -> None:
    rendered = reply("pay", "what does it pay", body=body, form=Form.WHAT).rendered
    assert [rendered.sentence, *rendered.items] == told


def test_the_days_of_work_from_home_are_counted_beside_that_it_is_remote() -> None:
    posting = parse_posting("Baker\nDough & Sons\nRemote\n\n## Benefits\n\n* Working from home: you may do so up to 3 days a week", "a.md")
    kept = KEPT.model_copy(update={"posting": posting})
    told = reply_to(Subject(kept, Ask(topic="workplace", words="how many days from home", values=("remote",))))
    assert any("3 days a week" in item for item in (told.rendered.sentence, *told.rendered.items))


def test_who_owns_the_company_is_told_by_the_sentence_that_names_its_parent() -> None:
    body = "We bake in Ghent. Crumb Holding, the parent company of Loafly, mills in Peru."
    assert "Crumb Holding" in reply("company", "who owns", body=body, form=Form.WHAT).rendered.sentence


def test_what_asks_for_years_of_a_kind_of_experience_goes_before_what_one_will_do() -> None:
    body = "## Duties\n\n* Manage the ovens and their logs\n\n## Requirements\n\n* 2+ years of people management experience"
    told = reply("experience", "do i need management experience", body=body, is_must=True)
    assert told.rendered.sentence == "Yes. 2+ years of people management experience"


@pytest.mark.parametrize(
    ("body", "topic", "words", "asked", "verdict"),
    [
        ("You keep your own hours and are not bound to daily standups.", "responsibilities", "would i be bound to daily standups", {}, NO),
        (
            "## Requirements\n\n* German (good working proficiency strongly preferred due to our clients)",
            "requirements",
            "is german required",
            {"about": ("german",), "is_must": True},
            NO,
        ),
        (
            "## What you will do\n\n* Run ovens with Rust and Kotlin. Direct experience with these is not required.",
            "skills",
            "must i know kotlin",
            {"about": ("kotlin",), "is_must": True},
            NO,
        ),
        (
            "## Requirements\n\n* You will be exposed to Kubernetes and to clay ovens.",
            "skills",
            "is kubernetes required",
            {"about": ("kubernetes",), "is_must": True},
            NO,
        ),
        (
            "## About us\n\nPlease note that there is no housing assistance available at the mill.",
            "benefits",
            "is there any help with housing",
            {},
            NO,
        ),
        (
            "## Requirements\n\nYou bake well by night.\n\nTravel Expectation\n\nNone\n\nWe check who may work here.",
            "other",
            "does one have to travel",
            {"is_must": True},
            NO,
        ),
        (
            "Interviews are by video, a working camera is required.",
            "other",
            "must my camera be on for interviews",
            {"is_must": True},
            YES,
        ),
        ("**A baking card is mandatory**\n\nWe bake.", "requirements", "is a baking card compulsory", {"is_must": True}, YES),
        ("Competitive salary (paid in USD)", "pay", "do they pay in dollars", {"values": ("USD",)}, YES),
        ("* We only hire people who don't require a visa to work in Spain", "visa", "do they sponsor", {}, NO),
        ("8+ years of baking, with **5+ years in rye**", "experience", "6 years enough", {"years": Years(value=6, is_own=True)}, NO),
        (
            "* Master's in baking, with a BS in physics",
            "education",
            "is an MSc needed",
            {"level": MASTER, "is_must": True},
            YES,
        ),
        (
            "* In the process of obtaining a Master's degree",
            "education",
            "i finished my MSc",
            {"level": MASTER, "is_own": True},
            UNCLEAR,
        ),
        ("* In the process of obtaining a Master's degree", "education", "i'm studying for my MSc", {"level": MASTER, "is_own": True}, YES),
    ],
)
def test_what_a_sentence_denies_or_only_wishes_for_is_no_yes(
    body: str, topic: str, words: str, asked: dict[str, Any], verdict: Verdict
) -> None:
    assert reply(topic, words, body=body, **asked).verdict is verdict


@pytest.mark.parametrize(("level", "verdict"), [("bachelor", NO), ("master", YES)])
def test_the_years_of_each_degree_are_its_own_however_long_the_way_is(level: str, verdict: Verdict) -> None:
    body = (
        "* Master's degree, or foreign equivalent, in baking or a related field, and two (2) years of baking, "
        "OR Bachelor's degree, or foreign equivalent, in baking or a related field, and five (5) years of baking"
    )
    own = {"years": Years(value=3, is_own=True), "level": EducationLevel(level), "is_own": True}
    assert reply("experience", "3 years, enough?", body=body, **own).verdict is verdict


@pytest.mark.parametrize(
    ("topic", "words", "body", "said"),
    [
        (
            "employment_type",
            "how are non-danish staff employed",
            "Our non-Danish employees are hired through a local agency.",
            "a local agency",
        ),
        ("other", "which kinds of bakers do they accept", "Kinds of bakers: by night, by day, of rye.\n\nWe bake.", "by night"),
        ("apply", "how do i apply", "## To apply: **send your CV to crumbs@mill.example**\n\nPosted on 2024-05-06", "crumbs@mill.example"),
        ("workplace", "can i work from home", "Any mix of bread will do. Telecommuting is permitted.", "The job is remote"),
    ],
)
def test_what_stands_in_bold_or_means_what_is_asked_is_told(topic: str, words: str, body: str, said: str) -> None:
    given = reply(topic, words, body=body, form=Form.WHAT)
    assert said in " ".join((given.rendered.sentence, *given.rendered.items))


def test_what_a_let_off_says_of_a_thing_is_not_that_it_is_required() -> None:
    given = reply("skills", "is kotlin required", body="## Requirements\n\n* You'll be exposed to Kotlin.", about=("kotlin",), is_must=True)
    assert given.rendered.sentence == "No. Named in the posting: Kotlin."


def test_a_spanish_which_is_an_open_question_whatever_is_demanded() -> None:
    body = "You know no Latin. Fluency in further languages such as Java is welcome."
    assert reply("other", "¿qué idiomas de programación piden?", body=body, form=Form.WHAT, is_must=True).verdict is None


def test_how_people_elsewhere_are_hired_is_told_and_not_whether_they_are() -> None:
    body = "We hire in Denmark and Norway.\n\nOur employees outside of Denmark are hired through a local agency."
    given = reply("countries", "how are people outside denmark hired", body=body, form=Form.WHAT)
    assert (given.verdict, "a local agency" in " ".join(given.rendered.items)) == (None, True)
    silent = reply("countries", "how do they hire people outside denmark", body="We hire in Norway only.", form=Form.WHAT)
    assert "Norway" in silent.rendered.sentence
