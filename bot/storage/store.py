"""The Store: postings with their revisions and facts, and no way to read one without naming the scopes that may be seen."""

import time
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Self

from bot.domain.administration import Action
from bot.domain.answer import CountedGap, Gap
from bot.domain.person import ROLECALL, Actor
from bot.domain.posting import KeptPosting, Posting
from bot.domain.query import Criterion
from bot.storage import changes, reading, writing
from bot.storage import reading as counting
from bot.storage.database import Clock, Database, LatestVersion, Ticks, opened, read_address, utc_now
from bot.storage.proposals import Proposals, Servers
from bot.storage.reading import in_chunks, select_count, select_filled, select_ids
from bot.storage.records import PLAIN_JSON, Changes, FactCodec, Kept, Listed, Revision, Same
from bot.storage.rows import to_readings


class Store:
    """
    Keeps postings in SQLite or PostgreSQL; get one with `async with Store.open(url) as store`.

    `scope` is where a posting belongs, `scopes` are all that the asker may see; what is outside of them does not exist for a method.
    Every method may raise StorageError, one line that says what happened and what to do, and never where the database is.
    """

    def __init__(self, database: Database, codec: FactCodec) -> None:
        self._database = database
        self._codec = codec
        self.proposals = Proposals(database, codec)
        self.servers = Servers(database)

    @classmethod
    @asynccontextmanager
    async def open(
        cls, url: str, codec: FactCodec = PLAIN_JSON, *, clock: Clock = utc_now, ticks: Ticks = time.monotonic
    ) -> AsyncIterator[Self]:
        """Open a database by its URL, create or upgrade its tables, and close it at the end; `ticks` counts seconds."""
        address = read_address(url)
        async with opened(address) as engines:
            yield cls(Database(engines, address.place, clock, LatestVersion(ticks)), codec)

    async def keep(self, postings: Sequence[Posting], *, scope: str, by: Actor = ROLECALL) -> tuple[Kept, ...]:
        """
        Keep all of the postings or none, and return what became of each once it is safely stored.

        Words that are current in the scope are `unchanged`, yet their facts, title, company, link, location and spelling become the
        ones given here, because the reader may have become better; only a link that is not in the text, as the address of a page, stays
        where none is given. Otherwise a current posting with the same link (or, without a link, the same source, company and title;
        both as they came, the link also as a person put it right) gets a new revision.
        A removed posting with the same words comes back.
        What people put right in a posting is taken over by what repeats or revises it, except for fields that this brings its own
        correction for; words that are current get a new revision if that says something else.
        The keys that `search` goes by are written with the facts, and written anew where they are others now.
        Postings of one batch are kept one after the other, so that the second of two that are the same is unchanged.
        Characters that cannot be stored (NUL) become U+FFFD.
        """
        readings = await to_readings(postings, self._codec)
        async with self._database.writing(by) as turn:
            return await writing.keep(turn, readings, scope=scope, codec=self._codec)

    async def revise(self, number: int, posting: Posting, *, scopes: Collection[str], by: Actor, base: int | None = None) -> Kept | None:
        """
        Give a current posting a new revision, with the posting's own corrections and no others.

        None where there is no current one, or where `base` is given and is not its revision any more. The same words with the same
        corrections are `unchanged` and only read anew, and so is, under its id, another posting that has these words already.
        """
        (made,) = await to_readings([posting], self._codec)
        async with self._database.writing(by) as turn:
            return await writing.revise(turn, writing.Target(number, scopes, base), reading=made, codec=self._codec)

    async def remove(self, number: int, *, scopes: Collection[str], by: Actor = ROLECALL) -> bool:
        """Remove a posting, to be brought back by `restore`; False where there is no current one."""
        async with self._database.writing(by) as turn:
            return await writing.remove(turn, number, scopes=scopes)

    async def restore(
        self, number: int, *, scopes: Collection[str], by: Actor = ROLECALL, revision: int | None = None
    ) -> KeptPosting | None:
        """
        Bring back a removed posting, or an older revision as the newest, each with its own corrections; None where there is none.

        If the same words are current under another id already, that posting is returned and nothing changes.
        """
        async with self._database.writing(by) as turn:
            current = await writing.restore(turn, number, scopes=scopes, revision=revision)
            found = await reading.read_current(turn.connection, [current or 0], scopes=scopes, codec=self._codec)
        return found[0] if found else None

    async def find_same(self, posting: Posting, *, scope: str) -> Same | None:
        """Return the current posting that `keep` would leave unchanged or revise."""
        (made,) = await to_readings([posting], self._codec)
        async with self._database.reading() as connection:
            return await writing.find_same(connection, made, scope=scope, codec=self._codec)

    async def find_removed(self, posting: Posting, *, scope: str) -> KeptPosting | None:
        """Return the removed posting that `keep` would bring back, with what people had put right in it."""
        (made,) = await to_readings([posting], self._codec)
        async with self._database.reading() as connection:
            number = await writing.find_removed(connection, made, scope=scope, codec=self._codec)
            revisions = await reading.read_history(connection, number or 0, scopes=[scope], codec=self._codec)
        return revisions[-1].kept if revisions else None

    async def get(self, number: int, *, scopes: Collection[str]) -> KeptPosting | None:
        """Return a current posting."""
        found = await self.get_many([number], scopes=scopes)
        return found[0] if found else None

    async def get_many(self, ids: Collection[int], *, scopes: Collection[str]) -> tuple[KeptPosting, ...]:
        """Return current postings in the order of their ids as given, each once, without those that are not there."""
        async with self._database.reading() as connection:
            return await reading.read_current(connection, ids, scopes=scopes, codec=self._codec)

    async def sketch(self, topics: Collection[str], *, scopes: Collection[str], ids: Collection[int] | None = None) -> list[KeptPosting]:
        """
        Return current postings, all or those of these ids, with their facts of these topics and nothing else of their content.

        Their texts are empty and their corrections left out: for lists across many postings, in one reading.
        """
        async with self._database.reading() as connection:
            return await reading.read_sketches(connection, topics, scopes=scopes, ids=ids, codec=self._codec)

    async def list_postings(self, *, scopes: Collection[str]) -> list[Listed]:
        """Return all current postings, by id, without texts and facts."""
        async with self._database.reading() as connection:
            return await reading.read_listed(connection, scopes)

    async def every(self, *, scopes: Collection[str]) -> AsyncIterator[KeptPosting]:
        """Yield all current postings whole, by id, a few hundred in memory at a time; what is removed meanwhile is left out."""
        async with self._database.reading() as connection:
            ids = sorted((await connection.execute(select_ids(scopes))).scalars())
        for chunk in in_chunks(ids):
            for kept in await self.get_many(chunk, scopes=scopes):
                yield kept

    async def history(self, number: int, *, scopes: Collection[str]) -> tuple[Revision, ...]:
        """Return all revisions of a posting, oldest first, also of a removed one."""
        async with self._database.reading() as connection:
            return await reading.read_history(connection, number, scopes=scopes, codec=self._codec)

    async def list_removed(self, *, scopes: Collection[str]) -> list[Listed]:
        """Return removed postings, newest removal first, at most a thousand."""
        async with self._database.reading() as connection:
            return await changes.list_removed(connection, scopes)

    async def list_actions(self, *, scopes: Collection[str], posting: int | None = None, limit: int = 100, skip: int = 0) -> list[Action]:
        """Return what was done in the scopes, or to one posting (also a removed one), newest first, at most a thousand."""
        async with self._database.reading() as connection:
            return await changes.list_actions(connection, scopes=scopes, posting=posting, limit=limit, skip=skip)

    async def hold_postings(self, *, scopes: Collection[str]) -> frozenset[str]:
        """Return which of the scopes have current postings."""
        async with self._database.reading() as connection:
            return frozenset((await connection.execute(select_filled(scopes))).scalars())

    async def count(self, *, scopes: Collection[str]) -> int:
        """Return how many current postings there are."""
        async with self._database.reading() as connection:
            counted: int = (await connection.execute(select_count(scopes))).scalar_one()
            return counted

    async def search(self, criteria: Sequence[Criterion], *, scopes: Collection[str], limit: int) -> list[int]:
        """
        Return the ids of current postings that meet all criteria, at most `limit`, the one read last first.

        ValueError for no criteria at all.
        """
        async with self._database.reading() as connection:
            return await reading.search(connection, criteria, scopes=scopes, limit=limit)

    async def count_matching(self, criteria: Sequence[Criterion], *, scopes: Collection[str]) -> int:
        """Return how many current postings meet all criteria; ValueError for none."""
        async with self._database.reading() as connection:
            return await reading.count_matching(connection, criteria, scopes=scopes)

    async def count_gaps(self, gaps: Mapping[Gap, int], *, scope: str) -> None:
        """Add to the counts of what could not be answered in a scope; who asked is not kept."""
        async with self._database.writing() as turn:
            await counting.count_gaps(turn.connection, gaps, scope=scope, now=turn.now)

    async def list_gaps(self, *, scopes: Collection[str]) -> list[CountedGap]:
        """Return what could not be answered, the most frequent first, at most a thousand."""
        async with self._database.reading() as connection:
            return await counting.list_gaps(connection, scopes=scopes)

    @property
    def known_version(self) -> int | None:
        """The newest version that this Store has read or written itself; None before the first."""
        return self._database.latest.known

    async def version(self) -> int:
        """
        Return a number that rises with every change of anything, whichever process makes it.

        What was changed through this Store counts at once. The database is asked at most every half second, so that what another
        process (or another Store of this one) changed counts by then.
        """
        if self._database.latest.is_due():
            async with self._database.reading() as connection:
                self._database.latest.remember(await reading.read_version(connection))
        return self._database.latest.known or 0

    async def changes_since(self, version: int, *, scopes: Collection[str]) -> Changes:
        """
        Return which postings became current, changed or went after a version, and the version that this leads to.

        Both are of the same moment: applying the changes one after the other, each from the version of the one before (the first
        from -1), always gives what `list_postings` gives at that version.
        """
        async with self._database.reading() as connection:
            changes = await reading.read_changes(connection, version, scopes=scopes)
        self._database.latest.remember(changes.version)
        return changes
