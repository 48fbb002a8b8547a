"""Measures how often the 95% bands hold the truth, in seeded worlds in which it is known.

Run as ``python benchmarks/coverage.py`` (``--worlds 200 --seed 1``). Talks on stderr and writes ``COVERAGE.md``. The
truth is the process's own curve, the expected share over clusters drawn, not what one world happened to do.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import inf, log
from pathlib import Path

import numpy as np

from coverage_world import DAYS, Setting, look, make_world, outcomes_of, true_curves
from tocsin.remediation.bands import LOOKS, HalfLife, band, bootstrap, half_life, quantile_days, student
from tocsin.remediation.columns import Integers
from tocsin.remediation.incidence import Incidence, Reals, incidence
from tocsin.remediation.outcomes import Outcomes

HERE = Path(__file__).parent
REPLICATES = 400
LEVEL = 0.95
TARGET = (0.93, 0.97)
EDGE = 0.05
SETTINGS = (
    Setting(name="as asked: 2,000 services, 400 administrators"),
    Setting(name="many small: 2,000 administrators", clusters=2000, size_spread=0.3),
    Setting(name="few: 40 administrators", clusters=40, size_spread=1.0),
    Setting(name="very few: 20 administrators, uneven", clusters=20),
    Setting(name="slow: 6% patched by day 20", median_days=200.0, spread=1.5),
    Setting(name="fast: 1% left by day 20", median_days=2.0, spread=0.8, never=0.01),
    Setting(name="vanishing: 8% a day", vanishing=0.08),
)
_HEADER = (
    "| setting | curve | services | administrators (effective) | covered | worst day | near 0 or 1 |"
    " truth below / above | width | bias |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
)

Band = tuple[Reals, Reals]
Construction = Callable[[Reals, Reals, float], Band]


def _percentile(central: Reals, replicates: Reals, clusters: float) -> Band:
    low, high = np.quantile(replicates, [0.025, 0.975], axis=0)
    return low, high


def _basic(central: Reals, replicates: Reals, clusters: float) -> Band:
    low, high = _percentile(central, replicates, clusters)
    return 2 * central - high, 2 * central - low


def _normal(central: Reals, replicates: Reals, clusters: float) -> Band:
    half = 1.96 * replicates.std(axis=0, ddof=1)
    return central - half, central + half


def _log_log(central: Reals, replicates: Reals, clusters: float) -> Band:
    inner = np.clip(central, 1e-12, 1 - 1e-12)
    half = 1.96 * replicates.std(axis=0, ddof=1) / np.abs(inner * np.log(inner))
    return inner ** np.exp(np.minimum(half, 50)), inner ** np.exp(-half)


def _logit_t(central: Reals, replicates: Reals, clusters: float) -> Band:
    inner = np.clip(central, 1e-12, 1 - 1e-12)
    middle = np.log(inner / (1 - inner))
    half = student(LEVEL, max(clusters - 1, 1)) * replicates.std(axis=0, ddof=1) / (inner * (1 - inner))
    return 1 / (1 + np.exp(np.minimum(half - middle, 50))), 1 / (1 + np.exp(-middle - half))


def _score_each_day(central: Reals, replicates: Reals, clusters: float) -> Band:
    days = [band(central[[day]], replicates[:, [day]], clusters=clusters) for day in range(len(central))]
    return np.concatenate([low for low, _ in days]), np.concatenate([high for _, high in days])


def _chosen(central: Reals, replicates: Reals, clusters: float) -> Band:
    return band(central, replicates, clusters=clusters)


CHOSEN = "score limits, one effective size for all days, Student's t (chosen)"
CONSTRUCTIONS: dict[str, Construction] = {
    "percentile": _percentile,
    "basic": _basic,
    "normal": _normal,
    "normal on the log-log scale": _log_log,
    "normal on the logit scale, Student's t": _logit_t,
    "score limits, each day's own effective size, Student's t": _score_each_day,
    CHOSEN: _chosen,
}


@dataclass(slots=True)
class Tally:
    """What was counted of one setting and curve, over all worlds. Arrays run along the days."""

    looks: Reals = field(default_factory=lambda: np.zeros(DAYS))
    bias: Reals = field(default_factory=lambda: np.zeros(DAYS))
    below: Reals = field(default_factory=lambda: np.zeros(DAYS))
    above: Reals = field(default_factory=lambda: np.zeros(DAYS))
    held: dict[str, Reals] = field(default_factory=lambda: {name: np.zeros(DAYS) for name in CONSTRUCTIONS})
    widths: list[float] = field(default_factory=list)
    services: list[int] = field(default_factory=list)
    clusters: list[int] = field(default_factory=list)
    effective: list[float] = field(default_factory=list)
    medians: list[bool] = field(default_factory=list)
    half_lives: list[bool] = field(default_factory=list)
    refused: int = 0
    not_converged: int = 0

    def add(self, grid: Integers, central: Reals, replicates: Reals, truth: Reals, clusters: float) -> None:
        """Counts one world's looks."""
        day = grid - 1
        self.looks[day] += 1
        self.bias[day] += central - truth[day]
        for name, construct in CONSTRUCTIONS.items():
            low, high = construct(central, replicates, clusters)
            self.held[name][day] += (low <= truth[day]) & (truth[day] <= high)
            if name == CHOSEN:
                self.below[day] += truth[day] < low
                self.above[day] += truth[day] > high
                self.widths.append(float((high - low).mean()))

    def covered(self, name: str = CHOSEN) -> float:
        """The share of world-days on which the band held the truth."""
        return float(self.held[name].sum() / self.looks.sum())


