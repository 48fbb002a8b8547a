"""Location tables are imported, plain and compressed; real ones as well."""

from __future__ import annotations

import gzip
import lzma
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from tests.constituency.building import halves

from tocsin.errors import AskError, FeedError
from tocsin.store.desk import open_desk
from tocsin.store.ranges import load_tables
from tocsin.store.workspace import Workspace
from tocsin.tasks import tables as module
from tocsin.tasks.tables import TableImport, import_table, show_tables
from tocsin.tasks.workspace import init

NOW = datetime(2021, 4, 1, 9, tzinfo=UTC)
TEXT = b"prefix,cc\n203.0.113.0/24,GB\n2001:db8::/32,FR\nnonsense\n"


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    return init(tmp_path / "empty", label="TLP:AMBER")


def take(workspace: Workspace, data: bytes, name: str = "example-2021-03-01.csv", kind: str = "country") -> TableImport:
    path = workspace.root.parent / name
    path.write_bytes(data)
    return import_table(workspace, kind, path, source=None, as_of=None, now=NOW)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
def test_plain_and_compressed(empty: Workspace, pack) -> None:  # type: ignore[no-untyped-def]
    done = take(empty, pack(TEXT))
    assert done.found.rows == 3
    assert [(entry.family, entry.as_of, entry.source, entry.ranges) for entry in done.entries] == [
        (4, "2021-03-01", "example", 1),
        (6, "2021-03-01", "example", 1),
    ]
    assert done.guessed == ("date 2021-03-01", "source example")
    assert done.found.rejected[0].pointer.line == 4


def test_the_same_content_is_there_already_however_packed(empty: Workspace) -> None:
    take(empty, TEXT)
    again = take(empty, gzip.compress(TEXT, mtime=0))
    assert len(again.known) == 2
    assert len(show_tables(empty)) == 2
    assert [table["new"] for table in again.as_json()["tables"]] == [False, False]  # type: ignore[attr-defined,index]


@pytest.mark.parametrize(
    ("data", "name", "kind", "error", "reason"),
    [
        (TEXT, "example.csv", "country", AskError, "holds no date"),
        (TEXT, "example-2021-02-31.csv", "country", AskError, "is no date"),
        (TEXT, "example-2021-03-01.csv", "contry", AskError, "did you mean country"),
        (TEXT, "example-2021-03-01.csv", "asn", FeedError, "no row of 3 is a range"),
        (b"", "example-2021-03-01.csv", "country", FeedError, "no row of 0"),
        (gzip.compress(TEXT, mtime=0)[:-9], "example-2021-03-01.csv.gz", "country", FeedError, "damaged or cut off"),
        (lzma.compress(TEXT)[:-9], "example-2021-03-01.csv.xz", "country", FeedError, "damaged or cut off"),
    ],
)
def test_what_cannot_be_taken(
    empty: Workspace, data: bytes, name: str, kind: str, error: type[Exception], reason: str
) -> None:
    with pytest.raises(error, match=reason):
        take(empty, data, name, kind)
    assert show_tables(empty) == ()


def test_a_bomb_is_refused(empty: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIMIT_BYTES", 1000)
    with pytest.raises(FeedError, match="more than 1,000 bytes"):
        take(empty, gzip.compress(TEXT * 100, mtime=0))


def test_a_file_that_is_not_there(empty: Workspace) -> None:
    with pytest.raises(FeedError, match="cannot be read"):
        import_table(empty, "asn", Path("nowhere.csv"), source="x", as_of=date(2021, 1, 1), now=NOW)


@pytest.mark.parametrize(
    ("kind", "file", "rows", "overlapping", "asked", "expected"),
    [
        ("asn", "ip-location-db/asn-ipv4.csv.xz", 411_961, [2], "8.8.8.8", 15169),
        ("country", "ipverse-rir-delegated/delegated-2022-01-15.csv.xz", 210_039, [0, 0], "193.0.0.1", "NL"),
    ],
)
def test_real_tables(
    empty: Workspace,
    shared_data: Path,
    kind: str,
    file: str,
    rows: int,
    overlapping: list[int],
    asked: str,
    expected: object,
) -> None:
    done = import_table(empty, kind, shared_data / file, source="real", as_of=date(2022, 1, 15), now=NOW)
    assert (done.found.rows, done.found.rejected) == (rows, ())
    assert [table.overlapping for table in done.found.tables] == overlapping
    desk = open_desk(empty.desk_url)
    hi, lo = (np.array([half]) for half in halves(asked))
    tables = load_tables(empty.lake, desk)
    desk.dispose()
    assert (tables.asn if kind == "asn" else tables.country)(hi, lo).to_pylist() == [expected]
