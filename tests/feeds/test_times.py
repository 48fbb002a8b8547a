from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.feeds.reading import NOW

from tocsin.feeds.recipe import Clock
from tocsin.feeds.times import PROBLEMS, check_format, parse_times

ISO = Clock(formats=("iso",), zone=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse(text: str | None, clock: Clock = ISO) -> datetime | str:
    """The time, or what is wrong with it."""
    micros, problems = parse_times(pa.array([text], pa.string()), clock, now=NOW)
    return PROBLEMS[problems[0]] or EPOCH + timedelta(microseconds=int(micros[0]))


@pytest.mark.parametrize(
    "text",
    [
        "2021-03-10 10:00:00",
        "2021-03-10T10:00:00",
        "2021-03-10T10:00:00Z",
        "2021-03-10T12:00:00+02:00",
        "2021-03-10 10:00:00.000",
        " 2021-03-10 10:00 ",
    ],
)
def test_one_moment_in_many_spellings(text: str) -> None:
    assert parse(text) == datetime(2021, 3, 10, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "is empty"),
        ("yesterday", "is no time that can be read"),
        ("1615370400", "is no time that can be read"),
        ("2021-02-29 00:00:00", "is no time that can be read"),
        ("2021-13-01 00:00:00", "is no time that can be read"),
        ("2021-03-10 24:00:01", "is no time that can be read"),
        ("0000-00-00 00:00:00", "is no time that can be read"),
        ("1989-12-31 23:59:59", "lies before 1990"),
        ("0001-01-01 00:00:00", "lies before 1990"),
        ("2021-06-02 00:00:01", "lies in the future"),
        ("9999-12-31 23:59:59", "lies in the future"),
    ],
)
def test_what_is_no_time_is_told_why(text: str | None, problem: str) -> None:
    assert parse(text) == problem


def test_a_clock_may_be_a_day_ahead() -> None:
    assert parse("2021-06-02 00:00:00") == NOW + timedelta(days=1)


@given(st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2021, 6, 1)), min_size=1))
def test_the_quick_way_reads_what_the_standard_library_writes(moments: list[datetime]) -> None:
    moments = [moment.replace(microsecond=0) for moment in moments]
    micros, problems = parse_times(pa.array([f"{moment:%Y-%m-%d %H:%M:%S}" for moment in moments]), ISO, now=NOW)
    assert not problems.any()
    assert [EPOCH + timedelta(microseconds=int(each)) for each in micros] == [
        each.replace(tzinfo=UTC) for each in moments
    ]


@given(st.text(alphabet="0123456789-: TZ+", min_size=17, max_size=21))
def test_the_quick_way_never_reads_what_the_standard_library_does_not(text: str) -> None:
    try:
        wanted = datetime.fromisoformat(text.strip())
    except ValueError:
        assert isinstance(parse(text), str)
        return
    found = parse(text)
    assert isinstance(found, str) or found == (wanted if wanted.tzinfo else wanted.replace(tzinfo=UTC))


def test_the_zone_of_a_mapping_holds_where_the_text_names_none() -> None:
    zone = Clock(formats=("iso",), zone=timezone(timedelta(hours=2)))
    assert parse("2021-03-10 12:00:00", zone) == datetime(2021, 3, 10, 10, tzinfo=UTC)
    assert parse("2021-03-10T12:00:00Z", zone) == datetime(2021, 3, 10, 12, tzinfo=UTC)
    summer = Clock(formats=("iso",), zone=ZoneInfo("Europe/London"))
    assert parse("2021-04-10 12:00:00", summer) == datetime(2021, 4, 10, 11, tzinfo=UTC)


def test_formats_are_tried_in_order() -> None:
    clock = Clock(formats=("%d/%m/%Y %H:%M", "epoch", "epoch_ms"), zone=UTC)
    assert parse("10/03/2021 10:00", clock) == datetime(2021, 3, 10, 10, tzinfo=UTC)
    assert parse("1615370400", clock) == datetime(2021, 3, 10, 10, tzinfo=UTC)
    assert parse("1615370400.5", Clock(formats=("epoch",), zone=UTC)) == datetime(2021, 3, 10, 10, 0, 0, 500000, UTC)
    assert parse("1615370400000", Clock(formats=("epoch_ms",), zone=UTC)) == datetime(2021, 3, 10, 10, tzinfo=UTC)
    assert parse("9" * 20, clock) == "is no time that can be read"
    assert parse("1e9", clock) == "is no time that can be read"


def test_a_format_that_cannot_work_is_told() -> None:
    assert check_format("iso") is check_format("epoch") is check_format("%d.%m.%Y %H:%M:%S") is None
    assert "is no format of time" in str(check_format("%d.%Q"))
    assert "does not say year, month and day" in str(check_format("%H:%M"))
