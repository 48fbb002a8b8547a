"""Small counts taken out of what is labelled for the public, and whatever else would give them away.

A count from 1 to ``k - 1`` could point at somebody; zero points at nobody and is shown. Counts that add up to a known
total protect each other: what is withheld in such a sum is at least two counts, together so large that each might
still be ``k`` or more. So the groups of one kind on one day are withheld as whole rows, and so are the states of one
unit on one day; shares are looked at as the counts that they make of their denominators.
Source: Hundepool et al., Statistical Disclosure Control (2012), sections 4.2 (primary and secondary suppression) and
4.3 (protection intervals). Differences from one day to the next are not protected.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tocsin.figures import Figure, Measure
from tocsin.labels import Label
from tocsin.reports.dossier import STATES, STILL_EXPOSED, Course, Dossier, Panel, Withheld, last_day

SMALLEST_SHOWN = 5
_NOISE = 1e-9
_ORGANISATIONS, _PUBLIC_BODIES, _PUBLIC_KIND = "organisations", "public bodies", "public-body"

Span = tuple[float, float]
"""A lower and an upper bound."""

Rows = Mapping[str, Mapping[str, Span]]
"""What adds up, column by column: the rows of a table by name, each with its bounds by column."""

Moment = tuple[str, date]
"""A unit on a day."""


_TELLS_COUNTS = re.compile(r"\A\d|too few|half-life|forecast|estimates behind")
_TOO_FEW = "some estimates are left out: they rest on few"


def for_label(dossier: Dossier) -> Dossier:
    """The dossier as its label allows it: for the public without small counts and names, else as it is."""
    if dossier.label is not Label.CLEAR or dossier.small_counts_suppressed:
        return dossier
    return suppressed(dossier)


def suppressed(dossier: Dossier, k: int = SMALLEST_SHOWN) -> Dossier:
    """The dossier without small counts, what would give them away, and the names of organisations.

    What was taken out is described in ``withheld``, without its value. Words (marks, limits, method) are left as they
    are: whoever writes them answers for them.
    """
    plan = _plan(dossier, k)
    courses = tuple(_course(course, plan) for course in dossier.courses)
    panels = tuple(panel for panel in (_panel(panel, plan) for panel in dossier.panels) if panel)
    kept = replace(
        dossier,
        headline=tuple(figure for figure in dossier.headline if plan.allows(figure)),
        courses=courses,
        panels=panels,
        countries=tuple(figure for figure in dossier.countries if plan.allows(figure)),
        reasons=tuple(figure for figure in dossier.reasons if plan.allows(figure)),
        extra=tuple(figure for figure in dossier.extra if plan.allows(figure)),
        remaining=(),
        remaining_more=0,
        absent=reasons_for_public(dossier.absent),
        small_counts_suppressed=True,
    )
    return replace(kept, withheld=_missing(dossier, kept))


def reasons_for_public(reasons: Iterable[str]) -> tuple[str, ...]:
    """Why something is absent, without the small numbers that are the reason."""
    return tuple(dict.fromkeys(_TOO_FEW if _TELLS_COUNTS.search(why) else why for why in reasons))


def withhold(rows: Rows, k: int = SMALLEST_SHOWN, also: Collection[str] = ()) -> frozenset[str]:
    """The rows to withhold of a table whose columns add up to known totals; ``also`` are withheld in any case.

    A row goes where any of its bounds is small, then the next smallest rows until in every column the withheld are
    two or more, and so large together that each might be ``k`` even if none of the others is zero; or all is withheld.
    """
    gone = {name for name, row in rows.items() if name in also or any(is_small(span, k) for span in row.values())}
    by_size = sorted(rows, key=lambda name: (sum(high for _, high in rows[name].values()), name))
    while gone and not all(_is_safe(column, k) for column in _columns(rows, gone)):
        more = next((name for name in by_size if name not in gone), None)
        if more is None:
            break
        gone.add(more)
    return frozenset(gone)


def is_small(span: Span, k: int = SMALLEST_SHOWN) -> bool:
    """Whether a bound lies above zero and below ``k``."""
    return any(_NOISE < bound < k - _NOISE for bound in span)


def counts(figure: Figure) -> Iterator[Span]:
    """The counts that a figure tells: its own or, of a share, the part and the rest; and those of its denominators."""
    whole = figure.denominator
    if figure.measure is Measure.COUNT:
        yield figure.low, figure.high
    elif figure.measure is Measure.SHARE and whole is not None:
        values = (figure.low, figure.high, *([figure.estimate.value] if figure.estimate else []))
        yield min(values) * whole.low, max(values) * whole.high
        yield (1 - max(values)) * whole.low, (1 - min(values)) * whole.high
        yield from ((value * whole.low, value * whole.high) for value in values)
    if whole is not None:
        yield from counts(whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What is withheld: states of a unit on a day, and groups of a unit on a day."""

    k: int
    states: Mapping[Moment, frozenset[str]]
    groups: Mapping[Moment, frozenset[str]]

    def allows(self, figure: Figure) -> bool:
        """Whether the figure, by itself and beside the others, may be shown."""
        moment = (figure.unit, last_day(figure))
        if figure.group and figure.group in self.groups.get(moment, ()):
            return False
        if not figure.group and figure.state in self.states.get(moment, ()):
            return False
        return not any(is_small(span, self.k) for span in counts(figure))


