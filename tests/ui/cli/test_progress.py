"""Progress off a terminal: plain lines, and not too many."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tocsin.transports.files import Member
from tocsin.ui.cli.progress import FileProgress


def _member() -> Member:
    def content() -> Iterator[bytes]:
        yield b"x"

    return Member(name="scan\x1b.csv", size=3 << 20, content=content(), position=lambda: 1 << 20)


def test_a_short_read_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with FileProgress() as progress:
        progress(_member())
    assert capsys.readouterr().err == ""


def test_a_long_read_says_how_far_it_is(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tocsin.ui.cli.progress._PLAIN_EVERY_SECONDS", -1.0)
    with FileProgress() as progress:
        progress(_member())
        progress.pause(lambda: None)
    assert capsys.readouterr().err == "scan\\x1b.csv: 1 of 3 MiB\n"
