"""Which language a page speaks: the one that the link asks for, else the browser's, else English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "de")
_FOLDER = Path(__file__).parent / "texts"
_RANGE = re.compile(
    r"\s{0,9}([A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9]{1,8}){0,9}(?:\s{0,9};\s{0,9}q=([01](?:\.\d{0,3})?))?\s{0,9}"
)
_HEADER_LIMIT = 500

Texts = Mapping[str, object]


def chosen(wanted: str | None, accepted: str) -> str:
    """One of LANGUAGES. ``wanted`` is of the link, ``accepted`` the header Accept-Language (RFC 9110, 12.5.4)."""
    if wanted in LANGUAGES:
        return str(wanted)
    best, found = 0.0, LANGUAGES[0]
    for part in accepted[:_HEADER_LIMIT].split(","):
        range_ = _RANGE.fullmatch(part)
        if range_ is None:
            continue
        weight = float(range_[2] or 1)
        name = LANGUAGES[0] if range_[1] == "*" else range_[1].lower()
        if name in LANGUAGES and weight > best:
            best, found = weight, name
    return found


@cache
def texts(language: str) -> Texts:
    """All that the pages say in one of LANGUAGES."""
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8"))


def day_text(day: date, language: str) -> str:
    """``14 March 2021``, ``14. März 2021``."""
    said = texts(language)
    months, form = said["months"], said["date"]
    assert isinstance(months, list)
    assert isinstance(form, str)
    return form.format(day=day.day, month=months[day.month - 1], year=day.year)
