"""Contacts, plans, notices, the outbox, answers and the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _contacts()
    _plans()
    _notices()
    _answers()


def _contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", sa.String(length=64), nullable=False, comment="sha256 of subject, channel, address and source"),
        sa.Column(
            "subject",
            sa.String(length=300),
            nullable=False,
            comment="constituent:, domain:, network:, asn: or country: value",
        ),
        sa.Column("channel", sa.String(length=10), nullable=False, comment="mail, form, phone or post"),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="of the person or desk; may be empty"),
        sa.Column(
            "roles",
            sa.Text(),
            nullable=False,
            comment="JSON list: security, abuse, technical, owner, provider and so on",
        ),
        sa.Column("language", sa.String(length=35), nullable=False, comment="BCP 47, or empty"),
        sa.Column("key", sa.String(length=64), nullable=True, comment="fingerprint of an OpenPGP key in keys"),
        sa.Column(
            "source", sa.String(length=20), nullable=False, comment="person, registry, security.txt, rdap or directory"
        ),
        sa.Column("pointer", sa.Text(), nullable=False, comment="where it stands: file and line, or the address asked"),
        sa.Column("author", sa.String(length=200), nullable=True, comment="who entered it, where a person did"),
        sa.Column("seen_at", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.String(length=32), nullable=True, comment="after which it must be confirmed"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("contacts_by_address", "contacts", ["address"], unique=False)
    op.create_index("contacts_by_subject", "contacts", ["subject"], unique=False)
    op.create_table(
        "contact_notes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contact", sa.String(length=64), nullable=False),
        sa.Column(
            "what", sa.String(length=12), nullable=False, comment="confirmed, set_aside or restored; the newest counts"
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.String(length=32), nullable=True, comment="until when a confirmation counts"),
        sa.ForeignKeyConstraint(["contact"], ["contacts.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("contact_notes_by_contact", "contact_notes", ["contact"], unique=False)
    op.create_table(
        "keys",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("armored", sa.Text(), nullable=False, comment="the OpenPGP certificate"),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint"),
    )
    op.create_table(
        "lookups",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="security.txt, rdap, bootstrap, mx or address"),
        sa.Column("asked", sa.String(length=300), nullable=False, comment="domain, network or AS number"),
        sa.Column("server", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False, comment="answer, nothing or failed"),
        sa.Column("answer", sa.Text(), nullable=False, comment="as it came, or what went wrong"),
        sa.Column("expires_at", sa.String(length=32), nullable=False, comment="when it may be asked again"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("lookups_by_question", "lookups", ["kind", "asked"], unique=False)


def _plans() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=200), nullable=False),
        sa.Column("as_of", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False, comment="JSON: the policy as it was then"),
        sa.Column("versions", sa.Text(), nullable=False, comment="JSON list: pack, constituency, program"),
        sa.Column("waves", sa.Text(), nullable=True, comment="JSON: seed, sizes, days, approver; null without waves"),
        sa.Column("withheld", sa.Text(), nullable=False, comment="JSON list: who is not told, and why"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("plans_by_case", "plans", ["case_id", "made_at"], unique=False)
    op.create_table(
        "plan_events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("plan", sa.String(length=16), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False, comment="approved or cancelled"),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plans.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("plan_events_by_plan", "plan_events", ["plan"], unique=False)


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("number", sa.String(length=32), nullable=False, comment="unguessable; what the recipient may check"),
        sa.Column("plan", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=200), nullable=False),
        sa.Column("constituent", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("address", sa.Text(), nullable=False, comment="as it was when planned"),
        sa.Column("kind", sa.String(length=12), nullable=False, comment="first, reminder or correction"),
        sa.Column("corrects", sa.String(length=32), nullable=True, comment="the notice that a correction is about"),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=True, comment="from 1; null without waves"),
        sa.Column("not_before", sa.String(length=32), nullable=False, comment="the earliest moment at which it may go"),
        sa.Column("due_on", sa.String(length=10), nullable=False, comment="the day by which it asks to be fixed"),
        sa.Column("items", sa.Text(), nullable=False, comment="JSON: the findings told"),
        sa.Column(
            "digest", sa.String(length=64), nullable=False, comment="of the services and their status; unchanged or not"
        ),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("why", sa.Text(), nullable=False, comment="why this contact and channel"),
        sa.ForeignKeyConstraint(["contact"], ["contacts.id"]),
        sa.ForeignKeyConstraint(["plan"], ["plans.id"]),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("notices_by_constituent", "notices", ["case_id", "constituent"], unique=False)
    op.create_index("notices_by_message", "notices", ["message_id"], unique=False)
    op.create_index("notices_by_plan", "notices", ["plan"], unique=False)
    op.create_table(
        "notice_events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("notice", sa.String(length=32), nullable=False),
        sa.Column(
            "what",
            sa.String(length=14),
            nullable=False,
            comment="accepted, deferred, refused, uncertain, bounced and so on",
        ),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False, comment="a person, or tocsin"),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["notice"], ["notices.number"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("notice_events_by_notice", "notice_events", ["notice"], unique=False)
    op.create_index("notice_events_by_what", "notice_events", ["what"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("notice", sa.String(length=32), nullable=False),
        sa.Column(
            "state", sa.String(length=10), nullable=False, comment="waiting, leased, handing, done, uncertain or failed"
        ),
        sa.Column("lease", sa.String(length=64), nullable=True, comment="of the sender that has it"),
        sa.Column("leased_until", sa.String(length=32), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.String(length=32), nullable=False),
        sa.Column("deadline", sa.String(length=32), nullable=False),
        sa.Column("domain", sa.String(length=255), nullable=False, comment="of the recipient, for the rate"),
        sa.Column("changed_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["notice"], ["notices.number"]),
        sa.PrimaryKeyConstraint("notice"),
    )
    op.create_index("outbox_by_state", "outbox", ["state", "next_at"], unique=False)


def _answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("notice", sa.String(length=32), nullable=False),
        sa.Column(
            "what", sa.String(length=14), nullable=False, comment="fixed, not_ours, wrong_contact, need_help or stop"
        ),
        sa.Column("via", sa.String(length=10), nullable=False, comment="page, mail or person"),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "author",
            sa.String(length=200),
            nullable=False,
            comment="who entered it; the recipient of a page is not known",
        ),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["notice"], ["notices.number"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("answers_by_notice", "answers", ["notice"], unique=False)
    op.create_table(
        "answer_events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("answer", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False, comment="settled or reopened"),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["answer"], ["answers.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("answer_events_by_answer", "answer_events", ["answer"], unique=False)
    op.create_table(
        "letters_in",
        sa.Column("id", sa.String(length=64), nullable=False, comment="sha256 of the message as it came"),
        sa.Column("notice", sa.String(length=32), nullable=True, comment="null: about none that is known"),
        sa.Column("kind", sa.String(length=10), nullable=False, comment="bounce, auto, reply or other"),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("received_at", sa.String(length=32), nullable=False),
        sa.Column("collected_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["notice"], ["notices.number"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("letters_in_by_notice", "letters_in", ["notice"], unique=False)
    op.create_table(
        "suppressions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("what", sa.String(length=320), nullable=False, comment="a mail address or a domain, in lower case"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.Column("withdrawn_at", sa.String(length=32), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("suppressions_by_what", "suppressions", ["what"], unique=False)
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="from 1, without gaps"),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column(
            "subject", sa.String(length=300), nullable=False, comment="plan:, notice:, contact:, answer: and so on"
        ),
        sa.Column("detail", sa.Text(), nullable=False, comment="JSON; empty where a purge took it out"),
        sa.Column(
            "salt", sa.String(length=32), nullable=True, comment="of the seal; null where a purge took the detail out"
        ),
        sa.Column("sealed", sa.String(length=64), nullable=False, comment="sha256 of salt and detail"),
        sa.Column("previous", sa.String(length=64), nullable=False, comment="digest of the row before"),
        sa.Column(
            "digest",
            sa.String(length=64),
            nullable=False,
            comment="of previous and this row, its detail as sealed",
        ),
        sa.PrimaryKeyConstraint("number"),
    )
