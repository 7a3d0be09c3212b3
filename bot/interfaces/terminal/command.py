"""What a command of the command line is."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """One command; its module imports what is heavy only when it runs, so that help is there at once."""

    name: str
    summary: str
    """What it does, in a line of the help."""

    examples: tuple[str, ...]
    """How it is typed, behind `python -m bot`."""

    add_options: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]
    """Does it and returns the exit status: 0, or 1 where something could not be done."""


def add_database_option(
    parser: ArgumentParser, *, default: str | None = None, told: str = "the setting DATABASE_URL, else rolecall.db"
) -> None:
    """Let a command name its database; None stands for the one in the settings, and `told` says in the help what the default is."""
    parser.add_argument(
        "--database",
        metavar="URL",
        type=_to_url,
        default=default,
        help=f"where postings are kept: a file, sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME (default: {told})",
    )


def _to_url(written: str) -> str:
    return written if "://" in written else f"sqlite:///{written}"
