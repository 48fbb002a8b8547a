"""Nobody is counted twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.figures.arbitrary import AFFECTED, PASSAGE

from tocsin.figures import Query
from tocsin.figures.disjoint import joined_group, joined_place, joined_source, joined_texts, overlap


def shared(unit: str, one: str | None, other: str | None, places: tuple[str, str] = ("GB", "GB")) -> list[str]:
    left = replace(AFFECTED, unit=unit, group=one, place=places[0])
    return [each.name for each in overlap(left, replace(left, group=other, place=places[1]))]


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("services", "country"),
        ("services", "branch"),
        ("addresses", "asn"),
        ("organisations", "sector"),
        ("public bodies", "sector"),
        ("organisations", "seat"),
        ("organisations", "channel"),
        ("persons", "public-body"),
    ],
)
def test_groups_that_hold_each_once_are_apart(unit: str, kind: str) -> None:
    assert shared(unit, f"{kind}=a", f"{kind}=b") == []


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("services", "sector"),
        ("organisations", "country"),
        ("organisations", "asn"),
        ("addresses", "branch"),
        ("customers", "sector"),
    ],
)
def test_groups_that_may_share_somebody_are_not(unit: str, kind: str) -> None:
    assert shared(unit, f"{kind}=a", f"{kind}=b") == ["group"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("sector=a", "sector=a"), ("sector=a | b", "sector=b | c"), ("sector=a", None), ("sector=a", "public-body=yes")],
)
def test_groups_of_two_kinds_or_of_a_common_part_are_not_apart(one: str, other: str | None) -> None:
    assert shared("organisations", one, other) == ["group"]


def test_countries_are_apart_for_what_stands_in_one_place() -> None:
    assert shared("services", None, None, ("GB", "FR")) == []
    assert shared("organisations", None, None, ("GB", "FR")) == ["place"]


@pytest.mark.parametrize("places", [("GB", "UK"), ("FR", "EU"), ("GB", "everywhere seen"), ("FR and GB", "DE and GB")])
def test_places_that_may_hold_one_another_are_not(places: tuple[str, str]) -> None:
    assert shared("services", None, None, places) == ["place"]


def test_two_parts_that_differ_at_once_are_both_named() -> None:
    assert shared("services", "branch=a", "branch=b", ("GB", "FR")) == ["place", "group"]


def test_a_sum_is_called_by_its_parts_in_order() -> None:
    assert joined_texts(("b + a", "c", "a"), " + ") == "a + b + c"
    assert joined_place("GB", joined_place("FR", "GB")) == "FR and GB"
    assert joined_group("sector=food | art", "sector=health") == "sector=art | food | health"
    assert joined_group(None, None) is None


def test_the_source_of_a_sum_is_every_command_and_document() -> None:
    one, other = Query(command="b", versions=("2",)), Query(command="a", versions=("1",))
    assert joined_source(one, one) is one
    assert joined_source(one, other) == Query(command="a; b", versions=("1", "2"))
    both = joined_source(PASSAGE, one)
    assert isinstance(both, Query)
    assert PASSAGE.document in both.command
