"""``tocsin review``: the queue of answers that mend the registry."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from tocsin.tasks.reviewing_answers import Settled, Waiting

app = typer.Typer(
    help="The queue of answers that mend the registry: not ours, wrong contact, need help.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

NumberArgument = Annotated[int, typer.Argument(metavar="ID", help="The answer, as 'tocsin review list' numbers it.")]
ReasonOption = Annotated[str, typer.Option(help="Why; it is kept.")]
ByOption = Annotated[str, typer.Option("--as", metavar="NAME", help="Who decides this.")]


@app.command("list")
def list_(
    every: Annotated[bool, typer.Option("--all", help="Also what is settled, and answers that need nobody.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the answers that wait for a person, oldest first, with what the recipient wrote.

    Example: tocsin review list
    """
    with running(as_json=as_json):
        from tocsin.tasks.reviewing_answers import waiting

        place = workspace_at(workspace)
        found = waiting(place, every=every)
        if as_json:
            show_json({"answers": [each.as_json() for each in found]}, place.label)
            return
        show(str(place.label))
        columns = ["id", "answer", "from", "case", "services", "via", "on", "words", "settled"]
        if not every:
            columns = columns[:-1]
        show_table(columns, (_row(each)[: len(columns)] for each in found), right=("id",), width=PAGE)
        if not found:
            say("nobody waits; --all shows what is settled")


@app.command()
def settle(
    number: NumberArgument,
    reason: ReasonOption,
    by: ByOption,
    override: Annotated[
        str | None, typer.Option(metavar="CONSTITUENT", help="Whose the services are: a constituent's id, or none.")
    ] = None,
    service: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS:PORT", help="Only this one of them; may be repeated.")
    ] = None,
    set_aside: Annotated[bool, typer.Option("--set-aside", help="Use this contact no more.")] = False,
    begins: Annotated[
        str | None,
        typer.Option("--from", help="The first day of the override.", show_default="the last day reported on"),
    ] = None,
    expires: Annotated[
        str | None, typer.Option(help="The last day of the override.", show_default="a year from today")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Settle an answer: say whose the services are, set the contact aside, or only give the reason.

    Example: tocsin review settle 7 --override none --reason "moved to another owner" --as "A. Officer"

    Example: tocsin review settle 8 --set-aside --reason "left the organisation" --as "A. Officer"
    """
    with running(as_json=as_json):
        from tocsin.tasks.asking import parse_day
        from tocsin.tasks.reviewing_answers import Wish
        from tocsin.tasks.reviewing_answers import settle as settle_it

        wish = Wish(
            reason=reason,
            author=by,
            override=override,
            services=tuple(service or ()),
            begins=parse_day(begins, option="--from"),
            expires=parse_day(expires, option="--expires"),
            sets_contact_aside=set_aside,
        )
        done = settle_it(workspace_at(workspace), number, wish, now=datetime.now(UTC))
        if as_json:
            show_json(done.as_json())
        else:
            _tell(done, override)


@app.command()
def reopen(
    number: NumberArgument,
    reason: ReasonOption,
    by: ByOption,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a settled answer back into the queue; what was mended stays as it is.

    Example: tocsin review reopen 7 --reason "they called again" --as "A. Officer"
    """
    with running(as_json=as_json):
        from tocsin.tasks.reviewing_answers import reopen as reopen_it

        reopen_it(workspace_at(workspace), number, reason=reason, author=by, now=datetime.now(UTC))
        if as_json:
            show_json({"reopened": number})
        else:
            show(f"answer {number} waits again")


def _row(each: Waiting) -> tuple[object, ...]:
    given = each.given
    more = f" and {len(given.services) - 3} more" if len(given.services) > 3 else ""
    last = given.events[-1] if given.events else None
    settled = f"{last[1]} ({last[2]}, {last[3][:10]})" if last and last[0] == "settled" else ""
    services = ", ".join(given.services[:3]) + more
    return given.id, given.answer, each.name, given.case_id, services, given.via, given.at[:10], given.words, settled


def _tell(done: Settled, override: str | None) -> None:
    from tocsin.reports import terminal

    show(f"answer {done.answer} is settled")
    for number, service in zip(done.overrides, done.services, strict=True):
        show(terminal(f"  {service} is assigned to {override}: override {number}"))
    if done.contact_set_aside:
        show("  the contact is set aside")
    if done.overrides:
        say("'tocsin override withdraw NUMBER' ends an override.")
