"""From files to a committed, judged, assigned lake: each file's content is one batch, kept wholly or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pyarrow.compute as pc
from sqlalchemy.engine import Engine

from tocsin.errors import AskError, did_you_mean
from tocsin.feeds import COVERAGES, Chunk, FeedMapping, RawChunk, Reader, choose_reader, peek
from tocsin.feeds.duplicates import RowHasher
from tocsin.store.batches import Batch, Judgement, find_batch, predecessor, save_batch
from tocsin.store.clock import instant_text
from tocsin.store.desk import open_desk
from tocsin.store.findings import FindingsWriter
from tocsin.store.lake import Lake, Part, PartWriter, Staging, disk_errors
from tocsin.store.purging import orphans
from tocsin.store.workspace import Workspace
from tocsin.tasks.judging import Bench, Examiner, open_bench, read_constituency_stamp
from tocsin.tasks.pipeline import Examined, Kept, drop_duplicates, examine_in_order
from tocsin.transports.files import Limits, Member, open_members

WORKERS = min(4, os.cpu_count() or 1)

Clock = Callable[[], datetime]
Progress = Callable[[Member], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the officer says about the files; ``None`` leaves it to the file's name, header or mapping."""

    report: str | None = None
    mapping: FeedMapping | None = None
    coverage: str | None = None
    scope: str | None = None
    day: date | None = None
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What became of one file: ``outcome`` is ``new``, ``known`` (changed nothing) or ``outdated`` (superseded)."""

    file: str
    batch: Batch
    outcome: str
    supersedes: Batch | None
    findings: dict[str, int]


def ingest(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    wishes: Wishes,
    clock: Clock,
    progress: Progress = lambda member: None,
) -> Iterator[Intake]:
    """Takes in each file, and each member of a zip, in order; yields what became of it once it is committed.

    Raises ``FeedError`` for a file that cannot be trusted (files before it stay taken in) and ``WorkspaceError`` when
    the disk is full or refuses; nothing of that file is kept then.
    """
    if wishes.coverage not in (None, *COVERAGES):
        raise AskError(
            f"no coverage {wishes.coverage!r}{did_you_mean(str(wishes.coverage), COVERAGES)}",
            remedy=f"one of {', '.join(COVERAGES)}",
        )
    with disk_errors(workspace.root):
        desk = open_desk(workspace.desk_url)
        lake = Lake(workspace.lake)
        bench = open_bench(workspace, desk)
    for path in paths:
        for member in open_members(path, limits=wishes.limits):
            with disk_errors(workspace.root), lake.stage() as staging:
                intake = _Intake(desk=desk, lake=lake, bench=bench, staging=staging, wishes=wishes, clock=clock)
                result = intake.take(member, progress)
            yield result


@dataclass(slots=True)
class _Tally:
    """The row sum of one batch, and the span of its observations."""

    rows: int = 0
    observations: int = 0
    duplicates: int = 0
    rejected: int = 0
    first: datetime | None = None
    last: datetime | None = None

    def add(self, kept: Kept) -> None:
        self.rows += kept.chunk.rows
        self.observations += kept.observations.num_rows
        self.duplicates += kept.chunk.observations.num_rows - kept.observations.num_rows
        self.rejected += kept.chunk.rejected.num_rows
        if self.rows != self.observations + self.duplicates + self.rejected:
            raise AssertionError(f"rows do not add up: {self}")
        if kept.observations.num_rows:
            span = pc.min_max(kept.observations.column("seen_at")).as_py()
            self.first = min(self.first or span["min"], span["min"])
            self.last = max(self.last or span["max"], span["max"])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    """The staged files of one batch."""

    observations: PartWriter
    rejected: PartWriter
    findings: dict[str, FindingsWriter]

    @classmethod
    def of(cls, staging: Staging, bench: Bench) -> _Files:
        return cls(
            observations=staging.writer("observations"),
            rejected=staging.writer("rejected"),
            findings={case_id: FindingsWriter(staging) for case_id in bench.cases},
        )

    def write(self, kept: Kept) -> None:
        self.observations.write(kept.observations)
        self.rejected.write(kept.chunk.rejected)
        for case_id, table in kept.findings.items():
            self.findings[case_id].write(table)

    def finish(self, batch: Batch, judged: Sequence[Judgement]) -> list[Part]:
        parts = [self.observations.finish({"batch": batch.id}), self.rejected.finish({"batch": batch.id})]
        for row in judged:
            parts += self.findings[row.case_id].finish(row.case_id, row.id)
        return [part for part in parts if part is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Intake:
    """The taking in of one file."""

    desk: Engine
    lake: Lake
    bench: Bench
    staging: Staging
    wishes: Wishes
    clock: Clock

    def take(self, member: Member, progress: Progress) -> Intake:
        head, blocks = peek(member.blocks)
        reader = choose_reader(member.name, head, report=self.wishes.report, mapping=self.wishes.mapping)
        tally, files = _Tally(), _Files.of(self.staging, self.bench)
        for kept in drop_duplicates(self._examined(reader, blocks)):
            tally.add(kept)
            files.write(kept)
            progress(member)
        with self.lake.committing():
            now = self.clock()  # one moment for all that this commit says, and none that another commit came before
            return self._commit(self._batch(member, reader, tally, now), files, now)

    def _examined(self, reader: Reader, blocks: Iterator[bytes]) -> Iterator[Examined]:
        examiner, hasher, now = (
            Examiner(self.bench, source=reader.source),
            RowHasher(secrets.token_bytes(16)),
            self.clock(),
        )

        def examine(raw: RawChunk) -> Examined:
            chunk: Chunk = reader.parse(raw, now=now)
            return Examined(chunk=chunk, hashes=hasher(chunk.observations), findings=examiner(chunk.observations))

        return examine_in_order(reader.split(blocks), examine, workers=WORKERS)

    def _batch(self, member: Member, reader: Reader, tally: _Tally, now: datetime) -> Batch:
        seen = tally.last or now
        return Batch(
            id=member.sha256(),
            source=reader.source,
            day=(self.wishes.day or reader.day or seen.date()).isoformat(),
            scope=self.wishes.scope or reader.scope,
            coverage=self.wishes.coverage or reader.coverage,
            file=member.name,
            rows_in=tally.rows,
            observations=tally.observations,
            duplicates=tally.duplicates,
            rejected=tally.rejected,
            first_seen_at=instant_text(tally.first) if tally.first else None,
            last_seen_at=instant_text(tally.last) if tally.last else None,
            committed_at=instant_text(now),
        )

    def _commit(self, batch: Batch, files: _Files, now: datetime) -> Intake:
        known = find_batch(self.desk, batch.id)
        if known is not None:
            outcome = "outdated" if known.superseded_at else "known"
            return Intake(file=batch.file, batch=known, outcome=outcome, supersedes=None, findings={})
        older = predecessor(self.desk, source=batch.source, day=batch.day, scope=batch.scope)
        judged = self._judgements(batch, files, now)
        leftovers = [(table, {"batch": batch.id}) for table in ("observations", "rejected")]
        if self.staging.after_a_kill:
            leftovers += orphans(self.desk, self.lake)
        self.lake.commit(files.finish(batch, judged), clear=leftovers)
        save_batch(self.desk, batch, judged, supersedes=older.id if older else None)
        findings = {row.case_id: row.findings for row in judged}
        return Intake(file=batch.file, batch=batch, outcome="new", supersedes=older, findings=findings)

    def _judgements(self, batch: Batch, files: _Files, now: datetime) -> list[Judgement]:
        """None where the constituency changed while the file was read: the batch is then stale until rejudged."""
        if read_constituency_stamp(self.desk) != self.bench.resolver.version:
            return []
        return [
            self.bench.judgement(case_id, batch.id, findings=writer.rows, now=now)
            for case_id, writer in files.findings.items()
        ]
