"""A server keeps no more than it may have, whichever way postings come, and whoever else writes at the same time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from builders_storage import ADA, BEN, CODEC, NOON, build_posting, build_postings, connecting
from sqlalchemy import text

from bot.domain.errors import QuotaReached
from bot.domain.person import EVERYONE
from bot.domain.posting import Quotas
from bot.storage.address import read_address
from bot.storage.database import open_engine
from bot.storage.migrations import build
from bot.storage.records import Outcome
from bot.storage.store import Store

SERVER, OTHER = "4711", "4712"
HERE = [SERVER]
FEW = Quotas(postings=3, megabytes=1, previews=2)
FULL = "This server may keep 3 postings, and has 3; remove some, or ask the bot's host for a higher POSTINGS_PER_SERVER"


@pytest.fixture
async def full(store: Store) -> Store:
    """A server that has all three postings that it may keep, and one that was removed."""
    await store.keep(build_postings(4), scope=SERVER)
    await store.remove(4, scopes=HERE)
    return store.within(FEW)


async def keep_new(store: Store) -> None:
    await store.keep([build_posting("New words.", title="Miller")], scope=SERVER)


async def keep_preview(store: Store) -> None:
    proposal = await store.proposals.put(build_posting("New words.", title="Miller"), scope=SERVER, by=ADA)
    await store.proposals.keep(proposal.id, scopes=HERE, by=ADA)


async def restore_removed(store: Store) -> None:
    await store.restore(4, scopes=HERE, by=ADA)


async def restore_old_revision(store: Store) -> None:
    await store.restore(4, scopes=HERE, by=ADA, revision=1)


async def bring_back_by_its_words(store: Store) -> None:
    await store.keep(build_postings(4)[3:], scope=SERVER)


@pytest.mark.parametrize("add", [keep_new, keep_preview, restore_removed, restore_old_revision, bring_back_by_its_words])
async def test_no_way_leads_past_the_number_of_postings(add: Callable[[Store], Awaitable[None]], full: Store) -> None:
    with pytest.raises(QuotaReached) as told:
        await add(full)
    assert str(told.value) == FULL
    assert [one.id for one in await full.list_postings(scopes=HERE)] == [1, 2, 3]
    await full.remove(1, scopes=HERE)
    await add(full)
    assert await full.count(scopes=HERE) == 3


async def test_a_full_server_still_repeats_revises_and_restores_what_it_has(full: Store) -> None:
    (repeated,) = await full.keep(build_postings(1), scope=SERVER)
    assert repeated.outcome is Outcome.UNCHANGED
    revised = await full.revise(1, build_posting("Other words."), scopes=HERE, by=ADA)
    assert revised is not None
    assert (revised.outcome, revised.revision) == (Outcome.UPDATED, 2)
    assert await full.restore(1, scopes=HERE, by=ADA, revision=1) is not None


async def test_what_is_too_much_together_is_not_kept_in_part(store: Store) -> None:
    with pytest.raises(QuotaReached, match="may keep 3 postings, and has 0"):
        await store.within(FEW).keep(build_postings(4), scope=SERVER)
    assert await store.count(scopes=HERE) == 0


async def test_other_servers_and_what_everyone_sees_do_not_count(full: Store) -> None:
    await full.keep(build_postings(3), scope=OTHER)
    await full.keep(build_postings(9), scope=EVERYONE)
    assert await full.count(scopes=[OTHER, EVERYONE]) == 12


async def test_the_same_store_without_quotas_is_held_to_none(store: Store) -> None:
    await store.keep(build_postings(9), scope=SERVER)
    assert await store.count(scopes=HERE) == 9


async def test_two_who_take_the_last_place_at_once_do_not_both_get_it(url: str) -> None:
    async with Store.open(url, CODEC) as one, Store.open(url, CODEC) as other:
        await one.keep(build_postings(2), scope=SERVER)
        postings = [build_posting(f"Words of {number}.", title=f"Miller {number}") for number in range(6)]
        stores = [one.within(FEW), other.within(FEW)] * 3
        adding = [store.keep([each], scope=SERVER, by=BEN) for store, each in zip(stores, postings, strict=True)]
        came = await asyncio.gather(*adding, return_exceptions=True)
        assert sum(isinstance(each, QuotaReached) for each in came) == 5
        assert await one.count(scopes=HERE) == 3


async def test_the_bytes_of_texts_count_and_not_their_letters(store: Store) -> None:
    bounded = store.within(FEW)
    await bounded.keep([build_posting("工" * 300_000, title="Cook")], scope=SERVER)
    with pytest.raises(QuotaReached) as told:
        await bounded.keep([build_posting("工" * 40_000, title="Miller")], scope=SERVER)
    assert str(told.value) == (
        "This server may keep 1 MB of posting text, and has 0.9 MB; remove some postings, "
        "or ask the bot's host for a higher MEGABYTES_PER_SERVER"
    )
    with pytest.raises(QuotaReached, match="MB of posting text"):
        await bounded.revise(1, build_posting("工" * 340_000, title="Cook"), scopes=HERE, by=ADA)
    shorter = await bounded.revise(1, build_posting("工" * 100_000, title="Cook"), scopes=HERE, by=ADA)
    assert shorter is not None
    await bounded.keep([build_posting("工" * 40_000, title="Miller")], scope=SERVER)
    with pytest.raises(QuotaReached, match="MB of posting text"):
        await bounded.restore(1, scopes=HERE, by=ADA, revision=1)


async def test_who_has_too_much_since_the_bound_was_lowered_may_only_have_less(store: Store) -> None:
    long = [build_posting(f"{number} {'a' * 900_000}", title=f"Cook {number}") for number in range(5)]
    await store.keep(long, scope=SERVER)
    bounded = store.within(FEW)
    assert await bounded.revise(1, build_posting("a" * 800_000, title="Cook 0"), scopes=HERE, by=ADA) is not None
    assert await bounded.remove(2, scopes=HERE)
    with pytest.raises(QuotaReached, match="may keep 3 postings, and has 4"):
        await bounded.restore(2, scopes=HERE, by=ADA)


@pytest.fixture
async def previewing(url: str) -> AsyncIterator[tuple[Store, list[timedelta]]]:
    """A store, and how much later it is."""
    later = [timedelta()]
    async with Store.open(url, CODEC, clock=lambda: NOON + later[0]) as store:
        yield store.within(FEW), later


async def test_only_so_many_previews_are_open(previewing: tuple[Store, list[timedelta]]) -> None:
    store, _ = previewing
    first, second = [await store.proposals.put(build_posting(), scope=SERVER, by=ADA) for _ in range(2)]
    with pytest.raises(QuotaReached) as told:
        await store.proposals.put(build_posting(), scope=SERVER, by=BEN)
    assert str(told.value) == (
        "This server may have 2 open previews; keep or cancel some, or try again tomorrow, when the older ones are forgotten"
    )
    await store.proposals.put(build_posting(), scope=OTHER, by=ADA)
    for _ in range(5):
        await store.proposals.put(build_posting(), scope=EVERYONE, by=ADA)
    await store.proposals.cancel(first.id, scopes=HERE)
    third = await store.proposals.put(build_posting(), scope=SERVER, by=BEN)
    await store.proposals.keep(second.id, scopes=HERE, by=ADA)
    await store.proposals.put(build_posting(), scope=SERVER, by=BEN)
    assert await store.proposals.get(third.id, scopes=HERE) is not None


async def test_a_preview_gives_way_after_a_day_where_there_is_no_room(previewing: tuple[Store, list[timedelta]]) -> None:
    store, later = previewing
    old = await store.proposals.put(build_posting(), scope=SERVER, by=ADA)
    later[0] = timedelta(hours=20)
    newer = await store.proposals.put(build_posting(), scope=SERVER, by=ADA)
    later[0] = timedelta(hours=25)
    await store.proposals.put(build_posting(), scope=SERVER, by=ADA)
    assert await store.proposals.get(old.id, scopes=HERE) is None
    assert await store.proposals.get(newer.id, scopes=HERE) == newer
    with pytest.raises(QuotaReached):
        await store.proposals.put(build_posting(), scope=SERVER, by=ADA)


async def test_two_who_open_the_last_preview_at_once_do_not_both_get_it(store: Store) -> None:
    opening = [store.within(FEW).proposals.put(build_posting(), scope=SERVER, by=ADA) for _ in range(5)]
    came = await asyncio.gather(*opening, return_exceptions=True)
    assert sum(isinstance(each, QuotaReached) for each in came) == 3


async def test_texts_that_were_there_before_sizes_were_kept_are_measured(new_url: str) -> None:
    async with open_engine(read_address(new_url)) as engine:
        await build(engine, "0001")
    async with connecting(new_url) as connection:
        for statement in OLD:
            await connection.execute(text(statement))
    async with Store.open(new_url, CODEC) as store:
        with pytest.raises(QuotaReached, match=r"may keep 0 MB of posting text, and has 0\.0 MB"):
            await store.within(FEW.model_copy(update={"megabytes": 0})).revise(1, build_posting("Longer words."), scopes=HERE, by=ADA)
        assert await store.within(FEW.model_copy(update={"megabytes": 0})).revise(1, build_posting("工-"), scopes=HERE, by=ADA)
    async with connecting(new_url) as connection:
        sizes = (await connection.execute(text("SELECT size FROM posting ORDER BY id"))).scalars().all()
    assert sizes == [6, 4]


OLD = (
    """
    INSERT INTO posting (id, lineage, revision, state, scope, identity, fingerprint, change, read_at, changed_at, source, text)
    VALUES (1, 1, 1, 'current', '4711', 'y', 'y', 1, '2031-05-04 12:00:00', '2031-05-04 12:00:00', 'a.md', '工工')
    """,
    "UPDATE ledger SET version = 1, last_id = 1",
)
