"""What managing postings works with, and what somebody may touch who wants something done."""

import asyncio
import json
import math
import secrets
import sys
import time
import zlib
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from cachetools import LRUCache, TTLCache
from pydantic import TypeAdapter

from bot.answering.assistant import Assistant
from bot.boards.checker import Checker
from bot.domain.errors import RolecallError, StorageError
from bot.domain.person import EVERYONE, Actor, Asker, Person
from bot.domain.posting import FollowedBoard, ServerSettings
from bot.intake.isolated import on_behalf_of
from bot.intake.sources import LeftOut, Refusal, Source
from bot.presentation.card import Card
from bot.presentation.people import RateLimit
from bot.storage.remembered import Memo, Remembered
from bot.storage.store import Store
from bot.text.translations import say

# Whose postings somebody may manage.

_NOT_HERE = "Postings are managed in a server, by its admins; the bot's owners manage everyone's in direct messages with me"
_NOT_ALLOWED = "Only members with the permission Manage Server, or with the role that /settings names, may manage this server's postings"
_NOT_OWNER = "Only the bot's owners may manage everyone's postings; manage your server's in the server itself"


class NotAllowed(RolecallError):
    """Somebody may not do what they tried; the message says who may."""


def scope_to_manage(person: Person, settings: ServerSettings) -> str:
    """Return the scope whose postings they may manage where `settings` hold; raises NotAllowed, which says who may."""
    if person.server is not None:
        if person.may_manage_server or settings.admin_role in person.roles:
            return str(person.server)
        raise NotAllowed(_NOT_ALLOWED)
    if not person.is_direct:
        raise NotAllowed(_NOT_HERE)
    if not person.is_owner:
        raise NotAllowed(_NOT_OWNER)
    return EVERYONE


# What is remembered in memory only, and bounded.

Value = TypeVar("Value")

_LASTING = 15 * 60.0
"""Seconds that what somebody gave waits for their next press."""

_ID_BYTES = 9
"""As twelve letters, digits, dashes and underlines."""


class PendingCache(Generic[Value]):
    """
    Remembers values for a quarter of an hour under ids that cannot be guessed, or under names.

    Where there is too much, the oldest of the scope that has most is forgotten. `share` puts all of it in the database instead, where
    several processes share one; then all of it may raise StorageError.
    """

    def __init__(self, *, most: int, weigh: Callable[[Value], int] = lambda _: 1, ticks: Callable[[], float] = time.monotonic) -> None:
        self._weigh = weigh
        self._kept: TTLCache[tuple[str, str], Value] = TTLCache(most, _LASTING, timer=ticks, getsizeof=weigh)
        self._shared: _Shared[Value] | None = None

    def share(self, shared: Remembered, kind: str, *, adapter: TypeAdapter[Value], most_of_scope: int) -> None:
        """Remember in the database from now on, if others have it too; of more than `most_of_scope` in a scope the first ones go."""
        if shared.is_shared:
            self._shared = _Shared(shared, kind, adapter, most_of_scope)

    async def keep(self, value: Value, *, scope: str, by: int, name: str | None = None) -> str:
        """Remember a value that somebody gave, and return what it is asked for by; `scope` is needed too."""
        name = name or secrets.token_urlsafe(_ID_BYTES)
        if self._shared is None:
            self._kept.pop((scope, name), None)
            if self._make_room(self._weigh(value), scope):
                self._kept[scope, name] = value
        elif self._weigh(value) <= self._kept.maxsize:
            content = await asyncio.to_thread(self._shared.pack, value)
            made = Memo(self._shared.kind, f"{scope}:{name}", content, _LASTING, person=str(by), scope=scope)
            await self._shared.remembered.keep(made, most=self._shared.most_of_scope)
        return name

    async def find(self, name: str, *, scope: str) -> Value | None:
        """Return a value, None where it is forgotten."""
        if self._shared is None:
            return self._kept.get((scope, name))
        found = await self._shared.remembered.get(self._shared.kind, f"{scope}:{name}")
        try:
            return None if found is None else await asyncio.to_thread(self._shared.unpack, found.content)
        except (ValueError, TypeError, zlib.error):  # another version of Rolecall wrote it
            return None

    async def forget(self, name: str, *, scope: str) -> None:
        """Forget a value."""
        if self._shared is None:
            self._kept.pop((scope, name), None)
        else:
            await self._shared.remembered.drop(self._shared.kind, f"{scope}:{name}")

    def _make_room(self, weight: int, scope: str) -> bool:
        """Let the oldest go of the scope that has most, so that nobody drives out what waits for others; False for what is too much."""
        weights = Counter({scope: weight})
        for (owner, _), kept in self._kept.items():
            weights[owner] += self._weigh(kept)
        while weights.total() > self._kept.maxsize:
            heaviest = max(weights, key=weights.__getitem__)
            oldest = next((key for key in self._kept if key[0] == heaviest), None)
            if oldest is None:
                return False
            weights[heaviest] -= self._weigh(self._kept.pop(oldest))
        return True


