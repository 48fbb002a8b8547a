"""What is due as a calendar file that any program reads.

Sources: RFC 5545 (iCalendar), sections 3.1 (lines of at most 75 octets, folded, ended by CRLF), 3.3.11 (escapes in
text), 3.6.1 (events) and 3.8.1.3 (class); RFC 7986, section 5.1 (name).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tocsin.labels import Label
from tocsin.reports.escape import terminal

_OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something to do on a day. ``key`` is the same whenever it is written, so that a calendar replaces it."""

    key: str
    on: date
    summary: str
    lines: tuple[str, ...]


def calendar(entries: Iterable[Entry], label: Label, *, name: str, now: datetime) -> bytes:
    """The entries as all-day events, each under the label; foreign text is escaped and cannot begin a line."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//tocsin//due//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(f'{label} {name}')}",
        *(line for entry in entries for line in _event(entry, label, now)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _event(entry: Entry, label: Label, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(entry.key.encode()).hexdigest()[:40]}@due.tocsin.invalid"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(entry.summary)}"
    yield "DESCRIPTION:" + "\\n".join(_text(line) for line in (str(label), *entry.lines))
    yield f"CATEGORIES:{_text(str(label))}"
    yield "CLASS:CONFIDENTIAL"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(value: str) -> str:
    return terminal(value).translate(_ESCAPES)


def _folded(line: str) -> bytes:
    """The line in pieces of at most 75 octets, each but the first after a space; no character is cut apart."""
    pieces, piece = list[bytes](), b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > _OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
