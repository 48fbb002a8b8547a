"""Where security.txt is looked for, on real servers of this machine."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler

from tests.transports.test_asking import Clock, asker
from tests.transports.test_web import answer, serving

from tocsin.transports.asking import Asked
from tocsin.transports.security_txt import _guarded, fetch_security_txt
from tocsin.transports.web import Fetched

TEXT = b"Contact: mailto:security@council.example\n"


def places(address: str) -> tuple[str, str]:
    return f"{address}/.well-known/security.txt?{{domain}}", f"{address}/security.txt?{{domain}}"


def test_the_second_place_is_asked_when_the_first_has_none() -> None:
    asked = list[str]()

    def handle(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.path)
        (answer(b"", status=404) if "well-known" in request.path else answer(TEXT))(request)

    with serving(handle) as address:
        found = fetch_security_txt(asker(Clock()), "council.example", places=places(address))
    assert asked == ["/.well-known/security.txt?council.example", "/security.txt?council.example"]
    assert found.fetched is not None
    assert found.fetched.content == TEXT


def test_none_at_either_place_is_nothing_and_a_failure_stays_one() -> None:
    with serving(answer(b"", status=404)) as address:
        assert fetch_security_txt(asker(Clock()), "a.example", places=places(address)).outcome == "nothing"
    with serving(answer(b"", status=500)) as address:
        assert fetch_security_txt(asker(Clock()), "a.example", places=places(address)).outcome == "failed"


def test_two_megabytes_are_not_read() -> None:
    with serving(answer(b"#" * 2_000_000)) as address:
        found = fetch_security_txt(asker(Clock()), "a.example", places=places(address))
    assert (found.outcome, found.why) == ("failed", "it is larger than 65,536 bytes")


def test_a_redirect_away_from_tls_is_a_failure() -> None:
    fetched = Fetched(content=TEXT, address="http://council.example/security.txt", content_type=None)
    found = _guarded(Asked(outcome="answer", place="https://council.example/security.txt", fetched=fetched))
    assert found.outcome == "failed"
    assert "away from TLS" in found.why
