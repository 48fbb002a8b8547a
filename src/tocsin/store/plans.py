"""Plans on the desk: what was planned, who approved or cancelled it, and the queue it fills. Nothing here sends."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.notices import Kind, Plan, Policy, Recipient, Withheld
from tocsin.notices.state import LEFT
from tocsin.notices.waves import Waves
from tocsin.store import audit
from tocsin.store.clock import instant_text
from tocsin.store.contacts import FORGOTTEN
from tocsin.store.notices import append_event, append_events, save_notices, seal_of
from tocsin.store.outbox import PROGRAM
from tocsin.store.schema import audit as audit_log
from tocsin.store.schema import contacts, notice_events, notices, outbox, plan_events, plans

_BLOCK = 5_000
REGISTRY = "registry"
RESEALED = "resealed"
"""The audit log's word for a plan's new digest, after a purge took something out of it."""


class Outcome(StrEnum):
    """What came of approving or cancelling: ``DONE``, or why nothing was changed."""

    DONE = "done"
    UNKNOWN = "unknown"
    APPROVED = "approved"
    CANCELLED = "cancelled"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEvent:
    """``what`` is approved or cancelled."""

    what: str
    author: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledPlan:
    """A plan without its notices, of which there are ``notices`` about ``constituents`` constituents.

    ``policy`` and ``waves`` are as they were when it was made; ``state`` is planned, approved or cancelled.
    """

    id: str
    case_id: str
    as_of: date
    made_at: str
    made_by: str
    policy: Mapping[str, object]
    versions: tuple[str, ...]
    waves: Mapping[str, object] | None
    withheld: tuple[Withheld, ...]
    notices: int
    events: tuple[PlanEvent, ...]

    @property
    def state(self) -> str:
        return self.events[-1].what if self.events else "planned"


def registry_contact(constituent: str, channel: str, address: str) -> str:
    """The id of a contact that the registry states: the same however often it is read."""
    return hashlib.sha256(f"constituent:{constituent}\n{channel}\n{address}\n{REGISTRY}".encode()).hexdigest()


def save_plan(desk: Engine, plan: Plan, *, policy: Policy, waves: Waves | None) -> FiledPlan:
    """Keeps a plan with its notices, in one transaction. Contacts of the registry are kept with it."""
    with desk.begin() as connection:
        _add_plan(connection, plan, policy, waves)
    return FiledPlan(
        id=plan.id,
        case_id=plan.case_id,
        as_of=plan.as_of,
        made_at=instant_text(plan.made_at),
        made_by=plan.made_by,
        policy=policy.as_json(),
        versions=plan.versions,
        waves=None if waves is None else waves.as_json(),
        withheld=plan.withheld,
        notices=len(plan.notices),
        events=(),
    )


def save_correction(desk: Engine, plan: Plan, *, policy: Policy, reason: str) -> bool:
    """Keeps a plan of one correction, and that the notice it corrects is retracted, in one transaction.

    False, and nothing is kept, when somebody else has retracted it meanwhile.
    """
    (correction,) = plan.notices
    wrong = str(correction.corrects)
    with desk.begin() as connection:
        audit.hold(connection)
        before = sa.select(notice_events.c.id).where(notice_events.c.notice == wrong)
        if connection.execute(before.where(notice_events.c.what == "retracted")).first() is not None:
            return False
        _add_plan(connection, plan, policy, None)
        append_event(connection, wrong, "retracted", reason, plan.made_by, plan.made_at)
        detail = {"reason": reason, "plan": plan.id, "correction": correction.number}
        audit.note(connection, plan.made_by, "retracted", f"notice:{wrong}", detail, plan.made_at)
        return True


def load_plan(desk: Engine, id_: str) -> FiledPlan | None:
    """The plan of that id."""
    return next(iter(_load(desk, plans.c.id == id_)), None)


def list_plans(desk: Engine, *, case_id: str | None = None) -> list[FiledPlan]:
    """Every plan (of one case), the oldest first."""
    return _load(desk, *([plans.c.case_id == case_id] if case_id else []))


def approve(
    desk: Engine,
    id_: str,
    *,
    author: str,
    moments: Mapping[str, datetime],
    deadline: timedelta,
    now: datetime,
) -> tuple[Outcome, int]:
    """Approves a plan once, and queues its notices in the same transaction; how many were queued.

    ``moments`` say when the mail of each number may go; it is tried for ``deadline`` from then on. Nothing is changed
    when there is no such plan, it was approved or cancelled before, or another plan of the case was approved since it
    was made: what that one tells would be told twice. Corrections stand in nobody's way.
    """
    with desk.begin() as connection:
        audit.hold(connection)
        found = _standing(connection, id_)
        if found is not Outcome.DONE:
            return found, 0
        _add_event(connection, id_, "approved", author, "", now)
        query = sa.select(notices.c.number, notices.c.channel, notices.c.address)
        query = query.where(notices.c.plan == id_, notices.c.contact != FORGOTTEN)
        rows = connection.execute(query).all()
        mails = [row for row in rows if row.channel == "mail"]
        waiting = [_waiting(row.number, row.address, moments[row.number], deadline, now) for row in mails]
        for start in range(0, len(waiting), _BLOCK):
            connection.execute(sa.insert(outbox), waiting[start : start + _BLOCK])
        numbers = [row.number for row in rows]
        append_events(connection, numbers, "queued", f"plan {id_} approved", author, now)
        audit.note(connection, author, "approved", f"plan:{id_}", {"notices": len(rows), "mails": len(waiting)}, now)
        return Outcome.DONE, len(rows)


def is_as_planned(desk: Engine, id_: str) -> bool:
    """Whether the notices are still those of which the audit log has the digest; true where it has none."""
    with desk.connect() as connection:
        return is_sealed(connection, id_)


def is_sealed(connection: Connection, id_: str) -> bool:
    """The same in the transaction of ``connection``; the digest is that of planning, or of the last purge since."""
    query = sa.select(audit_log.c.detail).where(
        audit_log.c.subject == f"plan:{id_}", audit_log.c.what.in_(("planned", RESEALED))
    )
    kept = connection.scalars(query.order_by(audit_log.c.number.desc()).limit(1)).one_or_none()
    seal = None if kept is None else json.loads(kept).get("notices_sha256")
    return seal is None or seal == seal_of(connection, id_)


def reseal(connection: Connection, ids: Iterable[str], *, author: str, now: datetime) -> None:
    """Notes the digest of plans after a purge; only those that were sealed before it may be given."""
    for id_ in ids:
        audit.note(connection, author, RESEALED, f"plan:{id_}", {"notices_sha256": seal_of(connection, id_)}, now)


def approvals_since(desk: Engine, since: datetime) -> list[tuple[str, str, int]]:
    """Every approval since a moment: who made the plan, who approved it, and of how many notices it is."""
    of_plan = sa.select(sa.func.count()).where(notices.c.plan == plans.c.id).scalar_subquery()
    query = (
        sa.select(plans.c.made_by, plan_events.c.author, of_plan)
        .join(plan_events, plan_events.c.plan == plans.c.id)
        .where(plan_events.c.what == "approved", plan_events.c.at > instant_text(since))
    )
    with desk.connect() as connection:
        return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def cancel(desk: Engine, id_: str, *, author: str, reason: str, now: datetime) -> tuple[Outcome, int]:
    """Cancels a plan, and whatever of it waits in the queue; how many notices can go no more.

    What has left stays told. What a sender is handing over at this moment may still leave; what it only leased may not.
    """
    with desk.begin() as connection:
        audit.hold(connection)
        found = _standing(connection, id_)
        if found in (Outcome.UNKNOWN, Outcome.CANCELLED):
            return found, 0
        _add_event(connection, id_, "cancelled", author, reason, now)
        every = set(connection.scalars(sa.select(notices.c.number).where(notices.c.plan == id_)))
        stopped = every
        if found is Outcome.APPROVED:
            stopped = _stop(connection, id_, now)
            append_events(connection, sorted(stopped), "cancelled", reason, author, now)
        detail = {"reason": reason, "notices": len(every), "stopped": len(stopped)}
        audit.note(connection, author, "cancelled", f"plan:{id_}", detail, now)
        return Outcome.DONE, len(stopped)


def _add_plan(connection: Connection, plan: Plan, policy: Policy, waves: Waves | None) -> None:
    audit.hold(connection)
    connection.execute(
        sa.insert(plans).values(
            id=plan.id,
            case_id=plan.case_id,
            as_of=plan.as_of.isoformat(),
            made_at=instant_text(plan.made_at),
            made_by=plan.made_by,
            policy=json.dumps(policy.as_json()),
            versions=json.dumps(plan.versions),
            waves=None if waves is None else json.dumps(waves.as_json(), ensure_ascii=False),
            withheld=json.dumps([_withheld_json(each) for each in plan.withheld], ensure_ascii=False),
        )
    )
    _add_contacts(connection, [each.recipient for each in plan.notices], plan.made_at)
    digest = save_notices(connection, plan.notices)
    detail = {"case": plan.case_id, "as_of": plan.as_of, "notices": len(plan.notices)}
    detail |= {"withheld": len(plan.withheld), "notices_sha256": digest}
    detail |= {"waves": None if waves is None else waves.as_json()}
    audit.note(connection, plan.made_by, "planned", f"plan:{plan.id}", detail, plan.made_at)


def _stop(connection: Connection, id_: str, now: datetime) -> set[str]:
    """Takes back what has not begun to leave, what no person has carried, and what is in the outbox folder; numbers."""
    ours = sa.select(notices.c.number).where(notices.c.plan == id_)
    waits = sa.update(outbox).where(outbox.c.notice.in_(ours), outbox.c.state.in_(("waiting", "leased")))
    ended = waits.values(state="failed", lease=None, leased_until=None, changed_at=instant_text(now))
    written = sa.select(notice_events.c.notice).where(notice_events.c.what == "written")
    carried = written.where(notice_events.c.author != PROGRAM)
    left = sa.select(notice_events.c.notice).where(notice_events.c.what.in_(sorted(LEFT)))
    papers = ours.where(notices.c.channel != "mail", notices.c.number.not_in(written))
    files = ours.where(
        notices.c.channel == "mail",
        notices.c.number.in_(written),
        notices.c.number.not_in(carried),
        notices.c.number.not_in(left),
    )
    found = connection.scalars(ended.returning(outbox.c.notice))
    return {*found, *connection.scalars(papers), *connection.scalars(files)}


def _standing(connection: Connection, id_: str) -> Outcome:
    """``DONE`` for a plan that may be approved; otherwise why not."""
    plan = connection.execute(sa.select(plans.c.case_id, plans.c.made_at).where(plans.c.id == id_)).one_or_none()
    if plan is None:
        return Outcome.UNKNOWN
    events = sa.select(plan_events.c.what).where(plan_events.c.plan == id_).order_by(plan_events.c.id.desc())
    last = connection.scalars(events.limit(1)).one_or_none()
    if last is not None:
        return Outcome(last)
    others = (
        sa.select(plan_events.c.id)
        .join(plans, plans.c.id == plan_events.c.plan)
        .where(plans.c.case_id == plan.case_id, plan_events.c.what == "approved", plan_events.c.at >= plan.made_at)
        .where(_tells(plans.c.id), _tells(sa.literal(id_)))
    )
    return Outcome.OVERTAKEN if connection.execute(others.limit(1)).first() else Outcome.DONE


def _tells(plan: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Whether a plan tells anybody of findings: a correction tells nothing twice."""
    return sa.exists().where(notices.c.plan == plan, notices.c.kind != str(Kind.CORRECTION))


