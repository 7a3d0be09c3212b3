"""The lowest degree that is enough, and whether it is required."""

import pytest
from builders import document

from bot.domain.facts import Education, EducationLevel, Fact, Quote
from bot.topics.education import find_education, render_education


def _read(body: str) -> tuple[str, bool] | None:
    found = find_education(document(body))
    return (found[0].value.level.value, found[0].value.required) if found else None


@pytest.mark.parametrize(
    ("line", "education"),
    [
        ("Bachelor's degree in baking", ("bachelor", True)),
        ("A degree in baking or a related field", ("bachelor", True)),
        ("BS or MS in Chemistry", ("bachelor", True)),
        ("Master’s or PhD in Chemistry", ("master", True)),
        ("Advanced degree in Chemistry", ("master", True)),
        ("BA/BS, or an equivalent 4-year degree, is required", ("bachelor", True)),
        ("Bachelor's degree with 8 years; MS preferred", ("bachelor", True)),
        ("Bachelor's degree or equivalent experience", ("bachelor", False)),
        ("BSc or similar work experience", ("bachelor", False)),
        ("You could have a BSc in baking but you might be a self-taught baker", ("bachelor", False)),
        ("Our programs range from high school completion to bachelor's degrees", None),
        ("Bachelor's degree preferred", ("bachelor", False)),
        ("Option 1: Bachelor's degree and 5 years of baking.Option 2: 7 years of baking", ("bachelor", False)),
        ("Option 1: Bachelor's degree and 5 years of baking\n* Option 2: 7 years of baking", ("bachelor", False)),
        ("Option 1: Bachelor's degree. Option 2: Master's degree in baking", ("bachelor", True)),
        ("Master's degree in lieu of experience, or 5+ years of baking", ("master", False)),
        ("High school diploma required", ("high_school", True)),
        ("High school diploma or equivalent", ("high_school", True)),
        ("A school leaver's high school diploma (or its educational equivalent)", ("high_school", True)),
        ("High school diploma or equivalent baking experience", ("high_school", False)),
        ("Associate degree in baking", ("associate", True)),
        ("No degree required", ("none", False)),
        ("No degree? No problem! We train you.", ("none", False)),
        ("Abgeschlossenes Studium der Chemie", ("bachelor", True)),
        ("Hochschulabschluss oder vergleichbare Ausbildung", ("bachelor", False)),
        ("A diploma or degree in baking", ("bachelor", False)),
        ("A degree or diploma in baking", ("bachelor", False)),
        ("Bachelor's degree or a trade certificate", ("bachelor", False)),
        ("Abgeschlossene Lehre oder Studium der Chemie", ("bachelor", False)),
        ("High school diploma or degree", ("high_school", True)),
        ("Diplôme d'ingénieur (Bac+5)", ("master", True)),
        ("Licenciatura en Química", ("bachelor", True)),
        ("Ensino superior em Química", ("bachelor", True)),
        ("Estudios universitarios o ciclo formativo superior", ("associate", True)),
        ("Études supérieures en chimie", ("bachelor", True)),
    ],
)
def test_a_line_of_requirements_is_read(line: str, education: tuple[str, bool]) -> None:
    assert _read(f"## Requirements\n* {line}\n* Likes bread") == education


def test_what_is_only_welcome_counts_where_nothing_is_asked() -> None:
    assert _read("## Requirements\n* Likes bread\n\n## Nice to have\n* Master's degree") == ("master", False)
    assert _read("## Requirements\n* BS in Chemistry\n\n## Nice to have\n* High school diploma") == ("bachelor", True)


@pytest.mark.parametrize(
    ("more", "required"),
    [
        ("All who can bake are considered regardless of educational background.", False),
        ("You do not have a bachelor's or higher degree but have baked for years.", False),
        ("Please wait if you do not have a degree.", True),
        ("We hire regardless of race or religion.", True),
    ],
)
def test_what_another_sentence_says_may_stand_in_for_a_degree(more: str, *, required: bool) -> None:
    assert _read(f"## Requirements\n* Bachelor's degree in baking\n* {more}") == ("bachelor", required)


@pytest.mark.parametrize(
    "body",
    [
        "You work with a high degree of autonomy.",
        "## Requirements\n* Scrum Master certification\n* Knows master data",
        "## Requirements\n* Master the craft of rye",
        "Pay depends on several factors, such as degrees and skills.",
        "## Benefits\n* Tuition help towards a Bachelor's degree",
        "Our company has many PhDs in its team.",
        "## Requirements\n* Those who lack six months of college education may apply.",
    ],
)
def test_false_friends_name_no_degree(body: str) -> None:
    assert _read(body) is None


