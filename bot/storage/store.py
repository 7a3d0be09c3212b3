"""The Store: postings with their revisions and facts, and no way to read one without naming the scopes that may be seen."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Self

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.fact import Fact
from bot.domain.gap import CountedGap, Gap
from bot.domain.posting import KeptPosting, Posting
from bot.domain.search import Criterion
from bot.storage import gaps as counting
from bot.storage import reading, searching, writing
from bot.storage.address import read_address
from bot.storage.changing import Turn, end_turn, take_turn
from bot.storage.codec import PLAIN_JSON, FactCodec
from bot.storage.engine import for_reading, for_writing, open_engine
from bot.storage.failures import plainly_told
from bot.storage.migrating import migrate
from bot.storage.records import Changes, Kept, Listed, Revision
from bot.storage.rows import to_fact, to_fact_row, to_reading
from bot.storage.selecting import FACT_PAGE, in_chunks, select_count, select_ids, select_topic
from bot.storage.sqlite_file import make_ready
from bot.storage.versions import LatestVersion

Clock = Callable[[], datetime]
Ticks = Callable[[], float]


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


class Store:
    """
    Keeps postings in SQLite or PostgreSQL; get one with `async with Store.open(url) as store`.

    `scope` is where a posting belongs, `scopes` are all that the asker may see; what is outside of them does not exist for a method.
    Every method may raise StorageError, one line that says what happened and what to do.
    """

    def __init__(self, engine: AsyncEngine, codec: FactCodec, *, place: str, clock: Clock, latest: LatestVersion) -> None:
        self._reader = for_reading(engine)
        self._writer = for_writing(engine)
        self._codec = codec
        self._place = place
        self._clock = clock
        self._latest = latest

    @classmethod
    @asynccontextmanager
    async def open(
        cls, url: str, codec: FactCodec = PLAIN_JSON, *, clock: Clock = utc_now, ticks: Ticks = time.monotonic
    ) -> AsyncIterator[Self]:
        """Open a database by its URL, create or upgrade its tables, and close it at the end; `ticks` counts seconds."""
        address = read_address(url)
        with plainly_told(address.place):
            if address.file:
                await asyncio.to_thread(make_ready, address.file)
            engine = open_engine(address)
        try:
            with plainly_told(address.place):
                await migrate(engine, place=address.place)
            yield cls(engine, codec, place=address.place, clock=clock, latest=LatestVersion(ticks))
        finally:
            await engine.dispose()

    async def keep(self, postings: Sequence[Posting], *, scope: str) -> tuple[Kept, ...]:
        """
        Keep all of the postings or none, and return what became of each once it is safely stored.

        Words that are current in the scope are `unchanged`, yet their facts, title, company, link, location and spelling become the
        ones given here, because the reader may have become better. Otherwise a current posting with the same link (or, without
        a link, the same source, company and title) gets a new revision. A removed posting with the same words comes back.
        The keys that `search` goes by are written with the facts, and written anew where they are others now.
        Postings of one batch are kept one after the other, so that the second of two that are the same is unchanged.
        Characters that cannot be stored (NUL) become U+FFFD.
        """
        readings = [to_reading(posting, self._codec) for posting in postings]
        async with self._writing() as turn:
            return await writing.keep(turn, readings, scope=scope, knows=self._codec.knows)

    async def remove(self, number: int, *, scopes: Collection[str]) -> bool:
        """Remove a posting, to be brought back by `restore`; False where there is no current one."""
        async with self._writing() as turn:
            return await writing.remove(turn, number, scopes=scopes)

    async def restore(self, number: int, *, scopes: Collection[str], revision: int | None = None) -> KeptPosting | None:
        """
        Bring back a removed posting, or an older revision as the newest; None where there is none.

        If the same words are current under another id already, that posting is returned and nothing changes.
        """
        async with self._writing() as turn:
            current = await writing.restore(turn, number, scopes=scopes, revision=revision)
            found = await reading.read_current(turn.connection, [current or 0], scopes=scopes, codec=self._codec)
        return found[0] if found else None

    async def get(self, number: int, *, scopes: Collection[str]) -> KeptPosting | None:
        """Return a current posting."""
        found = await self.get_many([number], scopes=scopes)
        return found[0] if found else None

    async def get_many(self, ids: Collection[int], *, scopes: Collection[str]) -> tuple[KeptPosting, ...]:
        """Return current postings in the order of their ids as given, each once, without those that are not there."""
        async with self._reading() as connection:
            return await reading.read_current(connection, ids, scopes=scopes, codec=self._codec)

    async def list_postings(self, *, scopes: Collection[str]) -> list[Listed]:
        """Return all current postings, by id, without texts and facts."""
        async with self._reading() as connection:
            return await reading.read_listed(connection, scopes)

    async def every(self, *, scopes: Collection[str]) -> AsyncIterator[KeptPosting]:
        """Yield all current postings whole, by id, a few hundred in memory at a time; what is removed meanwhile is left out."""
        async with self._reading() as connection:
            ids = sorted((await connection.execute(select_ids(scopes))).scalars())
        for chunk in in_chunks(ids):
            for kept in await self.get_many(chunk, scopes=scopes):
                yield kept

    async def history(self, number: int, *, scopes: Collection[str]) -> tuple[Revision, ...]:
        """Return all revisions of a posting, oldest first, also of a removed one."""
        async with self._reading() as connection:
            return await reading.read_history(connection, number, scopes=scopes, codec=self._codec)

    async def facts_of(self, topic: str, *, scopes: Collection[str]) -> AsyncIterator[tuple[int, Fact[Any]]]:
        """Yield posting ids with what they state on a topic, each posting's facts in order; one revised meanwhile may come twice."""
        after = (0, -1)
        while True:
            async with self._reading() as connection:
                page = (await connection.execute(select_topic(topic, scopes, after=after))).mappings().all()
            for row in page:
                if (found := to_fact(to_fact_row(row), self._codec)) is not None:
                    yield row["lineage"], found
            if len(page) < FACT_PAGE:
                return
            after = (page[-1]["posting_id"], page[-1]["position"])

    async def count(self, *, scopes: Collection[str]) -> int:
        """Return how many current postings there are."""
        async with self._reading() as connection:
            counted: int = (await connection.execute(select_count(scopes))).scalar_one()
            return counted

    async def search(self, criteria: Sequence[Criterion], *, scopes: Collection[str], limit: int) -> list[int]:
        """
        Return the ids of current postings that meet all criteria, at most `limit`, the one read last first.

        ValueError for no criteria at all.
        """
        async with self._reading() as connection:
            return await searching.search(connection, criteria, scopes=scopes, limit=limit)

    async def count_matching(self, criteria: Sequence[Criterion], *, scopes: Collection[str]) -> int:
        """Return how many current postings meet all criteria; ValueError for none."""
        async with self._reading() as connection:
            return await searching.count_matching(connection, criteria, scopes=scopes)

    async def count_gaps(self, gaps: Mapping[Gap, int], *, scope: str) -> None:
        """Add to the counts of what could not be answered in a scope; who asked is not kept."""
        async with self._writing() as turn:
            await counting.count_gaps(turn.connection, gaps, scope=scope, now=turn.now)

    async def list_gaps(self, *, scopes: Collection[str]) -> list[CountedGap]:
        """Return what could not be answered, the most frequent first, at most a thousand."""
        async with self._reading() as connection:
            return await counting.list_gaps(connection, scopes=scopes)

    @property
    def known_version(self) -> int | None:
        """The newest version that this Store has read or written itself; None before the first."""
        return self._latest.known

    async def version(self) -> int:
        """
        Return a number that rises with every change of anything, whichever process makes it.

        What was changed through this Store counts at once. The database is asked at most every half second, so that what another
        process (or another Store of this one) changed counts by then.
        """
        if self._latest.is_due():
            async with self._reading() as connection:
                self._latest.remember(await reading.read_version(connection))
        return self._latest.known or 0

    async def changes_since(self, version: int, *, scopes: Collection[str]) -> Changes:
        """
        Return which postings became current, changed or went after a version, and the version that this leads to.

        Both are of the same moment: applying the changes one after the other, each from the version of the one before (the first
        from -1), always gives what `list_postings` gives at that version.
        """
        async with self._reading() as connection:
            changes = await reading.read_changes(connection, version, scopes=scopes)
        self._latest.remember(changes.version)
        return changes

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[AsyncConnection]:
        with plainly_told(self._place):
            async with self._reader.connect() as connection:
                yield connection

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[Turn]:
        with plainly_told(self._place):
            async with self._writer.begin() as connection:
                turn = await take_turn(connection, now=self._clock())
                yield turn
                await end_turn(turn)
        if turn.has_changed:
            self._latest.remember(turn.version)
