import asyncio
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from builders_storage import ADA, ALL, CODEC, build_fact, build_posting, connecting, find_all
from sqlalchemy import Connection, MetaData, Table, inspect, text
from sqlalchemy.schema import DropTable

from bot.domain.errors import NewerSchema
from bot.domain.person import EVERYONE
from bot.domain.query import Criterion
from bot.storage import migrations
from bot.storage.address import read_address
from bot.storage.database import open_engine
from bot.storage.migrations import build, read_revision
from bot.storage.records import Kept, Outcome
from bot.storage.rows import fingerprint, identity
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
LINK = "https://crumb.example/jobs/7"
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


def content(connection: Connection) -> dict[str, object]:
    """All that a database consists of: its tables with their columns, indexes and keys, and their rows."""
    inspector, reflected = inspect(connection), MetaData()
    reflected.reflect(connection)
    return {
        name: (
            sorted((column["name"], str(column["type"]), column["nullable"], column["default"]) for column in inspector.get_columns(name)),
            sorted((index["name"] or "", *map(str, index["column_names"]), index["unique"]) for index in inspector.get_indexes(name)),
            sorted(repr(sorted(key["constrained_columns"])) + key["referred_table"] for key in inspector.get_foreign_keys(name)),
            sorted(inspector.get_pk_constraint(name)["constrained_columns"]),
            sorted(repr(sorted(unique["column_names"])) for unique in inspector.get_unique_constraints(name)),
            sorted(" ".join(str(check["sqltext"]).split()) for check in inspector.get_check_constraints(name)),
            list(map(tuple, connection.execute(reflected.tables[name].select()).all())),
        )
        for name in inspector.get_table_names()
    }


async def test_a_new_database_is_built_at_once_as_all_steps_build_it(new_url: str) -> None:
    async with Store.open(new_url):
        pass
    async with connecting(new_url) as connection:
        at_once = await connection.run_sync(content)
        await connection.run_sync(lambda inner: [inner.execute(DropTable(table)) for table in reversed(_all_tables(inner))])
    await build_all(new_url)
    async with connecting(new_url) as connection:
        assert at_once == await connection.run_sync(content)


async def build_all(url: str) -> None:
    async with open_engine(read_address(url)) as engine:
        await build(engine, "head")


def _all_tables(connection: Connection) -> list[Table]:
    reflected = MetaData()
    reflected.reflect(connection)
    return reflected.sorted_tables


async def test_the_migrations_build_the_tables_that_the_store_uses(new_url: str) -> None:
    await build_all(new_url)
    async with connecting(new_url) as connection:
        assert await connection.run_sync(differences) == []
        assert await connection.run_sync(read_revision) == migrations.HEAD


async def test_a_newer_schema_is_refused_and_left_alone(new_url: str) -> None:
    async with Store.open(new_url) as store:
        await store.keep([build_posting()], scope=EVERYONE)
    await execute(new_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerSchema, match="was written by a newer Rolecall; update Rolecall or name another database in DATABASE_URL"):
        async with Store.open(new_url):
            pass
    await execute(new_url, f"UPDATE alembic_version SET version_num = '{migrations.HEAD}'")  # noqa: S608 - ours
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


async def test_alembic_is_loaded_neither_for_a_new_database_nor_for_one_that_is_up_to_date(new_sqlite_url: str) -> None:
    loaded = [await (await start(OPEN_AND_LIST_MODULES, new_sqlite_url)).communicate() for _ in range(2)]
    assert loaded == [(b"\n", b""), (b"\n", b"")]


async def test_migrating_prints_nothing_and_leaves_logging_alone(new_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers), logging.getLogger("alembic").level)
    async with Store.open(new_url):
        pass
    assert (root.level, list(root.handlers), logging.getLogger("alembic").level) == before
    assert capsys.readouterr() == ("", "")


FIRST_STEP = (
    """
    INSERT INTO posting (id, lineage, revision, state, scope, identity, fingerprint, change, read_at, changed_at, source, title, link, text)
    VALUES
    (1, 1, 1, 'superseded', 'everyone', :identity, 'x', 1, '2031-05-04 12:00:00', '2031-05-04 12:00:00', 'a.md', 'Baker', :link, 'Old.'),
    (2, 1, 2, 'current', 'everyone', :identity, :words, 2, '2031-05-04 12:00:00', '2031-05-04 12:00:00', 'a.md', 'Baker', :link, 'New.'),
    (3, 3, 1, 'removed', '4711', 'z', 'z', 3, '2031-05-04 12:00:00', '2031-05-04 12:00:00', 'b.md', NULL, NULL, 'Gone.')
    """,
    """INSERT INTO fact (posting_id, topic, position, value, quote) VALUES (2, 'requirements', 0, '"flour"', 'New.')""",
    "INSERT INTO fact_key (posting_id, topic, key, position, scope) VALUES (2, 'skills', 'flour', 0, 'everyone')",
    "INSERT INTO gap VALUES ('everyone', 'pay', '', 'not_stated', 4, '2031-05-04 12:00:00')",
    "UPDATE ledger SET version = 3, last_id = 3",
)


async def fill_first_step(url: str) -> None:
    """Build the tables as the first step left them, with content that it could hold."""
    async with open_engine(read_address(url)) as engine:
        await build(engine, "0001")
    posting = build_posting("New.", link=LINK)
    bound = {"identity": identity(posting), "words": fingerprint(posting), "link": LINK}
    async with connecting(url) as connection:
        for statement in FIRST_STEP:
            await connection.execute(text(statement), {name: value for name, value in bound.items() if f":{name}" in statement})


async def test_a_database_of_the_first_step_is_upgraded_with_all_that_it_holds(new_url: str) -> None:
    await fill_first_step(new_url)
    async with Store.open(new_url, CODEC) as store:
        found = await store.get(1, scopes=ALL)
        assert found is not None
        assert (found.revision, found.posting.text, found.posting.corrections) == (2, "New.", ())
        assert found.posting.facts == {"requirements": (build_fact("flour", "New."),)}
        assert [revision.kept.posting.text for revision in await store.history(1, scopes=ALL)] == ["Old.", "New."]
        assert [listed.id for listed in await store.list_removed(scopes=["4711"])] == [3]
        assert await find_all(store, [Criterion(topic="skills", keys=("flour",))], scopes=ALL, limit=1) == [1]
        assert await store.list_actions(scopes=[*ALL, "4711"]) == []
        assert (await store.gaps.list_gaps(scopes=ALL))[0].times == 4
        assert await store.version() == 3
        assert await store.keep([build_posting("Newest words.", link=LINK)], scope=EVERYONE, by=ADA) == (Kept(Outcome.UPDATED, 1, 3),)
        assert await store.restore(3, scopes=["4711"], by=ADA) is not None
        assert [action.kind for action in await store.list_actions(scopes=[*ALL, "4711"])] == ["restored", "updated"]
    async with connecting(new_url) as connection:
        assert await connection.run_sync(differences) == []
        indexes = await connection.run_sync(lambda inner: [index["name"] for index in inspect(inner).get_indexes("fact")])
    assert indexes == []
