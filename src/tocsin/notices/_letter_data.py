"""What a letter's template is given: texts, numbers and lists of them, nothing with a method worth reaching.

The names are public: docs/how-to/write-a-letter.md lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tocsin.cases import Status
from tocsin.cases.advice import Advice, Target
from tocsin.notices.evidence import Row, Told, cells_of, target_text
from tocsin.notices.notice import Kind, Recipient
from tocsin.notices.numbers import grouped
from tocsin.notices.plain import plain
from tocsin.notices.settings import Sender

if TYPE_CHECKING:
    from tocsin.notices.letter import Links

_FIXED_SHOWN = 6
_SERVICES_SHOWN = 6
_ADVICE_SHOWN = 12
_MOST_ROWS = 500
_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
}
_UNNAMED = {"en": "a private person (not named)", "de": "Privatperson (nicht genannt)"}

Data = dict[str, object]


def data_of(told: Told, sender: Sender, links: Links, fingerprint: str, *, language: str, limit: int) -> Data:
    """Everything that a template may show. ``limit`` rows stand in the body; the attachments hold all."""
    notice, case = told.notice, told.case
    limit = min(max(limit, 1), _MOST_ROWS)
    shown = told.rows[:limit]
    rows = [_row(row, language) for row in shown]
    advice = [each for each in _advice(told.rows, language) if each["way"] != "nothing"]
    return {
        "language": language,
        "number": notice.number,
        "number_printed": grouped(notice.number),
        "is_reminder": notice.kind is Kind.REMINDER,
        "is_correction": notice.kind is Kind.CORRECTION,
        "corrects": grouped(notice.corrects) if notice.corrects else "",
        "correction": plain(notice.why, 1000) if notice.kind is Kind.CORRECTION else "",
        "as_of": day_text(notice.as_of, language),
        "due_on": day_text(notice.due_on, language),
        "is_encrypted": told.is_encrypted,
        "recipient": _recipient(notice.recipient, language),
        "case": {
            "id": case.id,
            "title": plain(case.title),
            "summary": plain(case.summary, 1000),
            "notes": [plain(note, 1000) for note in case.notes],
            "cves": [cve.id for cve in case.cves],
            "references": [
                {"title": plain(each.title), "url": plain(each.url, 500)}
                for each in case.references
                if each.url.startswith(("https://", "http://"))
            ],
        },
        "sender": {
            "organisation": plain(sender.organisation),
            "name": plain(sender.name),
            "address": sender.address,
            "phone": plain(sender.phone, 60),
            "page": sender.page,
            "signature": ", ".join(filter(None, (plain(sender.name), plain(sender.organisation)))),
            "reached": ", ".join(filter(None, (sender.reply_to or sender.address, plain(sender.phone, 60)))),
            "fingerprint": in_fours(fingerprint),
        },
        "links": {"check": links.check, **{name: links.answers.get(name, "") for name in _ANSWERS}},
        "has_answers": bool(links.answers),
        "findings": rows,
        "total": len(told.rows),
        "more": len(told.rows) - len(shown),
        "is_compromised": any(row.is_compromised for row in told.rows),
        "is_confirmed": any(row.item.compromise == "confirmed" for row in told.rows),
        "is_open": any(row.item.status != Status.FIXED for row in told.rows),
        "traces": [{"service": service_text(row), "words": row.trace} for row in told.rows if row.trace][:limit],
        "is_withheld": any(row.is_compromised for row in told.rows) and not told.is_encrypted,
        "table": told.table_name,
        "advice": advice[:_ADVICE_SHOWN],
        "more_advice": max(len(advice) - _ADVICE_SHOWN, 0),
        "look_since": _first_day((row.advice.look_since for row in told.rows), language),
        "widths": {
            name: max((len(str(row[name])) for row in rows), default=0) for name in ("service", "build", "last_seen")
        },
    }


_ANSWERS = ("fixed", "not_ours", "wrong_contact", "need_help", "stop")


def in_fours(fingerprint: str) -> str:
    """A fingerprint as programs show it: capitals in groups of four."""
    text = fingerprint.upper()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _recipient(to: Recipient, language: str) -> Data:
    """Whose services it is about; whom its provider or national team is not told is called a private person."""
    unnamed = _UNNAMED.get(language.partition("-")[0], _UNNAMED["en"])
    return {"name": plain(to.name) or unnamed, "country": plain(to.country, 2)}


def day_text(day: date, language: str) -> str:
    """``14 March 2021``, ``14. März 2021``; ISO 8601 where the months of a language are not known here."""
    main = language.partition("-")[0]
    months = _MONTHS.get(main)
    if months is None:
        return day.isoformat()
    return f"{day.day}{'.' if main == 'de' else ''} {months[day.month - 1]} {day.year}"


def service_text(row: Row) -> str:
    """``192.0.2.17:443``, ``[2001:db8::1]:443``; the address alone where no port was told."""
    address, port = row.item.address, row.item.port
    if not port:
        return address
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def _row(row: Row, language: str) -> Data:
    cells = cells_of(row)
    return {
        **cells,
        "cves": list(row.item.cves),
        "service": service_text(row),
        "first_seen": _moment_text(row.item.first_seen, language),
        "last_seen": _moment_text(row.item.last_seen, language),
        "product": row.advice.product,
        "is_fixed": row.item.status == Status.FIXED,
        "is_compromised": row.is_compromised,
    }


def _moment_text(moment: datetime, language: str) -> str:
    at = moment.astimezone(UTC)
    return f"{day_text(at.date(), language)}, {at:%H:%M} UTC"


def _advice(rows: Iterable[Row], language: str) -> list[Data]:
    """One entry for each different advice, in the order of the services, with the services that it is for."""
    groups: dict[tuple[Advice, str], list[str]] = {}
    for row in rows:
        groups.setdefault((row.advice, row.item.build), []).append(service_text(row))
    return [_one_advice(advice, build, services, language) for (advice, build), services in groups.items()]


def _one_advice(advice: Advice, build: str, services: list[str], language: str) -> Data:
    newest = advice.fixed[-_FIXED_SHOWN:]
    return {
        "way": advice.way.value,
        "product": advice.product,
        "branch": advice.branch,
        "build": build,
        "services": services[:_SERVICES_SHOWN],
        "more_services": max(len(services) - _SERVICES_SHOWN, 0),
        "first": _target(advice.first, language),
        "next": _target(advice.next, language),
        "fixed": [_target(target, language) for target in reversed(newest)],
        "more_fixed": len(advice.fixed) - len(newest),
    }


def _target(target: Target | None, language: str) -> Mapping[str, object] | None:
    if target is None:
        return None
    return {
        "text": target_text(target),
        "build": target.build,
        "name": plain(target.name, 120),
        "kb": target.kb,
        "product": target.product,
        "branch": target.branch,
        "is_out": target.is_out,
        "released_from": day_text(target.released_from, language),
        "released_to": day_text(target.released_to, language),
    }


def _first_day(days: Iterable[date | None], language: str) -> str:
    known = [day for day in days if day is not None]
    return day_text(min(known), language) if known else ""
