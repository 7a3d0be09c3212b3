"""The boards that are followed, and whether postings are still open: what is due, what a look came to, and what is known."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import QuotaReached, RolecallError
from bot.domain.person import EVERYONE, ROLECALL, Actor
from bot.domain.posting import ActionKind, Evidence, FollowedBoard, Openness, OtherPosting, Sighting
from bot.storage.database import Part, Read, Turn, find_among
from bot.storage.rows import link_identities, to_storable
from bot.storage.same_jobs import note_reposts, read_same_jobs
from bot.storage.search import SEEN, refiled
from bot.storage.tables import (
    board,
    board_job,
    correction,
    fact,
    in_chunks,
    is_current,
    is_sound,
    possible_ids,
    posting,
    read_sound,
    same_job,
    seen,
    sighting,
    to_scopes,
)
from bot.storage.writing import to_action_row

LEASE = timedelta(minutes=15)
"""How long others leave alone what somebody is looking at: whoever was killed meanwhile has told nothing, and it is due again."""

FIRST_INTERVAL = 4 * 3600
"""Seconds from the first look at a board to the second."""

LOOKS_WITHOUT = 2
"""After so many whole looks without it a posting is closed: what one look misses is there again at the next one."""

_LONGEST_TOLD = 300
_MOST_CLOSED = 200


class JobSeen(NamedTuple):
    """One job that stood on a board."""

    key: str
    """Its id there."""

    digest: str
    """What it said, in short."""

    posting: int | None = None
    """The posting that it is kept as; None where it is none that is wanted."""

    missed: int = 0
    """How many whole looks in a row have passed without it."""


class Look(NamedTuple):
    """What one look at a board came to."""

    jobs: tuple[JobSeen, ...] = ()
    is_whole: bool = False
    """The whole board was read, so that what is not among the jobs is not on it."""

    lists_newest: bool = False
    """What is not among the jobs may be open all the same: nothing follows from that but that it was not seen."""

    is_same: bool = False
    """It says what it said at the last look; `jobs` is empty then."""

    interval: int = FIRST_INTERVAL
    next_at: datetime | None = None
    """Where it is not the interval that tells when it is looked at next."""

    etag: str | None = None
    last_modified: str | None = None
    mark: str | None = None
    told: str = ""


class DueLink(NamedTuple):
    """A posting whose own address is to be looked at."""

    posting: int
    scope: str
    link: str
    first_at: datetime
    missed: int


class Unlisted(NamedTuple):
    """A revision of a posting of which nothing is known yet."""

    row_id: int
    posting: int
    scope: str
    source: str
    link: str | None
    quotes: tuple[str, ...]
    """Its own words on applying, which may state a closing day."""


class Enrolled(NamedTuple):
    """The same, with what follows from its words."""

    of: Unlisted
    closes_at: datetime | None
    next_at: datetime | None


class Seen(NamedTuple):
    """What is found out of one posting."""

    posting: int
    openness: Openness
    by: Evidence


class Boards(Part):
    """The boards of each scope; every method may raise StorageError. What is due is handed out without scopes: it is looked at for all."""

    async def add(self, wanted: FollowedBoard) -> FollowedBoard:
        """Follow a board, under a new id; raises QuotaReached, and RolecallError where the scope follows it already."""
        async with self._database.writing() as turn:
            here = board.c.scope == wanted.scope
            counted = (await turn.connection.execute(select(sa.func.count()).where(here))).scalar_one()
            there = (await turn.connection.execute(select(board.c.id).where(here, board.c.url == wanted.url))).scalar()
            if there is not None:
                raise RolecallError(f"This board is followed already, as number {there}")
            quotas = self._database.quotas
            if quotas and wanted.scope != EVERYONE and counted >= quotas.boards:
                told = f"{quotas.boards:,} boards, and does; remove one, or ask the bot's host for a higher BOARDS_PER_SERVER"
                raise QuotaReached(f"This server may follow {told}")
            last = (await turn.connection.execute(select(sa.func.max(board.c.id)))).scalar() or 0
            made = wanted.model_copy(update={"id": last + 1, "next_at": turn.now})
            await turn.connection.execute(sa.insert(board).values(made.model_dump()))
        return made

    async def list_boards(self, *, scopes: Collection[str]) -> list[FollowedBoard]:
        """Return the boards that are followed, by id."""
        return await _read_boards(self._database.read, seen(scopes, board.c.scope))

    async def get(self, number: int, *, scopes: Collection[str]) -> FollowedBoard | None:
        """Return one board."""
        found = await _read_boards(self._database.read, _chosen(number, scopes))
        return found[0] if found else None

    async def pause(self, number: int, *, scopes: Collection[str], is_paused: bool) -> FollowedBoard | None:
        """Look at a board no more for now, or again from now on; None where there is no such board."""
        values = {"is_paused": is_paused, "next_at": self.now()}
        async with self._database.writing() as turn:
            await turn.connection.execute(sa.update(board).where(_chosen(number, scopes)).values(values))
            found = await _read_boards(turn.read, _chosen(number, scopes))
            await _let_go(turn, [one.id for one in found] if is_paused else [])
        return found[0] if found else None

    async def remove(self, number: int, *, scopes: Collection[str]) -> bool:
        """Follow a board no more; its postings stay, and are looked at by their own links. False where there is no such board."""
        async with self._database.writing() as turn:
            found = await _read_boards(turn.read, _chosen(number, scopes))
            await _let_go(turn, [one.id for one in found])
            await turn.connection.execute(sa.delete(board).where(_chosen(number, scopes)))
        return bool(found)

    async def take_due(self, most: int) -> list[FollowedBoard]:
        """Take boards that are due, so that nobody else looks at them meanwhile; of two processes each takes others."""
        due = sa.and_(board.c.next_at <= self.now(), ~board.c.is_paused)
        return await self._take(due, most) if await self._database.holds(due) else []

    async def take(self, number: int, *, scopes: Collection[str]) -> FollowedBoard | None:
        """Take one board, due or not; None where there is none that is not paused."""
        found = await self._take(_chosen(number, scopes) & ~board.c.is_paused, 1)
        return found[0] if found else None

    async def _take(self, which: sa.ColumnElement[bool], most: int) -> list[FollowedBoard]:
        async with self._database.writing() as turn:
            asked = select(board.c.id).where(which).order_by(board.c.next_at).limit(most).with_for_update(skip_locked=True)
            ids = list((await turn.connection.execute(asked)).scalars())
            if not ids:
                return []
            await turn.connection.execute(sa.update(board).where(board.c.id.in_(ids)).values(next_at=turn.now + LEASE))
            return await _read_boards(turn.read, board.c.id.in_(ids))

    async def read_jobs(self, number: int) -> dict[str, JobSeen]:
        """Return what stood on a board at the last looks, by its id there."""
        return {row.key: JobSeen(*row) for row in await self._database.read(_JOBS, {"number": number})}

    async def finish(self, number: int, look: Look, *, by: Actor = ROLECALL) -> None:
        """Write down what a look came to, all at once; nothing where the board is followed no more."""
        async with self._database.writing(by) as turn:
            if not await _read_boards(turn.read, board.c.id == number):
                return
            there, lost, missing = await _compare_jobs(turn, number, look)
            seen_open = await _without_past(turn, there)
            found = [Seen(one, Openness.OPEN, Evidence.BOARD) for one in seen_open]
            found += [Seen(one, Openness.CLOSED, Evidence.BOARD) for one in lost]
            found += [Seen(one, Openness.UNKNOWN, Evidence.BOARD) for one in missing]
            keeps_closed = frozenset(missing if look.is_whole else (*missing, *seen_open))
            await _note(turn, found, keeps_closed=keeps_closed, is_followed=look.is_whole)
            values = {
                "next_at": look.next_at or turn.now + timedelta(seconds=look.interval),
                **{name: getattr(look, name) for name in ("interval", "etag", "last_modified", "mark")},
                "told": to_storable(look.told)[:_LONGEST_TOLD],
                "looked_at": turn.now,
                "failures": 0,
            }
            await turn.connection.execute(sa.update(board).where(board.c.id == number).values(values))

    async def postpone(self, number: int, told: str, *, until: datetime, is_failure: bool = True) -> None:
        """Write down that a board could not be read: of its postings it is not known whether they are open still."""
        async with self._database.writing() as turn:
            values = {"next_at": until, "told": to_storable(told)[:_LONGEST_TOLD], "failures": board.c.failures + int(is_failure)}
            await turn.connection.execute(sa.update(board).where(board.c.id == number).values(values))
            on_it = select(board_job.c.lineage).where(board_job.c.board_id == number, board_job.c.lineage.is_not(None))
            if is_failure:
                doubted = sa.and_(sighting.c.lineage.in_(on_it), sighting.c.openness == Openness.OPEN)
                values = {"openness": Openness.UNKNOWN.value, "evidence": Evidence.BOARD.value, "at": turn.now}
                await turn.connection.execute(sa.update(sighting).where(doubted).values(values))

    # Postings by themselves.

    async def read_unlisted(self, after: int, most: int) -> list[Unlisted]:
        """Return revisions behind a row id of which nothing is known yet, by their row ids."""
        known = select(sa.literal(1)).where(sighting.c.lineage == posting.c.lineage, sighting.c.row_id == posting.c.id)
        own = (posting.c.id, posting.c.lineage, posting.c.scope, posting.c.source, posting.c.link)
        asked = select(*own).where(posting.c.id > after, is_current, ~known.exists()).order_by(posting.c.id).limit(most)
        async with self._database.reading(of_all=True) as connection:
            rows = (await connection.execute(asked)).all()
            of_rows = sa.and_(fact.c.posting_id.in_([row.id for row in rows]), fact.c.topic == "apply")
            told = (await connection.execute(select(fact.c.posting_id, fact.c.quote).where(of_rows))).all() if rows else []
        return [Unlisted(*row, tuple(one.quote for one in told if one.posting_id == row.id)) for row in rows]

    async def enrol(self, enrolled: Sequence[Enrolled]) -> None:
        """Begin to know of postings; of one that is known the link and the closing day become those of its newest revision."""
        async with self._database.writing() as turn:
            for one in enrolled:
                values = {"row_id": one.of.row_id, "link": one.of.link, "closes_at": one.closes_at}
                own = sighting.c.lineage == one.of.posting
                known = (await turn.connection.execute(select(sighting.c.link, sighting.c.next_at).where(own))).first()
                if known is None:
                    await _insert(turn, one.of.posting, scope=one.of.scope, values=values | {"next_at": one.next_at})
                    continue
                has_moved = known.link != one.of.link and known.next_at is not None
                values |= {"next_at": turn.now} if has_moved else {}
                await turn.connection.execute(sa.update(sighting).where(own).values(values))

    async def take_due_links(self, most: int) -> list[DueLink]:
        """Take postings whose own address is due, so that nobody else looks at it meanwhile."""
        due = sa.and_(sighting.c.next_at <= self.now(), sighting.c.link.is_not(None))
        if not await self._database.holds(due):
            return []
        async with self._database.writing() as turn:
            own = [sighting.c[name] for name in ("lineage", "scope", "link", "first_at", "missed")]
            asked = select(*own).where(due).order_by(sighting.c.next_at).limit(most).with_for_update(skip_locked=True)
            rows = (await turn.connection.execute(asked)).all()
            if ids := [row.lineage for row in rows]:
                await turn.connection.execute(sa.update(sighting).where(sighting.c.lineage.in_(ids)).values(next_at=turn.now + LEASE))
        return [DueLink(*row) for row in rows if is_sound(row, "sighting", row.lineage)]

    async def settle(self, found: Seen, *, next_at: datetime | None, missed: int = 0) -> Seen:
        """
        Write down what a look at one posting's address came to, and return it.

        An address that another current posting of the scope names too is nobody's own, and closes none.
        """
        async with self._database.writing() as turn:
            if found.openness is Openness.CLOSED and await _has_shared_link(turn.connection, found.posting):
                found = Seen(found.posting, Openness.UNKNOWN, Evidence.PAGE)
            is_unknown = found.openness is Openness.UNKNOWN
            openness = await _without_past(turn, [found.posting]) if found.openness is Openness.OPEN else [found.posting]
            if openness:
                await _note(turn, [found], keeps_closed=frozenset(openness if is_unknown else ()))
            own = sighting.c.lineage == found.posting
            await turn.connection.execute(sa.update(sighting).where(own).values(next_at=next_at, missed=missed))
        return found

    async def put_off(self, number: int, *, until: datetime) -> None:
        """Look at a posting's address later; nothing is found out."""
        await self._database.write(sa.update(sighting).where(sighting.c.lineage == number).values(next_at=until))

    async def close_past(self) -> int:
        """Close postings whose stated closing day is past, and return how many there were."""
        past = sa.and_(sighting.c.closes_at <= self.now(), sighting.c.openness != Openness.CLOSED)
        if not await self._database.holds(past):
            return 0
        async with self._database.writing() as turn:
            ids = list((await turn.connection.execute(select(sighting.c.lineage).where(past).limit(_MOST_CLOSED))).scalars())
            await _note(turn, [Seen(one, Openness.CLOSED, Evidence.DATE) for one in ids])
        return len(ids)

    async def sightings(self, ids: Collection[int], *, scopes: Collection[str]) -> dict[int, Sighting]:
        """Return what is known of postings, and of others of the same jobs; one of which nothing is known is left out."""
        chunks = [{"ids": chunk, "scopes": to_scopes(scopes)} for chunk in in_chunks(possible_ids(ids))]
        rows = [row._mapping for chunk in chunks for row in await self._database.read(_SIGHTINGS, chunk)]  # noqa: SLF001 -- public
        same: dict[int, tuple[list[OtherPosting], datetime | None]] = {}
        if elsewhere := [row["lineage"] for row in rows if row["is_elsewhere"]]:  # few are: the others wait for one statement alone
            async with self._database.reading() as connection:
                same = await read_same_jobs(connection, elsewhere, scopes=scopes)
        known = ((row, *same.get(row["lineage"], ((), None))) for row in rows if _is_known(row))
        return {row["lineage"]: to_sighting(row, others, earlier_at=earlier_at) for row, others, earlier_at in known}


