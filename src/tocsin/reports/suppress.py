"""Small counts taken out of what is labelled for the public, and whatever else would give them away.

A count from 1 to ``k - 1`` could point at somebody; zero points at nobody and is shown. Counts that add up to a known
total protect each other: what is withheld in such a sum is at least two counts, together so large that each might
still be ``k`` or more. So the groups of one kind on one day are withheld as whole rows, and so are the states of one
unit on one day; shares are looked at as the counts that they make of their denominators.
Source: Hundepool et al., Statistical Disclosure Control (2012), sections 4.2 (primary and secondary suppression) and
4.3 (protection intervals). Differences from one day to the next are not protected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tocsin.figures import Figure
from tocsin.labels import Label
from tocsin.remediation.curves import STILL_EXPOSED
from tocsin.remediation.left import REASONS
from tocsin.reports.dossier import STATES, Course, Dossier, Panel, PanelKind, Withheld, last_day
from tocsin.reports.reached import reached_for_public
from tocsin.reports.small import SMALLEST_SHOWN, Rows, Span, counts, is_small, leaves_few, reasons_for_public, withhold

_ORGANISATIONS, _PUBLIC_BODIES, _PUBLIC_KIND = "organisations", "public bodies", "public-body"

Moment = tuple[str, date]
"""A unit on a day."""


_OPEN = tuple(f"why={reason}" for reason in REASONS[2:4])
_WITH_OPEN = (*_OPEN, f"why={REASONS[4]}")
"""The reasons that sort those still affected, each under one of the two; and those with the undetermined."""


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
    lost = {one for course in dossier.courses for one in _of_course(course)}
    lost -= {one for course in courses for one in _of_course(course)}
    curved = _curved(dossier.panels, plan)
    panels = tuple(panel for panel in (_panel(panel, plan, panel.kind in curved) for panel in dossier.panels) if panel)
    kept = replace(
        dossier,
        headline=tuple(figure for figure in dossier.headline if figure not in lost and plan.allows(figure)),
        courses=courses,
        panels=panels,
        countries=tuple(figure for figure in dossier.countries if plan.allows(figure)),
        reasons=_reasons(dossier.reasons, plan),
        reached=reached_for_public(dossier.reached, k),
        extra=tuple(
            figure
            for figure in dossier.extra
            if figure not in lost and plan.allows(figure) and not leaves_few(figure, figure.denominator, k)
        ),
        remaining=(),
        remaining_more=0,
        absent=reasons_for_public(dossier.absent),
        small_counts_suppressed=True,
    )
    return replace(kept, withheld=tuple(dict.fromkeys((*dossier.withheld, *_missing(dossier, kept)))))


def described(figure: Figure) -> Withheld:
    """The figure without its value."""
    return Withheld(
        id=figure.id,
        unit=figure.unit,
        state=figure.state,
        place=figure.place,
        as_of=figure.as_of,
        group=figure.group,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What is withheld: states of a unit on a day, and groups of a unit on a day.

    ``organisations`` are the figures that those of public bodies are a part of, by what and day.
    """

    k: int
    states: Mapping[Moment, frozenset[str]]
    groups: Mapping[Moment, frozenset[str]]
    organisations: Mapping[Moment, Figure]

    def allows(self, figure: Figure) -> bool:
        """Whether the figure, by itself and beside the others, may be shown."""
        moment = (figure.unit, last_day(figure))
        if figure.group and figure.group in self.groups.get(moment, ()):
            return False
        if not figure.group and figure.state in self.states.get(moment, ()):
            return False
        return not any(is_small(span, self.k) for span in (*counts(figure), *self._others(figure)))

    def _others(self, figure: Figure) -> Iterator[Span]:
        """How many organisations are left beside the public bodies that the figure counts."""
        whole = self.organisations.get((_what(figure), last_day(figure)))
        if figure.unit == _PUBLIC_BODIES and not figure.group and whole:
            for (low, high), (below, above) in zip(counts(figure), counts(whole), strict=False):
                yield abs(below - low), abs(above - high)


def _plan(dossier: Dossier, k: int) -> _Plan:
    states = {moment: _states(rows, k) for moment, rows in _by_day(dossier.courses).items()}
    states |= _public_states(dossier, k)
    groups: dict[Moment, frozenset[str]] = defaultdict(frozenset)
    for (unit, day, kind), table in _tables(dossier).items():
        hidden = states.get((unit, day), frozenset())
        if kind == _PUBLIC_KIND and states.get((_PUBLIC_BODIES, day)):
            hidden |= frozenset((*STATES, STILL_EXPOSED))
        groups[unit, day] |= withhold(table.rows, k, also=table.rows.keys() if table.states & hidden else ())
    return _Plan(k=k, states=states, groups=groups, organisations=_organisations(dossier.courses))


