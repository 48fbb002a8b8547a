"""Small multiples: the exposure of each group of a kind in a plane of its own, all over the same axes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tocsin.reports._curves import key
from tocsin.reports._extra import altair as alt
from tocsin.reports._plane import ERA, Layers, Spec, era, layered, text_lines
from tocsin.reports._spec import Plot, amount, assemble
from tocsin.reports._theme import INK, SIZE, STYLES, TINT, WIDE, Row, cut, day_ticks, epoch
from tocsin.reports.dossier import Course, Dossier, Panel, PanelKind, last_day

_AT_MOST = 12
_TITLES = {
    "sector": "by sector",
    "public-body": "public bodies",
    "country": "by country",
    "branch": "by branch of the product",
}


def multiples(dossier: Dossier, kind: PanelKind, width: int) -> Plot | None:
    """The groups of ``kind``, the most exposed first; none when no group has an estimate."""
    found = sorted((panel for panel in dossier.panels if panel.kind == kind and panel.exposure), key=_worst_first)
    if not found:
        return None
    shown, more = found[:_AT_MOST], len(found) - _AT_MOST
    unit = shown[0].exposure[0].unit
    title = f"{unit[:1].upper()}{unit[1:]} still exposed, {_TITLES[kind]}"
    notes = [text_lines([f"and {more} more, in the table"], width - 70)] if more > 0 else []
    entries = [
        ("still exposed", "still exposed"),
        ("sampling band", "chance"),
        ("identification band", "undetermined, unseen either way"),
    ]
    said = "; ".join(f"{panel.group} {amount(panel.exposure[-1])}" for panel in shown)
    return Plot(
        name=f"panels-{kind}",
        title=title,
        caption="The same axes in every plane, the most exposed first. Plain band: chance. Hatched: the evidence.",
        alt=f"Small line charts: {title}. On the last day: {said}.",
        spec=assemble(dossier, title, [key(entries, width - 70), _facets(dossier, shown, width), *notes], width),
    )


def _worst_first(panel: Panel) -> tuple[float, str]:
    last = panel.exposure[-1]
    return -(last.estimate.value if last.estimate else last.high), panel.group


def _facets(dossier: Dossier, shown: Sequence[Panel], width: int) -> Spec:
    columns = 3 if width >= WIDE else 2
    inner = (width - 60) // columns - (18 if columns > 2 else 12)
    titles = _distinct([f"{cut(panel.group, inner - 40)} {amount(panel.exposure[-1])}" for panel in shown])
    breaks = _breaks(dossier, shown)
    rows = [row for panel, title in zip(shown, titles, strict=True) for row in _rows(panel, title, breaks, inner)]
    days = [last_day(figure) for panel in shown for figure in panel.exposure]
    header = alt.Header(title=None, labelFontSize=SIZE, labelLimit=inner, labelAnchor="start", labelPadding=3)
    facet = alt.Facet("panel:N", sort=titles, header=header)
    return {
        "data": {"values": rows},
        "facet": facet.to_dict(),
        "columns": columns,
        "spacing": 14,
        "spec": layered(_layers(min(days), max(days), inner), inner, 92),
    }


def _layers(first: date, last: date, inner: int) -> Layers:
    aside = 86_400_000.0 if first == last else 0.0
    scale = alt.Scale(type="utc", domain=[epoch(first) - aside, epoch(last) + aside], nice=False)
    ticks = [epoch(day) for day in day_ticks(first, last, inner)]
    years = " to ".join(map(str, sorted({first.year, last.year})))
    axis = alt.Axis(values=ticks, format="%-d %b", title=f"day (UTC), {years}", grid=False, labelOverlap=False)
    x = alt.X("x:T", scale=scale, axis=axis)
    shares = alt.Axis(values=[0, 0.5, 1], format=".0%", title="still exposed")

    def y(name: str) -> alt.Y:
        return alt.Y(f"{name}:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=shares)

    base = alt.Chart()
    band = base.mark_area(color=TINT, opacity=0.6, interpolate="step-after").transform_filter("datum.k == 'spot'")
    bar = base.mark_rule(color=TINT, opacity=0.6, strokeWidth=9).transform_filter("datum.k == 'lone'")
    hatch = base.mark_rule(color=INK, strokeWidth=0.7, opacity=0.75).transform_filter("datum.k != 'spot'")
    look = STYLES["still exposed"]
    curve = base.mark_line(color=look.colour, strokeWidth=2.2, interpolate="step-after")
    point = base.mark_point(color=look.colour, filled=True, opacity=1, size=36)
    return [
        band.encode(x=x, y=y("clo"), y2=alt.Y2("chi"), detail=ERA),
        bar.encode(x=x, y=y("clo"), y2=alt.Y2("chi")),
        hatch.encode(x=x, y=y("lo"), y2=alt.Y2("hi")),
        curve.transform_filter("datum.k == 'spot'").encode(x=x, y=y("v"), detail=ERA),
        point.transform_filter("datum.k == 'lone'").encode(x=x, y=y("v")),
    ]


def _rows(panel: Panel, title: str, breaks: Sequence[date], inner: int) -> list[Row]:
    """The days of one panel: drawn as a line (``spot``) or alone in their era (``lone``), and strokes between them."""
    spots: list[Row] = []
    for one in panel.exposure:
        chance = one.estimate
        low, high = (chance.low, chance.high) if chance else (one.low, one.high)
        spots.append(
            {
                "panel": title,
                "k": "spot",
                "x": epoch(last_day(one)),
                "v": chance.value if chance else one.low,
                "lo": one.low,
                "hi": one.high,
                "clo": low,
                "chi": high,
                "era": era(last_day(one), breaks),
            }
        )
    eras = [row["era"] for row in spots]
    for row in spots:
        row["k"] = "lone" if eras.count(row["era"]) == 1 else "spot"
    return spots + _strokes(spots, inner)


def _strokes(spots: Sequence[Row], inner: int) -> list[Row]:
    if len(spots) < 2:
        return []
    moments = [float(str(row["x"])) for row in spots]
    apart = 5.0 * (moments[-1] - moments[0]) / inner
    strokes: list[Row] = []
    for row, following, here, after in zip(spots, spots[1:], moments, moments[1:], strict=False):
        count = max(1, round((after - here) / apart))
        joined = count if row["era"] == following["era"] else 1  # nothing is drawn across a change of method
        strokes += [row | {"k": "stroke", "x": here + (after - here) * number / count} for number in range(joined)]
    return [*strokes, spots[-1] | {"k": "stroke"}]


def _breaks(dossier: Dossier, shown: Sequence[Panel]) -> tuple[date, ...]:
    """The changes of method of the course that counts what the panels count."""
    unit = shown[0].exposure[0].unit
    courses = [course for course in dossier.courses if course.unit == unit]
    return dossier.breaks(courses[0] if courses else Course(unit=unit))


def _distinct(titles: Sequence[str]) -> list[str]:
    """The titles, with a mark on those that the cut has made alike."""
    return [title if titles.index(title) == number else f"{title} ({number})" for number, title in enumerate(titles)]
