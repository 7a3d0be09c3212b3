"""`export` writes everything, whole or not at all."""

import asyncio
import csv
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from builders_terminal import COOK
from command_line import run_command

from bot.domain.person import EVERYONE, Actor
from bot.domain.posting import Report
from bot.presentation.chat_service import open_store


@pytest.fixture(autouse=True)
def _one_posting(empty_folder: Path) -> None:
    (empty_folder / "cook.md").write_text(COOK, "utf-8")
    run_command("import", "cook.md")


def test_each_posting_is_a_line_on_standard_output() -> None:
    ran = run_command("export")
    assert (ran.status, ran.err) == (0, "")
    assert [json.loads(line)["title"] for line in ran.out.splitlines()] == ["Cook"]


def test_the_other_form_is_one_document_of_schema_org() -> None:
    document = json.loads(run_command("export", "--format", "jsonld").out)
    assert document["@graph"][0]["@type"] == "JobPosting"


def test_the_table_has_a_row_for_each_posting() -> None:
    (row,) = csv.DictReader(run_command("export", "--format", "csv").out.splitlines())
    assert (row["company"], row["title"], row["pay"]) == ("Copper Pan", "Cook", "$50,000 to $60,000 a year")


@pytest.mark.parametrize("form", ["jsonl", "jsonld"])
def test_what_was_written_to_a_file_can_be_imported_elsewhere(form: str) -> None:
    name = f"kept.{form}"
    assert run_command("export", "--format", form, "--output", name).out == f"1 posting written to {name}\n"
    ran = run_command("import", name, "--database", "other.db")
    assert ran.out == "1 added, 0 updated, 0 unchanged, 0 refused\n"
    assert exported("--database", "other.db") == exported()


def test_what_a_killed_export_left_is_gone_after_the_next(empty_folder: Path) -> None:
    left = empty_folder / ".backup-0123456789ab.part"
    left.write_text("half")
    run_command("export", "--output", "kept.jsonl")
    assert not left.exists()
    assert (empty_folder / "kept.jsonl").read_text().count("\n") == 1
    assert not list(empty_folder.glob("*.part"))


def exported(*options: str) -> list[dict[str, object]]:
    """What is exported, without the time at which it was read."""
    records = [json.loads(line) for line in run_command("export", *options).out.splitlines()]
    return [{name: value for name, value in record.items() if name != "read_at"} for record in records]


def test_an_empty_database_says_so() -> None:
    ran = run_command("export", "--server", "7")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.startswith("rolecall: there are no postings for server 7")


@pytest.mark.parametrize("command", [("export",), ("history",), ("remove", "1"), ("remove", "--undo", "1")])
def test_a_database_that_is_not_there_is_not_made(command: tuple[str, ...], empty_folder: Path) -> None:
    ran = run_command(*command, "--database", "other.db")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("rolecall: there is no database other.db; add postings with import first")
    assert not (empty_folder / "other.db").exists()


@pytest.mark.parametrize(
    ("output", "told"),
    [("nowhere/kept.jsonl", "nowhere/kept.jsonl cannot be written"), (".", ". is a folder; name a file behind --output")],
)
def test_a_file_that_cannot_be_written_is_told_in_one_line(output: str, told: str) -> None:
    ran = run_command("export", "--output", output)
    assert ran.status == 1
    assert ran.err.startswith(f"rolecall: {told}")
    assert ran.err.count("\n") == 1


def test_a_file_that_was_there_is_replaced_only_if_that_is_wanted_and_nothing_is_left_behind(empty_folder: Path) -> None:
    (empty_folder / "kept.jsonl").write_text("older words", "utf-8")
    refused = run_command("export", "--output", "kept.jsonl")
    assert (refused.status, refused.err) == (
        1,
        "rolecall: kept.jsonl is there already; name another file, or add --overwrite to replace it\n",
    )
    assert (empty_folder / "kept.jsonl").read_text("utf-8") == "older words"
    run_command("export", "--output", "kept.jsonl", "--overwrite")
    assert json.loads((empty_folder / "kept.jsonl").read_text("utf-8"))["title"] == "Cook"
    assert not list(empty_folder.glob("*.part"))
    assert not list(empty_folder.glob(".kept*"))


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has such rights: skipped")
def test_only_its_owner_reads_a_new_file_and_one_that_was_there_lets_in_whom_it_did_before(empty_folder: Path) -> None:
    run_command("export", "--output", "kept.jsonl")
    assert (empty_folder / "kept.jsonl").stat().st_mode & 0o777 == 0o600
    (empty_folder / "kept.jsonl").chmod(0o644)
    run_command("export", "--output", "kept.jsonl", "--overwrite")
    assert (empty_folder / "kept.jsonl").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("database", [(), ("--database", "rolecall.db"), ("--database", "sqlite+aiosqlite:///./rolecall.db")])
def test_the_database_is_never_written_over(empty_folder: Path, database: tuple[str, ...]) -> None:
    before = (empty_folder / "rolecall.db").read_bytes()
    ran = run_command("export", *database, "--output", "rolecall.db")
    assert (ran.status, ran.err) == (
        1,
        "rolecall: rolecall.db is the database itself and would be lost; name another file behind --output\n",
    )
    assert (empty_folder / "rolecall.db").read_bytes() == before


def test_a_device_is_written_and_not_replaced() -> None:
    if not Path("/dev/null").is_char_device():
        pytest.skip("this system has no /dev/null")
    assert run_command("export", "--output", "/dev/null").status == 0
    assert Path("/dev/null").is_char_device()


def test_reported_answers_are_written_as_cases_without_who_reported_them() -> None:
    async def report() -> None:
        async with open_store("sqlite+aiosqlite:///rolecall.db") as store:
            (cook,) = await store.list_postings(scopes={EVERYONE})
            by = Actor(id="discord:7", name="mia")
            at = datetime.now(UTC)
            await store.reports.put(
                Report(id="new", scope=EVERYONE, posting=cook.id, topic="pay", said="$50,000", comment="too low", by=by, at=at)
            )

    asyncio.run(report())
    ran = run_command("export", "--reports", "reports.jsonl")
    assert (ran.status, ran.out) == (0, "1 report written to reports.jsonl\n")
    written = Path("reports.jsonl").read_text("utf-8")
    case = json.loads(written)
    assert (case["q"], case["postings"], case["said"], case["wrong"]) == ("pay at Copper Pan?", ["cook.md"], "$50,000", "too low")
    assert "mia" not in written
