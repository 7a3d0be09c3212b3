"""What a person put in the place of what was read."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.actor import Actor
from bot.domain.fact import Fact
from bot.domain.model import Model


class HeadField(StrEnum):
    """What a posting's head says: a correction's field is one of these, or a topic's name."""

    TITLE = "head_title"
    COMPANY = "head_company"
    LINK = "head_link"
    LOCATION = "head_location"

    @property
    def attribute(self) -> str:
        """The name of the attribute of a Posting."""
        return self.value.removeprefix("head_")


class Correction(Model):
    """
    One field of a posting as a person put it right, with what had been read there.

    It goes on to hold in later revisions of the posting. Where a later text no longer has the words that its facts quote, it rests
    there, and what was read holds.
    """

    field: str
    """A topic's name or a HeadField."""

    facts: tuple[Fact[Any], ...] = ()
    """For a topic what holds; each quote stands in the posting's text. Nothing: the posting does not say, and `read` was misread."""

    words: str | None = None
    """For a head field what holds."""

    read: tuple[Fact[Any], ...] = ()
    """For a topic what had been read."""

    read_words: str | None = None
    """For a head field what had been read."""

    by: Actor
    at: datetime
    """UTC."""
