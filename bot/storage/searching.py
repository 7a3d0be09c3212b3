"""
Search the keys that facts are filed under, over an open connection.

The rarest criterion leads: its keys are walked one by one, newest posting first, until enough postings meet the others too.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.search import Criterion
from bot.storage.selecting import in_chunks, seen
from bot.storage.tables import fact_key, is_current, posting

_COUNTED = 10_000
"""How far the keys of a criterion are counted to find the rarest one: a millisecond's worth; beyond, which one leads matters little."""


async def search(connection: AsyncConnection, criteria: Sequence[Criterion], *, scopes: Collection[str], limit: int) -> list[int]:
    """Return the ids of current postings that meet all criteria, the one read last first."""
    first, *others = await _rarest_first(connection, criteria, scopes)
    rows: set[int] = set()
    for key in dict.fromkeys(first.keys):
        statement = select_newest(first.model_copy(update={"keys": (key,)}), others, scopes=scopes, limit=limit)
        rows.update((await connection.execute(statement)).scalars())
    newest = sorted(rows, reverse=True)[:limit]
    ids: dict[int, int] = {}
    for chunk in in_chunks(newest):
        ids.update((row.id, row.lineage) for row in await connection.execute(select_ids_of(chunk, scopes)))
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


def select_bounded_count(criterion: Criterion, scopes: Collection[str]) -> Select[Any]:
    """Ask how many keys meet a criterion, counted up to a bound."""
    some = select(fact_key.c.posting_id).where(*_filed_under(fact_key, criterion), seen(scopes, fact_key.c.scope)).limit(_COUNTED)
    return select(func.count()).select_from(some.subquery("some"))


def select_ids_of(rows: Sequence[int], scopes: Collection[str]) -> Select[Any]:
    """Ask for the postings of rows; the posting itself has the last word on who sees it."""
    return select(posting.c.id, posting.c.lineage).where(posting.c.id.in_(rows), is_current, seen(scopes))


async def _rarest_first(connection: AsyncConnection, criteria: Sequence[Criterion], scopes: Collection[str]) -> list[Criterion]:
    if not criteria:
        raise ValueError("a search needs a criterion")
    if len(criteria) == 1:
        return list(criteria)
    counts = [(await connection.execute(select_bounded_count(criterion, scopes))).scalar_one() for criterion in criteria]
    return [criteria[place] for place in sorted(range(len(criteria)), key=counts.__getitem__)]


def _meeting(first: Criterion, others: Sequence[Criterion], *, scopes: Collection[str]) -> list[ColumnElement[bool]]:
    conditions = [*_filed_under(fact_key, first), seen(scopes, fact_key.c.scope), *map(_is_filed, others)]
    unwanted = [Criterion(topic=criterion.topic, keys=criterion.without) for criterion in (first, *others) if criterion.without]
    return [*conditions, *(~_is_filed(criterion) for criterion in unwanted)]


def _is_filed(criterion: Criterion) -> ColumnElement[bool]:
    other = fact_key.alias()
    return exists(select(1).where(other.c.posting_id == fact_key.c.posting_id, *_filed_under(other, criterion)))


def _filed_under(keys: Any, criterion: Criterion) -> list[ColumnElement[bool]]:
    conditions = [keys.c.topic == criterion.topic, keys.c.key.in_(criterion.keys)]
    if criterion.at_least is not None:
        conditions.append(keys.c.high >= criterion.at_least)
    if criterion.at_most is not None:
        conditions.append(keys.c.low <= criterion.at_most)
    return conditions
