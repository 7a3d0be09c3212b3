"""Postings that somebody looks at before they are kept."""

import secrets
import string
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from types import EllipsisType
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.administration import Proposal, ProposalState, ServerSettings
from bot.domain.person import Actor
from bot.domain.posting import Posting
from bot.storage import writing
from bot.storage.changes import Turn
from bot.storage.damage import leave_out
from bot.storage.database import Database
from bot.storage.reading import possible_ids, seen
from bot.storage.records import FactCodec, Kept, Settled, Settlement
from bot.storage.rows import CorrectionRow, FactRow, Found, beside_the_loop, to_actor, to_columns, to_posting, to_reading, to_readings
from bot.storage.tables import proposal, server

# Proposals as rows and back; nothing here touches a database.

_SIGNS = string.ascii_letters + string.digits
_LENGTH = 12
_LARGEST_REVISION = 2**31 - 1
_HEAD = ("source", "title", "company", "link", "location", "text")


def invent_id() -> str:
    """Return an id that nobody guesses: 71 bits."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))


def is_id(written: str) -> bool:
    """
    Tell whether a proposal can have this id; people send others.

    >>> is_id("aB3dE6gH9jK2"), is_id("a" * 10_000), is_id("aB3dE6gH9jK!")
    (True, False, False)
    """
    return len(written) == _LENGTH and set(written) <= set(_SIGNS)


def possible_revision(revision: int | None) -> int | None:
    """
    Return a revision as it can be stored; 0, which no posting has, for one that cannot be.

    >>> possible_revision(2**70), possible_revision(3), possible_revision(None)
    (0, 3, None)
    """
    return revision if revision is None or 0 < revision <= _LARGEST_REVISION else 0


def write_content(posting: Posting, codec: FactCodec) -> dict[str, Any]:
    """Return a posting with its facts and corrections as JSON."""
    reading = to_reading(posting, codec)
    return {
        **{name: getattr(reading.posting, name) for name in _HEAD},
        "facts": [row._asdict() for row in reading.facts],
        "corrections": [{**row._asdict(), "at": row.at.isoformat()} for row in reading.corrections],
    }


def read_content(content: Mapping[str, Any], codec: FactCodec) -> Posting:
    """Read what `write_content` wrote, without what this Rolecall does not know or cannot read."""
    facts = [FactRow(**row) for row in content["facts"]]
    corrections = [CorrectionRow(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in content["corrections"]]
    posting = Posting(**{name: content[name] for name in _HEAD})
    return to_posting(posting, Found(facts=facts, corrections=corrections), codec=codec)


def to_proposal(row: RowMapping, codec: FactCodec) -> Proposal:
    """Read a row of the proposal table."""
    return Proposal(
        id=row["id"],
        scope=row["scope"],
        by=to_actor(row),
        made_at=row["made_at"],
        posting=read_content(row["content"], codec),
        revises=row["revises"],
        base=row["base"],
        state=ProposalState(row["state"]),
        kept_as=row["kept_as"],
    )


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
        content = await self._write_content(posting)
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
        if row is None:
            return None
        try:
            return to_proposal(row, self._codec)
        except (ValueError, TypeError, KeyError):
            leave_out("the proposal table's", number)
            return None

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
        values: dict[str, Any] = {"content": await self._write_content(posting)}
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

    async def _write_content(self, posting: Posting) -> dict[str, Any]:
        return await beside_the_loop(lambda: write_content(posting, self._codec), [posting])

    async def _keep(self, turn: Turn, found: Proposal) -> Kept | None:
        (reading,) = await to_readings([found.posting], self._codec)
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


# What the admins of servers set.

_DEFAULTS = ServerSettings()


class Servers:
    """The settings of each server; every method may raise StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, scope: str) -> ServerSettings:
        """Return a server's settings, the defaults where nothing was set."""
        async with self._database.reading() as connection:
            return _read_server(await _read_stored(connection, scope))

    async def put(self, scope: str, settings: ServerSettings) -> None:
        """Set a server's settings; what a newer Rolecall has set beside them stays."""
        async with self._database.writing() as turn:
            stored = await _read_stored(turn.connection, scope)
            written = {**(stored or {}), **settings.model_dump(mode="json")}
            if stored is None:
                await turn.connection.execute(sa.insert(server).values(scope=scope, settings=written))
            else:
                await turn.connection.execute(sa.update(server).where(server.c.scope == scope).values(settings=written))


async def _read_stored(connection: AsyncConnection, scope: str) -> dict[str, Any] | None:
    """Return what is stored, nothing where that is damaged; None where nothing was stored."""
    found = (await connection.execute(sa.select(server.c.settings).where(server.c.scope == scope))).scalar()
    if found is None or isinstance(found, dict):
        return found
    leave_out("the server table's", scope)
    return {}


def _read_server(stored: dict[str, Any] | None) -> ServerSettings:
    """Read settings; what this Rolecall does not know or cannot read is as if it were not set."""
    read = _DEFAULTS
    for name in (stored or {}).keys() & ServerSettings.model_fields.keys():
        with suppress(ValidationError):
            read = ServerSettings.model_validate({**read.model_dump(), name: (stored or {})[name]})
    return read
