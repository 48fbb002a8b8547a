"""Spells: what opens and ends one, held against the same rules walked slowly, one service after the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.remediation.slowly import FR, GB, Told, shortly, spells_of, watched
from tests.remediation.watching import Host, after_patch, listing, lives, row_of, scan, scans

from tocsin.remediation.changes import Change
from tocsin.remediation.panel import Look
from tocsin.remediation.spells import OPEN, Rules, Standing, fold_spells


def _spells(looks: Sequence[Look], *hosts: Host | str, rules: Rules | None = None) -> list[list[Told]]:
    """The spells of each service, oldest first."""
    found = lives(looks, *hosts)
    spells = fold_spells(found, rules or Rules()).spells
    told: list[list[Told]] = [[] for _ in range(len(found))]
    columns = (spells.service, spells.began, spells.last_affected, spells.ended, spells.standing, spells.after)
    for service, began, last, ended, how, after in zip(*(column.tolist() for column in columns), strict=True):
        end = None if ended == OPEN else found.days[ended]
        spell = (found.days[began], found.days[last], end, Standing(how).name, Standing(after).name)
        told[service].append(spell)
    addresses = [host.address if isinstance(host, Host) else f"192.0.2.{n}" for n, host in enumerate(hosts, 1)]
    return [sorted(told[row_of(found.services, address)]) for address in addresses]


def _one(looks: Sequence[Look], course: str | Host, rules: Rules | None = None) -> list[tuple[int, int, int, str]]:
    """Of one service the spells: days since the patch on which each began, was last seen and ended (-1), and how."""
    (spells,) = _spells(looks, course, rules=rules)
    return [(_days(began), _days(last), _days(end) if end else -1, how) for began, last, end, how, _ in spells]


def _days(day: date) -> int:
    return (day - after_patch(0)).days


def test_affected_opens_a_spell_and_fixed_ends_it() -> None:
    assert _one(scans(1, 2, 3), "AAF") == [(1, 2, 3, "FIXED")]


def test_a_failed_active_check_on_an_affected_build_ends_it_as_mitigated() -> None:
    assert _one(scans(1, 2), "AM") == [(1, 1, 2, "MITIGATED")]


def test_a_spell_that_nothing_ended_is_open() -> None:
    assert _one(scans(1, 2), "AA") == [(1, 2, -1, "AFFECTED")]


def test_what_is_no_longer_the_product_is_gone_and_not_fixed() -> None:
    assert _one(scans(1, 2), "AN") == [(1, 1, 2, "UNSEEN")]


def test_undetermined_opens_nothing() -> None:
    assert _one(scans(1, 2), "??") == []


def test_undetermined_ends_nothing() -> None:
    assert _one(scans(1, 2, 3, 4), "A??A") == [(1, 4, -1, "AFFECTED")]


def test_fixed_opens_nothing() -> None:
    assert _one(scans(1, 2), "FM") == []


def test_one_miss_is_not_unseen() -> None:
    assert _one(scans(1, 2), "A.") == [(1, 1, -1, "AFFECTED")]


def test_after_enough_misses_it_is_unseen_since_the_first_of_them() -> None:
    assert _one(scans(1, 4, 7), "A..") == [(1, 1, 4, "UNSEEN")]


def test_the_misses_are_counted_in_a_row() -> None:
    assert _one(scans(1, 2, 3, 4), "A.?.") == [(1, 1, -1, "AFFECTED")]


@pytest.mark.parametrize(("misses", "ended"), [(1, 2), (3, 2), (4, -1)])
def test_how_many_misses_are_enough_is_a_rule(misses: int, ended: int) -> None:
    assert _one(scans(1, 2, 3, 4), "A...", Rules(misses=misses))[0][2] == ended


def test_a_scan_elsewhere_does_not_miss_it() -> None:
    looks = [scan(1, scope=GB), *(scan(day, scope=FR) for day in (2, 3, 4))]
    assert _one(looks, "A...") == [(1, 1, -1, "AFFECTED")]


def test_a_scan_that_would_have_shown_it_misses_it_though_it_never_did() -> None:
    looks = [listing(1), scan(2, scope=GB), scan(3, scope=GB)]
    assert _one(looks, "A..") == [(1, 1, 2, "UNSEEN")]


def test_a_scan_without_stated_bounds_misses_only_what_it_once_showed() -> None:
    looks = [scan(1, source="a"), scan(2, source="b"), scan(3, source="b")]
    assert _one(looks, "A..") == [(1, 1, -1, "AFFECTED")]


def test_a_scan_that_was_changed_does_not_miss_what_it_last_saw_before() -> None:
    change = Change(day=after_patch(3), source="scan", text="other probes", is_declared=True)
    looks = [scan(day, scope=GB) for day in (1, 2, 3, 4)]
    found = fold_spells(lives(looks, "AA..", changes=[change]), Rules())
    assert found.spells.ended.tolist() == [OPEN]


def test_a_list_without_it_is_no_fix_and_no_miss_before_the_days_are_over() -> None:
    assert _one([listing(1), listing(7)], "A.") == [(1, 1, -1, "AFFECTED")]


def test_off_the_list_for_long_enough_it_is_no_longer_listed_since_the_first_list_without_it() -> None:
    assert _one([listing(1), listing(5), listing(8)], "A..") == [(1, 1, 5, "NO_LONGER_LISTED")]


def test_where_no_list_came_nothing_left_one() -> None:
    assert _one([listing(1), listing(20, source="other")], "A.") == [(1, 1, -1, "AFFECTED")]


def test_the_silence_of_a_list_says_nothing_of_what_a_scan_shows() -> None:
    looks = [scan(1), listing(2), listing(12), scan(13)]
    assert _one(looks, "AA.A") == [(1, 13, -1, "AFFECTED")]


def test_affected_after_a_fix_is_a_spell_reopened() -> None:
    (spells,) = _spells(scans(1, 2, 3), "AFA")
    assert [after for *_, after in spells] == ["NOT_YET_SEEN", "FIXED"]
    assert fold_spells(lives(scans(1, 2, 3), "AFA"), Rules()).spells.is_reopened.tolist() == [False, True]


def test_affected_when_it_had_first_been_seen_fixed_is_reopened_too() -> None:
    assert fold_spells(lives(scans(1, 2), "FA"), Rules()).spells.is_reopened.tolist() == [True]


def test_back_after_it_was_unseen_is_a_new_spell_but_not_reopened() -> None:
    found = lives(scans(1, 2, 3, 4), "A..A")
    spells = fold_spells(found, Rules()).spells
    assert (len(spells), int(spells.is_reopened.sum())) == (2, 0)


def test_seen_fixed_between_two_spells_it_is_reopened_however_the_first_had_ended() -> None:
    found = lives(scans(1, 2, 3, 4, 5), "A..FA")
    assert fold_spells(found, Rules()).spells.is_reopened.tolist() == [False, True]


def test_a_move_links_the_spell_onward_and_ends_nothing() -> None:
    before = Host(course="AA....", address="192.0.2.1", name="mail.council.example")
    after = Host(course="...AAF", address="198.51.100.9", name="mail.council.example")
    spells = fold_spells(lives(scans(1, 2, 3, 4, 5, 6), before, after), Rules()).spells
    assert (spells.began.tolist(), spells.last_affected.tolist(), spells.ended.tolist()) == ([0], [4], [5])
    assert spells.standing.tolist() == [Standing.FIXED]


@pytest.mark.parametrize(
    ("course", "standing"),
    [
        ("?", "UNDETERMINED"),
        ("A?", "DOUBTFUL"),
        ("A?A", "AFFECTED"),
        ("AF?", "FIXED"),
        ("N", "NEVER_EXPOSED"),
        ("A..", "UNSEEN"),
        ("A..?", "UNDETERMINED"),
        ("A..?N", "UNSEEN"),
        ("?..", "UNSEEN"),
        ("F..", "FIXED"),
        ("FN", "NEVER_EXPOSED"),
        ("MN", "MITIGATED"),
    ],
)
def test_where_a_service_stands_after_its_last_look(course: str, standing: str) -> None:
    found = lives(scans(*range(1, len(course) + 1)), course)
    assert Standing(fold_spells(found, Rules()).standing[-1, 0]).name == standing


def test_before_its_first_look_a_service_is_not_yet_seen() -> None:
    assert fold_spells(lives(scans(1, 2), ".A"), Rules()).standing[:, 0].tolist() == [0, Standing.AFFECTED]


@settings(max_examples=300)
@given(watched(), st.integers(1, 3), st.integers(1, 9))
def test_the_fold_is_what_the_rules_say_of_each_service(
    given: tuple[list[Look], list[Host], list[Change]], misses: int, unlisted_days: int
) -> None:
    looks, hosts, changes = given
    if not hosts:
        return
    rules = Rules(misses=misses, unlisted_days=unlisted_days)
    found = lives(looks, *hosts, changes=changes)
    spells = fold_spells(found, rules).spells
    for host in hosts:
        mine = spells.service == row_of(found.services, host.address)
        columns = (spells.began, spells.last_affected, spells.ended, spells.standing, spells.after)
        told = [
            (found.days[b], found.days[a], None if e == OPEN else found.days[e], Standing(s).name, Standing(p).name)
            for b, a, e, s, p in zip(*(column[mine].tolist() for column in columns), strict=True)
        ]
        assert sorted(told) == sorted(spells_of(looks, host, rules, changes)), (host, *map(shortly, looks))
