"""Which judged batches speak of a day: the window, each source's latest complete scan, and what was known by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tocsin.store.batches import Batch, Judgement
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


def select(
    judged: Sequence[tuple[Batch, Judgement | None]],
    case_id: str,
    *,
    as_of: date,
    window_days: int,
    known_at: datetime | None,
) -> Selection:
    """The batches among ``judged`` (``store.batches.judged_batches``) that bear on ``as_of``; may be empty.

    Only sources that ever showed something of the case speak of it: the silence of another says nothing.
    """
    relevant = relevant_batches(judged)
    end = datetime.combine(as_of + timedelta(days=1), time(), UTC)
    until, since = instant_text(end), instant_text(end - timedelta(days=window_days))
    latest = _latest_scans([batch for batch, _ in relevant], as_of)
    history = tuple(
        Judged(batch=batch, judgement=row, is_current=_is_current(batch, latest))
        for batch, row in relevant
        if batch.first_seen_at and batch.first_seen_at < until
    )
    window = tuple(each for each in history if each.batch.last_seen_at and each.batch.last_seen_at >= since)
    return Selection(
        case_id=case_id, as_of=as_of, window_days=window_days, known_at=known_at, window=window, history=history
    )


def relevant_batches(judged: Sequence[tuple[Batch, Judgement | None]]) -> list[tuple[Batch, Judgement]]:
    """The judged batches of every source that has a finding of the case in any of them."""
    sources = {batch.source for batch, row in judged if row is not None and row.findings}
    return [(batch, row) for batch, row in judged if row is not None and batch.source in sources]


def _latest_scans(batches: Sequence[Batch], as_of: date) -> dict[tuple[str, str], str]:
    latest: dict[tuple[str, str], str] = {}
    for batch in batches:
        if batch.coverage == "population" and batch.day <= as_of.isoformat():
            key = (batch.source, batch.scope)
            latest[key] = max(batch.day, latest.get(key, ""))
    return latest


def _is_current(batch: Batch, latest: Mapping[tuple[str, str], str]) -> bool:
    return batch.coverage == "positives" or batch.day == latest.get((batch.source, batch.scope))
