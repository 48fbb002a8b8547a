"""Shows plans: what would go to whom, and who would not be told and why. Persons are counted, not named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tocsin.errors import AskError
from tocsin.notices import Item, Notice, Withheld
from tocsin.notices.gather import COMPROMISED
from tocsin.notices.planning import in_order
from tocsin.store.clock import instant_text
from tocsin.store.desk import open_desk
from tocsin.store.notices import load_notices
from tocsin.store.plans import FiledPlan, list_plans, load_plan
from tocsin.store.registered import load_parties
from tocsin.store.workspace import Workspace

PERSON = "a person"
HIDDEN = "not shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan with its notices in the order in which they go, and where each stands; ``persons`` are ids."""

    filed: FiledPlan
    notices: tuple[Notice, ...]
    standings: tuple[str, ...]
    persons: frozenset[str]

    def rows(self) -> list[dict[str, object]]:
        """What would be sent, a row a notice."""
        return [_row(each, stands) for each, stands in zip(self.notices, self.standings, strict=True)]

    def left_out(self) -> list[dict[str, object]]:
        """What would not be sent, a row a constituent and reason."""
        return [_left_out(each, self.persons) for each in self.filed.withheld]

    def totals(self) -> dict[str, object]:
        """Both, counted; ``withheld`` by the code of the reason."""
        public = {each.recipient.constituent for each in self.notices if each.recipient.is_public}
        persons = {each.recipient.constituent for each in self.notices if each.recipient.is_person}
        return {
            "notices": len(self.notices),
            "findings": sum(len(each.items) for each in self.notices),
            "compromised": sum(_worst(each) != "none_known" for each in self.notices),
            "public_bodies": len(public),
            "persons": len(persons),
            "by_kind": dict(sorted(Counter(str(each.kind) for each in self.notices).items())),
            "by_channel": dict(sorted(Counter(each.recipient.channel for each in self.notices).items())),
            "withheld_constituents": len({each.constituent for each in self.filed.withheld}),
            "withheld_findings": sum(each.items for each in self.filed.withheld),
            "withheld": _by_code(self.filed.withheld),
        }

    def as_json(self, *, in_full: bool = False) -> dict[str, object]:
        """The whole plan; with ``in_full`` each notice with its findings, a hundred megabytes for a large one."""
        rows = self.rows()
        if in_full:
            rows = [
                row | {"items": [_item(item) for item in each.items]}
                for row, each in zip(rows, self.notices, strict=True)
            ]
        return {
            **_head(self.filed),
            "policy": self.filed.policy,
            "versions": list(self.filed.versions),
            "waves": self.filed.waves,
            "events": [
                {"what": each.what, "author": each.author, "reason": each.reason, "at": each.at}
                for each in self.filed.events
            ],
            "totals": self.totals(),
            "notices": rows,
            "withheld": self.left_out(),
        }


def show_plan(workspace: Workspace, plan: str, *, now: datetime) -> PlanView:
    """One plan as it was made, and where its notices stand now. Raises ``AskError`` when there is none."""
    desk = open_desk(workspace.desk_url)
    found = load_plan(desk, plan)
    if found is None:
        raise AskError(f"no plan {plan!r} here", remedy="'tocsin notify list' shows them")
    filed = load_notices(desk, plan=plan)
    stands = {each.notice.number: str(each.standing(now.date())) for each in filed}
    notices = in_order(each.notice for each in filed)
    parties, _ = load_parties(desk)
    return PlanView(
        filed=found,
        notices=tuple(notices),
        standings=tuple(stands[each.number] for each in notices),
        persons=frozenset(name for name, party in parties.items() if party.is_person),
    )


def list_all(workspace: Workspace, *, case_id: str | None = None) -> list[dict[str, object]]:
    """Every plan (of one case), the oldest first: what it is of, by whom, and what became of it."""
    return [
        {**_head(each), "notices": each.notices, "withheld": len(each.withheld)}
        for each in list_plans(open_desk(workspace.desk_url), case_id=case_id)
    ]


def _head(filed: FiledPlan) -> dict[str, object]:
    last = filed.events[-1] if filed.events else None
    return {
        "plan": filed.id,
        "case": filed.case_id,
        "as_of": filed.as_of.isoformat(),
        "made_at": filed.made_at,
        "made_by": filed.made_by,
        "state": filed.state,
        "by": last and last.author,
        "at": last and last.at,
    }


def _row(each: Notice, stands: str) -> dict[str, object]:
    to = each.recipient
    return {
        "number": each.number,
        "constituent": PERSON if to.is_person else to.constituent,
        "name": PERSON if to.is_person else to.name,
        "public_body": to.is_public,
        "country": to.country or None,
        "channel": to.channel,
        "address": HIDDEN if to.is_person else to.address,
        "kind": str(each.kind),
        "findings": len(each.items),
        "compromise": _worst(each),
        "wave": each.wave,
        "not_before": instant_text(each.not_before),
        "due_on": each.due_on.isoformat(),
        "standing": stands,
        "why": each.why.partition(";")[0] if to.is_person else each.why,
    }


def _left_out(each: Withheld, persons: frozenset[str]) -> dict[str, object]:
    is_person = each.constituent in persons
    return {
        "constituent": PERSON if is_person else each.constituent,
        "code": each.code,
        "findings": each.items,
        "until": each.until and each.until.isoformat(),
        "why": HIDDEN if is_person else each.why,
    }


def _worst(each: Notice) -> str:
    found = {item.compromise for item in each.items}
    return next((word for word in reversed(COMPROMISED) if word in found), "none_known")


def _by_code(withheld: tuple[Withheld, ...]) -> dict[str, Mapping[str, int]]:
    found = dict[str, dict[str, int]]()
    for each in withheld:
        count = found.setdefault(each.code, {"constituents": 0, "findings": 0})
        count["constituents"] += 1
        count["findings"] += each.items
    return dict(sorted(found.items()))


def _item(item: Item) -> dict[str, object]:
    return {
        "address": item.address,
        "port": item.port,
        "transport": item.transport,
        "hostname": item.hostname or None,
        "status": item.status,
        "build": item.build or None,
        "branch": item.branch or None,
        "cves": list(item.cves),
        "compromise": item.compromise,
        "last_seen": instant_text(item.last_seen),
        "source": item.source,
        "line": item.line,
    }
