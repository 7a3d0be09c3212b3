"""Postings come from memory as long as nothing changed, and never into scopes that may not see them."""

from pathlib import Path

from builders_answering import open_assistant, posting_text

from bot.answering.live_index import Shelf
from bot.domain.posting import EVERYONE

TEXTS = {"a.md": posting_text("Acme"), "b.md": posting_text("Brook")}


async def test_they_come_in_the_order_that_is_asked_for_each_once(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (store, _):
        shelf = Shelf(store)
        for _ in range(2):
            found = await shelf.get_many([2, 1, 2, 99], scopes={EVERYONE}, version=1)
            assert [kept.id for kept in found] == [2, 1]


async def test_what_is_in_memory_is_still_seen_by_its_scopes_only(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS, scope="7") as (store, _):
        shelf = Shelf(store)
        assert len(await shelf.get_many([1], scopes={"7"}, version=1)) == 1
        assert await shelf.get_many([1], scopes={EVERYONE}, version=1) == ()


async def test_with_a_new_version_they_are_read_again(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (store, _):
        shelf = Shelf(store)
        await shelf.get_many([1], scopes={EVERYONE}, version=1)
        await store.remove(1, scopes={EVERYONE})
        assert len(await shelf.get_many([1], scopes={EVERYONE}, version=1)) == 1
        assert await shelf.get_many([1], scopes={EVERYONE}, version=2) == ()
