"""The Store: postings with their revisions and facts, and no way to read one without naming the scopes that may be seen."""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy import RowMapping, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.person import ROLECALL, Actor
from bot.domain.posting import Action, ActionKind, KeptPosting, Openness, Posting, Quotas, Sighting
from bot.storage import writing
from bot.storage.address import read_address
from bot.storage.boards import Boards, to_sighting
from bot.storage.database import Database, opened, utc_now
from bot.storage.proposals import Feeds, Gaps, Profiles, Proposals, Reports, Servers
from bot.storage.records import PLAIN_JSON, Changes, FactCodec, Headed, Kept, LatestVersion, Listed, Revision, RowState, Same
from bot.storage.remembered import Deferrals, Remembered, alone, hear
from bot.storage.rows import OWN_NAMES, read_rows, to_actor, to_kept, to_readings
from bot.storage.same_jobs import SameJobs
from bot.storage.search import LISTED, Search, are_filed, refile, select_sketch, sketched_in
from bot.storage.tables import (
    action,
    called,
    fact_key,
    in_chunks,
    is_current,
    is_newest,
    is_removed,
    is_sound,
    leave_out,
    ledger,
    possible_ids,
    posting,
    read_sound,
    scopes_with_postings,
    seen,
    sighting,
    to_scopes,
)
from bot.storage.upkeep import Upkeep
from bot.storage.watches import Outbox, Watches

MOST_ACTIONS = 1000
"""How many are listed at once."""

_FARTHEST = 100_000
"""How many may be skipped: they are read for it."""

_MOST_LISTED = 1000
_MOST_MERGED = 100
"""Scopes that one statement merges; SQLite takes 500."""

CHANGE_PAGE = 500
"""How many rows are made into values at once: a millisecond's work, between which others have their turn."""

_NAMES = (
    select(func.aggregate_strings(fact_key.c.key, "\n"))
    .where(fact_key.c.posting_id == posting.c.id, fact_key.c.topic == OWN_NAMES)
    .correlate(posting)
    .scalar_subquery()
)
_HEADED = select(
    *(posting.c[name] for name in ("lineage", "scope", "company", "title", "location")),
    sa.case((called.c.words.is_(None), _NAMES)),
    called.c.words,
    sa.type_coerce(posting.c.read_at, sa.Text),
    posting.c.state,
).outerjoin(called, called.c.posting_id == posting.c.id)
"""What an index of names needs; names are looked for only where they do not stand there already, which takes half of the time."""

_STATES = frozenset(RowState)


