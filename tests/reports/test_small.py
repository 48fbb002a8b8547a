from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.dossiers import figure

from tocsin.reports.small import is_small, leaves_few, reasons_for_public, withhold

K = 5
GENERIC = ("some estimates are left out: they rest on few",)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 40), max_size=8))
def test_what_is_withheld_in_a_sum_might_each_be_large(row: dict[str, int]) -> None:
    gone = withhold({name: {"count": (count, count)} for name, count in row.items()})
    assert {name for name, count in row.items() if 0 < count < K} <= gone
    hidden = sum(row[name] for name in gone)
    assert not gone or gone == row.keys() or (len(gone) > 1 and hidden - (len(gone) - 1) >= K)


@pytest.mark.parametrize(("low", "high"), [(3, 30), (0, 4), (4, 4)])
def test_a_bound_that_is_small_makes_a_count_small(low: float, high: float) -> None:
    assert is_small((low, high))


def test_what_is_left_beside_a_figure_is_small_or_not() -> None:
    whole = figure("seen", 42)
    assert leaves_few(figure("affected", 40), whole)
    assert not leaves_few(figure("affected", 42), whole)
    assert not leaves_few(figure("affected", 20), whole)
    assert not leaves_few(figure("affected", 40), None)


@pytest.mark.parametrize(
    "why",
    [
        "too few services were exposed to estimate anything (3)",
        "the curves leave out 3 services that no complete scan showed",
        "of the services exposed 4 were never seen to end by 31 March 2021",
        "the half-life of exposure cannot be told: only about 3 ended in the last 7 days",
        "2 of 1,200 estimates behind the bands had not settled when they were given up",
    ],
)
def test_no_reason_tells_the_public_a_number(why: str) -> None:
    assert reasons_for_public([why, why]) == GENERIC


@pytest.mark.parametrize(
    "why",
    [
        "nothing was observed up to 2021-03-31",
        "no look came after 2 March 2021, so nothing can be told of how it went",
        "the 95% interval reaches 12.5%",
        "only one look came after the patch",
        "nothing was taken in yet for citrix-bleed-2023 (CVE-2023-4966)",
    ],
)
def test_days_percentages_and_names_are_told(why: str) -> None:
    assert reasons_for_public([why]) == (why,)
