"""A case followed over time: its origin, its changes, what officers set aside, and what was known when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.remediation.watching import row_of
from tests.tasks.conftest import CASE, NOW, REGISTRY, Take, import_text
from tests.tasks.scanning import mapping, take_courses, write_scan

from tocsin.errors import AskError
from tocsin.feeds.recipe import Scope
from tocsin.remediation.marks import Mark
from tocsin.remediation.spells import Standing
from tocsin.store.workspace import Workspace
from tocsin.tasks.cases import active_cases
from tocsin.tasks.following import Followed, Manner, open_follow, origin_of
from tocsin.tasks.override import override_assignment, override_verdict, withdraw
from tocsin.tasks.rejudge import rejudge
from tocsin.tasks.sources import note_source

HERE, THERE = "203.0.113.7", "192.0.2.9"
DAYS = [3, 5, 8, 10]
WHO = {"reason": "seen on site", "author": "A. Officer", "expires": date(2099, 1, 1)}


def _followed(workspace: Workspace, **asked: object) -> Followed:
    wanted = {"as_of": None, "known_at": None, "manner": Manner()} | asked
    return open_follow(workspace, CASE, command="tocsin remediation", tell=lambda *_: None, **wanted)  # type: ignore[arg-type]


def _marks(followed: Followed, address: str) -> list[Mark]:
    lives = followed.subject.lives
    return [Mark(mark) for mark in lives.marks[:, row_of(lives.services, address)].tolist()]


def _standing(followed: Followed, address: str) -> Standing:
    row = row_of(followed.subject.lives.services, address)
    return Standing(int(followed.subject.folded.standing[-1, row]))


@pytest.fixture
def scanned(workspace: Workspace, tmp_path: Path) -> Workspace:
    take_courses(workspace, tmp_path, DAYS, {HERE: "AA?F", THERE: "AAAA"})
    return workspace


def test_every_service_has_a_mark_for_each_day(scanned: Workspace) -> None:
    followed = _followed(scanned)
    assert followed.subject.lives.days == tuple(date(2021, 3, day) for day in DAYS)
    assert _marks(followed, HERE) == [Mark.AFFECTED, Mark.AFFECTED, Mark.UNDETERMINED, Mark.FIXED]


def test_an_affected_build_on_which_the_active_check_fails_is_mitigated(workspace: Workspace, tmp_path: Path) -> None:
    take_courses(workspace, tmp_path, [3, 5], {HERE: "AM"})
    assert _standing(_followed(workspace), HERE) is Standing.MITIGATED


def test_exposure_counts_from_the_first_patch(scanned: Workspace) -> None:
    case = active_cases(scanned)[CASE]
    assert origin_of(case).day == date(2021, 3, 2)
    assert "15.1.2106" in (origin_of(case).old_branches or ())


def test_a_branch_that_began_with_the_fix_is_no_old_one(scanned: Workspace) -> None:
    assert "15.1.2242" not in (origin_of(active_cases(scanned)[CASE]).old_branches or ())


def test_a_case_without_a_patch_has_no_origin(scanned: Workspace) -> None:
    case = active_cases(scanned)[CASE]
    without = replace(case, timeline=tuple(event for event in case.timeline if event.kind != "patch"))
    with pytest.raises(AskError, match="states no day of a patch"):
        origin_of(without)


def test_up_to_a_day_nothing_later_is_seen(scanned: Workspace) -> None:
    assert _marks(_followed(scanned, as_of=date(2021, 3, 5)), HERE) == [Mark.AFFECTED, Mark.AFFECTED]


def test_what_was_not_taken_in_yet_was_not_known(scanned: Workspace, take: Take, tmp_path: Path) -> None:
    later = NOW + timedelta(days=1)
    take(write_scan(tmp_path, 11, {HERE: "A", THERE: "A"}), mapping=mapping(), now=later)
    assert len(_followed(scanned).subject.lives.days) == 5
    assert len(_followed(scanned, known_at=NOW).subject.lives.days) == 4


def test_an_overridden_verdict_counts_on_its_days_alone(scanned: Workspace) -> None:
    who = WHO | {"begins": date(2021, 3, 5), "expires": date(2021, 3, 8), "now": NOW - timedelta(days=30)}
    override_verdict(scanned, f"{THERE}:443", "fixed", case_id=CASE, **who)  # type: ignore[arg-type]
    assert _marks(_followed(scanned), THERE) == [Mark.AFFECTED, Mark.FIXED, Mark.FIXED, Mark.AFFECTED]
    assert _followed(scanned).subject.folded.spells.is_reopened.sum() == 1


def test_an_overridden_verdict_changes_what_is_known_of_the_end(scanned: Workspace) -> None:
    before = _followed(scanned).subject.readings[0].outcomes
    who = WHO | {"begins": date(2021, 3, 5)}
    override_verdict(scanned, f"{THERE}:443", "fixed", case_id=CASE, now=NOW, **who)  # type: ignore[arg-type]
    after = _followed(scanned).subject.readings[0].outcomes
    assert (sorted(before.last.tolist()), sorted(after.last.tolist())) == ([3, 4], [1, 3])


def test_an_override_that_was_withdrawn_changes_nothing(scanned: Workspace) -> None:
    number = override_verdict(scanned, f"{THERE}:443", "fixed", case_id=CASE, now=NOW, begins=None, **WHO)  # type: ignore[arg-type]
    assert _standing(_followed(scanned), THERE) is Standing.FIXED
    withdraw(scanned, number, author="B. Officer", now=NOW)
    assert _standing(_followed(scanned), THERE) is Standing.AFFECTED


def test_an_overridden_assignment_gives_the_service_its_owner(scanned: Workspace) -> None:
    override_assignment(scanned, THERE, "bakery", now=NOW, begins=None, **WHO)  # type: ignore[arg-type]
    services = _followed(scanned).subject.lives.services
    found = services.slice(row_of(services, THERE), 1).to_pylist()[0]
    assert (found["constituent"], found["certainty"]) == ("bakery", "proven")


def test_a_declared_change_is_in_force_up_to_the_day_described(scanned: Workspace) -> None:
    note_source(scanned, "population-scan", on=date(2021, 3, 8), text="other probes", author="A. Officer", now=NOW)
    (change,) = _followed(scanned).subject.changes
    assert str(change) == "8 March 2021: population-scan: other probes (declared)"
    assert _followed(scanned, as_of=date(2021, 3, 5)).subject.changes == ()


def test_a_scan_that_sees_far_fewer_is_a_change_and_ends_nothing(workspace: Workspace, tmp_path: Path) -> None:
    courses = {HERE: "AAAA"} | {f"192.0.2.{n}": "AA.." for n in range(1, 31)}
    take_courses(workspace, tmp_path, DAYS, courses, scope=Scope(name="uk", countries=("GB",)))
    followed = _followed(workspace)
    assert [change.is_declared for change in followed.subject.changes] == [False]
    assert "97% fewer services seen" in followed.subject.changes[0].text
    assert _standing(followed, "192.0.2.1") is Standing.AFFECTED
    assert _standing(_followed(workspace, manner=Manner(jump=9.0)), "192.0.2.1") is Standing.UNSEEN


def test_how_many_misses_are_enough_is_said_with_every_figure(scanned: Workspace) -> None:
    followed = _followed(scanned, manner=Manner(misses=3, seed=7))
    assert "missed by 3 complete scans" in followed.template.method
    assert followed.template.source.command.endswith("--to 2021-03-10 --misses 3 --seed 7")  # type: ignore[union-attr]


def test_chance_is_the_same_for_the_same_question(scanned: Workspace) -> None:
    followed = _followed(scanned)
    first, again = (followed.draws(5, "services").rng.random(4).tolist() for _ in "12")
    assert first == again != followed.draws(5, "organisations").rng.random(4).tolist()


@pytest.mark.parametrize(
    "manner", [{"misses": 0}, {"unlisted_days": 0}, {"jump": 0.0}, {"jump": float("nan")}, {"seed": -1}]
)
def test_a_manner_that_means_nothing_is_refused(manner: Mapping[str, float]) -> None:
    with pytest.raises(AskError):
        Manner(**manner)  # type: ignore[arg-type]


def test_stale_verdicts_make_no_figure_until_they_are_renewed(scanned: Workspace, tmp_path: Path) -> None:
    school = REGISTRY + "school,Example School,GB,education,yes,,192.0.2.0/24,,\n"
    import_text(scanned, tmp_path, school, now=NOW + timedelta(hours=1))
    with pytest.raises(AskError, match="tocsin rejudge"):
        _followed(scanned)
    list(rejudge(scanned, clock=lambda: NOW + timedelta(hours=2)))
    services = _followed(scanned).subject.lives.services
    assert services.column("constituent").to_pylist()[row_of(services, THERE)] == "school"


def test_an_unknown_case_names_the_near_one(scanned: Workspace) -> None:
    with pytest.raises(AskError, match="did you mean exchange-proxylogon"):
        open_follow(
            scanned, "exchange-proxylogin-2021", as_of=None, known_at=None, manner=Manner(), command="", tell=print
        )


def test_a_day_that_no_calendar_of_ours_has_is_refused(scanned: Workspace) -> None:
    for day in (date.min, date.max):
        with pytest.raises(AskError, match="nothing is observed on"):
            _followed(scanned, as_of=day)
