"""The desk's tables for contacts and notices. History is append-only: what becomes of a notice is its events.

Only ``outbox`` is rewritten: it is the queue, and what it says can be made anew from the events.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text


def add_notice_tables(metadata: MetaData) -> None:
    """Declares the tables of contacts, plans, notices, the outbox, answers and the audit log."""
    _add_contacts(metadata)
    _add_lookups(metadata)
    _add_plans(metadata)
    _add_notices(metadata)
    _add_outbox(metadata)
    _add_answers(metadata)
    _add_letters(metadata)


def _add_contacts(metadata: MetaData) -> None:
    Table(
        "contacts",
        metadata,
        Column("id", String(64), primary_key=True, comment="sha256 of subject, channel, address and source"),
        Column(
            "subject", String(300), nullable=False, comment="constituent:, domain:, network:, asn: or country: value"
        ),
        Column("channel", String(10), nullable=False, comment="mail, form, phone or post"),
        Column("address", Text, nullable=False),
        Column("name", Text, nullable=False, comment="of the person or desk; may be empty"),
        Column(
            "roles", Text, nullable=False, comment="JSON list: security, abuse, technical, owner, provider and so on"
        ),
        Column("language", String(35), nullable=False, comment="BCP 47, or empty"),
        Column("key", String(64), comment="fingerprint of an OpenPGP key in keys"),
        Column("source", String(20), nullable=False, comment="person, registry, security.txt, rdap or directory"),
        Column("pointer", Text, nullable=False, comment="where it stands: file and line, or the address asked"),
        Column("author", String(200), comment="who entered it, where a person did"),
        Column("seen_at", String(32), nullable=False),
        Column("expires_at", String(32), comment="after which it must be confirmed"),
        Index("contacts_by_subject", "subject"),
        Index("contacts_by_address", "address"),
    )
    Table(
        "contact_notes",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("contact", String(64), ForeignKey("contacts.id"), nullable=False),
        Column("what", String(12), nullable=False, comment="confirmed, set_aside or restored; the newest counts"),
        Column("reason", Text, nullable=False),
        Column("author", String(200), nullable=False),
        Column("made_at", String(32), nullable=False),
        Column("expires_at", String(32), comment="until when a confirmation counts"),
        Index("contact_notes_by_contact", "contact"),
    )


def _add_lookups(metadata: MetaData) -> None:
    Table(
        "keys",
        metadata,
        Column("fingerprint", String(64), primary_key=True),
        Column("armored", Text, nullable=False, comment="the OpenPGP certificate"),
        Column("source", Text, nullable=False),
        Column("added_at", String(32), nullable=False),
        Column("added_by", String(200), nullable=False),
    )
    Table(
        "lookups",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("kind", String(20), nullable=False, comment="security.txt, rdap, bootstrap, mx or address"),
        Column("asked", String(300), nullable=False, comment="domain, network or AS number"),
        Column("server", Text, nullable=False),
        Column("asked_at", String(32), nullable=False),
        Column("outcome", String(12), nullable=False, comment="answer, nothing or failed"),
        Column("answer", Text, nullable=False, comment="as it came, or what went wrong"),
        Column("expires_at", String(32), nullable=False, comment="when it may be asked again"),
        Index("lookups_by_question", "kind", "asked"),
    )


def _add_plans(metadata: MetaData) -> None:
    Table(
        "plans",
        metadata,
        Column("id", String(16), primary_key=True),
        Column("case_id", String(200), nullable=False),
        Column("as_of", String(10), nullable=False),
        Column("made_at", String(32), nullable=False),
        Column("made_by", String(200), nullable=False),
        Column("policy", Text, nullable=False, comment="JSON: the policy as it was then"),
        Column("versions", Text, nullable=False, comment="JSON list: pack, constituency, program"),
        Column("waves", Text, comment="JSON: seed, sizes, days, approver; null without waves"),
        Column("withheld", Text, nullable=False, comment="JSON list: who is not told, and why"),
        Index("plans_by_case", "case_id", "made_at"),
    )
    Table(
        "plan_events",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("plan", String(16), ForeignKey("plans.id"), nullable=False),
        Column("what", String(12), nullable=False, comment="approved or cancelled"),
        Column("author", String(200), nullable=False),
        Column("reason", Text, nullable=False),
        Column("at", String(32), nullable=False),
        Index("plan_events_by_plan", "plan"),
    )


def _add_notices(metadata: MetaData) -> None:
    Table(
        "notices",
        metadata,
        Column("number", String(32), primary_key=True, comment="unguessable; what the recipient may check"),
        Column("plan", String(16), ForeignKey("plans.id"), nullable=False),
        Column("case_id", String(200), nullable=False),
        Column("constituent", String(200), nullable=False),
        Column("contact", String(64), ForeignKey("contacts.id"), nullable=False),
        Column("channel", String(10), nullable=False),
        Column("address", Text, nullable=False, comment="as it was when planned"),
        Column("kind", String(12), nullable=False, comment="first, reminder or correction"),
        Column("corrects", String(32), comment="the notice that a correction is about"),
        Column("language", String(35), nullable=False),
        Column("wave", Integer, comment="from 1; null without waves"),
        Column("not_before", String(32), nullable=False, comment="the earliest moment at which it may go"),
        Column("due_on", String(10), nullable=False, comment="the day by which it asks to be fixed"),
        Column("items", Text, nullable=False, comment="JSON: the findings told"),
        Column("digest", String(64), nullable=False, comment="of the services and their status; unchanged or not"),
        Column("message_id", String(200), nullable=False),
        Column("why", Text, nullable=False, comment="why this contact and channel"),
        Index("notices_by_plan", "plan"),
        Index("notices_by_constituent", "case_id", "constituent"),
        Index("notices_by_message", "message_id"),
    )
    Table(
        "notice_events",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("notice", String(32), ForeignKey("notices.number"), nullable=False),
        Column("what", String(14), nullable=False, comment="accepted, deferred, refused, uncertain, bounced and so on"),
        Column("detail", Text, nullable=False),
        Column("author", String(200), nullable=False, comment="a person, or tocsin"),
        Column("at", String(32), nullable=False),
        Index("notice_events_by_notice", "notice"),
        Index("notice_events_by_what", "what"),
    )


def _add_outbox(metadata: MetaData) -> None:
    Table(
        "outbox",
        metadata,
        Column("notice", String(32), ForeignKey("notices.number"), primary_key=True),
        Column("state", String(10), nullable=False, comment="waiting, leased, handing, done, uncertain or failed"),
        Column("lease", String(64), comment="of the sender that has it"),
        Column("leased_until", String(32)),
        Column("attempts", Integer, nullable=False),
        Column("next_at", String(32), nullable=False),
        Column("deadline", String(32), nullable=False),
        Column("domain", String(255), nullable=False, comment="of the recipient, for the rate"),
        Column("changed_at", String(32), nullable=False),
        Index("outbox_by_state", "state", "next_at"),
    )


def _add_answers(metadata: MetaData) -> None:
    Table(
        "answers",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("notice", String(32), ForeignKey("notices.number"), nullable=False),
        Column("what", String(14), nullable=False, comment="fixed, not_ours, wrong_contact, need_help or stop"),
        Column("via", String(10), nullable=False, comment="page, mail or person"),
        Column("words", Text, nullable=False),
        Column("author", String(200), nullable=False, comment="who entered it; the recipient of a page is not known"),
        Column("at", String(32), nullable=False),
        Index("answers_by_notice", "notice"),
    )
    Table(
        "answer_events",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("answer", Integer, ForeignKey("answers.id"), nullable=False),
        Column("what", String(12), nullable=False, comment="settled or reopened"),
        Column("outcome", Text, nullable=False),
        Column("author", String(200), nullable=False),
        Column("at", String(32), nullable=False),
        Index("answer_events_by_answer", "answer"),
    )


def _add_letters(metadata: MetaData) -> None:
    Table(
        "letters_in",
        metadata,
        Column("id", String(64), primary_key=True, comment="sha256 of the message as it came"),
        Column("notice", String(32), ForeignKey("notices.number"), comment="null: about none that is known"),
        Column("kind", String(10), nullable=False, comment="bounce, auto, reply or other"),
        Column("sender", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("summary", Text, nullable=False),
        Column("received_at", String(32), nullable=False),
        Column("collected_at", String(32), nullable=False),
        Index("letters_in_by_notice", "notice"),
    )
    Table(
        "suppressions",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("what", String(320), nullable=False, comment="a mail address or a domain, in lower case"),
        Column("reason", Text, nullable=False),
        Column("author", String(200), nullable=False),
        Column("made_at", String(32), nullable=False),
        Column("withdrawn_at", String(32)),
        Column("withdrawn_by", String(200)),
        Index("suppressions_by_what", "what"),
    )
    Table(
        "audit",
        metadata,
        Column("number", Integer, primary_key=True, autoincrement=False, comment="from 1, without gaps"),
        Column("at", String(32), nullable=False),
        Column("author", String(200), nullable=False),
        Column("what", String(40), nullable=False),
        Column("subject", String(300), nullable=False, comment="plan:, notice:, contact:, answer: and so on"),
        Column("detail", Text, nullable=False, comment="JSON; empty where a purge took it out"),
        Column("salt", String(32), comment="of the seal; null where a purge took the detail out"),
        Column("sealed", String(64), nullable=False, comment="sha256 of salt and detail"),
        Column("previous", String(64), nullable=False, comment="digest of the row before"),
        Column("digest", String(64), nullable=False, comment="of previous and this row, its detail as sealed"),
    )
