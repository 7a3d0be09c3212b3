"""What keeping, removing and restoring postings comes to, by who has the turn to write."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.action import Deed
from bot.storage.carrying import only_known, with_link, with_unknown, with_unread
from bot.storage.changing import Turn, insert, mark, refresh
from bot.storage.codec import FactCodec, Knows
from bot.storage.correcting import say_the_same
from bot.storage.correction_rows import to_corrections
from bot.storage.noting import note_of
from bot.storage.planning import Plan
from bot.storage.reading import read_drafts
from bot.storage.records import Kept, Outcome, RowState, Same
from bot.storage.rows import Draft, Reading, found_the_same, from_source
from bot.storage.selecting import (
    in_chunks,
    possible_ids,
    select_lineage,
    select_removed_words,
    select_same_identity,
    select_same_link,
    select_same_words,
)


class Target(NamedTuple):
    """The posting that gets a new revision."""

    number: int
    scopes: Collection[str]
    base: int | None = None
    """Only if this is its revision."""


async def keep(turn: Turn, readings: Sequence[Reading], *, scope: str, codec: FactCodec) -> tuple[Kept, ...]:
    """Store a batch and say what became of each."""
    rows = await _read_touched(turn.connection, readings, scope=scope)
    plan = Plan(rows, scope=scope, last_id=turn.last_id, now=turn.now, codec=codec)
    kept = tuple(plan.keep(reading) for reading in readings)
    await mark(turn, [row.id for row in plan.superseded], state=RowState.SUPERSEDED)
    for row in plan.refreshed:
        await refresh(turn, row, knows=codec.knows)
    await insert(turn, list(plan.added))
    turn.notes += plan.notes
    return kept


async def find_same(connection: AsyncConnection, reading: Reading, *, scope: str, codec: FactCodec) -> Same | None:
    """Return what keeping a posting would leave unchanged or revise."""
    return (await _plan_for(connection, reading, scope=scope, codec=codec)).find_same(reading)


async def find_removed(connection: AsyncConnection, reading: Reading, *, scope: str, codec: FactCodec) -> int | None:
    """Return the id of the removed posting that keeping a posting would bring back."""
    gone = (await _plan_for(connection, reading, scope=scope, codec=codec)).find_removed(reading)
    return gone.lineage if gone else None


async def revise(turn: Turn, target: Target, *, reading: Reading, codec: FactCodec) -> Kept | None:
    """Store a reading as the newest revision of a posting, with its own corrections only; None where there is no such posting."""
    rows = await _read_lineage(turn.connection, target.number, target.scopes)
    if not rows or rows[-1].state is not RowState.CURRENT or target.base not in (None, rows[-1].revision):
        return None
    before = rows[-1]
    if twin := await _find_twin(turn.connection, reading, before):
        return Kept(Outcome.UNCHANGED, twin.lineage, twin.revision)
    reading = with_unread(reading, before.reading, codec=codec)
    if is_repeated := reading.fingerprint == before.reading.fingerprint:
        # The same words may be given from another source; the first stays, as where they are kept.
        reading = from_source(with_link(reading, before.reading), before.reading.posting.source)
        reading = with_unknown(reading, before.reading, codec=codec)
        if _says_the_same(reading, before.reading, codec=codec):
            return await _refresh(turn, before, reading=reading, knows=codec.knows)
    after = replace(before, id=turn.last_id + 1, revision=before.revision + 1, read_at=turn.now, reading=reading)
    await mark(turn, [before.id], state=RowState.SUPERSEDED)
    await insert(turn, [after])
    turn.notes.append(note_of(Deed.CORRECTED if is_repeated else Deed.UPDATED, after, before=before.revision, after=after.revision))
    return Kept(Outcome.UPDATED, after.lineage, after.revision)


async def remove(turn: Turn, number: int, *, scopes: Collection[str]) -> bool:
    """Mark a current posting as removed; False where there is none."""
    rows = await _read_lineage(turn.connection, number, scopes)
    if not rows or rows[-1].state is not RowState.CURRENT:
        return False
    await mark(turn, [rows[-1].id], state=RowState.REMOVED)
    turn.notes.append(note_of(Deed.REMOVED, rows[-1], before=rows[-1].revision))
    return True


async def restore(turn: Turn, number: int, *, scopes: Collection[str], revision: int | None) -> int | None:
    """Make a revision current again and return the id under which its words are current now; None where there is no such revision."""
    rows = await _read_lineage(turn.connection, number, scopes)
    wanted = next((row for row in reversed(rows) if revision in (None, row.revision)), None)
    if wanted is None:
        return None
    if wanted.state is RowState.CURRENT:
        return wanted.lineage
    if twin := await _find_twin(turn.connection, wanted.reading, wanted):
        return twin.lineage
    newest = rows[-1]
    before = newest.revision if newest.state is RowState.CURRENT else None
    if wanted is newest:
        await mark(turn, [wanted.id], state=RowState.CURRENT)
    else:
        await mark(turn, [newest.id], state=RowState.SUPERSEDED)
        wanted = replace(wanted, id=turn.last_id + 1, revision=newest.revision + 1, state=RowState.CURRENT)
        await insert(turn, [wanted])
    turn.notes.append(note_of(Deed.RESTORED, wanted, before=before, after=wanted.revision))
    return wanted.lineage


async def _plan_for(connection: AsyncConnection, reading: Reading, *, scope: str, codec: FactCodec) -> Plan:
    """Return a plan to be asked what keeping a posting would come to; nothing is kept by it."""
    rows = await _read_touched(connection, [reading], scope=scope)
    return Plan(rows, scope=scope, last_id=0, now=datetime.min.replace(tzinfo=UTC), codec=codec)


async def _find_twin(connection: AsyncConnection, reading: Reading, row: Draft) -> Draft | None:
    """Return the posting other than this row's that has the words of a reading now."""
    twins = await read_drafts(connection, select_same_words([reading.fingerprint], row.scope))
    return next((twin for twin in twins if twin.lineage != row.lineage), None)


def _says_the_same(reading: Reading, before: Reading, *, codec: FactCodec) -> bool:
    """Tell whether nothing was put right in a reading that had not been before."""
    made, earlier = (to_corrections(one.corrections, codec).values() for one in (reading, before))
    return say_the_same(made, earlier)


async def _refresh(turn: Turn, row: Draft, *, reading: Reading, knows: Knows) -> Kept:
    if (reading.posting, reading.corrections) != (row.reading.posting, row.reading.corrections) or not found_the_same(reading, row.reading):
        row.reading = only_known(reading, knows)
        await refresh(turn, row, knows=knows)
    return Kept(Outcome.UNCHANGED, row.lineage, row.revision)


async def _read_touched(connection: AsyncConnection, readings: Sequence[Reading], *, scope: str) -> list[Draft]:
    """Return every row that the batch may touch, each once."""
    words = list(dict.fromkeys(reading.fingerprint for reading in readings))
    identities = list(dict.fromkeys(identity for reading in readings for identity in reading.identities))
    asked = (
        (select_same_words, words),
        (select_removed_words, words),
        (select_same_identity, identities),
        (select_same_link, identities),
    )
    found: dict[int, Draft] = {}
    for build, keys in asked:
        for chunk in in_chunks(keys):
            found.update((row.id, row) for row in await read_drafts(connection, build(chunk, scope)))
    return list(found.values())


async def _read_lineage(connection: AsyncConnection, number: int, scopes: Collection[str]) -> list[Draft]:
    return await read_drafts(connection, select_lineage(number, scopes)) if possible_ids([number]) else []
