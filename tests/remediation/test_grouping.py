"""Rows of one kind, whatever their order and however their hashes fall."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.remediation.watching import Host, panel, scans

from tocsin.remediation import grouping
from tocsin.remediation.columns import Integers
from tocsin.remediation.grouping import Groups, group_rows, group_services, mixed

_NUMBERS = st.sampled_from([-(2**63), -1, 0, 1, 443, 2**63 - 1])
_COLUMNS = st.integers(1, 3).flatmap(lambda width: st.lists(st.tuples(*[_NUMBERS] * width), min_size=1, max_size=30))


def _columns(rows: list[tuple[int, ...]]) -> list[Integers]:
    return [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]


def _groups_rows(found: Groups, rows: list[tuple[int, ...]]) -> bool:
    """Whether rows have one number exactly when they are equal, and each group is led to by one of its rows."""
    said = zip(rows, found.number.tolist(), strict=True)
    numbers = dict[tuple[int, ...], int]()
    are_alike = all(numbers.setdefault(row, number) == number for row, number in said)
    led = [numbers[rows[first]] for first in found.first.tolist()]
    return are_alike and led == list(range(len(numbers)))


@given(_COLUMNS)
def test_rows_have_one_number_exactly_when_they_are_equal(rows: list[tuple[int, ...]]) -> None:
    assert _groups_rows(group_rows(_columns(rows)), rows)


@given(_COLUMNS)
def test_where_hashes_meet_rows_are_still_told_apart(rows: list[tuple[int, ...]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grouping, "mixed", lambda columns: np.zeros(len(columns[0]), dtype=np.uint64))
        assert _groups_rows(group_rows(_columns(rows)), rows)


def test_services_differ_by_address_port_and_nothing_else() -> None:
    hosts = [
        Host(course="A", address="192.0.2.1", branch="a"),
        Host(course="A", address="192.0.2.1", branch="b"),
        Host(course="A", address="192.0.2.1", port=8443),
        Host(course="A", address="192.0.2.2"),
    ]
    assert len(group_services(panel(scans(1), hosts).rows).first) == 3


def test_of_nothing_there_is_no_group() -> None:
    found = group_services(panel(scans(1), []).rows)
    assert (len(found.number), len(found.first)) == (0, 0)


def test_the_highest_and_lowest_of_each_group() -> None:
    found = group_rows([np.array([7, 8, 7], dtype=np.int64)])
    values = np.array([3, -5, 9], dtype=np.int64)
    assert found.highest(values)[found.number].tolist() == [9, -5, 9]
    assert found.lowest(values)[found.number].tolist() == [3, -5, 3]


def test_a_hash_stays_the_same_from_release_to_release() -> None:
    column = np.array([0, 1, 2**63 - 1], dtype=np.int64)
    assert mixed([column, column]).tolist() == mixed([column.copy(), column.copy()]).tolist()
    assert [int(value) >> 40 & 15 for value in mixed([column])] == [0, 9, 6], "buckets on the disk go by it"
