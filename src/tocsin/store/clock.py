"""Instants as the desk keeps them: UTC, ISO 8601, microseconds, always 32 characters or fewer and sortable."""

from __future__ import annotations

from datetime import UTC, datetime


def instant_text(moment: datetime) -> str:
    """``2021-03-10T12:00:00.000000+00:00``. Raises ``ValueError`` for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def parse_instant(text: str) -> datetime:
    """The moment that ``instant_text`` wrote."""
    return datetime.fromisoformat(text)
