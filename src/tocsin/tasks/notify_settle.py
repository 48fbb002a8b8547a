"""What a person says of a notice of which SMTP could not tell what became: it was sent, or it is to be sent again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tocsin.errors import AskError
from tocsin.persons import checked_name
from tocsin.store.desk import open_desk
from tocsin.store.letters import letters_about
from tocsin.store.notify_settings import load_settings
from tocsin.store.outbox_state import counts, next_due, settle, uncertain_ones
from tocsin.store.workspace import Workspace
from tocsin.tasks.notify_send import deadline_of


def settle_notice(workspace: Workspace, number: str, *, was_sent: bool, reason: str, author: str, now: datetime) -> str:
    """Settles one notice; its number. Raises ``AskError`` for one that does not wait for a person."""
    plain = number.replace("-", "").replace(" ", "").lower()
    if not reason.strip():
        raise AskError("settling needs a reason", remedy="say with --reason how you know")
    name = checked_name(author, need="settling needs the name of whoever knows", option="--by")
    deadline = deadline_of(load_settings(workspace))
    done = settle(
        open_desk(workspace.desk_url),
        plain,
        was_sent=was_sent,
        reason=" ".join(reason.split()),
        author=name,
        deadline=deadline,
        now=now,
    )
    if not done:
        raise AskError(
            f"notice {number} does not wait for a person", remedy="'tocsin notify status' lists those that do"
        )
    return plain


def status(workspace: Workspace, plan: str | None) -> Mapping[str, object]:
    """How the queue of a plan stands, which notices wait for a person, and letters about no notice that is known."""
    desk = open_desk(workspace.desk_url)
    names = ("number", "address", "message_id", "since")
    due = next_due(desk, plan) if plan else None
    return {
        "queue": dict(counts(desk, plan)),
        "next_due": due and due.isoformat(timespec="seconds"),
        "uncertain": [dict(zip(names, row, strict=True)) for row in uncertain_ones(desk, plan)],
        "strays": letters_about(desk, None) if plan is None else [],
    }