class Store(Search):
    """
    Keeps postings in SQLite or PostgreSQL; get one with `async with Store.open(url) as store`.

    `scope` is where a posting belongs, `scopes` are all that the asker may see; what is outside of them does not exist for a method.
    Every method may raise StorageError, one line that says what happened and what to do, and never where the database is.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.proposals = Proposals(database)
        self.reports = Reports(database)
        self.gaps = Gaps(database)
        self.servers = Servers(database)
        self.profiles = Profiles(database)
        self.feeds = Feeds(database)
        self.boards = Boards(database)
        self.same_jobs = SameJobs(database)
        self.watches = Watches(database)
        self.outbox = Outbox(database)
        self.remembered = Remembered(database)
        self.deferrals = Deferrals(database)
        self.upkeep = Upkeep(database)

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        url: str,
        codec: FactCodec = PLAIN_JSON,
        *,
        clock: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> AsyncIterator[Self]:
        """Open a database by its URL, create or upgrade its tables, and close it at the end."""
        address = read_address(url)
        async with opened(address) as engines:
            database = Database(engines, address.place, clock, LatestVersion(monotonic), codec)
            if codec is not PLAIN_JSON:
                await _file(database)
            store = cls(database)
            try:
                yield store
            finally:
                await store.remembered.settle()
                await store.deferrals.settle()

    @asynccontextmanager
    async def hearing(self) -> AsyncIterator[None]:
        """Know at once what other processes on the same PostgreSQL keep, as long as this lasts."""
        task = asyncio.create_task(hear(self._database))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})

    def alone(self, number: int) -> AbstractAsyncContextManager[None]:
        """Return what is entered by one of all processes on the same PostgreSQL at a time, for each number."""
        return alone(self._database, number)

    def within(self, quotas: Quotas) -> Self:
        """Return the same Store, through which no server gets more than it may have: QuotaReached is raised instead."""
        store = type(self)(replace(self._database, quotas=quotas))
        store.remembered, store.deferrals = self.remembered, self.deferrals
        return store

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
        The keys that a search goes by are written with the facts, and written anew where they are others now.
        Postings of one batch are kept one after the other, so that the second of two that are the same is unchanged.
        Characters that cannot be stored (NUL) become U+FFFD.
        """
        readings = await to_readings(postings, self._codec)
        async with self._database.writing(by, adds_to=[scope]) as turn:
            return await writing.keep(turn, readings, scope=scope)

    async def revise(self, number: int, posting: Posting, *, scopes: Collection[str], by: Actor, carries: bool = False) -> Kept | None:
        """
        Give a current posting a new revision, or return None where there is no current one.

        It has the posting's own corrections and no others; where it `carries` those that were made before, these too, as `keep` does. The
        same words with the same corrections are `unchanged` and only read anew, and so is, under its id, another posting that has these
        words already.
        """
        (made,) = await to_readings([posting], self._codec)
        async with self._database.writing(by, adds_to=scopes) as turn:
            return await writing.revise(turn, writing.Target(number, scopes), reading=made, carries=carries)

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
        async with self._database.writing(by, adds_to=scopes) as turn:
            current = await writing.restore(turn, number, scopes=scopes, revision=revision)
            found = await self._read_current(turn.connection, [current], scopes) if current else {}
        return found.get(current or 0)

    async def find_same(self, posting: Posting, *, scope: str) -> Same | None:
        """Return the current posting that `keep` would leave unchanged or revise."""
        (made,) = await to_readings([posting], self._codec)
        async with self._database.reading() as connection:
            return (await writing.plan_for(connection, made, scope=scope, codec=self._codec)).find_same(made)

    async def find_removed(self, posting: Posting, *, scope: str) -> KeptPosting | None:
        """Return the removed posting that `keep` would bring back, with what people had put right in it."""
        (made,) = await to_readings([posting], self._codec)
        async with self._database.reading() as connection:
            gone = (await writing.plan_for(connection, made, scope=scope, codec=self._codec)).find_removed(made)
            revisions = await self._read_history(connection, gone.lineage, [scope]) if gone else ()
        return revisions[-1].kept if revisions else None

    async def get(self, number: int, *, scopes: Collection[str]) -> KeptPosting | None:
        """Return a current posting."""
        found = await self.get_many([number], scopes=scopes)
        return found[0] if found else None

    async def get_many(self, ids: Collection[int], *, scopes: Collection[str]) -> tuple[KeptPosting, ...]:
        """Return current postings in the order of their ids as given, each once, without those that are not there."""
        wanted = possible_ids(ids)
        async with self._database.reading() as connection:
            found = await self._read_current(connection, wanted, scopes)
        return tuple(found[number] for number in wanted if number in found)

    async def sketch(
        self, topics: Collection[str], *, scopes: Collection[str], ids: Collection[int] | None = None, with_text: bool = False
    ) -> list[KeptPosting]:
        """
        Return current postings, all or those of these ids, by id, with their facts of these topics alone, in one reading.

        For lists across many postings their texts are empty and their corrections left out; `with_text` they have their texts, and
        what people put right on these topics: enough for an answer.
        """
        asked = select_sketch(with_text=with_text, has_ids=ids is not None)
        values = {"topics": sorted(topics), "scopes": to_scopes(scopes)}
        chunks = [{"ids": chunk} for chunk in in_chunks(possible_ids(ids or ()))] if ids is not None else [{}]
        async with self._database.reading(of_all=not with_text, alone=len(chunks) == 1) as connection:
            rows = [row for chunk in chunks for row in await connection.execute(asked, {**values, **chunk})]
        sketched = sketched_in(rows, with_corrections=with_text)
        kept = (to_kept(row, beside, codec=self._codec, is_whole=False) for row, beside in sketched)
        return [one for one in kept if one is not None]

    async def read_for_answer(
        self, ids: Collection[int], *, topics: Collection[str] | None, scopes: Collection[str]
    ) -> list[tuple[KeptPosting, Sighting]]:
        """Return current postings with all that is known of some topics, or with everything for None, and whether they are open."""
        asked = select_sketch(with_text=True, has_ids=True, has_topics=topics is not None)
        values = {"scopes": to_scopes(scopes)} | ({} if topics is None else {"topics": sorted(topics)})
        found = [row for chunk in in_chunks(possible_ids(ids)) for row in await self._database.read(asked, {**values, "ids": chunk})]
        rows = list(sketched_in(found, with_corrections=True))
        elsewhere = [row["lineage"] for row, _ in rows if row["is_elsewhere"]]
        known = await self.boards.sightings(elsewhere, scopes=scopes) if elsewhere else {}
        read = ((to_kept(row, beside, codec=self._codec, is_whole=False), row) for row, beside in rows)
        return [(kept, known.get(kept.id) or to_sighting(row)) for kept, row in read if kept is not None]

    async def list_postings(self, *, scopes: Collection[str]) -> list[Listed]:
        """Return all current postings, by id, without texts and facts."""
        # Sorted here, which is quicker.
        async with self._database.reading(of_all=True) as connection:
            rows = (await connection.execute(select(*LISTED).where(is_current, seen(scopes)))).all()
        return sorted((Listed(*row) for row in rows if is_sound(row, "posting", row.lineage)), key=lambda listed: listed.id)

    async def newest(self, *, scopes: Collection[str], limit: int, skip: int = 0, with_closed: bool = True) -> list[int]:
        """Return the ids of current postings, those added last first; as long as a page takes, however many there are."""
        own, wanted = select(posting.c.lineage).where(is_current), to_scopes(scopes)
        if not with_closed:
            closed = select(1).where(sighting.c.lineage == posting.c.lineage, sighting.c.openness == Openness.CLOSED)
            own = own.where(~closed.exists())
        asked: sa.Select[Any] | sa.CompoundSelect[Any] = own.where(posting.c.scope.in_(wanted))
        if 1 < len(wanted) <= _MOST_MERGED:
            # Of each scope alone they come from the index in their order, and the database merges them as far as the page.
            asked = sa.union_all(*(own.where(posting.c.scope == scope) for scope in wanted))
        asked = asked.order_by(literal_column("lineage").desc()).limit(limit).offset(skip)
        return [number for (number,) in await self._database.read(asked)]

    async def every(self, *, scopes: Collection[str]) -> AsyncIterator[KeptPosting]:
        """Yield all current postings whole, by id, a few hundred in memory at a time; what is removed meanwhile is left out."""
        async with self._database.reading(of_all=True) as connection:
            ids = sorted((await connection.execute(select(posting.c.lineage).where(is_current, seen(scopes)))).scalars())
        for chunk in in_chunks(ids):
            for kept in await self.get_many(chunk, scopes=scopes):
                yield kept

    async def history(self, number: int, *, scopes: Collection[str], among: Collection[int] | None = None) -> tuple[Revision, ...]:
        """Return the revisions of a posting, oldest first, also of a removed one: all, or those of these numbers."""
        async with self._database.reading() as connection:
            return await self._read_history(connection, number, scopes, among=among)

    async def list_removed(self, *, scopes: Collection[str]) -> list[Listed]:
        """Return removed postings, newest removal first, at most a thousand."""
        seen(scopes)
        newest = (posting.c.changed_at.desc(), posting.c.id.desc())
        asked = select(*LISTED, posting.c.changed_at).where(is_removed).order_by(*newest).limit(_MOST_LISTED)
        async with self._database.reading() as connection:
            found = [row for scope in sorted(set(scopes)) for row in await connection.execute(asked.where(posting.c.scope == scope))]
        rows = [row for row in found if is_sound(row, "posting", row.lineage)]
        rows.sort(key=lambda row: (row.changed_at, row.lineage), reverse=True)
        return [Listed(*row[: len(LISTED)]) for row in rows[:_MOST_LISTED]]

    async def list_actions(self, *, scopes: Collection[str], posting: int | None = None, limit: int = 100, skip: int = 0) -> list[Action]:
        """Return what was done in the scopes, or to one posting (also a removed one), newest first, at most a thousand."""
        first = min(max(skip, 0), _FARTHEST)
        last = first + min(max(limit, 0), MOST_ACTIONS)
        among = seen(scopes, action.c.scope)
        asked = select(action).order_by(action.c.version.desc(), action.c.position.desc()).limit(last)
        if posting is None:
            statements = [asked.where(action.c.scope == scope) for scope in sorted(set(scopes))]
        else:
            statements = [asked.where(action.c.lineage == number, among) for number in possible_ids([posting])]
        async with self._database.reading() as connection:
            rows = [row for statement in statements for row in await connection.execute(statement)]
        rows.sort(key=lambda row: (row.version, row.position), reverse=True)
        known = read_sound(action, rows, to=lambda row: (ActionKind(row["deed"]), row))
        return [_to_action(kind, row) for kind, row in islice(known, first, last)]

    async def hold_postings(self, *, scopes: Collection[str]) -> frozenset[str]:
        """Return which of the scopes have current postings."""
        held = scopes_with_postings()
        return frozenset(scope for (scope,) in await self._database.read(select(held.c.scope).where(seen(scopes, held.c.scope))))

    async def count(self, *, scopes: Collection[str]) -> int:
        """Return how many current postings there are."""
        ((count,),) = await self._database.read(select(func.count()).select_from(posting).where(is_current, seen(scopes)))
        return int(count)

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
            found = await self._database.read(_VERSION, {})
            if len(found) == 1 and isinstance(found[0].version, int):
                self._database.latest.remember(found[0].version)
            else:
                async with self._database.reading(alone=True) as connection:
                    self._database.latest.remember(await _read_version(connection))
        return self._database.latest.known or 0

    async def last_changes(self, *, since: int) -> dict[str, int]:
        """Return the version of the last change in each scope that has changed since a version, or has postings at all for -1."""
        last = func.max(posting.c.change)
        changed = select(posting.c.scope, last.label("version")).where(is_newest).group_by(posting.c.scope).having(last > since)
        return {row.scope: row.version for row in await self._database.read(changed)}

    async def changes_since(self, version: int, *, scopes: Collection[str]) -> AsyncGenerator[Changes, None]:
        """
        Yield which postings became current, changed or went after a version, and the version that this leads to, at least one page.

        All pages are of the same moment: applying them one after the other, those of a call from the version of the one before (the
        first from -1), always gives what `list_postings` gives at that version.
        """
        changed = _HEADED.where(posting.c.change > version, is_newest, seen(scopes))
        async with self._database.reading(of_all=True) as connection:
            leads_to = await _read_version(connection)
            yield Changes(leads_to, [], [])
            async with connection.stream(changed.execution_options(yield_per=CHANGE_PAGE)) as result:
                async for page in result.partitions():
                    changes = Changes(leads_to, [], [])
                    for row in page:
                        _take_in(changes, row)
                    yield changes
        self._database.latest.remember(leads_to)

    async def keep_called(self, words: Mapping[int, str]) -> None:
        """Keep what current postings are found by in the index of names, where that was worked out after they were kept."""
        number: sa.BindParameter[int] = sa.bindparam("number")
        own = select(posting.c.id).where(posting.c.lineage == number, is_current)
        written = sa.insert(called).from_select(["posting_id", "words"], own.add_columns(sa.bindparam("words", type_=sa.Text)))
        for chunk in in_chunks(words):
            async with self._database.writing() as turn:
                await turn.connection.execute(sa.delete(called).where(called.c.posting_id.in_(own)), [{"number": one} for one in chunk])
                await turn.connection.execute(written, [{"number": one, "words": words[one]} for one in chunk])

    async def _read_current(self, connection: AsyncConnection, ids: Collection[int], scopes: Collection[str]) -> dict[int, KeptPosting]:
        found: dict[int, KeptPosting] = {}
        for chunk in in_chunks(ids):
            asked = select(posting).where(posting.c.lineage.in_(chunk), is_current, seen(scopes))
            read = [to_kept(row, content, codec=self._codec) for row, content in await read_rows(connection, asked)]
            found.update((kept.id, kept) for kept in read if kept is not None)
        return found

    async def _read_history(
        self, connection: AsyncConnection, number: int, scopes: Collection[str], *, among: Collection[int] | None = None
    ) -> tuple[Revision, ...]:
        asked = select(posting).where(posting.c.lineage == number, seen(scopes)).order_by(posting.c.revision)
        if among is not None:
            asked = asked.where(posting.c.revision.in_(sorted(among)))
        found = []
        for row, content in await read_rows(connection, asked) if possible_ids([number]) else []:
            kept = to_kept(row, content, codec=self._codec)
            if row["state"] not in _STATES:
                leave_out("the posting table's", row["id"])
            elif kept is not None:
                found.append(Revision(RowState(row["state"]), row["changed_at"], kept))
        return tuple(found)


