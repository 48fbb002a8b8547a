"""Reads what one judged batch showed: its findings, under the names that its observations confirm, as looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tocsin.errors import WorkspaceError
from tocsin.remediation.columns import Integers, is_word
from tocsin.remediation.marks import look_rows
from tocsin.remediation.panel import Look, Panel, one_look
from tocsin.store.batches import Batch, Judgement
from tocsin.store.lake import Lake
from tocsin.store.services import read_columns
from tocsin.tables import FINDINGS, SERVICE, WORDS

_COLUMNS = (
    *SERVICE.names,
    *("line", "seen_at", "status", "mitigated", "branch", "constituent", "certainty", "asn", "country"),
)
_CONFIRMED = ("certificate", "forward")
_NOBODY = pa.schema([("line", pa.int64()), ("hostname", pa.string())]).empty_table()
_DAY_MICROSECONDS = 86_400_000_000


def read_looks(
    lake: Lake, judged: Sequence[tuple[Batch, Judgement]], parents: Mapping[str, str | None]
) -> Iterator[Panel]:
    """The looks of these batches under one case: a complete scan is one, whatever the hour at which it ended; a list
    of positives is one for each day (UTC) of its rows. A batch without findings is a look that showed nothing.
    Raises ``WorkspaceError`` where findings that were there are gone.
    """
    findings = _files(lake, "findings", "judgement", [judgement.id for _, judgement in judged])
    observations = _files(lake, "observations", "batch", [batch.id for batch, _ in judged])
    for batch, judgement in judged:
        if judgement.findings and judgement.id not in findings:
            raise WorkspaceError(
                f"the findings of {batch.file} are gone: somebody purged or renewed them meanwhile",
                remedy="ask again; if it stays so, run 'tocsin rejudge'",
            )
        found = _read(findings.get(judgement.id, []))
        found = found.append_column("name", _names(observations.get(batch.id, []), found))
        days = found.column("seen_at").cast(pa.int64()).to_numpy() // _DAY_MICROSECONDS
        is_one = batch.coverage == "population" or not found.num_rows
        for day in (None,) if is_one else np.unique(days).tolist():
            rows = found if day is None else found.filter(pa.array(days == day))
            yield one_look(_look(batch, judgement, day), look_rows(rows, parents))


def _files(lake: Lake, table: str, partition: str, ids: Sequence[str]) -> dict[str, list[Path]]:
    found = dict[str, list[Path]]()
    for path in lake.files(table, {partition: ids}):
        found.setdefault(path.parent.name.removeprefix(f"{partition}="), []).append(path)
    return found


def _read(paths: Sequence[Path]) -> pa.Table:
    tables = [read_columns(path, _COLUMNS) for path in paths]
    empty = pa.schema([FINDINGS.field(name) for name in _COLUMNS]).empty_table()
    return pa.concat_tables(tables).unify_dictionaries() if tables else empty


def _look(batch: Batch, judgement: Judgement, day: int | None) -> Look:
    on = date.fromisoformat(batch.day) if day is None else datetime.fromtimestamp(day * 86_400, UTC).date()
    return Look(day=on, source=batch.source, scope=batch.scope, coverage=batch.coverage, judgement=judgement.id)


def _names(paths: Sequence[Path], found: pa.Table) -> pa.Array:
    """The name of each finding that a certificate or forward DNS confirmed; null where none did."""
    named = pa.concat_tables([_NOBODY, *(_named(path) for path in paths)])
    if not named.num_rows:
        return pa.nulls(found.num_rows, WORDS)
    named = named.sort_by("line")
    lines: Integers = named.column("line").to_numpy()
    wanted: Integers = found.column("line").to_numpy()
    places = np.minimum(np.searchsorted(lines, wanted), len(lines) - 1)
    known = pa.array(places, mask=lines[places] != wanted)
    return named.column("hostname").combine_chunks().take(known).dictionary_encode()


def _named(path: Path) -> pa.Table:
    """The lines of one file of observations that have a confirmed name, and the name."""
    file = pq.ParquetFile(path, read_dictionary=["hostname_from"])
    how = file.read(["hostname_from"], use_threads=False)
    if not any(is_word(how, "hostname_from", word).any() for word in _CONFIRMED):
        return _NOBODY
    confirmed = is_word(how, "hostname_from", _CONFIRMED[0]) | is_word(how, "hostname_from", _CONFIRMED[1])
    rows = file.read(["line", "hostname"], use_threads=False).filter(pa.array(confirmed))
    return rows.filter(pc.is_valid(rows.column("hostname")))
