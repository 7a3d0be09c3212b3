"""The lines of a document that are worth a closer look: cheap tests before patterns that most lines do not need."""

from collections.abc import Iterator, Sequence

from bot.text.alternation import holds_any
from bot.text.document import Line


def join_lines(lines: Sequence[Line]) -> str:
    """Return the lines as one text in lower case, a space and a line end behind each."""
    return " \n".join(line.text for line in lines).lower() + " "


def find_lines_holding(lines: Sequence[Line], pieces: tuple[str, ...]) -> Iterator[Line]:
    r"""
    Yield the lines that hold one of these pieces, in any case; the pieces are in lower case.

    A line counts as followed by a space, so that a piece may end a word.

    >>> from bot.text.lines import read_lines
    >>> [line.text for line in find_lines_holding(read_lines("* A full-time Intern\n* Internal tools"), ("intern ", "part-time"))]
    ['A full-time Intern']
    """
    present = tuple(filter(join_lines(lines).__contains__, pieces))
    if present:
        yield from (line for line in lines if holds_any(f"{line.text} ", present))
