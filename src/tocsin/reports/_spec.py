"""A plot: a Vega-Lite specification with the words that go with it, and what every plot is put together with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from tocsin.figures import Figure, Measure
from tocsin.reports._extra import altair as alt
from tocsin.reports._extra import vl_convert
from tocsin.reports._plane import CONFIG, Spec
from tocsin.reports._theme import FONT, cut, long_day, wrap
from tocsin.reports.dossier import Dossier, last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A chart with the words that go with it: ``alt`` for whoever cannot see it, ``caption`` says how to read it."""

    name: str
    title: str
    caption: str
    alt: str
    spec: Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A plot drawn as SVG in both widths."""

    plot: Plot
    wide: str
    narrow: str


def svg(spec: Spec) -> str:
    """The picture as SVG, rendered without any network."""
    return vl_convert.vegalite_to_svg(json.dumps(spec), allowed_base_urls=[])


def png(drawn: str, scale: float = 2) -> bytes:
    """A picture that was drawn as SVG, as PNG with ``scale`` pixels for each of its own."""
    return vl_convert.svg_to_png(drawn, scale=scale)


def pdf(drawn: str) -> bytes:
    """A picture that was drawn as SVG, as PDF with its fonts inside, for the brief."""
    return vl_convert.svg_to_pdf(drawn)


def assemble(dossier: Dossier, title: str, parts: Sequence[Spec], width: int) -> Spec:
    """The parts one below the other under their title, case, day and label, with their data inside."""
    under = [f"{dossier.label} · as of {long_day(dossier.as_of)}", cut(dossier.case_id, width)]
    heading = alt.TitleParams(text=wrap(title, width * 0.7), subtitle=under)
    return {
        "$schema": alt.SCHEMA_URL,
        "title": heading.to_dict(),
        "vconcat": list(parts),
        "spacing": 8,
        "padding": 6,
        "config": CONFIG | {"font": FONT},
    }


def amount(figure: Figure) -> str:
    """The likeliest value where one was estimated, else the bounds, as short as a chart needs it."""
    if figure.estimate is not None and isfinite(figure.estimate.value):
        return short(figure.estimate.value, figure.measure)
    if not isfinite(figure.high):
        return f"at least {short(figure.low, figure.measure)}"
    if figure.low == figure.high:
        return short(figure.low, figure.measure)
    return f"{short(figure.low, figure.measure)} to {short(figure.high, figure.measure)}"


def top(figure: Figure) -> float:
    """The upper bound as far as it can be drawn: the lower one where there is no upper."""
    return figure.high if isfinite(figure.high) else figure.low


def short(number: float, measure: Measure) -> str:
    """``1,234``, ``34%``, ``0.4%``, ``9 days``; never 0% or 100% for what is not exactly that."""
    if measure is not Measure.SHARE:
        shown = f"{number:,.0f}" if number == int(number) else f"{number:,.1f}"
        return shown if measure is Measure.COUNT else f"{shown} days"
    if number in (0, 1) or 0.1 <= number <= 0.99:
        return f"{number:.0%}"
    return f"{min(max(number * 100, 0.1), 99.9):.1f}%"


def course_in_words(name: str, figures: Sequence[Figure]) -> str:
    """What a series says at its two ends, for whoever cannot see it."""
    first, last = figures[0], figures[-1]
    begin = f"{name}: {amount(first)} on {long_day(last_day(first))}"
    return begin if len(figures) == 1 else f"{begin}, {amount(last)} on {long_day(last_day(last))}"
