"""Answers that somebody holds to be wrong."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, and the indexes that reports are listed, swept away and forgotten by."""
    words = [sa.Column(name, sa.Text(), nullable=False) for name in ("question", "said", "comment")]
    op.create_table(
        "report",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("posting", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        sa.Column("topic", sa.Text()),
        sa.Column("country", sa.Text()),
        *words,
        sa.Column("actor_id", sa.Text()),
        sa.Column("actor_name", sa.Text()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_report_scope", "report", ["scope", "at"])
    op.create_index("ix_report_at", "report", ["at"])
    named = sa.text("actor_id IS NOT NULL")
    op.create_index("ix_report_actor", "report", ["actor_id"], sqlite_where=named, postgresql_where=named)


def downgrade() -> None:
    """Take it all back."""
    op.drop_table("report")
