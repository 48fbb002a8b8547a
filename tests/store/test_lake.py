"""Whole commits, or nothing: the lake's files and log."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable
from tests.building import findings, observations

from tocsin.errors import WorkspaceError
from tocsin.store.lake import Lake, Part, disk_errors

BATCH = {"batch": "b1"}


def _part(lake: Lake, rows: int, partition: dict[str, str] | None = None) -> Part:
    """Commits ``rows`` observations in one part."""
    with lake.stage() as staging, lake.committing():
        writer = staging.writer("observations")
        writer.write(observations([{} for _ in range(rows)]))
        part = writer.finish(partition or BATCH)
        assert part is not None
        lake.commit([part], clear=[("observations", partition or BATCH)])
        return part


def _rows(lake: Lake, batch: str = "b1") -> int:
    return sum(pq.read_metadata(path).num_rows for path in lake.files("observations", {"batch": [batch]}))


def test_a_committed_part_is_in_the_log(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    _part(lake, 3)
    assert _rows(lake) == 3
    assert DeltaTable(tmp_path / "observations").partitions() == [BATCH]


def test_what_a_killed_process_left_is_replaced_by_the_next_commit(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    _part(lake, 3)
    _part(lake, 2)
    assert _rows(lake) == 2


def test_partitions_of_others_stay(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    _part(lake, 3)
    _part(lake, 2, {"batch": "b2"})
    assert (_rows(lake), _rows(lake, "b2")) == (3, 2)


def test_a_writer_without_rows_leaves_no_part(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    with lake.stage() as staging:
        writer = staging.writer("findings")
        writer.write(findings([]))
        assert writer.finish({"case_id": "c", "judgement": "j"}) is None
    assert lake.files("findings", {"judgement": ["j"]}) == []


def _stop_while_writing(lake: Lake) -> None:
    with lake.stage() as staging:
        staging.writer("observations").write(observations([{}]))
        raise RuntimeError("stop")


def test_staging_is_gone_at_the_end_also_after_an_error(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    with pytest.raises(RuntimeError, match="stop"):
        _stop_while_writing(lake)
    assert list((tmp_path / "staging").iterdir()) == []


def test_staging_of_a_killed_process_is_swept_and_that_of_a_living_one_is_not(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from tocsin.store.lake import Lake\n"
        "stage = Lake(Path(sys.argv[1])).stage(); stage.__enter__(); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert len(list((tmp_path / "staging").iterdir())) == 1
    lake = Lake(tmp_path)
    with lake.stage():
        assert len(list((tmp_path / "staging").iterdir())) == 1
        assert lake.sweep() == 0


def test_vacuum_leaves_current_files_and_no_old_version(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    _part(lake, 3)
    _part(lake, 2)
    assert lake.vacuum() > 0
    assert _rows(lake) == 2
    assert (
        len(list((tmp_path / "observations").rglob("*.parquet")))
        - len(list((tmp_path / "observations" / "_delta_log").glob("*.parquet")))
        == 1
    )


def test_an_instant_keeps_its_zone(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    _part(lake, 1)
    (path,) = lake.files("observations", {"batch": ["b1"]})
    assert str(pq.read_schema(path).field("seen_at").type) == "timestamp[us, tz=UTC]"


def test_a_full_disk_is_told_in_plain_words(tmp_path: Path) -> None:
    with (
        pytest.raises(WorkspaceError, match="No space left on device; nothing of this file was kept"),
        disk_errors(tmp_path),
    ):
        raise OSError(28, "No space left on device")
