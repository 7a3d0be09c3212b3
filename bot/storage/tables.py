"""
The tables: postings by revision, with their facts, the keys to search by and what people put right; what was done, what is proposed, what
servers set, what people told of themselves, what is remembered for a while, boards, which postings are open and which are of one job, what
people watch and what is to be sent, and one row that counts. Then what every statement on them needs: who may see a row, ids, damage.
"""

import logging
from collections.abc import Callable, Collection, Container, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy import BigInteger, Boolean, Column, ColumnElement, DateTime, ForeignKey, Index, Integer, LargeBinary, Table, Text

_LOG = logging.getLogger(__name__)

metadata = sa.MetaData()
RowId = BigInteger().with_variant(Integer(), "sqlite")

DAMAGED: Final = object()
"""What is read where the stored value is none of its column."""


class _OrDamaged(sa.TypeDecorator[Any]):
    """A value that takes nothing down where somebody damaged it; PostgreSQL takes no such value in, SQLite does."""

    cache_ok = True

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Read what is stored, or DAMAGED for what is none of its column."""
        read = super().result_processor(dialect, coltype)

        def read_or_damaged(value: Any) -> Any:
            try:
                return read(value) if read and value is not None else value
            except (ValueError, TypeError):
                return DAMAGED

        return read_or_damaged if read else None


class StoredJson(_OrDamaged):
    """JSON."""

    impl = sa.JSON
    cache_ok = True


class UtcTime(_OrDamaged):
    """A point in time, UTC in the database and UTC in Python; SQLite does not keep the zone itself."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Turn any zone into UTC."""
        del dialect
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Name the zone again."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


