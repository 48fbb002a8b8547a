"""Takes OpenPGP keys of those we write to, and says whose each is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tocsin.constituency import make_contact
from tocsin.constituency.mailboxes import Target
from tocsin.constituency.openpgp import Key, read_key
from tocsin.errors import AskError
from tocsin.persons import checked_name
from tocsin.provenance import Pointer
from tocsin.store.contacts import find_contact, save_contacts
from tocsin.store.desk import open_desk
from tocsin.store.keys import load_keys, save_key
from tocsin.store.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenKey:
    """A key that was kept (``is_new`` unless the very same was there), and the subjects of the contacts it is for."""

    key: Key
    is_new: bool
    subjects: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        return {**self.key.as_json(), "new": self.is_new, "contacts_about": list(self.subjects)}


def take_key(
    workspace: Workspace, path: Path, *, address: str | None, although: bool, author: str, now: datetime
) -> TakenKey:
    """Keeps a public key; with ``address`` also says that mail to it is encrypted to this key.

    Every contact of that address gets an entry by ``author``, who vouches for the key. Refuses a key that is expired or
    revoked, and with ``address`` one that does not name it, unless ``although``.
    """
    key = _read(path, now)
    author = checked_name(author, need="this needs an author", option="--author")
    if key.faults:
        raise AskError(
            f"key {key.fingerprint} cannot be used: {'; '.join(key.faults)}", remedy="ask its owner for a new one"
        )
    desk = open_desk(workspace.desk_url)
    contacts = [] if address is None else [each.contact for each in find_contact(desk, address)]
    if address is not None and not contacts:
        raise AskError(f"no contact has the address {address!r}", remedy="add it with 'tocsin contacts add'")
    if address is not None and not key.is_for(address) and not although:
        raise AskError(
            f"key {key.fingerprint} is of {', '.join(key.user_ids) or 'nobody named'}, not of {address}",
            remedy="ask its owner; if it is right all the same, add --although",
        )
    is_new = save_key(desk, fingerprint=key.fingerprint, armored=key.armored, source=path.name, author=author, now=now)
    entries = [
        make_contact(
            each.subject,
            Target(channel="mail", address=each.address),
            source="person",
            pointer=f"key from {path.name}",
            now=now,
            name=each.name,
            roles=each.roles,
            language=each.language,
            key=key.fingerprint,
            author=author,
        )
        for each in contacts
        if each.channel == "mail"
    ]
    with desk.begin() as connection:
        save_contacts(connection, entries, author=author, now=now)
    return TakenKey(key=key, is_new=is_new, subjects=tuple(dict.fromkeys(each.subject for each in entries)))


def list_keys(workspace: Workspace, *, now: datetime) -> list[Key]:
    """Every key that is kept, judged at ``now``."""
    stored = load_keys(open_desk(workspace.desk_url))
    return [read_key(each.armored.encode(), now=now) for each in stored.values()]


def _read(path: Path, now: datetime) -> Key:
    where = Pointer(source=str(path))
    try:
        return read_key(path.read_bytes(), now=now)
    except OSError as fault:
        raise AskError(f"cannot be read: {fault.strerror}", where=where, remedy="check its name and rights") from fault
    except ValueError as fault:
        raise AskError(str(fault), where=where, remedy="give one public key, armored or binary") from fault
