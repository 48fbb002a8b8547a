"""Figures and rows as CSV."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from hypothesis import given
from tests.figures.arbitrary import figures

from tocsin.figures import Estimate, Figure, Measure, Period, Query
from tocsin.labels import Label
from tocsin.reports.tables import FIGURE_COLUMNS, as_json_text, write_figures, write_rows

DAY = date(2021, 3, 31)


def _figure(**changes: object) -> Figure:
    values: dict[str, object] = {
        "id": "services-affected",
        "low": 7,
        "high": 9,
        "unit": "services",
        "state": "affected",
        "place": "GB",
        "as_of": DAY,
        "known_at": None,
        "method": "Counted.",
        "denominator": None,
        "source": Query(command="tocsin census case", versions=("pack 1", "program 2")),
    }
    return Figure(**(values | changes))  # type: ignore[arg-type]


def _read(*found: Figure) -> list[dict[str, str]]:
    file = io.StringIO()
    write_figures(found, Label.AMBER, file)
    return list(csv.DictReader(io.StringIO(file.getvalue())))


def test_a_figure_is_a_row_under_the_columns_promised() -> None:
    (row,) = _read(_figure())
    assert list(row) == [*FIGURE_COLUMNS, "label"]
    assert (row["low"], row["high"], row["as_of"], row["label"]) == ("7", "9", "2021-03-31", "TLP:AMBER")
    assert (row["source"], row["versions"]) == ("tocsin census case", "pack 1; program 2")
    assert row["sentence"] == str(_figure())


def test_a_period_has_its_first_and_its_last_day() -> None:
    (row,) = _read(_figure(as_of=Period(begins=date(2021, 3, 1), ends=DAY)))
    assert (row["begins"], row["as_of"]) == ("2021-03-01", "2021-03-31")


def test_what_has_no_bound_is_an_empty_cell() -> None:
    (row,) = _read(_figure(measure=Measure.DAYS, low=28.0, high=float("inf"), denominator=_figure()))
    assert (row["low"], row["high"]) == ("28.0", "")


def test_an_estimate_and_its_whole_are_told() -> None:
    estimate = Estimate(value=0.5, low=0.4, high=0.6, level=0.95)
    (row,) = _read(_figure(measure=Measure.SHARE, low=0.45, high=0.55, estimate=estimate, denominator=_figure()))
    assert [row[name] for name in ("estimate", "interval_low", "interval_high", "level")] == [
        "0.5",
        "0.4",
        "0.6",
        "0.95",
    ]
    assert [row[name] for name in ("denominator", "denominator_low", "denominator_high")] == ["affected", "7", "9"]


@given(figures())
def test_every_figure_can_be_written(found: Figure) -> None:
    (row,) = _read(found)
    assert len(row) == len(FIGURE_COLUMNS) + 1
    assert not {"nan", "inf", "-inf"} & {row[name] for name in ("low", "high", "estimate", "interval_high")}


@pytest.mark.parametrize("evil", ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\t=1", "a\r\nb", '"'])
def test_no_cell_is_a_formula(evil: str) -> None:
    (row,) = _read(_figure(method=evil, place=evil))
    assert not row["method"].startswith(("=", "+", "-", "@", "\t", "\r"))
    file = io.StringIO()
    write_rows(("who",), [(evil,)], Label.CLEAR, file)
    assert len(list(csv.reader(io.StringIO(file.getvalue())))) == 2


def test_numbers_stay_numbers_though_they_are_negative() -> None:
    file = io.StringIO()
    write_rows(("change", "none"), [(-3, None)], Label.CLEAR, file)
    assert file.getvalue() == "change,none,label\n-3,,TLP:CLEAR\n"


def test_without_rows_there_is_the_header() -> None:
    file = io.StringIO()
    write_figures([], Label.RED, file)
    assert file.getvalue().startswith("id,unit,state")


def test_json_is_ascii_and_refuses_what_is_no_number() -> None:
    assert json.loads(as_json_text({"who": "\u202e"})) == {"who": "\u202e"}
    assert as_json_text({"who": "\u202e"}).isascii()
    with pytest.raises(ValueError, match="not JSON compliant"):
        as_json_text(float("nan"))
