"""Progress off a terminal: plain lines, and not too many."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tocsin.transports.files import Member
from tocsin.ui.cli.progress import FileProgress, told_rounds


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


def test_rounds_that_are_over_at_once_say_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    tell = told_rounds("reports folded in")
    tell(1, 2)
    tell(2, 2)
    assert capsys.readouterr().err == ""


def test_long_rounds_say_how_many_are_done(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tocsin.ui.cli.progress._ROUNDS_EVERY_SECONDS", -1.0)
    tell = told_rounds("reports folded in")
    tell(1_000, 2_000)
    assert capsys.readouterr().err == "1,000 of 2,000 reports folded in\n"
