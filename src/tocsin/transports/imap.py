"""A mailbox over IMAP: what has not been seen comes out, a letter at a time; it counts as seen only when said so.

Sources: RFC 3501, sections 6.4.5 (BODY.PEEK, partial fetch) and 6.4.8 (UIDs).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from tocsin.errors import WorkspaceError
from tocsin.transports._mail_extra import imapclient
from tocsin.transports._tls import check_security, tls_context

MOST_BYTES = 1_000_000
"""Of a letter; what it is stands at its beginning, and the rest is left where it is."""
_AT_ONCE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapServer:
    """Where bounces and replies arrive; ``timeout`` in seconds."""

    host: str
    port: int = 993
    security: str = "tls"
    user: str = ""
    password: str = ""
    folder: str = "INBOX"
    timeout: float = 60.0
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A letter as it lies there. ``content`` is its first ``MOST_BYTES``, ``size`` how long it is."""

    uid: int
    content: bytes
    size: int
    received_at: datetime


class Mailbox:
    """The connection, while the ``with`` block lasts. Every failure raises ``WorkspaceError``."""

    def __init__(self, server: ImapServer) -> None:
        check_security(server.security, server.host)
        self._server = server

    def __enter__(self) -> Self:
        server = self._server
        with _told(server, "cannot be reached"):
            context = None if server.security == "none" else tls_context(server.ca_file)
            self._client = imapclient.IMAPClient(
                server.host,
                server.port,
                ssl=server.security == "tls",
                ssl_context=context,
                timeout=server.timeout,
                use_uid=True,
            )
            if server.security == "starttls":
                self._client.starttls(context)
        try:
            with _told(server, "refuses name, password or folder"):
                self._client.login(server.user, server.password)
                self._client.select_folder(server.folder)
        except WorkspaceError:
            self._client.shutdown()
            raise
        self._client.normalise_times = False
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._client.logout()
        except (imapclient.exceptions.IMAPClientError, OSError):
            self._client.shutdown()

    def unseen(self) -> Iterator[Arrived]:
        """What has not been seen, oldest first; reading it does not make it seen."""
        with _told(self._server, "broke off"):
            waiting = sorted(self._client.search(["UNSEEN", "UNDELETED"]))
            for begin in range(0, len(waiting), _AT_ONCE):
                part = f"BODY.PEEK[]<0.{MOST_BYTES}>"
                found = self._client.fetch(waiting[begin : begin + _AT_ONCE], [part, "RFC822.SIZE", "INTERNALDATE"])
                for uid in sorted(found):
                    values = found.pop(uid)
                    content = next((value for key, value in values.items() if key.startswith(b"BODY[]")), None)
                    if content is not None:  # it was taken away meanwhile
                        yield Arrived(
                            uid=uid,
                            content=content,
                            size=values.get(b"RFC822.SIZE", len(content)),
                            received_at=_in_utc(values.get(b"INTERNALDATE")),
                        )

    def mark_seen(self, uids: Sequence[int]) -> None:
        """Says that these need not come again."""
        if uids:
            with _told(self._server, "broke off"):
                self._client.add_flags(list(uids), [imapclient.SEEN], silent=True)


class _told:  # noqa: N801  # reads as a word at its use
    """Turns what goes wrong into a ``WorkspaceError`` that names the server."""

    def __init__(self, server: ImapServer, what: str) -> None:
        self._server = server
        self._what = what

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, imapclient.exceptions.IMAPClientError | OSError | ValueError):
            reason = " ".join(str(error).split())[:300] or type(error).__name__
            raise WorkspaceError(
                f"the mailbox at {self._server.host}:{self._server.port} {self._what}: {reason}",
                remedy="check [imap] in notify.toml; what was not collected comes the next time",
            ) from error


def _in_utc(moment: datetime | None) -> datetime:
    if moment is None:
        return datetime.fromtimestamp(0, UTC)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