@dataclass(frozen=True)
class _Shared(Generic[Value]):
    """Where a cache is shared, and how its values are written: an upload may be long, so that they are packed, beside the loop."""

    remembered: Remembered
    kind: str
    adapter: TypeAdapter[Value]
    most_of_scope: int

    def pack(self, value: Value) -> str:
        plain = json.dumps(self.adapter.dump_python(value, exclude_defaults=True), default=str)
        return b64encode(zlib.compress(plain.encode())).decode()

    def unpack(self, packed: str) -> Value:
        return self.adapter.validate_python(json.loads(zlib.decompress(b64decode(packed))))


_MOST_SERVERS = 10_000


class ServerCache:
    """Gives a server's settings from memory while nothing has changed in the Store, whose version `look` tells, and while it is away."""

    def __init__(self, store: Store, look: Callable[[], Awaitable[int]] | None = None) -> None:
        self._store = store
        self._look = look or store.version
        self._known: LRUCache[str, tuple[int, ServerSettings]] = LRUCache(_MOST_SERVERS)
        self._reading: dict[str, asyncio.Task[ServerSettings]] = {}
        self._changing = asyncio.Lock()

    async def get(self, server: int | None) -> ServerSettings:
        """Return the settings of a server by its id, the defaults outside of servers."""
        if server is None:
            return ServerSettings()
        scope = str(server)
        known = self._known.get(scope)
        try:
            version = await self._look()
            known = self._known.get(scope)  # somebody may have read them meanwhile
            if known is not None and known[0] >= version:
                return known[1]
            settings = await self._read(scope)
        except StorageError:
            if known is None:
                raise
            return known[1]
        if self._known.get(scope) is not known:  # they were set while the older ones were read
            return await self.get(server)
        self._known[scope] = (version, settings)
        return settings

    async def locale_of(self, scope: str) -> str:
        """Return the locale that a server's admins have set, English where they have set none."""
        return (await self.get(None if scope == EVERYONE else int(scope))).language or "en-US"

    async def _read(self, scope: str) -> ServerSettings:
        """Read a server's settings, once for all who ask for them meanwhile; one who is cancelled leaves the others what they wait for."""
        reading = self._reading.get(scope)
        if reading is None:
            reading = self._reading[scope] = asyncio.create_task(self._store.servers.get(scope))
            reading.add_done_callback(lambda _: self._reading.pop(scope))
        return await asyncio.shield(reading)

    async def put(self, server: int, settings: ServerSettings) -> None:
        """Set a server's settings."""
        await self._store.servers.put(str(server), settings)
        self._known[str(server)] = (self._store.known_version or 0, settings)

    async def change(self, server: int, change: Callable[[ServerSettings], ServerSettings]) -> ServerSettings:
        """Set what a change makes of a server's settings as they are stored, one change after the other, and return them."""
        async with self._changing:
            settings = change(await self._store.servers.get(str(server)))
            await self.put(server, settings)
        return settings


