"""
The kinds of file that hold postings.

KINDS is the one ordered list, the most exact first; the last one takes any file. A new kind is one function and one line here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BufferedReader
from pathlib import PurePath

from bot.intake.docx_files import read_docx
from bot.intake.pdf_files import read_pdf
from bot.intake.record_files import read_records
from bot.intake.source import Found
from bot.intake.text_files import read_text


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file."""

    suffixes: frozenset[str]
    """Lower case, with the dot: how names end that are taken in folders and archives."""

    read: Callable[[str, BufferedReader], Found]
    """Takes the name that is shown, and the file from its beginning; yields lazily."""

    beginnings: tuple[bytes, ...] = ()
    """How a file begins that is of this kind whatever its name."""


KINDS: tuple[Kind, ...] = (
    Kind(frozenset({".jsonl", ".ndjson", ".json", ".jsonld"}), read_records, beginnings=(b'{"rolecall"', b'{"@context"')),
    Kind(frozenset({".pdf"}), read_pdf, beginnings=(b"%PDF-",)),
    Kind(frozenset({".docx"}), read_docx),
    Kind(frozenset({".html", ".htm"}), read_text),
    Kind(frozenset({".md", ".markdown", ".txt", ".text"}), read_text),
)
SUFFIXES = frozenset[str]().union(*(kind.suffixes for kind in KINDS))
"""What is read in folders and archives; a file that is named itself is tried whatever its name."""


def is_posting_name(name: str) -> bool:
    """
    Tell whether a file in a folder or an archive counts as a posting: by its suffix, and not hidden.

    >>> is_posting_name("Cook.MD"), is_posting_name("cook.exe"), is_posting_name("._cook.md")
    (True, False, False)
    """
    path = PurePath(name)
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".")


def read_stream(name: str, stream: BufferedReader) -> Found:
    """Yield what one file holds; `name` is how it is called towards people, and its suffix decides its kind."""
    suffix = PurePath(name).suffix.lower()
    beginning = stream.peek(64)
    for kind in KINDS:
        if suffix in kind.suffixes or (kind.beginnings and beginning.startswith(kind.beginnings)):
            return kind.read(name, stream)
    return KINDS[-1].read(name, stream)
