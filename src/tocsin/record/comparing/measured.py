"""Claimed figures beside tocsin's own measured ones, by the figures' rules: how far apart, or why not comparable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tocsin.figures import Comparison as Standing
from tocsin.figures import Difference, Figure, NotComparable, compare
from tocsin.record.assertions import Assertion, Quantity
from tocsin.record.comparing.comparison import Verdict
from tocsin.record.comparing.numbers import NOT_HIT

# A claim and a scan never have these in common: how it was found out, and when it was known.
_NEVER_ALIKE = ("method", "known_at")
_NO_STATE = ("", "not stated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A claimed figure and the measured one that comes nearest to it.

    ``parts`` is what differs between the two, and empty where they are of one thing; ``low`` to ``high`` is then how
    far the claimed lies above the measured (below: negative), else ``None``.
    """

    assertion: str
    claimed: Figure
    measured: Figure
    verdict: Verdict
    parts: tuple[Difference, ...]
    low: float | None
    high: float | None
    explanation: str

    def as_json(self) -> dict[str, object]:
        return {
            "assertion": self.assertion,
            "claimed": self.claimed.as_json(),
            "measured": self.measured.as_json(),
            "verdict": self.verdict.value,
            "parts": [{"part": each.name, "left": each.left, "right": each.right} for each in self.parts],
            "low": self.low,
            "high": self.high,
            "explanation": self.explanation,
        }


def against_measured(assertions: Iterable[Assertion], measured: Sequence[Figure]) -> tuple[Measured, ...]:
    """For each claimed figure the measured one with the fewest parts that differ, in the order of the claims.

    Left out are quantities without a figure, figures of another measure than all that were measured, numbers of
    states, days or money, and those of things of which nothing is said ("two other groups").
    """
    found = []
    for assertion in assertions:
        body = assertion.body
        if isinstance(body, Quantity) and body.figure is not None and _may_be_measured(body.figure):
            alike = [figure for figure in measured if figure.measure is body.figure.measure]
            if alike:
                held = (_held_beside(assertion.id, body.figure, figure) for figure in alike)
                found.append(min(held, key=_distance))
    return tuple(found)


def _may_be_measured(figure: Figure) -> bool:
    return figure.unit not in NOT_HIT and figure.state not in _NO_STATE


def _held_beside(assertion: str, claimed: Figure, measured: Figure) -> Measured:
    try:
        standing = compare(claimed, measured, across=_NEVER_ALIKE)
    except NotComparable as refusal:
        told = "; ".join(str(part) for part in refusal.differences)
        return Measured(
            assertion=assertion,
            claimed=claimed,
            measured=measured,
            verdict=Verdict.NOT_COMPARABLE,
            parts=refusal.differences,
            low=None,
            high=None,
            explanation=f"Claimed: {claimed}. Measured: {measured}. They are not of the same thing: {told}.",
        )
    return Measured(
        assertion=assertion,
        claimed=claimed,
        measured=measured,
        verdict=Verdict.DIFFERS if standing.relation in ("less", "greater") else Verdict.SAME,
        parts=(),
        low=standing.low,
        high=standing.high,
        explanation=f"Claimed: {claimed}. Measured: {measured}. {_told(standing)}",
    )


def _distance(held: Measured) -> tuple[int, bool]:
    """The fewest parts that differ; among those, rather another place or day than another unit."""
    return len(held.parts), any(part.name == "unit" for part in held.parts)


def _told(standing: Standing) -> str:
    if standing.relation == "equal":
        return "The two agree."
    if standing.relation == "cannot tell":
        return "The measured bounds allow the claim."
    least, most = sorted((abs(standing.low), abs(standing.high)))
    more = "more" if standing.relation == "greater" else "less"
    apart = f"{least:,g}" if least == most else f"at least {least:,g} and at most {most:,g}"
    return f"What is claimed is {apart} {more} than what was measured."
