"""An open database: its connections, how to read it, and how to take one's turn to write."""

import asyncio
import secrets
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple, Self, TypeAlias

import aiosqlite
import sqlalchemy as sa
from sqlalchemy import AsyncAdaptedQueuePool, ColumnElement, Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util import greenlet_spawn

from bot.domain.errors import QuotaReached, StorageError
from bot.domain.person import EVERYONE, ROLECALL, Actor
from bot.domain.posting import Quotas
from bot.storage.address import BUSY_SECONDS, Address, discreetly_told, make_ready, plainly_told
from bot.storage.migrations import migrate
from bot.storage.records import PLAIN_JSON, FactCodec, LatestVersion
from bot.storage.rows import to_columns
from bot.storage.tables import action, in_chunks, is_current, ledger, posting

# The connection pools, set so that what was committed stays and readers wait for nobody.

ANSWER_SECONDS = 5
"""How long somebody who waits for an answer waits for a connection and all statements together."""

_AWAY_SECONDS = 1.0
"""How long a server that did not answer is not asked again."""

_GOODBYE_SECONDS = 0.1
"""How long a server that did not answer is told that its connection ends: SQLAlchemy would give it two seconds more."""

_COMMAND_SECONDS = 60
"""How long a statement may take that writes, or copies all: it may have to wait for another process's turn."""

_CONNECTIONS = 15
"""Those to PostgreSQL that one process reads through: all stay open, since to open one costs both sides more than an answer."""

_RESTED_SECONDS = 0.5
"""A connection that was used less long ago is not asked whether it still stands: that takes as long as most statements."""

_MEGABYTE = 1_000_000
_PRAGMAS = ("foreign_keys = ON", "synchronous = FULL", "fullfsync = ON")
"""What was committed is on the disk and outlives the loss of power, for 3 ms more a commit; a server has its own synchronous_commit."""

_ROWS_AT_ONCE = 500
"""So many rows are read in one visit to SQLite's thread: most answers need fewer, and what streams many thousands holds no more."""


class Engines(NamedTuple):
    """Two pools, so that those who wait for their turn to write take no connection away from those who read."""

    reading: AsyncEngine
    writing: AsyncEngine


def open_engines(address: Address) -> Engines:
    """Return the engines that answers are read and postings written through; nothing is connected before its first use."""
    slow = BUSY_SECONDS if address.is_sqlite else _COMMAND_SECONDS
    writing = _open(address, slow, poolclass=AsyncAdaptedQueuePool, pool_size=1, max_overflow=0)
    if address.is_sqlite and not address.file:
        # Memory lasts as long as its one connection, for which all wait in turn.
        return Engines(writing, writing)
    asked = {} if address.is_sqlite else {"pool_size": _CONNECTIONS, "max_overflow": 0, "pool_use_lifo": True}
    return Engines(_open(address, ANSWER_SECONDS, pool_timeout=ANSWER_SECONDS, **asked), writing)


@asynccontextmanager
async def open_engine(address: Address) -> AsyncIterator[AsyncEngine]:
    """Open one engine for a single piece of work that may take long, such as a copy."""
    engine = _open(address, BUSY_SECONDS if address.is_sqlite else _COMMAND_SECONDS)
    try:
        yield engine
    finally:
        await engine.dispose()


@lru_cache(maxsize=8)
def for_reading(engine: AsyncEngine, *, alone: bool = False) -> AsyncEngine:
    """Return the engine for transactions that see one moment of the database, as a statement that is `alone` does in any case."""
    if engine.dialect.name == "sqlite":  # its transactions are so by themselves
        return engine.execution_options(alone=True) if alone else engine
    return engine.execution_options(isolation_level="AUTOCOMMIT" if alone else "REPEATABLE READ")


def for_writing(engine: AsyncEngine) -> AsyncEngine:
    """Return the engine for transactions that write: SQLite's take their turn at the beginning, where waiting is safe."""
    return engine.execution_options(writes=True)


