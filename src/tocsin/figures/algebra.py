"""What may be done with figures: each function answers, or raises ``NotComparable`` with every part that differs.

Bounds are those of the true value: whatever the true values within the bounds that came in, the true result lies within
the bounds that go out, and no narrower bounds follow from them. Nothing here treats an interval of chance as a bound,
except where two figures are compared: there it widens what cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from math import isclose
from typing import Literal

from tocsin.figures.comparable import Difference, NotComparable, differences, first_that, part
from tocsin.figures.disjoint import joined_group, joined_place, joined_source, joined_texts, overlap
from tocsin.figures.figure import Figure
from tocsin.figures.parts import Estimate, Measure, Period

Relation = Literal["less", "greater", "equal", "cannot tell"]
_ALIKE = "ask for both with the same unit, state, place, group, date, method and denominator"
# Whoever was not seen is not among those seen.
_NOT_SEEN = frozenset(("unseen", "no_longer_listed", "not seen"))
# "Not affected" is a state of its own (the product never had the flaw); all that are not affected are more than those.
_OPPOSITES = {"affected": "other than affected", "not_affected": "other than not affected"}
_AGAIN = {opposite: state for state, opposite in _OPPOSITES.items()}
_REST = " (rest)"
_ADDABLE = frozenset(("unit", "state", "as_of", "known_at", "method"))
_NOISE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How the first figure stands to the second, and the least and greatest that it can lie above it (below: negative).

    ``cannot tell`` where the bounds, or the intervals of chance where there are any, leave it open.
    """

    relation: Relation
    low: float
    high: float


def compare(left: Figure, right: Figure, *, across: Collection[str] = ()) -> Comparison:
    """Whether ``left`` is less or greater than ``right``, of which it is the very same thing but for its source.

    ``across`` names parts that are meant to differ, in the denominators too: ``("group",)`` to hold sectors beside each
    other. Raises ``NotComparable``.
    """
    found = differences(left, right, throughout=across)
    if found:
        instead = first_that(left.wholes, right, throughout=across) or first_that(right.wholes, left, throughout=across)
        raise NotComparable("these cannot be compared", differences=found, remedy=_ALIKE, instead=instead)
    return _held_beside(left, right)


def change(earlier: Figure, later: Figure) -> Comparison:
    """How ``later`` stands to ``earlier``: the same thing, measured in the same way, on a later day.

    The whole of a share is either that of one day for both, or for each that of its own day. Raises ``NotComparable``.
    """
    found = (
        *differences(earlier, later, throughout=("as_of",)),
        *_order(earlier, later),
        *_days_of_wholes(earlier, later),
    )
    if found:
        raise NotComparable(
            "these show no change over time", differences=found, remedy="ask for both dates anew, with the same options"
        )
    return _held_beside(later, earlier)


def add(left: Figure, right: Figure) -> Figure:
    """How many there are in both together, which must have nobody in common. Denominators are added where that holds.

    Raises ``NotComparable`` for anything but counts of the same thing, or where some would be counted twice.
    """
    found = (
        *_must_count(left, right),
        *(each for each in differences(left, right, but_for=("place", "group")) if each.name in _ADDABLE),
        *overlap(left, right),
    )
    if found:
        raise NotComparable(
            f"these cannot be added without counting {left.unit} twice or mixing what is not alike",
            differences=found,
            remedy="ask for the total; it is counted without groups",
        )
    return replace(
        left,
        id=joined_texts((left.id, right.id), " + "),
        low=left.low + right.low,
        high=left.high + right.high,
        place=joined_place(left.place, right.place),
        group=joined_group(left.group, right.group),
        denominator=_added(left.denominator, right.denominator),
        source=joined_source(left.source, right.source),
    )


def divide(part_: Figure, whole: Figure) -> Figure:
    """The share that the part is of the whole: its declared denominator, or all that were seen in the same way.

    Its bounds suppose that the part is no more than the whole, and that the whole is not zero; where it must be, or
    where the part is none of the whole, ``NotComparable`` is raised.
    """
    found = (*_must_count(part_, whole), *_not_of(part_, whole)) or _no_ratio(part_, whole)
    if found:
        declared = part_.denominator
        is_better = declared is not None and declared != whole and declared.high > 0 and declared.unit == part_.unit
        raise NotComparable(
            "a denominator of zero has no shares" if whole.high == 0 else "the one is no part of the other",
            differences=found,
            remedy="divide a figure by its own denominator",
            instead=declared if is_better else None,
        )
    can_be_all = part_.high >= whole.low and part_.high > 0
    return replace(
        part_,
        id=f"{part_.id} of {whole.id}",
        low=part_.low / whole.high,
        high=1.0 if can_be_all else part_.high / whole.low if part_.high else 0.0,
        denominator=whole,
        source=joined_source(part_.source, whole.source),
        measure=Measure.SHARE,
    )


