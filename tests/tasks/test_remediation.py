"""What came of it: measured end to end on small scans, and refused where it cannot be told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.tasks.conftest import CASE, NOW, REGISTRY, Take, import_text, row, write_report
from tests.tasks.scanning import many, mapping, take_courses, write_scan

from tocsin.errors import AskError
from tocsin.figures import Figure, Query, from_json
from tocsin.store.workspace import Workspace
from tocsin.tasks.remediation import Remaining, Remediation, Wish, remediation, who_remains
from tocsin.tasks.workspace import init

COURSES = {
    **many("AAFF", "AFFF", "AAAA", "FFFF"),
    "203.0.113.7": "AAAF",
    "203.0.113.8": "AA??",
    "198.51.100.7": "AFAA",
}


def _asked(workspace: Workspace, **wish: object) -> Remediation:
    return remediation(workspace, CASE, Wish(**wish), tell=lambda *_: None)  # type: ignore[arg-type]


def _left(workspace: Workspace, **wish: object) -> Remaining:
    return who_remains(workspace, CASE, Wish(**wish), tell=lambda *_: None)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Four scans of 23 servers; nothing here writes to it."""
    return _workspace(tmp_path_factory.mktemp("scanned"), [3, 5, 8, 10], COURSES)


def _workspace(folder: Path, days: list[int], courses: Mapping[str, str]) -> Workspace:
    made = init(folder / "workspace", label="TLP:AMBER")
    import_text(made, folder, REGISTRY, now=NOW - timedelta(days=30))
    take_courses(made, folder, days, courses)
    return made


def _by_state(found: Remediation, day: int) -> dict[str, tuple[float, float]]:
    return {each.state: (each.low, each.high) for each in found.course.standing if each.as_of == date(2021, 3, day)}


def test_where_services_stand_each_day_is_counted_with_bounds(scanned: Workspace) -> None:
    found = _asked(scanned)
    assert _by_state(found, 3)["affected"] == (18, 18)
    assert _by_state(found, 10) == {
        "affected": (6, 7),
        "fixed": (16, 17),
        "mitigated": (0, 0),
        "undetermined": (1, 1),
        "unseen": (0, 0),
        "no_longer_listed": (0, 0),
    }


def test_the_plain_shares_are_divided_by_what_they_name(scanned: Workspace) -> None:
    shares = {(each.denominator.state, each.as_of): each for each in _asked(scanned).course.naive if each.denominator}
    seen = shares["fixed, mitigated or affected, seen that day", date(2021, 3, 10)]
    ever = shares["ever seen affected", date(2021, 3, 10)]
    assert (seen.low, seen.high) == (16 / 23, 17 / 23)
    assert (ever.low, ever.high) == (11 / 18, 12 / 18)


def test_on_the_first_look_nobody_can_have_been_seen_to_fix(scanned: Workspace) -> None:
    first = [each for each in _asked(scanned).course.naive if each.as_of == date(2021, 3, 3)]
    assert [each.denominator.state for each in first if each.denominator] == [
        "fixed, mitigated or affected, seen that day"
    ]


def test_exposure_has_both_bands_and_falls(scanned: Workspace) -> None:
    exposure = _asked(scanned).course.exposure
    values = [each.estimate.value for each in exposure if each.estimate]
    assert len(values) == 4
    assert values == sorted(values, reverse=True)
    assert all(each.low <= each.estimate.value <= each.high for each in exposure if each.estimate)


def test_an_organisation_is_fixed_when_its_last_service_is(scanned: Workspace) -> None:
    found = _asked(scanned, unit="organisations")
    assert _by_state(found, 5)["fixed"] == (1, 1)
    assert _by_state(found, 8)["affected"] == (2, 2)


def test_groups_are_those_of_the_registry(scanned: Workspace) -> None:
    groups = _asked(scanned, unit="organisations", by="sector").groups
    assert {each.group for each in groups} == {"sector=local government", "sector=food"}
    assert all("too few organisations" in " ".join(each.absent) for each in groups)


def test_every_figure_is_of_the_day_asked_and_names_the_command(scanned: Workspace) -> None:
    found = _asked(scanned, ends=date(2021, 3, 8), unit="addresses")
    assert max(_day(each) for each in found.figures()) == date(2021, 3, 8)
    sources = {each.source.command for each in found.figures() if isinstance(each.source, Query)}
    assert sources == {f"tocsin remediation {CASE} --to 2021-03-08 --unit addresses"}


def _day(figure: Figure) -> date:
    assert isinstance(figure.as_of, date)
    return figure.as_of


def test_from_a_day_on_earlier_days_are_known_and_not_shown(scanned: Workspace) -> None:
    found = _asked(scanned, begins=date(2021, 3, 8))
    assert min(_day(each) for each in found.course.standing) == date(2021, 3, 8)
    assert found.course.exposure == _asked(scanned).course.exposure[2:] or len(found.course.exposure) == 2
    assert _by_state(found, 10) == _by_state(_asked(scanned), 10)


