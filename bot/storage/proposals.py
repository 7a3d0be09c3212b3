"""
What is kept beside postings: previews, answers that were reported as wrong, and what nothing could answer; then servers' settings and
feeds, and what people told of themselves.
"""

import secrets
import string
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from types import EllipsisType
from typing import Any, NamedTuple

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.answer import CountedQuestion, State, UnansweredQuestion
from bot.domain.errors import QuotaReached
from bot.domain.person import EVERYONE, ROLECALL, Actor
from bot.domain.posting import Posting, Proposal, ProposalState, Report, ServerSettings
from bot.domain.query import Profile
from bot.storage import writing
from bot.storage.database import Part, Read, Turn
from bot.storage.records import FactCodec, Kept, Settled, Settlement
from bot.storage.rows import (
    CorrectionRow,
    FactRow,
    Found,
    beside_the_loop,
    to_actor,
    to_columns,
    to_head,
    to_posting,
    to_reading,
    to_readings,
    to_storable,
)
from bot.storage.tables import (
    DAMAGED,
    LARGEST_ID,
    feed_post,
    gap,
    in_chunks,
    is_feeding,
    is_named,
    is_open,
    leave_out,
    possible_ids,
    profile,
    proposal,
    read_sound,
    report,
    seen,
    server,
)

LASTING = timedelta(days=30)
"""How long a proposal is there, whatever became of it."""

_WAITING = timedelta(days=1)
"""How long an open one is sure to be there where a server has as many as it may have: nobody finds an older message of one again."""

_SIGNS = string.ascii_letters + string.digits
_LENGTH = 12
_LARGEST_REVISION = 2**31 - 1
_BEFORE = {ProposalState.KEPT: Settlement.KEPT_BEFORE, ProposalState.CANCELLED: Settlement.CANCELLED_BEFORE}


class Proposals(Part):
    """
    The previews of postings, each kept or cancelled once; every method may raise StorageError.

    A proposal of a scope that is not among `scopes` does not exist for a method, nor does what cannot be an id or is damaged.
    """

    async def put(self, posting: Posting, *, scope: str, by: Actor, revises: int | None = None, base: int | None = None) -> Proposal:
        """
        Store a preview under a new id, `revises` and `base` as in Proposal; those made too long ago are swept away.

        Raises QuotaReached where the scope's server may have no more that are open.
        """
        own = {"id": new_id(), "scope": scope, "state": ProposalState.OPEN.value, "content": await self._write_content(posting)}
        base_of = {"revises": _possible(revises, LARGEST_ID), "base": _possible(base, _LARGEST_REVISION)}
        async with self._database.writing(by) as turn:
            await turn.connection.execute(sa.delete(proposal).where(proposal.c.made_at < turn.now - LASTING))
            await self._make_room(turn, scope)
            written = sa.insert(proposal).values(**own, **base_of, **to_columns(by), made_at=turn.now).returning(proposal)
            return self._to_proposal((await turn.connection.execute(written)).mappings().one())

    async def _make_room(self, turn: Turn, scope: str) -> None:
        quotas = self._database.quotas
        if quotas is None or scope == EVERYONE:
            return
        there = sa.and_(is_open, proposal.c.scope == scope)
        counted = select(sa.func.count()).where(there)
        if (await turn.connection.execute(counted)).scalar_one() >= quotas.previews:
            await turn.connection.execute(sa.delete(proposal).where(there, proposal.c.made_at < turn.now - _WAITING))
        if (await turn.connection.execute(counted)).scalar_one() >= quotas.previews:
            told = f"{quotas.previews:,} open previews; keep or cancel some, or try again tomorrow, when the older ones are forgotten"
            raise QuotaReached(f"This server may have {told}")

    async def get(self, number: str, *, scopes: Collection[str]) -> Proposal | None:
        """Return a proposal, also one that was kept or cancelled."""
        return await self._find(self._database.read, number, scopes)

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
            values["revises"] = _possible(revises, LARGEST_ID)
        if not isinstance(base, EllipsisType):
            values["base"] = _possible(base, _LARGEST_REVISION)
        async with self._database.writing() as turn:
            found = await self._find(turn.read, number, scopes)
            return await self._change(turn, found, values) if found and found.state is ProposalState.OPEN else None

    async def keep(self, number: str, *, scopes: Collection[str], by: Actor) -> Settled | None:
        """
        Keep what is proposed and remember that it was kept, both or neither; None where there is no such proposal.

        Of two who do so at once one keeps it. Words that are current under another id already are `unchanged` there.
        """
        return await self._settle(number, scopes, by=by, keeps=True)

    async def cancel(self, number: str, *, scopes: Collection[str]) -> Settled | None:
        """Cancel an open proposal; None where there is no such proposal."""
        return await self._settle(number, scopes, by=ROLECALL, keeps=False)

    async def _settle(self, number: str, scopes: Collection[str], *, by: Actor, keeps: bool) -> Settled | None:
        async with self._database.writing(by, adds_to=scopes if keeps else ()) as turn:
            found = await self._find(turn.read, number, scopes)
            if found is None:
                return None
            if found.state is not ProposalState.OPEN:
                return Settled(_BEFORE[found.state], None, found)
            if not keeps:
                return Settled(Settlement.CANCELLED, None, await self._change(turn, found, {"state": ProposalState.CANCELLED.value}))
            kept = await self._keep(turn, found)
            if kept is None:
                return Settled(Settlement.CHANGED_MEANWHILE, None, found)
            changed = await self._change(turn, found, {"state": ProposalState.KEPT.value, "kept_as": kept.id})
            return Settled(Settlement.KEPT, kept, changed)

    async def _keep(self, turn: Turn, found: Proposal) -> Kept | None:
        (reading,) = await to_readings([found.posting], self._codec)
        if found.revises is None:
            return (await writing.keep(turn, [reading], scope=found.scope))[0]
        return await writing.revise(turn, writing.Target(found.revises, [found.scope], found.base), reading=reading)

    async def _change(self, turn: Turn, found: Proposal, values: dict[str, Any]) -> Proposal:
        changed = sa.update(proposal).where(proposal.c.id == found.id).values(**values).returning(proposal)
        return self._to_proposal((await turn.connection.execute(changed)).mappings().one())

    async def _find(self, read: Read, number: str, scopes: Collection[str]) -> Proposal | None:
        rows = await read(select(proposal).where(proposal.c.id == to_storable(number), seen(scopes, proposal.c.scope)))
        return next(read_sound(proposal, rows, to=self._to_proposal), None)

    def _to_proposal(self, row: Mapping[Any, Any]) -> Proposal:
        own = {name: row[name] for name in ("id", "scope", "made_at", "revises", "base", "kept_as")}
        content = read_content(row["content"], self._codec)
        return Proposal(by=to_actor(row), posting=content, state=ProposalState(row["state"]), **own)

    async def _write_content(self, posting: Posting) -> dict[str, Any]:
        return await beside_the_loop(lambda: write_content(posting, self._codec), [posting])


