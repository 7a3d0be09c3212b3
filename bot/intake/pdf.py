"""PDF files: one posting, read out of the pages; hostile until read."""

import logging
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BufferedReader, BytesIO
from struct import error as StructError  # noqa: N812 - a class with a small name
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.domain.errors import UnreadablePosting
from bot.intake.sources import PDF, Found, check_kind, read_document
from bot.text.headings import is_section_name
from bot.text.lexicon import read_lexicon

if TYPE_CHECKING:
    from pypdf import PdfReader


# The lines of PDF pages, with those that stand out by their letters marked as headings.

_LARGER = 1.12
"""Headings are at least so much larger than the body's letters; small differences are made by rounding."""

_LONGEST_HEADING = 100
_LEAST_WRAPPED = 30
"""Characters: a large line this long may go on in the next one."""

_GLUE = "\0"
_SENTENCE_END = (".", ",", ";")
_BOLD: list[str] = read_lexicon("file_words")["fonts"]["bold"]
_SHARE_BOLD = 0.5
"""Of all letters: where more are bold than this, bold tells nothing."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words as they were drawn."""

    text: str
    size: float
    """Of the letters, in points as they are seen."""

    is_bold: bool

    place: "Place | None" = None
    """Where they begin on their page."""

    bullet_depth: int | None = None
    """How deep the bullet is nested that was drawn before them, from 0."""


class Place(NamedTuple):
    """A point on a page and the height of the letters there, in points as they are seen; higher is up."""

    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float | None = None
    """Of a line that stands out by its size."""

    is_bold: bool = False


def to_piece(text: str, placed: Sequence[Any], *, font: Any, size: Any, page: Sequence[Any] | None = None) -> Piece:
    """Return the piece that a page's words are; `placed` is the matrix that sizes them, `page` the one that then places them on it."""
    scale = max((abs(float(number)) for number in placed[:4]), default=1.0)
    name = str(font.get("/BaseFont", "")).lower() if hasattr(font, "get") else ""
    place = None
    if page is not None:
        x, y = to_page(float(placed[4]), float(placed[5]), matrix=[float(number) for number in page])
        place = Place(x, y, float(size) * scale * max(abs(float(number)) for number in page[:4]))
    return Piece(text, round(float(size) * scale, 1), any(word in name for word in _BOLD), place)


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
        depth = piece.bullet_depth
        for place, words in enumerate(piece.text.split("\n")):
            if place:
                lines.append([])
            if words:
                lines[-1].append(Piece(words, piece.size, piece.is_bold, bullet_depth=depth))
                depth = None
    return lines


def _to_line(pieces: Sequence[Piece], body: float, *, tells_by_bold: bool) -> _Line:
    text = " ".join("".join(piece.text for piece in pieces).split())
    drawn = [piece for piece in pieces if any(map(str.isalnum, piece.text))]
    if drawn and (depth := drawn[0].bullet_depth) is not None and not _ITEM.match(text):
        return _Line(f"{_INDENT * depth}• {text}")
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


# Text that was wrapped at a page's margin, with its paragraphs made whole again.

_ITEM = re.compile(r"\s*(?:[*+\-•·●○◦▪■□‣∙–—✓✔➢➤►❖✦o]\s|\d{1,2}[.)]\s|[•●▪‣✓✔➢])")
_LABEL = re.compile(r"[A-ZÀ-Þ][^:.]{1,38}:(?:\s|$)")
_END = (".", "!", "?", ":", ";")
_WRAPPED_SENTENCE_END = (".", "!", "?")
_MARKS = ("#", "**")
_LEAST_WIDTH = 50
"""Characters: narrower text is a list or a poem, and not wrapped."""

_MARGIN = 0.9
"""Letters differ in width: a line that the next word would have taken to this part of the width was full."""

_LINES_AT_MARGIN = 10
"""One line in so many, at least, reaches the width: the longest few may stick out."""


