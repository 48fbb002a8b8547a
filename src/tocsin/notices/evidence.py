"""What one notice tells, once: the letter, the CSV and the XARF reports are all written from these rows.

Sources: RFC 4180 (CSV); XARF 4.2 (xarf.org), ``vulnerability/cve`` and ``infrastructure/compromised_server``.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tocsin.cases import Case, Compromise, Status
from tocsin.cases.advice import Advice, Adviser, Target
from tocsin.notices.notice import Item, Kind, Notice
from tocsin.notices.plain import plain, without_paths

COLUMNS = (
    "address",
    "port",
    "transport",
    "hostname",
    "status",
    "compromise",
    "build",
    "branch",
    "cves",
    "first_seen",
    "last_seen",
    "evidence",
    "update_first",
    "update_next",
    "reference",
)
TRACE = "trace"
XARF_VERSION = "4.2.0"

Service = tuple[str, int, str]
"""Address, port and transport."""
Report = dict[str, object]
"""A XARF report, ready to be written as JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One service told of, its texts made plain, with what to do about it.

    ``trace`` tells where a web shell is; empty unless the letter is encrypted.
    """

    item: Item
    advice: Advice
    trace: str

    @property
    def is_compromised(self) -> bool:
        return self.item.compromise in (Compromise.POSSIBLE, Compromise.CONFIRMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that one notice tells. ``is_encrypted`` says that only its recipient can read it."""

    notice: Notice
    case: Case
    rows: tuple[Row, ...]
    is_encrypted: bool

    @property
    def table_name(self) -> str:
        """The name of the attached table: what a correction takes back is nobody's finding."""
        return "taken-back.csv" if self.notice.kind is Kind.CORRECTION else "findings.csv"


def tell(notice: Notice, adviser: Adviser, *, traces: Mapping[Service, str], is_encrypted: bool) -> Told:
    """What the notice tells. ``traces`` are the words of observations about web shells, by service.

    They are told only where the letter is encrypted; else every path is left out of all other texts too.
    Raises ``ValueError`` for a notice about another case.
    """
    case = adviser.case
    if notice.case_id != case.id:
        raise ValueError(f"notice {notice.number} is about {notice.case_id}, not {case.id}")
    rows = []
    for item in notice.items:
        shown = _made_plain(item, hide=not is_encrypted)
        advice = adviser.advise(status=item.status, build=item.build, branch=item.branch, as_of=notice.as_of)
        trace = traces.get((item.address, item.port, item.transport), "") if is_encrypted else ""
        rows.append(Row(item=shown, advice=advice, trace=plain(trace, 600)))
    return Told(notice=notice, case=case, rows=tuple(rows), is_encrypted=is_encrypted)


def cells_of(row: Row) -> dict[str, str]:
    """One row as the texts of COLUMNS, and TRACE: what the letter shows, and the CSV and the XARF reports hold."""
    item = row.item
    return {
        "address": item.address,
        "port": str(item.port),
        "transport": item.transport,
        "hostname": item.hostname,
        "status": item.status,
        "compromise": item.compromise,
        "build": item.build,
        "branch": row.advice.branch or item.branch,
        "cves": "; ".join(item.cves),
        "first_seen": utc_text(item.first_seen),
        "last_seen": utc_text(item.last_seen),
        "evidence": item.basis,
        "update_first": target_text(row.advice.first),
        "update_next": target_text(row.advice.next),
        "reference": f"{item.source}:{item.line}",
        TRACE: row.trace,
    }


def csv_of(told: Told, cell: Callable[[str], str]) -> bytes:
    """All rows as CSV; ``cell`` makes a text harmless for a spreadsheet (``reports.escape.csv_cell``)."""
    columns = (*COLUMNS, TRACE) if told.is_encrypted and any(row.trace for row in told.rows) else COLUMNS
    return _csv(columns, [cells_of(row) for row in told.rows], cell)


