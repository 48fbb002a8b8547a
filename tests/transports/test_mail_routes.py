"""Where mail is received, asked of a real DNS server on this machine."""

from __future__ import annotations

from tests.transports.naming import naming

from tocsin.constituency.mail_routes import MailRoute
from tocsin.transports.mail_routes import MailRoutes
from tocsin.transports.resolver import Resolver

RECORDS = {
    ("council.example", "MX"): ["20 mx2.council.example.", "10 mx1.council.example."],
    ("mx1.council.example", "A"): ["192.0.2.17"],
    ("mx1.council.example", "AAAA"): ["2001:db8::0:17"],
    ("mx2.council.example", "A"): ["192.0.2.19", "192.0.2.18"],
    ("bakery.example", "A"): ["198.51.100.5"],
    ("null.example", "MX"): ["0 ."],
    ("lame.example", "MX"): ["10 gone.example."],
    ("half.example", "MX"): ["10 broken.example."],
    ("empty.example", "TXT"): ["x"],
}


def ask(*domains: str) -> tuple[list[MailRoute], list[str]]:
    with naming(RECORDS, broken=("broken.example",)) as (port, asked):
        routes = MailRoutes(Resolver([f"127.0.0.1:{port}"], seconds=2))
        return [routes.ask(domain) for domain in domains], asked


def test_mail_servers_come_by_preference_with_all_their_addresses() -> None:
    (found,), _ = ask("council.example")
    assert found.servers == (
        ("mx1.council.example", ("192.0.2.17", "2001:db8::17")),
        ("mx2.council.example", ("192.0.2.18", "192.0.2.19")),
    )


def test_without_mx_the_domain_itself_takes_its_mail() -> None:
    (found,), _ = ask("bakery.example")
    assert found.servers == (("bakery.example", ("198.51.100.5",)),)


def test_what_takes_no_mail_does_not_exist_or_cannot_be_told() -> None:
    found, _ = ask("null.example", "lame.example", "empty.example", "missing.example", "broken.example", "half.example")
    assert [each.outcome for each in found] == ["no_mail", "no_mail", "no_mail", "no_domain", "unknown", "unknown"]
    assert all(each.detail for each in found)


def test_a_mail_server_is_looked_up_once() -> None:
    _, asked = ask("council.example", "council.example")
    assert asked.count("mx1.council.example A") == 1
