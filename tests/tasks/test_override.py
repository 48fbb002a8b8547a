"""Setting a verdict or an assignment aside."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.tasks.conftest import CASE, NOW, Take, row, write_report

from tocsin.errors import AskError
from tocsin.store.workspace import Workspace
from tocsin.tasks.findings import list_findings
from tocsin.tasks.override import list_overrides, override_assignment, override_verdict, withdraw

WHO = {
    "reason": "seen on site",
    "author": "A. Officer",
    "begins": date(2021, 3, 1),
    "expires": date(2021, 4, 30),
    "now": NOW,
}


@pytest.fixture
def filled(take: Take, tmp_path: Path, workspace: Workspace) -> Workspace:
    take(write_report(tmp_path, [row("192.0.2.7", host="mail.council.example")]))
    return workspace


def _finding(workspace: Workspace) -> dict[str, object]:
    (found,) = list_findings(workspace, CASE).to_pylist()
    return found


def test_a_verdict_is_set_and_the_machines_own_kept_beside_it(filled: Workspace) -> None:
    override_verdict(filled, "192.0.2.7:443", "fixed", case_id=CASE, **WHO)  # type: ignore[arg-type]
    found = _finding(filled)
    assert found["status"] == "fixed"
    assert "A. Officer: seen on site" in str(found["basis"])
    assert "active check" in str(found["basis"])


def test_a_claimed_service_is_proven_by_a_person(filled: Workspace) -> None:
    assert _finding(filled)["certainty"] == "claimed"
    override_assignment(filled, "192.0.2.7", "council", **WHO)  # type: ignore[arg-type]
    assert (_finding(filled)["constituent"], _finding(filled)["certainty"]) == ("council", "proven")


def test_a_withdrawn_override_counts_no_more(filled: Workspace) -> None:
    number = override_assignment(filled, "192.0.2.7", "none", **WHO)  # type: ignore[arg-type]
    assert _finding(filled)["constituent"] is None
    withdraw(filled, number, author="B. Officer", now=NOW)
    assert _finding(filled)["constituent"] == "council"
    assert list_overrides(filled)[0].withdrawn_by == "B. Officer"
    with pytest.raises(AskError, match="no override"):
        withdraw(filled, number, author="B. Officer", now=NOW)


def test_an_expired_override_counts_no_more(filled: Workspace) -> None:
    override_assignment(
        filled, "192.0.2.7", "none", **(WHO | {"expires": date(2021, 3, 9), "now": NOW - timedelta(days=30)})
    )  # type: ignore[arg-type]
    assert _finding(filled)["constituent"] == "council"


def test_what_was_seen_on_site_in_april_does_not_change_the_day_in_march(filled: Workspace) -> None:
    who = WHO | {"begins": date(2021, 4, 1)}
    override_verdict(filled, "192.0.2.7:443", "fixed", case_id=CASE, **who)  # type: ignore[arg-type]
    assert _finding(filled)["status"] == "affected"


def test_an_override_begins_with_the_last_day_reported_on_unless_said_otherwise(filled: Workspace) -> None:
    override_verdict(filled, "192.0.2.7:443", "fixed", case_id=CASE, **(WHO | {"begins": None}))  # type: ignore[arg-type]
    assert list_overrides(filled)[0].begins_on == "2021-03-10"
    assert _finding(filled)["status"] == "fixed"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reason": "  "}, "needs a reason"),
        ({"author": ""}, "needs a reason and an author"),
        ({"expires": date(2021, 3, 1)}, "is past"),
        ({"begins": date(2021, 5, 1)}, "is after 2021-04-30"),
    ],
)
def test_what_an_override_needs(workspace: Workspace, changes: dict[str, object], says: str) -> None:
    with pytest.raises(AskError, match=says):
        override_assignment(workspace, "192.0.2.7", "council", **(WHO | changes))  # type: ignore[arg-type]


def test_near_misses_are_named(workspace: Workspace) -> None:
    with pytest.raises(AskError, match="did you mean council"):
        override_assignment(workspace, "192.0.2.7", "counsil", **WHO)  # type: ignore[arg-type]
    with pytest.raises(AskError, match="did you mean fixed"):
        override_verdict(workspace, "192.0.2.7", "fixd", case_id=CASE, **WHO)  # type: ignore[arg-type]
    with pytest.raises(AskError, match="did you mean exchange-proxylogon"):
        override_verdict(workspace, "192.0.2.7", "fixed", case_id="exchange-proxylogin-2021", **WHO)  # type: ignore[arg-type]
