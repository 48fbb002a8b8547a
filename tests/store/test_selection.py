"""Which batches speak of a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy.engine import Engine
from tests.store.test_batches import batch, judgement

from tocsin.store.batches import judged_batches, save_batch
from tocsin.store.selection import Selection, select


def _select(desk: Engine, day: int, window_days: int = 7) -> Selection:
    judged = judged_batches(desk, "case")
    return select(judged, "case", as_of=date(2021, 3, day), window_days=window_days, known_at=None)


def _save(desk: Engine, name: str, day: int, **changes: object) -> None:
    save_batch(desk, batch(name, day=f"2021-03-{day:02d}", **changes), [judgement(f"j{name}", name)], supersedes=None)


def test_the_window_ends_with_the_day_and_begins_so_many_days_before(desk: Engine) -> None:
    for day in range(1, 12):
        _save(desk, f"b{day}", day)
    found = _select(desk, 10)
    assert [each.batch.id for each in found.window] == [f"b{day}" for day in range(4, 11)]
    assert [each.batch.id for each in found.history] == [f"b{day}" for day in range(1, 11)]
    assert found.begins == datetime(2021, 3, 4, tzinfo=UTC)
    assert found.ends == datetime(2021, 3, 11, tzinfo=UTC)


def test_only_the_latest_complete_scan_of_a_source_is_current(desk: Engine) -> None:
    for day in (4, 6, 8):
        _save(desk, f"scan{day}", day, source="own", coverage="population")
        _save(desk, f"other{day}", day, source="own", scope="other", coverage="population")
    _save(desk, "list5", 5)
    current = {each.batch.id: each.is_current for each in _select(desk, 7).window}
    assert current == {"scan4": False, "scan6": True, "other4": False, "other6": True, "list5": True}


def test_a_batch_without_observations_speaks_of_no_day(desk: Engine) -> None:
    _save(desk, "empty", 5, first_seen_at=None, last_seen_at=None)
    assert _select(desk, 7).history == ()


def test_other_cases_are_left_out(desk: Engine) -> None:
    save_batch(desk, batch("a", day="2021-03-05"), [judgement("j", "a", case_id="another")], supersedes=None)
    assert _select(desk, 7).window == ()


def test_a_source_that_never_showed_anything_of_the_case_does_not_speak_of_it(desk: Engine) -> None:
    save_batch(desk, batch("a", day="2021-03-05"), [replace(judgement("j", "a"), findings=0)], supersedes=None)
    assert _select(desk, 7).window == ()
    _save(desk, "b", 6)
    assert [each.batch.id for each in _select(desk, 7).window] == ["a", "b"]
