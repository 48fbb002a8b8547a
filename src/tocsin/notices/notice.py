"""A notice: what one contact of one constituent is told about its findings under one case."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """``REMINDER`` repeats what is unchanged, by another channel or contact; ``CORRECTION`` takes back a wrong one."""

    FIRST = "first"
    REMINDER = "reminder"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One service told of: a row of ``tocsin findings``, with the fields of ``tasks.findings.COLUMNS``.

    ``status`` is a word of ``cases.Status``, ``compromise`` one of ``cases.Compromise``; times are UTC; ``source`` and
    ``line`` lead to the observation that the status rests on.
    """

    address: str
    port: int
    transport: str
    hostname: str
    status: str
    reason: str
    basis: str
    build: str
    branch: str
    cves: tuple[str, ...]
    compromise: str
    first_seen: datetime
    last_seen: datetime
    source: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who is told: a constituent by one of its contacts. ``contact`` is the id of a ``constituency.contacts.Contact``.

    ``language`` is that of the contact, or empty; ``key`` the fingerprint of its OpenPGP key, where one is known.
    A person is counted, and not named to others than itself: ``name`` is empty where the contact is not its own.
    """

    constituent: str
    name: str
    sector: str
    country: str
    is_public: bool
    contact: str
    channel: str
    address: str
    language: str
    key: str | None
    is_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message. ``number`` is unguessable and printed in it; ``message_id`` is the same however often it is tried.

    ``items`` are sorted by address and port and not empty; ``not_before`` is UTC; ``wave`` counts from 1; ``corrects``
    is the number of the notice that a correction takes back.
    """

    number: str
    plan: str
    case_id: str
    kind: Kind
    recipient: Recipient
    items: tuple[Item, ...]
    as_of: date
    not_before: datetime
    due_on: date
    message_id: str
    why: str
    wave: int | None = None
    corrects: str | None = None

    def __post_init__(self) -> None:
        if not self.items:
            raise ValueError(f"notice {self.number} tells of nothing")
        if (self.kind is Kind.CORRECTION) != (self.corrects is not None):
            raise ValueError(f"notice {self.number}: a correction, and nothing else, says what it corrects")

    @property
    def digest(self) -> str:
        return digest_of(self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A constituent with open findings that is not told now: ``code`` for counting, ``why`` in words.

    ``items`` counts the findings; ``until`` is the day from which it may be told, where that is known.
    """

    constituent: str
    code: str
    why: str
    items: int
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would be sent, and what would not and why; nothing has left. ``versions`` are what the findings rest on."""

    id: str
    case_id: str
    as_of: date
    made_at: datetime
    made_by: str
    notices: tuple[Notice, ...]
    withheld: tuple[Withheld, ...]
    versions: tuple[str, ...]


def digest_of(items: Iterable[Item]) -> str:
    """sha256 of the services and how they stand: equal when nothing worth telling has changed."""
    told = sorted(f"{item.address} {item.port} {item.transport} {item.status} {item.compromise}" for item in items)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
