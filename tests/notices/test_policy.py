"""The policy of sending."""

from __future__ import annotations

from datetime import time

import pytest

from tocsin.notices import Policy


def test_the_defaults_hold_together_and_can_be_written() -> None:
    assert Policy().as_json()["opens"] == "08:00:00"


@pytest.mark.parametrize(
    "wrong", [{"deadline_days": -1}, {"opens": time(19), "closes": time(8)}, {"in_all_per_minute": 0}]
)
def test_a_policy_that_cannot_be_kept_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"below nothing|not before|nothing, ever"):
        Policy(**wrong)  # type: ignore[arg-type]  # wrong on purpose
