"""How postings, people and moments are called towards those who manage postings, as harmless markdown."""

from datetime import datetime

from bot.domain.action import Deed
from bot.domain.actor import Actor
from bot.domain.posting import KeptPosting, Posting
from bot.interfaces.chat.answer_card import posting_name
from bot.interfaces.chat.escaping import escaped_within
from bot.topics import TOPICS

DEEDS = {
    Deed.ADDED: "added",
    Deed.UPDATED: "updated",
    Deed.CORRECTED: "corrected",
    Deed.REMOVED: "removed",
    Deed.RESTORED: "brought back",
}
"""What was done, behind "was"."""

_LONGEST = 160
_LONGEST_PERSON = 60
_LONGEST_SOURCE = 200


def name_posting(number: int, company: str | None, *, title: str | None) -> str:
    """
    Return a posting's number, company and role.

    >>> name_posting(12, "Acme", title="Baker")
    '**#12 Acme · Baker**'
    """
    return f"**#{number} {escaped_within(posting_name(company, title), _LONGEST)}**"


def name_kept(kept: KeptPosting) -> str:
    """Return a kept posting's number, company and role."""
    return name_posting(kept.id, kept.posting.company, title=kept.posting.title)


def name_actor(actor: Actor) -> str:
    """Return a person's name."""
    return escaped_within(actor.name, _LONGEST_PERSON) or "somebody"


def moment(at: datetime, style: str = "f") -> str:
    """Return a moment as each reader's Discord writes it: with the time of day, or in the style `d` as a short date."""
    return f"<t:{int(at.timestamp())}:{style}>"


def labels_of(posting: Posting) -> str:
    """Return the topics that a posting says something on."""
    return ", ".join(topic.label.lower() for topic in TOPICS if topic.facts_in(posting)) or "nothing"


def describe(kept: KeptPosting) -> str:
    """Say in a few lines which posting this is and what it speaks of."""
    lines = [name_kept(kept), f"Read {moment(kept.read_at)}; source: {escaped_within(kept.posting.source, _LONGEST_SOURCE)}"]
    return "\n".join((*lines, f"It says something on: {labels_of(kept.posting)}"))