_SIGHTINGS = select(
    sighting.c.lineage,
    *(sighting.c[name].label(label) for name, label in SEEN.items()),
    select(sa.literal(1)).where(same_job.c.lineage == sighting.c.lineage).exists().label("is_elsewhere"),
).where(sighting.c.lineage.in_(sa.bindparam("ids", expanding=True)), sighting.c.scope.in_(sa.bindparam("scopes", expanding=True)))


def _is_known(row: RowMapping) -> bool:
    return row["openness"] in _OPENNESS and is_sound([row[label] for label in SEEN.values()], "sighting", row["lineage"])


def to_sighting(row: RowMapping, others: Sequence[OtherPosting] = (), *, earlier_at: datetime | None = None) -> Sighting:
    """Read what is known of whether a posting is open; nothing is known by a row that there is not, or that is damaged."""
    if not _is_known(row):
        return Sighting()
    by = Evidence(row["evidence"]) if row["evidence"] in _EVIDENCE else None
    seen_so = {"openness": Openness(row["openness"]), "by": by, "at": row["found_at"], "seen_at": row["seen_at"]}
    return Sighting(**seen_so, also_at=tuple(others), earlier_at=earlier_at)


_OPENNESS, _EVIDENCE = frozenset(Openness), frozenset(Evidence)
_JOB = (board_job.c.key, board_job.c.digest, board_job.c.lineage, board_job.c.missed)
_JOBS = select(*_JOB).where(board_job.c.board_id == sa.bindparam("number"))