MOST_REPORTS = 200
"""Of one scope: for a newer one the oldest is dropped."""

REPORTS_LAST = timedelta(days=90)
_CLAIMED = ("scope", "posting", "topic", "country", "question", "said")
"""What makes two reports the same one, as long as it is open."""


class Reports(Part):
    """Answers that somebody holds to be wrong, bounded by age and in each scope; every method may raise StorageError."""

    async def put(self, claim: Report) -> bool:
        """Store a report under a new id, or count one that is there already; tell whether it is the scope's first that is open."""
        values = claim.model_dump(exclude={"id", "by", "at"}) | _to_actor_columns(claim.by)
        values["posting"] = _possible(claim.posting, LARGEST_ID)
        async with self._database.writing() as turn:
            await turn.connection.execute(sa.delete(report).where(report.c.at < turn.now - REPORTS_LAST))
            rows = await _read_newest(turn.read, [claim.scope])
            there = next((row for row in rows if _claim_of(row._mapping) == _claim_of(values)), None)  # noqa: SLF001 -- public
            if there is not None:
                counted = {"times": there.times + 1, "at": turn.now, "comment": claim.comment or there.comment}
                named = _to_actor_columns(claim.by) if claim.by else {}
                await turn.connection.execute(sa.update(report).where(report.c.id == there.id).values(**counted, **named))
                return False
            if dropped := [row.id for row in rows[MOST_REPORTS - 1 :]]:
                await turn.connection.execute(sa.delete(report).where(report.c.id.in_(dropped)))
            await turn.connection.execute(sa.insert(report).values(values | {"id": new_id(), "at": turn.now}))
            return all(row.is_closed for row in rows)

    async def list_reports(self, *, scopes: Collection[str], with_closed: bool = False) -> list[Report]:
        """Return the scopes' reports, the newest first: the open ones, or all."""
        rows = await _read_newest(self._database.read, scopes)
        since = self.now() - REPORTS_LAST
        return [one for one in read_sound(report, rows, to=to_report) if one.at >= since and (with_closed or not one.is_closed)]

    async def close(self, number: str, *, scopes: Collection[str]) -> bool:
        """Close a report; False where there is no open one."""
        is_meant = sa.and_(report.c.id == number, ~report.c.is_closed, seen(scopes, report.c.scope))
        return await self._database.write(sa.update(report).where(is_meant).values(is_closed=True)) == 1

    async def forget(self, person: str) -> None:
        """Take a person's name out of what they reported."""
        await self._database.write(sa.update(report).where(is_named, report.c.actor_id == person).values(_to_actor_columns(None)))


