"""``tocsin notify preview``, ``drop`` and ``retract``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.errors import AskError
from tocsin.ui.cli.shell import JsonOption, WorkspaceOption, running, say, show, show_json, workspace_at

if TYPE_CHECKING:
    from tocsin.tasks.composing import Composed

ByOption = Annotated[str, typer.Option("--by", help="Your name; it is kept.")]


def add_to(app: typer.Typer) -> None:
    """Gives the commands of letters to ``tocsin notify``."""
    app.command()(preview)
    app.command()(drop)
    app.command()(retract)


def preview(
    number: Annotated[str | None, typer.Argument(metavar="[NUMBER]", help="A notice of a plan.")] = None,
    case: Annotated[str | None, typer.Option(help="Without a number: a case, and --constituent.")] = None,
    constituent: Annotated[str | None, typer.Option(help="Whose open findings the notice would tell.")] = None,
    language: Annotated[str, typer.Option(help="Of the letter, as de or de-AT; with --constituent.")] = "en",
    as_of: Annotated[str | None, typer.Option(help="The day described; with --constituent.")] = None,
    html: Annotated[bool, typer.Option("--html", help="The HTML part instead of the text.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write the whole message to this .eml file.")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a notice as it would go now; nothing leaves and nothing is noted.

    Example: tocsin notify preview K3V7Q-M2RTX-5YBN4-WC6DZ-HJF2A-E --out notice.eml

    Example: tocsin notify preview --case exchange-proxylogon-2021 --constituent council --language de
    """
    with running(as_json=as_json):
        from tocsin.tasks.asking import parse_day
        from tocsin.tasks.notify_letter import preview as of_number
        from tocsin.tasks.notify_letter import preview_findings

        place, now = workspace_at(workspace), datetime.now(UTC)
        if number is not None:
            composed = of_number(place, number, now=now)
        elif case is not None and constituent is not None:
            day = parse_day(as_of, option="--as-of")
            composed = preview_findings(place, case, constituent, as_of=day, language=language, now=now)
        else:
            raise AskError("which notice?", remedy="give the number of a notice, or --case and --constituent")
        if out is not None:
            if not composed.message:
                how = composed.notice.recipient.channel
                raise AskError(
                    f"this notice goes by {how}, not by mail", remedy="'tocsin notify drop' writes its letter"
                )
            _save(out, composed.message)
        _show(composed, html=html, as_json=as_json, quietly=out is not None)


def drop(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A plan that was approved.")],
    out: Annotated[Path, typer.Option(help="A new folder for the letters.")],
    by: ByOption,
    everything: Annotated[bool, typer.Option("--everything", help="Also those that go by mail.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the notices that no mail carries to files, a folder each, for a person to phone or post.

    Each folder holds the letter as text and as a page, and the table; index.csv lists whom to reach and where.

    Example: tocsin notify drop 20210314-7c2f6b --out to-post --by "A. Officer"
    """
    with running(as_json=as_json):
        from tocsin.reports import terminal
        from tocsin.tasks.notify_letter import drop as put_down

        done = put_down(workspace_at(workspace), plan, out, everything=everything, by=by, now=datetime.now(UTC))
        if as_json:
            show_json({"folder": str(done.folder), "written": list(done.numbers), "before": done.before})
            return
        are = "notice is" if len(done.numbers) == 1 else "notices are"
        show(f"{len(done.numbers):,} {are} in {terminal(str(done.folder))}; index.csv lists whom to reach")
        if done.before:
            say(f"{done.before:,} more were put down before and are left out")


def retract(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The notice that was wrong.")],
    reason: Annotated[str, typer.Option(help="What was wrong, in words for the recipient and in their language.")],
    by: ByOption,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a wrong notice back: plan a correction to the same contact that says what was wrong.

    Example: tocsin notify retract K3V7Q-M2RTX-5YBN4-WC6DZ-HJF2A-E --by "A. Officer"
    --reason "The address 192.0.2.17 was registered as yours by mistake."
    """
    with running(as_json=as_json):
        from tocsin.tasks.notify_letter import retract as take_back

        done = take_back(workspace_at(workspace), number, reason=reason, by=by, now=datetime.now(UTC))
        if as_json:
            show_json({"retracted": done.number, "plan": done.plan, "correction": done.correction})
            return
        show(f"notice {done.number} is retracted; its correction is {done.correction}")
        say(f"it has not left: look with 'tocsin notify preview {done.correction}', then")
        say(f"'tocsin notify approve {done.plan} --by NAME' queues it")


def _show(composed: Composed, *, html: bool, as_json: bool, quietly: bool) -> None:
    from tocsin.reports import terminal

    letter = composed.draft.letter
    if as_json:
        show_json(
            {
                "number": composed.notice.number,
                "subject": letter.subject,
                "language": letter.language,
                "text": letter.text,
                "html": letter.html,
                "attachments": [each.name for each in composed.draft.attachments],
                "bytes": len(composed.message),
                "is_encrypted": composed.draft.told.is_encrypted,
                "is_signed": composed.is_signed,
                "remarks": list(composed.remarks),
            }
        )
        return
    if not quietly:
        shown = letter.html if html else f"Subject: {letter.subject}\n\n{letter.text}"
        show("\n".join(map(terminal, shown.splitlines())))
    files = ", ".join(each.name for each in composed.draft.attachments)
    say(terminal(f"attached: {files}; {len(composed.message):,} bytes; language {letter.language}"))
    for remark in composed.remarks:
        say(terminal(remark))


def _save(path: Path, data: bytes) -> None:
    from tocsin.errors import WorkspaceError

    try:
        with open(path, "xb") as file:
            file.write(data)
        path.chmod(0o600)
    except OSError as fault:
        raise WorkspaceError(f"{path} cannot be written: {fault.strerror}", remedy="name a new file") from fault
