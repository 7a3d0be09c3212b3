"""`chat` answers what is piped in line by line, and talks with a person on a terminal."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import run_command

import bot


def test_piped_lines_are_answered_one_by_one_without_a_greeting() -> None:
    ran = run_command("chat", typed="what does Flex pay?\n\n/visa Nixtla\n")
    pages = ran.out.strip().split("\n\n")
    assert (ran.status, ran.err) == (0, "")
    assert pages[0].startswith("Flex · ")
    assert any(page.startswith("Nixtla · ") for page in pages)
    assert "\x1b" not in ran.out


def test_a_follow_up_is_about_what_was_just_said() -> None:
    ran = run_command("chat", typed="what does Flex pay?\nand which skills do I need?\n/benefits\n")
    assert sum(line.startswith("Flex · ") for line in ran.out.splitlines()) == 3


def test_json_is_one_object_for_each_line_and_an_empty_line_forgets() -> None:
    ran = run_command("chat", "--json", typed="what does Flex pay?\nand Nomad Health?\n\nand Pachama?\n")
    first, second, third = map(json.loads, ran.out.splitlines())
    assert (ran.status, ran.err) == (0, "")
    assert (first["topics"], second["topics"]) == (["pay"], ["pay"])
    assert second["company"] == "Nomad Health"
    assert "pay" not in third["topics"]


def test_a_command_takes_the_company_behind_it_in_any_case() -> None:
    assert run_command("chat", typed="/Salary flex\n").out == run_command("chat", typed="/salary Flex\n").out


@pytest.mark.parametrize("word", ["/quit", "/QUIT", "quit", "exit"])
def test_what_stands_behind_the_end_is_not_answered(word: str) -> None:
    assert run_command("chat", typed=f"{word}\nwhat does Flex pay?\n") == (0, "", "")


def test_help_postings_and_typos_are_answered_too() -> None:
    ran = run_command("chat", typed="/help\n/postings nix\n/salry Flex\n/\n")
    assert "/salary " in ran.out
    assert "• Nixtla · Machine Learning Engineer" in ran.out
    assert "There is no command /salry; did you mean /salary?" in ran.out
    assert ran.status == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_on_a_terminal_it_greets_answers_and_ends(empty_folder: Path) -> None:
    import pty

    terminal, other_side = pty.openpty()
    here = {**os.environ, "PYTHONPATH": str(Path(bot.__file__).parent.parent), "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
    command = [sys.executable, "-m", "bot", "chat"]
    with subprocess.Popen(  # noqa: S603 - our own
        command, stdin=other_side, stdout=other_side, stderr=other_side, cwd=empty_folder, env=here, start_new_session=True
    ) as process:
        os.close(other_side)
        seen = read_until(terminal, b"Try: ")
        os.write(terminal, b"/postings nix\r")
        seen += read_until(terminal, b"Machine Learning Engineer")
        os.write(terminal, b"/quit\r")
        read_until(terminal, None)
        os.close(terminal)
        assert process.wait() == 0
    assert b"Ask about 5 postings here" in seen


def read_until(terminal: int, words: bytes | None) -> bytes:
    """What a terminal shows until it has shown some words, or until its program ends."""
    seen = b""
    while words is None or words not in seen:
        try:
            more = os.read(terminal, 65536)
        except OSError:  # how Linux tells that the other side is gone
            return seen
        if not more:
            return seen
        seen += more
    return seen
