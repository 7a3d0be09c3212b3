"""An open database: how to read it, and how to take one's turn to write."""

import asyncio
import io
import logging
import os
import secrets
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import URL, AsyncAdaptedQueuePool, Connection, event, func, inspect, make_url, select, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.domain.errors import NewerSchema, StorageError
from bot.domain.person import ROLECALL, Actor
from bot.storage.changes import Turn, end_turn, take_turn
from bot.storage.migrations import HEAD

if TYPE_CHECKING:
    from alembic.config import Config


# What a DATABASE_URL means, in the spellings that people paste, and how to name it without its password.

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
_HOSTED = {"sslmode": "ssl"}
"""libpq's word to asyncpg's."""

_PASSED_ON = frozenset({"host", "port", "ssl"})
_SERVER_SETTINGS = frozenset({"application_name", "search_path"})
_LEFT_OUT = frozenset({"channel_binding", "gssencmode"})
"""Hosts put these into the URLs that they hand out; asyncpg has neither."""


class Address(NamedTuple):
    """Where the database is."""

    url: URL
    server_settings: dict[str, str]
    """PostgreSQL's own settings for the session."""

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file (or memory) of SQLite."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> str | None:
        """The path of SQLite's file; None for memory and for a server."""
        name = self.url.database
        return name if self.is_sqlite and name and name != ":memory:" else None

    @property
    def place(self) -> str:
        """The database as a person is told of it, without user and password."""
        if self.is_sqlite:
            return self.file or "the database in memory"
        return f"the PostgreSQL database {self.url.database or ''} at {self.url.host or 'localhost'}:{self.url.port or 5432}"


def read_address(url: str) -> Address:
    """
    Read a database URL; raise StorageError, which never repeats the URL, for one that makes no sense.

    >>> read_address("postgres://ada:secret@db.example/jobs?sslmode=require").url.drivername
    'postgresql+asyncpg'
    >>> read_address("postgres://ada:secret@db.example/jobs").place
    'the PostgreSQL database jobs at db.example:5432'
    >>> read_address("sqlite:///kept.db").file
    'kept.db'
    >>> read_address("mysql://localhost/jobs")
    Traceback (most recent call last):
    bot.domain.errors.StorageError: DATABASE_URL names mysql, which Rolecall cannot use; begin it with sqlite:/// or postgresql://
    """
    parsed = _parse(url)
    backend = parsed.drivername.partition("+")[0].lower()
    if backend not in _DRIVERS:
        raise StorageError(f"DATABASE_URL names {backend}, which Rolecall cannot use; begin it with sqlite:/// or postgresql://")
    named = parsed.set(drivername=_DRIVERS[backend])
    return Address(named, {}) if backend == "sqlite" else _sort_query(named)


def _parse(url: str) -> URL:
    try:
        return make_url(url.strip())
    except (ArgumentError, ValueError):
        # Not chained: the cause may repeat the password.
        raise StorageError("DATABASE_URL is not a URL; write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME") from None


def _sort_query(url: URL) -> Address:
    query = {_HOSTED.get(name, name): value for name, value in url.query.items() if name not in _LEFT_OUT}
    settings: dict[str, Any] = {name: query.pop(name) for name in _SERVER_SETTINGS & query.keys()}
    if unknown := sorted(query.keys() - _PASSED_ON):
        raise StorageError(f"DATABASE_URL asks for {unknown[0]!r} behind its question mark, which Rolecall does not know; take it out")
    return Address(url.set(query=query), settings)


# The connection pools, set so that what was committed stays and readers wait for nobody.

BUSY_SECONDS = 30
"""How long SQLite waits for another process's write."""

ANSWER_SECONDS = 5
"""How long somebody who waits for an answer waits for a connection, and for each statement."""

_COMMAND_SECONDS = 60
"""How long a statement may take that writes, or copies all: it may have to wait for another process's turn."""

_PRAGMAS = ("foreign_keys = ON", "synchronous = FULL", "fullfsync = ON")
"""
What was committed is on the disk, so that it also outlives the loss of power; with NORMAL it would outlive only the end of the program.
That is 3 ms more for each commit on a plain disk (11 instead of 8 for one posting), and the same speed for an import in batches. What a
server does stands in its own synchronous_commit, which is on unless its owner turned it off.
"""


class Engines(NamedTuple):
    """Two pools, so that those who wait for their turn to write take no connection away from those who read."""

    reading: AsyncEngine
    writing: AsyncEngine

    async def dispose(self) -> None:
        """Close all connections."""
        await self.reading.dispose()
        await self.writing.dispose()


