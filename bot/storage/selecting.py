"""Every question that the Store asks, as a statement; each is answered from an index, and none of postings is without scopes."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, func, select

from bot.storage.tables import action, correction, fact, fact_key, is_current, is_newest, is_removed, ledger, posting

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


def select_turn() -> Select[Any]:
    """Ask for version and last row id and, on PostgreSQL, wait for the turn to write."""
    return select(ledger.c.version, ledger.c.last_id).where(ledger.c.id == 1).with_for_update()
