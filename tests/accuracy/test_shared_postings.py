"""Real postings that lie beside the project are read and answered as well as before, by the scorer that lies there; floors only rise."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from builders_answering import ask, open_assistant

from bot.cli.ask import answer_as_json, posting_as_json
from bot.parsing.parse import parse_posting

SHARED = Path(__file__).parents[3] / "shared"
SETS = {"seeds": ("seeds/labels.jsonl", "seeds"), "labelled": ("postings/labels.jsonl", "postings/labelled")}

MEAN_FLOORS = {"seeds": 0.99, "labelled": 0.985}
READING_FLOORS = {
    "title": 0.99,
    "company": 0.98,
    "pay": 0.97,
    "countries and areas": 0.97,
    "eligibility scope": 0.97,
    "workplace": 0.97,
    "experience years": 0.97,
    "education level": 0.97,
    "requirements": 0.97,
    "responsibilities": 0.97,
    "benefits": 0.97,
    "preferred": 0.95,
    "skills": 0.95,
    "visa": 0.95,
    "employment type": 0.95,
    "time zone": 0.95,
    "quotes are the posting's own words": 1.0,
}
ANSWER_FLOORS = {
    "seeds": {"wholly right": 1.0},
    "labelled": {"wholly right": 0.92, "posting": 0.98, "topic": 0.95, "eligible": 0.95, "the right passage quoted": 0.84},
}

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the real postings are not beside this checkout")


def run_scorer(what: str, name: str, output: Path) -> str:
    labels, texts = (str(SHARED / part) for part in SETS[name])
    command = [sys.executable, str(SHARED / "eval" / "score.py"), what, labels, texts, str(output)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 -- the scorer beside the checkout


def texts_of(name: str) -> dict[str, str]:
    folder = SHARED / SETS[name][1]
    return {str(path): path.read_text("utf-8", "replace") for path in sorted(folder.iterdir()) if path.suffix in {".md", ".txt"}}


@pytest.mark.parametrize("name", SETS)
def test_reading_holds_its_floors(name: str, tmp_path: Path) -> None:
    output = tmp_path / "parsed.jsonl"
    output.write_text("\n".join(posting_as_json(parse_posting(text, source)) for source, text in texts_of(name).items()), "utf-8")
    told = run_scorer("parse", name, output)
    scores = {match[1].strip(): float(match[2]) for match in re.finditer(r"^(.{38}).*?(\d\.\d{3})$", told, re.MULTILINE)}
    assert scores["mean f1"] >= MEAN_FLOORS[name], told
    if name == "labelled":
        assert {field: scores[field] for field, floor in READING_FLOORS.items() if scores[field] < floor} == {}, told
    assert scores["quotes are the posting's own words"] == 1.0


@pytest.mark.parametrize("name", SETS)
async def test_answers_hold_their_floors(name: str, tmp_path: Path) -> None:
    labels = str(SHARED / SETS[name][0])
    listed = subprocess.run(  # noqa: S603, ASYNC221 -- the scorer beside the checkout
        [sys.executable, str(SHARED / "eval" / "score.py"), "questions", labels], check=True, capture_output=True, text=True
    ).stdout
    output = tmp_path / "answers.jsonl"
    async with open_assistant(tmp_path, texts_of(name)) as (_, assistant):
        output.write_text("\n".join([answer_as_json(await ask(assistant, question)) for question in listed.splitlines()]), "utf-8")
    told = run_scorer("ask", name, output)
    scores = {match[1].strip(): float(match[2]) for match in re.finditer(r"^(.{28}).*?(\d\.\d{3})$", told, re.MULTILINE)}
    assert {check: scores[check] for check, floor in ANSWER_FLOORS[name].items() if scores[check] < floor} == {}, told
