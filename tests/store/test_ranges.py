"""Location tables are kept with source and date, and the right one is used."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from sqlalchemy.engine import Engine
from tests.building import observations
from tests.constituency.building import halves

from tocsin.constituency import read_location
from tocsin.errors import WorkspaceError
from tocsin.store.ranges import LocationTables, TableEntry, describe_tables, list_tables, load_tables, save_table
from tocsin.tables import WORDS

NOW = datetime(2021, 4, 1, tzinfo=UTC)


def keep(
    desk: Engine, lake: Path, kind: str, day: date, *rows: str, source: str = "example"
) -> list[tuple[TableEntry, bool]]:
    data = "\n".join(rows).encode()
    found = read_location(data, kind=kind, source="x.csv")
    words = {"kind": kind, "source": source, "as_of": day, "file": "x.csv", "sha256": str(hash(data)), "now": NOW}
    return [save_table(lake, desk, table, **words) for table in found.tables]  # type: ignore[arg-type]


def countries(tables: LocationTables, *addresses: str) -> list[str | None]:
    hi, lo = (np.array(half) for half in zip(*map(halves, addresses), strict=True))
    found: list[str | None] = tables.country(hi, lo).to_pylist()
    return found


def test_the_newest_of_each_family_serves(desk: Engine, tmp_path: Path) -> None:
    keep(desk, tmp_path, "country", date(2021, 1, 1), "203.0.113.0/24,GB", "2001:db8::/32,GB")
    keep(desk, tmp_path, "country", date(2021, 3, 1), "203.0.113.0/24,FR")
    asked = ("203.0.113.7", "2001:db8::7", "198.51.100.1")
    tables = load_tables(tmp_path, desk)
    assert countries(tables, *asked) == ["FR", "GB", None]
    assert describe_tables(desk) == tables.describe()


def test_tables_before_the_feed_and_the_feed_where_they_are_silent(desk: Engine, tmp_path: Path) -> None:
    keep(desk, tmp_path, "country", date(2021, 1, 1), "203.0.113.0/25,FR")
    keep(desk, tmp_path, "asn", date(2021, 1, 1), "203.0.113.0/25,64511")
    pairs = [halves(address) for address in ("203.0.113.7", "203.0.113.200")]
    seen = observations({"ip_hi": hi, "ip_lo": lo, "asn": 64500, "country": "GB"} for hi, lo in pairs)
    located = load_tables(tmp_path, desk).locate(seen)
    assert {name: column.to_pylist() for name, column in located.items()} == {
        "asn": [64511, 64500],
        "country": ["FR", "GB"],
    }
    assert (located["asn"].type, located["country"].type) == (pa.int64(), WORDS)


def test_without_tables_the_feed_serves_and_it_is_said(desk: Engine, tmp_path: Path) -> None:
    tables = load_tables(tmp_path, desk)
    assert tables.locate(observations([{}])) == {}
    assert tables.describe() == "AS number as the feed says; country as the feed says"
    hi, lo = halves("203.0.113.7")
    assert tables.asn(np.array([hi]), np.array([lo])).to_pylist() == [None]


def test_the_source_and_date_are_told(desk: Engine, tmp_path: Path) -> None:
    keep(desk, tmp_path, "asn", date(2021, 1, 1), "203.0.113.0/25,64511", "2001:db8::/32,64511")
    assert load_tables(tmp_path, desk).describe() == (
        "AS number by example of 2021-01-01, else as the feed says; country as the feed says"
    )


def test_the_same_table_twice_is_one(desk: Engine, tmp_path: Path) -> None:
    assert [new for _, new in keep(desk, tmp_path, "country", date(2021, 1, 1), "203.0.113.0/24,GB")] == [True]
    assert [new for _, new in keep(desk, tmp_path, "country", date(2021, 1, 1), "203.0.113.0/24,GB")] == [False]
    assert len(list_tables(desk)) == 1


def test_a_table_whose_file_is_gone(desk: Engine, tmp_path: Path) -> None:
    keep(desk, tmp_path, "country", date(2021, 1, 1), "203.0.113.0/24,GB")
    next((tmp_path / "tables").glob("*.parquet")).unlink()
    with pytest.raises(WorkspaceError, match="cannot be read"):
        load_tables(tmp_path, desk)
