"""One source asked about many things: several at a time, hostile answers among them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pysequoia
import pytest
from sqlalchemy.engine import Engine
from tests.constituency.answers import entity, network
from tests.tasks.conftest import NOW
from tests.tasks.finding import TEXT, world
from tests.transports.test_web import answer, serving

from tocsin.constituency.openpgp import read_key
from tocsin.store.contacts import load_contacts
from tocsin.store.desk import open_desk
from tocsin.store.keys import save_key
from tocsin.store.lookups import latest_lookup
from tocsin.store.workspace import Workspace
from tocsin.tasks.contact_sources import ask_mail_routes, ask_rdap, ask_security_txt

HOSTILE = ("loop", "large", "slow", "private", "hangup", "page", "binary")


@pytest.fixture
def desk(workspace: Workspace) -> Engine:
    return open_desk(workspace.desk_url)


def hostile(request: BaseHTTPRequestHandler) -> None:
    """Plays what the name of the domain says."""
    match request.path.rpartition("/")[2].removesuffix(".example"):
        case "loop":
            answer(b"", status=302, Location=request.path)(request)
        case "large":
            answer(b"Contact: mailto:a@large.example\n" * 70_000)(request)
        case "slow":
            request.connection.settimeout(3)
            request.rfile.read(1)
        case "private":
            answer(b"", status=302, Location="http://192.0.2.1.invalid/security.txt")(request)
        case "hangup":
            request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nContact:")
            request.connection.close()
        case "page":
            answer(b"<!doctype html><title>Not found</title>")(request)
        case "binary":
            answer(bytes(range(256)) * 8)(request)
        case _:
            answer(TEXT.encode())(request)


def test_hostile_servers_cost_their_own_domain_only(desk: Engine) -> None:
    with world(failures=50) as around, serving(hostile) as address:
        ways = replace(around.ways, security_txt_places=(f"{address}/{{domain}}",), workers=4)
        domains = [f"{name}.example" for name in (*HOSTILE, "fine")]
        tally = ask_security_txt(desk, domains, ways)
    assert (tally.asked, tally.answers + tally.failed) == (8, 8)
    assert [each.contact.subject for each in load_contacts(desk)] == ["domain:fine.example"]
    for name in HOSTILE:
        assert any(f"{name}.example: " in each for each in tally.problems), name
    assert around.told[-1] == (8, 8)


def test_a_private_address_is_never_asked_by_default(desk: Engine) -> None:
    asked = list[str]()

    def handle(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.path)
        answer(TEXT.encode())(request)

    with world() as around, serving(handle) as address:
        manners = replace(around.ways.asker._manners, allow_private=False)
        around.ways.asker._manners = manners
        ways = replace(around.ways, security_txt_places=(f"{address}/{{domain}}",))
        tally = ask_security_txt(desk, ["council.example"], ways)
    assert (tally.failed, asked) == (1, [])
    assert "not on the public internet" in tally.problems[0]


def test_a_signed_text_is_checked_with_the_domains_key(desk: Engine) -> None:
    signer = pysequoia.Tsk.generate("csirt@council.example")
    armored = str(signer.extract_certificate())
    fingerprint = read_key(armored.encode(), now=NOW).fingerprint
    save_key(desk, fingerprint=fingerprint, armored=armored, source="x", author="duty officer", now=NOW)
    with world() as around:
        around.text = pysequoia.sign(signer.signer(), TEXT.encode(), mode=pysequoia.SignatureMode.CLEAR).decode()
        good = ask_security_txt(desk, ["council.example"], around.ways)
        around.now = NOW + timedelta(days=8)
        around.text = around.text.replace("csirt@", "evil@")
        bad = ask_security_txt(desk, ["council.example"], around.ways)
    assert good.problems == ()
    assert "the signature does not hold" in bad.problems[0]
    assert [each.contact.address for each in load_contacts(desk)] == ["csirt@council.example"]


def test_what_lies_in_a_network_that_was_told_of_is_not_asked_again(desk: Engine) -> None:
    with world() as around:
        tally = ask_rdap(desk, ["203.0.113.7", "203.0.113.8", "203.0.112.1", "198.51.100.1"], around.ways)
    assert (tally.asked, tally.fresh, tally.nothing) == (2, 2, 1)
    assert [each for each in around.asked if "/rdap/" in each] == ["/rdap/ip/203.0.113.7", "/rdap/ip/198.51.100.1"]


def test_an_answer_about_something_else_is_no_contact(desk: Engine) -> None:
    def handle(request: BaseHTTPRequestHandler) -> None:
        if request.path == "/bootstrap.json":
            services = [[["203.0.113.0/24"], [f"http://{request.headers['Host']}/"]]]
            answer(json.dumps({"services": services}).encode())(request)
        else:
            answer(network(entity("abuse")))(request)

    with world() as around, serving(handle) as address:
        tally = ask_rdap(desk, ["203.0.113.7"], replace(around.ways, bootstraps=(f"{address}/bootstrap.json",)))
    assert tally.failed == 1
    assert "not about 203.0.113.7" in tally.problems[0]
    assert list(load_contacts(desk)) == []


def test_an_older_bootstrap_serves_where_a_newer_one_cannot_be_had(desk: Engine) -> None:
    with world() as around:
        ask_rdap(desk, ["203.0.113.7"], around.ways)
        around.now = NOW + timedelta(days=31)
        ways = replace(around.ways, bootstraps=around.ways.bootstraps)
        fetched = [each for each in around.asked if each.endswith(".json")]
        ask_rdap(desk, ["203.0.113.7"], ways)
        assert len([each for each in around.asked if each.endswith(".json")]) == 2 * len(fetched)
    around.now = NOW + timedelta(days=62)  # the server is gone now
    gone = ask_rdap(desk, ["203.0.113.7"], around.ways)
    assert gone.failed == 1
    assert any("bootstrap.json: " in each for each in gone.problems)
    assert not any("no registry is named" in each for each in gone.problems)


def test_mail_routes_are_kept_and_a_dns_that_fails_is_told(desk: Engine) -> None:
    with world() as around:
        tally = ask_mail_routes(desk, ["council.example", "missing.example"], around.ways, around.mail.ask)
    assert (tally.answers, tally.failed) == (2, 0)
    around.mail._resolver.lifetime = around.mail._resolver.timeout = 0.2
    silent = ask_mail_routes(desk, ["bakery.example"], around.ways, around.mail.ask)
    assert silent.failed == 1
    kept = latest_lookup(desk, "mx", "council.example")
    assert kept is not None
    assert "203.0.113.7" in kept.answer
