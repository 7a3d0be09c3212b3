"""What was done to a posting, by whom and when."""

from datetime import datetime
from enum import StrEnum

from bot.domain.actor import Actor
from bot.domain.model import Model


class Deed(StrEnum):
    """What was done."""

    ADDED = "added"
    UPDATED = "updated"
    """Its text changed."""

    CORRECTED = "corrected"
    """Its text stayed, and a person put right what was read in it, or took that back."""

    REMOVED = "removed"
    RESTORED = "restored"
    """A removed posting, or an older revision, was brought back."""


class Action(Model):
    """One change of one posting; what it said before and after are the revisions that are named."""

    posting: int
    """The posting's id."""

    scope: str
    deed: Deed
    by: Actor
    at: datetime
    """UTC."""

    company: str | None = None
    title: str | None = None
    """As they were afterwards; for a removal as they had been."""

    before: int | None = None
    """The revision that was current before; None where none was."""

    after: int | None = None
    """The revision that is current since; None where none is."""
