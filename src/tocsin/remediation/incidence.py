"""Estimates which share of the units had come to each end by each look, from ends known only between looks.

The nonparametric maximum likelihood estimate on the grid of looks: Turnbull (1976, J. R. Stat. Soc. B 38:290) for
interval-censored and truncated times, Hudgens, Satten and Longini (2001, Biometrics 57:74) for competing ends. It is
found by self-consistency in the hazards (Dempster, Laird and Rubin 1977): share each end out among the cells in which
it may lie, divide by those at risk in each cell, repeat, and leap to where two rounds are heading. Right-censored and
left-truncated units enter through those at risk alone, so where every end lies in one cell the first round is the
answer, and is that of Aalen and Johansen.

What the data leave open stays as it was at the start: spread over a stretch in proportion to its days. ``settled`` says
at which looks nothing of that kind is in the number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.remediation.columns import Integers, Mask
from tocsin.remediation.outcomes import CAUSES, NOT_ENDED, Outcomes, Patterns

Reals = npt.NDArray[np.float64]

TOLERANCE = 1e-6
MOST_ROUNDS = 2_000
_BLOCK = 50
_LONGEST_LEAP = 64.0
_NOBODY = 1e-9
_HARDLY = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Incidence:
    """The shares that had ended by each look, for each replicate (a set of weights).

    ``cumulative``: (replicates, causes, looks), the share that had ended so by the look; never falls along the looks.
    ``ends``: (replicates, causes, looks), how many ends the estimate puts into each cell.
    ``at_risk``: (replicates, looks), how many were still exposed and watched when each cell began. Where it is 0 before
    everybody's exposure has ended, the shares are only carried on and say nothing.
    ``settled``: (looks), whether some unit's knowledge begins or ends there; elsewhere the number is a convention.
    ``converged``: (replicates), whether the last round changed no share by more than the tolerance.
    """

    grid: Integers
    cumulative: Reals
    ends: Reals
    at_risk: Reals
    settled: Mask
    converged: Mask

    @property
    def exposed(self) -> Reals:
        """(replicates, looks): the share still exposed after each look, which no cause had ended."""
        left: Reals = np.maximum(1.0 - self.cumulative.sum(axis=1), 0.0)
        return left

    def of(self, cause: str) -> Reals:
        """(replicates, looks): the share that had ended by ``cause``."""
        return self.cumulative[:, CAUSES.index(cause)]


@dataclass(frozen=True, slots=True)
class _Known:
    """The sufficient counts of a block of replicates (along the last axis), of the ``causes`` that occur."""

    causes: Integers
    sharp: Reals
    arrived: Reals
    wide: Reals
    cause: Integers
    first: Integers
    after: Integers
    by_first: _Sum
    by_after: _Sum


class _Sum:
    """Adds rows up by group: ``_Sum(group, size)(rows)`` has one row a group."""

    __slots__ = ("groups", "order", "size", "starts")

    def __init__(self, group: Integers, size: int) -> None:
        self.size = size
        self.order = np.argsort(group, kind="stable")
        self.groups, self.starts = np.unique(group[self.order], return_index=True)

    def __call__(self, rows: Reals) -> Reals:
        total: Reals = np.zeros((self.size, rows.shape[1]))
        if len(self.groups):
            total[self.groups] = np.add.reduceat(rows[self.order], self.starts, axis=0)
        return total


def incidence(
    outcomes: Outcomes, weights: Reals | None = None, *, tolerance: float = TOLERANCE, rounds: int = MOST_ROUNDS
) -> Incidence:
    """The estimate for each row of ``weights`` (replicates, patterns of ``outcomes``); without, for the units.

    Rounds (three steps and a leap) go on until a step changes no share by more than ``tolerance``; after ``rounds`` of
    them a replicate is given as it stands, with ``converged`` false. Raises ``ValueError`` when there is no unit, or a
    replicate weighs nothing.
    """
    patterns = outcomes.patterns()
    weights = patterns.units[np.newaxis].astype(np.float64) if weights is None else weights
    _check(patterns, weights)
    parts = [
        _estimate(outcomes.grid, patterns, weights[start : start + _BLOCK].T, tolerance, rounds)
        for start in range(0, len(weights), _BLOCK)
    ]
    ends, at_risk, shares, converged = (np.concatenate(part, axis=-1) for part in zip(*parts, strict=True))
    return Incidence(
        grid=outcomes.grid,
        cumulative=np.moveaxis(np.cumsum(shares, axis=1), -1, 0),
        ends=np.moveaxis(ends, -1, 0),
        at_risk=at_risk.T,
        settled=_settled(patterns),
        converged=converged,
    )


def log_likelihood(outcomes: Outcomes, estimate: Incidence) -> Reals:
    """(replicates): how likely each replicate of ``estimate`` makes the units, as a natural logarithm."""
    patterns = outcomes.patterns()
    shares = np.diff(estimate.cumulative, axis=2, prepend=0.0)
    every = np.concatenate([shares, np.zeros((*shares.shape[:2], 1))], axis=2)
    within = _padded(np.moveaxis(every, 0, -1))
    gone = _padded(shares.sum(axis=1).T[np.newaxis])[0]
    ended = patterns.cause != NOT_ENDED
    lasted = 1.0 - gone[patterns.first]
    hit = within[patterns.cause, patterns.last + 1] - within[patterns.cause, patterns.first]
    with np.errstate(divide="ignore"):
        each = np.log(np.where(ended[:, np.newaxis], hit, lasted)) - np.log(1.0 - gone[patterns.entry])
    total: Reals = patterns.units @ each
    return total


def _check(patterns: Patterns, weights: Reals) -> None:
    if not len(patterns):
        raise ValueError("no unit was exposed at the origin: there is nothing to estimate")
    if weights.ndim != 2 or weights.shape[1] != len(patterns):
        raise ValueError(f"weights are (replicates, {len(patterns)} patterns), not {weights.shape}")
    if (weights < 0).any() or (weights.sum(axis=1) <= 0).any():
        raise ValueError("every replicate weighs something, and nothing weighs less than 0")


def _settled(patterns: Patterns) -> Mask:
    """Looks at which some unit's interval begins or ends: the cells between two such looks are never told apart."""
    borders = np.concatenate([patterns.first - 1, patterns.last, patterns.entry - 1])
    return np.isin(np.arange(patterns.cells), borders)


