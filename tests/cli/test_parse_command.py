"""`parse` shows what is read in each file, and says what is wrong with the others."""

import json
import re
from pathlib import Path

import pytest
from builders_terminal import COOK, HOSTILE
from command_line import run_command

from bot.cli import parse
from bot.domain.posting import Posting
from bot.intake.reading import read_posting
from bot.intake.sources import Source
from bot.topics import TOPICS


@pytest.fixture
def cook(empty_folder: Path) -> str:
    (empty_folder / "cook.md").write_text(COOK, "utf-8")
    return "cook.md"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("nothing.md", None, "nothing.md is not there; check the path"),
        ("empty.md", b"", "empty.md is empty; give the posting's whole text"),
        ("blank.md", b" \n\n \t", "blank.md is empty; give the posting's whole text"),
        ("noise.bin", bytes(range(256)) * 9, "noise.bin is not text; give the posting as a text or markdown file"),
        ("letter.pdf", b"%PDF-1.7 and so on", "letter.pdf is a damaged PDF; save it anew, or give the posting's text"),
        ("short.txt", b"Cook wanted", "short.txt holds no posting: it is empty or has only a few words."),
        ("bad\x00name", None, "bad name cannot be read"),
        ("", None, " is a folder, and parse reads single files; name the files in it, or add them all with import"),
    ],
)
def test_a_file_that_is_no_posting_is_told_and_the_others_are_shown(
    empty_folder: Path, cook: str, *, name: str, content: bytes | None, told: str
) -> None:
    if content is not None:
        (empty_folder / name).write_bytes(content)
    ran = run_command("parse", name, cook)
    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("rolecall: ")
    assert told.strip() in ran.err.replace("\x00", " ").replace("badname", "bad name")
    assert "Copper Pan · Cook" in ran.out


def test_a_page_has_the_head_each_topic_that_is_stated_and_those_that_are_not(cook: str) -> None:
    ran = run_command("parse", cook)
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "Copper Pan · Cook"
    assert "read from cook.md" in lines
    silent = next(line for line in lines if line.startswith("The posting does not say: ")).partition(": ")[2].split(", ")
    assert all((topic.label in lines) != (topic.label in silent) for topic in TOPICS)


def test_json_has_one_line_for_each_file_in_order_with_errors_in_between(empty_folder: Path, cook: str) -> None:
    (empty_folder / "clerk.txt").write_text(HOSTILE, "utf-8")
    ran = run_command("parse", "--json", "clerk.txt", "nothing.md", cook, ".")
    records = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.status == 1
    assert [record["source"] for record in records] == ["clerk.txt", "nothing.md", "cook.md", "."]
    assert records[1] == {"source": "nothing.md", "error": "nothing.md is not there; check the path"}
    assert (records[2]["title"], records[2]["company"]) == ("Cook", "Copper Pan")
    assert ran.err == ""


def test_every_key_that_other_programs_rely_on_is_there(cook: str) -> None:
    record = json.loads(run_command("parse", "--json", cook).out)
    keys = (
        "source title company apply_url location pay eligibility workplace timezone experience education employment_type visa requirements"
    )
    assert set(f"{keys} preferred responsibilities benefits skills".split()) <= set(record)


def test_that_no_experience_is_required_asks_for_no_number_of_years(empty_folder: Path) -> None:
    (empty_folder / "a.md").write_text("# Baker\n\nCompany: Acme\n\nNo experience is required. You bake each night.\n", "utf-8")
    assert json.loads(run_command("parse", "--json", "a.md").out)["experience"] is None


def test_a_hostile_posting_neither_colours_nor_steers_the_terminal(empty_folder: Path) -> None:
    (empty_folder / "clerk.txt").write_text(HOSTILE, "utf-8")
    ran = run_command("parse", "clerk.txt")
    assert ran.status == 0
    assert not {"\x1b", "\x07", "\u202e"} & set(ran.out)
    assert "[bold red]now[/bold red]" in ran.out


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_files_in_the_encodings_of_other_systems_are_read(empty_folder: Path, encoding: str) -> None:
    (empty_folder / "café.txt").write_text(COOK.replace("Copper Pan", "Café Blé"), encoding)
    ran = run_command("parse", "--json", "café.txt")
    assert json.loads(ran.out)["company"] == "Café Blé"
    assert '"source": "café.txt"' in ran.out


def test_a_failure_of_our_own_with_one_file_does_not_stop_the_others(cook: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_at_the_first(source: Source) -> Posting:
        if source.name == "first.md":
            raise ZeroDivisionError
        return read_posting(source)

    monkeypatch.setattr(parse, "read_posting", fail_at_the_first)
    Path("first.md").write_text(COOK, "utf-8")
    ran = run_command("parse", "--json", "first.md", cook)
    first, second = map(json.loads, ran.out.splitlines())
    assert ran.status == 1
    assert re.search(r"Something went wrong inside Rolecall with first\.md \(error id [0-9A-F]{6}\)", first["error"])
    assert second["title"] == "Cook"
