"""What is due, end to end."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.tasks.conftest import CASE
from tests.tasks.telling import LATE, told_workspace

from tocsin.store.workspace import Workspace
from tocsin.tasks.due import COLUMNS, DueNow, what_is_due


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Nothing here writes to it."""
    return told_workspace(tmp_path_factory.mktemp("told"))


def _due(workspace: Workspace, as_of: date | None = None) -> DueNow:
    return what_is_due(workspace, CASE, as_of=as_of, now=LATE, tell=lambda *_: None)


def test_public_bodies_first_and_the_fixed_not_at_all(told: Workspace) -> None:
    rows = [(name, row.why, row.step) for row, name in _due(told).rows]
    assert rows == [
        ("Example Council", ("deadline passed",), "put on the phone list"),
        ("Example Clinic", ("never told",), "put on the phone list"),
        ("Example Mill", ("bounced", "deadline passed"), "tell the sector's or the country's CERT"),
        ("a person", ("deadline passed", "unanswered"), "put on the phone list"),
    ]


def test_a_person_has_no_name_id_or_address_in_it(told: Workspace) -> None:
    text = json.dumps(_due(told).as_json())
    assert "somebody" not in text
    assert "body.example" not in text
    assert [len(cells) for cells in _due(told).cells()] == [len(COLUMNS)] * 4


def test_before_the_deadlines_only_what_bounced_or_was_never_told_is_due(told: Workspace) -> None:
    assert [name for _, name in _due(told, date(2021, 3, 14)).rows] == ["Example Clinic", "Example Mill"]


def test_the_way_is_told_where_it_is_known(told: Workspace) -> None:
    mill = next(row for row, name in _due(told).rows if name == "Example Mill")
    assert mill.way is not None
    assert (mill.way.channel, mill.way.address) == ("mail", "cert@cert.example")
