"""Boards and sightings are kept on both databases: who takes a board has it alone, and nothing is lost whenever a checker is killed."""

import asyncio
import json
import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from builders_boards import TurnedClock, job, open_checker, to_board
from builders_storage import ALL, CODEC, broken_rules, build_postings
from builders_web import Site, open_site

from bot.domain.errors import QuotaReached, RolecallError
from bot.domain.person import EVERYONE
from bot.domain.posting import FollowedBoard, Openness, Quotas
from bot.storage.boards import LEASE, JobSeen, Look
from bot.storage.store import Store

ROOT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("checking_child.py")
KILLS = int(os.environ.get("BOARD_KILLS", "1"))
"""On each of the two databases; before a change lands there are more: `.ci/run`."""

BOARDS, JOBS = 6, 4


@asynccontextmanager
async def on_clock(url: str) -> AsyncIterator[tuple[Store, TurnedClock]]:
    clock = TurnedClock()
    async with Store.open(url, CODEC, clock=clock) as store:
        yield store, clock


def numbered(number: int, **changed: object) -> FollowedBoard:
    return to_board(f"https://boards.greenhouse.io/acme{number}", kind="Greenhouse", **changed)


async def test_a_board_is_taken_by_one_and_due_again_where_nothing_came_of_it(url: str) -> None:
    async with on_clock(url) as (store, clock), Store.open(url, CODEC, clock=clock) as other:
        for number in range(4):
            await store.boards.add(numbered(number))
        taken = await asyncio.gather(store.boards.take_due(2), other.boards.take_due(3))
        assert sorted(board.id for boards in taken for board in boards) == [1, 2, 3, 4]
        assert await other.boards.take_due(9) == []
        await store.boards.finish(2, Look(interval=3600))
        clock.now += LEASE
        assert [board.id for board in await other.boards.take_due(9)] == [1, 3, 4]
        clock.now += timedelta(hours=1)
        assert 2 in [board.id for board in await other.boards.take_due(9)]


async def test_a_server_sees_and_changes_its_own_boards_only(url: str) -> None:
    async with on_clock(url) as (store, _):
        board = await store.boards.add(numbered(1, scope="7"))
        assert await store.boards.list_boards(scopes=["8"]) == []
        assert await store.boards.get(board.id, scopes=["8"]) is None
        assert await store.boards.take(board.id, scopes=["8"]) is None
        assert await store.boards.pause(board.id, scopes=["8"], is_paused=True) is None
        assert not await store.boards.remove(board.id, scopes=["8"])
        assert await store.boards.get(10**30, scopes=["7"]) is None
        assert [one.id for one in await store.boards.list_boards(scopes=["7"])] == [board.id]


async def test_a_server_follows_no_more_boards_than_it_may_and_none_twice(url: str) -> None:
    async with on_clock(url) as (store, _):
        bounded = store.within(Quotas(postings=9, megabytes=1, previews=1, boards=2))
        for number in (1, 2):
            await bounded.boards.add(numbered(number, scope="7"))
        with pytest.raises(QuotaReached, match="may follow 2 boards, and does"):
            await bounded.boards.add(numbered(3, scope="7"))
        with pytest.raises(RolecallError, match="is followed already, as number 2"):
            await bounded.boards.add(numbered(2, scope="7"))
        assert (await bounded.boards.add(numbered(3))).scope == EVERYONE


async def test_a_paused_board_is_not_due(url: str) -> None:
    async with on_clock(url) as (store, _):
        board = await store.boards.add(numbered(1))
        await store.boards.pause(board.id, scopes=ALL, is_paused=True)
        assert await store.boards.take_due(9) == []
        assert await store.boards.take(board.id, scopes=ALL) is None
        await store.boards.pause(board.id, scopes=ALL, is_paused=False)
        assert len(await store.boards.take_due(9)) == 1


