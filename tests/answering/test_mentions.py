"""Lists by a thing, a field of work or a place: what a posting's text states counts, and the line that states it is shown."""

from pathlib import Path

import pytest
from builders_answering import ask, open_assistant, posting_text

from bot.domain.answer import Answer
from bot.domain.query import Verdict

TEXTS = {
    "ash": posting_text(
        "Ash Bank",
        "Security Engineer",
        "We are a payments company for banks.\n\nOur services run on Kubernetes and are written in Go.\n\n## Requirements\n- Python\n\n"
        "## Benefits\n- Unlimited PTO\n- 401(k) with a match\n- Pet insurance",
    ),
    "birch": posting_text(
        "Birch",
        "BI Analyst",
        "Customers like Kubernetes shops buy from us. You go where they are, see them through their Go-Live and react to what they say."
        "\n\n## Requirements\n"
        "- 3+ years of SQL\n\n## Benefits\n- 25 days of vacation\n- A company pension\n- Health insurance",
    ),
    "cedar": posting_text(
        "City of Cedar",
        "Clerk",
        "The job is in Springfield, Missouri.\n\nThis position will also include equity. Teams shared a goal.\n\nKnowing Golang helps.",
    ),
    "elm": posting_text("Elm", "Cook", "Remote in the United States.\n\nWe pay $90,000 to $130,000 a year, and a bonus of 10% on top."),
}


