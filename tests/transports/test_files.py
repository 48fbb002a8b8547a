from __future__ import annotations

import gzip
import hashlib
import io
import os
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest

from tocsin.errors import FeedError
from tocsin.transports.files import STDIN, Limits, Member, open_members

TEXT = b"timestamp,ip\n" + b"2021-03-10 00:00:00,192.0.2.1\n" * 1000


def read(path: Path, limits: Limits | None = None) -> dict[str, bytes]:
    """Name and content of every member."""
    return {member.name: b"".join(member.blocks) for member in open_members(path, limits=limits or Limits())}


def refusal(path: Path, limits: Limits | None = None) -> str:
    """What is said when ``path`` is not read."""
    with pytest.raises(FeedError) as caught:
        read(path, limits)
    return str(caught.value)


def packed(tmp_path: Path, name: str, data: bytes) -> Path:
    """A file of that name and content."""
    path = tmp_path / name
    path.write_bytes(data)
    return path


def archive(tmp_path: Path, members: dict[str, bytes]) -> Path:
    """A zip of those members."""
    path = tmp_path / "day.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, data in members.items():
            whole.writestr(name, data)
    return path


@pytest.fixture
def zstd_text(tmp_path: Path) -> bytes:
    path = tmp_path / "made.zst"
    with pa.CompressedOutputStream(str(path), "zstd") as stream:
        stream.write(TEXT)
    return path.read_bytes()


def test_a_plain_file_is_read_as_it_is(tmp_path: Path) -> None:
    assert read(packed(tmp_path, "a.csv", TEXT)) == {"a.csv": TEXT}


def test_an_empty_file_has_no_content(tmp_path: Path) -> None:
    assert read(packed(tmp_path, "a.csv", b"")) == {"a.csv": b""}


@pytest.mark.parametrize("name", ["a.csv.gz", "a.csv.GZ"])
def test_the_name_loses_the_suffix_of_the_compression(tmp_path: Path, name: str) -> None:
    assert read(packed(tmp_path, name, gzip.compress(TEXT))) == {"a.csv": TEXT}


def test_the_first_bytes_tell_the_compression_and_not_the_name(tmp_path: Path) -> None:
    assert read(packed(tmp_path, "a.csv", gzip.compress(TEXT))) == {"a.csv": TEXT}


def test_gzip_of_several_members_is_read_wholly(tmp_path: Path) -> None:
    halves = gzip.compress(TEXT[:9000]) + gzip.compress(TEXT[9000:]) + b"\0" * 700
    assert read(packed(tmp_path, "a.csv.gz", halves)) == {"a.csv": TEXT}


@pytest.mark.parametrize("cut", [1, 8, 9, 40])
def test_a_truncated_gzip_is_refused(tmp_path: Path, cut: int) -> None:
    path = packed(tmp_path, "a.csv.gz", gzip.compress(TEXT)[:-cut])
    assert "a.csv.gz: the gzip file is cut off before its end; nothing of it was kept" in refusal(path)


def test_a_truncated_second_member_is_refused(tmp_path: Path) -> None:
    assert "cut off" in refusal(packed(tmp_path, "a.gz", gzip.compress(TEXT) + gzip.compress(TEXT)[:-9]))


@pytest.mark.parametrize("rubbish", [b"rubbish", b"\0\0x", b"\x1f", b"\0\x1fx"])
def test_rubbish_after_a_gzip_is_refused(tmp_path: Path, rubbish: bytes) -> None:
    assert "something else follows its end" in refusal(packed(tmp_path, "a.gz", gzip.compress(TEXT) + rubbish))


def test_a_damaged_gzip_is_refused(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(TEXT))
    data[-6] ^= 0xFF
    assert "the gzip file is damaged" in refusal(packed(tmp_path, "a.gz", bytes(data)))


def test_zstd_of_several_frames_is_read_wholly(tmp_path: Path, zstd_text: bytes) -> None:
    assert read(packed(tmp_path, "a.csv.zst", zstd_text + zstd_text)) == {"a.csv": TEXT + TEXT}


@pytest.mark.parametrize("cut", [1, 3, 20])
def test_a_truncated_zstd_is_refused(tmp_path: Path, zstd_text: bytes, cut: int) -> None:
    assert "cut off before its end" in refusal(packed(tmp_path, "a.zst", zstd_text[:-cut]))


def test_rubbish_after_zstd_is_refused(tmp_path: Path, zstd_text: bytes) -> None:
    assert "the Zstandard file is damaged" in refusal(packed(tmp_path, "a.zst", zstd_text + b"rubbish"))


def test_each_member_of_a_zip_is_a_file_of_its_own(tmp_path: Path) -> None:
    path = archive(tmp_path, {"a.csv": TEXT, "x/b.csv": b"b", "__MACOSX/._a.csv": b"\0", "x/": b""})
    assert read(path) == {"day.zip!a.csv": TEXT, "day.zip!x/b.csv": b"b"}


