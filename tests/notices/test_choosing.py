"""Which contact is told, and why those before it are not."""

from __future__ import annotations

import pytest
from tests.constituency.reaching import NOW, contact, ranked

from tocsin.constituency.contacts import Ranked, Remove
from tocsin.constituency.mail_routes import MailRoute
from tocsin.notices.choosing import Choice, Obstacles, bar, choose, said

NONE = Obstacles(unsafe={}, bounced={}, suppressed={})
FIRST, SECOND = ranked("security@council.example"), ranked("it@elsewhere.example")
ROUTES = {
    "council.example": MailRoute(
        domain="council.example",
        outcome="route",
        servers=(("mx1.council.example", ("198.51.100.1",)), ("mx2.council.example", ("192.0.2.17", "2001:db8::17"))),
    ),
    "elsewhere.example": MailRoute(
        domain="elsewhere.example", outcome="route", servers=(("mx.elsewhere.example", ("203.0.113.25",)),)
    ),
}


def chosen(
    *candidates: Ranked, obstacles: Obstacles = NONE, routes: dict[str, MailRoute] = ROUTES, **more: object
) -> Choice:
    return choose(candidates, routes, obstacles, now=NOW, **more)  # type: ignore[arg-type]  # channels


def test_the_first_in_rank_is_told_when_nothing_is_in_the_way() -> None:
    found = chosen(FIRST, SECOND)
    assert found.chosen is FIRST
    assert found.passed_over == ()
    assert found.why == "first of its contacts, from registry, about itself"


@pytest.mark.parametrize("address", ["192.0.2.17", "2001:db8::17"])
@pytest.mark.parametrize("state", ["affected", "compromised"])
def test_mail_received_by_such_a_service_goes_elsewhere_even_where_another_server_is_fine(
    address: str, state: str
) -> None:
    found = chosen(FIRST, SECOND, obstacles=Obstacles(unsafe={address: state}, bounced={}, suppressed={}))
    assert found.chosen is SECOND
    assert [(each.contact, each.code) for each in found.passed_over] == [(FIRST, "unsafe")]
    assert found.why == (
        "next of its contacts, from registry, about itself; passed over: security@council.example: has its mail"
        f" received by mx2.council.example ({address}), which is {state}"
    )


@pytest.mark.parametrize(
    ("first", "obstacles", "code"),
    [
        (ranked("security@council.example", set_aside="wrong contact"), NONE, "set_aside"),
        (ranked("security@council.example", expired=True), NONE, "expired"),
        (FIRST, Obstacles(unsafe={}, bounced={}, suppressed={}, told={FIRST.contact.id}), "told"),
        (
            FIRST,
            Obstacles(unsafe={}, bounced={"security@council.example": "550 no such user"}, suppressed={}),
            "bounced",
        ),
        (FIRST, Obstacles(unsafe={}, bounced={}, suppressed={"security@council.example": "asked"}), "suppressed"),
        (FIRST, Obstacles(unsafe={}, bounced={}, suppressed={"council.example": "asked"}), "suppressed"),
    ],
)
def test_whoever_cannot_be_told_is_passed_over_with_the_reason(first: Ranked, obstacles: Obstacles, code: str) -> None:
    found = chosen(first, SECOND, obstacles=obstacles)
    assert found.chosen is SECOND
    assert [each.code for each in found.passed_over] == [code]


def test_a_domain_below_a_suppressed_one_is_suppressed_and_one_beside_it_is_not() -> None:
    obstacles = Obstacles(unsafe={}, bounced={}, suppressed={"council.example": "asked"})
    assert chosen(ranked("a@mail.council.example"), obstacles=obstacles).chosen is None
    beside = ranked("a@othercouncil.example")
    assert chosen(beside, obstacles=obstacles).chosen is beside


@pytest.mark.parametrize("outcome", ["no_mail", "no_domain"])
def test_a_domain_without_mail_is_passed_over(outcome: str) -> None:
    routes = {**ROUTES, "council.example": MailRoute(domain="council.example", outcome=outcome, servers=())}
    found = chosen(FIRST, SECOND, routes=routes)
    assert [each.code for each in found.passed_over] == ["no_mail"]


def test_where_the_dns_did_not_say_it_is_told_and_said() -> None:
    found = chosen(FIRST, routes={})
    assert found.chosen is FIRST
    assert "not known" in found.why


def test_another_channel_is_not_touched_by_the_mail_server_and_may_be_excluded() -> None:
    phone = ranked(contact("+442079460000", channel="phone"), Remove.OWN)
    unsafe = Obstacles(unsafe={"192.0.2.17": "compromised"}, bounced={}, suppressed={})
    assert chosen(FIRST, phone, obstacles=unsafe).chosen is phone
    found = chosen(FIRST, phone, obstacles=unsafe, channels=("mail",))
    assert found.chosen is None
    assert [each.code for each in found.passed_over] == ["unsafe", "channel"]
    assert found.why.startswith("none of 2 contacts can be told")


def test_without_any_contact_it_says_so() -> None:
    assert chosen().why == "no contact is known"


def test_a_persons_entry_is_said_to_be_one() -> None:
    assert "entered by a person" in chosen(ranked(contact(source="person"))).why


def test_what_bars_a_contact_by_itself_can_be_asked_alone() -> None:
    assert bar(FIRST, ROUTES, {}, now=NOW) is None
    assert bar(FIRST, ROUTES, {"192.0.2.17": "affected"}, now=NOW) == (
        "unsafe",
        "has its mail received by mx2.council.example (192.0.2.17), which is affected",
    )
    assert said(FIRST, ROUTES) == "from registry, about itself"
