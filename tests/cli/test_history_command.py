"""`history` says who did what, when, with what it said before and after."""

import getpass
import re
from pathlib import Path

import pytest
from builders_terminal import COOK, HOSTILE
from command_line import run_command

_WHEN = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d UTC: ", re.MULTILINE)


@pytest.fixture(autouse=True)
def _cook(empty_folder: Path) -> Path:
    (empty_folder / "cook.md").write_text(COOK, "utf-8")
    run_command("import", "cook.md")
    return empty_folder


def test_each_action_has_a_line_and_what_changed_below_it(empty_folder: Path) -> None:
    (empty_folder / "cook.md").write_text(COOK.replace("$60,000", "$65,000").replace("- A calm hand with knives\n", "- A van\n"), "utf-8")
    run_command("import", "cook.md")
    run_command("remove", "1", "--yes")
    ran = run_command("history")
    who = getpass.getuser()
    assert (ran.status, ran.err) == (0, "")
    assert _WHEN.sub("", ran.out).splitlines() == [
        f"{who} removed #1 Copper Pan · Cook, revision 2",
        f"{who} updated #1 Copper Pan · Cook, revision 1 → 2",
        "  Pay: $50,000 to $60,000 a year → $50,000 to $65,000 a year",
        "  Requirements:",
        "    - A calm hand with knives",
        "    + A van",
        "  Text: 2 lines added, 2 removed",
        "",
        f"{who} added #1 Copper Pan · Cook, revision 1",
    ]
    assert run_command("history", "1").out == ran.out
    assert len(run_command("history", "--last", "1").out.splitlines()) == 1


def test_a_servers_history_is_its_own(empty_folder: Path) -> None:
    (empty_folder / "clerk.md").write_text(HOSTILE, "utf-8")
    run_command("import", "clerk.md", "--server", "7")
    assert "#2" not in run_command("history").out
    assert run_command("history", "2").err == "rolecall: there is no posting #2 for everyone; python -m bot history shows the numbers\n"
    told = run_command("history", "--server", "7")
    assert "#2" in told.out
    assert "\x1b" not in told.out
    assert "#1" not in told.out
    nothing = run_command("history", "--server", "8")
    assert nothing == (0, "", "rolecall: nothing was done to postings for server 8 yet\n")


@pytest.mark.parametrize("count", ["0", "-1", "many", "1001", "9" * 5000])
def test_a_count_that_is_none_is_refused(count: str) -> None:
    ran = run_command("history", f"--last={count}")
    assert ran.status == 2
    assert "is no number from 1 to 1,000" in ran.err
