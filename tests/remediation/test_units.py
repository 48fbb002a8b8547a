"""Services gathered into addresses, organisations, public bodies, and into groups."""

from __future__ import annotations

import numpy as np
import pytest
from tests.remediation.watching import Host, lives, row_of, scans

from tocsin.remediation import Body
from tocsin.remediation.columns import NO_WORD
from tocsin.remediation.lives import Lives
from tocsin.remediation.marks import Mark
from tocsin.remediation.units import GROUPED_BY, UNITS, Unit, groups_of, unit_of

BODIES = {
    "council": Body(kind="organisation", sector="local government", is_public=True, country="GB"),
    "bakery": Body(kind="organisation", sector="", is_public=False, country="GB"),
    "baker": Body(kind="person", sector="food", is_public=False, country="GB"),
}
HOSTS = (
    Host(course="A", address="192.0.2.1", constituent="council", certainty="proven", branch="15.1"),
    Host(course="F", address="192.0.2.1", port=8443, constituent="council", certainty="proven", country="FR"),
    Host(course="A", address="192.0.2.2", constituent="bakery", certainty="proven"),
    Host(course="A", address="192.0.2.3", constituent="bakery", certainty="claimed"),
    Host(course="A", address="192.0.2.4", constituent="baker", certainty="proven"),
    Host(course="A", address="192.0.2.5", constituent="council;bakery", certainty="disputed"),
    Host(course="A", address="192.0.2.6", constituent="gone", certainty="proven"),
    Host(course="A", address="192.0.2.7", country=None),
)


def _lives() -> Lives:
    return lives(scans(1), *HOSTS)


def _owners(name: str) -> list[int]:
    """Of each of HOSTS the unit it belongs to."""
    found = _lives()
    unit = unit_of(found, name, BODIES)
    return [int(unit.owner[row_of(found.services, host.address, host.port)]) for host in HOSTS]


def test_each_service_is_a_unit_of_its_own() -> None:
    assert sorted(_owners("services")) == list(range(8))


def test_the_ports_of_an_address_are_one_unit() -> None:
    owners = _owners("addresses")
    assert owners[0] == owners[1]
    assert len(set(owners)) == 7


def test_an_organisation_holds_what_is_proven_to_be_its() -> None:
    owners = _owners("organisations")
    assert owners[0] == owners[1] != owners[2]
    assert owners[3:] == [NO_WORD] * 5, "claimed, a person, disputed, of no registry, nobody's"


def test_public_bodies_are_organisations_that_are_public() -> None:
    owners = _owners("public-bodies")
    assert owners[0] == owners[1] != NO_WORD
    assert owners[2:] == [NO_WORD] * 6


def test_a_unit_is_named_as_it_is_read_and_says_where() -> None:
    told = {name: (unit_of(_lives(), name, BODIES).name, unit_of(_lives(), name, BODIES).place) for name in UNITS}
    assert told["public-bodies"] == ("public bodies", "the constituency, by proof")
    assert told["services"] == ("services", "everywhere seen")


def test_an_unknown_unit_or_group_is_refused() -> None:
    with pytest.raises(ValueError, match="'servers' is no unit"):
        unit_of(_lives(), "servers", BODIES)
    with pytest.raises(ValueError, match="nothing is grouped by 'colour'"):
        groups_of(_lives(), "colour", BODIES)


@pytest.mark.parametrize("name", UNITS)
def test_of_nothing_there_is_no_unit(name: str) -> None:
    unit = unit_of(lives(scans(1)), name, BODIES)
    assert not unit.members.any()
    assert unit.worst(np.zeros((3, 0), dtype=np.uint8)).shape == (3, 0)


def test_several_services_stand_where_the_worst_does() -> None:
    unit = Unit(name="organisations", place="", owner=np.array([4, NO_WORD, 4, 2], dtype=np.int64))
    lines = np.array([[1, 9, 5, 2], [7, 9, 0, 3]], dtype=np.uint8)
    assert unit.worst(lines).tolist() == [[2, 5], [3, 7]]


@pytest.mark.parametrize(
    ("marks", "together"),
    [
        ((Mark.FIXED, Mark.AFFECTED), Mark.AFFECTED),
        ((Mark.FIXED, Mark.UNDETERMINED), Mark.UNDETERMINED),
        ((Mark.MITIGATED, Mark.UNDETERMINED), Mark.MITIGATED),
        ((Mark.FIXED, Mark.NOT_AFFECTED), Mark.FIXED),
        ((Mark.NOT_SEEN, Mark.NOT_AFFECTED), Mark.NOT_AFFECTED),
        ((Mark.NOT_SEEN, Mark.NOT_SEEN), Mark.NOT_SEEN),
    ],
)
def test_several_services_show_what_concerns_most(marks: tuple[Mark, ...], together: Mark) -> None:
    unit = Unit(name="organisations", place="", owner=np.zeros(2, dtype=np.int64))
    assert unit.marks(np.array([marks], dtype=np.uint8)).tolist() == [[together]]


def _group(by: str) -> list[str | None]:
    found = _lives()
    number, names = groups_of(found, by, BODIES)
    rows = [row_of(found.services, host.address, host.port) for host in HOSTS]
    return [names[number[row]] if number[row] >= 0 else None for row in rows]


def test_the_sector_is_that_of_the_proven_holder() -> None:
    wanted = ["local government", "local government", "not stated", None, "food", None, None, None]
    assert _group("sector") == wanted


def test_whether_a_public_body_holds_it() -> None:
    assert _group("public-body") == ["yes", "yes", "no", None, "no", None, None, None]


def test_country_and_branch_are_those_of_the_service() -> None:
    assert _group("country") == ["GB", "FR", "GB", "GB", "GB", "GB", "GB", "not known"]
    assert _group("branch")[0] == "15.1"


@pytest.mark.parametrize("by", GROUPED_BY)
def test_of_nothing_there_is_no_group(by: str) -> None:
    number, _ = groups_of(lives(scans(1)), by, BODIES)
    assert len(number) == 0
