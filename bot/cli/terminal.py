"""What commands share at a terminal: pages without anything hostile in them, where output goes, who types, and yes or no."""

import asyncio
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path
from textwrap import shorten
from typing import TextIO, TypeVar

from rich.console import Console
from rich.text import Text

from bot.domain.answer import Answer, PostingReference, Rendered, State
from bot.domain.errors import RolecallError
from bot.domain.facts import Quote
from bot.domain.person import EVERYONE, Actor
from bot.domain.posting import company_and_title
from bot.presentation.answer_card import headed_last, not_yet_told, posting_of, render_closed, render_elsewhere, render_sighting
from bot.presentation.charts import chart_lines
from bot.presentation.failures import harmless
from bot.text.markup import strip_markup

_LEAST_WIDTH = 12


@dataclass(frozen=True)
class Paragraph:
    """Words of one style, wrapped to the terminal; `first` stands before the first line, `rest` before the others."""

    words: str = ""
    style: str = ""
    first: str = ""
    rest: str = ""
    link: str | None = None
    """Where a click leads; only an address that the words show themselves."""


BLANK = Paragraph()


def open_console(file: TextIO | None = None) -> Console:
    """Return a console on standard output that takes every text as it is; NO_COLOR and pipes are rich's to know."""
    return Console(file=file or sys.stdout, highlight=False, markup=False, emoji=False)


def show(console: Console, page: Iterable[Paragraph]) -> None:
    """Print a page: wrapped to a terminal's width, one line for each paragraph in a pipe or file."""
    for paragraph in page:
        for line in _lines(console, paragraph):
            console.print(line, soft_wrap=True)


def _lines(console: Console, paragraph: Paragraph) -> Iterable[Text]:
    words = Text(harmless(paragraph.words), style=paragraph.style)
    if paragraph.link:
        words.stylize(f"link {paragraph.link}")
    width = max(_LEAST_WIDTH, console.width - max(len(paragraph.first), len(paragraph.rest)))
    wrapped = words.wrap(console, width, overflow="fold") if console.is_terminal else [words]
    for number, line in enumerate(wrapped or [Text()]):
        line.rstrip()
        yield Text.assemble(paragraph.rest if number else paragraph.first, line)


# How the posting's own words are shown beside what was read in them.

_FEW, _LONGEST_REPEATED = 8, 160
_MOST = 5
"""Quotes on one page; more would bury the answer."""


def rendered_paragraphs(rendered: Rendered, *, indent: str = "") -> Iterator[Paragraph]:
    """Yield what is told: the sentence, then its list."""
    yield Paragraph(rendered.sentence, first=indent, rest=indent)
    for item in rendered.items:
        yield Paragraph(item, first=f"{indent}• ", rest=f"{indent}  ")


def quote_paragraphs(quotes: Iterable[Quote], rendered: Rendered, *, indent: str = "", longest: int | None = None) -> Iterator[Paragraph]:
    """Yield the quotes that say more than what was told already, each below the heading that it stands under, as far as `longest`."""
    left = list(not_yet_told(quotes, (rendered.sentence, *rendered.items)))
    heading: str | None = None
    for quote in headed_last(left[:_MOST]):
        if quote.heading and quote.heading != heading:
            label = strip_markup(quote.heading).strip().rstrip(":")
            yield Paragraph(f"under {label}:", style="dim", first=indent, rest=indent)
        heading = quote.heading
        text = strip_markup(quote.text)
        text = shorten(text, longest, placeholder=" …") if longest else text
        yield Paragraph(text, style="dim", first=f"{indent}> ", rest=f"{indent}> ")
    if len(left) > _MOST:
        yield Paragraph(f"... and {len(left) - _MOST} more", style="dim", first=indent, rest=indent)


# An answer as a page: whose posting, what it says, its own words.

_ABOUT_ONE = (State.ANSWERED, State.NOT_STATED)


def answer_page(answer: Answer) -> Iterator[Paragraph]:
    """Yield the page: company and role above what the posting says, and below it the quotes."""
    if answer.state in _ABOUT_ONE and answer.is_about_one and not answer.listing:
        yield from _head(answer.postings[0])
    for rendered in (answer.rendered, *answer.further):
        yield from rendered_paragraphs(rendered)
    yield from (Paragraph(line) for line in answer.whole.strip().splitlines())
    # A quote that lists the countries which stand above it need not be read twice.
    longest = _LONGEST_REPEATED if answer.eligibility and len(answer.rendered.items) > _FEW else None
    is_about_one = answer.is_about_one and not answer.listing  # else nobody could tell whose words they are
    quotes = [] if not is_about_one else list(quote_paragraphs(answer.quotes, answer.rendered, indent="  ", longest=longest))
    if quotes:
        yield BLANK
        yield from quotes
    if answer.chart:
        yield BLANK
        yield from (Paragraph(line, style="dim") for line in chart_lines(answer.chart, answer.language))
    if answer.corrected_by:
        yield Paragraph(f"Corrected by {answer.corrected_by.name}.", style="dim")
    about = posting_of(answer)
    seen = render_sighting(about.sighting, answer.language, date=lambda at: f"{at:%Y-%m-%d}") if about else render_closed(answer)
    elsewhere = render_elsewhere(about.sighting, answer.language, company=about.company, is_plain=True) if about else ""
    for told in filter(None, (seen, elsewhere)):
        yield Paragraph(f"{told[0].upper()}{told[1:]}.", style="dim")


def _head(posting: PostingReference) -> Iterator[Paragraph]:
    yield Paragraph(company_and_title(posting.company, posting.title), style="bold")
    if posting.link:
        yield Paragraph(posting.link, style="dim", link=posting.link)


# Whose postings a command is about, and who gives it.


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
def writing_to(file: Path | None, *, may_replace: bool = True) -> Iterator[Callable[[str], object]]:
    """Give what writes to a file, or to standard output; raise RolecallError where the file cannot be written, or is there already."""
    if file is None:
        yield sys.stdout.write
        return
    if file.is_dir():
        raise RolecallError(f"{file} is a folder; name a file behind --output")
    if file.is_file() and not may_replace:
        raise RolecallError(f"{file} is there already; name another file, or add --overwrite to replace it")
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
        resource = runner.run(opening.__aenter__())
        try:
            yield resource, runner
        finally:
            runner.run(opening.__aexit__(None, None, None))


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
