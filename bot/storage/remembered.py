"""What processes remember for a while, so that any of them goes on where another one was, and what they have promised to answer."""

import asyncio
import logging
import secrets
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import StorageError
from bot.storage.address import discreetly_told
from bot.storage.database import VERSION_CHANNEL, Database, Part
from bot.storage.tables import DAMAGED, in_chunks, ledger, memo

_LOG = logging.getLogger(__name__)

_MEMO_CHANNEL = "rolecall_memo"
_HEARD_ANEW_SECONDS, _LOOKED_AT_SECONDS = 5.0, 10.0
"""Seconds until a lost connection is made again, and between two looks at whether it is lost."""

OF_PERSON, OF_SCOPE = "person", "scope"
"""What others are told in the place of a kind where all that is of a person, or of a scope, is forgotten."""

_LONGEST_TOLD = 4000
"""Signs of a notification; PostgreSQL takes 8,000 bytes."""

_SWEPT_EVERY = timedelta(minutes=1)
"""What is forgotten by now is deleted so often."""

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


class _Gathering(Part, ABC):
    """Writes memos beside whoever calls it, those of one moment together."""

    _waiting: Mapping[Any, object]

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._writing: asyncio.Task[None] | None = None
        self._wrote_at = -_GATHERED_SECONDS
        self.is_shared = database.engines.reading.dialect.name == "postgresql"
        """Whether other processes may remember something too."""

    async def settle(self) -> None:
        """Return when all that waits is written, or lost."""
        while self._writing is not None and not self._writing.done():
            await asyncio.wait({self._writing})

    def _write_soon(self) -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_waiting())

    async def _write_waiting(self) -> None:
        """Write what waits, and what comes meanwhile after it; of very many at once several together."""
        while self._waiting:
            await asyncio.sleep(max(self._wrote_at + _GATHERED_SECONDS - time.monotonic(), 0.0))
            self._wrote_at = time.monotonic()
            await self._write_batch()

    @abstractmethod
    async def _write_batch(self) -> None: ...

    @asynccontextmanager
    async def _changing(self, told: Iterable[tuple[str, str]] = ()) -> AsyncIterator[AsyncConnection]:
        """
        Write in one transaction, and tell the others which memos; where others write postings meanwhile, beside their turns.

        The one connection of those who write is left to them: they may hold it long.
        """
        if not self.is_shared:
            async with self._database.writing() as turn:
                yield turn.connection
            return
        async with self._database.writing_beside() as connection:
            await connection.execute(_SWIFT)
            yield connection
            for lines in _gather(told):
                payload = sa.func.concat(sa.func.current_schema(), f" {self._database.hearing.origin}\n{lines}")
                await connection.execute(sa.select(sa.func.pg_notify(_MEMO_CHANNEL, payload)))


class Remembered(_Gathering):
    """
    Memos of all processes; each is forgotten in time, or at once with its person or scope.

    On SQLite there is one process: nothing is shared, and whoever remembers something does so in memory. `put` writes beside whoever
    calls it, those of one moment together; every other method may raise StorageError.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._waiting: dict[tuple[str, str], Memo] = {}
        self._swept_at: datetime | None = None

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
        self._write_soon()

    async def keep(self, made: Memo, *, most: int | None = None) -> None:
        """Remember something now; with `most`, the oldest of its kind and scope go where there are more than so many."""
        async with self._changing([(made.kind, made.name)]) as connection:
            await self._write([made], connection=connection)
            if most is not None:
                alike = (memo.c.kind == made.kind, memo.c.scope == made.scope)
                newest = sa.select(memo.c.name).where(*alike).order_by(memo.c.until.desc()).limit(most)
                await connection.execute(sa.delete(memo).where(*alike, memo.c.name.not_in(newest)))

    async def get(self, kind: str, name: str) -> Found | None:
        """Return what is remembered under a name."""
        if (waiting := self._waiting.get((kind, name))) is not None:
            return Found(waiting.content, waiting.lasts)
        return (await self._read(memo.c.kind == kind, memo.c.name == name)).get(name)

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
        now = self.now()
        rows = await self._database.read(sa.select(memo.c.name, memo.c.content, memo.c.until).where(*conditions, memo.c.until > now))
        return {row.name: Found(row.content, (row.until - now).total_seconds()) for row in rows if DAMAGED not in row}

    async def _delete(self, *conditions: sa.ColumnElement[bool], told: tuple[str, str]) -> None:
        await self.settle()
        async with self._changing([told]) as connection:
            await connection.execute(sa.delete(memo).where(*conditions))

    async def _write_batch(self) -> None:
        batch = {**self._waiting}
        try:
            async with self._changing(batch) as connection:
                # In one order, so that no two hold each other up.
                for chunk in in_chunks(sorted(batch.values(), key=lambda one: one[:2])):
                    await self._write(chunk, connection=connection)
                if self._swept_at is None or self.now() - self._swept_at > _SWEPT_EVERY:
                    self._swept_at = self.now()
                    await connection.execute(sa.delete(memo).where(memo.c.until < self._swept_at))
        except StorageError as error:
            _LOG.warning("what conversations are about is not known to other processes: %s", error)
        for key, made in batch.items():
            if self._waiting.get(key) is made:
                del self._waiting[key]

    async def _write(self, batch: Sequence[Memo], *, connection: AsyncConnection) -> None:
        now = self.now()
        rows = [
            {"kind": one.kind, "name": one.name, "content": one.content, "person": one.person, "scope": one.scope}
            | {"until": now + timedelta(seconds=one.lasts)}
            for one in batch
        ]
        from sqlalchemy.dialects.postgresql import insert  # nothing else needs it, and it takes a while to load

        written = insert(memo).values(rows)
        anew = {column: written.excluded[column] for column in ("content", "person", "scope", "until")}
        await connection.execute(written.on_conflict_do_update(index_elements=["kind", "name"], set_=anew))


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


# Whose turn it is among the processes on one PostgreSQL.

_TURNS = 0x526F6C65
"""The word Role in ASCII: the first number of PostgreSQL's advisory locks of turns."""

