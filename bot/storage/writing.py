"""What keeping, removing and restoring postings comes to, by who has the turn to write."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.changing import Knows, Turn, insert, mark, refresh
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


async def keep(turn: Turn, readings: Sequence[Reading], *, scope: str, knows: Knows) -> tuple[Kept, ...]:
    """Store a batch and say what became of each."""
    rows = await _read_touched(turn.connection, readings, scope=scope, knows=knows)
    plan = Plan(rows, scope=scope, last_id=turn.last_id, now=turn.now)
    kept = tuple(plan.keep(reading) for reading in readings)
    await mark(turn, [row.id for row in plan.superseded], state=RowState.SUPERSEDED)
    for row in plan.refreshed:
        await refresh(turn, row, knows=knows)
    await insert(turn, list(plan.added))
    return kept


async def remove(turn: Turn, number: int, *, scopes: Collection[str]) -> bool:
    """Mark a current posting as removed; False where there is none."""
    rows = await _read_lineage(turn.connection, number, scopes)
    if not rows or rows[-1].state is not RowState.CURRENT:
        return False
    await mark(turn, [rows[-1].id], state=RowState.REMOVED)
    return True


async def restore(turn: Turn, number: int, *, scopes: Collection[str], revision: int | None) -> int | None:
    """Make a revision current again and return the id under which its words are current now; None where there is no such revision."""
    rows = await _read_lineage(turn.connection, number, scopes)
    wanted = next((row for row in reversed(rows) if revision in (None, row.revision)), None)
    if wanted is None:
        return None
    if wanted.state is RowState.CURRENT:
        return wanted.lineage
    if twins := await read_drafts(turn.connection, select_same_words([wanted.reading.fingerprint], wanted.scope)):
        return twins[0].lineage
    if wanted is rows[-1]:
        await mark(turn, [wanted.id], state=RowState.CURRENT)
    else:
        await mark(turn, [rows[-1].id], state=RowState.SUPERSEDED)
        await insert(turn, [replace(wanted, id=turn.last_id + 1, revision=rows[-1].revision + 1, state=RowState.CURRENT)])
    return wanted.lineage


async def _read_touched(connection: AsyncConnection, readings: Sequence[Reading], *, scope: str, knows: Knows) -> list[Draft]:
    """Return every row that the batch may touch, each once, with the facts and keys of known topics."""
    words = list(dict.fromkeys(reading.fingerprint for reading in readings))
    identities = list(dict.fromkeys(identity(reading.posting) for reading in readings))
    asked = ((select_same_words, words), (select_removed_words, words), (select_same_identity, identities))
    found: dict[int, Draft] = {}
    for build, keys in asked:
        for chunk in in_chunks(keys):
            found.update((row.id, row) for row in await read_drafts(connection, build(chunk, scope)))
    for row in found.values():
        known_facts = tuple(stored for stored in row.reading.facts if knows(stored.topic))
        row.reading = replace(row.reading, facts=known_facts, keys=tuple(key for key in row.reading.keys if knows(key.topic)))
    return list(found.values())


async def _read_lineage(connection: AsyncConnection, number: int, scopes: Collection[str]) -> list[Draft]:
    return await read_drafts(connection, select_lineage(number, scopes)) if possible_ids([number]) else []
