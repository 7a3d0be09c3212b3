"""The few ways in which rows change, each by who has the turn to write."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.administration import Action, Deed
from bot.domain.errors import StorageError
from bot.domain.person import Actor
from bot.domain.posting import HeadField
from bot.storage.damage import is_sound, leave_out
from bot.storage.reading import in_chunks, possible_ids, seen, select_actions, select_actions_on, select_removed, select_topics, select_turn
from bot.storage.records import Knows, Listed, RowState
from bot.storage.rows import CorrectionRow, Draft, to_actor, to_columns
from bot.storage.tables import action, correction, fact, fact_key, ledger, posting

# What was done to a posting, as it is written down and told.

LONGEST_NAME = 200
"""Characters of a company or title in the history; the posting itself has it whole."""


class Note(NamedTuple):
    """A deed that is to be written down."""

    deed: Deed
    lineage: int
    scope: str
    company: str | None
    title: str | None
    before: int | None = None
    after: int | None = None


def note_of(deed: Deed, row: Draft, *, before: int | None = None, after: int | None = None) -> Note:
    """Return the note of a deed that led to a revision, or of the removal of one."""
    posting = row.reading.posting
    return Note(deed, row.lineage, row.scope, posting.company, posting.title, before, after)


def to_action_row(note: Note, by: Actor) -> dict[str, Any]:
    """Return what is stored of a deed, without when it was and in which place."""
    shown = {"company": _cut(note.company), "title": _cut(note.title)}
    return {**note._asdict(), "deed": note.deed.value, **shown, **to_columns(by)}


def to_action(row: RowMapping) -> Action:
    """Read a row of the action table."""
    return Action(
        posting=row["lineage"],
        scope=row["scope"],
        deed=Deed(row["deed"]),
        by=to_actor(row),
        at=row["at"],
        company=row["company"],
        title=row["title"],
        before=row["before"],
        after=row["after"],
    )


def _cut(name: str | None) -> str | None:
    return name if name is None or len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


@dataclass(slots=True)
class Turn:
    """The turn to write, which nobody else has meanwhile."""

    connection: AsyncConnection
    now: datetime
    version: int
    """What the database's version becomes if anything changes."""

    last_id: int
    """The newest row id."""

    by: Actor
    """Who writes."""

    notes: list[Note] = field(default_factory=list)
    """What was done to postings, in order."""

    has_changed: bool = False


async def take_turn(connection: AsyncConnection, *, now: datetime, by: Actor) -> Turn:
    """Wait until nobody else writes."""
    found = (await connection.execute(select_turn())).one_or_none()
    if found is None:
        raise StorageError("the database is damaged and takes nothing in; restore a backup into a new one, or tell whoever runs Rolecall")
    version, last_id = found
    return Turn(connection, now, version=version + 1, last_id=last_id, by=by)


async def end_turn(turn: Turn) -> None:
    """Tell everybody if something has changed, and write down what was done; who opened the connection commits."""
    if turn.notes:
        stamp = {"version": turn.version, "at": turn.now}
        rows = [{**stamp, "position": position, **to_action_row(note, turn.by)} for position, note in enumerate(turn.notes)]
        await turn.connection.execute(sa.insert(action), rows)
    if turn.has_changed:
        await turn.connection.execute(sa.update(ledger).where(ledger.c.id == 1).values(version=turn.version, last_id=turn.last_id))


async def mark(turn: Turn, row_ids: Sequence[int], *, state: RowState) -> None:
    """Give rows another state; only current ones are found by a search."""
    for chunk in in_chunks(row_ids):
        turn.has_changed = True
        changed = sa.update(posting).where(posting.c.id.in_(chunk)).values(state=state.value, **_stamp(turn))
        await turn.connection.execute(changed)
        await turn.connection.execute(sa.update(fact_key).where(fact_key.c.posting_id.in_(chunk)).values(scope=_searched_in(state)))


async def refresh(turn: Turn, row: Draft, *, knows: Knows) -> None:
    """Write a row's content anew; facts and keys of topics that are not known stay."""
    turn.has_changed = True
    await turn.connection.execute(sa.update(posting).where(posting.c.id == row.id).values(**_stamp(turn), **_content(row)))
    topics = (await turn.connection.execute(select_topics(row.id))).scalars()
    replaced = [topic for topic in topics if knows(topic)]
    for table in (fact, fact_key):
        await turn.connection.execute(sa.delete(table).where(table.c.posting_id == row.id, table.c.topic.in_(replaced)))
    await turn.connection.execute(sa.delete(correction).where(correction.c.posting_id == row.id))
    await _insert_found(turn, [row])


