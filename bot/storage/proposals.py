"""Postings that somebody looks at before they are kept."""

from collections.abc import Collection
from datetime import timedelta
from types import EllipsisType
from typing import Any

import sqlalchemy as sa
from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.actor import Actor
from bot.domain.posting import Posting
from bot.domain.proposal import Proposal, ProposalState
from bot.storage import writing
from bot.storage.actor_columns import to_columns
from bot.storage.changing import Turn
from bot.storage.codec import FactCodec
from bot.storage.database import Database
from bot.storage.proposal_rows import invent_id, is_id, possible_revision, to_proposal, write_content
from bot.storage.records import Kept, Settled, Settlement
from bot.storage.rows import to_reading
from bot.storage.selecting import possible_ids, seen
from bot.storage.tables import proposal

LASTING = timedelta(days=30)
"""How long a proposal is there, whatever became of it."""

_BEFORE = {ProposalState.KEPT: Settlement.KEPT_BEFORE, ProposalState.CANCELLED: Settlement.CANCELLED_BEFORE}


class Proposals:
    """
    The previews of postings, each kept or cancelled once; every method may raise StorageError.

    A proposal of a scope that is not among `scopes` does not exist for a method, nor does what cannot be an id.
    """

    def __init__(self, database: Database, codec: FactCodec) -> None:
        self._database = database
        self._codec = codec

    async def put(self, posting: Posting, *, scope: str, by: Actor, revises: int | None = None, base: int | None = None) -> Proposal:
        """Store a preview under a new id, `revises` and `base` as in Proposal; those made too long ago are swept away."""
        content = write_content(posting, self._codec)
        async with self._database.writing(by) as turn:
            await turn.connection.execute(sa.delete(proposal).where(proposal.c.made_at < turn.now - LASTING))
            number = invent_id()
            values = {
                "id": number,
                "scope": scope,
                "state": ProposalState.OPEN.value,
                "made_at": turn.now,
                **to_columns(by),
                "revises": _possible_id(revises),
                "base": possible_revision(base),
                "content": content,
            }
            await turn.connection.execute(sa.insert(proposal).values(values))
            return to_proposal(await _read(turn.connection, number, [scope]), self._codec)

    async def get(self, number: str, *, scopes: Collection[str]) -> Proposal | None:
        """Return a proposal, also one that was kept or cancelled."""
        async with self._database.reading() as connection:
            row = await _find(connection, number, scopes)
        return None if row is None else to_proposal(row, self._codec)

    async def change(
        self,
        number: str,
        posting: Posting,
        *,
        scopes: Collection[str],
        revises: int | EllipsisType | None = ...,
        base: int | EllipsisType | None = ...,
    ) -> Proposal | None:
        """Put another posting in an open proposal, and `revises` and `base` where they are given; None where there is no open one."""
        values: dict[str, Any] = {"content": write_content(posting, self._codec)}
        if not isinstance(revises, EllipsisType):
            values["revises"] = _possible_id(revises)
        if not isinstance(base, EllipsisType):
            values["base"] = possible_revision(base)
        async with self._database.writing() as turn:
            row = await _find(turn.connection, number, scopes)
            if row is None or row["state"] != ProposalState.OPEN:
                return None
            return await self._write(turn, row, values)

    async def keep(self, number: str, *, scopes: Collection[str], by: Actor) -> Settled | None:
        """
        Keep what is proposed and remember that it was kept, both or neither; None where there is no such proposal.

        Of two who do so at once one keeps it. Words that are current under another id already are `unchanged` there.
        """
        async with self._database.writing(by) as turn:
            row = await _find(turn.connection, number, scopes)
            if row is None:
                return None
            found = to_proposal(row, self._codec)
            if found.state is not ProposalState.OPEN:
                return Settled(_BEFORE[found.state], None, found)
            kept = await self._keep(turn, found)
            if kept is None:
                return Settled(Settlement.CHANGED_MEANWHILE, None, found)
            changed = await self._write(turn, row, {"state": ProposalState.KEPT.value, "kept_as": kept.id})
            return Settled(Settlement.KEPT, kept, changed)

    async def cancel(self, number: str, *, scopes: Collection[str]) -> Settled | None:
        """Cancel an open proposal; None where there is no such proposal."""
        async with self._database.writing() as turn:
            row = await _find(turn.connection, number, scopes)
            if row is None:
                return None
            found = to_proposal(row, self._codec)
            if found.state is not ProposalState.OPEN:
                return Settled(_BEFORE[found.state], None, found)
            return Settled(Settlement.CANCELLED, None, await self._write(turn, row, {"state": ProposalState.CANCELLED.value}))

    async def _keep(self, turn: Turn, found: Proposal) -> Kept | None:
        reading = to_reading(found.posting, self._codec)
        if found.revises is None:
            return (await writing.keep(turn, [reading], scope=found.scope, codec=self._codec))[0]
        target = writing.Target(found.revises, [found.scope], found.base)
        return await writing.revise(turn, target, reading=reading, codec=self._codec)

    async def _write(self, turn: Turn, row: RowMapping, values: dict[str, Any]) -> Proposal:
        await turn.connection.execute(sa.update(proposal).where(proposal.c.id == row["id"]).values(**values))
        return to_proposal(await _read(turn.connection, row["id"], [row["scope"]]), self._codec)


async def _find(connection: AsyncConnection, number: str, scopes: Collection[str]) -> RowMapping | None:
    statement = sa.select(proposal).where(proposal.c.id == number, seen(scopes, proposal.c.scope))
    return (await connection.execute(statement)).mappings().one_or_none() if is_id(number) else None


async def _read(connection: AsyncConnection, number: str, scopes: Collection[str]) -> RowMapping:
    """Return a row that is there."""
    return (await connection.execute(sa.select(proposal).where(proposal.c.id == number, seen(scopes, proposal.c.scope)))).mappings().one()


def _possible_id(number: int | None) -> int | None:
    """Return an id as it can be stored; 0, which no posting has, for one that cannot be."""
    return None if number is None else next(iter(possible_ids([number])), 0)
