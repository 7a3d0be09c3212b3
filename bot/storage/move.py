"""Everything that one database keeps, moved into another: what a host does who goes from SQLite to PostgreSQL."""

import hashlib
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Table, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.errors import StorageError
from bot.storage.address import Address, check_there, plainly_told, read_address, sole
from bot.storage.backup import read_reached_step
from bot.storage.database import for_writing, open_engine, opened
from bot.storage.tables import DAMAGED, bits, ledger, metadata

_PAGE = 250
"""How many rows are moved at once, and together or not at all."""

_origin = Table(
    "unfinished_move",
    sa.MetaData(),
    sa.Column("place", sa.Text, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("last_id", sa.BigInteger, nullable=False),
)
"""One row, in the database that is moved to, until all is there: which database is moved, and how far its ledger was."""

_TABLES = [table for table in metadata.sorted_tables if table is not ledger]
"""Whose rows are moved, those that others refer to first; the ledger comes last of all, by itself."""

_OF_A_VALUE = ("22", "23")
"""How PostgreSQL's SQLSTATE begins where it does not take what a row holds."""

_NEVER = -1
"""A version that no ledger has: what was moved is of no use."""

Told = Callable[[str, int], None]
"""Is told after each batch of which table how many rows are there."""


class _Origin(NamedTuple):
    place: str
    version: int
    last_id: int


async def move_database(url: str, to: str, *, on_batch: Told = lambda _table, _rows: None) -> dict[str, int]:
    """
    Copy all that a database keeps into an empty one, and return how many rows each table has.

    Whatever ends it, a later call goes on where it was, and begins anew where the first database has changed meanwhile. Nobody can write to
    that one as long as this lasts, nor to the other one before all of it is there and was compared. StorageError says in one line what is
    wrong.
    """
    source, target = read_address(url), read_address(to)
    check_there(url)
    if _identity(source) == _identity(target):
        raise StorageError(f"{target.place} is the database that is to be moved; name another one behind --to")
    async with AsyncExitStack() as stack:
        stack.enter_context(sole(url))
        await read_reached_step(source)
        stack.enter_context(sole(to))
        await _check_kind(target)
        old, new = [await stack.enter_async_context(opened(address)) for address in (source, target)]
        stack.enter_context(plainly_told(f"the database that is moved, or {target.place},"))
        live = await stack.enter_async_context(for_writing(old.writing).begin())
        await _begin(new.writing, await _hold(live, _identity(source)), place=target.place)
        for table in _TABLES:
            await _copy(live, new.writing, table=table, place=target.place, on_batch=on_batch)
        counts = {table.name: await _compare(live, new.writing, table) for table in _TABLES}
        await _finish(live, new.writing)
        return counts


def _identity(address: Address) -> str:
    """Return what a database is known by, whatever user comes to it."""
    if address.file:
        return str(Path(address.file).absolute().resolve())
    return " ".join((address.place, address.server_settings.get("search_path", ""))).strip()


# What the two databases must be.


async def _check_kind(target: Address) -> None:
    """Refuse a database with tables that are not Rolecall's, before any are made in it."""
    with plainly_told(target.place):
        async with open_engine(target) as engine, engine.connect() as connection:
            names = set(await connection.run_sync(lambda held: inspect(held).get_table_names()))
    if others := sorted(names - metadata.tables.keys() - {"alembic_version", _origin.name}):
        raise StorageError(f"{target.place} holds something else already (the table {others[0]}); name an empty database behind --to")


async def _hold(live: AsyncConnection, place: str) -> _Origin:
    """Keep everybody else from writing to the database that is moved, and return how far it is."""
    asked = sa.select(ledger.c.version, ledger.c.last_id).where(ledger.c.id == 1).with_for_update()
    found = (await live.execute(asked)).one_or_none()
    if found is None:
        raise StorageError("the database that is to be moved is damaged or was not moved to wholly itself; `check` says what is wrong")
    return _Origin(place, found.version, found.last_id)


async def _begin(engine: AsyncEngine, origin: _Origin, *, place: str) -> None:
    """Make the database ready to be moved to, or to go on with; StorageError where it holds something else."""
    async with for_writing(engine).begin() as connection:
        await connection.run_sync(_origin.create, checkfirst=True)
        found = (await connection.execute(sa.select(_origin))).one_or_none()
        if found is None:
            await _check_empty(connection, place)
        elif found.place != origin.place:
            raise StorageError(f"{place} holds an unfinished move of another database; end that one, or name an empty database behind --to")
        if found is None or tuple(found) != origin:
            await _clear(connection)
            await connection.execute(sa.insert(_origin).values(**origin._asdict()))


async def _check_empty(connection: AsyncConnection, place: str) -> None:
    # What follows from the postings is made as soon as a bot looks at an empty database.
    for table in (one for one in _TABLES if one is not bits):
        if (await connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1))).first():
            raise StorageError(f"{place} holds something already (in the table {table.name}); name an empty database behind --to")


