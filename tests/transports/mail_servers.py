"""A mail server on loopback that does what a test asks of it, and keeps what it took."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

TLS = Path(__file__).parents[1] / "fixtures" / "tls"
CA = TLS / "ca.pem"


@dataclass
class Taken:
    """A message that the server answered for with 250, or would have."""

    recipient: str
    sender: str
    content: bytes
    peer: tuple[str, int]

    @property
    def message_id(self) -> str:
        return str(message_from_bytes(self.content)["Message-ID"])


@dataclass
class Script:
    """What the server answers: ``None`` takes it; a text is the answer; ``drop``, ``stall``, ``garbage`` do so.

    ``drop`` after the message keeps it first, as a server does that took it and could not say so.
    """

    on_mail: Callable[[str], str | None] = lambda _: None
    on_rcpt: Callable[[str], str | None] = lambda _: None
    on_data: Callable[[bytes], str | None] = lambda _: None
    taken: list[Taken] = field(default_factory=list)
    stalls: float = 30.0
    is_over: bool = False
    waits: Callable[[], float] = lambda: 0.0

    async def handle_MAIL(  # noqa: N802  # the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self._done(server, self.on_mail(address))
        envelope.mail_from = address
        return answer or "250 sender ok"

    async def handle_RCPT(  # noqa: N802  # the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self._done(server, self.on_rcpt(address))
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 recipient ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        await asyncio.sleep(self.waits())
        wish = self.on_data(envelope.content)
        if wish is None or wish in ("drop", "stall", "garbage"):
            found = (envelope.rcpt_tos[0], envelope.mail_from or "", envelope.content, session.peer)
            self.taken.append(Taken(*found))
            await asyncio.sleep(self.waits())
        return await self._done(server, wish) or "250 taken"

    async def _done(self, server: SMTP, wish: str | None) -> str | None:
        if wish == "drop":
            assert server.transport is not None
            server.transport.abort()
            await asyncio.sleep(0.01)
        if wish == "stall":
            for _ in range(int(self.stalls / 0.02)):
                await asyncio.sleep(0 if self.is_over else 0.02)
            assert server.transport is not None
            server.transport.abort()
        return "what is this" if wish == "garbage" else wish


class MailServer:
    """Runs a ``Script`` in a thread of its own. ``security`` as in ``SmtpServer``; a user and password may be asked."""

    def __init__(self, script: Script, *, security: str = "none", password: str | None = None) -> None:
        self._script = script
        context = None
        if security != "none":
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(TLS / "server.pem", TLS / "server.key")
        words: dict[str, Any] = {"tls_context": context, "require_starttls": True} if security == "starttls" else {}
        if password is not None:
            words |= {"auth_required": True, "authenticator": _asked(password)}
        self._controller = Controller(
            script,
            hostname="localhost" if security != "none" else "127.0.0.1",
            port=_free_port(),
            ssl_context=context if security == "tls" else None,
            **words,
        )

    @property
    def port(self) -> int:
        return int(self._controller.port)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._script.is_over = True
        time.sleep(0.05)  # whoever stalls is let go
        self._controller.stop()


def _asked(password: str) -> Callable[..., AuthResult]:
    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == password.encode(), handled=False)

    return check


def _free_port() -> int:
    import socket

    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
