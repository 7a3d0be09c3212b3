"""A database that is moved is there as a whole, once, wherever it ended; and nothing else is harmed."""

import asyncio
import os
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from builders_storage import ADA, ALL, BEN, CODEC, NOON, broken_rules, build_correction, build_posting, build_whole, connecting
from sqlalchemy import make_url, select, text

from bot.domain.errors import StorageError
from bot.domain.person import EVERYONE
from bot.domain.posting import ServerSettings
from bot.storage import upkeep
from bot.storage.address import sole
from bot.storage.corrections import apply_corrections
from bot.storage.store import Store
from bot.storage.tables import metadata
from bot.storage.upkeep import move_database

ROOT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("moving_child.py")
SCOPES = [*ALL, "4711"]
KILLS = 8

FILLED = (
    "INSERT INTO profile VALUES ('7', '{\"years\": 3}', :at)",
    "INSERT INTO gap VALUES ('4711', 'pay', 'Nowhere', 'not_stated', 3, :at)",
    (
        "INSERT INTO board (id, scope, url, kind, role, place, is_shown_first, is_paused, next_at, interval, looked_at, failures, told)"
        " VALUES (1, '4711', 'https://b.example', 'rss', '', '', true, false, :at, 60, :at, 0, '')"
    ),
    "INSERT INTO board_job VALUES (1, 'ä\U0001f35e', 'abc', NULL, 0)",
    (
        "INSERT INTO report (id, scope, posting, topic, question, said, comment, at, times, is_closed)"
        " VALUES ('r', '4711', 1, 'pay', 'q', 's', 'c', :at, 1, false)"
    ),
)
"""What no posting brings with it, in the words of both databases."""


async def fill(url: str) -> None:
    """Put something into every table."""
    async with Store.open(url, CODEC) as store:
        await store.keep([build_whole(f"{name} ÿ\U0001f35e") for name in "cabed"], scope=EVERYONE, by=ADA)
        await store.keep([build_posting(f"for one server {count}") for count in range(12)], scope="4711", by=BEN)
        corrected = apply_corrections(build_whole("a2"), [build_correction("head_title", words="x")])
        await store.revise(1, corrected, scopes=ALL, by=BEN)
        await store.remove(2, scopes=ALL, by=BEN)
        await store.proposals.put(build_whole("proposed"), scope=EVERYONE, by=ADA)
        await store.servers.put("4711", ServerSettings(language="de"))
    async with connecting(url) as connection:
        for statement in FILLED:
            at = NOON if url.startswith("postgresql") else NOON.strftime("%Y-%m-%d %H:%M:%S.%f")
            await connection.execute(text(statement), {"at": at} if ":at" in statement else {})
        is_open = {"lineage": 1, "scope": EVERYONE, "row_id": 1, "openness": "open", "first_at": NOON, "missed": 0}
        if not (await connection.execute(select(metadata.tables["sighting"]))).first():
            await connection.execute(metadata.tables["sighting"].insert().values(**is_open))


async def content(url: str) -> dict[str, list[Any]]:
    """Return all rows of all tables, in an order that both databases have."""
    async with connecting(url) as connection:
        found = {table.name: (await connection.execute(select(table))).all() for table in metadata.sorted_tables}
    return {name: sorted((tuple(row) for row in rows), key=repr) for name, rows in found.items()}


def counts(rows: dict[str, list[Any]]) -> dict[str, int]:
    return {name: len(found) for name, found in rows.items() if name != "ledger"}


def child(url: str, to: str) -> "subprocess.Popen[bytes]":
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, str(CHILD), url, to], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)  # noqa: S603


async def test_all_rows_of_all_tables_are_there_and_counted(url: str, new_url: str) -> None:
    await fill(url)
    before = await content(url)
    told: list[tuple[str, int]] = []
    moved = await move_database(url, new_url, on_batch=lambda *batch: told.append(batch))
    assert moved == counts(before)
    assert dict(told) == {name: count for name, count in moved.items() if count}
    assert all(
        moved[name] for name in ("posting", "fact", "correction", "action", "proposal", "gap", "board_job", "sighting", "search_bits")
    )
    assert await content(new_url) == before == await content(url)
    assert await broken_rules(new_url) == {}
    async with Store.open(new_url, CODEC) as store:
        assert (await store.upkeep.check(), await store.version()) == ([], before["ledger"][0][1])
        (kept,) = await store.keep([build_posting("a later one")], scope=EVERYONE, by=ADA)
        assert kept.id == before["ledger"][0][2] + 1


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems kill so")
async def test_killed_anywhere_it_goes_on_and_nothing_is_there_twice(sqlite_url: str, new_postgresql_url: str) -> None:
    await fill(sqlite_url)
    before = await content(sqlite_url)
    chance = random.Random(11)  # noqa: S311
    last: dict[str, int] = {}
    for _ in range(KILLS):
        with child(sqlite_url, new_postgresql_url) as process:
            assert process.stdout
            lines = [process.stdout.readline() for _ in range(chance.randint(1, 4))]
            await asyncio.sleep(chance.uniform(0, 0.01))
            process.send_signal(signal.SIGKILL)
            lines += process.stdout.readlines()
        for line in filter(None, lines):
            table, _, rows = line.decode().rpartition(" ")
            assert int(rows) > last.get(table, 0), "a batch was moved again"
            last[table] = int(rows)
        if process.returncode == 0:
            break
    else:
        assert await move_database(sqlite_url, new_postgresql_url) == counts(before)
    assert len(last) > 2
    assert await content(new_postgresql_url) == before
    with pytest.raises(StorageError, match="holds something already"):
        await move_database(sqlite_url, new_postgresql_url)


