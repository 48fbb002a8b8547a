"""From the lake's files to one row a service."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from tests.building import findings
from tests.store.test_batches import batch, judgement

from tocsin.store.findings import FindingsWriter
from tocsin.store.lake import Lake
from tocsin.store.selection import Judged, Selection
from tocsin.store.services import fold_services


def _selection(lake: Lake, days: dict[int, list[dict[str, object]]], *, window_days: int = 7) -> Selection:
    judged = []
    for day, rows in days.items():
        dated = [{"seen_at": datetime(2021, 3, day, 12, tzinfo=UTC)} | row for row in rows]
        with lake.stage() as staging, lake.committing():
            writer = FindingsWriter(staging)
            writer.write(findings(dated))
            lake.commit(writer.finish("case", f"j{day}"))
        judged.append(
            Judged(
                batch=batch(f"b{day}", day=f"2021-03-{day:02d}"),
                judgement=judgement(f"j{day}", f"b{day}"),
                is_current=True,
            )
        )
    return Selection(
        case_id="case",
        as_of=date(2021, 3, 10),
        window_days=window_days,
        known_at=None,
        window=tuple(each for each, day in zip(judged, days, strict=True) if 10 - window_days < day <= 10),
        history=tuple(judged),
    )


def test_the_days_of_a_service_are_folded_into_one_row(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    selection = _selection(lake, {8: [{}, {"port": 444}], 9: [{"status": "fixed"}]})
    rows = {row["port"]: row for row in fold_services(lake, selection, {}).to_pylist()}
    assert {port: row["status"] for port, row in rows.items()} == {443: "fixed", 444: "affected"}
    assert rows[443]["compromise"] == "none_known"


def test_a_web_shell_seen_before_the_window_still_counts(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    selection = _selection(lake, {1: [{"compromise": "confirmed"}], 9: [{"status": "fixed"}]})
    (row,) = fold_services(lake, selection, {}).to_pylist()
    assert (row["status"], row["compromise"]) == ("fixed", "confirmed")
    assert row["compromise_seen"] == datetime(2021, 3, 1, 12, tzinfo=UTC)


def test_in_full_it_leads_back_to_both_observations_and_knows_the_first(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    selection = _selection(
        lake,
        {1: [{}], 8: [{"line": 70, "constituent": "a", "certainty": "proven"}], 9: [{"line": 90, "status": "fixed"}]},
    )
    (row,) = fold_services(lake, selection, {}, in_full=True).to_pylist()
    assert (row["judgement"], row["line"]) == ("j9", 90)
    assert (row["owned_judgement"], row["owned_line"]) == ("j8", 70)
    assert row["first_seen"] == datetime(2021, 3, 1, 12, tzinfo=UTC)


def test_findings_outside_the_window_in_a_batch_that_reaches_into_it_are_left_out(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    early = datetime(2021, 3, 2, tzinfo=UTC)
    selection = _selection(lake, {9: [{}, {"port": 444, "seen_at": early}]})
    assert [row["port"] for row in fold_services(lake, selection, {}).to_pylist()] == [443]


def test_nothing_in_the_window_gives_no_rows(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    selection = _selection(lake, {1: [{}]})
    assert fold_services(lake, selection, {}).num_rows == 0
    assert fold_services(lake, selection, {}, in_full=True).num_rows == 0
