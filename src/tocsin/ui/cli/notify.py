"""``tocsin notify``: plan, look, approve or cancel, and the list of those who are not written to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from tocsin.ui.cli.shell import (
    PAGE,
    JsonOption,
    WorkspaceOption,
    running,
    say,
    show,
    show_json,
    show_table,
    workspace_at,
)

app = typer.Typer(
    help="Tell whoever is affected: plan, approve, send, and follow up.", no_args_is_help=True, rich_markup_mode=None
)
suppress_app = typer.Typer(
    help="The list of mail addresses and domains that are not written to.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(suppress_app, name="suppress")

PlanArgument = Annotated[str, typer.Argument(metavar="PLAN", help="A plan's id; 'tocsin notify list' shows them.")]
ByOption = Annotated[str, typer.Option("--by", help="Your name; it is kept.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why.")]

_AT_ONCE = timedelta(hours=1)

ItemsOption = Annotated[bool, typer.Option("--items", help="In JSON, each notice with the findings that it tells of.")]


@app.command()
def plan(
    case: Annotated[str, typer.Argument(metavar="CASE", help="A case's id; 'tocsin case list' shows them.")],
    as_of: Annotated[str | None, typer.Option(help="The day described; default: the last day reported on.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many notices, the worst first.")] = None,
    waves: Annotated[int | None, typer.Option(help="Send in so many waves, in an order by chance.")] = None,
    wave_days: Annotated[int, typer.Option(help="Days from the first wave to the last.")] = 3,
    wave_approver: Annotated[str, typer.Option(help="Who answers for the delay of the later waves.")] = "",
    by: Annotated[str | None, typer.Option("--by", help="Your name.", show_default="your login name")] = None,
    items: ItemsOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Plan one notice for each constituent with open findings; nothing leaves.

    Prints what would be sent, to whom and why, and what would not be sent and why. The plan is kept; 'tocsin notify
    approve' queues it.

    Example: tocsin notify plan exchange-proxylogon-2021 --by "A. Officer"

    Example: tocsin notify plan exchange-proxylogon-2021 --waves 3 --wave-days 4 --wave-approver "Head of Desk"
    """
    with running(as_json=as_json):
        from getpass import getuser

        from tocsin.tasks.asking import parse_day
        from tocsin.tasks.notify_plan import WaveWish, plan_notices
        from tocsin.ui.cli._notify_text import show_plan

        place, now = workspace_at(workspace), datetime.now(UTC)
        planned = plan_notices(
            place,
            case,
            as_of=parse_day(as_of, option="--as-of"),
            limit=limit,
            waves=None if waves is None else WaveWish(count=waves, days=wave_days, approver=wave_approver),
            by=by or getuser(),
            now=now,
        )
        if as_json:
            show_json({**planned.view.as_json(in_full=items), "nobodys_findings": planned.nobodys}, place.label)
            return
        show_plan(planned.view, place.label)
        if planned.nobodys:
            is_no = "finding is" if planned.nobodys == 1 else "findings are"
            say(f"{planned.nobodys:,} more open {is_no} no constituent's: 'tocsin findings' lists them")
        if planned.age_days > 1:
            say(f"what it tells was seen up to {planned.age_days:,} days ago; whoever has mended since is told too")
        if planned.first_goes is not None and planned.first_goes - now > _AT_ONCE:
            say(f"the first goes at {planned.first_goes:%Y-%m-%d %H:%M} UTC, in working hours where its recipient is;")
            say("  for less delay set business_days_only, opens and closes in [policy] of notify.toml, and plan anew")
        if planned.view.notices:
            say(f"nothing has left; 'tocsin notify approve {planned.view.filed.id} --by NAME' queues it")


@app.command("show")
def show_(
    plan: PlanArgument, items: ItemsOption = False, workspace: WorkspaceOption = None, as_json: JsonOption = False
) -> None:
    """Show a plan as it was made, who approved or cancelled it, and where its notices stand.

    Example: tocsin notify show 20210314-7c2f6b
    """
    with running(as_json=as_json):
        from tocsin.tasks.notify_show import show_plan as load
        from tocsin.ui.cli._notify_text import show_plan

        place = workspace_at(workspace)
        view = load(place, plan, now=datetime.now(UTC))
        if as_json:
            show_json(view.as_json(in_full=items), place.label)
        else:
            show_plan(view, place.label)


