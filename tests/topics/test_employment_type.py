"""The kind of employment that is stated for this job."""

import pytest
from builders import document

from bot.text.lexicon import read_lexicon
from bot.text.prefilter import by_beginning, read_whole
from bot.topics.employment_type import find_employment_type, render_employment_type


def _read(body: str, *, title: str | None = None) -> str | None:
    found = find_employment_type(document(body, title=title))
    return found[0].value.value if found else None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Baker (Full-Time)", "full_time"),
        ("Baker (Part-Time)", "part_time"),
        ("Baker (Contract)", "contract"),
        ("Contract: Senior Baker", "contract"),
        ("Contract Baker", "contract"),
        ("Freelance Baker", "contract"),
        ("Senior Baker (Full-Time Contractor)", "contract"),
        ("Bakery Intern", "internship"),
        ("Bakery Internship - Summer", "internship"),
        ("Baker, Apprenticeship", "internship"),
        ("Praktikum Bäckerei", "internship"),
        ("Boulanger - CDI H/F", "full_time"),
        ("Boulanger (CDD)", "temporary"),
        ("Bäcker in Teilzeit", "part_time"),
        ("Contract Manager", None),
        ("Smart Contract Baker", None),
        ("Internal Tools Baker", None),
    ],
)
def test_a_title_states_it(title: str, kind: str | None) -> None:
    assert _read("We bake bread.", title=title) == kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("This is a full-time position.", "full_time"),
        ("The base salary range for this full-time position is $90,000 - $95,000.", "full_time"),
        ("Pay for this US-based, full-time, and exempt position varies.", "full_time"),
        ("We are looking for a full-time baker.", "full_time"),
        ("Employment type: Full-time", "full_time"),
        ("**Job Type:** Regular, Full Time", "full_time"),
        ("## Employment Status\n\nFull Time", "full_time"),
        ("* Full-time, salaried", "full_time"),
        ("* Availability in the morning, full-time (40 hours/week)", "full_time"),
        ("Nossa contratação é CLT com jornada flexível.", "full_time"),
        ("Wir suchen dich in Vollzeit.", "full_time"),
        ("Mind that this is a contract opportunity.", "contract"),
        ("We offer a 6-month contract.", "contract"),
        ("You can dedicate 12+ hours per week to our bread.", "part_time"),
        ("Expect to work 15-20 hours a week.", "part_time"),
        ("You work 40 hours per week.", None),
        ("3mo contract, €60/hr", "contract"),
        ("a 6 mo contract", "contract"),
        ("contract, 9 months", "contract"),
        ("Jornada: Temps parcial", "part_time"),
        ("*This is a W2 contract through September 30, 2031.", "contract"),
        ("This is a contract until June 2031.", "contract"),
        ("It is a 4-month internship.", "internship"),
        ("This is a full-time contract role.", "contract"),
        ("* Type of contract: B2B", "contract"),
        ("You work as an independent contractor.", "contract"),
        ("Duration: Temporary until June", "temporary"),
        ("This role is a part-time position.", "part_time"),
        ("We want a baker for this internship.", "internship"),
        (
            "[HIRING] part-time baker, 15 loaves an hour, some of them with rye, DM me your best and oldest recipe for bread. No agencies!",
            "part_time",
        ),
        ("💰 R$ 6.500 a R$ 8.000 (PJ)", "contract"),
    ],
)
def test_the_text_states_it(body: str, kind: str) -> None:
    assert _read(f"We bake bread.\n\n{body}") == kind


@pytest.mark.parametrize(
    "body",
    [
        "Full-time employees get dental insurance.",
        "## Benefits for full-time employees\n* Bread",
        "For full-time positions, we offer bread.",
        "You audit smart contracts and lead contract negotiations.",
        "3+ years of full-time baking experience",
        "* Prior internship experience",
        "## Requirements\n* You finished a 4-month internship in a bakery",
        "This document is not a contract of employment.",
        "Applicants must be authorized to work in the United States on a full-time basis.",
        "You manage contractors and freelancers.",
        "US citizen or permanent resident",
        "Health insurance, depending on your contract",
        "The role could lead to a full-time position",
        "It may become a full-time job later.",
    ],
)
def test_other_peoples_employment_is_not_the_jobs(body: str) -> None:
    assert _read(f"We bake bread.\n\n{body}") is None


