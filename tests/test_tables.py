"""The shapes that travel through the house fit into one another."""

from __future__ import annotations

import pyarrow as pa
import pytest
from tests.building import findings, observations

from tocsin.tables import ASSIGNMENTS, FINDINGS, INSTANT, OBSERVATIONS, SERVICE, TRACES, VERDICTS, require


def test_a_table_with_more_than_is_needed_passes() -> None:
    require(observations([{}]), "line", "ip_hi", "ip_lo")


def test_every_missing_column_is_named_beside_those_there_are() -> None:
    table = pa.table({"line": [1], "port": [443]})
    with pytest.raises(ValueError, match=r"\['ip_hi', 'ip_lo'\] are missing; the table has \['line', 'port'\]"):
        require(table, "line", "ip_hi", "ip_lo")


def test_a_finding_holds_all_of_verdict_and_assignment() -> None:
    for part in (SERVICE, VERDICTS, ASSIGNMENTS):
        assert [FINDINGS.field(field.name) for field in part] == list(part)


def test_a_trace_is_a_part_of_a_finding() -> None:
    assert findings([{"compromise": "confirmed"}]).select(TRACES.names).schema == TRACES


@pytest.mark.parametrize("schema", [OBSERVATIONS, FINDINGS, TRACES])
def test_whatever_is_stored_has_line_service_and_a_time_with_a_zone(schema: pa.Schema) -> None:
    assert {"line", *SERVICE.names} <= set(schema.names)
    assert schema.field("seen_at").type == INSTANT
    assert INSTANT.tz == "UTC"
