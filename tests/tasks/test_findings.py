"""The list of findings: a row a service, each leading back to a line of a file."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.tasks.conftest import CASE, NOW, REGISTRY, row, write_report
from tests.tasks.test_viewing import furnished

from tocsin.errors import AskError
from tocsin.store.workspace import Workspace
from tocsin.tasks.findings import COLUMNS, list_findings
from tocsin.tasks.override import override_assignment, override_verdict

SHARED = """\
fire,Example Fire Brigade,GB,emergency,yes,,192.0.2.0/25,,
police,Example Police,GB,emergency,yes,,192.0.2.0/25,,
"""


@pytest.fixture(scope="module")
def march(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two days of reports on five services; nothing here writes to it."""
    folder = tmp_path_factory.mktemp("march")
    eighth = [row("203.0.113.7", day=8), row("198.51.100.7", day=8, host="owa.bakery.example", name_from="ssl")]
    tenth = [
        row("203.0.113.9", port=8443),
        row("203.0.113.7", tags="exchange", build="15.1.2106.13"),
        row("192.0.2.7"),
        row("198.51.100.200"),
    ]
    reports = [write_report(folder, eighth, day=8), write_report(folder, tenth, day=10)]
    return furnished(folder, reports, registry=REGISTRY + SHARED)


def listed(workspace: Workspace, **asked: object) -> dict[str, dict[str, object]]:
    """The rows by address."""
    return {row["address"]: row for row in list_findings(workspace, CASE, **asked).to_pylist()}  # type: ignore[arg-type]


def test_it_has_the_columns_promised_in_their_order(march: Workspace) -> None:
    assert tuple(list_findings(march, CASE).column_names) == COLUMNS


def test_services_come_by_address(march: Workspace) -> None:
    assert list(listed(march)) == ["192.0.2.7", "198.51.100.7", "198.51.100.200", "203.0.113.7", "203.0.113.9"]


def test_every_row_leads_back_to_the_line_that_says_so(march: Workspace) -> None:
    for address, found in listed(march).items():
        lines = (march.root.parent / str(found["source"])).read_text("utf-8").splitlines()
        assert f",{address},{found['port']}," in lines[int(str(found["line"])) - 1]


def test_a_service_is_in_the_state_of_its_latest_day_and_knows_its_first(march: Workspace) -> None:
    found = listed(march)["203.0.113.7"]
    assert (found["status"], found["build"]) == ("fixed", "15.1.2106.13")
    moments = (found["first_seen"], found["last_seen"])
    assert moments == tuple(datetime(2021, 3, day, 0, 11, 30, tzinfo=UTC) for day in (8, 10))


def test_a_host_name_comes_with_where_it_was_seen(march: Workspace) -> None:
    found = listed(march)["198.51.100.7"]
    assert (found["hostname"], found["hostname_from"]) == ("owa.bakery.example", "certificate")


def test_one_constituents_are_listed_alone(march: Workspace) -> None:
    assert list(listed(march, constituent="council")) == ["203.0.113.7", "203.0.113.9"]


@pytest.mark.parametrize("claimant", ["fire", "police"])
def test_a_disputed_service_is_listed_for_each_claimant(march: Workspace, claimant: str) -> None:
    assert listed(march, constituent=claimant)["192.0.2.7"]["constituent"] == "fire;police"


def test_a_misspelt_constituent_gets_the_near_one(march: Workspace) -> None:
    with pytest.raises(AskError, match=r"no constituent 'councl' \(did you mean council\?\)") as caught:
        listed(march, constituent="councl")
    assert "tocsin constituency list" in caught.value.remedy


def test_a_constituent_nobody_knew_of_then_is_unknown_then(march: Workspace) -> None:
    assert list(listed(march, constituent="council", known_at=NOW)) == ["203.0.113.7", "203.0.113.9"]
    with pytest.raises(AskError, match="nothing was taken in yet"):
        listed(march, constituent="council", known_at=NOW - timedelta(hours=1))


def test_one_status_is_listed_alone(march: Workspace) -> None:
    assert list(listed(march, status="fixed")) == ["203.0.113.7"]


def test_constituent_and_status_narrow_together(march: Workspace) -> None:
    assert list(listed(march, constituent="council", status="affected")) == ["203.0.113.9"]


def test_an_earlier_day_knows_only_what_was_seen_by_then(march: Workspace) -> None:
    found = listed(march, as_of=date(2021, 3, 9))
    assert {address: row["status"] for address, row in found.items()} == {
        "198.51.100.7": "affected",
        "203.0.113.7": "affected",
    }


def test_a_shorter_window_leaves_out_what_was_seen_before_it(march: Workspace) -> None:
    assert "198.51.100.7" not in listed(march, window_days=2)


def test_what_an_officer_set_aside_is_told_with_the_machines_own_behind_it(tmp_path: Path) -> None:
    made = furnished(tmp_path, [write_report(tmp_path, [row("192.0.2.7"), row("203.0.113.7")])])
    machine = listed(made)["192.0.2.7"]
    who = {"author": "A. Officer", "begins": date(2021, 3, 1), "expires": date(2021, 4, 30), "now": NOW}
    override_verdict(made, "192.0.2.7", "fixed", case_id=CASE, reason="seen on site", **who)  # type: ignore[arg-type]
    found = listed(made)
    said = "set to fixed by A. Officer: seen on site; the machine's own: "
    assert found["192.0.2.7"]["basis"] == f"{said}{machine['basis']}"
    assert found["192.0.2.7"]["holding"] == f"{said}nothing"
    assert "A. Officer" not in str(found["203.0.113.7"])


def test_a_service_given_by_an_officer_is_listed_for_its_new_owner(tmp_path: Path) -> None:
    made = furnished(tmp_path, [write_report(tmp_path, [row("203.0.113.7"), row("203.0.113.8")])])
    override_assignment(
        made,
        "203.0.113.7",
        "bakery",
        reason="moved",
        author="A. Officer",
        begins=date(2021, 3, 1),
        expires=date(2021, 4, 30),
        now=NOW,
    )
    assert list(listed(made, constituent="bakery")) == ["203.0.113.7"]
    assert list(listed(made, constituent="council")) == ["203.0.113.8"]


def test_a_misspelt_status_names_the_near_one(workspace: Workspace) -> None:
    with pytest.raises(AskError, match="did you mean fixed"):
        list_findings(workspace, CASE, status="fixd")
