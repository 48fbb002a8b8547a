"""Reads what an officer types: services, days and moments, each with a clear refusal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pyarrow as pa

from tocsin.constituency import parse_addresses
from tocsin.errors import AskError

_SERVICE = re.compile(r"(?:\[(?P<v6>[^\]]{1,60})\]|(?P<v4>[^:\[\]]{1,60}))(?::(?P<port>\d{1,6}))?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceKey:
    """An address as its two 64-bit patterns and its canonical text, and a port (``None``: every port)."""

    address: str
    ip_hi: int
    ip_lo: int
    port: int | None


def parse_service(text: str) -> ServiceKey:
    """``203.0.113.7``, ``203.0.113.7:443``, ``2001:db8::7`` or ``[2001:db8::7]:443``. Raises ``AskError``."""
    found = _SERVICE.match(text.strip())
    address = (found["v6"] or found["v4"]) if found else text.strip()
    port = int(found["port"]) if found and found["port"] else None
    parsed = parse_addresses(pa.array([address], pa.string()))
    if not parsed.ok[0] or (port is not None and not 0 < port < 65536):
        raise AskError(f"{text!r} is no service", remedy="write ADDRESS or ADDRESS:PORT, with IPv6 as [ADDRESS]:PORT")
    return ServiceKey(
        address=parsed.canonical[0].as_py(), ip_hi=int(parsed.ip_hi[0]), ip_lo=int(parsed.ip_lo[0]), port=port
    )


def parse_day(text: str | None, *, option: str) -> date | None:
    """An ISO date; ``None`` stays ``None``. Raises ``AskError`` naming the option."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise AskError(f"{option} {text!r} is no date", remedy="write it as 2021-03-31") from fault


def parse_moment(text: str | None, *, option: str) -> datetime | None:
    """An ISO date and time, UTC unless it says another zone; a bare date, in any form (``2021-03-31``, ``20210331``,
    ``2021-W13-3``), is its last moment. Raises ``AskError``.
    """
    if text is None:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), time.max, UTC)
    except ValueError:
        pass  # no date alone
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as fault:
        raise AskError(f"{option} {text!r} is no time", remedy="write it as 2021-03-31T12:00:00+00:00") from fault
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC)
    except OverflowError as fault:
        raise AskError(f"{option} {text!r} lies beyond the calendar", remedy="choose a moment after 1970") from fault
