"""Figures and rows as CSV, each row under its traffic-light label."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from math import isinf
from typing import TextIO

from tocsin.figures import Figure, Period, Query
from tocsin.labels import Label
from tocsin.reports.escape import csv_cell

FIGURE_COLUMNS = (
    *("id", "unit", "state", "place", "group", "measure", "begins", "as_of", "known_at", "low", "high"),
    *("estimate", "interval_low", "interval_high", "level", "denominator", "denominator_low", "denominator_high"),
    *("method", "source", "versions", "sentence"),
)


def write_figures(figures: Iterable[Figure], label: Label, file: TextIO) -> None:
    """The figures as CSV, a row each, with a last column ``label``; no bound and no value are an empty cell.

    ``begins`` is there where the figure speaks of several days, which end with ``as_of``. Cells are safe for a
    spreadsheet. Nothing of a figure is lost but the trail of its denominator, which the JSON has.
    """
    write_rows(FIGURE_COLUMNS, (_row(figure) for figure in figures), label, file)


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[object]], label: Label, file: TextIO) -> None:
    """``rows`` as CSV under a line of ``columns``, with a last column ``label``; ``None`` is an empty cell."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow((*columns, "label"))
    for row in rows:
        writer.writerow((*(_cell(value) for value in row), str(label)))


def _row(figure: Figure) -> tuple[object, ...]:
    estimate, whole, day = figure.estimate, figure.denominator, figure.as_of
    source = figure.source
    return (
        *(figure.id, figure.unit, figure.state, figure.place, figure.group, str(figure.measure)),
        *((day.begins, day.ends) if isinstance(day, Period) else (None, day)),
        *(figure.known_at, figure.low, figure.high),
        *((estimate.value, estimate.low, estimate.high, estimate.level) if estimate else (None,) * 4),
        *((whole.state, whole.low, whole.high) if whole else (None,) * 3),
        figure.method,
        source.command if isinstance(source, Query) else source.text,
        "; ".join(source.versions) if isinstance(source, Query) else source.document,
        str(figure),
    )


def _cell(value: object) -> object:
    if value is None or (isinstance(value, float) and isinf(value)):
        return ""
    return value if isinstance(value, (int, float)) else csv_cell(value if isinstance(value, str) else str(value))


def as_json_text(value: object) -> str:
    """``value`` as one JSON document of ASCII."""
    return json.dumps(value, indent=2, ensure_ascii=True, allow_nan=False)
