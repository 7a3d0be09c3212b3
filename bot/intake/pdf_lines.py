"""The lines of PDF pages, with those that stand out by their letters marked as headings."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_LARGER = 1.12
"""Headings are at least so much larger than the body's letters; small differences are made by rounding."""

_LONGEST_HEADING = 100
_LEAST_WRAPPED = 30
"""Characters: a large line this long may go on in the next one."""

_GLUE = "\0"
_SENTENCE_END = (".", ",", ";")
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_SHARE_BOLD = 0.5
"""Of all letters: where more are bold than this, bold tells nothing."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words as they were drawn."""

    text: str
    size: float
    """Of the letters, in points as they are seen."""

    is_bold: bool


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float | None = None
    """Of a line that stands out by its size."""

    is_bold: bool = False


def to_piece(text: str, placed: Sequence[Any], *, font: Any, size: Any) -> Piece:
    """Return the piece that a page's words are; `placed` is the matrix that sizes them."""
    scale = max((abs(float(number)) for number in placed[:4]), default=1.0)
    name = str(font.get("/BaseFont", "")).lower() if hasattr(font, "get") else ""
    return Piece(text, round(float(size) * scale, 1), any(word in name for word in _BOLD))


def write_pdf_lines(pieces: Sequence[Piece]) -> str:
    r"""
    Return the text of the pieces, headings marked as in markdown.

    >>> write_pdf_lines([Piece("Needs", 14, False), Piece("\n", 10, False), Piece("We bake bread at night.", 10, False)])
    '## Needs\nWe bake bread at night.'
    """
    letters: Counter[float] = Counter()
    bold = 0
    for piece in pieces:
        count = sum(map(str.isalnum, piece.text))
        letters[piece.size] += count
        bold += count * piece.is_bold
    body = letters.most_common(1)[0][0] if letters else 0.0
    drawn = [_to_line(line, body, tells_by_bold=bold <= _SHARE_BOLD * letters.total()) for line in _cut(pieces)]
    return "\n".join(_mark(drawn)).replace(f"{_GLUE}\n", " ")


def _cut(pieces: Sequence[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        for place, words in enumerate(piece.text.split("\n")):
            if place:
                lines.append([])
            if words:
                lines[-1].append(Piece(words, piece.size, piece.is_bold))
    return lines


def _to_line(pieces: Sequence[Piece], body: float, *, tells_by_bold: bool) -> _Line:
    text = " ".join("".join(piece.text for piece in pieces).split())
    drawn = [piece for piece in pieces if any(map(str.isalnum, piece.text))]
    if not drawn or len(text) > _LONGEST_HEADING or text.endswith(_SENTENCE_END) or "*" in text:
        return _Line(text)
    if all(piece.size >= _LARGER * body for piece in drawn):
        return _Line(text, size=drawn[0].size)
    return _Line(text, is_bold=tells_by_bold and all(piece.is_bold for piece in drawn))


def _mark(lines: Sequence[_Line]) -> Iterator[str]:
    """Yield the lines with the marks of headings; a large one that goes on in the next line is one, bold lines in a row are none."""
    before = _Line("")
    for place, line in enumerate(lines):
        behind = lines[place + 1] if place + 1 < len(lines) else _Line("")
        if line.size:
            is_rest = line.size == before.size and len(before.text) >= _LEAST_WRAPPED
            goes_on = line.size == behind.size and len(line.text) >= _LEAST_WRAPPED
            yield f"{'' if is_rest else '## '}{line.text}" + (_GLUE if goes_on else "")
        else:
            yield f"**{line.text}**" if line.is_bold and not before.is_bold and not behind.is_bold else line.text
        before = line