@pytest.mark.parametrize(
    ("education", "told"),
    [
        (Education(level=EducationLevel.BACHELOR, required=True), "A bachelor's degree is required"),
        (Education(level=EducationLevel.DOCTORATE, required=False), "A doctorate is named, but not strictly required"),
        (Education(level=EducationLevel.NONE, required=False), "No degree is required"),
    ],
)
def test_a_degree_is_told_with_its_weight(education: Education, told: str) -> None:
    assert render_education([Fact(value=education, quote=Quote(text="x"))]).sentence == told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Ausbildung oder Studium der Physik", "A degree (it names no level) is named, and training below it that will do as well"),
        ("Berufsausbildung oder ein Bachelor", "A bachelor's degree is named, and training below it that will do as well"),
        ("Bachelor's degree or apprenticeship", "A bachelor's degree is named, and training below it that will do as well"),
        ("Abgeschlossenes Studium", "A degree (it names no level) is required"),
        ("Diplôme universitaire ou master", "A degree (it names no level) is required"),
        (
            "Formación profesional o título universitario",
            "A degree (it names no level) is named, and training below it that will do as well",
        ),
        ("Bachelor's degree in Physics", "A bachelor's degree is required"),
        ("Bachelor's degree or equivalent experience", "A bachelor's degree is named, but not strictly required"),
    ],
)
def test_a_degree_is_told_as_far_as_it_is_named(line: str, told: str) -> None:
    assert render_education(find_education(document(f"## Requirements\n* {line}"))).sentence == told


@pytest.mark.parametrize(
    ("body", "level"),
    [
        ("We don't care about diplomas.", "none"),
        ("* You do not have to have a marine biology degree; several of us have none.", "none"),
        ("No degree needed", "none"),
        ("Kein Studium nötig", "none"),
        ("Formació requerida: batxillerat", "high_school"),
        ("* MS. or Ph.D. in Computer Science", "master"),
    ],
)
def test_a_degree_that_nobody_asks_for_is_none(body: str, level: str) -> None:
    found = _read(body)
    assert found is not None
    assert found[0] == level


@pytest.mark.parametrize(
    "body", ["* Performance incentives and promotion in role", "* Train the associates in our shops", "* General MS Excel/MS Word skills"]
)
def test_promotions_associates_and_office_programs_are_no_degrees(body: str) -> None:
    assert _read(body) is None


def test_a_degree_without_a_level_is_told_without_one() -> None:
    facts = find_education(document("* A degree in Physics"))
    assert render_education(facts).sentence == "A degree (it names no level) is required"


def test_degrees_with_an_or_between_them_are_welcome_together() -> None:
    fact = find_education(document("## Requirements\n* A bachelor's degree; a PhD or MSc would be advantageous"))[0]
    assert (fact.value.level, fact.value.required) == (EducationLevel.BACHELOR, True)


@pytest.mark.parametrize(
    ("body", "education"),
    [
        (
            "## Requirements\n1. A bachelor's degree and two years of experience; or\n2. High school graduation and six years",
            ("high_school", True),
        ),
        ("## Requirements\n* Bachelor's degree in physics; four years of experience may be substituted for it", ("bachelor", False)),
        ("## Requirements\n* Graduation from an accredited four-year college", ("bachelor", True)),
        ("A bachelor's degree may substitute for one year of experience.", None),
        ("Applicants must list their school, type of degree earned and major.", None),
        ("The bakery at MS is seeking a cook.", None),
    ],
)
def test_a_degree_that_stands_in_for_something_else_is_not_asked_for(body: str, education: tuple[str, bool] | None) -> None:
    assert _read(body) == education


def test_another_way_behind_an_or_at_the_end_of_a_sentence_lets_a_degree_off() -> None:
    assert _read("## Requirements\n* A BS in baking, or a field like it. Or work that taught as much") == ("bachelor", False)
    assert _read("Education: A. Bachelor's degree in baking. -OR- B. Some courses and two years at an oven.") == ("bachelor", False)


def test_another_combination_lets_a_degree_off() -> None:
    body = "Bachelor's degree in baking and 4 years at an oven. We also take a different combination, such as 8 years at an oven."
    assert _read(body) == ("bachelor", False)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The position requires a Master's degree in baking. A bachelor's degree with ten years will do as well.", ("bachelor", True)),
        ("The role requires a PhD in Rye.\n\nRye: A degree in baking; or a combination of education and work", ("doctorate", True)),
        ("The role requires a PhD in Rye.\n\nYears at the oven in lieu of a degree are fine.", ("doctorate", False)),
    ],
)
def test_what_the_position_requires_is_no_more_than_the_lowest_degree_that_will_do(body: str, expected: tuple[str, bool]) -> None:
    assert _read(body) == expected


def test_the_degree_that_another_one_stands_in_for_is_quoted_with_it() -> None:
    body = (
        "## Requirements\n* A master's degree in baking is required. A bachelor's degree and equivalent work experience may be substituted."
    )
    found = find_education(document(body))
    assert (found[0].value.level, found[0].value.required) == (EducationLevel.BACHELOR, False)
    assert "master's degree" in found[0].quote.text
