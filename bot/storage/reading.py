"""Every question that the Store asks, as a statement; each is answered from an index, and none of postings is without scopes."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby, islice
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import ColumnElement, RowMapping, Select, distinct, func, literal_column, not_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.answer import CountedGap, Gap, State
from bot.domain.posting import KeptPosting
from bot.domain.query import Criterion
from bot.storage.damage import is_sound, leave_out
from bot.storage.records import Changes, FactCodec, Listed, Revision, RowState
from bot.storage.rows import Draft, Found, storable, to_correction_row, to_draft, to_fact_row, to_kept, to_key_row
from bot.storage.tables import action, correction, fact, fact_key, gap, is_current, is_newest, is_removed, ledger, posting

Item = TypeVar("Item")

CHUNK = 500
"""How many values one statement names: well under what any database takes, and one round trip for a usual batch."""

CHANGE_PAGE = 250
"""How many rows are made into values at once: a millisecond's work, between which others have their turn."""

_LARGEST_ID = 2**63 - 1
_LISTED = (posting.c.lineage, posting.c.scope, posting.c.company, posting.c.title, posting.c.source, posting.c.link, posting.c.read_at)
_NEWEST_ACTION = (action.c.version.desc(), action.c.position.desc())


def in_chunks(items: Collection[Item]) -> Iterator[list[Item]]:
    """
    Cut a collection into lists that one statement can name.

    >>> [len(chunk) for chunk in in_chunks(range(1100))]
    [500, 500, 100]
    """
    left = iter(items)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def possible_ids(ids: Collection[int]) -> list[int]:
    """
    Return the ids that a row can have, each once; people type others.

    >>> possible_ids([3, 3, -1, 10**30])
    [3]
    """
    return [number for number in dict.fromkeys(ids) if 0 < number <= _LARGEST_ID]


def seen(scopes: Collection[str], column: ColumnElement[Any] = posting.c.scope) -> ColumnElement[bool]:
    """Return the condition that a posting is in one of the scopes; a lone text is refused, because it would be read letter by letter."""
    if isinstance(scopes, str):
        raise TypeError(f"scopes is a collection of scopes and not the text {scopes!r}")
    return column.in_(sorted(scopes))


def select_current(ids: Sequence[int], scopes: Collection[str]) -> Select[Any]:
    """Ask for the current revisions of postings."""
    return select(posting).where(posting.c.lineage.in_(ids), is_current, seen(scopes))


def select_lineage(number: int, scopes: Collection[str]) -> Select[Any]:
    """Ask for all revisions of a posting, oldest first."""
    return select(posting).where(posting.c.lineage == number, seen(scopes)).order_by(posting.c.revision)


def select_listed(scopes: Collection[str]) -> Select[Any]:
    """Ask for all current postings in the columns of `Listed`, in no order: sorting is quicker outside."""
    return select(*_LISTED).where(is_current, seen(scopes))


def select_changed(version: int, scopes: Collection[str]) -> Select[Any]:
    """Ask for the postings that changed after a version, in the columns of `Listed` and with their state, in no order."""
    return select(*_LISTED, posting.c.state).where(posting.c.change > version, is_newest, seen(scopes))


def select_ids(scopes: Collection[str]) -> Select[Any]:
    """Ask for the ids of all current postings, in no order."""
    return select(posting.c.lineage).where(is_current, seen(scopes))


def select_count(scopes: Collection[str]) -> Select[Any]:
    """Ask how many current postings there are."""
    return select(func.count()).select_from(posting).where(is_current, seen(scopes))


def select_facts(row_ids: Sequence[int]) -> Select[Any]:
    """Ask for the facts of rows that have been found by their scopes, in order."""
    return select(fact).where(fact.c.posting_id.in_(row_ids)).order_by(fact.c.posting_id, fact.c.topic, fact.c.position)


