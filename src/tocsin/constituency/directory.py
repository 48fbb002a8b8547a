"""A directory of contacts: a CSV file in, contacts out, and every row that could not be taken with all its reasons.

A row is about a country (its national CERT), or by the column ``subject`` about a constituent, domain, network or AS
number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tocsin.constituency.contacts import ROLES, Contact, language_tag, make_contact
from tocsin.constituency.holdings import read_address_text, read_asn, read_domain, read_list, read_network
from tocsin.constituency.location import country_code, country_number
from tocsin.constituency.mailboxes import Target, read_target
from tocsin.constituency.sheet import Row, read_sheet
from tocsin.errors import ConstituencyError, did_you_mean
from tocsin.provenance import Pointer, Rejected

COLUMNS = ("country", "subject", "name", "mail", "form", "phone", "post", "roles", "language", "key")
_CHANNEL_COLUMNS = ("mail", "form", "phone", "post")
_FINGERPRINT = re.compile(r"[0-9A-F]{40}|[0-9A-F]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """What one file says. A row gives as many contacts as it has addresses."""

    contacts: tuple[Contact, ...]
    rejected: tuple[Rejected, ...]
    rows: int
    ignored: tuple[str, ...]


def read_directory(data: bytes, *, source: str, now: datetime) -> Directory:
    """The contacts in a CSV file with COLUMNS, of which a country or subject and one address are needed.

    Cells may hold several addresses, separated by ``;``. Raises ``ConstituencyError`` for a file that cannot be used.
    """
    sheet = read_sheet(data, source=source)
    if not {"country", "subject"} & set(sheet.columns) or not set(_CHANNEL_COLUMNS) & set(sheet.columns):
        near = did_you_mean("country", sheet.columns)
        raise ConstituencyError(
            f"a column country or subject, or one of {', '.join(_CHANNEL_COLUMNS)} is missing{near}",
            where=Pointer(source=source, line=1),
            remedy=f"name the columns {', '.join(COLUMNS)}; docs/how-to/find-contacts.md describes them",
        )
    contacts, rejected = dict[str, Contact](), list(sheet.rejected)
    for row in sheet.rows:
        reasons = list[str]()
        found = _read_row(row, reasons, now)
        if reasons:
            rejected.append(row.reject(reasons))
        else:
            contacts.update({each.id: each for each in found})
    return Directory(
        contacts=tuple(contacts.values()),
        rejected=tuple(sorted(rejected, key=lambda each: each.pointer.line or 0)),
        rows=len(sheet.rows) + len(sheet.rejected),
        ignored=tuple(name for name in sheet.columns if name not in COLUMNS),
    )


def read_subject(text: str) -> str:
    """A subject in canonical form: ``country:GB``, ``network:192.0.2.0/24``. Raises ``ValueError`` otherwise."""
    kind, colon, value = text.strip().partition(":")
    if not colon or kind not in _SUBJECT_READERS or not value.strip():
        raise ValueError(f"subject {text!r} is none such as {', '.join(f'{each}:…' for each in _SUBJECT_READERS)}")
    return f"{kind}:{_SUBJECT_READERS[kind](value.strip())}"[:300]


def read_fingerprint(text: str) -> str:
    """An OpenPGP fingerprint, in capitals without blanks. Raises ``ValueError`` otherwise."""
    bare = "".join(text.upper().removeprefix("0X").split())
    if not _FINGERPRINT.fullmatch(bare):
        raise ValueError(f"key {text!r} is no fingerprint of 40 or 64 digits")
    return bare


def _read_row(row: Row, reasons: list[str], now: datetime) -> list[Contact]:
    cells = {name: row.cells.get(name, "").strip() for name in COLUMNS}
    subject = _subject(cells, reasons)
    targets = [target for channel in _CHANNEL_COLUMNS for target in _targets(channel, cells[channel], reasons)]
    if not targets and not reasons:
        reasons.append("has no mail, form, phone or post")
    roles = [part.strip().lower() for part in cells["roles"].split(";") if part.strip()]
    reasons += [f"role {role!r} is none of {', '.join(ROLES)}" for role in roles if role not in ROLES]
    if cells["language"] and not language_tag(cells["language"]):
        reasons.append(f"language {cells['language']!r} is no tag such as en or de-AT")
    key = read_list(cells["key"], read_fingerprint, reasons)
    if reasons:
        return []
    return [
        make_contact(
            subject,
            target,
            source="directory",
            pointer=str(row.pointer),
            now=now,
            name=cells["name"],
            roles=roles or (["national"] if subject.startswith("country:") else []),
            language=cells["language"],
            key=key[0] if key and target.channel == "mail" else None,
        )
        for target in targets
    ]


def _subject(cells: Mapping[str, str], reasons: list[str]) -> str:
    try:
        if bool(cells["country"]) == bool(cells["subject"]):
            raise ValueError("needs a country or a subject, and not both")
        return read_subject(cells["subject"] or f"country:{cells['country']}")
    except ValueError as fault:
        reasons.append(str(fault))
        return ""


def _targets(channel: str, text: str, reasons: list[str]) -> list[Target]:
    """A postal address holds ``;`` of its own, and stands alone."""
    if channel == "post":
        parts = [text] if text else []
    else:
        parts = [part.strip() for part in text.split(";") if part.strip()]
    found = list[Target]()
    for part in parts:
        try:
            found.append(read_target(channel, part))
        except ValueError as fault:
            reasons.append(str(fault))
    return list(dict.fromkeys(found))


def _country(text: str) -> str:
    return country_code(country_number({"UK": "GB", "EL": "GR"}.get(text.upper(), text)))


def _network(text: str) -> str:
    return read_network(text) if "/" in text else f"{read_address_text(text)}/{128 if ':' in text else 32}"


_SUBJECT_READERS: dict[str, Callable[[str], str]] = {
    "constituent": lambda text: text,
    "domain": read_domain,
    "network": _network,
    "asn": read_asn,
    "country": _country,
}