async def test_a_posting_that_stands_on_another_board_still_is_not_closed(url: str) -> None:
    async with on_clock(url) as (store, _):
        await store.keep(build_postings(1), scope=EVERYONE)
        for number in (1, 2):
            await store.boards.add(numbered(number))
            await store.boards.finish(number, Look((JobSeen("a", "1", 1),), is_whole=True))
        for _ in range(2):
            await store.boards.finish(1, Look(is_whole=True))
        assert (await store.boards.sightings([1], scopes=ALL))[1].openness is Openness.OPEN
        for _ in range(2):
            await store.boards.finish(2, Look(is_whole=True))
        assert (await store.boards.sightings([1], scopes=ALL))[1].openness is Openness.CLOSED
        assert await store.boards.sightings([1], scopes=["7"]) == {}


async def test_whatever_was_found_outlives_a_backup(url: str, tmp_path: Path) -> None:
    from bot.storage.backup import restore_backup, write_backup

    async with on_clock(url) as (store, _):
        await store.keep(build_postings(2), scope=EVERYONE)
        await store.boards.add(numbered(1))
        jobs = JobSeen("a", "1", 1), JobSeen("b", "1", 2)
        for seen in (jobs, jobs[:1], jobs[:1]):
            await store.boards.finish(1, Look(seen, is_whole=True))
        before = await store.boards.sightings([1, 2], scopes=ALL), (await store.weigh([], scopes=ALL)).here
    await write_backup(url, tmp_path / "backup.db")
    restored = f"sqlite:///{tmp_path / 'restored.db'}"
    await restore_backup(restored, tmp_path / "backup.db")
    async with Store.open(restored, CODEC) as store:
        assert (await store.boards.sightings([1, 2], scopes=ALL), (await store.weigh([], scopes=ALL)).here) == before
        assert before[1] == 0b10
        assert len(await store.boards.read_jobs(1)) == 2
        assert (await store.boards.add(numbered(2))).id == 2


async def test_whenever_a_checker_is_killed_no_posting_is_lost_or_kept_twice(url: str) -> None:
    chance = random.Random(5)  # noqa: S311
    there = [f"Clockmaker {number} {one}" for number in range(BOARDS) for one in range(1, JOBS + 1)]
    async with open_site() as site:
        for number in range(BOARDS):
            jobs = [job(100 * number + one, title=f"Clockmaker {number} {one}") for one in range(1, JOBS + 1)]
            site.put_json(f"/v1/boards/acme{number}/jobs", {"jobs": jobs, "meta": {"total": JOBS}})
        async with Store.open(url, CODEC, clock=TurnedClock()) as store:
            for number in range(BOARDS):
                await store.boards.add(numbered(number))
        await kill_checkers(url, site, [(chance.randint(1, 4), chance.uniform(0, 0.1)) for _ in range(KILLS)])
        assert await broken_rules(url) == {}
        clock = TurnedClock()
        clock.turn(days=99)
        async with open_checker(url, site.base, clock=clock) as (store, checker):
            while await checker.check_due():
                pass
            titles = [one.title for one in await store.list_postings(scopes=ALL)]
            assert sorted(map(str, titles)) == sorted(there)
            known = await store.boards.sightings(range(1, len(titles) + 1), scopes=ALL)
            assert [one.openness for one in known.values()] == [Openness.OPEN] * len(titles)
            assert (await store.weigh([], scopes=ALL)).here.bit_count() == len(titles)
            assert all([len(await store.boards.read_jobs(number)) == JOBS for number in range(1, BOARDS + 1)])
    assert await broken_rules(url) == {}


async def kill_checkers(url: str, site: Site, moments: list[tuple[int, float]]) -> None:
    """Start one checker after another, and kill each so many seconds after it has asked the site so many times."""
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    child = await asyncio.create_subprocess_exec(
        sys.executable, str(CHILD), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, env={**os.environ, "PYTHONPATH": paths}
    )
    assert child.stdin is not None
    assert child.stdout is not None
    for requests, seconds in moments:
        child.stdin.write(f"{json.dumps({'url': url, 'base': site.base})}\n".encode())
        before = len(site.asked)
        while len(site.asked) < before + requests:  # noqa: ASYNC110 -- another process asks
            await asyncio.sleep(0.005)
        await asyncio.sleep(seconds)
        child.stdin.write(b"kill\n")
        assert json.loads(await child.stdout.readline()) == {"ended": -signal.SIGKILL}
    child.stdin.close()
    await child.wait()
