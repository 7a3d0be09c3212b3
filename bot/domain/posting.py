"""A posting as it was read."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.facts import Fact, Model
from bot.domain.person import Actor

# What a person put in the place of what was read.


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


HEAD_FIELDS = frozenset(field.value for field in HeadField)


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


def company_and_title(company: str | None, title: str | None, *, otherwise: str = "A posting without a title") -> str:
    """
    Return what a posting is called.

    >>> company_and_title("Acme", "Baker"), company_and_title(None, "Baker"), company_and_title(None, None)
    ('Acme · Baker', 'Baker', 'A posting without a title')
    """
    return " · ".join(filter(None, (company, title))) or otherwise


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
    stated: frozenset[str] = frozenset()
    """The topics on which it states anything, where the facts of some alone were read."""