async def _clear(connection: AsyncConnection) -> None:
    """Take out what an earlier move brought, and the ledger: without it nobody takes the database for a whole one and writes to it."""
    for table in (_origin, *reversed(metadata.sorted_tables)):
        await connection.execute(sa.delete(table))


# Rows, by their primary key: those that are there already are the first ones in the order of the database that is moved.


async def _copy(live: AsyncConnection, engine: AsyncEngine, *, table: Table, place: str, on_batch: Told) -> None:
    async with engine.connect() as connection:
        there = (await connection.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()
    async for page in _pages(live, table, behind=await _key_at(live, table, there)):
        with _naming(table, place):
            async with for_writing(engine).begin() as connection:
                await connection.execute(sa.insert(table), page)
        there += len(page)
        on_batch(table.name, there)


async def _key_at(live: AsyncConnection, table: Table, place: int) -> tuple[Any, ...] | None:
    """Return the key of the row in that place, counted from one; None for the place before the first."""
    if not place:
        return None
    keys = tuple(table.primary_key)
    found = (await live.execute(sa.select(*keys).order_by(*keys).offset(place - 1).limit(1))).one_or_none()
    if found is None:
        raise StorageError(f"the table {table.name} has more rows than it should, where it is moved to; name an empty database behind --to")
    return tuple(found)


async def _pages(
    connection: AsyncConnection, table: Table, *, behind: tuple[Any, ...] | None = None
) -> AsyncIterator[list[dict[str, Any]]]:
    """Yield the rows behind a key, in its order."""
    keys = tuple(table.primary_key)
    while True:
        asked = sa.select(table).order_by(*keys).limit(_PAGE)
        if behind is not None:
            asked = asked.where(
                sa.tuple_(*keys) > sa.tuple_(*(sa.literal(value, key.type) for key, value in zip(keys, behind, strict=True)))
            )
        rows = [dict(row) for row in (await connection.execute(asked)).mappings()]
        if not rows:
            return
        for row in (row for row in rows if DAMAGED in row.values()):
            number = " ".join(str(row[key.name]) for key in keys)
            raise StorageError(f"the {table.name} table's {number} is damaged and cannot be moved; `python -m bot check` names all that is")
        yield rows
        behind = tuple(rows[-1][key.name] for key in keys)


@contextmanager
def _naming(table: Table, place: str) -> Iterator[None]:
    """Tell of a value that a database does not take, by the table where it stands."""
    try:
        yield
    except (DBAPIError, ValueError, TypeError) as error:
        cause: Any = error.orig if isinstance(error, DBAPIError) else error
        state = getattr(cause, "sqlstate", None) or ""
        if not state.startswith(_OF_A_VALUE) and not isinstance(cause.__cause__ or cause, ValueError | TypeError):
            raise
        raise StorageError(
            f"the table {table.name} has a value that {place} does not take; `python -m bot check` names what is damaged"
        ) from error


# All of it is there, or it is said what is not.


async def _compare(live: AsyncConnection, engine: AsyncEngine, table: Table) -> int:
    """Return how many rows a table has, the same ones on both sides; else the next move begins anew."""
    wanted = await _measure(live, table)
    async with engine.connect() as connection:
        there = await _measure(connection, table)
    if there == wanted:
        return wanted[0]
    async with for_writing(engine).begin() as connection:
        await connection.execute(sa.update(_origin).values(version=_NEVER))
    told = f"{there[0]:,} of {wanted[0]:,} rows" if there[0] != wanted[0] else "other rows"
    raise StorageError(
        f"the table {table.name} has {told} where it is moved to, because somebody wrote meanwhile; end the bot, and move again"
    )


async def _measure(connection: AsyncConnection, table: Table) -> tuple[int, int]:
    """Return how many rows there are, and a figure of all that they hold, in whatever order they come."""
    count = figure = 0
    async for page in _pages(connection, table):
        count += len(page)
        figure += sum(map(_digest, page))
    return count, figure


def _digest(row: Mapping[str, Any]) -> int:
    written = json.dumps(row, sort_keys=True, default=str)
    return int.from_bytes(hashlib.blake2b(written.encode("utf-8", "surrogatepass"), digest_size=16).digest())


async def _finish(live: AsyncConnection, engine: AsyncEngine) -> None:
    rows = [dict(row) for row in (await live.execute(sa.select(ledger))).mappings()]
    async with for_writing(engine).begin() as connection:
        await connection.execute(sa.insert(ledger), rows)
        await connection.run_sync(_origin.drop)
