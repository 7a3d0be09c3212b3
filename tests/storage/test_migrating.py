import asyncio
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from builders_storage import ALL, build_posting, connecting
from sqlalchemy import Connection, text

from bot.domain.errors import NewerSchema
from bot.domain.posting import EVERYONE
from bot.storage import migrations
from bot.storage.migrating import configure
from bot.storage.store import Store
from bot.storage.tables import metadata

OPEN_AND_KEEP = """
import asyncio, sys
from bot.domain.posting import Posting
from bot.storage.store import Store

async def main(url, source):
    async with Store.open(url) as store:
        posting = Posting(source=source, title=None, company=None, link=None, location=None, text=source)
        await store.keep([posting], scope="everyone")

asyncio.run(main(*sys.argv[1:]))
"""
OPEN_AND_LIST_MODULES = """
import asyncio, sys
from bot.storage.store import Store

async def main(url):
    async with Store.open(url):
        print(*sorted(name for name in ("alembic", "asyncpg") if name in sys.modules))

asyncio.run(main(sys.argv[1]))
"""
ROOT = Path(__file__).parents[2]


async def start(program: str, *arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", "-c", program, *arguments), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


async def execute(url: str, statement: str) -> None:
    async with connecting(url) as connection:
        await connection.execute(text(statement))


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))


async def test_the_migrations_build_the_tables_that_the_store_uses(new_url: str) -> None:
    async with Store.open(new_url):
        pass
    async with connecting(new_url) as connection:
        assert await connection.run_sync(differences) == []
        script = await connection.run_sync(lambda inner: ScriptDirectory.from_config(configure(inner)))
    assert script.get_current_head() == migrations.HEAD


async def test_a_database_is_opened_again_with_what_it_holds(new_url: str) -> None:
    async with Store.open(new_url) as store:
        await store.keep([build_posting()], scope=EVERYONE)
    async with Store.open(new_url) as store:
        assert await store.count(scopes=ALL) == 1


async def test_a_newer_schema_is_refused_and_left_alone(new_url: str) -> None:
    async with Store.open(new_url) as store:
        await store.keep([build_posting()], scope=EVERYONE)
    await execute(new_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerSchema, match="was written by a newer Rolecall; update Rolecall or name another database in DATABASE_URL"):
        async with Store.open(new_url):
            pass
    await execute(new_url, "UPDATE alembic_version SET version_num = '0001'")
    async with Store.open(new_url) as store:
        assert await store.count(scopes=ALL) == 1


async def test_a_migration_that_was_cut_short_left_nothing_behind(new_url: str) -> None:
    """The steps run in one transaction, on SQLite too: a failing last step leaves a database as it was."""
    await execute(new_url, "CREATE TABLE ledger (other INTEGER)")
    with pytest.raises(Exception, match="already exists"):
        async with Store.open(new_url):
            pass
    await execute(new_url, "DROP TABLE ledger")
    async with Store.open(new_url) as store:
        assert await store.count(scopes=ALL) == 0


async def test_many_processes_may_open_a_new_database_at_once(new_url: str) -> None:
    processes = [await start(OPEN_AND_KEEP, new_url, f"{number}.md") for number in range(3)]
    outputs = [await process.communicate() for process in processes]
    assert outputs == [(b"", b"")] * 3
    async with Store.open(new_url) as store:
        assert {listed.source for listed in await store.list_postings(scopes=ALL)} == {f"{number}.md" for number in range(3)}


async def test_alembic_is_not_loaded_for_a_database_that_is_up_to_date(new_sqlite_url: str) -> None:
    loaded = [await (await start(OPEN_AND_LIST_MODULES, new_sqlite_url)).communicate() for _ in range(2)]
    assert loaded == [(b"alembic\n", b""), (b"\n", b"")]


async def test_migrating_prints_nothing_and_leaves_logging_alone(new_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers), logging.getLogger("alembic").level)
    async with Store.open(new_url):
        pass
    assert (root.level, list(root.handlers), logging.getLogger("alembic").level) == before
    assert capsys.readouterr() == ("", "")
