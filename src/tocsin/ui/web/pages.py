"""Renders the public pages: templates, texts of a language, and the headers that every answer carries."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import jinja2
from markupsafe import Markup

from tocsin.notices.answers import WORDS_LIMIT
from tocsin.notices.numbers import grouped, parse_number
from tocsin.notices.settings import Sender
from tocsin.tasks.answering_notices import Asked, Confirmed
from tocsin.ui.web.languages import LANGUAGES, day_text, texts

_FOLDER = Path(__file__).parent / "templates"
STYLE = (_FOLDER / "style.css").read_text("utf-8")
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
"""What every answer carries. A link holds a token, so no other site may learn it and no cache keep the page."""

_FAULTS = {
    400: "bad_request",
    404: "not_found",
    405: "not_allowed",
    408: "slow",
    410: "expired",
    413: "too_large",
    429: "too_many",
    500: "broken",
    503: "closed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What goes out, before it is bytes on a wire."""

    status: int
    language: str
    html: str


class Pages:
    """The pages of one sender. Whatever comes from outside is escaped by the templates."""

    def __init__(self, host: Sender) -> None:
        self._host = host
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_FOLDER),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def home(self, language: str) -> Page:
        """Who we are, and where to check a notice."""
        return self._page(200, "home", language, {"title": _text(language, "home", "title")})

    def notice(self, language: str, typed: str, found: Confirmed | None, *, is_form: bool) -> Page:
        """A notice that went out, or that none of that number did: the same page and status, for whoever guesses.

        What was typed is shown only where it could be a number: nobody shall put words of their own on our page.
        """
        part = texts(language)["confirmed" if found else "unknown"]
        number = found.number if found else parse_number(typed) or ""
        query = {"number": number} if is_form else {}
        title = _text(language, "confirmed" if found else "unknown", "title")
        values = {"title": title, "part": part, "notice": found, "number": grouped(number) or "–"}
        return self._page(200, "notice", language, values, query)

    def question(self, language: str, asked: Asked, *, one_click: bool) -> Page:
        """The page with a button, to which a link of a notice leads."""
        part = _answer(language, asked)
        values = {"title": part["title"], "part": part, "one_click": one_click, "limit": WORDS_LIMIT}
        return self._page(200, "answer", language, {**values, **_notice(asked)})

    def thanks(self, language: str, asked: Asked, *, again: bool) -> Page:
        """What is shown when an answer was taken, now or before."""
        title = _text(language, "done", "title")
        values = {"title": title, "again": again, "part": _answer(language, asked)}
        return self._page(200, "done", language, {**values, **_notice(asked)})

    def fault(self, language: str, status: int, name: str | None = None) -> Page:
        """Why there is nothing else to see; ``name`` where the status alone does not say it."""
        name = name or _FAULTS.get(status, "broken" if status >= 500 else "bad_request")
        part = _table(_table(texts(language)["faults"])[name])
        offers = name in ("not_found", "invalid", "expired")
        return self._page(status, "fault", language, {"title": part["title"], "part": part, "offers_check": offers})

    def _page(
        self,
        status: int,
        template: str,
        language: str,
        values: Mapping[str, object],
        query: Mapping[str, str] | None = None,
    ) -> Page:
        other = next(each for each in LANGUAGES if each != language)
        html = self._templates.get_template(f"{template}.html.j2").render(
            host=self._host,
            said=texts(language),
            style=Markup(STYLE),  # noqa: S704  our own file, which the policy names by its hash
            language=language,
            other=other,
            other_language=texts(other)["language"],
            switch="?" + urlencode({**(query or {}), "lang": other}),
            day=partial(_day, language),
            **values,
        )
        return Page(status=status, language=language, html=html)


def _notice(asked: Asked) -> dict[str, object]:
    return {"notice": asked.notice, "number": grouped(asked.number), "given_on": asked.given_on}


def _answer(language: str, asked: Asked) -> Mapping[str, object]:
    return _table(_table(texts(language)["answers"])[asked.answer])


def _day(language: str, day: date) -> str:
    return day_text(day, language)


def _text(language: str, table: str, key: str) -> str:
    return str(_table(texts(language)[table])[key])


def _table(value: object) -> Mapping[str, object]:
    assert isinstance(value, dict)
    return value
