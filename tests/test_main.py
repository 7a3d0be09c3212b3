"""Whatever happens, the command line ends with one clear line and the right status."""

import os
import re
import signal
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest
from builders_terminal import COOK
from command_line import run_command

from bot import __main__
from bot.cli.commands import Command
from bot.domain.errors import NewerSchema

pytestmark = pytest.mark.usefixtures("empty_folder")

ROOT = Path(__main__.__file__).parent.parent
HERE = {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Namespace], int]], None]:
    """Makes `python -m bot try` do something of the test's own."""

    def install(run: Callable[[Namespace], int]) -> None:
        trial = Command(name="try", summary="a trial", examples=("try",), options=(), run=run)
        monkeypatch.setattr(__main__, "COMMANDS", (trial,))

    return install


Install = Callable[[Callable[[Namespace], int]], None]


def failing(error: BaseException) -> Callable[[Namespace], int]:
    def run(_arguments: Namespace) -> int:
        raise error

    return run


CTRL_C_IS_IGNORED = signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def in_a_process(*arguments: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=HERE)  # noqa: S603 - our own


def test_what_a_person_can_mend_is_told_in_one_line(command: Install) -> None:
    command(failing(NewerSchema("rolecall.db was written by a newer Rolecall; update this one")))
    assert run_command("try") == (1, "", "rolecall: rolecall.db was written by a newer Rolecall; update this one\n")


def test_a_message_from_outside_stays_one_line_and_steers_no_terminal(command: Install) -> None:
    command(failing(NewerSchema("a\x1b[31m b\nc")))
    assert run_command("try").err == "rolecall: a b c\n"


def test_a_failure_of_our_own_is_told_by_an_id_that_the_log_has_too(command: Install) -> None:
    command(failing(ZeroDivisionError("of our own making")))
    ran = run_command("try")
    assert ran.status == 1
    told = re.search(r"^rolecall: Something went wrong inside Rolecall \(error id ([0-9A-F]{6})\)\. .*$", ran.err, re.MULTILINE)
    assert told
    assert "LOG_LEVEL=debug" in told[0]
    log = next(line for line in ran.err.splitlines() if line.startswith("{"))
    assert told[1] in log
    assert "of our own making" in log


def test_a_wrong_setting_is_told_before_anything_is_done(command: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    command(failing(AssertionError("not to be reached")))
    monkeypatch.setenv("LOG_FORMAT", "yaml")
    ran = run_command("try")
    assert (ran.status, ran.err) == (1, "rolecall: LOG_FORMAT must be 'auto', 'console' or 'json'; correct it or take it out\n")


def test_what_is_not_installed_is_named_with_the_command_that_installs_it() -> None:
    command = [sys.executable, "-S", "-m", "bot", "ask", "what does flex pay?"]  # as in a new environment: without what pip installed
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=HERE)  # noqa: S603 - our own
    assert ended.returncode == 1
    told = r"rolecall: \w+ is not installed; run python -m pip install -c constraints\.txt -e '\.' in this folder\n"
    assert re.fullmatch(told, ended.stderr)


def test_ctrl_c_ends_quietly(command: Install) -> None:
    command(failing(KeyboardInterrupt()))
    assert run_command("try") == (130, "", "")


def test_the_status_is_what_the_command_returns(command: Install) -> None:
    command(lambda _arguments: 1)
    assert run_command("try") == (1, "", "")


def test_a_reader_that_leaves_early_ends_it_quietly() -> None:
    Path("cook.md").write_text(COOK, "utf-8")
    with in_a_process("parse", "--json", *["cook.md"] * 1500) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b'{"source": "cook.md"')
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_full_disk_is_told_in_one_line() -> None:
    if not Path("/dev/full").is_char_device():
        pytest.skip("this system has no /dev/full")
    Path("cook.md").write_text(COOK, "utf-8")
    command = [sys.executable, "-m", "bot", "parse", "--json", "cook.md"]
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=HERE, check=False)  # noqa: S603 - our own
    assert (ran.returncode, ran.stderr) == (
        1,
        b"rolecall: the disk is full, so what was written is not whole; make room and run it again\n",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows interrupts processes differently")
@pytest.mark.skipif(CTRL_C_IS_IGNORED, reason="Ctrl-C is ignored in here, as behind nohup")
@pytest.mark.parametrize("arguments", [("ask", "--json"), ("chat",)])
def test_ctrl_c_while_a_line_is_awaited_ends_it_quietly(arguments: tuple[str, ...]) -> None:
    with in_a_process(*arguments) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b"what does Flex pay?\n")
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b""
        assert process.wait() == 130
