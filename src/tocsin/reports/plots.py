"""The report's charts as Vega-Lite specifications, one for page, picture and brief: a dossier in, plots out.

Every specification holds its data and names nothing outside itself. What chance leaves open is a plain band, what the
evidence leaves open is hatched; no line runs across a day on which method or scope changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import get_args

from tocsin.figures import Figure
from tocsin.remediation.standing import EVER_AFFECTED
from tocsin.reports._bars import Bar, bars
from tocsin.reports._curves import Series, Spot, end_names, filled_band, hatched_band, key, line
from tocsin.reports._extra import debug_mode
from tocsin.reports._multiples import multiples
from tocsin.reports._plane import (
    OUT,
    Layers,
    Plane,
    Spec,
    era,
    layered,
    reserve,
    text_lines,
    time_line,
    time_line_notes,
)
from tocsin.reports._spec import (
    Picture,
    Plot,
    amount,
    assemble,
    course_in_words,
    pdf,
    png,
    svg,
    top,
)
from tocsin.reports._theme import NARROW, STYLES, TINT, WIDE, round_ticks, text_width
from tocsin.reports.dossier import (
    ENDS,
    STATES,
    Course,
    Dossier,
    Mark,
    PanelKind,
    group_name,
    last_day,
)
from tocsin.reports.reached import rungs_of

__all__ = ["Picture", "Plot", "Spec", "draw", "every_plot", "pdf", "png", "svg"]

_NAMES_FROM = 500
"""From this width on, lines are named at their ends; below, in a key above the plane."""

_BARS_AT_MOST = 20
_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


def every_plot(dossier: Dossier, width: int = WIDE) -> tuple[Plot, ...]:
    """Every chart that the dossier has figures for, in the order of the report; none for what has none."""
    with debug_mode(False):  # Altair would check every part of every chart as it is made; the tests do
        return tuple(plot for plot in _plots(dossier, width) if plot)


def draw(dossier: Dossier) -> tuple[Picture, ...]:
    """Every chart of the dossier as SVG, for wide pages and paper and for telephones."""
    both = zip(every_plot(dossier, WIDE), every_plot(dossier, NARROW), strict=True)
    return tuple(Picture(plot=wide, wide=svg(wide.spec), narrow=svg(narrow.spec)) for wide, narrow in both)


def status(dossier: Dossier, course: Course, width: int) -> Plot | None:
    """How many are in which state, day by day, with the time line."""
    by_state = {state: _of_state(course.standing, state) for state in STATES}
    shown = {state: figures for state, figures in by_state.items() if any(figure.high for figure in figures)}
    if not shown:
        return None
    series = [
        Series(style=state, spots=_spots(figures, dossier.breaks(course), low=True)) for state, figures in shown.items()
    ]
    is_wide = width >= _NAMES_FROM
    highest = max(top(figure) for figures in shown.values() for figure in figures)
    names = [(one, f"{one.look.name} {amount(shown[one.style][-1])}") for one in series]
    right = _beside(names, width)
    label = f"number of {course.unit}"
    plane = _plane(dossier, course.standing, width, ticks=round_ticks(highest), title=label, right=right)
    marks = _marks(dossier, course)
    layers = [
        *(layer for one in series for layer in filled_band(plane, one, one.look.colour, 0.2, chance=False)),
        *time_line(plane, marks),
        *(layer for one in series for layer in line(plane, one)),
        *(end_names(plane, names) if is_wide else []),
    ]
    above = [] if is_wide else [key([(one.style, text) for one, text in names], plane.width - 70)]
    title = f"{_capital(course.unit)} by status, day by day"
    return Plot(
        name=f"status-{_slug(course.unit)}",
        title=title,
        caption="Line: at least so many. Shade above it: at most, since the evidence leaves some undecided.",
        alt=_alt(title, ((STYLES[state].name, figures) for state, figures in shown.items())),
        spec=assemble(dossier, title, [*above, _drawn(plane, layers), *_notes(plane, marks)], width),
    )


def exposure(dossier: Dossier, course: Course, width: int, *, with_naive: bool = True) -> Plot | None:
    """The share still exposed with both its bands and, below it, the shares that plain division gives."""
    if not course.exposure and not course.naive:
        return None
    title = f"{_capital(course.unit)} still exposed since the patch" if course.exposure else "The share fixed"
    parts: list[Spec] = []
    marks = _marks(dossier, course)
    plane = _plane(dossier, (*course.exposure, *course.naive), width, title="share still exposed")
    if course.exposure:
        parts += _exposure_parts(dossier, course, plane, marks)
    parts += _naive_parts(dossier, course, plane) if with_naive or not course.exposure else []
    naive = [(STYLES[style].name, figures) for style, figures in _naive_series(course).items()]
    caption = (
        "Plain band: what chance leaves open. Hatched: what the evidence leaves open, with what was undetermined "
        "or went out of sight taken as affected or as fixed. The share by plain division leaves out whatever was not "
        "seen that day."
    )
    return Plot(
        name=f"exposure-{_slug(course.unit)}",
        title=title,
        caption=caption,
        alt=_alt(title, [("still exposed", course.exposure), *naive]),
        spec=assemble(dossier, title, [*parts, *_notes(plane, marks)], width),
    )


def ends(dossier: Dossier, course: Course, width: int) -> Plot | None:
    """How exposure ended: the share that had come to each end by each day."""
    by_end = {end: _of_state(course.ends, end) for end in ENDS}
    shown = {end: figures for end, figures in by_end.items() if any(figure.high for figure in figures)}
    if not shown:
        return None
    is_wide = width >= _NAMES_FROM
    series = [
        Series(style=end, spots=_spots(figures, dossier.breaks(course)), is_step=True) for end, figures in shown.items()
    ]
    names = [(one, f"{one.look.name} {amount(shown[one.style][-1])}") for one in series]
    right = _beside(names, width)
    plane = _plane(dossier, course.ends, width, title=f"share of {course.unit}", height=230, right=right)
    layers = [
        *(layer for one in series for layer in filled_band(plane, one, one.look.colour, 0.22, chance=True)),
        *time_line(plane, _marks(dossier, course)),
        *(layer for one in series for layer in line(plane, one)),
        *(end_names(plane, names) if is_wide else []),
    ]
    above = [] if is_wide else [key([(one.style, text) for one, text in names], plane.width - 70)]
    title = f"How exposure ended: {course.unit}"
    notes = _notes(plane, _marks(dossier, course))
    return Plot(
        name=f"ends-{_slug(course.unit)}",
        title=title,
        caption="By each day the share that had ended so. No longer seen or listed is not fixed. Band: chance alone.",
        alt=_alt(title, ((STYLES[end].name, figures) for end, figures in shown.items())),
        spec=assemble(dossier, title, [*above, _drawn(plane, layers), *notes], width),
    )


def cohort(dossier: Dossier, course: Course, width: int) -> Plot | None:
    """The affected among those seen in every look: a diagnostic, and named as one."""
    if not course.cohort:
        return None
    title = f"Diagnostic: {course.unit} seen in every look"
    series = Series(style="cohort", spots=_spots(course.cohort, dossier.breaks(course), low=True))
    ticks = round_ticks(max(map(top, course.cohort)))
    label = f"{course.unit} affected"
    plane = _plane(dossier, course.cohort, width, ticks=ticks, title=label, height=200)
    layers = [
        *filled_band(plane, series, STYLES["cohort"].colour, 0.2, chance=False),
        *time_line(plane, _marks(dossier, course)),
        *line(plane, series),
    ]
    above = key([("cohort", STYLES["cohort"].name)], plane.width - 70)
    notes = _notes(plane, _marks(dossier, course))
    return Plot(
        name=f"cohort-{_slug(course.unit)}",
        title=title,
        caption="A larger scan cannot raise this line. It says nothing of those that some look missed.",
        alt=_alt(title, [("affected", course.cohort)]),
        spec=assemble(dossier, title, [above, _drawn(plane, layers), *notes], width),
    )


def countries(dossier: Dossier, width: int) -> Plot | None:
    """Countries ranked by how many are affected at most."""
    return _ranked(dossier, dossier.countries, "countries", "affected, by country", STYLES["affected"].colour, width)


def reasons(dossier: Dossier, width: int) -> Plot | None:
    """Who remains, by why; one may have several reasons."""
    return _ranked(dossier, dossier.reasons, "reasons", "that remain, by reason", STYLES["unseen"].colour, width)


def reached(dossier: Dossier, width: int) -> Plot | None:
    """How many organisations reached each step of the ledger of notices, in the order of the steps."""
    steps = [(name, figure) for name, figure in rungs_of(dossier.reached) if figure is not None]
    if not steps:
        return None
    shown = [Bar(name=name, amount=amount(one), low=one.low, high=top(one)) for name, one in steps]
    title = "Organisations told, step by step"
    return Plot(
        name="reached",
        title=title,
        caption="Solid: at least. Hatched: at most. Each step counts some of the one above it.",
        alt=f"{title}. " + "; ".join(f"{bar.name} {bar.amount}" for bar in shown) + ".",
        spec=assemble(
            dossier,
            title,
            [bars(shown, width=width, title="number of organisations", colour=STYLES["fixed"].colour)],
            width,
        ),
    )


def _plots(dossier: Dossier, width: int) -> Iterator[Plot | None]:
    for draw_course in (status, exposure, ends):
        yield from (draw_course(dossier, course, width) for course in dossier.courses)
    yield from (multiples(dossier, kind, width) for kind in get_args(PanelKind))
    yield from (countries(dossier, width), reasons(dossier, width), reached(dossier, width))
    yield from (cohort(dossier, course, width) for course in dossier.courses)


def _exposure_parts(dossier: Dossier, course: Course, plane: Plane, marks: Sequence[Mark]) -> list[Spec]:
    series = Series(style="still exposed", spots=_spots(course.exposure, dossier.breaks(course)), is_step=True)
    entries = [("still exposed", "still exposed, estimated"), *_band_entries(course.exposure)]
    layers = [
        *filled_band(plane, series, TINT, 0.6, chance=True),
        *hatched_band(plane, series),
        *time_line(plane, marks),
        *line(plane, series),
    ]
    return [key(entries, plane.width - 70), _drawn(plane, layers)]


def _band_entries(figures: Sequence[Figure]) -> list[tuple[str, str]]:
    level = next((figure.estimate.level for figure in figures if figure.estimate), 0.95)
    return [
        ("sampling band", f"what chance leaves open ({level:.0%} interval)"),
        ("identification band", "undetermined, unseen either way"),
    ]


def _naive_parts(dossier: Dossier, course: Course, plane: Plane) -> list[Spec]:
    by_style = _naive_series(course)
    if not by_style:
        return []
    small = Plane(
        width=plane.width,
        height=150,
        right=plane.right,
        first=plane.first,
        last=plane.last,
        ticks=_SHARES,
        title="share fixed",
        is_share=True,
    )
    series = [
        Series(style=style, spots=_spots(figures, dossier.breaks(course), low=True))
        for style, figures in by_style.items()
    ]
    layers = [
        *(layer for one in series for layer in filled_band(small, one, one.look.colour, 0.2, chance=False)),
        *(layer for one in series for layer in line(small, one)),
    ]
    return [key([(style, STYLES[style].name) for style in by_style], plane.width - 70), _drawn(small, layers)]


def _naive_series(course: Course) -> dict[str, tuple[Figure, ...]]:
    ever = tuple(one for one in course.naive if one.denominator and one.denominator.state == EVER_AFFECTED)
    seen = tuple(one for one in course.naive if one not in ever)
    return {style: figures for style, figures in (("seen", seen), ("ever", ever)) if figures}


def _ranked(
    dossier: Dossier, figures: Sequence[Figure], name: str, of_what: str, colour: str, width: int
) -> Plot | None:
    if not figures:
        return None
    ranked = sorted(figures, key=lambda figure: (-figure.high, -figure.low, group_name(figure)))
    shown = [
        Bar(name=group_name(one), amount=amount(one), low=one.low, high=top(one)) for one in ranked[:_BARS_AT_MOST]
    ]
    more = len(ranked) - len(shown)
    title = f"{_capital(figures[0].unit)} {of_what}"
    parts: list[Spec] = [bars(shown, width=width, title=f"number of {figures[0].unit}", colour=colour)]
    parts += [text_lines([f"and {more} more, in the table"], width - 190, begins=0)] if more else []
    return Plot(
        name=name,
        title=title,
        caption="Solid: at least. Hatched: at most.",
        alt=f"{title}. " + "; ".join(f"{bar.name} {bar.amount}" for bar in shown) + ".",
        spec=assemble(dossier, title, parts, width),
    )


def _plane(
    dossier: Dossier,
    figures: Sequence[Figure],
    width: int,
    *,
    title: str,
    ticks: tuple[float, ...] | None = None,
    height: int = 300,
    right: int = 24,
) -> Plane:
    """The days of the figures, begun at the origin of the case where that is not far before them."""
    days = [last_day(figure) for figure in figures]
    first, last = min(days), max(days)
    if first - max(timedelta(days=7), (last - first) / 2) <= dossier.origin < first:
        first = dossier.origin
    return Plane(
        width=width,
        height=height if width >= _NAMES_FROM else min(height, 230),
        right=right,
        first=first,
        last=last,
        ticks=ticks or _SHARES,
        title=title,
        is_share=ticks is None,
    )


def _spots(figures: Sequence[Figure], breaks: Sequence[date], *, low: bool = False) -> tuple[Spot, ...]:
    """One spot a figure; its value is the estimate, or the lower bound where there is none or ``low`` asks for it."""
    return tuple(
        Spot(
            day=last_day(one),
            value=one.estimate.value if one.estimate and not low else one.low,
            low=one.low,
            high=top(one),
            era=era(last_day(one), breaks),
            chance=(one.estimate.low, one.estimate.high) if one.estimate else None,
        )
        for one in figures
    )


def _marks(dossier: Dossier, course: Course) -> list[Mark]:
    """The case's time line up to the day, and the changes of method that nobody put into words."""
    known = [mark for mark in dossier.marks if mark.day <= dossier.as_of]
    said = {mark.day for mark in dossier.marks if mark.kind == "method"}
    unsaid = [day for day in course.breaks if day not in said]
    return [*known, *(Mark(day=day, text="method or scope changed", kind="method") for day in unsaid)]


def _beside(names: Sequence[tuple[Series, str]], width: int) -> int:
    """What to keep free beside the plane, so that no amount is ever cut."""
    return int(max(text_width(text) for _, text in names)) + 30 if width >= _NAMES_FROM else 14


def _drawn(plane: Plane, layers: Layers) -> Spec:
    return layered([*layers, reserve(-OUT, plane.inner + plane.right - 4)], plane.inner, plane.height)


def _notes(plane: Plane, marks: Sequence[Mark]) -> list[Spec]:
    lines = time_line_notes(plane, marks)
    return [text_lines(lines, plane.width - 70)] if lines else []


def _of_state(figures: Iterable[Figure], state: str) -> tuple[Figure, ...]:
    return tuple(figure for figure in figures if figure.state == state)


def _alt(title: str, series: Iterable[tuple[str, Sequence[Figure]]]) -> str:
    said = [course_in_words(name, figures) for name, figures in series if figures]
    return f"Line chart: {title}. {'; '.join(said)}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _slug(text: str) -> str:
    return text.replace(" ", "-")
