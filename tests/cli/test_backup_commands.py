"""`backup` writes one file, `restore` brings it back and keeps what was there before."""

from pathlib import Path

import pytest
from builders_terminal import COOK
from command_line import run_command


@pytest.fixture(autouse=True)
def _cook(empty_folder: Path) -> None:
    (empty_folder / "cook.md").write_text(COOK, "utf-8")
    run_command("import", "cook.md")


def test_a_backup_brings_back_what_was_there(empty_folder: Path) -> None:
    assert run_command("backup", "monday.db") == (0, "backup of 1 posting written to monday.db\n", "")
    before = run_command("export").out
    (empty_folder / "waiter.md").write_text(COOK.replace("Cook", "Waiter").replace("a cook", "a waiter"), "utf-8")
    run_command("import", "waiter.md")
    run_command("remove", "1", "--yes")
    ran = run_command("restore", "monday.db", "--yes")
    lines = ran.out.splitlines()
    assert (ran.status, ran.err, len(lines)) == (0, "", 3)
    assert lines[0] == "1 posting restored from monday.db"
    assert lines[1] == "1 posting that the backup does not have was removed; to bring one back: python -m bot remove --undo NUMBER"
    assert run_command("export").out == before
    kept = Path(lines[2].rpartition("python -m bot restore ")[2])
    assert kept.is_file()
    run_command("restore", str(kept), "--yes")
    assert "Waiter" in run_command("export").out


def test_nothing_is_restored_without_a_yes() -> None:
    run_command("backup", "monday.db")
    run_command("remove", "1", "--yes")
    ran = run_command("restore", "monday.db", typed="y\n")
    assert ran == (1, "", "rolecall: nothing was restored; to restore without being asked, add --yes\n")
    assert run_command("export").out == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("backup", "rolecall.db"), "rolecall.db"),
        (("backup", "cook.md"), "cook.md"),
        (("backup", "nowhere/monday.db"), "nowhere"),
        (("backup", "x.db", "--database", "never.db"), "there is no database never.db to copy"),
        (("restore", "--yes", "nowhere.db"), "there is no file nowhere.db"),
        (("restore", "--yes", "cook.md"), "cook.md is"),
        (("restore", "--yes", "rolecall.db"), "rolecall.db is the database itself"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line_and_changes_nothing(arguments: tuple[str, ...], told: str, empty_folder: Path) -> None:
    before = run_command("export").out
    ran = run_command(*arguments)
    assert (ran.status, ran.out) == (1, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1
    assert run_command("export").out == before
    assert (empty_folder / "cook.md").read_text("utf-8") == COOK


def test_an_older_backup_is_replaced_where_that_is_said() -> None:
    run_command("backup", "latest.db")
    assert run_command("backup", "latest.db").status == 1
    assert run_command("backup", "latest.db", "--overwrite").status == 0
