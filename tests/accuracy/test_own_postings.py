"""Postings written for the purpose are read and answered as a careful reader would; these floors may only rise."""

import json
from pathlib import Path
from typing import Any

import pytest
from accuracy_scoring import HERE, Tally, plain, read_labels, score
from builders_answering import ask, open_assistant

from bot.cli.ask import posting_as_json
from bot.domain.answer import State
from bot.parsing.parse import parse_posting

FLOORS = {
    "title": 1.0,
    "company": 1.0,
    "pay": 1.0,
    "countries": 1.0,
    "excluded": 1.0,
    "scope": 1.0,
    "workplace": 1.0,
    "timezone": 1.0,
    "experience": 0.95,
    "education": 0.9,
    "employment_type": 0.87,
    "visa": 1.0,
    "requirements": 0.98,
    "preferred": 0.96,
    "responsibilities": 0.98,
    "benefits": 0.98,
    "skills": 0.98,
}
ANSWERED_RIGHT = 0.85


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    return score((label, _read(label["path"])) for label in read_labels())


def _read(name: str) -> dict[str, Any]:
    reading: dict[str, Any] = json.loads(posting_as_json(parse_posting((HERE / "postings" / name).read_text("utf-8"), name)))
    return reading


@pytest.mark.parametrize("field", FLOORS)
def test_a_field_is_read_as_well_as_before(tallies: dict[str, Tally], field: str) -> None:
    assert tallies[field].f1 >= FLOORS[field], tallies[field]


def test_every_field_has_a_floor(tallies: dict[str, Tally]) -> None:
    assert set(tallies) == set(FLOORS)


async def test_questions_are_answered_as_well_as_before(tmp_path: Path) -> None:
    labels = read_labels()
    texts = {label["path"]: (HERE / "postings" / label["path"]).read_text("utf-8") for label in labels}
    wrong = []
    async with open_assistant(tmp_path, texts) as (_, assistant):
        for label in labels:
            lines = texts[label["path"]].splitlines()
            for question in label["questions"]:
                answer = await ask(assistant, question["q"])
                if not _is_right(question, answer.model_dump(), label["path"], lines):
                    wrong.append((question["q"], answer.state, answer.topic, answer.text[:80]))
    asked = sum(len(label["questions"]) for label in labels)
    assert 1 - len(wrong) / asked >= ANSWERED_RIGHT, wrong


def _is_right(question: dict[str, Any], answer: dict[str, Any], path: str, lines: list[str]) -> bool:
    if [posting["source"] for posting in answer["postings"]][:1] != [path]:
        return False
    if question.get("country"):
        return (answer["country"], answer["eligible"]) == (question["country"], question["eligible"])
    if answer["state"] != (State.ANSWERED if question["stated"] else State.NOT_STATED):
        return False
    if question.get("line") and question["stated"]:
        return any(plain(quote["text"]) in plain(lines[question["line"] - 1]) for quote in answer["quotes"])
    return question["topic"] in ("other", answer["topic"]) or answer["topic"] in ("requirements", "preferred", "skills", "benefits")
