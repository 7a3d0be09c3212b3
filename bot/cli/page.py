"""A page for a person to read on a terminal or in a file: paragraphs with their indentation, and nothing hostile in them."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import TextIO

from rich.console import Console
from rich.text import Text

from bot.domain.answer import Answer, PostingReference, Rendered, State
from bot.domain.facts import Quote
from bot.domain.posting import company_and_title
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
    left = _not_yet_rendered(quotes, rendered)
    heading: str | None = None
    for quote in left[:_MOST]:
        if quote.heading and quote.heading != heading:
            yield Paragraph(f"under {_as_label(quote.heading)}", style="dim", first=indent, rest=indent)
        heading = quote.heading
        text = strip_markup(quote.text)
        text = shorten(text, longest, placeholder=" …") if longest else text
        yield Paragraph(text, style="dim", first=f"{indent}> ", rest=f"{indent}> ")
    if len(left) > _MOST:
        yield Paragraph(f"... and {len(left) - _MOST} more", style="dim", first=indent, rest=indent)


def _not_yet_rendered(quotes: Iterable[Quote], rendered: Rendered) -> Sequence[Quote]:
    """Leave out what stands in what is shown word for word, and what was quoted before."""
    seen = {_letters(words) for words in (rendered.sentence, *rendered.items)}
    return [quote for quote in quotes if (key := _letters(quote.text)) not in seen and not seen.add(key)]  # type: ignore[func-returns-value]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, strip_markup(text).casefold()))


def _as_label(heading: str) -> str:
    return f"{strip_markup(heading).strip().rstrip(':')}:"


# An answer as a page: whose posting, what it says, its own words.

_ABOUT_ONE = (State.ANSWERED, State.NOT_STATED)


def answer_page(answer: Answer) -> Iterator[Paragraph]:
    """Yield the page: company and role above what the posting says, and below it the quotes."""
    if answer.state in _ABOUT_ONE and answer.is_about_one_company and not answer.listing:
        yield from _head(answer.postings[0])
    for rendered in (answer.rendered, *answer.further):
        yield from rendered_paragraphs(rendered)
    # A quote that lists the countries which stand above it need not be read twice.
    longest = _LONGEST_REPEATED if answer.eligibility and len(answer.rendered.items) > _FEW else None
    quotes = [] if answer.listing else list(quote_paragraphs(answer.quotes, answer.rendered, indent="  ", longest=longest))
    if quotes:
        yield BLANK
        yield from quotes
    if answer.chart:
        yield BLANK
        # Spaces that stay: a paragraph's own are folded.
        yield from (Paragraph(line.replace(" ", "\u00a0"), style="dim") for line in chart_lines(answer.chart, answer.language))
    if answer.corrected_by:
        yield Paragraph(f"Corrected by {answer.corrected_by.name}.", style="dim")


def _head(posting: PostingReference) -> Iterator[Paragraph]:
    yield Paragraph(company_and_title(posting.company, posting.title), style="bold")
    if posting.link:
        yield Paragraph(posting.link, style="dim", link=posting.link)
