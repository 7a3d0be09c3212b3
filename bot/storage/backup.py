"""Copies of a running database in one file, and how they are brought back."""

import asyncio
import os
import re
import secrets
import sqlite3
from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import URL, Connection, Table, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.errors import NewerSchema, StorageError
from bot.domain.person import ROLECALL, Actor
from bot.domain.posting import ActionKind, ProposalState
from bot.storage.address import BUSY_SECONDS, Address, plainly_told, read_address, sweep, unfinished
from bot.storage.database import Database, Turn, for_reading, for_writing, open_engine, opened
from bot.storage.migrations import build, check_known, migrate
from bot.storage.records import RowState
from bot.storage.search import are_filed, rebuild
from bot.storage.tables import (
    DAMAGED,
    action,
    bits,
    called,
    correction,
    fact,
    fact_key,
    in_chunks,
    is_current,
    ledger,
    ledger_reader,
    memo,
    metadata,
    outbox,
    posting,
)
from bot.storage.upkeep import pages_of, read_reached_step
from bot.storage.writing import mark, to_action_row

_NOT_OURS = "holds what Rolecall did not write; name another backup"


class Restored(NamedTuple):
    """What bringing back a backup came to."""

    current: int
    """Postings that are there now."""

    removed: int
    """Postings that were there and that the backup does not have: removed now, so that each can be brought back."""

    before: Path | None
    """The backup of what was there; None where there was nothing."""


async def write_backup(url: str, file: Path | str, *, overwrite: bool = False) -> int:
    """
    Copy one moment of a database into one SQLite file, while others go on writing, and return how many current postings are in it.

    The file appears when it is whole. The database itself is never overwritten, another file only where `overwrite` says so.
    StorageError says in one line what is wrong.
    """
    address, target = read_address(url), Path(file)
    with _told_of(target):
        database = await asyncio.to_thread(_check_copying, address, target, overwrite=overwrite)
    step = await read_reached_step(address)
    with _told_of(target):
        if database is not None:
            return await asyncio.to_thread(_copy_whole, database, target, overwrite=overwrite)
        with _becoming(target, overwrite=overwrite) as part:
            await _copy_server(address, part, step=step)
            return await asyncio.to_thread(_count_current, part)


async def restore_backup(url: str, file: Path | str, *, by: Actor = ROLECALL) -> Restored:
    """
    Make a database hold what a backup holds, all at once, also while a bot runs on it.

    What the database holds now is written into a backup first, beside the database's own file or, for PostgreSQL, beside the backup.
    StorageError says in one line what is wrong; the database is then as it was.
    """
    address, backup = read_address(url), Path(file)
    with _told_of(backup):
        database = await asyncio.to_thread(_check_restoring, address, backup)
    async with (
        _opened_copy(backup, (database or backup).absolute().parent) as copy,
        opened(address) as engines,
        for_reading(copy).connect() as held,
        Database(engines, address.place).writing(by) as turn,
    ):
        name = database.stem if database else address.url.database or "postgresql"
        before = None if await _is_empty(turn.connection) else _beside(database or backup, name=name, now=turn.now)
        if before is not None:
            # Nobody else writes now: what was kept until this moment is in it.
            await write_backup(url, before)
        removed = await _replace_all(turn, held, place=str(backup))
        current = (await turn.connection.execute(sa.select(sa.func.count()).select_from(posting).where(is_current))).scalar_one()
    return Restored(current, removed, before)


# What a database and a path must be, before anything is copied.


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Turn whatever goes wrong with a file into StorageError, one line that names it."""
    with plainly_told(str(path)):
        try:
            yield
        except (OSError, ValueError) as error:
            words = getattr(error, "strerror", None) or error
            raise StorageError(
                f"{str(path)[:200]!r} cannot be read or written ({words}); check the name, the right to it, and the disk"
            ) from error


def _database_path(address: Address) -> Path | None:
    """Return the path of the file of a SQLite database, None for a server; StorageError for one that is in memory or not there."""
    if not address.is_sqlite:
        return None
    if address.file is None:
        raise StorageError("the database in memory lasts no longer than its program; name a file in DATABASE_URL")
    if not address.file.startswith("file:"):  # SQLite's own kind of URI
        return Path(address.file)
    with plainly_told(address.place), closing(sqlite3.connect(address.file, uri=True)) as connection:
        return Path(connection.execute("PRAGMA database_list").fetchone()[2])


def _check_copying(address: Address, target: Path, *, overwrite: bool) -> Path | None:
    """Return the database's file, None for a server; refuse what cannot be copied there."""
    database = _database_path(address)
    if database is not None and not database.exists():
        raise StorageError(f"there is no database {database} to copy; check DATABASE_URL")
    _check_target(target, database=database, overwrite=overwrite)
    return database


