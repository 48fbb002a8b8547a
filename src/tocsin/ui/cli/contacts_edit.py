"""``tocsin contacts import``, ``add``, ``confirm``, ``set-aside``, ``restore`` and ``key``: what people say of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tocsin.errors import AskError
from tocsin.ui.cli.shell import JsonOption, WorkspaceOption, running, say, show, show_json, workspace_at

ContactArgument = Annotated[str, typer.Argument(metavar="CONTACT", help="Its address, or how its id begins.")]
AuthorOption = Annotated[str, typer.Option(help="Who says so.")]
ReasonOption = Annotated[str, typer.Option(help="Why.")]
DaysOption = Annotated[int, typer.Option(help="For how many days it counts.")]


def add_to(app: typer.Typer) -> None:
    """Adds these commands to ``tocsin contacts``."""
    app.command("import", epilog="Example: tocsin contacts import national-certs.csv --author 'duty officer'")(import_)
    app.command(epilog=_ADD)(add)
    app.command(epilog=_EXAMPLE.format("confirm", "answered the telephone"))(confirm)
    app.command("set-aside", epilog=_EXAMPLE.format("set-aside", "left the organisation"))(set_aside)
    app.command(epilog=_EXAMPLE.format("restore", "set aside by mistake"))(restore)
    app.command(epilog=_KEY)(key)


_ADD = "Example: tocsin contacts add council --mail security@council.example --author 'duty officer' --role security"
_KEY = "Example: tocsin contacts key council.asc --for security@council.example --author 'duty officer'"
_EXAMPLE = "Example: tocsin contacts {} security@council.example --author 'duty officer' --reason '{}'"


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="A directory; docs/how-to/find-contacts.md.")],
    author: AuthorOption,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be kept; write nothing.")] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Take in a directory of contacts by country, such as one of national CERTs; show every row that is refused."""
    with running(as_json=json):
        from tocsin.reports import terminal
        from tocsin.tasks.contacts import import_directory

        place = workspace_at(workspace)
        found, saved = import_directory(place, file, dry_run=dry_run, author=author, now=datetime.now(UTC))
        rejected = [{**each.pointer.as_json(), "reason": each.reason, "raw": each.raw} for each in found.rejected]
        counts = {
            "rows": found.rows,
            "contacts": len(found.contacts),
            "added": saved.added if saved else 0,
            "changed": saved.changed if saved else 0,
        }
        if json:
            show_json({**counts, "ignored_columns": list(found.ignored), "rejected": rejected}, place.label)
            return
        show(str(place.label))
        show(", ".join(f"{count:,} {what}" for what, count in counts.items()) + (" (dry run)" if dry_run else ""))
        for each in found.rejected:
            say(terminal(f"{each.pointer}: {each.reason}"))


def add(
    subject: Annotated[
        str, typer.Argument(metavar="SUBJECT", help="A constituent's id, or domain:…, network:…, asn:…, country:…")
    ],
    author: AuthorOption,
    mail: Annotated[str | None, typer.Option(help="A mail address.")] = None,
    phone: Annotated[str | None, typer.Option(help="A telephone number.")] = None,
    form: Annotated[str | None, typer.Option(help="The address of a web form.")] = None,
    post: Annotated[str | None, typer.Option(help="A postal address.")] = None,
    name: Annotated[str, typer.Option(help="The person or desk.")] = "",
    role: Annotated[list[str] | None, typer.Option(help="security, owner, technical …; may be repeated.")] = None,
    language: Annotated[str, typer.Option(help="A tag such as en or de-AT.")] = "",
    days: DaysOption = 365,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Enter a contact that you vouch for; it is tried before every automatic one."""
    with running(as_json=json):
        from tocsin.reports import terminal
        from tocsin.tasks.contacts import add_contact

        given = {
            name: text for name, text in (("mail", mail), ("phone", phone), ("form", form), ("post", post)) if text
        }
        if len(given) != 1:
            raise AskError("one address is needed", remedy="give one of --mail, --phone, --form, --post")
        ((channel, address),) = given.items()
        place = workspace_at(workspace)
        known = add_contact(
            place,
            subject,
            channel=channel,
            address=address,
            author=author,
            now=datetime.now(UTC),
            name=name,
            roles=role or (),
            language=language,
            days=days,
        )
        if json:
            show_json(known.as_json(), place.label)
        else:
            show(terminal(f"{known.contact.id[:8]}: {known.contact.address} about {known.contact.subject}"))


def confirm(
    contact: ContactArgument,
    author: AuthorOption,
    reason: ReasonOption,
    days: DaysOption = 365,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Confirm a contact: it counts for so many days from now."""
    _say(contact, "confirmed", reason, author, days, workspace, json)


def set_aside(
    contact: ContactArgument,
    author: AuthorOption,
    reason: ReasonOption,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Set a contact aside: it is not told, from whatever source it is found, until it is restored."""
    _say(contact, "set_aside", reason, author, 365, workspace, json)


def restore(
    contact: ContactArgument,
    author: AuthorOption,
    reason: ReasonOption,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Take back that a contact was set aside."""
    _say(contact, "restored", reason, author, 365, workspace, json)


def key(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A public OpenPGP key, armored or binary.")],
    author: AuthorOption,
    address: Annotated[
        str | None, typer.Option("--for", metavar="ADDRESS", help="The contact whose mail is encrypted to it.")
    ] = None,
    although: Annotated[bool, typer.Option("--although", help="Also where the key does not name the address.")] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Keep a public key: to encrypt to a contact, and to check what its domain signs."""
    with running(as_json=json):
        from tocsin.reports import terminal
        from tocsin.tasks.contact_keys import take_key

        place = workspace_at(workspace)
        done = take_key(place, file, address=address, although=although, author=author, now=datetime.now(UTC))
        if json:
            show_json(done.as_json(), place.label)
            return
        show(terminal(f"{done.key.fingerprint} of {', '.join(done.key.user_ids) or 'nobody named'}"))
        for subject in done.subjects:
            show(terminal(f"for {address} about {subject}"))


def _say(contact: str, what: str, reason: str, author: str, days: int, workspace: Path | None, json: bool) -> None:
    with running(as_json=json):
        from tocsin.reports import terminal
        from tocsin.tasks.contacts import say_of_contact

        place = workspace_at(workspace)
        now = datetime.now(UTC)
        found = say_of_contact(place, contact, what, reason=reason, author=author, now=now, days=days)
        if json:
            show_json({"contacts": [each.as_json() for each in found]}, place.label)
            return
        for each in found:
            until = f", counts until {each.valid_until:%Y-%m-%d}" if each.valid_until else ""
            words = what.replace("_", " ")
            show(
                terminal(
                    f"{each.contact.id[:8]}: {each.contact.address} about {each.contact.subject} is {words}{until}"
                )
            )
