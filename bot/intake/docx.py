"""DOCX files: one posting, read out of the document's own XML; hostile until read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BufferedReader, BytesIO
from xml.etree.ElementTree import ParseError, XMLParser
from zipfile import ZipFile

from bot.domain.errors import UnreadablePosting
from bot.intake.sources import ZIP, ZIP_BROKEN, Found, check_kind, read_document
from bot.text.lexicon import one_of, read_lexicon

# The paragraphs of a Word document's XML, as lines in the way of markdown.

_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_STYLES: dict[str, list[str]] = read_lexicon("file_words")["styles"]
_HEADING = re.compile(rf"(?:{one_of(_STYLES['heading'])})[ _]?(?P<level>[1-6])", re.IGNORECASE)
_TITLE = re.compile(one_of(_STYLES["title"]), re.IGNORECASE)
_LIST = re.compile(one_of(_STYLES["list"]), re.IGNORECASE)
_LEFT_OUT = frozenset({"Fallback", "del", "moveFrom", "instrText", "delText"})
"""Second copies of drawings, what was struck out, and codes of fields."""

_DEEPEST = 8
_MOST_OPEN = 100_000
"""Paragraphs within paragraphs: a text box in a text box has three, and each takes some 300 bytes of memory."""

_OFF = frozenset({"0", "false", "none", "off"})


@dataclass
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    heading: int | None = None
    depth: int | None = None
    """How deep an item is nested, from 0; None for what is no item."""

    has_plain: bool = False
    """Whether any of its words are not bold."""


class _WordParagraphs:
    """Takes the elements of the XML as a parser meets them, and gives the text; no tree is built."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._open: list[_Paragraph] = []
        self._left_out = 0
        self._is_bold = False
        self._is_text = False

    @property
    def text(self) -> str:
        return "\n".join(self._lines).strip()

    def doctype(self, *_declared: str | None) -> None:
        """Refuse a document type: Word writes none, and entities are declared in it."""
        raise ValueError("a Word document has no document type")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name in _LEFT_OUT or self._left_out:
            self._left_out += 1
        elif name == "p" and tag.startswith((_WORDS, _STRICT)):
            if len(self._open) >= _MOST_OPEN:
                raise ValueError("a Word document has no paragraphs so deep")
            self._open.append(_Paragraph())
        elif name == "r":
            self._is_bold = False
        elif self._open:
            self._begin(name, next((value for key, value in attributes.items() if key.endswith("}val")), ""))

    def data(self, words: str) -> None:
        """Take words; those of other elements than text are left out."""
        if self._is_text and self._open and not self._left_out:
            paragraph = self._open[-1]
            paragraph.pieces.append(words)
            paragraph.has_plain |= not self._is_bold and not words.isspace()

    def end(self, tag: str) -> None:
        if self._left_out:
            self._left_out -= 1
            return
        name = tag.rpartition("}")[2]
        if name == "t":
            self._is_text = False
        elif name == "p" and tag.startswith((_WORDS, _STRICT)) and self._open:
            self._write(self._open.pop())

    def _begin(self, name: str, value: str) -> None:
        paragraph = self._open[-1]
        if name == "t":
            self._is_text = True
        elif name == "tab":
            paragraph.pieces.append(" ")
        elif name in ("br", "cr"):
            paragraph.pieces.append("\n")
        elif name == "b":
            self._is_bold = value.casefold() not in _OFF
        elif name == "pStyle":
            heading = _HEADING.search(value)
            paragraph.heading = int(heading["level"]) if heading else 1 if _TITLE.fullmatch(value) else None
            paragraph.depth = 0 if _LIST.search(value) else paragraph.depth
        elif name == "numPr":
            paragraph.depth = paragraph.depth or 0
        elif name == "ilvl" and value.isdecimal():
            paragraph.depth = min(int(value[:2]), _DEEPEST)
        elif name == "numId" and value == "0":
            paragraph.depth = None

    def _write(self, paragraph: _Paragraph) -> None:
        lines = [" ".join(line.split()) for line in "".join(paragraph.pieces).split("\n")]
        lines = [line for line in lines if line]
        if not lines:
            return
        if paragraph.heading is not None:
            self._lines += ["", "#" * paragraph.heading + " " + " ".join(lines), ""]
        elif paragraph.depth is not None:
            self._lines.append("  " * paragraph.depth + "* " + " ".join(lines))
        else:
            is_bold = not paragraph.has_plain and len(lines) == 1 and "*" not in lines[0]
            self._lines += ["", *([f"**{lines[0]}**"] if is_bold else lines), ""]


_XML_BOUND = 20_000_000
"""Bytes of the unpacked document; a posting has 200,000."""

_DOCUMENT = "word/document.xml"
_ENCRYPTED = 0x1
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""How a document of old Office begins, and a new one that has a password."""

_CHUNK = 200_000


def read_docx(name: str, stream: BufferedReader) -> Found:
    """Yield the one posting of a DOCX file, or why there is none."""
    return read_document(name, stream, read=_read_text)


def _read_text(data: bytes, name: str) -> str:
    if data.startswith(_OLD_OFFICE):
        raise UnreadablePosting(f"{name} is an old Office document, or has a password; save it as .docx without one, or give its text")
    check_kind(data, name, kind=ZIP)
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _read_document(archive, name)
    except KeyError:
        raise UnreadablePosting(f"{name} holds no Word document; save it as .docx, or give the posting's text") from None
    except (ParseError, *ZIP_BROKEN) as error:
        raise UnreadablePosting(f"{name} is a damaged Word document; save it anew, or give the posting's text") from error


def _read_document(archive: ZipFile, name: str) -> str:
    member = archive.getinfo(_DOCUMENT)
    if member.flag_bits & _ENCRYPTED:
        raise UnreadablePosting(f"{name} is protected with a password; save it without one, or give the posting's text")
    if member.file_size > _XML_BOUND:
        raise UnreadablePosting(f"{name} unpacks to more than {_XML_BOUND // 1_000_000} MB, which no posting does; give its text")
    paragraphs = _WordParagraphs()
    parser = XMLParser(target=paragraphs)  # noqa: S314 - see above
    with archive.open(member) as opened:
        # No more than the declared size is ever read of a member.
        while chunk := opened.read(_CHUNK):
            parser.feed(chunk)
    parser.close()
    return paragraphs.text
