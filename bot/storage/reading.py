"""Read from an open connection."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import RowMapping, Select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.posting import KeptPosting
from bot.storage.codec import FactCodec
from bot.storage.correction_rows import to_correction_row
from bot.storage.key_rows import to_key_row
from bot.storage.records import Changes, Listed, Revision, RowState
from bot.storage.rows import Draft, Found, to_draft, to_fact_row, to_kept
from bot.storage.selecting import (
    CHANGE_PAGE,
    in_chunks,
    possible_ids,
    select_changed,
    select_corrections,
    select_current,
    select_facts,
    select_keys,
    select_lineage,
    select_listed,
    select_version,
)


async def read_current(
    connection: AsyncConnection, ids: Collection[int], *, scopes: Collection[str], codec: FactCodec
) -> tuple[KeptPosting, ...]:
    """Return the current postings of these ids, in their order, without those that are not there or not seen."""
    found: dict[int, KeptPosting] = {}
    wanted = possible_ids(ids)
    for chunk in in_chunks(wanted):
        rows, content = await _read_rows(connection, select_current(chunk, scopes))
        found.update((row["lineage"], to_kept(row, content[row["id"]], codec=codec)) for row in rows)
    return tuple(found[number] for number in wanted if number in found)


async def read_history(connection: AsyncConnection, number: int, *, scopes: Collection[str], codec: FactCodec) -> tuple[Revision, ...]:
    """Return all revisions of a posting, oldest first."""
    if not possible_ids([number]):
        return ()
    rows, content = await _read_rows(connection, select_lineage(number, scopes))
    return tuple(Revision(RowState(row["state"]), row["changed_at"], to_kept(row, content[row["id"]], codec=codec)) for row in rows)


async def read_listed(connection: AsyncConnection, scopes: Collection[str]) -> list[Listed]:
    """Return all current postings without texts and facts, by id."""
    rows = (await connection.execute(select_listed(scopes))).all()
    return sorted((Listed(*row) for row in rows), key=lambda listed: listed.id)


async def read_version(connection: AsyncConnection) -> int:
    """Return the number that rises with each change."""
    version: int = (await connection.execute(select_version())).scalar_one()
    return version


async def read_changes(connection: AsyncConnection, version: int, *, scopes: Collection[str]) -> Changes:
    """Return what changed since a version, a page at a time so that others have their turn between."""
    changes = Changes(await read_version(connection), [], [])
    statement = select_changed(version, scopes).execution_options(yield_per=CHANGE_PAGE)
    async with connection.stream(statement) as result:
        async for page in result.partitions():
            changes.current.extend(Listed(*row[:-1]) for row in page if row.state == RowState.CURRENT)
            changes.gone.extend(row.lineage for row in page if row.state != RowState.CURRENT)
    return changes


async def read_drafts(connection: AsyncConnection, statement: Select[Any]) -> list[Draft]:
    """Return rows to work on, with all their facts and keys."""
    rows, found = await _read_rows(connection, statement)
    keys = defaultdict(list)
    for chunk in in_chunks([row["id"] for row in rows]):
        for key_row in (await connection.execute(select_keys(chunk))).mappings().all():
            keys[key_row["posting_id"]].append(to_key_row(key_row))
    return [to_draft(row, found[row["id"]]._replace(keys=keys[row["id"]])) for row in rows]


async def _read_rows(connection: AsyncConnection, statement: Select[Any]) -> tuple[Sequence[RowMapping], dict[int, Found]]:
    """Return rows of the posting table, and the facts and corrections of each by its row id."""
    rows = (await connection.execute(statement)).mappings().all()
    facts = defaultdict(list)
    corrections = defaultdict(list)
    for chunk in in_chunks([row["id"] for row in rows]):
        for fact_row in (await connection.execute(select_facts(chunk))).mappings().all():
            facts[fact_row["posting_id"]].append(to_fact_row(fact_row))
        for correction_row in (await connection.execute(select_corrections(chunk))).mappings().all():
            corrections[correction_row["posting_id"]].append(to_correction_row(correction_row))
    # Sorted here: databases do not agree on the order of letters.
    return rows, {row["id"]: Found(facts[row["id"]], sorted(corrections[row["id"]], key=lambda made: made.field)) for row in rows}
