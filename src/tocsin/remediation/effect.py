"""What notices changed: of a plan sent in waves drawn by chance, those told against those who still waited.

Organisations are counted in the wave they were drawn for, whether their notice arrived or not, so that chance alone
made the two groups. They are compared at the last look before the next wave left. Sources: Wilson (1927) for each
share; Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17
(1998), 873-890, method 10 (without continuity correction) for the difference.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import sqrt

from tocsin.figures import Estimate, Figure, Measure
from tocsin.figures.words import JOINED
from tocsin.remediation.columns import Mask

FEWEST = 10
"""With fewer organisations in either group nothing is told."""
LEVEL = 0.95
_Z = 1.959963984540054

METHOD = (
    "Organisations open at the last look before their wave left, in the wave they were drawn for whether their notice "
    "arrived or not; fixed: a look of a later day, before the next wave left, showed it. Shares with Wilson intervals, "
    "their difference with Newcombe's (1998, method 10); outer bounds take whoever was out of sight as fixed in one "
    "group and as open in the other."
)
CAVEATS = (
    "it is what being told first changed while the others waited, not what telling changes against never telling",
    "whoever waited may have heard from others: the press, a vendor, a provider, a told organisation of the same staff",
    "a fix is seen only when somebody looks, so it may have come before the notice had left or was read",
    "waves hold no organisation with a trace of compromise: of those it says nothing",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """A plan's waves: whether chance drew them, whose wave is which, and on which day each first left."""

    plan: str
    is_random: bool
    members: Mapping[str, int]
    left_on: Mapping[int, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """On which days somebody looked, and of each look and organisation whether it stood fixed, and was out of sight."""

    days: Sequence[date]
    names: Sequence[str]
    fixed: Mask
    gone: Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """One wave that was told against those that waited, at one look; ``difference`` and the bounds are in shares.

    ``low`` and ``high`` are what chance leaves open at LEVEL; ``least`` and ``most`` what the out of sight leave open.
    """

    plan: str
    wave: int
    told: Figure
    waiting: Figure
    difference: float
    low: float
    high: float
    least: float
    most: float

    def __str__(self) -> str:
        more = "more" if self.difference >= 0 else "fewer"
        return (
            f"{abs(self.difference) * 100:.1f} percentage points {more} of wave {self.wave} were seen fixed than of "
            f"those who waited ({LEVEL:.0%} interval {self.low * 100:+.1f} to {self.high * 100:+.1f}; "
            f"{self.least * 100:+.1f} to {self.most * 100:+.1f} with the out of sight taken either way)"
        )

    def as_json(self) -> dict[str, object]:
        numbers = {name: getattr(self, name) for name in ("difference", "low", "high", "least", "most")}
        figures = {"told": self.told.as_json(), "waiting": self.waiting.as_json()}
        return {"plan": self.plan, "wave": self.wave, **figures, **numbers, "level": LEVEL, "sentence": str(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What could be compared, and of what could not the reason why."""

    contrasts: tuple[Contrast, ...]
    declined: tuple[str, ...]


def effect(draws: Sequence[Draw], watched: Watched, template: Figure) -> Effect:
    """Every wave of every plan against those that waited, as far as chance drew them and a look lies between."""
    contrasts, declined = list[Contrast](), list[str]()
    for draw in draws:
        for found in _contrasts(draw, watched, template):
            if isinstance(found, Contrast):
                contrasts.append(found)
            else:
                declined.append(f"plan {draw.plan}: {found}")
    if not draws:
        declined.append("no plan was sent in waves")
    return Effect(contrasts=tuple(contrasts), declined=tuple(declined))


def wilson(fixed: int, of: int) -> tuple[float, float]:
    """The interval of a share (Wilson 1927)."""
    share, spread = fixed / of, _Z * _Z / of
    middle = share + spread / 2
    half = _Z * sqrt(share * (1 - share) / of + spread / (4 * of))
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return (0.0 if fixed == 0 else low), (1.0 if fixed == of else high)  # exactly so, but for the noise of floats


def newcombe(fixed: int, of: int, other: int, of_other: int) -> tuple[float, float]:
    """The interval of the first share less the second (Newcombe 1998, method 10)."""
    one, two = fixed / of, other / of_other
    (low, high), (least, most) = wilson(fixed, of), wilson(other, of_other)
    return (
        one - two - sqrt((one - low) ** 2 + (most - two) ** 2),
        one - two + sqrt((high - one) ** 2 + (two - least) ** 2),
    )


def _contrasts(draw: Draw, watched: Watched, template: Figure) -> Iterator[Contrast | str]:
    waves = sorted(set(draw.members.values()))
    if not draw.is_random:
        yield "its waves were not drawn by chance, so whoever came first may differ in anything"
        return
    if len(waves) < 2:
        yield "it has one wave, and nobody to hold it against"
        return
    for wave, following in pairwise(waves):
        yield _contrast(draw, wave, following, watched, template)


def _contrast(draw: Draw, wave: int, following: int, watched: Watched, template: Figure) -> Contrast | str:
    left, next_left = draw.left_on.get(wave), draw.left_on.get(following)
    if left is None:
        return f"wave {wave} has not left"
    if next_left is not None and next_left <= left:
        return f"waves {wave} and {following} left on the same day"
    before = bisect_right(watched.days, left) - 1
    after = (bisect_left(watched.days, next_left) if next_left else len(watched.days)) - 1
    if after <= before:
        return f"waves {wave} and {following} lie within one scan: nobody looked between them"
    if before < 0:
        return f"nobody looked before wave {wave} left"
    names = {name: number for number, name in enumerate(watched.names)}
    groups = []
    for chosen in ({wave}, set(draw.members.values()) & set(range(following, max(draw.members.values()) + 1))):
        columns = [names[name] for name, each in draw.members.items() if each in chosen and name in names]
        groups.append([column for column in columns if not watched.fixed[before, column]])
    if min(map(len, groups)) < FEWEST:
        return f"wave {wave}, or those who waited, are fewer than {FEWEST} organisations"
    return _held_beside(draw, wave, groups, watched, after, template)


def _held_beside(
    draw: Draw, wave: int, groups: Sequence[Sequence[int]], watched: Watched, after: int, template: Figure
) -> Contrast:
    counts = [
        (int(watched.fixed[after, each].sum()), int(watched.gone[after, each].sum()), len(each)) for each in groups
    ]
    later = sorted({each for each in draw.members.values() if each > wave})
    named = (f"wave={wave}", f"wave={JOINED.join(map(str, later))}")
    told, waiting = (
        _share(draw.plan, group, count, replace(template, as_of=watched.days[after]))
        for group, count in zip(named, counts, strict=True)
    )
    (fixed, gone, of), (other, other_gone, of_other) = counts
    low, high = newcombe(fixed, of, other, of_other)
    return Contrast(
        plan=draw.plan,
        wave=wave,
        told=told,
        waiting=waiting,
        difference=fixed / of - other / of_other,
        low=low,
        high=high,
        least=fixed / of - (other + other_gone) / of_other,
        most=(fixed + gone) / of - other / of_other,
    )


def _share(plan: str, group: str, count: tuple[int, int, int], template: Figure) -> Figure:
    fixed, gone, of = count
    low, high = wilson(fixed, of)
    whole = replace(
        template,
        id=f"organisations-effect-drawn/{group}",
        unit="organisations",
        state=f"drawn for plan {plan} and open when its wave left",
        place="the constituency, by proof",
        group=group,
        method=METHOD,
        denominator=None,
        low=of,
        high=of,
    )
    return replace(
        whole,
        id=f"organisations-effect-fixed/{group}",
        state="seen fixed",
        measure=Measure.SHARE,
        low=fixed / of,
        high=(fixed + gone) / of,
        estimate=Estimate(value=fixed / of, low=low, high=high, level=LEVEL),
        denominator=whole,
    )
