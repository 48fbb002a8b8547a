"""Builds small tables for tests from what matters in each, the rest filled with what does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

import pyarrow as pa

from tocsin.tables import FINDINGS, OBSERVATIONS

MAPPED = 0xFFFF << 32

_OBSERVATION = {
    "line": 2,
    "seen_at": datetime(2021, 3, 10, 12, tzinfo=UTC),
    "ip_hi": 0,
    "ip_lo": MAPPED | 0xCB007107,
    "port": 443,
    "transport": "tcp",
    "address": "203.0.113.7",
    "hostname": None,
    "hostname_from": None,
    "asn": 64500,
    "country": "GB",
    "product": "exchange",
    "version": "15.1.2106.2",
    "tags": "exchange",
    "detail": None,
}
_FINDING = {
    name: _OBSERVATION[name] for name in ("line", "seen_at", "ip_hi", "ip_lo", "port", "transport", "asn", "country")
} | {
    "status": "affected",
    "reason": None,
    "basis": "15.1.2106.2 is older than 15.1.2106.13",
    "candidates": "",
    "build": "15.1.2106.2",
    "branch": "15.1.2106",
    "cves": "CVE-2021-26855=affected",
    "compromise": "none_known",
    "mitigated": False,
    "constituent": None,
    "certainty": "none",
    "holding": None,
    "considered": "",
}


def observations(rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """OBSERVATIONS with these columns set; ``line`` counts from 2 where not given."""
    return _table(rows, _OBSERVATION, OBSERVATIONS)


def findings(rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """FINDINGS with these columns set; ``line`` counts from 2 where not given."""
    return _table(rows, _FINDING, FINDINGS)


def _table(rows: Iterable[Mapping[str, object]], default: Mapping[str, object], schema: pa.Schema) -> pa.Table:
    filled = [{**default, "line": number, **row} for number, row in enumerate(rows, 2)]
    plain = [
        pa.field(field.name, field.type.value_type if pa.types.is_dictionary(field.type) else field.type)
        for field in schema
    ]
    return pa.Table.from_pylist(filled, schema=pa.schema(plain)).cast(schema)
