"""``tocsin case``: the cases there are, one case in full, a build judged by hand, a pack checked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.errors import AskError, WorkspaceError
from tocsin.ui.cli.shell import (
    JsonOption,
    PackOption,
    WorkspaceOption,
    running,
    say,
    show,
    show_json,
    show_table,
    workspace_at,
)

if TYPE_CHECKING:
    from tocsin.cases import Case
    from tocsin.tasks.cases import Listed

app = typer.Typer(
    help="What to look for: cases, their builds, and what a build means.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="The case's id, such as exchange-proxylogon-2021.")]


@app.command("list", epilog="Example: tocsin case list")
def list_cases(workspace: WorkspaceOption = None, pack: PackOption = None, json: JsonOption = False) -> None:
    """Lists every case there is: those shipped, the workspace's own, and those given with --pack."""
    with running(as_json=json):
        from tocsin.tasks.cases import list_packs

        listed = list_packs(_root(workspace), pack or [])
        for each in listed:
            _say_remarks(each)
        if json:
            show_json({"cases": [each.as_json() for each in listed]})
        else:
            rows = [(each.name, each.title, each.version, each.found.origin) for each in listed]
            show_table(("case", "title", "version", "from"), rows)


@app.command("show", epilog="Example: tocsin case show exchange-proxylogon-2021")
def show_case(
    case: CaseArgument, workspace: WorkspaceOption = None, pack: PackOption = None, json: JsonOption = False
) -> None:
    """Shows one case: its time line, CVEs, products, and each branch with its first build that has the fix."""
    with running(as_json=json):
        from tocsin.ui.cli._case_page import as_json, as_text

        loaded = _case(case, workspace, pack)
        if json:
            show_json(as_json(loaded), loaded.label)
        else:
            for line in as_text(loaded):
                show(line)


@app.command("judge", epilog="Example: tocsin case judge exchange-proxylogon-2021 15.1.2176 --seen 2021-03-20")
def judge_build(
    case: CaseArgument,
    build: Annotated[str, typer.Argument(metavar="BUILD", help='The build as seen; "" for none.')],
    seen: Annotated[str | None, typer.Option(metavar="DATE", help="The day it was seen (UTC); default: today.")] = None,
    product: Annotated[str | None, typer.Option(help="The product's name as seen.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A tag as a feed gives it; may be repeated.")] = None,
    source: Annotated[
        str | None, typer.Option(help="The kind of report, such as scan_exchange; default: any, every rule holds.")
    ] = None,
    workspace: WorkspaceOption = None,
    pack: PackOption = None,
    json: JsonOption = False,
) -> None:
    """Says what one build means under a case, and why."""
    with running(as_json=json):
        from tocsin.reports import terminal
        from tocsin.tasks.cases import judge_by_hand

        day = _day(seen) if seen else datetime.now(UTC).date()
        verdict = judge_by_hand(
            _case(case, workspace, pack), build or None, day=day, product=product, tags=tag or [], source=source
        )
        if verdict is None:
            raise AskError(
                f"an observation of {source!r} with these fields is not of the case {case!r}",
                remedy="leave --source out, or give a --product or --tag that the pack's [concerns] lists",
            )
        row = {"case": case, "seen": day.isoformat(), **verdict.as_row()}
        if json:
            cves = {each.cve: each.status.value for each in verdict.cves}
            show_json({**row, "candidates": list(verdict.candidates), "cves": cves})
        else:
            for name, value in row.items():
                if value not in (None, ""):
                    show(f"{name + ':':<12} {terminal(str(value))}")


@app.command("check", epilog="Example: tocsin case check packs/exchange-proxylogon-2021")
def check_pack(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The folder of the pack.")],
    workspace: WorkspaceOption = None,
    pack: PackOption = None,
    json: JsonOption = False,
) -> None:
    """Names every fault of a pack at once and tries its golden rows; exit code 1 when there are faults.

    --workspace and --pack are taken, as everywhere in this group, and change nothing here.
    """
    with running(as_json=json):
        from tocsin.reports import terminal
        from tocsin.tasks.cases import check
        from tocsin.ui.cli._case_page import in_number

        checked = check(path)
        if json:
            faults = [{"where": fault.pointer.as_json(), "what": fault.what} for fault in checked.faults]
            show_json({"pack": str(path), "golden": checked.golden, "faults": faults})
        else:
            for fault in checked.faults:
                show(terminal(str(fault)))
            if checked.faults:
                say(f"tocsin: {in_number(len(checked.faults), 'fault')}")
            else:
                show(terminal(f"{path}: no fault; {in_number(checked.golden, 'golden row')} passed"))
    if checked.faults:
        raise typer.Exit(1)


def _say_remarks(each: Listed) -> None:
    from tocsin.reports import terminal

    if each.found.instead_of:
        say(terminal(f"tocsin: {each.name} is read from {each.found.path}, instead of {each.found.instead_of}"))
    if each.faulty:
        say(terminal(f"tocsin: {each.name} has faults; name them with: tocsin case check {each.found.path}"))


def _case(name: str, workspace: Path | None, pack: list[Path] | None) -> Case:
    from tocsin.tasks.cases import load_case

    return load_case(name, _root(workspace), pack or [])


def _root(workspace: Path | None) -> Path | None:
    """The workspace's folder. Cases can be looked at without one; one that was named must be there."""
    try:
        return workspace_at(workspace).root
    except WorkspaceError:
        if workspace is not None:
            raise
        return None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AskError(f"{text!r} is no date", remedy="write the day as 2021-03-20") from None
