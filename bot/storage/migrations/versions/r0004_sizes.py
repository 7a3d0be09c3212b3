"""How long the text of each posting is, and indexes that tell what a server has without looking at its postings and previews."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Measure what is there."""
    op.add_column("posting", sa.Column("size", sa.BigInteger(), nullable=False, server_default="0"))
    is_sqlite = op.get_bind().dialect.name == "sqlite"  # whose older versions have no octet_length
    op.execute(f"UPDATE posting SET size = {'length(CAST(text AS BLOB))' if is_sqlite else 'octet_length(text)'}")  # noqa: S608 -- both are ours
    _index_scope("scope", "lineage", "size")
    is_open = sa.text("state = 'open'")
    op.create_index("ix_proposal_open", "proposal", ["scope", "made_at"], sqlite_where=is_open, postgresql_where=is_open)


def downgrade() -> None:
    """Take it all back."""
    op.drop_index("ix_proposal_open", "proposal")
    _index_scope("scope", "lineage")
    op.drop_column("posting", "size")


def _index_scope(*columns: str) -> None:
    is_current = sa.text("state = 'current'")
    op.drop_index("ix_posting_scope", "posting")
    op.create_index("ix_posting_scope", "posting", list(columns), sqlite_where=is_current, postgresql_where=is_current)
