"""Reads the findings that bear on a day and has them folded into one row a service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tocsin.remediation.fold import fold, open_traces
from tocsin.remediation.grouping import group_services
from tocsin.store.lake import Lake
from tocsin.store.selection import Judged, Selection
from tocsin.tables import FINDINGS, INSTANT, SERVICE, TRACES, WORDS

_LEAN = (
    *SERVICE.names,
    "seen_at",
    "status",
    "reason",
    "mitigated",
    "branch",
    "constituent",
    "certainty",
    "asn",
    "country",
)
_FULL = (*_LEAN, "line", "basis", "candidates", "build", "cves", "holding", "considered")
_READERS = 2


def fold_services(
    lake: Lake, selection: Selection, parents: Mapping[str, str | None] | None = None, *, in_full: bool = False
) -> pa.Table:
    """One row a service seen in the window, in no particular order: ``remediation.fold`` and its compromise.

    ``compromise`` (``none_known``, ``possible``, ``confirmed``) and ``compromise_seen`` are from all of the history,
    ended only by evidence of cleaning. With ``in_full`` also what ``findings`` shows: ``judgement``, ``line``,
    ``owned_judgement``, ``owned_line``, basis and the like, ``first_seen``.
    """
    seen = _between(read_findings(lake, selection.window, _FULL if in_full else _LEAN), selection)
    services = fold(seen, parents or {})
    if in_full:
        rows = services.column("owned_row")
        for name in ("judgement", "line"):
            services = services.append_column(f"owned_{name}", seen.column(name).take(rows))
        services = services.append_column("first_seen", _first_seen(lake, selection, services))
    return _with_traces(services, open_traces(read_traces(lake, selection)))


def read_findings(lake: Lake, judged: Iterable[Judged], columns: Sequence[str]) -> pa.Table:
    """The findings of these judgements, with ``judgement`` and ``is_current`` beside the columns asked for.

    Text stays in dictionaries, which are unified over the whole table.
    """
    with ThreadPoolExecutor(_READERS) as pool:
        tables = list(pool.map(lambda found: _marked(found[0], found[1], columns), _files(lake, judged)))
    return pa.concat_tables(tables).unify_dictionaries() if tables else _nothing(columns)


def _files(lake: Lake, judged: Iterable[Judged]) -> list[tuple[Judged, Path]]:
    by_id = {each.judgement.id: each for each in judged if each.judgement.findings}
    paths = lake.files("findings", {"judgement": sorted(by_id)})
    return [(by_id[path.parent.name.removeprefix("judgement=")], path) for path in paths]


def _marked(judged: Judged, path: Path, columns: Sequence[str]) -> pa.Table:
    table = read_columns(path, columns)
    codes = np.zeros(table.num_rows, dtype=np.int32)
    table = table.append_column("judgement", pa.DictionaryArray.from_arrays(codes, pa.array([judged.judgement.id])))
    return table.append_column("is_current", pa.array(np.full(table.num_rows, judged.is_current)))


def _between(table: pa.Table, selection: Selection) -> pa.Table:
    span = pc.min_max(table.column("seen_at")).as_py()
    if span["min"] is None or (span["min"] >= selection.begins and span["max"] < selection.ends):
        return table
    begins, ends = (pa.scalar(moment, INSTANT) for moment in (selection.begins, selection.ends))
    seen = table.column("seen_at")
    return table.filter(pc.and_(pc.greater_equal(seen, begins), pc.less(seen, ends)))


def read_traces(lake: Lake, selection: Selection) -> pa.Table:
    """Every finding with a trace of compromise up to the day, cleaning too: SERVICE, ``seen_at``, ``compromise``."""
    ids = sorted(each.judgement.id for each in selection.history if each.judgement.findings)
    columns = (*SERVICE.names, "seen_at", "compromise")
    tables = [read_columns(path, columns) for path in lake.files("traces", {"judgement": ids})]
    found = pa.concat_tables(tables).unify_dictionaries() if tables else TRACES.empty_table().select(columns)
    ends = pa.scalar(selection.ends, INSTANT)
    return found.filter(pc.less(found.column("seen_at"), ends))


def _with_traces(services: pa.Table, traces: pa.Table) -> pa.Table:
    """Each service's compromise beside it."""
    places, level, seen = _match(services, traces), traces.column("compromise"), traces.column("compromise_seen")
    known = pa.array(places, mask=places < 0)
    level = pc.fill_null(level.cast(pa.string()).take(known), "none_known").combine_chunks().dictionary_encode()
    return services.append_column("compromise", level).append_column("compromise_seen", seen.take(known))


def _match(services: pa.Table, others: pa.Table) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """For each service its row in ``others`` (which has each service once), or -1: both are grouped by key."""
    keys = pa.concat_tables([_key(services), _key(others)]).unify_dictionaries()
    groups = group_services(keys)
    places = np.full(len(groups.first), -1, dtype=np.int64)
    places[groups.number[services.num_rows :]] = np.arange(others.num_rows)
    return places[groups.number[: services.num_rows]]


def _key(table: pa.Table) -> pa.Table:
    return table.select(SERVICE.names).cast(SERVICE)


def _first_seen(lake: Lake, selection: Selection, services: pa.Table) -> pa.Array:
    """The first observation of each service in the history, one file at a time to bound memory."""
    first = services.column("last_seen").cast(pa.int64()).to_numpy().copy()
    for _, path in _files(lake, selection.history):
        table = read_columns(path, (*SERVICE.names, "seen_at"))
        groups = group_services(table)
        earliest = groups.lowest(table.column("seen_at").cast(pa.int64()).to_numpy())
        once = table.take(pa.array(groups.first))
        places = _match(services, once)
        found = places >= 0
        first[found] = np.minimum(first[found], earliest[places[found]])
    return pa.array(first).cast(INSTANT)


def read_columns(path: Path, columns: Sequence[str]) -> pa.Table:
    """These columns of one file of findings or traces, text in dictionaries."""
    words = [name for name in columns if FINDINGS.field(name).type == WORDS]
    return pq.ParquetFile(path, read_dictionary=words).read(list(columns), use_threads=False)


def _nothing(columns: Sequence[str]) -> pa.Table:
    schema = pa.schema([*(FINDINGS.field(name) for name in columns), ("judgement", WORDS), ("is_current", pa.bool_())])
    return schema.empty_table()
