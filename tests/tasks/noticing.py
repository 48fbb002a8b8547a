"""A workspace from which notices go: its settings, and a plan."""

from __future__ import annotations

from pysequoia import Tsk
from tests.tasks.conftest import CASE, NOW

from tocsin.store.workspace import Workspace
from tocsin.tasks.notify_plan import plan_notices

SETTINGS = """\
[sender]
organisation = "Example CERT"
name = "Duty officer"
address = "notices@cert.example"
phone = "+44 20 7946 0000"
page = "https://notices.cert.example"
"""


def set_up(workspace: Workspace, *, signed: bool = False, more: str = "") -> Tsk | None:
    """Writes ``notify.toml``; with ``signed`` makes the key too."""
    key = None
    if signed:
        key = Tsk.generate("Example CERT <notices@cert.example>")
        _private(workspace, "key.asc", str(key))
        more += '[openpgp]\nkey_file = "key.asc"\n'
    _private(workspace, "notify.toml", SETTINGS + more)
    return key


def planned(workspace: Workspace) -> str:
    """The id of a plan about whatever was taken in."""
    return plan_notices(workspace, CASE, by="A. Officer", now=NOW).view.filed.id


def _private(workspace: Workspace, name: str, text: str) -> None:
    path = workspace.root / name
    path.write_text(text, "utf-8")
    path.chmod(0o600)