def _estimate(
    grid: Integers, patterns: Patterns, weights: Reals, tolerance: float, rounds: int
) -> tuple[Reals, Reals, Reals, Mask]:
    """Ends, those at risk, the share of each cause in each cell, and whether it converged; replicates come last."""
    known = _known(patterns, weights)
    days = np.diff(grid, prepend=0).astype(np.float64)
    shares = _renewed(known, np.broadcast_to(days[:, np.newaxis], known.sharp.shape))
    converged = np.full(weights.shape[1], not len(known.wide))
    for _ in range(rounds if len(known.wide) else 0):
        once = _renewed(known, shares)
        converged = np.abs(np.cumsum(once - shares, axis=1)).max(axis=(0, 1)) <= tolerance
        if converged.all():
            break
        shares = _renewed(known, _leap(shares, once, _renewed(known, once)))
    ends = _share_out(known, shares)
    at_risk, hazard = _hazards(known, ends)
    return _of_all_causes(known, ends), at_risk, _of_all_causes(known, _shares(hazard)), converged


def _of_all_causes(known: _Known, rows: Reals) -> Reals:
    """The same with a line for every cause, those that nobody came to included."""
    found: Reals = np.zeros((len(CAUSES), *rows.shape[1:]))
    found[known.causes] = rows
    return found


def _renewed(known: _Known, shares: Reals) -> Reals:
    """One round: ends shared out, hazards estimated, the shares that follow from them."""
    _, hazard = _hazards(known, _share_out(known, shares))
    return _shares(hazard, least=_HARDLY)


