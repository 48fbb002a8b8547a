"""Whether one constituent is told now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.notices.planned import ABUSE, NOW, PHONE, SECURITY, item, party, told

from tocsin.notices import Item, Kind, Policy, Withheld
from tocsin.notices.deciding import FAILED, TOLD, Candidate, Decision, Earlier, decide, key_of
from tocsin.notices.state import Standing

BOTH = (SECURITY, ABUSE)


def decided(
    *earlier: Earlier,
    items: Sequence[Item] = (item(),),
    by: Sequence[Candidate] = BOTH,
    suppressed: Mapping[str, str] | None = None,
    policy: Policy | None = None,
) -> Decision | Withheld:
    return decide(party(), items, by, earlier, suppressed or {}, policy or Policy(), NOW)


def taken(*earlier: Earlier, **rest: object) -> Decision:
    found = decided(*earlier, **rest)  # type: ignore[arg-type]  # passed on as it is
    assert isinstance(found, Decision), found
    return found


def left(*earlier: Earlier, **rest: object) -> Withheld:
    found = decided(*earlier, **rest)  # type: ignore[arg-type]  # passed on as it is
    assert isinstance(found, Withheld), found
    return found


def test_whoever_was_never_told_is_told_by_its_first_contact() -> None:
    found = taken()
    assert (found.kind, found.candidate) == (Kind.FIRST, SECURITY)
    assert found.why == "not told before; first of its contacts, from registry"


def test_nobody_hears_of_the_same_within_the_days() -> None:
    found = left(told(item(), days_ago=13.9))
    assert (found.code, found.items) == ("told_recently", 1)
    assert found.until is not None
    assert (found.until - NOW.date()).days == 0
    assert "notice of 2021-03-01" in found.why


def test_after_the_days_a_reminder_goes_to_another_contact() -> None:
    found = taken(told(item(), days_ago=14))
    assert (found.kind, found.candidate) == (Kind.REMINDER, ABUSE)
    assert found.why == (
        "reminder 1 of at most 3: unchanged since 2021-03-01; next of its contacts, from rdap; passed over: "
        "security@council.example was told of it before"
    )


def test_a_reminder_may_go_to_the_same_desk_by_another_channel() -> None:
    assert taken(told(item(), days_ago=20), by=(SECURITY, PHONE)).candidate == PHONE


def test_the_same_address_under_another_contact_is_not_another_way() -> None:
    twin = replace(ABUSE, address="Security@Council.example")
    assert left(told(item(), days_ago=20), by=(SECURITY, twin)).code == "no_other_contact"


def test_when_reminders_are_spent_a_person_takes_over() -> None:
    many = [told(item(), days_ago=20 + days, by=PHONE, kind=Kind.REMINDER) for days in range(3)]
    found = left(told(item(), days_ago=80), *many)
    assert (found.code, found.why) == ("reminders_spent", "3 reminders brought no change; a person takes over")


def test_what_is_new_is_told_at_once_and_alone() -> None:
    found = taken(told(item(17), days_ago=2), items=[item(17), item(18)])
    assert (found.kind, found.candidate, found.items) == (Kind.FIRST, SECURITY, (item(18),))
    assert found.why.startswith("1 not told before; 1 told less than 14 days ago left out")


def test_what_is_new_takes_with_it_what_may_be_told_again() -> None:
    found = taken(told(item(17), days_ago=20), items=[item(17), item(18)])
    assert (found.kind, found.candidate, len(found.items)) == (Kind.FIRST, SECURITY, 2)


def test_compromise_of_a_server_told_as_affected_is_news() -> None:
    worse = item(compromise="confirmed")
    assert taken(told(item(), days_ago=1), items=[worse]).items == (worse,)


def test_a_part_that_was_fixed_makes_no_news_of_the_rest() -> None:
    assert left(told(item(17), item(18), days_ago=1), items=[item(18)]).code == "told_recently"


@pytest.mark.parametrize("standing", sorted(FAILED))
def test_after_a_bounce_the_next_contact_is_told_at_once(standing: Standing) -> None:
    found = taken(told(item(), days_ago=0.1, standing=standing))
    assert (found.kind, found.candidate) == (Kind.FIRST, ABUSE)
    assert "security@council.example gave an earlier notice back" in found.why
    assert left(told(item(), standing=standing), by=[SECURITY]).code == "bounced"


@pytest.mark.parametrize(
    ("earlier", "code"),
    [
        (told(item(), standing=Standing.WAITING), "waiting"),
        (told(item(), standing=Standing.UNCERTAIN), "uncertain"),
        (told(item(), standing=Standing.ANSWERED, answer="not_ours"), "answer"),
    ],
)
def test_what_is_not_settled_comes_first(earlier: Earlier, code: str) -> None:
    assert left(earlier, items=[item(), item(18)]).code == code


@pytest.mark.parametrize("standing", [Standing.PLANNED, Standing.CANCELLED, Standing.RETRACTED])
def test_what_never_left_or_was_taken_back_does_not_count(standing: Standing) -> None:
    assert taken(told(item(), standing=standing)).kind is Kind.FIRST


@pytest.mark.parametrize("name", ["security@council.example", "council.example", "example"])
def test_a_suppressed_address_is_passed_over(name: str) -> None:
    found = taken(suppressed={name: "asked to stop"}, by=(SECURITY, PHONE))
    assert found.candidate == PHONE
    assert f"is not to be written to ({name}): asked to stop" in found.why


def test_suppression_of_a_domain_is_not_that_of_one_that_ends_alike() -> None:
    assert taken(suppressed={"cil.example": "x"}).candidate == SECURITY


def test_a_contact_that_is_barred_is_passed_over_with_the_reason() -> None:
    unsafe = replace(SECURITY, bar=("unsafe", "has its mail received by 192.0.2.17, which is affected"))
    found = taken(by=(unsafe, ABUSE))
    assert found.candidate == ABUSE
    assert "has its mail received by 192.0.2.17" in found.why
    assert left(by=[unsafe]).code == "unsafe"


def test_without_a_contact_it_is_counted_as_such() -> None:
    assert left(by=[]).code == "no_contact"
    barred = replace(SECURITY, bar=("unsafe", "x"))
    assert left(by=[barred, ABUSE], suppressed={ABUSE.address: "x"}).code == "no_usable_contact"


NUMBERS = st.integers(1, 4)
EARLIER = st.lists(
    st.builds(
        lambda numbers, days, by, standing, kind: told(
            *map(item, numbers), days_ago=days, by=by, standing=standing, kind=kind
        ),
        st.sets(NUMBERS, min_size=1),
        st.integers(0, 40),
        st.sampled_from([SECURITY, ABUSE, PHONE]),
        st.sampled_from(sorted(Standing)),
        st.sampled_from([Kind.FIRST, Kind.REMINDER]),
    ),
    max_size=5,
)


@given(earlier=EARLIER, numbers=st.sets(NUMBERS, min_size=1))
def test_whatever_went_before_nobody_is_told_twice_within_the_days(earlier: list[Earlier], numbers: set[int]) -> None:
    found = decided(*earlier, items=[item(number) for number in sorted(numbers)], by=[SECURITY, ABUSE, PHONE])
    if isinstance(found, Withheld):
        assert found.items > 0
        return
    keys = {key_of(each) for each in found.items}
    assert keys
    for each in earlier:
        if each.standing in TOLD and each.at is not None and keys & each.told:
            assert (NOW - each.at).days >= Policy().unchanged_days
            if found.kind is Kind.REMINDER:
                assert (each.channel, each.address) != (found.candidate.channel, found.candidate.address)
