"""What a host wants of a database: how much is in it, what is damaged in it, how long it takes, and that nothing grows without end."""

import time
from collections.abc import Callable, Mapping
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping, event
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.posting import ActionKind, Evidence, FollowedBoard, Openness, ProposalState, ServerSettings
from bot.domain.query import Profile
from bot.storage import tables
from bot.storage.boards import LOOKS_WITHOUT, JobSeen
from bot.storage.database import Part
from bot.storage.migrations import HEAD, read_revision
from bot.storage.proposals import GAPS_LAST, LASTING, REPORTS_LAST, known_settings, read_content, to_gap, to_report
from bot.storage.records import RowState
from bot.storage.rows import CorrectionRow, read_as, to_corrections, to_head
from bot.storage.search import EVERY
from bot.storage.tables import complaints, is_current, is_open, is_unsent, leave_out, read_sound, scopes_with_postings
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
    posting, bits, board_job, sighting, same_job = tables.posting, tables.bits, tables.board_job, tables.sighting, tables.same_job
    counted = (await connection.execute(sa.select(tables.ledger.c.last_id).where(tables.ledger.c.id == 1))).scalar_one_or_none()
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