def open_engines(address: Address) -> Engines:
    """Return the engines that answers are read and postings written through; nothing is connected before its first use."""
    if address.is_sqlite and not address.file:
        # Memory lasts as long as its one connection, for which all wait in turn.
        alone = _open_sqlite(address, BUSY_SECONDS, **_ONE)
        return Engines(alone, alone)
    opening = _open_sqlite if address.is_sqlite else _open_postgresql
    slow = BUSY_SECONDS if address.is_sqlite else _COMMAND_SECONDS
    return Engines(opening(address, ANSWER_SECONDS, pool_timeout=ANSWER_SECONDS), opening(address, slow, **_ONE))


def open_engine(address: Address) -> AsyncEngine:
    """Return one engine for a single piece of work that may take long, such as a copy."""
    return _open_sqlite(address, BUSY_SECONDS) if address.is_sqlite else _open_postgresql(address, _COMMAND_SECONDS)


def for_reading(engine: AsyncEngine) -> AsyncEngine:
    """Return the engine for transactions that see one moment of the database."""
    # SQLite's transactions are so by themselves.
    return engine if engine.dialect.name == "sqlite" else engine.execution_options(isolation_level="REPEATABLE READ")


def for_writing(engine: AsyncEngine) -> AsyncEngine:
    """Return the engine for transactions that write: SQLite's take their turn at the beginning, where waiting is safe."""
    return engine.execution_options(writes=True)


_ONE: dict[str, Any] = {"poolclass": AsyncAdaptedQueuePool, "pool_size": 1, "max_overflow": 0}


def _open_sqlite(address: Address, patience: int, **pool: Any) -> AsyncEngine:
    engine = create_async_engine(address.url, hide_parameters=True, **pool)
    event.listen(engine.sync_engine, "connect", partial(_set_up, patience=patience))
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _open_postgresql(address: Address, patience: int, **pool: Any) -> AsyncEngine:
    asked: dict[str, Any] = {"timeout": ANSWER_SECONDS, "command_timeout": patience, "server_settings": address.server_settings}
    return create_async_engine(address.url, hide_parameters=True, pool_pre_ping=True, connect_args=asked, **pool)


def _set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry, *, patience: int) -> None:
    # The driver would begin transactions late and by itself; `_begin` does it instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout = {patience * 1000}", *_PRAGMAS):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


# A file of SQLite before it is opened: who may read it, what is wrong with its path, its write-ahead log, and unfinished ones.

_PAUSE_SECONDS = 0.02
_OWNER_ONLY = 0o600


def make_ready(file: str) -> None:
    """Check the path, create the file where there is none, and turn its write-ahead log on (which it then stays)."""
    if not file.startswith("file:"):  # SQLite's own kind of URI
        _check_path(Path(file))
        sweep(Path(file).absolute().parent)
        # What SQLite puts beside it gets the same rights. One that is there is not opened: to close it would end SQLite's locks on it.
        with suppress(FileExistsError):
            os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
    with closing(sqlite3.connect(file, uri=file.startswith("file:"), timeout=BUSY_SECONDS)) as connection:
        _log_ahead(connection)


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """Create a file for its owner only, to be finished and given another name; what is left of it at the end is deleted."""
    part, held = _claim(folder)
    try:
        yield part
    finally:
        _delete(part)
        if held is not None:
            os.close(held)


def sweep(folder: Path) -> None:
    """Delete what killed processes left unfinished in a folder, and nothing that a process is still at."""
    if os.name != "posix":
        return  # only there does a lock end with its process and let the file be renamed
    for part in folder.glob(".backup-*.part"):
        with suppress(OSError):
            held = os.open(part, os.O_RDWR)
            try:
                if _locks(held):
                    _delete(part)
            finally:
                os.close(held)


def _claim(folder: Path) -> tuple[Path, int | None]:
    """Create a file, and return it with what holds the lock that keeps it from being swept."""
    while True:
        part = folder / f".backup-{secrets.token_hex(6)}.part"
        held = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        if os.name != "posix":
            os.close(held)
            return part, None
        if _locks(held) and os.fstat(held).st_nlink:
            return part, held
        os.close(held)  # it was swept before it was locked


