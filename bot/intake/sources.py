"""What an import is made of: texts with their names, and refusals that say why something is none."""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from typing import TYPE_CHECKING, TypeAlias
from zipfile import BadZipFile

from bot.domain.errors import UnreadablePosting
from bot.domain.person import ROLECALL, Actor

if TYPE_CHECKING:
    from bot.storage.store import Store  # a process that only reads starts without the database's library

POSTING_BOUND = 5_000_000
"""Bytes of one posting's text; the longest real postings have some 50,000."""

_LABEL_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Source:
    """One text to be read as a posting."""

    name: str
    """Where it stands: a path, `archive.zip/name`, `export.jsonl line 3`. One printable line."""

    text: str
    """As it came; for a record one JSON object."""

    is_record: bool = False
    """Whether it is a posting that Rolecall exported, complete with its facts."""

    link: str | None = None
    """The http(s) address to keep the posting with, whatever its text says; None for the one that the text states."""

    is_vouched_for: bool = False
    """Whether it is the host's own file, so that a record's facts and who corrected them are taken as they stand."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was not kept."""

    source: str
    reason: str
    """One line that names the source: what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Excess(Refusal):
    """A refusal because a bound is broken: nothing that was uploaded with it is kept."""


@dataclass(frozen=True, slots=True)
class PassedOver(Refusal):
    """Files of kinds that are not read, which lay beside postings: told, and no failure."""


@dataclass(frozen=True, slots=True)
class LeftOut(Refusal):
    """A posting that is sound, and for which there was no room."""

    why: str


Found: TypeAlias = Iterator[Source | Refusal]
"""What every reader of files yields, one at a time and in order."""


def to_label(name: str, longest: int = _LABEL_LENGTH) -> str:
    r"""
    Return a name as one printable line, cut in the middle where it is too long.

    >>> to_label("my\nposting.md")
    'my\ufffdposting.md'
    >>> to_label("a" * 20, longest=9)
    'aaaa…aaaa'
    """
    if len(name) > longest:
        half = longest // 2
        name = f"{name[:half]}…{name[-half:]}"
    return name if name.isprintable() else "".join(letter if letter.isprintable() else "\ufffd" for letter in name)


# The bytes of a file as text, or one line that says why they are none.

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


# A document of another kind than text, with one posting in it.

ZIP_BROKEN = (BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error)
"""What zipfile raises for archives that are damaged or made to do harm."""

_DOCUMENT_BOUND = 20_000_000
"""Bytes, pictures and all; a posting with some has one million."""

_LEAST_LETTERS = 20


def read_document(name: str, stream: BufferedReader, *, read: Callable[[bytes, str], str], empty: str = "") -> Found:
    """Yield the text that `read` takes out of a document, or why there is none; `empty` says more of one without any."""
    too_large = f"{name} is larger than {_DOCUMENT_BOUND // 1_000_000} MB, which no posting is; give the posting's text"
    text = read_bounded(name, stream, most=_DOCUMENT_BOUND, read=read, too_large=too_large)
    if isinstance(text, Refusal):
        yield text
    elif sum(map(str.isalnum, text)) < _LEAST_LETTERS:
        why = (
            f"{name} has no text in it, {empty}; give the posting's text" if empty else f"{name} has no text in it; give the posting's text"
        )
        yield Refusal(name, why)
    else:
        yield Source(name, text)


def read_bounded(name: str, stream: BufferedReader, *, most: int, read: Callable[[bytes, str], str], too_large: str) -> str | Refusal:
    """Return the text that `read` takes out of a file, or why there is none: it may raise UnreadablePosting, and no more is read."""
    data = stream.read(most + 1)
    if len(data) > most:
        return Refusal(name, too_large)
    try:
        return read(data, name)
    except UnreadablePosting as error:
        return Refusal(name, str(error))


# What was refused, as a file to read at leisure.

_LONGEST_REASON = 1_000


def refusals_file(refusals: Iterable[Refusal]) -> bytes:
    r"""
    Return a text with one line for each refusal: what it is about, and why it was refused.

    >>> refusals_file([Refusal("a\nb.md", "a\nb.md is empty; give the posting's whole text")]).decode()
    "a\ufffdb.md is empty; give the posting's whole text\n"
    """
    return "".join(f"{_tell(refusal)}\n" for refusal in refusals).encode("utf-8", "replace")


def _tell(refusal: Refusal) -> str:
    reason = to_label(refusal.reason, _LONGEST_REASON)
    source = to_label(refusal.source)
    return reason if source in reason else f"{source}: {reason}"


# Where postings are to be kept, and on whose behalf.


@dataclass(frozen=True, slots=True)
class Destination:
    """What an import keeps its postings in."""

    store: "Store"
    scope: str
    """A Discord server's id, or EVERYONE."""

    by: Actor = ROLECALL
    """Who keeps them; corrections in records that the host does not vouch for become theirs."""
