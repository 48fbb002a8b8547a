"""A DNS server on this machine that knows just the records it is given."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

Records = Mapping[tuple[str, str], list[str]]


@contextmanager
def naming(records: Records, *, broken: tuple[str, ...] = ()) -> Iterator[tuple[int, list[str]]]:
    """Answers on a port of 127.0.0.1; gives the port and the questions asked.

    A name without any record does not exist; for one in ``broken`` the server fails.
    """
    asked = list[str]()
    names = {name for name, _ in records}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))

        def serve() -> None:
            while True:
                data, peer = server.recvfrom(4096)
                if data == b"stop":
                    return
                query = dns.message.from_wire(data)
                question = query.question[0]
                name = question.name.to_text(omit_final_dot=True).lower()
                sort = question.rdtype.name
                asked.append(f"{name} {sort}")
                reply = dns.message.make_response(query)
                reply.flags |= dns.flags.RA
                if name in broken:
                    reply.set_rcode(dns.rcode.SERVFAIL)
                elif name not in names:
                    reply.set_rcode(dns.rcode.NXDOMAIN)
                elif (name, sort) in records:
                    reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", sort, *records[name, sort]))
                server.sendto(reply.to_wire(), peer)

        thread = Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1], asked
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stopper:
                stopper.sendto(b"stop", server.getsockname())
            thread.join()
