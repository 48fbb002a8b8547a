"""The server itself against those who would hold its door, on a real socket."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from pathlib import Path

import pytest
from tests.ui.web.serving import Site, made_workspace, site_of

from tocsin.errors import AskError, WorkspaceError
from tocsin.ui.web import server
from tocsin.ui.web.limits import Limits, Rate
from tocsin.ui.web.server import checked_proxies, listen, shown_address


def is_closed(wire: socket.socket) -> bool:
    """Whether the server ends it; what it sends before that is read."""
    try:
        while wire.recv(65536):
            pass
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return True


def _limits() -> Limits:
    return Limits(per_address=Rate(burst=2, per_second=0.01), in_all=Rate(burst=1000, per_second=1000))


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-a: ",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n",
    ],
)
def test_who_is_slow_loses_the_connection(site: Site, monkeypatch: pytest.MonkeyPatch, start: bytes) -> None:
    monkeypatch.setattr(server, "CONNECTION_SECONDS", 0.5)
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as wire:
        wire.sendall(start)
        assert is_closed(wire)
    assert time.monotonic() - began < 5


def test_who_trickles_loses_the_connection_too(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "CONNECTION_SECONDS", 0.5)
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as wire:
        wire.sendall(b"GET / HTTP/1.1\r\n")
        began, number = time.monotonic(), 0
        with suppress(ConnectionError):
            while time.monotonic() - began < 8:
                number += 1
                wire.sendall(f"X-{number}: a\r\n".encode())
                time.sleep(0.05)
        assert time.monotonic() - began < 5


def test_hundreds_of_slow_ones_leave_the_door_open_for_others(site: Site) -> None:
    held = [socket.create_connection(("127.0.0.1", site.port), timeout=10) for _ in range(200)]
    try:
        for wire in held[: server.MOST_PER_ADDRESS - 5]:
            wire.sendall(b"GET / HT")
        assert all(is_closed(wire) for wire in held[-100:])
        for wire in held[:5]:
            wire.close()
        time.sleep(0.2)
        assert site.ask("/").status == 200
    finally:
        for wire in held:
            wire.close()


@pytest.mark.parametrize(
    "data",
    [
        b"GARBAGE\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n b: c\x00\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_what_is_no_request_is_refused_and_the_next_is_answered(site: Site, data: bytes) -> None:
    found = site.raw(data, seconds=2)
    assert found == b"" or found.startswith((b"HTTP/1.1 4", b"HTTP/1.1 501"))
    assert site.ask("/").status == 200


def test_pipelined_requests_are_each_answered(site: Site) -> None:
    one = b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n"
    last = b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert site.raw(one * 3 + last).count(b"HTTP/1.1 200") == 4


def test_an_upgrade_to_another_protocol_is_not_made(site: Site) -> None:
    upgrade = (
        b"Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n"
    )
    assert site.raw(b"GET / HTTP/1.1\r\nHost: x\r\n" + upgrade + b"\r\n").startswith(b"HTTP/1.1 200")


def test_without_a_proxy_nobody_is_believed_about_who_asks(tmp_path: Path) -> None:
    with site_of(made_workspace(tmp_path), limits=_limits()) as site:
        found = [site.ask("/", headers={"X-Forwarded-For": f"192.0.2.{number}"}).status for number in range(4)]
    assert found == [200, 200, 429, 429]


def test_a_proxy_is_believed_about_who_asks_and_only_about_the_last_step(tmp_path: Path) -> None:
    with site_of(made_workspace(tmp_path), limits=_limits(), proxies=["127.0.0.1"]) as site:
        others = [site.ask("/", headers={"X-Forwarded-For": f"192.0.2.{number}"}).status for number in range(4)]
        forged = [
            site.ask("/", headers={"X-Forwarded-For": f"192.0.2.{number}, 198.51.100.7"}).status for number in range(4)
        ]
    assert others == [200] * 4
    assert forged == [200, 200, 429, 429]


def test_another_machine_is_no_proxy(tmp_path: Path) -> None:
    with site_of(made_workspace(tmp_path), limits=_limits(), proxies=["192.0.2.200"]) as site:
        found = [site.ask("/", headers={"X-Forwarded-For": f"192.0.2.{number}"}).status for number in range(3)]
    assert found == [200, 200, 429]


@pytest.mark.parametrize("text", ["*", "proxy.example", "0.0.0.0/0", "::/0", "", "192.0.2.1/33"])
def test_a_proxy_is_named_by_its_address(text: str) -> None:
    with pytest.raises(AskError, match="--behind-proxy"):
        checked_proxies([text])


def test_proxies_may_be_networks() -> None:
    assert checked_proxies(["127.0.0.1", "2001:db8::/64"]) == ["127.0.0.1", "2001:db8::/64"]


def test_a_port_that_is_taken_is_said() -> None:
    with listen("127.0.0.1", 0) as opened:
        port = opened.getsockname()[1]
        assert shown_address(opened) == f"http://127.0.0.1:{port}/"
        with pytest.raises(WorkspaceError, match=f"cannot listen on 127.0.0.1 port {port}"):
            listen("127.0.0.1", port)
    with pytest.raises(WorkspaceError, match="cannot listen"):
        listen("192.0.2.1", 0)