def _add_event(connection: Connection, id_: str, what: str, author: str, reason: str, now: datetime) -> None:
    values = {"plan": id_, "what": what, "author": author, "reason": reason, "at": instant_text(now)}
    connection.execute(sa.insert(plan_events).values(**values))


def _waiting(number: str, address: str, begins: datetime, deadline: timedelta, now: datetime) -> dict[str, object]:
    return {
        "notice": number,
        "state": "waiting",
        "attempts": 0,
        "next_at": instant_text(begins),
        "deadline": instant_text(begins + deadline),
        "domain": address.rpartition("@")[2].lower()[:255],
        "changed_at": instant_text(now),
    }


def _add_contacts(connection: Connection, recipients: list[Recipient], now: datetime) -> None:
    """Keeps the contacts that the registry alone knows, so that a notice of next year still says whom it went to."""
    asked = {each.contact: each for each in recipients}
    known = set[str]()
    names = sorted(asked)
    for start in range(0, len(names), _BLOCK):
        query = sa.select(contacts.c.id).where(contacts.c.id.in_(names[start : start + _BLOCK]))
        known.update(connection.scalars(query))
    fresh = [
        {
            "id": name,
            "subject": f"constituent:{to.constituent}",
            "channel": to.channel,
            "address": to.address,
            "name": "",
            "roles": "[]",
            "language": to.language,
            "key": to.key,
            "source": REGISTRY,
            "pointer": "the registry as imported",
            "author": None,
            "seen_at": instant_text(now),
            "expires_at": None,
        }
        for name, to in asked.items()
        if name not in known
    ]
    if fresh:
        connection.execute(sa.insert(contacts), fresh)


