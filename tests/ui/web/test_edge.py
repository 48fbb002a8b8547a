"""The edge of the pages: rates, sizes, times, and faults that nobody foresaw."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import pytest
from tests.store.noticing import NUMBER, add_notice
from tests.ui.web.serving import Site, made_workspace, site_of

from tocsin.notices.answers import Answer
from tocsin.ui.web import edge, public
from tocsin.ui.web.limits import Limits, Rate

FORM = "Content-Type: application/x-www-form-urlencoded\r\n"


def test_who_asks_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    limits = Limits(per_address=Rate(burst=3, per_second=0.1), in_all=Rate(burst=100, per_second=1))
    with site_of(made_workspace(tmp_path), limits=limits) as site:
        found = [site.ask("/robots.txt") for _ in range(5)]
        assert [reply.status for reply in found] == [200, 200, 200, 429, 429]
        assert 1 <= int(found[-1].headers["retry-after"]) <= 10
        assert "Please wait a minute" in found[-1].text
        assert "content-security-policy" in found[-1].headers
        assert "zu viele" in site.ask("/", headers={"Accept-Language": "de"}).text.lower()


@pytest.mark.parametrize("path", ["/n/unknown{}", "/a/forged{}", "/n?number=unknown{}"])
def test_guessing_is_dear_and_checking_ones_own_is_cheap(tmp_path: Path, path: str) -> None:
    limits = Limits(per_address=Rate(burst=20, per_second=0.01), in_all=Rate(burst=1000, per_second=1000))
    with site_of(made_workspace(tmp_path), limits=limits) as site:
        add_notice(site.desk)
        assert [site.ask(f"/n/{NUMBER}").status for _ in range(5)] == [200] * 5
        found = [site.ask(path.format(number)).status for number in range(5)]
        assert found[0] in (200, 404)
        assert found[2:] == [429] * 3


def test_who_is_limited_cannot_answer_either(tmp_path: Path) -> None:
    limits = Limits(per_address=Rate(burst=1, per_second=0.01), in_all=Rate(burst=1000, per_second=1000))
    with site_of(made_workspace(tmp_path), limits=limits) as site:
        site.ask("/")
        assert site.post(f"/a/{site.token(Answer.STOP)}").status == 429


@pytest.mark.parametrize("size", [edge.BODY_BYTES + 1, 10**9, 10**18])
def test_a_body_that_says_it_is_huge_is_refused_before_it_comes(site: Site, size: int) -> None:
    began = time.monotonic()
    head = f"POST /a/{site.token()} HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n\r\nwords="
    found = site.raw(head.encode())
    assert found.startswith(b"HTTP/1.1 413")
    assert b"write less" in found
    assert time.monotonic() - began < 5


def test_a_body_that_does_not_say_so_is_cut_off(site: Site) -> None:
    head = f"POST /a/{site.token()} HTTP/1.1\r\nHost: x\r\n{FORM}Transfer-Encoding: chunked\r\n\r\n"
    chunk = b"1000\r\n" + b"a" * 4096 + b"\r\n"
    assert site.raw(head.encode() + chunk * 5).startswith(b"HTTP/1.1 413")


def test_a_body_as_large_as_may_be_is_taken(site: Site) -> None:
    assert site.post(f"/a/{site.token()}", words="x" * (edge.BODY_BYTES - 10)).status == 200


def test_a_body_that_trickles_in_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge, "BODY_SECONDS", 0.3)
    head = f"POST /a/{site.token()} HTTP/1.1\r\nHost: x\r\n{FORM}Content-Length: 100\r\n\r\nwords=slo"
    found = site.raw(head.encode())
    assert found.startswith(b"HTTP/1.1 408")
    assert b"did not arrive in time" in found


def test_a_fault_that_nobody_foresaw_is_a_page_and_its_words_are_in_no_log(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(f"the words of {'a'} recipient")  # the log shows this line, but not what it makes

    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(public, "confirm", broken)
    reply = site.ask(f"/n/{NUMBER}")
    assert reply.status == 500
    assert "It is our mistake" in reply.text
    assert "content-security-policy" in reply.headers
    began = time.monotonic()
    while "RuntimeError" not in caplog.text:  # the log comes after the answer
        assert time.monotonic() - began < 10
        time.sleep(0.01)
    assert "the words of a recipient" not in caplog.text + reply.text


def test_behind_a_proxy_with_a_certificate_browsers_are_told_to_stay_with_it(tmp_path: Path) -> None:
    with site_of(made_workspace(tmp_path), proxies=["127.0.0.1"]) as site:
        secure = site.ask("/", headers={"X-Forwarded-Proto": "https"})
        assert secure.headers["strict-transport-security"] == "max-age=31536000"
        assert "strict-transport-security" not in site.ask("/").headers
