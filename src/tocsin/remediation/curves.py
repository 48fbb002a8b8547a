"""The curves: which share is still exposed, how exposure ended, how long a fix took; each with both of its bands.

The sampling band is what chance leaves open, by drawing organisations anew. The identification band is what the
evidence leaves open: everything estimated twice more, with whatever was undetermined or went out of sight taken as
affected to the end, and as fixed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from math import inf, isfinite

import numpy as np

from tocsin.figures import Estimate, Figure, Measure
from tocsin.remediation.bands import LEVEL, LOOKS, Forecast, band, bootstrap, forecast, half_life, quantile_days
from tocsin.remediation.exposure import Origin
from tocsin.remediation.incidence import Incidence, Reals, incidence
from tocsin.remediation.outcomes import CAUSES, Outcomes

STILL_EXPOSED = "still exposed"
EXPOSED = "exposed since the patch"
FEWEST_UNITS = 10
"""Of fewer units than these nothing is estimated: each one can be counted."""

FEWEST_LOOKS = 2
"""From fewer looks after the patch no pace can be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """The outcomes as the evidence has them, and with what is undetermined taken as affected and as fixed."""

    central: Outcomes
    taken: tuple[Outcomes, ...]

    def as_causes(self, *kept: str) -> Readings:
        """The same, followed until any other end."""
        return Readings(
            central=self.central.as_causes(kept), taken=tuple(outcomes.as_causes(kept) for outcomes in self.taken)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """How often chance is asked, and where it comes from."""

    replicates: int
    rng: np.random.Generator


@dataclass(frozen=True, slots=True, kw_only=True)
class _Estimated:
    """One reading estimated, with its replicates, and the other readings."""

    central: Incidence
    replicates: Incidence
    others: tuple[Incidence, ...]
    clusters: float

    @property
    def unsettled(self) -> str:
        """What to say where the search for the estimate, or for some of its replicates, was given up; else empty."""
        runs = (self.central, self.replicates, *self.others)
        left = sum(int((~run.converged).sum()) for run in runs)
        of = sum(len(run.converged) for run in runs)
        return f"{left:,} of {of:,} estimates behind the bands had not settled when they were given up" if left else ""

    def curve(self, of: Callable[[Incidence], Reals]) -> tuple[Reals, Reals, Reals, Reals, Reals]:
        """Value, sampling band, identification band at each look."""
        value = of(self.central)[0]
        low, high = band(value, of(self.replicates), clusters=self.clusters)
        every = np.stack([value, *(of(other)[0] for other in self.others)])
        return value, low, high, every.min(axis=0), every.max(axis=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """The figures of one unit and group; ``absent`` says what could not be estimated, and why."""

    exposure: tuple[Figure, ...] = ()
    ends: tuple[Figure, ...] = ()
    median: Figure | None = None
    half_life: Figure | None = None
    forecast: Figure | None = None
    absent: tuple[str, ...] = ()


def draw_curves(
    readings: Readings, template: Figure, origin: Origin, draws: Draws, *, target: float, whole: bool
) -> Curves:
    """The curves of ``readings``; ``template`` is a figure with unit, place, group, method and source to copy.

    With ``whole`` also how exposure ended, the half-life now and the forecast; without only exposure and median.
    ``target`` is the share still exposed that the forecast looks for.
    """
    units = len(readings.central)
    if units < FEWEST_UNITS:
        what = f"too few {template.unit} were exposed{_within(template)} to estimate anything ({units:,})"
        return Curves(absent=(what,))
    base = replace(template, denominator=_whole(readings, template))
    lasting = _estimate(readings.as_causes("fixed", "mitigated"), draws)
    exposure = _course(base, "still-exposed", STILL_EXPOSED, lasting, lambda each: each.exposed, origin)
    fixing = _estimate(readings.as_causes("fixed"), draws)
    median = _median(base, fixing)
    if not whole:
        return Curves(exposure=exposure, median=median, absent=_said(lasting.unsettled, fixing.unsettled))
    ending = _estimate(readings, draws)
    ends = tuple(
        figure
        for cause in CAUSES
        if ending.central.of(cause).any()
        for figure in _course(base, f"ended-{cause}", cause, ending, _ended_by(cause), origin)
    )
    pace, why_no_pace = _half_life(base, lasting)
    ahead, why_no_forecast = _forecast(base, lasting, target)
    return Curves(
        exposure=exposure,
        ends=ends,
        median=median,
        half_life=pace,
        forecast=ahead,
        absent=_said(why_no_pace, why_no_forecast, lasting.unsettled, fixing.unsettled, ending.unsettled),
    )


def _said(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _estimate(readings: Readings, draws: Draws) -> _Estimated:
    central = readings.central
    weights = bootstrap(central, replicates=draws.replicates, rng=draws.rng)
    return _Estimated(
        central=incidence(central),
        replicates=incidence(central, weights),
        others=tuple(incidence(outcomes) for outcomes in readings.taken if len(outcomes)),
        clusters=central.patterns().effective_clusters,
    )


def _ended_by(cause: str) -> Callable[[Incidence], Reals]:
    return lambda estimate: estimate.of(cause)


def _whole(readings: Readings, template: Figure) -> Figure:
    """How many were exposed: the whole that every curve is a share of."""
    counts = [len(readings.central), *(len(outcomes) for outcomes in readings.taken)]
    return replace(
        template, id=_named(template, "exposed"), low=min(counts), high=max(counts), state=EXPOSED, denominator=None
    )


def _named(template: Figure, what: str) -> str:
    group = f"/{template.group}" if template.group else ""
    return f"{template.unit.replace(' ', '-')}-{what}{group}"


def _course(
    base: Figure, what: str, state: str, estimated: _Estimated, of: Callable[[Incidence], Reals], origin: Origin
) -> tuple[Figure, ...]:
    """A share a look, as long as somebody was still watched or nobody was left, and the looks tell it apart."""
    value, low, high, least, most = estimated.curve(of)
    watched = (estimated.central.at_risk[0] > 0) | (estimated.central.exposed[0] <= 0)
    watched &= estimated.central.settled | np.isclose(value, np.append(value[1:], value[-1]))
    return tuple(
        replace(
            base,
            id=_named(base, what),
            measure=Measure.SHARE,
            state=state,
            as_of=origin.day + timedelta(days=int(day)),
            low=_share(least[look]),
            high=_share(most[look]),
            estimate=Estimate(value=_share(value[look]), low=_share(low[look]), high=_share(high[look]), level=LEVEL),
        )
        for look, day in enumerate(estimated.central.grid)
        if watched[look]
    )


def _share(value: float) -> float:
    """Rounded to what the estimate can bear: the last digits of a sum are noise and would differ between machines."""
    return min(1.0, max(0.0, round(float(value), 6)))


def _median(base: Figure, fixing: _Estimated) -> Figure:
    """The look by which half were fixed: at some time since the look before, which the interval holds."""
    value, low, high, _, _ = fixing.curve(_ended_by("fixed"))
    grid = fixing.central.grid
    own = quantile_days(grid, value, low, high)
    every = [own.high, *(quantile_days(grid, *(other.of("fixed")[0],) * 3).high for other in fixing.others)]
    bounds = min(each if isfinite(each) else float(grid[-1]) for each in every), max(every)
    figure = replace(
        base, id=_named(base, "median"), measure=Measure.DAYS, state="median time to fix", low=bounds[0], high=bounds[1]
    )
    if not isfinite(own.high):
        return figure
    interval = Estimate(value=own.high, low=min(own.low_at_least, own.high), high=own.high_at_most, level=LEVEL)
    return replace(figure, estimate=interval)


def _half_life(base: Figure, lasting: _Estimated) -> tuple[Figure | None, str]:
    looks = _lately(lasting.central)
    if len(lasting.central.grid) < FEWEST_LOOKS:
        return None, "the half-life of exposure cannot be told: only one look came after the patch"
    found = half_life(lasting.central, lasting.replicates, clusters=lasting.clusters, looks=looks)
    if isinstance(found, str):
        return None, f"the half-life of exposure cannot be told: {found}"
    taken = [half_life(other, lasting.replicates, clusters=lasting.clusters, looks=looks) for other in lasting.others]
    every = [inf if isinstance(each, str) else each.value for each in taken]
    state = f"half-life of exposure at the pace of the last {found.days:.0f} days"
    return _days(base, "half-life", state, (found.value, found.low, found.high), every), ""


def _forecast(base: Figure, lasting: _Estimated, target: float) -> tuple[Figure | None, str]:
    def ahead(estimate: Incidence) -> Forecast | str:
        looks, clusters = _lately(estimate), lasting.clusters
        return forecast(estimate, lasting.replicates, share=target, clusters=clusters, looks=looks)

    found = (
        ahead(lasting.central) if len(lasting.central.grid) >= FEWEST_LOOKS else "only one look came after the patch"
    )
    if isinstance(found, str):
        return None, f"no forecast of when {target:.0%} will be left: {found}"
    every = [_day_of(other, ahead(other), target) for other in lasting.others]
    state = f"time from the patch until {target:.0%} are still exposed (a forecast, if the present pace stays)"
    return _days(base, "forecast", state, (found.value, found.low, found.high), every), ""


def _lately(estimate: Incidence) -> int:
    """How many of the last looks say how it goes now: a week of daily ones, but never most of a short course."""
    return min(LOOKS, max(2, len(estimate.grid) // 2))


def _day_of(estimate: Incidence, found: Forecast | str, target: float) -> float:
    """The forecast day of another reading: infinite where it cannot be told, the day it was passed where it was."""
    if not isinstance(found, str):
        return found.value
    passed = estimate.exposed[0] <= target
    return float(estimate.grid[int(passed.argmax())]) if passed.any() else inf


def _days(base: Figure, what: str, state: str, found: tuple[float, float, float], taken: Sequence[float]) -> Figure:
    """A number of days with its interval, and with what the other readings make of it as its bounds."""
    value, low, high = (round(each, 1) for each in found)
    every = [value, *(round(each, 1) for each in taken)]
    return replace(
        base,
        id=_named(base, what),
        measure=Measure.DAYS,
        state=state,
        low=min(every),
        high=max(every),
        estimate=Estimate(value=value, low=min(low, value), high=max(high, value), level=LEVEL),
    )


def _within(template: Figure) -> str:
    return f" in {template.group.replace('=', ' ')}" if template.group else ""
