"""The reach ledger as it is shown: its steps in rows, and without small counts for the public."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tocsin.figures import Figure
from tocsin.remediation.reach import PLACE_WORDS, RUNG_WORDS, Place, Rung, rung_of
from tocsin.reports.small import SMALLEST_SHOWN, Span, is_small

UNITS = ("organisations", "persons")
SHORT = ("identified", "with a contact", "planned for", "sent a notice", "accepted", "heard from")
_RUNGS = tuple(rung.name.lower() for rung in Rung)
_PLACES = {place: f"at-{place.name.lower().replace('_', '-')}" for place in Place}


def steps(figures: Sequence[Figure], unit: str = UNITS[0], group: str = "") -> tuple[tuple[str, str, str], ...]:
    """A row a step and under it a row a place that is not empty: what, how many, how many of them were seen fixed."""
    named, suffix = {figure.id: figure for figure in figures}, f"/{group}" if group else ""
    rows = []
    for rung, name in zip(Rung, _RUNGS, strict=True):
        whole = named.get(f"{unit}-reach-{name}{suffix}")
        if whole is None:
            continue
        rows.append((RUNG_WORDS[rung], _span(whole), _span(named.get(f"{unit}-reach-{name}-fixed{suffix}"))))
        for place, of in _PLACES.items():
            there = named.get(f"{unit}-reach-{of}{suffix}")
            if there is not None and there.high and rung_of(place) is rung:
                rows.append((f"  {PLACE_WORDS[place]}", _span(there), ""))
    return tuple(rows)


def rungs_of(figures: Sequence[Figure], unit: str = UNITS[0]) -> tuple[tuple[str, Figure | None], ...]:
    """Each step by its short name with its figure, or ``None`` where that is not there."""
    named = {figure.id: figure for figure in figures}
    return tuple((SHORT[rung], named.get(f"{unit}-reach-{rung.name.lower()}")) for rung in Rung)


def reached_for_public(figures: Sequence[Figure], k: int = SMALLEST_SHOWN) -> tuple[Figure, ...]:
    """The figures of an ungrouped ledger without small counts, and what would give such a count away.

    A step is shown where neither it nor what lies between it and the step shown before is small; the places only where
    none of them is, for they add up to the steps. Denominators are the steps that are shown.
    """
    found = list[Figure]()
    for unit in UNITS:
        found += _unit_for_public({each.id: each for each in figures if each.unit == unit}, f"{unit}-reach-", k)
    found += [each for each in figures if each.unit not in UNITS and not is_small((each.low, each.high), k)]
    return tuple(found)


def _unit_for_public(named: Mapping[str, Figure], prefix: str, k: int) -> Iterator[Figure]:
    rungs = _rungs_for_public(named, prefix, k)
    yield from rungs.values()
    places = {place: named[f"{prefix}{name}"] for place, name in _PLACES.items() if f"{prefix}{name}" in named}
    if len(rungs) == len(Rung) and not any(is_small(_bounds(each), k) for each in places.values()):
        for place, figure in places.items():
            yield replace(figure, denominator=rungs[_RUNGS[rung_of(place)]])
    fixed = dict(_fixed_for_public(named, rungs, prefix, k))
    yield from fixed.values()
    unreachable = named.get(f"{prefix}unreachable")
    if unreachable and len(rungs) == len(Rung) and _is_unreachable_shown(unreachable, tuple(rungs.values()), k):
        yield replace(unreachable, denominator=rungs[_RUNGS[0]])
    traced, whole = named.get(f"{prefix}fixed-but-compromised"), fixed.get(_RUNGS[0])
    if traced and whole and not is_small(_bounds(traced), k) and not is_small(_less(whole, traced), k):
        yield replace(traced, denominator=whole)


def _rungs_for_public(named: Mapping[str, Figure], prefix: str, k: int) -> dict[str, Figure]:
    found, last = dict[str, Figure](), None
    for name in _RUNGS:
        figure = named.get(f"{prefix}{name}")
        if figure is None or is_small(_bounds(figure), k) or (last and is_small(_less(last, figure), k)):
            if last is None:
                return {}
            continue
        last = found[name] = replace(figure, denominator=last)
    return found


def _fixed_for_public(
    named: Mapping[str, Figure], rungs: Mapping[str, Figure], prefix: str, k: int
) -> Iterator[tuple[str, Figure]]:
    before: tuple[Figure, Figure] | None = None
    for name, rung in rungs.items():
        figure = named[f"{prefix}{name}-fixed"]
        spans = [_bounds(figure), _less(rung, figure)]
        if before is not None:
            gone, unfixed = _less(before[1], figure), _less(before[0], rung)
            spans += [gone, (abs(unfixed[0] - gone[0]), abs(unfixed[1] - gone[1]))]
        if not any(is_small(span, k) for span in spans):
            before = rung, figure
            yield name, replace(figure, denominator=rung)


def _is_unreachable_shown(unreachable: Figure, rungs: Sequence[Figure], k: int) -> bool:
    """Whether neither they nor their parts are small: those without a contact, those whose notices failed, and those
    who were planned for and not reached for another reason.
    """
    first, contact, planned, accepted = (rungs[each] for each in (0, Rung.CONTACT, Rung.PLANNED, Rung.ACCEPTED))
    without, unmet = _less(first, contact), _less(planned, accepted)
    failed = abs(unreachable.low - without[0]), abs(unreachable.high - without[1])
    others = abs(unmet[0] - failed[0]), abs(unmet[1] - failed[1])
    return not any(is_small(span, k) for span in (_bounds(unreachable), _less(first, unreachable), failed, others))


def _bounds(figure: Figure) -> Span:
    return figure.low, figure.high


def _less(whole: Figure, part: Figure) -> Span:
    return abs(whole.low - part.low), abs(whole.high - part.high)


def _span(figure: Figure | None) -> str:
    if figure is None:
        return ""
    return f"{figure.low:,}" if figure.low == figure.high else f"{figure.low:,}–{figure.high:,}"
