"""An invented document under review, as the exports take it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from tests.record.reviewing import DOCUMENT, READING, did

from tocsin.record.review import Accept, Act, Action, Correct, Reject, fold
from tocsin.sharing.filed import Filed

TAKEN = datetime(2021, 7, 20, 9, tzinfo=UTC)
LOOKED: tuple[tuple[str, Act], ...] = (
    ("A. Example", Accept(assertion="organ")),
    ("B. Sample", Accept(assertion="organ")),
    ("A. Example", Accept(assertion="denial")),
    ("A. Example", Correct(assertion="number", values=(("unit", "hosts"),))),
    ("A. Example", Reject(assertion="code", reason="a retort")),
)


def actions(pairs: Sequence[tuple[str, Act]] = LOOKED) -> list[Action]:
    return [did(by, act, minute) for minute, (by, act) in enumerate(pairs)]


def filed(*acts: Action, title: str | None = DOCUMENT.title) -> Filed:
    """The document with what was done to its reading."""
    return Filed(document=replace(DOCUMENT, title=title), reviewed=fold(READING, acts), taken_at=TAKEN)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))
