"""Serves the public pages over HTTP/1.1, and lets nobody hold the door.

A connection has so many seconds in all, whoever is slow to ask or to read loses it, and one address holds only a few.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from collections import Counter
from collections.abc import Sequence
from ipaddress import ip_network
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from tocsin.errors import AskError, WorkspaceError
from tocsin.ui.web.limits import network_of

CONNECTION_SECONDS = 30.0
KEEP_ALIVE_SECONDS = 5
MOST_CONNECTIONS = 500
MOST_PER_ADDRESS = 30
HEAD_BYTES = 8_192
STOP_SECONDS = 5


def checked_proxies(texts: Sequence[str]) -> list[str]:
    """Addresses and networks of proxies whose word on the client's address is taken. Raises ``AskError``."""
    for text in texts:
        try:
            network = ip_network(text)
        except ValueError as fault:
            raise AskError(
                f"--behind-proxy {text!r} is no address", remedy="give the proxy's own, such as 127.0.0.1"
            ) from fault
        if network.prefixlen == 0:
            raise AskError(
                f"--behind-proxy {text} would believe everybody", remedy="give the proxy's own, such as 127.0.0.1"
            )
    return list(texts)


def listen(host: str, port: int) -> socket.socket:
    """The open socket. Raises ``WorkspaceError`` when it cannot be had."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        return _opened(found[0])
    except (OSError, OverflowError) as fault:
        words = getattr(fault, "strerror", None) or str(fault)
        raise WorkspaceError(
            f"cannot listen on {host} port {port}: {words}",
            remedy="name a free port above 1023 with --port, and an address of this machine with --host",
        ) from fault


def shown_address(opened: socket.socket) -> str:
    """``http://127.0.0.1:8080/``."""
    host, port = opened.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def serve(app: ASGIApp, opened: socket.socket, *, proxies: Sequence[str] = ()) -> None:
    """Serves until it is told to stop (Ctrl-C, SIGTERM); what has begun is finished first."""
    _log_to_stderr()
    make_server(app, proxies=proxies).run(sockets=[opened])


def make_server(app: ASGIApp, *, proxies: Sequence[str] = ()) -> uvicorn.Server:
    """A server that is not running yet, with all that keeps strangers from holding it."""
    config = uvicorn.Config(
        app,
        http=_protocol(0 if proxies else MOST_PER_ADDRESS),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
        h11_max_incomplete_event_size=HEAD_BYTES,
    )
    return uvicorn.Server(config)


def _opened(found: tuple[Any, ...]) -> socket.socket:
    family, kind, protocol, _, address = found
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(MOST_CONNECTIONS)
    except BaseException:
        opened.close()
        raise
    return opened


def _protocol(most_per_address: int) -> type[H11Protocol]:
    """A protocol whose connections end in time; 0: any number from one address, which is then a proxy's."""
    held: Counter[str] = Counter()

    class Hurried(H11Protocol):
        _who = ""
        _timer: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
            super().connection_made(transport)
            self.access_log = False  # whatever logging is set to elsewhere: it would name the token
            self._timer = self.loop.call_later(CONNECTION_SECONDS, transport.abort)
            self._who = network_of(self.client[0] if self.client else "")
            held[self._who] += 1
            if 0 < most_per_address < held[self._who]:
                transport.abort()

        def connection_lost(self, exc: Exception | None) -> None:
            if self._timer is not None:
                self._timer.cancel()
            held[self._who] -= 1
            if held[self._who] <= 0:
                del held[self._who]
            super().connection_lost(exc)

    return Hurried


def _log_to_stderr() -> None:
    handler: logging.StreamHandler[Any] = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    for name, level in (("tocsin.public", logging.INFO), ("uvicorn.error", logging.ERROR)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
