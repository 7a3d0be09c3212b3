"""The file that a backup is: how it becomes whole, and what is checked before it is trusted. All of it waits for the disk."""

import os
import re
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL

from bot.domain.errors import StorageError
from bot.storage.address import Address
from bot.storage.engine import BUSY_SECONDS
from bot.storage.failures import plainly_told

_UNUSUAL = re.compile(r"[^\w-]+")
_LARGEST_VERSION = 2**62
"""More than any database reaches; beyond it the next ones could not be counted."""


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """Turn whatever goes wrong with a file into StorageError, one line that names it."""
    with plainly_told(str(path)):
        try:
            yield
        except (OSError, ValueError) as error:
            words = getattr(error, "strerror", None) or error
            raise StorageError(
                f"{str(path)[:200]!r} cannot be read or written ({words}); check the name, the right to it, and the disk"
            ) from error


def address_of(file: Path) -> Address:
    """Return the address of a file, whatever signs its path has."""
    return Address(URL.create("sqlite+aiosqlite", database=str(file)), {})


def database_path(address: Address) -> Path:
    """Return the path of the file of a SQLite database; StorageError for one that is in memory or not there."""
    if address.file is None:
        raise StorageError("the database in memory lasts no longer than its program; name a file in DATABASE_URL")
    if not address.file.startswith("file:"):  # SQLite's own kind of URI
        return Path(address.file)
    with plainly_told(address.place), closing(sqlite3.connect(address.file, uri=True)) as connection:
        return Path(connection.execute("PRAGMA database_list").fetchone()[2])


def check_target(file: Path, *, database: Path | None, overwrite: bool) -> None:
    """Refuse a path that no backup may be written to."""
    if file.is_dir():
        raise StorageError(f"{file} is a folder; name a file to write the backup to")
    if not file.absolute().parent.is_dir():
        raise StorageError(f"there is no folder {file.absolute().parent}; create it, or name another file to write the backup to")
    if database is not None and file.resolve() in {Path(f"{database.resolve()}{ending}") for ending in ("", "-wal", "-shm")}:
        raise StorageError(f"{file} is the database itself; name another file to write the backup to")
    if file.exists() and not overwrite:
        raise StorageError(f"there is a file {file} already, which is left as it is; name another one to write the backup to")


@contextmanager
def becoming(file: Path, *, overwrite: bool) -> Iterator[Path]:
    """Give a path beside the file, which takes the file's place when it is whole and on the disk; it is gone where something fails."""
    part = file.with_name(f".backup-{secrets.token_hex(6)}.part")
    try:
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        check_target(file, database=None, overwrite=overwrite)
        part.replace(file)
        _sync_folder(file.absolute().parent)
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            Path(f"{part}{ending}").unlink(missing_ok=True)


def copy_file(database: Path, file: Path) -> None:
    """Copy one moment of a SQLite database that others may be writing to; what stands in its write-ahead log is in the copy."""
    source = f"{database.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(source, uri=True, timeout=BUSY_SECONDS)) as live, closing(sqlite3.connect(file)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def is_whole(file: Path) -> bool:
    """Tell whether each page and reference in a SQLite file is as it must be."""
    with closing(sqlite3.connect(file)) as connection:
        pages = connection.execute("PRAGMA integrity_check(1)").fetchall()
        return pages == [("ok",)] and connection.execute("PRAGMA foreign_key_check").fetchone() is None


def read_step(file: Path) -> str | None:
    """Return the step that the tables in a SQLite file have reached; None where there are none of ours."""
    with closing(sqlite3.connect(file)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'").fetchone():
            return None
        step = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(step[0]) if step else None


def count_current(file: Path) -> int:
    """Return how many current postings there are in a backup."""
    with closing(sqlite3.connect(file)) as connection:
        counted: int = connection.execute("SELECT count(*) FROM posting WHERE state = 'current'").fetchone()[0]
        return counted


def check_content(file: Path, *, place: str) -> None:
    """Refuse a file of SQLite, with the newest tables, whose rows are none that Rolecall wrote; `place` is what it is called."""
    with closing(sqlite3.connect(file)) as connection:
        try:
            others = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchall()
            is_ours = not others and not any(
                connection.execute(f"SELECT 1 {wrong} LIMIT 1").fetchone() for wrong in _wrong_rows(connection)
            )
        except sqlite3.DatabaseError:
            is_ours = False
    if not is_ours:
        raise StorageError(f"{place} holds what Rolecall did not write; name another backup")


def beside(file: Path, *, name: str, now: datetime) -> Path:
    """Return a path in a file's folder that is free, for what a database held before something else was restored into it."""
    stem = f"{_UNUSUAL.sub('_', name)[:60]}-before-restore-{now:%Y%m%d-%H%M%S}"
    path = file.absolute().parent / f"{stem}.db"
    while path.exists():
        path = path.with_name(f"{stem}-{secrets.token_hex(3)}.db")
    return path


_WORDS = (
    ("posting", "state", ("current", "superseded", "removed")),
    ("action", "deed", ("added", "updated", "corrected", "removed", "restored")),
    ("proposal", "state", ("open", "kept", "cancelled")),
)
_STORED_AS = (("INT", ("integer",)), ("TEXT", ("text",)), ("JSON", ("text",)), ("DATETIME", ("text",)), ("DOUBLE", ("real", "integer")))
"""What columns are declared as, and what SQLite then holds; it would hold anything."""


def _wrong_rows(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what each row that must not be is found by."""
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for _, column, declared, is_needed, _, is_key in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
            kinds = next((kinds for beginning, kinds in _STORED_AS if beginning in declared.upper()), None)
            if kinds is not None:
                allowed = kinds if is_needed or is_key else (*kinds, "null")
                yield f'FROM "{table}" WHERE typeof("{column}") NOT IN {_spell(allowed)}'
    for table, column, words in _WORDS:
        yield f"FROM {table} WHERE {column} NOT IN {_spell(words)}"
    yield f"FROM ledger WHERE version NOT BETWEEN 0 AND {_LARGEST_VERSION} OR last_id NOT BETWEEN 0 AND {_LARGEST_VERSION}"
    yield "FROM (SELECT count(*) AS rows, min(id) AS id FROM ledger) WHERE rows != 1 OR id != 1"
    yield f"FROM posting WHERE id NOT BETWEEN 1 AND {_LARGEST_VERSION} OR lineage NOT BETWEEN 1 AND {_LARGEST_VERSION}"
    yield "FROM (SELECT sum(state != 'superseded') AS newest FROM posting GROUP BY lineage) WHERE newest != 1"


def _spell(words: Iterable[str]) -> str:
    return f"({', '.join(repr(word) for word in words)})"


def _sync_folder(folder: Path) -> None:
    """Make a file's new name last; only POSIX systems need it and let one do it."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
