"""Approves a plan, which queues its notices, or cancels it; both by name and for the record."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.engine import Engine

from tocsin.errors import AskError
from tocsin.notices import Policy
from tocsin.notices.schedule import Schedule
from tocsin.persons import checked_name, same_person
from tocsin.store.desk import open_desk
from tocsin.store.notices import Filed, load_notices
from tocsin.store.notify_settings import load_settings
from tocsin.store.plans import FiledPlan, Outcome, approvals_since, approve, cancel, is_as_planned, load_plan
from tocsin.store.workspace import Workspace
from tocsin.tasks._notify_calendar import real_calendar
from tocsin.tasks._notify_holds import ALTERED, outdated

UNSET_DEADLINE_HOURS = 72
"""For how long what goes into the outbox folder may be tried."""
_ALONE_WITHIN = timedelta(days=1)
_REFUSED = {
    Outcome.APPROVED: ("was approved before", "'tocsin notify show' tells by whom"),
    Outcome.CANCELLED: ("was cancelled", "plan anew with 'tocsin notify plan'"),
    Outcome.OVERTAKEN: (
        "is overtaken: another plan of this case was approved since it was made, and some would be told twice",
        "plan anew with 'tocsin notify plan'",
    ),
}


def approve_plan(workspace: Workspace, plan: str, *, by: str, now: datetime) -> int:
    """Approves a plan and queues its notices, once; how many.

    Raises ``AskError`` for a plan that is unknown, approved, cancelled or overtaken, that tells somebody of what is not
    theirs any more, or where the policy asks for a second person and ``by`` reads like the name of whoever made it.
    """
    author = checked_name(by, need="approving needs the name of a person", option="--by")
    desk, settings = open_desk(workspace.desk_url), load_settings(workspace)
    found = _find(workspace, plan)
    most = min(int(str(found.policy["approve_above"])), settings.policy.approve_above)
    alone = _alone(desk, author, now) if same_person(author, found.made_by) else 0
    if same_person(author, found.made_by) and found.notices + alone > most:
        of = f"{found.notices:,} notices"
        of += f", with the {alone:,} that one person approved alone within a day" if alone else ""
        raise AskError(
            f"a plan of {of}, more than {most:,}, needs somebody other than {found.made_by}",
            remedy="let a second person look at it with 'tocsin notify show' and approve it with --by",
        )
    if not is_as_planned(desk, plan):
        raise AskError(f"plan {plan} {ALTERED[0]}", remedy=ALTERED[1])
    if found.state == "planned" and (lost := outdated(workspace, plan)):
        number, why = next(iter(lost.items()))
        raise AskError(
            f"{len(lost):,} notices of plan {plan} do not hold any more, such as {number}: {why}",
            remedy="registry, pack or overrides changed since it was made: plan anew with 'tocsin notify plan'",
        )
    hours = settings.smtp.deadline_hours if settings.smtp else UNSET_DEADLINE_HOURS
    outcome, queued = approve(
        desk,
        plan,
        author=author,
        moments=_moments(load_notices(desk, plan=plan), settings.policy, now),
        deadline=timedelta(hours=hours),
        now=now,
    )
    _refuse(plan, outcome)
    return queued


def cancel_plan(workspace: Workspace, plan: str, *, by: str, reason: str, now: datetime) -> tuple[int, int]:
    """Cancels a plan and what of it has not left; how many notices it had, and how many of them stay here.

    Raises ``AskError`` for one that is unknown or was cancelled before.
    """
    author = checked_name(by, need="cancelling needs the name of a person", option="--by")
    if not reason.strip():
        raise AskError("a plan is not cancelled without a reason", remedy="say why with --reason")
    found = _find(workspace, plan)
    outcome, stopped = cancel(open_desk(workspace.desk_url), plan, author=author, reason=reason.strip(), now=now)
    _refuse(plan, outcome)
    return found.notices, stopped


def _alone(desk: Engine, author: str, now: datetime) -> int:
    """Notices of plans that this person made and approved within a day: many small plans are one large one."""
    recent = approvals_since(desk, now - _ALONE_WITHIN)
    return sum(number for made_by, by, number in recent if same_person(by, author) and same_person(made_by, by))


def _find(workspace: Workspace, plan: str) -> FiledPlan:
    found = load_plan(open_desk(workspace.desk_url), plan)
    if found is None:
        raise AskError(f"no plan {plan!r} here", remedy="'tocsin notify list' shows them")
    return found


def _refuse(plan: str, outcome: Outcome) -> None:
    if outcome is not Outcome.DONE:
        what, remedy = _REFUSED[outcome]
        raise AskError(f"plan {plan} {what}", remedy=remedy)


def _moments(filed: list[Filed], policy: Policy, now: datetime) -> dict[str, datetime]:
    """When each may go: as planned, and anew by hours and rates where that moment has passed."""
    schedule, moments = Schedule(policy, real_calendar()), dict[str, datetime]()
    for each in filed:
        notice = each.notice
        moment = max(notice.not_before, now)
        if notice.recipient.channel == "mail":
            domain = notice.recipient.address.rpartition("@")[2].lower()
            moment = schedule.place(moment, country=notice.recipient.country, domain=domain)
        moments[notice.number] = moment
    return moments
