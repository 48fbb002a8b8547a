"""Mail over SMTP: several connections kept open and used again, TLS with checked certificates, authentication.

What an answer means is ``notices.delivery``'s to say. Sources: RFC 5321; RFC 3207 (STARTTLS); RFC 4954 (passwords).
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from tocsin.notices.delivery import Parcel, Receipt, Stage, is_mailbox, meaning
from tocsin.transports._mail_extra import aiosmtplib
from tocsin.transports._tls import check_security, tls_context

MOST_ON_ONE_CONNECTION = 100
_AFTER_THE_DOT = 10
_FEW_SECONDS = 5.0
_A_MOMENT = 0.01
_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """The next hop. ``timeout`` is for each answer, in seconds; after the last dot ten times as long is waited.

    ``security``: starttls, tls, or none for a server on this machine. ``ca_file``: authorities other than the
    machine's own.
    """

    host: str
    port: int = 587
    security: str = "starttls"
    user: str | None = None
    password: str | None = None
    timeout: float = 60.0
    ca_file: Path | None = None
    hello: str | None = None


class SmtpCarrier:
    """Hands messages to one server. Use within one event loop, and ``close`` it at the end."""

    def __init__(self, server: SmtpServer) -> None:
        check_security(server.security, server.host)
        self._server = server
        self._tls = None if server.security == "none" else tls_context(server.ca_file)
        self._idle = deque[_Connection]()

    async def carry(self, parcel: Parcel, *, handing: Callable[[], Awaitable[None]]) -> Receipt:
        """One try over a connection that is open already, or a new one; see ``notices.delivery.Carrier``."""
        if not is_mailbox(parcel.recipient):  # the library would send to whatever part of it looks like one
            return meaning(Stage.RECIPIENT, 553, "this is no mail address")
        while self._idle:
            connection = self._idle.pop()
            try:
                await connection.begin(parcel)
            except _Broken as broken:
                connection.drop()
                if broken.code is None or broken.code == 421:
                    continue  # the server closes what is idle; that says nothing, and another is tried
                return broken.receipt
            return await self._finish(connection, parcel, handing)
        try:
            connection = await self._connected()
        except _Broken as broken:
            return broken.receipt
        try:
            await connection.begin(parcel)
        except _Broken as broken:
            connection.drop()
            return broken.receipt
        return await self._finish(connection, parcel, handing)

    def has_taken(self, number: str) -> bool | None:
        """SMTP cannot tell."""
        return None

    async def greet(self) -> Receipt:
        """Connects, with TLS and password, and says good-bye: whether the way is open."""
        try:
            connection = await self._connected()
        except _Broken as broken:
            return broken.receipt
        await connection.leave()
        return meaning(Stage.HANDED, 250, "connected")

    async def close(self) -> None:
        """Says good-bye on every connection that is open."""
        while self._idle:
            await self._idle.pop().leave()
        await asyncio.sleep(_A_MOMENT)  # the loop closes what was dropped

    async def _finish(self, connection: _Connection, parcel: Parcel, handing: Callable[[], Awaitable[None]]) -> Receipt:
        try:
            receipt = await connection.finish(parcel, handing)
        except BaseException:
            connection.drop()  # before the last dot nothing was handed over, and after it nothing is known
            raise
        if connection.is_open and connection.carried < MOST_ON_ONE_CONNECTION:
            self._idle.append(connection)
        else:
            await connection.leave()
        return receipt

    async def _connected(self) -> _Connection:
        server = self._server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            timeout=server.timeout,
            local_hostname=server.hello,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            tls_context=self._tls,
        )
        try:
            await client.connect()
        except aiosmtplib.SMTPResponseException as refused:
            client.close()
            raise _Broken(Stage.GREETING, refused.code, refused.message) from refused
        except (aiosmtplib.SMTPException, OSError, ssl.SSLError, ValueError) as fault:
            client.close()
            raise _Broken(Stage.GREETING, None, f"{server.host}:{server.port}: {_reason(fault)}") from fault
        return _Connection(client, server.timeout)


class _Broken(Exception):  # noqa: N818  # it never leaves this file
    """A conversation that ended early."""

    def __init__(self, stage: Stage, code: int | None, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.receipt = meaning(stage, code, text)


class _Connection:
    """One conversation after the other with a server."""

    def __init__(self, client: aiosmtplib.SMTP, timeout: float) -> None:
        self._client = client
        self._timeout = timeout
        self.carried = 0

    @property
    def is_open(self) -> bool:
        return bool(self._client.is_connected)

    async def begin(self, parcel: Parcel) -> None:
        """The sender: the first thing that is said, and how a connection shows that it is still there."""
        eight_bit = not parcel.content.isascii() and self._client.supports_extension("8bitmime")
        international = not parcel.recipient.isascii()
        options = [*(["BODY=8BITMIME"] if eight_bit else []), *(["SMTPUTF8"] if international else [])]
        if international and not self._client.supports_extension("smtputf8"):
            self.drop()
            raise _Broken(Stage.RECIPIENT, 553, "the next hop takes no address with letters beyond ASCII")
        try:
            await self._client.mail(parcel.sender, options=options)
        except aiosmtplib.SMTPResponseException as refused:
            raise _Broken(Stage.SENDER, refused.code, refused.message) from refused
        except (aiosmtplib.SMTPException, OSError, ValueError) as fault:
            raise _Broken(Stage.SENDER, None, _reason(fault)) from fault

    async def finish(self, parcel: Parcel, handing: Callable[[], Awaitable[None]]) -> Receipt:
        """The recipient, and then the message."""
        self.carried += 1
        stage = Stage.RECIPIENT
        try:
            encoding = "ascii" if parcel.recipient.isascii() else "utf-8"
            await self._client.rcpt(parcel.recipient, encoding=encoding)
            stage = Stage.DATA
            answer = await self._client.execute_command(b"DATA")
            if answer.code != 354:
                raise aiosmtplib.SMTPDataError(answer.code, answer.message)
        except aiosmtplib.SMTPResponseException as refused:
            await self._start_over()
            return meaning(stage, refused.code, refused.message)
        except ValueError as fault:
            await self._start_over()
            return meaning(Stage.RECIPIENT, 553, f"this is no mail address: {fault}")
        except (aiosmtplib.SMTPException, OSError) as fault:
            self.drop()
            return meaning(stage, None, _reason(fault))
        await handing()
        return await self._hand_over(wired(parcel.content))

    async def _hand_over(self, content: bytes) -> Receipt:
        """From here on only the server's answer tells what became of it."""
        protocol = self._client.protocol
        if protocol is None or not protocol.is_connected:
            self.drop()
            return meaning(Stage.DATA, None, "the connection was lost before the message was sent")
        try:
            protocol.write(content)
            answer = await protocol.read_response(timeout=self._timeout * _AFTER_THE_DOT)
        except aiosmtplib.SMTPResponseException as unreadable:
            self.drop()
            return meaning(Stage.HANDED, None, f"an answer that cannot be read: {unreadable.message}")
        except (aiosmtplib.SMTPException, OSError) as fault:
            self.drop()
            return meaning(Stage.HANDED, None, f"no answer after the message was sent: {_reason(fault)}")
        if answer.code == 421:
            self.drop()
        return meaning(Stage.HANDED, answer.code, answer.message)

    async def _start_over(self) -> None:
        try:
            await self._client.rset(timeout=min(self._timeout, _FEW_SECONDS))
        except (aiosmtplib.SMTPException, OSError):
            self.drop()

    def drop(self) -> None:
        self._client.close()

    async def leave(self) -> None:
        try:
            await self._client.quit(timeout=min(self._timeout, _FEW_SECONDS))
        except (aiosmtplib.SMTPException, OSError):
            pass  # a good-bye that is not heard changes nothing
        finally:
            self.drop()


def wired(content: bytes) -> bytes:
    """The message as it goes over the wire: lines end in CRLF, dots are doubled, and a lone dot ends it.

    No other line end is let through: servers differ in what a bare one means, and a message could smuggle in another.
    Source: RFC 5321, sections 2.3.8 and 4.5.2.
    """
    lines = _LINE_END.sub(b"\r\n", content)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    return _LEADING_DOT.sub(b"..", lines) + b".\r\n"


def _reason(fault: BaseException) -> str:
    if isinstance(fault, TimeoutError | asyncio.TimeoutError):
        return "no answer in time"
    cause = fault.__cause__
    return (
        str(cause) if isinstance(cause, ssl.SSLError | OSError) and str(cause) else str(fault) or type(fault).__name__
    )
