"""The plane of a chart over days: where days and values lie in pixels, its axes, and its time line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby, pairwise

from tocsin.reports._extra import altair as alt
from tocsin.reports._theme import (
    CHARACTER,
    FAINT,
    GREY,
    INK,
    SIZE,
    Row,
    day_ticks,
    epoch,
    levels,
    long_day,
    wrap,
)
from tocsin.reports.dossier import Mark

_LEFT, _ROW, _ROUND, OUT = 62, 17, 19, 50
"""Room for the value axis; height of a line of text; diameter of a numbered mark; how far left text begins."""

_YEAR = 365

ERA, WORDS, UPPER, RIGHT = alt.Detail("era:N"), alt.Text("t:N"), alt.Y2("y2"), alt.X2("x2")
"""Fields that rows have: the era that a line joins, a text, the other end of a stroke down or across."""

Layers = list[alt.Chart]
Spec = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """``width`` is that of the whole picture; ``right`` what is kept free beside the plane for names."""

    width: int
    height: int
    right: int
    first: date
    last: date
    ticks: tuple[float, ...]
    title: str
    is_share: bool = False

    @property
    def inner(self) -> int:
        """The width of the plane itself."""
        return self.width - _LEFT - self.right

    @property
    def span(self) -> tuple[float, float]:
        """The beginning and end of the time scale; a lone day stands in the middle of it."""
        aside = 86_400_000.0 if self.first == self.last else 0.0
        return epoch(self.first) - aside, epoch(self.last) + aside

    def across(self, moment: float) -> float:
        """Pixels from the left at which ``moment`` (milliseconds) lies."""
        begins, ends = self.span
        return (moment - begins) / (ends - begins) * self.inner

    def down(self, value: float) -> float:
        """Pixels from the top at which ``value`` lies."""
        return self.height * (1 - value / self.ticks[-1])

    def value_at(self, pixels: float) -> float:
        """The value that lies ``pixels`` from the top."""
        return (1 - pixels / self.height) * self.ticks[-1]

    def x(self) -> alt.X:
        """The time axis, over the field ``x``."""
        return _x(self)

    def y(self, name: str = "v") -> alt.Y:
        """The value axis, over the field ``name``."""
        return _y(self, name)


def chart(rows: Sequence[Row]) -> alt.Chart:
    """A chart of ``rows``, which become part of the specification."""
    return alt.Chart(inside(rows))


def inside(rows: Sequence[Row]) -> alt.InlineData:
    """The rows as data of a specification: as one text, which Altair need not copy and check value by value."""
    return alt.InlineData(values=json.dumps(list(rows)), format=alt.JsonDataFormat(type="json"))


def time_line(plane: Plane, marks: Sequence[Mark]) -> Layers:
    """A rule and a number for every marked day within the plane; changes of method are dashed and squared."""
    inside = _numbered(plane, marks)
    rows = levels((plane.across(epoch(day)) for _, day, _ in inside), _ROUND + 2)
    layers: Layers = []
    for is_method, dashes in ((False, [1, 0]), (True, [6, 3])):
        found: list[Row] = [{"x": epoch(day)} for _, day, kinds in inside if ("method" in kinds) is is_method]
        if found:
            rule = chart(found).mark_rule(color=INK if is_method else GREY, strokeDash=dashes, strokeWidth=1.2)
            layers.append(rule.encode(x=plane.x()))
    for (number, day, kinds), row in zip(inside, rows, strict=True):
        layers += _numeral(plane, number, day, row, shape="square" if "method" in kinds else "circle")
    return layers


def time_line_notes(plane: Plane, marks: Sequence[Mark]) -> list[str]:
    """What each number of the time line stands for, and what lies outside of the days shown; wrapped lines."""
    numbers = {day: number for number, day, _ in _numbered(plane, marks)}
    lines = []
    for day, group in groupby(sorted(marks, key=_by_day), key=_by_day):
        sign = f"{numbers[day]}" if day in numbers else ("before" if day < plane.first else "after")
        said = "; ".join(dict.fromkeys(mark.text for mark in group))
        wrapped = wrap(f"{sign}: {long_day(day)}, {said}", plane.width - 20)
        lines += wrapped[:2] if len(wrapped) <= 2 else [wrapped[0], wrapped[1][:-1].rstrip() + "…"]
    return lines


def room_above(plane: Plane, marks: Sequence[Mark]) -> int:
    """Pixels that the numbers of the time line take above the plane."""
    inside = _numbered(plane, marks)
    rows = levels((plane.across(epoch(day)) for _, day, _ in inside), _ROUND + 2)
    return (max(rows, default=-1) + 1) * (_ROUND + 2)


def layered(layers: Layers, width: float, height: float) -> Spec:
    """The layers over each other as a view of a specification.

    Not ``altair.layer``, nor ``vconcat`` in what follows: they copy every part deeply, which takes seconds.
    """
    return {"layer": [_unit(layer) for layer in layers], "width": width, "height": height}


def text_lines(lines: Sequence[str], width: int, begins: int = -OUT) -> Spec:
    """Lines of text as a picture of their own."""
    rows: list[Row] = [{"y": number * _ROW + _ROW / 2, "t": line} for number, line in enumerate(lines)]
    height = max(1, len(lines)) * _ROW
    text = chart(rows).mark_text(align="left", baseline="middle", fontSize=SIZE - 1, color=INK, limit=width)
    return layered([text.encode(x=pixel_x(begins), y=pixels_down(height), text=WORDS)], width, height)


@lru_cache(maxsize=64)
def pixels_down(height: float) -> alt.Y:
    """A scale on which the field ``y`` is pixels from the top, without an axis."""
    return alt.Y("y:Q", scale=alt.Scale(domain=[0, height], range=[0, height], nice=False), axis=None)


@lru_cache(maxsize=64)
def pixels_across(width: float) -> alt.X:
    """A scale on which the field ``x`` is pixels from the left, without an axis."""
    return alt.X("x:Q", scale=alt.Scale(domain=[0, width], range=[0, width], nice=False), axis=None)


def era(day: date, breaks: Sequence[date]) -> int:
    """How many changes of method or scope had come by ``day``: a line joins days of one era only."""
    return sum(change <= day for change in breaks)


def steps(moments: Sequence[float], plane: Plane, apart: float = 5.0) -> Iterator[tuple[float, int]]:
    """Moments ``apart`` pixels from each other, each with the index of the last of ``moments`` not after it."""
    begins, ends = plane.span
    apart_ms = apart * (ends - begins) / plane.inner
    for index, (here, after) in enumerate(pairwise(moments)):
        count = max(1, round((after - here) / apart_ms))
        yield from ((here + (after - here) * number / count, index) for number in range(count))
    if moments:
        yield moments[-1], len(moments) - 1


@lru_cache(maxsize=64)  # Altair checks each axis anew when it is made, which takes longer than anything else
def _x(plane: Plane) -> alt.X:
    days = day_ticks(plane.first, plane.last, plane.inner)
    years = sorted({plane.first.year, plane.last.year})
    axis = alt.Axis(
        values=[epoch(day) for day in days],
        format="%-d %b" if (plane.last - plane.first).days < _YEAR else "%b %Y",
        title=f"day (UTC), {' to '.join(map(str, years))}",
        grid=False,
        labelFlush=False,
        labelOverlap=False,
    )
    return alt.X("x:T", scale=alt.Scale(type="utc", domain=list(plane.span), nice=False), axis=axis)


@lru_cache(maxsize=64)
def _y(plane: Plane, name: str) -> alt.Y:
    axis = alt.Axis(
        values=list(plane.ticks),
        format=".0%" if plane.is_share else ",.0f",
        title=plane.title,
        minExtent=_LEFT - 22,
        maxExtent=_LEFT - 22,
    )
    return alt.Y(f"{name}:Q", scale=alt.Scale(domain=[0, plane.ticks[-1]], nice=False, zero=True), axis=axis)


def _unit(layer: alt.Chart) -> Spec:
    """One layer as it stands in a specification, with its rows in it."""
    held: dict[str, object] = {}
    unit: Spec = layer.to_dict(validate=False, context={"top_level": False, "datasets": held})
    rows = next((text for text in held.values() if isinstance(text, str)), None)
    own: Spec = {"data": {"values": json.loads(rows)}} if rows else {}  # facets share the rows of what they are in
    return {name: value for name, value in unit.items() if name != "data"} | own


def reserve(left: float, right: float) -> alt.Chart:
    """Nothing to see, from ``left`` to ``right`` pixels: room that a picture keeps for fonts wider than expected."""
    far = alt.X2Value(right)  # type: ignore[no-untyped-call]  # generated without types
    nothing: alt.Chart = chart([{"a": 0}]).mark_rule(opacity=0).encode(x=pixel_x(left), x2=far, y=pixel_y(0))
    return nothing


def pixel_x(pixels: float) -> alt.XValue:
    """A place across that no scale changes."""
    return alt.XValue(pixels)  # type: ignore[no-untyped-call]  # generated without types


def pixel_y(pixels: float) -> alt.YValue:
    """A place down that no scale changes."""
    return alt.YValue(pixels)  # type: ignore[no-untyped-call]  # generated without types


def _by_day(mark: Mark) -> date:
    return mark.day


def _numbered(plane: Plane, marks: Sequence[Mark]) -> list[tuple[int, date, set[str]]]:
    inside = sorted({mark.day for mark in marks if plane.first <= mark.day <= plane.last})
    return [
        (number, day, {str(mark.kind) for mark in marks if mark.day == day})
        for number, day in enumerate(inside, start=1)
    ]


def _numeral(plane: Plane, number: int, day: date, row: int, *, shape: str) -> Layers:
    rows: list[Row] = [{"x": epoch(day), "t": str(number)}]
    place = pixel_y(-_ROUND / 2 - 2 - row * (_ROUND + 2))
    point = chart(rows).mark_point(
        shape=shape, size=_ROUND**2 * 0.72, fill="#fff", stroke=INK, strokeWidth=1.2, opacity=1
    )
    text = chart(rows).mark_text(fontSize=SIZE - 1, color=INK, baseline="middle", dy=0.5)
    return [point.encode(x=plane.x(), y=place), text.encode(x=plane.x(), y=place, text=WORDS)]


CONFIG: Row = {
    "background": "#ffffff",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": SIZE - 1,
        "titleFontSize": SIZE,
        "titleFontWeight": "normal",
        "gridColor": FAINT,
        "domainColor": INK,
        "tickColor": INK,
        "tickSize": 4,
        "labelLimit": 40 * CHARACTER,
    },
    "title": {"anchor": "start", "color": INK, "fontSize": 15, "subtitleFontSize": SIZE, "subtitleColor": INK},
    "header": {"labelColor": INK, "labelFontSize": SIZE, "labelFontWeight": "bold"},
}
"""What is alike on every chart."""
