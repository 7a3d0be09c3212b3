"""While the database is away nobody learns where it is, nobody waits long, and nobody waits for those who write."""

import asyncio
import logging
import sqlite3
from contextlib import AsyncExitStack

import pytest
from builders_away import way_to
from builders_storage import ALL, CODEC, build_posting

from bot.domain.errors import StorageError
from bot.domain.posting import EVERYONE
from bot.storage import database
from bot.storage.failures import discreetly_told
from bot.storage.store import Store

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
    monkeypatch.setattr(database, "ANSWER_SECONDS", 1)
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
    monkeypatch.setattr(database, "ANSWER_SECONDS", 1)
    async with way_to(postgresql_url) as way, Store.open(way.url, CODEC) as store:

        async def hang_between_two_statements() -> None:
            async with asyncio.timeout(20), store._database.reading() as connection:  # noqa: SLF001 - what every method opens
                way.hang()
                await connection.exec_driver_sql("SELECT 1")

        with pytest.raises(StorageError, match="does not answer"):
            await hang_between_two_statements()


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