async def insert(turn: Turn, rows: Sequence[Draft]) -> None:
    """Store new rows with what was found in them and put right."""
    if not rows:
        return
    turn.has_changed = True
    turn.last_id = max(turn.last_id, *(row.id for row in rows))
    await turn.connection.execute(sa.insert(posting), [_to_row(row, turn) for row in rows])
    await _insert_found(turn, rows)


async def _insert_found(turn: Turn, rows: Sequence[Draft]) -> None:
    facts = [{"posting_id": row.id, **found._asdict()} for row in rows for found in row.reading.facts]
    if facts:
        await turn.connection.execute(sa.insert(fact), facts)
    keys = [
        {"posting_id": row.id, "scope": row.scope if row.state is RowState.CURRENT else None, **key._asdict()}
        for row in rows
        for key in row.reading.keys
    ]
    if keys:
        await turn.connection.execute(sa.insert(fact_key), keys)
    corrections = [
        {"posting_id": row.id, "identity": _link_identity(row, made), **made._asdict()} for row in rows for made in row.reading.corrections
    ]
    if corrections:
        await turn.connection.execute(sa.insert(correction), corrections)


def _link_identity(row: Draft, made: CorrectionRow) -> str | None:
    """Return what a posting is found by besides, where this is the correction of its link."""
    return row.reading.identities[-1] if made.field == HeadField.LINK and len(row.reading.identities) > 1 else None


def _searched_in(state: RowState) -> sa.ScalarSelect[Any] | None:
    if state is not RowState.CURRENT:
        return None
    return sa.select(posting.c.scope).where(posting.c.id == fact_key.c.posting_id).scalar_subquery()


def _stamp(turn: Turn) -> dict[str, Any]:
    return {"change": turn.version, "changed_at": turn.now}


def _to_row(row: Draft, turn: Turn) -> dict[str, Any]:
    return {
        "id": row.id,
        "lineage": row.lineage,
        "revision": row.revision,
        "state": row.state.value,
        "scope": row.scope,
        "fingerprint": row.reading.fingerprint,
        "read_at": row.read_at,
        **_stamp(turn),
        **_content(row),
    }


def _content(row: Draft) -> dict[str, Any]:
    return {"identity": row.reading.identities[0], **row.reading.posting.model_dump(exclude={"facts", "corrections"})}


# Read what was done and what was removed, over an open connection.

MOST_ACTIONS = 1000
"""How many are listed at once."""

_FARTHEST = 100_000
"""How many may be skipped: they are read for it."""

_MOST_REMOVED = 1000
_DEEDS = frozenset(Deed)


async def list_actions(connection: AsyncConnection, *, scopes: Collection[str], posting: int | None, limit: int, skip: int) -> list[Action]:
    """Return what was done to a posting, or in the scopes, newest first."""
    first, last = min(max(skip, 0), _FARTHEST), min(max(skip, 0), _FARTHEST) + min(max(limit, 0), MOST_ACTIONS)
    seen(scopes)
    if posting is not None:
        asked = [select_actions_on(number, scopes, limit=last) for number in possible_ids([posting])]
    else:
        asked = [select_actions(scope, limit=last) for scope in sorted(set(scopes))]
    rows = [row for statement in asked for row in (await connection.execute(statement)).mappings().all() if _is_readable(row)]
    rows.sort(key=lambda row: (row["version"], row["position"]), reverse=True)
    return [to_action(row) for row in islice(rows, first, last)]


def _is_readable(row: RowMapping) -> bool:
    """Tell whether a row is a deed that is known; others are left out."""
    if row["deed"] in _DEEDS:
        return is_sound(row.values(), "the action table's", row["version"], row["position"])
    leave_out("the action table's", row["version"], row["position"])
    return False


async def list_removed(connection: AsyncConnection, scopes: Collection[str]) -> list[Listed]:
    """Return removed postings, newest removal first."""
    seen(scopes)
    rows = []
    for scope in sorted(set(scopes)):
        rows += (await connection.execute(select_removed(scope, limit=_MOST_REMOVED))).all()
    rows = [row for row in rows if is_sound(row, "posting", row.lineage)]
    rows.sort(key=lambda row: (row.changed_at, row.lineage), reverse=True)
    return [Listed(*row[:-1]) for row in rows[:_MOST_REMOVED]]
