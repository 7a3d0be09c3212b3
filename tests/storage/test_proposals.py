import asyncio
from datetime import timedelta

import pytest
from builders_storage import ADA, ALL, BEN, CODEC, HOURLY, NOON, broken_rules, build_correction, build_fact, build_posting, connecting
from sqlalchemy import text

from bot.domain.errors import StorageError
from bot.domain.person import EVERYONE
from bot.domain.posting import Posting, Proposal, ProposalState, ServerSettings
from bot.storage.corrections import apply_corrections
from bot.storage.proposals import LASTING, FeedPost
from bot.storage.records import Kept, Outcome, Settled, Settlement
from bot.storage.store import Store

LINK = "https://crumb.example/jobs/7"
FLOUR = build_fact("flour", "We need flour.", heading="Needs")
READ = build_posting("We need flour.", link=LINK, facts={"requirements": (FLOUR,), "pay": (build_fact(HOURLY),)})
POSTING = apply_corrections(READ, [build_correction("head_title", words="Head Baker"), build_correction("pay", read=[build_fact(HOURLY)])])
UNKNOWN = ["", "aB3dE6gH9jK2", "x" * 10_000, "\x00" * 12, "\ud800" * 12, "' OR 1=1 --", "%" * 12, "١" * 12]


async def put(
    store: Store, posting: Posting = POSTING, *, scope: str = EVERYONE, revises: int | None = None, base: int | None = None
) -> str:
    return (await store.proposals.put(posting, scope=scope, by=ADA, revises=revises, base=base)).id


async def settle(store: Store, number: str) -> Settled:
    settled = await store.proposals.keep(number, scopes=ALL, by=BEN)
    assert settled is not None
    return settled


async def test_a_proposal_comes_back_whole_after_a_restart(url: str) -> None:
    async with Store.open(url, CODEC, clock=lambda: NOON) as store:
        made = await store.proposals.put(POSTING, scope="4711", by=ADA, revises=3, base=2)
    assert made == Proposal(id=made.id, scope="4711", by=ADA, made_at=NOON, posting=made.posting, revises=3, base=2)
    assert made.posting == POSTING.model_copy(update={"corrections": made.posting.corrections})
    assert set(made.posting.corrections) == set(POSTING.corrections)
    async with Store.open(url, CODEC) as store:
        assert await store.proposals.get(made.id, scopes=["4711"]) == made
        assert await store.count(scopes=["4711"]) == 0
        assert await store.version() == 0


async def test_ids_are_twelve_letters_and_digits_and_differ(store: Store) -> None:
    ids = {await put(store) for _ in range(5)}
    assert len(ids) == 5
    assert all(len(number) == 12 and number.isalnum() and number.isascii() for number in ids)


async def test_a_new_posting_is_kept_once(store: Store) -> None:
    number = await put(store)
    settled = await settle(store, number)
    assert (settled.how, settled.kept) == (Settlement.KEPT, Kept(Outcome.ADDED, 1, 1))
    assert (settled.proposal.state, settled.proposal.kept_as) == (ProposalState.KEPT, 1)
    kept = await store.get(1, scopes=ALL)
    assert kept is not None
    assert kept.posting == settled.proposal.posting
    again = await settle(store, number)
    assert again == Settled(Settlement.KEPT_BEFORE, None, settled.proposal)
    assert [action.by for action in await store.list_actions(scopes=ALL)] == [BEN]


async def test_keeping_goes_the_way_that_any_keeping_goes(store: Store) -> None:
    await store.keep(
        [apply_corrections(build_posting("Old.", title="Head Baker", link=LINK), [build_correction("head_company", words="Crumb")])],
        scope=EVERYONE,
    )
    assert (await settle(store, await put(store))).kept == Kept(Outcome.UPDATED, 1, 2)
    kept = await store.get(1, scopes=ALL)
    assert kept is not None
    assert (kept.posting.title, kept.posting.company) == ("Head Baker", "Crumb")


async def test_a_revision_is_kept_with_exactly_its_own_corrections(store: Store) -> None:
    await store.keep([POSTING], scope=EVERYONE)
    number = await put(store, READ, revises=1, base=1)
    assert (await settle(store, number)).kept == Kept(Outcome.UPDATED, 1, 2)
    kept = await store.get(1, scopes=ALL)
    assert kept is not None
    assert kept.posting == READ


async def test_a_revision_of_what_changed_meanwhile_is_not_kept_and_stays_open(store: Store) -> None:
    await store.keep([READ], scope=EVERYONE)
    stale, gone = await put(store, revises=1, base=1), await put(store, revises=1)
    await store.keep([build_posting("New words.", link=LINK)], scope=EVERYONE)
    settled = await settle(store, stale)
    assert (settled.how, settled.kept, settled.proposal.state) == (Settlement.CHANGED_MEANWHILE, None, ProposalState.OPEN)
    await store.remove(1, scopes=ALL)
    assert (await settle(store, gone)).how is Settlement.CHANGED_MEANWHILE
    assert await store.count(scopes=ALL) == 0
    changed = await store.proposals.change(stale, POSTING, scopes=ALL, revises=None, base=None)
    assert changed is not None
    assert (changed.revises, changed.base) == (None, None)
    assert (await settle(store, stale)).how is Settlement.KEPT


