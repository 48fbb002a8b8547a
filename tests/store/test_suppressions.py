"""The list of those who are not written to."""

from __future__ import annotations

from sqlalchemy.engine import Engine
from tests.notices.planned import NOW

from tocsin.store.audit import list_entries
from tocsin.store.suppressions import add_suppression, end_suppression, list_suppressions, suppressed_now


def add(desk: Engine, what: str) -> int | None:
    return add_suppression(desk, what, reason="asked to stop", author="A. Officer", now=NOW)


def test_an_entry_is_in_force_until_it_is_ended_and_is_kept(desk: Engine) -> None:
    number = add(desk, "it@bakery.example")
    assert number is not None
    assert suppressed_now(desk) == {"it@bakery.example": "asked to stop"}
    assert end_suppression(desk, number, author="B. Sample", now=NOW)
    assert suppressed_now(desk) == {}
    (entry,) = list_suppressions(desk)
    assert (entry.withdrawn_by, entry.as_json()["what"]) == ("B. Sample", "it@bakery.example")
    assert [each.what for each in list_entries(desk)] == ["suppression", "suppression ended"]


def test_the_same_is_on_the_list_once_at_a_time(desk: Engine) -> None:
    number = add(desk, "bakery.example")
    assert number is not None
    assert add(desk, "bakery.example") is None
    end_suppression(desk, number, author="B. Sample", now=NOW)
    assert add(desk, "bakery.example") is not None


def test_what_is_not_in_force_cannot_be_ended(desk: Engine) -> None:
    assert not end_suppression(desk, 7, author="B. Sample", now=NOW)
    assert list_entries(desk) == []
