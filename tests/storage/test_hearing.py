"""Processes on one PostgreSQL know at once what the others keep, and take turns; on SQLite there is one process."""

import asyncio
from collections.abc import Callable

import pytest
from builders_away import way_to
from builders_storage import CODEC, build_posting

from bot.domain.person import EVERYONE
from bot.domain.posting import ServerSettings
from bot.storage import remembered
from bot.storage.store import Store


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 -- a number tells nobody
            await asyncio.sleep(0.01)


async def test_what_one_keeps_the_others_know_without_asking(postgresql_url: str) -> None:
    async with Store.open(postgresql_url, CODEC) as store, Store.open(postgresql_url, CODEC) as other, other.hearing():
        await store.keep([build_posting()], scope=EVERYONE)
        await _until(lambda: other.known_version == 1)
        await store.servers.put("5", ServerSettings(is_hidden=True))
        await _until(lambda: other.known_version == 2)


async def test_what_is_kept_in_another_schema_is_nothing_to_hear(postgresql_url: str, new_postgresql_url: str) -> None:
    async with (
        Store.open(new_postgresql_url, CODEC) as elsewhere,
        Store.open(postgresql_url, CODEC) as store,
        Store.open(postgresql_url, CODEC) as other,
        other.hearing(),
    ):
        await _until(lambda: other.known_version == 0)
        await elsewhere.keep([build_posting()], scope=EVERYONE)
        await elsewhere.keep([build_posting("b", title="Miller")], scope=EVERYONE)
        await store.keep([build_posting()], scope=EVERYONE)
        await _until(lambda: other.known_version == 1)


async def test_after_a_lost_connection_it_looks_for_what_it_did_not_hear(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_HEARD_ANEW_SECONDS", 0.05)
    async with (
        way_to(postgresql_url) as way,
        Store.open(postgresql_url, CODEC) as store,
        Store.open(way.url, CODEC) as other,
        other.hearing(),
    ):
        await _until(lambda: other.known_version == 0)
        for writer in way.writers:
            writer.transport.abort()
        await store.keep([build_posting()], scope=EVERYONE)
        await _until(lambda: other.known_version == 1)


async def test_a_turn_is_had_by_one_process_at_a_time(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_ASKED_AGAIN_SECONDS", 0.01)
    async with Store.open(postgresql_url, CODEC) as store, Store.open(postgresql_url, CODEC) as other:
        order = []

        async def have(one: Store, name: str) -> None:
            async with one.alone(3):
                order.append(f"{name} begins")
                await asyncio.sleep(0.05)
                order.append(f"{name} ends")

        async with asyncio.timeout(20), other.alone(4):  # another number is another turn
            await asyncio.gather(have(store, "a"), have(other, "b"))
    assert order in (["a begins", "a ends", "b begins", "b ends"], ["b begins", "b ends", "a begins", "a ends"])


async def test_nobody_waits_for_a_turn_of_a_database_that_is_away(postgresql_url: str) -> None:
    async with way_to(postgresql_url) as way, Store.open(way.url, CODEC) as store:
        way.cut()
        async with asyncio.timeout(20), store.alone(3):
            pass


async def test_on_sqlite_nobody_else_is_there(sqlite_url: str) -> None:
    async with Store.open(sqlite_url, CODEC) as store, store.hearing(), store.alone(3):
        await store.keep([build_posting()], scope=EVERYONE)
