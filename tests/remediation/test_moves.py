"""Which service goes on at another address."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.remediation.watching import Host, lives, row_of, scans

from tocsin.remediation.columns import NO_WORD
from tocsin.remediation.marks import Mark
from tocsin.remediation.moves import find_moves

NAME = "mail.council.example"


def _moves(*services: tuple[int, int, int, int]) -> list[int]:
    """Of each service (name, door, first day, last day) the one that continues it."""
    columns = [np.array(column, dtype=np.int64) for column in zip(*services, strict=True)]
    return find_moves(*columns).tolist() if services else []


def test_the_same_name_there_only_after_it_was_no_longer_here_is_a_move() -> None:
    assert _moves((1, 443, 0, 3), (1, 443, 5, 9)) == [1, 1]


def test_whatever_the_order_of_the_rows() -> None:
    assert _moves((1, 443, 5, 9), (1, 443, 0, 3)) == [0, 0]


def test_moved_twice_it_goes_on_at_its_last_address() -> None:
    assert _moves((1, 443, 0, 1), (1, 443, 5, 9), (1, 443, 2, 4)) == [1, 1, 1]


@pytest.mark.parametrize("begins", [2, 3])
def test_a_name_at_two_addresses_on_one_day_is_shared_and_links_nothing(begins: int) -> None:
    assert _moves((1, 443, 0, 3), (1, 443, begins, 9)) == [0, 1]


def test_a_shared_name_links_none_of_its_services() -> None:
    assert _moves((1, 443, 0, 3), (1, 443, 2, 4), (1, 443, 6, 7)) == [0, 1, 2]


def test_a_name_that_spans_others_is_shared() -> None:
    assert _moves((1, 443, 0, 9), (1, 443, 2, 3), (1, 443, 5, 6)) == [0, 1, 2]


def test_another_door_is_another_service() -> None:
    assert _moves((1, 443, 0, 3), (1, 8443, 5, 9)) == [0, 1]


def test_without_a_confirmed_name_nothing_moves() -> None:
    assert _moves((NO_WORD, 443, 0, 3), (NO_WORD, 443, 5, 9)) == [0, 1]


def test_of_nothing_nothing_moves() -> None:
    assert find_moves(*(np.zeros(0, dtype=np.int64) for _ in range(4))).tolist() == []


_SPANS = st.tuples(st.integers(-1, 2), st.sampled_from([443, 8443]), st.integers(0, 6), st.integers(0, 6)).map(
    lambda each: (each[0], each[1], min(each[2:]), max(each[2:]))
)


@given(st.lists(_SPANS, min_size=1, max_size=8))
def test_a_move_leads_to_a_later_address_of_the_same_name_for_good(
    services: list[tuple[int, int, int, int]],
) -> None:
    for number, target in enumerate(_moves(*services)):
        here, there = services[number], services[target]
        assert _moves(*services)[target] == target
        assert number == target or (here[:2] == there[:2] and here[0] != NO_WORD and here[3] < there[2])


def test_the_life_at_the_last_address_has_the_marks_of_all() -> None:
    hosts = [
        Host(course="AA..", address="192.0.2.1", name=NAME),
        Host(course="..AF", address="198.51.100.2", name=NAME),
    ]
    found = lives(scans(1, 2, 3, 4), *hosts)
    assert found.marks[:, row_of(found.services, "198.51.100.2")].tolist() == [1, 1, 1, Mark.FIXED]
    assert found.services.column("moved").to_pylist() == [True]


def test_where_it_moved_away_nothing_is_missed() -> None:
    hosts = [
        Host(course="AA..", address="192.0.2.1", name=NAME),
        Host(course="..AA", address="198.51.100.2", name=NAME),
    ]
    assert not lives(scans(1, 2, 3, 4), *hosts).is_missed.any()
