"""What plans are made of, for the tests of planning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

from tests.notices.test_notice import ITEM

from tocsin.notices import Item, Kind, Policy
from tocsin.notices.calendar import Calendar, is_weekday
from tocsin.notices.deciding import Candidate, Earlier, Party, key_of
from tocsin.notices.gather import Gathered
from tocsin.notices.numbers import Chance
from tocsin.notices.planning import Material
from tocsin.notices.state import Standing

NOW = datetime(2021, 3, 15, 10, tzinfo=UTC)  # a Monday
CALENDAR = Calendar(is_business_day=is_weekday, zone_of=lambda _country: UTC)
SECURITY = Candidate(contact="1" * 64, channel="mail", address="security@council.example", said="from registry")
ABUSE = Candidate(contact="2" * 64, channel="mail", address="abuse@council.example", said="from rdap")
PHONE = Candidate(contact="3" * 64, channel="phone", address="+442079460000", said="entered by a person")


def party(name: str = "council", *, is_public: bool = False, country: str = "GB", is_person: bool = False) -> Party:
    return Party(
        id=name,
        name=f"Example {name.title()}",
        sector="government",
        country=country,
        is_public=is_public,
        is_person=is_person,
    )


def item(number: int = 17, *, status: str = "affected", compromise: str = "none_known") -> Item:
    return replace(ITEM, address=f"192.0.2.{number}", status=status, compromise=compromise)


def told(
    *items: Item,
    days_ago: float = 1,
    by: Candidate = SECURITY,
    kind: Kind = Kind.FIRST,
    standing: Standing = Standing.ACCEPTED,
    answer: str = "",
) -> Earlier:
    """A notice of before about these."""
    return Earlier(
        number="n1",
        kind=kind,
        told=frozenset(map(key_of, items)),
        channel=by.channel,
        address=by.address,
        standing=standing,
        at=NOW - timedelta(days=days_ago),
        answer=answer,
    )


def foreseen() -> Chance:
    """Chance that a test can foretell: each call gives other bytes."""
    numbers = count(1)
    return lambda size: next(numbers).to_bytes(size, "little")


def material(
    items: Mapping[str, Sequence[Item]],
    *,
    parties: Sequence[Party] | None = None,
    candidates: Mapping[str, Sequence[Candidate]] | None = None,
    earlier: Mapping[str, Sequence[Earlier]] | None = None,
    policy: Policy | None = None,
) -> Material:
    """All that a plan is made of; each constituent has one mail address of its own unless told otherwise."""

    def candidates_of(name: str) -> Sequence[Candidate]:
        if candidates is not None:
            return candidates[name]
        return [replace(SECURITY, address=f"security@{name}.example")]

    return Material(
        case_id="exchange-proxylogon-2021",
        as_of=date(2021, 3, 14),
        gathered=Gathered(items={name: tuple(each) for name, each in items.items()}, withheld=(), nobodys=0),
        parties={each.id: each for each in (parties if parties is not None else [party(name) for name in items])},
        candidates=candidates_of,
        earlier=earlier or {},
        suppressed={},
        policy=policy or Policy(),
        versions=("pack 1",),
    )
