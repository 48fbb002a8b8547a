"""``tocsin override``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

import typer

from tocsin.ui.cli.shell import JsonOption, WorkspaceOption, running, show, show_json, show_table, workspace_at

app = typer.Typer(
    help="Set a verdict or an assignment aside, with reason, author and expiry.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

ServiceArgument = Annotated[str, typer.Argument(metavar="ADDRESS[:PORT]")]
ReasonOption = Annotated[str, typer.Option(help="Why.")]
AuthorOption = Annotated[str, typer.Option(help="Who decides this.")]
ExpiresOption = Annotated[str, typer.Option(help="The last day on which it counts, such as 2021-04-30.")]
FromOption = Annotated[
    str | None,
    typer.Option("--from", help="The first day on which it counts.", show_default="the last day reported on"),
]


@app.command()
def verdict(
    service: ServiceArgument,
    status: Annotated[str, typer.Argument(help="affected, fixed, not_affected or undetermined.")],
    case: Annotated[str, typer.Option(help="The case.")],
    reason: ReasonOption,
    author: AuthorOption,
    expires: ExpiresOption,
    begins: FromOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Set the verdict on a service; the machine's own is kept beside it.

    Example: tocsin override verdict 203.0.113.7:443 fixed --case exchange-proxylogon-2021
    --reason "seen on site" --author "duty officer" --expires 2021-04-30
    """
    with running(as_json=as_json):
        from tocsin.tasks.override import override_verdict

        number = override_verdict(
            workspace_at(workspace),
            service,
            status,
            case_id=case,
            reason=reason,
            author=author,
            begins=_day(begins, "--from"),
            expires=_last_day(expires),
            now=datetime.now(UTC),
        )
        _told(number, as_json)


@app.command()
def assignment(
    service: ServiceArgument,
    constituent: Annotated[str, typer.Argument(help="A constituent's id, or none.")],
    reason: ReasonOption,
    author: AuthorOption,
    expires: ExpiresOption,
    begins: FromOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say whose a service is, in every case; the machine's own assignment is kept beside it.

    Example: tocsin override assignment 203.0.113.7 council-0123
    --reason "confirmed by telephone" --author "duty officer" --expires 2021-06-30
    """
    with running(as_json=as_json):
        from tocsin.tasks.override import override_assignment

        number = override_assignment(
            workspace_at(workspace),
            service,
            constituent,
            reason=reason,
            author=author,
            begins=_day(begins, "--from"),
            expires=_last_day(expires),
            now=datetime.now(UTC),
        )
        _told(number, as_json)


@app.command()
def withdraw(number: int, author: AuthorOption, workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """End an override before its time.

    Example: tocsin override withdraw 3 --author "duty officer"
    """
    with running(as_json=as_json):
        from tocsin.tasks.override import withdraw as end

        end(workspace_at(workspace), number, author=author, now=datetime.now(UTC))
        if as_json:
            show_json({"withdrawn": number})
        else:
            show(f"override {number} is withdrawn")


@app.command("list")
def list_(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """List every override ever made.

    Example: tocsin override list --json
    """
    with running(as_json=as_json):
        from tocsin.constituency import format_address
        from tocsin.tasks.override import list_overrides

        place = workspace_at(workspace)
        rows = [
            {
                "number": entry.id,
                "what": entry.override.what,
                "address": format_address(entry.override.ip_hi, entry.override.ip_lo),
                "port": entry.override.port,
                "case": entry.override.case_id,
                "value": entry.override.value,
                "reason": entry.override.reason,
                "author": entry.override.author,
                "made": entry.created_at[:19],
                "from": entry.begins_on,
                "expires": entry.expires_on,
                "withdrawn": entry.withdrawn_at and f"{entry.withdrawn_at[:19]} by {entry.withdrawn_by}",
            }
            for entry in list_overrides(place)
        ]
        if as_json:
            show_json({"overrides": rows}, place.label)
            return
        show(str(place.label))
        columns = list(rows[0]) if rows else ["number"]
        show_table(columns, ([row[name] for name in columns] for row in rows))


def _day(text: str | None, option: str) -> date | None:
    from tocsin.tasks.asking import parse_day

    return parse_day(text, option=option)


def _last_day(text: str) -> date:
    day = _day(text, "--expires")
    assert day is not None
    return day


def _told(number: int, as_json: bool) -> None:
    if as_json:
        show_json({"override": number})
    else:
        show(f"override {number} is in force; 'tocsin override withdraw {number}' ends it")