def _check_restoring(address: Address, backup: Path) -> Path | None:
    """Return the database's file, None for a server; refuse what cannot be a backup of it."""
    database = _database_path(address)
    if not backup.is_file():
        raise StorageError(f"there is no file {backup}; name one that a backup was written to")
    if database is not None and database.resolve() == backup.resolve():
        raise StorageError(f"{backup} is the database itself; name a backup of it")
    return database


def _check_target(file: Path, *, database: Path | None, overwrite: bool) -> None:
    if file.is_dir():
        raise StorageError(f"{file} is a folder; name a file to write the backup to")
    if not file.absolute().parent.is_dir():
        raise StorageError(f"there is no folder {file.absolute().parent}; create it, or name another file to write the backup to")
    if database is not None and file.resolve() in {Path(f"{database.resolve()}{ending}") for ending in ("", "-wal", "-shm")}:
        raise StorageError(f"{file} is the database itself; name another file to write the backup to")
    if file.exists() and not overwrite:
        raise StorageError(f"there is a file {file} already, which is left as it is; name another one to write the backup to")


def _check_copy(backup: Path, copy: Path) -> None:
    """Copy a backup, and refuse a file that is none."""
    with _told_of(backup):
        try:
            _copy_file(backup, copy)
            step, is_sound = _read_step(copy), _is_whole(copy)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            raise StorageError(f"{backup} is damaged, or no backup at all; name another one") from error
    if step is None or not is_sound:
        raise StorageError(f"{backup} is {'damaged' if step else 'no backup of Rolecall'}; name another one")
    try:
        check_known(step, place=str(backup))
    except NewerSchema as error:
        raise NewerSchema(f"{backup} was written by a newer Rolecall; update Rolecall to bring it back") from error


# Files of SQLite: all of this waits for the disk.

_UNUSUAL = re.compile(r"[^\w-]+")
_LARGEST_VERSION = 2**62
"""More than any database reaches; beyond it the next ones could not be counted."""

_WORDS = (("posting", "state", RowState), ("action", "deed", ActionKind), ("proposal", "state", ProposalState))
_STORED_AS = (
    ("INT", ("integer",)),
    ("TEXT", ("text",)),
    ("JSON", ("text",)),
    ("BOOL", ("integer",)),
    ("DATETIME", ("text",)),
    ("DOUBLE", ("real", "integer")),
    ("BLOB", ("blob",)),
)
"""What columns are declared as, and what SQLite then holds; it would hold anything."""


@contextmanager
def _becoming(file: Path, *, overwrite: bool) -> Iterator[Path]:
    """Give a path beside the file, which takes the file's place when it is whole and on the disk; it is gone where something fails."""
    folder = file.absolute().parent
    sweep(folder)
    with unfinished(folder) as part:
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        _check_target(file, database=None, overwrite=overwrite)
        part.replace(file)
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """Make a file's new name last; only POSIX systems need it and let one do it."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _copy_file(database: Path, file: Path) -> None:
    """Copy one moment of a SQLite database that others may be writing to; what stands in its write-ahead log is in the copy."""
    source = f"{database.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(source, uri=True, timeout=BUSY_SECONDS)) as live, closing(sqlite3.connect(file)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def _copy_whole(database: Path, target: Path, *, overwrite: bool) -> int:
    with _becoming(target, overwrite=overwrite) as part:
        _copy_file(database, part)
        with plainly_told(str(database)):
            if not _is_whole(part):
                raise sqlite3.DatabaseError("malformed")
        _forget_memos(part)
        return _count_current(part)


def _forget_memos(file: Path) -> None:
    """Take out of a copy what is forgotten within the hour, and of what the disk holds too: who waits for an answer is nobody else's."""
    with closing(sqlite3.connect(file, isolation_level=None)) as copy:
        if copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'memo'").fetchone():
            copy.execute("PRAGMA secure_delete = ON")
            copy.execute("DELETE FROM memo")


@asynccontextmanager
async def _opened_copy(backup: Path, folder: Path) -> AsyncIterator[AsyncEngine]:
    """Copy a backup beside the database, check it, and bring it to the newest tables; the backup itself is only read."""
    with _told_of(folder):
        sweep(folder)
        space = ExitStack()
        copy = space.enter_context(unfinished(folder))
    with space:
        await asyncio.to_thread(_check_copy, backup, copy)
        async with open_engine(_address_of(copy)) as engine:
            with plainly_told(str(backup)):
                await migrate(engine, place=str(backup))
            await asyncio.to_thread(_check_content, copy, place=str(backup))
            yield engine


