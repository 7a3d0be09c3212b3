"""`remove` asks, removes, says how to bring it back, and brings it back."""

import io
import sys
from pathlib import Path

import pytest
from builders_terminal import COOK
from command_line import run_command

from bot.cli.terminal import agrees

SERVER = "613425648685547541"


@pytest.fixture(autouse=True)
def _two_postings(empty_folder: Path) -> None:
    (empty_folder / "cook.md").write_text(COOK, "utf-8")
    run_command("import", "cook.md")
    run_command("import", "cook.md", "--server", SERVER)


class Terminal(io.StringIO):
    """Somebody types."""

    def isatty(self) -> bool:
        return True


def test_what_is_removed_is_gone_until_it_is_brought_back() -> None:
    ran = run_command("remove", "1", "--yes")
    assert ran == (0, "removed: #1 Copper Pan · Cook\nto bring it back: python -m bot remove --undo 1\n", "")
    assert run_command("export").out == ""
    again = run_command("remove", "#1", "--yes")
    assert (again.status, again.out) == (1, "")
    assert again.err == "rolecall: #1 Copper Pan · Cook is removed already; to bring it back: python -m bot remove --undo 1\n"
    assert run_command("remove", "--undo", "1") == (0, "brought back: #1 Copper Pan · Cook\n", "")
    assert run_command("export").out.count("\n") == 1
    assert run_command("remove", "--undo", "1").err == "rolecall: #1 Copper Pan · Cook is not removed\n"


def test_without_a_terminal_nothing_is_removed_unless_it_is_said_to_be() -> None:
    ran = run_command("remove", "1", typed="y\n")
    assert (ran.status, ran.out) == (1, "")
    assert "add --yes" in ran.err
    assert run_command("export").out.count("\n") == 1


@pytest.mark.parametrize(("typed", "is_agreed"), [("y\n", True), ("YES\n", True), ("\n", False), ("no\n", False), ("", False)])
def test_on_a_terminal_only_a_yes_is_one(
    typed: str, is_agreed: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert agrees("Remove it?", is_agreed=False) is is_agreed
    assert capsys.readouterr().err == "Remove it? [y/N] "


def test_a_servers_postings_are_its_own() -> None:
    ran = run_command("remove", "2", "--yes")
    assert (ran.status, ran.err) == (1, "rolecall: there is no posting #2 for everyone; python -m bot history shows the numbers\n")
    other = run_command("remove", "2", "--yes", "--server", "5")
    assert other.err == "rolecall: there is no posting #2 for server 5; python -m bot history --server 5 shows the numbers\n"
    ran = run_command("remove", "2", "--yes", "--server", SERVER)
    assert ran.out == f"removed: #2 Copper Pan · Cook\nto bring it back: python -m bot remove --undo 2 --server {SERVER}\n"
    assert run_command("export").out.count("\n") == 1
    assert run_command("export", "--server", SERVER).out == ""
    assert run_command("remove", "--undo", "2").status == 1
    assert run_command("remove", "--undo", "2", "--server", SERVER).status == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("remove",), "the following arguments are required: NUMBER"),
        (("remove", "Flex"), "argument NUMBER: 'Flex' is no number of a posting"),
        (("remove", "1", "--server", "rolecall"), "argument --server: 'rolecall' is no id of a Discord server"),
        (("remove", "-1"), "argument NUMBER: '-1' is no number of a posting"),
    ],
)
def test_wrong_usage_is_told_in_one_line(arguments: tuple[str, ...], told: str) -> None:
    ran = run_command(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"rolecall: {told}")