async def _read_boards(read: Read, condition: sa.ColumnElement[bool]) -> list[FollowedBoard]:
    rows = await read(select(board).where(condition))
    return sorted(read_sound(board, rows, to=lambda row: FollowedBoard(**row)), key=lambda one: one.id)


def _chosen(number: int, scopes: Collection[str]) -> sa.ColumnElement[bool]:
    return board.c.id.in_(possible_ids([number])) & seen(scopes, board.c.scope)


async def _compare_jobs(turn: Turn, number: int, look: Look) -> tuple[list[int], list[int], list[int]]:
    """Bring what stands on a board up to date; return the postings that are on it, that are closed by now, and that are missing."""
    known = {row.key: JobSeen(*row) for row in (await turn.connection.execute(_JOBS, {"number": number})).all()}
    now = {job.key: job for job in (known.values() if look.is_same else look.jobs) if not job.missed}
    changed = [job for key, job in now.items() if known.get(key) != job]
    # What is closed stays known, so that it need not be read again where it comes back.
    left_out = [job for key, job in known.items() if key not in now and job.missed < LOOKS_WITHOUT]
    away = [job._replace(missed=job.missed + 1) for job in left_out] if look.is_whole else []
    unseen = [job._replace(missed=1) for job in left_out if not job.missed] if look.lists_newest else []
    gone = [job for job in away if job.missed >= LOOKS_WITHOUT]
    for chunk in in_chunks([*changed, *away, *unseen]):
        of_these = board_job.c.key.in_([job.key for job in chunk])
        await turn.connection.execute(sa.delete(board_job).where(board_job.c.board_id == number, of_these))
        rows = [{"board_id": number, "key": job.key, "digest": job.digest, "lineage": job.posting, "missed": job.missed} for job in chunk]
        await turn.connection.execute(sa.insert(board_job), rows)
    there, missing, lost = ({job.posting for job in jobs if job.posting is not None} for jobs in (now.values(), away, gone))
    stand = (board.c.id == board_job.c.board_id, board_job.c.missed == 0, ~board.c.is_paused)
    missing -= there | await find_among(turn.connection, board_job.c.lineage, *stand, values=missing)
    return sorted(there), sorted(lost & missing), sorted(missing - lost)


