"""A case as values."""

from __future__ import annotations

import pytest
from tests.cases.packs import proxylogon, shipped


def test_branches_are_found_by_the_parts_that_are_shown() -> None:
    case = shipped("citrix-bleed-2023")
    assert [branch.id for branch in case.branches_with((13, 1, 37, 164))] == ["13.1", "13.1-FIPS"]
    assert [branch.id for branch in case.branches_with((13, 1, 48, 47))] == ["13.1"]
    assert {branch.id for branch in case.branches_with((13, 1))} == {"13.1", "13.1-FIPS"}
    assert {branch.id for branch in case.branches_with((13,))} == {"13.0", "13.1", "13.1-FIPS"}
    assert case.branches_with((11, 1)) == ()


def test_products_and_their_branches_go_by_name() -> None:
    case = proxylogon()
    assert case.product("Exchange 2016").series == ((15, 1),)
    assert len(case.branches_of("Exchange 2010")) == 4
    with pytest.raises(KeyError):
        case.product("Exchange 1995")


def test_a_branch_says_its_name_and_its_first_build_with_the_fix() -> None:
    branch = proxylogon().branches_with((15, 1, 2106))[0]
    first = branch.first_with("CVE-2021-26855")
    assert str(branch) == "15.1.2106 (CU18)"
    assert first is not None
    assert first.text == "15.1.2106.13"


def test_a_disputed_build_is_not_the_first_with_the_fix() -> None:
    first = proxylogon().branches_with((15, 1, 1415))[0].first_with("CVE-2021-26855")
    assert first is not None
    assert first.text == "15.1.1415.10"
