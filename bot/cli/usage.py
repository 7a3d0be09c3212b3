"""What was typed behind `python -m bot`, and the help that says what can be."""

import io
import os
import sys
from argparse import SUPPRESS, Action, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import NoReturn

from bot.presentation.failures import harmless

# What a command of the command line is.


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


PROGRAM = "python -m bot"
_DESCRIPTION = """\
Rolecall answers questions about job postings in the postings' own words:
what they state with its quote, or that they do not say. It never guesses."""
_INDENT = 2


def read_arguments(arguments: Sequence[str], commands: Sequence[Command]) -> Namespace:
    """
    Return what was typed, with the command's `run`; it is None where no command was.

    Help, the version and wrong usage end in SystemExit (0, 0 and 2), wrong usage with one line on standard error.
    """
    parser = _build_parser(commands)
    names = [command.name for command in commands]
    typed = arguments[0] if arguments else ""
    if typed and not typed.startswith("-") and typed not in names:
        near = get_close_matches(typed.lower(), names, n=1)
        meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}."
        parser.error(f"there is no command {typed!r}; {meant}")
    return parser.parse_args(arguments)


def help_page(commands: Sequence[Command]) -> str:
    """Return what `--help` shows."""
    return _build_parser(commands).format_help()


class _Parser(ArgumentParser):
    """Says what is wrong in one line, without the usage above it."""

    def error(self, message: str) -> NoReturn:
        """End with status 2."""
        end = "" if message.endswith(("?", ".")) else "."
        self.exit(2, f"rolecall: {message}{end} {self.prog} --help shows how it is used.\n")


def _build_parser(commands: Sequence[Command]) -> ArgumentParser:
    parser = _Parser(
        prog=PROGRAM,
        usage=f"{PROGRAM} COMMAND ...",
        description=f"{_DESCRIPTION}\n\n{_table(commands)}",
        epilog=_examples([command.examples[0] for command in commands]) + f"\n\n{PROGRAM} COMMAND --help shows a command's options.",
        formatter_class=_wide(RawDescriptionHelpFormatter),
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="show the version and end")
    parser.set_defaults(run=None)
    under = parser.add_subparsers(metavar="COMMAND", parser_class=_Parser, help=SUPPRESS)
    for command in commands:
        own = under.add_parser(
            command.name,
            prog=f"{PROGRAM} {command.name}",
            description=f"{command.summary[:1].upper()}{command.summary[1:]}.",
            epilog=_examples(command.examples),
            formatter_class=_wide(RawDescriptionHelpFormatter),
            allow_abbrev=False,
        )
        command.add_options(own)
        own.set_defaults(run=command.run)
    return parser


def _table(commands: Sequence[Command]) -> str:
    width = max(len(command.name) for command in commands) + _INDENT
    return "\n".join(("commands:", *(f"{' ' * _INDENT}{command.name:{width}}{command.summary}" for command in commands)))


def _examples(examples: Sequence[str]) -> str:
    return "\n".join(("examples:", *(f"{' ' * _INDENT}{PROGRAM} {example}" for example in examples)))


def _wide(formatter: type[RawDescriptionHelpFormatter]) -> partial[RawDescriptionHelpFormatter]:
    return partial(formatter, max_help_position=26)


class _ShowVersion(Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: ArgumentParser, *_more: object) -> NoReturn:
        from importlib.metadata import PackageNotFoundError, version

        try:
            installed = version("rolecall")
        except PackageNotFoundError:
            installed = "(not installed, run from its folder)"
        sys.stdout.write(f"rolecall {installed}\n")
        parser.exit()


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
