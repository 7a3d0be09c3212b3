"""What people watch, and the outbox: what was done to postings becomes things to be sent, and each of those is sent once."""

import secrets
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import QuotaReached, RolecallError
from bot.domain.posting import ActionKind, Watch
from bot.domain.query import Query
from bot.storage.database import Part, Read, Turn, find_among
from bot.storage.proposals import new_id
from bot.storage.rows import to_storable
from bot.storage.tables import (
    action,
    in_chunks,
    is_sound,
    is_unsent,
    is_untold,
    is_watched_search,
    ledger,
    ledger_reader,
    outbox,
    possible_ids,
    read_sound,
    watch,
)

MOST_WATCHES = 25
"""Of one person, and of one server's channels."""

LEASE = timedelta(minutes=1)
"""
How long others leave alone what somebody is sending; whoever was killed meanwhile has told nothing.

Shorter than Discord remembers a message by its nonce, so that it drops a second one itself.
"""

ENTRIES_LAST = timedelta(days=30)
"""How long it is known what was sent, and how long what cannot be sent is tried."""

MOST_TOGETHER = 1_000
"""Things that one message is about; it names the first ones and counts the rest."""

READER = "watches"
_LONGEST_NAME = 300
WRITTEN_AT_ONCE = 40
_MOST_READ, _PAGE = 100, 25
"""
Things to be sent that are written at once, actions that are read at once, and watches that are made into values at once.

Each is some milliseconds' work, between two of which the others have their turn.
"""

_ID_BITS = 53
_TOO_MANY = f"There may be {MOST_WATCHES} watches, and there are; /watches lists them, each with a button that ends it"


class EntryState(StrEnum):
    """What became of a thing that was to be sent."""

    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"
    """There was nothing to tell of it, or nobody any more."""


class Holder(NamedTuple):
    """Whose watches they are: a person's, or, without one, those that a server's channels have."""

    person: str | None
    server: int | None = None


class Place(NamedTuple):
    """Up to where the ledger's actions were read."""

    version: int
    position: int


class LoggedAction(NamedTuple):
    """One action, as far as those want to know who tell of it."""

    at: Place
    posting: int
    scope: str
    kind: ActionKind
    company: str | None
    before: int | None
    after: int | None


class Reading(NamedTuple):
    """A piece of the ledger."""

    start: Place
    """Up to where it was read before."""

    end: Place
    actions: list[LoggedAction]


class Entry(NamedTuple):
    """One thing to be sent."""

    key: str
    """The same for the same thing, whoever writes it down, and however often."""

    kind: str
    """What makes a message of it."""

    destination: str
    """`person:7`, or `channel:5:9`: the server's and the channel's ids."""

    bundle: str
    """Things of one bundle that are due together go into one message."""

    place: int
    payload: Mapping[str, Any]
    watch: int | None = None
    """It goes with this watch."""

    next_at: datetime | None = None
    """When it is due; None where it is held back."""


class Letter(NamedTuple):
    """A message to be sent, whose id stays the same however often that is tried."""

    id: str
    """Twelve letters and digits."""

    kind: str
    destination: str
    bundle: str
    payloads: tuple[Mapping[str, Any], ...]
    failures: int
    """How often it could not be sent before; whoever was killed over it has not failed."""

    tried_at: datetime | None = None


class NotNow(RolecallError):
    """It cannot be said now what of a letter is to be told, and to whom, so that it is tried again later."""


