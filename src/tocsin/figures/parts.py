"""What a figure is made of beside its numbers: its kind, its days, its estimate, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Measure(StrEnum):
    """What kind of number it is: how many, which part of a whole (0 to 1), or how long in days."""

    COUNT = "count"
    SHARE = "share"
    DAYS = "days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days of one range, both included. Raises ``ValueError`` when reversed."""

    begins: date
    ends: date

    def __post_init__(self) -> None:
        if self.ends < self.begins:
            raise ValueError(f"from {self.begins} to {self.ends} is no range of days")

    def as_json(self) -> dict[str, object]:
        return {"begins": self.begins.isoformat(), "ends": self.ends.isoformat()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The likeliest value, and the interval that chance alone leaves around it at ``level`` (0.95: 95%).

    A value, or an end of its interval, that was not reached is infinite. Raises ``ValueError`` for a value outside its
    interval or a negative one.
    """

    value: float
    low: float
    high: float
    level: float = 0.95

    def __post_init__(self) -> None:
        if not (0 <= self.low <= self.value <= self.high and 0 < self.level < 1):
            raise ValueError(f"{self.value} from {self.low} to {self.high} at {self.level} is no estimate")

    def as_json(self) -> dict[str, object]:
        return {name: finite(getattr(self, name)) for name in ("value", "low", "high", "level")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The command that gives a figure again, and the versions of pack, constituency and program it rested on."""

    command: str
    versions: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {"query": {"command": self.command, "versions": list(self.versions)}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The place of a document that states a figure: sha256 of its bytes, code points from and to, the words."""

    document: str
    begins: int
    ends: int
    text: str

    def as_json(self) -> dict[str, object]:
        place = {"document": self.document, "begins": self.begins, "ends": self.ends, "text": self.text}
        return {"passage": place}


def finite(number: float) -> float | None:
    """The number as JSON can hold it: none where it has no upper bound."""
    return None if number == float("inf") else number
