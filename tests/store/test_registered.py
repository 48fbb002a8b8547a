"""What a plan knows of constituents."""

from __future__ import annotations

from sqlalchemy.engine import Engine
from tests.store.test_notices import register

from tocsin.store.registered import load_parties


def test_those_of_the_newest_version_count(desk: Engine) -> None:
    register(desk, "council", until=2)
    register(desk, "council", since=2)
    register(desk, "gone", until=2)
    register(desk, "ann", kind="person")
    parties, contacts = load_parties(desk)
    assert {name: party.name for name, party in parties.items()} == {
        "council": "Example Council 2",
        "ann": "Example Ann 1",
    }
    assert parties["ann"].is_person
    assert contacts == {"council": (), "ann": ()}
