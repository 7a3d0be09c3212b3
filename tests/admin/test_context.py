"""Who may manage whose postings, what waits in memory, and what is set in servers."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from builders_answering import make_database
from builders_clock import Clock

from bot.admin import context as module
from bot.admin.context import NotAllowed, PendingCache, ServerCache, scope_to_manage
from bot.domain.errors import StorageError
from bot.domain.person import EVERYONE, Person
from bot.domain.posting import ServerSettings
from bot.presentation.chat_service import open_store
from bot.storage.store import Store


def _here(name: str, **rights: Any) -> Person:
    return Person(id=1, name=name, channel=2, server=5, **rights)


def _direct(name: str, **rights: Any) -> Person:
    return Person(id=1, name=name, channel=2, **rights)


ROLE = ServerSettings(admin_role=7)


@pytest.mark.parametrize(
    ("person", "settings", "scope"),
    [
        (_here("ada", may_manage_server=True), ServerSettings(), "5"),
        (_here("ada", roles=frozenset({6, 7})), ROLE, "5"),
        (_here("ada", may_manage_server=True, is_owner=True), ROLE, "5"),
        (_direct("ada", is_owner=True, is_direct=True), ServerSettings(), EVERYONE),
    ],
)
def test_who_may_manages_one_scope(person: Person, settings: ServerSettings, scope: str) -> None:
    assert scope_to_manage(person, settings) == scope


@pytest.mark.parametrize(
    ("person", "settings", "told"),
    [
        (_here("mia"), ServerSettings(), "Manage Server"),
        (_here("mia", roles=frozenset({6})), ROLE, "Manage Server"),
        (_here("mia", roles=frozenset({7})), ServerSettings(), "Manage Server"),
        (_here("owner of the bot", is_owner=True), ServerSettings(), "Manage Server"),
        (_direct("mia", is_direct=True), ServerSettings(), "Only the bot's owners"),
        (_direct("mia", is_direct=True, may_manage_server=True, roles=frozenset({7})), ROLE, "Only the bot's owners"),
        (_direct("in a group, or where the bot is not", is_owner=True), ServerSettings(), "in a server"),
    ],
)
def test_anybody_else_is_told_who_may(person: Person, settings: ServerSettings, told: str) -> None:
    with pytest.raises(NotAllowed, match=told):
        scope_to_manage(person, settings)


# What waits in memory is forgotten in time, by weight, and belongs to one scope.


async def test_a_value_is_found_in_its_scope_for_a_quarter_of_an_hour() -> None:
    clock = Clock()
    waiting = PendingCache[str](most=10, ticks=clock)
    name = await waiting.keep("bread", scope="1", by=1)
    clock.now = 15 * 60 - 1
    assert await waiting.find(name, scope="1") == "bread"
    assert await waiting.find(name, scope="2") is None
    clock.now += 1
    assert await waiting.find(name, scope="1") is None


async def test_the_oldest_are_forgotten_where_there_is_too_much() -> None:
    waiting = PendingCache[str](most=10, weigh=len)
    names = [await waiting.keep(letter * 4, scope="1", by=1) for letter in "abc"]
    assert [await waiting.find(name, scope="1") for name in names] == [None, "bbbb", "cccc"]
    assert await waiting.find(await waiting.keep("much too long", scope="1", by=1), scope="1") is None


async def test_a_name_is_given_again_and_dropped() -> None:
    waiting = PendingCache[str](most=10)
    await waiting.keep("old", scope="1", by=1, name="draft")
    assert await waiting.keep("new", scope="1", by=1, name="draft") == "draft"
    assert await waiting.find("draft", scope="1") == "new"
    await waiting.forget("draft", scope="1")
    await waiting.forget("draft", scope="1")
    assert await waiting.find("draft", scope="1") is None


async def test_names_fit_into_buttons_and_are_not_alike() -> None:
    waiting = PendingCache[int](most=1000)
    names = {await waiting.keep(number, scope="1", by=1) for number in range(100)}
    assert len(names) == 100
    assert {len(name) for name in names} == {12}


async def test_where_there_is_too_much_the_scope_that_has_most_gives_way() -> None:
    waiting = PendingCache[str](most=10, weigh=len)
    quiet = await waiting.keep("abc", scope="1", by=1)
    loud = [await waiting.keep(letter * 3, scope="2", by=1) for letter in "abcdef"]
    assert await waiting.find(quiet, scope="1") == "abc"
    assert [await waiting.find(name, scope="2") for name in loud] == [None, None, None, None, "eee", "fff"]
    await waiting.keep("", scope="2", by=1, name=loud[4])
    assert await waiting.find(await waiting.keep("gggg", scope="1", by=1), scope="1") == "gggg"
    assert [await waiting.find(name, scope="2") for name in loud[4:]] == ["", "fff"]


# A server's settings are known without a look at the database, and never older than a second.


HIDDEN = ServerSettings(is_hidden=True)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(await make_database(tmp_path / "servers.db")) as opened:
        yield opened


async def test_outside_of_servers_nothing_is_set(store: Store) -> None:
    assert await ServerCache(store).get(None) == ServerSettings()


async def test_what_is_set_here_counts_at_once_and_for_that_server_only(store: Store) -> None:
    servers = ServerCache(store)
    assert await servers.get(5) == ServerSettings()
    await servers.put(5, HIDDEN)
    assert (await servers.get(5), await servers.get(6)) == (HIDDEN, ServerSettings())
    assert await ServerCache(store).get(5) == HIDDEN


async def test_what_another_process_sets_is_seen_within_a_second(store: Store, tmp_path: Path) -> None:
    clock = Clock()
    async with Store.open(f"sqlite+aiosqlite:///{tmp_path / 'servers.db'}", monotonic=clock) as other:
        servers = ServerCache(other)
        assert await servers.get(5) == ServerSettings()
        await store.servers.put("5", HIDDEN)
        clock.now = 1
        assert await servers.get(5) == HIDDEN


async def test_as_long_as_nothing_changes_the_database_is_not_asked(store: Store, tmp_path: Path) -> None:
    servers = ServerCache(store)
    await servers.put(5, HIDDEN)
    with closing(sqlite3.connect(tmp_path / "servers.db")) as connection:
        connection.execute("UPDATE server SET settings = '{}'")
        connection.commit()
    assert await servers.get(5) == HIDDEN


async def test_all_who_ask_at_once_have_the_database_asked_once(store: Store) -> None:
    asked: list[str] = []

    class CountedServers:
        async def get(self, scope: str) -> ServerSettings:
            asked.append(scope)
            return await store.servers.get(scope)

    counted: Any = SimpleNamespace(servers=CountedServers(), version=store.version, known_version=1)
    servers = ServerCache(counted)
    assert await asyncio.gather(*(servers.get(5) for _ in range(100))) == [ServerSettings()] * 100
    assert asked == ["5"]


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

    slow: Any = SimpleNamespace(servers=SlowServers(), version=store.version, known_version=1)
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
    servers = ServerCache(store)
    await servers.put(5, HIDDEN)
    await store.servers.put("7", HIDDEN)
    with closing(sqlite3.connect(tmp_path / "servers.db")) as connection:
        connection.execute("ALTER TABLE server RENAME TO away")
    assert await servers.get(5) == HIDDEN
    with pytest.raises(StorageError):
        await servers.get(6)