class Watches(Part):
    """The watches of people and servers' channels; every method may raise StorageError."""

    async def add(self, wanted: Watch) -> Watch:
        """Keep a watch under a new id, or what it is told by where there is one of the same things; raises QuotaReached."""
        holder = Holder(wanted.person, wanted.server)
        async with self._database.writing() as turn:
            held = await _read_watches(turn.read, _is_held_by(holder))
            same = next((one for one in held if _subject(one) == _subject(wanted)), None)
            if same is not None:
                await _change(turn, same.id, {"pace": wanted.pace.value, "language": wanted.language, "role": wanted.role})
                await _release(turn, same.id)
                return same.model_copy(update={"pace": wanted.pace, "role": wanted.role, "is_paused": False})
            if len(held) >= MOST_WATCHES:
                raise QuotaReached(_TOO_MANY)
            version = (await turn.connection.execute(select(ledger.c.version).where(ledger.c.id == 1))).scalar_one()
            own = {"id": secrets.randbits(_ID_BITS) + 1, "since": version, "made_at": turn.now, "is_paused": False}
            made = wanted.model_copy(update={**own, "name": to_storable(wanted.name)[:_LONGEST_NAME]})
            await turn.connection.execute(sa.insert(watch).values(_to_row(made)))
        return made

    async def list_watches(self, holder: Holder) -> list[Watch]:
        """Return somebody's watches, the oldest first."""
        return await _read_watches(self._database.read, _is_held_by(holder))

    async def get(self, number: int, holder: Holder) -> Watch | None:
        """Return one of somebody's watches."""
        found = await _read_watches(self._database.read, watch.c.id.in_(possible_ids([number])), _is_held_by(holder))
        return found[0] if found else None

    async def get_many(self, numbers: Collection[int]) -> dict[int, Watch]:
        """Return watches by their ids, whoever has them: to tell them what they wait for."""
        return {one.id: one for one in await _read_watches(self._database.read, watch.c.id.in_(possible_ids(numbers)))}

    async def change(self, number: int, holder: Holder, *, to: Watch) -> bool:
        """Give a watch another pace, or other things to watch; what waits is due as it was. False where there is no such watch."""
        async with self._database.writing() as turn:
            if not await _read_watches(turn.read, watch.c.id.in_(possible_ids([number])), _is_held_by(holder)):
                return False
            names = ("pace", "name", "company", "company_key", "lineage", "query")
            row = _to_row(to)
            await _change(turn, number, {name: row[name] for name in names})
        return True

    async def remove(self, number: int, holder: Holder) -> bool:
        """End a watch, with what waits to be told; False where there is no such watch."""
        chosen = sa.and_(watch.c.id.in_(possible_ids([number])), _is_held_by(holder))
        return bool(await self._database.write(sa.delete(watch).where(chosen)))

    async def remove_all(self, holder: Holder) -> int:
        """End all of somebody's watches, and return how many there were; nothing is known any more of what they were told."""
        return await self._database.write(sa.delete(watch).where(_is_held_by(holder)))

    async def pause(self, number: int) -> None:
        """Hold back what a watch tells, because it cannot be sent."""
        async with self._database.writing() as turn:
            await _change(turn, number, {"is_paused": True, "is_told": False})
            held = sa.update(outbox).where(outbox.c.watch_id == number, is_unsent)
            await turn.connection.execute(held.values(next_at=None, message=None, tries=0, tried_at=None))

    async def resume(self, holder: Holder) -> int:
        """Send what was held back of somebody's watches, and go on with them; return how many of them were paused."""
        async with self._database.writing() as turn:
            asked = select(watch.c.id).where(_is_held_by(holder), watch.c.is_paused)
            paused = list((await turn.connection.execute(asked)).scalars())
            for number in paused:
                await _release(turn, number)
        return len(paused)

    async def list_untold(self) -> frozenset[str]:
        """Return who has watches that were paused and was not told so."""
        rows = await self._database.read(select(watch.c.person).where(is_untold).distinct())
        return frozenset(row.person for row in rows if row.person is not None)

    async def note_told(self, person: str) -> bool:
        """Note that somebody is told that their watches are paused; False where they were told already."""
        return bool(await self._database.write(sa.update(watch).where(watch.c.person == person, is_untold).values(is_told=True)))

    # Who waits for what.

    async def find_named(self, keys: Collection[str], postings: Collection[int]) -> AsyncIterator[list[Watch]]:
        """Yield the watches on companies by these keys, and on these postings, some at a time."""
        for column, wanted in ((watch.c.company_key, list(keys)), (watch.c.lineage, possible_ids(postings))):
            for chunk in in_chunks(wanted):
                async for page in self._pages(column.in_(chunk)):
                    yield page

    def read_searches(self) -> AsyncIterator[list[Watch]]:
        """Yield all watches on searches, some at a time."""
        return self._pages(is_watched_search)

    async def _pages(self, which: sa.ColumnElement[bool]) -> AsyncIterator[list[Watch]]:
        last: int | None = 0
        while last is not None:
            asked = select(watch).where(which, watch.c.id > last).order_by(watch.c.id).limit(_PAGE)
            async with self._database.reading(of_all=True) as connection:
                rows = (await connection.execute(asked)).all()
            last = rows[-1].id if len(rows) == _PAGE else None
            yield list(read_sound(watch, rows, to=read_watch))


