"""Measures the reach ledger and what is due over a seeded desk of 50,000 notices, without any scan.

Run as ``python benchmarks/reach.py`` (``--quick``: a small desk that only shows that everything works). Prints the
seconds of each step and, as the limit, those that SQLite needs to give out the same rows; a missed target ends with
exit code 1.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tocsin.constituency.contact_book import Place
from tocsin.figures import Figure, Query
from tocsin.remediation.census import Body
from tocsin.remediation.due import due
from tocsin.remediation.ladder import Way
from tocsin.remediation.parties import STATES, Exposure, Party
from tocsin.remediation.reach import GROUPED_BY, Beside, reach
from tocsin.store.clock import instant_text
from tocsin.store.constituents import current_version, load_constituents
from tocsin.store.desk import open_desk, upgrade_desk
from tocsin.store.reach import load_told
from tocsin.store.schema import constituency_versions, constituents, contacts, notice_events, notices, plans
from tocsin.tasks.contact_needs import Needs
from tocsin.tasks.ways import load_ways

NOTICES, QUICK, PER_ORGANISATION = 50_000, 1_000, 1.25
SECONDS = 10.0
CASE, BEGIN, TODAY = "exchange-proxylogon-2021", datetime(2021, 3, 10, 8, tzinfo=UTC), date(2021, 3, 24)
_Found = TypeVar("_Found")
ENDS = (
    ("accepted",),
    ("accepted", "bounced"),
    ("accepted", "replied"),
    ("accepted", "auto_replied"),
    ("uncertain",),
    ("refused",),
)
RAW = (
    "SELECT number, constituent, items FROM notices WHERE case_id = ?",
    "SELECT e.notice, e.what, e.at FROM notice_events e JOIN notices n ON n.number = e.notice WHERE n.case_id = ?",
)


def main() -> int:
    """Seeds a desk, measures, and says how long each step took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    number = QUICK if parser.parse_args().quick else NOTICES
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/desk.sqlite"
        upgrade_desk(url)
        desk = open_desk(url)
        names = _seed(desk, number)
        limit, _ = _timed(lambda: _raw(Path(folder) / "desk.sqlite"))
        until = datetime(2021, 3, 24, 12, tzinfo=UTC)
        told_in, told = _timed(lambda: load_told(desk, CASE, until=until, on=TODAY))
        ways_in, ways = _timed(lambda: _ways(desk, until))
        parties = _parties(names, told, set(ways))
        reach_in, ledger = _timed(lambda: reach(parties, Beside(), _template()))
        by_in, _ = _timed(lambda: [reach(parties, Beside(), _template(), by=by) for by in GROUPED_BY])
        due_in, rows = _timed(lambda: due(parties, ways, on=TODAY))
    total = told_in + ways_in + reach_in + due_in
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for name, seconds in (
        ("the same rows by SQLite alone", limit),
        ("notices as they stand", told_in),
        ("ways to tell", ways_in),
        ("the ledger", reach_in),
        ("the ledger in groups, three times", by_in),
        ("what is due", due_in),
    ):
        print(f"{name:36} {seconds:6.2f} s")
    print(f"{number:,} notices, {len(parties):,} parties, {len(ledger.figures)} figures, {len(rows):,} due")
    print(
        f"in all {total:.2f} s, {number / total:,.0f} notices/s, {total / limit:.1f} times the limit, "
        f"{peak:.0f} MB peak"
    )
    if number == NOTICES and total > SECONDS:
        print(f"missed: over {SECONDS} s", file=sys.stderr)
        return 1
    return 0


def _ways(desk: Engine, at: datetime) -> dict[str, tuple[Way, ...]]:
    everyone = load_constituents(desk, current_version(desk))
    places = {each.id: (Place(address="192.0.2.17", asn=64500, country="GB"),) for each in everyone}
    return load_ways(desk, Needs(constituents=everyone, places=places, unsafe={}), at=at)


