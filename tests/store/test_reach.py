"""What the desk knows of who was told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from tests.telling import CASE, ITEM, PLANNED, add_answer, add_notice, add_plan

from tocsin.notices import Standing
from tocsin.remediation.parties import Told
from tocsin.store.clock import instant_text
from tocsin.store.reach import last_event, load_told, load_waves
from tocsin.store.schema import plan_events, plans

LATER = PLANNED + timedelta(days=3)


@pytest.fixture
def planned(desk: Engine) -> Engine:
    add_plan(desk)
    return desk


def _told(desk: Engine, *, until: datetime = LATER, on: date | None = None) -> dict[str, tuple[Told, ...]]:
    return load_told(desk, CASE, until=until, on=on or until.date())


def test_a_notice_stands_where_its_events_led_it(planned: Engine) -> None:
    add_notice(planned, "n1", "council", "queued", "accepted", "bounced", address="old@council.example")
    add_notice(planned, "n2", "bakery")
    found = _told(planned)
    assert found["council"] == (
        Told(
            number="n1",
            channel="mail",
            contact="old@council.example",
            address="old@council.example",
            standing=Standing.BOUNCED,
            due_on=date(2021, 3, 17),
            left_on=date(2021, 3, 10),
        ),
    )
    assert [each.standing for each in found["bakery"]] == [Standing.PLANNED]


def test_a_notice_of_a_cancelled_plan_is_cancelled_though_it_was_never_queued(planned: Engine) -> None:
    add_notice(planned, "n1", "council")
    event = {"plan": "p1", "what": "cancelled", "author": "Ada", "reason": "only looked", "at": instant_text(LATER)}
    with planned.begin() as connection:
        connection.execute(sa.insert(plan_events).values(event))
    assert [each.standing for each in _told(planned)["council"]] == [Standing.CANCELLED]
    before = _told(planned, until=LATER - timedelta(days=1))["council"]
    assert [each.standing for each in before] == [Standing.PLANNED]


def test_what_befell_it_later_was_not_known_yet(planned: Engine) -> None:
    add_notice(planned, "n1", "council", "queued", "accepted", ("replied", LATER))
    add_answer(planned, "n1", "fixed", at=LATER)
    before = _told(planned, until=LATER - timedelta(days=1))["council"][0]
    assert (before.standing, before.answer) == (Standing.ACCEPTED, "")
    assert _told(planned, until=PLANNED - timedelta(hours=1)) == {}


def test_silence_begins_when_the_day_has_passed(planned: Engine) -> None:
    add_notice(planned, "n1", "council", "accepted")
    on = {day: _told(planned, on=date(2021, 3, day))["council"][0].standing for day in (17, 18)}
    assert on == {17: Standing.ACCEPTED, 18: Standing.SILENT}


def test_an_answer_is_one_even_without_an_event_and_may_be_settled(planned: Engine) -> None:
    add_notice(planned, "n1", "council", "accepted")
    add_answer(planned, "n1", "need_help", at=PLANNED + timedelta(hours=5), settled=True)
    add_answer(planned, "n1", "not_ours")
    found = _told(planned)["council"][0]
    assert (found.standing, found.answer, found.is_settled) == (Standing.ANSWERED, "not_ours", False)


def test_a_correction_tells_nobody_of_a_finding(planned: Engine) -> None:
    add_notice(planned, "n1", "council", "accepted", "retracted")
    add_notice(planned, "n2", "council", "accepted", kind="correction")
    assert [each.number for each in _told(planned)["council"]] == ["n1"]


def test_whether_it_spoke_of_a_compromise_is_known(planned: Engine) -> None:
    add_notice(planned, "n1", "council", "accepted", items=[ITEM, {**ITEM, "compromise": "possible"}])
    add_notice(planned, "n2", "bakery", "accepted")
    assert [each[0].told_compromise for _, each in sorted(_told(planned).items())] == [False, True]


def test_waves_say_how_they_were_drawn_and_when_each_left(desk: Engine) -> None:
    add_plan(desk, "plain")
    add_plan(desk, "waved", waves={"seed": 7, "approver": "Grace"})
    add_notice(desk, "n0", "shop", "accepted", plan="plain")
    add_notice(desk, "n1", "council", "queued", "accepted", plan="waved", wave=1)
    add_notice(desk, "n2", "bakery", plan="waved", wave=2)
    (found,) = load_waves(desk, CASE, until=LATER)
    assert (found.plan, found.members, found.left_on) == ("waved", {"council": 1, "bakery": 2}, {1: date(2021, 3, 10)})
    assert found.drawn == {"seed": 7, "approver": "Grace"}


def test_the_last_thing_that_befell_a_case(desk: Engine) -> None:
    assert last_event(desk, CASE, until=LATER) is None
    add_plan(desk)
    add_notice(desk, "n1", "council")
    assert last_event(desk, CASE, until=LATER) == PLANNED
    add_notice(desk, "n2", "bakery", ("accepted", LATER))
    assert last_event(desk, CASE, until=LATER) == LATER.astimezone(UTC)
    assert last_event(desk, CASE, until=LATER - timedelta(hours=1)) == PLANNED


def test_no_query_scans_what_befell_the_notices_of_other_cases(planned: Engine) -> None:
    if planned.dialect.name != "sqlite":
        pytest.skip("the words of the plan are SQLite's")
    add_notice(planned, "n1", "council", "accepted")
    with planned.begin() as connection:
        connection.execute(sa.update(plans).values(waves="{}"))
    asked = list[tuple[str, object]]()

    @sa.event.listens_for(planned, "before_cursor_execute")
    def _note(_c: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    load_told(planned, CASE, until=LATER, on=LATER.date())
    load_waves(planned, CASE, until=LATER)
    sa.event.remove(planned, "before_cursor_execute", _note)
    assert len(asked) > 4
    with planned.connect() as connection:
        for statement, parameters in asked:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
            steps = [row.detail for row in rows]
            assert not [step for step in steps if step.startswith(("SCAN notices", "SCAN notice_events"))], (
                statement,
                steps,
            )
