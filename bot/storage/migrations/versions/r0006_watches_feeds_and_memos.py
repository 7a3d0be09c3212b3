"""
People watch companies, postings and searches, and servers have feeds; what they are to be told waits to be sent, each thing once.

Postings of one job are known, on whatever boards they stand. Several processes remember what conversations are about.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)
_INDEXES = (
    ("watch", "ix_watch_person", ["person"], None),
    ("watch", "ix_watch_server", ["server"], None),
    ("watch", "ix_watch_company", ["company_key"], "company_key IS NOT NULL"),
    ("watch", "ix_watch_lineage", ["lineage"], "lineage IS NOT NULL"),
    ("watch", "ix_watch_search", ["id"], "query IS NOT NULL"),
    ("watch", "ix_watch_untold", ["person"], "is_paused AND NOT is_told"),
    ("outbox", "ix_outbox_next", ["next_at"], "state = 'waiting'"),
    ("outbox", "ix_outbox_bundle", ["bundle", "place"], "state = 'waiting'"),
    ("outbox", "ix_outbox_message", ["message"], "message IS NOT NULL"),
    ("outbox", "ix_outbox_watch", ["watch_id"], None),
    ("outbox", "ix_outbox_made_at", ["made_at"], None),
)


def upgrade() -> None:
    """Create the tables; the ledger is read from where it is now, and postings that are there are compared as if they were new."""
    _create_watches()
    _create_feeds()
    _create_memos()


def _create_watches() -> None:
    op.create_table(
        "watch",
        sa.Column("id", _ROW_ID, primary_key=True, autoincrement=False),
        sa.Column("person", sa.Text()),
        *(sa.Column(name, sa.BigInteger()) for name in ("server", "channel", "role")),
        sa.Column("scopes", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("company", "company_key")),
        sa.Column("lineage", _ROW_ID),
        sa.Column("query", sa.Text()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "language", "pace")),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("is_paused", "is_told")),
    )
    op.create_table(
        "outbox",
        sa.Column("key", sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "destination", "bundle")),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("watch_id", _ROW_ID, sa.ForeignKey("watch.id", ondelete="CASCADE")),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("next_at", _TIME),
        sa.Column("message", sa.Text()),
        sa.Column("tries", sa.Integer(), nullable=False),
        *(sa.Column(name, _TIME) for name in ("tried_at", "ended_at")),
    )
    op.create_table(
        "ledger_reader",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
    )
    # A new database has nothing behind it, and stays empty.
    op.execute("INSERT INTO ledger_reader (name, version, position) SELECT 'watches', version, 1000000000 FROM ledger WHERE version > 0")
    for table, name, columns, only in _INDEXES:
        condition = only and sa.text(only)
        op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def _create_feeds() -> None:
    op.create_table(
        "word_band",
        sa.Column("lineage", _ROW_ID, primary_key=True, autoincrement=False),
        sa.Column("value", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("scope", sa.Text(), nullable=False),
    )
    op.create_index("ix_word_band_value", "word_band", ["value", "scope"])
    op.create_table(
        "same_job",
        *(sa.Column(name, _ROW_ID, primary_key=True, autoincrement=False) for name in ("lineage", "other")),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("is_same_company", "is_repost")),
    )
    op.create_index("ix_same_job_other", "same_job", ["other"])
    op.execute("UPDATE sighting SET row_id = 0")
    op.add_column("server", sa.Column("feed", sa.BigInteger()))
    has_feed = sa.text("feed IS NOT NULL")
    op.create_index("ix_server_feed", "server", ["scope"], sqlite_where=has_feed, postgresql_where=has_feed)
    op.create_table(
        "feed_post",
        sa.Column("scope", sa.Text(), primary_key=True),
        sa.Column("lineage", _ROW_ID, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.BigInteger(), nullable=name == "thread") for name in ("channel", "thread", "message")),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_feed_post_thread", "feed_post", ["thread"])
    op.execute("INSERT INTO ledger_reader (name, version, position) SELECT 'feeds', version, 1000000000 FROM ledger WHERE version > 0")


def _create_memos() -> None:
    op.create_table(
        "memo",
        *(sa.Column(name, sa.Text(), primary_key=True) for name in ("kind", "name")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("person", "scope")),
        sa.Column("until", _TIME, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
    )
    op.create_index("ix_memo_until", "memo", ["until"])
    op.create_index("ix_memo_person", "memo", ["person", "kind"])
    op.create_index("ix_memo_scope", "memo", ["scope", "kind"])
