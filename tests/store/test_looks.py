"""What a judged batch showed, as looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from tests.building import findings, observations
from tests.store.test_batches import batch, judgement

from tocsin.errors import WorkspaceError
from tocsin.remediation.marks import Mark
from tocsin.remediation.panel import Panel
from tocsin.store.batches import Batch, Judgement
from tocsin.store.findings import FindingsWriter
from tocsin.store.lake import Lake
from tocsin.store.looks import read_looks

POPULATION = {"coverage": "population", "scope": "uk (countries GB)", "source": "own scan"}
Row = dict[str, object]


def _seen(day: int, hour: int = 12) -> Row:
    return {"seen_at": datetime(2021, 3, day, hour, tzinfo=UTC)}


def _keep(
    lake: Lake, name: str, rows: Sequence[Row], seen: Sequence[Row], **changes: object
) -> tuple[Batch, Judgement]:
    """A batch with these findings and these observations, lines counted from 2."""
    with lake.stage() as staging, lake.committing():
        kept = staging.writer("observations")
        kept.write(observations(seen))
        found = FindingsWriter(staging)
        found.write(findings(rows))
        part = kept.finish({"batch": name})
        lake.commit([*([part] if part else []), *found.finish("case", f"j{name}")])
    return batch(name, **changes), replace(judgement(f"j{name}", name), findings=len(rows))


def _looks(tmp_path: Path, rows: Sequence[Row], seen: Sequence[Row] = (), **changes: object) -> list[Panel]:
    lake = Lake(tmp_path)
    return list(read_looks(lake, [_keep(lake, "b1", rows, seen, **changes)], {}))


def test_a_complete_scan_is_one_look_on_its_day_whatever_the_hour(tmp_path: Path) -> None:
    (found,) = _looks(tmp_path, [_seen(9, 23), _seen(10, 1) | {"port": 444}], **POPULATION)
    (look,) = found.looks
    assert (look.day.isoformat(), look.coverage, look.scope) == ("2021-03-10", "population", "uk (countries GB)")
    assert (look.source, look.judgement) == ("own scan", "jb1")
    assert found.rows.num_rows == 2


def test_a_list_of_positives_is_a_look_for_each_day_of_its_rows(tmp_path: Path) -> None:
    rows = [_seen(8), _seen(9, 23), _seen(9, 1) | {"port": 444}]
    assert [(panel.looks[0].day.day, panel.rows.num_rows) for panel in _looks(tmp_path, rows)] == [(8, 1), (9, 2)]


@pytest.mark.parametrize("changes", [{}, POPULATION])
def test_a_report_that_showed_nothing_is_a_look(tmp_path: Path, changes: Row) -> None:
    (found,) = _looks(tmp_path, [], **changes)
    assert (found.looks[0].day.isoformat(), found.rows.num_rows) == ("2021-03-10", 0)


def test_findings_that_are_gone_are_no_look_that_showed_nothing(tmp_path: Path) -> None:
    taken, judged = _keep(Lake(tmp_path), "b1", [], [])
    with pytest.raises(WorkspaceError, match="are gone"):
        list(read_looks(Lake(tmp_path), [(taken, replace(judged, findings=7))], {}))


def test_a_failed_active_check_is_read(tmp_path: Path) -> None:
    (found,) = _looks(tmp_path, [_seen(10) | {"mitigated": True}])
    assert found.marks.tolist() == [[Mark.MITIGATED]]


def _names(tmp_path: Path, seen: Sequence[Row]) -> dict[object, object]:
    rows = [_seen(10) | {"port": 440 + n} for n in range(len(seen))]
    (found,) = _looks(tmp_path, rows, seen, **POPULATION)
    return dict(zip(found.rows.column("port").to_pylist(), found.rows.column("name").to_pylist(), strict=True))


def test_only_a_certificate_or_forward_dns_confirms_a_name(tmp_path: Path) -> None:
    words = ("certificate", "forward", "ptr", None)
    seen = [{"hostname": f"n{n}.example", "hostname_from": word} for n, word in enumerate(words)]
    assert _names(tmp_path, seen) == {440: "n0.example", 441: "n1.example", 442: None, 443: None}


def test_where_no_name_was_confirmed_there_is_none(tmp_path: Path) -> None:
    assert _names(tmp_path, [{"hostname": "a.example", "hostname_from": "ptr"}]) == {440: None}


def test_a_name_goes_with_its_line_though_lines_before_it_are_no_findings(tmp_path: Path) -> None:
    seen = [{"hostname": f"n{n}.example", "hostname_from": "certificate"} for n in range(5)]
    (found,) = _looks(tmp_path, [_seen(10) | {"line": 5}], seen, **POPULATION)
    assert found.rows.column("name").to_pylist() == ["n3.example"]


def test_names_are_of_their_own_batch(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    named = [{"hostname": "a.example", "hostname_from": "certificate"}]
    judged = [
        _keep(lake, "b1", [_seen(10)], named, **POPULATION),
        _keep(lake, "b2", [_seen(11)], [{}], day="2021-03-11", **POPULATION),
    ]
    found = list(read_looks(lake, judged, {}))
    assert [panel.rows.column("name").to_pylist() for panel in found] == [["a.example"], [None]]


def test_without_batches_there_are_no_looks(tmp_path: Path) -> None:
    assert list(read_looks(Lake(tmp_path), [], {})) == []


def test_the_marks_are_small_numbers(tmp_path: Path) -> None:
    (found,) = _looks(tmp_path, [_seen(10)])
    assert pa.array(found.marks[0]).type == pa.uint8()
