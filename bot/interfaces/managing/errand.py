"""What managing postings works with, and one thing that somebody who may do it wants done."""

import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeAlias

from bot.answering.assistant import Assistant
from bot.domain.actor import Actor
from bot.domain.question import Asker
from bot.intake.source import Refusal, Source
from bot.interfaces.chat.card import Card
from bot.interfaces.managing.known_servers import KnownServers
from bot.interfaces.managing.long_work import LongWork
from bot.interfaces.managing.rights import Manager
from bot.interfaces.managing.waiting import Waiting
from bot.storage.store import Store

_MOST_WAITING = 250_000_000
"""Bytes of uploads in memory: five of 50 MB, or one in which signs of rare scripts make each letter take four bytes."""

_A_REFUSAL = 500
"""Bytes that a refusal or a source takes besides its words."""

_MOST_READ, _MOST_READ_HERE = 16, 3
"""Additions that are read at once, over all servers and in one: each holds up to 10 MB of files while it waits for its turn."""

_MOST_DRAFTS = 200

Announce: TypeAlias = Callable[[str, Card], Awaitable[None]]
"""Tells a scope's channel for notices, where there is one; it never raises."""

Show: TypeAlias = Callable[[Card], Awaitable[None]]
"""Shows how far long work is, where its own card will stand in the end; it never raises."""


async def show_nothing(_card: Card) -> None:
    """Show nothing meanwhile."""


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def _weigh(found: Sequence[Source | Refusal]) -> int:
    """Return the bytes that an upload takes in memory."""
    return sum(_A_REFUSAL + sys.getsizeof(one.text if isinstance(one, Source) else one.reason) for one in found)


@dataclass(frozen=True)
class Tools:
    """What every errand is done with."""

    store: Store
    assistant: Assistant
    servers: KnownServers
    announce: Announce
    may_read_private: bool = False
    """Whether addresses that are not public may be read: for tests."""

    clock: Callable[[], datetime] = utc_now
    additions: LongWork = field(default_factory=lambda: LongWork("addition", most=_MOST_READ, most_here=_MOST_READ_HERE))
    imports: LongWork = field(default_factory=lambda: LongWork("import"))
    exports: LongWork = field(default_factory=lambda: LongWork("export"))
    uploads: Waiting[Sequence[Source | Refusal]] = field(default_factory=lambda: Waiting(most=_MOST_WAITING, weigh=_weigh))
    """Postings of uploads that hold several, until somebody keeps them."""

    drafts: Waiting[Mapping[str, str]] = field(default_factory=lambda: Waiting(most=_MOST_DRAFTS))
    """What was typed in forms and could not be taken, until they are opened again."""


@dataclass(frozen=True)
class Errand:
    """One thing to be done by somebody whose right was checked when it began: `scope` is all that it may touch."""

    tools: Tools
    manager: Manager
    scope: str
    show: Show = show_nothing

    @property
    def store(self) -> Store:
        """Where postings are kept."""
        return self.tools.store

    @property
    def scopes(self) -> frozenset[str]:
        """The one scope whose postings may be managed."""
        return frozenset({self.scope})

    @property
    def actor(self) -> Actor:
        """Who does it."""
        return self.manager.actor

    @property
    def asker(self) -> Asker:
        """Who looks at the scope's postings, as a question's asker."""
        return Asker(scopes=self.scopes, locale=self.manager.visitor.locale)
