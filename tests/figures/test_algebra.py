"""Figures are added, divided and compared only where the answer is true, and every other time it is said why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from math import isclose

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.figures.arbitrary import AFFECTED, EVER, FIXED, MEDIAN, PASSAGE, SEEN, figures

from tocsin.figures import (
    Comparison,
    Estimate,
    Figure,
    Measure,
    NotComparable,
    Period,
    add,
    are_complements,
    change,
    compare,
    complement,
    divide,
)
from tocsin.figures.algebra import opposite
from tocsin.figures.comparable import differences

ENDLESS = float("inf")
FOOD = replace(AFFECTED, id="a/sector=food", unit="organisations", group="sector=food", denominator=None)
COUNTS = st.integers(0, 10**6)


def refusal(ask: Callable[[], object]) -> NotComparable:
    with pytest.raises(NotComparable) as caught:
        ask()
    return caught.value


def named(ask: Callable[[], object]) -> list[str]:
    """The parts that the refusal names."""
    return [each.name for each in refusal(ask).differences]


def instead(ask: Callable[[], object]) -> Figure | None:
    return refusal(ask).instead


@st.composite
def held(draw: st.DrawFn) -> tuple[int, int, int]:
    """Bounds and a true count between them."""
    low, true, high = sorted(draw(st.tuples(COUNTS, COUNTS, COUNTS)))
    return low, true, high


def of(numbers: tuple[int, int, int], **others: object) -> Figure:
    return replace(FOOD, low=numbers[0], high=numbers[2], **others)  # type: ignore[arg-type]


# The founding slip.

ADDRESSES = replace(
    SEEN,
    id="addresses-seen",
    unit="addresses",
    place="everywhere",
    as_of=date(2021, 3, 1),
    low=400_000,
    high=400_000,
    source=PASSAGE,
)
PATCHED = replace(
    ADDRESSES,
    id="addresses-patched",
    low=0.92,
    high=0.92,
    state="patched or mitigated",
    as_of=date(2021, 3, 22),
    denominator=ADDRESSES,
    measure=Measure.SHARE,
)
UPDATED = replace(
    PATCHED,
    id="customers-updated",
    unit="customers",
    state="updated",
    denominator=None,
    source=replace(PASSAGE, document="cd" * 32),
)


def test_addresses_patched_or_mitigated_are_not_customers_that_have_updated() -> None:
    assert named(lambda: compare(PATCHED, UPDATED)) == ["unit", "state", "denominator"]


def test_its_refusal_says_of_what_the_share_was() -> None:
    with pytest.raises(NotComparable, match=r"400,000 addresses seen everywhere, as of 1 March 2021 / not stated"):
        compare(PATCHED, UPDATED)


def test_neither_can_stand_for_the_rest_of_the_other() -> None:
    rest = replace(UPDATED, low=0.08, high=0.08, state="not updated")
    assert named(lambda: are_complements(PATCHED, rest)) == ["unit", "denominator"]


# Comparing.


@pytest.mark.parametrize(
    ("left", "right", "answer"),
    [
        ((3, 5), (7, 9), Comparison(relation="less", low=-6, high=-2)),
        ((7, 9), (3, 5), Comparison(relation="greater", low=2, high=6)),
        ((5, 5), (5, 5), Comparison(relation="equal", low=0, high=0)),
        ((3, 7), (7, 9), Comparison(relation="cannot tell", low=-6, high=0)),
        ((3, ENDLESS), (1, 2), Comparison(relation="greater", low=1, high=ENDLESS)),
        ((3, ENDLESS), (1, ENDLESS), Comparison(relation="cannot tell", low=-ENDLESS, high=ENDLESS)),
    ],
)
def test_bounds_decide_or_leave_it_open(
    left: tuple[float, float], right: tuple[float, float], answer: Comparison
) -> None:
    one = replace(AFFECTED, low=left[0], high=left[1])
    assert compare(one, replace(AFFECTED, low=right[0], high=right[1])) == answer


def test_chance_widens_what_cannot_be_told_apart() -> None:
    less = replace(FIXED, low=0.6, high=0.7)
    assert compare(less, FIXED).relation == "less"
    assert compare(replace(less, estimate=Estimate(value=0.65, low=0.5, high=0.75)), FIXED).relation == "cannot tell"


@given(held(), held())
def test_the_true_difference_lies_within_the_bounds_and_the_relation_is_true(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    answer = compare(of(one), of(other))
    true = one[1] - other[1]
    assert answer.low <= true <= answer.high
    assert answer.relation in ("cannot tell", "less" if true < 0 else "greater" if true > 0 else "equal")


@given(figures(), figures())
def test_a_refusal_is_the_same_from_both_sides(left: Figure, right: Figure) -> None:
    assume(differences(left, right))
    found = refusal(lambda: compare(left, right)).differences
    assert found == tuple(each.mirrored() for each in refusal(lambda: compare(right, left)).differences)


@given(held(), held())
def test_an_answer_is_the_same_from_both_sides(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    there, back = compare(of(one), of(other)), compare(of(other), of(one))
    assert (there.low, there.high) == (-back.high, -back.low)


def test_a_count_beside_a_share_gets_the_whole_of_the_share() -> None:
    assert instead(lambda: compare(FIXED, EVER)) == EVER
    assert instead(lambda: compare(EVER, FIXED)) == EVER
    assert instead(lambda: compare(PATCHED, UPDATED)) is None


def test_sectors_are_held_beside_each_other_only_when_asked_to() -> None:
    other = replace(FOOD, group="sector=health", low=2000, high=2100)
    assert named(lambda: compare(FOOD, other)) == ["group"]
    assert compare(FOOD, other, across=("group",)).relation == "less"


# Change.


def test_a_change_is_of_the_same_thing_on_a_later_day() -> None:
    later = replace(AFFECTED, as_of=date(2021, 4, 30), low=700, high=900)
    assert change(AFFECTED, later) == Comparison(relation="less", low=-600, high=-300)


@pytest.mark.parametrize(
    "day", [date(2021, 3, 31), date(2021, 3, 1), Period(begins=date(2021, 4, 1), ends=date(2021, 4, 9))]
)
def test_the_same_day_an_earlier_one_and_a_range_beside_a_day_are_no_change(day: date | Period) -> None:
    assert named(lambda: change(AFFECTED, replace(AFFECTED, as_of=day))) == ["as_of"]


def test_another_method_is_named_and_not_taken_for_a_change() -> None:
    later = replace(AFFECTED, as_of=date(2021, 4, 30), method="two sources")
    assert named(lambda: change(AFFECTED, later)) == ["method"]


def test_the_whole_of_a_share_stays_or_is_of_the_same_day() -> None:
    day, later = AFFECTED.as_of, date(2021, 4, 30)
    assert change(FIXED, replace(FIXED, as_of=later)).relation == "cannot tell"
    daily = replace(FIXED, denominator=SEEN)
    assert change(daily, replace(daily, as_of=later, denominator=replace(SEEN, as_of=later))).low < 0
    moved = replace(FIXED, as_of=later, denominator=replace(EVER, as_of=day))
    assert named(lambda: change(FIXED, moved)) == ["denominator.as_of"]


# Adding.


@given(held(), held())
def test_the_true_sum_lies_within_the_bounds(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    both = add(of(one), of(other, group="sector=health"))
    assert both.low <= one[1] + other[1] <= both.high


@given(held(), held(), held(), st.booleans())
def test_neither_order_nor_brackets_change_a_sum(
    one: tuple[int, int, int], two: tuple[int, int, int], three: tuple[int, int, int], has_wholes: bool
) -> None:
    a, b, c = (
        of(numbers, id=f"a/{sector}", group=f"sector={sector}")
        for numbers, sector in zip((one, two, three), ("food", "health", "art"), strict=True)
    )
    if has_wholes:
        a, b, c = (replace(each, denominator=replace(each, id="seen", state="seen")) for each in (a, b, c))
    assert add(a, b) == add(b, a)
    assert add(add(a, b), c) == add(a, add(b, c))


def test_a_sum_says_what_it_is_of() -> None:
    assert str(add(FOOD, replace(FOOD, group="sector=health"))) == (
        "at least 2,400 and at most 2,600 organisations affected in GB (sector food or health), as of 31 March 2021"
    )
    assert "services affected in FR and GB" in str(add(AFFECTED, replace(AFFECTED, place="FR")))


def test_wholes_add_up_where_they_have_nobody_in_common() -> None:
    in_france = replace(AFFECTED, place="FR", denominator=replace(SEEN, place="FR"))
    both = add(AFFECTED, in_france)
    assert both.denominator is not None
    assert both.denominator.low == 2 * SEEN.low
    assert add(AFFECTED, replace(in_france, denominator=SEEN)).denominator is None


def test_who_would_be_counted_twice_is_not_added() -> None:
    with pytest.raises(NotComparable, match="without counting organisations twice"):
        add(replace(FOOD, group="country=GB"), replace(FOOD, group="country=FR"))
    assert named(lambda: add(FOOD, FOOD)) == ["group"]


def test_everything_else_that_differs_is_named_too() -> None:
    other = replace(FOOD, unit="persons", state="fixed", group="sector=art", method="by hand", as_of=date(2021, 3, 1))
    assert named(lambda: add(FOOD, other)) == ["unit", "state", "as_of", "method"]


def test_shares_and_estimates_do_not_add_up() -> None:
    assert named(lambda: add(FIXED, replace(FIXED, place="FR"))) == ["measure"]
    guess = replace(FOOD, estimate=Estimate(value=1250, low=1000, high=1400))
    assert named(lambda: add(guess, replace(FOOD, group="sector=art"))) == ["estimate"]


# Dividing.


@given(held(), held())
def test_the_true_share_lies_within_the_bounds(part: tuple[int, int, int], whole: tuple[int, int, int]) -> None:
    assume(whole[1] > 0 and part[1] <= whole[1])
    all_seen = of(whole, state="seen")
    share = divide(of(part), all_seen)
    assert share.low <= part[1] / whole[1] <= share.high
    assert share.denominator == all_seen


@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 6), st.integers(0, 6))
def test_the_bounds_of_a_share_are_reached(one: int, other: int, first: int, second: int) -> None:
    lows, highs = sorted((one, other)), sorted((first, second))
    ratios = [p / w for p in range(lows[0], lows[1] + 1) for w in range(highs[0], highs[1] + 1) if w > 0 and p <= w]
    assume(ratios)
    share = divide(of((lows[0], 0, lows[1])), of((highs[0], 0, highs[1]), state="seen"))
    assert share.low == min(ratios)
    # Where part and whole may be any equal number, all of it may be in the state.
    assert share.high == max(ratios)


def test_a_share_says_of_what() -> None:
    assert str(divide(AFFECTED, SEEN)) == (
        "at least 38.6% and at most 41.9% of 3,107 services seen in GB were affected, as of 31 March 2021"
    )


def test_a_declared_denominator_may_be_of_another_day() -> None:
    share = divide(replace(AFFECTED, state="fixed", denominator=EVER), EVER)
    assert "ever affected in GB (as of 2 March 2021) were fixed, as of 31 March 2021" in str(share)


def test_what_is_not_the_denominator_must_hold_the_part() -> None:
    assert named(lambda: divide(AFFECTED, EVER)) == ["as_of", "state"]
    assert named(lambda: divide(replace(AFFECTED, state="unseen"), replace(SEEN, low=3000))) == ["state"]
    assert instead(lambda: divide(AFFECTED, EVER)) == SEEN


def test_parts_of_another_unit_are_never_divided() -> None:
    mixed = replace(AFFECTED, unit="organisations")
    assert named(lambda: divide(mixed, SEEN)) == ["unit"]
    assert instead(lambda: divide(mixed, SEEN)) is None


def test_nothing_is_divided_by_zero() -> None:
    none = replace(SEEN, low=0, high=0)
    with pytest.raises(NotComparable, match="a denominator of zero"):
        divide(replace(AFFECTED, low=0, high=0, denominator=none), none)


def test_a_part_beyond_its_whole_is_refused() -> None:
    assert named(lambda: divide(replace(AFFECTED, low=4000, high=4000), SEEN)) == ["bounds"]


def test_a_whole_without_upper_bound_leaves_the_share_open_below() -> None:
    share = divide(AFFECTED, replace(SEEN, low=2000, high=ENDLESS))
    assert (share.low, share.high) == (0, 0.65)


# Complements.


@given(figures().filter(lambda figure: figure.measure is Measure.SHARE))
def test_the_rest_of_the_rest_is_the_share(share: Figure) -> None:
    again = complement(complement(share))
    assert isclose(again.low, share.low, abs_tol=1e-12)
    assert isclose(again.high, share.high, abs_tol=1e-12)
    assert replace(again, low=share.low, high=share.high, estimate=share.estimate) == share
    assert are_complements(share, complement(share))


def test_a_share_and_its_rest_are_said_alike() -> None:
    told = str(complement(replace(FIXED, estimate=Estimate(value=0.72, low=0.7, high=0.75))))
    assert told.startswith("an estimated 28.0% (95% interval 25.0% to 30.0%; 26.0% to 28.8% with the undetermined")
    assert "were not fixed, as of" in told


@pytest.mark.parametrize("state", ["fixed", "not fixed", "affected", "not_affected", "other than affected"])
def test_a_state_is_the_opposite_of_its_opposite(state: str) -> None:
    assert opposite(opposite(state)) == state


def test_who_is_not_affected_is_not_the_rest_of_who_is() -> None:
    assert opposite("affected") != "not_affected"
    assert "were other than affected" in str(complement(replace(FIXED, state="affected")))


def test_only_a_share_has_a_rest() -> None:
    assert named(lambda: complement(AFFECTED)) == ["measure"]
    assert named(lambda: are_complements(MEDIAN, MEDIAN)) == ["measure"]


def test_92_had_and_8_had_not_belong_together_only_as_shares_of_one_whole() -> None:
    had = replace(FIXED, low=0.92, high=0.92)
    had_not = replace(had, low=0.08, high=0.08, state="not fixed")
    assert are_complements(had, had_not)
    assert not are_complements(had, replace(had_not, low=0.07))
    assert not are_complements(had, replace(had_not, state="affected"))
    assert named(lambda: are_complements(had, replace(had_not, denominator=SEEN))) == [
        "denominator.state",
        "denominator.as_of",
    ]
