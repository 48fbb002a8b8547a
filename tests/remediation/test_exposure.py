"""From lives to outcomes: what is known of when each exposure ended, by small examples worked by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from tests.remediation.slowly import watched
from tests.remediation.watching import PATCH, Host, listing, lives, row_of, scan, scans

from tocsin.remediation.changes import Change
from tocsin.remediation.exposure import Exposed, Origin, clusters, exposed, taking_undetermined_as
from tocsin.remediation.marks import Mark
from tocsin.remediation.outcomes import CAUSES, NOT_ENDED
from tocsin.remediation.panel import Look
from tocsin.remediation.spells import Rules, fold_spells

ORIGIN = Origin(day=PATCH, what="the patch", old_branches=("15.1.2106", "15.1.2176"))
DECISIVE = (Mark.AFFECTED, Mark.FIXED, Mark.MITIGATED)
OLD, NEW = "15.1.2106", "15.2.1"
Known = tuple[int, int, str | None, int]
"""First cell, last cell, cause (``None``: not ended), entry."""


def _exposed(looks: Sequence[Look], *hosts: Host | str, origin: Origin = ORIGIN) -> Exposed:
    found = lives(looks, *hosts)
    return exposed(found, fold_spells(found, Rules()), origin)


def _known(looks: Sequence[Look], host: Host | str, origin: Origin = ORIGIN) -> list[Known]:
    """What is known of one service, or nothing when it was never exposed; cells are numbered from 0."""
    outcomes = _exposed(looks, host, origin=origin).outcomes
    causes = [None if cause == NOT_ENDED else CAUSES[cause] for cause in outcomes.cause.tolist()]
    return list(zip(outcomes.first.tolist(), outcomes.last.tolist(), causes, outcomes.entry.tolist(), strict=True))


def test_the_grid_are_the_days_of_the_looks_since_the_patch() -> None:
    assert _exposed(scans(-3, 0, 2, 5, 9), "AAAAA").outcomes.grid.tolist() == [2, 5, 9]


def test_an_end_lies_between_the_last_look_affected_and_the_first_one_fixed() -> None:
    assert _known(scans(2, 5, 9), "AAF") == [(2, 2, "fixed", 0)]


def test_a_look_that_missed_it_widens_the_interval() -> None:
    assert _known(scans(2, 5, 9, 12), "A.?F") == [(1, 3, "fixed", 0)]


def test_what_was_never_seen_to_end_is_censored_after_its_last_look_affected() -> None:
    assert _known(scans(2, 5, 9), "AA.") == [(2, 3, None, 0)]


def test_what_is_affected_at_the_last_look_may_end_only_beyond_it() -> None:
    assert _known(scans(2, 5), "AA") == [(2, 2, None, 0)]


def test_looks_before_the_patch_say_who_was_exposed_and_not_when_it_ended() -> None:
    assert _known(scans(-3, 2, 5), "A.F") == [(0, 1, "fixed", 0)]


def test_what_was_last_seen_on_the_day_of_the_patch_is_censored_at_the_origin() -> None:
    assert _known(scans(0, 2), "A.") == [(0, 1, None, 0)]


def test_what_was_out_of_sight_before_the_patch_is_not_followed() -> None:
    assert _known(scans(-5, -4, -3, 2), "A...") == []


def test_first_seen_fixed_on_a_branch_older_than_the_patch_it_ended_before() -> None:
    assert _known(scans(2, 5), Host(course=".F", branch=OLD)) == [(0, 1, "fixed", 0)]


def test_first_seen_fixed_on_a_newer_branch_it_was_never_exposed() -> None:
    assert _known(scans(2, 5), Host(course=".F", branch=NEW)) == []


@pytest.mark.parametrize("branch", [None, OLD, NEW])
def test_where_the_case_names_no_branches_all_were_there_before(branch: str | None) -> None:
    anywhere = Origin(day=PATCH, what="the patch")
    assert _known(scans(2, 5), Host(course=".F", branch=branch), anywhere) == [(0, 1, "fixed", 0)]


def test_a_branch_that_is_not_known_may_be_an_old_one() -> None:
    assert _known(scans(2), Host(course="F")) == [(0, 0, "fixed", 0)]


def test_it_counts_on_which_branch_it_was_when_first_seen_fixed() -> None:
    looks, faces = scans(2, 5), (Host(course="F.", branch=OLD), Host(course=".F", branch=NEW))
    found = lives(looks, *faces)
    assert exposed(found, fold_spells(found, Rules()), ORIGIN).outcomes.last.tolist() == [0]


def test_seen_fixed_before_the_patch_it_was_never_exposed() -> None:
    assert _known(scans(-1, 2), Host(course="FF", branch=OLD)) == []


def test_first_seen_mitigated_it_had_been_exposed() -> None:
    assert _known(scans(2), Host(course="M", branch=NEW)) == [(0, 0, "mitigated", 0)]


def test_only_undetermined_it_was_not_seen_to_be_exposed() -> None:
    assert _known(scans(2, 5), "??") == []


def test_what_was_affected_again_had_not_ended_and_its_last_end_counts() -> None:
    assert _known(scans(2, 5, 9, 12), "AMAF") == [(3, 3, "fixed", 0)]
    assert _known(scans(2, 5, 9, 12), "AFAA") == [(4, 4, None, 0)]
    assert _known(scans(2, 5), Host(course="FA", branch=NEW)) == [(2, 2, None, 0)]


def test_unseen_it_went_between_its_last_look_and_the_first_scan_without_it() -> None:
    assert _known(scans(2, 5, 9), "A..") == [(1, 1, "unseen", 0)]


def test_unseen_and_back_it_had_not_gone() -> None:
    assert _known(scans(2, 5, 9, 12), "A..A") == [(4, 4, None, 0)]


def test_unseen_and_back_undetermined_it_had_not_gone_either() -> None:
    assert _known(scans(2, 5, 9, 12, 15, 18), "A..?..") == [(1, 6, None, 0)]


def test_a_fix_after_it_was_unseen_is_a_fix() -> None:
    assert _known(scans(2, 5, 9, 12), "A..F") == [(1, 3, "fixed", 0)]


def test_no_longer_the_product_it_is_gone_and_not_fixed() -> None:
    assert _known(scans(2, 5), "AN") == [(1, 1, "unseen", 0)]


def test_in_a_population_a_latecomer_counts_from_the_patch() -> None:
    assert _known(scans(2, 5, 9), "..A") == [(3, 3, None, 0)]


def test_among_positives_a_latecomer_is_known_because_it_lasted_so_long() -> None:
    assert _known([listing(2), listing(5), listing(9)], ".AA") == [(3, 3, None, 2)]


def test_among_positives_of_before_the_patch_nobody_came_late() -> None:
    assert _known([listing(-1), listing(5)], "AA") == [(1, 1, None, 0)]


def test_where_a_scan_was_made_lists_tell_no_time_and_nobody_came_late() -> None:
    assert _known([listing(2), listing(5), scan(9)], ".AA") == [(1, 1, None, 0)]
    assert _known([scan(2), listing(5), scan(9)], "AAF") == [(1, 1, "fixed", 0)]


def test_what_only_lists_showed_is_not_timed_by_the_scans_of_others() -> None:
    hosts = (Host(course="A..", address="192.0.2.1"), Host(course=".AF", address="192.0.2.9"))
    found = lives([listing(2), scan(5), scan(9)], *hosts)
    assert exposed(found, fold_spells(found, Rules()), ORIGIN).outcomes.last.tolist() == [1]


def test_among_positives_one_that_was_undetermined_at_first_is_known_because_it_was_affected_later() -> None:
    assert _known([listing(2), listing(5), listing(9)], "?AA") == [(3, 3, None, 2)]


def test_no_longer_listed_it_went_between_its_last_list_and_the_first_without_it() -> None:
    looks = [listing(2), listing(5), listing(9), listing(12)]
    assert _known(looks, "A...") == [(1, 1, "no_longer_listed", 1)]


def test_without_a_look_after_the_patch_there_is_nothing_to_tell() -> None:
    with pytest.raises(ValueError, match="no look came after 2021-03-02"):
        _exposed(scans(-2, 0), "AA")


def test_several_services_of_one_organisation_are_one_cluster() -> None:
    hosts = [
        Host(course="A", address="192.0.2.1", constituent="council"),
        Host(course="A", address="192.0.2.2", constituent="council"),
        Host(course="A", address="192.0.2.3"),
        Host(course="A", address="192.0.2.3", port=8443),
        Host(course="A", address="192.0.2.4"),
    ]
    found = lives(scans(1), *hosts)
    number = clusters(found)
    mine = [number[row_of(found.services, host.address, host.port)] for host in hosts]
    assert mine[0] == mine[1]
    assert mine[2] == mine[3]
    assert len(set(mine)) == 3


@pytest.mark.parametrize(("mark", "known"), [(Mark.AFFECTED, (3, 3, -1)), (Mark.FIXED, (1, 1, 0))])
def test_the_undetermined_taken_either_way(mark: Mark, known: tuple[int, int, int]) -> None:
    taken = taking_undetermined_as(lives(scans(2, 5, 9), "A??"), mark)
    outcomes = exposed(taken, fold_spells(taken, Rules()), ORIGIN).outcomes
    assert (outcomes.first.tolist(), outcomes.last.tolist(), outcomes.cause.tolist()) == tuple([each] for each in known)


@given(watched())
def test_every_exposure_lies_between_the_looks_that_say_so(given: tuple[list[Look], list[Host], list[Change]]) -> None:
    looks, hosts, changes = given
    if not hosts:
        return
    found = lives(looks, *hosts, changes=changes)
    told = exposed(found, fold_spells(found, Rules()), ORIGIN)
    outcomes, timed = told.outcomes, found.is_scanned | (not found.is_scanned.any())
    seen = found.timing[timed]
    assert outcomes.grid.tolist() == [(day - PATCH).days for day in np.array(found.days)[timed].tolist()]
    for unit, life in enumerate(told.rows.tolist()):
        marks, first, last = seen[:, life], outcomes.first[unit], outcomes.last[unit]
        assert not np.isin(marks[first:last], DECISIVE).any(), "nothing decides in between"
        assert first == 0 or marks[first - 1] == Mark.AFFECTED
        if outcomes.cause[unit] in (CAUSES.index("fixed"), CAUSES.index("mitigated")):
            assert marks[last] in (Mark.FIXED, Mark.MITIGATED)
            assert not (marks[last:] == Mark.AFFECTED).any(), "the end for good"
        assert outcomes.cause[unit] != NOT_ENDED or not np.isin(marks[first:], (Mark.FIXED, Mark.MITIGATED)).any()
    left_out = np.setdiff1d(np.arange(len(found)), told.rows)
    assert not (seen[:, left_out] == Mark.AFFECTED).any(), "whoever was affected after the patch is followed"


def test_nobody_exposed_gives_no_units() -> None:
    assert len(_exposed(scans(1), Host(course="F", branch=NEW)).outcomes) == 0
