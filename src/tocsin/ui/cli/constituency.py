"""``tocsin constituency``: registries taken in, whom they name, and whose a service is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.ui.cli.shell import JsonOption, WorkspaceOption, running, say, show, show_json, show_table, workspace_at

if TYPE_CHECKING:
    from tocsin.constituency import Constituent
    from tocsin.tasks.constituency import Import, Ownership

app = typer.Typer(
    help="Whom we serve: registries, what they hold, and whose a service is.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

SHOWN = 20


@app.command("import", epilog="Example: tocsin constituency import registry.csv --dry-run")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="The registry; docs/reference/registry.md.")],
    source: Annotated[
        str | None, typer.Option(metavar="NAME", help="The registry it belongs to; default: the file's name.")
    ] = None,
    map_: Annotated[
        str | None, typer.Option("--map", metavar="NAME|FILE.toml", help="How to read a file of another shape.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change; write nothing.")] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Takes in a registry of organisations: shows every bad row and every change, and keeps a new version.

    The file speaks for all constituents of its source: those it no longer has are removed.
    """
    with running(as_json=json):
        from tocsin.tasks.constituency import import_registry

        place = workspace_at(workspace)
        done = import_registry(place, file, source=source, mapping=map_, dry_run=dry_run, now=datetime.now(UTC))
        if json:
            show_json(done.as_json() | {"dry_run": dry_run}, place.label)
        else:
            show(str(place.label))
            _tell_import(done, dry_run=dry_run)


@app.command(epilog="Example: tocsin constituency whose 203.0.113.7 --host mail.example.org --host-from certificate")
def whose(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="An IPv4 or IPv6 address.")],
    host: Annotated[str | None, typer.Option(metavar="NAME", help="A host name seen with it.")] = None,
    host_from: Annotated[
        str | None, typer.Option(help="Where the name was seen: certificate, forward or ptr (default).")
    ] = None,
    asn: Annotated[str | None, typer.Option(metavar="NUMBER", help="The AS number that announces it.")] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Says who answers for a service, by which holding, how certainly, and who else claims it."""
    with running(as_json=json):
        from tocsin.tasks.constituency import whose as ask

        place = workspace_at(workspace)
        found = ask(place, address, host=host, host_from=host_from, asn=asn)
        if json:
            show_json(found.as_json(), place.label)
        else:
            show(str(place.label))
            _tell_owner(found)


@app.command("show", epilog="Example: tocsin constituency show example-council")
def show_one(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The constituent's id.")],
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Shows one constituent: its holdings, where each was registered, and its contacts."""
    with running(as_json=json):
        from tocsin.tasks.constituency import show_constituent

        place = workspace_at(workspace)
        found = show_constituent(place, id_)
        if json:
            show_json(found.as_json(), place.label)
        else:
            show(str(place.label))
            _tell_constituent(found)


@app.command("list", epilog="Example: tocsin constituency list --json")
def list_(workspace: WorkspaceOption = None, json: JsonOption = False) -> None:
    """Lists every constituent of the newest version."""
    with running(as_json=json):
        from tocsin.tasks.constituency import list_constituents

        place = workspace_at(workspace)
        found = list_constituents(place)
        if json:
            show_json({"constituents": [each.as_json() for each in found]}, place.label)
            return
        show(str(place.label))
        show_table(
            ("id", "name", "country", "sector", "public body", "holdings", "source"),
            map(_cells, found),
            right=("holdings",),
        )
        say(f"{len(found):,} constituents")


@app.command("versions", epilog="Example: tocsin constituency versions")
def list_versions(workspace: WorkspaceOption = None, json: JsonOption = False) -> None:
    """Lists every import that changed the constituency."""
    with running(as_json=json):
        from tocsin.tasks.constituency import list_imports

        place = workspace_at(workspace)
        found = list_imports(place)
        if json:
            show_json({"versions": [each.as_json() for each in found]}, place.label)
            return
        show(str(place.label))
        columns = ("added", "changed", "removed", "rejected")
        show_table(
            ("version", "imported at", "source", "file", *columns),
            (
                (each, each.imported_at[:19], each.source, each.file, *(getattr(each, name) for name in columns))
                for each in found
            ),
            right=columns,
        )