def test_what_a_job_may_become_is_not_what_it_is() -> None:
    assert _read("This role is part-time but could lead to a full-time baking job.") == "part_time"


def test_the_words_that_say_how_long_it_is_are_quoted() -> None:
    facts = find_employment_type(document("Type: internship\n\nYou join us for a 4-month internship.\n\nThe internship is fun."))
    assert facts[0].quote.text == "You join us for a 4-month internship."


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("Full-time or part-time", ["part_time", "full_time"]),
        ("Vollzeit oder Teilzeit", ["part_time", "full_time"]),
        ("Appointment type: Temporary\nWork schedule: Full-time", ["full_time", "temporary"]),
        ("This is a contract role.\n\nPart time", ["contract", "part_time"]),
        ("Contratação: CLT ou PJ", ["contract", "full_time"]),
        ("This is a permanent part-time position.", ["part_time"]),
        ("You can dedicate 10 hours per week.\n\nEmployment type: Full-time", ["part_time"]),
        ("This is a six-month contract.\n\nPermanent", ["contract"]),
        ("Full-time\n* B2B and B2C", ["full_time"]),
    ],
)
def test_all_kinds_that_go_together_are_kept(body: str, kinds: list[str]) -> None:
    assert [fact.value.value for fact in find_employment_type(document(f"We bake bread.\n\n{body}"))] == kinds


def test_a_title_that_only_compares_states_nothing() -> None:
    assert _read("We bake bread.", title="Bakers wanted - a great alternative to part-time and seasonal work") is None


def test_a_kind_is_told_in_words() -> None:
    assert render_employment_type(find_employment_type(document("This is a full-time position."))).sentence == "Full time"


def test_the_cheap_test_lets_every_kind_through() -> None:
    lexicon = read_lexicon("employment_words")
    signs = by_beginning(lexicon["signs"]["pieces"])
    tables = [*lexicon["names"].values(), *lexicon["values"].values(), *lexicon["marks"].values()]
    named = [name for names in tables for name in names if name != "stage"]
    assert [name for name in named if not read_whole(document(f"* {name}\n* x")).lines_holding(signs)] == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Work Schedule: Full Time", "full_time"),
        ("Work Schedule: Full Time\nAppointment Type: Temporary", "full_time"),
        ("Job Type: Permanent", "full_time"),
        ("Type: Contract (6 months)", "contract"),
        ("This is a full-time, permanent role.", "full_time"),
        ("Copper Pan | Cook | Berlin | ONSITE | Full-time | https://pan.example/jobs", "full_time"),
        ("Le stage se déroulera à Paris.", "internship"),
        ("Type de contrat : CDI", "full_time"),
        ("Unbefristete Festanstellung", "full_time"),
        ("Contratação: CLT ou PJ", "contract"),
        ("Tipo de jornada: media jornada", "part_time"),
    ],
)
def test_labels_and_parts_of_a_line_state_it_in_five_languages(body: str, kind: str) -> None:
    assert _read(body) == kind


@pytest.mark.parametrize(
    "body",
    [
        "Poste ouvert pour un·e indépendant·e.",
        "Poste ouvert pour des indépendant·e·s",
        "Poste ouvert pour un contrat indépendant.",
        "Poste ouvert aux travailleurs en statut indépendant.",
        "Contratação PJ",
        "Modalités : freelance",
    ],
)
def test_work_for_freelances_is_a_contract_in_any_language(body: str) -> None:
    assert _read(body) == "contract"


@pytest.mark.parametrize(
    "body",
    [
        "Applicants currently employed by the town on a part-time basis may apply too.",
        "A great alternative to part-time, full-time and seasonal work.",
        "Pay depends on your permanent work location.",
        "Ana, qui travaille à temps plein depuis Lyon",
        "Some initial appointments are made on a part-time basis.",
    ],
)
def test_what_other_people_work_states_nothing_of_this_job(body: str) -> None:
    assert find_employment_type(document(body)) == ()
