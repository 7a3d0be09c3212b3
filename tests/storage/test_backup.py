import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from builders_storage import (
    ADA,
    ALL,
    BEN,
    CODEC,
    HOURLY,
    broken_rules,
    build_correction,
    build_fact,
    build_posting,
    build_whole,
    connecting,
)
from sqlalchemy import make_url, text

from bot.domain.answer import State, UnansweredQuestion
from bot.domain.errors import NewerSchema, StorageError
from bot.domain.person import EVERYONE
from bot.domain.posting import ServerSettings
from bot.storage.address import read_address
from bot.storage.backup import write_backup
from bot.storage.corrections import apply_corrections
from bot.storage.database import open_engine
from bot.storage.migrations import build
from bot.storage.remembered import Deferral
from bot.storage.store import Store

LINK = "https://crumb.example/jobs/7"
SCOPES = [*ALL, "4711"]


async def fill(store: Store) -> str:
    """Put something of each kind into a database, and return the id of the proposal."""
    paid = build_posting("We need flour.", link=LINK, facts={"pay": (build_fact(HOURLY),), "requirements": (build_fact("a\x00", "We"),)})
    await store.keep([paid, build_whole("other")], scope=EVERYONE, by=ADA)
    await store.keep([build_whole("apart"), build_whole("gone")], scope="4711", by=BEN)
    await store.revise(1, apply_corrections(paid, [build_correction("head_title", words="Head Baker")]), scopes=ALL, by=BEN)
    await store.remove(4, scopes=["4711"], by=BEN)
    await store.servers.put("4711", ServerSettings(admin_role=7, language="de"))
    await store.gaps.add({"4711": {UnansweredQuestion("pay", "crumb", State.NOT_STATED): 3}})
    return (await store.proposals.put(paid, scope=EVERYONE, by=ADA, revises=1, base=2)).id


async def content(store: Store, proposal: str) -> Any:
    """Return all that a Store tells."""
    return (
        [await store.history(number, scopes=SCOPES) for number in range(1, 6)],
        await store.list_actions(scopes=SCOPES),
        await store.list_removed(scopes=SCOPES),
        await store.gaps.list_gaps(scopes=SCOPES),
        await store.servers.get("4711"),
        await store.proposals.get(proposal, scopes=SCOPES),
    )


@asynccontextmanager
async def opened(file: Path) -> AsyncIterator[Store]:
    async with Store.open(f"sqlite:///{file}", CODEC) as store:
        yield store


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm"))) if folder.is_dir() else []


