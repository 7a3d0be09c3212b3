"""What the driver's cursor does for a statement: all of it in one visit to SQLite's thread, and no row is lost or told twice."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from typing import Any

import aiosqlite
import pytest
import sqlalchemy as sa

from bot.storage import database
from bot.storage.address import read_address
from bot.storage.database import Engines, for_reading, for_writing, open_engine, opened

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


async def test_who_is_stopped_while_writing_keeps_nobody_from_writing(sqlite_url: str) -> None:
    address = read_address(sqlite_url)
    assert address.file
    remembered: list[object] = []  # as a traceback does where the interpreter collects seldom
    has_begun, may_go_on = threading.Event(), threading.Event()

    def wait() -> int:
        has_begun.set()
        may_go_on.wait()
        return 0

    async with open_engine(address) as engine:

        async def write() -> None:
            async with for_writing(engine).begin() as connection:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                await driver.create_function("wait", 0, wait)
                make_cursor = driver.cursor

                def make_remembered() -> object:
                    remembered.append(make_cursor())
                    return remembered[-1]

                driver.cursor = make_remembered
                await connection.execute(sa.text("UPDATE ledger SET version = wait() + :version"), [{"version": 1}, {"version": 2}])

        writing = asyncio.create_task(write())
        await asyncio.to_thread(has_begun.wait)
        writing.cancel()
        may_go_on.set()
        await asyncio.wait({writing})
        assert remembered
        with closing(sqlite3.connect(address.file, timeout=0)) as another:
            another.execute("BEGIN IMMEDIATE")


# A server's connections.


async def _processes_of(engines: Engines, count: int) -> set[int]:
    """Return the server's processes that so many statements at once were carried out by."""

    async def run() -> int:
        async with for_reading(engines.reading, alone=True).connect() as connection:
            await connection.execute(sa.text("SELECT pg_sleep(0.02)"))
            return int((await connection.execute(sa.text("SELECT pg_backend_pid()"))).scalar_one())

    return set(await asyncio.gather(*(run() for _ in range(count))))


async def test_connections_stay_open_for_the_next_who_read(postgresql_url: str) -> None:
    async with opened(read_address(postgresql_url)) as engines:
        first = await _processes_of(engines, 40)
        assert len(first) > 5
        assert await _processes_of(engines, 40) <= first


async def test_a_connection_that_ended_while_it_rested_is_replaced(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_RESTED_SECONDS", 0.0)
    async with opened(read_address(postgresql_url)) as engines:
        ended = await _processes_of(engines, 3)
        async with engines.writing.connect() as connection:
            for process in ended:
                await connection.execute(sa.text("SELECT pg_terminate_backend(:process, 1000)"), {"process": process})
        assert not await _processes_of(engines, 3) & ended
