"""The public pages: confirm a notice, answer it, and who we are. Only a POST with a token changes anything."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException as StarletteHTTPException

from tocsin.errors import TocsinError
from tocsin.notices.settings import Sender
from tocsin.notices.tokens import Purpose
from tocsin.tasks.answering_notices import Counter, Refused, ask, confirm, take
from tocsin.ui.web.edge import IS_GUESS, Edge, language_of, respond
from tocsin.ui.web.limits import Limits
from tocsin.ui.web.pages import Page, Pages

ROBOTS = "User-agent: *\nDisallow: /a/\nDisallow: /n\nDisallow: /u/\n"
SECURITY_TXT_DAYS = 90
_READ = ["GET", "HEAD"]
_PURPOSES = {"a": Purpose.ANSWER, "u": Purpose.UNSUBSCRIBE}
_FIELDS = 8
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def public_app(
    counter: Counter,
    host: Sender,
    *,
    now: Callable[[], datetime],
    limits: Limits | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Edge:
    """The pages of one workspace as an ASGI application; it serves these and nothing else."""
    pages = Pages(host)
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    _add_faults(app, pages)
    _add_reading(app, pages, counter, host, now)
    _add_answering(app, pages, counter, now)
    return Edge(app, pages, limits or Limits(), clock)


def _add_faults(app: FastAPI, pages: Pages) -> None:
    async def refused(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, StarletteHTTPException)
        page = pages.fault(language_of(request.scope), fault.status_code)
        return respond(page, dict(fault.headers or {}))

    async def closed(request: Request, _fault: Exception) -> Response:
        return respond(pages.fault(language_of(request.scope), 503), {"Retry-After": "120"})

    async def broken(request: Request, _fault: Exception) -> Response:
        return respond(pages.fault(language_of(request.scope), 500))

    app.add_exception_handler(StarletteHTTPException, refused)
    app.add_exception_handler(Exception, broken)
    for kind in (TocsinError, sa.exc.DBAPIError, sa.exc.TimeoutError):
        app.add_exception_handler(kind, closed)


def _add_reading(app: FastAPI, pages: Pages, counter: Counter, host: Sender, now: Callable[[], datetime]) -> None:
    @app.api_route("/", methods=_READ)
    async def home(request: Request) -> Response:
        return respond(pages.home(language_of(request.scope)))

    async def shown(request: Request, typed: str, *, is_form: bool) -> Response:
        found = await run_in_threadpool(confirm, counter, typed)
        _tell_guess(request, is_one=found is None)
        return respond(pages.notice(language_of(request.scope), typed, found, is_form=is_form))

    @app.api_route("/n", methods=_READ)
    async def typed_number(request: Request) -> Response:
        return await shown(request, request.query_params.get("number", ""), is_form=True)

    @app.api_route("/n/{number}", methods=_READ)
    async def number_of_link(request: Request, number: str) -> Response:
        return await shown(request, number, is_form=False)

    @app.api_route("/robots.txt", methods=_READ)
    async def robots() -> Response:
        return PlainTextResponse(ROBOTS)

    @app.api_route("/.well-known/security.txt", methods=_READ)
    async def security_txt() -> Response:
        return PlainTextResponse(_security_txt(host, now()))


def _add_answering(app: FastAPI, pages: Pages, counter: Counter, now: Callable[[], datetime]) -> None:
    async def question(request: Request, folder: str, token: str) -> Response:
        job = partial(ask, counter, token, purpose=_PURPOSES[folder], now=now())
        asked = await run_in_threadpool(job)
        if isinstance(asked, Refused):
            return respond(_refusal(request, pages, asked))
        return respond(pages.question(language_of(request.scope), asked, one_click=folder == "u"))

    async def answer(request: Request, folder: str, token: str) -> Response:
        words, one_click = await _form(request)
        if folder == "u" and not one_click:  # RFC 8058, section 3.1: the body must hold this pair
            raise HTTPException(400)
        job = partial(take, counter, token, purpose=_PURPOSES[folder], words=words, now=now())
        done = await run_in_threadpool(job)
        if isinstance(done, Refused):
            return respond(_refusal(request, pages, done))
        return respond(pages.thanks(language_of(request.scope), done, again=not done.is_new))

    for folder in _PURPOSES:
        path = f"/{folder}/{{token}}"

        async def get(request: Request, token: str, folder: str = folder) -> Response:
            return await question(request, folder, token)

        async def post(request: Request, token: str, folder: str = folder) -> Response:
            return await answer(request, folder, token)

        app.add_api_route(path, get, methods=_READ)
        app.add_api_route(path, post, methods=["POST"])


async def _form(request: Request) -> tuple[str, bool]:
    """The words of a form, and whether it says ``List-Unsubscribe=One-Click``. Whatever is no form is refused."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in _FORMS:
        raise HTTPException(400, headers={"Connection": "close"})
    async with request.form(max_files=0, max_fields=_FIELDS) as form:
        words, click = form.get("words", ""), form.get("List-Unsubscribe", "")
    return words if isinstance(words, str) else "", click == "One-Click"


def _refusal(request: Request, pages: Pages, refused: Refused) -> Page:
    _tell_guess(request, is_one=refused is Refused.INVALID)
    return pages.fault(language_of(request.scope), 410 if refused is Refused.EXPIRED else 404, refused)


def _tell_guess(request: Request, *, is_one: bool) -> None:
    request.scope.setdefault("state", {})[IS_GUESS] = is_one


def _security_txt(host: Sender, now: datetime) -> str:
    """How to tell us of a flaw in these pages (RFC 9116, sections 2.5.3 and 2.5.5)."""
    expires = (now + timedelta(days=SECURITY_TXT_DAYS)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [f"Contact: mailto:{host.reply_to or host.address}", f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}"]
    lines.append("Preferred-Languages: en, de")
    if host.page:
        lines.append(f"Canonical: {host.page.rstrip('/')}/.well-known/security.txt")
    return "\n".join(lines) + "\n"
