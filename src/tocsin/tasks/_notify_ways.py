"""The mail servers of the settings, with their passwords read."""

from __future__ import annotations

from pathlib import Path

from tocsin.notices.settings import Imap, Smtp
from tocsin.store.notify_settings import read_secret
from tocsin.store.workspace import Workspace
from tocsin.transports.imap import ImapServer
from tocsin.transports.smtp import SmtpServer


def smtp_server(workspace: Workspace, smtp: Smtp) -> SmtpServer:
    """The next hop. Raises ``WorkspaceError`` for a password that cannot be read, or that others may read."""
    return SmtpServer(
        host=smtp.host,
        port=smtp.port,
        security=smtp.security,
        user=smtp.user or None,
        password=_password(workspace, smtp.password_file),
        ca_file=_file(workspace, smtp.ca_file),
        timeout=float(smtp.timeout),
    )


def imap_server(workspace: Workspace, imap: Imap) -> ImapServer:
    """Where bounces and replies arrive. Raises ``WorkspaceError`` as above."""
    return ImapServer(
        host=imap.host,
        port=imap.port,
        security=imap.security,
        user=imap.user,
        password=_password(workspace, imap.password_file) or "",
        folder=imap.folder,
        ca_file=_file(workspace, imap.ca_file),
    )


def _file(workspace: Workspace, name: str) -> Path | None:
    return workspace.root / name if name else None


def _password(workspace: Workspace, name: str) -> str | None:
    return read_secret(workspace, name).decode("utf-8") if name else None