@pytest.mark.parametrize(("revises", "base"), [(2**70, 1), (-1, None), (1, 2**70), (1, -5), (7, None)])
async def test_a_revision_of_what_cannot_be_is_changed_meanwhile(store: Store, revises: int, base: int | None) -> None:
    await store.keep([READ], scope=EVERYONE)
    number = await put(store, revises=revises, base=base)
    assert (await settle(store, number)).how is Settlement.CHANGED_MEANWHILE
    assert await store.proposals.change(number, READ, scopes=ALL, revises=revises, base=base) is not None
    assert (await settle(store, number)).how is Settlement.CHANGED_MEANWHILE


async def test_a_cancelled_proposal_is_not_kept(store: Store) -> None:
    number = await put(store)
    cancelled = await store.proposals.cancel(number, scopes=ALL)
    assert cancelled is not None
    assert (cancelled.how, cancelled.proposal.state) == (Settlement.CANCELLED, ProposalState.CANCELLED)
    assert await settle(store, number) == Settled(Settlement.CANCELLED_BEFORE, None, cancelled.proposal)
    assert await store.proposals.cancel(number, scopes=ALL) == Settled(Settlement.CANCELLED_BEFORE, None, cancelled.proposal)
    assert await store.count(scopes=ALL) == 0


async def test_a_kept_proposal_is_not_cancelled(store: Store) -> None:
    number = await put(store)
    await settle(store, number)
    cancelled = await store.proposals.cancel(number, scopes=ALL)
    assert cancelled is not None
    assert (cancelled.how, cancelled.proposal.kept_as) == (Settlement.KEPT_BEFORE, 1)
    assert await store.count(scopes=ALL) == 1


async def test_an_open_proposal_can_be_changed_and_a_settled_one_cannot(store: Store) -> None:
    number = await put(store, READ, revises=4, base=2)
    changed = await store.proposals.change(number, POSTING, scopes=ALL)
    assert changed is not None
    assert (changed.posting.title, changed.revises, changed.base, changed.by) == ("Head Baker", 4, 2, ADA)
    assert await store.proposals.get(number, scopes=ALL) == changed
    await store.proposals.cancel(number, scopes=ALL)
    assert await store.proposals.change(number, READ, scopes=ALL) is None
    settled = await store.proposals.get(number, scopes=ALL)
    assert settled == changed.model_copy(update={"state": ProposalState.CANCELLED})


@pytest.mark.parametrize("number", UNKNOWN)
async def test_an_id_that_nobody_was_given_finds_nothing(store: Store, number: str) -> None:
    await put(store)
    assert await store.proposals.get(number, scopes=ALL) is None
    assert await store.proposals.change(number, READ, scopes=ALL) is None
    assert await store.proposals.keep(number, scopes=ALL, by=BEN) is None
    assert await store.proposals.cancel(number, scopes=ALL) is None


async def test_of_another_scope_nothing_can_be_done(store: Store) -> None:
    number = await put(store, scope="4711")
    for scopes in ([EVERYONE, "1147"], [], ["471"]):
        assert await store.proposals.get(number, scopes=scopes) is None
        assert await store.proposals.change(number, READ, scopes=scopes) is None
        assert await store.proposals.keep(number, scopes=scopes, by=BEN) is None
        assert await store.proposals.cancel(number, scopes=scopes) is None
    found = await store.proposals.get(number, scopes=["4711"])
    assert found is not None
    assert (found.state, found.posting.title) == (ProposalState.OPEN, "Head Baker")
    with pytest.raises(TypeError, match="collection of scopes"):
        await store.proposals.get(number, scopes="4711")


async def test_a_proposal_revises_only_postings_of_its_own_scope(store: Store) -> None:
    await store.keep([READ], scope="1147")
    number = await put(store, POSTING, scope="4711", revises=1)
    settled = await store.proposals.keep(number, scopes=["4711", "1147"], by=BEN)
    assert settled is not None
    assert settled.how is Settlement.CHANGED_MEANWHILE


async def test_of_two_who_keep_it_at_once_one_does(url: str) -> None:
    async with Store.open(url, CODEC) as first, Store.open(url, CODEC) as second:
        number = await put(first)
        settled = await asyncio.gather(*(store.proposals.keep(number, scopes=ALL, by=BEN) for store in (first, second, first, second)))
        assert sorted(one.how for one in settled if one) == [Settlement.KEPT, *[Settlement.KEPT_BEFORE] * 3]
        assert len(await first.history(1, scopes=ALL)) == 1
        number = await put(first, READ, revises=1, base=1)
        ended = await asyncio.gather(first.proposals.keep(number, scopes=ALL, by=BEN), second.proposals.cancel(number, scopes=ALL))
        assert sorted(one.how for one in ended if one) in (["cancelled", "cancelled_before"], ["kept", "kept_before"])
    assert await broken_rules(url) == {}


