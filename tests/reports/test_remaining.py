"""Who remains, as figures and, where names are asked for, by name."""

from __future__ import annotations

from datetime import date

from tests.reports.answering import count

from tocsin.remediation.census import Body
from tocsin.remediation.left import Left
from tocsin.reports.remaining import PERSON, remaining_figures, worst_named

TEMPLATE = count("a-template", 0)
BODIES = {
    "council": Body(kind="organisation", sector="local government", is_public=True, country="GB"),
    "bakery": Body(kind="organisation", sector="food", is_public=False, country="GB"),
    "jo": Body(kind="person", sector="", is_public=False, country="GB"),
}
NAMES = {"council": "Example Council", "bakery": "Example Bakery", "jo": "Jo Example"}


def left(constituent: str | None, *why: str, services: int = 1) -> Left:
    sector = BODIES[constituent].sector if constituent else ""
    return Left(
        constituent=constituent,
        sector=sector,
        country="GB",
        services=services,
        affected=services,
        why=why,
        since=date(2021, 3, 4),
        last_seen=date(2021, 3, 31),
    )


LEFT = (
    left("bakery", "compromised", "never fixed", services=4),
    left(None, "never fixed", services=7),
    left("council", "never fixed", "no contact", services=2),
    left("jo", "undetermined"),
)


def numbers() -> dict[str, float]:
    return {figure.id: figure.low for figure in remaining_figures(LEFT, BODIES, TEMPLATE)}


def test_organisations_are_counted_persons_apart_and_nobodys_services_as_services() -> None:
    found = numbers()
    assert found["organisations-remaining"] == 2
    assert found["persons-remaining"] == 1
    assert found["nobodys-services-remaining"] == 7


def test_one_that_remains_for_several_reasons_counts_under_each() -> None:
    found = numbers()
    assert found["organisations-remaining/why=never fixed"] == 2
    assert found["organisations-remaining/why=compromised"] == 1
    assert found["organisations-remaining/why=no contact"] == 1


def test_sectors_add_up_to_the_total() -> None:
    found = numbers()
    assert sum(number for name, number in found.items() if "/sector=" in name) == found["organisations-remaining"]


def test_nobody_left_is_a_figure_of_none() -> None:
    assert [figure.low for figure in remaining_figures((), BODIES, TEMPLATE)] == [0, 0]


def test_the_worst_are_named_in_their_order_and_persons_are_not() -> None:
    rows = worst_named(LEFT, NAMES, BODIES).rows
    assert [row[1] for row in rows] == ["Example Bakery", "Example Council", PERSON]
    assert rows[0][5] == "compromised; never fixed"


def test_no_more_than_ten_are_named() -> None:
    assert len(worst_named(LEFT * 5, NAMES, BODIES).rows) == 10
