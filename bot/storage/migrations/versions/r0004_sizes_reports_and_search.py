"""How long texts are, answers that somebody holds to be wrong, what a search goes by as bits, and what people tell of themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Measure what is there and create the tables; the bits are filled from the facts when the database is opened."""
    op.add_column("posting", sa.Column("size", sa.BigInteger(), nullable=False, server_default="0"))
    is_sqlite = op.get_bind().dialect.name == "sqlite"  # whose older versions have no octet_length
    op.execute(f"UPDATE posting SET size = {'length(CAST(text AS BLOB))' if is_sqlite else 'octet_length(text)'}")  # noqa: S608 -- both are ours
    is_current = sa.text("state = 'current'")
    op.drop_index("ix_posting_scope", "posting")
    columns = ["scope", "lineage", "size"]
    op.create_index("ix_posting_scope", "posting", columns, sqlite_where=is_current, postgresql_where=is_current)
    is_open = sa.text("state = 'open'")
    op.create_index("ix_proposal_open", "proposal", ["scope", "made_at"], sqlite_where=is_open, postgresql_where=is_open)
    op.create_table(
        "report",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("posting", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        *(sa.Column(name, sa.Text()) for name in ("topic", "country")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("question", "said", "comment")),
        *(sa.Column(name, sa.Text()) for name in ("actor_id", "actor_name")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_report_scope", "report", ["scope", "at"])
    op.create_index("ix_report_at", "report", ["at"])
    named = sa.text("actor_id IS NOT NULL")
    op.create_index("ix_report_actor", "report", ["actor_id"], sqlite_where=named, postgresql_where=named)
    op.create_table(
        "search_bits",
        *(sa.Column(name, sa.Text(), primary_key=True) for name in ("scope", "topic", "key")),
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