def _organisations(courses: Iterable[Course]) -> dict[Moment, Figure]:
    return {
        (_what(figure), last_day(figure)): figure
        for course in courses
        if course.unit == _ORGANISATIONS
        for figure in _of_course(course)
    }


def _what(figure: Figure) -> str:
    """The figure's id without its unit."""
    return figure.id.removeprefix(f"{figure.unit.replace(' ', '-')}-")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """The groups of one kind as rows; a column for each count of each state, by where it is from."""

    rows: dict[str, dict[str, Span]]
    states: set[str]

    def add(self, of: str, figure: Figure) -> None:
        """Adds what the figure counts to the row of its group."""
        self.states.add(figure.state)
        self.rows.setdefault(figure.group or "", {}).update(_row(f"{of} {figure.state}", figure))


def _tables(dossier: Dossier) -> dict[tuple[str, date, str], _Table]:
    """For each unit, day and kind of group the groups as rows and their states as columns."""
    found: dict[tuple[str, date, str], _Table] = defaultdict(lambda: _Table(rows={}, states=set()))
    sources = (
        ("standing", [figure for panel in dossier.panels for figure in panel.standing_now]),
        ("share", [figure for panel in dossier.panels for figure in panel.exposure]),
        ("census", dossier.countries),
    )
    for of, figures in sources:
        for figure in figures:
            kind = (figure.group or "").partition("=")[0]
            found[figure.unit, last_day(figure), kind].add(of, figure)
    return found


def _reasons(reasons: Sequence[Figure], plan: _Plan) -> tuple[Figure, ...]:
    """The reasons that may be shown: none where the states they are made of are withheld, and neither of the two that
    sort those still affected where one of them, or what they leave of those that remain, is a small count.
    """
    if any(plan.states.get((figure.unit, last_day(figure))) for figure in reasons):
        return ()
    gone = {
        figure.group for figure in reasons if not plan.allows(figure) or leaves_few(figure, figure.denominator, plan.k)
    }
    for together in (_OPEN, _WITH_OPEN):
        parts = [figure for figure in reasons if figure.group in together]
        whole = parts[0].denominator if parts else None
        rest = whole.low - sum(part.low for part in parts) if whole else 0
        if is_small((rest, rest), plan.k) or gone & set(_OPEN):
            gone |= set(_OPEN)
    return tuple(figure for figure in reasons if figure.group not in gone)


def _curved(panels: Sequence[Panel], plan: _Plan) -> set[PanelKind]:
    """The kinds of group with curves to show: those of which every group has one left.

    Where one has none, being too small to estimate or to be shown, the wholes of the others would give its own away.
    """
    without = {panel.kind for panel in panels if not any(plan.allows(figure) for figure in panel.exposure)}
    return {panel.kind for panel in panels} - without


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
        median=_if_allowed(course.median, plan),
        ever_affected=_if_allowed(course.ever_affected, plan),
    )


def _if_allowed(figure: Figure | None, plan: _Plan) -> Figure | None:
    return figure if figure and plan.allows(figure) else None


def _panel(panel: Panel, plan: _Plan, is_curved: bool) -> Panel | None:
    """The panel without what is withheld; none where nothing is left of it."""
    standing = tuple(figure for figure in panel.standing_now if plan.allows(figure))
    exposure = tuple(figure for figure in panel.exposure if is_curved and plan.allows(figure))
    is_whole = len(exposure) == len(panel.exposure) and len(standing) == len(panel.standing_now)
    median = panel.median if panel.median and is_curved and is_whole and plan.allows(panel.median) else None
    if not (standing or exposure or median):
        return None
    return replace(panel, standing_now=standing, exposure=exposure, median=median)


def _missing(before: Dossier, after: Dossier) -> tuple[Withheld, ...]:
    """What the one shows and the other does not, without values."""
    kept = set(_own_figures(after))
    gone = [figure for figure in _own_figures(before) if figure not in kept]
    return tuple(dict.fromkeys(map(described, gone)))


def _own_figures(dossier: Dossier) -> Iterator[Figure]:
    for course in dossier.courses:
        yield from _of_course(course)
    for panel in dossier.panels:
        yield from (*panel.exposure, *panel.standing_now)
        yield from [panel.median] if panel.median else []
    yield from (*dossier.headline, *dossier.countries, *dossier.reasons, *dossier.reached, *dossier.extra)


def _of_course(course: Course) -> Iterator[Figure]:
    yield from (*course.standing, *course.exposure, *course.ends, *course.naive, *course.cohort)
    yield from (figure for figure in (course.median, course.ever_affected) if figure)
