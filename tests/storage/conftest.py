import os
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from builders_storage import CODEC
from sqlalchemy import NullPool, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.store import Store

SERVER = os.environ.get("TEST_POSTGRESQL_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432/test")


@pytest.fixture(scope="session")
def silent_servers() -> set[str]:
    """Servers that did not answer, so that a session waits for each only once."""
    return set()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'kept.db'}"


@pytest.fixture
async def postgresql_url(silent_servers: set[str]) -> AsyncIterator[str]:
    """A schema of its own, dropped afterwards."""
    schema = f"test_{secrets.token_hex(8)}"
    engine = create_async_engine(SERVER, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args={"timeout": 5})
    if SERVER in silent_servers or not await answers(engine):
        silent_servers.add(SERVER)
        pytest.skip(f"PostgreSQL does not answer at {make_url(SERVER).render_as_string()}: skipped")
    await execute(engine, f"CREATE SCHEMA {schema}")
    yield make_url(SERVER).update_query_dict({"search_path": schema}).render_as_string(hide_password=False)
    await execute(engine, f"DROP SCHEMA {schema} CASCADE")


async def answers(engine: AsyncEngine) -> bool:
    try:
        await execute(engine, "SELECT 1")
    except OSError:
        return False
    return True


async def execute(engine: AsyncEngine, statement: str) -> None:
    async with engine.connect() as connection:
        await connection.execute(text(statement))


@pytest.fixture(params=["sqlite_url", "postgresql_url"])
def url(request: pytest.FixtureRequest) -> str:
    """An empty database, of each kind in turn."""
    chosen: str = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    async with Store.open(url, CODEC) as opened:
        yield opened
