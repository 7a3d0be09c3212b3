"""What managing postings works with, and one thing that somebody who may do it wants done."""

import asyncio
import secrets
import sys
import time
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Generic, TypeAlias, TypeVar

from bot.answering.assistant import Assistant
from bot.domain.administration import ServerSettings
from bot.domain.errors import RolecallError, StorageError
from bot.domain.person import Actor
from bot.domain.posting import EVERYONE
from bot.domain.query import Asker
from bot.intake.sources import Refusal, Source
from bot.presentation.card import Card
from bot.presentation.members import Visitor
from bot.storage.store import Store

# Who wants to manage postings, and whose postings they may.

_LONGEST_NAME = 100
_NOT_HERE = "Postings are managed in a server, by its admins; the bot's owners manage everyone's in direct messages with me"
_NOT_ALLOWED = "Only members with the permission Manage Server, or with the role that /settings names, may manage this server's postings"
_NOT_OWNER = "Only the bot's owners may manage everyone's postings; manage your server's in the server itself"


class NotAllowed(RolecallError):
    """Somebody may not do what they tried; the message says who may."""


@dataclass(frozen=True)
class Manager:
    """Who acts, with what Discord says of them in this very interaction."""

    visitor: Visitor
    name: str
    may_manage_server: bool = False
    """They have Manage Server (or are administrator) where they act."""

    roles: frozenset[int] = frozenset()
    """The ids of their roles in the server."""

    is_owner: bool = False
    """They are one of the bot's owners."""

    is_direct: bool = False
    """They act in a direct message with the bot, where nobody else reads along."""

    @property
    def actor(self) -> Actor:
        """Who they are in a posting's history."""
        return Actor(id=f"discord:{self.visitor.id}", name=self.name[:_LONGEST_NAME])


def scope_to_manage(manager: Manager, settings: ServerSettings) -> str:
    """
    Return the scope whose postings they may manage here; `settings` are those of the server where they act.

    Raises NotAllowed, which says who may.
    """
    if manager.visitor.server is not None:
        if manager.may_manage_server or settings.admin_role in manager.roles:
            return str(manager.visitor.server)
        raise NotAllowed(_NOT_ALLOWED)
    if not manager.is_direct:
        raise NotAllowed(_NOT_HERE)
    if not manager.is_owner:
        raise NotAllowed(_NOT_OWNER)
    return EVERYONE


# What waits a quarter of an hour for somebody's next press, in memory only and bounded.

Value = TypeVar("Value")

_LASTING = 15 * 60.0
"""Seconds."""

_ID_BYTES = 9
"""As twelve letters, digits, dashes and underlines."""


@dataclass(frozen=True, slots=True)
class _Kept(Generic[Value]):
    """A value, when it came, and what it weighs."""

    at: float
    weight: int
    value: Value