MOST_GAPS = 1_000
"""Of one scope: of more, those that were asked longest ago are dropped."""

GAPS_LAST = timedelta(days=90)
"""How long a question that nothing could answer is counted after it was asked last."""


class Gaps(Part):
    """What could not be answered, and how often; nothing tells who asked; every method may raise StorageError."""

    async def add(self, counts: Mapping[str, Mapping[UnansweredQuestion, int]]) -> None:
        """Add to the counts of scopes, all at once: each turn to write waits for the disk, and none is taken for nothing."""
        if not counts:
            return
        async with self._database.writing() as turn:
            total: Counter[tuple[str, str, str, str]] = Counter()
            for scope, questions in counts.items():
                for question, times in questions.items():
                    total[scope, question.topic, to_storable(question.company), question.reason.value] += times
            rows = [(*key, times, turn.now) for key, times in total.items()]
            for chunk in in_chunks(rows):
                added = _insert_for(turn.connection)(gap).values(chunk)
                more = {"times": gap.c.times + added.excluded.times, "last_at": added.excluded.last_at}
                await turn.connection.execute(added.on_conflict_do_update(index_elements=list(gap.primary_key), set_=more))
            for scopes in in_chunks(counts):
                crowded = select(gap.c.scope).where(gap.c.scope.in_(scopes)).group_by(gap.c.scope).having(sa.func.count() > MOST_GAPS)
                for scope in (await turn.connection.execute(crowded)).scalars().all():
                    newest = select(gap.c.last_at).where(gap.c.scope == scope).order_by(gap.c.last_at.desc())
                    oldest = (await turn.connection.execute(newest.offset(MOST_GAPS - 1).limit(1))).scalar()
                    await turn.connection.execute(sa.delete(gap).where(gap.c.scope == scope, gap.c.last_at < oldest))

    async def list_gaps(self, *, scopes: Collection[str]) -> list[CountedQuestion]:
        """Return what could not be answered, the most frequent first, at most a thousand."""
        asked = select(gap).where(seen(scopes, gap.c.scope)).order_by(gap.c.times.desc(), gap.c.last_at.desc()).limit(MOST_GAPS)
        return list(read_sound(gap, await self._database.read(asked), to=to_gap))


def _insert_for(connection: AsyncConnection) -> Callable[[sa.Table], Any]:
    """Return the insert that adds to what is there: each dialect has its own, and the other one takes a while to load."""
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert
    from sqlalchemy.dialects import postgresql

    return postgresql.insert


def to_gap(row: Mapping[Any, Any]) -> CountedQuestion:
    """Read a counted question; raises ValueError for a row that is none."""
    return CountedQuestion(UnansweredQuestion(row["topic"], row["company"], State(row["reason"])), row["times"], row["last_at"])


async def _read_newest(read: Read, scopes: Collection[str]) -> list[Row[Any]]:
    rows = await read(select(report).where(seen(scopes, report.c.scope)))
    return sorted((row for row in rows if row.at is not DAMAGED), key=lambda row: (row.at, row.id), reverse=True)


def _claim_of(row: Mapping[Any, Any]) -> tuple[object, ...]:
    return tuple(row[name] for name in (*_CLAIMED, "is_closed"))


def _to_actor_columns(by: Actor | None) -> dict[str, str | None]:
    return dict(to_columns(by)) if by else {"actor_id": None, "actor_name": None}


def to_report(row: Mapping[Any, Any]) -> Report:
    """Read a report; raises ValueError for a row that is none."""
    return Report(by=to_actor(row) if row["actor_id"] else None, **{name: row[name] for name in Report.model_fields if name != "by"})


def write_content(posting: Posting, codec: FactCodec) -> dict[str, Any]:
    """Return a posting with its facts and corrections as JSON."""
    reading = to_reading(posting, codec)
    return {
        **reading.posting.model_dump(exclude={"facts", "corrections"}),
        "facts": [row._asdict() for row in reading.facts],
        "corrections": [{**row._asdict(), "at": row.at.isoformat()} for row in reading.corrections],
    }


