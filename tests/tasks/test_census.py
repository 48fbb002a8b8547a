"""The census of a case on a day."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from tests.tasks.conftest import CASE, Take, row, write_report

from tocsin.errors import AskError
from tocsin.figures import Query, from_json
from tocsin.labels import Label
from tocsin.store.workspace import Workspace
from tocsin.tasks.answer import Wish, answer
from tocsin.tasks.census import take_census
from tocsin.tasks.mappings import find_mapping

SCAN = "timestamp,ip,port,transport,hostname,hostname_from,build,active_check,webshell,asn,country,banner"


def _bounds(workspace: Workspace, **asked: object) -> dict[str, tuple[int, int]]:
    return {figure.id: (figure.low, figure.high) for figure in take_census(workspace, CASE, **asked).figures}  # type: ignore[arg-type]


def _scan(folder: Path, day: int, builds: dict[str, str]) -> Path:
    path = folder / f"scan-2021-03-{day:02d}.csv"
    lines = [f"2021-03-{day:02d}T03:00:00Z,{ip},443,tcp,,,{build},,,,," for ip, build in builds.items()]
    path.write_text("\n".join([SCAN, *lines]) + "\n", encoding="utf-8")
    return path


def test_exposed_organisations_with_bounds(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    rows = [
        row("203.0.113.7"),
        row("203.0.113.8", tags="exchange", build="15.1.2106"),
        row("192.0.2.1", host="mail.bakery.example"),
        row("192.0.2.2", tags="exchange;webshell", build="15.1.2106.13"),
    ]
    take(write_report(tmp_path, rows))
    found = _bounds(workspace)
    assert found["services-affected"] == (2, 3)
    assert found["services-undetermined"] == (1, 1)
    assert found["services-fixed"] == (1, 2)
    assert found["organisations-affected"] == (1, 2)
    assert found["public-bodies-affected"] == (1, 1)
    assert found["services-compromised_confirmed"] == (1, 1)


def test_absence_from_a_later_complete_scan_is_no_fix(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    mapping = find_mapping("population-scan")
    first = _scan(tmp_path, 8, {"203.0.113.7": "15.1.2106.2", "203.0.113.8": "15.1.2106.2"})
    second = _scan(tmp_path, 10, {"203.0.113.7": "15.1.2106.2"})
    take(first, second, mapping=mapping)
    assert _bounds(workspace)["services-affected"] == (1, 2)
    assert _bounds(workspace)["services-fixed"] == (0, 0)
    assert _bounds(workspace, as_of=date(2021, 3, 9))["services-affected"] == (2, 2)


def test_a_window_ends_what_was_seen_before_it(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    take(write_report(tmp_path, [row("203.0.113.7", day=1)], day=1), write_report(tmp_path, [row("203.0.113.8")]))
    assert _bounds(workspace)["services-seen"] == (1, 1)
    assert _bounds(workspace, window_days=10)["services-seen"] == (2, 2)


def test_figures_carry_their_definition(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    take(write_report(tmp_path, [row("203.0.113.7")]))
    (figure,) = [each for each in take_census(workspace, CASE).figures if each.id == "organisations-affected"]
    assert set(figure.as_json()) >= {
        "id",
        "low",
        "high",
        "unit",
        "state",
        "place",
        "as_of",
        "known_at",
        "method",
        "denominator",
        "source",
    }
    assert figure.as_json()["as_of"] == "2021-03-10"
    assert "as the feed says" in figure.method


def test_a_figure_holds_its_whole_and_the_command_and_versions_it_came_from(
    take: Take, tmp_path: Path, workspace: Workspace
) -> None:
    take(write_report(tmp_path, [row("203.0.113.7")]))
    taken = take_census(workspace, CASE)
    by_id = {figure.id: figure for figure in taken.figures}
    figure = by_id["organisations-affected"]
    assert figure.denominator == by_id["organisations-seen"]
    assert isinstance(figure.source, Query)
    assert figure.source.command == f"tocsin census {CASE} --as-of 2021-03-10 --window 7"
    assert [version.split()[0] for version in figure.source.versions] == ["pack", "constituency", "program"]
    assert not any(version in figure.method for version in figure.source.versions)
    assert all(version in taken.how() for version in figure.source.versions)


def test_figures_read_back_from_json_are_the_same(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    take(write_report(tmp_path, [row("203.0.113.7")]))
    taken = take_census(workspace, CASE)
    told = json.loads(json.dumps(taken.as_json()))
    assert tuple(from_json(each) for each in told["figures"]) == taken.figures


def test_for_the_public_small_counts_are_withheld_and_counted(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    take(write_report(tmp_path, [row(f"203.0.113.{n}") for n in range(1, 10)]))
    whole = take_census(workspace, CASE)
    shown = whole.for_public()
    assert "organisations-affected" not in {figure.id for figure in shown.figures}
    assert "services-affected" in {figure.id for figure in shown.figures}
    assert shown.as_json()["withheld"] == len(whole.figures) - len(shown.figures)


def test_a_census_by_group_is_not_protected_and_says_so(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    take(write_report(tmp_path, [row("203.0.113.7")]))
    with pytest.raises(ValueError, match="a census by sector is not protected"):
        take_census(workspace, CASE, by="sector").for_public()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"as_of": date(2020, 1, 1)}, "nothing was observed"),
        ({"by": "colour"}, "no census by 'colour'"),
        ({"by": "sektor"}, "did you mean sector"),
        ({"window_days": 0}, "cannot be looked through"),
    ],
)
def test_what_cannot_be_asked(
    take: Take, tmp_path: Path, workspace: Workspace, asked: dict[str, object], says: str
) -> None:
    take(write_report(tmp_path, [row("203.0.113.7")]))
    with pytest.raises(AskError, match=says):
        _bounds(workspace, **asked)


def test_an_unknown_case_names_the_near_one(workspace: Workspace) -> None:
    with pytest.raises(AskError, match="did you mean exchange-proxylogon-2021"):
        take_census(workspace, "exchange-proxylogin-2021")


def test_before_anything_was_taken_in(workspace: Workspace) -> None:
    with pytest.raises(AskError, match="nothing was taken in yet"):
        take_census(workspace, CASE)


def test_the_public_questions_are_answered_or_said_to_be_open(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    take(write_report(tmp_path, [row("203.0.113.7")]))
    given = answer(workspace, CASE, Wish(label=Label.AMBER), tell=lambda _done, _of: None).as_json()
    answered = {each["id"]: each["answered"] for each in given["answers"]}  # type: ignore[attr-defined, index]
    assert answered["public-bodies"] is True
    assert answered["who-did-it"] is False
