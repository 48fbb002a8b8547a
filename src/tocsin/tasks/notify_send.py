"""Sends an approved plan: says what would go, and when told to, carries it out notice by notice, keeping each step."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.engine import Engine

from tocsin.errors import AskError, WorkspaceError
from tocsin.notices.delivery import Carrier, Outcome, is_mailbox
from tocsin.notices.pace import Pace
from tocsin.notices.policy import Policy
from tocsin.notices.settings import Settings
from tocsin.persons import checked_name
from tocsin.store.desk import open_desk
from tocsin.store.notify_settings import load_settings
from tocsin.store.outbox import enqueue
from tocsin.store.outbox_state import call_off, counts, next_due, recover
from tocsin.store.plans import is_as_planned
from tocsin.store.releases import Release, note_override, release_of
from tocsin.store.workspace import OUTBOX, REHEARSED, Workspace
from tocsin.tasks._notify_holds import ALTERED, outdated
from tocsin.tasks._notify_journal import Clock
from tocsin.tasks._notify_pump import Load, Pump, Tally, Tell
from tocsin.tasks._notify_rehearsal import rehearse
from tocsin.transports.outbox_folder import FolderCarrier

Letters = Callable[[str], bytes]
_HOURS = 72
_NOBODY = "nobody@localhost.invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How to send. ``redirect`` sends all to one mailbox and changes nothing; ``despite`` is why the doctor is ignored.

    ``stays`` waits for what is due later, until nothing waits any more.
    """

    author: str
    redirect: str | None = None
    despite: str | None = None
    stays: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What sending a plan would do now. ``way`` is where to; ``queue`` what is in the outbox already, by state."""

    plan: str
    way: str
    release: Release
    queue: Mapping[str, int]
    next_due: datetime | None

    def as_json(self) -> dict[str, object]:
        return {
            "plan": self.plan,
            "way": self.way,
            "mails": self.release.mails,
            "approved_by": list(self.release.approvers),
            "may_go": not self.release.why_not,
            "why_not": self.release.why_not,
            "queue": dict(self.queue),
            "next_due": self.next_due and self.next_due.isoformat(timespec="seconds"),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What one run did, and how the plan stands after it.

    ``called_off`` counts notices that do not hold any more; ``is_written``: into a folder, since there is no server.
    """

    way: str
    is_written: bool
    is_rehearsal: bool
    tally: Tally
    recovered: Mapping[str, str]
    called_off: int
    queue: Mapping[str, int]
    next_due: datetime | None

    def tried(self) -> dict[str, int]:
        """How many tries ended how; nothing that stayed in this house is called accepted."""
        words = {Outcome.ACCEPTED: "written"} if self.is_written else {}
        return {words.get(outcome, str(outcome)): number for outcome, number in sorted(self.tally.by_outcome.items())}

    def as_json(self) -> dict[str, object]:
        return {
            "way": self.way,
            "tried": self.tried(),
            "unwritten": self.tally.unwritten,
            "recovered": dict(self.recovered),
            "called_off": self.called_off,
            "ended_early": self.tally.why,
            "queue": dict(self.queue),
            "next_due": self.next_due and self.next_due.isoformat(timespec="seconds"),
        }


def prospect(workspace: Workspace, plan: str) -> Prospect:
    """What ``send`` would do; nothing is changed."""
    settings = load_settings(workspace)
    desk = open_desk(workspace.desk_url)
    return Prospect(
        plan=plan,
        way=way_of(settings),
        release=_known(desk, plan, settings.policy),
        queue=counts(desk, plan),
        next_due=next_due(desk, plan),
    )


