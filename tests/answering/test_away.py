"""While the database is away, what is in memory is still answered."""

import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from builders_answering import ask, make_database, open_assistant, posting_text
from builders_storage import CODEC, build_posting

from bot.answering.memory import LiveIndex
from bot.domain.answer import State
from bot.domain.errors import StorageError
from bot.domain.person import EVERYONE
from bot.questions.company_names import company_key
from bot.storage.store import Store


def change(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "test.db", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def take_away(folder: Path) -> None:
    change(folder, *(f"ALTER TABLE {table} RENAME TO {table}_away" for table in ("ledger", "posting", "server")))


def bring_back(folder: Path) -> None:
    change(folder, *(f"ALTER TABLE {table}_away RENAME TO {table}" for table in ("ledger", "posting", "server")))


async def test_what_is_in_memory_is_answered_and_what_is_not_is_told(tmp_path: Path) -> None:
    texts = {f"{name}.md": posting_text(name, body="The salary is $90,000 a year.") for name in ("Oven", "Mill")}
    async with open_assistant(tmp_path, texts) as (_, assistant):
        told = await ask(assistant, "salary at oven")
        assert told.state is State.ANSWERED
        take_away(tmp_path)
        for _ in range(3):
            assert await ask(assistant, "salary at oven") == told
        with pytest.raises(StorageError, match="the database failed"):
            await ask(assistant, "salary at mill")
        bring_back(tmp_path)
        assert (await ask(assistant, "salary at mill")).state is State.ANSWERED


async def test_what_changed_meanwhile_is_seen_when_the_database_is_back(tmp_path: Path) -> None:
    url = await make_database(tmp_path / "test.db")
    async with Store.open(url, CODEC, monotonic=count().__next__) as store, Store.open(url, CODEC) as other:
        await store.keep([build_posting("a", company="Crust")], scope=EVERYONE)
        await store.keep([build_posting("c", company="Mill")], scope="4711")
        directory = LiveIndex(store)
        await directory.index_for({EVERYONE})
        take_away(tmp_path)
        assert (await directory.index_for({EVERYONE})).entries(company_key("Crust"), {EVERYONE})
        with pytest.raises(StorageError):
            await directory.index_for({"4711"})
        bring_back(tmp_path)
        await other.keep([build_posting("b", company="Oven")], scope=EVERYONE)
        await directory.look()
        await directory.settle()
        assert (await directory.index_for({EVERYONE})).entries(company_key("Oven"), {EVERYONE})


async def test_a_server_without_postings_of_its_own_needs_no_database(tmp_path: Path) -> None:
    async with Store.open(await make_database(tmp_path / "test.db"), CODEC, monotonic=count().__next__) as store:
        await store.keep([build_posting("a", company="Crust")], scope=EVERYONE)
        directory = LiveIndex(store)
        await directory.index_for({EVERYONE})
        change(tmp_path, "ALTER TABLE posting RENAME TO posting_away")
        assert (await directory.index_for({EVERYONE, "4711"})).entries(company_key("Crust"), {EVERYONE, "4711"})
        change(tmp_path, "ALTER TABLE posting_away RENAME TO posting")
        await store.keep([build_posting("b", company="Oven")], scope="4711")
        assert (await directory.index_for({EVERYONE, "4711"})).entries(company_key("Oven"), {EVERYONE, "4711"})


async def test_where_nothing_is_in_memory_the_failure_is_told(tmp_path: Path) -> None:
    async with Store.open(await make_database(tmp_path / "test.db"), CODEC) as store:
        directory = LiveIndex(store)
        take_away(tmp_path)
        with pytest.raises(StorageError):
            await directory.index_for({EVERYONE})
        bring_back(tmp_path)
        await directory.index_for({EVERYONE})
