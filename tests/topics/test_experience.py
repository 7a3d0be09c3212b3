"""The least number of years that is asked for."""

import pytest
from builders import document

from bot.domain.facts import Experience, Fact, Quote
from bot.topics.experience import find_experience, render_experience


def _read(body: str) -> float | None:
    found = find_experience(document(body))
    return found[0].value.years if found else None


@pytest.mark.parametrize(
    ("body", "years"),
    [
        ("## Requirements\n* 5+ years of experience with ovens", 5),
        ("## Requirements\n* Five (5) years of professional experience", 5),
        ("## What you bring\n* 5-7 years as a baker", 5),
        ("## Qualifications\n* Minimum +3 years of experience as a baker", 3),
        ("## Requirements\n* 2+ years of leading teams\n* 6+ years of baking", 6),
        ("## Requirements\n* 6+ years of experience, with 2+ years of leading", 6),
        ("## Requirements\n* BS with 8 years of experience, or MS with 6 years", 8),
        ("## Requirements\n* At least one year in bakeries", 1),
        ("## Requirements\n* At least two of years experience in bakeries", 2),
        (
            "We are a team of cooks, each with at least six years of experience. We seek a baker with at least two years of experience.",
            2,
        ),
        ("We want at least 3 years of experience.", 3),
        ("## Why join us\n* Fresh bread\n\n2-5 years of experience", 2),
        ("## Why join us\n* 40 years of experience in baking", None),
        ("## Requirements\n* 18 months of experience", 1.5),
        ("## Requirements\n* 0-2 years of experience", 0),
        ("You need at least 4 years of experience as a baker.", 4),
        ("We are looking for a baker with over 3 years of experience.", 3),
        ("Experience: 7+ years", 7),
        ("## Requirements\n* 2 - year minimum of acute experience", 2),
        ("## Requirements\n* Have lived in the country for at least 3 years", None),
        ("## Requirements\n* Contract length: 2 years", None),
        ("## Requirements\n* Commitment of 2 years", None),
        ("## Dein Profil\n* Mindestens 3 Jahre Berufserfahrung", 3),
        ("## Profil recherché\n* Vous justifiez de 5 ans d'expérience", 5),
        ("## Requisitos\n* Al menos 3 años de experiencia", 3),
        ("## Requisitos\n* 5 anos de experiência com fornos", 5),
        ("## Requirements\n* 4+ years of experience (dough science preferred)", 4),
        ("## Requirements\n* 4+ years of experience, rye a plus", 4),
        ("## Requirements\n* Sourdough skills (4y+) with rye", 4),
        ("## Requirements\n* 6y of baking", 6),
        ("This baker role, with 1-2 years of experience, pays $1,500 a month.", 1),
        ("The position requires 3 years of experience and pays $20 an hour.", 3),
        ("## What you need\n* 7+ years across pastry, bread or a related craft, with a record of your own", 7),
        ("You bake at night. At least 2 years in a bakery.", 2),
        ("You need at least three years in pastry.", 3),
        ("5+ yrs running large ovens.", 5),
        ("## Requirements\n* 7 years SAP MM/SD, one large roll-out", 7),
        ("Must have: 6 years Kubernetes, one large roll-out, a head for heights", 6),
        ("Two years of full-time paid experience as a helper to a baker in the making of bread and rolls.", 2),
        ("Função: Padeiro Requisitos: 3 anos de experiência com pães de forma e fornos grandes", 3),
        ("## Requirements\n* 3+ years of curriculum development experience", 3),
        (
            "For Level II, one must have, after meeting the minimum requirements, at least two years of experience.",
            2,
        ),
    ],
)
def test_the_headline_figure_is_read(body: str, years: float) -> None:
    assert _read(body) == years


@pytest.mark.parametrize(
    "body",
    [
        "With over 20 years of experience in bread, big shops choose us.",
        "## About us\n* 40 years of experience",
        "## Preferred qualifications\n* 5+ years of experience with rye",
        "## Requirements\n* 3-5 years of bakery experience preferred",
        "## Requirements\n* Ideally 3+ years with rye",
        "## Benefits\n* Options with 4 years of vesting, a 10-year exercise window",
        "* We have been in business for 12 years",
        "You must be 18 years old.",
        "## Requirements\n* A 4-year degree",
        "## Salary\n* Junior (0-3 years of experience): $1,500 - $3,000 a month",
        "We grew for the past 8 years.",
        "You get $90,000 with 5 years of experience and $100,000 with 9 years of experience.",
        "Nos fours sont vides depuis au moins deux ans dans la ville.",
        "Se valora experiencia de 1 año.",
        "## Requirements\n* You don't need 10 years of experience.",
        "## Anforderungen\n* Du brauchst keine 5 Jahre Erfahrung.",
        "## Qualifications\n* A background check may take up to 2 years.",
        "## Requirements\n* A full 4-year professional bakery curriculum, knowledge and experience",
        "## Requirements\n* A four year high school diploma, experience welcome",
        "Required\nYou bake.\nPreferred\nA degree (in making bread, rolls and cake preferred)\n8+ years professional experience\nRye",
    ],
)
def test_other_years_are_not_asked_for(body: str) -> None:
    assert _read(body) is None


def test_the_quote_is_the_sentence() -> None:
    (fact,) = find_experience(document("## Requirements\n* You bake. **At least 5 years** of experience are a must."))
    assert fact.quote == Quote(text="**At least 5 years** of experience are a must.", heading="Requirements")


@pytest.mark.parametrize(
    ("years", "told"),
    [
        (5, "At least 5 years of experience"),
        (1, "At least 1 year of experience"),
        (1.5, "At least 1.5 years of experience"),
        (0, "0 years of experience or more"),
    ],
)
def test_years_are_told(years: float, told: str) -> None:
    assert render_experience([Fact(value=Experience(years=years), quote=Quote(text="0-2 years"))]).sentence == told


