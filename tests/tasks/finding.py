"""One server on this machine that plays security.txt, IANA and a registry; and a DNS beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler

from tests.constituency.answers import autnum, entity, network
from tests.tasks.conftest import NOW
from tests.transports.naming import naming
from tests.transports.test_web import answer, serving

from tocsin.tasks.contact_sources import Ways
from tocsin.transports.asking import Asker, Manners
from tocsin.transports.mail_routes import MailRoutes
from tocsin.transports.resolver import Resolver
from tocsin.transports.web import Patience

TEXT = """\
Contact: mailto:csirt@council.example
Expires: 2021-12-31T23:00:00Z
Preferred-Languages: en
"""
RECORDS = {
    ("council.example", "MX"): ["10 mail.council.example."],
    ("mail.council.example", "A"): ["203.0.113.7"],
    ("isp.example", "A"): ["198.51.100.200"],
    ("bakery.example", "MX"): ["10 mx.elsewhere.example."],
    ("mx.elsewhere.example", "A"): ["192.0.2.25"],
}
QUICK = Patience(connect_seconds=1, read_seconds=0.5, total_seconds=1, most_bytes=2_000_000, redirects=3)


@dataclass
class World:
    """What the server gives and was asked; ``now`` is the time, which goes on by waiting only."""

    ways: Ways
    mail: MailRoutes
    asked: list[str]
    named: list[str]
    now: datetime = NOW
    text: str = TEXT
    status: int = 200
    told: list[tuple[int, int]] = field(default_factory=list)


@contextmanager
def world(**more: object) -> Iterator[World]:
    """Everything is asked of this machine; ``more`` are fields of ``Manners``."""
    made: World

    def handle(request: BaseHTTPRequestHandler) -> None:
        made.asked.append(request.path)
        server = f"http://{request.headers['Host']}"
        if request.path.startswith("/txt/council.example"):
            reply = answer(made.text.encode(), status=made.status, Retry_After="7200")
        elif request.path == "/bootstrap.json":
            services = [[["203.0.113.0/24", "198.51.100.0/24"], [f"{server}/rdap/"]]]
            reply = answer(json.dumps({"services": services}).encode())
        elif request.path == "/asn.json":
            reply = answer(json.dumps({"services": [[["64500"], [f"{server}/rdap/"]]]}).encode())
        elif request.path.startswith("/rdap/ip/203.0.113."):
            reply = answer(
                network(
                    entity("abuse", mail="abuse@isp.example"),
                    entity("technical", mail="hostmaster@ripe.net"),
                    startAddress="203.0.112.0",
                    endAddress="203.0.113.255",
                )
            )
        elif request.path.startswith("/rdap/autnum/"):
            reply = answer(autnum(entity("noc", mail="noc@isp.example")))
        else:
            reply = answer(b"", status=404)
        reply(request)

    def wait(seconds: float) -> None:
        made.now += timedelta(seconds=seconds)

    with serving(handle) as address, naming(RECORDS) as (port, named):
        manners = Manners(
            per_server_per_minute=6000, in_all_per_minute=6000, patience=QUICK, allow_private=True, **more
        )  # type: ignore[arg-type]  # fields
        ways = Ways(
            asker=Asker(manners, clock=lambda: made.now, sleep=wait),
            clock=lambda: made.now,
            progress=lambda done, of: made.told.append((done, of)),
            security_txt_places=(f"{address}/txt/{{domain}}",),
            bootstraps=(f"{address}/bootstrap.json", f"{address}/asn.json"),
            workers=1,
        )
        mail = MailRoutes(Resolver([f"127.0.0.1:{port}"], seconds=2))
        made = World(ways=ways, mail=mail, asked=[], named=named)
        yield made
