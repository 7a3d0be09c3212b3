"""Every command of the command line but `run` and `try`: how it is typed and read, and where it is carried out."""

import re
import sys
from argparse import SUPPRESS, Action, ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from importlib import import_module
from operator import methodcaller
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

# What a command of the command line is, and what is read behind it.

Option: TypeAlias = Callable[[ArgumentParser], object]
"""Lets a parser take one argument."""

option = partial(methodcaller, "add_argument")
"""Makes an Option of what `add_argument` takes."""


@dataclass(frozen=True)
class Command:
    """One command; its module imports what is heavy only when it runs, so that help is there at once."""

    name: str
    summary: str
    """What it does, in a line of the help."""

    examples: tuple[str, ...]
    """How it is typed, behind `python -m bot`."""

    options: tuple[Option, ...]
    run: Callable[[Namespace], int]
    """Does it and returns the exit status: 0, or 1 where something could not be done."""


def _later(module: str, function: str) -> Callable[[Namespace], int]:
    """Return what carries a command out, in a loop where it wants one; its module is imported only then, so that help is there at once."""

    def run(arguments: Namespace) -> int:
        doing: int | Coroutine[Any, Any, int] = getattr(import_module(f"bot.cli.{module}"), function)(arguments)
        if isinstance(doing, int):
            return doing
        import asyncio

        return asyncio.run(doing)

    return run


def to_count(most: int, told: str) -> Callable[[str], int]:
    """
    Return what reads a number from 1 to the most; ArgumentTypeError says that anything else is none such.

    >>> to_count(9, "number from 1 to 9")("7")
    7
    """

    def read(written: str) -> int:
        if written.isascii() and written.isdigit() and 0 < int(written[:9]) <= most:
            return int(written)
        raise ArgumentTypeError(f"{written!r} is no {told}")

    return read


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


def _to_url(written: str) -> str:
    if "://" in written:
        return written
    path = Path(written)
    if not (path.suffix or path.name != written or path.exists()) or _SCHEME.match(written):
        raise ArgumentTypeError(f"{written!r} is neither a file such as rolecall.db nor a URL")
    return f"sqlite:///{written}"


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+]+:")
_SERVER_ID = re.compile(r"[0-9]{1,20}")
_NUMBER = re.compile(r"#?(?P<number>[0-9]{1,18})")


# How what was typed is read.

PROGRAM = "python -m bot"
_DESCRIPTION = """\
Rolecall answers questions about job postings in the postings' own words:
what they state with its quote, or that they do not say. It never guesses."""
_INDENT = 2
_WIDE = partial(RawDescriptionHelpFormatter, max_help_position=26)


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
        end = "" if message.endswith(("?", ".")) else "."
        self.exit(2, f"rolecall: {message}{end} {self.prog} --help shows how it is used.\n")


def _build_parser(commands: Sequence[Command]) -> ArgumentParser:
    parser = _Parser(
        prog=PROGRAM,
        usage=f"{PROGRAM} COMMAND ...",
        description=f"{_DESCRIPTION}\n\n{_table(commands)}",
        epilog=_examples([command.examples[0] for command in commands]) + f"\n\n{PROGRAM} COMMAND --help shows a command's options.",
        formatter_class=_WIDE,
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
            formatter_class=_WIDE,
            allow_abbrev=False,
        )
        for add in command.options:
            add(own)
        own.set_defaults(run=command.run)
    return parser


def _table(commands: Sequence[Command]) -> str:
    width = max(len(command.name) for command in commands) + _INDENT
    return "\n".join(("commands:", *(f"{' ' * _INDENT}{command.name:{width}}{command.summary}" for command in commands)))


def _examples(examples: Sequence[str]) -> str:
    return "\n".join(("examples:", *(f"{' ' * _INDENT}{PROGRAM} {example}" for example in examples)))


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


# Options that several commands have.


def database_option(default: str | None = None, told: str = "the setting DATABASE_URL, else rolecall.db") -> Option:
    """Return what names the database; None stands for the one in the settings, and `told` says in the help what the default is."""
    return option(
        "--database",
        metavar="URL",
        type=_to_url,
        default=default,
        help=f"where postings are kept: a file, sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME (default: {told})",
    )


DATABASE = database_option()
_KEPT = (
    option(
        "--server",
        metavar="ID",
        type=_to_server,
        help="the id of a Discord server, for its own postings (default: those that everyone sees)",
    ),
    DATABASE,
)
_ANSWERED = (option("--json", action="store_true", help="one JSON object, for other programs"), DATABASE)
_JSON_LINES = option("--json", action="store_true", help="one JSON object a line, for other programs")
_YES = option("--yes", action="store_true", help="do not ask first")
_OVERWRITE = option("--overwrite", action="store_true", help="replace the file if it is there already")
_COMPANY = option("company", nargs="+", metavar="COMPANY", help="the company, a role behind a colon; or #NUMBER")
_FILES = option("files", nargs="+", metavar="FILE", help="a posting as text, markdown, HTML, PDF, DOCX or JSON")

