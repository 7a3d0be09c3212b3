"""A database made to hold what a backup holds, by who has the turn to write."""

from collections.abc import Collection
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.action import Deed
from bot.storage.changing import Turn, mark
from bot.storage.copying import read_pages
from bot.storage.noting import Note
from bot.storage.records import RowState
from bot.storage.selecting import in_chunks
from bot.storage.tables import action, correction, fact, fact_key, gap, is_current, ledger, posting, proposal, server

_LISTED = (posting.c.id, posting.c.lineage, posting.c.scope, posting.c.company, posting.c.title, posting.c.revision)
_OF_A_ROW = (fact, fact_key, correction)


class Source(NamedTuple):
    """A backup that is open, with the newest tables."""

    connection: AsyncConnection
    place: str
    """What a person calls it."""


class Replaced(NamedTuple):
    """What a database holds then."""

    current: int
    """Postings that are there."""

    removed: int
    """Postings that the backup does not have; they were there and can be brought back."""


async def replace_all(turn: Turn, backup: Source) -> Replaced:
    """
    Put the backup's content in the place of the database's own.

    Who follows the changes is told of every posting. Postings that only the database has stay, removed; their rows are given other ids
    where the backup has rows of those.
    """
    version, last_id = (await backup.connection.execute(sa.select(ledger.c.version, ledger.c.last_id))).one()
    rows = {row.id: row.lineage for row in await backup.connection.execute(sa.select(posting.c.id, posting.c.lineage))}
    turn.version = max(turn.version, version + 1)
    turn.last_id = max(turn.last_id, last_id, *rows) if rows else max(turn.last_id, last_id)
    turn.has_changed = True
    await _clear(turn.connection, set(rows.values()))
    removed = await _remove_others(turn)
    await _make_room(turn, rows.keys())
    await _write_actions(turn, backup)
    for table in (posting, *_OF_A_ROW, gap, proposal, server):
        async for page in read_pages(backup.connection, table, place=backup.place):
            await turn.connection.execute(sa.insert(table), _renew(page, turn) if table is posting else page)
    current = (await turn.connection.execute(sa.select(sa.func.count()).select_from(posting).where(is_current))).scalar_one()
    return Replaced(current, removed)


async def is_empty(connection: AsyncConnection) -> bool:
    """Tell whether a database holds nothing that could be lost."""
    tables = (posting, action, proposal, server, gap)
    found = [(await connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1))).first() for table in tables]
    return not any(found)


async def _clear(connection: AsyncConnection, lineages: set[int]) -> None:
    """Take out what the backup has too, and what there is one of."""
    for chunk in in_chunks(lineages):
        await connection.execute(sa.delete(posting).where(posting.c.lineage.in_(chunk)))
        await connection.execute(sa.delete(action).where(action.c.lineage.in_(chunk)))
    for table in (gap, proposal, server):
        await connection.execute(sa.delete(table))


async def _remove_others(turn: Turn) -> int:
    """Remove the postings that are left and return how many there were."""
    rows = (await turn.connection.execute(sa.select(*_LISTED).where(is_current))).all()
    await mark(turn, [row.id for row in rows], state=RowState.REMOVED)
    turn.notes += [Note(Deed.REMOVED, row.lineage, row.scope, row.company, row.title, before=row.revision) for row in rows]
    return len(rows)


async def _make_room(turn: Turn, taken: Collection[int]) -> None:
    """Give rows other ids where the backup has rows of these; facts, keys and corrections go with them."""
    ids = sorted((await turn.connection.execute(sa.select(posting.c.id))).scalars())
    moves = [{"old": old, "new": turn.last_id + place} for place, old in enumerate((one for one in ids if one in taken), start=1)]
    if not moves:
        return
    turn.last_id += len(moves)
    old: sa.BindParameter[int] = sa.bindparam("old")
    new: sa.BindParameter[int] = sa.bindparam("new")
    # The copy stands beside the row for a moment, and a posting has each revision once.
    values = {column.name: column for column in posting.c} | {"id": new, "revision": -posting.c.revision}
    copy = sa.insert(posting).from_select(list(values), sa.select(*values.values()).where(posting.c.id == old))
    await turn.connection.execute(copy, moves)
    for table in _OF_A_ROW:
        await turn.connection.execute(sa.update(table).where(table.c.posting_id == old).values(posting_id=new), moves)
    await turn.connection.execute(sa.delete(posting).where(posting.c.id == old), [{"old": move["old"]} for move in moves])
    await turn.connection.execute(sa.update(posting).where(posting.c.revision < 0).values(revision=-posting.c.revision))


async def _write_actions(turn: Turn, backup: Source) -> None:
    """Write down what the backup tells; what was done to the postings that stay gets another place where that one is taken."""
    own = {(row.version, row.position) for row in await turn.connection.execute(sa.select(action.c.version, action.c.position))}
    last = (await backup.connection.execute(sa.select(sa.func.max(action.c.position)))).scalar() or 0
    behind = 1 + max([last, *(position for _, position in own)])
    is_taken = sa.and_(action.c.version == sa.bindparam("in_version"), action.c.position == sa.bindparam("in_position"))
    move = sa.update(action).where(is_taken).values(position=action.c.position + behind)
    async for page in read_pages(backup.connection, action, place=backup.place):
        taken = [place for row in page if (place := (row["version"], row["position"])) in own]
        if taken:
            await turn.connection.execute(move, [{"in_version": version, "in_position": position} for version, position in taken])
        await turn.connection.execute(sa.insert(action), page)


def _renew(page: list[dict[str, Any]], turn: Turn) -> list[dict[str, Any]]:
    """Let everybody who follows the changes be told of each posting, as it is in the backup."""
    return [row if row["state"] == RowState.SUPERSEDED else {**row, "change": turn.version} for row in page]
