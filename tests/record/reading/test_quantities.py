"""Quantities: the number, what is counted, how surely, out of what. The texts are invented."""

from __future__ import annotations

from datetime import date

from tests.record.reading.pages import running_text

from tocsin.figures import Measure, Passage
from tocsin.record.assertions import Modality, Quantity
from tocsin.record.reading.quantities import read_quantities


def quantities(text: str) -> list[Quantity]:
    page = running_text(text, day=date(2023, 5, 3))
    return [one.body for one in read_quantities(page) if isinstance(one.body, Quantity)]


def test_a_count_has_its_unit_its_hedges_and_a_figure_with_its_passage() -> None:
    text = "An estimated 3,000 servers of Example Mail may have been vulnerable."
    (one,) = quantities(text)
    assert (one.value, one.unit, one.modality) == (3_000, "servers", Modality.POSSIBLE)
    assert {span.of(text).lower() for span in one.hedges} >= {"estimated", "may have been"}
    assert one.figure is not None
    assert isinstance(one.figure.source, Passage)
    assert "3,000" in one.figure.source.text


def test_a_share_counts_its_whole() -> None:
    (one,) = quantities("By the end of April, 92% of customers had installed the updates.")
    assert (one.value, one.unit, one.state) == (92, "percent", "updates-installed")
    assert one.figure is not None
    assert one.figure.measure is Measure.SHARE
    assert one.figure.unit == "customers"
    assert one.figure.as_of == date(2023, 4, 30)


def test_more_than_has_no_upper_bound() -> None:
    (one,) = quantities("More than 16,000 systems were hit.")
    assert one.comparator == ">"
    assert one.figure is not None
    assert one.figure.high == float("inf")


def test_years_names_and_versions_are_not_counted() -> None:
    assert quantities("In 2021 APT28 used CVE-2021-12345 against version 15.1 of Example Mail.") == []