def _beside(file: Path, *, name: str, now: datetime) -> Path:
    """Return a path in a file's folder that is free, for what a database held before something else was restored into it."""
    stem = f"{_UNUSUAL.sub('_', name)[:60]}-before-restore-{now:%Y%m%d-%H%M%S}"
    path = file.absolute().parent / f"{stem}.db"
    while path.exists():
        path = path.with_name(f"{stem}-{secrets.token_hex(3)}.db")
    return path


def _ask(file: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(question).fetchall()


def _is_whole(file: Path) -> bool:
    """Tell whether each page and reference in a SQLite file is as it must be."""
    return _ask(file, "PRAGMA integrity_check(1)") == [("ok",)] and not _ask(file, "PRAGMA foreign_key_check")


def _read_step(file: Path) -> str | None:
    """Return the step that the tables in a SQLite file have reached; None where there are none of ours."""
    if not _ask(file, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"):
        return None
    return next((str(step) for (step,) in _ask(file, "SELECT version_num FROM alembic_version")), None)


def _count_current(file: Path) -> int:
    ((counted,),) = _ask(file, "SELECT count(*) FROM posting WHERE state = 'current'")
    return int(counted)


def _check_content(file: Path, *, place: str) -> None:
    """Refuse a file of SQLite, with the newest tables, whose rows are none that Rolecall wrote; `place` is what it is called."""
    try:
        is_ours = not any(_ask(file, f"SELECT 1 {wrong} LIMIT 1") for wrong in _wrong_rows(file))
    except sqlite3.DatabaseError:
        is_ours = False
    if not is_ours:
        raise StorageError(f"{place} {_NOT_OURS}")


def _wrong_rows(file: Path) -> Iterator[str]:
    """Yield what each row that must not be is found by."""
    yield "FROM sqlite_master WHERE type IN ('trigger', 'view')"
    for (table,) in _ask(file, "SELECT name FROM sqlite_master WHERE type = 'table'"):
        for _, column, declared, is_needed, _, is_key in _ask(file, f'PRAGMA table_info("{table}")'):
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
    return f"({', '.join(repr(str(word)) for word in words)})"


# Rows of one database written into another.

_OF_A_ROW = (fact, fact_key, correction, called)
_NOT_ALONE = (posting, *_OF_A_ROW, bits, action, outbox, ledger, ledger_reader, memo)
_ALONE = tuple(table for table in metadata.sorted_tables if table not in _NOT_ALONE)
"""What comes from the backup as a whole, those first that others refer to."""


def _address_of(file: Path) -> Address:
    """Return the address of a file, whatever signs its path has."""
    return Address(URL.create("sqlite+aiosqlite", database=str(file)), {})


async def _copy_server(address: Address, part: Path, *, step: str) -> None:
    """Copy a server's tables as they are at this moment; they may be those of an older step."""
    async with open_engine(address) as source, open_engine(_address_of(part)) as target:
        await build(target, step)
        with plainly_told(address.place):
            async with for_reading(source).connect() as live, for_writing(target).begin() as copy:
                await copy.execute(sa.delete(ledger))
                for table in metadata.sorted_tables:
                    asked = await live.run_sync(_select_known, table)
                    if asked is None or table is memo:  # what is forgotten within the hour
                        continue
                    async for page in pages_of(live, asked):
                        await copy.execute(sa.insert(table), page)


async def _read_pages(source: AsyncConnection, table: Table, *, place: str) -> AsyncIterator[list[dict[str, Any]]]:
    """Yield all rows of a table; StorageError for a value that is none, `place` is what the database is called."""
    try:
        async for page in pages_of(source, sa.select(table)):
            if any(DAMAGED in row.values() for row in page):
                raise StorageError(f"{place} {_NOT_OURS}")
            yield page
    except (ValueError, TypeError, DBAPIError) as error:
        raise StorageError(f"{place} {_NOT_OURS}") from error


def _select_known(connection: Connection, table: Table) -> sa.Select[Any] | None:
    """Select those of a table's columns that a database of an older step has; None where it has no such table."""
    inspector = inspect(connection)
    if not inspector.has_table(table.name):
        return None
    return sa.select(*(table.c[column["name"]] for column in inspector.get_columns(table.name) if column["name"] in table.c))


# A database made to hold what a backup holds, by who has the turn to write.


async def _is_empty(connection: AsyncConnection) -> bool:
    """Tell whether a database holds nothing that could be lost."""
    found = [
        (await connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1))).first() for table in (posting, action, *_ALONE)
    ]
    return not any(found)