def _open(address: Address, patience: int, **pool: Any) -> AsyncEngine:
    if not address.is_sqlite:
        asked: dict[str, Any] = {"timeout": ANSWER_SECONDS, "command_timeout": patience, "server_settings": address.server_settings}
        asked["connection_class"] = _impatient_connection()
        engine = create_async_engine(address.url, hide_parameters=True, connect_args=asked, **pool)
        event.listen(engine.sync_engine, "checkin", _note_time)
        event.listen(engine.sync_engine, "checkout", partial(_ping_after_rest, engine.dialect))
        return engine
    engine = create_async_engine(address.url, hide_parameters=True, connect_args={"factory": _SqliteConnection}, **pool)
    event.listen(engine.sync_engine, "connect", partial(_set_up, patience=patience))
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _note_time(_connection: object, entry: ConnectionPoolEntry) -> None:
    entry.info["used"] = time.monotonic()


def _ping_after_rest(dialect: sa.Dialect, connection: Any, entry: ConnectionPoolEntry, _proxy: object) -> None:
    """Ask a connection that was long not used whether it still stands, as SQLAlchemy's `pool_pre_ping` would ask each one each time."""
    if time.monotonic() - entry.info.get("used", time.monotonic()) > _RESTED_SECONDS:
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error  # another one is opened in its place


def _impatient_connection() -> type[Any]:
    import asyncpg  # type: ignore[import-untyped]

    class ImpatientConnection(asyncpg.Connection):  # type: ignore[misc]  # it has no types
        async def close(self, *, timeout: float | None = None) -> None:  # noqa: ASYNC109 -- asyncpg's own
            await super().close(timeout=timeout and _GOODBYE_SECONDS)

    return ImpatientConnection


class _SqliteConnection(sqlite3.Connection):
    """Lets go of the turn to write when it is closed: SQLite would keep it as long as a cursor of the connection is remembered."""

    def close(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # it is closed already
            self.rollback()
        super().close()


class _SwiftCursor(aiosqlite.Cursor):
    """
    Runs a statement and reads its first rows in one visit to the connection's thread.

    The driver's own makes four (open, run, read, close), and a visit takes longer than most statements.
    """

    def __init__(self, connection: aiosqlite.Connection) -> None:
        super().__init__(connection, None)  # type: ignore[arg-type]  # the thread makes it
        self._rows: Sequence[Any] = ()
        self._has_more = False

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> Self:
        self._rows = await self._visit(self._run, sql, () if parameters is None else parameters)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Self:
        await self._visit(self._run_many, sql, parameters)
        return self

    async def fetchone(self) -> Any:
        return next(iter(await self.fetchmany(1)), None)

    async def fetchmany(self, size: int | None = None) -> Sequence[Any]:
        if not self._rows and self._has_more:
            self._rows = await self._visit(self._read)
        found, self._rows = self._rows[:size], self._rows[size:] if size else ()
        return found

    async def fetchall(self) -> Sequence[Any]:
        found, self._rows = self._rows, ()
        return [*found, *await super().fetchall()] if self._has_more else found

    async def close(self) -> None:
        if self._has_more:
            await super().close()

    async def _visit(self, work: Callable[..., Any], *given: Any) -> Any:
        return await self._execute(work, *given)  # type: ignore[no-untyped-call]  # the driver says nothing of its types

    def _run(self, sql: str, parameters: Any) -> Sequence[Any]:
        self._cursor = self._conn._conn.execute(sql, parameters)  # noqa: SLF001 -- the driver lets nobody else into its thread
        return self._read() if self._cursor.description else ()

    def _run_many(self, sql: str, parameters: Any) -> None:
        self._cursor = self._conn._conn.executemany(sql, parameters)  # noqa: SLF001 -- as above

    def _read(self) -> Sequence[Any]:
        read = self._cursor.fetchmany(_ROWS_AT_ONCE)
        self._has_more = len(read) == _ROWS_AT_ONCE
        return read


async def _roll_back(connection: aiosqlite.Connection, roll_back: Callable[[], Awaitable[None]]) -> None:
    """Roll back what was begun: after a statement alone there is nothing, and a visit to the thread for it took as long as the answer."""
    if connection.in_transaction:
        await roll_back()


def _set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry, *, patience: int) -> None:
    driver: Any = connection.driver_connection
    driver.cursor = partial(_SwiftCursor, driver)
    driver.rollback = partial(_roll_back, driver, driver.rollback)
    driver.stop = cache(driver.stop)  # stopped a second time, its thread would never say that it has
    # The driver would begin transactions late and by itself; `_begin` does it instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout = {patience * 1000}", *_PRAGMAS):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("alone"):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


