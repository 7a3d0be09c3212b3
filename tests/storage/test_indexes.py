import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from builders_storage import ADA, ALL, CODEC, HOURLY, build_correction, build_fact, build_posting, build_postings, connecting
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import IntegrityError

from bot.domain.administration import ServerSettings
from bot.domain.posting import EVERYONE
from bot.domain.query import Criterion
from bot.storage.corrections import apply_corrections
from bot.storage.store import Store
from bot.storage.tables import metadata

SLOW = ("SCAN", "USE TEMP B-TREE")
IN_MEMORY = ("SCAN CONSTANT ROW", "SCAN some_", "SCAN filled", "USE TEMP B-TREE FOR count(DISTINCT)")
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
    await store.changes_since(1, scopes=scopes)
    asked = [Criterion(topic="skills", keys=("yeast", "flour"), without=("rye",)), Criterion(topic="pay", keys=("CAD/hour",), at_least=35)]
    assert await store.search(asked, scopes=scopes, limit=5) == [41]
    assert await store.count_matching(asked, scopes=scopes) == 1
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
    await store.proposals.change(proposal.id, corrected, scopes=scopes)
    await store.proposals.keep(proposal.id, scopes=scopes, by=ADA)
    await store.servers.put("4711", ServerSettings())
    await store.servers.put("4711", await store.servers.get("4711"))


async def test_every_statement_is_answered_from_an_index_and_every_index_answers_one(sqlite_url: str) -> None:
    async with Store.open(sqlite_url, CODEC) as store:
        with statements_run() as run:
            await use_everything(store)
    assert len(run) >= 40
    steps = []
    async with connecting(sqlite_url) as connection:
        for statement, parameters in run.items():
            plan = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)).all()
            steps += [step.detail for step in plan]
    assert [step for step in steps if step.startswith(SLOW) and not step.startswith(IN_MEMORY)] == []
    used = {name for step in steps for name in re.findall(r"INDEX (\w+)", step)}
    # The unique ones are rules, whether or not they also serve a question.
    assert {index.name for table in metadata.sorted_tables for index in table.indexes if not index.unique} <= used


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
