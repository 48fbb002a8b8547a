"""Charts as inline SVG: values in, text out; legible without colour, without script and without a network.

Colours are those of Okabe and Ito (2008), which people with a colour deficiency can tell apart; every curve also has a
stroke of its own and is named where it ends, every uncertain stretch is hatched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tocsin.reports.escape import html

INK, FAINT = "#1a1a1a", "#c9c9c9"
VERMILION, BLUE, BLACK, GREEN = "#D55E00", "#0072B2", "#000000", "#009E73"
_CHARACTER, _BOLD_CHARACTER = 7.8, 9.2
"""Width of a character at the charts' 13 pixels, generously: fonts differ."""

_NARROW, _LEGEND_ROW = 500, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A value a day with its bounds; ``dashes`` is SVG's ``stroke-dasharray``, empty for an unbroken line.

    Only the lower bound is drawn unless ``is_band``.
    """

    name: str
    low: Sequence[int]
    high: Sequence[int]
    colour: str
    dashes: str = ""
    is_band: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """At least ``low`` and at most ``high`` out of at most ``whole``."""

    name: str
    low: int
    high: int
    whole: int


def draw_curves(curves: Sequence[Curve], days: Sequence[date], *, unit: str, title: str, width: int) -> str:
    """The curves over the days, each as a band between its bounds, named at its end or, on a narrow page, above.

    Raises ``ValueError`` when a curve has another number of values than there are days.
    """
    if not days or any(not len(curve.low) == len(curve.high) == len(days) for curve in curves):
        raise ValueError("every curve needs one value a day")
    plane = _Plane.fit(curves, len(days), width)
    parts = [
        _opening(width, plane.height, title, f"{', '.join(curve.name for curve in curves)} by day, in {unit}."),
        *_hatches(curves, width),
        *_value_axis(plane, unit),
        *_day_axis(plane, days),
        *(_band(plane, curve, f"{width}-{number}") for number, curve in enumerate(curves) if curve.is_band),
        *(_edges(plane, curve) for curve in curves),
        *(_end_names(plane, curves) if width >= _NARROW else _legend(curves, width)),
        "</svg>",
    ]
    return "\n".join(parts)


def draw_bars(bars: Sequence[Bar], *, unit: str, title: str, colour: str, width: int) -> str:
    """A bar a row: solid up to the lower bound, hatched up to the upper one, in a frame as long as the whole."""
    label = int(max((len(bar.name) for bar in bars), default=0) * _CHARACTER) + 12
    narrow = width < _NARROW
    left, right = (0, 8) if narrow else (label, 190)
    step, height = (56, 56 * len(bars) + 52) if narrow else (30, 30 * len(bars) + 52)
    scale = (width - left - right) / max((bar.whole for bar in bars), default=1)
    pattern = f"bar-{width}-{colour[1:]}"
    parts = [
        _opening(width, height, title, f"In {unit}, with lower and upper bound."),
        _hatch(pattern, colour),
    ]
    for row, bar in enumerate(bars):
        parts += _bar(bar, row * step, left, scale, colour, pattern, narrow=narrow)
    parts += _bar_axis(left, scale, step * len(bars), max((bar.whole for bar in bars), default=1), unit)
    return "\n".join([*parts, "</svg>"])


def nice_ticks(top: int, count: int = 5) -> tuple[int, ...]:
    """From zero to at least ``top`` in about ``count`` round steps of whole numbers."""
    step = next(
        size * 10**power for power in range(12) for size in (1, 2, 5) if size * 10**power * count >= max(top, 1)
    )
    return tuple(range(0, -(-max(top, 1) // step) * step + 1, step))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plane:
    """Where days and values lie, in pixels."""

    left: float
    top: float
    right: float
    bottom: float
    height: int
    days: int
    ticks: tuple[int, ...]

    @classmethod
    def fit(cls, curves: Sequence[Curve], days: int, width: int) -> _Plane:
        top = max((value for curve in curves for value in curve.high), default=1)
        wide = width >= _NARROW
        names = max((len(curve.name) for curve in curves), default=0) * _BOLD_CHARACTER + 14 if wide else 12
        above = 30 if wide else 44 + _LEGEND_ROW * len(curves)
        height = 420 if wide else 290 + above
        return cls(
            left=58, top=above, right=width - names, bottom=height - 44, height=height, days=days, ticks=nice_ticks(top)
        )

    def x(self, day: int) -> float:
        return self.left + (self.right - self.left) * day / max(1, self.days - 1)

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * value / self.ticks[-1]


def _opening(width: int, height: int, title: str, description: str) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{html(title)}" font-size="13" fill="{INK}"><desc>{html(description)}</desc>'
    )


def _hatch(name: str, colour: str, *, turned: int = 45) -> str:
    return (
        f'<defs><pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({turned})"><rect width="6" height="6" fill="{colour}" fill-opacity="0.10"/>'
        f'<line x1="0" y1="0" x2="0" y2="6" stroke="{colour}" stroke-width="2.2" stroke-opacity="0.55"/>'
        "</pattern></defs>"
    )


def _hatches(curves: Sequence[Curve], width: int) -> Iterator[str]:
    for number, curve in enumerate(curves):
        yield _hatch(f"band-{width}-{number}", curve.colour, turned=45 + 45 * number)


def _text(x: float, y: float, text: str, *, anchor: str = "start", weight: str = "normal") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}">{html(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def _value_axis(plane: _Plane, unit: str) -> Iterator[str]:
    yield _text(0, plane.top - 16, unit, weight="bold")
    for tick in plane.ticks:
        yield _line(plane.left, plane.y(tick), plane.right, plane.y(tick), FAINT if tick else INK)
        yield _text(plane.left - 8, plane.y(tick) + 4.5, f"{tick:,}", anchor="end")


def _day_axis(plane: _Plane, days: Sequence[date]) -> Iterator[str]:
    apart = (plane.right - plane.left) / max(1, len(days) - 1)
    every = next(step for step in (1, 2, 3, 7, 14, 28) if step * apart >= 34 or step == 28)
    for number in range(0, len(days), every):
        x = plane.x(number)
        yield _line(x, plane.bottom, x, plane.bottom + 5, INK)
        yield _text(x, plane.bottom + 19, f"{days[number].day}", anchor="middle")
    months = sorted({(day.year, day.month, f"{day:%B %Y}") for day in days})
    place = (plane.left + plane.right) / 2
    yield _text(place, plane.bottom + 38, "day of " + " and ".join(name for *_, name in months), anchor="middle")


def _band(plane: _Plane, curve: Curve, pattern: str) -> str:
    upper = [f"{plane.x(day):.1f},{plane.y(value):.1f}" for day, value in enumerate(curve.high)]
    lower = [f"{plane.x(day):.1f},{plane.y(value):.1f}" for day, value in enumerate(curve.low)]
    return f'<polygon points="{" ".join(upper + lower[::-1])}" fill="url(#band-{pattern})"/>'


def _edges(plane: _Plane, curve: Curve) -> str:
    """The lower bound in full strength, the upper one of a band thin."""
    lines = []
    for values, stroke in ((curve.low, 2.6), (curve.high, 1.2))[: 1 + curve.is_band]:
        points = " ".join(f"{plane.x(day):.1f},{plane.y(value):.1f}" for day, value in enumerate(values))
        dashes = f' stroke-dasharray="{curve.dashes}"' if curve.dashes else ""
        lines.append(
            f'<polyline points="{points}" fill="none" stroke="{curve.colour}" stroke-width="{stroke}"{dashes}/>'
        )
    return "".join(lines)


def _legend(curves: Sequence[Curve], width: int) -> Iterator[str]:
    """Each curve's stroke, hatching and name, a row each, above the plane."""
    for row, curve in enumerate(curves):
        y = 12 + row * _LEGEND_ROW
        if curve.is_band:
            yield f'<rect x="0" y="{y}" width="34" height="8" fill="url(#band-{width}-{row})"/>'
        dashes = f' stroke-dasharray="{curve.dashes}"' if curve.dashes else ""
        yield (
            f'<line x1="0" y1="{y}" x2="34" y2="{y}" stroke="{curve.colour}" stroke-width="2.6"{dashes}/>'
            + _text(42, y + 4.5, curve.name, weight="bold")
        )