def select_with_topics(topics: Collection[str], scopes: Collection[str], *, ids: Sequence[int] | None) -> Select[Any]:
    """Ask for current postings without their texts, a row for each fact of these topics, or one for none, in no order."""
    head = (*_LISTED, posting.c.id, posting.c.revision, posting.c.location, sa.literal("").label("text"))
    columns = (*head, fact.c.topic, fact.c.position, fact.c.value, fact.c.quote, fact.c.heading)
    wanted = sa.and_(fact.c.posting_id == posting.c.id, fact.c.topic.in_(sorted(topics)))
    statement = select(*columns).select_from(posting.outerjoin(fact, wanted)).where(is_current, seen(scopes))
    return statement if ids is None else statement.where(posting.c.lineage.in_(ids))


def select_keys(row_ids: Sequence[int]) -> Select[Any]:
    """Ask for the search keys of rows that have been found by their scopes."""
    return select(fact_key).where(fact_key.c.posting_id.in_(row_ids))


def select_corrections(row_ids: Sequence[int]) -> Select[Any]:
    """Ask what people put right in rows that have been found by their scopes."""
    return select(correction).where(correction.c.posting_id.in_(row_ids))


def select_topics(row_id: int) -> Select[Any]:
    """Ask which topics a row has facts of."""
    return select(fact.c.topic).where(fact.c.posting_id == row_id).distinct()


def select_same_words(fingerprints: Sequence[str], scope: str) -> Select[Any]:
    """Ask for current postings with the same words."""
    return select(posting).where(posting.c.scope == scope, posting.c.fingerprint.in_(fingerprints), is_current)


def select_removed_words(fingerprints: Sequence[str], scope: str) -> Select[Any]:
    """Ask for removed postings with the same words."""
    return select(posting).where(posting.c.scope == scope, posting.c.fingerprint.in_(fingerprints), is_removed)


def select_same_identity(identities: Sequence[str], scope: str) -> Select[Any]:
    """Ask for current postings that these may be revisions of."""
    return select(posting).where(posting.c.scope == scope, posting.c.identity.in_(identities), is_current)


def select_same_link(identities: Sequence[str], scope: str) -> Select[Any]:
    """Ask for current postings whose link, as a person put it right, is that of these."""
    linked = select(correction.c.posting_id).where(correction.c.identity.in_(identities))
    return select(posting).where(posting.c.id.in_(linked), posting.c.scope == scope, is_current)


def select_removed(scope: str, *, limit: int) -> Select[Any]:
    """Ask for the removed postings of one scope in the columns of `Listed` and when they were removed, newest removal first."""
    newest = (posting.c.changed_at.desc(), posting.c.id.desc())
    return select(*_LISTED, posting.c.changed_at).where(posting.c.scope == scope, is_removed).order_by(*newest).limit(limit)


def select_filled(scopes: Collection[str]) -> Select[Any]:
    """Ask which scopes have current postings, from one scope to the next in the index and past all postings of each."""
    filled = select(func.min(posting.c.scope).label("scope")).where(is_current).cte("filled", recursive=True)
    following = select(func.min(posting.c.scope)).where(is_current, posting.c.scope > filled.c.scope).scalar_subquery()
    filled = filled.union_all(select(following).where(filled.c.scope.is_not(None)))
    return select(filled.c.scope).where(seen(scopes, filled.c.scope))


def select_actions(scope: str, *, limit: int) -> Select[Any]:
    """Ask what was done in one scope, newest first."""
    return select(action).where(action.c.scope == scope).order_by(*_NEWEST_ACTION).limit(limit)


def select_actions_on(number: int, scopes: Collection[str], *, limit: int) -> Select[Any]:
    """Ask what was done to a posting, newest first."""
    return select(action).where(action.c.lineage == number, seen(scopes, action.c.scope)).order_by(*_NEWEST_ACTION).limit(limit)


def select_version() -> Select[Any]:
    """Ask for the number that rises with each change."""
    return select(ledger.c.version).where(ledger.c.id == 1)


def select_last_change() -> Select[Any]:
    """Ask for the version at which a posting was last written; it looks at all of them."""
    return select(func.max(posting.c.change))


