"""What counts, what was superseded, and what was known when; on every kind of desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from tocsin.store.batches import (
    Batch,
    Judgement,
    batches_before,
    current_judgements,
    find_batch,
    forget_batches,
    judged_batches,
    predecessor,
    replace_judgements,
    save_batch,
    visible_batches,
)
from tocsin.store.clock import instant_text


def _at(hour: int) -> datetime:
    return datetime(2021, 3, 11, hour, tzinfo=UTC)


def batch(name: str, *, hour: int = 8, day: str = "2021-03-10", **changes: object) -> Batch:
    """A batch of that id, committed at that hour."""
    plain = Batch(
        id=name,
        source="scan_exchange",
        day=day,
        scope="all",
        coverage="positives",
        file=f"{day}-scan_exchange.csv",
        rows_in=1,
        observations=1,
        duplicates=0,
        rejected=0,
        first_seen_at=f"{day}T00:00:00.000000+00:00",
        last_seen_at=f"{day}T23:00:00.000000+00:00",
        committed_at=instant_text(_at(hour)),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def judgement(name: str, batch_id: str, *, hour: int = 8, case_id: str = "case") -> Judgement:
    """A judgement of that id, made at that hour."""
    return Judgement(
        id=name,
        case_id=case_id,
        batch_id=batch_id,
        pack_version="p1",
        constituency_version="c1",
        code_version="1",
        located_by="as the feed says",
        findings=1,
        created_at=instant_text(_at(hour)),
    )


def _judgements(desk: Engine, known_at: datetime | None = None) -> list[str]:
    return [row.id for _, row in judged_batches(desk, "case", known_at=known_at) if row is not None]


def test_a_saved_batch_is_found_whole(desk: Engine) -> None:
    save_batch(desk, batch("a"), [judgement("j", "a")], supersedes=None)
    assert find_batch(desk, "a") == batch("a")
    assert find_batch(desk, "b") is None
    assert judged_batches(desk, "case") == [(batch("a"), judgement("j", "a"))]
    assert judged_batches(desk, "another") == [(batch("a"), None)]


def test_the_same_content_twice_is_refused(desk: Engine) -> None:
    save_batch(desk, batch("a"), [], supersedes=None)
    with pytest.raises(IntegrityError):
        save_batch(desk, batch("a"), [], supersedes=None)


def test_a_superseded_batch_no_longer_counts_but_did(desk: Engine) -> None:
    save_batch(desk, batch("a", hour=8), [judgement("ja", "a", hour=8)], supersedes=None)
    assert predecessor(desk, source="scan_exchange", day="2021-03-10", scope="all") == batch("a")
    save_batch(desk, batch("b", hour=10), [judgement("jb", "b", hour=10)], supersedes="a")
    assert [row.id for row in visible_batches(desk)] == ["b"]
    assert _judgements(desk) == ["jb"]
    assert [row.id for row in visible_batches(desk, known_at=_at(9))] == ["a"]
    assert _judgements(desk, known_at=_at(9)) == ["ja"]
    assert visible_batches(desk, known_at=_at(7)) == []


def test_other_scopes_days_and_sources_have_no_predecessor(desk: Engine) -> None:
    save_batch(desk, batch("a"), [], supersedes=None)
    assert predecessor(desk, source="scan_exchange", day="2021-03-10", scope="other") is None
    assert predecessor(desk, source="scan_exchange", day="2021-03-11", scope="all") is None
    assert predecessor(desk, source="special", day="2021-03-10", scope="all") is None


def test_a_renewed_judgement_takes_the_place_of_the_old_one(desk: Engine) -> None:
    save_batch(desk, batch("a"), [judgement("old", "a")], supersedes=None)
    replace_judgements(desk, [judgement("new", "a", hour=12)], ["old"], now=_at(12))
    assert _judgements(desk) == ["new"]
    assert [row.id for row in current_judgements(desk, batch_id="a")] == ["new"]
    assert _judgements(desk, known_at=_at(9)) == ["old"]


def test_forgetting_takes_judgements_along_and_keeps_the_rest_superseded(desk: Engine) -> None:
    save_batch(desk, batch("a", day="2021-03-10"), [judgement("ja", "a")], supersedes=None)
    save_batch(desk, batch("b", day="2021-03-10"), [judgement("jb", "b")], supersedes="a")
    with desk.begin() as connection:
        forget_batches(connection, ["b"])
    assert visible_batches(desk) == []
    assert find_batch(desk, "a") is not None


def test_batches_before_a_day(desk: Engine) -> None:
    save_batch(desk, batch("a", day="2021-03-10"), [], supersedes=None)
    save_batch(desk, batch("b", day="2021-03-11"), [], supersedes=None)
    assert batches_before(desk, date(2021, 3, 11)) == ["a"]
