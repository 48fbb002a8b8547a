"""What a census needs to know of constituents, now and as it was known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.engine import Engine
from tests.constituency.building import constituent
from tests.store.test_constituents import NOW, save

from tocsin.remediation import Body
from tocsin.store.bodies import load_bodies, load_names, load_parents, load_reachable

COUNCIL = replace(constituent("council"), sector="local government", public_body=True)
PERSON = replace(constituent("person", line=3), kind="person", country="FR", sector="")


def test_nobody_before_the_first_import(desk: Engine) -> None:
    assert load_bodies(desk) == {}


def test_each_has_its_kind_sector_country_and_whether_it_is_public(desk: Engine) -> None:
    save(desk, COUNCIL, PERSON)
    assert load_bodies(desk) == {
        "council": Body(kind="organisation", sector="local government", is_public=True, country="GB"),
        "person": Body(kind="person", sector="", is_public=False, country="FR"),
    }


def test_only_the_newest_word_on_each_counts(desk: Engine) -> None:
    save(desk, COUNCIL, PERSON)
    save(desk, replace(COUNCIL, sector="education"))
    assert {name: body.sector for name, body in load_bodies(desk).items()} == {"council": "education"}


def test_what_was_known_at_a_moment_is_told_as_it_was(desk: Engine) -> None:
    save(desk, COUNCIL, at=datetime(2021, 3, 10, 8, tzinfo=UTC))
    save(desk, replace(COUNCIL, sector="education"), PERSON, at=datetime(2021, 3, 12, 8, tzinfo=UTC))
    known = load_bodies(desk, known_at=datetime(2021, 3, 11, tzinfo=UTC))
    assert {name: body.sector for name, body in known.items()} == {"council": "local government"}


def test_the_moment_of_the_import_itself_knows_of_it(desk: Engine) -> None:
    save(desk, COUNCIL, at=NOW)
    assert set(load_bodies(desk, known_at=NOW)) == {"council"}


def test_before_the_first_import_nobody_was_known(desk: Engine) -> None:
    save(desk, COUNCIL, at=NOW)
    assert load_bodies(desk, known_at=datetime(2021, 1, 1, tzinfo=UTC)) == {}


def test_a_school_is_known_to_belong_to_its_council_from_the_import_on(desk: Engine) -> None:
    save(desk, COUNCIL, at=datetime(2021, 3, 10, 8, tzinfo=UTC))
    save(desk, COUNCIL, replace(PERSON, id="school", parent="council"), at=datetime(2021, 3, 12, 8, tzinfo=UTC))
    assert load_parents(desk) == {"school": "council"}
    assert load_parents(desk, known_at=datetime(2021, 3, 11, tzinfo=UTC)) == {}


def test_names_are_those_of_the_version(desk: Engine) -> None:
    save(desk, COUNCIL)
    assert load_names(desk) == {"council": "Example council"}
    assert load_names(desk, known_at=datetime(2020, 1, 1, tzinfo=UTC)) == {}


def test_whoever_has_a_contact_can_be_reached(desk: Engine) -> None:
    save(desk, replace(COUNCIL, contacts=("security@council.example",)), PERSON)
    assert load_reachable(desk) == {"council"}
    assert load_reachable(desk, known_at=datetime(2020, 1, 1, tzinfo=UTC)) == frozenset()
