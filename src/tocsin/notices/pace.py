"""How many notices may go now: rates in all and per domain, over the last minute and, against bursts, in a sixth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
BURST = timedelta(seconds=10)
_PARTS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Rates per minute. Raises ``ValueError`` for a rate at which nothing would ever go."""

    in_all: int
    per_domain: int

    def __post_init__(self) -> None:
        if self.in_all < 1 or self.per_domain < 1:
            raise ValueError("a rate of none a minute sends nothing, ever")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """How many went of late, by domain; those a sender has in its hands count as gone."""

    minute: Mapping[str, int] = field(default_factory=dict)
    burst: Mapping[str, int] = field(default_factory=dict)


def gone_since(went: Iterable[tuple[str, datetime]], *, now: datetime) -> Gone:
    """Counts what went in the last minute; ``went`` is domain and moment."""
    minute, burst = Counter[str](), Counter[str]()
    for domain, moment in went:
        minute[domain] += moment > now - MINUTE
        burst[domain] += moment > now - BURST
    return Gone(minute=minute, burst=burst)


def room_in_all(pace: Pace, gone: Gone) -> int:
    """How many may go now, to whomever."""
    left = min(pace.in_all - sum(gone.minute.values()), -(-pace.in_all // _PARTS) - sum(gone.burst.values()))
    return max(0, left)


def room_for(pace: Pace, gone: Gone, domain: str) -> int:
    """How many may go to ``domain`` now."""
    left = min(pace.per_domain - gone.minute.get(domain, 0), -(-pace.per_domain // _PARTS) - gone.burst.get(domain, 0))
    return max(0, left)
