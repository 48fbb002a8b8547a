"""Contacts as they were found or entered, and what people said of each since. Every change is in the audit log.

A contact found again is the same row: only when it was seen, until when it counts, and what is said of it change; what
people said (``contact_notes``) is append-only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.constituency.contacts import Contact, Known
from tocsin.store.audit import forget_details, hold, note
from tocsin.store.clock import instant_text, parse_instant
from tocsin.store.schema import contact_notes, contacts, keys, notices

MACHINE = "tocsin"
"""Who the author of an automatic change is."""
FORGOTTEN = hashlib.sha256(b"forgotten").hexdigest()
"""The contact that stands in a notice where a purge took out its own; nobody's, and never shown."""
NOTES = ("confirmed", "set_aside", "restored")
_BLOCK, _ONE_BY_ONE = 500, 20
_T = TypeVar("_T")
_LASTING = ("subject", "channel", "address", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactNote:
    """What a person (or a bounce) said of a contact; ``expires_at`` is until when a confirmation counts."""

    contact: str
    what: str
    reason: str
    author: str
    made_at: datetime
    expires_at: datetime | None

    def as_json(self) -> dict[str, object]:
        until = self.expires_at and self.expires_at.isoformat()
        return {
            "what": self.what,
            "reason": self.reason,
            "author": self.author,
            "made_at": self.made_at.isoformat(),
            "expires_at": until,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """How many contacts were new, said something else than before, or were only seen again."""

    added: int = 0
    changed: int = 0
    seen_again: int = 0

    def __add__(self, other: Saved) -> Saved:
        return Saved(
            added=self.added + other.added,
            changed=self.changed + other.changed,
            seen_again=self.seen_again + other.seen_again,
        )


def save_contacts(connection: Connection, found: Sequence[Contact], *, author: str, now: datetime) -> Saved:
    """Keeps contacts in the transaction of what led to them; what is new or says something else is audited."""
    hold(connection)
    unique = {each.id: each for each in found}
    known = {row["id"]: row for row in _rows(connection, unique)}
    added = [each for id_, each in unique.items() if id_ not in known]
    changed, again = list[Contact](), list[dict[str, object]]()
    for id_, each in unique.items():
        if id_ not in known:
            continue
        row = _row(each)
        again.append({f"new_{name}": value for name, value in row.items()})
        if any(row[name] != known[id_][name] for name in ("name", "roles", "language", "key", "author")):
            changed.append(each)
    if again:
        names = [column.name for column in contacts.columns if column.name != "id"]
        fresh: dict[str, object] = {name: sa.bindparam(f"new_{name}") for name in names}
        connection.execute(sa.update(contacts).where(contacts.c.id == sa.bindparam("new_id")).values(**fresh), again)
    if added:
        connection.execute(sa.insert(contacts), [_row(each) for each in added])
    _audit(connection, added, "contact added", author, now)
    _audit(connection, changed, "contact changed", author, now)
    return Saved(added=len(added), changed=len(changed), seen_again=len(known) - len(changed))


def add_note(
    connection: Connection,
    contact: str,
    what: str,
    *,
    reason: str,
    author: str,
    now: datetime,
    expires_at: datetime | None = None,
) -> None:
    """Says of a contact that it is confirmed, set aside or restored. Raises ``ValueError`` for another word."""
    if what not in NOTES:
        raise ValueError(f"{what!r} is none of {', '.join(NOTES)}")
    connection.execute(
        sa.insert(contact_notes).values(
            contact=contact,
            what=what,
            reason=reason,
            author=author,
            made_at=instant_text(now),
            expires_at=expires_at and instant_text(expires_at),
        )
    )
    detail = {"reason": reason, "expires_at": expires_at and instant_text(expires_at)}
    note(connection, author, f"contact {what.replace('_', ' ')}", f"contact:{contact}", detail, now)


def retire_missing(
    connection: Connection, subjects: Collection[str], source: str, seen: Collection[str], *, now: datetime
) -> int:
    """Ends the contacts about ``subjects`` that a source named once and, asked again, names no more; how many.

    ``seen`` are the ids that it names now. What a person confirmed counts on until its day.
    """
    ended = 0
    for block in _blocks(sorted(subjects)):
        query = sa.select(contacts).where(contacts.c.subject.in_(block), contacts.c.source == source)
        live = contacts.c.expires_at.is_(None) | (contacts.c.expires_at > instant_text(now))
        for row in list(connection.execute(query.where(live)).mappings()):
            if row["id"] not in seen:
                ended += 1
                ending = sa.update(contacts).where(contacts.c.id == row["id"]).values(expires_at=instant_text(now))
                connection.execute(ending)
                detail = {name: row[name] for name in _LASTING}
                note(connection, MACHINE, "contact no longer named", f"contact:{row['id']}", detail, now)
    return ended


def forget_contacts(connection: Connection, subjects: Collection[str], *, now: datetime) -> int:
    """Deletes the contacts about ``subjects`` that no notice names, with what was said of them; how many.

    Keys that no other contact has go too. The audit log keeps that there was a contact, not what it was.
    """
    about = contacts.c.subject.in_(sorted(subjects)) & contacts.c.id.not_in(sa.select(notices.c.contact))
    found = connection.execute(sa.select(contacts.c.id, contacts.c.key).where(about)).all()
    ids = sa.select(contacts.c.id).where(about)
    connection.execute(sa.delete(contact_notes).where(contact_notes.c.contact.in_(ids)))
    connection.execute(sa.delete(contacts).where(about))
    used = sa.select(contacts.c.key).where(contacts.c.key.is_not(None))
    for key in {row.key for row in found if row.key}:
        connection.execute(sa.delete(keys).where(keys.c.fingerprint == key, keys.c.fingerprint.not_in(used)))
    forget_details(connection, [f"contact:{row.id}" for row in found], author=MACHINE, now=now)
    return len(found)


def load_contacts(
    desk: Engine, *, subjects: Collection[str] | None = None, known_by: datetime | None = None
) -> Iterator[Known]:
    """The contacts about ``subjects``, or all, with how they stand or stood at ``known_by``; by subject and address."""
    moment = None if known_by is None else instant_text(known_by)
    with desk.connect() as connection:
        if subjects is None:
            rows = list(connection.execute(sa.select(contacts).where(contacts.c.id != FORGOTTEN)).mappings())
        else:
            rows = [
                row
                for block in _blocks(sorted(subjects))
                for row in connection.execute(sa.select(contacts).where(contacts.c.subject.in_(block))).mappings()
            ]
        said = _notes(connection, None if subjects is None else [row["id"] for row in rows])
    for row in sorted(rows, key=lambda row: (row["subject"], row["address"], row["id"])):
        if moment is None or row["seen_at"] <= moment:
            heard = [each for each in said.get(row["id"], []) if known_by is None or each.made_at <= known_by]
            yield _known(row, heard)


def find_contact(desk: Engine, beginning: str) -> list[Known]:
    """The contacts whose id begins so, or whose address it is."""
    pattern = beginning.lower()
    by_id = contacts.c.id.startswith(pattern, autoescape=True) if len(pattern) >= 6 else sa.false()
    query = sa.select(contacts).where(
        by_id | (sa.func.lower(contacts.c.address) == pattern), contacts.c.id != FORGOTTEN
    )
    with desk.connect() as connection:
        rows = list(connection.execute(query.order_by(contacts.c.id)).mappings())
        said = _notes(connection, [row["id"] for row in rows])
    return [_known(row, said.get(row["id"], [])) for row in rows]


def load_notes(desk: Engine, contact: str) -> list[ContactNote]:
    """What was said of one contact, oldest first."""
    with desk.connect() as connection:
        return _notes(connection, [contact]).get(contact, [])


def _rows(connection: Connection, ids: Iterable[str]) -> Iterator[sa.RowMapping]:
    for block in _blocks(list(ids)):
        yield from connection.execute(sa.select(contacts).where(contacts.c.id.in_(block))).mappings()


def _notes(connection: Connection, ids: Sequence[str] | None) -> dict[str, list[ContactNote]]:
    query = sa.select(contact_notes).order_by(contact_notes.c.id)
    queries = [query] if ids is None else [query.where(contact_notes.c.contact.in_(block)) for block in _blocks(ids)]
    found = dict[str, list[ContactNote]]()
    for each in queries:
        for row in connection.execute(each).mappings():
            said = ContactNote(
                contact=row["contact"],
                what=row["what"],
                reason=row["reason"],
                author=row["author"],
                made_at=parse_instant(row["made_at"]),
                expires_at=_moment(row["expires_at"]),
            )
            found.setdefault(said.contact, []).append(said)
    return found


def _known(row: sa.RowMapping, said: Sequence[ContactNote]) -> Known:
    """Folds what was said: it is set aside when that was said last, and counts until the latest expiry."""
    contact = Contact(
        **{name: row[name] for name in (*_LASTING, "name", "language", "key", "pointer", "author")},
        roles=tuple(json.loads(row["roles"])),
        seen_at=parse_instant(row["seen_at"]),
        expires_at=_moment(row["expires_at"]),
    )
    aside = None
    until = [contact.expires_at]
    for each in said:
        if each.what == "confirmed":
            until.append(each.expires_at)
        aside = each.reason if each.what == "set_aside" else None
    return Known(contact=contact, valid_until=None if None in until else max(filter(None, until)), set_aside=aside)


def _row(each: Contact) -> dict[str, object]:
    return {
        "id": each.id,
        **{name: getattr(each, name) for name in (*_LASTING, "name", "language", "key", "pointer", "author")},
        "roles": json.dumps(each.roles),
        "seen_at": instant_text(each.seen_at),
        "expires_at": each.expires_at and instant_text(each.expires_at),
    }


def _audit(connection: Connection, found: Sequence[Contact], what: str, author: str, now: datetime) -> None:
    """One row for each contact; of very many, as an import brings them, one row for each block, of ids and digests.

    Of one contact a purge can take the words out of the log; of a block it could only for all of them.
    """
    if len(found) <= _ONE_BY_ONE:
        for each in found:
            note(connection, author, what, f"contact:{each.id}", _detail(each), now)
        return
    for block in _blocks(found):
        note(
            connection,
            author,
            what,
            f"contacts:{len(block)}",
            {"sha256": {each.id: _digest(each) for each in block}},
            now,
        )


def _detail(each: Contact) -> dict[str, object]:
    return {name: getattr(each, name) for name in ("id", *_LASTING, "name", "roles", "language", "key", "pointer")}


def _digest(each: Contact) -> str:
    return hashlib.sha256(json.dumps(_detail(each), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _moment(text: str | None) -> datetime | None:
    return None if text is None else parse_instant(text)


def _blocks(many: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Blocks that every database takes."""
    for start in range(0, len(many), _BLOCK):
        yield many[start : start + _BLOCK]
