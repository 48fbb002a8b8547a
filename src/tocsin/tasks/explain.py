"""Tells one service's whole story: what was seen, what it meant, what changed, whose it is and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tocsin.constituency import Answer
from tocsin.errors import AskError
from tocsin.remediation.overlay import Override
from tocsin.store.constituents import load_resolver
from tocsin.store.listing import service_history
from tocsin.store.overrides import overrides_in_force
from tocsin.store.workspace import Workspace
from tocsin.tasks.asking import ServiceKey, parse_service
from tocsin.tasks.viewing import View, open_view

Row = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One address under one case: ``observations`` are rows oldest first, ``changes`` the sentences between them."""

    address: str
    port: int | None
    case_id: str
    as_of: date
    state: Row | None
    observations: tuple[Row, ...]
    changes: tuple[str, ...]
    owner: Answer | None
    overrides: tuple[Override, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "address": self.address,
            "port": self.port,
            "case": self.case_id,
            "as_of": self.as_of.isoformat(),
            "state": self.state,
            "observations": list(self.observations),
            "changes": list(self.changes),
            "assignment": self.owner.as_json() if self.owner else None,
            "overrides": [{"what": each.what, "says": each.words} for each in self.overrides],
        }


def explain(
    workspace: Workspace,
    service: str,
    *,
    case_id: str,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> Story:
    """Every observation of ``service`` (ADDRESS or ADDRESS:PORT) up to ``as_of``, judged, and what follows from them.

    Raises ``AskError`` when it was never observed under the case.
    """
    key = parse_service(service)
    view = open_view(workspace, case_id, as_of=as_of, known_at=known_at)
    history = service_history(view.lake, view.selection, ip_hi=key.ip_hi, ip_lo=key.ip_lo, port=key.port)
    files = {batch.id: batch for batch in view.selection.batch_of().values()}
    rows = [
        row | {"source": files[str(row["batch"])].file, "feed": files[str(row["batch"])].source}
        for row in history.to_pylist()
    ]
    if not rows:
        raise AskError(
            f"{service} was not observed under {case_id} up to {view.selection.as_of}",
            remedy="check the address, the port and --as-of; 'tocsin rejected' lists rows that could not be read",
        )
    return Story(
        address=key.address,
        port=key.port,
        case_id=case_id,
        as_of=view.selection.as_of,
        state=_state(view, key),
        observations=tuple(rows),
        changes=tuple(_changes(rows)),
        owner=_owner(view, rows[-1], key),
        overrides=tuple(_overrides(view, key, known_at)),
    )


def _state(view: View, key: ServiceKey) -> Row | None:
    for row in view.services().to_pylist():
        if row["ip_hi"] == key.ip_hi and row["ip_lo"] == key.ip_lo and key.port in (None, row["port"]):
            return {name: row[name] for name in ("status", "is_sure", "compromise", "constituent", "certainty")}
    return None


def _owner(view: View, row: Row, key: ServiceKey) -> Answer | None:
    resolver = load_resolver(view.desk)
    hostname, how, asn = row["hostname"], row["hostname_from"], row["asn"]
    return resolver.whose(
        key.ip_hi,
        key.ip_lo,
        hostname=str(hostname) if hostname else None,
        hostname_from=str(how) if how else None,
        asn=int(str(asn)) if asn is not None else None,
    )


def _overrides(view: View, key: ServiceKey, known_at: datetime | None) -> list[Override]:
    chosen = view.selection
    found = overrides_in_force(view.desk, chosen.case_id, as_of=chosen.as_of, known_at=known_at)
    return [
        each
        for each in found
        if (each.ip_hi, each.ip_lo) == (key.ip_hi, key.ip_lo)
        and (None in (key.port, each.port) or key.port == each.port)
    ]


def _changes(rows: Sequence[Row]) -> list[str]:
    """What differs from one observation of a port to the next, with both days."""
    told, last = [], dict[tuple[object, object], Row]()
    for row in rows:
        key = (row["port"], row["transport"])
        before = last.get(key)
        if before is not None:
            told += [
                f"{_day(before)} → {_day(row)}: {what} {before[name] or 'none'} → {row[name] or 'none'}"
                for name, what in _WATCHED.items()
                if before[name] != row[name]
            ]
        last[key] = row
    return told


_WATCHED = {
    "status": "status",
    "build": "build",
    "compromise": "compromise",
    "constituent": "assigned to",
    "certainty": "certainty",
    "hostname": "host name",
}


def _day(row: Row) -> str:
    return str(row["seen_at"])[:10]
