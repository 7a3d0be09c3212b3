"""Write over an open connection that has its turn; who opened it commits."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.changing import Knows, count_change, insert, mark, refresh, take_turn
from bot.storage.fingerprint import identity
from bot.storage.planning import Plan
from bot.storage.reading import read_drafts
from bot.storage.records import Kept, RowState
from bot.storage.rows import Draft, Reading
from bot.storage.selecting import (
    in_chunks,
    possible_ids,
    select_lineage,
    select_removed_words,
    select_same_identity,
    select_same_words,
)


async def keep(connection: AsyncConnection, readings: Sequence[Reading], *, scope: str, now: datetime, knows: Knows) -> tuple[Kept, ...]:
    """Store a batch and say what became of each."""
    last_id = await take_turn(connection)
    rows = await _read_touched(connection, readings, scope=scope, knows=knows)
    plan = Plan(rows, scope=scope, last_id=last_id, now=now)
    kept = tuple(plan.keep(reading) for reading in readings)
    if plan.changes_anything:
        await mark(connection, [row.id for row in plan.superseded], state=RowState.SUPERSEDED, now=now)
        for row in plan.refreshed:
            await refresh(connection, row, now=now, knows=knows)
        await insert(connection, list(plan.added), now=now)
        await count_change(connection, last_id=plan.last_id)
    return kept


async def remove(connection: AsyncConnection, number: int, *, scopes: Collection[str], now: datetime) -> bool:
    """Mark a current posting as removed; False where there is none."""
    last_id = await take_turn(connection)
    newest = await _read_newest(connection, number, scopes)
    if newest is None or newest.state is not RowState.CURRENT:
        return False
    await mark(connection, [newest.id], state=RowState.REMOVED, now=now)
    await count_change(connection, last_id=last_id)
    return True


async def restore(connection: AsyncConnection, number: int, *, scopes: Collection[str], revision: int | None, now: datetime) -> int | None:
    """Make a revision current again and return the id under which its words are current now; None where there is no such revision."""
    last_id = await take_turn(connection)
    rows = await _read_lineage(connection, number, scopes)
    wanted = next((row for row in reversed(rows) if revision in (None, row.revision)), None)
    if wanted is None:
        return None
    if wanted.state is RowState.CURRENT:
        return wanted.lineage
    if twins := await read_drafts(connection, select_same_words([wanted.reading.fingerprint], wanted.scope)):
        return twins[0].lineage
    if wanted is rows[-1]:
        await mark(connection, [wanted.id], state=RowState.CURRENT, now=now)
    else:
        last_id += 1
        await mark(connection, [rows[-1].id], state=RowState.SUPERSEDED, now=now)
        copy = replace(wanted, id=last_id, revision=rows[-1].revision + 1, state=RowState.CURRENT)
        await insert(connection, [copy], now=now)
    await count_change(connection, last_id=last_id)
    return wanted.lineage


async def _read_touched(connection: AsyncConnection, readings: Sequence[Reading], *, scope: str, knows: Knows) -> list[Draft]:
    """Return every row that the batch may touch, each once, with the facts of known topics."""
    words = list(dict.fromkeys(reading.fingerprint for reading in readings))
    identities = list(dict.fromkeys(identity(reading.posting) for reading in readings))
    asked = ((select_same_words, words), (select_removed_words, words), (select_same_identity, identities))
    found: dict[int, Draft] = {}
    for build, keys in asked:
        for chunk in in_chunks(keys):
            found.update((row.id, row) for row in await read_drafts(connection, build(chunk, scope)))
    for row in found.values():
        row.reading = replace(row.reading, facts=tuple(stored for stored in row.reading.facts if knows(stored.topic)))
    return list(found.values())


async def _read_lineage(connection: AsyncConnection, number: int, scopes: Collection[str]) -> list[Draft]:
    return await read_drafts(connection, select_lineage(number, scopes)) if possible_ids([number]) else []


async def _read_newest(connection: AsyncConnection, number: int, scopes: Collection[str]) -> Draft | None:
    rows = await _read_lineage(connection, number, scopes)
    return rows[-1] if rows else None
