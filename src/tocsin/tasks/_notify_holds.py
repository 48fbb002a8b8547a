"""Whether what a plan tells still holds: a registry or an officer may have said otherwise since it was made.

A plan may wait for days, for its approval or in the queue. Whoever does not answer for a service any more, or has
nothing open there, is not told of it; only a correction goes to those who were told wrongly.
"""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.constituency import format_address
from tocsin.notices import Kind
from tocsin.store.desk import open_desk
from tocsin.store.notices import load_notices
from tocsin.store.overrides import all_overrides
from tocsin.store.plans import FiledPlan, load_plan
from tocsin.store.workspace import Workspace
from tocsin.tasks.contact_needs import open_rows
from tocsin.tasks.judging import CODE_VERSION, read_stamps
from tocsin.tasks.viewing import open_view

ALTERED = (
    "is not as it was planned: its notices were changed in the desk",
    "ask who can write to the desk, run 'tocsin audit verify', then cancel the plan and make it anew",
)
"""What is wrong, and what to do."""
_Held = tuple[str, str, int, str]


def outdated(workspace: Workspace, plan: str) -> Mapping[str, str]:
    """Why a notice of the plan may not go any more, by number; empty where nothing was said since it was made.

    Raises ``AskError`` when the verdicts that it rests on are to be renewed first.
    """
    desk = open_desk(workspace.desk_url)
    filed = load_plan(desk, plan)
    if filed is None or not filed.versions or _is_as_it_was(workspace, filed):
        return {}
    told = [each.notice for each in load_notices(desk, plan=plan) if each.notice.kind is not Kind.CORRECTION]
    if not told:
        return {}
    held = _held(workspace, filed)
    found = dict[str, str]()
    for notice in told:
        whose = notice.recipient.constituent
        lost = [item for item in notice.items if (whose, item.address, item.port, item.transport) not in held]
        if lost:
            more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
            found[notice.number] = f"{lost[0].address}:{lost[0].port}{more} is not to be told to it any more"
    return found


def _is_as_it_was(workspace: Workspace, filed: FiledPlan) -> bool:
    """Whether pack, registry and program are those of the plan, and no override was made or withdrawn since."""
    desk = open_desk(workspace.desk_url)
    stamps = read_stamps(workspace, desk)
    pack = f"pack {stamps.packs.get(filed.case_id)}"
    if set(filed.versions) != {pack, f"constituency {stamps.constituency}", f"program {CODE_VERSION}"}:
        return False
    newest = (
        max(each.created_at, each.withdrawn_at or "")
        for each in all_overrides(desk)
        if each.override.case_id in (None, filed.case_id)
    )
    return max(newest, default="") < filed.made_at


def _held(workspace: Workspace, filed: FiledPlan) -> set[_Held]:
    """Every open service of the plan's day that is proven somebody's: whose, address, port and transport."""
    services = open_view(workspace, filed.case_id, as_of=filed.as_of, known_at=None).services()
    return {
        (row["constituent"], format_address(row["ip_hi"], row["ip_lo"]), row["port"], str(row["transport"]))
        for row in open_rows(services).to_pylist()
        if row["certainty"] == "proven" and row["constituent"]
    }