@asynccontextmanager
async def opened(address: Address) -> AsyncIterator[Engines]:
    """Create or upgrade the tables of a database, and close it at the end."""
    with plainly_told(address.place):
        if address.file:
            await asyncio.to_thread(make_ready, address.file)
        engines = open_engines(address)
    try:
        with plainly_told(address.place):
            await migrate(engines.writing, place=address.place)
        yield engines
    finally:
        # A server that hangs lets nobody say goodbye.
        with suppress(TimeoutError):
            async with asyncio.timeout(ANSWER_SECONDS):
                await engines.reading.dispose()
                await engines.writing.dispose()


# Who reads, and whose turn it is to write.


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Turn:
    """The turn to write, which nobody else has meanwhile."""

    connection: AsyncConnection
    now: datetime
    version: int
    """What the database's version becomes if anything changes."""

    last_id: int
    by: Actor
    codec: FactCodec
    actions: list[dict[str, Any]] = field(default_factory=list)
    """What was done to postings, in order, in the columns of the action table that tell it."""

    has_changed: bool = False

    async def read(self, statement: sa.Executable) -> Sequence[Any]:
        """Return the rows of one statement, as `Database.read` does."""
        return (await self.connection.execute(statement)).all()


@dataclass(slots=True)
class Hearing:
    """Whether other processes on the same PostgreSQL are heard, and who wants to know what they remember and forget."""

    origin: str = field(default_factory=partial(secrets.token_hex, 8))
    """What this process calls itself."""

    epoch: int = 0
    """Another number each time that a connection to hear them is made; 0 without one."""

    epochs: int = 0
    listeners: list[Callable[[str, str], None]] = field(default_factory=list)

    def take_in(self, origin: str, lines: Iterable[str]) -> None:
        """Tell all listeners what another process has told: a kind and a name a line."""
        for line in lines if origin != self.origin else ():
            kind, _, name = line.partition(" ")
            for listener in self.listeners:
                listener(kind, name)


