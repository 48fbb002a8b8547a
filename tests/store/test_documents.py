"""Documents as they are kept: once, whole, with every way by which they came and every word said of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tocsin.errors import WorkspaceError
from tocsin.record import Document, Genre, Origin
from tocsin.record.facts import Facts
from tocsin.record.opening import open_document
from tocsin.store.documents import (
    Source,
    all_documents,
    facts_hash,
    find_document,
    load_document,
    note_facts,
    same_text,
    save_document,
)
from tocsin.store.schema import documents

CONTENT = "The Ministry said so, “twice”.\r\nAnd again.\x00".encode()
DOCUMENT = open_document(CONTENT, source="a.txt").document


def _at(hour: int) -> datetime:
    return datetime(2021, 7, 22, hour, tzinfo=UTC)


def _save(desk: Engine, folder: Path, *, name: str = "a.txt", hour: int = 8, content: bytes = CONTENT) -> bool:
    document = open_document(content, source=name).document
    return save_document(desk, folder, document, content, source=Source(name=name), author="A. Officer", now=_at(hour))


def test_what_was_saved_is_loaded_again_with_its_bytes(desk: Engine, tmp_path: Path) -> None:
    assert _save(desk, tmp_path / "documents")
    assert load_document(desk, tmp_path / "documents", DOCUMENT.sha256) == DOCUMENT
    assert (tmp_path / "documents" / DOCUMENT.sha256).read_bytes() == CONTENT
    kept = find_document(desk, DOCUMENT.sha256)
    assert kept is not None
    assert (kept.size, kept.characters, kept.words) == (len(CONTENT), len(DOCUMENT.text), 7)


def test_a_document_added_twice_is_kept_once_with_both_sources(desk: Engine, tmp_path: Path) -> None:
    assert _save(desk, tmp_path)
    assert not _save(desk, tmp_path, name="b.txt", hour=9)
    assert not _save(desk, tmp_path, name="b.txt", hour=10)
    (kept,) = all_documents(desk)
    assert kept.added_at.startswith("2021-07-22T08")
    assert [(each.source, each.added_at[11:13]) for each in kept.arrivals] == [("a.txt", "08"), ("b.txt", "09")]
    assert kept.document.source == "a.txt"


def test_a_fetched_document_keeps_both_addresses_and_the_header(desk: Engine, tmp_path: Path) -> None:
    source = Source(
        name="http://a.example", address="http://b.example/\x1b", content_type="text/html", fetched_at=_at(7)
    )
    save_document(desk, tmp_path, DOCUMENT, CONTENT, source=source, author="A. Officer", now=_at(8))
    (arrival,) = all_documents(desk)[0].arrivals
    assert (arrival.source, arrival.address, arrival.content_type) == (source.name, source.address, "text/html")
    assert arrival.fetched_at is not None
    assert arrival.fetched_at.startswith("2021-07-22T07")


def test_the_same_text_in_other_bytes_is_found(desk: Engine, tmp_path: Path) -> None:
    _save(desk, tmp_path, content=b"The same.")
    _save(desk, tmp_path, content=b"\xef\xbb\xbfThe same.", hour=9)
    first, second = all_documents(desk)
    assert same_text(desk, tmp_path, second) == [(1, first.document.sha256)]


def test_a_persons_word_holds_the_newest_first_and_is_marked(desk: Engine, tmp_path: Path) -> None:
    _save(desk, tmp_path)
    note_facts(desk, DOCUMENT.sha256, Facts(genre=Genre.NEWS, title="One"), author="A. Officer", now=_at(9))
    note_facts(desk, DOCUMENT.sha256, Facts(title="Two", published=date(2021, 7, 1)), author="B. Officer", now=_at(10))
    note_facts(desk, DOCUMENT.sha256, Facts(), author="B. Officer", now=_at(11))
    document = load_document(desk, tmp_path, DOCUMENT.sha256)
    assert document is not None
    assert (document.genre, document.title, document.published) == (Genre.NEWS, "Two", date(2021, 7, 1))
    assert dict(document.origins) == dict.fromkeys(("genre", "published", "title"), Origin.PERSON)


def test_what_a_reading_rests_on_changes_with_what_is_said_not_with_the_text_loaded(
    desk: Engine, tmp_path: Path
) -> None:
    _save(desk, tmp_path)
    before, loaded = all_documents(desk)[0].document, load_document(desk, tmp_path, DOCUMENT.sha256)
    assert loaded is not None
    assert facts_hash(before) == facts_hash(loaded)
    note_facts(desk, DOCUMENT.sha256, Facts(published=date(2021, 7, 1)), author="A. Officer", now=_at(9))
    assert facts_hash(all_documents(desk)[0].document) != facts_hash(before)


def test_documents_are_listed_as_they_were_added(desk: Engine, tmp_path: Path) -> None:
    for hour, content in ((9, b"third"), (7, b"first"), (8, b"second")):
        _save(desk, tmp_path, content=content, hour=hour, name=content.decode())
    assert [kept.document.source for kept in all_documents(desk)] == ["first", "second", "third"]
    assert load_document(desk, tmp_path, "ab" * 32) is None


def test_a_name_of_odd_signs_is_kept_as_it_is(desk: Engine, tmp_path: Path) -> None:
    name = "'; drop table documents; -- \x00\udcff\u202e.txt"
    _save(desk, tmp_path, name=name)
    assert all_documents(desk)[0].arrivals[0].source == name


def test_two_at_once_make_one_document(desk: Engine, tmp_path: Path) -> None:
    new: list[bool] = []
    threads = [Thread(target=lambda: new.append(_save(desk, tmp_path / "documents"))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(new) == [False] * 5 + [True]
    (kept,) = all_documents(desk)
    assert len(kept.arrivals) == 1
    assert sorted(path.name for path in (tmp_path / "documents").iterdir()) == [
        DOCUMENT.sha256,
        f"{DOCUMENT.sha256}.txt",
    ]


def test_what_a_killed_process_left_is_written_over(desk: Engine, tmp_path: Path) -> None:
    (tmp_path / DOCUMENT.sha256).write_bytes(b"half")
    (tmp_path / f"{DOCUMENT.sha256}.txt").write_bytes(b"ha")
    assert _save(desk, tmp_path)
    assert load_document(desk, tmp_path, DOCUMENT.sha256) == DOCUMENT


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_text_that_was_changed_or_lost_is_told(desk: Engine, tmp_path: Path, damage: str) -> None:
    _save(desk, tmp_path)
    path = tmp_path / f"{DOCUMENT.sha256}.txt"
    path.unlink() if damage == "gone" else path.write_bytes(b"another text")
    with pytest.raises(WorkspaceError, match=r"cannot be read|was changed"):
        load_document(desk, tmp_path, DOCUMENT.sha256)


def test_a_folder_that_cannot_be_made_leaves_no_row(desk: Engine, tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("a file is in the way", "utf-8")
    with pytest.raises(WorkspaceError):
        _save(desk, tmp_path / "documents")
    with desk.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(documents)) == 0


def test_the_files_are_for_their_owner_alone(desk: Engine, tmp_path: Path) -> None:
    _save(desk, tmp_path / "documents")
    folder = tmp_path / "documents"
    assert folder.stat().st_mode & 0o077 == 0
    assert [path.stat().st_mode & 0o077 for path in folder.iterdir()] == [0, 0]


def test_the_text_is_not_in_the_desk_twice(desk: Engine, tmp_path: Path) -> None:
    _save(desk, tmp_path)
    assert isinstance(all_documents(desk)[0].document, Document)
    assert all_documents(desk)[0].document.text == ""
