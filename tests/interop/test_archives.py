"""Files made by the real gzip, zstd and zip are taken in as the plain file is."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.interop.conftest import census, findings, program, tocsin, write_feed

DAY = "2021-03-11"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    (tmp_path / "feed").mkdir()
    return write_feed(tmp_path / "feed", 2_000, DAY)


@pytest.mark.parametrize(
    ("words", "suffix"),
    [
        (["gzip", "-9", "--keep"], ".gz"),
        (["zstd", "-q", "-19", "--keep"], ".zst"),
        (["zip", "-q", "-j", "feed.zip"], ".zip"),
    ],
    ids=["gzip", "zstd", "zip"],
)
def test_a_packed_file_is_the_same_batch_as_the_plain_one(
    workspace: Path, plain: Path, words: list[str], suffix: str
) -> None:
    subprocess.run([program(words[0]), *words[1:], plain.name], cwd=plain.parent, check=True)
    packed = next(plain.parent.glob(f"*{suffix}"))
    tocsin("ingest", packed, "--workspace", workspace)
    taken = census(workspace, "--as-of", DAY)
    again = tocsin("ingest", plain, "--workspace", workspace)
    assert "nothing changed" in again.stdout
    assert census(workspace, "--as-of", DAY) == taken


def test_gzip_members_and_zstd_frames_written_one_after_the_other_are_one_file(workspace: Path, plain: Path) -> None:
    head, tail = plain.read_bytes()[:100_000], plain.read_bytes()[100_000:]
    for name, suffix in (("gzip", ".gz"), ("zstd", ".zst")):
        pieces = [
            subprocess.run([program(name), "-c"], input=part, capture_output=True).stdout for part in (head, tail)
        ]
        packed = plain.with_name(plain.name + suffix)
        packed.write_bytes(b"".join(pieces))
        tocsin("ingest", packed, "--workspace", workspace)
    assert len(findings(workspace, "--as-of", DAY)) - 1 == 2_000


def test_each_member_of_a_zip_is_a_file_of_its_own(workspace: Path, plain: Path) -> None:
    other = write_feed(plain.parent, 300, "2021-03-12", first=5_000)
    subprocess.run([program("zip"), "-q", "-j", "both.zip", plain.name, other.name], cwd=plain.parent, check=True)
    tocsin("ingest", plain.parent / "both.zip", "--workspace", workspace)
    assert len(findings(workspace, "--as-of", "2021-03-12")) - 1 == 2_300


def test_a_gzip_that_was_cut_off_is_refused_and_changes_nothing(workspace: Path, plain: Path) -> None:
    before = census(workspace)
    packed = subprocess.run([program("gzip"), "-c", str(plain)], capture_output=True, check=True).stdout
    cut = plain.with_name(plain.name + ".gz")
    cut.write_bytes(packed[: len(packed) // 2])
    refused = tocsin("ingest", cut, "--workspace", workspace, expect=1)
    assert "→" in refused.stderr
    assert census(workspace) == before
