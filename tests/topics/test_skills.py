"""Which languages, tools and frameworks are named."""

import pytest
from builders import document

from bot.domain.query import Verdict
from bot.topics.skills import MOST, find_only_language, find_skills, render_skills


def _found(body: str) -> list[str]:
    return [fact.value for fact in find_skills(document(body))]


def test_only_requirements_and_welcome_points_are_read() -> None:
    body = "## Our stack\n* Java\n\n## Requirements\n* Python\n\n## Nice to have\n* Rust\n\n## Responsibilities\n* Write Perl"
    assert _found(body) == ["Python", "Rust"]


def test_each_is_named_once_as_first_spelled() -> None:
    assert _found("## Requirements\n* Postgres, PyTorch\n* Pytorch and postgres") == ["Postgres", "PyTorch"]


def test_the_quote_is_the_item_that_names_it() -> None:
    assert find_skills(document("## Requirements\n* Solid **Python**"))[0].quote.text == "Solid **Python**"


def test_a_posting_without_technologies_is_silent() -> None:
    assert _found("## Requirements\n* Go the extra mile\n* Excel at baking") == []


def test_no_more_than_the_first_ones_are_kept() -> None:
    names = (
        "Python Java Scala Kotlin Ruby PHP Perl Haskell Elixir Erlang Clojure OCaml Groovy Docker Kubernetes Terraform Ansible "
        "Jenkins Redis Kafka MySQL MongoDB Cassandra Flutter Django FastAPI Laravel Symfony"
    )
    assert len(_found("## Requirements\n* " + ", ".join(names.split()))) == MOST


def test_they_are_told_with_their_number() -> None:
    rendered = render_skills(find_skills(document("## Requirements\n* Python and Docker")))
    assert (rendered.sentence, rendered.items) == ("It names 2 skills:", ("Python", "Docker"))


@pytest.mark.parametrize(
    ("body", "skills"),
    [
        ("We bake apps.\n\nReact/TypeScript/FastAPI/Postgres", ["React", "TypeScript", "FastAPI", "Postgres"]),
        ("We bake apps.\n\nStack: Go, Kotlin, Redis, https://github.com/dough", ["Go", "Kotlin", "Redis"]),
        ("We bake apps.\n\nOven focus: Go, Kotlin, Redis\n- Scale the ovens", ["Go", "Kotlin", "Redis"]),
        ("## Requirements\n* Python\n\n## Stack\n* Go, Kotlin, Redis", ["Python"]),
        ("We moved the whole bakery from Go and Kotlin to Redis over a long winter.", []),
    ],
)
def test_a_list_of_tools_tells_what_one_works_with_where_nothing_is_asked_for(body: str, skills: list[str]) -> None:
    assert [fact.value for fact in find_skills(document(body))] == skills


@pytest.mark.parametrize(
    ("words", "line", "verdict"),
    [
        ("komm ich nur mit englisch durch", "Sehr gute Deutsch- und Englischkenntnisse", Verdict.NO),
        ("reicht englisch", "Deutsch und Englisch in Wort und Schrift", Verdict.NO),
        ("is english enough", "Very good English and German", Verdict.NO),
        ("i only speak english", "English and Polish required", Verdict.NO),
        ("basta con español", "Inglés avanzado y español nativo", Verdict.NO),
        ("juste avec l'anglais", "Français courant, anglais professionnel", Verdict.NO),
        ("só com inglês", "Português fluente e inglês intermediário", Verdict.NO),
        ("só com português", "Português ou inglês fluente", Verdict.YES),
        ("so english needed", "Dutch and English", None),
        ("i only speak english", "You know the German market of bells", None),
    ],
)
def test_who_has_one_language_only_is_told_whether_it_will_do(words: str, line: str, verdict: Verdict | None) -> None:
    found = find_only_language(words, lambda: document(f"## Requirements\n* {line}"))
    assert (found and found[1]) is verdict
