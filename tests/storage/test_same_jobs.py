"""Which postings are of one job is kept on both databases: told to those who may see them, and never a reason to merge anything."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from builders_boards import TurnedClock
from builders_storage import CODEC, build_posting

from bot.domain.person import EVERYONE
from bot.domain.posting import ActionKind, Evidence, Openness, OtherPosting, Sighting
from bot.storage.boards import Enrolled, Seen
from bot.storage.store import Store

BANDS = tuple(range(1, 17))
SERVER, OTHER_SERVER = frozenset({EVERYONE, "7"}), frozenset({EVERYONE, "8"})


@asynccontextmanager
async def kept(url: str, *scopes: str) -> AsyncIterator[tuple[Store, TurnedClock]]:
    """Keep a posting in each of these scopes, each under a link of its own, and file all of them under the same bands."""
    clock = TurnedClock()
    async with Store.open(url, CODEC, clock=clock) as store:
        for number, scope in enumerate(scopes, 1):
            own = build_posting(str(number), company=f"Agency {number % 2}", title="Baker", link=f"https://{number}.example/jobs/{number}")
            await store.keep([own], scope=scope)
            clock.turn(days=1)
        new = await store.boards.read_unlisted(0, 99)
        await store.boards.enrol([Enrolled(one, None, None) for one in new])
        numbers = dict(enumerate(scopes, 1))
        await store.same_jobs.file(dict.fromkeys(numbers, BANDS), scopes=numbers)
        yield store, clock


async def sighting(store: Store, number: int, *, scopes: frozenset[str] = SERVER) -> Sighting:
    return (await store.boards.sightings([number], scopes=scopes))[number]


async def elsewhere(store: Store, number: int, *, scopes: frozenset[str] = SERVER) -> list[int]:
    return [other.id for other in (await sighting(store, number, scopes=scopes)).also_at]


async def close(store: Store, number: int, openness: Openness = Openness.CLOSED) -> None:
    await store.boards.settle(Seen(number, openness, Evidence.PAGE), next_at=None)


async def test_postings_that_share_most_bands_are_found_first_in_the_scopes_that_are_named(url: str) -> None:
    async with kept(url, EVERYONE, "7", "8", EVERYONE) as (store, _):
        await store.same_jobs.file({4: BANDS[:3]}, scopes={4: EVERYONE})
        found = await store.same_jobs.find_candidates(BANDS, scopes=SERVER, apart_from=1)
        assert found == [(2, "7"), (4, EVERYONE)]
        assert await store.same_jobs.find_candidates(BANDS, scopes=None, apart_from=1) == [(3, "8"), (2, "7"), (4, EVERYONE)]
        assert await store.same_jobs.find_candidates(BANDS[10:], scopes={"8"}) == [(3, "8")]
        assert await store.same_jobs.find_candidates([], scopes=None) == []
        await store.remove(2, scopes=SERVER)
        assert await store.same_jobs.find_candidates(BANDS, scopes={"7"}) == []


async def test_of_words_that_very_many_share_the_newest_are_looked_at_and_rarer_ones_find_an_old_one(url: str) -> None:
    async with kept(url, *(["7"] * 3)) as (store, _):
        many = dict.fromkeys(range(4, 304), BANDS[:2])
        await store.same_jobs.file(many | {1: BANDS}, scopes=dict.fromkeys([1, *many], "7"))
        await store.same_jobs.file(dict.fromkeys((2, 3), BANDS[:1]), scopes={2: "7", 3: "7"})
        assert await store.same_jobs.find_candidates(BANDS, scopes=SERVER) == [(1, "7")]
        assert await store.same_jobs.find_candidates(BANDS[:1], scopes=SERVER) == []  # all that are kept are older than the newest


async def test_a_job_stands_elsewhere_for_those_who_may_see_it_there(url: str) -> None:
    async with kept(url, EVERYONE, "7", "8") as (store, _):
        await store.same_jobs.write(1, {2: False, 3: True})
        assert await elsewhere(store, 1) == [2]
        assert await elsewhere(store, 1, scopes=OTHER_SERVER) == [3]
        assert await elsewhere(store, 1, scopes=frozenset({EVERYONE})) == []
        assert await elsewhere(store, 2) == [1]
        assert (await sighting(store, 2)).also_at == (OtherPosting(id=1, company="Agency 1", link="https://1.example/jobs/1"),)
        assert await store.boards.sightings([2], scopes=OTHER_SERVER) == {}
        await store.remove(2, scopes=SERVER)
        assert await elsewhere(store, 1) == []
        assert await store.count(scopes=frozenset({EVERYONE, "7", "8"})) == 2


async def test_what_is_written_anew_takes_the_place_of_what_was_there(url: str) -> None:
    async with kept(url, EVERYONE, EVERYONE, EVERYONE) as (store, _):
        await store.same_jobs.write(1, {2: False, 3: True})
        await store.same_jobs.write(2, {3: True}, apart=[(1, 3)])
        assert [await elsewhere(store, number) for number in (1, 2, 3)] == [[], [3], [2]]


async def test_what_comes_again_under_a_new_link_after_it_was_closed_is_reposted(url: str) -> None:
    async with kept(url, EVERYONE, EVERYONE, EVERYONE) as (store, _):
        await close(store, 1)
        await store.same_jobs.write(3, {1: True, 2: False})
        found = await sighting(store, 3)
        (first,) = [one.kept.read_at for one in await store.history(1, scopes=SERVER)]
        assert (found.earlier_at, [other.id for other in found.also_at]) == (first, [2])
        assert (await sighting(store, 1)).earlier_at is None
        assert [one.kind for one in await store.list_actions(scopes=SERVER, posting=3)] == [ActionKind.REPOSTED, ActionKind.ADDED]
        await close(store, 1, Openness.OPEN)
        assert ((await sighting(store, 3)).earlier_at, await elsewhere(store, 3)) == (None, [1, 2])


async def test_what_closes_after_it_was_posted_anew_makes_that_a_repost_once(url: str) -> None:
    async with kept(url, EVERYONE, EVERYONE, EVERYONE) as (store, _):
        await store.same_jobs.write(3, {1: True, 2: False})
        for _ in range(2):
            await close(store, 1)
            await close(store, 1, Openness.OPEN)
        await close(store, 2)
        await store.same_jobs.write(3, {1: True, 2: False})
        kinds = [one.kind for one in await store.list_actions(scopes=SERVER, posting=3)]
        assert kinds == [ActionKind.REPOSTED, ActionKind.ADDED]
        await close(store, 1)
        assert (await sighting(store, 3)).earlier_at is not None