def test_a_nested_archive_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, {"a.csv.gz": gzip.compress(TEXT)})
    assert "day.zip!a.csv.gz: this is an archive within an archive" in refusal(path)


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(archive(tmp_path, {"a.csv": b"a"}).read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    assert "this member is encrypted" in refusal(packed(tmp_path, "secret.zip", bytes(data)))


@pytest.mark.parametrize(("method", "name"), [(zipfile.ZIP_BZIP2, "bzip2"), (zipfile.ZIP_LZMA, "LZMA")])
def test_a_small_zip_that_would_fill_the_memory_is_refused(tmp_path: Path, method: int, name: str) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", method) as whole:
        whole.writestr("a.csv", bytes(64 << 20))
    said = refusal(path)
    assert f"bomb.zip!a.csv: this member is compressed by {name}, which tocsin does not unpack" in said
    assert "make the zip with Deflate" in said


@pytest.mark.parametrize("keep", [30, 120])
def test_a_truncated_zip_is_refused(tmp_path: Path, keep: int) -> None:
    path = archive(tmp_path, {"a.csv": TEXT})
    path.write_bytes(path.read_bytes()[:keep])
    assert "the zip file is damaged" in refusal(path)


def test_a_zip_with_a_damaged_member_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, {"a.csv": os.urandom(4000)})
    data = bytearray(path.read_bytes())
    data[2000] ^= 0xFF
    path.write_bytes(data)
    assert "the zip file is damaged" in refusal(path)


@pytest.mark.parametrize("kind", ["gz", "zst", "zip"])
def test_a_bomb_is_refused_and_the_limit_named(tmp_path: Path, kind: str) -> None:
    bomb = b"\0" * (8 << 20)
    path = tmp_path / f"bomb.{kind}"
    if kind == "gz":
        path.write_bytes(gzip.compress(bomb))
    elif kind == "zip":
        path = archive(tmp_path, {"a.csv": bomb})
    else:
        with pa.CompressedOutputStream(str(path), "zstd") as stream:
            stream.write(bomb)
    said = refusal(path, Limits(ratio=100, free_bytes=1 << 20))
    assert "unfolds to more than 100 times its size (limit ratio)" in said
    assert "--max-ratio" in said
    said = refusal(path, Limits(total_bytes=5 << 20))
    assert "unfolds to more than 5,242,880 bytes (limit total_bytes)" in said
    assert "--max-gib" in said
    assert sum(map(len, read(path).values())) == len(bomb)


def test_the_limit_counts_all_members_of_a_zip(tmp_path: Path) -> None:
    path = archive(tmp_path, {"a.csv": TEXT, "b.csv": TEXT})
    assert "limit total_bytes" in refusal(path, Limits(total_bytes=len(TEXT) + 1))


@pytest.mark.parametrize(("data", "kind"), [(b"\xfd7zXZ\x00\0\0", "xz"), (b"BZh91AY", "bzip2"), (b"Rar!..", "RAR")])
def test_other_archives_are_named(tmp_path: Path, data: bytes, kind: str) -> None:
    assert f"this is a {kind} archive" in refusal(packed(tmp_path, "a", data))


def test_a_folder_a_pipe_and_nothing_are_told_apart(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "this is a folder" in refusal(tmp_path)
    assert "this is a pipe or a device" in refusal(tmp_path / "pipe")
    assert "there is no such file" in refusal(tmp_path / "nothing.csv")
    assert "this is a pipe or a device" in refusal(Path("/dev/null"))


def test_a_file_that_the_system_will_not_read_is_told() -> None:
    assert "mem: the file cannot be read: Input/output error" in refusal(Path("/proc/self/mem"))


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(TEXT))))
    assert read(STDIN) == {"stdin": TEXT}
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"PK\x03\x04")))
    assert "a zip cannot be read from a pipe" in refusal(STDIN)


def test_the_digest_is_of_the_content_whatever_the_compression(tmp_path: Path, zstd_text: bytes) -> None:
    paths = [
        packed(tmp_path, "a.csv", TEXT),
        packed(tmp_path, "a.csv.gz", gzip.compress(TEXT)),
        packed(tmp_path, "a.csv.zst", zstd_text),
        archive(tmp_path, {"a.csv": TEXT}),
    ]
    assert {_digest(path) for path in paths} == {hashlib.sha256(TEXT).hexdigest()}


def test_the_digest_waits_for_the_end_and_progress_does_not(tmp_path: Path) -> None:
    for member in open_members(packed(tmp_path, "a.csv.gz", gzip.compress(TEXT)), limits=Limits()):
        with pytest.raises(ValueError, match="not been read to its end"):
            member.sha256()
        assert b"".join(member.blocks) == TEXT
        assert member.position() == member.size
        assert member.bytes_read == len(TEXT)


def _digest(path: Path) -> str:
    for member in open_members(path, limits=Limits()):
        _exhaust(member)
        return member.sha256()
    raise AssertionError


def _exhaust(member: Member) -> None:
    for _ in member.blocks:
        pass
