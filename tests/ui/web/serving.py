"""The public pages on a real server on loopback, asked with ``http.client`` or with raw bytes."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy.engine import Engine
from tests.store.noticing import NOW, NUMBER

from tocsin.notices.answers import Answer
from tocsin.notices.settings import Sender
from tocsin.notices.tokens import Purpose, Token, sign
from tocsin.store.workspace import Workspace
from tocsin.tasks.answering_notices import Counter, open_counter
from tocsin.tasks.workspace import init
from tocsin.ui.web.limits import Limits, Rate
from tocsin.ui.web.public import public_app
from tocsin.ui.web.server import listen, make_server

HOST = Sender(
    organisation="Example <CERT> & Friends",
    address="cert@cert.example",
    phone="+44 20 7946 0000",
    page="https://notices.cert.example",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer of the server."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A running server, and the counter behind it."""

    port: int
    counter: Counter
    workspace: Workspace

    @property
    def desk(self) -> Engine:
        return self.counter.desk

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(status=answer.status, headers=found, text=answer.read().decode("utf-8"))
        finally:
            connection.close()

    def post(self, path: str, headers: Mapping[str, str] | None = None, **fields: str) -> Reply:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask(path, method="POST", body=urlencode(fields).encode(), headers={**kind, **(headers or {})})

    def unsubscribe(self, token: str) -> Reply:
        """As a mail program does it (RFC 8058, section 3.1)."""
        return self.post(f"/u/{token}", **{"List-Unsubscribe": "One-Click"})

    def token(
        self,
        answer: Answer = Answer.FIXED,
        *,
        purpose: Purpose = Purpose.ANSWER,
        number: str = NUMBER,
        expires: datetime = NOW + timedelta(days=90),
    ) -> str:
        return sign(Token(purpose=purpose, answer=answer, number=number, expires=expires), self.counter.key)

    def raw(self, data: bytes, *, seconds: float = 10) -> bytes:
        """What comes back for these bytes until the server closes or is silent for so long."""
        found = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as wire:
            wire.sendall(data)
            try:
                while part := wire.recv(65536):
                    found += part
            except (TimeoutError, ConnectionError):
                pass
        return found


@contextmanager
def site_of(
    workspace: Workspace,
    *,
    limits: Limits | None = None,
    host: Sender = HOST,
    now: datetime = NOW,
    proxies: Sequence[str] = (),
) -> Iterator[Site]:
    """The site of one workspace, until the block ends; unless told otherwise with patience for many requests."""
    counter = open_counter(workspace)
    patient = Limits(per_address=Rate(burst=10_000, per_second=1), in_all=Rate(burst=10_000, per_second=1))
    app = public_app(counter, host, now=lambda: now, limits=limits or patient)
    server = make_server(app, proxies=proxies)
    with listen("127.0.0.1", 0) as opened:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield Site(port=opened.getsockname()[1], counter=counter, workspace=workspace)
        finally:
            server.should_exit = True
            thread.join(20)
            counter.desk.dispose()


def made_workspace(folder: Path) -> Workspace:
    """An empty workspace."""
    return init(folder / "workspace", label="TLP:AMBER")
