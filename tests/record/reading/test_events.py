"""Dated events: what happened when. The texts are invented."""

from __future__ import annotations

from datetime import date

from tests.record.reading.pages import running_text

from tocsin.record.assertions import Event
from tocsin.record.reading.events import read_events


def test_a_date_makes_an_event_of_the_clause_that_tells_what_happened() -> None:
    page = running_text("The firm released a patch on 3 March 2023, but few had installed it.", day=date(2023, 5, 3))
    (found,) = read_events(page)
    assert isinstance(found.body, Event)
    assert "released a patch" in found.body.what.of(page.text)
    assert found.when is not None
    assert found.when.begins == date(2023, 3, 3)


def test_without_a_date_nothing_is_an_event() -> None:
    assert read_events(running_text("The firm released a patch.", day=date(2023, 5, 3))) == []
