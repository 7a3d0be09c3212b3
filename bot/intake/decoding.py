"""The bytes of a file as text, or one line that says why they are none."""

import re

from bot.domain.errors import UnreadablePosting

_BINARIES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
"""How files begin that people try and that hold no plain text."""

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f\ufffd]")
_CONTROL_SHARE = 0.01
"""Text has none; random bytes without NUL are one tenth control characters."""


def decode_text(data: bytes, name: str) -> str:
    r"""
    Return the text of a file: UTF-8, UTF-16 where a mark at its beginning says so, else Windows-1252.

    Raises UnreadablePosting for an empty file and for one that is not text.

    >>> decode_text("café".encode("cp1252"), "a.txt")
    'café'
    >>> decode_text(b"\x00\x01", "a.bin")
    Traceback (most recent call last):
    bot.domain.errors.UnreadablePosting: a.bin is not text; give the posting as a text or markdown file
    """
    kind = next((kind for beginning, kind in _BINARIES if data.startswith(beginning)), None)
    if kind:
        raise UnreadablePosting(f"{name} is {kind} and not text; give the posting as a text or markdown file")
    text = _decode(data)
    if text is None or "\0" in text or len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise UnreadablePosting(f"{name} is not text; give the posting as a text or markdown file")
    if not text.strip():
        raise UnreadablePosting(f"{name} is empty; give the posting's whole text")
    return text


def encoding_of(beginning: bytes) -> str:
    """Return the name of the Unicode encoding that a file's first bytes announce."""
    return "utf-16" if beginning.startswith(_UTF16_MARKS) else "utf-8-sig"


def _decode(data: bytes) -> str | None:
    encoding = encoding_of(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.removeprefix(_UTF8_MARK).decode("cp1252", "replace") if encoding == "utf-8-sig" else None
