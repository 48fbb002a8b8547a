"""RDAP from real servers on this machine."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler

from tests.constituency.answers import entity, network
from tests.transports.test_asking import Clock, asker
from tests.transports.test_web import answer, serving

from tocsin.constituency.bootstrap import read_bootstrap
from tocsin.constituency.rdap import read_rdap
from tocsin.transports.rdap import fetch_bootstrap, fetch_rdap


def bootstrap_text(*servers: str) -> bytes:
    return json.dumps({"services": [[["192.0.2.0/24"], list(servers)]]}).encode()


def test_the_server_that_the_bootstrap_names_is_asked_in_json() -> None:
    seen = list[tuple[str, str]]()

    def handle(request: BaseHTTPRequestHandler) -> None:
        seen.append((request.path, request.headers["Accept"]))
        (
            answer(bootstrap_text(f"http://{request.headers['Host']}/rdap/"))
            if request.path == "/ipv4.json"
            else answer(network(entity("abuse")))
        )(request)

    with serving(handle) as address:
        asking = asker(Clock())
        file = fetch_bootstrap(asking, f"{address}/ipv4.json")
        assert file.fetched is not None
        found = fetch_rdap(asking, "192.0.2.7", {"ipv4": read_bootstrap(file.fetched.content)})
    assert found.fetched is not None
    assert read_rdap(found.fetched.content, asked="192.0.2.7").reaches[0].target.address == "abuse@isp.example"
    assert seen[1] == ("/rdap/ip/192.0.2.7", "application/rdap+json, application/json;q=0.9")


def test_the_next_server_is_asked_where_the_first_fails() -> None:
    with serving(answer(b"", status=500)) as bad, serving(answer(network())) as good:
        found = fetch_rdap(asker(Clock()), "192.0.2.7", {"ipv4": read_bootstrap(bootstrap_text(bad, good))})
    assert found.outcome == "answer"


def test_a_number_that_no_registry_has_is_nothing() -> None:
    found = fetch_rdap(asker(Clock()), "203.0.113.7", {"ipv4": read_bootstrap(bootstrap_text("http://a.example"))})
    assert found.outcome == "nothing"


def test_without_its_bootstrap_file_a_question_fails_and_is_not_answered_with_nothing() -> None:
    found = fetch_rdap(asker(Clock()), "64500", {})
    assert found.outcome == "failed"
    assert "bootstrap file for asn" in found.why
