"""Postings and facts for the tests of storage."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import reduce
from operator import and_
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.facts import Experience, Fact, Pay, Period, Quote
from bot.domain.person import EVERYONE, Actor
from bot.domain.posting import Correction, Posting
from bot.domain.query import Criterion, SearchKey
from bot.storage.address import read_address
from bot.storage.database import for_writing, open_engine
from bot.storage.records import Changes, FindKeys, Headed, Listed, codec_of
from bot.storage.search import newest_of
from bot.storage.store import Store

ALL = (EVERYONE,)

ADA = Actor(id="discord:7", name="ada")
BEN = Actor(id="discord:8", name="ben")
NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)

ADAPTERS: dict[str, TypeAdapter[Any]] = {
    "pay": TypeAdapter(Pay),
    "experience": TypeAdapter(Experience),
    "requirements": TypeAdapter(str),
    "skills": TypeAdapter(tuple[str, ...]),
}
KEYS: dict[str, FindKeys] = {
    "pay": lambda pay: [SearchKey(f"{pay.currency}/{pay.per.value}", pay.minimum, pay.maximum)],
    "experience": lambda experience: [SearchKey("years", experience.years, experience.years)],
    "skills": lambda names: [SearchKey(name.lower()) for name in names],
}
CODEC = codec_of(ADAPTERS, KEYS)

HOURLY = Pay(minimum=31.5, maximum=40, currency="CAD", per=Period.HOUR)


def build_fact(value: Any, quote: str = "its own words", *, heading: str | None = None) -> Fact[Any]:
    return Fact(value=value, quote=Quote(text=quote, heading=heading))


def build_posting(
    text: str = "We bake bread at night.", *, facts: Mapping[str, tuple[Fact[Any], ...]] | None = None, **changed: Any
) -> Posting:
    content = {"source": "baker.md", "title": "Baker", "company": "Crust & Crumb", "link": None, "location": "Toronto", **changed}
    return Posting(text=text, facts=facts or {}, **content)


def build_correction(field: str, *facts: Fact[Any], read: Sequence[Fact[Any]] = (), words: str | None = None, **more: Any) -> Correction:
    return Correction(field=field, facts=facts, words=words, read=tuple(read), **{"by": ADA, "at": NOON, **more})


def head_of(one: Headed | Listed) -> tuple[object, ...]:
    return one.id, one.scope, one.company, one.title, one.location


async def find_all(store: Store, criteria: Sequence[Criterion], *, scopes: Collection[str], limit: int) -> list[int]:
    """The ids of current postings that fit all criteria, the newest first."""
    weighed = await store.weigh(criteria, scopes=scopes)
    return list(newest_of(reduce(and_, (fitting for fitting, _ in weighed.each), weighed.here), limit))


async def changes_of(store: Store, version: int, *, scopes: Collection[str] = ALL) -> Changes:
    """All pages of changes as one."""
    pages = [page async for page in store.changes_since(version, scopes=scopes)]
    current, gone = [one for page in pages for one in page.current], [one for page in pages for one in page.gone]
    return Changes(pages[-1].version, current, gone)


def build_postings(number: int, *, start: int = 0) -> list[Posting]:
    return [
        build_posting(f"Posting number {count}.", source=f"{count}.md", facts={"requirements": (build_fact(f"skill {count}"),)})
        for count in range(start, start + number)
    ]


@asynccontextmanager
async def connecting(url: str) -> AsyncIterator[AsyncConnection]:
    """Reach a database past the Store, in one transaction."""
    async with open_engine(read_address(url)) as engine, for_writing(engine).begin() as connection:
        yield connection


RULES = {
    "the ledger is not behind": """
        SELECT id FROM posting WHERE id > (SELECT last_id FROM ledger) OR change > (SELECT version FROM ledger)
        UNION ALL SELECT lineage FROM action WHERE version > (SELECT version FROM ledger)""",
    "revisions count from one, and the last is current or removed": """
        SELECT lineage FROM posting GROUP BY lineage HAVING max(revision) != count(*)
        OR max(CASE WHEN state = 'superseded' THEN 0 ELSE revision END) != count(*)
        OR sum(CASE WHEN state = 'superseded' THEN 0 ELSE 1 END) != 1""",
    "the last action tells what became of the posting": """
        SELECT posting.lineage FROM posting LEFT JOIN action ON action.lineage = posting.lineage AND NOT EXISTS (
            SELECT 1 FROM action AS later WHERE later.lineage = action.lineage
            AND (later.version, later.position) > (action.version, action.position))
        WHERE state != 'superseded' AND (action.lineage IS NULL
            OR coalesce(action.after, 0) != CASE WHEN state = 'current' THEN posting.revision ELSE 0 END)""",
    "what was proposed and kept is there": """
        SELECT revises FROM proposal WHERE (state = 'kept') != (kept_as IS NOT NULL) OR kept_as NOT IN (SELECT lineage FROM posting)""",
    "each posting has its facts and keys": """
        SELECT id FROM posting WHERE text LIKE 'whole:%' AND ((SELECT count(*) FROM fact WHERE posting_id = posting.id) != 3
            OR (SELECT count(*) FROM fact_key WHERE posting_id = posting.id) != 1)""",
}
"""What never holds of a row, whatever happens."""


def build_whole(words: str, **changed: Any) -> Posting:
    """Build a posting that RULES look into."""
    facts = {"requirements": (build_fact(words), build_fact("more" * 200)), "skills": (build_fact((words,)),)}
    return build_posting(f"whole: {words}", **{"title": words, "facts": facts, **changed})


async def broken_rules(url: str) -> dict[str, list[Any]]:
    """Return the rules that a database breaks, with the rows that do."""
    async with connecting(url) as connection:
        found = {rule: [tuple(row) for row in await connection.execute(text(statement))] for rule, statement in RULES.items()}
    return {rule: rows for rule, rows in found.items() if rows}
