"""Sets a verdict or an assignment aside, and takes that back; both by name and for the record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.engine import Engine

from tocsin.errors import AskError, did_you_mean
from tocsin.remediation.census import STATES
from tocsin.remediation.overlay import NOBODY, Override
from tocsin.store.batches import visible_batches
from tocsin.store.bodies import load_bodies
from tocsin.store.desk import open_desk
from tocsin.store.overrides import Entry, all_overrides, save_override, withdraw_override
from tocsin.store.workspace import Workspace
from tocsin.tasks.asking import parse_service
from tocsin.tasks.cases import active_cases


def override_verdict(
    workspace: Workspace,
    service: str,
    status: str,
    *,
    case_id: str,
    reason: str,
    author: str,
    begins: date | None = None,
    expires: date,
    now: datetime,
) -> int:
    """Sets the verdict of one service under one case to ``status``; gives the override's number.

    It counts from ``begins`` (by default the last day reported on) to ``expires``.
    """
    if status not in STATES:
        raise AskError(f"no status {status!r}{did_you_mean(status, STATES)}", remedy=f"one of {', '.join(STATES)}")
    cases = active_cases(workspace)
    if case_id not in cases:
        raise AskError(f"no case {case_id!r} here{did_you_mean(case_id, cases)}", remedy="see 'tocsin case list'")
    desk = open_desk(workspace.desk_url)
    return _save(desk, "verdict", service, status, case_id, reason, author, begins, expires, now)


def override_assignment(
    workspace: Workspace,
    service: str,
    constituent: str,
    *,
    reason: str,
    author: str,
    begins: date | None = None,
    expires: date,
    now: datetime,
) -> int:
    """Assigns one service to ``constituent`` (or to ``none``) in every case from ``begins`` to ``expires``."""
    desk = open_desk(workspace.desk_url)
    check_constituent(desk, constituent)
    return _save(desk, "assignment", service, constituent, None, reason, author, begins, expires, now)


def assignments(
    desk: Engine,
    services: Iterable[str],
    constituent: str,
    *,
    reason: str,
    author: str,
    begins: date | None = None,
    expires: date,
    now: datetime,
) -> tuple[list[Override], date]:
    """The overrides that assign several services to ``constituent`` (or to ``none``), checked but not saved yet.

    With the day from which they count, which is ``begins`` or the last day reported on.
    """
    check_constituent(desk, constituent)
    begins = _checked_days(desk, reason, author, begins, expires, now)
    ready = [_override("assignment", service, constituent, None, reason, author) for service in services]
    return ready, begins


def check_constituent(desk: Engine, constituent: str) -> None:
    """Raises ``AskError`` with near misses unless ``constituent`` is one of the registry, or ``none``."""
    known = load_bodies(desk)
    if constituent != NOBODY and constituent not in known:
        raise AskError(
            f"no constituent {constituent!r}{did_you_mean(constituent, known)}",
            remedy="see 'tocsin constituency list', or write none",
        )


def withdraw(workspace: Workspace, number: int, *, author: str, now: datetime) -> None:
    """Ends an override before its time. Raises ``AskError`` when none of that number is in force."""
    if not 0 < number < 2**31 or not withdraw_override(open_desk(workspace.desk_url), number, by=author, now=now):
        raise AskError(f"no override {number} is in force", remedy="see 'tocsin override list'")


def list_overrides(workspace: Workspace) -> list[Entry]:
    """Every override ever made, oldest first."""
    return all_overrides(open_desk(workspace.desk_url))


def _save(
    desk: Engine,
    what: str,
    service: str,
    value: str,
    case_id: str | None,
    reason: str,
    author: str,
    begins: date | None,
    expires: date,
    now: datetime,
) -> int:
    begins = _checked_days(desk, reason, author, begins, expires, now)
    override = _override(what, service, value, case_id, reason, author)
    return save_override(desk, override, begins=begins, expires=expires, now=now)


def _checked_days(desk: Engine, reason: str, author: str, begins: date | None, expires: date, now: datetime) -> date:
    """The first day on which an override counts. Raises ``AskError`` for what cannot be one."""
    if not reason.strip() or not author.strip():
        raise AskError(
            "an override needs a reason and an author", remedy="say why with --reason, and who with --author"
        )
    if expires < now.date():
        raise AskError(f"{expires} is past", remedy="give a day to come with --expires")
    begins = begins or min(_last_day(desk), now.date())
    if begins > expires:
        raise AskError(f"{begins} is after {expires}", remedy="give --from a day that is not after --expires")
    return begins


def _override(what: str, service: str, value: str, case_id: str | None, reason: str, author: str) -> Override:
    key = parse_service(service)
    return Override(
        what=what,
        case_id=case_id,
        ip_hi=key.ip_hi,
        ip_lo=key.ip_lo,
        port=key.port,
        value=value,
        reason=reason.strip(),
        author=author.strip(),
    )


def _last_day(desk: Engine) -> date:
    """The last day reported on, which is what an officer looks at unless another day is asked for."""
    days = [batch.last_seen_at[:10] for batch in visible_batches(desk) if batch.last_seen_at]
    return date.fromisoformat(max(days)) if days else date.max
