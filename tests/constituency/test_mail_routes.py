"""Where mail is received, as a value that is kept."""

from __future__ import annotations

import json

import pytest

from tocsin.constituency.mail_routes import MailRoute, read_mail_route

ROUTE = MailRoute(
    domain="council.example",
    outcome="route",
    servers=(("mx1.council.example", ("192.0.2.17",)), ("mx2.council.example", ("2001:db8::25", "192.0.2.18"))),
)


def test_what_is_kept_reads_back_as_it_was() -> None:
    assert read_mail_route(json.dumps(ROUTE.as_json())) == ROUTE
    assert ROUTE.addresses == {"192.0.2.17", "192.0.2.18", "2001:db8::25"}


def test_a_route_has_servers_and_nothing_else_has() -> None:
    with pytest.raises(ValueError, match="with 0 servers"):
        MailRoute(domain="council.example", outcome="route", servers=())
    with pytest.raises(ValueError, match="with 1 servers"):
        MailRoute(domain="council.example", outcome="no_mail", servers=ROUTE.servers[:1])
