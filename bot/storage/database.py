"""An open database: how to read it, and how to take one's turn to write."""

import asyncio
import io
import os
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
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


# The connection pool, set so that what was committed stays and readers wait for nobody.

BUSY_SECONDS = 30
"""How long SQLite waits for another process's write."""

_CONNECT_SECONDS = 10
_COMMAND_SECONDS = 60
_PRAGMAS = (f"busy_timeout = {BUSY_SECONDS * 1000}", "foreign_keys = ON", "synchronous = FULL", "fullfsync = ON")
"""
What was committed is on the disk, so that it also outlives the loss of power; with NORMAL it would outlive only the end of the program.
That is 3 ms more for each commit on a plain disk (11 instead of 8 for one posting), and the same speed for an import in batches. What a
server does stands in its own synchronous_commit, which is on unless its owner turned it off.
"""


def open_engine(address: Address) -> AsyncEngine:
    """Return an engine; nothing is connected before its first use."""
    return _open_sqlite(address) if address.is_sqlite else _open_postgresql(address)


def for_reading(engine: AsyncEngine) -> AsyncEngine:
    """Return the engine for transactions that see one moment of the database."""
    # SQLite's transactions are so by themselves.
    return engine if engine.dialect.name == "sqlite" else engine.execution_options(isolation_level="REPEATABLE READ")


def for_writing(engine: AsyncEngine) -> AsyncEngine:
    """Return the engine for transactions that write: SQLite's take their turn at the beginning, where waiting is safe."""
    return engine.execution_options(writes=True)


def _open_sqlite(address: Address) -> AsyncEngine:
    # Memory lasts as long as its one connection, for which all wait in turn; each transaction on a file has its own.
    pool: dict[str, Any] = {} if address.file else {"poolclass": AsyncAdaptedQueuePool, "pool_size": 1, "max_overflow": 0}
    engine = create_async_engine(address.url, hide_parameters=True, **pool)
    event.listen(engine.sync_engine, "connect", _set_up)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _open_postgresql(address: Address) -> AsyncEngine:
    asked: dict[str, Any] = {"timeout": _CONNECT_SECONDS, "command_timeout": _COMMAND_SECONDS, "server_settings": address.server_settings}
    return create_async_engine(address.url, hide_parameters=True, pool_pre_ping=True, connect_args=asked)


def _set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver would begin transactions late and by itself; `_begin` does it instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


# A file of SQLite before it is opened: what is wrong with its path, and its write-ahead log.

_PAUSE_SECONDS = 0.02


def make_ready(file: str) -> None:
    """Check the path, create the file where there is none, and turn its write-ahead log on (which it then stays)."""
    if not file.startswith("file:"):  # SQLite's own kind of URI
        _check_path(Path(file))
    with closing(sqlite3.connect(file, uri=file.startswith("file:"), timeout=BUSY_SECONDS)) as connection:
        _log_ahead(connection)


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


@contextmanager
def plainly_told(place: str) -> Iterator[None]:
    """Turn whatever a database raises inside into StorageError; `place` names the database without a password."""
    try:
        yield
    except _failures() as error:
        raise StorageError(f"{place} {_tell(error)}") from error


def _failures() -> tuple[type[Exception], ...]:
    """
    Return what databases raise; a mistake of ours in using SQLAlchemy is not among it.

    asyncpg raises its own while connecting; it is not loaded for SQLite.
    """
    asyncpg = sys.modules.get("asyncpg")
    own = (asyncpg.PostgresError, asyncpg.InterfaceError) if asyncpg else ()
    return (DBAPIError, NoConnectionFree, sqlite3.Error, OSError, *own)


def _tell(error: Exception) -> str:
    cause: BaseException | None = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(cause, "sqlstate", None) or ""
    words = " ".join(str(getattr(cause, "__cause__", None) or cause).split())
    for beginning, saying in _BY_STATE:
        if state.startswith(beginning):
            return saying
    for part, saying in _BY_WORDS:
        if part in words.lower():
            return saying
    if isinstance(cause, OSError) or "connection" in words.lower():
        return _SILENT
    return f"failed: {words[:_LONGEST]}"


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
async def opened(address: Address) -> AsyncIterator[AsyncEngine]:
    """Create or upgrade the tables of a database, and close it at the end."""
    with plainly_told(address.place):
        if address.file:
            await asyncio.to_thread(make_ready, address.file)
        engine = open_engine(address)
    try:
        with plainly_told(address.place):
            await migrate(engine, place=address.place)
        yield engine
    finally:
        await engine.dispose()


@dataclass(slots=True)
class Database:
    """What everything that is kept is read and written through; failures are told in one line."""

    engine: AsyncEngine
    place: str
    """What a person is told that it is."""

    clock: Clock = utc_now
    latest: LatestVersion = field(default_factory=lambda: LatestVersion(time.monotonic))

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection that sees one moment."""
        with plainly_told(self.place):
            async with for_reading(self.engine).connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self, by: Actor = ROLECALL) -> AsyncIterator[Turn]:
        """Wait for the turn to write, and commit at the end; nothing is written where something fails."""
        with plainly_told(self.place):
            async with for_writing(self.engine).begin() as connection:
                turn = await take_turn(connection, now=self.clock(), by=by)
                yield turn
                await end_turn(turn)
        if turn.has_changed:
            self.latest.remember(turn.version)
