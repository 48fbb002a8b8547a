"""What to do about one build."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cases.packs import shipped_files

from tocsin.cases import Case, read_pack
from tocsin.cases.advice import Advice, Way, advise

MARCH, JULY = date(2021, 3, 14), date(2021, 7, 20)


@pytest.fixture(scope="module")
def proxylogon() -> Case:
    return read_pack(shipped_files("exchange-proxylogon-2021"), source="p")


@pytest.fixture(scope="module")
def bleed() -> Case:
    return read_pack(shipped_files("citrix-bleed-2023"), source="p")


def advice(case: Case, build: str, branch: str = "", status: str = "affected", as_of: date = MARCH) -> Advice:
    return advise(case, status=status, build=build, branch=branch, as_of=as_of)


def test_the_update_of_the_own_branch_comes_first_and_the_newest_branch_next(proxylogon: Case) -> None:
    found = advice(proxylogon, "15.1.2106.2", "15.1.2106")
    assert found.way is Way.UPDATE
    assert found.first is not None
    assert (found.first.build, found.first.kb, found.first.is_out) == ("15.1.2106.13", "KB5000871", True)
    assert found.next is not None
    assert found.next.build == "15.1.2176.9"
    assert found.look_since == date(2021, 1, 3)


def test_what_was_not_out_on_the_day_is_not_advised(proxylogon: Case) -> None:
    later = advice(proxylogon, "15.1.2106.2", "15.1.2106", as_of=JULY)
    assert later.next is not None
    assert later.next.build == "15.1.2308.14"


def test_the_newest_build_of_the_own_branch_is_named(proxylogon: Case) -> None:
    found = advice(proxylogon, "15.1.2176.2", "15.1.2176", as_of=JULY)
    assert found.first is not None
    assert found.first.build == "15.1.2176.14"


def test_a_disputed_build_is_never_advised_and_one_that_may_not_be_out_says_so(proxylogon: Case) -> None:
    found = advice(proxylogon, "15.1.1415.2", as_of=date(2021, 3, 5))
    assert found.first is not None
    assert (found.first.build, found.first.is_out) == ("15.1.1415.10", False)


def test_a_branch_without_a_fix_is_left_for_the_newest(proxylogon: Case) -> None:
    found = advice(proxylogon, "15.0.1347.2", "15.0.1347")
    assert found.way is Way.MOVE
    assert found.first is not None
    assert found.first.build == "15.0.1497.12"
    assert found.next is None


def test_without_any_build_that_is_out_it_must_be_replaced(proxylogon: Case) -> None:
    found = advice(proxylogon, "15.0.1347.2", "15.0.1347", as_of=date(2021, 2, 1))
    assert (found.way, found.first) == (Way.REPLACE, None)


def test_a_short_build_of_one_branch_gets_the_update_of_that_branch(proxylogon: Case) -> None:
    found = advice(proxylogon, "15.1.2106", status="undetermined")
    assert found.way is Way.UPDATE
    assert found.first is not None
    assert found.first.build == "15.1.2106.13"


def test_an_unknown_build_is_compared_with_the_fixed_ones(proxylogon: Case) -> None:
    found = advice(proxylogon, "", status="undetermined")
    assert (found.way, found.first, found.branch) == (Way.FIND_OUT, None, "")
    assert {target.product for target in found.fixed} == {"Exchange 2013", "Exchange 2016", "Exchange 2019"}


def test_what_has_the_fix_needs_no_update(proxylogon: Case) -> None:
    assert advice(proxylogon, "15.1.2106.13", "15.1.2106", status="fixed").way is Way.NOTHING


def test_another_product_is_no_way_out(bleed: Case) -> None:
    found = advice(bleed, "12.1-50.1", as_of=date(2023, 11, 1))
    assert (found.way, found.product) == (Way.MOVE, "NetScaler ADC and Gateway")
    assert found.first is not None
    assert found.first.product == "NetScaler ADC and Gateway"
