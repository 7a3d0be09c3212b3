"""
What a host wants of a database: how much is in it, what is damaged in it, how long it takes, that nothing grows without end.

And that all of it is moved into another one.
"""

import hashlib
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping, Table, event, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.errors import StorageError
from bot.domain.posting import ActionKind, Evidence, FollowedBoard, Openness, ProposalState, ServerSettings
from bot.domain.query import Profile
from bot.storage import tables
from bot.storage.address import Address, check_there, plainly_told, read_address, sole
from bot.storage.boards import LOOKS_WITHOUT, JobSeen
from bot.storage.database import Part, for_writing, open_engine, opened
from bot.storage.migrations import HEAD, check_known, read_revision
from bot.storage.proposals import GAPS_LAST, LASTING, REPORTS_LAST, known_settings, read_content, to_gap, to_report
from bot.storage.records import RowState
from bot.storage.rows import CorrectionRow, read_as, to_corrections, to_head
from bot.storage.search import EVERY
from bot.storage.tables import (
    DAMAGED,
    bits,
    complaints,
    is_current,
    is_open,
    is_unsent,
    leave_out,
    ledger,
    metadata,
    read_sound,
    scopes_with_postings,
)
from bot.storage.watches import ENTRIES_LAST, EntryState, read_watch

ACTIONS_LAST = timedelta(days=730)
"""How long it is known who did what; postings and their revisions stay."""

CLOSED_JOBS_LAST = timedelta(days=180)
"""How long a board's closed posting is known by its id there; the posting stays, and is known by its words and link."""

_AGED = (
    (tables.proposal.c.made_at, LASTING),
    (tables.report.c.at, REPORTS_LAST),
    (tables.gap.c.last_at, GAPS_LAST),
    (tables.action.c.at, ACTIONS_LAST),
    (tables.outbox.c.made_at, ENTRIES_LAST),
    (tables.memo.c.until, timedelta(0)),
)
_COUNTED = {
    "postings": sa.select(sa.func.count()).select_from(tables.posting).where(is_current),
    "previews": sa.select(sa.func.count()).select_from(tables.proposal).where(is_open),
    "reports": sa.select(sa.func.count()).select_from(tables.report).where(~tables.report.c.is_closed),
    "gaps": sa.select(sa.func.count()).select_from(tables.gap),
    "unsent": sa.select(sa.func.count()).select_from(tables.outbox).where(is_unsent),
}
_LOOKED_WITHIN = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
_PAGE = 250
"""How many rows are read, or moved, at once; they are moved together or not at all."""

_STARTED = "rolecall_started"


