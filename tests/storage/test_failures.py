"""What goes wrong with a database is told in one line, and nobody waits long for one that is away."""

import asyncio
import logging
import os
import socket
import sqlite3
from contextlib import AsyncExitStack, closing
from pathlib import Path

import pytest
from builders_away import way_to
from builders_storage import ALL, CODEC, build_posting, build_postings
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.errors import StorageError
from bot.domain.person import EVERYONE
from bot.storage import database
from bot.storage.address import discreetly_told, plainly_told
from bot.storage.store import Store


async def refusal(url: str) -> str:
    """Return the line that a person reads when a database cannot be opened."""
    with pytest.raises(StorageError) as caught:
        async with Store.open(url):
            pass
    line = str(caught.value)
    assert "\n" not in line
    return line


async def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Milk, flour, eggs. " * 200)
    assert await refusal(f"sqlite:///{file}") == (
        f"{file} is not a SQLite database; name another file in DATABASE_URL, or move this one away"
    )
    assert file.read_text() == "Milk, flour, eggs. " * 200


async def test_a_folder_is_told(tmp_path: Path) -> None:
    assert await refusal(f"sqlite:///{tmp_path}") == f"{tmp_path} is a folder; name a file in DATABASE_URL"


async def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    assert f"there is no folder {tmp_path / 'no'}; create it" in await refusal(f"sqlite:///{tmp_path / 'no' / 'kept.db'}")


async def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere: skipped")
    file = tmp_path / "kept.db"
    file.touch(mode=0o400)
    assert "may not be read and written; give this user the right" in await refusal(f"sqlite:///{file}")


async def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "kept.db"
    async with Store.open(f"sqlite:///{file}", CODEC) as store:
        await store.keep(build_postings(300), scope=EVERYONE)
    content = bytearray(file.read_bytes())
    content[8192:] = b"\xa5" * (len(content) - 8192)
    file.write_bytes(content)
    with pytest.raises(StorageError, match="is damaged; put a backup in its place"):
        async with Store.open(f"sqlite:///{file}", CODEC) as store:
            await store.keep(build_postings(300), scope=EVERYONE)


async def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    (tmp_path / "kept.db").touch()
    async with Store.open(f"sqlite:///{tmp_path / 'kept.db'}") as store:
        assert await store.count(scopes=ALL) == 0


async def test_tables_of_another_program_are_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "kept.db")) as connection:
        connection.execute("CREATE TABLE posting (letter TEXT)")
    assert "failed: table posting already exists" in await refusal(f"sqlite:///{tmp_path / 'kept.db'}")
    with closing(sqlite3.connect(tmp_path / "kept.db")) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("posting",)]


async def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and never listening: nobody answers there
        port = taken.getsockname()[1]
        line = await refusal(f"postgresql://ada:s3cr3t@127.0.0.1:{port}/jobs")
    assert line.startswith(f"the PostgreSQL database jobs at 127.0.0.1:{port} does not answer; check that it runs")
    assert "s3cr3t" not in line


async def test_a_server_that_hangs_up_is_told() -> None:
    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        assert "does not answer" in await refusal(f"postgresql://ada:s3cr3t@127.0.0.1:{port}/jobs")


async def test_a_host_that_has_no_address_is_told() -> None:
    assert "does not answer" in await refusal("postgresql://ada:s3cr3t@nowhere.invalid/jobs")


async def test_an_unknown_user_is_told(postgresql_url: str) -> None:
    url = make_url(postgresql_url).set(username="no_such_user", password="s3cr3t")  # noqa: S106 - the point of the test
    line = await refusal(url.render_as_string(hide_password=False))
    assert line.endswith("refuses the user or the password; check both in DATABASE_URL")
    assert "s3cr3t" not in line


SAID = [
    ("attempt to write a readonly database", "may not be written; give this user the right"),
    ("database is locked", "is held by another program; close that program or try again"),
    ("database or disk is full", "the disk is full; make room"),
    ("unable to open database file", "cannot be opened; check that this user may"),
    ("disk I/O error", "check the disk"),
    ("something new\n" + "x" * 500, "failed: something new xxx"),
]


@pytest.mark.parametrize(("words", "line"), SAID)
def test_what_sqlite_says_is_told_in_one_line(words: str, line: str) -> None:
    with pytest.raises(StorageError) as caught, plainly_told("kept.db"):
        raise sqlite3.OperationalError(words)
    assert str(caught.value).startswith("kept.db ")
    assert line in str(caught.value)
    assert len(str(caught.value)) < 240
    assert "\n" not in str(caught.value)


def test_a_mistake_in_the_program_is_not_told_as_a_failure_of_the_database() -> None:
    with pytest.raises(ArgumentError), plainly_told("kept.db"):
        raise ArgumentError


async def test_a_missing_database_is_told(postgresql_url: str) -> None:
    url = make_url(postgresql_url).set(database="no_such_database").render_as_string(hide_password=False)
    assert "no_such_database" in await refusal(url)
    assert "does not exist; create it on the server" in await refusal(url)


# While the database is away nobody learns where it is, nobody waits long, and nobody waits for those who write.


