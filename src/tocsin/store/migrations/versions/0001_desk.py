"""The first desk: batches, judgements, the constituency, overrides, range tables and the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.String(length=64), nullable=False, comment="sha256 of the decompressed content"),
        sa.Column("source", sa.String(length=200), nullable=False, comment="report type or the mapping's source name"),
        sa.Column("day", sa.String(length=10), nullable=False, comment="the day reported on, ISO date"),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("coverage", sa.String(length=20), nullable=False, comment="positives or population"),
        sa.Column("file", sa.Text(), nullable=False, comment="the file's name as given, without folders"),
        sa.Column("rows_in", sa.BigInteger(), nullable=False),
        sa.Column("observations", sa.BigInteger(), nullable=False),
        sa.Column("duplicates", sa.BigInteger(), nullable=False),
        sa.Column("rejected", sa.BigInteger(), nullable=False),
        sa.Column(
            "first_seen_at", sa.String(length=32), nullable=True, comment="null when the batch has no observation"
        ),
        sa.Column("last_seen_at", sa.String(length=32), nullable=True),
        sa.Column("committed_at", sa.String(length=32), nullable=False),
        sa.Column("superseded_by", sa.String(length=64), nullable=True),
        sa.Column("superseded_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["superseded_by"],
            ["batches.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("batches_by_day", "batches", ["source", "scope", "day"], unique=False)
    op.create_table(
        "constituency_versions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False, comment="the registry that was imported"),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "content_sha256", sa.String(length=64), nullable=False, comment="of all constituents valid in this version"
        ),
        sa.Column("imported_at", sa.String(length=32), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column(
            "what", sa.String(length=40), nullable=False, comment="purge, label and other acts that must be answerable"
        ),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "overrides",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False, comment="verdict or assignment"),
        sa.Column("case_id", sa.String(length=200), nullable=True, comment="null: every case (assignments only)"),
        sa.Column("ip_hi", sa.BigInteger(), nullable=False),
        sa.Column("ip_lo", sa.BigInteger(), nullable=False),
        sa.Column("port", sa.Integer(), nullable=True, comment="null: every port"),
        sa.Column("value", sa.String(length=200), nullable=False, comment="a status, or a constituent's id, or none"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("begins_on", sa.String(length=10), nullable=False, comment="first day on which it counts"),
        sa.Column("expires_on", sa.String(length=10), nullable=False, comment="last day on which it counts"),
        sa.Column("withdrawn_at", sa.String(length=32), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("overrides_by_address", "overrides", ["ip_hi", "ip_lo"], unique=False)
    op.create_table(
        "range_tables",
        sa.Column("id", sa.String(length=32), nullable=False, comment="name of its Parquet file in the lake's tables/"),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="asn or country"),
        sa.Column("family", sa.Integer(), nullable=False, comment="4 or 6"),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("as_of", sa.String(length=10), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("ranges", sa.BigInteger(), nullable=False),
        sa.Column("imported_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("range_tables_by_kind", "range_tables", ["kind", "family", "as_of"], unique=False)
    op.create_table(
        "constituents",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column(
            "until", sa.Integer(), nullable=True, comment="first version without this row; null while it is valid"
        ),
        sa.Column("registry", sa.String(length=200), nullable=False, comment="the registry source that speaks for it"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("public_body", sa.Boolean(), nullable=False),
        sa.Column("parent", sa.String(length=200), nullable=True),
        sa.Column("contacts", sa.Text(), nullable=False, comment="JSON list"),
        sa.Column("holdings", sa.Text(), nullable=False, comment="JSON list of kind, value, provider, file, line"),
        sa.ForeignKeyConstraint(
            ["since"],
            ["constituency_versions.number"],
        ),
        sa.PrimaryKeyConstraint("id", "since"),
    )
    op.create_index("constituents_by_version", "constituents", ["since", "until"], unique=False)
    op.create_table(
        "judgements",
        sa.Column("id", sa.String(length=32), nullable=False, comment="partition of the lake's findings"),
        sa.Column("case_id", sa.String(length=200), nullable=False),
        sa.Column("batch_id", sa.String(length=64), nullable=False),
        sa.Column("pack_version", sa.String(length=64), nullable=False),
        sa.Column("constituency_version", sa.String(length=64), nullable=False),
        sa.Column("code_version", sa.String(length=64), nullable=False),
        sa.Column("located_by", sa.Text(), nullable=False, comment="which tables gave AS number and country"),
        sa.Column("findings", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("retired_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["batches.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("judgements_by_case", "judgements", ["case_id", "batch_id"], unique=False)
