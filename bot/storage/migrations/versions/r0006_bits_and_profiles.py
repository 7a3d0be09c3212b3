"""What a search goes by is kept as bits, a row for each key and block of postings; and what people tell of themselves has a table."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both tables; the bits are filled from the facts when the database is opened, and the old index has nothing to answer."""
    op.create_table(
        "search_bits",
        sa.Column("scope", sa.Text(), primary_key=True),
        sa.Column("topic", sa.Text(), primary_key=True),
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("block", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("bits", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "profile",
        sa.Column("person", sa.Text(), primary_key=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.drop_index("ix_fact_key_search", "fact_key")
    op.drop_column("fact_key", "scope")


def downgrade() -> None:
    """Drop both tables and search by rows again."""
    op.add_column("fact_key", sa.Column("scope", sa.Text()))
    op.execute("UPDATE fact_key SET scope = (SELECT scope FROM posting WHERE id = posting_id AND state = 'current')")
    searched = sa.text("scope IS NOT NULL")
    columns = ["topic", "key", "posting_id", "scope", "high", "low"]
    op.create_index("ix_fact_key_search", "fact_key", columns, sqlite_where=searched, postgresql_where=searched)
    op.drop_table("profile")
    op.drop_table("search_bits")
