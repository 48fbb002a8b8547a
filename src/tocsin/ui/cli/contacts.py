"""``tocsin contacts``: found, shown in the order in which they are tried, entered and corrected."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.ui.cli import contacts_edit
from tocsin.ui.cli.shell import (
    PAGE,
    JsonOption,
    WorkspaceOption,
    running,
    say,
    show,
    show_json,
    show_paragraph,
    show_table,
    workspace_at,
)

if TYPE_CHECKING:
    from tocsin.constituency import Known, Ranked
    from tocsin.store.workspace import Workspace
    from tocsin.tasks.contact_sources import AskMail, Tally, Ways
    from tocsin.tasks.contacts import Shown

app = typer.Typer(
    help="Whom to tell: found in registries, security.txt, RDAP and directories, or entered by a person.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

PROBLEMS_SHOWN = 20
CaseOption = Annotated[str | None, typer.Option("--case", help="A case: only those with open findings under it.")]


@app.command(epilog="Example: tocsin contacts find --case exchange-proxylogon-2021")
def find(
    case: CaseOption = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="The day, such as 2021-03-14.", show_default="the last reported on")
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option(help="Ask only this: registry, security.txt, rdap or mx; may be repeated.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Ask servers in networks of your own too.")
    ] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Ask the sources about everyone with open findings of a case, or about every constituent.

    Each server is asked at a modest rate, and nothing twice before its time. Stop it at any moment and run it again: it
    goes on where it was.
    """
    with running(as_json=json):
        from tocsin.tasks.asking import parse_day
        from tocsin.tasks.contacts import SOURCES, find_contacts

        place = workspace_at(workspace)
        done = find_contacts(
            place,
            _ways(place, allow_private=allow_private),
            case_id=case,
            as_of=parse_day(as_of, option="--as-of"),
            sources=source or SOURCES,
            mail=lambda: _mail(place),
        )
        if json:
            show_json(done.as_json(), place.label)
            return
        show(str(place.label))
        _tell_tallies(done.tallies)
        show(f"{done.with_contact:,} of {done.constituents:,} constituents have a contact that counts")


@app.command("show", epilog="Example: tocsin contacts show council --case exchange-proxylogon-2021")
def show_one(
    constituent: Annotated[str, typer.Argument(metavar="ID", help="The constituent's id.")],
    case: Annotated[
        str | None, typer.Option("--case", help="A case: with it also the contacts around its services.")
    ] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Show one constituent's contacts in the order in which they are tried, which one would be told, and why."""
    with running(as_json=json):
        from tocsin.tasks.contacts import show_contacts

        place = workspace_at(workspace)
        found = show_contacts(place, constituent, now=datetime.now(UTC), case_id=case)
        if json:
            show_json(found.as_json(), place.label)
        else:
            show(str(place.label))
            _tell_shown(found)


@app.command("list", epilog="Example: tocsin contacts list --subject country:GB --json")
def list_(
    subject: Annotated[
        str | None, typer.Option(help="constituent:…, domain:…, network:…, asn:… or country:… with its value.")
    ] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """List every contact that is kept."""
    with running(as_json=json):
        from tocsin.tasks.contacts import list_contacts

        place = workspace_at(workspace)
        found = list_contacts(place, subject=subject)
        if json:
            show_json({"contacts": [each.as_json() for each in found]}, place.label)
            return
        show(str(place.label))
        columns = ["id", "about", "address", "source", "roles", "until", "set aside"]
        cells = ([each.contact.id[:8], each.contact.subject, *_cells(each)] for each in found)
        show_table(columns, cells, whole=("id", "address", "until"), width=PAGE)


def _ways(place: Workspace, *, allow_private: bool) -> Ways:
    """The sources as ``notify.toml`` has them, at the world's own pace."""
    import time

    from tocsin.constituency.bootstrap import BOOTSTRAPS
    from tocsin.store.notify_settings import load_settings
    from tocsin.tasks.contact_sources import Ways
    from tocsin.transports.asking import Asker, Manners
    from tocsin.ui.cli.progress import told_rounds

    lookups = load_settings(place).lookups
    manners = Manners(
        per_server_per_minute=lookups.per_server_per_minute,
        in_all_per_minute=lookups.in_all_per_minute,
        allow_private=allow_private,
    )

    def clock() -> datetime:
        return datetime.now(UTC)

    return Ways(
        asker=Asker(manners, clock=clock, sleep=time.sleep),
        clock=clock,
        progress=told_rounds("questions"),
        bootstraps=lookups.bootstrap or tuple(BOOTSTRAPS.values()),
    )


def _mail(place: Workspace) -> AskMail:
    from tocsin.store.notify_settings import load_settings
    from tocsin.transports.mail_routes import MailRoutes
    from tocsin.transports.resolver import Resolver

    return MailRoutes(Resolver(load_settings(place).dns.servers)).ask


def _tell_tallies(tallies: tuple[Tally, ...]) -> None:
    from tocsin.reports import terminal

    columns = ["source", "asked", "fresh", "answers", "nothing", "failed", "new", "changed"]
    rows = [
        [
            each.source,
            each.asked,
            each.fresh,
            each.answers,
            each.nothing,
            each.failed,
            each.saved.added,
            each.saved.changed,
        ]
        for each in tallies
    ]
    show_table(columns, rows, right=columns[1:])
    for each in tallies:
        for problem in each.problems[:PROBLEMS_SHOWN]:
            say(f"{each.source}: {terminal(problem)}")
        if len(each.problems) > PROBLEMS_SHOWN:
            say(f"{each.source}: {len(each.problems) - PROBLEMS_SHOWN:,} more; --json has all")


def _tell_shown(found: Shown) -> None:
    from tocsin.reports import terminal

    show(terminal(f"{found.constituent.id}: {found.constituent.name}"))
    columns = ["id", "through", "address", "source", "roles", "until", "set aside"]
    show_table(columns, (_row(each) for each in found.ranked), whole=("id", "address", "until"), width=PAGE)
    chosen = found.choice.chosen
    show_paragraph(f"told: {chosen.contact.address if chosen else 'nobody'}; {found.choice.why}")
    for route in found.routes.values():
        servers = ", ".join(f"{name} ({' '.join(addresses)})" for name, addresses in route.servers)
        show(terminal(f"mail of {route.domain}: {servers or route.detail}"))
    for lookup in found.lookups:
        if lookup.outcome != "answer":
            say(terminal(f"{lookup.kind} {lookup.asked}: {lookup.outcome}, {lookup.answer}"))


def _row(each: Ranked) -> list[object]:
    return [each.contact.id[:8], each.remove.name.lower(), *_cells(each.known)]


def _cells(each: Known) -> list[object]:
    until = each.valid_until and f"{each.valid_until:%Y-%m-%d}"
    return [each.contact.address, each.contact.source, ", ".join(each.contact.roles), until, each.set_aside]


contacts_edit.add_to(app)
