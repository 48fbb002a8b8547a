"""Observations in, findings out: every active case judged and every service assigned, with the versions used."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy.engine import Engine

import tocsin
from tocsin.cases import Case
from tocsin.constituency import Resolver
from tocsin.findings import Judge, assign
from tocsin.store.batches import Judgement
from tocsin.store.clock import instant_text
from tocsin.store.constituents import NO_VERSION, current_version, load_resolver
from tocsin.store.ranges import LocationTables, describe_tables, load_tables
from tocsin.store.workspace import Workspace
from tocsin.tables import ASSIGNMENTS, FINDINGS, SERVICE, VERDICTS
from tocsin.tasks.cases import active_cases

CODE_VERSION = f"{tocsin.__version__}/1"
"""Raise the number behind the stroke with any change of code that may change a verdict or an assignment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """The versions that a judgement made now would rest on: of each pack by case, constituency, location tables.

    With ``is_past`` they are those of an earlier moment, of which only the constituency's is known.
    """

    packs: Mapping[str, str]
    constituency: str
    located_by: str
    is_past: bool = False

    def are_on(self, judgement: Judgement) -> bool:
        """True when ``judgement`` rests on these very versions, and on this program's."""
        if self.is_past:
            return judgement.constituency_version == self.constituency
        return (
            judgement.pack_version == self.packs.get(judgement.case_id)
            and judgement.constituency_version == self.constituency
            and judgement.located_by == self.located_by
            and judgement.code_version == CODE_VERSION
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """All that judging rests on: cases by id, the constituency, and the tables that locate an address."""

    cases: Mapping[str, Case]
    resolver: Resolver
    located: LocationTables

    @property
    def stamps(self) -> Stamps:
        """The versions that its judgements rest on."""
        return Stamps(
            packs={case_id: case.version for case_id, case in self.cases.items()},
            constituency=self.resolver.version,
            located_by=self.located.describe(),
        )

    def judgement(self, case_id: str, batch_id: str, *, findings: int, now: datetime) -> Judgement:
        """A new judgement's row, stamped with the versions of this bench."""
        return Judgement(
            id=uuid4().hex,
            case_id=case_id,
            batch_id=batch_id,
            pack_version=self.cases[case_id].version,
            constituency_version=self.resolver.version,
            code_version=CODE_VERSION,
            located_by=self.located.describe(),
            findings=findings,
            created_at=instant_text(now),
        )


class Examiner:
    """Judges and assigns the chunks of one batch; may be called from several threads."""

    def __init__(self, bench: Bench, *, source: str) -> None:
        self._bench = bench
        self._judges = {case_id: Judge(case, source=source) for case_id, case in bench.cases.items()}

    def __call__(self, observations: pa.Table) -> dict[str, pa.Table]:
        """The findings (FINDINGS) of each case that concerns any of these rows; rows keep their order."""
        if not observations.num_rows:
            return {}
        judged = {case_id: judge(observations) for case_id, judge in self._judges.items()}
        concerned = {case_id: verdicts for case_id, verdicts in judged.items() if _concerns(verdicts)}
        if not concerned:
            return {}
        shared = self._shared(observations)
        return {case_id: _findings(shared, verdicts) for case_id, verdicts in concerned.items()}

    def _shared(self, observations: pa.Table) -> pa.Table:
        located = observations.select(["line", "seen_at", *SERVICE.names, "asn", "country"])
        for name, column in self._bench.located.locate(observations).items():
            located = located.set_column(located.column_names.index(name), name, column)
        asn = observations.column_names.index("asn")
        assigned = assign(observations.set_column(asn, "asn", located.column("asn")), self._bench.resolver)
        for name in ASSIGNMENTS.names:
            located = located.append_column(name, assigned.column(name))
        return located


def open_bench(workspace: Workspace, desk: Engine) -> Bench:
    """The workspace's active cases, newest constituency, and newest location tables."""
    # Hundreds of thousands of small lasting objects are made here; looking for garbage among them doubles the time.
    gc.disable()
    try:
        return Bench(
            cases=active_cases(workspace),
            resolver=load_resolver(desk),
            located=load_tables(workspace.lake, desk),
        )
    finally:
        gc.enable()


def read_stamps(workspace: Workspace, desk: Engine, *, known_at: datetime | None = None) -> Stamps:
    """The versions in force now, or at ``known_at``, without what they are versions of; quick."""
    packs = {case_id: case.version for case_id, case in active_cases(workspace).items()}
    return Stamps(
        packs=packs,
        constituency=read_constituency_stamp(desk, known_at=known_at),
        located_by=describe_tables(desk),
        is_past=known_at is not None,
    )


def read_constituency_stamp(desk: Engine, *, known_at: datetime | None = None) -> str:
    """The version of the constituency in force now, or at ``known_at``."""
    version = current_version(desk, known_at=known_at)
    return str(version) if version else NO_VERSION


def _concerns(verdicts: pa.Table) -> bool:
    status = verdicts.column("status")
    return bool(status.null_count < len(status))


def _findings(shared: pa.Table, verdicts: pa.Table) -> pa.Table:
    columns = {name: shared.column(name) for name in shared.column_names}
    columns |= {name: verdicts.column(name) for name in VERDICTS.names}
    table = pa.table([columns[name] for name in FINDINGS.names], schema=FINDINGS)
    return table.filter(pc.is_valid(table.column("status"))) if table.column("status").null_count else table
