"""Documents that ask for more than anybody gives are stopped; others open as they do in process."""

from __future__ import annotations

import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from tests.record.opening_files import PROSE, docx, docx_paragraph, pdf, pdf_of_objects

from tocsin.errors import DocumentError
from tocsin.record.opening import open_document
from tocsin.transports.apart import hold, open_apart


def _heavy(pages: int, steps: int) -> bytes:
    """A PDF of pages that share one part, which says nothing at length."""
    drawn = zlib.compress(b"q Q " * steps, 9)
    shared = b"<< /Length %d /Filter /FlateDecode >> stream\n%b\nendstream" % (len(drawn), drawn)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /Font << >> >> /Contents 3 0 R >>"
    kids = b" ".join(b"%d 0 R" % number for number in range(4, 4 + pages))
    tree = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (pages, kids)
    return pdf_of_objects([b"<< /Type /Catalog /Pages 2 0 R >>", tree, shared, *[page] * pages])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf([(700, 10, PROSE)])),
        ("a.docx", docx(docx_paragraph(PROSE))),
        ("a.txt", PROSE.encode()),
        ("large.txt", f"{PROSE} caf\u00e9\r\n".encode() * 11_000),
    ],
)
def test_a_document_opens_as_it_does_in_process(name: str, content: bytes) -> None:
    assert open_apart(content, source=name) == open_document(content, source=name)


@pytest.mark.parametrize("content", [pdf([]), b"%PDF-1.7 broken", b"PK\x03\x04", docx("<w:p/>", prolog="<!DOCTYPE a>")])
def test_the_same_error_comes_with_its_place_and_remedy(content: bytes) -> None:
    with pytest.raises(DocumentError) as here:
        open_document(content, source="a")
    with pytest.raises(DocumentError) as apart:
        open_apart(content, source="a")
    assert apart.value.as_json() == here.value.as_json()


def test_a_pdf_that_works_without_end_is_stopped() -> None:
    hostile = _heavy(2_000, 1_000_000)
    assert len(hostile) < 300_000
    begun = time.monotonic()
    with pytest.raises(DocumentError, match=r"a\.pdf: this document was not opened within 2 seconds"):
        open_apart(hostile, source="a.pdf", seconds=2)
    assert time.monotonic() - begun < 6


def test_a_pdf_that_takes_all_memory_is_stopped() -> None:
    with pytest.raises(DocumentError, match="takes more than 200 MB of memory"):
        open_apart(_heavy(1, 10_000_000), source="a.pdf", megabytes=200)


UNDER = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000))
from tocsin.transports.apart import hold, open_apart
print(open_apart(open(sys.argv[1], "rb").read(), source="a.pdf").document.text)
"""


def test_a_document_opens_under_limits_lower_than_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([(700, 10, PROSE)]))
    command = [sys.executable, "-c", UNDER, str(tmp_path / "a.pdf")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert PROSE in done.stdout, done.stderr


class Refusing:
    """A system that has a limit of memory by name and takes none."""

    RLIM_INFINITY, RLIMIT_CPU, RLIMIT_AS = -1, 0, 9

    def __init__(self, hard: int, *, refused: tuple[int, ...] = ()) -> None:
        self.hard, self.refused, self.held = hard, refused, dict[int, tuple[int, int]]()

    def getrlimit(self, of: int) -> tuple[int, int]:
        return self.held.get(of, (self.hard, self.hard))

    def setrlimit(self, of: int, limits: tuple[int, int]) -> None:
        if of in self.refused:
            raise ValueError("current limit exceeds maximum limit")
        self.held[of] = limits


def test_a_system_that_refuses_a_limit_of_memory_holds_that_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    system = Refusing(-1, refused=(Refusing.RLIMIT_AS,))
    monkeypatch.setitem(sys.modules, "resource", system)
    hold(2, 100)
    assert system.held == {Refusing.RLIMIT_CPU: (3, 3)}


def test_no_limit_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    system = Refusing(1_000)
    monkeypatch.setitem(sys.modules, "resource", system)
    hold(2, 100)
    assert system.held == {Refusing.RLIMIT_CPU: (3, 3), Refusing.RLIMIT_AS: (1_000, 1_000)}


def test_a_page_of_millions_of_parts_is_stopped() -> None:
    page = b"<!doctype html><body>" + b"<p>x</p>" * 2_000_000
    with pytest.raises(DocumentError, match="was not opened within 2 seconds"):
        open_apart(page, source="a.html", seconds=2)


def test_a_module_in_the_folder_one_stands_in_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    assert PROSE in open_apart(pdf([(700, 10, PROSE)]), source="a.pdf").document.text


@pytest.mark.parametrize(("program", "told"), [("exit 9", "exit status 9"), ("kill -9 $$", "signal 9")])
def test_a_process_that_ended_without_a_word_is_told_as_it_ended(
    program: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instead = tmp_path / "python"
    instead.write_text(f"#!/bin/sh\ncat >/dev/null\n{program}\n")
    instead.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(instead))
    with pytest.raises(DocumentError, match=f"failed: {told}\\b"):
        open_apart(pdf([(700, 10, PROSE)]), source="a.pdf")
