"""The bytes of a file as text, or one line that says why they are none."""

import re

from bot.domain.errors import UnreadablePosting

PDF = "a PDF"
ZIP = "a zip archive or an Office document"
_BINARIES = (
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"MZ\x90\0", "a program"),
    (b"\x7fELF", "a program"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
"""How files begin that people try and that hold no plain text."""

_LOOKED_AT = 400
_NUL_SHARE = 0.8
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16 = "utf-16"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f\ufffd]")
_CONTROL_SHARE = 0.01
"""Text has none; random bytes without NUL are one tenth control characters."""


def name_kind(data: bytes) -> str | None:
    """
    Return what a file is by its first bytes, where it is of a kind that people try and that holds no plain text.

    >>> name_kind(b"%PDF-1.7"), name_kind(b"We cook")
    ('a PDF', None)
    """
    return next((kind for beginning, kind in _BINARIES if data.startswith(beginning)), None)


def check_kind(data: bytes, name: str, *, kind: str) -> None:
    """Raise UnreadablePosting where the first bytes of a file show it to be another kind than its name says."""
    found = name_kind(data)
    if found not in (None, kind):
        raise UnreadablePosting(f"{name} is {found} and not {kind}; name it by what it is, or give the posting's text")


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
    if (kind := name_kind(data)) is not None:
        raise UnreadablePosting(f"{name} is {kind} and not text; give the posting as a text or markdown file")
    if encoding_of(data) != _UTF16 and _is_unmarked_utf16(data):
        raise UnreadablePosting(f"{name} does not say how its letters are encoded; save it as UTF-8, or give the posting's text")
    text = _decode(data)
    if text is None or "\0" in text or len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise UnreadablePosting(f"{name} is not text; give the posting as a text or markdown file")
    if not text.strip():
        raise UnreadablePosting(f"{name} is empty; give the posting's whole text")
    return text


def encoding_of(beginning: bytes) -> str:
    """Return the name of the Unicode encoding that a file's first bytes announce."""
    return _UTF16 if beginning.startswith(_UTF16_MARKS) else "utf-8-sig"


def _is_unmarked_utf16(data: bytes) -> bool:
    """Tell whether every second byte at the beginning is NUL, or nearly: UTF-16 that has no mark, of a script like ours."""
    beginning = data[:_LOOKED_AT]
    halves = beginning[::2], beginning[1::2]
    return min(half.count(0) for half in halves) == 0 and any(half.count(0) > _NUL_SHARE * len(half) for half in halves if len(half) > 1)


def _decode(data: bytes) -> str | None:
    encoding = encoding_of(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.removeprefix(_UTF8_MARK).decode("cp1252", "replace") if encoding == "utf-8-sig" else None
