from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from tocsin.reports.charts import BLUE, VERMILION, Bar, Curve, draw_bars, draw_curves, nice_ticks

DAYS = [date(2021, 3, 4) + timedelta(days=number) for number in range(28)]


def curve(name: str, low: int, high: int, *, is_band: bool = True) -> Curve:
    return Curve(name=name, low=[low] * 28, high=[high] * 28, colour=VERMILION, is_band=is_band)


def drawn(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def texts(svg: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in svg.iter("text")]


@pytest.mark.parametrize("width", [900, 350])
def test_axes_are_labelled_and_every_curve_is_named(width: int) -> None:
    curves = [curve("affected", 10, 30), curve("fixed", 60, 80)]
    shown = texts(drawn(draw_curves(curves, DAYS, unit="services", title="t", width=width)))
    assert {"services", "0", "80", "affected", "fixed", "day of March 2021"} <= set(shown)


def test_names_of_curves_that_end_together_do_not_touch() -> None:
    svg = drawn(draw_curves([curve(name, 5, 5) for name in ("a", "b", "c", "d")], DAYS, unit="", title="", width=900))
    places = sorted(float(text.attrib["y"]) for text in svg.iter("text") if text.text and text.text in "abcd")
    assert all(lower - upper >= 16.9 for upper, lower in pairwise(places))
    assert places[-1] < float(svg.attrib["height"])


def test_everything_lies_within_the_drawing() -> None:
    svg = drawn(draw_curves([curve("affected", 0, 33_333)], DAYS, unit="services", title="t", width=350))
    for line in svg.iter("polyline"):
        for point in line.attrib["points"].split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= 350
            assert 0 <= y <= float(svg.attrib["height"])


def test_a_curve_without_band_shows_one_line() -> None:
    svg = drawn(draw_curves([curve("not affected", 5, 50, is_band=False)], DAYS, unit="", title="", width=900))
    assert not list(svg.iter("polygon"))
    assert sum(line.attrib["fill"] == "none" for line in svg.iter("polyline")) == 2, "the line and its pointer"


def test_a_single_day_can_be_drawn() -> None:
    one = Curve(name="affected", low=[1], high=[2], colour=BLUE)
    assert "affected" in texts(drawn(draw_curves([one], DAYS[:1], unit="services", title="t", width=900)))


def test_a_curve_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="one value a day"):
        draw_curves([curve("affected", 1, 2)], DAYS[:3], unit="", title="", width=900)


@pytest.mark.parametrize("width", [900, 350])
def test_a_bar_says_its_bounds_in_words(width: int) -> None:
    bars = [Bar(name="health", low=3, high=5, whole=9), Bar(name="energy", low=2, high=2, whole=4)]
    shown = " ".join(texts(drawn(draw_bars(bars, unit="public bodies", title="t", colour=BLUE, width=width))))
    assert "3 to 5 of 9" in shown
    assert "2 of 4" in shown
    assert "public bodies" in shown


def test_names_in_a_drawing_are_escaped() -> None:
    bar = Bar(name="<script>alert(1)</script>", low=0, high=1, whole=1)
    assert "<script>" not in draw_bars([bar], unit="<b>", title="<i>", colour=BLUE, width=900)


@pytest.mark.parametrize(
    ("top", "ticks"), [(0, (0, 1)), (7, (0, 2, 4, 6, 8)), (37_000, (0, 10_000, 20_000, 30_000, 40_000))]
)
def test_ticks_are_round(top: int, ticks: tuple[int, ...]) -> None:
    assert nice_ticks(top) == ticks
