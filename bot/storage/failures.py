"""Failures of a database as one line that says what happened and what to do."""

import logging
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from bot.domain.errors import StorageError

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