class Outbox(Part):
    """What is to be sent; every method may raise StorageError. Who sends is handed out what is due, whosever it is."""

    async def read_ledger(self, reader: str, most: int = _MOST_READ) -> Reading:
        """
        Return the actions behind where a reader has come, in order; nothing that is committed later stands before them.

        What else is read of this Store afterwards is at least as new.
        """
        async with self._database.reading() as connection:
            start = await _read_place(connection, reader)
            behind = sa.tuple_(action.c.version, action.c.position) > sa.tuple_(*map(sa.literal, start))
            first = action.c.version >= start.version  # which the index is entered by
            own = (action.c[name] for name in ("version", "position", "lineage", "scope", "deed", "company", "before", "after"))
            asked = select(*own).where(first, behind).order_by(action.c.version, action.c.position).limit(most)
            rows = (await connection.execute(asked)).all()
        if not rows:
            return Reading(start, start, [])
        end = Place(rows[-1].version, rows[-1].position)
        self._database.latest.remember(end.version)
        known = [row for row in rows if row.deed in {*ActionKind}]
        return Reading(start, end, [LoggedAction(Place(*row[:2]), row.lineage, row.scope, ActionKind(row.deed), *row[5:]) for row in known])

    async def advance(self, reader: str, start: Place, *, to: Place, entries: Sequence[Entry]) -> bool:
        """
        Write down things to be sent, and that the ledger was read up to a place.

        The place comes last: of very many things those are there already that were written before somebody was killed, under their keys.
        Nothing more is written, and False returned, where another process has read on from `start` meanwhile. What goes with a watch that
        has ended is left out.
        """
        for first in range(0, len(entries) - WRITTEN_AT_ONCE, WRITTEN_AT_ONCE):
            await self.add(entries[first : first + WRITTEN_AT_ONCE])
        entries = entries[-(len(entries) % WRITTEN_AT_ONCE or WRITTEN_AT_ONCE) :]
        async with self._database.writing() as turn:
            if await _read_place(turn.connection, reader) != start:
                return False
            await _insert(turn, entries)
            moved = sa.update(ledger_reader).where(ledger_reader.c.name == reader).values(to._asdict())
            if not (await turn.connection.execute(moved)).rowcount:
                await turn.connection.execute(sa.insert(ledger_reader).values(name=reader, **to._asdict()))
        return True

    async def add(self, entries: Sequence[Entry]) -> None:
        """Write down things to be sent; what is there already, sent or not, stays as it is."""
        async with self._database.writing() as turn:
            await _insert(turn, entries)

    async def take_due(self, most: int) -> list[Letter]:
        """
        Take messages that are due, so that nobody else sends them meanwhile; of two processes each takes others.

        Of one bundle one message is under way at a time, so that they come in their order.
        """
        is_due = is_unsent & (outbox.c.next_at <= self.now())
        if not await self._database.holds(is_due):
            return []
        async with self._database.writing() as turn:
            ahead = outbox.alias()
            is_ahead = (ahead.c.bundle == outbox.c.bundle, ahead.c.state == EntryState.WAITING.value, ahead.c.message.is_not(None))
            # What waits behind a message, overdue or put off, must stand in nobody's way: not in that of others, nor in that message's own.
            is_behind = select(sa.literal(1)).where(*is_ahead).exists()
            asked = select(outbox.c.bundle, outbox.c.message).where(is_due, outbox.c.message.is_not(None) | ~is_behind)
            asked = asked.order_by(outbox.c.next_at, outbox.c.place)
            rows = (await turn.connection.execute(asked.limit(_MOST_READ).with_for_update(skip_locked=True))).all()
            bundles: dict[str, str | None] = {}
            for bundle, message in rows:
                bundles[bundle] = bundles.get(bundle) or message  # what was tried before goes first
            return [one for bundle in list(bundles)[:most] if (one := await _take(turn, bundle, bundles[bundle])) is not None]

    async def finish(self, letter: str, *, was_sent: bool) -> None:
        """Write down that a message was sent, or that there was nothing to send."""
        state = EntryState.SENT if was_sent else EntryState.DROPPED
        done = sa.update(outbox).where(outbox.c.message == letter, is_unsent)
        await self._database.write(done.values(state=state.value, ended_at=self.now(), next_at=None))

    async def postpone(self, letter: str, *, until: datetime) -> None:
        """Try again later to send a message, which could not be sent now."""
        waiting = sa.update(outbox).where(outbox.c.message == letter, is_unsent)
        await self._database.write(waiting.values(next_at=until, tries=outbox.c.tries + 1))