def test_the_answer_as_json_reads_back_the_same(scanned: Workspace) -> None:
    found = _asked(scanned, by="country")
    told = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert tuple(from_json(each) for each in told["figures"]) == found.figures()


def test_the_same_question_has_the_same_answer(scanned: Workspace) -> None:
    assert _asked(scanned).as_json() == _asked(scanned).as_json()


def test_who_remains_the_worst_first_and_why(scanned: Workspace) -> None:
    rows = [(left.constituent, left.services, left.why) for left, _ in _left(scanned).rows]
    assert rows == [
        ("bakery", 1, ("affected again",)),
        (None, 5, ("never fixed",)),
        ("council", 1, ("never fixed", "undetermined")),
    ]


def test_who_remains_goes_by_the_name_in_the_registry(scanned: Workspace) -> None:
    assert [name for _, name in _left(scanned).rows] == ["Example Bakery", None, "Example Council"]


def test_only_lists_of_positives_make_no_scan_and_no_fix(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    for day in (3, 12, 20):
        listed = [row(f"192.0.2.{n}", day=day) for n in range(1, 20 - day + 4)]
        take(write_report(tmp_path, listed, day=day))
    found = _asked(workspace)
    assert _by_state(found, 20)["no_longer_listed"][0] > 0
    assert _by_state(found, 20)["fixed"] == (0, 0)
    assert found.course.naive == ()


def test_one_scan_says_that_it_is_only_one(tmp_path: Path) -> None:
    found = _asked(_workspace(tmp_path, [5], many("A", "F", "?")))
    assert any("only one look came after the patch" in why for why in found.course.absent)
    assert _no_zero_and_no_nan(found)


def test_where_no_end_was_seen_it_says_so_and_gives_no_share(tmp_path: Path) -> None:
    found = _asked(_workspace(tmp_path, [3, 5, 8], many("AAA", times=12)))
    assert any("none was seen to end" in why for why in found.course.absent)
    assert found.course.median is not None
    assert str(found.course.median).startswith("At least 6 days") or str(found.course.median).startswith("at least 6")
    assert _no_zero_and_no_nan(found)


def test_before_the_patch_nothing_can_be_told_of_how_it_went(tmp_path: Path) -> None:
    found = _asked(_workspace(tmp_path, [1], many("A", times=12)))
    assert found.course.exposure == ()
    assert any("no look came after" in why for why in found.course.absent)
    assert _no_zero_and_no_nan(found)


def test_where_nothing_was_affected_or_fixed_there_is_nothing_to_divide_by(tmp_path: Path) -> None:
    found = _asked(_workspace(tmp_path, [3, 5], many("??", times=12)))
    assert found.course.exposure == ()
    assert not [each for each in found.course.naive if each.low == each.high]
    assert _no_zero_and_no_nan(found)


def _no_zero_and_no_nan(found: Remediation) -> bool:
    text = " ".join(map(str, found.figures()))
    return "nan" not in text.lower() and not any(word in ("0%", "0.0%") for word in text.split())


def test_a_unit_of_which_none_was_seen_is_told(tmp_path: Path) -> None:
    found = _asked(_workspace(tmp_path, [3, 5], many("AF")), unit="public-bodies")
    assert found.course.absent == ("no public bodies were seen",)
    assert found.figures() == ()


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({"unit": "servers"}, "did you mean services"),
        ({"unit": "customers"}, "no unit 'customers'"),
        ({"by": "colour"}, "nothing is told by 'colour'"),
        ({"by": "sectr"}, "did you mean sector"),
        ({"begins": date(2021, 3, 9), "ends": date(2021, 3, 4)}, "is after --to"),
        ({"begins": date(2021, 4, 9)}, "nothing was observed from 2021-04-09 on"),
        ({"ends": date(2021, 3, 2)}, "nothing was observed up to 2021-03-02"),
        ({"target": 0.0}, "is no share"),
        ({"target": float("nan")}, "is no share"),
        ({"known_at": NOW - timedelta(days=20)}, "nothing was taken in yet"),
        ({"known_at": NOW.replace(year=2999)}, "is still to come"),
    ],
)
def test_what_cannot_be_asked(scanned: Workspace, wish: Mapping[str, object], says: str) -> None:
    with pytest.raises(AskError, match=says):
        _asked(scanned, **wish)


def test_before_anything_was_taken_in(workspace: Workspace) -> None:
    with pytest.raises(AskError, match="nothing was taken in yet"):
        _asked(workspace)


def test_what_was_known_before_a_late_report_came(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    take_courses(workspace, tmp_path, [3, 8], many("AF", "AA"))
    late = write_scan(tmp_path, 5, dict.fromkeys(many("AF", "AA"), "F"))
    take(late, mapping=mapping(), now=NOW + timedelta(days=1))
    assert _by_state(_asked(workspace, known_at=NOW), 8)["fixed"] == (5, 5)
    assert [each.as_of.day for each in _asked(workspace).course.cohort if isinstance(each.as_of, date)] == [3, 5, 8]
