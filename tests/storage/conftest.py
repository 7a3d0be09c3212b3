"""Databases for the tests of storage: an empty one with its tables for each test, or a new one without any."""

import asyncio
import os
import secrets
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from builders_storage import CODEC
from sqlalchemy import NullPool, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage import tables
from bot.storage.store import Store
from bot.storage.tables import metadata

SERVER = os.environ.get("TEST_POSTGRESQL_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432/test")
EMPTY = (
    *(f"DELETE FROM {table}" for table in reversed(metadata.sorted_tables) if table.name != "ledger"),  # noqa: S608 - our own names
    "UPDATE ledger SET version = 0, last_id = 0",
)


@pytest.fixture(autouse=True)
def _nothing_told_yet() -> None:
    """In a process each damaged row is told once."""
    tables._told.clear()  # noqa: SLF001 - a program has no use for it


@pytest.fixture(scope="session")
def server() -> AsyncEngine:
    """The PostgreSQL server, asked once whether it is there."""
    engine = create_async_engine(SERVER, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args={"timeout": 5})
    try:
        asyncio.run(execute(engine, "SELECT 1"))
    except OSError:
        pytest.skip(f"PostgreSQL does not answer at {make_url(SERVER).render_as_string()}: skipped")
    return engine


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with empty tables, to be copied: building them takes as long as a test."""
    file = tmp_path_factory.mktemp("template") / "empty.db"
    asyncio.run(build(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgresql_tables(server: AsyncEngine) -> Iterator[str]:
    """A schema with tables, emptied by each test that uses it and dropped afterwards."""
    schema = f"test_{secrets.token_hex(8)}"
    asyncio.run(execute(server, f"CREATE SCHEMA {schema}"))
    asyncio.run(build(within(schema)))
    yield schema
    asyncio.run(execute(server, f"DROP SCHEMA {schema} CASCADE"))


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    shutil.copy(sqlite_template, tmp_path / "kept.db")
    return f"sqlite:///{tmp_path / 'kept.db'}"


@pytest.fixture
async def postgresql_url(server: AsyncEngine, postgresql_tables: str) -> str:
    await execute(server, f"SET search_path TO {postgresql_tables}", *EMPTY)
    return within(postgresql_tables)


@pytest.fixture
def new_sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'new.db'}"


@pytest.fixture
async def new_postgresql_url(server: AsyncEngine) -> AsyncIterator[str]:
    schema = f"test_{secrets.token_hex(8)}"
    await execute(server, f"CREATE SCHEMA {schema}")
    yield within(schema)
    await execute(server, f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture(params=["sqlite_url", "postgresql_url"])
def url(request: pytest.FixtureRequest) -> str:
    """A database with empty tables, of each kind in turn."""
    chosen: str = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture(params=["new_sqlite_url", "new_postgresql_url"])
def new_url(request: pytest.FixtureRequest) -> str:
    """A database without tables, of each kind in turn."""
    chosen: str = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    async with Store.open(url, CODEC) as opened:
        yield opened


def within(schema: str) -> str:
    return make_url(SERVER).update_query_dict({"search_path": schema}).render_as_string(hide_password=False)


async def build(url: str) -> None:
    async with Store.open(url):
        pass


async def execute(engine: AsyncEngine, *statements: str) -> None:
    async with engine.connect() as connection:
        for statement in statements:
            await connection.execute(text(statement))