async def _take(turn: Turn, bundle: str, message: str | None) -> Letter | None:
    """Take the message of a bundle that was tried before, or what is due of it in a new one."""
    of_bundle = sa.and_(outbox.c.bundle == bundle, is_unsent)
    under_way = select(sa.literal(1)).select_from(outbox).where(of_bundle, outbox.c.message.is_not(None)).limit(1)
    if message is None and (await turn.connection.execute(under_way)).first() is not None:
        return None
    which = outbox.c.message == message if message else outbox.c.next_at <= turn.now
    asked = select(outbox).where(of_bundle, which).order_by(outbox.c.place, outbox.c.key).limit(MOST_TOGETHER)
    rows = (await turn.connection.execute(asked)).mappings().all()
    rows = [row for row in rows if is_sound(row.values(), "the outbox table's", row["key"])]
    if not rows:
        return None
    letter = message or new_id()
    values = {"message": letter, "next_at": turn.now + LEASE, "tried_at": turn.now}
    for chunk in in_chunks([row["key"] for row in rows]):
        await turn.connection.execute(sa.update(outbox).where(outbox.c.key.in_(chunk)).values(values))
    first = rows[0]
    own = (first["kind"], first["destination"], bundle)
    return Letter(letter, *own, tuple(row["payload"] for row in rows), first["tries"], first["tried_at"])


async def _insert(turn: Turn, entries: Sequence[Entry]) -> None:
    """Write down what is not there yet, without what goes with watches that have ended."""
    known = await find_among(turn.connection, outbox.c.key, values=[entry.key for entry in entries])
    living = await find_among(turn.connection, watch.c.id, values={entry.watch for entry in entries if entry.watch is not None})
    names = ("key", "kind", "destination", "bundle", "place", "next_at")
    blank = {"state": EntryState.WAITING.value, "made_at": turn.now, "tries": 0}
    rows = [
        {name: getattr(entry, name) for name in names} | {"payload": dict(entry.payload), "watch_id": entry.watch, **blank}
        for entry in {entry.key: entry for entry in entries}.values()
        if entry.key not in known and (entry.watch is None or entry.watch in living)
    ]
    if rows:
        await turn.connection.execute(sa.insert(outbox), rows)


async def _read_place(connection: AsyncConnection, reader: str) -> Place:
    asked = select(ledger_reader.c.version, ledger_reader.c.position).where(ledger_reader.c.name == reader)
    found = (await connection.execute(asked)).first()
    return Place(*found) if found else Place(0, 0)


async def _change(turn: Turn, number: int, values: Mapping[str, Any]) -> None:
    await turn.connection.execute(sa.update(watch).where(watch.c.id == number).values(dict(values)))


async def _release(turn: Turn, number: int) -> None:
    """Go on with a watch that may be paused, with what was held back of it."""
    await _change(turn, number, {"is_paused": False, "is_told": False})
    held = sa.update(outbox).where(outbox.c.watch_id == number, is_unsent, outbox.c.next_at.is_(None))
    await turn.connection.execute(held.values(next_at=turn.now))


def _is_held_by(holder: Holder) -> sa.ColumnElement[bool]:
    if holder.person is not None:
        return watch.c.person == holder.person
    return sa.and_(watch.c.person.is_(None), watch.c.server == holder.server)


def _subject(one: Watch) -> tuple[object, ...]:
    query = one.query and one.query.model_copy(update={"text": ""})
    return (one.company_key, one.posting, query, one.channel, one.scopes)


_SAME = ("id", "person", "server", "channel", "role", "name", "company", "company_key", "language", "since", "made_at")
"""What a watch and its row have under one name, and alike."""


def _to_row(one: Watch) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in (*_SAME, "is_paused")},
        "company": one.company and to_storable(one.company),
        "company_key": one.company_key and to_storable(one.company_key),
        "scopes": sorted(one.scopes),
        "lineage": one.posting,
        "query": one.query and to_storable(one.query.model_dump_json(exclude_defaults=True)),
        "pace": one.pace.value,
        "is_told": False,
    }


def read_watch(row: Mapping[Any, Any]) -> Watch:
    """Read a row of the watch table; raises ValueError or TypeError for one that is none."""
    query = Query.model_validate_json(row["query"]) if row["query"] is not None else None
    scopes, own = frozenset(row["scopes"]), {name: row[name] for name in (*_SAME, "pace", "is_paused")}
    return Watch(**own, posting=row["lineage"], scopes=scopes, query=query)


async def _read_watches(read: Read, *conditions: sa.ColumnElement[bool]) -> list[Watch]:
    rows = await read(select(watch).where(*conditions))
    return sorted(read_sound(watch, rows, to=read_watch), key=lambda one: (one.made_at, one.id))
