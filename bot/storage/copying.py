"""Rows of one database read to be written into another."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, inspect, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import StorageError
from bot.storage.tables import ledger, metadata

PAGE = 100
"""How many rows are held at once: a few milliseconds' work with their texts."""


async def copy_all(source: AsyncConnection, target: AsyncConnection) -> None:
    """Fill a database that was just built with all that another one of the same step holds."""
    await target.execute(delete(ledger))
    for table in metadata.sorted_tables:
        names = await source.run_sync(_column_names, table)
        async for page in _pages(source, table, names):
            await target.execute(insert(table), page)


async def read_pages(source: AsyncConnection, table: Table, *, place: str) -> AsyncIterator[list[dict[str, Any]]]:
    """Yield all rows of a table; StorageError for a value that is none, `place` is what the database is called."""
    try:
        async for page in _pages(source, table, {column.name for column in table.c}):
            yield page
    except (ValueError, TypeError, DBAPIError) as error:
        raise StorageError(f"{place} holds what Rolecall did not write; name another backup") from error


async def _pages(source: AsyncConnection, table: Table, names: set[str]) -> AsyncIterator[list[dict[str, Any]]]:
    columns = [column for column in table.c if column.name in names]
    if not columns:
        return
    async with source.stream(select(*columns).execution_options(yield_per=PAGE)) as result:
        async for page in result.mappings().partitions():
            yield [dict(row) for row in page]


def _column_names(connection: Connection, table: Table) -> set[str]:
    """Return which of a table's columns a database of an older step has."""
    inspector = inspect(connection)
    return {column["name"] for column in inspector.get_columns(table.name)} if inspector.has_table(table.name) else set()