def study(setting: Setting, worlds: int, seed: int) -> tuple[dict[str, Tally], dict[str, Reals]]:
    """The tallies of both curves over ``worlds`` worlds, and the truth."""
    truth = true_curves(setting, seed)
    tallies = {name: Tally() for name in truth}
    for number in range(worlds):
        rng = np.random.default_rng([seed, number])
        known = outcomes_of(look(make_world(setting, rng), rng))
        for name, outcomes in (("still exposed", known.as_causes(["fixed", "mitigated"])), ("fixed", known)):
            _count(tallies[name], name, outcomes, truth[name], rng)
    return tallies, truth


def _count(tally: Tally, name: str, outcomes: Outcomes, truth: Reals, rng: np.random.Generator) -> None:
    central = incidence(outcomes)
    replicates = incidence(outcomes, bootstrap(outcomes, replicates=REPLICATES, rng=rng))
    patterns = outcomes.patterns()
    clusters = patterns.effective_clusters
    value, values = _curve(central, name), _curve(replicates, name)
    tally.add(outcomes.grid, value[0], values, truth, clusters)
    tally.services.append(len(outcomes))
    tally.clusters.append(patterns.clusters)
    tally.effective.append(clusters)
    tally.not_converged += int((~replicates.converged).sum() + (~central.converged).sum())
    if name == "still exposed":
        low, high = band(1 - value[0], 1 - values, clusters=clusters)
        reached = quantile_days(outcomes.grid, 1 - value[0], low, high)
        first = int(np.argmax(truth <= 0.5)) + 1 if (truth <= 0.5).any() else inf
        tally.medians.append(reached.low_at_least < first <= reached.high_at_most)
        _count_half_life(tally, central, replicates, truth, clusters)


def _curve(estimate: Incidence, name: str) -> Reals:
    return estimate.exposed if name == "still exposed" else estimate.of(name)


def _count_half_life(tally: Tally, central: Incidence, replicates: Incidence, truth: Reals, clusters: float) -> None:
    pace = half_life(central, replicates, clusters=clusters)
    if not isinstance(pace, HalfLife) or len(central.grid) <= LOOKS:
        tally.refused += 1
        return
    begins, ends = central.grid[-LOOKS - 1], central.grid[-1]
    true_pace = log(2) * (ends - begins) / log(truth[begins - 1] / truth[ends - 1])
    tally.half_lives.append(pace.low <= true_pace <= pace.high)