def _locks(held: int) -> bool:
    """Take the lock of an open file that nobody else has; it is another one than SQLite's own."""
    import fcntl

    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _delete(part: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        Path(f"{part}{ending}").unlink(missing_ok=True)


def _check_path(path: Path) -> None:
    folder = path.absolute().parent
    if path.is_dir():
        raise StorageError(f"{path} is a folder; name a file in DATABASE_URL")
    if not folder.is_dir():
        raise StorageError(f"{path} cannot be created, because there is no folder {folder}; create it or name another file in DATABASE_URL")
    if not os.access(path if path.exists() else folder, os.R_OK | os.W_OK):
        raise StorageError(f"{path} may not be read and written; give this user the right, or name another file in DATABASE_URL")


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; SQLite does not wait here for others who do the same, so ask again until it is done."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


# Failures of a database as one line that says what happened and what to do.

_LOG = logging.getLogger(__name__)

_BY_WORDS = (
    ("file is not a database", "is not a SQLite database; name another file in DATABASE_URL, or move this one away"),
    ("malformed", "is damaged; put a backup in its place, or save what can be saved with sqlite3's .recover"),
    ("readonly", "may not be written; give this user the right to write the file and its folder"),
    ("database is locked", "is held by another program; close that program or try again"),
    ("is full", "cannot grow, the disk is full; make room and try again"),
    ("unable to open", "cannot be opened; check that this user may read and write the file and its folder"),
    ("disk i/o", "cannot be read or written; check the disk"),
)
"""SQLite's own words, which have stayed the same for twenty years, and ours."""

_BY_STATE = (
    ("28", "refuses the user or the password; check both in DATABASE_URL"),
    ("3D", "does not exist; create it on the server, or name another in DATABASE_URL"),
    ("42501", "does not let this user do that; grant the right to create and write tables"),
    ("53", "is out of room or connections; free some and try again"),
    ("08", "does not answer; check that it runs and that DATABASE_URL names the right host and port"),
    ("57P", "does not answer just now; try again when the server is up"),
)
"""How PostgreSQL's SQLSTATE begins, and our words."""

_SILENT = "does not answer; check that it runs and that DATABASE_URL names the right host and port"
_LONGEST = 200
"""Characters of a failure's own words."""

_FOR_STRANGERS = "try again in a few minutes, and tell whoever runs Rolecall if it lasts"


@contextmanager
def plainly_told(place: str) -> Iterator[None]:
    """
    Turn whatever a database raises inside into StorageError; `place` names the database without a password.

    It is for what only the host of the database does, such as opening it.
    """
    try:
        yield
    except _failures() as error:
        raise StorageError(f"{place} {_tell(error)}") from error


@contextmanager
def discreetly_told(place: str) -> Iterator[None]:
    """Turn the same into a StorageError that names no host, port or path, because anybody may read it; the log names them."""
    try:
        yield
    except _failures() as error:
        told = _tell(error)
        _LOG.warning("%s %s (%s)", place, told, _own_words(error) or type(error).__name__)
        # A failure that is not known is told in the database's own words, which may name anything.
        what = "failed" if told.startswith("failed:") else told.partition(";")[0]
        raise StorageError(f"the database {what}; {_FOR_STRANGERS}") from error


def _failures() -> tuple[type[Exception], ...]:
    """
    Return what databases raise; a mistake of ours in using SQLAlchemy is not among it.

    asyncpg raises its own while connecting; it is not loaded for SQLite.
    """
    asyncpg = sys.modules.get("asyncpg")
    own = (asyncpg.PostgresError, asyncpg.InterfaceError) if asyncpg else ()
    return (DBAPIError, NoConnectionFree, sqlite3.Error, OSError, *own)


def _tell(error: Exception) -> str:
    cause, words = _cause(error), _own_words(error)
    state = getattr(cause, "sqlstate", None) or ""
    for beginning, saying in _BY_STATE:
        if state.startswith(beginning):
            return saying
    for part, saying in _BY_WORDS:
        if part in words.lower():
            return saying
    if isinstance(cause, OSError | NoConnectionFree) or "connection" in words.lower():
        return _SILENT
    return f"failed: {words}"


def _own_words(error: Exception) -> str:
    cause = _cause(error)
    return " ".join(str(getattr(cause, "__cause__", None) or cause).split())[:_LONGEST]


def _cause(error: Exception) -> BaseException | None:
    return error.orig if isinstance(error, DBAPIError) else error


# The newest version of the database, without asking it each time.

LOOK_SECONDS = 0.5
"""How long what other processes changed may stay unseen: a look takes 0.7 ms, which is more than an answer from memory does."""


class LatestVersion:
    """Remembers the newest version seen and tells when the database is to be looked at again; what is remembered counts at once."""

    def __init__(self, ticks: Callable[[], float]) -> None:
        self._ticks = ticks
        self._look_at = 0.0
        self.known: int | None = None

    def remember(self, version: int) -> None:
        """Take in a version that was read or written; versions only rise."""
        self.known = max(version, self.known or 0)

    def is_due(self) -> bool:
        """Tell whether the caller shall look now; the others then go on with what is known meanwhile."""
        now = self._ticks()
        if self.known is not None and now < self._look_at:
            return False
        self._look_at = now + LOOK_SECONDS
        return True


# Bring a database to the newest tables when it is opened, one process at a time.

_FOLDER = Path(__file__).with_name("migrations")
_LOCK = 0x526F6C6563616C6C
"""The word Rolecall in ASCII, as the number of PostgreSQL's advisory lock."""


async def migrate(engine: AsyncEngine, *, place: str) -> None:
    """
    Create or upgrade the tables; raise NewerSchema for a database from a newer Rolecall.

    A database that is up to date is only looked at, and Alembic is not loaded for it.
    """
    async with for_reading(engine).connect() as connection:
        stamped = await connection.run_sync(read_revision)
    if stamped == HEAD:
        return
    async with for_writing(engine).begin() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        await connection.run_sync(_upgrade, place)


def read_revision(connection: Connection) -> str | None:
    """Return the step that a database has reached, None for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def configure(connection: Connection) -> "Config":
    """Return Alembic's configuration for a connection; it reads no file and prints nothing."""
    from alembic.config import Config

    config = Config(stdout=io.StringIO())
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


async def build(engine: AsyncEngine, revision: str) -> None:
    """Build the tables of a new database as they were at a step."""
    async with for_writing(engine).begin() as connection:
        await connection.run_sync(_build, revision)


def check_known(stamped: str | None, *, place: str) -> None:
    """Raise NewerSchema for a step that this Rolecall does not have."""
    from alembic.script import ScriptDirectory

    known = {step.revision for step in ScriptDirectory(str(_FOLDER)).walk_revisions()}
    if stamped is not None and stamped not in known:
        raise NewerSchema(f"{place} was written by a newer Rolecall; update Rolecall or name another database in DATABASE_URL")


def _build(connection: Connection, revision: str) -> None:
    from alembic import command

    command.upgrade(configure(connection), revision)


def _upgrade(connection: Connection, place: str) -> None:
    # Read again: another process may have migrated while this one waited for its turn.
    stamped = read_revision(connection)
    check_known(stamped, place=place)
    if stamped != HEAD:
        _build(connection, "head")


Clock = Callable[[], datetime]
Ticks = Callable[[], float]


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


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
                await engines.dispose()


@dataclass(slots=True)
class Database:
    """What everything that is kept is read and written through; failures are told in one line that names no place."""

    engines: Engines
    place: str
    """What the log calls it."""

    clock: Clock = utc_now
    latest: LatestVersion = field(default_factory=lambda: LatestVersion(time.monotonic))
    turns: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Those who want to write wait here, in the order in which they came, without a connection."""

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection that sees one moment."""
        with discreetly_told(self.place):
            async with _connected(for_reading(self.engines.reading)) as connection, _given_up(connection):
                yield connection

    @asynccontextmanager
    async def writing(self, by: Actor = ROLECALL) -> AsyncIterator[Turn]:
        """Wait for the turn to write, and commit at the end; nothing is written where something fails."""
        with discreetly_told(self.place):
            writing = for_writing(self.engines.writing)
            async with self._turn(), _connected(writing) as connection, connection.begin(), _given_up(connection):
                turn = await take_turn(connection, now=self.clock(), by=by)
                yield turn
                await end_turn(turn)
        if turn.has_changed:
            self.latest.remember(turn.version)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(BUSY_SECONDS):
                await self.turns.acquire()
        except TimeoutError:
            raise StorageError("the database is busy with what others write; try again in a few minutes") from None
        try:
            yield
        finally:
            self.turns.release()


@asynccontextmanager
async def _connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Give a connection; a server that hangs is not waited for longer than an answer may be."""
    async with AsyncExitStack() as stack:
        # Memory's one connection is waited for by itself: who has it lets it go.
        async with asyncio.timeout(None if engine.dialect.name == "sqlite" else ANSWER_SECONDS):
            connection = await stack.enter_async_context(engine.connect())
        yield connection


@asynccontextmanager
async def _given_up(connection: AsyncConnection) -> AsyncIterator[None]:
    """Drop a connection on which nothing came in time: to roll back on it would mean to wait once more, without a bound."""
    try:
        yield
    except TimeoutError:
        await connection.invalidate()
        raise