def send(
    workspace: Workspace,
    plan: str,
    *,
    wishes: Wishes,
    letters: Letters,
    examined: Callable[[Settings], list[str]],
    clock: Clock,
    tell: Tell,
) -> Sent:
    """Sends what is due of an approved plan. A second run goes on where this one ended, however that was.

    ``letters`` makes the message of a number; ``examined`` gives what the doctor finds wrong. What does not hold any
    more is called off first. Raises ``AskError`` for a plan that may not go, ``WorkspaceError`` while the doctor finds
    something wrong and ``despite`` gives no reason.
    """
    author = checked_name(wishes.author, need="sending needs the name of whoever does it", option="--by")
    wishes = replace(wishes, author=author)
    settings = load_settings(workspace)
    desk = open_desk(workspace.desk_url)
    release = _known(desk, plan, settings.policy)
    if wishes.redirect is None and release.why_not:
        raise AskError(f"plan {plan} may not go: {release.why_not}", remedy=release.remedy)
    if wishes.redirect is None and not is_as_planned(desk, plan):
        raise AskError(f"plan {plan} {ALTERED[0]}", remedy=ALTERED[1])
    if wishes.redirect is None and settings.smtp is not None:
        _heed_doctor(desk, plan, examined(settings), wishes, clock())
    if wishes.redirect is not None and not is_mailbox(wishes.redirect):
        raise AskError(f"{wishes.redirect!r} is no mail address", remedy="name one: --redirect-to me@cert.example")
    way = "accepted" if settings.smtp else "written"
    load = Load(
        plan=plan,
        sender=settings.sender.address if settings.sender else _NOBODY,
        lease=f"{way}-{secrets.token_hex(16)}",
        accepted_as=way,
        pace=Pace(in_all=settings.policy.in_all_per_minute, per_domain=settings.policy.per_domain_per_minute),
        write=letters,
        stays=wishes.stays,
    )
    called_off = 0 if wishes.redirect is not None else call_off(desk, outdated(workspace, plan), now=clock())
    carried = _carried(desk, carrier_of(workspace, settings, wishes.redirect), load, settings, wishes, clock, tell)
    return replace(asyncio.run(carried), called_off=called_off)


def carrier_of(workspace: Workspace, settings: Settings, redirect: str | None = None) -> Carrier:
    """The way to the next hop, or into the outbox folder while there is none."""
    if settings.smtp is None:
        return FolderCarrier(workspace.root / (OUTBOX if redirect is None else REHEARSED))
    from tocsin.tasks._notify_ways import smtp_server  # an optional part of the installation
    from tocsin.transports.smtp import SmtpCarrier

    return SmtpCarrier(smtp_server(workspace, settings.smtp))


def way_of(settings: Settings, redirect: str | None = None) -> str:
    """Where notices go, in words."""
    if settings.smtp is None:
        return f"the folder {REHEARSED if redirect else OUTBOX} of the workspace, since [smtp] is not set up"
    return redirect or f"{settings.smtp.host}:{settings.smtp.port} ({settings.smtp.security})"


def deadline_of(settings: Settings) -> timedelta:
    """How long a notice is tried."""
    return timedelta(hours=settings.smtp.deadline_hours if settings.smtp else _HOURS)


async def _carried(
    desk: Engine, carrier: Carrier, load: Load, settings: Settings, wishes: Wishes, clock: Clock, tell: Tell
) -> Sent:
    recovered: Mapping[str, str] = {}
    try:
        if wishes.redirect is not None:
            tally = await rehearse(desk, carrier, load, wishes.redirect, author=wishes.author, clock=clock, tell=tell)
        else:
            recovered = recover(desk, has_taken=carrier.has_taken, accepted_as=load.accepted_as, now=clock())
            enqueue(desk, load.plan, deadline=deadline_of(settings), author=wishes.author, now=clock())
            tally = await Pump(desk, carrier, load, clock=clock, tell=tell).run()
    finally:
        await carrier.close()
    return Sent(
        way=way_of(settings, wishes.redirect),
        is_written=settings.smtp is None,
        is_rehearsal=wishes.redirect is not None,
        tally=tally,
        recovered=recovered,
        called_off=0,
        queue=counts(desk, load.plan),
        next_due=next_due(desk, load.plan),
    )


def _known(desk: Engine, plan: str, policy: Policy) -> Release:
    release = release_of(desk, plan, approve_above=policy.approve_above)
    if release is None:
        raise AskError(f"there is no plan {plan!r}", remedy="see 'tocsin notify list'")
    return release


def _heed_doctor(desk: Engine, plan: str, faults: list[str], wishes: Wishes, now: datetime) -> None:
    if not faults:
        return
    if not (wishes.despite or "").strip():
        raise WorkspaceError(
            f"nothing was sent: {faults[0]}" + (f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""),
            remedy="see 'tocsin notify doctor'; to send all the same, say why with --despite, which is kept",
        )
    note_override(desk, plan, faults, reason=str(wishes.despite), author=wishes.author, now=now)
