"""Where postings are to be kept, and on whose behalf."""

from dataclasses import dataclass

from bot.domain.actor import ROLECALL, Actor
from bot.storage.store import Store


@dataclass(frozen=True, slots=True)
class Destination:
    """What an import keeps its postings in."""

    store: Store
    scope: str
    """A Discord server's id, or EVERYONE."""

    by: Actor = ROLECALL
    """Who keeps them; corrections in records that the host does not vouch for become theirs."""
