"""The few ways in which rows change, each over an open connection."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.fingerprint import identity
from bot.storage.records import RowState
from bot.storage.rows import Draft
from bot.storage.selecting import in_chunks, select_topics, select_turn
from bot.storage.tables import fact, ledger, posting

Knows = Callable[[str], bool]
"""Whether a topic is known."""


async def take_turn(connection: AsyncConnection) -> int:
    """Wait until nobody else writes and return the newest row id."""
    last_id: int = (await connection.execute(select_turn())).scalar_one()
    return last_id


async def mark(connection: AsyncConnection, row_ids: Sequence[int], *, state: RowState, now: datetime) -> None:
    """Give rows another state."""
    for chunk in in_chunks(row_ids):
        await connection.execute(sa.update(posting).where(posting.c.id.in_(chunk)).values(state=state.value, changed_at=now))


async def refresh(connection: AsyncConnection, row: Draft, *, now: datetime, knows: Knows) -> None:
    """Write a row's content anew; facts of topics that are not known stay."""
    await connection.execute(sa.update(posting).where(posting.c.id == row.id).values(changed_at=now, **_content(row)))
    topics = (await connection.execute(select_topics(row.id))).scalars()
    replaced = [topic for topic in topics if knows(topic)]
    await connection.execute(sa.delete(fact).where(fact.c.posting_id == row.id, fact.c.topic.in_(replaced)))
    await _insert_facts(connection, [row])


async def insert(connection: AsyncConnection, rows: Sequence[Draft], *, now: datetime) -> None:
    """Store new rows with their facts."""
    if not rows:
        return
    await connection.execute(sa.insert(posting), [_to_row(row, now=now) for row in rows])
    await _insert_facts(connection, rows)


async def count_change(connection: AsyncConnection, *, last_id: int) -> None:
    """Tell everybody that something has changed."""
    await connection.execute(sa.update(ledger).where(ledger.c.id == 1).values(version=ledger.c.version + 1, last_id=last_id))


async def _insert_facts(connection: AsyncConnection, rows: Sequence[Draft]) -> None:
    facts = [{"posting_id": row.id, **found._asdict()} for row in rows for found in row.reading.facts]
    if facts:
        await connection.execute(sa.insert(fact), facts)


def _to_row(row: Draft, *, now: datetime) -> dict[str, Any]:
    return {
        "id": row.id,
        "lineage": row.lineage,
        "revision": row.revision,
        "state": row.state.value,
        "scope": row.scope,
        "fingerprint": row.reading.fingerprint,
        "read_at": row.read_at,
        "changed_at": now,
        **_content(row),
    }


def _content(row: Draft) -> dict[str, Any]:
    found = row.reading.posting
    return {"identity": identity(found), **found.model_dump(exclude={"facts"})}
