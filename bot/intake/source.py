"""What an import is made of: texts with their names, and refusals that say why something is none."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

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
