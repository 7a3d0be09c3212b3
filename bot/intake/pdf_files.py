"""PDF files: one posting, read out of the pages; hostile until read."""

import logging
import zlib
from io import BufferedReader, BytesIO
from struct import error as StructError  # noqa: N812 - a class with a small name
from typing import TYPE_CHECKING, Any

from bot.domain.errors import UnreadablePosting
from bot.intake.decoding import PDF, check_kind
from bot.intake.pdf_lines import Piece, to_piece, write_pdf_lines
from bot.intake.source import Found, Refusal, Source
from bot.text.unwrap import unwrap

if TYPE_CHECKING:
    from pypdf import PdfReader

_FILE_BOUND = 20_000_000
"""Bytes of a file; a posting with pictures has one million."""

_PAGES_BOUND = 60
_TEXT_BOUND = 1_000_000
"""Characters of all pages."""

_STEPS_BOUND = 1_000_000
"""Drawing steps of all pages, some ten seconds; a page of text has some thousand."""

_LEAST_LETTERS = 20
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
    data = stream.read(_FILE_BOUND + 1)
    if len(data) > _FILE_BOUND:
        yield Refusal(name, f"{name} is larger than {_FILE_BOUND // 1_000_000} MB, which no posting is; give the posting's text")
        return
    try:
        check_kind(data, name, kind=PDF)
        text = unwrap(write_pdf_lines(_read_pages(data, name)))
    except UnreadablePosting as error:
        yield Refusal(name, str(error))
        return
    if sum(map(str.isalnum, text)) < _LEAST_LETTERS:
        yield Refusal(name, f"{name} has no text in it, perhaps only pictures of its pages; give the posting's text")
        return
    yield Source(name, text)


def _read_pages(data: bytes, name: str) -> list[Piece]:
    """Return the words of the pages as they were drawn; UnreadablePosting where they cannot be read out."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every flaw that it reads over
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _protected(name)
        return _read_text(reader, name)
    except DependencyError:
        raise _protected(name) from None
    except (PyPdfError, *_BROKEN) as error:
        raise UnreadablePosting(f"{name} is a damaged PDF; save it anew, or give the posting's text") from error


def _protected(name: str) -> UnreadablePosting:
    return UnreadablePosting(f"{name} is protected with a password; save it without one, or give the posting's text")


def _read_text(reader: "PdfReader", name: str) -> list[Piece]:
    if len(reader.pages) > _PAGES_BOUND:
        raise UnreadablePosting(f"{name} has more than {_PAGES_BOUND} pages, which no posting has; give the posting's text")
    pieces: list[Piece] = []
    steps = length = 0

    def count(*_: Any) -> None:
        nonlocal steps
        steps += 1
        if steps > _STEPS_BOUND:
            raise UnreadablePosting(f"{name} is drawn in far more steps than text is; give the posting's text")

    def take(text: str, *drawn: Any) -> None:
        nonlocal length
        length += len(text)
        if length > _TEXT_BOUND:
            raise UnreadablePosting(f"{name} is longer than any posting; give the posting's text")
        pieces.append(to_piece(text, drawn[1], font=drawn[2], size=drawn[3]))

    for page in reader.pages:
        page.extract_text(visitor_operand_before=count, visitor_text=take)
        pieces.append(Piece("\n", 0, is_bold=False))
    return pieces