def complement(share: Figure) -> Figure:
    """The rest of the whole: ``not fixed`` for ``fixed``, and back. Raises ``NotComparable`` but for a share."""
    if share.measure is not Measure.SHARE:
        found = Difference(name="measure", left=share.measure.value, right=Measure.SHARE.value)
        raise NotComparable(
            "only a share has a rest", differences=(found,), remedy="divide it by its denominator first"
        )
    estimate = share.estimate
    return replace(
        share,
        id=share.id.removesuffix(_REST) if share.id.endswith(_REST) else share.id + _REST,
        low=1 - share.high,
        high=1 - share.low,
        state=opposite(share.state),
        estimate=estimate
        and Estimate(value=1 - estimate.value, low=1 - estimate.high, high=1 - estimate.low, level=estimate.level),
    )


def are_complements(left: Figure, right: Figure) -> bool:
    """Whether the two shares are a whole together: opposite states, and bounds that sum to one.

    Raises ``NotComparable`` where they are not of the same whole, place, date or method: there is no answer then.
    """
    counts = [each for each in (left, right) if each.measure is not Measure.SHARE]
    found = differences(left, right, but_for=("state",))
    if counts and not any(each.name == "measure" for each in found):
        found = (Difference(name="measure", left=left.measure.value, right=right.measure.value), *found)
    if found:
        raise NotComparable("these are no shares of one whole", differences=found, remedy=_ALIKE)
    other = complement(right)
    ends = [(left.low, other.low), (left.high, other.high)]
    if left.estimate and other.estimate:
        ends += [(getattr(left.estimate, name), getattr(other.estimate, name)) for name in ("value", "low", "high")]
    return left.state == other.state and all(isclose(one, two, abs_tol=_NOISE, rel_tol=0) for one, two in ends)


def opposite(state: str) -> str:
    """The state of all that are not in ``state``, and back."""
    if state in _OPPOSITES or state in _AGAIN:
        return _OPPOSITES.get(state) or _AGAIN[state]
    return state.removeprefix("not ") if state.startswith("not ") else f"not {state}"


def _held_beside(left: Figure, right: Figure) -> Comparison:
    (least, most), (low, high) = _reach(left), _reach(right)
    below, above = least - high, most - low
    relation: Relation = "cannot tell"
    if above < 0:
        relation = "less"
    elif below > 0:
        relation = "greater"
    elif below == above == 0:
        relation = "equal"
    return Comparison(relation=relation, low=below, high=above)


def _reach(figure: Figure) -> tuple[float, float]:
    """All that the evidence and chance leave open. The lower end is finite: one that was not reached is not known."""
    if figure.estimate is None:
        return figure.low, figure.high
    return min(figure.low, figure.estimate.low), max(figure.high, figure.estimate.high)


def _order(earlier: Figure, later: Figure) -> tuple[Difference, ...]:
    before, after = earlier.as_of, later.as_of
    ends = before.ends if isinstance(before, Period) else before
    begins = after.begins if isinstance(after, Period) else after
    if ends < begins and isinstance(before, Period) == isinstance(after, Period):
        return ()
    return (Difference(name="as_of", left=part(earlier, "as_of"), right=part(later, "as_of")),)


def _days_of_wholes(earlier: Figure, later: Figure) -> tuple[Difference, ...]:
    if Measure.COUNT in (earlier.measure, later.measure):
        return ()
    one, other = earlier.denominator, later.denominator
    if one is None or other is None or one.as_of == other.as_of:
        return ()
    if (one.as_of, other.as_of) == (earlier.as_of, later.as_of):
        return ()
    return (Difference(name="denominator.as_of", left=part(one, "as_of"), right=part(other, "as_of")),)


def _must_count(left: Figure, right: Figure) -> tuple[Difference, ...]:
    """The measures where one is no count; the estimates where there is one: intervals of chance do not add up."""
    found = []
    if not left.measure is right.measure is Measure.COUNT:
        found.append(Difference(name="measure", left=left.measure.value, right=right.measure.value))
    if left.estimate or right.estimate:
        found.append(Difference(name="estimate", left=_estimate(left), right=_estimate(right)))
    return tuple(found)


def _estimate(figure: Figure) -> str:
    return "estimated" if figure.estimate else "counted"


def _not_of(part_: Figure, whole: Figure) -> tuple[Difference, ...]:
    """The parts in which the whole is not one that the part belongs to."""
    if whole in part_.wholes:
        return tuple(each for each in differences(part_, whole) if each.name == "unit")
    is_within = whole.state == "seen" and part_.state not in _NOT_SEEN
    found = differences(part_, whole, but_for=("measure", "state"))
    if is_within or part_.state == whole.state:
        return found
    return (*found, Difference(name="state", left=part_.state, right=whole.state))


def _no_ratio(part_: Figure, whole: Figure) -> tuple[Difference, ...]:
    if whole.high > 0 and part_.low <= whole.high:
        return ()
    return (Difference(name="bounds", left=part_.bounds, right=whole.bounds),)


def _added(left: Figure | None, right: Figure | None) -> Figure | None:
    if left is None or right is None:
        return None
    try:
        return add(left, right)
    except NotComparable:
        return None
