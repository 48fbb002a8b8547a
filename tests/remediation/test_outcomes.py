"""What is known of when exposure ended: its rules, and what stays of it when units are put together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.remediation.ending import known, outcomes

from tocsin.remediation.outcomes import CAUSES, NOT_ENDED, Outcomes

THREE = known((0, 0, "fixed"), (1, 2, "unseen"), (1, 3, None), grid=[1, 2, 3], entry=[0, 1, 1], cluster=[4, 9, 4])


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"entry": [1, 0, 0]}, "entry <= first"),
        ({"first": [1, 1, 1]}, "first <= last"),
        ({"last": [0, 2, 4]}, "number of looks"),
        ({"cause": [4, 2, NOT_ENDED]}, "index into CAUSES"),
        ({"cause": [0, NOT_ENDED, NOT_ENDED]}, "NOT_ENDED exactly"),
        ({"cause": [0, 2, 0]}, "NOT_ENDED exactly"),
        ({"cluster": [0, -1, 0]}, "from 0"),
        ({"cluster": [0, 1]}, "one entry a unit"),
        ({"grid": [0, 2, 3]}, "after the origin"),
        ({"grid": [1, 3, 3]}, "each later"),
        ({"grid": []}, "at least one day"),
    ],
)
def test_what_cannot_be_is_refused_with_its_rule(change: dict[str, list[int]], rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        replace(THREE, **{name: np.array(values, dtype=np.int64) for name, values in change.items()})


def test_no_units_are_outcomes_too() -> None:
    none = known(grid=[1])
    assert (len(none), len(none.patterns()), none.patterns().clusters) == (0, 0, 0)


def test_ends_by_other_causes_become_censored_where_they_began() -> None:
    kept = THREE.as_causes(["fixed", "mitigated"])
    assert kept.first.tolist() == [0, 1, 1]
    assert kept.last.tolist() == [0, 3, 3]
    assert kept.cause.tolist() == [0, NOT_ENDED, NOT_ENDED]


def test_an_unknown_cause_is_named() -> None:
    with pytest.raises(ValueError, match="patched"):
        THREE.as_causes(["fixed", "patched"])


def test_selecting_keeps_whole_units() -> None:
    chosen = THREE.select(np.array([False, True, True]))
    assert chosen.last.tolist() == [2, 3]
    assert chosen.cluster.tolist() == [9, 4]


def test_an_organisation_is_fixed_when_its_last_service_is() -> None:
    org = known((0, 1, "fixed"), (2, 2, "fixed"), grid=[1, 2, 3]).regroup(np.array([7, 7]))
    assert (org.first.tolist(), org.last.tolist()) == ([2], [2])
    assert [CAUSES[cause] for cause in org.cause] == ["fixed"]


def test_one_service_still_exposed_leaves_its_organisation_exposed() -> None:
    org = known((2, 2, "fixed"), (1, 3, None), grid=[1, 2, 3]).regroup(np.array([0, 0]))
    assert org.cause.tolist() == [NOT_ENDED]
    assert org.first.tolist() == [2], "the other service was seen exposed until then"


@pytest.mark.parametrize(
    ("one", "other", "end"),
    [
        ("fixed", "unseen", "unseen"),
        ("fixed", "no_longer_listed", "no_longer_listed"),
        ("mitigated", "no_longer_listed", "no_longer_listed"),
        ("no_longer_listed", "unseen", "unseen"),
        ("fixed", "mitigated", "mitigated"),
    ],
)
def test_an_organisation_is_not_fixed_by_what_only_went_out_of_sight(one: str, other: str, end: str) -> None:
    for units in (((0, 0, one), (2, 2, other)), ((0, 0, other), (2, 2, one))):
        assert known(*units, grid=[1, 2, 3]).regroup(np.array([0, 0])).cause.tolist() == [CAUSES.index(end)]


def test_an_organisation_is_known_as_soon_as_one_of_its_services_is() -> None:
    units = known((2, 3, None), (2, 3, None), grid=[1, 2, 3], entry=[2, 1])
    assert units.regroup(np.array([0, 0])).entry.tolist() == [1]


@pytest.mark.parametrize("owner", [[0, -1, 0], [0, 0]])
def test_units_without_owner_cannot_be_put_together(owner: list[int]) -> None:
    with pytest.raises(ValueError, match="one owner"):
        THREE.regroup(np.array(owner))


@given(outcomes())
def test_units_that_are_their_own_owners_stay_as_they_are(units: Outcomes) -> None:
    same = units.regroup(np.arange(len(units)))
    for name in ("first", "last", "cause", "entry", "cluster"):
        assert getattr(same, name).tolist() == getattr(units, name).tolist()


@given(outcomes(), st.data())
def test_owners_of_any_services_keep_the_rules(units: Outcomes, data: st.DataObject) -> None:
    owner = np.array([data.draw(st.integers(0, 3)) for _ in range(len(units))])
    assert len(units.regroup(owner)) == len(set(owner.tolist()))


@given(outcomes())
def test_patterns_lose_no_unit(units: Outcomes) -> None:
    few = units.patterns()
    again = np.repeat(np.stack([few.first, few.last, few.cause, few.entry], axis=1)[few.pattern], few.count, axis=0)
    them = np.stack([units.first, units.last, units.cause, units.entry], axis=1)
    assert sorted(again.tolist()) == sorted(them.tolist())
    assert few.units.sum() == len(units)
    assert few.clusters == len(set(units.cluster.tolist()))


def test_a_few_large_clusters_count_as_few() -> None:
    even = known(*[(0, 0, "fixed")] * 6, grid=[1], cluster=[0, 0, 1, 1, 2, 2])
    uneven = known(*[(0, 0, "fixed")] * 6, grid=[1], cluster=[0, 0, 0, 0, 1, 2])
    assert even.patterns().effective_clusters == pytest.approx(3)
    assert uneven.patterns().effective_clusters == pytest.approx(2)


def test_what_went_out_of_sight_may_have_lasted_or_been_fixed_at_once() -> None:
    units = known((0, 0, "fixed"), (1, 2, "unseen"), (1, 3, None), (3, 3, None), grid=[1, 2, 3])
    assert units.lasting().first.tolist() == [0, 3, 3, 3]
    assert units.lasting().last.tolist() == [0, 3, 3, 3]
    assert units.ended().last.tolist() == [0, 1, 1, 3]
    assert units.ended().cause.tolist() == [0, 0, 0, -1]
