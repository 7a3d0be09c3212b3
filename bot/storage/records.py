"""What the Store says of postings, beside the postings themselves."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from bot.domain.posting import KeptPosting
from bot.domain.proposal import Proposal


class Outcome(StrEnum):
    """What keeping a posting came to."""

    ADDED = "added"
    """It was not there, or had been removed."""

    UPDATED = "updated"
    """It is a new revision of a posting that was there: its words changed, or what a person put right in it."""

    UNCHANGED = "unchanged"
    """Its words were there already; what was found in them is now what the newest reader found."""


class RowState(StrEnum):
    """What a stored revision is now; one revision of each posting is current or removed, all others are superseded."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    REMOVED = "removed"


class Kept(NamedTuple):
    """What became of one posting that was to be kept."""

    outcome: Outcome
    id: int
    """Stays the same over all revisions."""

    revision: int
    """Counts from 1."""


class Listed(NamedTuple):
    """A current posting without its text and facts: enough for an index or a listing, and light."""

    id: int
    scope: str
    company: str | None
    title: str | None
    source: str
    link: str | None
    read_at: datetime
    """UTC."""


class Changes(NamedTuple):
    """What happened to the current postings of some scopes; both lists are in no order."""

    version: int
    """The Store's version that the changes lead to: ask for what changed since it next time."""

    current: list[Listed]
    """Postings that are new, revised, read anew or restored."""

    gone: list[int]
    """Ids of postings that were removed; also of ones that the asker may never have seen."""


class Revision(NamedTuple):
    """One revision in a posting's history."""

    state: RowState
    changed_at: datetime
    """When its state or content was last written (UTC)."""

    kept: KeptPosting


class Sameness(StrEnum):
    """By what a posting is one that is there already."""

    SAME_WORDS = "same_words"
    SAME_IDENTITY = "same_identity"
    """Its link, or else its source, company and title."""


class Same(NamedTuple):
    """The current posting that another one repeats or revises."""

    how: Sameness
    id: int
    revision: int


class Settlement(StrEnum):
    """What keeping or cancelling a proposal came to."""

    KEPT = "kept"
    CANCELLED = "cancelled"
    KEPT_BEFORE = "kept_before"
    CANCELLED_BEFORE = "cancelled_before"
    CHANGED_MEANWHILE = "changed_meanwhile"
    """The posting that it revises is gone or has another revision than the person saw; the proposal is still open."""


class Settled(NamedTuple):
    """What became of a proposal."""

    how: Settlement
    kept: Kept | None
    """Only where it was kept just now; `proposal.kept_as` is the posting's id also later."""

    proposal: Proposal
    """As it is now."""
