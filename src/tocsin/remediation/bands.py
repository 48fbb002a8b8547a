"""What chance alone leaves open around an estimate: bands, the days a share was reached, the half-life now, a forecast.

Whole clusters are drawn (Davison and Hinkley 1997, section 3.8; Field and Welsh 2007, J. R. Stat. Soc. B 69:369), since
one administrator patches many servers at once. A band rests on how many independent units would vary as much as the
curve does; ``benchmarks/COVERAGE.md`` measures it against others. Nothing here speaks of what the evidence leaves open.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log
from statistics import NormalDist

import numpy as np

from tocsin.remediation.columns import Integers
from tocsin.remediation.incidence import Incidence, Reals
from tocsin.remediation.outcomes import Outcomes, Patterns

LEVEL = 0.95
FEWEST_ENDS = 10
FEWEST_CLUSTERS = 3.0
LOOKS = 7
LONGEST_DAYS = 36_500.0
"""An interval that reaches beyond a hundred years says that there is no upper limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Between which days since the origin a share was reached; ``low_at_least`` to ``high_at_most`` for chance as well.

    Where it was not reached by the last look, ``low`` is the day of that look and ``high`` infinite: at least so long.
    """

    share: float
    low: float
    high: float
    low_at_least: float
    high_at_most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfLife:
    """In how many days exposure halves, at the pace of the last ``days`` days, in which about ``ends`` units ended."""

    value: float
    low: float
    high: float
    ends: float
    days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """On which day since the origin no more than ``share`` are exposed, if the pace stays: none of it was seen."""

    share: float
    value: float
    low: float
    high: float


def bootstrap(outcomes: Outcomes, *, replicates: int, rng: np.random.Generator) -> Reals:
    """(replicates, patterns): how often each pattern comes up when as many clusters as there are are drawn anew.

    Clusters of which the same is known are drawn together: how many of them come up is multinomial.
    """
    patterns = outcomes.patterns()
    kind, rows = _kinds(patterns)
    drawn = rng.multinomial(patterns.clusters, np.bincount(kind) / patterns.clusters, replicates)
    found: Reals = np.zeros((replicates, len(patterns)))
    of, pattern, count = kind[patterns.cluster[rows]], patterns.pattern[rows], patterns.count[rows]
    for row, numbers in zip(found, drawn, strict=True):
        row[:] = np.bincount(pattern, numbers[of] * count, len(patterns))
    return found


def band(central: Reals, replicates: Reals, *, clusters: float, level: float = LEVEL) -> tuple[Reals, Reals]:
    """The lower and the upper limit at each look of a curve of shares. ``clusters``: how many, effectively.

    ``central`` is (looks), ``replicates`` (replicates, looks). Score limits (Wilson 1927) for the effective number of
    units, that is from how many independent units the shares would vary as the replicates do, taken over all looks
    together (average design effect, Kish 1965), with Student's t for few clusters (Korn and Graubard 1998). Nothing is
    known, and the limits are 0 and 1, of fewer than three clusters.
    """
    if clusters < FEWEST_CLUSTERS:
        return np.zeros_like(central), np.ones_like(central)
    size = _effective_size(central, replicates, clusters)
    score = student(level, clusters - 1)
    share = score**2 / (size + score**2)
    middle = (1 - share) * central + share / 2
    half = np.sqrt(share * (1 - share) * central * (1 - central) + share**2 / 4)
    return np.clip(middle - half, 0.0, central), np.clip(middle + half, central, 1.0)


def quantile_days(grid: Integers, rising: Reals, low: Reals, high: Reals, *, share: float = 0.5) -> Reached:
    """When ``share`` was reached by a curve that rises (looks) within its band: median time to fix at one half.

    The interval holds the days at which the band contains the share (Brookmeyer and Crowley 1982).
    """
    starts = np.concatenate([[0.0], grid])
    ends = np.concatenate([grid, [inf]])
    at, earliest, latest = (_crossing(curve, share) for curve in (rising, high, low))
    return Reached(
        share=share,
        low=float(starts[at]),
        high=float(ends[at]),
        low_at_least=float(starts[earliest]),
        high_at_most=float(ends[latest]),
    )


def half_life(
    central: Incidence, replicates: Incidence, *, clusters: float, looks: int = LOOKS, level: float = LEVEL
) -> HalfLife | str:
    """How fast exposure ends now, over the last ``looks`` intervals and all causes of the estimate; else why unknown.

    The rate is ends per day of exposure, whoever ended in an interval counting for half of it. Restrict the outcomes
    with ``as_causes`` before, to speak of one end.
    """
    ends, rate = _pace(central, looks)
    _, rates = _pace(replicates, looks)
    if ends[0] < FEWEST_ENDS:
        return f"only about {ends[0]:.0f} ended in the last {_stretch(central, looks):.0f} days; at least 10 are needed"
    if clusters < FEWEST_CLUSTERS:
        return "nearly all units are in the hands of fewer than 3 organisations"
    with np.errstate(divide="ignore"):
        halves = log(log(2)) - np.log(rates)  # infinite where nobody ended
    low, high = _interval(log(log(2)) - np.log(rate), halves, clusters, level)
    if high > log(LONGEST_DAYS):
        return "too few organisations account for what ended lately: the half-life has no upper limit"
    value = float(log(2) / rate[0])
    return HalfLife(
        value=value,
        low=min(float(np.exp(low)), value),  # a logarithm and back may miss by the last digit
        high=max(float(np.exp(high)), value),
        ends=float(ends[0]),
        days=_stretch(central, looks),
    )


def forecast(
    central: Incidence,
    replicates: Incidence,
    *,
    share: float,
    clusters: float,
    looks: int = LOOKS,
    level: float = LEVEL,
) -> Forecast | str:
    """The day on which ``share`` is left if the pace of the last ``looks`` intervals stays; else why it is unknown."""
    if central.exposed[0, -1] <= share:
        return f"already reached: {central.exposed[0, -1]:.1%} are still exposed"
    pace = half_life(central, replicates, clusters=clusters, looks=looks, level=level)
    if isinstance(pace, str):
        return pace
    day, days = (_day_of(estimate, share, looks) for estimate in (central, replicates))
    low, high = _interval(day, days, clusters, level)
    if high > LONGEST_DAYS:
        return "too little is known of the pace: the day has no upper limit"
    value = float(day[0])
    return Forecast(share=share, value=value, low=min(max(low, float(central.grid[-1])), value), high=max(high, value))


def student(level: float, freedom: float) -> float:
    """Student's two-sided quantile by Fisher and Cornish's expansion (Abramowitz and Stegun 26.7.5)."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )


