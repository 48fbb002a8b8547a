"""Renews the verdicts and assignments that a change of pack, constituency or program made stale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
from sqlalchemy.engine import Engine

from tocsin.store.batches import Batch, Judgement, current_judgements, replace_judgements, visible_batches
from tocsin.store.desk import open_desk
from tocsin.store.findings import FindingsWriter
from tocsin.store.lake import Lake, Staging, disk_errors, read_chunks
from tocsin.store.workspace import Workspace
from tocsin.tasks.judging import Bench, Examiner, open_bench
from tocsin.tasks.viewing import stale_batches


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """One batch judged anew: for which cases, and how many findings each has now."""

    batch: Batch
    findings: dict[str, int]
    done: int
    of: int


def rejudge(workspace: Workspace, *, clock: Callable[[], datetime]) -> Iterator[Renewed]:
    """Judges every stale batch anew, oldest first, one commit a batch; a killed run goes on where it stopped."""
    desk, lake = open_desk(workspace.desk_url), Lake(workspace.lake)
    bench = open_bench(workspace, desk)
    batches = visible_batches(desk)
    stale = {
        case_id: {batch.id for batch in stale_batches(desk, bench.stamps, case_id, batches)} for case_id in bench.cases
    }
    todo = [batch for batch in batches if any(batch.id in ids for ids in stale.values())]
    for number, batch in enumerate(todo, 1):
        cases = [case_id for case_id, ids in stale.items() if batch.id in ids]
        with disk_errors(workspace.root), lake.stage() as staging:
            counts = _renew(desk, lake, bench, staging, batch, cases, clock)
        yield Renewed(batch=batch, findings=counts, done=number, of=len(todo))


def _renew(
    desk: Engine,
    lake: Lake,
    bench: Bench,
    staging: Staging,
    batch: Batch,
    cases: list[str],
    clock: Callable[[], datetime],
) -> dict[str, int]:
    examiner = Examiner(bench, source=batch.source)
    writers = {case_id: FindingsWriter(staging) for case_id in cases}
    for chunk in _observations(lake, batch):
        for case_id, findings in examiner(chunk).items():
            if case_id in writers:
                writers[case_id].write(findings)
    counts = {case_id: writer.rows for case_id, writer in writers.items()}
    with lake.committing():
        new = [bench.judgement(case_id, batch.id, findings=counts[case_id], now=clock()) for case_id in cases]
        lake.commit([part for row in new for part in writers[row.case_id].finish(row.case_id, row.id)])
        replace_judgements(desk, new, _in_force(desk, batch, cases), now=clock())
    return counts


def _in_force(desk: Engine, batch: Batch, cases: list[str]) -> list[str]:
    rows: list[Judgement] = current_judgements(desk)
    return [row.id for row in rows if row.batch_id == batch.id and row.case_id in cases]


def _observations(lake: Lake, batch: Batch) -> Iterator[pa.Table]:
    for path in lake.files("observations", {"batch": [batch.id]}):
        yield from read_chunks(path, "observations")
