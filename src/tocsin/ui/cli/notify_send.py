"""``tocsin notify send``, ``collect``, ``status``, ``settle`` and ``doctor``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.errors import AskError
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
    from tocsin.tasks.notify_send import Prospect, Sent

PlanArgument = Annotated[str, typer.Argument(metavar="PLAN", help="A plan's id; 'tocsin notify list' shows them.")]
_KINDS = {"auto": "automatic reply", "reply": "reply", "bounce": "bounce"}
ByOption = Annotated[str, typer.Option("--by", help="Your name; it is kept.")]


def add_to(app: typer.Typer) -> None:
    """Gives the commands of sending to ``tocsin notify``."""
    for command in (send, collect, status, settle, doctor):
        app.command()(command)


def send(
    plan: PlanArgument,
    by: Annotated[str | None, typer.Option("--by", help="Your name; it is kept. Not needed with --dry-run.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go, and where to.")] = False,
    redirect: Annotated[
        str | None,
        typer.Option("--redirect-to", help="A rehearsal: all to this mailbox, and nothing is noted as sent."),
    ] = None,
    stay: Annotated[bool, typer.Option("--stay", help="Wait for what is due later, until nothing waits.")] = False,
    despite: Annotated[
        str | None, typer.Option(help="Send although the doctor finds faults: why; it is kept in the audit log.")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Send what is due of an approved plan; a second call goes on where this one ended.

    Without [smtp] in notify.toml everything goes into the folder outbox of the workspace.

    Example: tocsin notify send 20210314-7c2f6b --dry-run

    Example: tocsin notify send 20210314-7c2f6b --by "A. Officer" --redirect-to me@cert.example
    """
    with running(as_json=as_json):
        from tocsin.tasks.notify_send import Wishes, prospect

        place = workspace_at(workspace)
        before = prospect(place, plan)
        if dry_run:
            _show_prospect(before, as_json, _now())
            return
        if by is None:
            raise AskError(
                "sending needs the name of a person", remedy="say who with --by, or only look with --dry-run"
            )
        from tocsin.store.notify_settings import load_settings
        from tocsin.tasks._notify_compose import letters_of  # an optional part of the installation
        from tocsin.tasks.notify_doctor import examine, faults_of
        from tocsin.tasks.notify_send import send as carry_out

        done = carry_out(
            place,
            plan,
            wishes=Wishes(author=by, redirect=redirect, despite=despite, stays=stay),
            letters=letters_of(place, load_settings(place), clock=_now),
            examined=lambda settings: faults_of(examine(place, settings, now=_now())),
            clock=_now,
            tell=_told(before.release.mails),
        )
        _show_sent(done, as_json)


