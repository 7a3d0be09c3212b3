"""Degrees that a sentence names, and the words that only look like them."""

import pytest
from builders import document

from bot.text.lexicon import read_lexicon
from bot.topics.education import find_degrees, find_lines_with_degrees

_LEXICON = read_lexicon("education_words")


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Bachelor’s degree in Physics", ["bachelor"]),
        ("Bachelors or Masters in Physics", ["bachelor", "master"]),
        ("BS/MS in Physics", ["bachelor", "master"]),
        ("B.S. or M.S. or Ph.D.", ["bachelor", "master", "doctorate"]),
        ("BA/BS", ["bachelor"]),
        ("BS in Physics", ["bachelor"]),
        ("MSc, MBA or PhD", ["master", "master", "doctorate"]),
        ("An advanced degree", ["master"]),
        ("Undergraduate degree", ["bachelor"]),
        ("A degree in Physics", ["bachelor"]),
        ("A university degree", ["bachelor"]),
        ("An associate’s degree", ["associate"]),
        ("High school diploma or GED", ["high_school", "high_school"]),
        ("No degree required", ["none"]),
        ("Abgeschlossenes Studium oder Hochschulabschluss", ["bachelor", "bachelor"]),
        ("Abitur", ["high_school"]),
        ("Licenciatura en Física", ["bachelor"]),
        ("Ensino superior completo", ["bachelor"]),
        ("Mestrado em Física", ["master"]),
        ("Niveau Bac+5", ["master"]),
        ("Diplôme d’ingénieur", ["master"]),
        ("Master of Science", ["master"]),
    ],
)
def test_degrees_are_read_in_order(text: str, levels: list[str]) -> None:
    assert [degree.level.value for degree in find_degrees(text)] == levels


@pytest.mark.parametrize(
    "text",
    [
        "Scrum Master and web master",
        "our scrum masters",
        "master data and the master branch",
        "master your craft",
        "masters of their craft",
        "a high degree of autonomy",
        "some degree of care",
        "a 360 degree view",
        "MS Office, MS SQL and MS Teams",
        "an associate engineer",
        "no BS, just work",
        "remote in MA, MI, MO or NE",
        "a bass player",
    ],
)
def test_false_friends_are_no_degrees(text: str) -> None:
    assert find_degrees(text) == ()


def test_the_cheap_test_lets_every_degree_through() -> None:
    named = [word for level in _LEXICON["levels"].values() for word in (*level["words"], *level.get("initials", ()))]
    assert [word for word in named if not find_lines_with_degrees(document(f"* {word}\n* x"))] == []