class Upkeep(Part):
    """Looks at a database as a whole, whatever scopes there are; every method may raise StorageError."""

    async def does_answer(self) -> bool:
        """Return True, or raise StorageError."""
        return bool(await self._database.read(sa.select(1)))

    async def is_current(self) -> bool:
        """Tell whether the tables are this Rolecall's own."""
        async with self._database.reading() as connection:
            return await connection.run_sync(read_revision) == HEAD

    async def list_scopes(self) -> frozenset[str]:
        """Return all scopes that have current postings."""
        held = scopes_with_postings()
        return frozenset(scope for (scope,) in await self._database.read(sa.select(held.c.scope).where(held.c.scope.is_not(None))))

    async def measure(self) -> dict[str, int]:
        """Return how many current postings, open previews and reports, questions without an answer and things to be sent there are."""
        async with self._database.reading(of_all=True) as connection:
            return {name: (await connection.execute(asked)).scalar_one() for name, asked in _COUNTED.items()}

    async def measure_boards(self) -> dict[str, dict[str, int]]:
        """
        Return how boards are kept current, by what is counted: `boards` by state, `links` that are due, postings by verdict, boards by when
        they were last read, and those that cannot be read by their kind.
        """
        board, sighting = tables.board, tables.sighting
        now = self.now()
        is_due = board.c.next_at <= now
        counted = {
            "followed": sa.func.count(),
            "paused": _sum_of(board.c.is_paused),
            "due": _sum_of(is_due & ~board.c.is_paused),
            "never_read": _sum_of(board.c.looked_at.is_(None)),
            **{name: _sum_of(board.c.looked_at > now - span) for name, span in _LOOKED_WITHIN.items()},
        }
        failing = sa.select(board.c.kind, sa.func.count()).where(board.c.failures > 0).group_by(board.c.kind)
        due = sa.and_(sighting.c.next_at <= now, sighting.c.link.is_not(None))
        async with self._database.reading(of_all=True) as connection:
            boards = (await connection.execute(sa.select(*(value.label(name) for name, value in counted.items())))).mappings().one()
            links = (await connection.execute(sa.select(sa.func.count()).select_from(sighting).where(due))).scalar_one()
            verdicts = (await connection.execute(sa.select(sighting.c.openness, sa.func.count()).group_by(sighting.c.openness))).all()
            kinds = (await connection.execute(failing)).all()
        states = {name: boards[name] or 0 for name in counted}
        return {
            "boards": {name: states[name] for name in ("followed", "paused", "due")},
            "links": {"due": links},
            "openness": {each.value: 0 for each in Openness} | {name: count for name, count in verdicts if name in {*Openness}},
            "boards_read": {name: states[name] for name in (*_LOOKED_WITHIN, "never_read")},
            "boards_failing": dict(kinds),
        }

    def watch(self, observe: Callable[[float], None]) -> None:
        """Tell how many seconds each statement takes from now on."""

        def begin(connection: Connection, *_: object) -> None:
            connection.info[_STARTED] = time.monotonic()

        def end(connection: Connection, *_: object) -> None:
            observe(time.monotonic() - connection.info.pop(_STARTED, time.monotonic()))

        for engine in {one.sync_engine for one in self._database.engines}:
            event.listen(engine, "before_cursor_execute", begin)
            event.listen(engine, "after_cursor_execute", end)

    async def sweep(self) -> int:
        """
        Delete what is older than it may be: previews, reports, counted questions, what was sent, the history, and what boards list no
        more; return how much.
        """
        board_job, sighting = tables.board_job, tables.sighting
        async with self._database.writing() as turn:
            long_closed = sa.select(sighting.c.lineage).where(
                sighting.c.openness == Openness.CLOSED, sighting.c.at < turn.now - CLOSED_JOBS_LAST
            )
            is_known = board_job.c.lineage.is_not(None) & board_job.c.lineage.not_in(long_closed)
            swept = [await turn.connection.execute(sa.delete(at.table).where(at < turn.now - most)) for at, most in _AGED]
            swept.append(await turn.connection.execute(sa.delete(board_job).where(board_job.c.missed >= LOOKS_WITHOUT, ~is_known)))
        return sum(one.rowcount for one in swept)

    async def check(self) -> list[str]:
        """Return what is wrong in the database, a line each: what is damaged, cannot be read or does not fit together."""
        with complaints() as found:
            async with self._database.reading(of_all=True) as connection:
                if connection.dialect.name == "sqlite":
                    await _check_file(connection)
                await _check_postings(connection)
                for table, look in self._looks().items():
                    async with connection.stream(sa.select(table).execution_options(yield_per=_PAGE)) as result:
                        async for page in result.partitions():
                            list(read_sound(table, page, to=look))
        return [*dict.fromkeys(found)]

    def _looks(self) -> Mapping[sa.Table, Callable[[RowMapping], object]]:
        """Return what reads a row of each table, and raises for one that cannot be read."""
        return {
            tables.posting: lambda row: (RowState(row["state"]), to_head(row)),
            tables.fact: lambda row: self._codec.read_value(row["topic"], row["value"]) if self._codec.knows(row["topic"]) else None,
            tables.correction: lambda row: to_corrections([read_as(CorrectionRow, row)], self._codec, number=row["posting_id"]),
            tables.action: lambda row: ActionKind(row["deed"]),
            tables.proposal: lambda row: (ProposalState(row["state"]), read_content(row["content"], self._codec)),
            tables.report: to_report,
            tables.server: lambda row: ServerSettings.model_validate(known_settings(row["settings"])),
            tables.profile: lambda row: Profile.model_validate(row["content"]),
            tables.gap: to_gap,
            tables.board: lambda row: FollowedBoard(**row),
            tables.board_job: lambda row: JobSeen(row["key"], row["digest"], row["lineage"], int(row["missed"])),
            tables.sighting: lambda row: (Openness(row["openness"]), row["evidence"] and Evidence(row["evidence"]), int(row["missed"])),
            tables.word_band: lambda row: int(row["value"]),
            tables.same_job: lambda row: int(row["other"]),
            tables.feed_post: lambda row: (int(row["channel"]), int(row["message"])),
            tables.watch: read_watch,
            tables.outbox: lambda row: EntryState(row["state"]),
        }


