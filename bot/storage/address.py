"""Where a database is: what DATABASE_URL means, the file of SQLite before it is opened, and its failures in one line."""

import logging
import os
import secrets
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from bot.domain.errors import StorageError

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
    try:
        parsed = make_url(url.strip())
    except (ArgumentError, ValueError):
        # Not chained: the cause may repeat the password.
        raise StorageError("DATABASE_URL is not a URL; write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME") from None
    backend = parsed.drivername.partition("+")[0].lower()
    if backend not in _DRIVERS:
        raise StorageError(f"DATABASE_URL names {backend}, which Rolecall cannot use; begin it with sqlite:/// or postgresql://")
    named = parsed.set(drivername=_DRIVERS[backend])
    return Address(named, {}) if backend == "sqlite" else _sort_query(named)


def check_there(url: str) -> None:
    """Raise StorageError where a URL names a file of SQLite that is not there."""
    address = read_address(url)
    if address.file and not address.file.startswith("file:") and not Path(address.file).exists():
        raise StorageError(f"there is no database {address.place}; add postings with import first, or name another one with --database")


def _sort_query(url: URL) -> Address:
    query = {_HOSTED.get(name, name): value for name, value in url.query.items() if name not in _LEFT_OUT}
    settings: dict[str, Any] = {name: query.pop(name) for name in _SERVER_SETTINGS & query.keys()}
    if unknown := sorted(query.keys() - _PASSED_ON):
        raise StorageError(f"DATABASE_URL asks for {unknown[0]!r} behind its question mark, which Rolecall does not know; take it out")
    return Address(url.set(query=query), settings)


# A file of SQLite before it is opened: who may read it, what is wrong with its path, its write-ahead log, and unfinished ones.

BUSY_SECONDS = 30
"""How long SQLite waits for another process's write."""

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
def sole(url: str) -> Iterator[None]:
    """
    Be the one bot on a file of SQLite as long as this lasts; raise StorageError where there is one already.

    Whatever else opens the file, such as an import or a backup, is not kept from it. A server takes any number of bots.
    """
    file = read_address(url).file
    if file is None or file.startswith("file:") or os.name != "posix":
        yield
        return
    _check_path(Path(file))
    # It is closed after all of SQLite's own: to close it sooner would end SQLite's locks on it.
    held = os.open(file, os.O_RDWR | os.O_CREAT, _OWNER_ONLY)
    try:
        if not _locks(held):
            raise StorageError(
                f"another bot runs on {file} already; end that one first, or let several run on PostgreSQL, each with its SHARDS"
            )
        yield
    finally:
        os.close(held)


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
