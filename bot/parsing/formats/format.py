"""What an input format is."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.text.document import Document


@dataclass(frozen=True)
class Format:
    """A layout that postings come in."""

    name: str
    read: Callable[[str], Document | None]
    """Takes a whole repaired text; returns None for a text that is not in this layout."""