_BOARD_ACTIONS = {"add": "follow one", "list": "show all", "check": "look at one now", "pause": "or go on", "remove": "follow one no more"}
_ACTIONS_SHOWN = 20
_MOST_ACTIONS_SHOWN = 1_000
_to_shown = to_count(_MOST_ACTIONS_SHOWN, f"number from 1 to {_MOST_ACTIONS_SHOWN:,}")
_EXPORT_FORMATS = ("jsonl", "jsonld", "csv")
_EXPORT_FORMATS_TOLD = (
    "JSON Lines, one posting a line, or schema.org JobPosting JSON-LD, which can be imported again; or a table in CSV, which cannot"
)

COMMANDS: tuple[Command, ...] = (
    Command(
        name="chat",
        summary="talk about the postings that are here: questions, follow-ups, completion",
        examples=("chat", "chat < questions.txt", "chat --json < questions.txt"),
        options=(
            option("--json", action="store_true", help="one JSON object for each line of standard input; an empty line begins anew"),
            DATABASE,
        ),
        run=_later("chat", "run_chat"),
    ),
    Command(
        name="ask",
        summary="answer a question about the postings that are here",
        examples=('ask "what does Flex pay?"', 'ask "can I work for Nixtla from Kenya?"', "ask --json < questions.txt"),
        options=(
            option(
                "question", nargs="*", metavar="QUESTION", help="what you want to know; without it, a question a line from standard input"
            ),
            _JSON_LINES,
            DATABASE,
        ),
        run=_later("ask", "run_ask"),
    ),
    Command(
        name="search",
        summary="list the postings that fit what you want",
        examples=("search --skill Python --workplace remote --pay '120000 USD a year'", "search --country Kenya --sort pay"),
        options=(
            option("--role", help="words of the title"),
            option("--skill", action="append", metavar="NAME", help="a skill that must be named; may be given several times"),
            option("--country", help="a country, or a state of the USA or province of Canada, that one may work from"),
            option("--workplace", help="remote, hybrid or onsite"),
            option("--pay", metavar="AMOUNT", help="the least pay: '120000 USD a year', '€45 an hour'"),
            option("--years", help="the most years of experience that may be asked for"),
            option("--contract", help="full_time, part_time, contract, internship or temporary"),
            option("--degree", help="the highest degree that may be required: none, bachelor, master, ..."),
            option("--visa", action="store_true", help="only who sponsors a visa"),
            option("--company", help="only the postings of a company"),
            option("--closed", action="store_true", help="postings that are known to be closed, too"),
            option("--sort", help="newest, pay or fit (default: newest)"),
            option("--page", type=_to_shown, default=1, help="which page of the list (default: 1)"),
            option("--silent", action="store_true", help="those that leave open whether they fit"),
            *_ANSWERED,
        ),
        run=_later("ask", "run_search"),
    ),
    Command(
        name="compare",
        summary="put two to five postings side by side",
        examples=('compare Flex "Nomad Health"',),
        options=(
            option("companies", nargs="+", metavar="COMPANY", help="two to five companies, a role behind a colon; or #NUMBER"),
            *_ANSWERED,
        ),
        run=_later("ask", "run_compare"),
    ),
    Command(
        name="fit",
        summary="say which requirements of a posting you meet; nothing of it is kept",
        examples=("fit Flex --country Texas --years 4 --degree bachelor --skill Python",),
        options=(
            _COMPANY,
            option("--country", help="where you live: a country, or a state of the USA"),
            option("--years", help="your years of experience"),
            option("--degree", help="your degree: high_school, bachelor, master, ..."),
            option("--skill", action="append", metavar="NAME", help="a skill of yours; may be given several times"),
            option("--visa", choices=("yes", "no"), help="whether you need an employer who sponsors a visa"),
            option("--pay", metavar="AMOUNT", help="the least that you want: '60000 EUR a year'"),
            *_ANSWERED,
        ),
        run=_later("ask", "run_fit"),
    ),
    Command(
        name="show",
        summary="print a posting's whole text",
        examples=("show Flex", 'show "Flex: staff engineer"'),
        options=(_COMPANY, *_ANSWERED),
        run=_later("ask", "run_show"),
    ),
    Command(
        name="explain",
        summary="show how a message is understood",
        examples=('explain "what does Flex pay?"', 'explain "what does Flex pay?" "and nomad?"'),
        options=(
            option("messages", nargs="+", metavar="MESSAGE", help="a message; each further one goes on about those before it"),
            option("--locale", default="en", help="the language where a message does not tell its own, such as de (default: en)"),
            DATABASE,
        ),
        run=_later("ask", "run_explain"),
    ),
    Command(
        name="parse",
        summary="show what is read in posting files, with the words that state it",
        examples=("parse posting.md", "parse --json *.txt > postings.jsonl"),
        options=(_FILES, _JSON_LINES),
        run=_later("parse", "run_parse"),
    ),
    Command(
        name="report",
        summary="show each line of posting files beside what was found in it, as HTML",
        examples=("report posting.md --output report.html", "report *.md > report.html"),
        options=(
            _FILES,
            option("--output", metavar="FILE", type=Path, help="the HTML file to write (default: standard output)"),
            _OVERWRITE,
        ),
        run=_later("parse", "run_report"),
    ),
    Command(
        name="import",
        summary="add postings from files, folders, archives and web pages",
        examples=("import postings/", "import posting.md archive.zip", "import https://jobs.example/baker --server 613425648685547541"),
        options=(
            option(
                "places",
                nargs="+",
                metavar="PATH|URL",
                help="a posting, a folder with postings (and folders) in it, a zip archive of them, "
                "or the address of a posting or job board",
            ),
            *_KEPT,
        ),
        run=_later("postings", "run_import"),
    ),
    Command(
        name="board",
        summary="follow job boards, feeds and careers pages, and list them",
        examples=("board add https://boards.greenhouse.io/acme --role engineer", "board list", "board check 1", "board remove 1"),
        options=(
            option("action", choices=tuple(_BOARD_ACTIONS), help="; ".join(f"{name}: {what}" for name, what in _BOARD_ACTIONS.items())),
            option("board", nargs="?", metavar="URL|NUMBER", help="the address of a board to add, or the number of one that is followed"),
            option("--role", default="", help="only postings with these words in their title"),
            option("--place", default="", help="only postings in this place: a city, a country, or remote"),
            _YES,
            *_KEPT,
        ),
        run=_later("postings", "run_board"),
    ),
    Command(
        name="remove",
        summary="remove a posting, or bring it back",
        examples=("remove 12", "remove --undo 12", "remove 12 --server 613425648685547541"),
        options=(
            option("number", metavar="NUMBER", type=to_number, help="the posting's number, as history shows it"),
            option("--undo", action="store_true", help="bring the posting back after it was removed"),
            _YES,
            *_KEPT,
        ),
        run=_later("postings", "run_remove"),
    ),
    Command(
        name="history",
        summary="show who did what to which posting",
        examples=("history", "history 12", "history --server 613425648685547541 --last 100"),
        options=(
            option("number", nargs="?", metavar="NUMBER", type=to_number, help="the number of one posting (default: all postings)"),
            option(
                "--last",
                metavar="COUNT",
                type=_to_shown,
                default=_ACTIONS_SHOWN,
                help=f"how many actions (default: the newest {_ACTIONS_SHOWN})",
            ),
            *_KEPT,
        ),
        run=_later("postings", "run_history"),
    ),
    Command(
        name="export",
        summary="write all postings with what was read in them",
        examples=("export --output postings.jsonl", "export --format csv --output postings.csv", "export --reports reports.jsonl"),
        options=(
            option("--format", choices=_EXPORT_FORMATS, default=_EXPORT_FORMATS[0], help=_EXPORT_FORMATS_TOLD),
            option("--output", metavar="FILE", type=Path, help="where to write (default: standard output)"),
            option(
                "--reports",
                metavar="FILE",
                type=Path,
                help="write instead the answers that were reported as not right, as cases for labelled sets, one a line",
            ),
            _OVERWRITE,
            *_KEPT,
        ),
        run=_later("postings", "run_export"),
    ),
    Command(
        name="backup",
        summary="copy the database into one file, also while a bot runs",
        examples=("backup monday.db", "backup --overwrite latest.db"),
        options=(
            option("file", metavar="FILE", type=Path, help="where to write the backup: a file that is not there yet"),
            option("--overwrite", action="store_true", help="replace an older backup of that name, once the new one is whole"),
            DATABASE,
        ),
        run=_later("postings", "run_backup"),
    ),
    Command(
        name="restore",
        summary="bring back a backup; what was there is backed up first",
        examples=("restore monday.db", "restore --yes monday.db"),
        options=(
            option("file", metavar="FILE", type=Path, help="the backup to bring back; the file itself is only read"),
            _YES,
            DATABASE,
        ),
        run=_later("postings", "run_restore"),
    ),
    Command(
        name="move",
        summary="copy everything into another database, such as PostgreSQL",
        examples=("move --to postgresql://rolecall@db/rolecall",),
        options=(
            option("--to", metavar="URL", type=_to_url, required=True, help="an empty database, as a file or a URL; what ended, goes on"),
            DATABASE,
        ),
        run=_later("postings", "run_move"),
    ),
    Command(
        name="check",
        summary="look through the database and say what is damaged in it",
        examples=("check", "check --database rolecall.db"),
        options=(DATABASE,),
        run=_later("postings", "run_check"),
    ),
)
"""In the order of the help; a new one is a declaration here and a function that carries it out."""
