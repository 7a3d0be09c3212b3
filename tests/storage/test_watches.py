"""Watches and the outbox on both databases: what is to be sent is written down once, and taken by one at a time."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from builders_boards import TurnedClock
from builders_storage import ALL, CODEC, NOON, build_posting, build_postings

from bot.domain.errors import QuotaReached
from bot.domain.person import EVERYONE
from bot.domain.posting import Pace, Watch
from bot.domain.query import Ask, Form, Query, Reach
from bot.storage.store import Store
from bot.storage.watches import MOST_WATCHES, Entry, Holder

MIA, BEN, SERVER = Holder("discord:7"), Holder("discord:8"), Holder(None, 5)


def to_watch(holder: Holder = MIA, **changed: Any) -> Watch:
    channel = 9 if holder.person is None else None
    own = {"name": "Crust & Crumb", "company": "Crust & Crumb", "company_key": "crust crumb"}
    return Watch(person=holder.person, server=5, channel=channel, scopes=frozenset({EVERYONE, "5"}), made_at=NOON, **{**own, **changed})


def to_entry(number: int, watch: Watch | None = None, **changed: Any) -> Entry:
    own = {"key": f"{watch.id if watch else 'x'}:{number}", "kind": "watch", "destination": "person:7", "bundle": "a", "place": number}
    return Entry(**{**own, "payload": {"number": number}, "watch": watch.id if watch else None, "next_at": NOON, **changed})


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
async def store(url: str, clock: TurnedClock) -> AsyncIterator[Store]:
    async with Store.open(url, CODEC, clock=clock) as opened:
        yield opened


async def test_a_watch_is_kept_as_it_was_made_and_is_only_its_holders(store: Store) -> None:
    query = Query(reach=Reach.ALL, form=Form.LIST, asks=(Ask(topic="workplace", values=("remote",)),), role="baker")
    made = await store.watches.add(to_watch(company=None, company_key=None, query=query, pace=Pace.WEEKLY, name="bakers"))
    assert await store.watches.list_watches(MIA) == [made]
    assert await store.watches.get(made.id, MIA) == made
    assert await store.watches.get(made.id, BEN) is None
    assert not await store.watches.remove(made.id, BEN)
    assert not await store.watches.remove(made.id, SERVER)
    assert await store.watches.remove(made.id, MIA)
    assert await store.watches.list_watches(MIA) == []


async def test_what_is_watched_twice_is_one_watch_with_the_newest_pace(store: Store) -> None:
    first = await store.watches.add(to_watch())
    again = await store.watches.add(to_watch(pace=Pace.DAILY))
    assert (again.id, again.pace) == (first.id, Pace.DAILY)
    assert [one.pace for one in await store.watches.list_watches(MIA)] == [Pace.DAILY]


async def test_a_person_has_so_many_watches_and_a_server_as_many_beside_them(store: Store) -> None:
    for number in range(MOST_WATCHES):
        await store.watches.add(to_watch(company_key=str(number)))
        await store.watches.add(to_watch(SERVER, company_key=str(number)))
    for holder in (MIA, SERVER):
        with pytest.raises(QuotaReached, match="There may be 25 watches, and there are; /watches lists them"):
            await store.watches.add(to_watch(holder, company_key="one more"))
    await store.watches.add(to_watch(BEN))


async def test_watches_are_found_by_company_posting_and_as_searches(store: Store) -> None:
    company = await store.watches.add(to_watch())
    posting = await store.watches.add(to_watch(company_key=None, posting=4))
    search = await store.watches.add(to_watch(company_key=None, query=Query(role="baker")))
    named = [one.id async for page in store.watches.find_named({"crust crumb", "other"}, {4, 5}) for one in page]
    assert sorted(named) == sorted((company.id, posting.id))
    assert [one.id async for page in store.watches.read_searches() for one in page] == [search.id]


async def test_the_ledger_is_read_in_order_and_nothing_twice(store: Store) -> None:
    read = store.outbox.read_ledger
    assert (await read("watches")).actions == []
    await store.keep(build_postings(3), scope=EVERYONE)
    await store.remove(1, scopes=ALL)
    start, end, actions = await read("watches", 2)
    assert [(one.kind, one.posting) for one in actions] == [("added", 1), ("added", 2)]
    assert await store.outbox.advance("watches", start, to=end, entries=[to_entry(1)])
    assert not await store.outbox.advance("watches", start, to=end, entries=[to_entry(2)])
    assert [(one.kind, one.posting) for one in (await read("watches")).actions] == [("added", 3), ("removed", 1)]
    assert len((await read("feeds")).actions) == 4
    assert (await store.upkeep.measure())["unsent"] == 1


async def test_a_watch_counts_from_when_it_was_made(store: Store) -> None:
    await store.keep([build_posting()], scope=EVERYONE)
    made = await store.watches.add(to_watch())
    await store.keep([build_posting("Other.", title="Other")], scope=EVERYONE)
    actions = (await store.outbox.read_ledger("watches")).actions
    assert [one.at.version > made.since for one in actions] == [False, True]


async def test_the_same_thing_is_written_down_once_also_after_it_was_sent(store: Store) -> None:
    await store.outbox.add([to_entry(1), to_entry(1)])
    (letter,) = await store.outbox.take_due(5)
    await store.outbox.finish(letter.id, was_sent=True)
    await store.outbox.add([to_entry(1)])
    assert await store.outbox.take_due(5) == []
    assert (await store.upkeep.measure())["unsent"] == 0


async def test_what_is_due_of_a_bundle_is_one_message_that_one_takes_until_it_is_long_overdue(store: Store, clock: TurnedClock) -> None:
    await store.outbox.add([to_entry(2), to_entry(1), to_entry(3, bundle="b"), to_entry(4, next_at=NOON + timedelta(days=300))])
    first, other = await store.outbox.take_due(5)
    assert [payload["number"] for payload in first.payloads] == [1, 2]
    assert [payload["number"] for payload in other.payloads] == [3]
    assert await store.outbox.take_due(5) == []
    await store.outbox.add([to_entry(5)])
    assert await store.outbox.take_due(5) == []  # of a bundle one message is under way at a time
    await store.outbox.finish(other.id, was_sent=False)
    clock.turn(minutes=1)
    (again,) = await store.outbox.take_due(5)
    assert (again.id, again.payloads, again.failures) == (first.id, first.payloads, 0)
    await store.outbox.finish(again.id, was_sent=True)
    (last,) = await store.outbox.take_due(5)
    assert [payload["number"] for payload in last.payloads] == [5]


async def test_how_often_a_message_could_not_be_sent_is_counted_without_killed_senders(store: Store, clock: TurnedClock) -> None:
    await store.outbox.add([to_entry(1)])
    (letter,) = await store.outbox.take_due(5)
    assert (letter.failures, letter.tried_at) == (0, None)
    for failures in (1, 2):
        await store.outbox.postpone(letter.id, until=clock.now + timedelta(minutes=1))
        for _ in range(2):  # the first sender is killed over it
            clock.turn(minutes=2)
            (again,) = await store.outbox.take_due(5)
            assert again.failures == failures
            assert again.tried_at is not None


async def test_however_much_waits_behind_a_message_whose_sender_was_killed_that_message_is_taken_again(
    store: Store, clock: TurnedClock
) -> None:
    bundles = [f"bundle {number}" for number in range(9)]
    for bundle in bundles:
        await store.outbox.add([to_entry(0, bundle=bundle, key=f"{bundle} first")])
    taken = [one for _ in range(2) for one in await store.outbox.take_due(8)]
    assert len(taken) == 9
    for bundle in bundles:
        await store.outbox.add([to_entry(number, bundle=bundle, key=f"{bundle} {number}") for number in range(1, 40)])
    clock.turn(minutes=2)
    again = [one for _ in range(2) for one in await store.outbox.take_due(8)]
    assert {one.id for one in again} == {one.id for one in taken}


async def test_what_waits_behind_a_message_that_is_put_off_keeps_nobody_waiting(store: Store, clock: TurnedClock) -> None:
    await store.outbox.add([to_entry(0)])
    (letter,) = await store.outbox.take_due(5)
    await store.outbox.postpone(letter.id, until=clock() + timedelta(hours=6))
    await store.outbox.add([to_entry(number) for number in range(1, 300)])
    await store.outbox.add([to_entry(1000, bundle="b", next_at=clock() + timedelta(minutes=1))])
    clock.turn(minutes=2)
    assert [one.bundle for one in await store.outbox.take_due(5)] == ["b"]


async def test_what_is_put_off_comes_later_under_the_same_id(store: Store, clock: TurnedClock) -> None:
    await store.outbox.add([to_entry(1)])
    (letter,) = await store.outbox.take_due(5)
    await store.outbox.postpone(letter.id, until=clock() + timedelta(hours=2))
    clock.turn(hours=1)
    assert await store.outbox.take_due(5) == []
    clock.turn(hours=1)
    assert [one.id for one in await store.outbox.take_due(5)] == [letter.id]


async def test_a_paused_watch_holds_back_until_it_goes_on_and_its_holder_is_told_once(store: Store) -> None:
    made = await store.watches.add(to_watch())
    await store.outbox.add([to_entry(1, made)])
    await store.outbox.take_due(5)
    await store.watches.pause(made.id)
    assert [one.is_paused for one in await store.watches.list_watches(MIA)] == [True]
    assert await store.watches.list_untold() == {"discord:7"}
    assert [await store.watches.note_told("discord:7") for _ in range(2)] == [True, False]
    assert await store.watches.list_untold() == frozenset()
    assert await store.outbox.take_due(5) == []
    assert [await store.watches.resume(MIA) for _ in range(2)] == [1, 0]
    assert [payload["number"] for letter in await store.outbox.take_due(5) for payload in letter.payloads] == [1]


async def test_with_a_watch_goes_all_that_it_had_to_tell(store: Store) -> None:
    made = await store.watches.add(to_watch())
    await store.outbox.add([to_entry(1, made)])
    assert await store.watches.remove_all(MIA) == 1
    await store.outbox.add([to_entry(2, made)])
    assert (await store.upkeep.measure())["unsent"] == 0


async def test_what_was_sent_is_known_for_thirty_days(store: Store, clock: TurnedClock) -> None:
    await store.outbox.add([to_entry(1)])
    clock.turn(days=29)
    assert await store.upkeep.sweep() == 0
    clock.turn(days=2)
    assert await store.upkeep.sweep() == 1


async def test_what_is_damaged_is_left_out_and_told(store: Store, url: str) -> None:
    from builders_storage import connecting
    from sqlalchemy import text

    await store.watches.add(to_watch())
    async with connecting(url) as connection:
        await connection.execute(text("UPDATE watch SET query = '{', pace = 'sometimes'"))
    assert await store.watches.list_watches(MIA) == []
    assert [line for line in await store.upkeep.check() if line.startswith("the watch table's")] != []