# Work that takes long or much memory: one or a few at a time in each scope, some in all, and none any more when the bot is told to end.

_MOST_AT_ONCE = 3
"""Each import reads in a process of its own, and each export stands in memory as a whole."""


class Busy(RolecallError):
    """There is no room for more of it now; the message says when to try again."""


class Stopped(RolecallError):
    """The bot is told to end, so that it goes no further."""


class WorkKind(NamedTuple):
    """What is said of one kind of long work to somebody for whom there is no place: here, for all, and at the end of the bot."""

    here: str
    elsewhere: str
    ending: str


ADDITION = WorkKind(
    "{number} additions are running here already; start the next one when one of them is done",
    "Too many additions are running for others at the moment; try again in a few minutes",
    "I am being restarted; start the addition again in a minute",
)
IMPORT = WorkKind(
    "An import is running here already; start the next one when it is done",
    "Too many imports are running for others at the moment; try again in a few minutes",
    "I am being restarted; start the import again in a minute",
)
EXPORT = WorkKind(
    "An export is running here already; start the next one when it is done",
    "Too many exports are running for others at the moment; try again in a few minutes",
    "I am being restarted; start the export again in a minute",
)


class LongWork:
    """
    Lets one kind of long work in, and tells it to stop.

    >>> exports = LongWork(EXPORT)
    >>> with exports.begin("7"), exports.begin("8"):
    ...     pass
    >>> with exports.begin("7"), exports.begin("7"):
    ...     pass
    Traceback (most recent call last):
    bot.admin.context.Busy: An export is running here already; start the next one when it is done
    """

    def __init__(self, kind: WorkKind, most: int = _MOST_AT_ONCE, *, most_here: int = 1) -> None:
        self._kind = kind
        self._most = most
        self._most_here = most_here
        self._running: Counter[str] = Counter()
        self._is_ending = False

    @contextmanager
    def begin(self, scope: str) -> Iterator[None]:
        """Take a place as long as the work lasts; raises Busy where there is none, Stopped where the bot is ending."""
        self.check()
        if (here := self._running[scope]) >= self._most_here:
            raise Busy(self._kind.here, number=here)
        if self._running.total() >= self._most:
            raise Busy(self._kind.elsewhere)
        self._running[scope] += 1
        try:
            yield
        finally:
            self._running[scope] -= 1
            self._running += Counter()  # which forgets who has none

    def check(self) -> None:
        """Raise Stopped when it is time to stop; asked between two parts, so that what was done is known."""
        if self._is_ending:
            raise Stopped(self._kind.ending)

    def end(self) -> None:
        """Have all that is under way stop after the part that it is at, and let none in any more."""
        self._is_ending = True


_MOST_WAITING = 64_000_000
"""Bytes of all uploads in memory that wait to be kept: one at its bound, or many that are as large as most."""

_A_REFUSAL = 500
"""Bytes that a refusal or a source takes besides its words."""

_MOST_READ, _MOST_READ_HERE = 16, 3
"""Additions that are read at once, over all servers and in one: each holds up to 10 MB of files while it waits for its turn."""

_MOST_DRAFTS = 200
_MOST_UPLOADS = 10
_MOST_UPLOADS_OF_SCOPE, _MOST_OTHERS_OF_SCOPE = 5, 50
"""Of what waits in a scope, where it stands in the database: uploads, each of 10 MB at most, and boards or drafts."""

_MOST_BOARDS = 200

_MOST_REPORTS, _TEN_MINUTES, HOUR = 5, 10 * 60.0, 60 * 60.0
"""Reports that are taken from one person in ten minutes; uploads are counted by the hour."""

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
    return sum(_A_REFUSAL + sys.getsizeof(one.text if isinstance(one, Source) else one.reason) for one in found)