def _plan(dossier: Dossier, k: int) -> _Plan:
    states = {moment: _states(rows, k) for moment, rows in _by_day(dossier.courses).items()}
    states |= _public_states(dossier, k)
    groups: dict[Moment, frozenset[str]] = defaultdict(frozenset)
    for (unit, day, kind), rows in _tables(dossier).items():
        hidden = states.get((unit, day), frozenset())
        if kind == _PUBLIC_KIND and states.get((_PUBLIC_BODIES, day)):
            hidden |= frozenset((*STATES, STILL_EXPOSED))
        touched = any(column.rpartition(" ")[0] in hidden for row in rows.values() for column in row)
        gone = withhold(rows, k, also=rows.keys() if touched else ())
        groups[unit, day] |= gone
    return _Plan(k=k, states=states, groups=groups)


def _by_day(courses: Iterable[Course]) -> dict[Moment, dict[str, dict[str, Span]]]:
    """For each unit and day the states as rows; what they count, and what their shares make, as columns."""
    found: dict[Moment, dict[str, dict[str, Span]]] = defaultdict(lambda: defaultdict(dict))
    for course in courses:
        for figure in course.standing:
            found[course.unit, last_day(figure)][figure.state] |= _row("standing", figure)
        for figure in (*course.exposure, *course.ends):
            found[course.unit, last_day(figure)][figure.state] |= _row("share", figure)
    return found


def _row(name: str, figure: Figure) -> dict[str, Span]:
    return {f"{name} {number}": span for number, span in enumerate(counts(figure))}


def _states(rows: Rows, k: int, also: Collection[str] = ()) -> frozenset[str]:
    """The states to withhold; still exposed goes with affected and undetermined, of which it is made."""
    gone = withhold(rows, k, also)
    tied = {"affected", "undetermined", STILL_EXPOSED}
    if gone & tied:
        gone = withhold(rows, k, also=gone | ({"affected", STILL_EXPOSED} & rows.keys()))
    return gone


def _public_states(dossier: Dossier, k: int) -> dict[Moment, frozenset[str]]:
    """The states of public bodies, also where taking them from organisations would leave a small count."""
    by_day = _by_day(dossier.courses)
    found = {}
    for (unit, day), rows in by_day.items():
        whole = by_day.get((_ORGANISATIONS, day))
        if unit != _PUBLIC_BODIES or whole is None:
            continue
        telling = {state for state, row in rows.items() if any(is_small(span, k) for span in _rest(whole, state, row))}
        found[unit, day] = _states(rows, k, also=telling)
    return found


