"""Fetching from real servers on this machine: good ones, slow ones, broken ones and hostile ones."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread

import pytest

from tocsin.errors import DocumentError
from tocsin.transports.web import Fetched, Patience, fetch, is_address, is_public

PAGE = b"<p>The Ministry of Examples made a statement.</p>"
QUICK = Patience(connect_seconds=1, read_seconds=1, total_seconds=2, most_bytes=100_000, redirects=3)

Handler = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def serving(handle: Handler, *, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server on this machine that answers every GET with ``handle``; its address."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            handle(self)

        def log_message(self, *_words: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that hung up is no news
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"{'https' if context else 'http'}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(body: bytes = PAGE, *, status: int = 200, **headers: str) -> Handler:
    """Answers with this; ``_`` in a header's name stands for ``-``."""

    def handle(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return handle


def own(address: str, patience: Patience = QUICK) -> Fetched:
    return fetch(address, patience=patience, allow_private=True)


def test_content_address_and_type_are_given_as_they_came() -> None:
    with serving(answer(Content_Type="text/html; charset=windows-1252")) as address:
        assert own(f"{address}/a?b=c#d") == Fetched(
            content=PAGE, address=f"{address}/a?b=c", content_type="text/html; charset=windows-1252"
        )


def test_signs_outside_ascii_are_escaped_and_nothing_is_escaped_twice() -> None:
    with serving(lambda request: answer(request.path.encode())(request)) as address:
        assert own(f"{address}/é%20 x?q=ö").content == b"/%C3%A9%20%20x?q=%C3%B6"


def test_a_packed_body_is_unpacked() -> None:
    with serving(answer(gzip.compress(PAGE), Content_Encoding="gzip")) as address:
        assert own(address).content == PAGE


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_a_body_packed_otherwise_or_wrongly_is_refused(encoding: str) -> None:
    with (
        serving(answer(b"\x1f\x8bthis is neither", Content_Encoding=encoding)) as address,
        pytest.raises(DocumentError, match="packed"),
    ):
        own(address)


def test_a_packed_body_that_unfolds_without_end_is_stopped() -> None:
    with (
        serving(answer(gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip")) as address,
        pytest.raises(DocumentError, match="larger than 100,000 bytes"),
    ):
        own(address)


def test_a_body_packed_in_parts_is_whole() -> None:
    with serving(answer(gzip.compress(PAGE) + gzip.compress(b"More.") + bytes(9), Content_Encoding="gzip")) as address:
        assert own(address).content == PAGE + b"More."


def test_what_follows_a_packed_body_without_end_is_not_waited_for() -> None:
    def handle(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Encoding", "gzip")
        request.end_headers()
        request.wfile.write(gzip.compress(PAGE))
        while True:
            request.wfile.write(b"x" * 65_536)

    with serving(handle) as address:
        assert own(address).content == PAGE


def test_redirects_are_followed_to_the_address_that_answers() -> None:
    def handle(request: BaseHTTPRequestHandler) -> None:
        answer(status=302, Location="/b")(request) if request.path == "/a" else answer()(request)

    with serving(handle) as address:
        assert own(f"{address}/a").address == f"{address}/b"


def test_a_redirect_loop_ends() -> None:
    with (
        serving(answer(status=301, Location="/again")) as address,
        pytest.raises(DocumentError, match="redirects more than 3 times"),
    ):
        own(address)


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://example.org/", "//", "http://"])
def test_a_redirect_leads_nowhere_but_the_web(target: str) -> None:
    with (
        serving(answer(status=302, Location=target)) as address,
        pytest.raises(DocumentError, match=r"no address to fetch|redirects more"),
    ):
        own(address)


def test_a_server_that_never_answers_is_given_up() -> None:
    held = Event()
    with serving(lambda _: held.wait(5) and None) as address:
        begun = time.monotonic()
        with pytest.raises(DocumentError, match="did not answer in time"):
            own(address)
        assert time.monotonic() - begun < 3
        held.set()


@pytest.mark.parametrize("where", ["headers", "body"])
def test_a_slow_drip_ends_at_the_deadline(where: str) -> None:
    def handle(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"Content-Length: 9999\r\n\r\n" if where == "body" else b""))
        for _ in range(50):
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(0.1)

    with serving(handle) as address:
        begun = time.monotonic()
        with pytest.raises(DocumentError, match="did not answer in time"):
            own(address)
        assert time.monotonic() - begun < 3


def test_a_body_without_end_is_stopped_at_the_limit() -> None:
    def handle(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(1000):
            request.wfile.write(b"x" * 10_000)

    with (
        serving(handle) as address,
        pytest.raises(DocumentError, match="larger than 100,000 bytes"),
    ):
        own(address)


def test_a_body_shorter_than_promised_is_no_document() -> None:
    with (
        serving(answer(PAGE, Content_Length="99999")) as address,
        pytest.raises(DocumentError, match="cut off"),
    ):
        own(address)


def test_an_answer_that_is_no_http_is_told() -> None:
    with (
        serving(lambda request: request.wfile.write(b"220 mail.example ESMTP\r\n") and None) as address,
        pytest.raises(DocumentError, match="broken or was cut off"),
    ):
        own(address)


@pytest.mark.parametrize(
    ("status", "says"), [(404, "no such page"), (403, "refuses"), (451, "legal"), (500, "status 500"), (204, "204")]
)
def test_each_refusal_says_what_to_do(status: int, says: str) -> None:
    with (
        serving(answer(b"", status=status)) as address,
        pytest.raises(DocumentError, match=says) as refused,
    ):
        own(address)
    assert refused.value.remedy


def test_a_server_that_is_not_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        address = f"http://127.0.0.1:{gone.getsockname()[1]}/"
    with pytest.raises(DocumentError, match="cannot be reached"):
        own(address)


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    words = f"req -x509 -newkey rsa:2048 -nodes -keyout {key} -out {certificate} -days 2 -subj /CN=localhost"
    if subprocess.run(["openssl", *words.split()], capture_output=True).returncode:
        pytest.skip("no openssl here to make a certificate with")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with (
        serving(answer(), context=context) as address,
        pytest.raises(DocumentError, match="certificate cannot be trusted"),
    ):
        own(address)


def test_no_page_leads_into_ones_own_network() -> None:
    with (
        serving(answer()) as address,
        pytest.raises(DocumentError, match="not on the public internet") as refused,
    ):
        fetch(address, patience=QUICK)
    assert "--allow-private" in refused.value.remedy


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_however_an_address_of_ones_own_is_written(address: str) -> None:
    with pytest.raises(DocumentError, match="not on the public internet"):
        fetch(address, patience=QUICK)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("ff0e::1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:192.168.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("::10.0.0.1", False),
        ("64:ff9b:1::a00:1", False),
        ("::ffff:0:10.0.0.1", False),
        ("fec0::1", False),
        ("192.0.0.8", False),
    ],
)
def test_what_is_public(address: str, *, expected: bool) -> None:
    assert is_public(ip_address(address)) is expected


@pytest.mark.parametrize(
    "address",
    ["http://", "https://user:word@example.org/", "http://example.org:99999/", "http://[::1", "http://ex\u2028.org/"],
)
def test_what_is_no_address_is_not_asked_for(address: str) -> None:
    with pytest.raises(DocumentError, match="no address to fetch"):
        fetch(address, patience=QUICK)


def test_a_name_that_nobody_has_is_told() -> None:
    with pytest.raises(DocumentError, match="no server is called nobody"):
        fetch("http://nobody.invalid/", patience=QUICK)


def test_a_file_is_no_address() -> None:
    assert [is_address(text) for text in ("HTTPS://example.org", "http.txt", "C:/a.html", "file:///a")] == [
        True,
        False,
        False,
        False,
    ]
