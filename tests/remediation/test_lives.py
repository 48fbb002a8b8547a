"""The lives of services: whose they are, what several looks of a day show together, and what it means to be absent."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.remediation.watching import LETTERS, Host, after_patch, listing, lives, row_of, scan, scans

from tocsin.remediation.changes import Change
from tocsin.remediation.lives import agree
from tocsin.remediation.marks import Mark

NAMES = {mark: letter for letter, mark in LETTERS.items()}


def _agreed(letters: str) -> str:
    lines = [np.array([LETTERS[letter]], dtype=np.uint8) for letter in letters]
    return NAMES[Mark(int(agree(lines)[0]))]


@pytest.mark.parametrize(
    ("letters", "together"),
    [
        ("A", "A"),
        ("..", "."),
        ("A.", "A"),
        (".F", "F"),
        ("AA", "A"),
        ("A?", "A"),
        ("?F", "F"),
        ("?.", "?"),
        ("AF", "?"),
        ("AN", "?"),
        ("MF", "?"),
        ("AM", "M"),
        ("A?F", "?"),
        ("MAF", "?"),
        ("FN", "N"),
    ],
)
def test_several_looks_of_one_day_agree(letters: str, together: str) -> None:
    assert _agreed(letters) == together


@given(st.text("A.?FMN", min_size=1, max_size=5), st.randoms())
def test_the_order_of_the_looks_does_not_matter(letters: str, chance: object) -> None:
    other = list(letters)
    chance.shuffle(other)  # type: ignore[attr-defined]
    assert _agreed("".join(other)) == _agreed(letters)


def test_there_is_a_line_a_day_however_many_looks_it_had() -> None:
    found = lives([scan(1), listing(1), scan(3)], "A?F")
    assert found.days == (after_patch(1), after_patch(3))
    assert found.marks[:, 0].tolist() == [Mark.AFFECTED, Mark.FIXED]
    assert found.is_scanned.tolist() == [True, True]


def test_complete_scans_alone_tell_times_where_there_are_any() -> None:
    found = lives([scan(1), listing(2), scan(3)], "AA.")
    assert found.marks[:, 0].tolist() == [1, 1, 0]
    assert found.timing[:, 0].tolist() == [1, 0, 0]
    assert lives([listing(1), listing(2)], "AA").timing[:, 0].tolist() == [1, 1]


def test_a_service_is_of_the_population_when_any_scan_showed_it() -> None:
    found = lives([listing(1), scan(2)], "A.", "AA")
    assert [found.is_population[row_of(found.services, f"192.0.2.{n}")] for n in (1, 2)] == [False, True]


def test_it_belongs_to_whoever_held_it_most_surely_and_then_last() -> None:
    faces = [
        Host(course="A..", constituent="a", certainty="proven"),
        Host(course=".A.", constituent="b", certainty="claimed"),
        Host(course="..A"),
    ]
    (service,) = lives(scans(1, 2, 3), *faces).services.to_pylist()
    assert (service["constituent"], service["certainty"]) == ("a", "proven")


def test_two_who_proved_it_dispute_it_unless_one_is_the_child_of_the_other() -> None:
    looks = [scan(1), scan(1, source="other")]
    faces = [
        Host(course="A.", constituent="a", certainty="proven"),
        Host(course=".A", constituent="b", certainty="proven"),
    ]
    (service,) = lives(looks, *faces).services.to_pylist()
    assert (service["constituent"], service["certainty"]) == ("a;b", "disputed")
    (service,) = lives(looks, *faces, parents={"b": "a"}).services.to_pylist()
    assert (service["constituent"], service["certainty"]) == ("b", "proven")


def test_a_service_that_changed_hands_is_the_latest_owners() -> None:
    faces = [
        Host(course="AA.", constituent="a", certainty="proven"),
        Host(course="..A", constituent="b", certainty="proven"),
    ]
    (service,) = lives(scans(1, 2, 3), *faces).services.to_pylist()
    assert (service["constituent"], service["certainty"]) == ("b", "proven")


def test_a_proof_outweighs_a_later_claim() -> None:
    faces = [
        Host(course="A.", constituent="a", certainty="proven"),
        Host(course=".A", constituent="b", certainty="claimed"),
    ]
    (service,) = lives(scans(1, 2), *faces).services.to_pylist()
    assert (service["constituent"], service["certainty"]) == ("a", "proven")


def test_of_two_places_told_on_one_day_the_same_is_chosen_in_whatever_order_they_came() -> None:
    looks, faces = (
        [scan(1), scan(1, source="other")],
        [Host(course="A.", country="FR"), Host(course=".A", country="GB")],
    )
    found = [lives(looks, *order).services.column("country").to_pylist() for order in (faces, faces[::-1])]
    assert found[0] == found[1]


def test_a_life_knows_every_address_it_had() -> None:
    hosts = [
        Host(course="A.", address="192.0.2.1", name="mail.example"),
        Host(course=".A", address="192.0.2.2", name="mail.example"),
    ]
    found = lives(scans(1, 2), *hosts)
    assert len(found) == 1
    assert found.addresses.column("life").to_pylist() == [0, 0]


@pytest.mark.parametrize(
    ("faces", "branch"),
    [
        ((("A..", "old"), (".F.", "new")), "old"),
        ((("A..", "old"), (".A.", "new"), ("..F", "newest")), "new"),
        ((("F..", "old"), (".F.", "new")), "old"),
        (((".F.", "old"), ("..M", "new")), "new"),
    ],
)
def test_its_branch_is_that_of_its_last_exposure_or_first_sight(
    faces: tuple[tuple[str, str], ...], branch: str
) -> None:
    found = lives(scans(1, 2, 3), *(Host(course=course, branch=name) for course, name in faces))
    assert found.services.column("branch").to_pylist() == [branch]


def test_its_name_is_the_last_that_was_confirmed() -> None:
    faces = [Host(course="A..", name="a.example"), Host(course=".A.", name="b.example"), Host(course="..A")]
    assert lives(scans(1, 2, 3), *faces).services.column("name").to_pylist() == ["b.example"]


def test_a_scan_without_bounds_misses_what_it_once_showed() -> None:
    found = lives(scans(1, 2, 3), "A.A", "..A")
    assert found.is_missed[:, row_of(found.services, "192.0.2.1")].tolist() == [False, True, False]
    assert not found.is_missed[:, row_of(found.services, "192.0.2.2")].any()


def test_what_another_look_of_the_day_showed_is_not_missed() -> None:
    looks = [scan(1), scan(2), scan(2, source="other")]
    assert not lives(looks, "A.A").is_missed.any()


def test_a_list_that_once_had_it_came_without_it() -> None:
    found = lives([listing(1), listing(2), listing(2, source="other")], "A..")
    assert found.is_unlisted[:, 0].tolist() == [False, True]
    assert not found.is_missed.any()


def test_after_a_change_what_was_seen_before_is_neither_missed_nor_unlisted() -> None:
    changes = [
        Change(day=after_patch(2), source=source, text="", is_declared=True) for source in ("scan", "list", "bounded")
    ]
    looks = [*(scan(n, scope="uk (countries GB)") for n in (1, 2)), listing(1), listing(2)]
    found = lives(looks, "A...", "..A.", changes=changes)
    assert not found.is_missed.any()
    assert not found.is_unlisted.any()


def test_the_lives_of_some_are_theirs_alone() -> None:
    found = lives(scans(1, 2), "AA", "FF", "A.")
    some = found.of(np.array([True, False, True]))
    assert (len(some), some.marks.shape, some.timing.shape) == (2, (2, 2), (2, 2))
    assert some.is_population.tolist() == [True, True]


def test_of_nothing_there_is_no_life() -> None:
    assert len(lives(scans(1, 2))) == 0
    assert len(lives([])) == 0