@dataclass(frozen=True)
class Services:
    """What all of it works with."""

    store: Store
    assistant: Assistant
    servers: ServerCache
    announce: Announce
    may_read_private: bool = False
    """Whether addresses that are not public may be read: for tests."""

    clock: Callable[[], datetime] = utc_now
    additions: LongWork = field(default_factory=lambda: LongWork(ADDITION, most=_MOST_READ, most_here=_MOST_READ_HERE))
    imports: LongWork = field(default_factory=lambda: LongWork(IMPORT))
    upload_limit: RateLimit = field(default_factory=lambda: RateLimit(_MOST_UPLOADS, HOUR))
    exports: LongWork = field(default_factory=lambda: LongWork(EXPORT))
    uploads: PendingCache[Sequence[Source | Refusal]] = field(default_factory=lambda: PendingCache(most=_MOST_WAITING, weigh=_weigh))
    """Postings of uploads that hold several, until somebody keeps them."""

    boards: PendingCache[FollowedBoard] = field(default_factory=lambda: PendingCache(most=_MOST_BOARDS))
    """Boards that were previewed, until somebody follows them."""

    checker: Checker | None = None
    """What looks at boards, where there is one already."""

    reports: RateLimit = field(default_factory=lambda: RateLimit(_MOST_REPORTS, _TEN_MINUTES))
    drafts: PendingCache[Mapping[str, str]] = field(default_factory=lambda: PendingCache(most=_MOST_DRAFTS))
    """What was typed in forms and could not be taken, until they are opened again."""

    def share_pending(self) -> None:
        """Let other processes on the same database go on with what waits here."""
        shared = self.store.remembered
        # A refusal that was left out has one field more; which of the others it was matters only while it is read.
        uploads: TypeAdapter[Sequence[Source | Refusal]] = TypeAdapter(tuple[Source | LeftOut | Refusal, ...])
        self.uploads.share(shared, "upload", adapter=uploads, most_of_scope=_MOST_UPLOADS_OF_SCOPE)
        self.boards.share(shared, "board", adapter=TypeAdapter(FollowedBoard), most_of_scope=_MOST_OTHERS_OF_SCOPE)
        self.drafts.share(shared, "draft", adapter=TypeAdapter(Mapping[str, str]), most_of_scope=_MOST_OTHERS_OF_SCOPE)


@dataclass(frozen=True)
class AdminContext:
    """One thing to be done by somebody whose right was checked when it began: `scope` is all that it may touch."""

    services: Services
    person: Person
    scope: str
    show: Show = show_nothing

    @property
    def store(self) -> Store:
        """Where postings are kept."""
        return self.services.store

    @property
    def scopes(self) -> frozenset[str]:
        """The one scope whose postings may be managed."""
        return frozenset({self.scope})

    @contextmanager
    def begin_reading(self, work: LongWork) -> Iterator[None]:
        """Take a place among those whose uploads are read; raises Busy where there is none, or where this person has uploaded too often."""
        limit = self.services.upload_limit
        with work.begin(self.scope), on_behalf_of(self.scope):
            if self.scope != EVERYONE and (wait := limit.count(self.person.id)):
                told = "You may add postings {number}× an hour, however many at once; try again in {minutes} min"
                raise Busy(told, number=limit.most, minutes=math.ceil(wait / 60))
            yield

    @property
    def locale(self) -> str:
        """How the person is written to."""
        return self.person.locale

    def say(self, message: str, /, **values: object) -> str:
        """Return a sentence of the catalogue in the person's language."""
        return say(message, self.locale, **values)

    async def announce(self, message: str, /, **values: object) -> None:
        """Tell the channel for notices a sentence of the catalogue."""
        told = say(message, await self.services.servers.locale_of(self.scope), **values)
        await self.services.announce(self.scope, Card(told))

    @property
    def actor(self) -> Actor:
        """Who does it."""
        return self.person.as_actor()

    @property
    def asker(self) -> Asker:
        """Who looks at the scope's postings, as a question's asker."""
        return Asker(scopes=self.scopes, locale=self.locale)
