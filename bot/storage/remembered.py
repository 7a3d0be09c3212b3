"""What all processes on one PostgreSQL remember for a while, so that any of them goes on where another one was."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import StorageError
from bot.storage.address import discreetly_told
from bot.storage.database import MEMO_CHANNEL, Database
from bot.storage.tables import DAMAGED, in_chunks, memo

_LOG = logging.getLogger(__name__)

OF_PERSON, OF_SCOPE = "person", "scope"
"""What others are told in the place of a kind where all that is of a person, or of a scope, is forgotten."""

_LONGEST_TOLD = 4000
"""Signs of a notification; PostgreSQL takes 8,000 bytes."""

_SWEPT_EVERY = timedelta(minutes=1)
_GATHERED_SECONDS = 0.02
"""Between two writings: each takes some ms of the database, and as many of who writes."""

_SWIFT = sa.text("SET LOCAL synchronous_commit TO off")
"""What is forgotten in half an hour may be lost with the power: nobody waits for the disk."""


class Memo(NamedTuple):
    """Something to be remembered."""

    kind: str
    name: str
    """Of one kind each has a name of its own, without spaces."""

    content: Any
    """JSON."""

    lasts: float
    """Seconds."""

    person: str = ""
    """Whom it is about, so that they can have it deleted."""

    scope: str = ""


class Found(NamedTuple):
    """What is remembered."""

    content: Any
    left: float
    """Seconds until it is forgotten."""


class Remembered:
    """
    Memos of all processes; each is forgotten in time, or at once with its person or scope.

    On SQLite there is one process: nothing is shared, and whoever remembers something does so in memory. `put` writes beside whoever
    calls it, those of one moment together; every other method may raise StorageError.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: dict[tuple[str, str], Memo] = {}
        self._writing: asyncio.Task[None] | None = None
        self._swept_at: datetime | None = None
        self._wrote_at = -_GATHERED_SECONDS
        self.is_shared = database.engines.reading.dialect.name == "postgresql"
        """Whether other processes may remember something too."""

    @property
    def epoch(self) -> int:
        """A number that is another one after each time that others could not be heard; 0 where they are not heard now."""
        return self._database.hearing.epoch

    def listen(self, take_in: Callable[[str, str], None]) -> None:
        """Have each kind and name told that another process has put or dropped; for OF_PERSON and OF_SCOPE the name is theirs."""
        self._database.hearing.listeners.append(take_in)

    def put(self, made: Memo) -> None:
        """Remember something soon, in the place of what had its name; where that fails, it is logged and lost."""
        self._waiting[made.kind, made.name] = made
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_waiting())

    async def settle(self) -> None:
        """Return when what was put is written, or lost."""
        while self._writing is not None and not self._writing.done():
            await asyncio.wait({self._writing})

    async def keep(self, made: Memo, *, most: int | None = None) -> None:
        """Remember something now; with `most`, the oldest of its kind and scope go where there are more than so many."""
        async with self._changing([(made.kind, made.name)]) as connection:
            now = self._database.clock()
            await self._write([made], connection=connection, now=now)
            if most is not None:
                alike = (memo.c.kind == made.kind, memo.c.scope == made.scope)
                newest = sa.select(memo.c.name).where(*alike).order_by(memo.c.until.desc()).limit(most)
                await connection.execute(sa.delete(memo).where(*alike, memo.c.name.not_in(newest)))

    async def get(self, kind: str, name: str) -> Found | None:
        """Return what is remembered under a name."""
        if (waiting := self._waiting.get((kind, name))) is not None:
            return Found(waiting.content, waiting.lasts)
        found = await self._read(memo.c.kind == kind, memo.c.name == name)
        return found.get(name)

    async def of_person(self, kind: str, person: str) -> dict[str, Found]:
        """Return what of a kind is remembered of a person, by name."""
        await self.settle()
        return await self._read(memo.c.kind == kind, memo.c.person == person)

    async def drop(self, kind: str, name: str) -> None:
        """Forget what is remembered under a name."""
        await self._delete(memo.c.kind == kind, memo.c.name == name, told=(kind, name))

    async def forget_person(self, person: str) -> None:
        """Forget all that is remembered of a person, in all processes."""
        await self._delete(memo.c.person == person, told=(OF_PERSON, person))

    async def forget_scope(self, kind: str, scope: str) -> None:
        """Forget what of a kind is remembered of a scope, in all processes."""
        await self._delete(memo.c.kind == kind, memo.c.scope == scope, told=(OF_SCOPE, scope))

    async def _read(self, *conditions: sa.ColumnElement[bool]) -> dict[str, Found]:
        now = self._database.clock()
        asked = sa.select(memo.c.name, memo.c.content, memo.c.until).where(*conditions, memo.c.until > now)
        async with self._database.reading(alone=True) as connection:
            rows = (await connection.execute(asked)).all()
        return {row.name: Found(row.content, (row.until - now).total_seconds()) for row in rows if DAMAGED not in row}

    async def _delete(self, *conditions: sa.ColumnElement[bool], told: tuple[str, str]) -> None:
        await self.settle()
        async with self._changing([told]) as connection:
            await connection.execute(sa.delete(memo).where(*conditions))

    async def _write_waiting(self) -> None:
        """Write what waits, and what comes meanwhile after it; of very many at once several together."""
        while self._waiting:
            await asyncio.sleep(max(self._wrote_at + _GATHERED_SECONDS - time.monotonic(), 0.0))
            self._wrote_at = time.monotonic()
            batch = {**self._waiting}
            try:
                async with self._changing(batch) as connection:
                    now = self._database.clock()
                    for chunk in in_chunks(
                        sorted(batch.values(), key=lambda one: one[:2])
                    ):  # in one order, so that no two hold each other up
                        await self._write(chunk, connection=connection, now=now)
                    await self._sweep(connection, now)
            except StorageError as error:
                _LOG.warning("what conversations are about is not known to other processes: %s", error)
            for key, made in batch.items():
                if self._waiting.get(key) is made:
                    del self._waiting[key]

    @staticmethod
    async def _write(batch: Sequence[Memo], *, connection: AsyncConnection, now: datetime) -> None:
        rows = [
            {"kind": one.kind, "name": one.name, "content": one.content, "person": one.person, "scope": one.scope}
            | {"until": now + timedelta(seconds=one.lasts)}
            for one in batch
        ]
        from sqlalchemy.dialects.postgresql import insert  # nothing else needs it, and it takes a while to load

        written = insert(memo).values(rows)
        anew = {column: written.excluded[column] for column in ("content", "person", "scope", "until")}
        await connection.execute(written.on_conflict_do_update(index_elements=["kind", "name"], set_=anew))

    async def _sweep(self, connection: AsyncConnection, now: datetime) -> None:
        """Delete what is forgotten by now, a minute after the last time."""
        if self._swept_at is None or now - self._swept_at > _SWEPT_EVERY:
            self._swept_at = now
            await connection.execute(sa.delete(memo).where(memo.c.until < now))

    @asynccontextmanager
    async def _changing(self, told: Iterable[tuple[str, str]]) -> AsyncIterator[AsyncConnection]:
        """
        Write memos in one transaction, and tell the others which: beside the turns to write, since no posting changes.

        The one connection of those who write is left to them: they may hold it long.
        """
        async with self._database.reading(alone=True) as reading:
            with discreetly_told(self._database.place):
                await reading.execute(_SWIFT)
                yield reading
                for lines in _gather(told):
                    payload = sa.func.concat(sa.func.current_schema(), f" {self._database.hearing.origin}\n{lines}")
                    await reading.execute(sa.select(sa.func.pg_notify(MEMO_CHANNEL, payload)))
                await reading.commit()


def _gather(told: Iterable[tuple[str, str]]) -> list[str]:
    r"""
    Return lines of kinds and names in pieces that one notification holds.

    >>> _gather([("draft", "a"), ("draft", "b")])
    ['draft a\ndraft b']
    """
    pieces: list[list[str]] = [[]]
    size = 0
    for kind, name in told:
        line = f"{kind} {name}"
        if size + len(line) > _LONGEST_TOLD and pieces[-1]:
            pieces.append([])
            size = 0
        pieces[-1].append(line)
        size += len(line) + 1
    return ["\n".join(piece) for piece in pieces if piece]
