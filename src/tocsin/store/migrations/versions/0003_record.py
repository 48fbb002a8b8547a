"""The public record: documents with their sources and corrections, readings, and reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="of the bytes; names its file in documents/"),
        sa.Column("text_sha256", sa.String(length=64), nullable=False, comment="of the text in UTF-8; its other file"),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("characters", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.BigInteger(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False, comment="JSON of the document without its text, as opened"),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_index("documents_by_text", "documents", ["text_sha256"], unique=False)
    op.create_table(
        "document_notes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False, comment="genre, published, publisher and so on"),
        sa.Column("value", sa.Text(), nullable=False, comment="what a person says it is; the newest counts"),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.sha256"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("document_notes_by_document", "document_notes", ["document"], unique=False)
    op.create_table(
        "document_sources",
        sa.Column("id", sa.String(length=64), nullable=False, comment="sha256 of document and source"),
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False, comment="JSON text: the file's name, or the address asked for"),
        sa.Column("address", sa.Text(), nullable=True, comment="JSON text: the address that answered in the end"),
        sa.Column("content_type", sa.Text(), nullable=True, comment="JSON text: as its header said"),
        sa.Column("fetched_at", sa.String(length=32), nullable=True, comment="null for a file"),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.sha256"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("document_sources_by_document", "document_sources", ["document"], unique=False)
    op.create_table(
        "readings",
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column(
            "number",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="of this document's readings, from 1",
        ),
        sa.Column("reader", sa.String(length=200), nullable=False, comment="versions of program and gazetteer"),
        sa.Column("basis", sa.String(length=64), nullable=False, comment="sha256 of what was known of the document"),
        sa.Column("read_at", sa.String(length=32), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False, comment="JSON: assertions by kind"),
        sa.Column("content", sa.Text(), nullable=False, comment="JSON of segments and assertions"),
        sa.ForeignKeyConstraint(["document"], ["documents.sha256"]),
        sa.PrimaryKeyConstraint("document", "number"),
    )
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("assertion", sa.String(length=200), nullable=True, comment="null: of the document, or one added"),
        sa.Column("action", sa.String(length=20), nullable=False, comment="accept, correct, reject and so on"),
        sa.Column("payload", sa.Text(), nullable=False, comment="JSON: what was corrected or added, and to what"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.sha256"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("reviews_by_document", "reviews", ["document", "assertion"], unique=False)