async def test_two_revisions_of_one_posting_at_once_are_not_both_kept(url: str) -> None:
    async with Store.open(url, CODEC) as first, Store.open(url, CODEC) as second:
        await first.keep([READ], scope=EVERYONE)
        numbers = [await put(first, build_posting(words), revises=1, base=1) for words in ("One.", "Two.")]
        settled = await asyncio.gather(*(settle(store, number) for store, number in zip((first, second), numbers, strict=True)))
        assert sorted(one.how for one in settled) == [Settlement.CHANGED_MEANWHILE, Settlement.KEPT]
        assert len(await first.history(1, scopes=ALL)) == 2


async def test_words_that_are_kept_under_another_id_are_told(store: Store) -> None:
    await store.keep([READ, build_posting("Other.", title="Miller")], scope=EVERYONE)
    settled = await settle(store, await put(store, READ, revises=2, base=1))
    assert (settled.kept, settled.proposal.kept_as) == (Kept(Outcome.UNCHANGED, 1, 1), 1)


async def test_old_ones_are_swept_away_and_others_stay(url: str) -> None:
    times = iter([NOON, NOON, NOON, NOON + timedelta(days=1), NOON + LASTING, NOON + LASTING + timedelta(microseconds=1)])
    async with Store.open(url, CODEC, clock=lambda: next(times)) as store:
        old = await put(store)
        await settle(store, old)
        young = await put(store)
        await put(store, build_posting("x"))
        assert await store.proposals.get(old, scopes=ALL) is not None
        await put(store, build_posting("y"))
        assert await store.proposals.get(old, scopes=ALL) is None
        assert await store.proposals.get(young, scopes=ALL) is not None
        assert await store.count(scopes=ALL) == 1


async def test_hostile_texts_are_kept_in_it(store: Store) -> None:
    hostile = build_posting("t\x00" * 50_000, source="\x00", title="a\x00b", facts={"requirements": (build_fact("v\x00", "q\x00"),)})
    made = await store.proposals.put(hostile, scope=EVERYONE, by=ADA)
    assert made.posting.title == "a\ufffdb"
    assert made.posting.facts["requirements"][0].value == "v\x00"
    assert (await settle(store, made.id)).how is Settlement.KEPT


async def test_a_value_that_cannot_be_read_any_more_is_passed_over(url: str) -> None:
    async with Store.open(url) as store:
        made = await store.proposals.put(
            build_posting(facts={"pay": (build_fact("plenty"),), "skills": (build_fact(["Go"]),)}), scope=EVERYONE, by=ADA
        )
    async with Store.open(url, CODEC) as store:
        found = await store.proposals.get(made.id, scopes=ALL)
        assert found is not None
        assert list(found.posting.facts) == ["skills"]


async def test_a_failure_is_told_in_one_line(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        async with connecting(url) as connection:
            await connection.execute(text("ALTER TABLE proposal RENAME TO elsewhere"))
        try:
            for attempt in (put(store), store.proposals.get("aB3dE6gH9jK2", scopes=ALL)):
                with pytest.raises(StorageError) as caught:
                    await attempt
                assert "\n" not in str(caught.value)
        finally:
            async with connecting(url) as connection:
                await connection.execute(text("ALTER TABLE elsewhere RENAME TO proposal"))


async def test_servers_with_a_feed_are_known_as_long_as_they_have_one(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep([build_posting()], scope=EVERYONE)
        await store.servers.put("7", ServerSettings(feed_channel=2**62, language="de"))
        await store.servers.put("8", ServerSettings())
        found = await store.feeds.list_feeds()
        assert found == {"7": await store.servers.get("7")}
        assert (found["7"].feed_channel, found["7"].feed_since) == (2**62, 2)
        await store.servers.put("7", found["7"].model_copy(update={"feed_channel": None}))
        assert await store.feeds.list_feeds() == {}


async def test_a_feed_has_what_is_new_since_its_channel_was_named(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.servers.put("7", ServerSettings(feed_channel=5))
        since = (await store.servers.get("7")).feed_since
        await store.keep([build_posting()], scope=EVERYONE)
        await store.servers.put("7", ServerSettings(feed_channel=5, feed_since=since, language="de"))
        assert (await store.servers.get("7")).feed_since == since
        await store.servers.put("7", ServerSettings(feed_channel=6, feed_since=since))
        assert (await store.servers.get("7")).feed_since > since + 1


async def test_what_stands_in_a_feed_is_found_by_its_posting_and_its_thread_in_its_server(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        post = FeedPost(1, 5, 2**62, 2**62 + 1, is_closed=False)
        await store.feeds.note("7", FeedPost(1, 4, None, 9, is_closed=False))
        await store.feeds.note("7", post)
        await store.feeds.note("8", post._replace(thread=3))
        assert await store.feeds.get("7", 1) == await store.feeds.find_thread("7", 2**62) == post
        assert [await store.feeds.get("9", 1), await store.feeds.find_thread("8", 2**62), await store.feeds.get("7", 2)] == [None] * 3
        await store.feeds.note("7", post._replace(is_closed=True))
        assert await store.feeds.get("7", 1) == post._replace(is_closed=True)
        assert await store.feeds.find_thread("7", 10**30) is None
