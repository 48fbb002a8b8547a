"""The layers of a chart over days: lines with their points, bands, hatching, names at the ends of lines, a key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from tocsin.reports._extra import altair as alt
from tocsin.reports._plane import (
    ERA,
    OUT,
    RIGHT,
    UPPER,
    WORDS,
    Layers,
    Plane,
    Spec,
    chart,
    layered,
    pixel_x,
    pixel_y,
    pixels_across,
    pixels_down,
    steps,
)
from tocsin.reports._theme import INK, SIZE, STYLES, TINT, Row, Style, cut, epoch, spread, text_width

_POINTS_AT_MOST, _SWATCH, _ROW = 40, 34, 19


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One day of a series: the value drawn, the identification bounds, the sampling interval where there is one."""

    day: date
    value: float
    low: float
    high: float
    era: int
    chance: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The spots of one style, oldest first; ``is_step`` where a value holds until the next one."""

    style: str
    spots: tuple[Spot, ...]
    is_step: bool = False

    @property
    def look(self) -> Style:
        """How it is drawn."""
        return STYLES[self.style]


def line(plane: Plane, series: Series) -> Layers:
    """A line for each era, and a point for each day while there is room for them."""
    look, rows = series.look, [_row(spot) for spot in series.spots]
    stroke = chart(rows).mark_line(
        color=look.colour,
        strokeDash=list(look.dashes),
        strokeWidth=look.thick,
        interpolate="step-after" if series.is_step else "linear",
    )
    layers = [stroke.encode(x=plane.x(), y=plane.y(), detail=ERA)]
    if len(rows) <= _POINTS_AT_MOST * plane.inner / 500:
        point = chart(rows).mark_point(shape=look.shape, size=34, filled=True, color=look.colour, opacity=1)
        layers.append(point.encode(x=plane.x(), y=plane.y()))
    return layers


def filled_band(plane: Plane, series: Series, colour: str, opacity: float, *, chance: bool) -> Layers:
    """A plain band: of the sampling interval, or of what the evidence leaves open; a lone day gets a bar."""
    layers: Layers = []
    rows = [_row(spot) for spot in series.spots if not chance or spot.chance]
    names = ("clo", "chi") if chance else ("lo", "hi")
    alone = {key for key, group in _eras(series.spots) if len(group) == 1}
    joined, lone = [row for row in rows if row["era"] not in alone], [row for row in rows if row["era"] in alone]
    if joined:
        area = chart(joined).mark_area(
            color=colour, opacity=opacity, interpolate="step-after" if series.is_step else "linear"
        )
        layers.append(area.encode(x=plane.x(), y=plane.y(names[0]), y2=alt.Y2(names[1]), detail=ERA))
    if lone:
        bar = chart(lone).mark_rule(color=colour, opacity=opacity, strokeWidth=11)
        layers.append(bar.encode(x=plane.x(), y=plane.y(names[0]), y2=alt.Y2(names[1])))
    return layers


def hatched_band(plane: Plane, series: Series) -> Layers:
    """The identification band as upright strokes between thin edges, so that it shows through the sampling band."""
    rows: list[Row] = []
    for _, group in _eras(series.spots):
        moments = [epoch(spot.day) for spot in group]
        rows += [
            {"x": moment, "lo": group[index].low, "hi": group[index].high} for moment, index in steps(moments, plane)
        ]
    strokes = chart(rows).mark_rule(color=INK, strokeWidth=0.8, opacity=0.75)
    layers = [strokes.encode(x=plane.x(), y=plane.y("lo"), y2=alt.Y2("hi"))]
    edges = [_row(spot) for spot in series.spots]
    for name in ("lo", "hi"):
        edge = chart(edges).mark_line(color=INK, strokeWidth=0.9, interpolate="step-after")
        layers.append(edge.encode(x=plane.x(), y=plane.y(name), detail=ERA))
    return layers


def end_names(plane: Plane, named: Sequence[tuple[Series, str]]) -> Layers:
    """Each series' name and last amount to the right of its end, led there where names had to move apart."""
    wanted = [plane.down(series.spots[-1].value) for series, _ in named]
    places = spread(wanted, SIZE + 4.0, plane.height)
    layers: Layers = []
    for (series, text), start, place in zip(named, wanted, places, strict=True):
        end = plane.across(epoch(series.spots[-1].day))
        bend = [(end + 5, start), (plane.inner + 10, place), (plane.inner + 16, place)]
        layers += _leader(plane, bend, series.look)
        words = chart([{"t": cut(text, plane.right - 22)}])
        mark = words.mark_text(align="left", baseline="middle", fontSize=SIZE, color=INK)
        layers.append(mark.encode(x=pixel_x(plane.inner + 20), y=pixel_y(place), text=WORDS))
    return layers


