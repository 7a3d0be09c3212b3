"""Postings by revision, their facts with the keys to search by, and the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Build everything."""
    _create_posting()
    _create_facts()
    _create_ledger_and_gap()


def _create_posting() -> None:
    op.create_table(
        "posting",
        sa.Column("id", _ROW_ID, primary_key=True, autoincrement=False),
        sa.Column("lineage", _ROW_ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("state", "scope", "identity", "fingerprint")),
        sa.Column("change", sa.BigInteger(), nullable=False),
        *(sa.Column(name, _TIME, nullable=False) for name in ("read_at", "changed_at")),
        sa.Column("source", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("title", "company", "link", "location")),
        sa.Column("text", sa.Text(), nullable=False),
    )
    current = sa.text("state = 'current'")
    removed = sa.text("state = 'removed'")
    newest = sa.text("state != 'superseded'")
    _index("ux_posting_revision", "lineage", "revision", unique=True)
    _index("ux_posting_current", "lineage", unique=True, only=current)
    _index("ux_posting_current_words", "scope", "fingerprint", unique=True, only=current)
    _index("ix_posting_removed_words", "scope", "fingerprint", only=removed)
    _index("ix_posting_identity", "scope", "identity", only=current)
    _index("ix_posting_scope", "scope", "lineage", only=current)
    _index("ix_posting_change", "scope", "change", only=newest)


def _index(name: str, *columns: str, unique: bool = False, only: sa.TextClause | None = None) -> None:
    op.create_index(name, "posting", list(columns), unique=unique, sqlite_where=only, postgresql_where=only)


def _create_facts() -> None:
    op.create_table(
        "fact",
        sa.Column("posting_id", _ROW_ID, sa.ForeignKey("posting.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("topic", sa.Text(), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text()),
    )
    op.create_index("ix_fact_topic", "fact", ["topic", "posting_id", "position"])
    op.create_table(
        "fact_key",
        sa.Column("posting_id", _ROW_ID, sa.ForeignKey("posting.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("topic", sa.Text(), primary_key=True),
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("scope", sa.Text()),
        *(sa.Column(name, sa.Double()) for name in ("low", "high")),
        sqlite_with_rowid=False,
    )
    columns = ["topic", "key", "posting_id", "scope", "high", "low"]
    searched = sa.text("scope IS NOT NULL")
    op.create_index("ix_fact_key_search", "fact_key", columns, sqlite_where=searched, postgresql_where=searched)


def _create_ledger_and_gap() -> None:
    ledger = op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("version", "last_id")),
    )
    op.bulk_insert(ledger, [{"id": 1, "version": 0, "last_id": 0}])
    op.create_table(
        "gap",
        *(sa.Column(name, sa.Text(), primary_key=True) for name in ("scope", "topic", "company", "reason")),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.Column("last_at", _TIME, nullable=False),
    )
