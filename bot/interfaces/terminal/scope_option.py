"""Whose postings a command is about, and who gives it."""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.domain.actor import Actor

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

    from bot.domain.actor import Actor

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
