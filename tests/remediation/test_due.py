"""What is due, why, and what comes next: until a look shows the fix."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from tests.remediation.reaching import PARTIES, SENT, TODAY, body, exposure, party, told

from tocsin.remediation.due import CARRY, HELP, LOOK, REASONS, REVIEW, SEND, SETTLE, STEPS, Due, due
from tocsin.remediation.ladder import Way
from tocsin.remediation.parties import Party

IT = Way(remove="own", channel="mail", address="n1@constituent.example")
OWNER = Way(remove="own", channel="mail", address="owner@bakery.example")
PROVIDER = Way(remove="provider", channel="mail", address="noc@provider.example")
WAYS = {"bakery": (IT, OWNER, PROVIDER)}


def _due(*parties: Party, on: date = TODAY) -> tuple[Due, ...]:
    return due(parties, WAYS, on=on)


def _one(each: Party, on: date = TODAY) -> tuple[tuple[str, ...], str]:
    (row,) = _due(each, on=on)
    return row.why, row.step


def test_whoever_is_silent_past_the_deadline_is_told_by_another_contact() -> None:
    (row,) = _due(party("bakery", told("silent")))
    assert (row.why, row.step, row.way) == (("deadline passed", "unanswered"), "tell the second contact", OWNER)
    assert (row.since, row.tried, row.notice) == (SENT + timedelta(days=8), 1, "n1")


def test_before_the_deadline_nothing_is_due() -> None:
    assert _due(party("bakery", told("accepted", due_on=TODAY))) == ()


@pytest.mark.parametrize("state", ["fixed", "mitigated"])
def test_it_stops_when_a_look_shows_the_fix(state: str) -> None:
    assert _due(party("bakery", told("silent"), exposure=exposure(state))) == ()


def test_an_answer_stops_nothing() -> None:
    assert _one(party("bakery", told("answered", answer="fixed"))) == (("deadline passed",), "tell the second contact")


def test_a_fix_does_not_stop_it_while_there_is_a_trace_of_compromise() -> None:
    traced = exposure("fixed", compromise="confirmed")
    assert _one(party("bakery", told("silent", told_compromise=True), exposure=traced)) == (
        ("deadline passed", "unanswered"),
        "tell the second contact",
    )
    assert _one(party("bakery", told("accepted", due_on=TODAY), exposure=traced)) == (
        ("newly compromised",),
        "send a notice",
    )


def test_what_is_affected_again_since_the_last_notice_is_told_where_they_were_reached() -> None:
    again = exposure(reopened_on=SENT + timedelta(days=3))
    (row,) = _due(party("bakery", told("replied", due_on=TODAY), exposure=again))
    assert (row.why, row.step, row.way and row.way.address) == (("reopened",), "send a notice", IT.address)
    assert row.since == SENT + timedelta(days=3)
    assert _due(party("bakery", told("replied", due_on=TODAY), exposure=exposure(reopened_on=SENT))) == ()


def test_a_bounce_goes_to_the_next_contact_at_once() -> None:
    assert _one(party("bakery", told("bounced", due_on=TODAY))) == (("bounced",), "tell the second contact")
    assert _due(party("bakery", told("bounced", due_on=TODAY), told("accepted", "n2", due_on=TODAY))) == ()


def test_what_needs_a_person_goes_to_one() -> None:
    assert _one(party("bakery", told("uncertain", due_on=TODAY)))[1] == SETTLE
    assert _one(party("bakery", told("answered", answer="need_help", due_on=TODAY)))[1] == HELP
    assert _one(party("bakery", told("answered", answer="not_ours", due_on=TODAY)))[1] == REVIEW
    assert _one(party("bakery", told("answered", answer="wrong_contact", due_on=TODAY)))[1] == REVIEW
    assert _due(party("bakery", told("answered", answer="need_help", is_settled=True, due_on=TODAY))) == ()


def test_after_the_wrong_contact_was_mended_the_next_one_is_told() -> None:
    wrong = told("answered", answer="wrong_contact", is_settled=True, due_on=TODAY)
    assert _one(party("bakery", wrong)) == (("says it is the wrong contact",), "tell the second contact")
    assert _due(party("bakery", wrong, told("accepted", "n2", due_on=TODAY))) == ()


def test_the_deadline_is_that_of_the_newest_notice_that_left() -> None:
    withdrawn = told("cancelled", "n2", due_on=SENT)
    (row,) = _due(party("bakery", told("silent", due_on=SENT + timedelta(days=9)), withdrawn))
    assert (row.deadline, row.since, row.notice) == (SENT + timedelta(days=9), SENT + timedelta(days=10), "n1")
    assert _due(party("bakery", told("accepted", due_on=TODAY), withdrawn)) == ()


def test_while_a_notice_is_under_way_nothing_else_is_due() -> None:
    assert _due(party("bakery", told("silent"), told("waiting", "n2", due_on=TODAY))) == ()
    assert _one(party("bakery", told("silent"), told("waiting", "n2")))[1] == SEND
    assert _one(party("bakery", told("written")))[1] == CARRY


def test_a_plan_that_nobody_approved_silences_nothing() -> None:
    looked_at = told("planned", "n2", due_on=TODAY)
    (row,) = _due(party("bakery", told("bounced", due_on=TODAY), looked_at))
    assert (row.why, row.step, row.notice) == (("bounced",), SEND, "n1")
    assert _one(party("bakery", looked_at)) == (("never told",), SEND)
    assert _due(party("bakery", told("waiting", due_on=TODAY), looked_at)) == ()


def test_whoever_was_never_told_is_due_by_the_first_way_there_is() -> None:
    assert _one(party("bakery")) == (("never told",), "send a notice")
    assert _one(party("nobody", has_contact=False)) == (("never told",), "put on the phone list")
    assert _one(party("bakery", told("retracted"))) == (("never told",), "send a notice")
    assert _due(party("unsure", exposure=exposure("undetermined"))) == ()


@pytest.mark.parametrize("state", ["out of sight", "undetermined"])
def test_what_is_out_of_sight_is_looked_for_again_and_not_called_fixed(state: str) -> None:
    assert _one(party("bakery", told("silent"), exposure=exposure(state)))[1] == LOOK


def test_public_bodies_come_first_then_the_gravest_reason_then_the_oldest() -> None:
    late = told("silent", due_on=TODAY - timedelta(days=1))
    rows = _due(
        party("young", late),
        party("old", told("silent")),
        party("hit", told("bounced")),
        party("clinic", late, body=body("health", public=True)),
    )
    assert [row.constituent for row in rows] == ["clinic", "hit", "old", "young"]


@given(PARTIES)
def test_every_row_has_a_reason_and_a_step_and_none_is_fixed(parties: list[Party]) -> None:
    by_id = {each.id: each for each in parties}
    rows = _due(*parties)
    assert len({row.constituent for row in rows}) == len(rows)
    for row in rows:
        seen = by_id[row.constituent].exposure
        assert seen.compromise or seen.state not in ("fixed", "mitigated")
        assert set(row.why) <= set(REASONS)
        assert row.why
        assert row.step in STEPS


@given(PARTIES)
def test_whoever_is_open_and_not_under_way_is_due_when_all_deadlines_have_passed(parties: list[Party]) -> None:
    wanted = {each.id for each in parties if each.exposure.state == "open" or each.exposure.compromise}
    assert wanted <= {row.constituent for row in _due(*parties)}
