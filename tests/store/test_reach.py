"""What the desk knows of who was told."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from tests.telling import CASE, ITEM, PLANNED, add_answer, add_contact, add_note, add_notice, add_plan, suppress

from tocsin.notices import Standing
from tocsin.remediation.parties import Told
from tocsin.store.clock import instant_text
from tocsin.store.reach import last_event, load_told, load_waves, load_ways
from tocsin.store.schema import constituency_versions, constituents, plans

LATER = PLANNED + timedelta(days=3)
HOLDINGS = [
    ["domain", "council.example", False, "registry.csv", 2],
    ["network", "203.0.113.0/24", False, "registry.csv", 2],
    ["asn", "64500", False, "registry.csv", 2],
    ["network", "198.51.100.0/24", True, "registry.csv", 2],
]


@pytest.fixture
def planned(desk: Engine) -> Engine:
    add_plan(desk)
    return desk


@pytest.fixture
def registered(desk: Engine) -> Engine:
    """One council with a domain, two networks and an AS number."""
    version = {"number": 1, "source": "registry", "file": "registry.csv", "file_sha256": "", "content_sha256": ""}
    counts = {"imported_at": instant_text(PLANNED - timedelta(days=9)), "added": 1, "changed": 0, "removed": 0}
    council = {"id": "council", "since": 1, "registry": "registry", "name": "Example Council", "kind": "organisation"}
    about = {"country": "GB", "sector": "local government", "public_body": True}
    held = {"contacts": '["security@council.example"]', "holdings": json.dumps(HOLDINGS)}
    with desk.begin() as connection:
        connection.execute(sa.insert(constituency_versions).values(**version, **counts, rejected=0))
        connection.execute(sa.insert(constituents).values(**council, **about, **held))
    return desk


def _told(desk: Engine, *, until: datetime = LATER, on: date | None = None) -> dict[str, tuple[Told, ...]]:
    return load_told(desk, CASE, until=until, on=on or until.date())


def _ways(desk: Engine) -> list[tuple[str, str]]:
    return [(way.remove, way.address) for way in load_ways(desk, {"council"}, at=LATER).get("council", ())]


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


def test_the_ways_come_the_nearer_first_and_a_person_before_a_machine(registered: Engine) -> None:
    for subject, address, source in (
        ("country:GB", "cert@cert.example", "directory"),
        ("asn:64500", "noc@provider.example", "rdap"),
        ("network:198.51.100.0/24", "abuse@provider.example", "rdap"),
        ("network:203.0.113.0/24", "abuse@council.example", "rdap"),
        ("domain:council.example", "soc@council.example", "security.txt"),
        ("constituent:council", "ciso@council.example", "person"),
        ("constituent:bakery", "it@bakery.example", "person"),
    ):
        add_contact(registered, subject, address, source=source)
    assert _ways(registered) == [
        ("own", "ciso@council.example"),
        ("own", "soc@council.example"),
        ("own", "abuse@council.example"),
        ("own", "security@council.example"),
        ("provider", "noc@provider.example"),
        ("provider", "abuse@provider.example"),
        ("cert", "cert@cert.example"),
    ]


def test_what_is_set_aside_or_not_to_be_written_to_is_no_way(registered: Engine) -> None:
    add_contact(registered, "constituent:council", "gone@council.example")
    add_note(registered, "gone@council.example", "set_aside")
    assert _ways(registered) == [("own", "security@council.example")]
    suppress(registered, "council.example")
    assert _ways(registered) == []
    add_contact(registered, "constituent:council", "+44 20 7946 0000", channel="phone")
    assert _ways(registered) == [("own", "+44 20 7946 0000")]


def test_an_address_comes_once_by_its_nearest_entry(registered: Engine) -> None:
    add_contact(registered, "asn:64500", "Security@council.example")
    assert _ways(registered) == [("own", "security@council.example")]


def test_without_a_registry_there_are_no_ways(desk: Engine) -> None:
    assert load_ways(desk, {"council"}, at=LATER) == {}


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