async def _file(database: Database) -> None:
    """File all postings as this Rolecall does, where an older one filed them."""
    async with database.reading() as connection:
        if await are_filed(connection):
            return
    async with database.writing() as turn:
        if not await are_filed(turn.connection):  # another process may have done so meanwhile
            await refile(turn.connection, database.codec)


_VERSION = select(ledger.c.version).where(ledger.c.id == 1)


async def _read_version(connection: AsyncConnection) -> int:
    version = (await connection.execute(_VERSION)).scalar_one_or_none()
    if isinstance(version, int):
        return version
    # Without the row that counts, what was changed last says how far it had come; this looks at all postings.
    leave_out("the ledger's", 1)
    return (await connection.execute(select(func.max(posting.c.change)))).scalar() or 0


def _take_in(changes: Changes, row: Any) -> None:
    *head, read_at, state = row
    if state == RowState.CURRENT:
        if _is_time(read_at):
            changes.current.append(Headed._make(head))
        else:
            leave_out("posting", row.lineage)
        return
    if state not in _STATES:
        leave_out("posting", row.lineage, "in the state", state)
    changes.gone.append(row.lineage)


def _is_time(stored: Any) -> bool:
    """Tell whether something is a point in time as it is stored, in a tenth of the time that it takes to read it."""
    try:
        return isinstance(stored, datetime) or datetime.fromisoformat(stored) is not None
    except (ValueError, TypeError):
        return False


def _to_action(kind: ActionKind, row: RowMapping) -> Action:
    own = {name: row[name] for name in ("scope", "at", "company", "title", "before", "after")}
    return Action(posting=row["lineage"], kind=kind, by=to_actor(row), **own)
