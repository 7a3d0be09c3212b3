"""Counts what could not be answered, over an open connection."""

from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.answer import State
from bot.domain.gap import CountedGap, Gap
from bot.storage.storable import storable
from bot.storage.tables import gap

_MOST_LISTED = 1000


async def count_gaps(connection: AsyncConnection, gaps: Mapping[Gap, int], *, scope: str, now: datetime) -> None:
    """Add to the counts of a scope."""
    for found, times in gaps.items():
        key = {"scope": scope, "topic": found.topic, "company": storable(found.company), "reason": found.reason.value}
        known = sa.and_(*(gap.c[name] == value for name, value in key.items()))
        changed = await connection.execute(sa.update(gap).where(known).values(times=gap.c.times + times, last_at=now))
        if not changed.rowcount:
            await connection.execute(sa.insert(gap).values(times=times, last_at=now, **key))


async def list_gaps(connection: AsyncConnection, *, scopes: Collection[str]) -> list[CountedGap]:
    """Return the gaps of these scopes, the most frequent first."""
    statement = sa.select(gap).where(gap.c.scope.in_(sorted(scopes))).order_by(gap.c.times.desc(), gap.c.last_at.desc()).limit(_MOST_LISTED)
    rows = (await connection.execute(statement)).mappings().all()
    return [CountedGap(Gap(row["topic"], row["company"], State(row["reason"])), row["times"], row["last_at"]) for row in rows]
