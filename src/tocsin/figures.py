"""A figure: a number with everything that says what it is a number of."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """At least ``low`` and at most ``high`` of ``unit`` in ``state``, at ``place``, on the day ``as_of``.

    ``known_at`` is the moment whose knowledge it rests on (``None``: all there is), ``group`` the part of the whole it
    speaks of (``sector=health``), ``denominator`` the id of the figure it is a part of, ``source`` the command and
    versions that give it again. Raises ``ValueError`` for a negative number or bounds in the wrong order.
    """

    id: str
    low: int
    high: int
    unit: str
    state: str
    place: str
    as_of: date
    known_at: datetime | None
    method: str
    denominator: str | None
    source: str
    group: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise ValueError(f"{self.id}: at least {self.low} and at most {self.high} are no bounds")

    def __str__(self) -> str:
        return f"{self.bounds} {self.unit} {self.state.replace('_', ' ')}, {self.place}, as of {self.as_of:%-d %B %Y}"

    @property
    def bounds(self) -> str:
        """``1,234``, or ``at least 1,200 and at most 1,300`` where the evidence leaves room."""
        if self.low == self.high:
            return f"{self.low:,}"
        return f"at least {self.low:,} and at most {self.high:,}"

    def as_json(self) -> dict[str, object]:
        """Its fields by name, dates in ISO 8601."""
        moments = {
            "as_of": self.as_of.isoformat(),
            "known_at": self.known_at.isoformat() if self.known_at else None,
        }
        return asdict(self) | moments
