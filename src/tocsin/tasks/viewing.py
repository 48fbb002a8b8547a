"""What every question about a day shares: its case, its date, its judged batches, its services, its method."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa
from sqlalchemy.engine import Engine

from tocsin.errors import AskError, did_you_mean
from tocsin.remediation import method_sentence
from tocsin.remediation.overlay import lay_over
from tocsin.store.batches import Batch, Judgement, current_judgements, visible_batches
from tocsin.store.desk import open_desk
from tocsin.store.lake import Lake
from tocsin.store.overrides import overrides_in_force
from tocsin.store.selection import Selection, select
from tocsin.store.services import fold_services
from tocsin.store.workspace import Workspace
from tocsin.tasks.judging import Stamps, read_stamps

WINDOW_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A case on a day: what is needed to answer for it."""

    workspace: Workspace
    desk: Engine
    lake: Lake
    selection: Selection

    def services(self, *, in_full: bool = False) -> pa.Table:
        """The services seen in the window, overrides laid over."""
        overrides = overrides_in_force(
            self.desk, self.selection.case_id, as_of=self.selection.as_of, known_at=self.selection.known_at
        )
        return lay_over(fold_services(self.lake, self.selection, in_full=in_full), overrides)

    def method(self) -> str:
        """How figures of this view are made, in a sentence."""
        batches = [each.batch for each in self.selection.window]
        judgements = [each.judgement for each in self.selection.window]
        return method_sentence(
            window_days=self.selection.window_days,
            sources={batch.source: batch.coverage for batch in batches},
            located_by="; ".join(sorted({batch.located_by for batch in batches})),
            stamps=_stamps(judgements),
        )


def open_view(
    workspace: Workspace, case_id: str, *, as_of: date | None, known_at: datetime | None, window_days: int = WINDOW_DAYS
) -> View:
    """The view of one case on one day, by default the last day reported on.

    Raises ``AskError`` for an unknown case, a window shorter than a day, no observation in the window, or verdicts that
    a change made stale.
    """
    if window_days < 1:
        raise AskError(f"a window of {window_days} days holds nothing", remedy="give --window 1 or more")
    desk = open_desk(workspace.desk_url)
    batches = visible_batches(desk, known_at=known_at)
    if known_at is None:
        _refuse_stale(desk, read_stamps(workspace, desk), case_id, batches)
    day = as_of or _last_day(batches, case_id)
    selection = select(desk, case_id, as_of=day, window_days=window_days, known_at=known_at)
    if not selection.window:
        last = max((batch.last_seen_at or "" for batch in batches), default="")[:10]
        raise AskError(
            f"nothing was observed in the {window_days} days up to {day}",
            remedy=f"the newest observation is of {last}; choose --as-of or --window" if last else "ingest a report",
        )
    return View(workspace=workspace, desk=desk, lake=Lake(workspace.lake), selection=selection)


def stale_batches(desk: Engine, stamps: Stamps, case_id: str, batches: list[Batch]) -> list[Batch]:
    """The batches whose judgement under the case is missing or rests on older versions."""
    current = {row.batch_id for row in current_judgements(desk, case_id=case_id) if stamps.are_on(row)}
    return [batch for batch in batches if batch.id not in current]


def _refuse_stale(desk: Engine, stamps: Stamps, case_id: str, batches: list[Batch]) -> None:
    if case_id not in stamps.packs:
        raise AskError(
            f"no case {case_id!r} here{did_you_mean(case_id, stamps.packs)}",
            remedy=f"known are {', '.join(sorted(stamps.packs))}; 'tocsin case list' shows them",
        )
    stale = stale_batches(desk, stamps, case_id, batches)
    if stale:
        raise AskError(
            f"{len(stale)} of {len(batches)} batches were judged before case, constituency or program changed",
            remedy="run 'tocsin rejudge' to renew them; no figure is made of stale verdicts",
        )


def _last_day(batches: list[Batch], case_id: str) -> date:
    days = [batch.last_seen_at[:10] for batch in batches if batch.last_seen_at]
    if not days:
        raise AskError(
            f"nothing was taken in yet that could concern {case_id}", remedy="run 'tocsin ingest FILE' first"
        )
    return date.fromisoformat(max(days))


def _stamps(judgements: list[Judgement]) -> str:
    packs = sorted({row.pack_version for row in judgements})
    registries = sorted({row.constituency_version for row in judgements})
    return f"Pack {', '.join(packs)}; constituency {', '.join(registries)}"