def _sum_of(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))


async def _check_file(connection: AsyncConnection) -> None:
    """Let SQLite look through its own file."""
    for line in (await connection.exec_driver_sql("PRAGMA integrity_check(20)")).scalars():
        if line != "ok":
            leave_out("the file:", line)
    for lonely in (await connection.exec_driver_sql("PRAGMA foreign_key_check")).mappings():
        leave_out(f"the {lonely['table']} table's row", lonely["rowid"], f"belongs to no row of the {lonely['parent']} table")


async def _check_postings(connection: AsyncConnection) -> None:
    """Look whether what counts, files and follows the postings fits them."""
    posting, board_job, sighting, same_job = tables.posting, tables.board_job, tables.sighting, tables.same_job
    counted = (await connection.execute(sa.select(ledger.c.last_id).where(ledger.c.id == 1))).scalar_one_or_none()
    last = (await connection.execute(sa.select(sa.func.max(posting.c.id)))).scalar() or 0
    if not isinstance(counted, int) or counted < last:
        leave_out("the ledger's 1, which counts to", counted, "where there is the posting table's", last)
    is_last = sa.case((posting.c.state != RowState.SUPERSEDED.value, 1), else_=0)
    broken = sa.select(posting.c.lineage).group_by(posting.c.lineage).having(sa.func.sum(is_last) != 1)
    for number in (await connection.execute(broken)).scalars():
        leave_out("posting", number, "which has not one revision that is current or removed")
    here = sa.select(posting.c.lineage)
    for table, number in ((board_job, board_job.c.key), (sighting, sighting.c.lineage), (same_job, same_job.c.lineage)):
        lonely = sa.select(number).where(table.c.lineage.is_not(None), table.c.lineage.not_in(here))
        for name in (await connection.execute(lonely)).scalars():
            leave_out(f"the {table.name} table's", name, "which is of no posting")
    for scope, count in (await connection.execute(sa.select(posting.c.scope, sa.func.count()).where(is_current).group_by("scope"))).all():
        topic, key = EVERY
        filed = sa.select(bits.c.bits).where(bits.c.scope == scope, bits.c.topic == topic, bits.c.key == key)
        found = sum(int.from_bytes(one, "little").bit_count() for one in (await connection.execute(filed)).scalars())
        if found != count:
            leave_out("the search_bits table's", scope, f"which files {found} of {count} postings")


async def read_reached_step(address: Address) -> str:
    """Return the step that a database's tables have reached."""
    with plainly_told(address.place):
        async with open_engine(address) as engine, engine.connect() as connection:
            stamped = await connection.run_sync(read_revision)
    if stamped is None:
        raise StorageError(f"{address.place} was never used by Rolecall, so there is nothing to copy; check DATABASE_URL")
    check_known(stamped, place=address.place)
    return stamped


# Everything that one database keeps, moved into another: what a host does who goes from SQLite to PostgreSQL.

