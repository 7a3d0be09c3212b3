"""What was done to a posting, by whom and when."""

from datetime import datetime
from enum import StrEnum

from bot.domain.facts import Model
from bot.domain.person import Actor
from bot.domain.posting import Posting


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


class Action(Model):
    """One change of one posting; what it said before and after are the revisions that are named."""

    posting: int
    """The posting's id."""

    scope: str
    kind: ActionKind
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


# A posting that somebody looks at before it is kept.


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


# An answer that somebody holds to be wrong.


class Report(Model):
    """What was asked and said, for those who manage the postings; who asked is not known unless they said so."""

    id: str
    """Twelve letters and digits, not to be guessed."""

    scope: str
    """Whose managers are told."""

    posting: int | None = None
    """The posting that the answer is about; None for an answer about several or none."""

    topic: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2, where the question named one."""

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

    language: str | None = None
    """How numbers and countries are written in the server's answers, as a BCP 47 tag; None: as the reader's Discord has it."""
