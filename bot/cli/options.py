"""Whose postings a command is about, and who gives it."""

import asyncio
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from getpass import getuser
from pathlib import Path
from typing import TextIO, TypeVar

from bot.domain.errors import RolecallError
from bot.domain.person import EVERYONE, Actor


def scope_of(arguments: Namespace) -> str:
    """Return the scope that was named."""
    return arguments.server or EVERYONE


def server_in_words(arguments: Namespace) -> str:
    """Return the option as it is typed again in an example, with a space before it; empty where it was left out."""
    return f" --server {arguments.server}" if arguments.server else ""


def operator() -> Actor:
    """Return who uses this terminal."""
    try:
        login = getuser()
    except (OSError, KeyError):  # a user id that has no name
        login = "unknown"
    return Actor(id=f"terminal:{login}"[:100], name=login[:100])


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
    """
    Open a file for writing so that one that was there stays until the new one is whole; a pipe or device is written at once.

    A new one may be read by its owner only; one that was there lets in whom it let in before.
    """
    if file.exists() and not file.is_file():
        with file.open("w", encoding="utf-8") as stream:
            yield stream
        return
    from bot.storage.address import sweep, unfinished

    sweep(file.parent)
    with unfinished(file.parent) as part:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        if file.exists():
            part.chmod(file.stat().st_mode & 0o777)
        part.replace(file)


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