_origin = Table(
    "unfinished_move",
    sa.MetaData(),
    sa.Column("place", sa.Text, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("last_id", sa.BigInteger, nullable=False),
)
"""One row, in the database that is moved to, until all is there: which database is moved, and how far its ledger was."""

_TABLES = [table for table in metadata.sorted_tables if table is not ledger]
"""Whose rows are moved, those that others refer to first; the ledger comes last of all, by itself."""

_OF_A_VALUE = ("22", "23")
"""How PostgreSQL's SQLSTATE begins where it does not take what a row holds."""

_NEVER = -1
"""A version that no ledger has: what was moved is of no use."""

Told = Callable[[str, int], None]
"""Is told after each batch of which table how many rows are there."""


class _Origin(NamedTuple):
    place: str
    version: int
    last_id: int


async def move_database(url: str, to: str, *, on_batch: Told = lambda _table, _rows: None) -> dict[str, int]:
    """
    Copy all that a database keeps into an empty one, and return how many rows each table has.

    Whatever ends it, a later call goes on where it was, and begins anew where the first database has changed meanwhile. Nobody can write to
    that one as long as this lasts, nor to the other one before all of it is there and was compared. StorageError says in one line what is
    wrong.
    """
    source, target = read_address(url), read_address(to)
    check_there(url)
    if _identity(source) == _identity(target):
        raise StorageError(f"{target.place} is the database that is to be moved; name another one behind --to")
    async with AsyncExitStack() as stack:
        stack.enter_context(sole(url))
        await read_reached_step(source)
        stack.enter_context(sole(to))
        await _check_kind(target)
        old, new = [await stack.enter_async_context(opened(address)) for address in (source, target)]
        stack.enter_context(plainly_told(f"the database that is moved, or {target.place},"))
        live = await stack.enter_async_context(for_writing(old.writing).begin())
        await _begin(new.writing, await _hold(live, _identity(source)), place=target.place)
        for table in _TABLES:
            await _copy(live, new.writing, table=table, place=target.place, on_batch=on_batch)
        counts = {table.name: await _compare(live, new.writing, table) for table in _TABLES}
        await _finish(live, new.writing)
        return counts


def _identity(address: Address) -> str:
    """Return what a database is known by, whatever user comes to it."""
    if address.file:
        return str(Path(address.file).absolute().resolve())
    return " ".join((address.place, address.server_settings.get("search_path", ""))).strip()


# What the two databases must be.


async def _check_kind(target: Address) -> None:
    """Refuse a database with tables that are not Rolecall's, before any are made in it."""
    with plainly_told(target.place):
        async with open_engine(target) as engine, engine.connect() as connection:
            names = set(await connection.run_sync(lambda held: inspect(held).get_table_names()))
    if others := sorted(names - metadata.tables.keys() - {"alembic_version", _origin.name}):
        raise StorageError(f"{target.place} holds something else already (the table {others[0]}); name an empty database behind --to")


async def _hold(live: AsyncConnection, place: str) -> _Origin:
    """Keep everybody else from writing to the database that is moved, and return how far it is."""
    asked = sa.select(ledger.c.version, ledger.c.last_id).where(ledger.c.id == 1).with_for_update()
    found = (await live.execute(asked)).one_or_none()
    if found is None:
        raise StorageError("the database that is to be moved is damaged or was not moved to wholly itself; `check` says what is wrong")
    return _Origin(place, found.version, found.last_id)


async def _begin(engine: AsyncEngine, origin: _Origin, *, place: str) -> None:
    """Make the database ready to be moved to, or to go on with; StorageError where it holds something else."""
    async with for_writing(engine).begin() as connection:
        await connection.run_sync(_origin.create, checkfirst=True)
        found = (await connection.execute(sa.select(_origin))).one_or_none()
        if found is None:
            await _check_empty(connection, place)
        elif found.place != origin.place:
            raise StorageError(f"{place} holds an unfinished move of another database; end that one, or name an empty database behind --to")
        if found is None or tuple(found) != origin:
            # The ledger too: without it nobody takes the database for a whole one and writes to it.
            for table in (_origin, *reversed(metadata.sorted_tables)):
                await connection.execute(sa.delete(table))
            await connection.execute(sa.insert(_origin).values(**origin._asdict()))


async def _check_empty(connection: AsyncConnection, place: str) -> None:
    # What follows from the postings is made as soon as a bot looks at an empty database.
    for table in (one for one in _TABLES if one is not bits):
        if (await connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1))).first():
            raise StorageError(f"{place} holds something already (in the table {table.name}); name an empty database behind --to")


