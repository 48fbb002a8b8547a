"""Build texts by a vendor's scheme."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.cases.versions import Scheme, in_words, joints_of, read_build

DOTTED = Scheme(name="dotted", parts=4, largest=65535, separators=(".",), joints=(".", ".", "."))
NETSCALER = Scheme(
    name="netscaler",
    parts=4,
    largest=65535,
    separators=(".", "-", " Build ", ": Build "),
    joints=joints_of("13.1-49.15"),
)


@pytest.mark.parametrize("text", ["13.1-48.47", "13.1.48.47", "13.1 Build 48.47", "13.1: build 48.47", " 13.1-48.47 "])
def test_the_ways_of_writing_one_build_are_one_build(text: str) -> None:
    assert read_build(NETSCALER, text) == (13, 1, 48, 47)


def test_a_build_is_written_as_the_vendor_writes_it() -> None:
    assert NETSCALER.write((13, 1, 48, 47)) == "13.1-48.47"
    assert NETSCALER.write((13, 1, 48)) == "13.1-48"


def test_zeros_before_a_number_do_not_count() -> None:
    assert read_build(DOTTED, "15.01.2176.012") == (15, 1, 2176, 12)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("15.1.2176.999999999999", "has the part 999999999999, above 65535"),
        ("15.1.2176.1.1", "has 5 parts"),
        ("15.1.x", "is not a build"),
        ("15..1", "is not a build"),
        ("", "is not a build"),
        ("１５.1", "is not a build"),
        ("1" * 65, "is longer than 64"),
        ("-1.2", "is not a build"),
    ],
)
def test_what_is_no_build_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_build(DOTTED, text)


@given(st.lists(st.integers(0, 65535), min_size=1, max_size=4))
def test_what_is_written_is_read_back(numbers: list[int]) -> None:
    assert read_build(NETSCALER, NETSCALER.write(tuple(numbers))) == tuple(numbers)


def test_small_numbers_are_words() -> None:
    assert [in_words(number) for number in (0, 3, 8, 9)] == ["no", "three", "eight", "9"]
