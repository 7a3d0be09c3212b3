"""What several processes remember for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; nothing is remembered yet."""
    op.create_table(
        "memo",
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
    )
    op.create_index("ix_memo_until", "memo", ["until"])
    op.create_index("ix_memo_person", "memo", ["person", "kind"])
    op.create_index("ix_memo_scope", "memo", ["scope", "kind"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("memo")