# Rows, by their primary key: those that are there already are the first ones in the order of the database that is moved.


async def _copy(live: AsyncConnection, engine: AsyncEngine, *, table: Table, place: str, on_batch: Told) -> None:
    async with engine.connect() as connection:
        there = (await connection.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()
    async for page in _in_order(live, table, skip=there):
        with _naming(table, place):
            async with for_writing(engine).begin() as connection:
                await connection.execute(sa.insert(table), page)
        there += len(page)
        on_batch(table.name, there)


async def _in_order(connection: AsyncConnection, table: Table, *, skip: int = 0) -> AsyncIterator[list[dict[str, Any]]]:
    keys = tuple(table.primary_key)
    async for page in pages_of(connection, sa.select(table).order_by(*keys).offset(skip)):
        for row in (row for row in page if DAMAGED in row.values()):
            number = " ".join(str(row[key.name]) for key in keys)
            raise StorageError(f"the {table.name} table's {number} is damaged and cannot be moved; `python -m bot check` names all that is")
        yield page


async def pages_of(connection: AsyncConnection, statement: sa.Select[Any]) -> AsyncIterator[list[dict[str, Any]]]:
    """Yield the rows of a statement, some hundred at a time."""
    async with connection.stream(statement.execution_options(yield_per=_PAGE)) as result:
        async for page in result.mappings().partitions():
            yield [dict(row) for row in page]


@contextmanager
def _naming(table: Table, place: str) -> Iterator[None]:
    """Tell of a value that a database does not take, by the table where it stands."""
    try:
        yield
    except (DBAPIError, ValueError, TypeError) as error:
        cause: Any = error.orig if isinstance(error, DBAPIError) else error
        state = getattr(cause, "sqlstate", None) or ""
        if not state.startswith(_OF_A_VALUE) and not isinstance(cause.__cause__ or cause, ValueError | TypeError):
            raise
        raise StorageError(
            f"the table {table.name} has a value that {place} does not take; `python -m bot check` names what is damaged"
        ) from error


# All of it is there, or it is said what is not.


async def _compare(live: AsyncConnection, engine: AsyncEngine, table: Table) -> int:
    """Return how many rows a table has, the same ones on both sides; else the next move begins anew."""
    wanted = await _measure(live, table)
    async with engine.connect() as connection:
        there = await _measure(connection, table)
    if there == wanted:
        return wanted[0]
    async with for_writing(engine).begin() as connection:
        await connection.execute(sa.update(_origin).values(version=_NEVER))
    told = f"{there[0]:,} of {wanted[0]:,} rows" if there[0] != wanted[0] else "other rows"
    raise StorageError(
        f"the table {table.name} has {told} where it is moved to, because somebody wrote meanwhile; end the bot, and move again"
    )


async def _measure(connection: AsyncConnection, table: Table) -> tuple[int, int]:
    """Return how many rows there are, and a figure of all that they hold, in whatever order they come."""
    count = figure = 0
    async for page in _in_order(connection, table):
        count += len(page)
        figure += sum(map(_digest, page))
    return count, figure


def _digest(row: Mapping[str, Any]) -> int:
    written = json.dumps(row, sort_keys=True, default=str)
    return int.from_bytes(hashlib.blake2b(written.encode("utf-8", "surrogatepass"), digest_size=16).digest())


async def _finish(live: AsyncConnection, engine: AsyncEngine) -> None:
    rows = [dict(row) for row in (await live.execute(sa.select(ledger))).mappings()]
    async with for_writing(engine).begin() as connection:
        await connection.execute(sa.insert(ledger), rows)
        await connection.run_sync(_origin.drop)