def _leap(start: Reals, once: Reals, twice: Reals) -> Reals:
    """Where two rounds seem to be heading, each replicate as far as its steps shrink.

    Source: Varadhan and Roland (2008, Scand. J. Stat. 35:335), steplength S3. Never below a hundredth of the second
    round's shares: a share at zero would stay there. Cells that are never told apart keep their proportions.
    """
    step = once - start
    bend = twice - once - step
    sizes = [np.sqrt((each**2).sum(axis=(0, 1))) for each in (step, bend)]
    length = np.clip(np.divide(sizes[0], sizes[1], out=np.ones_like(sizes[0]), where=sizes[1] > 0), 1.0, _LONGEST_LEAP)
    ahead: Reals = np.maximum(start + 2 * length * step + length**2 * bend, twice / 100)
    return ahead


def _known(patterns: Patterns, weights: Reals) -> _Known:
    cells, width = patterns.cells, patterns.cells + 1
    ended = patterns.cause != NOT_ENDED
    causes = np.unique(patterns.cause[ended]) if ended.any() else np.zeros(1, dtype=np.int64)
    place = np.searchsorted(causes, patterns.cause)
    sharp = ended & (patterns.first == patterns.last)
    wide = ended & ~sharp
    key, number = np.unique(
        (place[wide] * width + patterns.first[wide]) * width + patterns.last[wide], return_inverse=True
    )
    cause, first, after = key // width**2, key // width % width, key % width + 1
    exact = _Sum(place[sharp] * cells + patterns.first[sharp], len(causes) * cells)(weights[sharp])
    entered = _Sum(patterns.entry, width)(weights)
    censored = _Sum(patterns.first[~ended], width)(weights[~ended])
    return _Known(
        causes=causes,
        sharp=exact.reshape(len(causes), cells, -1),
        arrived=np.cumsum(entered - censored, axis=0)[:cells],
        wide=_Sum(number, len(key))(weights[wide]),
        cause=cause,
        first=first,
        after=after,
        by_first=_Sum(cause * width + first, len(causes) * width),
        by_after=_Sum(cause * width + after, len(causes) * width),
    )


def _share_out(known: _Known, shares: Reals) -> Reals:
    """Expected ends by cause and cell: each unit's end, shared out among its cells as ``shares`` have it."""
    if not len(known.wide):
        return known.sharp
    within = _padded(shares)
    mass = within[known.cause, known.after] - within[known.cause, known.first]
    rate = np.divide(known.wide, mass, out=np.zeros_like(mass), where=(mass > 0) & (known.wide > 0))
    steps = (known.by_first(rate) - known.by_after(rate)).reshape(len(shares), -1, rate.shape[1])
    return known.sharp + shares * np.maximum(np.cumsum(steps, axis=1)[:, :-1], 0.0)


def _hazards(known: _Known, ends: Reals) -> tuple[Reals, Reals]:
    """Those at risk in each cell, and the part of them that each cause ends in it."""
    total = ends.sum(axis=0)
    at_risk = known.arrived - np.cumsum(total, axis=0) + total
    at_risk[at_risk < _NOBODY] = 0.0
    return at_risk, np.divide(ends, np.maximum(at_risk, total), out=np.zeros_like(ends), where=at_risk > 0)


def _shares(hazard: Reals, least: float = 0.0) -> Reals:
    """The share of all units that each cause ends in each cell.

    With late entry a cell may end all who are known by then while others come later: ``least`` keeps a trace of units
    exposed, so that later cells still weigh against each other.
    """
    lasting = np.maximum(np.cumprod(1.0 - hazard.sum(axis=0), axis=0), least)
    shares: Reals = hazard * np.concatenate([np.ones((1, lasting.shape[1])), lasting[:-1]])
    return shares


def _padded(shares: Reals) -> Reals:
    """Sums of the cells before each cell, and of all of them last, along the second axis."""
    none = np.zeros((len(shares), 1, shares.shape[2]))
    return np.concatenate([none, np.cumsum(shares, axis=1)], axis=1)
