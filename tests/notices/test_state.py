"""Where a notice stands, whatever the order in which its events are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.notices.state import LEFT, WORDS, Event, Standing, left_at, standing_of

BEGIN = datetime(2021, 3, 14, 10, tzinfo=UTC)
DUE = date(2021, 3, 21)
EVENTS = st.lists(
    st.builds(
        lambda what, hour: Event(what=what, at=BEGIN + timedelta(hours=hour)), st.sampled_from(WORDS), st.integers(0, 3)
    ),
    max_size=7,
)


def _events(*words: str) -> list[Event]:
    """One an hour, in this order."""
    return [Event(what=what, at=BEGIN + timedelta(hours=hour)) for hour, what in enumerate(words)]


def _standing(events: Sequence[Event], on: date = DUE) -> Standing:
    return standing_of(events, due_on=DUE, on=on)


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        ((), "planned"),
        (("queued",), "waiting"),
        (("queued", "deferred"), "waiting"),
        (("written",), "written"),
        (("queued", "deferred", "accepted"), "accepted"),
        (("queued", "refused"), "refused"),
        (("queued", "uncertain"), "uncertain"),
        (("queued", "uncertain", "accepted"), "accepted"),
        (("queued", "uncertain", "queued"), "waiting"),
        (("queued", "accepted", "bounced"), "bounced"),
        (("queued", "bounced", "accepted"), "bounced"),
        (("queued", "uncertain", "bounced"), "bounced"),
        (("queued", "accepted", "bounced", "queued"), "waiting"),
        (("queued", "accepted", "auto_replied"), "auto_replied"),
        (("queued", "accepted", "auto_replied", "bounced"), "bounced"),
        (("queued", "accepted", "replied", "auto_replied"), "replied"),
        (("queued", "accepted", "bounced", "replied"), "replied"),
        (("queued", "accepted", "answered", "bounced"), "answered"),
        (("queued", "accepted", "replied", "answered"), "answered"),
        (("queued", "accepted", "answered", "retracted"), "retracted"),
        (("queued", "cancelled"), "cancelled"),
        (("written", "cancelled"), "cancelled"),
        (("queued", "accepted", "cancelled"), "accepted"),
    ],
)
def test_a_notice_stands_where_its_events_led_it(words: tuple[str, ...], standing: str) -> None:
    assert _standing(_events(*words)) == standing


def test_accepted_becomes_silent_when_its_day_has_passed_without_a_word() -> None:
    sent = _events("queued", "accepted")
    assert _standing(sent) is Standing.ACCEPTED
    assert _standing(sent, DUE + timedelta(days=1)) is Standing.SILENT
    assert _standing([*sent, *_events("replied")], DUE + timedelta(days=1)) is Standing.REPLIED


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        (("accepted", "uncertain"), "uncertain"),
        (("queued", "accepted"), "accepted"),
        (("accepted", "refused"), "refused"),
    ],
)
def test_of_two_events_at_one_moment_the_further_that_claims_less_holds(words: tuple[str, ...], standing: str) -> None:
    tied = [Event(what=what, at=BEGIN) for what in words]
    assert _standing(tied) == _standing(tied[::-1]) == standing


@given(EVENTS, st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_read_is_nothing(events: list[Event], chance: object) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis gives a Random, and says less
    assert _standing(events) is _standing(shuffled)
    assert _standing([*events, *events]) is _standing(events)


@given(EVENTS)
def test_what_left_never_stands_where_nothing_left_unless_it_was_queued_anew_or_taken_back(events: list[Event]) -> None:
    standing, whats = _standing(events), {event.what for event in events}
    if not whats & {"queued", "deferred", "written", "refused"} and LEFT & whats:
        assert standing not in (Standing.PLANNED, Standing.WAITING, Standing.WRITTEN, Standing.CANCELLED)
    if not LEFT & whats:
        assert standing in ("planned", "waiting", "written", "refused", "cancelled", "retracted")
        assert left_at(events) is None


def test_it_left_with_the_first_event_that_only_befalls_what_left() -> None:
    assert left_at(_events("queued", "deferred", "accepted", "bounced")) == BEGIN + timedelta(hours=2)


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing that befalls a notice"):
        _standing([Event(what="lost", at=BEGIN)])
