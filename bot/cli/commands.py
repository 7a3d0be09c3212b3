"""Every command of the command line but `run` and `try`: how it is typed and read, and where it is carried out."""

import re
import sys
from argparse import SUPPRESS, Action, ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import NoReturn

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
    if "://" in written:
        return written
    path = Path(written)
    if not (path.suffix or path.name != written or path.exists()) or _SCHEME.match(written):
        raise ArgumentTypeError(f"{written!r} is neither a file such as rolecall.db nor a URL")
    return f"sqlite:///{written}"


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+]+:")


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


_SERVER_ID = re.compile(r"[0-9]{1,20}")
_NUMBER = re.compile(r"#?(?P<number>[0-9]{1,18})")
_EXPORT_FORMATS = ("jsonl", "jsonld", "csv")
_OVERWRITE = "replace the file if it is there already"
_ACTIONS_SHOWN = 20
_MOST_ACTIONS_SHOWN = 1_000


def _later(module: str, function: str) -> Callable[[Namespace], int]:
    """Return what carries a command out; its module is imported only then, so that help is there at once."""

    def run(arguments: Namespace) -> int:
        status: int = getattr(import_module(f"bot.cli.{module}"), function)(arguments)
        return status

    return run


def add_server_option(parser: ArgumentParser) -> None:
    """Let a command be about one Discord server's postings."""
    parser.add_argument(
        "--server",
        metavar="ID",
        type=_to_server,
        help="the id of a Discord server, for its own postings (default: those that everyone sees)",
    )


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


def _to_count(written: str) -> int:
    if not written.isascii() or not written.isdigit() or not 0 < int(written[:9]) <= _MOST_ACTIONS_SHOWN:
        raise ArgumentTypeError(f"{written!r} is no number from 1 to {_MOST_ACTIONS_SHOWN:,}")
    return int(written)


