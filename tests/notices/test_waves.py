"""The split into waves."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from tocsin.notices.waves import Waves, split

WAVES = Waves(seed="5eed", count=3, days=4, approver="A. Officer")
NAMES = [f"c{number}" for number in range(100)]


def test_the_parts_are_almost_equal_and_complete() -> None:
    found = split(NAMES, WAVES)
    assert sorted(found) == sorted(NAMES)
    assert sorted(Counter(found.values()).items()) == [(1, 34), (2, 33), (3, 33)]


def test_the_same_seed_gives_the_same_split_in_any_order() -> None:
    assert split(reversed(NAMES), WAVES) == split(NAMES, WAVES)
    assert split(NAMES, replace(WAVES, seed="other")) != split(NAMES, WAVES)


def test_the_first_wave_waits_for_nothing_and_the_last_for_all_the_days() -> None:
    assert [WAVES.delay(wave) for wave in (1, 2, 3)] == [timedelta(0), timedelta(days=2), timedelta(days=4)]


def test_few_constituents_fill_the_first_waves() -> None:
    assert sorted(split(["a", "b"], WAVES).values()) == [1, 2]
    assert split([], WAVES) == {}


@pytest.mark.parametrize(
    "wrong", [{"count": 1}, {"count": 51}, {"days": 0}, {"approver": " "}], ids=["one", "too many", "no days", "nobody"]
)
def test_waves_that_are_none_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"waves|nobody"):
        replace(WAVES, **wrong)  # type: ignore[arg-type]  # wrong on purpose
