"""Boards are followed, and of each posting it is known whether it is still open."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the three tables; nothing was looked at yet."""
    op.create_table(
        "board",
        sa.Column("id", _ROW_ID, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("scope", "url", "kind", "role", "place")),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("is_shown_first", "is_paused")),
        sa.Column("next_at", _TIME, nullable=False),
        sa.Column("interval", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("etag", "last_modified", "mark")),
        sa.Column("looked_at", _TIME),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
    )
    op.create_index("ux_board_url", "board", ["scope", "url"], unique=True)
    op.create_index("ix_board_next", "board", ["next_at"])
    op.create_table(
        "board_job",
        sa.Column("board_id", _ROW_ID, sa.ForeignKey("board.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("lineage", _ROW_ID),
        sa.Column("missed", sa.Integer(), nullable=False),
    )
    op.create_index("ix_board_job_lineage", "board_job", ["lineage"])
    op.create_table(
        "sighting",
        sa.Column("lineage", _ROW_ID, primary_key=True, autoincrement=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("row_id", _ROW_ID, nullable=False),
        sa.Column("link", sa.Text()),
        sa.Column("openness", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text()),
        *(sa.Column(name, _TIME) for name in ("at", "seen_at", "closes_at", "next_at")),
        sa.Column("first_at", _TIME, nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
    )
    for name, column in (("ix_sighting_next", "next_at"), ("ix_sighting_closes", "closes_at")):
        has_one = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, "sighting", [column], sqlite_where=has_one, postgresql_where=has_one)
