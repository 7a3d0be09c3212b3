"""`parse`: what is read in each posting file, as a page or as JSON; nothing is kept."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from bot.cli.ask import error_as_json, posting_as_json
from bot.cli.page import BLANK, Paragraph, open_console, quote_paragraphs, show, telling_paragraphs
from bot.cli.usage import complain
from bot.domain.errors import UnreadablePosting
from bot.domain.posting import Posting, company_and_title
from bot.intake.files import read_stream
from bot.intake.reading import read_posting
from bot.intake.sources import Refusal, Source
from bot.presentation.failures import describe
from bot.topics import TOPICS


def run_parse(arguments: Namespace) -> int:
    """Show every posting that can be read, also behind one that cannot."""
    show_posting, show_error = (_print_json, _print_json_error) if arguments.json else (_print_page, _print_error)
    refused = 0
    for file in arguments.files:
        try:
            for found in read_posting_file(file):
                if isinstance(found, Posting):
                    show_posting(found)
                else:
                    refused += 1
                    show_error(found.source, found.reason)
        except Exception as error:  # noqa: BLE001 - the outermost handler of a file
            refused += 1
            show_error(file, describe(error, met_with=file))
    return 1 if refused else 0


def _print_page(posting: Posting) -> None:
    show(open_console(), [*posting_page(posting), BLANK])


def _print_json(posting: Posting) -> None:
    print(posting_as_json(posting), flush=True)  # noqa: T201


def _print_error(_file: str, reason: str) -> None:
    complain(reason)


def _print_json_error(file: str, reason: str) -> None:
    print(error_as_json(file, reason), flush=True)  # noqa: T201


# One file, whatever its format, and each posting in it.


def read_posting_file(file: str) -> Iterator[Posting | Refusal]:
    """Yield each posting of a file, or why it is none; UnreadablePosting says in one line why the file holds none."""
    if Path(file).is_dir():
        raise UnreadablePosting(f"{file} is a folder, and parse reads single files; name the files in it, or add them all with import")
    try:
        with Path(file).open("rb") as stream:
            found = read_stream(file, stream)
            first = tuple(islice(found, 2))
            is_single = len(first) == 1
            for each in chain(first, found):
                yield _read(replace(each, name=file) if is_single and isinstance(each, Source) else each)
    except FileNotFoundError:
        raise UnreadablePosting(f"{file} is not there; check the path") from None
    except PermissionError:
        raise UnreadablePosting(f"{file} may not be read; give this user the right to read it") from None
    except (OSError, ValueError) as error:  # ValueError for a name that no file can have
        raise UnreadablePosting(f"{file} cannot be read ({getattr(error, 'strerror', None) or error}); check the path") from None


def _read(found: Source | Refusal) -> Posting | Refusal:
    if isinstance(found, Refusal):
        return found
    try:
        return read_posting(replace(found, is_vouched_for=True))
    except UnreadablePosting as error:
        return Refusal(found.name, str(error))


# A posting as a page: its head, what was read on each topic with its quotes, and what it does not say.

_INDENT = "  "


def posting_page(posting: Posting) -> Iterator[Paragraph]:
    """Yield the page."""
    yield Paragraph(company_and_title(posting.company, posting.title), style="bold")
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
