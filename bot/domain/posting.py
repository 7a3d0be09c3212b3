"""A posting as it was read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.correction import Correction, HeadField
from bot.domain.fact import Fact
from bot.domain.model import Model

EVERYONE = "everyone"
"""The scope of postings that everybody sees; any other scope is one Discord server's id."""


class Posting(Model):
    """One job posting: what it is about, its text, and what was found in it."""

    source: str
    """Where it came from: a file name, a URL, a message link."""

    title: str | None
    company: str | None
    """The hiring company as the posting spells it."""

    link: str | None
    """The http(s) address to apply at, or of the posting itself."""

    location: str | None
    """The heading's own words for the place."""

    text: str
    """The whole text after encoding repair; every quote is found in it."""

    facts: Mapping[str, tuple[Fact[Any], ...]] = {}
    """Topic name to what holds, in the posting's order: what was read, or put right; a topic that is silent is not a key."""

    corrections: tuple[Correction, ...] = ()
    """What people put right, at most one a field, those that rest included; the head and the facts are as they have it already."""

    def correction_of(self, field: str) -> Correction | None:
        """Return the correction that holds for a topic or head field; None where there is none, or it rests."""
        found = next((one for one in self.corrections if one.field == field), None)
        if found is None or field in list(HeadField):
            return found
        return found if tuple(self.facts.get(field, ())) == found.facts else None


class KeptPosting(Model):
    """A posting in the Store, with what the Store knows of it."""

    id: int
    """Stays the same over all revisions."""

    scope: str
    revision: int
    """Counts from 1."""

    read_at: datetime
    """When this revision was read (UTC)."""

    posting: Posting