async def end_after(url: str, to: str, batches: int) -> None:
    """Move some batches only."""
    left = iter(range(batches))

    def end(_table: str, _rows: int) -> None:
        if next(left, None) is None:
            raise KeyError

    with pytest.raises(KeyError):
        await move_database(url, to, on_batch=end)


async def test_what_changed_between_two_calls_is_moved_as_it_is_now(sqlite_url: str, new_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "_PAGE", 3)
    await fill(sqlite_url)
    await end_after(sqlite_url, new_url, 9)
    async with Store.open(sqlite_url, CODEC) as store:
        await store.remove(1, scopes=ALL, by=BEN)
        await store.keep([build_whole("a later one")], scope=EVERYONE, by=ADA)
    await move_database(sqlite_url, new_url)
    assert await content(new_url) == await content(sqlite_url)


async def test_what_no_version_tells_of_is_found_and_the_next_call_begins_anew(
    sqlite_url: str, new_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "_PAGE", 3)
    await fill(sqlite_url)
    await end_after(sqlite_url, new_url, 14)
    async with connecting(sqlite_url) as connection:
        await connection.execute(text("UPDATE posting SET source = 'elsewhere.md'"))
    with pytest.raises(StorageError, match="posting has other rows where it is moved to, because somebody wrote meanwhile"):
        await move_database(sqlite_url, new_url)
    await move_database(sqlite_url, new_url)
    assert await content(new_url) == await content(sqlite_url)


async def test_nobody_keeps_anything_in_a_database_that_is_not_wholly_there(sqlite_url: str, new_url: str) -> None:
    await fill(sqlite_url)
    await end_after(sqlite_url, new_url, 2)
    with pytest.raises(StorageError, match="takes nothing in"):
        async with Store.open(new_url, CODEC):
            pass
    with pytest.raises(StorageError, match="not moved to wholly"):
        await move_database(new_url, f"{sqlite_url}-third")


async def test_a_database_that_holds_something_is_refused_and_stays_as_it_is(sqlite_url: str, new_url: str) -> None:
    await fill(sqlite_url)
    async with Store.open(new_url, CODEC) as store:
        await store.servers.put("1", ServerSettings(language="fr"))
    before = await content(new_url)
    with pytest.raises(StorageError, match=r"holds something already .in the table server.; name an empty database behind --to"):
        await move_database(sqlite_url, new_url)
    assert await content(new_url) == before


async def test_a_database_of_another_program_is_refused_and_gets_no_tables(sqlite_url: str, new_url: str) -> None:
    async with connecting(new_url) as connection:
        await connection.execute(text("CREATE TABLE invoice (id INTEGER)"))
    with pytest.raises(StorageError, match=r"holds something else already .the table invoice."):
        await move_database(sqlite_url, new_url)
    async with connecting(new_url) as connection:
        with pytest.raises(Exception, match="posting"):
            await connection.execute(text("SELECT 1 FROM posting"))


async def test_an_unfinished_move_of_another_database_is_not_gone_on_with(sqlite_url: str, new_url: str, tmp_path: Path) -> None:
    await fill(sqlite_url)
    await end_after(sqlite_url, new_url, 2)
    other = f"sqlite:///{tmp_path / 'other.db'}"
    await fill(other)
    with pytest.raises(StorageError, match="holds an unfinished move of another database"):
        await move_database(other, new_url)


async def test_it_is_refused_while_a_bot_runs_on_the_file(sqlite_url: str, new_postgresql_url: str) -> None:
    with sole(sqlite_url), pytest.raises(StorageError, match=r"another bot runs on .*kept.db already; end that one first"):
        await move_database(sqlite_url, new_postgresql_url)


async def test_a_database_is_not_moved_to_itself_nor_one_that_was_never_used(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="is the database that is to be moved"):
        await move_database(sqlite_url, sqlite_url.replace("sqlite:", "sqlite+aiosqlite:"))
    with pytest.raises(StorageError, match="there is no database"):
        await move_database(f"sqlite:///{tmp_path / 'never.db'}", sqlite_url)
    with closing(sqlite3.connect(tmp_path / "empty.db")):
        pass
    (tmp_path / "empty.db").touch()
    with pytest.raises(StorageError, match="never used by Rolecall"):
        await move_database(f"sqlite:///{tmp_path / 'empty.db'}", sqlite_url)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE fact SET value = '{' WHERE posting_id = 1", "the fact table's 1 requirements 0 is damaged and cannot be moved"),
        ("UPDATE posting SET revision = 'one' WHERE id = 1", "the table posting has a value that .* does not take"),
        ("UPDATE posting SET title = 'a' || char(0) WHERE id = 1", "the table posting has a value that .* does not take"),
    ],
)
async def test_what_is_damaged_is_named_and_can_be_mended(damage: str, told: str, sqlite_url: str, new_postgresql_url: str) -> None:
    await fill(sqlite_url)
    before = await content(sqlite_url)
    kept = Path(make_url(sqlite_url).database or "")
    with closing(sqlite3.connect(kept, isolation_level=None)) as connection:
        was = connection.execute(
            "SELECT revision, title, (SELECT value FROM fact WHERE posting_id = 1) FROM posting WHERE id = 1"
        ).fetchone()
        connection.execute(damage)
        with pytest.raises(StorageError, match=told):
            await move_database(sqlite_url, new_postgresql_url)
        connection.execute("UPDATE posting SET revision = ?, title = ? WHERE id = 1", was[:2])
        connection.execute("UPDATE fact SET value = ? WHERE posting_id = 1 AND value = '{'", was[2:])
    await move_database(sqlite_url, new_postgresql_url)
    assert counts(await content(new_postgresql_url)) == counts(before)


def test_no_table_counts_keys_by_itself_so_that_no_count_has_to_be_moved() -> None:
    assert [table.name for table in metadata.sorted_tables if table.autoincrement_column is not None] == []
