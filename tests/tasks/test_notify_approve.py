"""Approving and cancelling plans."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.tasks.notifying import MONDAY, planned, world, write_policy

from tocsin.errors import AskError
from tocsin.store.audit import list_entries
from tocsin.store.clock import instant_text
from tocsin.store.desk import open_desk
from tocsin.store.schema import outbox
from tocsin.store.workspace import Workspace
from tocsin.tasks.notify_approve import approve_plan, cancel_plan
from tocsin.tasks.notify_show import list_all, show_plan


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """The world of ``tests.tasks.notifying``, where two notices need a second person."""
    made = world(tmp_path)
    write_policy(made, "[policy]\napprove_above = 1\n")
    return made


def queued(place: Workspace) -> list[str]:
    with open_desk(place.desk_url).connect() as connection:
        return sorted(connection.scalars(sa.select(outbox.c.next_at)))


def test_a_second_person_queues_the_notices(place: Workspace) -> None:
    plan = planned(place).view.filed.id
    assert approve_plan(place, plan, by="B. Sample", now=MONDAY) == 3
    assert len(queued(place)) == 3
    shown = show_plan(place, plan, now=MONDAY)
    assert (shown.filed.state, set(shown.standings)) == ("approved", {"waiting"})
    assert [entry.author for entry in list_entries(open_desk(place.desk_url))] == ["A. Officer", "B. Sample"]


@pytest.mark.parametrize("name", ["A. Officer", "a. officer", "A. Offic\u0435r", "A Officer"])
def test_whoever_planned_cannot_be_the_second_person(place: Workspace, name: str) -> None:
    plan = planned(place).view.filed.id
    with pytest.raises(AskError, match=r"needs somebody other than A\. Officer|two alphabets"):
        approve_plan(place, plan, by=name, now=MONDAY)
    assert queued(place) == []


def test_a_small_plan_needs_one_person(place: Workspace) -> None:
    assert approve_plan(place, planned(place, limit=1).view.filed.id, by="A. Officer", now=MONDAY) == 1


def test_a_policy_made_laxer_since_does_not_count(place: Workspace) -> None:
    plan = planned(place).view.filed.id
    write_policy(place, "[policy]\napprove_above = 500\n")
    with pytest.raises(AskError, match="more than 1"):
        approve_plan(place, plan, by="A. Officer", now=MONDAY)


def test_a_plan_is_approved_once(place: Workspace) -> None:
    plan = planned(place).view.filed.id
    approve_plan(place, plan, by="B. Sample", now=MONDAY)
    with pytest.raises(AskError, match="was approved before"):
        approve_plan(place, plan, by="C. Third", now=MONDAY)
    assert len(queued(place)) == 3


def test_of_two_plans_made_side_by_side_one_is_approved(place: Workspace) -> None:
    one, other = (planned(place).view.filed.id for _ in range(2))
    approve_plan(place, one, by="B. Sample", now=MONDAY + timedelta(hours=1))
    with pytest.raises(AskError, match="is overtaken"):
        approve_plan(place, other, by="B. Sample", now=MONDAY + timedelta(hours=1))
    again = planned(place, now=MONDAY + timedelta(hours=2)).view
    assert (again.notices, {each.code for each in again.filed.withheld}) == ((), {"no_contact", "waiting"})


def test_what_is_approved_late_waits_for_the_next_working_hours(place: Workspace) -> None:
    plan = planned(place).view.filed.id
    approve_plan(place, plan, by="B. Sample", now=datetime(2021, 4, 12, 22, tzinfo=UTC))
    assert queued(place) == [instant_text(datetime(2021, 4, 13, 7, tzinfo=UTC))] * 3


def test_a_plan_that_is_not_there_names_the_list(place: Workspace) -> None:
    with pytest.raises(AskError, match="no plan 'x'") as caught:
        approve_plan(place, "x", by="B. Sample", now=MONDAY)
    assert "tocsin notify list" in caught.value.remedy


def test_a_cancelled_plan_is_out_of_the_queue_and_its_findings_can_be_planned_again(place: Workspace) -> None:
    plan = planned(place).view.filed.id
    approve_plan(place, plan, by="B. Sample", now=MONDAY)
    assert cancel_plan(place, plan, by="B. Sample", reason="advice changed", now=MONDAY) == (3, 3)
    with pytest.raises(AskError, match="was cancelled"):
        cancel_plan(place, plan, by="B. Sample", reason="again", now=MONDAY)
    assert len(planned(place, now=MONDAY + timedelta(hours=1)).view.notices) == 3
    assert [each["state"] for each in list_all(place)] == ["cancelled", "planned"]


def test_a_plan_is_not_cancelled_without_a_reason(place: Workspace) -> None:
    with pytest.raises(AskError, match="without a reason"):
        cancel_plan(place, planned(place).view.filed.id, by="B. Sample", reason=" ", now=MONDAY)