posting = Table(
    "posting",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("lineage", RowId, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("identity", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("change", BigInteger, nullable=False),
    Column("read_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("source", Text, nullable=False),
    *(Column(name, Text) for name in ("title", "company", "link", "location")),
    Column("size", BigInteger, nullable=False, server_default="0"),
    # Long, and therefore last: SQLite reads a row from its front and leaves the pages behind what is asked for alone.
    Column("text", Text, nullable=False),
)
"""One row for each revision: `lineage` is the row id of the first, `change` the ledger's version when it was written, `size` the bytes."""

fact = Table(
    "fact",
    metadata,
    Column("posting_id", RowId, ForeignKey("posting.id", ondelete="CASCADE"), primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("value", StoredJson, nullable=False),
    Column("quote", Text, nullable=False),
    Column("heading", Text),
)
"""What was found in one revision, in the posting's order within each topic."""

fact_key = Table(
    "fact_key",
    metadata,
    Column("posting_id", RowId, ForeignKey("posting.id", ondelete="CASCADE"), primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    *(Column(name, sa.Double) for name in ("low", "high")),
    sqlite_with_rowid=False,
)
"""What the facts of a revision are filed under, to search across postings."""

called = Table(
    "called",
    metadata,
    Column("posting_id", RowId, ForeignKey("posting.id", ondelete="CASCADE"), primary_key=True),
    Column("words", Text, nullable=False),
)
"""What a revision is found by in the index of names, so that no start has to work it out; whoever reads it looks whether it fits."""

bits = Table(
    "search_bits",
    metadata,
    *(Column(name, Text, primary_key=True) for name in ("scope", "topic", "key")),
    Column("block", Integer, primary_key=True, autoincrement=False),
    Column("bits", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""
Which current postings of a scope are filed under a key: bit n of a block is the lineage that has n more than the block's first.

All of it follows from `posting` and `fact_key`. An empty topic is for every posting, an empty scope says how all was filed.
"""

profile = Table(
    "profile",
    metadata,
    Column("person", Text, primary_key=True),
    Column("content", StoredJson, nullable=False),
    Column("at", UtcTime, nullable=False),
)
"""What people told of themselves, to be asked whether a posting fits them; only of those who said that it may be kept."""

board = Table(
    "board",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    *(Column(name, Text, nullable=False) for name in ("scope", "url", "kind", "role", "place", "told")),
    *(Column(name, Boolean, nullable=False) for name in ("is_shown_first", "is_paused")),
    Column("next_at", UtcTime, nullable=False),
    Column("interval", Integer, nullable=False),
    *(Column(name, Text) for name in ("etag", "last_modified", "mark")),
    Column("looked_at", UtcTime),
    Column("failures", Integer, nullable=False),
)
"""The boards that are followed; `next_at` also holds the others off while one looks at a board."""

board_job = Table(
    "board_job",
    metadata,
    Column("board_id", RowId, ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("lineage", RowId),
    Column("missed", Integer, nullable=False),
)
"""What stood on a board: its id there, what it said in short, the posting that it is, if any, and how many whole looks missed it."""

sighting = Table(
    "sighting",
    metadata,
    Column("lineage", RowId, primary_key=True, autoincrement=False),
    Column("scope", Text, nullable=False),
    Column("row_id", RowId, nullable=False),
    Column("link", Text),
    Column("openness", Text, nullable=False),
    Column("evidence", Text),
    *(Column(name, UtcTime) for name in ("at", "seen_at", "closes_at", "next_at")),
    Column("first_at", UtcTime, nullable=False),
    Column("missed", Integer, nullable=False),
)
"""Whether a posting is still open; its link and `closes_at` were read from the revision `row_id`, and its link is looked at `next_at`."""

word_band = Table(
    "word_band",
    metadata,
    Column("lineage", RowId, primary_key=True, autoincrement=False),
    Column("value", BigInteger, primary_key=True, autoincrement=False),
    Column("scope", Text, nullable=False),
)
"""Numbers that texts of nearly the same words share, of the newest revision of each posting: candidates for one job."""

same_job = Table(
    "same_job",
    metadata,
    Column("lineage", RowId, primary_key=True, autoincrement=False),
    Column("other", RowId, primary_key=True, autoincrement=False),
    *(Column(name, Boolean, nullable=False) for name in ("is_same_company", "is_repost")),
)
"""Postings that are of one job by their words, each pair both ways; a repost came under a new link after the other was closed."""

watch = Table(
    "watch",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    *(Column(name, Text, nullable=False) for name in ("name", "language", "pace")),
    *(Column(name, Text) for name in ("person", "company", "company_key", "query")),
    *(Column(name, BigInteger) for name in ("server", "channel", "role")),
    Column("lineage", RowId),
    Column("scopes", StoredJson, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    *(Column(name, Boolean, nullable=False) for name in ("is_paused", "is_told")),
)
"""
What people wait for: a company's postings, one posting, or those that a search finds; a server's own has a channel and no person.

Nothing is told of what the ledger had up to `since`. One that was paused because nothing could be sent `is_told` of once.
"""

outbox = Table(
    "outbox",
    metadata,
    Column("key", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("kind", "destination", "bundle", "state")),
    Column("place", BigInteger, nullable=False),
    Column("watch_id", RowId, ForeignKey("watch.id", ondelete="CASCADE")),
    Column("payload", StoredJson, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("message", Text),
    Column("tries", Integer, nullable=False),
    *(Column(name, UtcTime) for name in ("next_at", "tried_at", "ended_at")),
)
"""
What is to be sent, each thing once: `key` is the only one of its kind, also after it was sent.

Things of one bundle that are due go into one message, in the order of `place`; its id is written down before it is sent, so that whoever
tries again sends the same. `next_at` also holds the others off while one sends; without it, a thing is held back.
"""

ledger_reader = Table(
    "ledger_reader",
    metadata,
    Column("name", Text, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("position", Integer, nullable=False),
)
"""The last action that each of those has read who make things to be sent of what was done to postings."""

correction = Table(
    "correction",
    metadata,
    Column("posting_id", RowId, ForeignKey("posting.id", ondelete="CASCADE"), primary_key=True),
    Column("field", Text, primary_key=True),
    *(Column(name, Text) for name in ("identity", "words", "read_words")),
    *(Column(name, Text, nullable=False) for name in ("actor_id", "actor_name")),
    Column("at", UtcTime, nullable=False),
    *(Column(name, StoredJson, nullable=False) for name in ("facts", "read")),
)
"""
What people put right in one revision; its head and its facts are as they have it already.

`identity` is that of a link that was put right, so that a posting is found by it too. `facts` and `read` are lists of objects with value,
quote and heading.
"""

action = Table(
    "action",
    metadata,
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("lineage", RowId, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("scope", "deed", "actor_id", "actor_name")),
    Column("at", UtcTime, nullable=False),
    *(Column(name, Text) for name in ("company", "title")),
    *(Column(name, Integer) for name in ("before", "after")),
)
"""Who did what to which posting: the ledger's version that it led to, and its place in it. `before` and `after` are revisions."""

proposal = Table(
    "proposal",
    metadata,
    Column("id", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("scope", "state", "actor_id", "actor_name")),
    Column("made_at", UtcTime, nullable=False),
    *(Column(name, RowId) for name in ("revises", "kept_as")),
    Column("base", Integer),
    Column("content", StoredJson, nullable=False),
)
"""Postings that somebody looks at before they are kept; `content` is the posting with its facts and corrections."""

report = Table(
    "report",
    metadata,
    Column("id", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("scope", "question", "said", "comment")),
    Column("posting", RowId),
    *(Column(name, Text) for name in ("topic", "country", "actor_id", "actor_name")),
    Column("at", UtcTime, nullable=False),
    Column("times", Integer, nullable=False),
    Column("is_closed", Boolean, nullable=False),
)
"""Answers that somebody holds to be wrong; `actor_id` and `actor_name` are empty unless they wanted to be named."""

memo = Table(
    "memo",
    metadata,
    *(Column(name, Text, primary_key=True) for name in ("kind", "name")),
    *(Column(name, Text, nullable=False) for name in ("person", "scope")),
    Column("until", UtcTime, nullable=False),
    Column("content", StoredJson, nullable=False),
)
"""What several processes remember until a time: what conversations are about, what waits to be kept, who is a member where."""

server = Table(
    "server",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("settings", StoredJson, nullable=False),
    Column("feed", BigInteger),
)
"""What the admins of a scope's server set; `feed` is the channel of its feed, which stands in the settings too."""

feed_post = Table(
    "feed_post",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("lineage", RowId, primary_key=True, autoincrement=False),
    *(Column(name, BigInteger, nullable=name == "thread") for name in ("channel", "thread", "message")),
    Column("is_closed", Boolean, nullable=False),
)
"""Where a posting stands in the feed of a scope's server, in a forum as a thread, and whether it is closed there."""

ledger = Table(
    "ledger",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    *(Column(name, BigInteger, nullable=False) for name in ("version", "last_id")),
)
"""One row: `version` rises with every change, `last_id` is the newest row id. On PostgreSQL who writes holds its lock."""

gap = Table(
    "gap",
    metadata,
    *(Column(name, Text, primary_key=True) for name in ("scope", "topic", "company", "reason")),
    Column("times", BigInteger, nullable=False),
    Column("last_at", UtcTime, nullable=False),
)
"""How often what could not be answered, in which scope; nothing tells who asked."""

# Written out and not bound: a database uses a partial index only where it can read the condition.
is_current = posting.c.state == sa.literal_column("'current'")
is_removed = posting.c.state == sa.literal_column("'removed'")
is_newest = posting.c.state != sa.literal_column("'superseded'")
"""Each posting has one such row: current or removed."""

is_open = proposal.c.state == sa.literal_column("'open'")
is_named = report.c.actor_id.is_not(None)
is_watched_search = watch.c.query.is_not(None)
is_untold = sa.text("is_paused AND NOT is_told")
is_unsent = outbox.c.state == sa.literal_column("'waiting'")
is_feeding = server.c.feed.is_not(None)

Index("ux_posting_revision", posting.c.lineage, posting.c.revision, unique=True)
Index("ux_posting_current", posting.c.lineage, unique=True, sqlite_where=is_current)
Index("ux_posting_current_words", posting.c.scope, posting.c.fingerprint, unique=True, sqlite_where=is_current)
Index("ix_posting_removed_words", posting.c.scope, posting.c.fingerprint, sqlite_where=is_removed)
Index("ix_posting_identity", posting.c.scope, posting.c.identity, sqlite_where=is_current)
Index("ix_posting_scope", posting.c.scope, posting.c.lineage, posting.c.size, sqlite_where=is_current)
Index("ix_posting_change", posting.c.scope, posting.c.change, sqlite_where=is_newest)
Index("ix_posting_removed", posting.c.scope, posting.c.changed_at, posting.c.id, sqlite_where=is_removed)
Index("ix_correction_identity", correction.c.identity, sqlite_where=correction.c.identity.is_not(None))
Index("ux_board_url", board.c.scope, board.c.url, unique=True)
Index("ix_board_next", board.c.next_at)
Index("ix_board_job_lineage", board_job.c.lineage)
Index("ix_sighting_next", sighting.c.next_at, sqlite_where=sighting.c.next_at.is_not(None))
Index("ix_sighting_closes", sighting.c.closes_at, sqlite_where=sighting.c.closes_at.is_not(None))
Index("ix_watch_person", watch.c.person)
Index("ix_watch_server", watch.c.server)
Index("ix_watch_company", watch.c.company_key, sqlite_where=watch.c.company_key.is_not(None))
Index("ix_watch_lineage", watch.c.lineage, sqlite_where=watch.c.lineage.is_not(None))
Index("ix_watch_search", watch.c.id, sqlite_where=is_watched_search)
Index("ix_watch_untold", watch.c.person, sqlite_where=is_untold)
Index("ix_outbox_next", outbox.c.next_at, sqlite_where=is_unsent)
Index("ix_outbox_bundle", outbox.c.bundle, outbox.c.place, sqlite_where=is_unsent)
Index("ix_outbox_message", outbox.c.message, sqlite_where=outbox.c.message.is_not(None))
Index("ix_outbox_watch", outbox.c.watch_id)
Index("ix_outbox_made_at", outbox.c.made_at)
Index("ix_server_feed", server.c.scope, sqlite_where=is_feeding)
Index("ix_feed_post_thread", feed_post.c.thread)
Index("ix_word_band_newest", word_band.c.value, word_band.c.lineage, word_band.c.scope)
Index("ix_same_job_other", same_job.c.other)
Index("ix_action_scope", action.c.scope, action.c.version, action.c.position)
Index("ix_action_lineage", action.c.lineage, action.c.version, action.c.position)
Index("ix_proposal_made_at", proposal.c.made_at)
Index("ix_memo_until", memo.c.until)
Index("ix_memo_person", memo.c.person, memo.c.kind)
Index("ix_memo_scope", memo.c.scope, memo.c.kind)
Index("ix_report_scope", report.c.scope, report.c.at)
Index("ix_report_at", report.c.at)
Index("ix_report_actor", report.c.actor_id, sqlite_where=is_named)
Index("ix_proposal_open", proposal.c.scope, proposal.c.made_at, sqlite_where=is_open)


# What every statement needs.

Item = TypeVar("Item")

CHUNK = 500
"""How many values one statement names: well under what any database takes, and one round trip for a usual batch."""

LARGEST_ID = 2**63 - 1
_MOST_TOLD = 10_000

_told: set[str] = set()
_gathered: ContextVar[list[str] | None] = ContextVar("gathered", default=None)


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
    return [number for number in dict.fromkeys(ids) if 0 < number <= LARGEST_ID]


def seen(scopes: Collection[str], column: ColumnElement[Any] = posting.c.scope) -> ColumnElement[bool]:
    """Return the condition that a row is in one of the scopes."""
    return column.in_(to_scopes(scopes))


def scopes_with_postings() -> sa.CTE:
    """Return the scopes that have current postings: from one to the next in the index, and past all postings of each."""
    held = sa.select(sa.func.min(posting.c.scope).label("scope")).where(is_current).cte("filled", recursive=True)
    following = sa.select(sa.func.min(posting.c.scope)).where(is_current, posting.c.scope > held.c.scope).scalar_subquery()
    return held.union_all(sa.select(following).where(held.c.scope.is_not(None)))


def to_scopes(scopes: Collection[str]) -> list[str]:
    """Return scopes in order; a lone text is refused, because it would be read letter by letter."""
    if isinstance(scopes, str):
        raise TypeError(f"scopes is a collection of scopes and not the text {scopes!r}")
    return sorted(scopes)


def is_sound(values: Container[object], what: str, *numbers: object) -> bool:
    """Tell whether none of a row's values is damaged; a row that is not is logged by its number."""
    if DAMAGED not in values:
        return True
    leave_out(what, *numbers)
    return False


def read_sound(table: Table, rows: Iterable[sa.Row[Any]], *, to: Callable[[sa.RowMapping], Item]) -> Iterator[Item]:
    """Yield what rows of a table are read as; one that is damaged, or that cannot be read, is logged by its key."""
    for row in (each._mapping for each in rows):  # noqa: SLF001 -- public: its name hides no column
        name = (f"the {table.name} table's", *(row[column.name] for column in table.primary_key))
        if is_sound(row.values(), *name):
            try:
                yield to(row)
            except (ValueError, TypeError, KeyError, AttributeError):
                leave_out(*name)


@contextmanager
def complaints() -> Iterator[list[str]]:
    """Gather what is damaged, as often as it is met with, instead of logging it."""
    found: list[str] = []
    before = _gathered.set(found)
    try:
        yield found
    finally:
        _gathered.reset(before)


def leave_out(what: str, *numbers: object) -> None:
    """Log that a row is left out, once for each: answers come by it again and again."""
    line = f"{what} {' '.join(map(str, numbers))}".strip()
    if (gathered := _gathered.get()) is not None:
        gathered.append(line)
        return
    if line not in _told and len(_told) < _MOST_TOLD:
        _told.add(line)
        _LOG.warning("left out what is damaged: %s", line)
