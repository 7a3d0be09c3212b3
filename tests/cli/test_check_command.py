"""`check` says whether the database is sound, and names what is not."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from builders_terminal import COOK
from command_line import run_command


@pytest.fixture(autouse=True)
def _cook(empty_folder: Path) -> None:
    (empty_folder / "cook.md").write_text(COOK, "utf-8")
    run_command("import", "cook.md")


def test_a_sound_database_is_said_to_be_so() -> None:
    assert run_command("check") == (0, "the database is sound; it has 1 posting\n", "")


def test_what_is_damaged_is_named_in_a_line_each(empty_folder: Path) -> None:
    with closing(sqlite3.connect(empty_folder / "rolecall.db", isolation_level=None)) as connection:
        connection.execute("UPDATE action SET deed = 'sung'")
    ran = run_command("check")
    assert ran.status == 1
    assert ran.err == "rolecall: damaged, and left out of answers: the action table's 1 0\n"
    assert ran.out == "1 thing in the database is wrong; it has 1 posting\n"


def test_a_database_that_is_not_there_is_told() -> None:
    assert "there is no database never.db" in run_command("check", "--database", "never.db").err
