"""Instants as text sort as they happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.store.clock import instant_text, parse_instant

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=ZONES)


def test_it_is_utc_with_microseconds() -> None:
    paris = timezone(timedelta(hours=1))
    assert instant_text(datetime(2021, 3, 10, 13, tzinfo=paris)) == "2021-03-10T12:00:00.000000+00:00"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        instant_text(datetime(2021, 3, 10, 12))


def test_what_is_read_has_its_zone() -> None:
    assert parse_instant("2021-03-10T12:00:00.000000+00:00") == datetime(2021, 3, 10, 12, tzinfo=UTC)


@given(MOMENTS)
def test_written_then_read_is_the_same_moment(moment: datetime) -> None:
    assert parse_instant(instant_text(moment)) == moment


@given(MOMENTS, MOMENTS)
def test_texts_compare_as_moments_do(one: datetime, other: datetime) -> None:
    assert (instant_text(one) < instant_text(other)) == (one < other)


@given(MOMENTS)
def test_it_fits_the_column_of_the_desk(moment: datetime) -> None:
    assert len(instant_text(moment)) == 32