def _timed(work: Callable[[], _Found]) -> tuple[float, _Found]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def _raw(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        for query in RAW:
            connection.execute(query, (CASE,)).fetchall()


def _seed(desk: Engine, number: int) -> list[str]:
    chance, at = random.Random(5), instant_text(BEGIN)
    names = [f"organisation-{n:06}" for n in range(int(number / PER_ORGANISATION))]
    plan = {"id": "p1", "case_id": CASE, "as_of": "2021-03-10", "made_at": at, "made_by": "Ada"}
    version = {
        "number": 1,
        "source": "registry",
        "file": "",
        "file_sha256": "",
        "content_sha256": "",
        "imported_at": at,
    }
    item = {"address": "192.0.2.17", "port": 443, "status": "affected", "compromise": "none_known", "hostname": "mail"}
    with desk.begin() as connection:
        connection.execute(sa.insert(plans).values(**plan, policy="{}", versions="[]", withheld="[]"))
        counts = dict.fromkeys(("added", "changed", "removed", "rejected"), 0)
        connection.execute(sa.insert(constituency_versions).values(**version, **counts))
        connection.execute(sa.insert(constituents), [_constituent(name) for name in names])
        connection.execute(sa.insert(contacts), [_contact(name, at) for name in names])
        rows, events = [], []
        for n in range(number):
            name = names[n % len(names)]
            rows.append(_notice(n, name, json.dumps([item] * chance.randint(1, 10)), at))
            for hour, what in enumerate(("queued", *chance.choice(ENDS))):
                moment = instant_text(BEGIN + timedelta(hours=hour))
                events.append({"notice": rows[-1]["number"], "what": what, "detail": "", "author": "", "at": moment})
        connection.execute(sa.insert(notices), rows)
        connection.execute(sa.insert(notice_events), events)
    return names


def _constituent(name: str) -> dict[str, object]:
    about = {"id": name, "since": 1, "registry": "registry", "name": name, "kind": "organisation", "country": "GB"}
    held = json.dumps([["domain", f"{name}.example", False, "registry.csv", 2]])
    return {**about, "sector": "food", "public_body": False, "contacts": f'["it@{name}.example"]', "holdings": held}


def _contact(name: str, at: str) -> dict[str, object]:
    about = {"id": name, "subject": f"domain:{name}.example", "channel": "mail", "address": f"soc@{name}.example"}
    rest = {"name": "", "roles": "[]", "language": "", "source": "security.txt", "pointer": "", "seen_at": at}
    return {**about, **rest}


def _notice(n: int, name: str, items: str, at: str) -> dict[str, object]:
    about = {
        "number": f"n{n:09}",
        "plan": "p1",
        "case_id": CASE,
        "constituent": name,
        "contact": name,
        "channel": "mail",
    }
    rest = {"kind": "first", "language": "en", "not_before": at, "due_on": "2021-03-17", "items": items, "why": ""}
    return {**about, **rest, "address": f"it@{name}.example", "digest": "", "message_id": f"<{n}@cert.example>"}


def _parties(names: list[str], told: dict[str, tuple[object, ...]], reachable: set[str]) -> list[Party]:
    chance = random.Random(7)
    body = [
        Body(kind="organisation", sector=each, is_public=each == "health", country="GB") for each in ("food", "health")
    ]
    return [
        Party(
            id=name,
            body=chance.choice(body),
            exposure=Exposure(is_sure=chance.random() < 0.9, state=chance.choice(STATES[1:])),
            has_contact=name in reachable,
            notices=told.get(name, ()),  # type: ignore[arg-type]  # as load_told gives them
        )
        for name in names
    ]


def _template() -> Figure:
    nothing = {"id": "", "low": 0, "high": 0, "unit": "", "state": "", "place": "", "known_at": None, "method": ""}
    return Figure(**nothing, as_of=TODAY, denominator=None, source=Query(command=""))  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main())
