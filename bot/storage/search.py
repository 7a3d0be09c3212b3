"""
Search the keys that facts are filed under, over an open connection.

The rarest criterion leads: its keys are walked one by one, newest posting first, until enough postings meet the others too.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, func, literal_column, not_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.query import Criterion
from bot.storage.records import RowState
from bot.storage.tables import fact_key, in_chunks, posting, seen

_COUNTED = 3000
"""How far a criterion is counted to find the rarest: a millisecond's worth; of more frequent ones the one with the fewest keys leads."""


async def find_newest(connection: AsyncConnection, criteria: Sequence[Criterion], *, scopes: Collection[str], limit: int) -> list[int]:
    """Return the ids of current postings that meet all criteria, the one read last first."""
    first, *others = await _rarest_first(connection, criteria, scopes)
    rows: set[int] = set()
    for key in dict.fromkeys(first.keys):
        statement = select_newest(first.model_copy(update={"keys": (key,)}), others, scopes=scopes, limit=limit)
        rows.update((await connection.execute(statement)).scalars())
    newest = sorted(rows, reverse=True)[:limit]
    ids: dict[int, int] = {}
    own = (posting.c.id, posting.c.lineage, posting.c.scope, posting.c.state)
    for chunk in in_chunks(newest):
        # The posting itself has the last word on who sees it. Asked with the scopes beside the ids, SQLite would rather go through all
        # postings of the scopes (8 ms of 100,000).
        found = await connection.execute(select(*own).where(posting.c.id.in_(chunk)))
        ids.update((row.id, row.lineage) for row in found if row.state == RowState.CURRENT and row.scope in scopes)
    return [ids[row] for row in newest if row in ids]


async def count_matching(connection: AsyncConnection, criteria: Sequence[Criterion], *, scopes: Collection[str]) -> int:
    """Return how many current postings meet all criteria."""
    first, *others = await _rarest_first(connection, criteria, scopes)
    counted: int = (await connection.execute(select_matching_count(first, others, scopes=scopes))).scalar_one()
    return counted


def select_newest(first: Criterion, others: Sequence[Criterion], *, scopes: Collection[str], limit: int) -> Select[Any]:
    """Ask for the newest rows that meet all criteria; the first one names one key, in whose order the rows come."""
    row = fact_key.c.posting_id
    return select(row).where(*_meeting(first, others, scopes=scopes)).distinct().order_by(row.desc()).limit(limit)


def select_matching_count(first: Criterion, others: Sequence[Criterion], *, scopes: Collection[str]) -> Select[Any]:
    """Ask how many rows meet all criteria."""
    return select(func.count(distinct(fact_key.c.posting_id))).where(*_meeting(first, others, scopes=scopes))


def _select_bounded_counts(criteria: Sequence[Criterion], scopes: Collection[str]) -> Select[Any]:
    """Ask how many keys meet each criterion, counted up to a bound."""
    row, within = fact_key.c.posting_id, seen(scopes, fact_key.c.scope)
    some = [select(row).where(*_filed_under(fact_key, one), within).limit(_COUNTED) for one in criteria]
    counts = [select(func.count()).select_from(rows.subquery(f"some_{place}")) for place, rows in enumerate(some)]
    return select(*(count.scalar_subquery() for count in counts))


async def _rarest_first(connection: AsyncConnection, criteria: Sequence[Criterion], scopes: Collection[str]) -> list[Criterion]:
    if not criteria:
        raise ValueError("a search needs a criterion")
    if len(criteria) == 1:
        return list(criteria)
    counts = (await connection.execute(_select_bounded_counts(criteria, scopes))).one()
    return [criteria[place] for place in sorted(range(len(criteria)), key=lambda place: (counts[place], len(criteria[place].keys)))]


def _meeting(first: Criterion, others: Sequence[Criterion], *, scopes: Collection[str]) -> list[ColumnElement[bool]]:
    conditions = [*_filed_under(fact_key, first), seen(scopes, fact_key.c.scope), *map(_is_filed, others)]
    unwanted = [Criterion(topic=criterion.topic, keys=criterion.without) for criterion in (first, *others) if criterion.without]
    return [*conditions, *(not_(_is_filed(criterion)) for criterion in unwanted)]


def _is_filed(criterion: Criterion) -> ColumnElement[bool]:
    """
    Return the condition that the row at hand is also filed so.

    It is looked up for each row, and is no EXISTS: PostgreSQL would make that a join and read all rows of each criterion first (120 ms
    of 100,000 postings where this takes 30).
    """
    other = fact_key.alias()
    filed: Select[Any] = (
        select(literal_column("1")).where(other.c.posting_id == fact_key.c.posting_id, *_filed_under(other, criterion)).limit(1)
    )
    return filed.scalar_subquery().is_not(None)


def _filed_under(keys: Any, criterion: Criterion) -> list[ColumnElement[bool]]:
    conditions = [keys.c.topic == criterion.topic, keys.c.key.in_(criterion.keys)]
    if criterion.at_least is not None:
        conditions.append(keys.c.high >= criterion.at_least)
    if criterion.at_most is not None:
        conditions.append(keys.c.low <= criterion.at_most)
    return conditions
