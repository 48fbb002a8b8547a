"""Leads findings back to the observations they rest on: host names, files, and a service's whole history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from tocsin.store.lake import Lake
from tocsin.store.selection import Judged, Selection

_HISTORY = """
SELECT batches.batch, judgement, f.line, f.seen_at, f.port, f.transport, o.address, o.hostname, o.hostname_from,
       o.product, o.version, o.tags, o.detail, f.asn, f.country, f.status, f.reason, f.basis, f.candidates, f.build,
       f.branch, f.cves, f.compromise, f.mitigated, f.constituent, f.certainty, f.holding, f.considered
FROM read_parquet($findings, filename = true, hive_partitioning = false) AS f
JOIN judged ON judged.filename = f.filename
JOIN batches USING (judgement)
JOIN seen ON seen.batch = batches.batch
JOIN read_parquet($observations, filename = true, hive_partitioning = false) AS o
  ON o.filename = seen.filename AND o.line = f.line
WHERE f.ip_hi = $hi AND f.ip_lo = $lo AND o.ip_hi = $hi AND o.ip_lo = $lo
  AND ($port IS NULL OR f.port = $port) AND f.seen_at < $ends
ORDER BY f.seen_at, batches.batch, f.line
"""

_NAMES = """
SELECT services.*, o.address, o.hostname, o.hostname_from, batches.file AS source
FROM services
JOIN batches ON batches.judgement = services.judgement
JOIN batches AS owner ON owner.judgement = services.owned_judgement
JOIN seen ON seen.batch = owner.batch
JOIN read_parquet($observations, filename = true, hive_partitioning = false) AS o
  ON o.filename = seen.filename AND o.line = services.owned_line
 AND o.ip_hi = services.ip_hi AND o.ip_lo = services.ip_lo
ORDER BY services.ip_hi, services.ip_lo, services.port, services.transport
"""


def name_services(lake: Lake, selection: Selection, services: pa.Table) -> pa.Table:
    """``services`` (folded in full) with ``address``, ``hostname``, ``hostname_from`` and ``source``, by address.

    The host name is of the observation that decided whose the service is; ``source`` is the file of the verdict.
    """
    observations = _observation_files(lake, selection.window)
    if not services.num_rows or not observations:
        return _without_rows(services)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("services", services)
        connection.register("batches", _batches(selection.window))
        connection.register("seen", _places("batch", observations))
        return connection.sql(_NAMES, params={"observations": list(observations)}).to_arrow_table()


def service_history(lake: Lake, selection: Selection, *, ip_hi: int, ip_lo: int, port: int | None) -> pa.Table:
    """Every finding of one address up to the selection's day, oldest first, beside the observation it came from."""
    judged = [each for each in selection.history if each.judgement.findings]
    observations = _observation_files(lake, judged)
    ids = [each.judgement.id for each in judged]
    findings = {str(path): _value(path) for path in lake.files("findings", {"judgement": ids})}
    if not observations or not findings:
        return pa.table({})
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("batches", _batches(judged))
        connection.register("seen", _places("batch", observations))
        connection.register("judged", _places("judgement", findings))
        return connection.sql(
            _HISTORY,
            params={
                "observations": list(observations),
                "findings": list(findings),
                "hi": ip_hi,
                "lo": ip_lo,
                "port": port,
                "ends": selection.ends,
            },
        ).to_arrow_table()


def _observation_files(lake: Lake, judged: Iterable[Judged]) -> dict[str, str]:
    """The batch of each file. Read off its own folder: a folder above may look like a partition too."""
    ids = sorted({each.batch.id for each in judged})
    return {str(path): _value(path) for path in lake.files("observations", {"batch": ids})}


def _value(path: Path) -> str:
    return path.parent.name.partition("=")[2]


def _places(name: str, files: Mapping[str, str]) -> pa.Table:
    return pa.table({"filename": list(files), name: list(files.values())})


def _batches(judged: Iterable[Judged]) -> pa.Table:
    rows = [{"judgement": each.judgement.id, "batch": each.batch.id, "file": each.batch.file} for each in judged]
    return pa.Table.from_pylist(rows)


def _without_rows(services: pa.Table) -> pa.Table:
    for name in ("address", "hostname", "hostname_from", "source"):
        services = services.append_column(name, pa.nulls(services.num_rows, pa.string()))
    return services
