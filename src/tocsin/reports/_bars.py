"""Bars, one a row: solid to the lower bound, hatched to the upper one, name and amount written beside or above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tocsin.reports._extra import altair as alt
from tocsin.reports._plane import RIGHT, UPPER, WORDS, Layers, Spec, chart, layered, pixel_x, pixels_down, reserve
from tocsin.reports._theme import FAINT, INK, NARROW, SIZE, Row, cut, round_ticks

_HATCH = 4.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A row of the chart: ``amount`` is what is written, ``low`` and ``high`` what is drawn."""

    name: str
    amount: str
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Where the rows lie: beside their names where there is room for that, else under them."""

    width: int
    count: int
    top: float

    @property
    def is_narrow(self) -> bool:
        return self.width <= NARROW

    @property
    def left(self) -> int:
        return 2 if self.is_narrow else 170

    @property
    def inner(self) -> int:
        return self.width - self.left - (24 if self.is_narrow else 130)

    @property
    def step(self) -> int:
        return 38 if self.is_narrow else 24

    @property
    def height(self) -> int:
        return self.step * self.count

    def middle(self, row: int) -> float:
        """Pixels from the top of the middle of a row's bar."""
        return row * self.step + (26 if self.is_narrow else 12)


def bars(found: Sequence[Bar], *, width: int, title: str, colour: str) -> Spec:
    """All the bars over one axis with ``title``."""
    rows = _Rows(width=width, count=len(found), top=max((bar.high for bar in found), default=1))
    y = pixels_down(rows.height)
    solid: list[Row] = [{"x": 0, "x2": bar.low, "y": rows.middle(row)} for row, bar in enumerate(found)]
    frame: list[Row] = [
        {"x": 0, "x2": bar.high, "y": rows.middle(row) - 7, "y2": rows.middle(row) + 7} for row, bar in enumerate(found)
    ]
    ticks = list(round_ticks(rows.top, 4))
    axis = alt.Axis(values=ticks, format=",.0f", title=title, gridColor=FAINT, labelFlush=False)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, ticks[-1]], nice=False), axis=axis)
    layers: Layers = [
        chart(_hatching(found, rows)).mark_rule(color=INK, strokeWidth=0.9).encode(x=x, y=y, y2=UPPER),
        chart(solid).mark_rule(color=colour, strokeWidth=14).encode(x=x, x2=RIGHT, y=y),
        chart(frame).mark_rect(fillOpacity=0, stroke=INK, strokeWidth=0.8).encode(x=x, x2=RIGHT, y=y, y2=UPPER),
        *_words(found, rows),
        reserve(-rows.left, rows.width - rows.left - 4),
    ]
    return layered(layers, rows.inner, rows.height)


def _hatching(found: Sequence[Bar], rows: _Rows) -> list[Row]:
    apart = _HATCH * round_ticks(rows.top, 4)[-1] / rows.inner
    strokes: list[Row] = []
    for row, bar in enumerate(found):
        count = int((bar.high - bar.low) / apart)
        middle = rows.middle(row)
        strokes += [
            {"x": bar.low + apart * number, "y": middle - 7, "y2": middle + 7} for number in range(1, count + 1)
        ]
    return strokes


def _words(found: Sequence[Bar], rows: _Rows) -> Layers:
    if rows.is_narrow:
        lines: list[Row] = [
            {"y": rows.middle(row) - 15, "t": f"{cut(bar.name, rows.inner - 7 * len(bar.amount) - 12)}: {bar.amount}"}
            for row, bar in enumerate(found)
        ]
        return [_text(lines, rows, align="left", x=0)]
    names: list[Row] = [{"y": rows.middle(row), "t": cut(bar.name, rows.left - 12)} for row, bar in enumerate(found)]
    amounts: list[Row] = [{"y": rows.middle(row), "t": bar.amount} for row, bar in enumerate(found)]
    return [_text(names, rows, align="right", x=-8), _text(amounts, rows, align="left", x=rows.inner + 8)]


def _text(lines: Sequence[Row], rows: _Rows, *, align: Literal["left", "right"], x: float) -> alt.Chart:
    words = chart(lines).mark_text(align=align, baseline="middle", fontSize=SIZE, color=INK)
    written: alt.Chart = words.encode(x=pixel_x(x), y=pixels_down(rows.height), text=WORDS)
    return written
