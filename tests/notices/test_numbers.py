"""Numbers of notices."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.notices.numbers import LENGTH, grouped, message_id, notice_number, parse_number, plan_id


@given(st.binary(min_size=17, max_size=17))
def test_a_number_is_read_back_however_it_is_typed(drawn: bytes) -> None:
    number = notice_number(lambda size: drawn[:size])
    assert len(number) == LENGTH
    assert parse_number(number) == number
    assert parse_number(f" {grouped(number).upper()} ") == number


def test_all_130_bits_of_chance_are_in_it() -> None:
    flipped = (int.to_bytes(1 << bit, 17, "big") for bit in range(6, 136))
    assert len({notice_number(lambda _size, drawn=drawn: drawn) for drawn in flipped}) == 130


def test_digits_that_no_number_has_are_read_as_letters() -> None:
    assert parse_number("OLB" + "a" * 23) == parse_number("018" + "a" * 23) == "olb" + "a" * 23


@pytest.mark.parametrize("text", ["", "a" * 25, "a" * 27, "9" + "a" * 25, "ä" + "a" * 25, "a" * 100_000])
def test_anything_else_is_none(text: str) -> None:
    assert parse_number(text) is None


def test_a_plan_is_named_by_its_day() -> None:
    found = plan_id(datetime(2021, 3, 14, tzinfo=UTC), bytes)
    assert found == "20210314-000000"
    assert len(found) <= 16


def test_a_notice_has_one_message_id() -> None:
    assert message_id("abc", "cert.example") == "<abc@cert.example>"
