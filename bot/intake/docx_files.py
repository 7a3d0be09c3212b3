"""DOCX files: one posting, read out of the document's own XML; hostile until read."""

import zlib
from io import BufferedReader, BytesIO
from xml.etree.ElementTree import ParseError, XMLParser
from zipfile import BadZipFile, ZipFile

from bot.domain.errors import UnreadablePosting
from bot.intake.decoding import ZIP, check_kind
from bot.intake.source import Found, Refusal, Source
from bot.intake.word_paragraphs import WordParagraphs

_FILE_BOUND = 20_000_000
"""Bytes of a file, pictures and all."""

_XML_BOUND = 20_000_000
"""Bytes of the unpacked document; a posting has 200,000."""

_DOCUMENT = "word/document.xml"
_ENCRYPTED = 0x1
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""How a document of old Office begins, and a new one that has a password."""

_LEAST_LETTERS = 20
_CHUNK = 200_000
_BROKEN = (BadZipFile, ParseError, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error)


def read_docx(name: str, stream: BufferedReader) -> Found:
    """Yield the one posting of a DOCX file, or why there is none."""
    data = stream.read(_FILE_BOUND + 1)
    try:
        if not data.startswith(_OLD_OFFICE):
            check_kind(data, name, kind=ZIP)
        text = _read_text(data, name)
    except UnreadablePosting as error:
        yield Refusal(name, str(error))
        return
    if sum(map(str.isalnum, text)) < _LEAST_LETTERS:
        yield Refusal(name, f"{name} has no text in it; give the posting's text")
        return
    yield Source(name, text)


def _read_text(data: bytes, name: str) -> str:
    if len(data) > _FILE_BOUND:
        raise UnreadablePosting(f"{name} is larger than {_FILE_BOUND // 1_000_000} MB, which no posting is; give the posting's text")
    if data.startswith(_OLD_OFFICE):
        raise UnreadablePosting(f"{name} is an old Office document, or has a password; save it as .docx without one, or give its text")
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _read_document(archive, name)
    except KeyError:
        raise UnreadablePosting(f"{name} holds no Word document; save it as .docx, or give the posting's text") from None
    except _BROKEN as error:
        raise UnreadablePosting(f"{name} is a damaged Word document; save it anew, or give the posting's text") from error


def _read_document(archive: ZipFile, name: str) -> str:
    member = archive.getinfo(_DOCUMENT)
    if member.flag_bits & _ENCRYPTED:
        raise UnreadablePosting(f"{name} is protected with a password; save it without one, or give the posting's text")
    if member.file_size > _XML_BOUND:
        raise UnreadablePosting(f"{name} unpacks to more than {_XML_BOUND // 1_000_000} MB, which no posting does; give its text")
    paragraphs = WordParagraphs()
    parser = XMLParser(target=paragraphs)  # noqa: S314 - see above
    with archive.open(member) as opened:
        # No more than the declared size is ever read of a member.
        while chunk := opened.read(_CHUNK):
            parser.feed(chunk)
    parser.close()
    return paragraphs.text
