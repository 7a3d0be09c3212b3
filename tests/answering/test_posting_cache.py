"""Postings come from memory as long as nothing changed, and never into scopes that may not see them."""

from pathlib import Path

from builders_answering import ask, make_database, open_assistant, posting_text

from bot.answering.assistant import Assistant
from bot.answering.memory import PostingCache, SightingCache, weigh
from bot.domain.person import EVERYONE
from bot.parsing.parse import parse_posting
from bot.presentation.chat_service import open_store
from bot.storage.records import Outcome

TEXTS = {"a.md": posting_text("Acme"), "b.md": posting_text("Brook")}


async def test_they_come_in_the_order_that_is_asked_for_each_once(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (store, _):
        cache = PostingCache(store, SightingCache(store))
        for _ in range(2):
            found = await cache.get_many([2, 1, 2, 99], scopes={EVERYONE}, version=1)
            assert [kept.id for kept in found] == [2, 1]


async def test_what_is_in_memory_is_still_seen_by_its_scopes_only(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS, scope="7") as (store, _):
        cache = PostingCache(store, SightingCache(store))
        assert len(await cache.get_many([1], scopes={"7"}, version=1)) == 1
        assert await cache.get_many([1], scopes={EVERYONE}, version=1) == ()


async def test_with_a_new_version_they_are_read_again(tmp_path: Path) -> None:
    async with open_assistant(tmp_path, TEXTS) as (store, _):
        cache = PostingCache(store, SightingCache(store))
        await cache.get_many([1], scopes={EVERYONE}, version=1)
        await store.remove(1, scopes={EVERYONE})
        assert len(await cache.get_many([1], scopes={EVERYONE}, version=1)) == 1
        assert await cache.get_many([1], scopes={EVERYONE}, version=2) == ()


async def test_long_postings_take_no_more_memory_than_is_set_aside_for_them(tmp_path: Path) -> None:
    texts = {f"{number}.md": posting_text(f"Acme {number}", body="We bake 面包 every night. " * 5_000) for number in range(4)}
    async with open_assistant(tmp_path, texts) as (store, _):
        kept = await store.get_many([1, 2, 3, 4], scopes={EVERYONE})
        cache = PostingCache(store, SightingCache(store), heaviest=2 * max(map(weigh, kept)))
        for ids in ([1, 2], [3, 4], [4, 1, 2]):
            found = await cache.get_many(ids, scopes={EVERYONE}, version=1)
            assert [one.posting.text for one in found] == [kept[number - 1].posting.text for number in ids]
            assert 0 < cache.weight <= 2 * max(map(weigh, kept))


async def test_a_posting_longer_than_any_may_be_now_is_still_told_of(tmp_path: Path) -> None:
    posting = parse_posting(posting_text("Acme", body="We pay $20 an hour. We bake at night."), "a.md")
    longer = posting.model_copy(update={"text": posting.text + "\nWe bake 面包 every night." * 50_000})
    async with open_store(await make_database(tmp_path / "test.db")) as store:
        await store.keep([longer], scope=EVERYONE)
        assistant = Assistant(store)
        await assistant.warm_up()
        assert "$20" in (await ask(assistant, "what does Acme pay?")).rendered.sentence
        assert (await store.keep([longer], scope=EVERYONE))[0].outcome == Outcome.UNCHANGED
