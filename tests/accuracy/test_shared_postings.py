"""Real postings, questions and conversations that lie beside the project are read and answered as well as before, by the scorers there."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from builders_answering import ask, open_assistant
from command_line import run_command

from bot.cli.ask import answer_as_json, error_as_json, posting_as_json
from bot.cli.parse import read_posting_file
from bot.domain.errors import RolecallError
from bot.domain.posting import Posting

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
OTHER_FLOORS = {"title": 0.98, "company": 0.95, "quotes are the posting's own words": 1.0, "mean of the fields that occur": 0.97}
COLUMN_FLOORS = {"title": 0.98, "company": 0.98, "countries": 0.95, "employment_type": 0.89}
COLUMNS_MEAN = 0.95
ANSWER_FLOORS = {
    "seeds": {"wholly right": 1.0},
    "labelled": {"wholly right": 0.93, "posting": 0.98, "topic": 0.96, "eligible": 0.97, "the right passage quoted": 0.88},
}
TALK_FLOOR = 0.95

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the real postings are not beside this checkout")


def run_scorer(scorer: str, *arguments: str | Path) -> str:
    command = [sys.executable, str(SHARED / "eval" / scorer), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 -- the scorer beside the checkout


def texts_of(name: str) -> dict[str, str]:
    folder = SHARED / SETS[name][1]
    return {str(path): path.read_text("utf-8", "replace") for path in sorted(folder.iterdir()) if path.suffix in {".md", ".txt"}}


def parse_into(output: Path, files: list[Path]) -> Path:
    """Write what `parse --json` prints for these files."""
    lines: list[str] = []
    for file in files:
        try:
            found = [
                posting_as_json(one) if isinstance(one, Posting) else error_as_json(str(file), one.reason)
                for one in read_posting_file(str(file))
            ]
        except RolecallError as error:
            found = [error_as_json(str(file), str(error))]
        lines += found
    output.write_text("\n".join(lines), "utf-8")
    return output


def short_of(scores: dict[str, float], floors: dict[str, float]) -> dict[str, float]:
    return {name: scores[name] for name, floor in floors.items() if scores[name] < floor}


@pytest.mark.parametrize("name", SETS)
def test_reading_holds_its_floors(name: str, tmp_path: Path) -> None:
    labels, texts = (SHARED / part for part in SETS[name])
    output = parse_into(tmp_path / "parsed.jsonl", [Path(path) for path in texts_of(name)])
    told = run_scorer("score.py", "parse", labels, texts, output)
    scores = {match[1].strip(): float(match[2]) for match in re.finditer(r"^(.{38}).*?(\d\.\d{3})$", told, re.MULTILINE)}
    assert scores["mean f1"] >= MEAN_FLOORS[name], told
    if name == "labelled":
        assert short_of(scores, READING_FLOORS) == {}, told
    assert scores["quotes are the posting's own words"] == 1.0


def test_reading_of_other_shapes_holds_its_floors(tmp_path: Path) -> None:
    labels, texts = SHARED / "postings" / "other" / "labels.jsonl", SHARED / "postings" / "other" / "texts"
    paths = [texts / json.loads(line)["path"] for line in labels.read_text("utf-8").splitlines()]
    told = run_scorer("score_other.py", "parse", labels, texts, parse_into(tmp_path / "parsed.jsonl", paths))
    scores = {
        match[1].strip(): float(match[2])
        for match in re.finditer(r"^(.{38}).*?(\d\.\d{3})\s+\d\.\d{3}\s+\d\.\d{3} +\(", told, re.MULTILINE)
    }
    mean = re.search(r"^mean of the fields that occur.*(\d\.\d{3})\s*$", told, re.MULTILINE)
    assert mean is not None
    assert short_of(scores | {"mean of the fields that occur": float(mean[1])}, OTHER_FLOORS) == {}, told


def test_reading_of_data_sets_holds_its_floors(tmp_path: Path) -> None:
    columns = SHARED / "postings" / "columns"
    paths = [columns / json.loads(line)["path"] for line in (columns / "columns.jsonl").read_text("utf-8").splitlines()]
    told = run_scorer("score_columns.py", columns / "columns.jsonl", parse_into(tmp_path / "parsed.jsonl", paths))
    fields = told.splitlines()[0].split()
    every = re.findall(r"(\d\.\d{3}) \(\d+\)", next(line for line in told.splitlines() if line.startswith("all ")))
    assert short_of(dict(zip(fields, map(float, every), strict=True)), COLUMN_FLOORS) == {}, told
    mean = re.search(r"refused 0; mean over fields (\d\.\d{3})", told)
    assert mean is not None, told
    assert float(mean[1]) >= COLUMNS_MEAN, told


@pytest.mark.parametrize("name", SETS)
async def test_answers_hold_their_floors(name: str, tmp_path: Path) -> None:
    labels, texts = (SHARED / part for part in SETS[name])
    output = tmp_path / "answers.jsonl"
    async with open_assistant(tmp_path, texts_of(name)) as (_, assistant):
        questions = run_scorer("score.py", "questions", labels).splitlines()
        output.write_text("\n".join([answer_as_json(await ask(assistant, question)) for question in questions]), "utf-8")
    told = run_scorer("score.py", "ask", labels, texts, output)
    scores = {match[1].strip(): float(match[2]) for match in re.finditer(r"^(.{28}).*?(\d\.\d{3})$", told, re.MULTILINE)}
    assert short_of(scores, ANSWER_FLOORS[name]) == {}, told


def test_conversations_hold_their_floor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = SHARED / "talk" / "talk.jsonl"
    conversations = [json.loads(line) for line in talk.read_text("utf-8").splitlines()]
    replies: list[list[str]] = [[]] * len(conversations)
    for world, postings in json.loads((SHARED / "talk" / "worlds.json").read_text("utf-8")).items():
        numbers = [number for number, one in enumerate(conversations) if one["world"] == world]
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / world}.db")
        assert run_command("import", *(str(SHARED / path) for path in postings)).status == 0
        said = "".join("".join(f"{turn['q']}\n" for turn in conversations[number]["turns"]) + "\n" for number in numbers)
        lines = iter(run_command("chat", "--json", typed=said).out.splitlines())
        for number in numbers:
            replies[number] = [next(lines) for _ in conversations[number]["turns"]]
    output = tmp_path / "replies.jsonl"
    output.write_text("\n".join(line for lines in replies for line in lines), "utf-8")
    told = run_scorer("score_talk.py", "score", talk, output)
    right = re.search(r"^wholly right .*?(\d\.\d{3})$", told, re.MULTILINE)
    assert right is not None
    assert float(right[1]) >= TALK_FLOOR, told
