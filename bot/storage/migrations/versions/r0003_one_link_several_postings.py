"""Postings that another one under the same link took the place of come back as postings of their own."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby, pairwise
from typing import Any, NamedTuple

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TIME = sa.DateTime(timezone=True)
_POSTING = sa.table(
    "posting",
    *(sa.column(name) for name in ("id", "lineage", "revision", "state", "scope", "identity", "fingerprint", "change", "title", "link")),
    sa.column("changed_at", _TIME),
    sa.column("text"),
)
_CORRECTION = sa.table("correction", sa.column("posting_id"), sa.column("field"), sa.column("read_words"))
_KEY = sa.table("fact_key", sa.column("posting_id"), sa.column("scope"))
_ACTION = sa.table("action", *(sa.column(name) for name in ("version", "position", "lineage", "deed", "before", "after")))
_PROPOSAL = sa.table("proposal", *(sa.column(name) for name in ("id", "revises", "base")))
_LEDGER = sa.table("ledger", sa.column("id"), sa.column("version"), sa.column("last_id"))

_LEAST_SHARED = 0.5
"""Of the shorter text's words: where a title is missing, texts that share fewer are of two jobs."""

Places = dict[tuple[int, int], tuple[int, int]]
"""For each lineage and revision that is another now, which one."""


class _Row(NamedTuple):
    """One revision."""

    id: int
    lineage: int
    revision: int
    state: str
    scope: str
    identity: str
    fingerprint: str
    title: str | None
    link: str | None
    text: str


def upgrade() -> None:
    """
    Part the revisions of each posting where one title took the place of another under one link.

    The newest ones keep the posting's number; those before get numbers of their own, and their history goes with them. A database in which
    no title did so stays as it is.
    """
    connection = op.get_bind()
    version, last_id = connection.execute(sa.select(_LEDGER.c.version, _LEDGER.c.last_id)).one()
    parting = _Parting(connection, version=version + 1, last_id=last_id)
    revised = sa.select(_POSTING.c.lineage).where(_POSTING.c.revision > 1, _POSTING.c.link.is_not(None)).distinct()
    for lineage in sorted(connection.execute(revised).scalars()):
        parting.part(lineage)
    parting.finish()


class _Parting:
    """Parts lineages, one after the other."""

    def __init__(self, connection: sa.Connection, *, version: int, last_id: int) -> None:
        self._connection = connection
        self._version = version
        self._last_id = last_id
        self._places: Places = {}

    def part(self, lineage: int) -> None:
        """Part one lineage where postings took each other's place in it; words that are current elsewhere stay where they are."""
        rows = self._read(lineage)
        runs = _runs(rows, self._titles(rows))
        lost = [run for run in runs[:-1] if not self._is_there(run[-1], rows)]
        if not lost:
            return
        moved = {row.id for run in lost for row in run}
        for run in lost:
            self._last_id += 1
            self._number(run, self._last_id)
            self._bring_back(run[-1])
        self._number([row for row in rows if row.id not in moved], lineage)

    def finish(self) -> None:
        """Let the history, the open proposals and everybody who follows the changes know."""
        if not self._places:
            return
        self._connection.execute(sa.update(_LEDGER).values(version=self._version, last_id=self._last_id))
        lineages = {lineage for lineage, _ in self._places}
        for row in self._connection.execute(sa.select(_ACTION)).all():
            if row.lineage in lineages:
                self._move_action(row)
        for row in self._connection.execute(sa.select(_PROPOSAL).where(_PROPOSAL.c.base.is_not(None))).all():
            if place := self._places.get((row.revises, row.base)):
                moved = sa.update(_PROPOSAL).where(_PROPOSAL.c.id == row.id).values(revises=place[0], base=place[1])
                self._connection.execute(moved)

    def _read(self, lineage: int) -> list[_Row]:
        columns = [_POSTING.c[name] for name in _Row._fields]
        found = self._connection.execute(sa.select(*columns).where(_POSTING.c.lineage == lineage).order_by(_POSTING.c.revision))
        return [_Row(*row) for row in found]

    def _titles(self, rows: Iterable[_Row]) -> dict[int, str]:
        """Return the titles that revisions came with, as words; none for those that came without."""
        ids = [row.id for row in rows]
        put_right = sa.select(_CORRECTION.c.posting_id, _CORRECTION.c.read_words).where(
            _CORRECTION.c.posting_id.in_(ids), _CORRECTION.c.field == "head_title"
        )
        came = {row.id: row.title for row in rows} | {row.posting_id: row.read_words for row in self._connection.execute(put_right)}
        return {number: " ".join(title.casefold().split()) for number, title in came.items() if title and title.strip()}

    def _is_there(self, row: _Row, rows: Sequence[_Row]) -> bool:
        """Tell whether the words of a revision are a current posting's already, or come again in the same lineage."""
        if any(later.fingerprint == row.fingerprint for later in rows if later.revision > row.revision):
            return True
        same = sa.select(_POSTING.c.id).where(
            _POSTING.c.scope == row.scope, _POSTING.c.fingerprint == row.fingerprint, _POSTING.c.state == "current"
        )
        return self._connection.execute(same.limit(1)).first() is not None

    def _number(self, rows: Sequence[_Row], lineage: int) -> None:
        """Make revisions those of a lineage, counted from one."""
        for number, row in enumerate(rows, 1):
            self._places[row.lineage, row.revision] = (lineage, number)
            if (row.lineage, row.revision) != (lineage, number):
                self._change(row, lineage=lineage, revision=number)

    def _bring_back(self, row: _Row) -> None:
        self._change(row, state="current")
        self._connection.execute(sa.update(_KEY).where(_KEY.c.posting_id == row.id).values(scope=row.scope))

    def _change(self, row: _Row, **values: Any) -> None:
        changed = sa.update(_POSTING).where(_POSTING.c.id == row.id)
        self._connection.execute(changed.values(change=self._version, changed_at=datetime.now(UTC), **values))

    def _move_action(self, row: Any) -> None:
        """Let a deed be told of the posting whose revision it made or took away."""
        after, before = (self._places.get((row.lineage, number)) if number else None for number in (row.after, row.before))
        own = after or before
        if own is None:
            return
        from_own = before[1] if before and before[0] == own[0] else None
        is_first = row.deed == "updated" and before is not None and from_own is None
        self._connection.execute(
            sa.update(_ACTION)
            .where(_ACTION.c.version == row.version, _ACTION.c.position == row.position)
            .values(lineage=own[0], before=from_own, after=after[1] if after else None, deed="added" if is_first else row.deed)
        )


def _runs(rows: Sequence[_Row], titles: dict[int, str]) -> list[list[_Row]]:
    """Return the revisions parted where one is of another job than the one before."""
    marks = [0]
    for before, after in pairwise(rows):
        marks.append(marks[-1] + _took_the_place(before, after, titles))
    return [[row for row, _ in run] for _, run in groupby(zip(rows, marks, strict=True), key=lambda pair: pair[1])]


def _took_the_place(before: _Row, after: _Row, titles: dict[int, str]) -> bool:
    """Tell whether a revision is of another job than the one before, which it was joined to by the link alone."""
    if not before.link or before.identity != after.identity:
        return False
    title, other = titles.get(before.id), titles.get(after.id)
    if title is not None and other is not None:
        return title != other
    here, there = (set(row.text.casefold().split()) for row in (before, after))
    return title != other and len(here & there) < _LEAST_SHARED * min(len(here), len(there))
