"""What every question about a day shares: its case, its date, its judged batches, its services, its method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pyarrow as pa
from sqlalchemy.engine import Engine

from tocsin.errors import AskError, did_you_mean
from tocsin.remediation import method_sentence
from tocsin.remediation.overlay import lay_over
from tocsin.store.batches import Batch, Judgement, judged_batches
from tocsin.store.bodies import load_parents
from tocsin.store.desk import open_desk
from tocsin.store.lake import Lake
from tocsin.store.overrides import overrides_in_force
from tocsin.store.selection import Selection, relevant_batches, select
from tocsin.store.services import fold_services
from tocsin.store.workspace import Workspace
from tocsin.tasks.judging import Stamps, read_stamps

WINDOW_DAYS = 7
WHOLE_HISTORY = 36_500
"""A window in days that holds everything."""
FIRST_YEAR, LAST_YEAR = 1970, 2199


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
        parents = load_parents(self.desk, known_at=self.selection.known_at)
        return lay_over(fold_services(self.lake, self.selection, parents, in_full=in_full), overrides)

    def method(self) -> str:
        """How figures of this view are made, in a sentence."""
        judgements = [each.judgement for each in self.selection.window]
        return method_sentence(
            window_days=self.selection.window_days,
            sources={each.batch.source: each.batch.coverage for each in self.selection.window},
            located_by="; ".join(sorted({row.located_by for row in judgements})),
        )

    def versions(self) -> tuple[str, ...]:
        """What the verdicts of this view rest on: pack, constituency and program, each by its version."""
        judgements = [each.judgement for each in self.selection.window]
        packs = {f"pack {row.pack_version}" for row in judgements}
        registries = {f"constituency {row.constituency_version}" for row in judgements}
        return (*sorted(packs), *sorted(registries), *sorted({f"program {row.code_version}" for row in judgements}))


def open_view(
    workspace: Workspace, case_id: str, *, as_of: date | None, known_at: datetime | None, window_days: int = WINDOW_DAYS
) -> View:
    """The view of one case on one day, by default the last day reported on.

    Raises ``AskError`` for an unknown case, a window shorter than a day, a moment to come, no observation in the
    window, or verdicts that a change made stale.
    """
    if not 1 <= window_days <= WHOLE_HISTORY:
        raise AskError(
            f"a window of {window_days} days cannot be looked through", remedy=f"give --window 1 to {WHOLE_HISTORY}"
        )
    if as_of is not None and not FIRST_YEAR <= as_of.year <= LAST_YEAR:
        raise AskError(f"nothing is observed on {as_of}", remedy=f"choose a day from {FIRST_YEAR} to {LAST_YEAR}")
    if known_at is not None and known_at > datetime.now(UTC):
        raise AskError(f"{known_at.isoformat()} is still to come", remedy="choose a moment that has passed")
    desk = open_desk(workspace.desk_url)
    stamps = read_stamps(workspace, desk, known_at=known_at)
    _refuse_unknown(case_id, stamps)
    judged = judged_batches(desk, case_id, known_at=known_at)
    _refuse_stale(judged, stamps)
    day = as_of or _last_day(judged, case_id)
    selection = select(judged, case_id, as_of=day, window_days=window_days, known_at=known_at)
    if not selection.window:
        span = "" if window_days >= WHOLE_HISTORY else f"in the {window_days} days "
        raise AskError(
            f"nothing was observed {span}up to {day}",
            remedy=f"the newest observation is of {_last_day(judged, case_id)}; choose a later day",
        )
    return View(workspace=workspace, desk=desk, lake=Lake(workspace.lake), selection=selection)


def _refuse_unknown(case_id: str, stamps: Stamps) -> None:
    if case_id not in stamps.packs:
        raise AskError(
            f"no case {case_id!r} here{did_you_mean(case_id, stamps.packs)}",
            remedy=f"known are {', '.join(sorted(stamps.packs))}; 'tocsin case list' shows them",
        )


def _refuse_stale(judged: Sequence[tuple[Batch, Judgement | None]], stamps: Stamps) -> None:
    stale = [batch for batch, row in judged if row is None or not stamps.are_on(row)]
    if not stale:
        return
    what = f"{len(stale)} of {len(judged)} batches"
    if stamps.is_past:
        raise AskError(
            f"{what} were at that moment judged with an older constituency",
            remedy="choose a moment after the next 'tocsin rejudge'; no figure is made of stale verdicts",
        )
    raise AskError(
        f"{what} were judged before case, constituency, location tables or program changed",
        remedy="run 'tocsin rejudge' to renew them; no figure is made of stale verdicts",
    )


def _last_day(judged: Sequence[tuple[Batch, Judgement | None]], case_id: str) -> date:
    days = [batch.last_seen_at[:10] for batch, _ in relevant_batches(judged) if batch.last_seen_at]
    if not days:
        raise AskError(
            f"nothing was taken in yet that concerns {case_id}: no source has shown anything of it",
            remedy="run 'tocsin ingest FILE'; 'tocsin case show' says which sources and products concern it",
        )
    return date.fromisoformat(max(days))
