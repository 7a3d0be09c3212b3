"""Read what was done and what was removed, over an open connection."""

from collections.abc import Collection
from itertools import islice

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.action import Action
from bot.storage.noting import to_action
from bot.storage.records import Listed
from bot.storage.selecting import possible_ids, seen, select_actions, select_actions_on, select_removed

MOST_ACTIONS = 1000
"""How many are listed at once."""

_FARTHEST = 100_000
"""How many may be skipped: they are read for it."""

_MOST_REMOVED = 1000


async def list_actions(connection: AsyncConnection, *, scopes: Collection[str], posting: int | None, limit: int, skip: int) -> list[Action]:
    """Return what was done to a posting, or in the scopes, newest first."""
    first, last = min(max(skip, 0), _FARTHEST), min(max(skip, 0), _FARTHEST) + min(max(limit, 0), MOST_ACTIONS)
    seen(scopes)
    if posting is not None:
        asked = [select_actions_on(number, scopes, limit=last) for number in possible_ids([posting])]
    else:
        asked = [select_actions(scope, limit=last) for scope in sorted(set(scopes))]
    rows = [row for statement in asked for row in (await connection.execute(statement)).mappings().all()]
    rows.sort(key=lambda row: (row["version"], row["position"]), reverse=True)
    return [to_action(row) for row in islice(rows, first, last)]


async def list_removed(connection: AsyncConnection, scopes: Collection[str]) -> list[Listed]:
    """Return removed postings, newest removal first."""
    seen(scopes)
    rows = []
    for scope in sorted(set(scopes)):
        rows += (await connection.execute(select_removed(scope, limit=_MOST_REMOVED))).all()
    rows.sort(key=lambda row: (row.changed_at, row.lineage), reverse=True)
    return [Listed(*row[:-1]) for row in rows[:_MOST_REMOVED]]