@dataclass(slots=True)
class Database:
    """What everything that is kept is read and written through; failures are told in one line that names no place."""

    engines: Engines
    place: str
    """What the log calls it."""

    clock: Callable[[], datetime] = utc_now
    latest: LatestVersion = field(default_factory=LatestVersion)
    codec: FactCodec = PLAIN_JSON
    turns: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Those who want to write wait here, in the order in which they came, without a connection."""

    hearing: Hearing = field(default_factory=Hearing)
    quotas: Quotas | None = None
    """What each server may have; None where nobody is held to it."""

    away_until: float = 0.0
    """Until then nobody waits for a server that has just let somebody wait in vain: of very many, each would wait for those before."""

    @asynccontextmanager
    async def reading(self, *, of_all: bool = False, alone: bool = False) -> AsyncIterator[AsyncConnection]:
        """
        Open a connection that sees one moment.

        Where all postings are read, it may take longer than an answer; for a statement `alone` the connection is there sooner.
        """
        async with self._answering(for_reading(self.engines.reading, alone=alone), is_bounded=not of_all) as connection:
            yield connection

    @asynccontextmanager
    async def writing_beside(self) -> AsyncIterator[AsyncConnection]:
        """Write on PostgreSQL, in a transaction that waits for nobody's turn, what is no posting; it is committed at the end."""
        async with self._answering(self.engines.reading, is_bounded=True) as connection:
            yield connection
            await connection.commit()

    @asynccontextmanager
    async def _answering(self, engine: AsyncEngine, *, is_bounded: bool) -> AsyncIterator[AsyncConnection]:
        with discreetly_told(self.place):
            if time.monotonic() < self.away_until:
                raise TimeoutError
            try:
                async with _connected(engine, is_bounded=is_bounded) as connection:
                    yield connection
            except TimeoutError:
                self.away_until = time.monotonic() + _AWAY_SECONDS
                raise

    async def read(self, statement: sa.Executable, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
        """Return the rows of one statement: nearly all that an answer waits for."""
        found: Sequence[Any]
        if self.engines.reading.dialect.name != "sqlite":
            async with self.reading(alone=True) as connection:
                found = (await connection.execute(statement, values)).all()
            return found
        engine = for_reading(self.engines.reading, alone=True).sync_engine
        with discreetly_told(self.place):  # no server that may hang: taken, read and given back in one go, for half of the time
            found = await greenlet_spawn(_read, engine, statement, values)
        return found

    async def write(self, statement: sa.Executable) -> int:
        """Take a turn for one statement, and return how many rows it changed."""
        async with self.writing() as turn:
            return int((await turn.connection.execute(statement)).rowcount)

    async def holds(self, condition: ColumnElement[bool]) -> bool:
        """Tell whether a table has any such row."""
        return bool(await self.read(sa.select(sa.literal(1)).where(condition).limit(1)))

    @asynccontextmanager
    async def writing(self, by: Actor = ROLECALL, *, adds_to: Collection[str] = ()) -> AsyncIterator[Turn]:
        """
        Wait for the turn to write, and commit at the end; nothing is written where something fails.

        `adds_to` are the scopes that may have more postings afterwards, or longer ones: QuotaReached is raised for too many.
        """
        with discreetly_told(self.place):
            async with self._wait(), _connected(for_writing(self.engines.writing), begins=True) as connection:
                turn = await _take_turn(connection, self, by)
                async with _within(self.quotas, connection, adds_to):
                    yield turn
                await _end_turn(turn)
        if turn.has_changed:
            self.latest.remember(turn.version)

    @asynccontextmanager
    async def _wait(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(BUSY_SECONDS):
                await self.turns.acquire()
        except TimeoutError:
            raise StorageError("the database is busy with what others write; try again in a few minutes") from None
        try:
            yield
        finally:
            self.turns.release()


def _read(engine: sa.Engine, statement: sa.Executable, values: Mapping[str, Any] | None) -> Sequence[sa.Row[Any]]:
    with engine.connect() as connection:
        return connection.execute(statement, values).all()


class Part:
    """One kind of what a database keeps; every method may raise StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._codec = database.codec

    def now(self) -> datetime:
        """Return the time that goes for it."""
        return self._database.clock()


# How rows are found, whose turn it is to write, and what the others on one PostgreSQL are told at its end.

VERSION_CHANNEL = "rolecall_version"
Read: TypeAlias = Callable[[sa.Executable], Awaitable[Sequence[Any]]]
"""Returns the rows of a statement: `Database.read`, or `Turn.read` for who has the turn to write."""


async def find_among(connection: AsyncConnection, column: sa.Column[Any], *where: ColumnElement[bool], values: Collection[Any]) -> set[Any]:
    """Return which of these values a column has, in the rows that are meant."""
    found: set[Any] = set()
    for chunk in in_chunks(values):
        found.update((await connection.execute(sa.select(column).where(column.in_(chunk), *where))).scalars())
    return found


async def _take_turn(connection: AsyncConnection, database: Database, by: Actor) -> Turn:
    """Wait, on PostgreSQL, until no other process writes."""
    asked = sa.select(ledger.c.version, ledger.c.last_id).where(ledger.c.id == 1).with_for_update()
    found = (await connection.execute(asked)).one_or_none()
    if found is None:
        raise StorageError("the database is damaged and takes nothing in; restore a backup into a new one, or tell whoever runs Rolecall")
    return Turn(connection, database.clock(), version=found.version + 1, last_id=found.last_id, by=by, codec=database.codec)


async def _end_turn(turn: Turn) -> None:
    """Tell everybody if something has changed, and write down what was done."""
    if turn.actions:
        stamp = {"version": turn.version, "at": turn.now, **to_columns(turn.by)}
        await turn.connection.execute(sa.insert(action), [{**stamp, "position": place, **done} for place, done in enumerate(turn.actions)])
    if turn.has_changed:
        await turn.connection.execute(sa.update(ledger).where(ledger.c.id == 1).values(version=turn.version, last_id=turn.last_id))
        if turn.connection.dialect.name == "postgresql":
            told = sa.func.concat(sa.func.current_schema(), f" {turn.version}")
            await turn.connection.execute(sa.select(sa.func.pg_notify(VERSION_CHANNEL, told)))


@asynccontextmanager
async def _within(quotas: Quotas | None, connection: AsyncConnection, scopes: Collection[str]) -> AsyncIterator[None]:
    """
    Raise QuotaReached where a server has more afterwards than it may have, and than it had.

    Who has too much since the bound was lowered may still put right and remove. Whoever has the turn to write counts alone.
    """
    servers = sorted(frozenset(scopes) - {EVERYONE}) if quotas else []
    before = [await _measure(connection, server) for server in servers]
    yield
    for server, had in zip(servers, before, strict=True):
        if quotas:
            _check(quotas, had, has=await _measure(connection, server))


async def _measure(connection: AsyncConnection, scope: str) -> tuple[int, int]:
    """Return how many current postings a scope has, and how many bytes their texts; the index alone tells both."""
    asked = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(posting.c.size), 0)).where(is_current, posting.c.scope == scope)
    count, size = (await connection.execute(asked)).one()
    return count, int(size)


def _check(quotas: Quotas, had: tuple[int, int], *, has: tuple[int, int]) -> None:
    if has[0] > max(had[0], quotas.postings):
        told = f"{quotas.postings:,} postings, and has {had[0]:,}; remove some, or ask the bot's host for a higher POSTINGS_PER_SERVER"
        raise QuotaReached(f"This server may keep {told}")
    if has[1] > max(had[1], quotas.megabytes * _MEGABYTE):
        told = f"{quotas.megabytes:,} MB of posting text, and has {had[1] / _MEGABYTE:,.1f} MB; remove some postings"
        raise QuotaReached(f"This server may keep {told}, or ask the bot's host for a higher MEGABYTES_PER_SERVER")


@asynccontextmanager
async def _connected(engine: AsyncEngine, *, begins: bool = False, is_bounded: bool = False) -> AsyncIterator[AsyncConnection]:
    """
    Give a connection; a server that hangs is not waited for longer than an answer may be, nor what is bounded as a whole.

    One on which nothing came in time is dropped: to roll back on it would mean to wait once more, without a bound.
    """
    async with AsyncExitStack() as stack:
        connection = None
        try:
            # Memory's one connection is waited for by itself: who has it lets it go.
            async with asyncio.timeout(None if engine.dialect.name == "sqlite" else ANSWER_SECONDS) as limit:
                connection = await stack.enter_async_context(engine.connect())
                if not is_bounded:
                    limit.reschedule(None)
                if begins:
                    await stack.enter_async_context(connection.begin())
                yield connection
        except TimeoutError:
            if connection is not None:
                await connection.invalidate()
            raise
