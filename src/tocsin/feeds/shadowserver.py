"""Shadowserver's reports of exposed and compromised hosts, by header name.

Source: the report schema of The Shadowserver Foundation (github.com/The-Shadowserver-Foundation/report_schema) and
https://www.shadowserver.org/what-we-do/network-reporting/. Columns have come and gone (``hostname_source``,
``protocol`` and ``severity`` are newer than 2021), so nothing but time and address is required.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date
from functools import partial

from tocsin.feeds.recipe import Clock, Field, Format, Recipe, Scope

_CLOCK = Clock(formats=("iso",), zone=UTC)
_NAME = re.compile(r"(?:(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})-)?(?P<type>[a-z][a-z0-9_]*)(?:-(?P<scope>.+))?")
_COPY = re.compile(r" ?\([0-9]+\)$")
_SUFFIXES = (".gz", ".zst", ".zstd", ".zip", ".csv")
_SHARED = {
    "seen_at": "timestamp",
    "ip": "ip",
    "port": "port",
    "transport": "protocol",
    "hostname": "hostname",
    "hostname_from": "hostname_source",
    "asn": "asn",
    "country": "geo",
    "version": "version",
}
_NAME_PROOFS = {"ssl": "certificate", "sni": "certificate"}
"""What of ``hostname_source`` says that the host itself showed the name; whatever else stands there is reverse DNS."""

_DEVICE = ("device_vendor", "device_model")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one type of report says beyond what all say: the product it is about, and what goes into ``detail``."""

    detail: tuple[str, ...]
    product: str | None = None


_EXCHANGE = Report(product="exchange", detail=("servername",))
_HTTP = Report(detail=("server", "detail", "build_branch", "build_date"))
_WEBSITE = Report(
    detail=("status", "category", "family", "application", "url", "http_host", "server", "system", "detail")
)

REPORTS = {
    "scan_exchange": _EXCHANGE,
    "scan6_exchange": _EXCHANGE,
    "scan_http_vulnerable": _HTTP,
    "scan6_http_vulnerable": _HTTP,
    "special": Report(detail=("status", "detail", "method", "public_source")),
    "compromised_website": _WEBSITE,
    "compromised_website6": _WEBSITE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileName:
    """What a report's file name tells: ``2021-03-10-scan_exchange-example_org-country.csv``.

    ``report`` is as it stands there, whether known or not; ``scope`` is ``all`` where the name says nothing.
    """

    report: str | None
    day: date | None
    scope: str


def recognise(name: str, report: str | None) -> Format | None:
    """The format of a file by the type of ``report`` asked for, or else by its name; ``None`` when it is not one."""
    told = read_name(name)
    kind = report or told.report
    if kind not in REPORTS:
        return None
    return Format(
        source=kind,
        day=told.day,
        scope=Scope(name=told.scope),
        coverage="positives",
        delimiter=",",
        required=("timestamp", "ip"),
        recipe=partial(recipe_of, kind),
        lower_names=True,
    )


def read_name(name: str) -> FileName:
    """What the name of a file, or of a member of an archive (after the last ``!`` or ``/``), tells."""
    stem = re.split(r"[!/\\]", name)[-1]
    while stem.lower().endswith(_SUFFIXES):
        stem = stem.rpartition(".")[0]
    match = _NAME.fullmatch(_COPY.sub("", stem))
    if match is None:
        return FileName(report=None, day=None, scope="all")
    return FileName(report=match["type"], day=_day(match["day"]), scope=match["scope"] or "all")


def recipe_of(report: str, header: Sequence[str]) -> Recipe:
    """How the report's columns become observations, as far as the header has them."""
    known = REPORTS[report]
    plain = {field: Field(columns=(column,)) for field, column in _SHARED.items() if column in header}
    if "hostname_from" in plain:
        column = _SHARED["hostname_from"]
        plain["hostname_from"] = Field(columns=(column,), values=_NAME_PROOFS, only_values=True)
    detail = tuple(column for column in known.detail if column in header)
    device = tuple(column for column in _DEVICE if column in header)
    fields = plain | {
        "detail": Field(columns=detail, labels=len(known.detail) > 1, joiner="; "),
        "product": Field(columns=() if known.product else device, constant=known.product),
    }
    tags = (Field(columns=("tag",)),) if "tag" in header else ()
    return Recipe(fields=fields, tags=tags, clock=_CLOCK)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