def companies(answer: Answer) -> set[str | None]:
    return {posting.company for posting in answer.postings}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("which jobs mention kubernetes", {"Ash Bank"}),
        ("which postings use k8s", {"Ash Bank"}),
        ("which ones want golang", {"Ash Bank", "City of Cedar"}),
        ("golang??", {"Ash Bank", "City of Cedar"}),
        ("any jobs with react?", set()),
        ("who gives unlimited pto", {"Ash Bank"}),
        ("who gives vacation", {"Ash Bank", "Birch"}),
        ("which ones mention a 401k", {"Ash Bank"}),
        ("which ones give a pension or a 401k in the perks", {"Ash Bank", "Birch"}),
        ("who gives pet insurance", {"Ash Bank"}),
        ("jobs with equity", {"City of Cedar"}),
        ("which ones give a bonus on top of pay", {"Elm"}),
    ],
)
async def test_what_the_text_states_is_listed(question: str, expected: set[str], tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        answer = await ask(assistant, question)
    assert companies(answer) == expected


async def test_the_line_that_states_it_is_shown_with_the_pay(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        answer = await ask(assistant, "which ones give a bonus on top of pay")
    assert "Pay: $90,000 to $130,000 a year" in answer.text
    assert "a bonus: We pay $90,000 to $130,000 a year, and a bonus of 10% on top." in answer.text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("gov jobs?", {"City of Cedar"}),
        ("any cyber / infosec jobs", {"Ash Bank"}),
        ("hay empleos en ciberseguridad?", {"Ash Bank"}),
        ("any fintech companies?", {"Ash Bank"}),
        ("i am a BI analyst with 3 years experience, anything for me", {"Birch"}),
        ("i am a BI analyst with 2 years experience, anything for me", set()),
    ],
)
async def test_jobs_are_listed_by_field_and_by_employer(question: str, expected: set[str], tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        answer = await ask(assistant, question)
    assert companies(answer) == expected


async def test_who_names_a_state_comes_before_who_is_open_to_the_country(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        hiring = await ask(assistant, "who is hiring in missouri")
        own = await ask(assistant, "i live in missouri, which jobs can i apply to")
    assert companies(hiring) == {"City of Cedar"}
    assert "1 more is open to people there: Elm" in hiring.text
    assert companies(own) == {"City of Cedar", "Elm"}


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("i want to know whether ash bank gives pet insurance", Verdict.YES),
        ("does birch give unlimited vacation", None),
        ("does elm pay over 120k at the top end", Verdict.YES),
        ("does elm start above 100k", Verdict.NO),
        ("does elm start above 80k", Verdict.YES),
    ],
)
async def test_yes_is_said_to_the_kind_and_the_end_that_are_asked_about(question: str, verdict: Verdict | None, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (_, assistant):
        answer = await ask(assistant, question)
    assert answer.verdict is verdict


SMALL_PRINT = {
    "gorse": posting_text(
        "Gorse",
        "Baker",
        "We bake. You take one Saturday duty a month.\n\n## Benefits\n- Bread\n\n"
        "Nobody is treated worse regardless of age, parental status, pregnancy or religion.",
    ),
    "hazel": posting_text("Hazel", "Baker", "We bake.\n\n## Benefits\n- Parental leave of 12 weeks\n- Weekends off"),
}


@pytest.mark.parametrize("question", ["does anyone offer parental leave", "jobs with weekends off"])
async def test_small_print_and_the_opposite_fit_no_list(question: str, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, SMALL_PRINT) as (_, assistant):
        answer = await ask(assistant, question)
    assert companies(answer) == {"Hazel"}


PAID = {
    "ivy": posting_text("Ivy", "Cook", "The pay is €2,000 a month."),
    "jute": posting_text("Jute", "Cook", "The pay is €1,500 a month."),
    "kale": posting_text("Kale", "Cook", "The pay is $120,000 to $130,000 a year."),
    "lime": posting_text("Lime", "Cook", "The pay is £15 an hour."),
}


async def test_each_currency_and_period_has_a_leader_where_most_postings_are_in_no_one_of_them(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, PAID) as (_, assistant):
        answer = await ask(assistant, "highest paying?")
    assert companies(answer) == {"Ivy", "Kale", "Lime"}
    assert "Most: Ivy (EUR a month)" in answer.text
    assert "Most: Kale (USD a year)" in answer.text


async def test_one_leader_is_named_where_most_are_alike(tmp_path: Path) -> None:
    alike = {name: PAID[name] for name in ("ivy", "jute")} | {
        "moss": posting_text("Moss", "Cook", "The pay is €1,000 a month."),
        "kale": PAID["kale"],
    }
    async with open_assistant(tmp_path, alike) as (_, assistant):
        answer = await ask(assistant, "highest paying?")
    assert companies(answer) == {"Ivy"}


@pytest.mark.parametrize(
    ("question", "others"), [("not kale, who else pays over 100k", set()), ("who else pays over 100k besides ivy", {"Kale"})]
)
async def test_who_else_is_asked_of_all_others(question: str, others: set[str], tmp_path: Path) -> None:
    async with open_assistant(tmp_path, PAID) as (_, assistant):
        answer = await ask(assistant, question)
    assert companies(answer) == others
    assert answer.verdict is None


async def test_jobs_that_are_asked_for_after_one_posting_are_looked_for_among_all(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, PAID) as (_, assistant):
        await ask(assistant, "what does kale pay", conversation="c")
        answer = await ask(assistant, "jobs under 20 an hour", conversation="c")
    assert companies(answer) == {"Lime"}


WORDS = {
    "fir": posting_text(
        "Fir", "Rigger", "Travel Expectation\n\nNone\n\n## Requirements\n- Active TS/SCI clearance, willing to undergo a polygraph"
    ),
    "oak": posting_text(
        "Oak", "Miller", "You may be required to travel from time to time.\n\nA bachelor's degree (or equivalent) in milling."
    ),
    "yew": posting_text("Yew", "Turner", "#### `🌎 Portugal, Remote`\n\nThis role is exclusively for current Portuguese residents."),
}


@pytest.mark.parametrize(
    ("question", "verdict", "said"),
    [
        ("does the fir job involve travel", Verdict.NO, "None"),
        ("travel at oak?", Verdict.UNCLEAR, "may be required to travel"),
        ("must i have a clearance already at fir", Verdict.YES, "Active TS/SCI"),
        ("oak: bachelor required?", Verdict.UNCLEAR, "bachelor's degree"),
        ("can i work for yew from spain", Verdict.NO, "exclusively for current Portuguese residents"),
        ("do i have to be in portugal for yew", Verdict.YES, "exclusively for current Portuguese residents"),
        ("yew from madrid, is that allowed?", Verdict.NO, "exclusively for current Portuguese residents"),
    ],
)
async def test_a_verdict_comes_with_the_words_that_say_so(question: str, verdict: Verdict, said: str, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, WORDS) as (_, assistant):
        answer = await ask(assistant, question)
    assert (answer.verdict, said in answer.text) == (verdict, True), answer.text


async def test_a_name_that_ends_in_js_is_found_with_its_point(tmp_path: Path) -> None:
    texts = {"fir": posting_text("Fir", "Baker", "## Requirements\n- Three years of nest.js")}
    async with open_assistant(tmp_path, texts) as (_, assistant):
        answer = await ask(assistant, "fir: nestjs mandatory?")
    assert (answer.verdict, answer.quotes[0].text) == (Verdict.YES, "Three years of nest.js")


BESIDE = {
    "fir": posting_text(
        "Fir",
        "Warehouse Lead",
        "We build software for caregivers and agencies. We run retros and kanban boards, backed by Terraform.\n\n"
        "## Requirements\n- A driver's license\n\n"
        "## Benefits\n- 401(k) with company matching\n- Budget for travel between our offices\n- Life insurance",
    ),
    "gum": posting_text(
        "Gum",
        "Nurse",
        "Series: Dental, Nursing\n\nWe do not sponsor visas.\n\n## Requirements\n- Travel to clinics every week\n\n"
        "## Benefits\n- A 401(k) plan\n- Health insurance",
    ),
    "hazel": posting_text("Hazel", "Painter", "We sponsor visas.\n\n## Benefits\n- Parental leave\n- Dental insurance"),
}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("which ones flat out refuse visa sponsorship", {"Gum"}),
        ("who rules out sponsoring visas", {"Gum"}),
        ("401k WITH company match, which postings offer that", {"Fir"}),
        ("which have a 401k match", {"Fir"}),
        ("which ones give a 401k", {"Fir", "Gum"}),
        ("which ones have a pension or 401k", {"Fir", "Gum"}),
        ("which postings mention terraform", {"Fir"}),
        ("which ones need a driver's licence", {"Fir"}),
        ("which of them require travel", {"Gum"}),
        ("which of them give parental leave", {"Hazel"}),
        ("who gives dental insurance", {"Hazel"}),
        ("who has health insurance", {"Gum", "Hazel"}),
        ("which ads talk about kanban", {"Fir"}),
        ("which ones mention kanban or retros", {"Fir"}),
        ("which ads talk about scrum", set()),
    ],
)
async def test_a_list_is_exactly_who_states_it(question: str, expected: set[str], tmp_path: Path) -> None:
    async with open_assistant(tmp_path, BESIDE) as (_, assistant):
        answer = await ask(assistant, question)
    assert companies(answer) == expected


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("does fir give health insurance", None),
        ("a gum dá plano de saúde pros funcionários?", Verdict.YES),
        ("hat hazel eine zahnzusatzversicherung?", Verdict.YES),
        ("does gum refuse to sponsor visas", Verdict.YES),
        ("does hazel refuse to sponsor visas", Verdict.NO),
    ],
)
async def test_one_insurance_is_not_another(question: str, verdict: Verdict | None, tmp_path: Path) -> None:
    async with open_assistant(tmp_path, BESIDE) as (_, assistant):
        answer = await ask(assistant, question)
    assert answer.verdict is verdict


LEAVE = {
    "fir": posting_text("Fir", "Baker", "## Benefits\n- 25 days of paid holiday\n- 12 weeks of parental leave"),
    "gum": posting_text("Gum", "Nurse", "## Benefits\n- 18 vacation days\n- 5+ months of parental leave"),
    "hazel": posting_text("Hazel", "Painter", "## Benefits\n- Paid holidays\n- Parental leave"),
}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("which jobs give at least 20 days of holiday", {"Fir"}),
        ("any job with 18 or more vacation days", {"Fir", "Gum"}),
        ("which jobs offer 16+ weeks of parental leave", {"Gum"}),
        ("which jobs give parental leave", {"Fir", "Gum", "Hazel"}),
    ],
)
async def test_a_list_by_how_long_something_is_holds_only_who_states_it(question: str, expected: set[str], tmp_path: Path) -> None:
    async with open_assistant(tmp_path, LEAVE) as (_, assistant):
        answer = await ask(assistant, question)
    assert companies(answer) == expected