def _load(desk: Engine, *where: sa.ColumnElement[bool]) -> list[FiledPlan]:
    of_plan = sa.select(sa.func.count()).where(notices.c.plan == plans.c.id).scalar_subquery()
    with desk.connect() as connection:
        events = dict[str, list[PlanEvent]]()
        told = sa.select(plan_events).join(plans, plans.c.id == plan_events.c.plan).where(*where)
        for row in connection.execute(told.order_by(plan_events.c.id)):
            event = PlanEvent(what=row.what, author=row.author, reason=row.reason, at=row.at)
            events.setdefault(row.plan, []).append(event)
        query = sa.select(plans, of_plan.label("notices")).where(*where).order_by(plans.c.made_at, plans.c.id)
        return [
            FiledPlan(
                id=row.id,
                case_id=row.case_id,
                as_of=date.fromisoformat(row.as_of),
                made_at=row.made_at,
                made_by=row.made_by,
                policy=json.loads(row.policy),
                versions=tuple(json.loads(row.versions)),
                waves=None if row.waves is None else json.loads(row.waves),
                withheld=tuple(_withheld(each) for each in json.loads(row.withheld)),
                notices=row.notices,
                events=tuple(events.get(row.id, ())),
            )
            for row in connection.execute(query)
        ]


def _withheld_json(each: Withheld) -> dict[str, object]:
    return asdict(each) | {"until": each.until and each.until.isoformat()}


def _withheld(values: dict[str, object]) -> Withheld:
    until = values.pop("until")
    return Withheld(**values, until=None if until is None else date.fromisoformat(str(until)))  # type: ignore[arg-type]  # as written above
