"""What anyone may learn of a notice by its number."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from tests.store.noticing import CASE, NUMBER, OTHER, add_notice, add_to_outbox

from tocsin.notices import Kind
from tocsin.store.confirmations import Gone, find_gone
from tocsin.store.schema import notice_events

GONE = Gone(number=NUMBER, case_id=CASE, kind=Kind.FIRST, on=date(2021, 3, 14), taken_back=None)


def test_a_notice_that_went_out_is_confirmed(desk: Engine) -> None:
    add_notice(desk)
    assert find_gone(desk, NUMBER) == GONE


def test_nothing_of_the_recipient_is_told() -> None:
    assert {field.name for field in fields(Gone)} == {"number", "case_id", "kind", "on", "taken_back"}


@pytest.mark.parametrize("number", [OTHER, "", "%", "k" * 500, "x' OR 1=1 --", "ä"])
def test_another_number_is_unknown(desk: Engine, number: str) -> None:
    add_notice(desk)
    assert find_gone(desk, number) is None


@pytest.mark.parametrize("events", [(), ("queued",), ("queued", "deferred"), ("refused",), ("cancelled",)])
def test_what_did_not_go_out_is_unknown(desk: Engine, events: tuple[str, ...]) -> None:
    add_notice(desk, events=events)
    assert find_gone(desk, NUMBER) is None


@pytest.mark.parametrize("event", ["uncertain", "written", "bounced", "replied", "answered"])
def test_what_a_recipient_may_hold_is_confirmed(desk: Engine, event: str) -> None:
    add_notice(desk, events=("queued", event))
    assert find_gone(desk, NUMBER) == GONE


def test_a_sender_that_was_killed_before_it_could_note_so_leaves_no_doubt(desk: Engine) -> None:
    add_notice(desk, events=("queued",))
    add_to_outbox(desk, NUMBER, "handing")
    assert find_gone(desk, NUMBER) == GONE


def test_what_waits_in_the_queue_has_not_gone(desk: Engine) -> None:
    add_notice(desk, events=("queued",))
    add_to_outbox(desk, NUMBER, "waiting")
    assert find_gone(desk, NUMBER) is None


def test_a_notice_taken_back_says_so(desk: Engine) -> None:
    add_notice(desk)
    values = {"notice": NUMBER, "what": "retracted", "detail": "", "author": "A. Officer"}
    with desk.begin() as connection:
        connection.execute(sa.insert(notice_events).values(**values, at="2021-03-16T08:00:00.000000+00:00"))
    found = find_gone(desk, NUMBER)
    assert found is not None
    assert (found.on, found.taken_back) == (date(2021, 3, 14), date(2021, 3, 16))
