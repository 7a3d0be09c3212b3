"""A posting that somebody looks at before it is kept."""

from datetime import datetime
from enum import StrEnum

from bot.domain.actor import Actor
from bot.domain.model import Model
from bot.domain.posting import Posting


class ProposalState(StrEnum):
    """What became of it."""

    OPEN = "open"
    KEPT = "kept"
    CANCELLED = "cancelled"


class Proposal(Model):
    """A posting as it was read and perhaps corrected, not yet kept; it is stored, so that it outlives a restart."""

    id: str
    """Twelve letters and digits, not to be guessed."""

    scope: str
    """Where it will belong."""

    by: Actor
    """Who proposed it."""

    made_at: datetime
    """UTC."""

    posting: Posting
    """With its corrections."""

    revises: int | None = None
    """The id of the posting that it becomes a revision of; None: a new one, or whatever has the same words or link."""

    base: int | None = None
    """The revision of that posting that the person saw."""

    state: ProposalState = ProposalState.OPEN
    kept_as: int | None = None
    """The posting's id once it is kept."""