async def _let_go(turn: Turn, numbers: Sequence[int]) -> None:
    """Have the postings of boards that nobody looks at any more looked at by their own links."""
    of_boards = select(board_job.c.lineage).where(board_job.c.board_id.in_(numbers), board_job.c.lineage.is_not(None))
    if numbers:
        own = sa.and_(sighting.c.lineage.in_(of_boards), sighting.c.link.is_not(None))
        await turn.connection.execute(sa.update(sighting).where(own).values(next_at=turn.now))


async def _without_past(turn: Turn, lineages: Sequence[int]) -> list[int]:
    """Return the postings without those whose stated closing day is past: they are closed, wherever they still stand."""
    past = await find_among(turn.connection, sighting.c.lineage, sighting.c.closes_at <= turn.now, values=lineages)
    return [one for one in lineages if one not in past]


async def _has_shared_link(connection: AsyncConnection, lineage: int) -> bool:
    """Tell whether other current postings of its scope name the address that a posting is looked at by, however it is spelt."""
    known = (await connection.execute(select(sighting.c.scope, sighting.c.link).where(sighting.c.lineage == lineage))).first()
    if known is None or known.link is None:
        return False
    own = link_identities(known.link)
    put_right = select(correction.c.posting_id).where(correction.c.identity.in_(own))
    for named in (posting.c.identity.in_(own), posting.c.id.in_(put_right)):
        asked = select(posting.c.id).where(posting.c.scope == known.scope, is_current, posting.c.lineage != lineage, named)
        if (await connection.execute(asked.limit(1))).first() is not None:
            return True
    return False


