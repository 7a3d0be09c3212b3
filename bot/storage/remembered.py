"""What processes remember for a while, so that any of them goes on where another one was, and what they have promised to answer."""

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
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


# Answers that were promised: who asked is told where the process that promised one is killed before it gives it.

BEAT, _ALIVE = 5.0, timedelta(seconds=16)
"""Seconds between two times at which a process says that it lives, and how long that counts."""

_NOTED_WITHIN = 0.3
"""Seconds that a promise waits for being written: Discord waits three for it, and most of those are over then."""

_TOKEN_LASTS = timedelta(minutes=14, seconds=30)
"""Discord takes what answers an interaction for 15 minutes."""

_PROMISE, _PROCESS = "deferral", "process"
"""Kinds of memos. The first one's scope is the process that promised."""


class Deferral(NamedTuple):
    """An answer that was promised to an interaction."""

    interaction: str
    token: str
    person: str
    """Who asked, so that they can have it deleted."""

    locale: str
    is_beside: bool
    """Whether it stands beside what is there already, as where a button was pressed."""


class Deferrals:
    """
    What this process has promised to answer, and what is left of those that died.

    What comes in a moment is written together. On SQLite there is one process, so that whatever another one promised is left over.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._own = secrets.token_hex(8)
        self._waiting: dict[str, Deferral | None] = {}
        self._written: set[str] = set()
        self._writing: asyncio.Task[None] | None = None
        self._noted = asyncio.Event()
        """Set when what waits to be written is written, or lost; each batch has its own."""

        self._wrote_at = -_GATHERED_SECONDS
        self._has_others = database.engines.reading.dialect.name == "postgresql"

    async def note(self, made: Deferral) -> None:
        """
        Write down that an answer is to be promised; where that fails, it is logged and lost.

        Where other processes may tell of it, it is waited for, but not long. On SQLite it is not: who promises may hold the turn to write.
        """
        self._waiting[made.interaction] = made
        self._write_soon()
        if self._has_others:
            with suppress(TimeoutError):
                async with asyncio.timeout(_NOTED_WITHIN):
                    await self._noted.wait()

    def drop(self, interaction: str) -> None:
        """Forget what was promised to an interaction, as it is answered, beside who calls it; nothing happens where nothing was."""
        if interaction in self._written:
            self._waiting[interaction] = None
            self._write_soon()
        else:
            self._waiting.pop(interaction, None)

    async def forget_person(self, person: str) -> None:
        """Forget what was promised to a person, by whichever process; it may raise StorageError."""
        await self.settle()
        async with self._changing() as connection:
            await connection.execute(sa.delete(memo).where(memo.c.kind == _PROMISE, memo.c.person == person))

    async def settle(self) -> None:
        """Return when all is written, or lost."""
        while self._writing is not None and not self._writing.done():
            await asyncio.wait({self._writing})

    async def say_alive(self) -> None:
        """Let other processes know that this one will keep its promises; StorageError where they cannot be told."""
        if self._has_others:
            async with self._changing() as connection:
                now = self._database.clock()
                await connection.execute(sa.delete(memo).where(memo.c.kind == _PROCESS, (memo.c.name == self._own) | (memo.c.until < now)))
                row = {"kind": _PROCESS, "name": self._own, "person": "", "scope": "", "content": {}, "until": now + _ALIVE}
                await connection.execute(sa.insert(memo).values(row))

    async def take_over(self) -> list[Deferral]:
        """Return what processes promised that died, each to one who asks, whose promise it is from then on; it may raise StorageError."""
        now = self._database.clock()
        alive = sa.select(memo.c.name).where(memo.c.kind == _PROCESS, memo.c.until > now)
        left = (memo.c.kind == _PROMISE, memo.c.scope != self._own, memo.c.scope.not_in(alive))
        async with self._database.reading(alone=True) as reading:
            if (await reading.execute(sa.select(memo.c.name).where(*left).limit(1))).first() is None:
                return []
        async with self._changing() as connection:
            await connection.execute(sa.delete(memo).where(memo.c.kind == _PROMISE, memo.c.until < now))
            taken = sa.update(memo).where(*left).values(scope=self._own).returning(memo.c.name, memo.c.content, memo.c.person)
            rows = (await connection.execute(taken)).all()
        self._written.update(row.name for row in rows)
        return [found for row in rows if (found := _to_deferral(row.name, row.person, row.content)) is not None]

    def _write_soon(self) -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_waiting())

    async def _write_waiting(self) -> None:
        while self._waiting:
            await asyncio.sleep(max(self._wrote_at + _GATHERED_SECONDS - time.monotonic(), 0.0))
            self._wrote_at = time.monotonic()
            batch, self._waiting = self._waiting, {}
            noted, self._noted = self._noted, asyncio.Event()
            made = {name for name, one in batch.items() if one is not None}
            self._written = self._written - batch.keys() | made
            try:
                async with self._changing() as connection:
                    await self._write(connection, batch)
            except StorageError as error:
                self._written -= made
                _LOG.warning("who waits for an answer is told nothing if this process dies: %s", error)
            finally:
                noted.set()

    async def _write(self, connection: AsyncConnection, batch: Mapping[str, Deferral | None]) -> None:
        until = self._database.clock() + _TOKEN_LASTS
        for chunk in in_chunks(batch):
            await connection.execute(sa.delete(memo).where(memo.c.kind == _PROMISE, memo.c.name.in_(chunk)))
        rows = [
            {"kind": _PROMISE, "name": name, "person": one.person, "scope": self._own, "until": until}
            | {"content": {"token": one.token, "locale": one.locale, "is_beside": one.is_beside}}
            for name, one in batch.items()
            if one is not None
        ]
        if rows:
            await connection.execute(sa.insert(memo), rows)

    @asynccontextmanager
    async def _changing(self) -> AsyncIterator[AsyncConnection]:
        """Write in one transaction; where others write postings meanwhile, beside their turns."""
        if not self._has_others:
            async with self._database.writing() as turn:
                yield turn.connection
            return
        async with self._database.reading(alone=True) as connection:
            with discreetly_told(self._database.place):
                await connection.execute(_SWIFT)
                yield connection
                await connection.commit()


def _to_deferral(name: str, person: str, content: Any) -> Deferral | None:
    """Read what was promised; None for what is damaged."""
    with suppress(TypeError, KeyError, ValueError):
        return Deferral(name, str(content["token"]), person, str(content["locale"]), bool(content["is_beside"]))
    return None