def _kinds(patterns: Patterns) -> tuple[Integers, Integers]:
    """Of each cluster which kind it is, those with a single and the same pattern being alike; and the rows of
    ``patterns`` that describe one cluster of each kind.
    """
    sizes = np.bincount(patterns.cluster)
    begins = np.cumsum(sizes) - sizes
    most = int(patterns.count.max()) + 1
    alike = patterns.pattern[begins] * most + patterns.count[begins]
    code = np.where(sizes == 1, alike, len(patterns) * most + np.arange(len(sizes)))
    _, one_of_each, kind = np.unique(code, return_index=True, return_inverse=True)
    is_chosen = np.zeros(len(sizes), dtype=bool)
    is_chosen[one_of_each] = True
    return kind, np.flatnonzero(is_chosen[patterns.cluster])


def _effective_size(central: Reals, replicates: Reals, clusters: float) -> float:
    """From how many independent units the whole curve might come; the clusters themselves where nothing varies."""
    spread = float(replicates.var(axis=0, ddof=1).sum()) if len(replicates) > 1 else 0.0
    return float((central * (1 - central)).sum()) / spread if spread > 0 else clusters


def _crossing(rising: Reals, share: float) -> int:
    """The first cell by whose end the curve has reached ``share``; the one beyond the last look when it has not."""
    reached = rising >= share
    return int(np.argmax(reached)) if reached.any() else len(rising)


def _stretch(estimate: Incidence, looks: int) -> float:
    """How many days the last ``looks`` intervals span."""
    return float(np.diff(estimate.grid, prepend=0)[-looks:].sum())


def _pace(estimate: Incidence, looks: int) -> tuple[Reals, Reals]:
    """(replicates): ends in the last ``looks`` intervals, and ends per day of exposure in them."""
    ends = estimate.ends.sum(axis=1)[:, -looks:]
    days = (estimate.at_risk[:, -looks:] - ends / 2) @ np.diff(estimate.grid, prepend=0)[-looks:]
    total = ends.sum(axis=1)
    return total, np.divide(total, days, out=np.zeros_like(total), where=days > 0)


def _day_of(estimate: Incidence, share: float, looks: int) -> Reals:
    """(replicates): the day on which ``share`` is left at the present pace; infinite where nobody ended lately."""
    _, rate = _pace(estimate, looks)
    gap = np.log(np.maximum(estimate.exposed[:, -1], share) / share)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        further = np.where(gap > 0, gap / rate, 0.0)
    return float(estimate.grid[-1]) + further


def _interval(value: Reals, values: Reals, clusters: float, level: float) -> tuple[float, float]:
    """Percentiles of the replicates, stretched from ``value`` outwards as Student's t exceeds the normal quantile."""
    tails = ((1 - level) / 2, (1 + level) / 2)
    low, high = np.quantile(values, tails, method="inverted_cdf")
    wider = student(level, clusters - 1) / NormalDist().inv_cdf(tails[1])
    return float(value[0] + min(low - value[0], 0) * wider), float(value[0] + max(high - value[0], 0) * wider)
