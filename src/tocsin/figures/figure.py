"""A figure: a number with everything that says what it is a number of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tocsin.figures.parts import Estimate, Measure, Passage, Period, Query, finite
from tocsin.figures.words import bounds_in_words, in_words

DEEPEST = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """At least ``low`` and at most ``high`` of ``unit`` in ``state``, at ``place``, on the day or days ``as_of``.

    The bounds are what the evidence leaves open; ``estimate`` is there where a value was estimated, with what chance
    leaves open. ``known_at`` is the moment whose knowledge it rests on (``None``: all there is), ``group`` the part of
    the whole it speaks of (``sector=health``), ``denominator`` the figure it is a part of, ``source`` the query or the
    words that give it. A duration or a count without upper bound has ``high`` infinite. Raises ``ValueError`` for a
    negative or infinite lower bound, bounds in the wrong order, a share above one, an estimate outside the bounds, or
    denominators nested deeper than ``DEEPEST``.
    """

    id: str
    low: float
    high: float
    unit: str
    state: str
    place: str
    as_of: date | Period
    known_at: datetime | None
    method: str
    denominator: Figure | None
    source: Query | Passage
    group: str | None = None
    measure: Measure = Measure.COUNT
    estimate: Estimate | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high or finite(self.low) is None:
            raise ValueError(f"{self.id}: at least {self.low} and at most {self.high} are no bounds")
        if self.measure is Measure.SHARE and self.high > 1:
            raise ValueError(f"{self.id}: a share of {self.high} is more than the whole")
        if self.estimate is not None and not self.low <= self.estimate.value <= self.high:
            raise ValueError(f"{self.id}: the estimate {self.estimate.value} lies outside {self.low} to {self.high}")
        if len(self.wholes) > DEEPEST:
            raise ValueError(f"{self.id}: more than {DEEPEST} denominators within each other")

    def __str__(self) -> str:
        return in_words(self)

    @property
    def bounds(self) -> str:
        """``1,234``, or ``at least 1,200 and at most 1,300`` where the evidence leaves room."""
        return bounds_in_words(self.low, self.high, self.measure)

    @property
    def wholes(self) -> tuple[Figure, ...]:
        """Its denominator, the denominator of that, and so on to the last."""
        found: list[Figure] = []
        whole = self.denominator
        while whole is not None:
            found.append(whole)
            whole = whole.denominator
        return tuple(found)

    def as_json(self) -> dict[str, object]:
        """Every field by name; ``from_json`` gives the same figure again. No upper bound is ``null``."""
        return {
            "id": self.id,
            "measure": self.measure.value,
            "low": self.low,
            "high": finite(self.high),
            "unit": self.unit,
            "state": self.state,
            "place": self.place,
            "group": self.group,
            "as_of": self.as_of.as_json() if isinstance(self.as_of, Period) else self.as_of.isoformat(),
            "known_at": self.known_at.isoformat() if self.known_at else None,
            "method": self.method,
            "denominator": self.denominator.as_json() if self.denominator else None,
            "source": self.source.as_json(),
            "estimate": self.estimate.as_json() if self.estimate else None,
        }
