"""What a DATABASE_URL means, in the spellings that people paste, and how to name it without its password."""

from typing import Any, NamedTuple

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.errors import StorageError

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