@app.command("list")
def list_(
    case: Annotated[str | None, typer.Option(help="Only plans of this case.")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List every plan, and what became of it.

    Example: tocsin notify list --case exchange-proxylogon-2021
    """
    with running(as_json=as_json):
        from tocsin.tasks.notify_show import list_all

        place = workspace_at(workspace)
        rows = list_all(place, case_id=case)
        if as_json:
            show_json({"plans": rows}, place.label)
            return
        show(str(place.label))
        columns = ("plan", "case", "as_of", "made_by", "notices", "withheld", "state", "by", "on")
        cells = ([row[name] if name != "on" else str(row["at"] or "")[:10] for name in columns] for row in rows)
        heads = [name.replace("_", " ") for name in columns]
        show_table(heads, cells, right=("notices", "withheld"), whole=("plan",), width=PAGE)


@app.command()
def approve(plan: PlanArgument, by: ByOption, workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Approve a plan: its notices are queued, once. More than the policy's number need a second person.

    Example: tocsin notify approve 20210314-7c2f6b --by "B. Officer"
    """
    with running(as_json=as_json):
        from tocsin.tasks.notify_approve import approve_plan

        queued = approve_plan(workspace_at(workspace), plan, by=by, now=datetime.now(UTC))
        if as_json:
            show_json({"approved": plan, "queued": queued})
        else:
            wait = "notice waits" if queued == 1 else "notices wait"
            show(f"plan {plan} is approved; {queued:,} {wait} to be sent with 'tocsin notify send {plan} --by NAME'")


@app.command()
def cancel(
    plan: PlanArgument,
    by: ByOption,
    reason: ReasonOption,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Cancel a plan, and whatever of it has not left yet.

    Example: tocsin notify cancel 20210314-7c2f6b --by "B. Officer" --reason "the advice changed"
    """
    with running(as_json=as_json):
        from tocsin.tasks.notify_approve import cancel_plan
        from tocsin.ui.cli._notify_text import counted

        every, stopped = cancel_plan(workspace_at(workspace), plan, by=by, reason=reason, now=datetime.now(UTC))
        if as_json:
            show_json({"cancelled": plan, "notices": every, "stopped": stopped})
        else:
            show(f"plan {plan} is cancelled; {stopped:,} of its {counted(every, 'notice')} had not left and will not")


@suppress_app.command()
def add(
    what: Annotated[str, typer.Argument(metavar="ADDRESS|DOMAIN")],
    reason: ReasonOption,
    by: ByOption,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write no more to a mail address or to a whole domain; another channel or contact is planned instead.

    Example: tocsin notify suppress add it@bakery.example --reason "asked to stop" --by "A. Officer"
    """
    with running(as_json=as_json):
        from tocsin.tasks.notify_suppress import suppress

        number = suppress(workspace_at(workspace), what, reason=reason, by=by, now=datetime.now(UTC))
        if as_json:
            show_json({"suppression": number})
        else:
            show(f"entry {number} is in force; 'tocsin notify suppress end {number}' ends it")


@suppress_app.command()
def end(number: int, by: ByOption, workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """End an entry of the list.

    Example: tocsin notify suppress end 3 --by "A. Officer"
    """
    with running(as_json=as_json):
        from tocsin.tasks.notify_suppress import end as take_off

        take_off(workspace_at(workspace), number, by=by, now=datetime.now(UTC))
        if as_json:
            show_json({"ended": number})
        else:
            show(f"entry {number} is ended")


@suppress_app.command("list")
def suppressed(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """List every entry there ever was.

    Example: tocsin notify suppress list --json
    """
    with running(as_json=as_json):
        from tocsin.tasks.notify_suppress import list_suppressed

        place = workspace_at(workspace)
        rows = [entry.as_json() for entry in list_suppressed(place)]
        if as_json:
            show_json({"suppressions": rows}, place.label)
            return
        show(str(place.label))
        columns = ("id", "what", "reason", "author", "made_at", "withdrawn_at", "withdrawn_by")
        names = ("number", "what", "reason", "by", "made", "ended", "ended by")
        cells = ([str(row[name] or "")[:10] if name.endswith("_at") else row[name] for name in columns] for row in rows)
        show_table(names, cells, right=("number",), width=PAGE)
