"""The README tells what is there: every folder and page, and its transcript is what is said; the pages tell the rest."""

import re
import tomllib
from pathlib import Path

import pytest
from builders_answering import ask, open_assistant, read_bundled

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    "folder", sorted(path.name for path in (ROOT / "bot").iterdir() if path.is_dir() and path.name not in {"__pycache__", "data"})
)
def test_every_folder_is_on_the_map(folder: str) -> None:
    assert f"bot/{folder} " in README


def test_every_file_it_names_is_there() -> None:
    named = set(re.findall(r"`((?:bot|data|tests|benchmarks|docs)/[\w./]+\.\w+)`", README))
    assert {name for name in named if "NAME" not in name and not (ROOT / name).exists()} == set()


def test_every_picture_is_there_and_shown() -> None:
    shown = re.findall(r"!\[[^\]]+\]\((docs/\w+\.png)\)", README)
    assert sorted(shown) == sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.png"))


def test_it_leads_to_every_page_and_is_short_itself() -> None:
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")}
    assert pages - set(re.findall(r"\]\((docs/[\w-]+\.md)", README)) == set()
    assert len(README.splitlines()) <= 200


def test_the_lines_of_the_start_are_there() -> None:
    assert README.index("python -m pip install -c constraints.txt -e '.[try]' && python -m bot try") < README.index("python -m bot chat")
    assert "python -m pip install -c constraints.txt -e . && python -m bot chat" in README
    assert "python -m pip install -c constraints.txt -e '.[test]' && python -m pytest" in README


def test_the_constraints_that_the_start_names_pin_all_that_is_needed_and_say_nothing_else() -> None:
    head, *lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert head.startswith("# ")
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.!+-]+", line)] == []
    pinned = {_plain(line.partition("==")[0]) for line in lines}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    assert {_plain(re.split(r"[^\w.-]", each)[0]) for each in needed} - pinned == set()


def _plain(package: str) -> str:
    """A package's name as all its spellings are compared."""
    return re.sub(r"[-_.]+", "-", package).lower()


async def test_the_transcript_is_what_is_said(tmp_path: Path) -> None:
    transcript = README.split("```text", 2)[1].split("```", 1)[0]
    turns = re.findall(r"^> (.+)\n((?:(?!> ).+\n?)+)", transcript, re.MULTILINE)
    assert len(turns) >= 6
    async with open_assistant(tmp_path, read_bundled()) as (_, assistant):
        for question, told in turns:
            answer = await ask(assistant, question, conversation="reader")
            said = {
                answer.rendered.sentence,
                *(f"> {quote.text}" for quote in answer.quotes),
                *(f"under {quote.heading}:" for quote in answer.quotes),
            }
            assert {line.strip() for line in told.splitlines() if line.strip()} <= said
