"""What a posting is called by is kept, for processes that start, and the newest of the postings that share words are found first."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the table, which is filled by the first process that works it out, and an index that has the newest last."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "called",
        sa.Column("posting_id", row_id, sa.ForeignKey("posting.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("words", sa.Text(), nullable=False),
    )
    op.drop_index("ix_word_band_value", table_name="word_band")
    op.create_index("ix_word_band_newest", "word_band", ["value", "lineage", "scope"])
