"""The desk's tables: what people decided and what was taken in, in SQL.

Times are UTC text in ISO 8601 with microseconds, so that they sort and compare alike in SQLite and PostgreSQL.
History is append-only: a batch or judgement is retired by a time, never rewritten; see ``docs/reference/workspace.md``.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

from tocsin.store._notice_tables import add_notice_tables

metadata = MetaData()

batches = Table(
    "batches",
    metadata,
    Column("id", String(64), primary_key=True, comment="sha256 of the decompressed content"),
    Column("source", String(200), nullable=False, comment="report type or the mapping's source name"),
    Column("day", String(10), nullable=False, comment="the day reported on, ISO date"),
    Column("scope", Text, nullable=False),
    Column("coverage", String(20), nullable=False, comment="positives or population"),
    Column("file", Text, nullable=False, comment="the file's name as given, without folders"),
    Column("rows_in", BigInteger, nullable=False),
    Column("observations", BigInteger, nullable=False),
    Column("duplicates", BigInteger, nullable=False),
    Column("rejected", BigInteger, nullable=False),
    Column("first_seen_at", String(32), comment="null when the batch has no observation"),
    Column("last_seen_at", String(32)),
    Column("committed_at", String(32), nullable=False),
    Column("superseded_by", String(64), ForeignKey("batches.id")),
    Column("superseded_at", String(32)),
    Index("batches_by_day", "source", "scope", "day"),
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", String(32), primary_key=True, comment="partition of the lake's findings"),
    Column("case_id", String(200), nullable=False),
    Column("batch_id", String(64), ForeignKey("batches.id"), nullable=False),
    Column("pack_version", String(64), nullable=False),
    Column("constituency_version", String(64), nullable=False),
    Column("code_version", String(64), nullable=False),
    Column("located_by", Text, nullable=False, comment="which tables gave AS number and country"),
    Column("findings", BigInteger, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("retired_at", String(32)),
    Index("judgements_by_case", "case_id", "batch_id"),
)

constituency_versions = Table(
    "constituency_versions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("source", String(200), nullable=False, comment="the registry that was imported"),
    Column("file", Text, nullable=False),
    Column("file_sha256", String(64), nullable=False),
    Column("content_sha256", String(64), nullable=False, comment="of all constituents valid in this version"),
    Column("imported_at", String(32), nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
)

constituents = Table(
    "constituents",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("since", Integer, ForeignKey("constituency_versions.number"), primary_key=True),
    Column("until", Integer, comment="first version without this row; null while it is valid"),
    Column("registry", String(200), nullable=False, comment="the registry source that speaks for it"),
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("country", String(2), nullable=False),
    Column("sector", Text, nullable=False),
    Column("public_body", Boolean, nullable=False),
    Column("parent", String(200)),
    Column("contacts", Text, nullable=False, comment="JSON list"),
    Column("holdings", Text, nullable=False, comment="JSON list of kind, value, provider, file, line"),
    Index("constituents_by_version", "since", "until"),
)

overrides = Table(
    "overrides",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("what", String(20), nullable=False, comment="verdict or assignment"),
    Column("case_id", String(200), comment="null: every case (assignments only)"),
    Column("ip_hi", BigInteger, nullable=False),
    Column("ip_lo", BigInteger, nullable=False),
    Column("port", Integer, comment="null: every port"),
    Column("value", String(200), nullable=False, comment="a status, or a constituent's id, or none"),
    Column("reason", Text, nullable=False),
    Column("author", String(200), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("begins_on", String(10), nullable=False, comment="first day on which it counts"),
    Column("expires_on", String(10), nullable=False, comment="last day on which it counts"),
    Column("withdrawn_at", String(32)),
    Column("withdrawn_by", String(200)),
    Index("overrides_by_address", "ip_hi", "ip_lo"),
)

source_notes = Table(
    "source_notes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("source", String(200), nullable=False),
    Column("on_day", String(10), nullable=False, comment="first day on which it looked in the new way"),
    Column("text", Text, nullable=False, comment="what changed"),
    Column("author", String(200), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("withdrawn_at", String(32)),
    Column("withdrawn_by", String(200)),
    Index("source_notes_by_source", "source", "on_day"),
)

range_tables = Table(
    "range_tables",
    metadata,
    Column("id", String(32), primary_key=True, comment="name of its Parquet file in the lake's tables/"),
    Column("kind", String(20), nullable=False, comment="asn or country"),
    Column("family", Integer, nullable=False, comment="4 or 6"),
    Column("source", String(200), nullable=False),
    Column("as_of", String(10), nullable=False),
    Column("file", Text, nullable=False),
    Column("file_sha256", String(64), nullable=False),
    Column("ranges", BigInteger, nullable=False),
    Column("imported_at", String(32), nullable=False),
    Index("range_tables_by_kind", "kind", "family", "as_of"),
)

documents = Table(
    "documents",
    metadata,
    Column("sha256", String(64), primary_key=True, comment="of the bytes; names its file in documents/"),
    Column("text_sha256", String(64), nullable=False, comment="of the text in UTF-8; its other file"),
    Column("bytes", BigInteger, nullable=False),
    Column("characters", BigInteger, nullable=False),
    Column("words", BigInteger, nullable=False),
    Column("about", Text, nullable=False, comment="JSON of the document without its text, as opened"),
    Column("added_at", String(32), nullable=False),
    Index("documents_by_text", "text_sha256"),
)

document_notes = Table(
    "document_notes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("document", String(64), ForeignKey("documents.sha256"), nullable=False),
    Column("field", String(20), nullable=False, comment="genre, published, publisher and so on"),
    Column("value", Text, nullable=False, comment="what a person says it is; the newest counts"),
    Column("author", String(200), nullable=False),
    Column("made_at", String(32), nullable=False),
    Index("document_notes_by_document", "document"),
)

document_sources = Table(
    "document_sources",
    metadata,
    Column("id", String(64), primary_key=True, comment="sha256 of document and source"),
    Column("document", String(64), ForeignKey("documents.sha256"), nullable=False),
    Column("source", Text, nullable=False, comment="JSON text: the file's name, or the address asked for"),
    Column("address", Text, comment="JSON text: the address that answered in the end"),
    Column("content_type", Text, comment="JSON text: as its header said"),
    Column("fetched_at", String(32), comment="null for a file"),
    Column("added_at", String(32), nullable=False),
    Column("added_by", String(200), nullable=False),
    Index("document_sources_by_document", "document"),
)

readings = Table(
    "readings",
    metadata,
    Column("document", String(64), ForeignKey("documents.sha256"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="of this document's readings, from 1"),
    Column("reader", String(200), nullable=False, comment="versions of program and gazetteer"),
    Column("basis", String(64), nullable=False, comment="sha256 of what was known of the document"),
    Column("read_at", String(32), nullable=False),
    Column("counts", Text, nullable=False, comment="JSON: assertions by kind"),
    Column("content", Text, nullable=False, comment="JSON of segments and assertions"),
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("document", String(64), ForeignKey("documents.sha256"), nullable=False),
    Column("assertion", String(200), comment="null: of the document, or one added"),
    Column("action", String(20), nullable=False, comment="accept, correct, reject and so on"),
    Column("payload", Text, nullable=False, comment="JSON: what was corrected or added, and to what"),
    Column("reason", Text, nullable=False),
    Column("reviewer", String(200), nullable=False),
    Column("made_at", String(32), nullable=False),
    Index("reviews_by_document", "document", "assertion"),
)

ledger = Table(
    "ledger",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String(32), nullable=False),
    Column("what", String(40), nullable=False, comment="purge, label and other acts that must be answerable"),
    Column("detail", Text, nullable=False),
)

add_notice_tables(metadata)
contacts = metadata.tables["contacts"]
contact_notes = metadata.tables["contact_notes"]
keys = metadata.tables["keys"]
lookups = metadata.tables["lookups"]
plans = metadata.tables["plans"]
plan_events = metadata.tables["plan_events"]
notices = metadata.tables["notices"]
notice_events = metadata.tables["notice_events"]
outbox = metadata.tables["outbox"]
answers = metadata.tables["answers"]
answer_events = metadata.tables["answer_events"]
letters_in = metadata.tables["letters_in"]
suppressions = metadata.tables["suppressions"]
audit = metadata.tables["audit"]
