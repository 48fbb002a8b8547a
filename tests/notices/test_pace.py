"""Rates in all and per domain."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tocsin.notices.pace import Gone, Pace, gone_since, room_for, room_in_all

NOW = datetime(2021, 3, 14, 10, tzinfo=UTC)
PACE = Pace(in_all=600, per_domain=60)


def test_a_burst_is_a_sixth_of_a_minute() -> None:
    assert room_in_all(PACE, Gone()) == 100
    assert room_for(PACE, Gone(), "council.example") == 10


def test_what_went_in_the_last_minute_counts_and_what_went_before_does_not() -> None:
    ago = [("council.example", NOW - timedelta(seconds=seconds)) for seconds in (1, 30, 59, 61)]
    gone = gone_since(ago, now=NOW)
    assert gone.minute["council.example"] == 3
    assert gone.burst["council.example"] == 1


def test_a_minutes_rate_holds_over_the_minute() -> None:
    gone = Gone(minute={"council.example": 58}, burst={})
    assert room_for(PACE, gone, "council.example") == 2
    assert room_for(PACE, gone, "shop.example") == 10
    assert room_in_all(PACE, Gone(minute={"a.example": 700}, burst={})) == 0


def test_the_slowest_rate_sends_one_a_minute() -> None:
    slow = Pace(in_all=1, per_domain=1)
    assert room_in_all(slow, Gone()) == 1
    assert room_in_all(slow, Gone(minute={"a.example": 1}, burst={})) == 0


def test_a_rate_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="sends nothing"):
        Pace(in_all=0, per_domain=1)
