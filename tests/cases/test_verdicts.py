"""A verdict as one row of the table of verdicts."""

from __future__ import annotations

from datetime import date

from tests.cases.packs import proxylogon

from tocsin.cases import judge_build
from tocsin.tables import VERDICTS


def test_a_row_has_exactly_the_columns_of_the_table() -> None:
    row = judge_build(proxylogon(), "15.1.2176", seen=date(2021, 3, 20)).as_row()
    assert list(row) == VERDICTS.names
    assert row["candidates"] == "15.1.2176.2; 15.1.2176.4; 15.1.2176.9"
    assert row["cves"] == (
        "CVE-2021-26855=undetermined; CVE-2021-26857=undetermined; "
        "CVE-2021-26858=undetermined; CVE-2021-27065=undetermined"
    )
    assert row["mitigated"] is False
