"""The panels under kill -9, a full disk, and several who ask at once: the answer is the same, or there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.interop.conftest import CASE, command, program, tocsin, write_feed

ROWS = 20_000
DAYS = ("2021-03-10", "2021-03-11", "2021-03-12", "2021-03-13")
ROUNDS = 8


@pytest.fixture(scope="module")
def fed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with four reports, of which no panel was made yet."""
    folder = tmp_path_factory.mktemp("fed")
    root = folder / "workspace"
    tocsin("init", root)
    for number, day in enumerate(DAYS):
        tocsin("ingest", write_feed(folder, ROWS, day, first=number * 100), "--workspace", root)
    return root


@pytest.fixture(scope="module")
def right(fed: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What an undisturbed question is answered."""
    root = tmp_path_factory.mktemp("right") / "workspace"
    shutil.copytree(fed, root)
    return _asked(root)


def test_kill_9_while_a_panel_is_folded_changes_no_answer(fed: Path, right: str, tmp_path: Path) -> None:
    begun = time.monotonic()
    shutil.copytree(fed, tmp_path / "whole")
    _asked(tmp_path / "whole")
    lasts = time.monotonic() - begun
    unbroken = 0
    for number in range(ROUNDS):
        root = tmp_path / f"round{number}"
        shutil.copytree(fed, root)
        unbroken += _killed_after(lasts * (0.2 + 0.8 * number / ROUNDS), _question(root))
        assert _asked(root) == right
        assert _asked(root) == right, "from what was kept"
        folders = [path for path in (root / "lake" / "panels" / CASE).iterdir() if path.is_dir()]
        assert len(folders) == 1, "what the killed one left is gone"
        shutil.rmtree(root)
    assert unbroken < ROUNDS, "no round was killed in time"


def test_several_who_ask_at_once_are_all_answered_alike(fed: Path, right: str, tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(fed, root)
    asking = [subprocess.Popen(_question(root), stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate(timeout=120)[0] for process in asking] == [right] * 3
    assert [process.returncode for process in asking] == [0] * 3


def test_one_asks_while_another_takes_in_a_report(fed: Path, tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(fed, root)
    feed = write_feed(tmp_path, ROWS, "2021-03-14")
    with subprocess.Popen(command("ingest", feed, "--workspace", root), stderr=subprocess.DEVNULL) as process:
        for _ in range(3):
            _asked(root)
        assert process.wait(120) == 0
    fresh = tmp_path / "fresh"
    shutil.copytree(root, fresh)
    shutil.rmtree(fresh / "lake" / "panels")
    assert _asked(root, "--to", "2021-03-14") == _asked(fresh, "--to", "2021-03-14")


if os.geteuid() == 0:  # only who may mount a small disk can fill one

    def test_on_a_full_disk_the_question_is_answered_all_the_same(fed: Path, right: str, small_disk: Path) -> None:
        root = small_disk / "workspace"
        shutil.copytree(fed, root)
        (small_disk / "filler").write_bytes(b"\0" * (shutil.disk_usage(small_disk).free - 60_000))
        assert _asked(root) == right
        (small_disk / "filler").unlink()
        assert _asked(root) == right


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


def _question(root: Path, *words: str) -> list[str]:
    return command("remediation", CASE, "--json", *words, "--workspace", root)


def _asked(root: Path, *words: str) -> str:
    return tocsin("remediation", CASE, "--json", *words, "--workspace", root).stdout


def _killed_after(seconds: float, words: list[str]) -> bool:
    """Whether the process had ended by itself."""
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.returncode == 0
