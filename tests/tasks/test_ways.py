"""The ways to tell a constituent, by the ranking of its contacts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from tests.telling import PLANNED, add_contact, add_note, suppress

from tocsin.constituency import MailRoute
from tocsin.constituency.contact_book import Place
from tocsin.store.clock import instant_text
from tocsin.store.constituents import current_version, load_constituents
from tocsin.store.desk import open_desk, upgrade_desk
from tocsin.store.schema import constituency_versions, constituents, contact_notes
from tocsin.tasks import ways
from tocsin.tasks.contact_needs import Needs
from tocsin.tasks.ways import load_ways

LATER = PLANNED + timedelta(days=3)
HOLDINGS = [
    ["domain", "council.example", False, "registry.csv", 2],
    ["network", "203.0.113.0/24", False, "registry.csv", 2],
    ["asn", "64500", False, "registry.csv", 2],
    ["network", "198.51.100.0/24", True, "registry.csv", 2],
]


PLACES = {"council": (Place(address="203.0.113.7", asn=64501, country="GB"),)}


@pytest.fixture
def desk(desk_url: str) -> Iterator[Engine]:
    upgrade_desk(desk_url)
    engine = open_desk(desk_url)
    yield engine
    engine.dispose()


@pytest.fixture
def registered(desk: Engine) -> Engine:
    """One council with a domain, two networks and an AS number."""
    version = {"number": 1, "source": "registry", "file": "registry.csv", "file_sha256": "", "content_sha256": ""}
    counts = {"imported_at": instant_text(PLANNED - timedelta(days=9)), "added": 1, "changed": 0, "removed": 0}
    council = {"id": "council", "since": 1, "registry": "registry", "name": "Example Council", "kind": "organisation"}
    about = {"country": "GB", "sector": "local government", "public_body": True}
    held = {"contacts": '["security@council.example"]', "holdings": json.dumps(HOLDINGS)}
    with desk.begin() as connection:
        connection.execute(sa.insert(constituency_versions).values(**version, **counts, rejected=0))
        connection.execute(sa.insert(constituents).values(**council, **about, **held))
    return desk


def _ways(desk: Engine, *, at: datetime = LATER, unsafe: dict[str, str] | None = None) -> list[tuple[str, str]]:
    everyone = load_constituents(desk, current_version(desk))
    needs = Needs(constituents=everyone, places=PLACES, unsafe=unsafe or {})
    return [(way.remove, way.address) for way in load_ways(desk, needs, at=at).get("council", ())]


def test_the_ways_come_as_planning_ranks_contacts(registered: Engine) -> None:
    for subject, address, source in (
        ("country:GB", "cert@cert.example", "directory"),
        ("asn:64500", "noc@council.example", "rdap"),
        ("asn:64501", "noc@provider.example", "rdap"),
        ("network:203.0.0.0/16", "abuse@provider.example", "rdap"),
        ("network:192.0.2.0/24", "abuse@elsewhere.example", "rdap"),
        ("network:203.0.113.128/25", "abuse@council.example", "rdap"),
        ("domain:council.example", "soc@council.example", "security.txt"),
        ("constituent:council", "ciso@council.example", "person"),
        ("constituent:bakery", "it@bakery.example", "person"),
    ):
        add_contact(registered, subject, address, source=source)
    assert _ways(registered) == [
        ("own", "ciso@council.example"),
        ("own", "security@council.example"),
        ("own", "soc@council.example"),
        ("own", "abuse@council.example"),
        ("own", "noc@council.example"),
        ("provider", "abuse@provider.example"),
        ("provider", "noc@provider.example"),
        ("cert", "cert@cert.example"),
    ]


def test_the_registrys_own_contacts_come_in_its_order(registered: Engine) -> None:
    listed = '["security@council.example", "it@b.example", "a@council.example"]'
    with registered.begin() as connection:
        connection.execute(sa.update(constituents).values(contacts=listed))
    add_contact(registered, "constituent:council", "a@council.example")  # kept by a plan, which knows no order
    assert [address for _, address in _ways(registered)] == [
        "security@council.example", "it@b.example", "a@council.example",
    ]  # fmt: skip


def test_a_mailbox_at_an_affected_service_is_no_way(registered: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    mail = MailRoute(domain="council.example", outcome="route", servers=(("mx.council.example", ("203.0.113.7",)),))
    monkeypatch.setattr(ways, "load_routes", lambda _: {"council.example": mail})
    add_contact(registered, "asn:64501", "noc@provider.example", source="rdap")
    assert _ways(registered, unsafe={"203.0.113.7": "affected"}) == [("provider", "noc@provider.example")]
    assert _ways(registered, unsafe={"203.0.113.8": "affected"})[0] == ("own", "security@council.example")


def test_what_was_said_of_a_contact_later_was_not_known_yet(registered: Engine) -> None:
    add_contact(registered, "constituent:council", "it@council.example")
    add_note(registered, "it@council.example", "set_aside")
    with registered.begin() as connection:
        connection.execute(sa.update(contact_notes).values(made_at=instant_text(LATER)))
    assert ("own", "it@council.example") in _ways(registered, at=LATER - timedelta(hours=1))
    assert ("own", "it@council.example") not in _ways(registered)
    assert _ways(registered, at=PLANNED - timedelta(days=3)) == [("own", "security@council.example")]


def test_what_is_set_aside_or_not_to_be_written_to_is_no_way(registered: Engine) -> None:
    add_contact(registered, "constituent:council", "gone@council.example")
    add_note(registered, "gone@council.example", "set_aside")
    assert _ways(registered) == [("own", "security@council.example")]
    suppress(registered, "council.example")
    assert _ways(registered) == []
    add_contact(registered, "constituent:council", "+44 20 7946 0000", channel="phone")
    assert _ways(registered) == [("own", "+44 20 7946 0000")]


def test_an_address_comes_once_by_its_nearest_entry(registered: Engine) -> None:
    add_contact(registered, "asn:64500", "Security@council.example")
    assert _ways(registered) == [("own", "security@council.example")]


def test_without_a_registry_there_are_no_ways(desk: Engine) -> None:
    assert _ways(desk) == []