def collect(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Collect bounces and replies from the mailbox; safe to repeat, for example every few minutes.

    An address that bounces is set aside, so that the next plan takes another contact.

    Example: tocsin notify collect --json
    """
    with running(as_json=as_json):
        from tocsin.tasks.notify_collect import collect as gather
        from tocsin.ui.cli._notify_text import counted
        from tocsin.ui.cli.progress import told_rounds

        tell = told_rounds("letters")
        found = gather(workspace_at(workspace), clock=_now, tell=lambda done: tell(done, max(done, 1)))
        if as_json:
            show_json(found.as_json())
            return
        show(
            ", ".join(counted(number, _KINDS.get(kind, kind)) for kind, number in sorted(found.new.items()))
            or "nothing new"
        )
        if found.set_aside:
            are = "contact is" if found.set_aside == 1 else "contacts are"
            show(f"{found.set_aside:,} {are} set aside, since mail bounced: 'tocsin notify plan' takes the next")
        if found.doubtful:
            are = "letter is" if found.doubtful == 1 else "letters are"
            show(f"{found.doubtful:,} {are} not believed: see 'tocsin notify letters'")
        if found.new["reply"]:
            say("'tocsin notify letters --kind reply' shows what people wrote")
        if found.counted_only:
            say(f"{found.counted_only:,} more of the same were only counted")


def status(
    plan: Annotated[str | None, typer.Argument(metavar="[PLAN]", help="One plan; default: all.")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show how the outbox stands, and which notices wait for a person.

    Example: tocsin notify status 20210314-7c2f6b
    """
    with running(as_json=as_json):
        from tocsin.reports import terminal
        from tocsin.tasks.notify_settle import status as stands

        found: Any = stands(workspace_at(workspace), plan)
        if as_json:
            show_json(found)
            return
        show(_queue(found["queue"]))
        if found["next_due"]:
            show(f"the next one may go at {found['next_due']}")
        if found["uncertain"]:
            show(
                "nobody can tell whether these were sent; look them up at the mail server, then 'tocsin notify settle':"
            )
            show_table(list(found["uncertain"][0]), ([*row.values()] for row in found["uncertain"]), width=PAGE)
        for letter in found["strays"][-20:]:
            show(
                terminal(f"about no notice known: {letter['kind']} from {letter['sender']}: {letter['summary'][:100]}")
            )


def settle(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The notice; groups and case do not matter.")],
    by: ByOption,
    reason: Annotated[str, typer.Option(help="How you know.")],
    was_sent: Annotated[bool, typer.Option("--was-sent/--send-again", help="What became of it.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what became of a notice that waits for a person: it was sent, or it is to be sent again.

    Example: tocsin notify settle K3V7Q-M2RTX-5YBN4-WC6DZ-HJF2A-E --was-sent
    --reason "in the relay's log" --by "A. Officer"
    """
    with running(as_json=as_json):
        from tocsin.tasks.notify_settle import settle_notice

        done = settle_notice(workspace_at(workspace), number, was_sent=was_sent, reason=reason, author=by, now=_now())
        if as_json:
            show_json({"notice": done, "was_sent": was_sent})
        else:
            show(f"notice {done} " + ("was sent" if was_sent else "waits to be sent again"))


def doctor(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Check whether mail would be sent, believed and answered; exit code 1 where a plan may not go.

    Looks at the mail server, SPF, DKIM and DMARC, keys, the mailbox, the public page and the clock.

    Example: tocsin notify doctor
    """
    with running(as_json=as_json):
        from tocsin.reports import terminal
        from tocsin.tasks.notify_doctor import doctor as examine
        from tocsin.tasks.notify_doctor import faults_of

        checks = examine(workspace_at(workspace), now=_now())
        if as_json:
            show_json({"may_go": not faults_of(checks), "checks": [check.as_json() for check in checks]})
        else:
            for check in checks:
                show(terminal(f"{check.outlook:8}{check.name:10}{check.what}"))
                if check.remedy:
                    show(terminal(f"        → {check.remedy}"))
        if faults_of(checks):
            raise typer.Exit(1)


def _now() -> datetime:
    return datetime.now(UTC)


def _told(mails: int) -> Callable[[int], None]:
    from tocsin.ui.cli.progress import told_rounds

    tell = told_rounds("notices")
    return lambda done: tell(done, mails)


def _queue(queue: dict[str, int]) -> str:
    return ", ".join(f"{number:,} {state}" for state, number in sorted(queue.items())) or "the outbox is empty"


def _show_prospect(found: Prospect, as_json: bool, now: datetime) -> None:
    from tocsin.reports import terminal
    from tocsin.ui.cli._notify_text import counted

    if as_json:
        show_json(found.as_json())
        return
    show(terminal(f"{counted(found.release.mails, 'mail')}, to {found.way}"))
    show(_queue(dict(found.queue)))
    if found.release.why_not:
        show(terminal(f"it may not go: {found.release.why_not}"))
        show(terminal(f"  → {found.release.remedy}"))
        return
    when = "nothing of it waits" if found.queue else "it would go now"
    if found.next_due:
        when = (
            "it would go now" if found.next_due <= now else f"the next would go at {found.next_due:%Y-%m-%d %H:%M} UTC"
        )
    show(terminal(f"approved by {', '.join(found.release.approvers)}; {when}"))


def _show_sent(done: Sent, as_json: bool) -> None:
    from tocsin.reports import terminal

    if as_json:
        show_json(done.as_json())
    else:
        tried = ", ".join(f"{number:,} {outcome}" for outcome, number in done.tried().items())
        show(terminal(f"{tried or 'nothing was due'}, to {done.way}"))
        if done.called_off:
            show(f"{done.called_off:,} called off, since what they tell does not hold any more: plan anew")
        show(_queue(dict(done.queue)))
        if done.next_due:
            show(f"the next one may go at {done.next_due:%Y-%m-%d %H:%M} UTC: call this again then, or with --stay")
        if done.is_written and done.tally.done and not done.is_rehearsal:
            say(
                "nobody was told by that. To send by mail, set up [smtp] in notify.toml; a plan whose notices went into"
            )
            say("the folder counts as told until 'tocsin notify cancel' takes it back: cancel it, and plan anew")
    for number, why in list(done.tally.unwritten.items())[:5]:
        say(terminal(f"notice {number} could not be written: {why.splitlines()[0]}"))
    if done.tally.why:
        say(terminal(f"tocsin: ended early: {done.tally.why}"))
        say("  → nothing was lost: see 'tocsin notify doctor', then call this again")
    if done.tally.why or done.tally.unwritten:
        raise typer.Exit(1)