def select_turn() -> Select[Any]:
    """Ask for version and last row id and, on PostgreSQL, wait for the turn to write."""
    return select(ledger.c.version, ledger.c.last_id).where(ledger.c.id == 1).with_for_update()


# Read from an open connection.

_STATES = frozenset(RowState)


async def read_current(
    connection: AsyncConnection, ids: Collection[int], *, scopes: Collection[str], codec: FactCodec
) -> tuple[KeptPosting, ...]:
    """Return the current postings of these ids, in their order, without those that are not there or not seen."""
    found: dict[int, KeptPosting] = {}
    wanted = possible_ids(ids)
    for chunk in in_chunks(wanted):
        rows, content = await _read_rows(connection, select_current(chunk, scopes))
        read = (_read_kept(row, content[row["id"]], codec=codec) for row in rows)
        found.update((kept.id, kept) for kept in read if kept is not None)
    return tuple(found[number] for number in wanted if number in found)


async def read_sketches(
    connection: AsyncConnection, topics: Collection[str], *, scopes: Collection[str], ids: Collection[int] | None, codec: FactCodec
) -> list[KeptPosting]:
    """Return current postings without texts, with their facts of these topics and no others."""
    chunks: list[list[int] | None] = [None] if ids is None else list(in_chunks(possible_ids(ids)))
    found: list[KeptPosting] = []
    for chunk in chunks:
        rows = (await connection.execute(select_with_topics(topics, scopes, ids=chunk))).mappings().all()
        # Sorted here: to be answered from an index, the statement has no order.
        ordered = sorted(rows, key=lambda row: (row["id"], row["topic"] or "", row["position"] or 0))
        for _, of_posting in groupby(ordered, key=lambda row: row["id"]):
            group = list(of_posting)
            facts = [to_fact_row(row) for row in group if row["topic"] is not None]
            found.append(to_kept(group[0], Found(facts), codec=codec))
    return found


async def read_history(connection: AsyncConnection, number: int, *, scopes: Collection[str], codec: FactCodec) -> tuple[Revision, ...]:
    """Return all revisions of a posting, oldest first."""
    if not possible_ids([number]):
        return ()
    rows, content = await _read_rows(connection, select_lineage(number, scopes))
    found = []
    for row in rows:
        kept = _read_kept(row, content[row["id"]], codec=codec)
        if row["state"] not in _STATES:
            leave_out("the posting table's", row["id"])
        elif kept is not None:
            found.append(Revision(RowState(row["state"]), row["changed_at"], kept))
    return tuple(found)


async def read_listed(connection: AsyncConnection, scopes: Collection[str]) -> list[Listed]:
    """Return all current postings without texts and facts, by id."""
    rows = (await connection.execute(select_listed(scopes))).all()
    return sorted((Listed(*row) for row in rows if is_sound(row, "posting", row.lineage)), key=lambda listed: listed.id)


async def read_version(connection: AsyncConnection) -> int:
    """Return the number that rises with each change."""
    version = (await connection.execute(select_version())).scalar_one_or_none()
    if isinstance(version, int):
        return version
    # Without the row that counts, what was changed last says how far it had come.
    leave_out("the ledger's", 1)
    counted: int = (await connection.execute(select_last_change())).scalar() or 0
    return counted


async def read_changes(connection: AsyncConnection, version: int, *, scopes: Collection[str]) -> Changes:
    """Return what changed since a version, a page at a time so that others have their turn between."""
    changes = Changes(await read_version(connection), [], [])
    statement = select_changed(version, scopes).execution_options(yield_per=CHANGE_PAGE)
    async with connection.stream(statement) as result:
        async for page in result.partitions():
            current = (row for row in page if row.state == RowState.CURRENT and is_sound(row, "posting", row.lineage))
            changes.current.extend(Listed(*row[:-1]) for row in current)
            changes.gone.extend(row.lineage for row in page if row.state != RowState.CURRENT)
            for row in page:
                if row.state not in _STATES:
                    leave_out("posting", row.lineage, "in the state", row.state)
    return changes


