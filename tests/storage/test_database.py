"""What the driver's cursor does for a statement: all of it in one visit to SQLite's thread, and no row is lost or told twice."""

from typing import Any

import aiosqlite
import pytest
import sqlalchemy as sa

from bot.storage.address import read_address
from bot.storage.database import open_engine

COUNTING = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most) SELECT i FROM n WHERE i <= :most"


@pytest.mark.parametrize("most", [0, 1, 499, 500, 501, 1000, 1201])
async def test_every_row_comes_once_and_in_order(sqlite_url: str, most: int) -> None:
    async with open_engine(read_address(sqlite_url)) as engine, engine.connect() as connection:
        asked, given = sa.text(COUNTING), {"most": most}
        assert (await connection.execute(asked, given)).scalars().all() == list(range(1, most + 1))
        async with connection.stream(asked.execution_options(yield_per=300), given) as streamed:
            assert [row.i async for row in streamed] == list(range(1, most + 1))
        async with connection.stream(asked, given) as streamed:
            first = await streamed.fetchone()
            rest = await streamed.fetchall()
        assert [row.i for row in ([first] if first else []) + list(rest)] == list(range(1, most + 1))


async def test_a_statement_is_one_visit_to_the_thread(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    visits: list[object] = []
    execute = aiosqlite.Connection._execute  # noqa: SLF001 -- where each visit goes through

    async def count(self: aiosqlite.Connection, function: Any, *given: Any) -> Any:
        visits.append(function)
        return await execute(self, function, *given)  # type: ignore[no-untyped-call]

    async with open_engine(read_address(sqlite_url)) as engine, engine.connect() as connection:
        await connection.execute(sa.text("SELECT 1"))
        monkeypatch.setattr(aiosqlite.Connection, "_execute", count)
        assert (await connection.execute(sa.text("SELECT version FROM ledger"))).scalar() == 0
        assert len(visits) == 1
        await connection.execute(sa.text("UPDATE ledger SET version = :version"), [{"version": 1}, {"version": 2}])
        assert len(visits) == 2


async def test_after_a_statement_that_failed_the_connection_goes_on(sqlite_url: str) -> None:
    async with open_engine(read_address(sqlite_url)) as engine, engine.connect() as connection:
        with pytest.raises(sa.exc.OperationalError, match="no such table"):
            await connection.execute(sa.text("SELECT * FROM nowhere"))
        assert (await connection.execute(sa.text("SELECT last_id FROM ledger"))).scalar() == 0


async def test_a_stream_that_is_left_lets_others_write(sqlite_url: str) -> None:
    async with open_engine(read_address(sqlite_url)) as engine, engine.connect() as connection:
        async with connection.stream(sa.text(COUNTING), {"most": 2000}) as streamed:
            assert await streamed.fetchone()
        await connection.execute(sa.text("UPDATE ledger SET version = 7"))
        assert (await connection.execute(sa.text("SELECT version FROM ledger"))).scalar() == 7
