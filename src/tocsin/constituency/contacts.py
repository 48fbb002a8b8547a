"""Whom to tell: contacts with source, role and expiry, and the order in which those of one constituent are tried.

A contact is about a *subject*: a constituent, one of its domains, a network, an AS number or a country. What leads to
a constituent's contacts is the *remove* at which a subject stands to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum

from tocsin.constituency.mailboxes import CHANNELS, Target, read_target

SUBJECTS = ("constituent", "domain", "network", "asn", "country")
SOURCES = ("person", "registry", "security.txt", "rdap", "directory")
"""Who says so, the first before the others."""
ROLES = ("security", "owner", "technical", "noc", "abuse", "administrative", "national", "provider", "other")
"""Who reads it, the first before the others. Registered owners act more often than abuse boxes do; see
``docs/how-to/find-contacts.md``."""
VALID_DAYS = {"person": 365, "registry": 365, "security.txt": 365, "rdap": 90, "directory": 180}
"""After so many days a contact of each source must be confirmed, or found again."""


class Remove(IntEnum):
    """How far a subject stands from the constituent, the nearest first."""

    OWN = 0
    DOMAIN = 1
    NETWORK = 2
    PROVIDER = 3
    COUNTRY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One way to reach somebody about ``subject`` (``domain:council.example``), as one source says it.

    ``roles`` is in the order of ``ROLES``; ``language`` is a tag by BCP 47 or empty; ``key`` the fingerprint of an
    OpenPGP key; ``pointer`` where it stands. After ``expires_at`` it must be confirmed.
    """

    subject: str
    channel: str
    address: str
    name: str
    roles: tuple[str, ...]
    language: str
    key: str | None
    source: str
    pointer: str
    author: str | None
    seen_at: datetime
    expires_at: datetime | None

    def __post_init__(self) -> None:
        if self.subject.partition(":")[0] not in SUBJECTS or self.channel not in CHANNELS:
            raise ValueError(f"{self.subject} by {self.channel}: no such subject or channel")
        if self.source not in SOURCES or (self.source == "person") != (self.author is not None):
            raise ValueError(f"{self.address}: whoever entered a contact, and nobody else, is its author")

    @property
    def id(self) -> str:
        """The same however often it is found: sha256 of subject, channel, address and source."""
        words = f"{self.subject}\n{self.channel}\n{self.address}\n{self.source}"
        return hashlib.sha256(words.encode()).hexdigest()

    def as_json(self) -> dict[str, object]:
        moments = {"seen_at": self.seen_at, "expires_at": self.expires_at}
        return {
            "id": self.id,
            **{name: getattr(self, name) for name in ("subject", "channel", "address", "name")},
            "roles": list(self.roles),
            **{name: getattr(self, name) for name in ("language", "key", "source", "pointer", "author")},
            **{name: moment and moment.isoformat() for name, moment in moments.items()},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A contact with what people said of it since: until when it counts, and why it is set aside, if it is."""

    contact: Contact
    valid_until: datetime | None
    set_aside: str | None

    def is_expired(self, now: datetime) -> bool:
        return self.valid_until is not None and self.valid_until < now

    def as_json(self) -> dict[str, object]:
        until = self.valid_until and self.valid_until.isoformat()
        return {**self.contact.as_json(), "valid_until": until, "set_aside": self.set_aside}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A contact of one constituent and the remove by which it is one.

    ``addresses`` are those of the services of which it may be told; ``None`` means all of the constituent's.
    """

    known: Known
    remove: Remove
    addresses: frozenset[str] | None = None

    @property
    def contact(self) -> Contact:
        return self.known.contact

    def as_json(self) -> dict[str, object]:
        addresses = None if self.addresses is None else sorted(self.addresses)
        return {**self.known.as_json(), "remove": self.remove.name.lower(), "addresses": addresses}


def make_contact(
    subject: str,
    target: Target,
    *,
    source: str,
    pointer: str,
    now: datetime,
    name: str = "",
    roles: Iterable[str] = (),
    language: str = "",
    key: str | None = None,
    author: str | None = None,
    expires_at: datetime | None = None,
) -> Contact:
    """A contact found or entered now; it expires by its source's rule, or before where ``expires_at`` says so."""
    latest = now + timedelta(days=VALID_DAYS[source])
    return Contact(
        subject=subject,
        channel=target.channel,
        address=target.address,
        name=one_line(name, 200),
        roles=sort_roles(roles),
        language=language_tag(language),
        key=key,
        source=source,
        pointer=one_line(pointer, 2000),
        author=author,
        seen_at=now,
        expires_at=min(latest, expires_at) if expires_at else latest,
    )


def rank(candidates: Iterable[Ranked]) -> tuple[Ranked, ...]:
    """The contacts of one constituent in the order in which they are tried, each address once.

    What a person entered about the constituent itself or what it holds comes before everything automatic; about its
    provider or country, before everything automatic there. Then the nearer remove, the better source, the better role,
    the earlier line of one file.
    One that is set aside or expired keeps its place, so that whoever chooses says why it was passed over.
    Of one address the first entry stands, with language and key from the others where it has none; an address set aside
    is so by whatever source it is found, until a person enters it or restores it.
    """
    ordered = sorted(_set_aside_alike(list(candidates)), key=_order)
    kept = dict[tuple[str, str], Ranked]()
    for each in ordered:
        first = kept.setdefault(_place(each), each)
        if first.known.set_aside is not None and each.known.set_aside is None:
            first = kept[_place(each)] = each
        if first.addresses is not None and each.addresses is not None and first.remove is each.remove:
            first = kept[_place(each)] = replace(first, addresses=first.addresses | each.addresses)
        contact, more = first.contact, each.contact
        if (more.language and not contact.language) or (more.key and not contact.key):
            filled = replace(contact, language=contact.language or more.language, key=contact.key or more.key)
            kept[_place(each)] = replace(first, known=replace(first.known, contact=filled))
    return tuple(kept.values())


def sort_roles(roles: Iterable[str]) -> tuple[str, ...]:
    """Each role once, in the order of ``ROLES``; what is not in it counts as ``other``."""
    found = {role if role in ROLES else "other" for role in roles}
    return tuple(role for role in ROLES if role in found)


def language_tag(text: str) -> str:
    """A tag by BCP 47 in its usual spelling, ``de-AT``; empty for what is none."""
    parts = text.strip().replace("_", "-").split("-")
    if not (2 <= len(parts[0]) <= 3 and all(part.isascii() and part.isalnum() and len(part) <= 8 for part in parts)):
        return ""
    spelt = [part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in parts[1:]]
    return "-".join([parts[0].lower(), *spelt])[:35] if parts[0].isalpha() else ""


def one_line(text: str, most: int) -> str:
    """Foreign text without control characters and line ends, so that it can stand in a header or a cell; cut."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text[: 4 * most]).split())[:most]


def registry_contacts(
    id_: str, addresses: Iterable[str], *, registry: str, now: datetime
) -> tuple[list[Contact], list[str]]:
    """The contacts that a registry names for a constituent, and why any of them cannot be used.

    Which one it is of its line stands in the pointer: the registry names the preferred one first.
    """
    found, faults = list[Contact](), list[str]()
    for number, address in enumerate(addresses, start=1):
        try:
            target = read_target("mail", address)
        except ValueError as fault:
            faults.append(str(fault))
            continue
        subject = f"constituent:{id_}"
        pointer = f"{registry} contacts:{number}"
        found.append(make_contact(subject, target, source="registry", pointer=pointer, now=now, roles=("owner",)))
    return found, faults


def _line(pointer: str) -> int:
    """The line of its file in which a contact stands: security.txt names the preferred one first (RFC 9116, 2.5.3),
    and so does a registry.
    """
    digits = pointer.rpartition(":")[2]
    return int(digits) if digits.isdecimal() and len(digits) < 7 else 0


def _place(each: Ranked) -> tuple[str, str]:
    return each.contact.channel, each.contact.address.lower()


def _set_aside_alike(candidates: list[Ranked]) -> Iterator[Ranked]:
    reasons = {_place(each): each.known.set_aside for each in candidates if each.known.set_aside is not None}
    for each in candidates:
        reason = reasons.get(_place(each))
        is_automatic = each.contact.source != "person"
        yield replace(each, known=replace(each.known, set_aside=reason)) if reason and is_automatic else each


def _order(each: Ranked) -> tuple[object, ...]:
    contact = each.contact
    near = each.remove < Remove.PROVIDER
    distance = Remove.OWN if near else each.remove
    role = ROLES.index(contact.roles[0]) if contact.roles else len(ROLES)
    return (
        distance,
        contact.source != "person",
        each.remove,
        SOURCES.index(contact.source),
        role,
        _line(contact.pointer),
        CHANNELS.index(contact.channel),
        -contact.seen_at.timestamp() if contact.source == "person" else 0,
        contact.address,
    )
