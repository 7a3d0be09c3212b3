"""`try` serves the page until Ctrl-C, leaves nothing behind, and tells in one line what keeps it from doing so."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import run_command

import bot

CTRL_C_IS_IGNORED = signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def start(folder: Path, *options: str, **settings: str) -> subprocess.Popen[str]:
    here = {**os.environ, "PYTHONPATH": str(Path(bot.__file__).parent.parent), "LOG_LEVEL": "warning", **settings}
    command = [sys.executable, "-m", "bot", "try", *options]
    return subprocess.Popen(  # noqa: S603 - our own
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder, env=here
    )


def address_told_by(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().split()[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signal to one process")
@pytest.mark.skipif(CTRL_C_IS_IGNORED, reason="Ctrl-C is ignored in here, as behind nohup")
def test_ctrl_c_ends_it_and_nothing_is_left_behind(empty_folder: Path) -> None:
    with start(empty_folder, "--no-browser") as process:
        assert address_told_by(process).startswith("http://127.0.0.1:")
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=60)
    assert (process.returncode, complaints) == (130, "")
    assert list(empty_folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes of this kind")
def test_it_opens_in_the_browser(empty_folder: Path) -> None:
    pipe, browser = empty_folder / "pipe", empty_folder / "browser"
    os.mkfifo(pipe)
    browser.write_text(f'#!/bin/sh\necho "$1" > {pipe}\n')
    browser.chmod(0o700)
    with start(empty_folder, BROWSER=str(browser)) as process:
        assert pipe.read_text().strip() == address_told_by(process)
        process.kill()


def test_a_database_may_be_named(empty_folder: Path) -> None:
    with start(empty_folder, "--no-browser", "--database", "kept.db") as process:
        address_told_by(process)
        process.kill()
    assert "Nixtla" in run_command("ask", "--database", "kept.db", "what does nixtla pay?").out


def test_a_port_that_is_taken_is_told_in_one_line(empty_folder: Path) -> None:  # noqa: ARG001 - its settings matter
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = run_command("try", "--no-browser", "--port", str(port))
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.splitlines()[-1].startswith(f"rolecall: port {port} cannot be used")


@pytest.mark.parametrize("written", ["0", "65536", "-1", "http"])
def test_what_is_no_port_is_told_in_one_line(written: str) -> None:
    ran = run_command("try", f"--port={written}")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "is no port; ports are 1 to 65535" in ran.err


def test_without_the_extra_one_line_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "simcord", None)
    ran = run_command("try")
    assert ran.status == 1
    assert ran.err == "rolecall: what the try-out needs is not installed; install it with: python -m pip install -e '.[try]'\n"


def test_a_part_of_the_extra_that_is_missing_is_told_too(empty_folder: Path) -> None:
    without = "import sys; sys.modules['linkify_it'] = None; from bot.__main__ import main; sys.exit(main(['try', '--no-browser']))"
    here = {**os.environ, "PYTHONPATH": str(Path(bot.__file__).parent.parent), "LOG_LEVEL": "warning"}
    ran = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-c", without], capture_output=True, text=True, cwd=empty_folder, env=here, check=False
    )
    assert ran.stderr == "rolecall: what the try-out needs is not installed; install it with: python -m pip install -e '.[try]'\n"