def _rest(whole: Rows, state: str, row: Mapping[str, Span]) -> Iterator[Span]:
    """What is left of the whole's row of ``state`` without ``row``, column by column."""
    for column, (low, high) in row.items():
        if column in whole.get(state, {}):
            below, above = whole[state][column]
            yield abs(below - low), abs(above - high)


def _tables(dossier: Dossier) -> dict[tuple[str, date, str], dict[str, dict[str, Span]]]:
    """For each unit, day and kind of group the groups as rows and their states as columns."""
    found: dict[tuple[str, date, str], dict[str, dict[str, Span]]] = defaultdict(lambda: defaultdict(dict))
    of_panels = (figure for panel in dossier.panels for figure in (*panel.standing_now, *panel.exposure))
    for figure in (*of_panels, *dossier.countries):
        kind = (figure.group or "").partition("=")[0]
        row = found[figure.unit, last_day(figure), kind][figure.group or ""]
        row |= _row(figure.state, figure)
    return found


def _course(course: Course, plan: _Plan) -> Course:
    hidden = {day for (unit, day), states in plan.states.items() if unit == course.unit and states}
    affected = {last_day(figure): figure for figure in course.standing if figure.state == "affected"}

    def apart(figure: Figure) -> bool:
        """Whether what the cohort leaves out is not small either."""
        every = affected.get(last_day(figure))
        rest = (abs(every.low - figure.low), abs(every.high - figure.high)) if every else (0.0, 0.0)
        return last_day(figure) not in hidden and not is_small(rest, plan.k)

    return replace(
        course,
        standing=tuple(figure for figure in course.standing if plan.allows(figure)),
        exposure=tuple(figure for figure in course.exposure if plan.allows(figure)),
        ends=tuple(figure for figure in course.ends if plan.allows(figure)),
        naive=tuple(one for one in course.naive if last_day(one) not in hidden and plan.allows(one)),
        cohort=tuple(one for one in course.cohort if plan.allows(one) and apart(one)),
        median=course.median if course.median and plan.allows(course.median) else None,
    )


def _panel(panel: Panel, plan: _Plan) -> Panel | None:
    """The panel without what is withheld; none where nothing is left of it."""
    standing = tuple(figure for figure in panel.standing_now if plan.allows(figure))
    exposure = tuple(figure for figure in panel.exposure if plan.allows(figure))
    is_whole = len(exposure) == len(panel.exposure) and len(standing) == len(panel.standing_now)
    median = panel.median if panel.median and is_whole and plan.allows(panel.median) else None
    if not (standing or exposure or median):
        return None
    return replace(panel, standing_now=standing, exposure=exposure, median=median)


def _columns(rows: Rows, gone: Collection[str]) -> Iterator[list[Span]]:
    names = dict.fromkeys(column for name in gone for column in rows[name])
    for column in names:
        yield [rows[name][column] for name in gone if column in rows[name]]


def _is_safe(withheld: list[Span], k: int) -> bool:
    """Whether no count in a sum of withheld ones can be told to be small; a sum of zero tells only zeros."""
    sums = [sum(span[side] for span in withheld) for side in (0, 1)]
    return all(total <= _NOISE or (len(withheld) > 1 and total >= k + len(withheld) - 1) for total in sums)


def _missing(before: Dossier, after: Dossier) -> tuple[Withheld, ...]:
    """What the one shows and the other does not, without values."""
    kept = set(_own_figures(after))
    gone = [figure for figure in _own_figures(before) if figure not in kept]
    described = (
        Withheld(id=one.id, unit=one.unit, state=one.state, place=one.place, as_of=one.as_of, group=one.group)
        for one in gone
    )
    return tuple(dict.fromkeys(described))


def _own_figures(dossier: Dossier) -> Iterator[Figure]:
    for course in dossier.courses:
        yield from (*course.standing, *course.exposure, *course.ends, *course.naive, *course.cohort)
        yield from [course.median] if course.median else []
    for panel in dossier.panels:
        yield from (*panel.exposure, *panel.standing_now)
        yield from [panel.median] if panel.median else []
    yield from (*dossier.headline, *dossier.countries, *dossier.reasons, *dossier.extra)