async def read_drafts(connection: AsyncConnection, statement: Select[Any]) -> list[Draft]:
    """Return rows to work on, with all their facts and keys."""
    rows, found = await _read_rows(connection, statement)
    keys = defaultdict(list)
    for chunk in in_chunks([row["id"] for row in rows]):
        for key_row in (await connection.execute(select_keys(chunk))).mappings().all():
            keys[key_row["posting_id"]].append(to_key_row(key_row))
    return [to_draft(row, found[row["id"]]._replace(keys=keys[row["id"]])) for row in rows]


def _read_kept(row: RowMapping, found: Found, *, codec: FactCodec) -> KeptPosting | None:
    try:
        return to_kept(row, found, codec=codec)
    except ValueError:
        leave_out("the posting table's", row["id"])
        return None


async def _read_rows(connection: AsyncConnection, statement: Select[Any]) -> tuple[Sequence[RowMapping], dict[int, Found]]:
    """Return rows of the posting table, and the facts and corrections of each by its row id."""
    asked = (await connection.execute(statement)).mappings().all()
    rows = [row for row in asked if is_sound(row.values(), "the posting table's", row["id"])]
    facts = defaultdict(list)
    corrections = defaultdict(list)
    for chunk in in_chunks([row["id"] for row in rows]):
        for fact_row in (await connection.execute(select_facts(chunk))).mappings().all():
            if is_sound(fact_row.values(), "the fact table's", fact_row["posting_id"], fact_row["topic"], fact_row["position"]):
                facts[fact_row["posting_id"]].append(to_fact_row(fact_row))
        for correction_row in (await connection.execute(select_corrections(chunk))).mappings().all():
            if is_sound(correction_row.values(), "the correction table's", correction_row["posting_id"], correction_row["field"]):
                corrections[correction_row["posting_id"]].append(to_correction_row(correction_row))
    # Sorted here: databases do not agree on the order of letters.
    return rows, {row["id"]: Found(facts[row["id"]], sorted(corrections[row["id"]], key=lambda made: made.field)) for row in rows}


# Search the keys that facts are filed under, over an open connection.
#
# The rarest criterion leads: its keys are walked one by one, newest posting first, until enough postings meet the others too.

_COUNTED = 3000
"""How far a criterion is counted to find the rarest: a millisecond's worth; of more frequent ones the one with the fewest keys leads."""


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
        found = await connection.execute(select_rows(chunk))
        # The posting itself has the last word on who sees it.
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


def select_bounded_counts(criteria: Sequence[Criterion], scopes: Collection[str]) -> Select[Any]:
    """Ask how many keys meet each criterion, counted up to a bound."""
    row = fact_key.c.posting_id
    some = [select(row).where(*_filed_under(fact_key, one), seen(scopes, fact_key.c.scope)).limit(_COUNTED) for one in criteria]
    counts = [select(func.count()).select_from(rows.subquery(f"some_{place}")) for place, rows in enumerate(some)]
    return select(*(count.scalar_subquery() for count in counts))


def select_rows(rows: Sequence[int]) -> Select[Any]:
    """
    Ask what rows are, whoever may see them: the caller looks at their scopes.

    Asked with the scopes beside the ids, SQLite would rather go through all postings of the scopes (8 ms of 100,000).
    """
    return select(posting.c.id, posting.c.lineage, posting.c.scope, posting.c.state).where(posting.c.id.in_(rows))


async def _rarest_first(connection: AsyncConnection, criteria: Sequence[Criterion], scopes: Collection[str]) -> list[Criterion]:
    if not criteria:
        raise ValueError("a search needs a criterion")
    if len(criteria) == 1:
        return list(criteria)
    counts = (await connection.execute(select_bounded_counts(criteria, scopes))).one()
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


# Counts what could not be answered, over an open connection.

_MOST_LISTED = 1000
_REASONS = frozenset(State)


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
    return [
        CountedGap(Gap(row["topic"], row["company"], State(row["reason"])), row["times"], row["last_at"])
        for row in rows
        if row["reason"] in _REASONS and is_sound(row.values(), "the gap table's", row["topic"], row["company"])
    ]
