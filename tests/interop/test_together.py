"""Several processes in one workspace at once."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.interop.conftest import census, command, findings, tocsin, write_feed

ROWS = 20_000


def test_two_ingests_at_once_both_arrive(workspace: Path, tmp_path: Path) -> None:
    feeds = []
    for number, day in enumerate(("2021-03-11", "2021-03-12")):
        folder = tmp_path / day
        folder.mkdir()
        feeds.append(write_feed(folder, ROWS, day, first=number * ROWS))
    running = [subprocess.Popen(command("ingest", feed, "--workspace", workspace)) for feed in feeds]
    assert [process.wait(300) for process in running] == [0, 0]
    assert len(findings(workspace, "--as-of", "2021-03-12")) - 1 == 2 * ROWS


def test_the_same_file_twice_at_once_counts_once(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "feed").mkdir()
    feed = write_feed(tmp_path / "feed", ROWS, "2021-03-11")
    running = [subprocess.Popen(command("ingest", feed, "--workspace", workspace)) for _ in range(2)]
    assert [process.wait(300) for process in running] == [0, 0]
    assert len(findings(workspace, "--as-of", "2021-03-11")) - 1 == ROWS
    alone = tocsin("ingest", feed, "--workspace", workspace)
    assert "nothing changed" in alone.stdout


def test_a_census_during_an_ingest_sees_all_of_a_file_or_nothing(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "feed").mkdir()
    feed = write_feed(tmp_path / "feed", ROWS, "2021-03-11")
    seen = [census(workspace, "--as-of", "2021-03-11")]
    with subprocess.Popen(command("ingest", feed, "--workspace", workspace)) as process:
        while process.poll() is None:
            seen.append(census(workspace, "--as-of", "2021-03-11"))
    after = census(workspace, "--as-of", "2021-03-11")
    assert process.returncode == 0
    assert all(one in (seen[0], after) for one in seen)
    assert after != seen[0]
