"""What lines of postings are, as learned."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from builders import document

from bot.text.lexicon import data_directory
from bot.text.line_model import CONTEXT, WORDS, LineClass, ModelLine, classify_lines, classify_some, line_model, read_line_classes
from bot.text.linear_model import read_payload

MODELS = sorted((data_directory() / "models").glob("*.model"))

CLEAR = [
    ("At least five years of experience with Python and SQL", LineClass.REQUIREMENT),
    ("Bachelor's degree in chemistry or a related field", LineClass.REQUIREMENT),
    ("Experience with Kubernetes is a plus", LineClass.PREFERRED),
    ("Develop and maintain the services behind our booking app", LineClass.DUTY),
    ("Mentor junior engineers and review their code", LineClass.DUTY),
    ("Medical, dental and vision insurance", LineClass.BENEFIT),
    ("Generous paid parental leave and 25 days of vacation", LineClass.BENEFIT),
    ("The salary range for this position is $90,000 to $120,000 per year", LineClass.PAY),
    ("We are an equal opportunity employer and do not discriminate on the basis of race or gender", LineClass.LEGAL),
    ("Experiencia mínima de cuatro años en desarrollo de software", LineClass.REQUIREMENT),
    ("Diseñar y desarrollar nuevas funciones de la plataforma", LineClass.DUTY),
    ("Seguro médico y horario flexible", LineClass.BENEFIT),
    ("Mindestens fünf Jahre Erfahrung in der Entwicklung mit Java", LineClass.REQUIREMENT),
    ("Kenntnisse in Kubernetes sind von Vorteil", LineClass.PREFERRED),
    ("30 Tage Urlaub und flexible Arbeitszeiten", LineClass.BENEFIT),
    ("Entwicklung neuer Funktionen für unsere Plattform", LineClass.DUTY),
    ("Vous avez au moins cinq ans d'expérience en gestion de projet", LineClass.REQUIREMENT),
    ("Développer et maintenir les services de la plateforme", LineClass.DUTY),
    ("Mutuelle et tickets restaurant", LineClass.BENEFIT),
    ("Experiência com desenvolvimento em Java e bancos de dados", LineClass.REQUIREMENT),
    ("Desenvolver e manter novas funcionalidades do sistema", LineClass.DUTY),
    ("Plano de saúde e vale-refeição", LineClass.BENEFIT),
]


@pytest.mark.parametrize(("text", "kind"), CLEAR)
def test_a_clear_line_is_told_by_itself(text: str, kind: LineClass) -> None:
    (line,) = classify_lines([ModelLine(text, is_bullet=True)])
    assert line.kind is kind


def test_the_lines_around_decide_what_a_line_alone_leaves_open() -> None:
    offers = ["Medical, dental and vision insurance", "Generous parental leave", "A 401(k) with a match", "Stock options"]
    needs = ["5+ years with Java", "A degree in computer science", "Strong knowledge of SQL", "Fluent in English and German"]
    open_line = ModelLine("A good sense of humour", is_bullet=True)
    among_offers, among_needs = (
        classify_lines([*(ModelLine(text, is_bullet=True) for text in others), open_line])[-1].scores for others in (offers, needs)
    )
    assert among_offers[LineClass.BENEFIT] > among_needs[LineClass.BENEFIT]
    assert among_needs[LineClass.REQUIREMENT] > among_offers[LineClass.REQUIREMENT]


def test_the_words_of_a_heading_are_read() -> None:
    lines = [ModelLine("Experience with theatre", is_bullet=True, heading="Nice to have", section=1)] * 3
    assert classify_lines(lines)[1].kind is LineClass.PREFERRED


def test_the_scores_of_a_line_add_up_to_one() -> None:
    (line,) = classify_lines([ModelLine("Bread")])
    assert sum(line.scores.values()) == pytest.approx(1)
    assert set(line.scores) == set(LineClass)


def test_no_lines_are_nothing() -> None:
    assert classify_lines([]) == []


def test_the_same_lines_are_always_read_alike_from_every_thread() -> None:
    lines = [ModelLine(text, is_bullet=True) for text, _ in CLEAR]
    first = classify_lines(lines)
    with ThreadPoolExecutor(4) as pool:
        assert all(again == first for again in pool.map(classify_lines, [lines] * 12))


def test_an_explanation_names_the_words() -> None:
    strongest = line_model().explain(WORDS, "Dental insurance", label="benefit", most=20)
    assert any("dent" in feature or "insur" in feature for feature, _ in strongest)


def test_both_readings_know_every_class() -> None:
    assert all(set(line_model().heads[head].labels) == {kind.value for kind in LineClass} for head in (WORDS, CONTEXT))


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.name)
def test_a_model_is_small_and_loads(path: object) -> None:
    file = data_directory() / "models" / str(getattr(path, "name", path))
    assert file.stat().st_size < 1_000_000
    assert len(read_payload(file)[1]) > 1000


def test_some_lines_are_read_as_all_of_them_are() -> None:
    read = document(
        "We bake bread.\n\n## Tasks\n* Bake rolls\n* Sweep the floor\n\n## Zutaten\n* Fünf Jahre Erfahrung\n* Geduld\n\n"
        "## Rosinen\n* 30 Tage Urlaub\n\n"
        "## More\n* Ovens of every size\n* A garden"
    )
    every = read_line_classes(read)
    for line in read.statements:
        assert classify_some(read, {id(line)}) == {id(line): every[id(line)]}
