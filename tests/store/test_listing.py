"""A service leads back to the observation it rests on: host name, file and line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from tests.building import MAPPED, findings, observations
from tests.store.test_batches import batch, judgement

from tocsin.store.findings import FindingsWriter
from tocsin.store.lake import Lake
from tocsin.store.listing import name_services, service_history
from tocsin.store.selection import Judged, Selection
from tocsin.store.services import fold_services

Row = Mapping[str, object]

_SEEN = ("line", "seen_at", "ip_hi", "ip_lo", "port", "address", "hostname", "hostname_from", "version")
_FOUND = ("line", "seen_at", "ip_hi", "ip_lo", "port", "status", "constituent", "certainty")
IP_LO = MAPPED | 0xCB007107
NAMED = {"hostname": "owa.council.example", "hostname_from": "certificate"}
PROVEN = {"constituent": "council", "certainty": "proven"}
OTHER = {"ip_lo": MAPPED | 0xCB007108, "address": "203.0.113.8"}


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path)


def keep(lake: Lake, days: Mapping[int, Sequence[Row]], *, as_of: int = 10) -> Selection:
    """One batch a day of March, each row an observation (lines 2, 3, …) and its finding; all of them in the window."""
    judged = []
    for day, rows in days.items():
        noon = {"seen_at": datetime(2021, 3, day, 12, tzinfo=UTC)}
        with lake.stage() as staging, lake.committing():
            seen, found = staging.writer("observations"), FindingsWriter(staging)
            seen.write(observations([noon | _only(row, _SEEN) for row in rows]))
            found.write(findings([noon | _only(row, _FOUND) for row in rows]))
            part = seen.finish({"batch": f"b{day}"})
            lake.commit([*([part] if part else []), *found.finish("case", f"j{day}")])
        made = batch(f"b{day}", day=f"2021-03-{day:02d}", file=f"day{day}.csv")
        judged.append(Judged(batch=made, judgement=judgement(f"j{day}", f"b{day}"), is_current=True))
    return Selection(
        case_id="case",
        as_of=date(2021, 3, as_of),
        window_days=30,
        known_at=None,
        window=tuple(judged),
        history=tuple(judged),
    )


def _only(row: Row, names: Sequence[str]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name in names}


def named(lake: Lake, selection: Selection) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = name_services(
        lake, selection, fold_services(lake, selection, {}, in_full=True)
    ).to_pylist()
    return rows


def history(lake: Lake, selection: Selection, *, port: int | None = None) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = service_history(lake, selection, ip_hi=0, ip_lo=IP_LO, port=port).to_pylist()
    return rows


def test_a_service_has_address_host_name_file_and_line(lake: Lake) -> None:
    (row,) = named(lake, keep(lake, {8: [OTHER | {"line": 7} | NAMED]}))
    told = {name: row[name] for name in ("address", "hostname", "hostname_from", "source", "line")}
    assert told == {"address": "203.0.113.8", "source": "day8.csv", "line": 7} | NAMED


def test_file_and_line_are_of_the_verdict_and_the_name_of_what_decided_whose_it_is(lake: Lake) -> None:
    (row,) = named(lake, keep(lake, {8: [NAMED | PROVEN], 9: [{"line": 90, "status": "fixed"}]}))
    assert (row["source"], row["line"], row["status"]) == ("day9.csv", 90, "fixed")
    assert (row["hostname"], row["constituent"]) == ("owa.council.example", "council")


def test_a_service_without_a_name_is_listed(lake: Lake) -> None:
    (row,) = named(lake, keep(lake, {8: [{}]}))
    assert (row["address"], row["hostname"]) == ("203.0.113.7", None)


def test_services_come_by_address_and_port(lake: Lake) -> None:
    rows = named(lake, keep(lake, {8: [OTHER, {"port": 8443}, {}], 9: [OTHER | {"port": 25}]}))
    assert [(row["address"], row["port"]) for row in rows] == [
        ("203.0.113.7", 443),
        ("203.0.113.7", 8443),
        ("203.0.113.8", 25),
        ("203.0.113.8", 443),
    ]


def test_a_service_seen_on_many_days_is_one_row(lake: Lake) -> None:
    assert len(named(lake, keep(lake, {day: [{}] for day in (3, 5, 8)}))) == 1


def test_a_line_of_another_batch_is_not_mistaken_for_it(lake: Lake) -> None:
    selection = keep(lake, {8: [{"hostname": "a.example"}, OTHER], 9: [OTHER, {"hostname": "b.example"}]})
    assert [row["hostname"] for row in named(lake, selection)] == ["b.example", None]


def test_no_services_give_no_rows_but_every_column(lake: Lake) -> None:
    table = name_services(lake, keep(lake, {}), pa.table({"port": pa.array([], pa.int32())}))
    assert table.num_rows == 0
    assert table.column_names == ["port", "address", "hostname", "hostname_from", "source"]


def test_the_history_of_an_address_is_oldest_first_beside_what_was_seen(lake: Lake) -> None:
    selection = keep(lake, {9: [{"status": "fixed", "version": "15.1.2106.13"}], 8: [OTHER, NAMED]})
    told = [(row["batch"], row["line"], row["status"], row["version"]) for row in history(lake, selection)]
    assert told == [("b8", 3, "affected", "15.1.2106.2"), ("b9", 2, "fixed", "15.1.2106.13")]


def test_the_history_has_every_port_or_the_one_asked_for(lake: Lake) -> None:
    selection = keep(lake, {8: [{}, {"port": 8443}]})
    assert [row["port"] for row in history(lake, selection)] == [443, 8443]
    assert [row["port"] for row in history(lake, selection, port=8443)] == [8443]


def test_the_history_ends_with_the_day_described(lake: Lake) -> None:
    selection = keep(lake, {8: [{}], 11: [{}]}, as_of=10)
    assert [row["batch"] for row in history(lake, selection)] == ["b8"]


def test_the_history_of_an_address_never_seen_is_empty(lake: Lake) -> None:
    assert history(lake, keep(lake, {8: [OTHER]})) == []


def test_in_an_empty_lake_no_address_has_a_history(lake: Lake) -> None:
    assert history(lake, keep(lake, {})) == []
