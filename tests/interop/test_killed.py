"""A process that is killed, a disk that is full: the lake is as before the file or after it, never between."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.interop.conftest import census, command, findings, program, tocsin, write_feed

ROWS = 30_000
ROUNDS = 10
DAY = "2021-03-11"


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    (tmp_path / "feed").mkdir()
    return write_feed(tmp_path / "feed", ROWS, DAY)


def test_kill_9_at_many_moments_leaves_the_lake_as_before_or_after(workspace: Path, feed: Path, tmp_path: Path) -> None:
    whole = _copy(workspace, tmp_path / "whole")
    begun = time.monotonic()
    tocsin("ingest", feed, "--workspace", whole)
    lasts = time.monotonic() - begun
    before, after = census(workspace, "--as-of", DAY), census(whole, "--as-of", DAY)
    assert before != after
    unbroken = 0
    for number in range(ROUNDS):
        root = _copy(workspace, tmp_path / f"round{number}")
        ended = _killed_after(lasts * (0.3 + 0.75 * number / ROUNDS), command("ingest", feed, "--workspace", root))
        unbroken += ended
        assert census(root, "--as-of", DAY) in (before, after)
        assert _integrity(root) == "ok"
        tocsin("ingest", feed, "--workspace", root)
        assert census(root, "--as-of", DAY) == after
        assert len(findings(root, "--as-of", DAY)) - 1 == ROWS
        shutil.rmtree(root)
    assert unbroken < ROUNDS, "no round was killed in time"


def test_kill_9_again_and_again_on_one_workspace_then_the_next_run_goes_on(workspace: Path, feed: Path) -> None:
    for number in range(6):
        _killed_after(0.8 + 0.25 * number, command("ingest", feed, "--workspace", workspace))
    tocsin("ingest", feed, "--workspace", workspace)
    assert len(findings(workspace, "--as-of", DAY)) - 1 == ROWS
    leftovers = [path for path in (workspace / "lake" / "staging").glob("*") if any(path.glob("*.parquet"))]
    assert leftovers == []


def test_ctrl_c_leaves_nothing_half_done(workspace: Path, feed: Path) -> None:
    before = census(workspace, "--as-of", DAY)
    with subprocess.Popen(command("ingest", feed, "--workspace", workspace), stderr=subprocess.PIPE) as process:
        time.sleep(1.0)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode in (0, 130, -signal.SIGINT)
    if census(workspace, "--as-of", DAY) != before:  # it came after the commit: then all of it is there
        assert len(findings(workspace, "--as-of", DAY)) - 1 == ROWS
    tocsin("ingest", feed, "--workspace", workspace)
    assert len(findings(workspace, "--as-of", DAY)) - 1 == ROWS


def test_a_file_size_limit_during_an_ingest_leaves_the_lake_as_it_was(workspace: Path, feed: Path) -> None:
    before = census(workspace, "--as-of", DAY)
    refused = tocsin("ingest", feed, "--workspace", workspace, expect=1, before=_small_files)
    assert "→" in refused.stderr
    assert census(workspace, "--as-of", DAY) == before
    tocsin("ingest", feed, "--workspace", workspace)
    assert len(findings(workspace, "--as-of", DAY)) - 1 == ROWS


if os.geteuid() == 0:  # who may not mount a small disk has the limit above, which fails in the same calls

    def test_a_full_disk_during_an_ingest_leaves_the_lake_as_it_was(
        workspace: Path, feed: Path, small_disk: Path
    ) -> None:
        root = _copy(workspace, small_disk / "workspace")
        before = census(root, "--as-of", DAY)
        filler = small_disk / "filler"
        filler.write_bytes(b"\0" * (shutil.disk_usage(small_disk).free - 150_000))
        refused = tocsin("ingest", feed, "--workspace", root, expect=1)
        assert "→" in refused.stderr
        assert census(root, "--as-of", DAY) == before
        filler.unlink()
        tocsin("ingest", feed, "--workspace", root)
        assert len(findings(root, "--as-of", DAY)) - 1 == ROWS


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = [program("mount"), "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True)
    assert done.returncode == 0, f"a small disk cannot be mounted: {done.stderr}"
    yield folder
    subprocess.run([program("umount"), "--lazy", str(folder)], check=True)


def _copy(workspace: Path, to: Path) -> Path:
    shutil.copytree(workspace, to)
    return to


def _killed_after(seconds: float, words: list[str]) -> bool:
    """Whether the process had ended by itself."""
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.returncode == 0


def _integrity(root: Path) -> str:
    check = [program("sqlite3"), str(root / "desk.sqlite"), "pragma integrity_check"]
    return subprocess.run(check, capture_output=True, text=True).stdout.strip()


def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
    os.umask(0o077)