def _tell_import(done: Import, *, dry_run: bool) -> None:
    from tocsin.reports import terminal

    registry, plan = done.registry, done.plan
    for row in registry.rejected[:SHOWN]:
        say(f"{terminal(str(row.pointer))}: rejected: {terminal(row.reason)}")
    _say_more(len(registry.rejected), "rejected rows")
    if registry.ignored:
        say(f"columns not read: {terminal(', '.join(registry.ignored))}")
    _tell_changes(done)
    parts = [f"{len(registry.constituents):,} constituents", f"{len(registry.rejected):,} rejected"]
    parts += [f"{registry.merged:,} merged into another"] if registry.merged else []
    parts += [f"{registry.left_out:,} left out"] if registry.left_out else []
    show(f"{terminal(done.file)}: {registry.rows:,} rows = {' + '.join(parts)}")
    would = "would be " if dry_run else ""
    counts = f"{len(plan.added):,} added, {len(plan.changed):,} changed, {len(plan.removed):,} removed"
    if plan.is_empty:
        show("nothing changed; no new version")
    elif dry_run:
        show(f"{would}{counts}; nothing was written")
    else:
        show(f"{counts}: version {done.version}")


def _tell_changes(done: Import) -> None:
    from tocsin.reports import terminal

    plan = done.plan
    lines = [f"+ {each.id}: {each.name}" for each in plan.added[:SHOWN]]
    lines += [f"  … and {len(plan.added) - SHOWN:,} more added (--json has them all)"] * (len(plan.added) > SHOWN)
    for change in plan.changed[:SHOWN]:
        lines.append(f"~ {change.after.id}: {change.after.name}")
        lines += [f"    {each}" for each in change.fields]
    lines += [f"  … and {len(plan.changed) - SHOWN:,} more changed (--json has them all)"] * (len(plan.changed) > SHOWN)
    lines += [f"- {each.id}: {each.name}" for each in plan.removed[:SHOWN]]
    lines += [f"  … and {len(plan.removed) - SHOWN:,} more removed (--json has them all)"] * (len(plan.removed) > SHOWN)
    lines += [f"= {id_}: stays as it was, since its row was rejected" for id_ in plan.kept[:SHOWN]]
    lines += [f"! {id_}: its parent is removed" for id_ in plan.orphaned[:SHOWN]]
    for line in lines:
        show(terminal(line))


def _say_more(count: int, what: str) -> None:
    if count > SHOWN:
        say(f"… and {count - SHOWN:,} more {what} (--json has them all)")


def _tell_owner(found: Ownership) -> None:
    from tocsin.reports import terminal

    answer = found.answer
    who = " and ".join(f"{found.names.get(id_, id_)} ({id_})" for id_ in answer.claimants)
    sentences = {
        "proven": f"{found.address} is proven to be in the hands of {who}",
        "claimed": f"{found.address} is claimed for {who}; that is no proof, and nobody is told on such grounds",
        "disputed": f"{found.address} is disputed between {who}; nobody is told until that is settled",
        "none": f"{found.address} is nobody's in the registry",
    }
    show(terminal(sentences[answer.certainty]))
    for claim in answer.deciding:
        show(terminal(f"  by {claim.text}, registered for {claim.constituent}"))
    for other in answer.others:
        show(terminal(f"  also considered: {other}"))
    say(f"constituency version {found.version}")


def _tell_constituent(found: Constituent) -> None:
    from tocsin.constituency import spell_name
    from tocsin.reports import terminal

    lines = [
        f"{found.id}: {found.name}",
        f"  {found.kind}, country {found.country or 'not said'}, sector {found.sector or 'not said'}",
        f"  public body: {_yes(found.public_body)}",
        f"  source {found.registry}" + (f"; belongs to {found.parent}" if found.parent else ""),
    ]
    for held in found.holdings:
        spelled = spell_name(held.value) if held.kind == "domain" else held.value
        lines.append(f"  {held}" + (f", written {spelled}" if spelled != held.value else ""))
    lines += [f"  contact {contact}" for contact in found.contacts]
    for line in lines:
        show(terminal(line))


def _cells(each: Constituent) -> tuple[object, ...]:
    body = _yes(each.public_body)
    return each.id, each.name, each.country, each.sector, body, len(each.holdings), each.registry


def _yes(value: bool) -> str:
    return "yes" if value else "no"