class Waiting(Generic[Value]):
    """
    Remembers values under ids that cannot be guessed, or under names.

    Where there is too much, the oldest of the scope that has most is forgotten.

    >>> waiting = Waiting[str](most=1)
    >>> first, second = waiting.put("a", scope="1"), waiting.put("b", scope="1")
    >>> waiting.get(first, scope="1"), waiting.get(second, scope="1"), waiting.get(second, scope="2")
    (None, 'b', None)
    """

    def __init__(self, *, most: int, weigh: Callable[[Value], int] = lambda _: 1, ticks: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._weigh = weigh
        self._ticks = ticks
        self._kept: OrderedDict[tuple[str, str], _Kept[Value]] = OrderedDict()

    def put(self, value: Value, *, scope: str, name: str | None = None) -> str:
        """Remember a value and return what it is asked for by; `scope` is needed too."""
        name = name or secrets.token_urlsafe(_ID_BYTES)
        self._kept[scope, name] = _Kept(self._ticks(), self._weigh(value), value)
        self._kept.move_to_end((scope, name))
        self._sweep()
        return name

    def get(self, name: str, *, scope: str) -> Value | None:
        """Return a value, None where it is forgotten."""
        self._sweep()
        found = self._kept.get((scope, name))
        return found.value if found else None

    def drop(self, name: str, *, scope: str) -> None:
        """Forget a value."""
        self._kept.pop((scope, name), None)

    def _sweep(self) -> None:
        too_old = self._ticks() - _LASTING
        weights: Counter[str] = Counter()
        for (scope, name), kept in list(self._kept.items()):
            if kept.at < too_old:
                del self._kept[scope, name]
            else:
                weights[scope] += kept.weight
        # So nobody drives out what waits for others.
        while weights.total() > self._most:
            heaviest = max(weights, key=weights.__getitem__)
            oldest = next(key for key in self._kept if key[0] == heaviest)
            weights[heaviest] -= self._kept.pop(oldest).weight


# The settings of servers, remembered so that an answer need not wait for them.

_MOST_SERVERS = 10_000
_FRESH_SECONDS = 60.0
"""How long what another process set may stay unseen."""


class KnownServers:
    """Gives a server's settings from memory for a minute; what is set here counts at once; while the database is away, longer."""

    def __init__(self, store: Store, ticks: Callable[[], float] = time.monotonic) -> None:
        self._servers = store.servers
        self._ticks = ticks
        self._known: OrderedDict[str, tuple[float, ServerSettings]] = OrderedDict()
        self._changing = asyncio.Lock()

    async def get(self, server: int | None) -> ServerSettings:
        """Return the settings of a server by its id, the defaults outside of servers."""
        if server is None:
            return ServerSettings()
        scope = str(server)
        known = self._known.get(scope)
        if known is None or self._ticks() - known[0] > _FRESH_SECONDS:
            try:
                settings = await self._servers.get(scope)
            except StorageError:
                if known is None:
                    raise
                settings = known[1]
            if self._known.get(scope) is not known:  # they were set while the older ones were read
                return await self.get(server)
            self._remember(scope, settings)
        return self._known[scope][1]

    async def put(self, server: int, settings: ServerSettings) -> None:
        """Set a server's settings."""
        await self._servers.put(str(server), settings)
        self._remember(str(server), settings)

    async def change(self, server: int, change: Callable[[ServerSettings], ServerSettings]) -> ServerSettings:
        """Set what a change makes of a server's settings as they are stored, one change after the other, and return them."""
        async with self._changing:
            settings = change(await self._servers.get(str(server)))
            await self.put(server, settings)
        return settings

    def _remember(self, scope: str, settings: ServerSettings) -> None:
        self._known[scope] = (self._ticks(), settings)
        self._known.move_to_end(scope)
        if len(self._known) > _MOST_SERVERS:
            self._known.popitem(last=False)


# Work that takes long or much memory: one or a few at a time in each scope, some in all, and none any more when the bot is told to end.

_MOST_AT_ONCE = 3
"""Each import reads in a process of its own, and each export stands in memory as a whole."""


class Busy(RolecallError):
    """There is no room for more of it now; the message says when to try again."""


class Stopped(RolecallError):
    """The bot is told to end, so that it goes no further."""


class LongWork:
    """
    Lets one kind of long work in, and tells it to stop.

    >>> exports = LongWork("export")
    >>> with exports.begin("7"), exports.begin("8"):
    ...     pass
    >>> with exports.begin("7"), exports.begin("7"):
    ...     pass
    Traceback (most recent call last):
    bot.admin.context.Busy: An export is running here already; start the next one when it is done
    """

    def __init__(self, what: str, most: int = _MOST_AT_ONCE, *, most_here: int = 1) -> None:
        self._what = what
        self._most = most
        self._most_here = most_here
        self._running: Counter[str] = Counter()
        self._is_ending = False

    @contextmanager
    def begin(self, scope: str) -> Iterator[None]:
        """Take a place as long as the work lasts; raises Busy where there is none, Stopped where the bot is ending."""
        self.check()
        if (here := self._running[scope]) >= self._most_here:
            done = "it is done" if here == 1 else "one of them is done"
            raise Busy(f"{_count_running(self._what, here)} running here already; start the next one when {done}")
        if (count := self._running.total()) >= self._most:
            raise Busy(f"{_count_running(self._what, count)} running for others at the moment; try again in a few minutes")
        self._running[scope] += 1
        try:
            yield
        finally:
            self._running[scope] -= 1
            self._running += Counter()  # which forgets who has none

    def check(self) -> None:
        """Raise Stopped when it is time to stop; asked between two parts, so that what was done is known."""
        if self._is_ending:
            raise Stopped(f"I am being restarted; start the {self._what} again in a minute")

    def end(self) -> None:
        """Have all that is under way stop after the part that it is at, and let none in any more."""
        self._is_ending = True


def _count_running(what: str, count: int) -> str:
    return f"An {what} is" if count == 1 else f"{count} {what}s are"


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
