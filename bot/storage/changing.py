"""The few ways in which rows change, each by who has the turn to write."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.actor import Actor
from bot.domain.correction import HeadField
from bot.storage.codec import Knows
from bot.storage.correction_rows import CorrectionRow
from bot.storage.noting import Note, to_action_row
from bot.storage.records import RowState
from bot.storage.rows import Draft
from bot.storage.selecting import in_chunks, select_topics, select_turn
from bot.storage.tables import action, correction, fact, fact_key, ledger, posting


@dataclass(slots=True)
class Turn:
    """The turn to write, which nobody else has meanwhile."""

    connection: AsyncConnection
    now: datetime
    version: int
    """What the database's version becomes if anything changes."""

    last_id: int
    """The newest row id."""

    by: Actor
    """Who writes."""

    notes: list[Note] = field(default_factory=list)
    """What was done to postings, in order."""

    has_changed: bool = False


async def take_turn(connection: AsyncConnection, *, now: datetime, by: Actor) -> Turn:
    """Wait until nobody else writes."""
    version, last_id = (await connection.execute(select_turn())).one()
    return Turn(connection, now, version=version + 1, last_id=last_id, by=by)


async def end_turn(turn: Turn) -> None:
    """Tell everybody if something has changed, and write down what was done; who opened the connection commits."""
    if turn.notes:
        stamp = {"version": turn.version, "at": turn.now}
        rows = [{**stamp, "position": position, **to_action_row(note, turn.by)} for position, note in enumerate(turn.notes)]
        await turn.connection.execute(sa.insert(action), rows)
    if turn.has_changed:
        await turn.connection.execute(sa.update(ledger).where(ledger.c.id == 1).values(version=turn.version, last_id=turn.last_id))


async def mark(turn: Turn, row_ids: Sequence[int], *, state: RowState) -> None:
    """Give rows another state; only current ones are found by a search."""
    for chunk in in_chunks(row_ids):
        turn.has_changed = True
        changed = sa.update(posting).where(posting.c.id.in_(chunk)).values(state=state.value, **_stamp(turn))
        await turn.connection.execute(changed)
        await turn.connection.execute(sa.update(fact_key).where(fact_key.c.posting_id.in_(chunk)).values(scope=_searched_in(state)))


async def refresh(turn: Turn, row: Draft, *, knows: Knows) -> None:
    """Write a row's content anew; facts and keys of topics that are not known stay."""
    turn.has_changed = True
    await turn.connection.execute(sa.update(posting).where(posting.c.id == row.id).values(**_stamp(turn), **_content(row)))
    topics = (await turn.connection.execute(select_topics(row.id))).scalars()
    replaced = [topic for topic in topics if knows(topic)]
    for table in (fact, fact_key):
        await turn.connection.execute(sa.delete(table).where(table.c.posting_id == row.id, table.c.topic.in_(replaced)))
    await turn.connection.execute(sa.delete(correction).where(correction.c.posting_id == row.id))
    await _insert_found(turn, [row])


async def insert(turn: Turn, rows: Sequence[Draft]) -> None:
    """Store new rows with what was found in them and put right."""
    if not rows:
        return
    turn.has_changed = True
    turn.last_id = max(turn.last_id, *(row.id for row in rows))
    await turn.connection.execute(sa.insert(posting), [_to_row(row, turn) for row in rows])
    await _insert_found(turn, rows)


async def _insert_found(turn: Turn, rows: Sequence[Draft]) -> None:
    facts = [{"posting_id": row.id, **found._asdict()} for row in rows for found in row.reading.facts]
    if facts:
        await turn.connection.execute(sa.insert(fact), facts)
    keys = [
        {"posting_id": row.id, "scope": row.scope if row.state is RowState.CURRENT else None, **key._asdict()}
        for row in rows
        for key in row.reading.keys
    ]
    if keys:
        await turn.connection.execute(sa.insert(fact_key), keys)
    corrections = [
        {"posting_id": row.id, "identity": _link_identity(row, made), **made._asdict()} for row in rows for made in row.reading.corrections
    ]
    if corrections:
        await turn.connection.execute(sa.insert(correction), corrections)


def _link_identity(row: Draft, made: CorrectionRow) -> str | None:
    """Return what a posting is found by besides, where this is the correction of its link."""
    return row.reading.identities[-1] if made.field == HeadField.LINK and len(row.reading.identities) > 1 else None


def _searched_in(state: RowState) -> sa.ScalarSelect[Any] | None:
    if state is not RowState.CURRENT:
        return None
    return sa.select(posting.c.scope).where(posting.c.id == fact_key.c.posting_id).scalar_subquery()


def _stamp(turn: Turn) -> dict[str, Any]:
    return {"change": turn.version, "changed_at": turn.now}


def _to_row(row: Draft, turn: Turn) -> dict[str, Any]:
    return {
        "id": row.id,
        "lineage": row.lineage,
        "revision": row.revision,
        "state": row.state.value,
        "scope": row.scope,
        "fingerprint": row.reading.fingerprint,
        "read_at": row.read_at,
        **_stamp(turn),
        **_content(row),
    }


def _content(row: Draft) -> dict[str, Any]:
    return {"identity": row.reading.identities[0], **row.reading.posting.model_dump(exclude={"facts", "corrections"})}
