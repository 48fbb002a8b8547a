"""What goes wrong before a mailbox is open; tests/interop reads a real one."""

from __future__ import annotations

import socket

import pytest

from tocsin.errors import WorkspaceError
from tocsin.transports.imap import ImapServer, Mailbox


def test_a_server_that_is_not_there_is_named() -> None:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    with (
        pytest.raises(WorkspaceError, match=f"127.0.0.1:{port} cannot be reached"),
        Mailbox(ImapServer(host="127.0.0.1", port=port, security="none", timeout=2)),
    ):
        pass


def test_passwords_are_not_sent_in_the_clear() -> None:
    with pytest.raises(WorkspaceError, match="without TLS"):
        Mailbox(ImapServer(host="mail.example", security="none"))


def test_a_security_that_there_is_not() -> None:
    with pytest.raises(WorkspaceError, match="no security 'ssl'"):
        Mailbox(ImapServer(host="mail.example", security="ssl"))
