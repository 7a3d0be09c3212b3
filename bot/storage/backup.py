"""Copies of a running database in one file, and how they are brought back."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.actor import ROLECALL, Actor
from bot.domain.errors import NewerSchema, StorageError
from bot.storage.address import Address, read_address
from bot.storage.backup_file import (
    address_of,
    becoming,
    beside,
    check_content,
    check_target,
    copy_file,
    count_current,
    database_path,
    is_whole,
    read_step,
    told_of,
)
from bot.storage.copying import copy_all
from bot.storage.database import Clock, Database, opened, utc_now
from bot.storage.engine import for_reading, for_writing, open_engine
from bot.storage.failures import plainly_told
from bot.storage.migrating import build, check_known, migrate, read_revision
from bot.storage.replacing import Source, is_empty, replace_all


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
    with told_of(target):
        database = await asyncio.to_thread(_check_copying, address, target, overwrite=overwrite)
    step = await _read_step(address)
    with told_of(target):
        if database is not None:
            return await asyncio.to_thread(_copy_file, database, target, overwrite=overwrite)
        with becoming(target, overwrite=overwrite) as part:
            await _copy_server(address, part, step=step)
            return await asyncio.to_thread(count_current, part)


async def restore_backup(url: str, file: Path | str, *, by: Actor = ROLECALL, clock: Clock = utc_now) -> Restored:
    """
    Make a database hold what a backup holds, all at once, also while a bot runs on it.

    What the database holds now is written into a backup first, beside the database's own file or, for PostgreSQL, beside the backup.
    StorageError says in one line what is wrong; the database is then as it was.
    """
    address, backup = read_address(url), Path(file)
    with told_of(backup):
        database = await asyncio.to_thread(_check_restoring, address, backup)
    async with (
        _opened_copy(backup, (database or backup).absolute().parent) as copy,
        opened(address) as engine,
        for_reading(copy).connect() as held,
        Database(engine, address.place, clock).writing(by) as turn,
    ):
        before = None if await is_empty(turn.connection) else beside(database or backup, name=_name(address, database), now=turn.now)
        if before is not None:
            # Nobody else writes now: what was kept until this moment is in it.
            await write_backup(url, before)
        replaced = await replace_all(turn, Source(held, str(backup)))
    return Restored(replaced.current, replaced.removed, before)


def _check_copying(address: Address, target: Path, *, overwrite: bool) -> Path | None:
    """Return the database's file, None for a server; refuse what cannot be copied there."""
    database = database_path(address) if address.is_sqlite else None
    if database is not None and not database.exists():
        raise StorageError(f"there is no database {database} to copy; check DATABASE_URL")
    check_target(target, database=database, overwrite=overwrite)
    return database


def _check_restoring(address: Address, backup: Path) -> Path | None:
    """Return the database's file, None for a server; refuse what cannot be a backup of it."""
    database = database_path(address) if address.is_sqlite else None
    if not backup.is_file():
        raise StorageError(f"there is no file {backup}; name one that a backup was written to")
    if database is not None and database.resolve() == backup.resolve():
        raise StorageError(f"{backup} is the database itself; name a backup of it")
    return database


def _name(address: Address, database: Path | None) -> str:
    return database.stem if database else address.url.database or "postgresql"


def _copy_file(database: Path, target: Path, *, overwrite: bool) -> int:
    with becoming(target, overwrite=overwrite) as part:
        copy_file(database, part)
        with plainly_told(str(database)):
            if not is_whole(part):
                raise sqlite3.DatabaseError("malformed")
        return count_current(part)


async def _copy_server(address: Address, part: Path, *, step: str) -> None:
    """Copy a server's tables as they are at this moment."""
    source, target = open_engine(address), open_engine(address_of(part))
    try:
        await build(target, step)
        with plainly_told(address.place):
            async with for_reading(source).connect() as live, for_writing(target).begin() as copy:
                await copy_all(live, copy)
    finally:
        await source.dispose()
        await target.dispose()


async def _read_step(address: Address) -> str:
    """Return the step that a database's tables have reached."""
    engine = open_engine(address)
    try:
        with plainly_told(address.place):
            async with for_reading(engine).connect() as connection:
                stamped = await connection.run_sync(read_revision)
    finally:
        await engine.dispose()
    if stamped is None:
        raise StorageError(f"{address.place} was never used by Rolecall, so there is nothing to copy; check DATABASE_URL")
    check_known(stamped, place=address.place)
    return stamped


@asynccontextmanager
async def _opened_copy(backup: Path, folder: Path) -> AsyncIterator[AsyncEngine]:
    """Copy a backup beside the database, check it, and bring it to the newest tables; the backup itself is only read."""
    with told_of(folder):
        space = TemporaryDirectory(prefix=".restore-", dir=folder, ignore_cleanup_errors=True)
    with space as name:
        copy = Path(name) / "copy.db"
        await asyncio.to_thread(_check_copy, backup, copy)
        engine = open_engine(address_of(copy))
        try:
            with plainly_told(str(backup)):
                await migrate(engine, place=str(backup))
            await asyncio.to_thread(check_content, copy, place=str(backup))
            yield engine
        finally:
            await engine.dispose()


def _check_copy(backup: Path, copy: Path) -> None:
    """Copy a backup, and refuse a file that is none."""
    with told_of(backup):
        try:
            copy_file(backup, copy)
            step, is_sound = read_step(copy), is_whole(copy)
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
