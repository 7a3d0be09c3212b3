"""The pages of the documentation tell what is there: every command, option, setting and topic, and what is said on them is said."""

import ast
import re
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from builders_discord import on_stage
from command_line import run_command

from bot.__main__ import COMMANDS
from bot.cli.commands import Command
from bot.settings import Settings
from bot.topics import TOPICS
from docs.transcripts import retake

ROOT = Path(__file__).parent.parent
PAGES = {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
EVERYWHERE = "\n".join([(ROOT / "README.md").read_text("utf-8"), *PAGES.values()])
IN_THE_TERMINAL = {"/quit"}
AT_THE_HEALTH_PORT = {"/healthz", "/readyz", "/metrics"}


def rows(page: str, head: str) -> list[list[str]]:
    """Return the cells of the table that begins with a head."""
    table = PAGES[page].partition(f"{head}\n")[2].split("\n\n")[0].splitlines()[1:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table]


# The command line.


def options_of(command: Command) -> set[str]:
    parser = ArgumentParser(add_help=False)
    for add in command.options:
        add(parser)
    return {name for action in parser._actions for name in action.option_strings}  # noqa: SLF001 - argparse tells nobody else


def told_options(name: str) -> set[str]:
    """Return the options that the table of commands shows for one."""
    lines = [first for first, *_ in rows("command-line", "| command | what it does |") if re.match(rf"`python -m bot {name}\b", first)]
    assert lines, f"{name} is not told"
    return {option for line in lines for option in re.findall(r"--[a-z-]+", line)}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.name))
def test_every_command_is_told_with_all_its_options(command: Command) -> None:
    assert told_options(command.name) == options_of(command) - {"--database"}


def test_no_command_is_told_that_is_not_there() -> None:
    told = set(re.findall(r"python -m bot ([a-z]+)", EVERYWHERE))
    assert told <= {command.name for command in COMMANDS}


# Settings.


def test_every_setting_is_told_and_no_other() -> None:
    told = [first.strip("`") for first, *_ in rows("hosting", "| variable | what it sets |")]
    assert sorted(told) == sorted(name.upper() for name in Settings.model_fields)


def test_what_looks_like_a_setting_anywhere_is_one() -> None:
    from test_deploy import OF_OTHERS

    told = set(re.findall(r"`([A-Z]{2,}_[A-Z_]+)(?:=[^`]*)?`", EVERYWHERE))
    assert told - {name.upper() for name in Settings.model_fields} - OF_OTHERS == set()


# Topics and slash commands.


def test_every_topic_is_told_with_its_command_and_no_other() -> None:
    told = [(name, command.strip("`")) for name, command, _ in rows("members", "| topic | command | what is told |")]
    assert [one for one in told if one[0] != "other"] == [(topic.name, f"/{topic.command}") for topic in TOPICS]


def registered(command: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, set[str]]]:
    """Yield a command, or those in its group, with the names of its options."""
    name = f"{above} {command['name']}".strip()
    inner = [option for option in command.get("options") or [] if option["type"] in {1, 2}]
    for option in inner:
        yield from registered(option, name)
    if not inner:
        yield name, {option["name"] for option in command.get("options") or []}


def told_slash(page: str) -> Iterator[tuple[str, set[str]]]:
    """Yield each slash command in a cell or a sentence, with its options; further words in the cell are of the same group."""
    for line in page.splitlines():
        group = ""
        for words in re.findall(r"`([^`]+)`", line.split(" | ")[0] if line.startswith("| ") else line):
            found = re.fullmatch(r"/?([a-z_]+(?: [a-z]+)?)((?: [a-z-]+:)*)(?: …)?", words)
            if found and (words.startswith("/") or group):
                name = found[1] if words.startswith("/") else f"{group} {found[1]}"
                group = name.partition(" ")[0] if " " in name and line.startswith("| ") else ""
                yield name, set(re.findall(r"([a-z-]+):", found[2]))


async def test_every_slash_command_is_told_and_every_one_told_is_there(tmp_path: Path) -> None:
    async with on_stage(tmp_path) as stage:
        there = {name: options for one in stage.env.backend.commands[None].values() for name, options in registered(one)}
    groups = {name.partition(" ")[0] for name in there if " " in name}
    told = [one for page in ("members", "managers", "privacy", "index", "hosting") for one in told_slash(PAGES[page])]
    known = there.keys() | groups | {name[1:] for name in IN_THE_TERMINAL | AT_THE_HEALTH_PORT}
    assert [name for name, _ in told if name not in known] == []
    assert [(name, options) for name, options in told if name in there and not options <= there[name]] == []
    topics = {topic.command for topic in TOPICS}
    assert there.keys() - {"Add as posting"} - topics - {name for name, _ in told} == set()
    assert "*Add as posting*" in PAGES["managers"]


# What is said.


@pytest.mark.parametrize("page", [name for name, text in PAGES.items() if "```console\n$ python -m bot" in text])
def test_the_transcripts_are_what_is_said(page: str, empty_folder: Path) -> None:
    del empty_folder

    def run(words: Sequence[str], piped: str) -> str:
        ran = run_command(*words, typed=piped)
        assert (ran.status, ran.err) == (0, "")
        return ran.out

    assert PAGES[page] == retake(PAGES[page], run), "python -m docs.transcripts takes them again"


def test_every_file_that_a_page_names_is_there() -> None:
    named = set(re.findall(r"`((?:bot|data|tests|benchmarks|docs|deploy|\.ci)/[\w./-]+)(?:::\w+)?`", EVERYWHERE))
    assert {name for name in named if "NAME" not in name and not (ROOT / name).exists()} - {"deploy/.env"} == set()


# Security.


def test_every_test_that_the_page_of_security_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/.]+\.py)(?:::(\w+))?`", PAGES["security"])
    assert len(named) > 30
    functions = {file: functions_in(ROOT / file) for file, _ in named}
    assert [f"{file}::{name}" for file, name in named if name and name not in functions[file]] == []


def functions_in(file: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def calls_in(file: Path) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)}


CALLS = {file: calls_in(file) for file in sorted((ROOT / "bot").rglob("*.py"))}


def test_no_module_starts_a_shell_or_runs_what_it_reads() -> None:
    never = re.compile(
        r"eval|exec|compile|os\.(system|popen|exec\w+|spawn\w+)|subprocess\..+|\w*\.?create_subprocess_\w+|(pickle|marshal|shelve)\..+"
    )
    assert {str(file): found for file, calls in CALLS.items() if (found := {call for call in calls if never.fullmatch(call)})} == {}


def test_no_module_uses_a_broken_hash() -> None:
    hashes = {call for calls in CALLS.values() for call in calls if re.fullmatch(r"(hashlib|hmac)\.\w+|md5|sha1", call)}
    assert {"hashlib.sha256"} <= hashes <= {"hashlib.sha256", "hashlib.blake2b"}
