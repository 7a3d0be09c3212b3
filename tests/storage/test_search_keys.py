from typing import Any

import pytest
from builders_storage import ADAPTERS, ALL, CODEC, KEYS, build_fact, build_posting, connecting
from sqlalchemy import text

from bot.domain.facts import Pay, Period
from bot.domain.posting import EVERYONE
from bot.domain.query import Criterion, SearchKey
from bot.storage.records import codec_of
from bot.storage.rows import LONGEST_KEY, KeyRow, to_key_rows
from bot.storage.store import Store

PYTORCH = Criterion(topic="skills", keys=("pytorch",))
TENSORS = Criterion(topic="skills", keys=("tensors",))
FACTS = {"skills": (build_fact(("PyTorch", "Go")),)}
LINK = "https://crumb.example/jobs/7"


async def stored(url: str) -> list[tuple[Any, ...]]:
    async with connecting(url) as connection:
        found = await connection.execute(text("SELECT posting_id, key, scope FROM fact_key ORDER BY posting_id, key"))
        return [tuple(row) for row in found]


async def test_keys_are_written_with_the_facts(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep([build_posting(facts=FACTS)], scope="4711")
    assert await stored(url) == [(1, "go", "4711"), (1, "pytorch", "4711")]


async def test_only_current_revisions_are_searched(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep([build_posting("First.", link=LINK, facts=FACTS)], scope=EVERYONE)
        await store.keep([build_posting("Second.", link=LINK)], scope=EVERYONE)
        assert await store.search([PYTORCH], scopes=ALL, limit=9) == []
        await store.restore(1, scopes=ALL, revision=1)
        assert await store.search([PYTORCH], scopes=ALL, limit=9) == [1]
        await store.remove(1, scopes=ALL)
        assert await store.search([PYTORCH], scopes=ALL, limit=9) == []
        await store.restore(1, scopes=ALL)
        assert await store.search([PYTORCH], scopes=ALL, limit=9) == [1]
    assert await stored(url) == [(1, "go", None), (1, "pytorch", None), (3, "go", EVERYONE), (3, "pytorch", EVERYONE)]


async def test_two_revisions_in_one_batch_leave_the_first_unsearched(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep([build_posting(words, link=LINK, facts=FACTS) for words in ("First.", "Second.")], scope=EVERYONE)
        assert await store.count_matching([PYTORCH], scopes=ALL) == 1
    assert {(number, scope) for number, _, scope in await stored(url)} == {(1, None), (2, EVERYONE)}


async def test_keys_become_others_when_the_topic_files_otherwise(url: str) -> None:
    posting = build_posting(facts=FACTS)
    async with Store.open(url, CODEC) as store:
        await store.keep([posting], scope=EVERYONE)
    async with Store.open(url, codec_of(ADAPTERS, {"skills": lambda _: [SearchKey("tensors")]})) as store:
        assert (await store.keep([posting], scope=EVERYONE))[0].outcome == "unchanged"
        assert await store.search([TENSORS], scopes=ALL, limit=9) == [1]
        assert await store.search([PYTORCH], scopes=ALL, limit=9) == []
        version = await store.version()
        await store.keep([posting], scope=EVERYONE)
        assert await store.version() == version
    async with Store.open(url, codec_of(ADAPTERS)) as store:
        await store.keep([posting], scope=EVERYONE)
        assert await stored(url) == []


async def test_keys_of_unknown_topics_stay(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep([build_posting("First.", facts=FACTS)], scope=EVERYONE)
    async with Store.open(url, codec_of({})) as store:
        await store.keep([build_posting("First.", location="Paris")], scope=EVERYONE)
        assert await store.search([PYTORCH], scopes=ALL, limit=9) == [1]
        await store.keep([build_posting("Second.")], scope=EVERYONE)
        await store.restore(1, scopes=ALL, revision=1)
        assert await store.search([PYTORCH], scopes=ALL, limit=9) == [1]


async def test_keys_go_with_their_row(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep([build_posting(facts=FACTS)], scope=EVERYONE)
    async with connecting(url) as connection:
        await connection.execute(text("DELETE FROM posting"))
    assert await stored(url) == []


def pay(minimum: float | None, maximum: float | None, where: str | None = None) -> Any:
    return build_fact(Pay(minimum=minimum, maximum=maximum, currency="USD", per=Period.YEAR, where=where))


def test_each_range_is_a_row_and_an_open_end_is_the_stated_one() -> None:
    facts = {"pay": (pay(90_000, None), pay(None, 80_000), pay(1, 2, "Paris"), pay(1, 2, "Rome"))}
    assert to_key_rows(facts, CODEC) == (
        KeyRow("pay", "USD/year", 0, 90_000, 90_000),
        KeyRow("pay", "USD/year", 1, 80_000, 80_000),
        KeyRow("pay", "USD/year", 2, 1, 2),
    )


@pytest.mark.parametrize("key", ["", "x" * (LONGEST_KEY + 1)])
def test_a_key_that_nobody_searches_for_is_left_out(key: str) -> None:
    assert to_key_rows({"skills": (build_fact((key, "go")),)}, CODEC) == (KeyRow("skills", "go", 0, None, None),)


async def test_the_longest_key_and_a_nul_can_be_stored(store: Store) -> None:
    longest = "工" * LONGEST_KEY
    await store.keep([build_posting(facts={"skills": (build_fact((longest, "a\x00")),)})], scope=EVERYONE)
    assert await store.search([Criterion(topic="skills", keys=(longest,))], scopes=ALL, limit=1) == [1]


def test_topics_without_keys_are_filed_under_nothing() -> None:
    assert set(KEYS) < set(ADAPTERS)
    assert to_key_rows({"requirements": (build_fact("flour"),)}, CODEC) == ()
