"""A host sees how much is in a database and what is damaged in it, and nothing in it grows without end."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from builders_boards import to_board
from builders_storage import ADA, ALL, CODEC, HOURLY, NOON, build_correction, build_fact, build_posting
from sqlalchemy import make_url

from bot.domain.answer import State, UnansweredQuestion
from bot.domain.person import EVERYONE
from bot.domain.posting import Openness, Report, ServerSettings
from bot.domain.query import Profile
from bot.storage import proposals
from bot.storage.boards import JobSeen, Look
from bot.storage.store import Store

GAP = UnansweredQuestion("pay", "kettleworks", State.NO_SUCH_COMPANY)


async def _fill(store: Store) -> None:
    """Put something of each kind into a database."""
    posting = build_posting(facts={"pay": (build_fact(HOURLY),)}, corrections=(build_correction("skills", build_fact(("knead",))),))
    await store.keep([posting, build_posting("b", company="Oven", title="Miller")], scope=EVERYONE, by=ADA)
    await store.remove(2, scopes=ALL, by=ADA)
    await store.servers.put("4711", ServerSettings(language="de"))
    await store.profiles.put("discord:7", Profile())
    await store.proposals.put(posting, scope=EVERYONE, by=ADA)
    await store.reports.put(Report(id="new", scope=EVERYONE, posting=1, question="pay?", said="$5", comment="no", at=NOON))
    await store.gaps.add({EVERYONE: {GAP: 3}})
    await store.boards.add(to_board(kind="Greenhouse"))
    await store.boards.finish(1, Look((JobSeen("a", "1", 1), JobSeen("b", "1")), is_whole=True))


async def test_what_is_there_is_counted_and_sound(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await _fill(store)
        assert await store.upkeep.measure() == {"postings": 1, "previews": 1, "reports": 1, "gaps": 1, "unsent": 0}
        assert await store.upkeep.check() == []
        assert await store.upkeep.is_current()


DAMAGES = [
    ("UPDATE fact SET value = '{'", "the fact table's 1 pay 0"),
    ("UPDATE fact SET value = '7'", "the fact table's 1 pay 0"),
    ("UPDATE correction SET facts = '[1]'", "a stored correction of skills"),
    ("UPDATE server SET settings = '[1]'", "the server table's 4711"),
    ("UPDATE server SET settings = '{\"language\": 5}'", "the server table's 4711"),
    ("UPDATE proposal SET content = '{}'", "the proposal table's "),
    ("UPDATE report SET at = 'soon'", "the report table's "),
    ("UPDATE profile SET content = '[]'", "the profile table's discord:7"),
    ("UPDATE gap SET reason = 'sung'", "the gap table's everyone pay kettleworks sung"),
    ("UPDATE posting SET state = 'lost' WHERE id = 1", "the posting table's 1"),
    ("UPDATE posting SET read_at = 'soon' WHERE id = 1", "the posting table's 1"),
    ("UPDATE posting SET state = 'superseded' WHERE id = 2", "posting 2 which has not one revision"),
    ("UPDATE action SET deed = 'sung' WHERE position = 0 AND version = 1", "the action table's 1 0"),
    ("UPDATE action SET at = 'soon' WHERE position = 0 AND version = 1", "the action table's 1 0"),
    ("UPDATE board SET next_at = 'soon'", "the board table's 1"),
    ("UPDATE board SET failures = 'many'", "the board table's 1"),
    ("UPDATE board_job SET missed = 'many' WHERE key = 'a'", "the board_job table's 1 a"),
    ("UPDATE board_job SET lineage = 77 WHERE key = 'a'", "the board_job table's a which is of no posting"),
    ("UPDATE sighting SET openness = 'ajar'", "the sighting table's 1"),
    ("UPDATE sighting SET evidence = 'dreams'", "the sighting table's 1"),
    ("UPDATE sighting SET closes_at = 'soon'", "the sighting table's 1"),
    ("UPDATE sighting SET lineage = 77", "the sighting table's 77 which is of no posting"),
    ("INSERT INTO same_job VALUES (77, 1, 0, 0)", "the same_job table's 77 which is of no posting"),
    ("INSERT INTO same_job VALUES (1, 'two', 0, 0)", "the same_job table's 1 two"),
    ("INSERT INTO word_band VALUES (1, 'many', 'everyone')", "the word_band table's 1 many"),
    ("DELETE FROM ledger", "the ledger's 1"),
    ("UPDATE ledger SET last_id = 1", "the ledger's 1, which counts to 1"),
    ("DELETE FROM search_bits WHERE topic = ''  AND scope != ''", "search_bits table's everyone which files 0 of 1"),
    ("PRAGMA foreign_keys = OFF; INSERT INTO fact VALUES (99, 'pay', 0, '1', 'q', NULL)", "belongs to no row of the posting table"),
]


@pytest.mark.parametrize(("statements", "told"), DAMAGES, ids=[statements for statements, _ in DAMAGES])
async def test_each_damage_is_named(statements: str, told: str, sqlite_url: str) -> None:
    async with Store.open(sqlite_url, CODEC) as store:
        await _fill(store)
        with closing(sqlite3.connect(make_url(sqlite_url).database or "", isolation_level=None)) as connection:
            connection.executescript(statements)
        found = await store.upkeep.check()
    assert any(told in line for line in found), found


async def test_a_sweep_takes_what_is_older_than_it_may_be_and_no_posting(url: str) -> None:
    now = [NOON]

    def clock() -> datetime:
        return now[0]

    async with Store.open(url, CODEC, clock=clock) as store:
        await _fill(store)
        assert await store.upkeep.sweep() == 0
        now[0] += timedelta(days=31)
        assert await store.upkeep.sweep() == 1
        assert (await store.upkeep.measure())["previews"] == 0
        now[0] += timedelta(days=60)
        assert await store.upkeep.sweep() == 2
        now[0] += timedelta(days=640)
        assert await store.upkeep.sweep() == len(["added", "added", "removed"])
        assert await store.upkeep.measure() == {"postings": 1, "previews": 0, "reports": 0, "gaps": 0, "unsent": 0}
        assert await store.restore(2, scopes=ALL) is not None
        assert await store.servers.get("4711") == ServerSettings(language="de")


async def test_what_a_board_lists_no_more_is_forgotten_after_half_a_year_and_what_is_not_wanted_at_once(url: str) -> None:
    now = [NOON]
    async with Store.open(url, CODEC, clock=lambda: now[0]) as store:
        await _fill(store)
        for _ in range(2):
            await store.boards.finish(1, Look(is_whole=True))
        assert sorted(await store.boards.read_jobs(1)) == ["a", "b"]
        assert await store.upkeep.sweep() == 1
        assert sorted(await store.boards.read_jobs(1)) == ["a"]
        now[0] += timedelta(days=181)
        await store.upkeep.sweep()
        assert await store.boards.read_jobs(1) == {}
        assert (await store.boards.sightings([1], scopes=ALL))[1].openness is Openness.CLOSED
        assert await store.get(1, scopes=ALL) is not None


async def test_it_is_counted_how_boards_are_kept_current(url: str) -> None:
    now = [NOON]
    async with Store.open(url, CODEC, clock=lambda: now[0]) as store:
        await _fill(store)
        await store.boards.add(to_board("https://jobs.lever.co/acme", kind="Lever"))
        await store.boards.postpone(2, "a fault", until=NOON + timedelta(minutes=10))
        assert await store.upkeep.measure_boards() == {
            "boards": {"followed": 2, "paused": 0, "due": 0},
            "links": {"due": 0},
            "openness": {"open": 1, "closed": 0, "unknown": 0, "unchecked": 0},
            "boards_read": {"hour": 1, "day": 1, "week": 1, "never_read": 1},
            "boards_failing": {"Lever": 1},
        }
        now[0] += timedelta(hours=5)
        await store.boards.pause(2, scopes=ALL, is_paused=True)
        found = await store.upkeep.measure_boards()
        assert found["boards"] == {"followed": 2, "paused": 1, "due": 1}
        assert found["boards_read"] == {"hour": 0, "day": 1, "week": 1, "never_read": 1}


async def test_of_very_many_gaps_those_asked_longest_ago_go(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposals, "MOST_GAPS", 3)
    now = [NOON]
    async with Store.open(url, CODEC, clock=lambda: now[0]) as store:
        await store.gaps.add({"5": {GAP: 1}})
        for company in "abcd":
            now[0] += timedelta(minutes=1)
            await store.gaps.add({EVERYONE: {GAP._replace(company=company): 1}})
        assert {one.question.company for one in await store.gaps.list_gaps(scopes=ALL)} == {"b", "c", "d"}
        assert len(await store.gaps.list_gaps(scopes={"5"})) == 1


async def test_each_statement_is_timed(url: str) -> None:
    seconds: list[float] = []
    async with Store.open(url, CODEC) as store:
        store.upkeep.watch(seconds.append)
        await store.count(scopes=ALL)
    assert seconds
    assert all(one >= 0 for one in seconds)
