"""Lists the findings of one case on one day, a row a service."""

from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from tocsin.errors import AskError, did_you_mean
from tocsin.remediation.census import STATES
from tocsin.store.bodies import load_bodies
from tocsin.store.listing import name_services
from tocsin.store.workspace import Workspace
from tocsin.tasks.viewing import WINDOW_DAYS, View, open_view

COLUMNS = (
    "address",
    "port",
    "transport",
    "hostname",
    "hostname_from",
    "status",
    "reason",
    "basis",
    "candidates",
    "build",
    "branch",
    "cves",
    "compromise",
    "mitigated",
    "constituent",
    "certainty",
    "holding",
    "first_seen",
    "last_seen",
    "source",
    "line",
)

JUDGED_BY_HAND = "judged by a person"


def list_findings(
    workspace: Workspace,
    case_id: str,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    constituent: str | None = None,
    status: str | None = None,
    window_days: int = WINDOW_DAYS,
    to_outsiders: bool = False,
) -> pa.Table:
    """The services seen in the window with COLUMNS, sorted by address.

    ``candidates`` and ``cves`` are text as in ``tables.VERDICTS``; times are UTC; ``source`` and ``line`` lead to the
    observation that the status rests on. With ``constituent``, also those that it disputes with others.
    ``to_outsiders``: as in ``tell_services``.
    Raises ``AskError`` when it cannot be answered as asked.
    """
    if status is not None and status not in STATES:
        raise AskError(f"no status {status!r}{did_you_mean(status, STATES)}", remedy=f"one of {', '.join(STATES)}")
    view = open_view(workspace, case_id, as_of=as_of, known_at=known_at, window_days=window_days)
    services = view.services(in_full=True)
    if constituent is not None:
        known = load_bodies(view.desk, known_at=known_at)
        if constituent not in known:
            raise AskError(
                f"no constituent {constituent!r}{did_you_mean(constituent, known)}",
                remedy="see 'tocsin constituency list'",
            )
        services = services.filter(_holds(services, constituent))
    if status is not None:
        services = services.filter(pc.equal(services.column("status"), status))
    return tell_services(view, services, to_outsiders=to_outsiders)


def tell_services(view: View, services: pa.Table, *, to_outsiders: bool = False) -> pa.Table:
    """Services of the view, folded in full, with COLUMNS, sorted by address.

    ``to_outsiders``: without who overrode something and in which words, which may name another constituent.
    """
    named = name_services(view.lake, view.selection, services)
    return _tell_overrides(_said_outside(named) if to_outsiders else named).select(COLUMNS)


def _holds(services: pa.Table, constituent: str) -> pa.Array:
    lists = pc.split_pattern(services.column("constituent").cast(pa.string()).combine_chunks(), ";")
    return pa.array([constituent in (names or ()) for names in lists.to_pylist()], pa.bool_())


def _said_outside(services: pa.Table) -> pa.Table:
    """The overrides in words that may leave: that a person set a verdict aside, and nothing of an assignment."""
    said = services.column("override").cast(pa.string())
    is_verdict = pc.match_substring_regex(said, f"^set to ({'|'.join(STATES)}) by ")
    words = pc.if_else(pc.fill_null(is_verdict, False), JUDGED_BY_HAND, pa.scalar(None, pa.string()))
    return services.set_column(services.column_names.index("override"), "override", words)


def _tell_overrides(services: pa.Table) -> pa.Table:
    """Says in ``basis`` and ``holding`` what an officer set aside; the machine's own words stay behind it."""
    said = services.column("override")
    if said.null_count == len(said):
        return services
    for name in ("basis", "holding"):
        machine = services.column(name).cast(pa.string())
        both = pc.binary_join_element_wise(said, pc.fill_null(machine, "nothing"), "; the machine's own: ")
        place = services.column_names.index(name)
        services = services.set_column(place, name, pc.if_else(pc.is_valid(said), both, machine))
    return services
