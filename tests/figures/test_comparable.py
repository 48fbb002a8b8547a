"""Every part in which two figures differ is named, and none in which they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from tests.figures.arbitrary import AFFECTED, EVER, FIXED, MEDIAN, PASSAGE, SEEN, figures

from tocsin.errors import AskError
from tocsin.figures import Difference, Figure, Measure, NotComparable, Query
from tocsin.figures.comparable import PARTS, differences, first_that

OTHER: dict[str, object] = {
    "measure": Measure.DAYS,
    "unit": "organisations",
    "state": "fixed",
    "place": "FR",
    "group": "sector=health",
    "as_of": date(2021, 3, 30),
    "known_at": datetime(2021, 4, 1, tzinfo=UTC),
    "method": "by hand",
}


def names(left: Figure, right: Figure, **asked: object) -> list[str]:
    return [each.name for each in differences(left, right, **asked)]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PARTS)
def test_each_part_that_differs_is_named_alone(name: str) -> None:
    assert names(EVER, replace(EVER, **{name: OTHER[name]})) == [name]  # type: ignore[arg-type]


def test_all_parts_that_differ_are_named_together() -> None:
    assert names(EVER, replace(EVER, **OTHER)) == list(PARTS)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [name for name in PARTS if name != "measure"])
def test_each_part_of_the_whole_of_a_share_is_named(name: str) -> None:
    other = replace(FIXED, denominator=replace(EVER, **{name: OTHER[name]}))  # type: ignore[arg-type]
    assert names(FIXED, other) == [f"denominator.{name}"]


def test_another_value_or_source_is_no_difference() -> None:
    assert names(AFFECTED, replace(AFFECTED, low=7, high=8, id="x", source=Query(command="tocsin answer x"))) == []


def test_what_a_count_was_taken_from_does_not_change_what_it_counts() -> None:
    assert names(AFFECTED, replace(AFFECTED, denominator=EVER)) == []


def test_what_a_duration_is_of_does() -> None:
    assert names(MEDIAN, replace(MEDIAN, denominator=EVER)) == ["denominator"]


def test_unstated_wholes_are_the_same_only_within_one_source() -> None:
    said = replace(FIXED, denominator=None, source=PASSAGE)
    assert names(said, replace(said, source=replace(PASSAGE, begins=40, ends=60))) == []
    assert names(said, replace(said, source=replace(PASSAGE, document="cd" * 32))) == ["denominator"]


def test_parts_that_may_differ_are_left_out_at_the_top_or_throughout() -> None:
    other = replace(FIXED, group="sector=food", denominator=replace(EVER, group="sector=food"))
    assert names(FIXED, other, but_for=("group",)) == ["denominator.group"]
    assert names(FIXED, other, throughout=("group",)) == []


@given(figures(), figures())
def test_differences_are_the_same_from_both_sides(left: Figure, right: Figure) -> None:
    assert differences(left, right) == tuple(each.mirrored() for each in differences(right, left))


@given(figures())
def test_a_figure_is_of_the_same_thing_as_itself(figure: Figure) -> None:
    assert differences(figure, figure) == ()


def test_the_first_that_fits_is_found() -> None:
    assert first_that((EVER, SEEN), replace(SEEN, low=1)) == SEEN
    assert first_that((EVER,), SEEN) is None


def test_a_refusal_is_an_officers_error_with_parts_and_a_way_out() -> None:
    found = (Difference(name="unit", left="addresses", right="customers"),)
    error = NotComparable("no", differences=found, remedy="ask anew", instead=SEEN)
    assert isinstance(error, AskError)
    assert str(error).startswith("no: unit (addresses / customers)\n  → take instead: 3,107 services seen in GB")
    assert NotComparable("no", differences=found, remedy="ask anew").remedy == "ask anew"


def test_a_long_method_is_cut_in_the_message_and_whole_in_the_difference() -> None:
    difference = Difference(name="method", left="x" * 500, right="y")
    assert len(str(difference)) < 150
    assert len(difference.left) == 500