async def test_a_backup_holds_all_that_the_database_holds(url: str, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    async with Store.open(url, CODEC) as store:
        proposal = await fill(store)
        assert await write_backup(url, file) == 3
        expected = await content(store, proposal)
        version = await store.version()
    assert [path.name for path in files(tmp_path) if "backup" in path.name] == ["backup.db"]
    async with opened(file) as copy:
        assert await content(copy, proposal) == expected
        assert await copy.version() == version
        (kept,) = await copy.keep([build_whole("next")], scope=EVERYONE)
        assert kept.id == 6
    assert await broken_rules(f"sqlite:///{file}") == {}


async def test_a_backup_is_one_file_whose_content_needs_no_log(sqlite_url: str, tmp_path: Path) -> None:
    async with Store.open(sqlite_url, CODEC) as store:
        await store.keep([build_whole("in the log")], scope=EVERYONE)
        await write_backup(sqlite_url, tmp_path / "backup.db")
    # The bytes of the header that are 2 in a file that has a log beside it.
    assert (tmp_path / "backup.db").read_bytes()[18:20] == b"\x01\x01"
    with closing(sqlite3.connect(f"file:{tmp_path / 'backup.db'}?immutable=1", uri=True)) as connection:
        assert connection.execute("SELECT text FROM posting").fetchall() == [("whole: in the log",)]


async def test_who_waits_for_an_answer_is_in_no_backup(url: str, tmp_path: Path) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep([build_posting()], scope=EVERYONE)
        await store.deferrals.note(Deferral("7", "a-token-of-Discord", "5", "en", is_beside=False))
    assert await write_backup(url, tmp_path / "copy.db") == 1
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM memo").fetchone() == (0,)
    assert b"a-token-of-Discord" not in (tmp_path / "copy.db").read_bytes()


async def test_while_postings_come_in_a_backup_is_of_one_moment(url: str, tmp_path: Path) -> None:
    async with Store.open(url, CODEC) as store:
        acknowledged: list[int] = []
        stop = asyncio.Event()

        async def work() -> None:
            for number in range(10_000):
                if stop.is_set():
                    return
                batch = [build_whole(f"{number} {part}", link=f"https://crumb.example/{number % 7} {part}") for part in range(5)]
                acknowledged.extend(kept.id for kept in await store.keep(batch, scope=EVERYONE, by=ADA))
                if number % 3 == 0:
                    await store.remove(acknowledged[-1], scopes=ALL, by=ADA)

        working = asyncio.create_task(work())
        for number in range(3):
            known = set(acknowledged)
            file = tmp_path / f"{number}.db"
            await write_backup(url, file)
            assert await broken_rules(f"sqlite:///{file}") == {}
            async with opened(file) as copy:
                assert all([await copy.history(one, scopes=ALL) for one in known])
                assert len([kept async for kept in copy.every(scopes=ALL)]) == await copy.count(scopes=ALL)
        stop.set()
        await working
        assert acknowledged


@pytest.mark.parametrize("name", ["a b%20?#&.db", "naïve 工程师.db", "x" * 200 + ".db", "'; DROP TABLE posting; --"])
async def test_any_name_will_do(url: str, tmp_path: Path, name: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep([build_whole("a")], scope=EVERYONE)
    assert await write_backup(url, tmp_path / name) == 1
    assert (tmp_path / name).read_bytes().startswith(b"SQLite format 3")


async def refusal(url: str, file: Path, *, overwrite: bool = False) -> str:
    before = {path: path.stat().st_size for path in files(file.parent)}
    with pytest.raises(StorageError) as caught:
        await write_backup(url, file, overwrite=overwrite)
    assert {path: path.stat().st_size for path in files(file.parent)} == before
    assert "\n" not in str(caught.value)
    return str(caught.value)


async def test_another_file_is_overwritten_only_where_that_is_said(url: str, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Milk.")
    assert f"there is a file {file} already" in await refusal(url, file)
    assert await write_backup(url, file, overwrite=True) == 0
    assert file.read_bytes().startswith(b"SQLite")


async def test_the_database_itself_is_never_overwritten(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(tmp_path / "kept.db")
    for name in ("kept.db", "link.db", "kept.db-wal", "kept.db-shm"):
        assert "is the database itself" in await refusal(sqlite_url, tmp_path / name, overwrite=True)


async def test_a_wrong_place_is_told(url: str, tmp_path: Path) -> None:
    assert "is a folder; name a file" in await refusal(url, tmp_path)
    assert "there is no folder" in await refusal(url, tmp_path / "no" / "backup.db")
    assert "check the name, the right to it, and the disk" in await refusal(url, tmp_path / ("x" * 300))
    assert "check the name, the right to it, and the disk" in await refusal(url, tmp_path / "x\x00y")
    file = tmp_path / "backup.db"
    file.touch()
    assert "there is no folder" in await refusal(url, file / "backup.db")


async def test_what_is_no_database_of_ours_is_told(new_url: str, tmp_path: Path) -> None:
    async with connecting(new_url) as connection:
        await connection.execute(text("CREATE TABLE letter (words TEXT)"))
    assert "was never used by Rolecall" in await refusal(new_url, tmp_path / "backup.db")
    async with connecting(new_url) as connection:
        await connection.execute(text("DROP TABLE letter"))
    async with Store.open(new_url):
        pass
    async with connecting(new_url) as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerSchema, match="update Rolecall"):
        await write_backup(new_url, tmp_path / "backup.db")


async def test_a_database_that_is_not_there_is_told_and_not_created(new_sqlite_url: str, tmp_path: Path) -> None:
    assert "there is no database" in await refusal(new_sqlite_url, tmp_path / "backup.db")
    assert "in memory" in await refusal("sqlite://", tmp_path / "backup.db")
    assert "does not answer" in await refusal("postgresql://ada:pw@nowhere.invalid/jobs", tmp_path / "backup.db")


async def test_a_damaged_database_gives_no_backup(sqlite_url: str, tmp_path: Path) -> None:
    async with Store.open(sqlite_url, CODEC) as store:
        await store.keep([build_whole(str(number)) for number in range(300)], scope=EVERYONE)
    file = tmp_path / "kept.db"
    damaged = bytearray(file.read_bytes())
    damaged[40_960:] = b"\xa5" * (len(damaged) - 40_960)
    file.write_bytes(damaged)
    assert "is damaged; put a backup in its place" in await refusal(sqlite_url, tmp_path / "backup.db")


async def test_a_database_of_an_older_step_is_copied_as_it_is(new_url: str, tmp_path: Path) -> None:
    async with open_engine(read_address(new_url)) as engine:
        await build(engine, "0001")
    async with connecting(new_url) as connection:
        await connection.execute(text("UPDATE ledger SET version = 5, last_id = 9"))
    await write_backup(new_url, tmp_path / "backup.db")
    with closing(sqlite3.connect(tmp_path / "backup.db")) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert connection.execute("SELECT version, last_id FROM ledger").fetchall() == [(5, 9)]
    async with connecting(new_url) as server:
        assert (await server.execute(text("SELECT version_num FROM alembic_version"))).scalar() == "0001"


async def test_a_uri_of_sqlite_is_copied_too(sqlite_url: str, tmp_path: Path) -> None:
    database = make_url(sqlite_url).database
    async with Store.open(sqlite_url, CODEC) as store:
        await store.keep([build_whole("a")], scope=EVERYONE)
    url = f"sqlite:///file:{database}?uri=true"
    assert await write_backup(url, tmp_path / "backup.db") == 1
    assert "is the database itself" in await refusal(url, tmp_path / "kept.db", overwrite=True)
