"""Leads findings back to the observations they rest on: host names, files, and a service's whole history."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import pyarrow as pa

from tocsin.store.lake import Lake
from tocsin.store.selection import Judged, Selection

_HISTORY = """
SELECT o.batch, f.judgement, f.line, f.seen_at, f.port, f.transport, o.address, o.hostname, o.hostname_from, o.product,
       o.version, o.tags, o.detail, f.asn, f.country, f.status, f.reason, f.basis, f.candidates, f.build, f.branch,
       f.cves, f.compromise, f.mitigated, f.constituent, f.certainty, f.holding, f.considered
FROM read_parquet($findings, hive_partitioning = true) AS f
JOIN batches USING (judgement)
JOIN read_parquet($observations, hive_partitioning = true) AS o ON o.batch = batches.batch AND o.line = f.line
WHERE f.ip_hi = $hi AND f.ip_lo = $lo AND o.ip_hi = $hi AND o.ip_lo = $lo
  AND ($port IS NULL OR f.port = $port) AND f.seen_at < $ends
ORDER BY f.seen_at, o.batch, f.line
"""

_NAMES = """
SELECT services.*, o.address, o.hostname, o.hostname_from, batches.file AS source
FROM services
JOIN batches ON batches.judgement = services.judgement
JOIN batches AS owner ON owner.judgement = services.owned_judgement
JOIN read_parquet($observations, hive_partitioning = true) AS o
  ON o.batch = owner.batch AND o.line = services.owned_line
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
        return connection.sql(_NAMES, params={"observations": observations}).to_arrow_table()


def service_history(lake: Lake, selection: Selection, *, ip_hi: int, ip_lo: int, port: int | None) -> pa.Table:
    """Every finding of one address up to the selection's day, oldest first, beside the observation it came from."""
    judged = [each for each in selection.history if each.judgement.findings]
    observations = _observation_files(lake, judged)
    findings = [str(path) for path in lake.files("findings", {"judgement": [each.judgement.id for each in judged]})]
    if not observations or not findings:
        return pa.table({})
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("batches", _batches(judged))
        return connection.sql(
            _HISTORY,
            params={
                "observations": observations,
                "findings": findings,
                "hi": ip_hi,
                "lo": ip_lo,
                "port": port,
                "ends": selection.ends,
            },
        ).to_arrow_table()


def _observation_files(lake: Lake, judged: Iterable[Judged]) -> list[str]:
    return [str(path) for path in lake.files("observations", {"batch": sorted({each.batch.id for each in judged})})]


def _batches(judged: Iterable[Judged]) -> pa.Table:
    rows = [{"judgement": each.judgement.id, "batch": each.batch.id, "file": each.batch.file} for each in judged]
    return pa.Table.from_pylist(rows)


def _without_rows(services: pa.Table) -> pa.Table:
    for name in ("address", "hostname", "hostname_from", "source"):
        services = services.append_column(name, pa.nulls(services.num_rows, pa.string()))
    return services
