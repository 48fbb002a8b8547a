"""Dated events: what happened when. The texts are invented."""

from __future__ import annotations

from datetime import date

import pytest
from tests.record.reading.pages import running_text

from tocsin.record.assertions import Event
from tocsin.record.reading.events import read_events
from tocsin.record.reading.page import Candidate

DAY = date(2023, 5, 3)


def events(text: str) -> list[Candidate]:
    return list(read_events(running_text(text, day=DAY)))


def test_a_date_makes_an_event_of_the_clause_that_tells_what_happened() -> None:
    text = "The firm released a patch on 3 March 2023, but few had installed it."
    (found,) = events(text)
    assert isinstance(found.body, Event)
    assert found.body.what.of(text) == "The firm released a patch on 3 March 2023"
    assert found.when is not None
    assert found.when.begins == date(2023, 3, 3)


def test_each_date_of_a_sentence_has_its_own_event() -> None:
    text = "The flaw was found in May 2022; it was patched last week, and the attack began on Monday."
    whats = [found.body.what.of(text) for found in events(text) if isinstance(found.body, Event)]
    assert whats == ["The flaw was found in May 2022", "it was patched last week", "the attack began on Monday"]


@pytest.mark.parametrize(
    ("words", "rule"),
    [("on 3 March 2023", "event.absolute"), ("yesterday", "event.relative"), ("in recent weeks", "event.undated")],
)
def test_the_rule_says_how_the_date_is_known(words: str, rule: str) -> None:
    assert [found.rule for found in events(f"Example Mail was breached {words}.")] == [rule]


def test_without_a_date_nothing_is_an_event() -> None:
    assert events("The firm released a patch.") == []


def test_a_date_without_anything_that_happened_is_no_event() -> None:
    assert events("Sampleton, 3 March 2023") == []