def _add_chat_options(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object for each line of standard input; an empty line begins anew")
    add_database_option(parser)


def _add_ask_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "question", nargs="*", metavar="QUESTION", help="what you want to know; without it, a question a line from standard input"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for other programs")
    add_database_option(parser)


def _add_search_options(parser: ArgumentParser) -> None:
    parser.add_argument("--role", help="words of the title")
    parser.add_argument("--skill", action="append", metavar="NAME", help="a skill that must be named; may be given several times")
    parser.add_argument("--country", help="a country, or a state of the USA or province of Canada, that one may work from")
    parser.add_argument("--workplace", help="remote, hybrid or onsite")
    parser.add_argument("--pay", metavar="AMOUNT", help="the least pay: '120000 USD a year', '€45 an hour'")
    parser.add_argument("--years", help="the most years of experience that may be asked for")
    parser.add_argument("--contract", help="full_time, part_time, contract, internship or temporary")
    parser.add_argument("--degree", help="the highest degree that may be required: none, bachelor, master, ...")
    parser.add_argument("--visa", action="store_true", help="only who sponsors a visa")
    parser.add_argument("--company", help="only the postings of a company")
    parser.add_argument("--closed", action="store_true", help="postings that are known to be closed, too")
    parser.add_argument("--sort", help="newest, pay or fit (default: newest)")
    parser.add_argument("--page", type=_to_count, default=1, help="which page of the list (default: 1)")
    parser.add_argument("--silent", action="store_true", help="those that leave open whether they fit")
    _add_answer_options(parser)


def _add_compare_options(parser: ArgumentParser) -> None:
    parser.add_argument("companies", nargs="+", metavar="COMPANY", help="two to five companies, a role behind a colon; or #NUMBER")
    _add_answer_options(parser)


def _add_show_options(parser: ArgumentParser) -> None:
    parser.add_argument("company", nargs="+", metavar="COMPANY", help="the company, a role behind a colon; or #NUMBER")
    _add_answer_options(parser)


def _add_fit_options(parser: ArgumentParser) -> None:
    parser.add_argument("company", nargs="+", metavar="COMPANY", help="the company, a role behind a colon; or #NUMBER")
    parser.add_argument("--country", help="where you live: a country, or a state of the USA")
    parser.add_argument("--years", help="your years of experience")
    parser.add_argument("--degree", help="your degree: high_school, bachelor, master, ...")
    parser.add_argument("--skill", action="append", metavar="NAME", help="a skill of yours; may be given several times")
    parser.add_argument("--visa", choices=("yes", "no"), help="whether you need an employer who sponsors a visa")
    parser.add_argument("--pay", metavar="AMOUNT", help="the least that you want: '60000 EUR a year'")
    _add_answer_options(parser)


def _add_answer_options(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object, for other programs")
    add_database_option(parser)


def _add_backup_options(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="where to write the backup: a file that is not there yet")
    parser.add_argument("--overwrite", action="store_true", help="replace an older backup of that name, once the new one is whole")
    add_database_option(parser)


def _add_restore_options(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup to bring back; the file itself is only read")
    parser.add_argument("--yes", action="store_true", help="do not ask first")
    add_database_option(parser)


def _add_move_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--to", metavar="URL", type=_to_url, required=True, help="an empty database, as a file or a URL; what ended, goes on"
    )
    add_database_option(parser)


def _add_explain_options(parser: ArgumentParser) -> None:
    parser.add_argument("messages", nargs="+", metavar="MESSAGE", help="a message; each further one goes on about those before it")
    parser.add_argument("--locale", default="en", help="the language where a message does not tell its own, such as de (default: en)")
    add_database_option(parser)


def _add_parse_options(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="a posting as text, markdown, HTML, PDF, DOCX or JSON")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for other programs")


def _add_import_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "places",
        nargs="+",
        metavar="PATH|URL",
        help="a posting, a folder with postings (and folders) in it, a zip archive of them, or the address of a posting or job board",
    )
    add_server_option(parser)
    add_database_option(parser)


def _add_board_options(parser: ArgumentParser) -> None:
    told = {"add": "follow one", "list": "show all", "check": "look at one now", "pause": "or go on", "remove": "follow one no more"}
    parser.add_argument("action", choices=tuple(told), help="; ".join(f"{name}: {what}" for name, what in told.items()))
    parser.add_argument(
        "board", nargs="?", metavar="URL|NUMBER", help="the address of a board to add, or the number of one that is followed"
    )
    parser.add_argument("--role", default="", help="only postings with these words in their title")
    parser.add_argument("--place", default="", help="only postings in this place: a city, a country, or remote")
    parser.add_argument("--yes", action="store_true", help="do not ask first")
    add_server_option(parser)
    add_database_option(parser)


def _add_remove_options(parser: ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER", type=to_number, help="the posting's number, as history shows it")
    parser.add_argument("--undo", action="store_true", help="bring the posting back after it was removed")
    parser.add_argument("--yes", action="store_true", help="do not ask first")
    add_server_option(parser)
    add_database_option(parser)


def _add_export_options(parser: ArgumentParser) -> None:
    told = "JSON Lines, one posting a line, or schema.org JobPosting JSON-LD, which can be imported again; or a table in CSV, which cannot"
    parser.add_argument("--format", choices=_EXPORT_FORMATS, default=_EXPORT_FORMATS[0], help=told)
    parser.add_argument("--output", metavar="FILE", type=Path, help="where to write (default: standard output)")
    told = "write instead the answers that were reported as not right, as cases for labelled sets, one a line"
    parser.add_argument("--reports", metavar="FILE", type=Path, help=told)
    parser.add_argument("--overwrite", action="store_true", help=_OVERWRITE)
    add_server_option(parser)
    add_database_option(parser)


def _add_history_options(parser: ArgumentParser) -> None:
    parser.add_argument("number", nargs="?", metavar="NUMBER", type=to_number, help="the number of one posting (default: all postings)")
    parser.add_argument(
        "--last", metavar="COUNT", type=_to_count, default=_ACTIONS_SHOWN, help=f"how many actions (default: the newest {_ACTIONS_SHOWN})"
    )
    add_server_option(parser)
    add_database_option(parser)


def _add_report_options(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="a posting as text, markdown, HTML, PDF, DOCX or JSON")
    parser.add_argument("--output", metavar="FILE", type=Path, help="the HTML file to write (default: standard output)")
    parser.add_argument("--overwrite", action="store_true", help=_OVERWRITE)


ASK = Command(
    name="ask",
    summary="answer a question about the postings that are here",
    examples=('ask "what does Flex pay?"', 'ask "can I work for Nixtla from Kenya?"', "ask --json < questions.txt"),
    add_options=_add_ask_options,
    run=_later("ask", "run_ask"),
)

SEARCH = Command(
    name="search",
    summary="list the postings that fit what you want",
    examples=("search --skill Python --workplace remote --pay '120000 USD a year'", "search --country Kenya --sort pay"),
    add_options=_add_search_options,
    run=_later("ask", "run_search"),
)

COMPARE = Command(
    name="compare",
    summary="put two to five postings side by side",
    examples=('compare Flex "Nomad Health"',),
    add_options=_add_compare_options,
    run=_later("ask", "run_compare"),
)

FIT = Command(
    name="fit",
    summary="say which requirements of a posting you meet; nothing of it is kept",
    examples=("fit Flex --country Texas --years 4 --degree bachelor --skill Python",),
    add_options=_add_fit_options,
    run=_later("ask", "run_fit"),
)

SHOW = Command(
    name="show",
    summary="print a posting's whole text",
    examples=("show Flex", 'show "Flex: staff engineer"'),
    add_options=_add_show_options,
    run=_later("ask", "run_show"),
)

BACKUP = Command(
    name="backup",
    summary="copy the database into one file, also while a bot runs",
    examples=("backup monday.db", "backup --overwrite latest.db"),
    add_options=_add_backup_options,
    run=_later("postings", "run_backup"),
)

RESTORE = Command(
    name="restore",
    summary="bring back a backup; what was there is backed up first",
    examples=("restore monday.db", "restore --yes monday.db"),
    add_options=_add_restore_options,
    run=_later("postings", "run_restore"),
)

MOVE = Command(
    name="move",
    summary="copy everything into another database, such as PostgreSQL",
    examples=("move --to postgresql://rolecall@db/rolecall",),
    add_options=_add_move_options,
    run=_later("postings", "run_move"),
)

CHECK = Command(
    name="check",
    summary="look through the database and say what is damaged in it",
    examples=("check", "check --database rolecall.db"),
    add_options=add_database_option,
    run=_later("postings", "run_check"),
)

CHAT = Command(
    name="chat",
    summary="talk about the postings that are here: questions, follow-ups, completion",
    examples=("chat", "chat < questions.txt", "chat --json < questions.txt"),
    add_options=_add_chat_options,
    run=_later("chat", "run_chat"),
)

EXPLAIN = Command(
    name="explain",
    summary="show how a message is understood",
    examples=('explain "what does Flex pay?"', 'explain "what does Flex pay?" "and nomad?"'),
    add_options=_add_explain_options,
    run=_later("ask", "run_explain"),
)

PARSE = Command(
    name="parse",
    summary="show what is read in posting files, with the words that state it",
    examples=("parse posting.md", "parse --json *.txt > postings.jsonl"),
    add_options=_add_parse_options,
    run=_later("parse", "run_parse"),
)

IMPORT = Command(
    name="import",
    summary="add postings from files, folders, archives and web pages",
    examples=("import postings/", "import posting.md archive.zip", "import https://jobs.example/baker --server 613425648685547541"),
    add_options=_add_import_options,
    run=_later("postings", "run_import"),
)

BOARD = Command(
    name="board",
    summary="follow job boards, feeds and careers pages, and list them",
    examples=("board add https://boards.greenhouse.io/acme --role engineer", "board list", "board check 1", "board remove 1"),
    add_options=_add_board_options,
    run=_later("postings", "run_board"),
)

REMOVE = Command(
    name="remove",
    summary="remove a posting, or bring it back",
    examples=("remove 12", "remove --undo 12", "remove 12 --server 613425648685547541"),
    add_options=_add_remove_options,
    run=_later("postings", "run_remove"),
)

EXPORT = Command(
    name="export",
    summary="write all postings with what was read in them",
    examples=("export --output postings.jsonl", "export --format csv --output postings.csv", "export --reports reports.jsonl"),
    add_options=_add_export_options,
    run=_later("postings", "run_export"),
)

HISTORY = Command(
    name="history",
    summary="show who did what to which posting",
    examples=("history", "history 12", "history --server 613425648685547541 --last 100"),
    add_options=_add_history_options,
    run=_later("postings", "run_history"),
)

REPORT = Command(
    name="report",
    summary="show each line of posting files beside what was found in it, as HTML",
    examples=("report posting.md --output report.html", "report *.md > report.html"),
    add_options=_add_report_options,
    run=_later("parse", "run_report"),
)


COMMANDS: tuple[Command, ...] = (
    *(CHAT, ASK, SEARCH, COMPARE, FIT, SHOW, EXPLAIN),
    *(PARSE, REPORT, IMPORT, BOARD, REMOVE, HISTORY, EXPORT),
    *(BACKUP, RESTORE, MOVE, CHECK),
)
"""In the order of the help; a new one is a declaration here and a function that carries it out."""
