"""Buckets, with time as an argument."""

from __future__ import annotations

import pytest

from tocsin.ui.web.limits import Bucket, Limits, Rate, network_of

FEW = Rate(burst=3, per_second=0.5)
MANY = Rate(burst=1000, per_second=1000)


def test_a_bucket_is_empty_after_its_burst_and_fills_with_time() -> None:
    bucket = Bucket(FEW, 100.0)
    for _ in range(3):
        assert bucket.wait(100.0) == 0
        bucket.charge(100.0)
    assert bucket.wait(100.0) == 2.0
    assert bucket.wait(101.9) == pytest.approx(0.1)
    assert bucket.wait(102.0) == 0
    assert bucket.wait(10_000.0, 4) == 2.0, "it never holds more than its burst"


def test_a_debt_is_bounded() -> None:
    bucket = Bucket(FEW, 0.0)
    bucket.charge(0.0, 1_000_000)
    assert bucket.wait(0.0) == 8.0


def test_a_clock_that_goes_back_gives_nothing() -> None:
    bucket = Bucket(FEW, 100.0)
    bucket.charge(100.0, 3)
    assert bucket.wait(50.0) > 0


def test_one_address_does_not_use_up_anothers() -> None:
    limits = Limits(per_address=FEW, in_all=MANY)
    assert [limits.take("192.0.2.1", 0.0) > 0 for _ in range(5)] == [False, False, False, True, True]
    assert limits.take("192.0.2.2", 0.0) == 0
    assert limits.take("192.0.2.1", 2.0) == 0


def test_all_together_are_bounded_and_a_refused_request_costs_the_others_nothing() -> None:
    limits = Limits(per_address=FEW, in_all=Rate(burst=5, per_second=1))
    for _ in range(50):
        limits.take("192.0.2.1", 0.0)
    assert [limits.take(f"198.51.100.{n}", 0.0) > 0 for n in range(4)] == [False, False, True, True]


def test_a_guess_costs_more() -> None:
    limits = Limits(per_address=FEW, in_all=MANY)
    assert limits.take("192.0.2.1", 0.0) == 0
    limits.charge("192.0.2.1", 0.0, 9)
    assert limits.take("192.0.2.1", 2.0) > 0
    assert limits.take("192.0.2.2", 2.0) == 0


def test_memory_is_bounded_by_the_addresses_that_asked_last() -> None:
    limits = Limits(per_address=FEW, in_all=MANY, most_addresses=10)
    for number in range(1000):
        limits.take(f"2001:db8:0:{number:x}::1", number)
    assert len(limits._buckets) == 10


@pytest.mark.parametrize(
    ("client", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        ("evil\r\nx", "unknown"),
        ("x" * 10_000, "unknown"),
    ],
)
def test_who_counts_as_one(client: str, network: str) -> None:
    assert network_of(client) == network
