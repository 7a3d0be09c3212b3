"""A database's URL, and what is done to its file before it is opened."""

import os
import stat
import sys
import traceback
from asyncio import subprocess
from pathlib import Path

import pytest
from builders_storage import CODEC, build_whole

from bot.domain.errors import StorageError
from bot.domain.person import EVERYONE
from bot.storage.address import read_address, sole, sweep, unfinished
from bot.storage.backup import write_backup
from bot.storage.store import Store

SPELLINGS = [
    ("sqlite:///kept.db", "sqlite+aiosqlite", "kept.db"),
    ("sqlite:////var/kept.db", "sqlite+aiosqlite", "/var/kept.db"),
    ("sqlite+aiosqlite:///kept.db", "sqlite+aiosqlite", "kept.db"),
    ("sqlite://", "sqlite+aiosqlite", None),
    ("sqlite:///:memory:", "sqlite+aiosqlite", None),
    ("postgres://ada:pw@db.example/jobs", "postgresql+asyncpg", None),
    ("postgresql://ada:pw@db.example/jobs", "postgresql+asyncpg", None),
    ("postgresql+psycopg2://ada:pw@db.example/jobs", "postgresql+asyncpg", None),
    (" postgresql+asyncpg://ada:pw@db.example/jobs\n", "postgresql+asyncpg", None),
]


@pytest.mark.parametrize(("url", "driver", "file"), SPELLINGS)
def test_the_usual_spellings_are_understood(url: str, driver: str, file: str | None) -> None:
    address = read_address(url)
    assert (address.url.drivername, address.file) == (driver, file)


def test_what_hosts_put_behind_the_question_mark_is_understood() -> None:
    address = read_address("postgres://a:b@db.example/jobs?sslmode=require&channel_binding=require&application_name=bot&search_path=jobs")
    assert address.url.query == {"ssl": "require"}
    assert address.server_settings == {"application_name": "bot", "search_path": "jobs"}


WRONG = [
    "",
    "kept.db",
    "postgres:ada:s3cr3t@db",
    "postgres://ada:s3cr3t@db.example:s3cr3t/jobs",
    "mysql://ada:s3cr3t@db.example/jobs",
    "postgres://ada:s3cr3t@db.example/jobs?sslcert=s3cr3t",
]


@pytest.mark.parametrize("url", WRONG)
def test_a_wrong_url_is_told_in_one_line_that_does_not_repeat_it(url: str) -> None:
    with pytest.raises(StorageError, match="DATABASE_URL") as caught:
        read_address(url)
    assert "s3cr3t" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "s3cr3t" not in "".join(traceback.format_exception(caught.value))


def test_a_place_names_no_password() -> None:
    assert read_address("postgres://ada:s3cr3t@db.example:6543/jobs").place == "the PostgreSQL database jobs at db.example:6543"


# What killed backups leave is cleaned up, what is being written stays, and only their owner reads what is written.


pytestmark = pytest.mark.skipif(os.name != "posix", reason="only POSIX has such locks and rights: skipped")

WRITER = """
import sys
from pathlib import Path
from bot.storage.address import unfinished
with unfinished(Path(sys.argv[1])) as part:
    Path(f"{part}-journal").touch()
    print(part, flush=True)
    sys.stdin.read()
"""


def left_in(folder: Path) -> list[Path]:
    return sorted(folder.glob(".backup-*"))


async def start_writer(folder: Path) -> tuple[subprocess.Process, Path]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    writer = await subprocess.create_subprocess_exec(
        sys.executable, "-c", WRITER, str(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    assert writer.stdout is not None
    return writer, Path((await writer.stdout.readline()).decode().strip())


async def test_what_a_killed_backup_leaves_is_gone_after_the_next_and_what_is_being_written_stays(sqlite_url: str, tmp_path: Path) -> None:
    async with Store.open(sqlite_url, CODEC) as store:
        await store.keep([build_whole("a")], scope=EVERYONE)
    (killed, _), (running, part) = await start_writer(tmp_path), await start_writer(tmp_path)
    killed.kill()
    await killed.wait()
    assert len(left_in(tmp_path)) == 4
    await write_backup(sqlite_url, tmp_path / "copy.db")
    assert left_in(tmp_path) == [part, Path(f"{part}-journal")]
    running.kill()
    await running.wait()
    async with Store.open(sqlite_url, CODEC):
        assert left_in(tmp_path) == []


def test_of_two_backups_in_one_process_none_sweeps_the_other(tmp_path: Path) -> None:
    with unfinished(tmp_path) as one, unfinished(tmp_path) as other:
        sweep(tmp_path)
        assert left_in(tmp_path) == sorted([one, other])
    assert left_in(tmp_path) == []


async def test_what_a_killed_restore_leaves_is_swept_too(sqlite_url: str, tmp_path: Path) -> None:
    async with Store.open(sqlite_url, CODEC) as store:
        await store.keep([build_whole("a")], scope=EVERYONE)
    await write_backup(sqlite_url, tmp_path / "copy.db")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    restorer = await subprocess.create_subprocess_exec(
        *(sys.executable, "-c", RESTORER, sqlite_url, str(tmp_path / "copy.db")), stdout=subprocess.PIPE, env=environment
    )
    assert restorer.stdout is not None
    assert await restorer.stdout.readline() == b"copied\n"
    restorer.kill()
    await restorer.wait()
    names = {"kept.db", "copy.db"}
    assert files_in(tmp_path) > names
    async with Store.open(sqlite_url, CODEC):
        assert files_in(tmp_path) == names


def files_in(folder: Path) -> set[str]:
    return {path.name.partition("-")[0] for path in folder.iterdir()}


RESTORER = """
import asyncio, sys
from bot.storage import backup

def stay(*_arguments, **_named):
    print("copied", flush=True)
    sys.stdin.read()

backup._check_content = stay
asyncio.run(backup.restore_backup(*sys.argv[1:]))
"""


def rights_in(folder: Path) -> dict[str, str]:
    return {path.name: oct(path.stat().st_mode & 0o777) for path in folder.iterdir() if path.name.startswith(("new", "copy"))}


async def test_only_their_owner_reads_a_database_and_its_backups(url: str, new_sqlite_url: str, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        async with Store.open(new_sqlite_url, CODEC) as store:
            await store.keep([build_whole("a")], scope=EVERYONE)
            await write_backup(url, tmp_path / "copy.db")
            rights = rights_in(tmp_path)
    finally:
        os.umask(before)
    assert rights == dict.fromkeys(("new.db", "new.db-wal", "new.db-shm", "copy.db"), "0o600")


async def test_a_second_bot_on_one_file_is_told_and_anything_else_may_open_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    with sole(url):
        async with Store.open(url, CODEC) as store, Store.open(url, CODEC) as beside:
            await store.keep([build_whole("We bake.")], scope=EVERYONE)
            assert await beside.count(scopes=[EVERYONE]) == 1
        with pytest.raises(StorageError, match=r"another bot runs on .*kept.db already"), sole(url):
            pass
    with sole(url):
        assert stat.S_IMODE((tmp_path / "kept.db").stat().st_mode) == 0o600


def test_memory_and_servers_take_any_number_of_bots() -> None:
    for url in ("sqlite://", "postgresql://ada@db.example/jobs"):
        with sole(url), sole(url):
            pass
