"""`report`: each line of posting files beside what was found in it, as a page for the browser; nothing is kept."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain.errors import RolecallError
from bot.interfaces.failures import describe
from bot.interfaces.terminal.command import Command
from bot.interfaces.terminal.output_file import writing_to
from bot.interfaces.terminal.plain_text import harmless
from bot.interfaces.terminal.streams import complain

if TYPE_CHECKING:
    from bot.domain.posting import Posting


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="a posting as text, markdown, HTML, PDF, DOCX or JSON")
    parser.add_argument("--output", metavar="FILE", type=Path, help="the HTML file to write (default: standard output)")


def _run(arguments: Namespace) -> int:
    """Report on every posting that can be read, also behind one that cannot."""
    from bot.interfaces.terminal.report_page import write_report

    _refuse_a_posting_itself(arguments.output, arguments.files)
    postings = [posting for file in arguments.files if (posting := _read(file)) is not None]
    if postings:
        with writing_to(arguments.output) as write:
            for piece in write_report(postings):
                write(piece)
        if arguments.output:
            print(f"report written to {harmless(str(arguments.output))}")  # noqa: T201
    return 0 if len(postings) == len(arguments.files) else 1


def _read(file: str) -> "Posting | None":
    """Return a file's posting, or tell why there is none."""
    from bot.interfaces.terminal.posting_file import read_posting_file

    try:
        return read_posting_file(file)
    except Exception as error:  # noqa: BLE001 - the outermost handler of a file
        complain(describe(error, met_with=file))
        return None


def _refuse_a_posting_itself(output: Path | None, files: list[str]) -> None:
    if output and any(output.exists() and "\0" not in file and Path(file).exists() and output.samefile(file) for file in files):
        raise RolecallError(f"{output} is the posting itself and would be lost; name another file behind --output")


REPORT = Command(
    name="report",
    summary="show each line of posting files beside what was found in it, as HTML",
    examples=("report posting.md --output report.html", "report *.md > report.html"),
    add_options=_add_options,
    run=_run,
)
