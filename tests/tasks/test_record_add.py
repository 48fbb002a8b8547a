"""Taking documents into the record, from files and from a real server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import unicodedata
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from tests.record.opening_files import PROSE, docx, docx_paragraph, html_page, pdf
from tests.transports.test_web import answer, serving

from tocsin.errors import AskError, DocumentError
from tocsin.record import Genre, Origin
from tocsin.record.facts import Facts
from tocsin.store.workspace import Workspace
from tocsin.tasks.record_add import Added, Wishes, add_document
from tocsin.tasks.record_list import list_documents
from tocsin.tasks.workspace import init

TWO_LINES = f"{PROSE}\n\nThe caf\u00e9 was closed.\n"
NOW = datetime(2021, 7, 22, 8, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return init(tmp_path / "workspace", label="TLP:AMBER")


def _add(
    place: Workspace, what: Path | str, facts: Facts | None = None, *, now: datetime = NOW, author: str = "A. Officer"
) -> Added:
    wishes = Wishes(author=author, facts=facts or Facts(), allow_private=True)
    return add_document(place, str(what), wishes=wishes, clock=lambda: now)


def _file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", PROSE.encode()),
        ("a.html", html_page()),
        ("a.pdf", pdf([(700, 10, PROSE)])),
        ("a.docx", docx(docx_paragraph(PROSE))),
    ],
)
def test_each_kind_of_file_is_taken_in_with_its_text(
    place: Workspace, tmp_path: Path, name: str, content: bytes
) -> None:
    added = _add(place, _file(tmp_path, name, content))
    assert added.is_new
    assert added.kept.words == len(PROSE.split())
    assert (place.documents / added.kept.document.sha256).read_bytes() == content


def test_the_same_file_again_changes_nothing_and_says_since_when(place: Workspace, tmp_path: Path) -> None:
    path = _file(tmp_path, "a.txt", PROSE.encode())
    _add(place, path)
    again = _add(place, path, now=NOW + timedelta(days=1))
    assert (again.is_new, again.kept.added_at[:10], len(again.kept.arrivals)) == (False, "2021-07-22", 1)


def test_the_same_bytes_from_elsewhere_keep_both_sources(place: Workspace, tmp_path: Path) -> None:
    _add(place, _file(tmp_path, "a.html", html_page()))
    with serving(answer(html_page(), Content_Type="text/html")) as address:
        again = _add(place, f"{address}/statement", now=NOW + timedelta(hours=1))
    assert not again.is_new
    assert [each.source for each in again.kept.arrivals] == ["a.html", f"{address}/statement"]


def test_the_address_that_answered_and_the_header_are_kept(place: Workspace) -> None:
    def handle(request: BaseHTTPRequestHandler) -> None:
        page = "Москва. ".encode("cp1251") + PROSE.encode()
        moved = answer(status=301, Location="/new")
        (moved if request.path == "/old" else answer(page, Content_Type="text/plain; charset=windows-1251"))(request)

    with serving(handle) as address:
        (arrival,) = _add(place, f"{address}/old").kept.arrivals
    assert (arrival.source, arrival.address) == (f"{address}/old", f"{address}/new")
    assert arrival.content_type == "text/plain; charset=windows-1251"
    (entry,) = list_documents(place)
    text = place.documents / f"{entry.kept.document.sha256}.txt"
    assert text.read_text("utf-8").startswith("Москва")


def test_what_a_person_says_is_kept_apart_and_added_later_too(place: Workspace, tmp_path: Path) -> None:
    path = _file(tmp_path, "a.txt", PROSE.encode())
    _add(place, path, Facts(genre=Genre.STATEMENT))
    again = _add(place, path, Facts(published=date(2021, 7, 1)))
    document = again.kept.document
    assert (document.genre, document.published) == (Genre.STATEMENT, date(2021, 7, 1))
    assert dict(document.origins) == {"genre": Origin.PERSON, "published": Origin.PERSON}


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + TWO_LINES.encode(),
        TWO_LINES.replace("\n", "\r\n").encode(),
        TWO_LINES.replace("\n", "\r").encode(),
        TWO_LINES.encode("utf-16"),
        (" \n" + TWO_LINES.replace(" ", "\u00a0") + "\n\n").encode(),
        unicodedata.normalize("NFD", TWO_LINES).encode(),
        html_page("".join(f"<p>{line}</p>" for line in TWO_LINES.splitlines() if line)),
    ],
    ids=("bom", "crlf", "cr", "utf-16", "blanks", "nfd", "html"),
)
def test_the_same_text_in_another_file_is_told(place: Workspace, tmp_path: Path, content: bytes) -> None:
    first = _add(place, _file(tmp_path, "a.txt", TWO_LINES.encode()))
    _add(place, _file(tmp_path, "other.txt", f"{PROSE} Again.".encode()), now=NOW + timedelta(hours=1))
    second = _add(place, _file(tmp_path, "b", content), now=NOW + timedelta(hours=2))
    assert (second.is_new, second.same_text) == (True, ((1, first.kept.document.sha256),))


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "no text"), (html_page("<p>Menu</p>"), "only navigation"), (pdf([]), "pictures")]
)
def test_of_what_is_refused_nothing_is_kept(place: Workspace, tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        _add(place, _file(tmp_path, "a.html", content))
    assert list_documents(place) == []
    assert not place.documents.exists()


def test_200_mb_are_refused_without_being_read(place: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    begun = time.monotonic()
    with pytest.raises(DocumentError, match="more than 20,000,000 bytes"):
        _add(place, path)
    assert time.monotonic() - begun < 2


def test_what_is_no_file_is_told(place: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, says in (
        ("none.txt", "no such file"),
        ("", "a folder"),
        ("pipe", "a pipe"),
        ("a\x00b", "cannot be read"),
    ):
        with pytest.raises(DocumentError, match=says):
            _add(place, f"{tmp_path}/{name}")


@pytest.mark.parametrize("author", ["", " ", "x" * 201, "a\x1bb"])
def test_nobody_adds_nothing(place: Workspace, tmp_path: Path, author: str) -> None:
    with pytest.raises(AskError, match="nobody's name"):
        _add(place, _file(tmp_path, "a.txt", PROSE.encode()), author=author)


def test_kill_9_at_many_moments_then_the_next_run_heals(place: Workspace, tmp_path: Path) -> None:
    path = _file(tmp_path, "a.html", html_page(f"<p>{PROSE}</p>" * 2000))
    command = [sys.executable, "-m", "tocsin", "record", "add", str(path), "-w", str(place.root), "--author", "A"]
    begun = time.monotonic()
    first = init(tmp_path / "first", label="TLP:AMBER")
    subprocess.run([*command[:-3], str(first.root), "--author", "A"], check=True, capture_output=True)
    lasts = time.monotonic() - begun
    for part in (0.5, 0.7, 0.85, 0.95):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(lasts * part)
            process.send_signal(signal.SIGKILL)
        assert len(list_documents(place)) <= 1
    _add(place, path)
    (entry,) = list_documents(place)
    assert (place.documents / entry.kept.document.sha256).read_bytes() == path.read_bytes()


def test_a_day_that_has_not_come_is_no_day_of_publication(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The ministry said that Example Mail had been hit.", encoding="utf-8")
    wishes = Wishes(author="A. Example", facts=Facts(published=date(9999, 12, 31)))
    with pytest.raises(AskError, match="has not come yet"):
        add_document(workspace, str(path), wishes=wishes, clock=lambda: datetime(2025, 3, 4, tzinfo=UTC))


def test_a_body_whose_end_nobody_told_is_said_to_be_doubtful(place: Workspace) -> None:
    def handle(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/plain")
        request.end_headers()
        request.wfile.write(PROSE.encode())

    with serving(handle) as address:
        assert "did not say how long" in " ".join(_add(place, f"{address}/a").remarks)
    with serving(answer(PROSE.encode(), Content_Type="text/plain")) as address:
        assert "did not say how long" not in " ".join(_add(place, f"{address}/b").remarks)