def _end_names(plane: _Plane, curves: Sequence[Curve]) -> Iterator[str]:
    """Each curve's name beside its last band, moved apart where two would touch."""
    wanted = sorted(
        (
            (plane.y((curve.low[-1] + curve.high[-1]) / 2 if curve.is_band else curve.low[-1]), curve)
            for curve in curves
        ),
        key=lambda pair: pair[0],
    )
    places = [y for y, _ in wanted]
    for upper, lower in pairwise(range(len(places))):
        places[lower] = max(places[lower], places[upper] + 17)
    overflow = max(0.0, places[-1] - plane.bottom) if places else 0.0
    for place, (y, curve) in zip(places, wanted, strict=True):
        x = plane.right
        yield (
            f'<polyline points="{x + 1:.1f},{y:.1f} {x + 9:.1f},{place - overflow:.1f}" fill="none" '
            f'stroke="{curve.colour}" stroke-width="1.5"/>'
        )
        yield _text(x + 12, place - overflow + 4.5, curve.name, weight="bold")


def _bar(bar: Bar, y: float, left: float, scale: float, colour: str, pattern: str, *, narrow: bool) -> Iterator[str]:
    amount = f"{bar.low:,}" if bar.low == bar.high else f"{bar.low:,} to {bar.high:,}"
    amount += f" of {bar.whole:,}"
    top = y + (22 if narrow else 5)
    if narrow:
        yield _text(0, y + 15, f"{bar.name}: {amount}")
    else:
        yield _text(left - 10, y + 19, bar.name, anchor="end")
        yield _text(left + bar.whole * scale + 8, y + 19, amount)
    for start, end, fill in ((0, bar.low, colour), (bar.low, bar.high, f"url(#{pattern})")):
        yield (
            f'<rect x="{left + start * scale:.1f}" y="{top:.1f}" width="{(end - start) * scale:.1f}" '
            f'height="20" fill="{fill}"/>'
        )
    yield (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{bar.whole * scale:.1f}" height="20" fill="none" stroke="{INK}"/>'
    )


def _bar_axis(left: float, scale: float, y: float, top: int, unit: str) -> Iterator[str]:
    room = top * scale
    ticks = [tick for tick in nice_ticks(top, 4) if tick <= top]
    yield _line(left, y + 6, left + room, y + 6, INK)
    for tick in ticks:
        x = left + tick * scale
        yield _line(x, y + 6, x, y + 11, INK)
        yield _text(x, y + 25, f"{tick:,}", anchor="start" if not tick else "middle")
    yield _text(left, y + 44, unit, weight="bold")
