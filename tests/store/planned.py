"""Plans to keep, for the tests of what is stored of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.engine import Engine
from tests.notices.planned import NOW
from tests.notices.test_notice import ITEM, RECIPIENT

from tocsin.notices import Item, Kind, Notice, Plan, Policy, Withheld
from tocsin.notices.waves import Waves
from tocsin.store.plans import FiledPlan, registry_contact, save_plan

CASE = "exchange-proxylogon-2021"
WITHHELD = Withheld(constituent="mill", code="told_recently", why="no news", items=2, until=date(2021, 3, 20))


def notice(
    number: str, *, plan: str = "p1", to: str = "council", channel: str = "mail", items: Sequence[Item] = (ITEM,)
) -> Notice:
    address = f"security@{to}.example" if channel == "mail" else "+442079460000"
    recipient = replace(
        RECIPIENT,
        constituent=to,
        channel=channel,
        address=address,
        contact=registry_contact(to, channel, address),
        language="",
    )
    return Notice(
        number=number,
        plan=plan,
        case_id=CASE,
        kind=Kind.FIRST,
        recipient=recipient,
        items=tuple(items),
        as_of=date(2021, 3, 14),
        not_before=NOW,
        due_on=date(2021, 3, 22),
        message_id=f"<{number}@cert.example>",
        why="not told before",
    )


def keep(
    desk: Engine,
    *notices: Notice,
    plan: str = "p1",
    made_at: datetime = NOW,
    case_id: str = CASE,
    waves: Waves | None = None,
) -> FiledPlan:
    """A plan with these notices on the desk."""
    made = Plan(
        id=plan,
        case_id=case_id,
        as_of=date(2021, 3, 14),
        made_at=made_at,
        made_by="A. Officer",
        notices=notices,
        withheld=(WITHHELD,),
        versions=("pack 1",),
    )
    return save_plan(desk, made, policy=Policy(), waves=waves)
