"""Postings of one job are known, on whatever boards they stand; feeds read what was done from where it is now."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables, and have the postings that are there compared as if they were new."""
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
    op.execute("INSERT INTO ledger_reader (name, version, position) SELECT 'feeds', version, 1000000000 FROM ledger WHERE id = 1")


def downgrade() -> None:
    """Drop them."""
    op.execute("DELETE FROM ledger_reader WHERE name = 'feeds'")
    op.drop_index("ix_server_feed", "server")
    op.drop_column("server", "feed")
    for name in ("feed_post", "same_job", "word_band"):
        op.drop_table(name)
