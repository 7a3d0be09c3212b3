"""Searches, and that each question is answered from an index."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from builders_storage import (
    ADA,
    ALL,
    CODEC,
    HOURLY,
    NOON,
    build_correction,
    build_fact,
    build_posting,
    build_postings,
    changes_of,
    connecting,
    find_all,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import QuotaReached
from bot.domain.facts import Experience, Pay, Period
from bot.domain.person import EVERYONE
from bot.domain.posting import Evidence, FollowedBoard, Openness, Posting, Quotas, Report, ServerSettings, Watch
from bot.domain.query import Criterion, Query
from bot.storage.boards import Enrolled, JobSeen, Look, Seen
from bot.storage.corrections import apply_corrections
from bot.storage.proposals import FeedPost
from bot.storage.search import Figures, newest_of, to_bits
from bot.storage.store import Store
from bot.storage.tables import metadata
from bot.storage.watches import Entry, Holder


def skills(*keys: str, without: tuple[str, ...] = ()) -> Criterion:
    return Criterion(topic="skills", keys=keys, without=without)


def pays(*, at_least: float | None = None, at_most: float | None = None, key: str = "USD/year") -> Criterion:
    return Criterion(topic="pay", keys=(key,), at_least=at_least, at_most=at_most)


def posting(
    words: str, *names: str, pay: Sequence[tuple[float | None, float | None]] = (), currency: str = "USD", years: float | None = None
) -> Posting:
    facts: dict[str, tuple[Any, ...]] = {
        "skills": (build_fact(names),) if names else (),
        "pay": tuple(build_fact(Pay(minimum=low, maximum=high, currency=currency, per=Period.YEAR)) for low, high in pay),
        "experience": () if years is None else (build_fact(Experience(years=years)),),
    }
    return build_posting(words, title=words, facts={topic: found for topic, found in facts.items() if found})


MANY = [
    posting("1", "PyTorch", "Python", pay=[(150_000, 220_000)], years=5),
    posting("2", "Python", pay=[(90_000, 120_000), (190_000, 210_000)], years=2),
    posting("3", "python", "Go", pay=[(210_000, None)]),
    posting("4", "Go", pay=[(None, 205_000)], currency="EUR", years=0.5),
    posting("5"),
]

FOUND: list[tuple[list[Criterion], list[int]]] = [
    ([skills("pytorch")], [1]),
    ([skills("python")], [3, 2, 1]),
    ([skills("pytorch", "go")], [4, 3, 1]),
    ([skills("python"), skills("go")], [3]),
    ([skills("python", without=("go",))], [2, 1]),
    ([skills("python"), skills("python", without=("pytorch", "go"))], [2]),
    ([skills("cobol")], []),
    ([Criterion(topic="horoscope", keys=("python",))], []),
    ([pays(at_least=200_000)], [3, 2, 1]),
    ([pays(at_least=215_000)], [1]),
    ([pays(at_most=100_000)], [2]),
    ([pays(at_least=200_000, key="EUR/year")], [4]),
    ([pays(at_least=200_000), skills("python"), Criterion(topic="experience", keys=("years",), at_most=3)], [2]),
    ([Criterion(topic="skills", keys=("go",), at_least=0)], []),
]


@pytest.fixture
async def filled(store: Store) -> Store:
    await store.keep(MANY, scope=EVERYONE)
    return store


async def test_postings_that_meet_all_criteria_are_found_newest_first(filled: Store) -> None:
    for criteria, expected in FOUND:
        assert await find_all(filled, criteria, scopes=ALL, limit=10) == expected, criteria


async def test_the_newest_comes_first_and_the_limit_cuts(filled: Store) -> None:
    assert await find_all(filled, [skills("python")], scopes=ALL, limit=2) == [3, 2]
    assert await find_all(filled, [], scopes=ALL, limit=2) == [5, 4]


async def test_what_is_known_not_to_fit_is_told_from_what_leaves_it_open(filled: Store) -> None:
    least = Criterion(topic="pay", keys=("USD/year",), against=("USD/year",), unsure=("USD/year+",), at_least=215_000)
    weighed = await filled.weigh([least, skills("go")], scopes=ALL)
    assert list(newest_of(weighed.here, 9)) == [5, 4, 3, 2, 1]
    assert [list(newest_of(some, 9)) for some in weighed.each[0]] == [[1], [3, 2]]
    assert weighed.each[1][1] == 0


async def test_figures_put_postings_in_their_order(filled: Store) -> None:
    figures = (await filled.read_figures("pay", ["USD/year", "INR/year"], scopes=ALL))["USD/year"]
    assert figures.highest(-1, 2) == [1, 3]
    assert [figures.of(number) for number in (1, 2, 3)] == [220_000, 210_000, 210_000]
    assert figures.highest(to_bits([2, 3, 4]), 9) == [3, 2]


@given(st.dictionaries(st.integers(1, 60), st.integers(0, 900), min_size=1), st.floats(0, 10), st.integers(1, 9))
def test_figures_compare_as_numbers_do(known: dict[int, int], least: float, most: int) -> None:
    digits = tuple(to_bits(number for number, hundredths in known.items() if hundredths >> place & 1) for place in range(12))
    figures = Figures(to_bits(known), digits)
    assert figures.reaching(least) == to_bits(number for number, hundredths in known.items() if hundredths / 100 >= least)
    ranked = sorted(known, key=lambda number: (-known[number], -number))
    assert figures.highest(-1, most) == ranked[:most]


async def test_what_topics_file_anew_is_filed_anew_when_the_database_is_opened(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep(MANY, scope=EVERYONE)
        await store.remove(2, scopes=ALL)
    async with connecting(url) as connection:
        await connection.execute(text("DELETE FROM search_bits"))
        await connection.execute(text("DELETE FROM fact_key WHERE key = 'python'"))
    async with Store.open(url, CODEC) as store:
        assert await find_all(store, [skills("python")], scopes=ALL, limit=9) == [3, 1]


async def test_keys_are_completed_from_what_is_there_the_most_frequent_first(filled: Store) -> None:
    assert await filled.list_keys("skills", "", scopes=ALL) == [("python", 3), ("go", 2), ("pytorch", 1)]
    assert await filled.list_keys("skills", "py", scopes=ALL) == [("python", 3), ("pytorch", 1)]
    assert await filled.list_keys("skills", "", scopes=["4711"]) == []


async def test_more_than_one_statement_names_are_found(store: Store) -> None:
    await store.keep([posting(str(number), "Go") for number in range(1200)], scope=EVERYONE)
    assert await find_all(store, [skills("go")], scopes=ALL, limit=2000) == list(range(1200, 0, -1))


def test_a_criterion_without_keys_is_a_mistake() -> None:
    with pytest.raises(ValidationError):
        Criterion(topic="skills", keys=())


NAMES = ["a", "b", "c"]
WORLD = st.lists(
    st.tuples(st.sampled_from("xyz"), st.sets(st.sampled_from(NAMES)), st.none() | st.integers(1, 9), st.booleans()), max_size=10
)
CRITERIA = st.lists(
    st.builds(
        lambda keys, without: Criterion(topic="skills", keys=tuple(keys), without=tuple(without)),
        st.sets(st.sampled_from(NAMES), min_size=1),
        st.sets(st.sampled_from(NAMES), max_size=1),
    )
    | st.builds(
        lambda ends, low, high: Criterion(
            topic="experience", keys=("years",), at_least=min(ends) if low else None, at_most=max(ends) if high else None
        ),
        st.tuples(st.integers(1, 9), st.integers(1, 9)),
        st.booleans(),
        st.booleans(),
    ),
    min_size=1,
    max_size=3,
)


def meets(found: Mapping[str, Any], criterion: Criterion) -> bool:
    if criterion.topic == "skills":
        return bool(found["skills"] & set(criterion.keys)) and not found["skills"] & set(criterion.without)
    years = found["years"]
    return years is not None and (criterion.at_least or 0) <= years <= (criterion.at_most or 99)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=WORLD, criteria=CRITERIA, seen=st.sets(st.sampled_from("xyz")), limit=st.integers(1, 5))
async def test_a_search_finds_what_reading_every_posting_finds_and_nothing_of_another_scope(
    store: Store, world: list[tuple[str, set[str], int | None, bool]], criteria: list[Criterion], seen: set[str], limit: int
) -> None:
    run = str(await store.version())
    expected: list[int] = []
    for number, (letter, names, years, is_removed) in enumerate(world):
        (kept,) = await store.keep([posting(f"{run} {number}", *sorted(names), years=years)], scope=f"{run}/{letter}")
        if is_removed:
            await store.remove(kept.id, scopes=[f"{run}/{letter}"])
        elif letter in seen and all(meets({"skills": names, "years": years}, criterion) for criterion in criteria):
            expected.insert(0, kept.id)
    scopes = {f"{run}/{letter}" for letter in seen}
    assert await find_all(store, criteria, scopes=scopes, limit=limit) == expected[:limit]


SLOW = ("SCAN", "USE TEMP B-TREE")
IN_MEMORY = ("SCAN CONSTANT ROW", "SCAN filled", "SCAN anon_1", "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY")
WHOLE = ("SCAN server USING INDEX ix_server_feed", "SCAN watch USING INDEX ix_watch_untold")
"""An index of nothing but what is wanted is read as a whole."""
"""What goes over rows that an index has found, and over their ids or scopes only."""


@contextmanager
def statements_run() -> Iterator[dict[str, Any]]:
    """Collect each statement that any engine runs, with its parameters."""
    run: dict[str, Any] = {}

    def collect(_connection: Connection, _cursor: object, statement: str, parameters: Any, _context: object, many: object) -> None:
        if not many and statement.startswith(("SELECT", "WITH", "UPDATE", "DELETE")):
            run[statement] = parameters

    event.listen(Engine, "before_cursor_execute", collect)
    try:
        yield run
    finally:
        event.remove(Engine, "before_cursor_execute", collect)


async def use_everything(store: Store) -> None:
    scopes = [EVERYONE, "4711"]
    fact = {"requirements": (build_fact("flour"),), "skills": (build_fact(("Flour",)),), "pay": (build_fact(HOURLY),)}
    await store.keep(build_postings(40), scope="4711")
    await store.keep([build_posting("A.", facts=fact), build_posting("B.", facts=fact)], scope=EVERYONE)
    await store.keep([build_posting("B.", title="Miller", facts=fact)], scope=EVERYONE)
    await store.keep([build_posting("C.", title="Miller")], scope=EVERYONE)
    await store.remove(3, scopes=scopes)
    await store.restore(3, scopes=scopes)
    await store.restore(41, scopes=scopes, revision=1)
    await store.get_many([1, 2, 3], scopes=scopes)
    await store.sketch(["pay", "skills"], scopes=scopes, ids=[1, 2, 3])
    await store.list_postings(scopes=scopes)
    await store.count(scopes=scopes)
    await store.version()
    await changes_of(store, 1, scopes=scopes)
    asked = [Criterion(topic="skills", keys=("yeast", "flour"), without=("rye",)), Criterion(topic="pay", keys=("CAD/hour",), at_least=35)]
    assert await find_all(store, asked, scopes=scopes, limit=5) == [41]
    await store.read_figures("pay", ["CAD/hour"], scopes=scopes)
    await store.list_keys("skills", "f", scopes=scopes)
    assert len([kept async for kept in store.every(scopes=scopes)]) == 41
    await use_what_people_do(store)


async def use_what_people_do(store: Store) -> None:
    scopes = [EVERYONE, "4711"]
    corrected = apply_corrections(build_posting("D."), [build_correction("head_link", words="https://crumb.example/8")])
    await store.keep([corrected], scope=EVERYONE)
    await store.revise(1, corrected, scopes=scopes, by=ADA)
    assert await store.find_same(build_posting("E.", link="https://crumb.example/8"), scope=EVERYONE) is not None
    await store.remove(5, scopes=scopes, by=ADA)
    assert len(await store.list_removed(scopes=scopes)) == 1
    assert len(await store.list_actions(scopes=scopes, limit=7)) == 7
    assert len(await store.list_actions(scopes=scopes, posting=5)) == 2
    assert await store.hold_postings(scopes=scopes) == set(scopes)
    proposal = await store.proposals.put(corrected, scope="4711", by=ADA, revises=1)
    with pytest.raises(QuotaReached):
        await store.proposals.put(corrected, scope="4711", by=ADA)
    await store.proposals.change(proposal.id, corrected, scopes=scopes)
    await store.proposals.keep(proposal.id, scopes=scopes, by=ADA)
    claim = Report(id="new", scope="4711", question="what does it pay?", by=ADA, at=NOON)
    assert await store.reports.put(claim)
    assert not await store.reports.put(claim)
    (report,) = await store.reports.list_reports(scopes=scopes)
    await store.reports.close(report.id, scopes=scopes)
    await store.reports.forget(ADA.id)
    assert await store.newest(scopes=scopes, limit=2, skip=1)
    await store.servers.put("4711", ServerSettings())
    await store.servers.put("4711", await store.servers.get("4711"))
    await use_boards(store)
    await use_watches(store)
    await use_feeds(store)


PAST = NOON.replace(year=2020)


async def use_watches(store: Store) -> None:
    mia = Holder("discord:7")
    wanted = Watch(person=mia.person, server=5, channel=None, scopes=frozenset({EVERYONE}), name="Crumb", made_at=NOON)
    watches = [
        await store.watches.add(wanted.model_copy(update=of))
        for of in ({"company": "Crumb", "company_key": "crumb"}, {"posting": 6}, {"query": Query(role="baker")})
    ]
    await store.watches.add(wanted.model_copy(update={"person": None, "channel": 9, "posting": 7}))
    assert [one async for page in store.watches.find_named(["crumb"], [6]) for one in page] == watches[:2]
    assert [one async for page in store.watches.read_searches() for one in page] == watches[2:]
    await store.watches.get_many([one.id for one in watches])
    await store.watches.list_watches(Holder(None, 5))
    await store.watches.pause(watches[0].id)
    assert await store.watches.list_untold() == {mia.person}
    assert await store.watches.note_told("discord:7")
    await store.watches.resume(mia)
    read = await store.outbox.read_ledger("watches")
    told = [Entry(str(one), "watch", "person:7", "a", one, {}, watches[0].id, PAST) for one in range(3)]
    assert await store.outbox.advance("watches", read.start, to=read.end, entries=told)
    for letter in await store.outbox.take_due(5):
        await store.outbox.postpone(letter.id, until=PAST)
    for letter in await store.outbox.take_due(5):
        await store.outbox.finish(letter.id, was_sent=True)
    await store.watches.remove_all(mia)


async def use_feeds(store: Store) -> None:
    await store.servers.put("4711", ServerSettings(feed_channel=9))
    await store.feeds.list_feeds()
    await store.feeds.note("4711", FeedPost(6, 9, 10, 11, is_closed=False))
    assert await store.feeds.get("4711", 6) == await store.feeds.find_thread("4711", 10)
    await store.same_jobs.file({6: [1, 2], 7: [1, 2]}, scopes={6: "4711", 7: "4711"})
    await store.same_jobs.find_candidates([1, 2], scopes=["4711"], apart_from=6)
    await store.same_jobs.write(6, {7: True})
    await store.boards.sightings([6, 7], scopes=["4711"])


async def test_the_newest_are_with_those_that_are_closed_or_without(store: Store) -> None:
    await store.keep(build_postings(3), scope=EVERYONE)
    await store.boards.enrol([Enrolled(one, None, None) for one in await store.boards.read_unlisted(0, 9)])
    await store.boards.settle(Seen(2, Openness.CLOSED, Evidence.GONE), next_at=None)
    assert await store.newest(scopes=ALL, limit=9) == [3, 2, 1]
    assert await store.newest(scopes=ALL, limit=9, with_closed=False) == [3, 1]


async def use_boards(store: Store) -> None:
    wanted = FollowedBoard(id=0, scope="4711", url="https://crumb.example", kind="Feed", next_at=NOON, interval=60)
    board = await store.boards.add(wanted)
    assert await store.boards.take_due(5) == await store.boards.list_boards(scopes=["4711"])
    jobs = (JobSeen("a", "1", 6), JobSeen("b", "1", 7))
    for seen in (jobs, jobs[:1], jobs[:1]):
        await store.boards.finish(board.id, Look(seen, is_whole=True))
    await store.boards.postpone(board.id, "could not be read", until=NOON)
    new = await store.boards.read_unlisted(0, 9)
    await store.boards.enrol([Enrolled(one._replace(link="https://crumb.example/1"), NOON, NOON) for one in new])
    await store.boards.close_past()
    for due in await store.boards.take_due_links(1):
        await store.boards.settle(Seen(due.posting, Openness.OPEN, Evidence.PAGE), next_at=None)
        await store.boards.put_off(due.posting, until=NOON)
    assert await store.boards.sightings([6, 7], scopes=["4711"])
    assert await store.newest(scopes=["4711"], limit=2, with_closed=False)
    await store.boards.pause(board.id, scopes=["4711"], is_paused=True)
    await store.boards.remove(board.id, scopes=["4711"])


async def test_every_statement_is_answered_from_an_index_and_every_index_answers_one(sqlite_url: str) -> None:
    async with Store.open(sqlite_url, CODEC) as store:
        with statements_run() as run:
            await use_everything(store.within(Quotas(postings=100, megabytes=1, previews=1)))
    assert len(run) >= 40
    steps = []
    async with connecting(sqlite_url) as connection:
        for statement, parameters in run.items():
            plan = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)).all()
            steps += [step.detail for step in plan]
            is_counted = "word_band" in statement  # of the newest that share words those that share most are counted, and so sorted
            slow = (*SLOW[:1], *(() if is_counted else SLOW[1:]))
            excused = (*IN_MEMORY, *WHOLE, *(("SCAN anon_",) if is_counted else ()))
            assert [step.detail for step in plan if step.detail.startswith(slow) and not step.detail.startswith(excused)] == []
    used = {name for step in steps for name in re.findall(r"INDEX (\w+)", step)}
    # The unique ones are rules, whether or not they also serve a question.
    # What is remembered stands in PostgreSQL only; a sweep has no question's statements.
    tables = [table for table in metadata.sorted_tables if table.name != "memo"]
    assert {index.name for table in tables for index in table.indexes if not index.unique} - {"ix_outbox_made_at"} <= used


BROKEN = [
    ("one current row in a lineage", "lineage = 1, revision = 9, fingerprint = 'x'"),
    ("each revision once", "lineage = 1, revision = 1, state = 'superseded'"),
    ("the same words current once in a scope", "fingerprint = (SELECT fingerprint FROM posting WHERE id = 1)"),
]


@pytest.mark.parametrize("change", [change for _, change in BROKEN], ids=[rule for rule, _ in BROKEN])
async def test_the_database_itself_refuses_what_must_not_be(url: str, change: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep(build_postings(2), scope=EVERYONE)
    with pytest.raises(IntegrityError):
        async with connecting(url) as connection:
            await connection.execute(text(f"UPDATE posting SET {change} WHERE id = 2"))  # noqa: S608 - the table above


async def test_facts_go_with_their_row(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.keep(build_postings(2), scope=EVERYONE)
        async with connecting(url) as connection:
            await connection.execute(text("DELETE FROM posting WHERE id = 1"))
            assert (await connection.execute(text("SELECT posting_id FROM fact"))).scalars().all() == [2]
        assert await store.count(scopes=ALL) == 1


async def test_sqlite_is_set_to_lose_nothing(sqlite_url: str) -> None:
    async with Store.open(sqlite_url):
        pass
    async with connecting(sqlite_url) as connection:
        asked = ("journal_mode", "synchronous", "fullfsync", "foreign_keys", "busy_timeout")
        assert [(await connection.exec_driver_sql(f"PRAGMA {name}")).scalar() for name in asked] == ["wal", 2, 1, 1, 30_000]
