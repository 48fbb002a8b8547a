"""Plans whom to tell of one case: what would go to whom, when and why, and who would not be told. Nothing leaves."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from tocsin.errors import AskError
from tocsin.notices.gather import gather
from tocsin.notices.planning import Material, Wishes, make_plan
from tocsin.notices.waves import Waves
from tocsin.persons import checked_name
from tocsin.remediation.parties import reopened_services
from tocsin.store.constituents import current_version, load_constituents
from tocsin.store.notices import load_earlier
from tocsin.store.notify_settings import load_settings
from tocsin.store.plans import save_plan
from tocsin.store.registered import load_parties
from tocsin.store.suppressions import suppressed_now
from tocsin.store.workspace import Workspace
from tocsin.tasks._notify_calendar import real_calendar
from tocsin.tasks._notify_contacts import contacts_of
from tocsin.tasks.cases import active_cases
from tocsin.tasks.contact_needs import needs_of
from tocsin.tasks.findings import tell_services
from tocsin.tasks.following import Manner, open_follow
from tocsin.tasks.notify_show import PlanView
from tocsin.tasks.viewing import View, open_view

NO_DOMAIN = "tocsin.invalid"
"""Of Message-IDs while nobody is named as the sender: what is planned then goes into the outbox folder only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveWish:
    """``count`` waves, the last ``days`` after the first, for which ``approver`` answers."""

    count: int
    days: int
    approver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan that was made and kept; ``nobodys`` counts open findings that are no constituent's.

    ``age_days``: how long before the plan was made lies the day that it describes.
    """

    view: PlanView
    nobodys: int
    age_days: int

    @property
    def first_goes(self) -> datetime | None:
        """The moment from which the first mail may go; ``None`` where none is planned."""
        mails = (each.not_before for each in self.view.notices if each.recipient.channel == "mail")
        return min(mails, default=None)


def plan_notices(
    workspace: Workspace,
    case_id: str,
    *,
    as_of: date | None = None,
    limit: int | None = None,
    waves: WaveWish | None = None,
    by: str,
    now: datetime,
) -> Planned:
    """Makes a plan from the open findings of a day, by default the last one reported on, and keeps it.

    Raises ``AskError`` when it cannot be made as asked, ``WorkspaceError`` for settings that do not hold.
    """
    author = checked_name(by, need="a plan needs the name of whoever makes it", option="--by")
    split = None if waves is None else _waves(waves)
    settings, calendar = load_settings(workspace), real_calendar()
    view = open_view(workspace, case_id, as_of=as_of, known_at=None)
    if view.selection.as_of > now.date():
        raise AskError(f"{view.selection.as_of} is still to come", remedy="plan from what was seen: --as-of a day past")
    services = _that_matter(view.services(in_full=True))
    gathered = gather(tell_services(view, services, to_outsiders=True))
    parties, _ = load_parties(view.desk)
    everyone = load_constituents(view.desk, current_version(view.desk))
    earlier = load_earlier(view.desk, case_id, on=now.date())
    material = Material(
        case_id=case_id,
        as_of=view.selection.as_of,
        gathered=gathered,
        parties=parties,
        candidates=contacts_of(view.desk, needs_of(services, everyone), now=now),
        earlier=earlier,
        suppressed=suppressed_now(view.desk),
        policy=settings.policy,
        versions=view.versions(),
        reopened=_reopened(workspace, view) if earlier else {},
    )
    domain = settings.sender.domain if settings.sender else NO_DOMAIN
    try:
        plan, split = make_plan(
            material,
            Wishes(limit=limit, waves=split),
            calendar,
            domain=domain,
            made_by=author,
            now=now,
            chance=secrets.token_bytes,
        )
    except ValueError as fault:
        raise AskError(f"this cannot be planned: {fault}", remedy="ask otherwise, or change notify.toml") from fault
    filed = save_plan(view.desk, plan, policy=settings.policy, waves=split)
    shown = PlanView(
        filed=filed,
        notices=plan.notices,
        standings=("planned",) * len(plan.notices),
        persons=frozenset(each.id for each in parties.values() if each.is_person),
    )
    return Planned(view=shown, nobodys=gathered.nobodys, age_days=(now.date() - plan.as_of).days)


def _reopened(workspace: Workspace, view: View) -> Mapping[str, date]:
    """What was fixed and is affected again; nothing where the case has no patch from which services are followed."""
    if not any(event.kind == "patch" for event in active_cases(workspace)[view.selection.case_id].timeline):
        return {}
    followed = open_follow(
        workspace,
        view.selection.case_id,
        as_of=view.selection.as_of,
        known_at=None,
        manner=Manner(),
        command="tocsin notify plan",
        tell=lambda *_: None,
    )
    return reopened_services(followed.subject)


def _waves(wish: WaveWish) -> Waves:
    need = "waves need the name of whoever answers for the delay"
    approver = checked_name(wish.approver, need=need, option="--wave-approver")
    try:
        return Waves(seed=secrets.token_hex(16), count=wish.count, days=wish.days, approver=approver)
    except ValueError as fault:
        raise AskError(str(fault), remedy="give --waves 2 to 50, --wave-days and --wave-approver") from fault


def _that_matter(services: pa.Table) -> pa.Table:
    """Without those of which there is nothing to tell; naming a service takes longer than judging it."""
    over = pc.is_in(services.column("status").cast(pa.string()), pa.array(["fixed", "not_affected"]))
    clean = pc.equal(services.column("compromise").cast(pa.string()), "none_known")
    return services.filter(pc.invert(pc.and_(over, clean)))