def key(entries: Sequence[tuple[str, str]], width: int) -> Spec:
    """A key: each entry's stroke or pattern, and its name. An entry's style is one of ``STYLES``, or a band."""
    places = list(_key_places(entries, width))
    height = (places[-1][1] + _ROW) if places else 1
    layers: Layers = []
    for (style, name), (x, y) in zip(entries, places, strict=True):
        layers += _swatch(style, x, y + _ROW / 2, width, height)
        words = chart([{"x": x + _SWATCH + 6, "y": y + _ROW / 2, "t": cut(name, width + OUT - _SWATCH - 6)}])
        mark = words.mark_text(align="left", baseline="middle", fontSize=SIZE, color=INK)
        layers.append(mark.encode(x=pixels_across(width), y=pixels_down(height), text=WORDS))
    return layered(layers, width, height)


def _row(spot: Spot) -> Row:
    row: Row = {"x": epoch(spot.day), "v": spot.value, "lo": spot.low, "hi": spot.high, "era": spot.era}
    if spot.chance:
        row |= {"clo": spot.chance[0], "chi": spot.chance[1]}
    return row


def _eras(spots: Sequence[Spot]) -> Iterator[tuple[int, list[Spot]]]:
    for number, group in groupby(spots, key=lambda spot: spot.era):
        yield number, list(group)


def _leader(plane: Plane, places: Sequence[tuple[float, float]], look: Style) -> Layers:
    """A thin stroke through pixels, said in the plane's own scales, since layers share them."""
    begins, ends = plane.span
    rows: list[Row] = [
        {"x": begins + across / plane.inner * (ends - begins), "v": plane.value_at(down)} for across, down in places
    ]
    return [chart(rows).mark_line(color=look.colour, strokeWidth=1).encode(x=plane.x(), y=plane.y())]


def _key_places(entries: Sequence[tuple[str, str]], width: int) -> Iterator[tuple[float, float]]:
    """Side by side while they fit, then on the next row."""
    x, y = float(-OUT), 0.0
    for _, name in entries:
        need = _SWATCH + 6 + text_width(name) + 10
        if x > -OUT and x + need > width:
            x, y = float(-OUT), y + _ROW
        yield x, y
        x += need


def _swatch(style: str, x: float, y: float, width: int, height: float) -> Layers:
    across, down = pixels_across(width), pixels_down(height)
    if style == "sampling band":
        bar = chart([{"x": x, "x2": x + _SWATCH, "y": y}])
        return [bar.mark_rule(color=TINT, opacity=0.6, strokeWidth=12).encode(x=across, x2=RIGHT, y=down)]
    if style == "identification band":
        rows: list[Row] = [{"x": x + 4.9 * number, "y": y - 6, "y2": y + 6} for number in range(8)]
        strokes = chart(rows).mark_rule(color=INK, strokeWidth=0.8).encode(x=across, y=down, y2=UPPER)
        edges: list[Row] = [{"x": x, "x2": x + _SWATCH + 0.5, "y": y + side} for side in (-6, 6)]
        return [strokes, chart(edges).mark_rule(color=INK, strokeWidth=0.9).encode(x=across, x2=RIGHT, y=down)]
    look = STYLES[style]
    stroke = chart([{"x": x, "x2": x + _SWATCH, "y": y}]).mark_rule(
        color=look.colour, strokeDash=list(look.dashes), strokeWidth=look.thick
    )
    point = chart([{"x": x + _SWATCH / 2, "y": y}]).mark_point(
        shape=look.shape, size=40, filled=True, color=look.colour, opacity=1
    )
    return [stroke.encode(x=across, x2=RIGHT, y=down), point.encode(x=across, y=down)]
