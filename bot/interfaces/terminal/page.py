"""A page for a person to read on a terminal or in a file: paragraphs with their indentation, and nothing hostile in them."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console
from rich.text import Text

from bot.interfaces.terminal.plain_text import harmless

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
