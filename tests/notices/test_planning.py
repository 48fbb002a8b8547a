"""A plan as a whole: order, limit, waves, moments and numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.notices.planned import (
    CALENDAR,
    NOW,
    PHONE,
    SECURITY,
    foreseen,
    item,
    material,
    party,
    told,
)

from tocsin.notices import Plan, Policy
from tocsin.notices.planning import Material, Wishes, make_plan
from tocsin.notices.waves import Waves

WAVES = Waves(seed="5eed", count=2, days=2, approver="A. Officer")


def planned(made_of: Material, wishes: Wishes | None = None, now: datetime = NOW) -> tuple[Plan, Waves | None]:
    return make_plan(
        made_of,
        wishes or Wishes(),
        CALENDAR,
        domain="cert.example",
        made_by="A. Officer",
        now=now,
        chance=foreseen(),
    )


def names(plan: Plan) -> list[str]:
    return [each.recipient.constituent for each in plan.notices]


WORLD = {
    "bakery": [item(1)],
    "farm": [item(2), item(3)],
    "mill": [item(4, compromise="possible")],
    "smithy": [item(5, status="fixed", compromise="confirmed")],
    "council": [item(6)],
}
PARTIES = [party(name, is_public=name == "council") for name in WORLD]


def test_public_bodies_come_first_then_compromise_then_the_most_findings() -> None:
    plan, _ = planned(material(WORLD, parties=PARTIES))
    assert names(plan) == ["council", "smithy", "mill", "farm", "bakery"]


def test_a_limit_keeps_the_worst_and_says_who_was_left_out() -> None:
    plan, _ = planned(material(WORLD, parties=PARTIES), Wishes(limit=3))
    assert names(plan) == ["council", "smithy", "mill"]
    assert {each.constituent: each.code for each in plan.withheld} == {"bakery": "over_limit", "farm": "over_limit"}


def test_every_notice_has_a_number_of_its_own_and_a_message_id_at_the_senders_domain() -> None:
    plan, _ = planned(material(WORLD))
    assert len({each.number for each in plan.notices}) == len(WORLD)
    assert all(each.message_id == f"<{each.number}@cert.example>" for each in plan.notices)
    assert {each.plan for each in plan.notices} == {plan.id}


def test_the_deadline_counts_from_when_the_notice_goes() -> None:
    saturday = datetime(2021, 3, 13, 10, tzinfo=UTC)
    plan, _ = planned(material({"council": [item()]}), now=saturday)
    (notice,) = plan.notices
    assert notice.not_before == datetime(2021, 3, 15, 8, tzinfo=UTC)
    assert notice.due_on.isoformat() == "2021-03-22"


def test_only_mail_waits_for_working_hours() -> None:
    saturday = datetime(2021, 3, 13, 10, tzinfo=UTC)
    plan, _ = planned(material({"council": [item()]}, candidates={"council": [PHONE]}), now=saturday)
    assert plan.notices[0].not_before == saturday


def test_mail_is_spread_by_the_rates() -> None:
    many = {f"c{number}": [item(number)] for number in range(10)}
    plan, _ = planned(material(many, policy=Policy(in_all_per_minute=4)))
    minutes = [(each.not_before - NOW) // timedelta(minutes=1) for each in plan.notices]
    assert minutes == [0] * 4 + [1] * 4 + [2] * 2


def test_waves_delay_some_but_never_compromise() -> None:
    plan, waves = planned(material(WORLD, parties=PARTIES), Wishes(waves=WAVES))
    found = {each.recipient.constituent: (each.wave, each.not_before - NOW) for each in plan.notices}
    assert found["smithy"] == found["mill"] == (None, timedelta(0))
    assert sorted(wave or 0 for wave, _ in found.values()) == [0, 0, 1, 1, 2]
    assert {delay for wave, delay in found.values() if wave == 2} == {timedelta(days=2)}
    assert waves is not None
    assert waves.sizes == (2, 1)


def test_waves_may_not_delay_longer_than_the_policy() -> None:
    with pytest.raises(ValueError, match="2 days are more than the 1"):
        planned(material(WORLD, policy=Policy(waves_within_days=1)), Wishes(waves=WAVES))


def test_everybody_with_findings_is_told_or_withheld() -> None:
    made_of = material(
        WORLD,
        parties=[each for each in PARTIES if each.id != "farm"],
        candidates={"bakery": [], "mill": [SECURITY], "smithy": [SECURITY], "council": [SECURITY]},
        earlier={"mill": [told(*WORLD["mill"])]},
    )
    plan, _ = planned(made_of)
    codes = {each.constituent: each.code for each in plan.withheld}
    assert codes == {"bakery": "no_contact", "farm": "unknown", "mill": "told_recently"}
    assert set(names(plan)) | set(codes) == set(WORLD)


def test_a_notice_knows_that_its_recipient_is_a_person() -> None:
    plan, _ = planned(material({"ann": [item()]}, parties=[party("ann", is_person=True)]))
    assert plan.notices[0].recipient.is_person
