"""How charts look: strokes that stay apart without colour, days and amounts as text, room for every label.

Colours are those of Okabe and Ito (2008, "Color Universal Design"), blue and purple a shade darker so that a greyscale
printer keeps them from vermilion; besides, every line has dashes and a point shape of its own.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tocsin.reports.escape import terminal

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The first is part of vl-convert, so that pictures look alike on every machine; browsers have one of the others."""

INK, GREY, FAINT, TINT = "#1a1a1a", "#595959", "#d9d9d9", "#56B4E9"
SIZE = 12
CHARACTER = 7.0
"""Width in pixels of a character at ``SIZE``, generously: the fonts that browsers have differ."""

WIDE, NARROW = 640, 340
"""The widths in pixels for which every chart is drawn: a column of a page or of paper, and a telephone."""

# Not from the calendar: its names follow the machine's language.
_MONTHS = "January February March April May June July August September October November December".split()

Row = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How one series is drawn, and what it is called."""

    name: str
    colour: str
    dashes: tuple[int, ...]
    shape: str
    thick: float = 2.0


STYLES = {
    "affected": Style(name="affected", colour="#D55E00", dashes=(1, 0), shape="circle", thick=2.8),
    "fixed": Style(name="fixed", colour="#005A8F", dashes=(9, 3), shape="square", thick=2.4),
    "mitigated": Style(name="mitigated", colour="#56B4E9", dashes=(2, 2), shape="triangle-up"),
    "undetermined": Style(name="undetermined", colour="#000000", dashes=(5, 4), shape="diamond"),
    "unseen": Style(name="no longer seen", colour="#8F4F75", dashes=(9, 3, 2, 3), shape="triangle-down"),
    "no_longer_listed": Style(name="no longer listed", colour="#E69F00", dashes=(1, 4), shape="cross"),
    "still exposed": Style(name="still exposed", colour="#D55E00", dashes=(1, 0), shape="circle", thick=2.8),
    "seen": Style(
        name="fixed ÷ (fixed + affected) seen that day", colour="#005A8F", dashes=(9, 3), shape="square", thick=2.4
    ),
    "ever": Style(name="fixed ÷ all ever seen affected", colour="#000000", dashes=(2, 3), shape="diamond"),
    "cohort": Style(name="affected, seen in every look", colour="#8F4F75", dashes=(5, 2), shape="square"),
}


def text_width(text: str) -> float:
    """About how many pixels ``text`` takes at ``SIZE``."""
    return len(text) * CHARACTER


def cut(text: str, pixels: float) -> str:
    """Foreign ``text`` made harmless, and cut with an ellipsis to what ``pixels`` hold."""
    shown, most = terminal(text), max(2, int(pixels / CHARACTER))
    return shown if len(shown) <= most else shown[: most - 1].rstrip() + "…"


def wrap(text: str, pixels: float) -> list[str]:
    """Foreign ``text`` made harmless, in lines that ``pixels`` hold at a size below ``SIZE``."""
    return textwrap.wrap(terminal(text), max(8, int(pixels / (CHARACTER - 0.8)))) or [""]


def long_day(day: date) -> str:
    """``2 March 2021``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def epoch(day: date) -> float:
    """The day's beginning in UTC as a chart's time scale counts it: milliseconds since 1970."""
    return (day - date(1970, 1, 1)).days * 86_400_000.0


def day_ticks(first: date, last: date, pixels: float) -> list[date]:
    """Days to label, evenly apart and far enough from each other that no two labels touch."""
    most = max(2, int(pixels / 58))
    span = (last - first).days
    step = next((size for size in (1, 2, 7, 14, 28, 56, 91, 182, 365) if span / size < most), span // most + 1)
    return [first + timedelta(days=offset) for offset in range(0, span + 1, step)]


def round_ticks(top: float, count: int = 5) -> tuple[float, ...]:
    """From zero to at least ``top`` in at most ``count`` round steps of whole numbers."""
    sizes = (size * 10**power for power in range(15) for size in (1, 2, 5))
    step = next(size for size in sizes if size * count >= max(top, 1))
    return tuple(float(step * number) for number in range(int(-(-max(top, 1) // step)) + 1))


def spread(wanted: Sequence[float], gap: float, lowest: float) -> list[float]:
    """Places near ``wanted`` (pixels from the top), none nearer than ``gap`` to another, none below ``lowest``."""
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    placed: dict[int, float] = {}
    before = -gap
    for number in order:
        before = max(wanted[number], before + gap)
        placed[number] = before
    limit = lowest
    for number in reversed(order):
        placed[number] = min(placed[number], limit)
        limit = placed[number] - gap
    return [placed[number] for number in range(len(wanted))]


def levels(places: Iterable[float], gap: float) -> list[int]:
    """For each place (pixels, ascending) the first row in which it stands ``gap`` away from its neighbour."""
    ends: list[float] = []
    rows = []
    for place in places:
        row = next((number for number, end in enumerate(ends) if place - end >= gap), len(ends))
        ends[row:] = [place, *ends[row + 1 :]]
        rows.append(row)
    return rows
