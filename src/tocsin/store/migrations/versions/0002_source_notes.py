"""Declared changes of a source's method or scope."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "source_notes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column(
            "on_day", sa.String(length=10), nullable=False, comment="first day on which it looked in the new way"
        ),
        sa.Column("text", sa.Text(), nullable=False, comment="what changed"),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("withdrawn_at", sa.String(length=32), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("source_notes_by_source", "source_notes", ["source", "on_day"], unique=False)
