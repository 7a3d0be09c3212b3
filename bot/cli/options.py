"""Whose postings a command is about, and who gives it."""

import asyncio
import io
import os
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from bot.domain.errors import RolecallError
from bot.presentation.card import harmless

if TYPE_CHECKING:
    from bot.domain.person import Actor


_SERVER_ID = re.compile(r"[0-9]{1,20}")
_NUMBER = re.compile(r"#?(?P<number>[0-9]{1,18})")


def add_server_option(parser: ArgumentParser) -> None:
    """Let a command be about one Discord server's postings."""
    parser.add_argument(
        "--server",
        metavar="ID",
        type=_to_server,
        help="the id of a Discord server, for its own postings (default: those that everyone sees)",
    )


def scope_of(arguments: Namespace) -> str:
    """Return the scope that was named."""
    from bot.domain.posting import EVERYONE

    return arguments.server or EVERYONE


def server_in_words(arguments: Namespace) -> str:
    """Return the option as it is typed again in an example, with a space before it; empty where it was left out."""
    return f" --server {arguments.server}" if arguments.server else ""


def operator() -> "Actor":
    """Return who uses this terminal."""
    from getpass import getuser

    from bot.domain.person import Actor

    try:
        login = getuser()
    except (OSError, KeyError):  # a user id that has no name
        login = "unknown"
    return Actor(id=f"terminal:{login}"[:100], name=login[:100])


def to_number(written: str) -> int:
    """
    Return a posting's number; raise ArgumentTypeError for anything else.

    >>> to_number("12"), to_number("#12")
    (12, 12)
    """
    match = _NUMBER.fullmatch(written)
    if match is None:
        raise ArgumentTypeError(f"{written!r} is no number of a posting; history shows the numbers")
    return int(match["number"])


def _to_server(written: str) -> str:
    if not _SERVER_ID.fullmatch(written):
        raise ArgumentTypeError(f"{written!r} is no id of a Discord server; copy it with Copy Server ID")
    return str(int(written))


# Where a command writes to: a file that is whole or not touched, or standard output.


@contextmanager
def writing_to(file: Path | None) -> Iterator[Callable[[str], object]]:
    """Give what writes to a file, or to standard output; raise RolecallError where the file cannot be written."""
    if file is None:
        yield sys.stdout.write
        return
    if file.is_dir():
        raise RolecallError(f"{file} is a folder; name a file behind --output")
    try:
        with _opened_whole(file.resolve()) as stream:
            yield stream.write
    except OSError as error:
        raise RolecallError(f"{file} cannot be written ({error.strerror}); name another file behind --output") from error


@contextmanager
def _opened_whole(file: Path) -> Iterator[TextIO]:
    """Open a file for writing so that one that was there stays until the new one is whole; a pipe or device is written at once."""
    if file.exists() and not file.is_file():
        with file.open("w", encoding="utf-8") as stream:
            yield stream
        return
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


# Standard input, output and error, made to carry any text and to end quietly.


def prepare_streams() -> None:
    """Use UTF-8 in pipes and files whatever the locale is; a letter that cannot be shown never stops a command."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            errors = "replace" if stream is sys.stdin or stream.isatty() else "backslashreplace"
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors=errors)


def drop_output() -> None:
    """Let what is still to be printed go nowhere, after the reader of a pipe has left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(message: str) -> None:
    """Tell what is wrong, in one line on standard error."""
    print(f"rolecall: {harmless(message)}", file=sys.stderr)  # noqa: T201


def typed_lines(*, with_blank: bool = False) -> Iterator[str]:
    """Yield the lines of standard input, as they come: those that are not blank, or all."""
    for line in iter(sys.stdin.readline, ""):
        if (words := line.strip().removeprefix("\ufeff")) or with_blank:
            yield words


# Runs what is asynchronous from commands that read their input line by line.

Resource = TypeVar("Resource")


@contextmanager
def opened(opening: AbstractAsyncContextManager[Resource]) -> Iterator[tuple[Resource, asyncio.Runner]]:
    """
    Open something and give it with the runner for its coroutines; close it at the end.

    Between two coroutines no event loop runs, so that Ctrl-C while a line is awaited ends the command at once.
    """
    with asyncio.Runner() as runner:
        resource = runner.run(_enter(opening))
        try:
            yield resource, runner
        finally:
            runner.run(_leave(opening))


async def _enter(opening: AbstractAsyncContextManager[Resource]) -> Resource:
    return await opening.__aenter__()


async def _leave(opening: AbstractAsyncContextManager[Resource]) -> None:
    await opening.__aexit__(None, None, None)


# A question that a person at the terminal says yes or no to.

_YES = frozenset({"y", "yes"})


def agrees(question: str, *, is_agreed: bool) -> bool:
    """
    Ask on a terminal and tell whether the answer is yes; where nobody can be asked, only what was agreed to before is done.

    >>> agrees("Remove it?", is_agreed=True)
    True
    """
    if is_agreed:
        return True
    if not sys.stdin.isatty():
        return False
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)  # noqa: T201
    return sys.stdin.readline().strip().lower() in _YES
