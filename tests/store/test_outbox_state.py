"""What a sender that is no more left, and what a person says of an uncertain notice."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.engine import Engine
from tests.store.queued import FAST, NOW, PLAN, events_of, message_id_of, queue, state_of

from tocsin.store.audit import verify
from tocsin.store.outbox import HANDING, begin_handing, take
from tocsin.store.outbox_state import counts, next_due, recover, settle, uncertain_ones

HOUR = timedelta(hours=1)


def half_handed(desk: Engine) -> list[str]:
    """Two notices of which the first was being handed over when its sender ended."""
    numbers = queue(desk, ["it@a.example", "it@b.example"])
    take(desk, PLAN, lease="one", limit=2, pace=FAST, now=NOW)
    begin_handing(desk, numbers[:1], lease="one", now=NOW)
    return numbers


def test_what_was_being_handed_over_is_uncertain_and_waits_for_a_person(desk: Engine) -> None:
    numbers = half_handed(desk)
    assert recover(desk, has_taken=lambda _: None, accepted_as="accepted", now=NOW + HANDING - HOUR / 60) == {}
    assert recover(desk, has_taken=lambda _: None, accepted_as="accepted", now=NOW + HANDING) == {
        numbers[0]: "uncertain"
    }
    assert [each.number for each in take(desk, PLAN, lease="two", limit=5, pace=FAST, now=NOW + 9 * HOUR)] == numbers[
        1:
    ]
    [(number, address, message_id, _)] = uncertain_ones(desk, PLAN)
    assert (number, address, message_id) == (numbers[0], "it@a.example", message_id_of(0))
    assert uncertain_ones(desk, "another") == []


def test_a_folder_can_tell_and_nobody_is_asked(desk: Engine) -> None:
    numbers = half_handed(desk)
    found = recover(desk, has_taken=lambda number: number == numbers[0], accepted_as="written", now=NOW + HANDING)
    assert found == {numbers[0]: "done"}
    assert events_of(desk, numbers[0]) == ["queued", "written"]


def test_what_a_folder_does_not_have_waits_again(desk: Engine) -> None:
    numbers = half_handed(desk)
    assert recover(desk, has_taken=lambda _: False, accepted_as="written", now=NOW + HANDING) == {numbers[0]: "waiting"}
    assert len(take(desk, PLAN, lease="two", limit=5, pace=FAST, now=NOW + HANDING)) == 2


def test_a_person_says_it_was_sent(desk: Engine) -> None:
    numbers = half_handed(desk)
    recover(desk, has_taken=lambda _: None, accepted_as="accepted", now=NOW + HANDING)
    words = {"reason": "found in the relay's log", "author": "A. Officer", "deadline": HOUR, "now": NOW + HOUR}
    assert settle(desk, numbers[0], was_sent=True, **words)
    assert not settle(desk, numbers[0], was_sent=False, **words), "what is settled is settled"
    assert state_of(desk, numbers[0]) == "done"
    assert events_of(desk, numbers[0]) == ["queued", "uncertain", "accepted"]
    assert verify(desk).broken is None


def test_a_person_says_it_is_to_be_sent_again(desk: Engine) -> None:
    numbers = half_handed(desk)
    recover(desk, has_taken=lambda _: None, accepted_as="accepted", now=NOW + HANDING)
    later = NOW + 72 * HOUR
    assert settle(
        desk, numbers[0], was_sent=False, reason="not in the relay's log", author="A. Officer", deadline=HOUR, now=later
    )
    again = [each for each in take(desk, PLAN, lease="two", limit=5, pace=FAST, now=later) if each.number == numbers[0]]
    assert again[0].deadline == later + HOUR
    assert events_of(desk, numbers[0]) == ["queued", "uncertain", "queued"]


def test_what_is_not_uncertain_cannot_be_settled(desk: Engine) -> None:
    numbers = queue(desk, ["it@a.example"])
    words = {"reason": "so", "author": "A. Officer", "deadline": HOUR, "now": NOW}
    assert not settle(desk, numbers[0], was_sent=True, **words)
    assert not settle(desk, "none such", was_sent=True, **words)
    assert counts(desk, PLAN) == {"waiting": 1}


def test_when_the_next_one_is_due(desk: Engine) -> None:
    assert next_due(desk, PLAN) is None
    queue(desk, ["it@a.example"], not_before=NOW + HOUR)
    assert next_due(desk, PLAN) == NOW + HOUR
