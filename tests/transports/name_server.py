"""A small name server on loopback: answers what it was told, over UDP, and nothing else."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

Records = Mapping[tuple[str, str], tuple[str, ...]]


class NameServer:
    """``records`` maps name and type to answers as a zone file writes them. ``fails``: it answers SERVFAIL."""

    def __init__(self, records: Records, *, fails: bool = False) -> None:
        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                data, reply_to = self.request
                reply_to.sendto(_answer(data, records, fails), self.client_address)

        self._server = socketserver.ThreadingUDPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def place(self) -> str:
        host, port = self._server.server_address[:2]
        return f"{host!s}:{port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _answer(data: bytes, records: Records, fails: bool) -> bytes:
    asked = dns.message.from_wire(data)
    question: Any = asked.question[0]
    reply = dns.message.make_response(asked)
    reply.flags |= dns.flags.RA
    name, kind = str(question.name).rstrip(".").lower(), dns.rdatatype.to_text(question.rdtype)
    if fails:
        reply.set_rcode(dns.rcode.SERVFAIL)
    elif found := records.get((name, kind)):
        reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *found))
    elif not any(known == name for known, _ in records):
        reply.set_rcode(dns.rcode.NXDOMAIN)
    return reply.to_wire()
