"""Writes the findings of one judgement, and its traces of compromise apart so that a census finds them at once."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from tocsin.store.lake import Part, Staging
from tocsin.tables import TRACES


class FindingsWriter:
    """Appends chunks of FINDINGS of one case and batch; ``rows`` says how many."""

    def __init__(self, staging: Staging) -> None:
        self._findings = staging.writer("findings")
        self._traces = staging.writer("traces")

    @property
    def rows(self) -> int:
        return self._findings.rows

    def write(self, findings: pa.Table) -> None:
        self._findings.write(findings)
        traced = pc.not_equal(findings.column("compromise").cast(pa.string()), "none_known")
        if pc.any(traced).as_py():
            self._traces.write(findings.select(TRACES.names).filter(traced))

    def finish(self, case_id: str, judgement: str) -> list[Part]:
        """Closes the files and has them on the disk; none where nothing was written."""
        partition = {"case_id": case_id, "judgement": judgement}
        parts = (self._findings.finish(partition), self._traces.finish(partition))
        return [part for part in parts if part is not None]