async def _replace_all(turn: Turn, backup: AsyncConnection, *, place: str) -> int:
    """
    Put a backup's content, with the newest tables, in the place of the database's own, and return how many postings only that had.

    Who follows the changes is told of every posting. Postings that only the database has stay, removed; their rows are given other ids
    where the backup has rows of those.
    """
    version, last_id = (await backup.execute(sa.select(ledger.c.version, ledger.c.last_id))).one()
    rows = {row.id: row.lineage for row in await backup.execute(sa.select(posting.c.id, posting.c.lineage))}
    turn.version = max(turn.version, version + 1)
    turn.last_id = max(turn.last_id, last_id, *rows)
    turn.has_changed = True
    await _clear(turn.connection, set(rows.values()))
    removed = await _remove_others(turn)
    await _make_room(turn, rows.keys())
    await _write_actions(turn, backup, place=place)
    for table in (posting, *_OF_A_ROW, *_ALONE):
        async for page in _read_pages(backup, table, place=place):
            await turn.connection.execute(sa.insert(table), _renew(page, turn) if table is posting else page)
    await rebuild(turn.connection, is_new=await are_filed(backup))
    # What waited to be sent when the backup was made may have been sent since: nobody is told of what was before now.
    names = {"watches", *(await backup.execute(sa.select(ledger_reader.c.name))).scalars()}
    names |= set((await turn.connection.execute(sa.delete(ledger_reader).returning(ledger_reader.c.name))).scalars())
    readers = [{"name": name, "version": turn.version, "position": 0} for name in sorted(names)]
    await turn.connection.execute(sa.insert(ledger_reader), readers)
    return removed


async def _clear(connection: AsyncConnection, lineages: set[int]) -> None:
    """Take out what the backup has too, and what there is one of."""
    for chunk in in_chunks(lineages):
        for table in (posting, action):
            await connection.execute(sa.delete(table).where(table.c.lineage.in_(chunk)))
    for table in _ALONE:
        await connection.execute(sa.delete(table))


async def _remove_others(turn: Turn) -> int:
    """Remove the postings that are left and return how many there were."""
    names = ("id", "lineage", "scope", "company", "title", "revision")
    rows = (await turn.connection.execute(sa.select(*(posting.c[name] for name in names)).where(is_current))).all()
    await mark(turn, [row.id for row in rows], state=RowState.REMOVED)
    turn.actions += [to_action_row(ActionKind.REMOVED, row, before=row.revision) for row in rows]
    return len(rows)


async def _make_room(turn: Turn, taken: Collection[int]) -> None:
    """Give rows other ids where the backup has rows of these; facts, keys and corrections go with them."""
    ids = sorted((await turn.connection.execute(sa.select(posting.c.id))).scalars())
    moves = [{"old": old, "new": turn.last_id + place} for place, old in enumerate((one for one in ids if one in taken), start=1)]
    if not moves:
        return
    turn.last_id += len(moves)
    old: sa.BindParameter[int] = sa.bindparam("old")
    new: sa.BindParameter[int] = sa.bindparam("new")
    # The copy stands beside the row for a moment, and a posting has each revision once.
    values = {column.name: column for column in posting.c} | {"id": new, "revision": -posting.c.revision}
    copy = sa.insert(posting).from_select(list(values), sa.select(*values.values()).where(posting.c.id == old))
    await turn.connection.execute(copy, moves)
    for table in _OF_A_ROW:
        await turn.connection.execute(sa.update(table).where(table.c.posting_id == old).values(posting_id=new), moves)
    await turn.connection.execute(sa.delete(posting).where(posting.c.id == old), [{"old": move["old"]} for move in moves])
    await turn.connection.execute(sa.update(posting).where(posting.c.revision < 0).values(revision=-posting.c.revision))


async def _write_actions(turn: Turn, backup: AsyncConnection, *, place: str) -> None:
    """Write down what the backup tells; what was done to the postings that stay gets another place where that one is taken."""
    own = {(row.version, row.position) for row in await turn.connection.execute(sa.select(action.c.version, action.c.position))}
    last = (await backup.execute(sa.select(sa.func.max(action.c.position)))).scalar() or 0
    behind = 1 + max([last, *(position for _, position in own)])
    is_taken = sa.and_(action.c.version == sa.bindparam("in_version"), action.c.position == sa.bindparam("in_position"))
    move = sa.update(action).where(is_taken).values(position=action.c.position + behind)
    async for page in _read_pages(backup, action, place=place):
        taken = [at for row in page if (at := (row["version"], row["position"])) in own]
        if taken:
            await turn.connection.execute(move, [{"in_version": version, "in_position": position} for version, position in taken])
        await turn.connection.execute(sa.insert(action), page)


def _renew(page: list[dict[str, Any]], turn: Turn) -> list[dict[str, Any]]:
    """Let everybody who follows the changes be told of each posting, as it is in the backup."""
    return [row if row["state"] == RowState.SUPERSEDED else {**row, "change": turn.version} for row in page]
