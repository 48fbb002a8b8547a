"""What is saved is loaded, as it is and as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.engine import Engine
from tests.constituency.building import constituent, halves

from tocsin.constituency import Constituent, Registry, plan_import
from tocsin.errors import WorkspaceError
from tocsin.store.constituents import (
    NO_VERSION,
    Origin,
    Version,
    current_version,
    list_versions,
    load_constituent,
    load_constituents,
    load_resolver,
    save_version,
)

NOW = datetime(2021, 3, 10, 12, tzinfo=UTC)
A = replace(
    constituent("a", networks="203.0.113.0/24", domains="xn--bcher-kva.example", name="Exämple A"),
    contacts=("it@a.example",),
)
B = constituent("b", line=3, asns="64500", provider=True, parent="a")


def save(desk: Engine, *told: Constituent, at: datetime = NOW, base: Version | None = None) -> Version:
    registry = Registry(
        constituents=told,
        rejected=(),
        rejected_ids=frozenset(),
        sources=frozenset({"registry"}),
        rows=len(told),
        merged=0,
        left_out=0,
        ignored=(),
    )
    base = base or current_version(desk)
    plan = plan_import(load_constituents(desk, base), registry)
    origin = Origin(source="registry", file="registry.csv", file_sha256="0" * 64, rejected=1)
    return save_version(desk, plan, origin, base=base, now=at)


def test_saved_then_loaded_is_equal(desk: Engine) -> None:
    version = save(desk, B, A)
    assert load_constituents(desk, version) == (A, B)
    assert load_constituent(desk, "a", version) == A
    assert load_constituent(desk, "x", version) is None
    assert (version.number, version.added, version.rejected) == (1, 2, 1)


def test_every_version_stays_as_it_was(desk: Engine) -> None:
    first = save(desk, A, B)
    second = save(desk, replace(A, sector="health"), constituent("c"), at=NOW + timedelta(days=1))
    assert load_constituents(desk, first) == (A, B)
    assert [(each.id, each.sector) for each in load_constituents(desk, second)] == [("a", "health"), ("c", "retail")]
    assert [str(each) for each in list_versions(desk)] == [str(first), str(second)]
    assert str(first) != str(second)
    assert (second.added, second.changed, second.removed) == (1, 1, 1)


def test_what_was_known_at_a_moment(desk: Engine) -> None:
    first = save(desk, A)
    save(desk, B, at=NOW + timedelta(days=1))
    assert current_version(desk, known_at=NOW + timedelta(hours=1)) == first
    assert current_version(desk, known_at=NOW - timedelta(hours=1)) is None
    resolver = load_resolver(desk, known_at=NOW)
    assert resolver.version == str(first)
    assert resolver.whose(*halves("203.0.113.7")).constituent == "a"


def test_an_id_may_come_back(desk: Engine) -> None:
    save(desk, A, B)
    save(desk, B, at=NOW + timedelta(days=1))
    third = save(desk, A, B, at=NOW + timedelta(days=2))
    assert load_constituents(desk, third) == (A, B)


def test_two_imports_at_once_do_not_both_count(desk: Engine) -> None:
    first = save(desk, A)
    save(desk, A, B, base=first)
    with pytest.raises(WorkspaceError, match="another import changed"):
        save(desk, constituent("c"), base=first)
    assert len(list_versions(desk)) == 2


def test_nothing_yet(desk: Engine) -> None:
    assert load_constituents(desk, current_version(desk)) == ()
    assert load_constituent(desk, "a", None) is None
    assert load_resolver(desk).version == NO_VERSION