def _row(setting: Setting, curve: str, tally: Tally, truth: Reals) -> str:
    daily = tally.held[CHOSEN] / np.maximum(tally.looks, 1)
    edge = (truth < EDGE) | (truth > 1 - EDGE)
    at_edge = f"{tally.held[CHOSEN][edge].sum() / tally.looks[edge].sum():.1%}" if edge.any() else "–"
    total = tally.looks.sum()
    worst = int(np.argmin(daily))
    return (
        f"| {setting.name} | {curve} | {np.mean(tally.services):,.0f} | {np.mean(tally.clusters):,.0f}"
        f" ({np.mean(tally.effective):,.0f}) | **{tally.covered():.1%}** | {daily[worst]:.1%} (day {worst + 1})"
        f" | {at_edge} | {tally.below.sum() / total:.1%} / {tally.above.sum() / total:.1%}"
        f" | {np.mean(tally.widths):.3f} | {tally.bias.sum() / total:+.4f} |\n"
    )


def _constructions(results: list[dict[str, Tally]]) -> Iterator[str]:
    names = [setting.name.partition(":")[0] for setting in SETTINGS]
    yield "| construction | " + " | ".join(names) + " |\n| --- |" + " --- |" * len(names) + "\n"
    for construct in CONSTRUCTIONS:
        cells = " | ".join(f"{tallies['still exposed'].covered(construct):.1%}" for tallies in results)
        yield f"| {construct} | {cells} |\n"


def _days(results: list[dict[str, Tally]]) -> Iterator[str]:
    yield "| setting | median's interval holds the true day | half-life's interval holds the true one | refused |\n"
    yield "| --- | --- | --- | --- |\n"
    for setting, tallies in zip(SETTINGS, results, strict=True):
        tally = tallies["still exposed"]
        held = f"{np.mean(tally.half_lives):.1%}" if tally.half_lives else "–"
        yield f"| {setting.name} | {np.mean(tally.medians):.1%} | {held} | {tally.refused} |\n"


def _page(worlds: int, seed: int, rows: str, results: list[dict[str, Tally]]) -> str:
    asked = results[0]["still exposed"].covered()
    met = "met" if TARGET[0] <= asked <= TARGET[1] else "MISSED"
    stuck = sum(tally.not_converged for tallies in results for tally in tallies.values())
    return (
        "# How often the bands hold the truth\n\n"
        f"Written by `python benchmarks/coverage.py --worlds {worlds} --seed {seed}`; do not edit. {worlds} worlds a"
        f" setting, {DAYS} days, {REPLICATES} bootstrap replicates over administrators, level {LEVEL:.0%}. Target: the"
        f" true curve within the band on {TARGET[0]:.0%} to {TARGET[1]:.0%} of world-days in the first setting:"
        f" {asked:.1%}, {met}. Replicates that did not converge: {stuck}. What it means is in"
        " `docs/explanation/how-long-it-took.md`.\n\n"
        "## The band\n\n"
        "“Near 0 or 1”: days on which the true share is within 5 points of either. “Truth below / above”:"
        " on which side of the band it lay when it was not within.\n\n"
        f"{_HEADER}{rows}\n"
        "## Other constructions\n\nCoverage of the curve “still exposed” by the same replicates.\n\n"
        f"{''.join(_constructions(results))}\n"
        f"## Days\n\n{''.join(_days(results))}"
    )


def main() -> None:
    """Runs every setting and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--worlds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=HERE / "COVERAGE.md")
    args = parser.parse_args()
    rows, results = "", []
    for setting in SETTINGS:
        tallies, truth = study(setting, args.worlds, args.seed)
        results.append(tallies)
        rows += "".join(_row(setting, curve, tally, truth[curve]) for curve, tally in tallies.items())
        print(f"{setting.name}: {tallies['still exposed'].covered():.1%}", file=sys.stderr)
    args.out.write_text(_page(args.worlds, args.seed, rows, results), encoding="utf-8")


if __name__ == "__main__":
    main()