_ASKED_AGAIN_SECONDS = 0.25


@asynccontextmanager
async def alone(database: Database, number: int) -> AsyncIterator[None]:
    """
    Wait until no other process on the same PostgreSQL has this turn, and have it; a process that dies has none.

    Where the database does not answer nobody waits for it: Discord itself refuses who comes too early.
    """
    async with AsyncExitStack() as stack:
        if database.engines.reading.dialect.name == "postgresql":
            with suppress(StorageError), discreetly_told(database.place):
                connection = await stack.enter_async_context(database.engines.reading.connect())
                stack.push_async_callback(connection.invalidate)  # which ends the lock with the connection
                asked = sa.select(sa.func.pg_try_advisory_lock(_TURNS, number))
                while not (await connection.execute(asked)).scalar():  # noqa: ASYNC110 -- one that waits would be taken to hang
                    await asyncio.sleep(_ASKED_AGAIN_SECONDS)
        yield


# What processes on one PostgreSQL hear of each other: the version that a change leads to, and what is remembered.


async def hear(database: Database) -> None:
    """
    Remember each version as soon as another process on the same PostgreSQL writes it, until this is cancelled.

    After a lost connection the database is looked at first, so that nothing stays unheard. On SQLite there is nobody to hear.
    """
    while database.engines.reading.dialect.name == "postgresql":
        with suppress(StorageError):
            await _hear_until_lost(database)
        await asyncio.sleep(_HEARD_ANEW_SECONDS)


async def _hear_until_lost(database: Database) -> None:
    with discreetly_told(database.place):
        # Outside of any transaction: within one PostgreSQL tells nothing.
        async with database.engines.reading.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            schema = (await connection.execute(sa.select(sa.func.current_schema()))).scalar()
            lost = asyncio.Event()

            def take_in(*told: Any) -> None:
                where, _, version = told[-1].rpartition(" ")
                if where == schema:
                    database.latest.remember(int(version))

            def take_in_memo(*told: Any) -> None:
                first, *lines = told[-1].split("\n")
                where, _, origin = first.rpartition(" ")
                if where == schema:
                    database.hearing.take_in(origin, lines)

            try:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                driver.add_termination_listener(lambda _: lost.set())
                await driver.add_listener(VERSION_CHANNEL, take_in)
                await driver.add_listener(_MEMO_CHANNEL, take_in_memo)
                database.hearing.epochs += 1
                database.hearing.epoch = database.hearing.epochs
                while not lost.is_set():
                    found = (await connection.execute(sa.select(ledger.c.version).where(ledger.c.id == 1))).scalar()
                    database.latest.remember(found or 0)
                    with suppress(TimeoutError):
                        await asyncio.wait_for(lost.wait(), _LOOKED_AT_SECONDS)
            finally:
                database.hearing.epoch = 0
                await connection.invalidate()  # nobody else gets one that hears


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


class Deferrals(_Gathering):
    """
    What this process has promised to answer, and what is left of those that died.

    What comes in a moment is written together. On SQLite there is one process, so that whatever another one promised is left over.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._own = secrets.token_hex(8)
        self._waiting: dict[str, Deferral | None] = {}
        self._written: set[str] = set()
        self._noted = asyncio.Event()
        """Set when what waits to be written is written, or lost; each batch has its own."""

    async def note(self, made: Deferral) -> None:
        """
        Write down that an answer is to be promised; where that fails, it is logged and lost.

        Where other processes may tell of it, it is waited for, but not long. On SQLite it is not: who promises may hold the turn to write.
        """
        self._waiting[made.interaction] = made
        self._write_soon()
        if self.is_shared:
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

    async def say_alive(self) -> None:
        """Let other processes know that this one will keep its promises; StorageError where they cannot be told."""
        if self.is_shared:
            async with self._changing() as connection:
                now = self.now()
                await connection.execute(sa.delete(memo).where(memo.c.kind == _PROCESS, (memo.c.name == self._own) | (memo.c.until < now)))
                row = {"kind": _PROCESS, "name": self._own, "person": "", "scope": "", "content": {}, "until": now + _ALIVE}
                await connection.execute(sa.insert(memo).values(row))

    async def take_over(self) -> list[Deferral]:
        """Return what processes promised that died, each to one who asks, whose promise it is from then on; it may raise StorageError."""
        now = self.now()
        alive = sa.select(memo.c.name).where(memo.c.kind == _PROCESS, memo.c.until > now)
        left = sa.and_(memo.c.kind == _PROMISE, memo.c.scope != self._own, memo.c.scope.not_in(alive))
        if not await self._database.holds(left):
            return []
        async with self._changing() as connection:
            await connection.execute(sa.delete(memo).where(memo.c.kind == _PROMISE, memo.c.until < now))
            taken = sa.update(memo).where(left).values(scope=self._own).returning(memo.c.name, memo.c.content, memo.c.person)
            rows = (await connection.execute(taken)).all()
        self._written.update(row.name for row in rows)
        return [found for row in rows if (found := _to_deferral(row.name, row.person, row.content)) is not None]

    async def _write_batch(self) -> None:
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
        until = self.now() + _TOKEN_LASTS
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


def _to_deferral(name: str, person: str, content: Any) -> Deferral | None:
    """Read what was promised; None for what is damaged."""
    with suppress(TypeError, KeyError, ValueError):
        return Deferral(name, str(content["token"]), person, str(content["locale"]), bool(content["is_beside"]))
    return None
