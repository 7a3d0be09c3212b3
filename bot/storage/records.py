"""What the Store says of postings, beside the postings themselves."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from bot.domain.posting import KeptPosting


class Outcome(StrEnum):
    """What keeping a posting came to."""

    ADDED = "added"
    """It was not there, or had been removed."""

    UPDATED = "updated"
    """It is a new revision of a posting that was there."""

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