@pytest.mark.parametrize(
    ("body", "years"),
    [
        ("Experience: 0–1 Years", 0),
        ("Exp: 4+ yrs", 4),
        ("💼 4–8 Years", 4),
        ("Experiència: mínim 1 any", 1),
        ("Deve possuir experiência de no mínimo 4 anos", 4),
    ],
)
def test_labels_and_lines_of_a_chat_ask_for_years(body: str, years: float) -> None:
    assert _read(body) == years


def test_years_by_level_are_several_statements_the_least_first() -> None:
    facts = find_experience(document("* 5+ (at L5) / 8+ (at L6) years of experience"))
    assert [(fact.value.years, fact.value.where) for fact in facts] == [(5, "L5"), (8, "L6")]
    assert render_experience(facts).items == ("5 years (L5)", "8 years (L6)")


@pytest.mark.parametrize(
    ("body", "years"),
    [
        (
            "## Requirements\n1. Four years of experience as a cook; or\n2. Two years of experience as a baker; or\n3. Eight years.",
            2,
        ),
        (
            "## Requirements\n1. A degree and two years of experience; or  2. High school graduation and six years of experience",
            2,
        ),
        ("## Requirements\n* 5 years of experience with Java\n* 2 years of experience as a lead", 5),
        ("## Requirements\n* A degree in physics and 5+ years of experience; OR 7+ years of experience in lieu of a degree.", 5),
        ("Those who lack six months or less of the required experience may apply.", None),
        ("## Requirements\n* Two (2) full years of progressively higher level graduate education leading to a master's degree", None),
        ("## Requirements\n* 3 years of progressively responsible experience", 3),
        ("## Anforderungen\n* Drei Jahre Berufserfahrung als Bäcker oder\n* fünf Jahre Berufserfahrung als Koch", 3),
        ("## Requirements\n* Six years of experience, or a degree", 6),
        ("## Requirements\n* 5+ years of experience with a BS; or\n* 3+ years of experience with a master's degree", 5),
        (
            "## Requirements\n1. A degree and two years of experience; or  2. Training. However, all must have one year of experience.",
            2,
        ),
        (
            "## Requirements\n1. A degree and four years of experience. All in a kitchen; or  2. School and six years of experience",
            4,
        ),
        (
            "## Requirements\n1. Two years of experience, one year of which at ovens; or\n2. One year of experience and 6 semester units",
            2,
        ),
        ("## Requirements\n* 30 hours of school are equivalent to two years of experience. You have one year of experience.", 1),
    ],
)
def test_of_several_ways_the_least_is_asked_and_what_stands_in_for_a_degree_is_not(body: str, years: float | None) -> None:
    assert _read(body) == years


def test_the_parts_of_a_line_with_bars_each_ask_for_years() -> None:
    assert _read("Rye | Wheat | 3+ year as manager | 5+ year as baker") == 5


def test_years_that_stand_in_for_a_degree_are_told_as_such() -> None:
    facts = find_experience(document("## Requirements\n* A degree in physics; OR 2+ years of experience in baking in lieu of a degree."))
    assert [(fact.value.years, fact.value.where) for fact in facts] == [(2, "without a degree")]
    assert render_experience(facts).sentence == "At least 2 years of experience are asked of those who have no degree"


@pytest.mark.parametrize(
    "body",
    [
        "No experience is required; we teach you the rest",
        "Keine Berufserfahrung nötig.",
        "No prior work experience needed!",
        "You need no experience.",
        "Experience: not required",
        "Prior experience is not required.",
        "Aucune expérience n'est requise",
        "Aucune expérience exigée.",
        "No se requiere experiencia previa",
        "No es necesaria experiencia.",
        "Não é necessária experiência",
        "Experiência não é necessária.",
        "Berufserfahrung ist nicht erforderlich",
        "Es ist keine Erfahrung erforderlich – wir lernen dich an",
        "Du brauchst keine Berufserfahrung",
        "Débutants acceptés",
        "Pas d'expérience nécessaire",
        "Pas d’expérience requise",
        "* No experience necessary",
        "There's no minimum level of experience required: we take everyone who bakes",
        "Freshers can apply too",
        "Berufseinsteiger sind willkommen",
        "Experience (not required)",
        "Expérience professionnelle non requise",
        "No experience required - full training",
        "Erfahrung ist keine Voraussetzung",
        "Experience - none required",
    ],
)
def test_that_none_is_asked_for_is_read(body: str) -> None:
    assert _read(body) == 0
    assert render_experience(find_experience(document(body))).sentence == "No experience is required"


@pytest.mark.parametrize(
    "body",
    [
        "No experience with Kubernetes is required",
        "Plastics and/or extrusion experience not necessary, but a plus",
        "No experience required with Java",
        "Kubernetes experience is not required",
        "You have no experience? Apply elsewhere",
        "Experience is required",
        "Keine Erfahrung mit Kotlin nötig",
        "Those without experience need not apply",
        "Experience preferred",
        "No se requiere experiencia con SAP",
        "Aucune expérience en boulangerie requise",
        "No experience in sales is necessary",
        "Management experience is not required",
        "Berufserfahrung als Koch ist nicht erforderlich",
        "Vorkenntnisse nicht nötig",
        "No experience is needed in this field",
        "Experience with bread not required",
        "It is not necessary to have a degree; experience is required",
    ],
)
def test_experience_of_something_that_is_not_asked_for_says_nothing_of_experience_at_large(body: str) -> None:
    assert _read(body) is None


def test_where_years_are_asked_for_too_these_are_told() -> None:
    assert _read("No experience is required for helpers.\n\n## Requirements\n- 3 years of experience as a baker") == 3
