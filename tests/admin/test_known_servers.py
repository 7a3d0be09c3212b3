"""A server's settings are known without a look at the database, and never older than a minute."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from builders_clock import Clock

from bot.admin import context as module
from bot.admin.context import ServerCache
from bot.domain.administration import ServerSettings
from bot.domain.errors import StorageError
from bot.presentation.opening import open_store
from bot.storage.store import Store

HIDDEN = ServerSettings(is_hidden=True)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'servers.db'}") as opened:
        yield opened


async def test_outside_of_servers_nothing_is_set(store: Store) -> None:
    assert await ServerCache(store).get(None) == ServerSettings()


async def test_what_is_set_here_counts_at_once_and_for_that_server_only(store: Store) -> None:
    servers = ServerCache(store)
    assert await servers.get(5) == ServerSettings()
    await servers.put(5, HIDDEN)
    assert (await servers.get(5), await servers.get(6)) == (HIDDEN, ServerSettings())
    assert await ServerCache(store).get(5) == HIDDEN


async def test_what_another_process_sets_is_seen_after_a_minute(store: Store) -> None:
    clock = Clock()
    servers = ServerCache(store, clock)
    await servers.get(5)
    await store.servers.put("5", HIDDEN)
    clock.now = 59
    assert await servers.get(5) == ServerSettings()
    clock.now = 61
    assert await servers.get(5) == HIDDEN


async def test_two_changes_at_once_are_both_kept(store: Store) -> None:
    servers = ServerCache(store)
    await servers.get(5)
    await store.servers.put("5", ServerSettings(language="de"))
    await asyncio.gather(
        servers.change(5, lambda settings: settings.model_copy(update={"is_hidden": True})),
        servers.change(5, lambda settings: settings.model_copy(update={"admin_role": 7})),
    )
    assert await servers.get(5) == ServerSettings(is_hidden=True, admin_role=7, language="de") == await store.servers.get("5")


async def test_what_was_read_before_a_change_does_not_stay(store: Store) -> None:
    begun, released = asyncio.Event(), asyncio.Event()

    class SlowServers:
        async def get(self, scope: str) -> ServerSettings:
            settings = await store.servers.get(scope)
            begun.set()
            await released.wait()
            return settings

        async def put(self, scope: str, settings: ServerSettings) -> None:
            await store.servers.put(scope, settings)

    slow: Any = SimpleNamespace(servers=SlowServers())
    servers = ServerCache(slow)
    reading = asyncio.create_task(servers.get(5))
    await begun.wait()
    await servers.put(5, HIDDEN)
    released.set()
    assert await reading == HIDDEN
    assert await servers.get(5) == HIDDEN


async def test_the_servers_that_were_asked_for_last_are_known(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_SERVERS", 2)
    servers = ServerCache(store)
    for server in (1, 2, 3, 1):
        await servers.put(server, HIDDEN)
    assert [await servers.get(server) for server in (1, 2, 3)] == [HIDDEN] * 3


async def test_what_is_known_holds_on_while_the_database_is_away(store: Store, tmp_path: Path) -> None:
    clock = Clock()
    servers = ServerCache(store, clock)
    await servers.put(5, HIDDEN)
    with closing(sqlite3.connect(tmp_path / "servers.db")) as connection:
        connection.execute("ALTER TABLE server RENAME TO away")
    clock.now += 61
    assert await servers.get(5) == HIDDEN
    with pytest.raises(StorageError):
        await servers.get(6)
