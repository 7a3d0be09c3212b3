"""The command line explains itself, and tells wrong usage in one line."""

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from command_line import run_command

from bot.__main__ import COMMANDS
from bot.cli import commands

NAMES = [command.name for command in COMMANDS]


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_alone_it_shows_every_command_with_an_example(arguments: tuple[str, ...]) -> None:
    ran = run_command(*arguments)
    assert (ran.status, ran.err) == (0, "")
    for command in COMMANDS:
        assert f"\n  {command.name:9}{command.summary}\n" in ran.out
        assert f"python -m bot {command.examples[0]}\n" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 90


@pytest.mark.parametrize("name", NAMES)
def test_a_command_shows_its_options_and_examples(name: str) -> None:
    ran = run_command(name, "--help")
    assert ran.status == 0
    assert f"usage: python -m bot {name}" in ran.out
    assert f"examples:\n  python -m bot {name}" in ran.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("aks", "what?"), "there is no command 'aks'; did you mean ask? python -m bot --help"),
        (("Import",), "there is no command 'Import'; did you mean import?"),
        (("frobnicate",), "there is no command 'frobnicate'; there are try, run, serve, chat, ask, search, compare, fit, "),
        (("parse",), "the following arguments are required: FILE. python -m bot parse --help"),
        (("import",), "the following arguments are required: PATH|URL."),
        (("export", "--format", "xml"), "argument --format: invalid choice: 'xml'"),
        (("ask", "--database"), "argument --database: expected one argument."),
        (("run", "--database", "nonsense"), "argument --database: 'nonsense' is neither a file such as rolecall.db nor a URL."),
        (("run", "--database", "postgres:jobs"), "argument --database: 'postgres:jobs' is neither a file such as rolecall.db nor a URL."),
        (("parse", "--jsn", "a.md"), "unrecognized arguments: --jsn."),
        (("a\x1b[31mb",), "there is no command"),
    ],
)
def test_wrong_usage_is_told_in_one_line(arguments: tuple[str, ...], told: str) -> None:
    ran = run_command(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"rolecall: {told}")
    assert ran.err.count("\n") == 1
    assert "\x1b" not in ran.err


def test_the_version_is_told() -> None:
    ran = run_command("--version")
    assert ran.status == 0
    assert ran.out.startswith("rolecall ")


def test_help_loads_nothing_heavy() -> None:
    script = "import sys; from bot.__main__ import main; main(['--help']); print(sorted(sys.modules), file=sys.stderr)"
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": os.pathsep.join(sys.path)})  # noqa: S603 - our own
    for heavy in ("sqlalchemy", "pydantic", "rich", "prompt_toolkit", "asyncio", "structlog", "ftfy", "babel"):
        assert f"'{heavy}'" not in ran.stderr


@pytest.mark.parametrize(("module", "function"), re.findall(r'_later\("(\w+)", "(\w+)"\)', Path(commands.__file__).read_text("utf-8")))
def test_what_carries_a_command_out_is_there(module: str, function: str) -> None:
    assert callable(getattr(import_module(f"bot.cli.{module}"), function))
