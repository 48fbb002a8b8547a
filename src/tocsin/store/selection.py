"""Which judged batches speak of a day: the window, each source's latest complete scan, and what was known by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.engine import Engine

from tocsin.store.batches import Batch, Judgement, current_judgements, visible_batches
from tocsin.store.clock import instant_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A visible batch, its judgement in force, and whether its absence of a service would mean something on the day."""

    batch: Batch
    judgement: Judgement
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The judged batches that bear on ``as_of``: those in the window, and all up to that day (``history``)."""

    case_id: str
    as_of: date
    window_days: int
    known_at: datetime | None
    window: tuple[Judged, ...]
    history: tuple[Judged, ...]

    @property
    def begins(self) -> datetime:
        """The first instant of the window."""
        return self.ends - timedelta(days=self.window_days)

    @property
    def ends(self) -> datetime:
        """The first instant after the day described."""
        return datetime.combine(self.as_of + timedelta(days=1), time(), UTC)

    def batch_of(self) -> Mapping[str, Batch]:
        """The batch of each judgement id in the history."""
        return {each.judgement.id: each.batch for each in self.history}


def select(desk: Engine, case_id: str, *, as_of: date, window_days: int, known_at: datetime | None) -> Selection:
    """The judged batches that bear on ``as_of`` under one case, oldest first; empty when there are none."""
    batches = {batch.id: batch for batch in visible_batches(desk, known_at=known_at)}
    judgements = current_judgements(desk, case_id=case_id, known_at=known_at)
    end = datetime.combine(as_of + timedelta(days=1), time(), UTC)
    until, since = instant_text(end), instant_text(end - timedelta(days=window_days))
    begun = [batch for batch in batches.values() if batch.first_seen_at and batch.first_seen_at < until]
    ids = {batch.id for batch in begun}
    latest = _latest_scans(begun, as_of)
    history = tuple(
        Judged(batch=batches[row.batch_id], judgement=row, is_current=_is_current(batches[row.batch_id], latest))
        for row in judgements
        if row.batch_id in ids
    )
    window = tuple(each for each in history if each.batch.last_seen_at and each.batch.last_seen_at >= since)
    return Selection(
        case_id=case_id, as_of=as_of, window_days=window_days, known_at=known_at, window=window, history=history
    )


def _latest_scans(batches: Sequence[Batch], as_of: date) -> dict[tuple[str, str], str]:
    latest: dict[tuple[str, str], str] = {}
    for batch in batches:
        if batch.coverage == "population" and batch.day <= as_of.isoformat():
            key = (batch.source, batch.scope)
            latest[key] = max(batch.day, latest.get(key, ""))
    return latest


def _is_current(batch: Batch, latest: Mapping[tuple[str, str], str]) -> bool:
    return batch.coverage == "positives" or batch.day == latest.get((batch.source, batch.scope))