SILENT = "the database does not answer; try again in a few minutes, and tell whoever runs Rolecall if it lasts"


async def test_a_server_that_went_away_is_told_without_its_place_which_the_log_has(
    postgresql_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with way_to(postgresql_url) as way, Store.open(way.url, CODEC) as store:
        assert await store.count(scopes=ALL) == 0
        way.cut()
        for doing in (store.count(scopes=ALL), store.keep([build_posting()], scope=EVERYONE)):
            with pytest.raises(StorageError) as caught:
                await doing
            assert str(caught.value) == SILENT
        assert f"127.0.0.1:{way.port} does not answer" in caplog.text


@pytest.mark.parametrize(
    "words", ["unable to open database file", "database is locked", "cannot read /srv/jobs/kept.db at db.intern:5432", "disk I/O error"]
)
def test_no_failure_of_a_file_names_it(words: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(StorageError) as caught, discreetly_told("/srv/jobs/kept.db"):
        raise sqlite3.OperationalError(words)
    assert str(caught.value).startswith("the database ")
    assert "kept.db" not in str(caught.value)
    assert "5432" not in str(caught.value)
    assert f"/srv/jobs/kept.db {'failed' if 'srv' in words else ''}" in caplog.text
    assert words in caplog.text


async def test_a_server_that_hangs_is_given_up_and_used_again_when_it_goes_on(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "ANSWER_SECONDS", 1)
    monkeypatch.setattr(database, "_AWAY_SECONDS", 0)
    async with way_to(postgresql_url) as way, Store.open(way.url, CODEC) as store:
        await store.keep([build_posting()], scope=EVERYONE)
        way.hang()
        for doing in (store.count(scopes=ALL), store.count(scopes=ALL), store.keep([build_posting("b")], scope=EVERYONE)):
            with pytest.raises(StorageError) as caught:
                async with asyncio.timeout(20):
                    await doing
            assert str(caught.value) == SILENT
        way.go_on()
        assert await store.count(scopes=ALL) == 1
        await store.keep([build_posting("c", title="Miller")], scope=EVERYONE)


async def test_a_server_that_hangs_within_a_statement_is_given_up(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "ANSWER_SECONDS", 1)
    async with way_to(postgresql_url) as way, Store.open(way.url, CODEC) as store:

        async def hang_between_two_statements() -> None:
            async with asyncio.timeout(20), store._database.reading() as connection:  # noqa: SLF001 - what every method opens
                way.hang()
                await connection.exec_driver_sql("SELECT 1")

        with pytest.raises(StorageError, match="does not answer"):
            await hang_between_two_statements()


async def test_a_slow_connection_and_slow_statements_have_one_limit_together(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "ANSWER_SECONDS", 2)
    async with Store.open(postgresql_url, CODEC) as store:

        async def sleep_often(*, of_all: bool) -> None:
            async with store._database.reading(of_all=of_all) as connection:  # noqa: SLF001 - what every method opens
                for _ in range(3):
                    await connection.exec_driver_sql("SELECT pg_sleep(0.9)")

        with pytest.raises(StorageError, match="does not answer"):
            await sleep_often(of_all=False)
        with pytest.raises(StorageError, match="does not answer"):  # nobody else waits for what has just let one wait
            await asyncio.wait_for(store.count(scopes=ALL), 0.5)
        await asyncio.sleep(database._AWAY_SECONDS)  # noqa: SLF001
        await sleep_often(of_all=True)
        assert await store.count(scopes=ALL) == 0


async def test_a_server_that_hangs_is_not_waited_for_once_more_to_say_goodbye(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "ANSWER_SECONDS", 0.5)
    async with way_to(postgresql_url) as way, Store.open(way.url, CODEC) as store:
        assert await store.count(scopes=ALL) == 0
        way.hang()
        with pytest.raises(StorageError):  # SQLAlchemy's goodbye alone takes two seconds
            async with asyncio.timeout(2):
                await store.count(scopes=ALL)
        way.go_on()


async def test_those_who_wait_to_write_keep_nobody_from_reading(url: str) -> None:
    async with Store.open(url, CODEC) as store, AsyncExitStack() as held:
        await store.keep([build_posting()], scope=EVERYONE)
        await held.enter_async_context(store._database.writing())  # noqa: SLF001 - a turn that lasts
        postings = [build_posting(f"Posting {number}.", title=str(number)) for number in range(30)]
        writers = [asyncio.create_task(store.keep([posting], scope=EVERYONE)) for posting in postings]
        for _ in range(50):
            await asyncio.sleep(0.002)
        assert not any(writer.done() for writer in writers)
        async with asyncio.timeout(10):
            assert await store.count(scopes=ALL) == 1
        await held.aclose()
        await asyncio.gather(*writers)
        assert await store.count(scopes=ALL) == 31


async def test_who_waits_too_long_for_the_turn_to_write_is_told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    async with Store.open(url, CODEC) as store:
        async with store._database.writing():  # noqa: SLF001 - a turn that lasts
            with pytest.raises(StorageError, match="is busy with what others write; try again"):
                await store.keep([build_posting()], scope=EVERYONE)
        await store.keep([build_posting()], scope=EVERYONE)
