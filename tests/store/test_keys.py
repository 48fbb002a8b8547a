"""Certificates on the desk."""

from __future__ import annotations

from sqlalchemy.engine import Engine
from tests.constituency.reaching import NOW

from tocsin.store.audit import list_entries
from tocsin.store.keys import load_keys, save_key


def save(desk: Engine, armored: str) -> bool:
    return save_key(desk, fingerprint="A" * 40, armored=armored, source="key.asc", author="duty officer", now=NOW)


def test_a_key_is_kept_once_and_replaced_when_it_is_given_anew(desk: Engine) -> None:
    assert save(desk, "one")
    assert not save(desk, "one")
    assert save(desk, "two")
    assert {name: each.armored for name, each in load_keys(desk).items()} == {"A" * 40: "two"}
    assert [each.what for each in list_entries(desk)] == ["key added", "key replaced"]
    assert load_keys(desk, ["B" * 40]) == {}
    assert set(load_keys(desk, ["A" * 40])) == {"A" * 40}
