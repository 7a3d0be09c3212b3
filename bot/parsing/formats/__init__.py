"""What an input format is."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.text.document import Document


def take_nothing(_text: str) -> None:
    """Take no text: what a format does in the way that it does not need."""


@dataclass(frozen=True)
class Format:
    """A layout that postings come in: one that is read as it stands, or markup whose text is written out first."""

    name: str

    read: Callable[[str], Document | None] = take_nothing
    """Takes a whole repaired text; returns None for a text that is not in this layout. Reading the kept text again gives the same."""

    render: Callable[[str], str | None] = take_nothing
    """Takes a whole repaired text; returns the readable text in it, which is kept and read instead, or None if it is not this markup."""