def xarf_of(told: Told, *, organisation: str, address: str, cell: Callable[[str], str]) -> tuple[Report, ...]:
    """A XARF report for each service that is open, and one for each with traces of a break-in.

    ``address`` is the sender's. What has the fix and no trace is no report of abuse and gets none, nor does what a
    correction takes back.
    """
    if told.notice.kind is Kind.CORRECTION:
        return ()
    domain = address.rpartition("@")[2]
    who = {"org": plain(organisation, 200), "contact": address, "domain": domain}
    reports: list[Report] = []
    for row in told.rows:
        if row.item.status in (Status.AFFECTED, Status.UNDETERMINED) and row.item.cves and row.item.port:
            reports.append(_report(told, row, who, cell) | _vulnerable(told, row))
        if row.is_compromised:
            reports.append(_report(told, row, who, cell) | _compromised(told, row))
    return tuple(reports)


def xarf_faults(report: Mapping[str, object]) -> tuple[str, ...]:
    """What the ``xarf`` package finds wrong with a report; empty when it is valid."""
    from xarf import parse

    result = parse(json.dumps(report))
    faults = [f"{fault.field}: {fault.message}" for fault in result.errors]
    return tuple(faults or ([] if result.report is not None else ["is no XARF report"]))


def utc_text(moment: datetime) -> str:
    """``2021-03-14 10:00 UTC``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def target_text(target: Target | None) -> str:
    """``KB5000871, Exchange Server 2016 CU18 Mar21SU (15.1.2106.13)``; empty for none."""
    if target is None:
        return ""
    name = ", ".join(part for part in (target.kb, plain(target.name, 120)) if part)
    return f"{name} ({target.build})" if name else target.build


def _made_plain(item: Item, *, hide: bool) -> Item:
    def shown(text: str) -> str:
        return without_paths(plain(text)) if hide else plain(text)

    return replace(
        item,
        address=plain(item.address),
        transport=plain(item.transport),
        hostname=shown(item.hostname),
        status=plain(item.status),
        reason=shown(item.reason),
        basis=shown(item.basis),
        build=shown(item.build)[:80],
        branch=shown(item.branch)[:80],
        compromise=plain(item.compromise),
        source=plain(item.source),
        cves=tuple(plain(cve, 40) for cve in item.cves),
    )


def _csv(columns: tuple[str, ...], rows: list[dict[str, str]], cell: Callable[[str], str]) -> bytes:
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(row[name]) for name in columns] for row in rows)
    return page.getvalue().encode()


def _report(told: Told, row: Row, who: Mapping[str, str], cell: Callable[[str], str]) -> Report:
    item = row.item
    columns = (*COLUMNS, TRACE) if row.trace else COLUMNS
    payload = _csv(columns, [cells_of(row)], cell)
    evidence = {
        "content_type": "text/csv",
        "description": "The row of this service in the table of the notice",
        "payload": base64.b64encode(payload).decode(),
        "hash": f"sha256:{hashlib.sha256(payload).hexdigest()}",
        "size": len(payload),
    }
    port: dict[str, object] = {"source_port": item.port} if item.port else {}
    return {
        "xarf_version": XARF_VERSION,
        "timestamp": item.last_seen.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "reporter": dict(who),
        "sender": dict(who),
        "source_identifier": item.address,
        **port,
        "evidence": [evidence],
        "description": plain(f"{told.case.title}. {item.basis}", 1000),
    }


def _vulnerable(told: Told, row: Row) -> Report:
    item, first = row.item, row.advice.first
    patch: dict[str, object] = {"patch_available": first is not None}
    if first is not None:
        patch["patch_version"] = first.build
    version: dict[str, object] = {"service_version": item.build[:100]} if item.build else {}
    return {
        "category": "vulnerability",
        "type": "cve",
        "report_id": _report_id(told, row, "cve"),
        "evidence_source": "vulnerability_scan",
        "service": plain(row.advice.product or told.case.title, 200),
        "service_port": item.port,
        "cve_id": item.cves[0],
        "cve_ids": sorted(set(item.cves))[:10],
        **version,
        **patch,
    }


def _compromised(told: Told, row: Row) -> Report:
    return {
        "category": "infrastructure",
        "type": "compromised_server",
        "report_id": _report_id(told, row, "compromised"),
        "evidence_source": "automated_scan",
        "compromise_method": plain(f"{told.case.title}: {row.item.compromise}", 200),
    }


def _report_id(told: Told, row: Row, kind: str) -> str:
    """The same for the same service in the same notice, whenever it is written."""
    item = row.item
    words = f"{told.notice.number} {kind} {item.address} {item.port} {item.transport}"
    return str(uuid.UUID(bytes=hashlib.sha256(words.encode()).digest()[:16], version=4))
