"""`parse`: what is read in each posting file, as a page or as JSON; nothing is kept."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from bot.interfaces.failures import describe
from bot.interfaces.terminal.command import Command
from bot.interfaces.terminal.streams import complain

if TYPE_CHECKING:
    from bot.domain.posting import Posting


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="a posting as text, markdown, HTML, PDF, DOCX or JSON")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for other programs")


def _run(arguments: Namespace) -> int:
    """Show every posting that can be read, also behind one that cannot."""
    from bot.interfaces.terminal.posting_file import read_posting_file

    show_posting, show_error = (_print_json, _print_json_error) if arguments.json else (_print_page, _print_error)
    refused = 0
    for file in arguments.files:
        try:
            posting = read_posting_file(file)
        except Exception as error:  # noqa: BLE001 - the outermost handler of a file
            refused += 1
            show_error(file, describe(error, met_with=file))
        else:
            show_posting(posting)
    return 1 if refused else 0


def _print_page(posting: "Posting") -> None:
    from bot.interfaces.terminal.page import BLANK, open_console, show
    from bot.interfaces.terminal.posting_page import posting_page

    show(open_console(), [*posting_page(posting), BLANK])


def _print_json(posting: "Posting") -> None:
    from bot.interfaces.terminal.as_json import posting_as_json

    print(posting_as_json(posting), flush=True)  # noqa: T201


def _print_error(_file: str, reason: str) -> None:
    complain(reason)


def _print_json_error(file: str, reason: str) -> None:
    from bot.interfaces.terminal.as_json import error_as_json

    print(error_as_json(file, reason), flush=True)  # noqa: T201


PARSE = Command(
    name="parse",
    summary="show what is read in posting files, with the words that state it",
    examples=("parse posting.md", "parse --json *.txt > postings.jsonl"),
    add_options=_add_options,
    run=_run,
)