def read_content(content: Mapping[str, Any], codec: FactCodec) -> Posting:
    """Read what `write_content` wrote, without what this Rolecall does not know or cannot read."""
    facts = [FactRow(**row) for row in content["facts"]]
    corrections = [CorrectionRow(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in content["corrections"]]
    return to_posting(to_head(content), Found(facts, corrections), codec=codec)


def new_id() -> str:
    """Return an id that nobody guesses: 71 bits."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))


def _possible(number: int | None, most: int) -> int | None:
    """
    Return an id or a revision as it can be stored; 0, which no posting has, for one that cannot be.

    >>> _possible(2**70, 10), _possible(3, 10), _possible(None, 10)
    (0, 3, None)
    """
    return number if number is None or 0 < number <= most else 0


# What is kept of people and servers.


class Profiles(Part):
    """What people told of themselves, by who they are; every method may raise StorageError."""

    async def get(self, person: str) -> Profile | None:
        """Return what a person told; None where nothing is kept, or what this Rolecall cannot read."""
        found = await self._database.read(select(profile.c.content).where(profile.c.person == person))
        with suppress(ValidationError):
            return Profile.model_validate(found[0].content) if found else None
        leave_out("a profile that this version cannot read")
        return None

    async def put(self, person: str, told: Profile) -> None:
        """Keep what a person told, in the place of what they told before."""
        async with self._database.writing() as turn:
            await turn.connection.execute(sa.delete(profile).where(profile.c.person == person))
            values = {"person": person, "content": told.model_dump(mode="json"), "at": turn.now}
            await turn.connection.execute(sa.insert(profile).values(values))

    async def delete(self, person: str) -> None:
        """Keep nothing of a person any more."""
        await self._database.write(sa.delete(profile).where(profile.c.person == person))


def known_settings(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return what this Rolecall knows of a server's settings; a newer one may have set more."""
    return {name: value for name, value in stored.items() if name in ServerSettings.model_fields}


class Servers(Part):
    """The settings of each server; every method may raise StorageError."""

    async def get(self, scope: str) -> ServerSettings:
        """Return a server's settings, the defaults where nothing was set; what this Rolecall does not know or cannot read is not set."""
        stored = await self._read(self._database.read, scope) or {}
        read = ServerSettings()
        for name, value in known_settings(stored).items():
            with suppress(ValidationError):
                read = ServerSettings.model_validate({**read.model_dump(), name: value})
        return read

    async def put(self, scope: str, settings: ServerSettings) -> None:
        """Set a server's settings; what a newer Rolecall has set beside them stays, and other processes see the new version."""
        async with self._database.writing() as turn:
            turn.has_changed = True
            stored = await self._read(turn.read, scope)
            if settings.feed_channel != (stored or {}).get("feed_channel"):  # a feed has what is new from now on
                settings = settings.model_copy(update={"feed_since": turn.version})
            values = {"settings": {**(stored or {}), **settings.model_dump(mode="json")}, "feed": settings.feed_channel}
            if stored is None:
                await turn.connection.execute(sa.insert(server).values(scope=scope, **values))
            else:
                await turn.connection.execute(sa.update(server).where(server.c.scope == scope).values(values))

    async def _read(self, read: Read, scope: str) -> dict[str, Any] | None:
        """Return what is stored, nothing where that is damaged; None where nothing was stored."""
        rows = await read(select(server.c.settings).where(server.c.scope == scope))
        found: dict[str, Any] | None = rows[0].settings if rows else None
        if found is None or isinstance(found, dict):
            return found
        leave_out("the server table's", scope)
        return {}


class FeedPost(NamedTuple):
    """A posting as it stands in a server's feed: the columns of its table behind the scope."""

    posting: int
    channel: int
    thread: int | None
    """In a forum, its thread."""

    message: int
    is_closed: bool


class Feeds(Part):
    """What servers' feeds have posted; every method may raise StorageError."""

    async def list_feeds(self) -> dict[str, ServerSettings]:
        """Return the settings of the servers that have a feed, by their scopes."""
        found: dict[str, ServerSettings] = {}
        for scope, stored in await self._database.read(select(server.c.scope, server.c.settings).where(is_feeding)):
            with suppress(ValidationError, AttributeError):
                found[scope] = ServerSettings.model_validate(known_settings(stored))
        return found

    async def note(self, scope: str, post: FeedPost) -> None:
        """Write down where a posting stands in a server's feed, in the place of what was there."""
        own = (feed_post.c.scope == scope) & (feed_post.c.lineage == post.posting)
        async with self._database.writing() as turn:
            await turn.connection.execute(sa.delete(feed_post).where(own))
            await turn.connection.execute(sa.insert(feed_post).values((scope, *post)))

    async def get(self, scope: str, posting: int) -> FeedPost | None:
        """Return where a posting stands in a server's feed; None where it does not."""
        return await self._find(scope, feed_post.c.lineage.in_(possible_ids([posting])))

    async def find_thread(self, scope: str, thread: int) -> FeedPost | None:
        """Return what a server's thread is about; None for a thread that is none of its feed's."""
        return await self._find(scope, feed_post.c.thread.in_(possible_ids([thread])))

    async def _find(self, scope: str, which: sa.ColumnElement[bool]) -> FeedPost | None:
        rows = await self._database.read(select(feed_post).where(feed_post.c.scope == scope, which))
        return FeedPost(*rows[0][1:]) if rows else None
