"""A posting as it was read, what was done, proposed and reported on it, and what a server's admins set."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.facts import Fact, Model
from bot.domain.person import Actor
from bot.domain.query import Query

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
    read_at: datetime
    posting: Posting
    stated: frozenset[str] = frozenset()
    """The topics on which it states anything, where the facts of some alone were read."""


# What was done to a posting, by whom and when.


class ActionKind(StrEnum):
    """What was done."""

    ADDED = "added"
    UPDATED = "updated"
    """Its text changed."""

    CORRECTED = "corrected"
    """Its text stayed, and a person put right what was read in it, or took that back."""

    REMOVED = "removed"
    RESTORED = "restored"
    """A removed posting, or an older revision, was brought back."""

    CLOSED = "closed"
    """It was found to take no more applications."""

    REOPENED = "reopened"
    REPOSTED = "reposted"
    """It was found to be of the job of an earlier posting, which is closed, under a new link."""


class Action(Model):
    """One change of one posting; what it said before and after are the revisions that are named."""

    posting: int
    scope: str
    kind: ActionKind
    by: Actor
    at: datetime
    company: str | None = None
    title: str | None = None
    """As they were afterwards; for a removal as they had been."""

    before: int | None = None
    """The revision that was current before; None where none was."""

    after: int | None = None
    """The revision that is current since; None where none is."""


# Whether a posting is still open, and the boards that tell.


class Openness(StrEnum):
    """Whether one may still apply."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    """It could not be looked at, or what was seen does not tell."""

    UNCHECKED = "unchecked"
    """Nobody has looked: it has no link, or is new."""


class Evidence(StrEnum):
    """By what that is known."""

    BOARD = "board"
    """It stands on its board, or the whole board was read without it."""

    PAGE = "page"
    """Its own page shows it."""

    GONE = "gone"
    """Its address answers that it is not there."""

    WORDS = "words"
    """Its page says that it is closed."""

    DATE = "date"
    """The closing day that it states is past."""


class OtherPosting(Model):
    """Another posting of the same job."""

    id: int
    company: str | None
    link: str | None


class Sighting(Model):
    """What is known of whether a posting is still open, and where else its job stands."""

    openness: Openness = Openness.UNCHECKED
    by: Evidence | None = None
    at: datetime | None = None
    """When that was found, UTC."""

    seen_at: datetime | None = None
    """When it was last seen open, UTC."""

    also_at: tuple[OtherPosting, ...] = ()
    """The same job elsewhere, as far as it may be seen: with another company, as an agency, or under another link."""

    earlier_at: datetime | None = None
    """It is posted anew: when an earlier posting of the job, closed since, was first read, UTC."""


class FollowedBoard(Model):
    """A job board, feed or careers page that is looked at again and again."""

    id: int
    scope: str
    url: str
    """As it was given, in the spelling in which it is asked."""

    kind: str
    role: str = ""
    """Words that the titles of its postings must have; empty for any."""

    place: str = ""
    """Where its postings must be; empty for anywhere."""

    is_shown_first: bool = False
    """Whether each new posting is shown to those who manage them before it is kept."""

    is_paused: bool = False
    next_at: datetime
    interval: int
    """Seconds from one look to the next."""

    etag: str | None = None
    last_modified: str | None = None
    mark: str | None = None
    """What it answered last, in short: the same mark, the same postings."""

    looked_at: datetime | None = None
    failures: int = 0
    """How often in a row it could not be read."""

    told: str = ""
    """What the last look came to, in one line."""

    @property
    def actor(self) -> Actor:
        """Who its postings are kept by, in their history."""
        return Actor(id=f"board:{self.id}", name=f"{self.kind}, {self.url}"[:100])


# What people wait for.


class Pace(StrEnum):
    """How soon somebody is told."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    """All of a day in one message."""

    WEEKLY = "weekly"


class Watch(Model):
    """What a person, or a server's channel, is told of: a company's postings, one posting, or those that fit a search."""

    id: int = 0
    """Not to be guessed; 0 before it is kept."""

    person: str | None = None
    """Who is told, as an Actor's id; None where a server's channel is."""

    server: int | None = None
    """Where it was made; None in direct messages."""

    channel: int | None = None
    role: int | None = None
    """The id of the role that is mentioned in the channel."""

    scopes: frozenset[str]
    """Whose postings it is about, as far as they may be seen when something is to be told."""

    name: str
    """What it is called: the company, the posting, or the search in the words that it was made with."""

    company: str | None = None
    company_key: str | None = None
    """By which its postings are known, however they spell it."""

    posting: int | None = None
    query: Query | None = None
    language: str = "en"
    pace: Pace = Pace.AT_ONCE
    since: int = 0
    """The ledger's version when it was made: what was done up to it is not told."""

    made_at: datetime
    """UTC; digests come at this time of the day."""

    is_paused: bool = False

    def next_digest(self, now: datetime) -> datetime:
        """Return when what happens now is told: at once, or at the time of the day, and of the week, at which the watch was made."""
        if self.pace is Pace.AT_ONCE:
            return now
        period = timedelta(days=1 if self.pace is Pace.DAILY else 7)
        return self.made_at + period * ((now - self.made_at) // period + 1)

    @property
    def destination(self) -> str:
        """Where it is told, as the outbox has it."""
        return f"channel:{self.server}:{self.channel}" if self.person is None else f"person:{self.person.rpartition(':')[2]}"


# A posting that somebody looks at before it is kept.


class ProposalState(StrEnum):
    """What became of it."""

    OPEN = "open"
    KEPT = "kept"
    CANCELLED = "cancelled"


class Proposal(Model):
    """A posting as it was read and perhaps corrected, not yet kept; it is stored, so that it outlives a restart."""

    id: str
    scope: str
    by: Actor
    made_at: datetime
    posting: Posting
    revises: int | None = None
    """The id of the posting that it becomes a revision of; None: a new one, or whatever has the same words or link."""

    base: int | None = None
    """The revision of that posting that the person saw."""

    state: ProposalState = ProposalState.OPEN
    kept_as: int | None = None


# An answer that somebody holds to be wrong.


class Report(Model):
    """What was asked and said, for those who manage the postings; who asked is not known unless they said so."""

    id: str
    scope: str
    """Whose managers are told."""

    posting: int | None = None
    """The posting that the answer is about; None for an answer about several or none."""

    topic: str | None = None
    country: str | None = None
    question: str = ""
    """In the asker's words; empty for a command's."""

    said: str = ""
    """What the answer showed, in plain words."""

    comment: str = ""
    """What is wrong with it, in their words."""

    by: Actor | None = None
    """Who reported it; None unless they wanted to be named."""

    at: datetime
    """UTC, of the last time."""

    times: int = 1
    is_closed: bool = False


# What one Discord server may have; what everyone sees has no such bounds.


class Quotas(Model):
    """How much of each a server may have, as the host sets it."""

    postings: int
    """Current ones; what was removed does not count."""

    megabytes: int
    """Of their texts, in units of 1,000,000 bytes of UTF-8."""

    previews: int
    """Neither kept nor cancelled."""

    boards: int = 10
    """That are followed, paused ones too."""


# How Rolecall behaves in one Discord server.


class ServerSettings(Model):
    """What a server's admins set."""

    admin_role: int | None = None
    """The id of the role whose members may manage postings, beside those with Manage Server."""

    is_hidden: bool = False
    """Whether answers are shown to the one who asks only, as long as nothing else is said."""

    is_welcomed: bool = False
    """Whether the bot has introduced itself; it does so once."""

    notices_channel: int | None = None
    """The id of the channel that is told what was added, changed and removed."""

    feed_channel: int | None = None
    """The id of the text channel or forum where each new posting is posted."""

    feed_since: int = 0
    """The ledger's version when that was set: what was there before is not posted."""

    language: str | None = None
    """How numbers and countries are written in the server's answers, as a BCP 47 tag; None: as the reader's Discord has it."""