def unwrap(text: str) -> str:
    r"""
    Join the lines that were broken because the next word did not fit, and leave the others as they are.

    >>> print(unwrap("We bake bread for forty towns along the river and deliver\nRye before the sun is up.\nOven\nFlour"))
    We bake bread for forty towns along the river and deliver Rye before the sun is up.
    Oven
    Flour
    """
    lines = text.split("\n")
    width = _width(lines)
    if width < _LEAST_WIDTH:
        return text
    written, before = [lines[0].rstrip()], lines[0].strip()
    for line in lines[1:]:
        if _goes_on(before, line, width):
            # A word that was divided at the margin keeps its hyphen: "full-" and "time" are one word with it.
            is_divided = before.endswith("-") and not before.endswith(" -") and line.strip()[:1].islower()
            written += ["" if is_divided else " ", line.strip()]
        else:
            written += ["\n", line.rstrip()]
        before = line.strip()
    return "".join(written)


def _width(lines: list[str]) -> int:
    """Return how long a full line is: the length that the longest tenth of the lines reaches."""
    lengths = sorted((len(line.strip()) for line in lines if line.strip()), reverse=True)
    return lengths[len(lengths) // _LINES_AT_MARGIN] if lengths else 0


def _goes_on(before: str, line: str, width: int) -> bool:
    """Tell whether a line is the rest of the one before: its first word would not have fitted there, and it begins nothing new."""
    words = line.split(None, 1)
    if not before or not words or _begins_something(line.strip(), after=before):
        return False
    is_full = len(before) + 1 + len(words[0]) >= _MARGIN * width
    if before.endswith(_END):
        # A sentence that ends at the margin may end its paragraph: only prose goes on there, and no heading.
        return len(before) >= _MARGIN * width and (len(line) >= width // 2 or line.rstrip().endswith(_WRAPPED_SENTENCE_END))
    return is_full or (words[0][0].islower() and len(before) >= _LEAST_WIDTH)


def _begins_something(line: str, *, after: str) -> bool:
    """Tell whether a line begins an item, a part of the text or a labelled statement, or stands behind what announces it."""
    if line.startswith(_MARKS) or after.startswith(_MARKS):
        return True
    return bool(
        _ITEM.match(line)
        or after.endswith(":")
        or (not line[0].islower() and is_section_name(line))
        or (_LABEL.match(line) and after.endswith(_END))
    )


_PAGES_BOUND = 60
_TEXT_BOUND = 1_000_000
"""Characters of all pages."""

_STEPS_BOUND = 1_000_000
"""Drawing steps of all pages, some ten seconds; a page of text has some thousand."""

_BROKEN = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
    NotImplementedError,
    OSError,
    EOFError,
    zlib.error,
    StructError,
)
"""What a PDF that is damaged or made to do harm raises beside the library's own errors: it trusts what stands in the file."""


def read_pdf(name: str, stream: BufferedReader) -> Found:
    """Yield the one posting of a PDF file, or why there is none."""
    return read_document(name, stream, read=_read_text, empty="perhaps only pictures of its pages")


def _read_text(data: bytes, name: str) -> str:
    check_kind(data, name, kind=PDF)
    return unwrap(write_pdf_lines(_read_pages(data, name)))


def _read_pages(data: bytes, name: str) -> list[Piece]:
    """Return the words of the pages as they were drawn; UnreadablePosting where they cannot be read out."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every flaw that it reads over
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _protected(name)
        return _read_drawn(reader, name)
    except DependencyError:
        raise _protected(name) from None
    except (PyPdfError, *_BROKEN) as error:
        raise UnreadablePosting(f"{name} is a damaged PDF; save it anew, or give the posting's text") from error


def _protected(name: str) -> UnreadablePosting:
    return UnreadablePosting(f"{name} is protected with a password; save it without one, or give the posting's text")


def _read_drawn(reader: "PdfReader", name: str) -> list[Piece]:
    if len(reader.pages) > _PAGES_BOUND:
        raise UnreadablePosting(f"{name} has more than {_PAGES_BOUND} pages, which no posting has; give the posting's text")
    drawing = _Drawing(name)
    for page in reader.pages:
        page.extract_text(visitor_operand_before=drawing.follow, visitor_text=drawing.take)
        drawing.end_page()
    return drawing.pieces


# Bullets that are drawn as small shapes and are no letters, as browsers print them.


class Dot(NamedTuple):
    """A small shape on a page: its left and right edge and its middle's height, in points; higher is up."""

    left: float
    right: float
    y: float


_PAINTS_PATH = frozenset((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s"))
_DRAWS_TO = {b"m": 2, b"l": 2, b"c": 6, b"v": 4, b"y": 4}
"""How many numbers each step of a path takes: points, two each."""

_LEAST_DOT, _LARGEST_DOT = 1.2, 9.0
_ROUND = 1.7
"""A dot is at most so many times as wide as it is high, and the other way round."""

_MOST_DOTS = 5_000
_MIDDLE, _WITHIN, _FARTHEST = 0.34, 0.45, 3.0
"""In heights of letters: where a dot's middle stands above the line, how far off it may be, and how far before the words."""

_SAME_EDGE = 6.0
_INDENT = "  "


class _Drawing:
    """Follows how pages are drawn, and keeps their words, those marked that a small shape stands before."""

    def __init__(self, name: str) -> None:
        self.pieces: list[Piece] = []
        self._name = name
        self._steps = self._length = 0
        self._drawn: list[Piece] = []
        self._dots: list[Dot] = []
        self._points: list[tuple[float, float]] = []

    def take(self, text: str, *drawn: Any) -> None:
        """Take words with the two matrices that place them, their font and its size."""
        page, placed, font, size = drawn
        self._length += len(text)
        if self._length > _TEXT_BOUND:
            raise UnreadablePosting(f"{self._name} is longer than any posting; give the posting's text")
        self._drawn.append(to_piece(text, placed, font=font, size=size, page=page))

    def end_page(self) -> None:
        self.pieces += [*with_bullets(self._drawn, self._dots), Piece("\n", 0, is_bold=False)]
        self._drawn, self._dots, self._points = [], [], []

    def follow(self, operator: bytes, operands: Sequence[Any], matrix: Sequence[float], *_: Any) -> None:
        """Take one drawing step with its numbers, and the matrix that places them on the page."""
        self._steps += 1
        if self._steps > _STEPS_BOUND:
            raise UnreadablePosting(f"{self._name} is drawn in far more steps than text is; give the posting's text")
        if operator == b"re":
            x, y, width, height = map(float, operands)
            self._add((x, y, x + width, y + height), matrix)
        elif (count := _DRAWS_TO.get(operator)) is not None:
            self._add(tuple(map(float, operands[:count])), matrix)
        elif operator in _PAINTS_PATH:
            self._keep()
        elif operator == b"n":
            self._points = []

    def _add(self, numbers: Sequence[float], matrix: Sequence[float]) -> None:
        if len(self._points) < _MOST_DOTS:
            self._points += [to_page(x, y, matrix=matrix) for x, y in zip(numbers[::2], numbers[1::2], strict=False)]

    def _keep(self) -> None:
        points, self._points = self._points, []
        if not points or len(self._dots) >= _MOST_DOTS:
            return
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        low, high = min(y for _, y in points), max(y for _, y in points)
        width, height = right - left, high - low
        is_small = min(width, height) >= _LEAST_DOT and max(width, height) <= _LARGEST_DOT
        if is_small and max(width, height) <= _ROUND * min(width, height):
            self._dots.append(Dot(left, right, (low + high) / 2))


def to_page(x: float, y: float, *, matrix: Sequence[float]) -> tuple[float, float]:
    """
    Return where a matrix of six numbers places a point.

    >>> to_page(2, 3, matrix=(1, 0, 0, -1, 10, 100))
    (12, 97)
    """
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def with_bullets(pieces: Sequence[Piece], dots: Sequence[Dot]) -> list[Piece]:
    """Return a page's pieces, those marked that a dot stands before on their line; dots farther in are nested deeper."""
    edges: list[float] = []
    for left in sorted(dot.left for dot in dots):
        if not edges or left - edges[-1] > _SAME_EDGE:
            edges.append(left)
    marked = list(pieces)
    for at, piece in enumerate(pieces):
        if piece.place is not None and any(map(str.isalnum, piece.text)):
            before = [dot for dot in dots if _stands_before(dot, piece.place)]
            if before:
                left = max(before, key=lambda dot: dot.right).left
                depth = sum(edge <= left for edge in edges) - 1
                marked[at] = replace(piece, bullet_depth=depth)
    return marked


def _stands_before(dot: Dot, place: Place) -> bool:
    is_level = abs(dot.y - place.y - _MIDDLE * place.height) <= _WITHIN * place.height
    return is_level and 0 <= place.x - dot.right <= _FARTHEST * place.height
