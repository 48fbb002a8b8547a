"""The edge of the public pages: what every request must pass, and what every answer carries.

An ASGI layer around the pages: rates, sizes and times of bodies, headers, and a log without a token, a number or an
address of anybody. Sources: the ASGI specification, HTTP version 2.3; RFC 9110, section 15.
"""

from __future__ import annotations

import asyncio
import logging
import math
import traceback
from collections.abc import Callable, MutableMapping
from typing import Any, cast

from fastapi import HTTPException
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tocsin.ui.web.languages import chosen
from tocsin.ui.web.limits import Limits
from tocsin.ui.web.pages import HEADERS, Page, Pages

BODY_BYTES = 16_384
BODY_SECONDS = 10.0
GUESS_COST = 9.0
"""So much more than a page costs a number or a token that is none of ours."""

IS_GUESS = "is_guess"
_FOLDERS = ("a", "n", "u")
_log = logging.getLogger("tocsin.public")

State = MutableMapping[str, Any]


class Edge:
    """Wraps the pages. ``clock`` gives seconds that never go back."""

    def __init__(self, app: ASGIApp, pages: Pages, limits: Limits, clock: Callable[[], float]) -> None:
        self._app, self._pages, self._limits, self._clock = app, pages, limits, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            return
        began, client = self._clock(), _client(scope)
        answer = _Answer(scope, send)
        wait = self._limits.take(client, began)
        try:
            if wait:
                await self._refuse(scope, answer, 429, {"Retry-After": str(math.ceil(wait))})
            elif _declared(scope) > BODY_BYTES:
                await self._refuse(scope, answer, 413)
            else:
                await self._app(scope, _measured(receive), answer)
        except Exception as fault:  # the web edge: whatever it is, nobody's data goes into the log or the answer
            where = "".join(traceback.format_tb(fault.__traceback__)[-3:])
            _log.error("%s: %s\n%s", _shown(scope), type(fault).__name__, where)
            if not answer.status:
                await self._refuse(scope, answer, 500)
        if cast(State, scope.get("state", {})).get(IS_GUESS):
            self._limits.charge(client, self._clock(), GUESS_COST)
        _log.info("%s %s %d ms", _shown(scope), answer.status, (self._clock() - began) * 1000)

    async def _refuse(self, scope: Scope, send: Send, status: int, headers: dict[str, str] | None = None) -> None:
        page = self._pages.fault(language_of(scope), status)
        await respond(page, {**(headers or {}), "Connection": "close"})(scope, _nothing, send)


def respond(page: Page, headers: dict[str, str] | None = None) -> HTMLResponse:
    """The page as an answer of HTTP."""
    return HTMLResponse(
        page.html, page.status, {"Content-Language": page.language, "Vary": "Accept-Language", **(headers or {})}
    )


def language_of(scope: Scope) -> str:
    """The language in which a request is answered."""
    query: bytes = scope["query_string"]
    wanted = [part[5:] for part in query.decode("latin-1").split("&") if part.startswith("lang=")]
    return chosen(wanted[-1] if wanted else None, _header(scope, b"accept-language"))


class _Answer:
    """Sends on what the pages send, with the headers of every answer."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._send, self.status = send, 0
        self._is_secure = scope.get("scheme") == "https"

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            ours = dict(HEADERS)
            if self._is_secure:
                ours["Strict-Transport-Security"] = "max-age=31536000"
            added = [(name.lower().encode(), value.encode()) for name, value in ours.items()]
            message = {**message, "headers": [*message.get("headers", []), *added]}
        await self._send(message)


def _measured(receive: Receive) -> Receive:
    """Passes on a body while it is short and comes in time."""
    size, deadline = 0, asyncio.get_running_loop().time() + BODY_SECONDS

    async def measured() -> Message:
        nonlocal size
        left = deadline - asyncio.get_running_loop().time()
        try:
            message = await asyncio.wait_for(_one(receive), left)
        except TimeoutError as fault:
            raise HTTPException(408, headers={"Connection": "close"}) from fault
        size += len(message.get("body", b""))
        if size > BODY_BYTES:
            raise HTTPException(413, headers={"Connection": "close"})
        return message

    return measured


async def _one(receive: Receive) -> Message:
    return await receive()


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def _declared(scope: Scope) -> int:
    """The length that the request says its body has; 0 when it says none."""
    text = _header(scope, b"content-length")
    if not text.isdecimal():
        return 0
    return int(text) if len(text) < 10 else BODY_BYTES + 1


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _client(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _shown(scope: Scope) -> str:
    """Method and kind of page: ``POST /a/…``."""
    method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST", "OPTIONS") else "other"
    folder = scope["path"].split("/")[1] if "/" in scope["path"] else ""
    return f"{method} /{folder}/…" if folder in _FOLDERS else f"{method} {'/' if not folder else '/…'}"
