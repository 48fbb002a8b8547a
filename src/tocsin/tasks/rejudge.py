"""Renews the verdicts and assignments that a change of pack, constituency or program made stale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
from sqlalchemy.engine import Engine

from tocsin.store.batches import Batch, current_judgements, find_batch, judged_batches, replace_judgements
from tocsin.store.desk import open_desk
from tocsin.store.findings import FindingsWriter
from tocsin.store.lake import Lake, Staging, disk_errors, read_chunks
from tocsin.store.purging import orphans
from tocsin.store.workspace import Workspace
from tocsin.tasks.judging import Bench, Examiner, open_bench


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
    todo = _stale(desk, bench)
    for number, (batch, cases) in enumerate(todo, 1):
        with disk_errors(workspace.root), lake.stage() as staging:
            counts = _renew(desk, lake, bench, staging, batch, cases, clock)
        yield Renewed(batch=batch, findings=counts, done=number, of=len(todo))


def _stale(desk: Engine, bench: Bench) -> list[tuple[Batch, list[str]]]:
    """The batches that need judging anew, oldest first, each with the cases for which it does."""
    cases: dict[str, list[str]] = {}
    batches: dict[str, Batch] = {}
    for case_id in bench.cases:
        for batch, row in judged_batches(desk, case_id):
            batches[batch.id] = batch
            if row is None or not bench.stamps.are_on(row):
                cases.setdefault(batch.id, []).append(case_id)
    return [(batch, cases[name]) for name, batch in batches.items() if name in cases]


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
        now = clock()
        found = find_batch(desk, batch.id)
        if found is None or found.superseded_at:
            return {}  # purged or superseded meanwhile
        new = [bench.judgement(case_id, batch.id, findings=counts[case_id], now=now) for case_id in cases]
        clear = orphans(desk, lake) if staging.after_a_kill else []
        lake.commit([part for row in new for part in writers[row.case_id].finish(row.case_id, row.id)], clear=clear)
        retired = [row.id for row in current_judgements(desk, batch_id=batch.id) if row.case_id in cases]
        replace_judgements(desk, new, retired, now=now)
    return counts


def _observations(lake: Lake, batch: Batch) -> Iterator[pa.Table]:
    for path in lake.files("observations", {"batch": [batch.id]}):
        yield from read_chunks(path, "observations")