async def _note(turn: Turn, found: Sequence[Seen], *, keeps_closed: frozenset[int] = frozenset(), is_followed: bool | None = None) -> None:
    """
    Write down what was found of postings, with what it does to searches and to their history.

    One of `keeps_closed` that is closed stays so: what was found says too little to open it again. Those that are open on a board need
    not be looked at by their links where it `is_followed` as a whole, and must be where it is not.
    """
    for chunk in in_chunks(found):
        by_lineage = {one.posting: one for one in chunk}
        own = [posting.c[name] for name in ("id", "lineage", "scope", "revision", "company", "title", "link")]
        current = select(*own).where(posting.c.lineage.in_(list(by_lineage)), is_current)
        rows = {row.lineage: row for row in await turn.connection.execute(current)}
        known = select(sighting.c.lineage, sighting.c.openness).where(sighting.c.lineage.in_(list(by_lineage)))
        before = {row.lineage: row.openness for row in await turn.connection.execute(known)}
        noted = [one for one in chunk if not (before.get(one.posting) == Openness.CLOSED and one.posting in keeps_closed)]
        turned = {
            one.posting: rows[one.posting]
            for one in noted
            if one.posting in rows and (before.get(one.posting) == Openness.CLOSED) != (one.openness is Openness.CLOSED)
        }
        async with refiled(turn.connection, [row.id for row in turned.values()]):
            for openness, by in dict.fromkeys((one.openness, one.by) for one in noted):
                alike = [one.posting for one in noted if (one.openness, one.by) == (openness, by)]
                values: dict[str, Any] = {"openness": openness.value, "evidence": by.value, "at": turn.now}
                values |= {"seen_at": turn.now, "missed": 0} if openness is Openness.OPEN else {}
                values |= {"next_at": None} if is_followed and openness is Openness.OPEN else {}
                await turn.connection.execute(sa.update(sighting).where(sighting.c.lineage.in_(alike)).values(values))
                for row in (rows[lineage] for lineage in alike if lineage in rows and lineage not in before):
                    due = {"next_at": turn.now if is_followed is False else None}
                    await _insert(turn, row.lineage, scope=row.scope, values={"row_id": 0, "link": row.link, **due, **values})
        for lineage, row in turned.items():
            turn.has_changed = True
            kind = ActionKind.CLOSED if by_lineage[lineage].openness is Openness.CLOSED else ActionKind.REOPENED
            turn.actions.append(to_action_row(kind, row, before=row.revision, after=row.revision))
        await note_reposts(turn, [one for one in turned if by_lineage[one].openness is Openness.CLOSED])


async def _insert(turn: Turn, lineage: int, *, scope: str, values: Mapping[str, Any]) -> None:
    blank = {"openness": Openness.UNCHECKED.value, "first_at": turn.now, "missed": 0}
    await turn.connection.execute(sa.insert(sighting).values({"lineage": lineage, "scope": scope, **blank, **values}))
