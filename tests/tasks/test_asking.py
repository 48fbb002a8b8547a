"""What an officer types."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tocsin.errors import AskError
from tocsin.tasks.asking import parse_day, parse_moment, parse_service


@pytest.mark.parametrize(
    ("text", "address", "port"),
    [
        ("203.0.113.7", "203.0.113.7", None),
        ("203.0.113.7:443", "203.0.113.7", 443),
        ("2001:db8::7", "2001:db8::7", None),
        ("[2001:DB8::7]:443", "2001:db8::7", 443),
        ("::ffff:203.0.113.7", "203.0.113.7", None),
    ],
)
def test_services(text: str, address: str, port: int | None) -> None:
    key = parse_service(text)
    assert (key.address, key.port) == (address, port)


@pytest.mark.parametrize(
    "text",
    ["", "mail.example.org", "203.0.113.7:0", "203.0.113.7:70000", "203.0.113.7:x", "fe80::1%eth0", "[203.0.113.7"],
)
def test_what_is_no_service(text: str) -> None:
    with pytest.raises(AskError, match="is no service"):
        parse_service(text)


def test_days_and_moments() -> None:
    assert parse_day("2021-03-31", option="--as-of") == date(2021, 3, 31)
    assert parse_moment("2021-03-31T12:00", option="--known-at") == datetime(2021, 3, 31, 12, tzinfo=UTC)
    assert parse_moment("2021-03-31", option="--known-at") == datetime(2021, 3, 31, 23, 59, 59, 999999, tzinfo=UTC)
    for same in ("20210331", "2021-W13-3"):
        assert parse_moment(same, option="--known-at") == parse_moment("2021-03-31", option="--known-at")
    assert parse_day(None, option="--as-of") is None
    assert parse_moment(None, option="--known-at") is None


def test_what_is_no_date() -> None:
    with pytest.raises(AskError, match=r"--as-of '31\.3\.2021' is no date"):
        parse_day("31.3.2021", option="--as-of")
    with pytest.raises(AskError, match="is no time"):
        parse_moment("noon", option="--known-at")
