"""`parse`: what is read in each posting file, as a page or as JSON; nothing is kept."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from bot.cli.options import complain
from bot.cli.page import BLANK, Paragraph, posting_title, quote_paragraphs, telling_paragraphs
from bot.cli.usage import Command
from bot.domain.errors import UnreadablePosting
from bot.domain.posting import Posting
from bot.intake.files import read_stream
from bot.intake.reading import read_posting
from bot.intake.sources import Refusal, Source
from bot.presentation.failures import describe
from bot.topics import TOPICS


def _add_parse_options(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="a posting as text, markdown, HTML, PDF, DOCX or JSON")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for other programs")


def _run_parse(arguments: Namespace) -> int:
    """Show every posting that can be read, also behind one that cannot."""
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
    from bot.cli.page import BLANK, open_console, show

    show(open_console(), [*posting_page(posting), BLANK])


def _print_json(posting: "Posting") -> None:
    from bot.cli.ask import posting_as_json

    print(posting_as_json(posting), flush=True)  # noqa: T201


def _print_error(_file: str, reason: str) -> None:
    complain(reason)


def _print_json_error(file: str, reason: str) -> None:
    from bot.cli.ask import error_as_json

    print(error_as_json(file, reason), flush=True)  # noqa: T201


PARSE = Command(
    name="parse",
    summary="show what is read in posting files, with the words that state it",
    examples=("parse posting.md", "parse --json *.txt > postings.jsonl"),
    add_options=_add_parse_options,
    run=_run_parse,
)


# One file that holds one posting, whatever its format.


def read_posting_file(file: str) -> Posting:
    """Read a posting; UnreadablePosting says in one line why a file holds none."""
    if Path(file).is_dir():
        raise UnreadablePosting(f"{file} is a folder, and parse reads single files; name the files in it, or add them all with import")
    try:
        with Path(file).open("rb") as stream:
            found = tuple(islice(read_stream(file, stream), 2))
    except FileNotFoundError:
        raise UnreadablePosting(f"{file} is not there; check the path") from None
    except PermissionError:
        raise UnreadablePosting(f"{file} may not be read; give this user the right to read it") from None
    except (OSError, ValueError) as error:  # ValueError for a name that no file can have
        raise UnreadablePosting(f"{file} cannot be read ({getattr(error, 'strerror', None) or error}); check the path") from None
    return _only_one(file, found)


def _only_one(file: str, found: Sequence[Source | Refusal]) -> Posting:
    if len(found) > 1:
        raise UnreadablePosting(f"{file} holds several postings; add them all with import, or give each as a file of its own")
    if isinstance(found[0], Refusal):
        raise UnreadablePosting(found[0].reason)
    return read_posting(replace(found[0], name=file, is_vouched_for=True))


# A posting as a page: its head, what was read on each topic with its quotes, and what it does not say.

_INDENT = "  "


def posting_page(posting: Posting) -> Iterator[Paragraph]:
    """Yield the page."""
    yield Paragraph(posting_title(posting.company, posting.title), style="bold")
    if posting.location:
        yield Paragraph(posting.location)
    if posting.link:
        yield Paragraph(posting.link, style="dim", link=posting.link)
    yield Paragraph(f"read from {posting.source}", style="dim")
    for topic in TOPICS:
        facts = topic.facts_in(posting)
        if facts:
            telling = topic.tell_in("en", facts)
            yield BLANK
            yield Paragraph(topic.label, style="bold cyan")
            yield from telling_paragraphs(telling, indent=_INDENT)
            yield from quote_paragraphs((fact.quote for fact in facts), telling, indent=_INDENT * 2)
    yield from _silence(posting)


def _silence(posting: Posting) -> Iterator[Paragraph]:
    silent = [topic.label for topic in TOPICS if not topic.facts_in(posting)]
    if silent:
        yield BLANK
        yield Paragraph(", ".join(silent), first="The posting does not say: ", rest=_INDENT, style="dim")
