"""What people put right, what was done and by whom, what is proposed, and what servers set."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables, and the index that removed postings are listed by; nothing asked for the facts of a topic any more."""
    op.create_table(
        "correction",
        sa.Column("posting_id", _ROW_ID, sa.ForeignKey("posting.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("field", sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Text()) for name in ("identity", "words", "read_words")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("actor_id", "actor_name")),
        sa.Column("at", _TIME, nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("facts", "read")),
    )
    linked = sa.text("identity IS NOT NULL")
    op.create_index("ix_correction_identity", "correction", ["identity"], sqlite_where=linked, postgresql_where=linked)
    op.create_table(
        "action",
        sa.Column("version", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("lineage", _ROW_ID, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("scope", "deed", "actor_id", "actor_name")),
        sa.Column("at", _TIME, nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("company", "title")),
        *(sa.Column(name, sa.Integer()) for name in ("before", "after")),
    )
    op.create_index("ix_action_scope", "action", ["scope", "version", "position"])
    op.create_index("ix_action_lineage", "action", ["lineage", "version", "position"])
    op.create_table(
        "proposal",
        sa.Column("id", sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("scope", "state")),
        sa.Column("made_at", _TIME, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("actor_id", "actor_name")),
        sa.Column("revises", _ROW_ID),
        sa.Column("base", sa.Integer()),
        sa.Column("kept_as", _ROW_ID),
        sa.Column("content", sa.JSON(), nullable=False),
    )
    op.create_index("ix_proposal_made_at", "proposal", ["made_at"])
    op.create_table("server", sa.Column("scope", sa.Text(), primary_key=True), sa.Column("settings", sa.JSON(), nullable=False))
    removed = sa.text("state = 'removed'")
    op.create_index("ix_posting_removed", "posting", ["scope", "changed_at", "id"], sqlite_where=removed, postgresql_where=removed)
    op.drop_index("ix_fact_topic", "fact")
