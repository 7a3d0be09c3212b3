"""What the Store says of postings, beside the postings themselves."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python

from bot.domain.posting import KeptPosting, Posting, Proposal
from bot.domain.query import SearchKey


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
    revision: int


class Listed(NamedTuple):
    """A current posting without its text and facts: enough for an index or a listing, and light."""

    id: int
    scope: str
    company: str | None
    title: str | None
    source: str
    link: str | None
    read_at: datetime
    location: str | None = None


class Headed(NamedTuple):
    """A current posting as an index of names needs it."""

    id: int
    scope: str
    company: str | None
    title: str | None
    location: str | None
    names: str | None
    """What the posting calls its company beside the name in its head, a line each; None where `called` has them."""

    called: str | None
    """What `FactCodec.call` said of it when it was kept; None where that is not known."""


class Changes(NamedTuple):
    """What happened to the current postings of some scopes; both lists are in no order."""

    version: int
    """The Store's version that the changes lead to: ask for what changed since it next time."""

    current: list[Headed]
    """Postings that are new, revised, read anew or restored."""

    gone: list[int]
    """Ids of postings that were removed; also of ones that the asker may never have seen."""


class Revision(NamedTuple):
    """One revision in a posting's history."""

    state: RowState
    changed_at: datetime
    kept: KeptPosting


class Sameness(StrEnum):
    """By what a posting is one that is there already."""

    SAME_WORDS = "same_words"
    SAME_IDENTITY = "same_identity"
    """Its own link and its title, or without a link its source, company and title."""


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


# The newest version of the database, without asking it each time.

LOOK_SECONDS = 0.5
"""How long what other processes changed may stay unseen: a look takes 0.7 ms, which is more than an answer from memory does."""


class LatestVersion:
    """Remembers the newest version seen and tells when the database is to be looked at again; what is remembered counts at once."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._look_at = 0.0
        self.known: int | None = None

    def remember(self, version: int) -> None:
        """Take in a version that was read or written; versions only rise."""
        self.known = max(version, self.known or 0)

    def is_due(self) -> bool:
        """Tell whether the caller shall look now; the others then go on with what is known meanwhile."""
        now = self._monotonic()
        if self.known is not None and now < self._look_at:
            return False
        self._look_at = now + LOOK_SECONDS
        return True


# How the value of a fact becomes JSON and search keys, and comes back with its type, without the Store knowing any topic.

FindKeys = Callable[[Any], Iterable[SearchKey]]
"""From a value to the keys that its fact is filed under."""

Call = Callable[[Posting, Sequence[str]], str]
"""From a posting's head, and the names that its text calls its company by, to what it is called by."""


@dataclass(frozen=True, slots=True)
class FactCodec:
    """
    Reads and writes values by their topic's name.

    `read_value` raises ValueError (as pydantic does) for JSON that is no value of its topic; that fact is then passed over.
    Facts of topics that are not known are passed over at reading and left as they stand at writing.
    """

    write_value: Callable[[str, Any], Any] = lambda _topic, value: to_jsonable_python(value)
    """Topic and value to plain JSON."""

    read_value: Callable[[str, Any], Any] = lambda _topic, value: value
    """Topic and plain JSON to value."""

    knows: Callable[[str], bool] = lambda _topic: True
    """Whether this Rolecall has a topic of that name."""

    find_keys: Callable[[str, Any], Iterable[SearchKey]] = lambda _topic, _value: ()
    """Topic and value to the keys that the fact is found by in a search."""

    call: Call = lambda _posting, _names: ""
    """A posting's head and its own names to what is kept for an index of names; empty for nothing."""


PLAIN_JSON = FactCodec()
"""Knows every topic, writes models as JSON, reads all values as plain JSON, and files nothing under keys."""


def codec_of(
    adapters: Mapping[str, TypeAdapter[Any]], keys: Mapping[str, FindKeys] | None = None, *, call: Call = PLAIN_JSON.call
) -> FactCodec:
    """
    Return the codec of topics that are given as name and type, with what finds the search keys of those that have any.

    >>> codec = codec_of({"experience": TypeAdapter(float)})
    >>> codec.read_value("experience", 5), codec.knows("horoscope")
    (5.0, False)
    >>> list(codec_of({}, {"experience": lambda years: [SearchKey("years", years, years)]}).find_keys("experience", 5.0))
    [SearchKey(key='years', low=5.0, high=5.0)]
    """
    finders = keys or {}
    return FactCodec(
        write_value=lambda topic, value: adapters[topic].dump_python(value, mode="json"),
        read_value=lambda topic, value: adapters[topic].validate_python(value),
        knows=adapters.__contains__,
        find_keys=lambda topic, value: finders[topic](value) if topic in finders else (),
        call=call,
    )
