"""``tocsin record export`` as a person sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.sharing.records import rows
from tests.ui.cli.conftest import Run
from tests.ui.cli.test_record_review import A
from tests.ui.cli.test_record_review import read as read  # the same document


def test_a_table_goes_to_stdout(run: Run) -> None:
    done = run("record", "export")
    assert len(rows(done.stdout.encode())) == 5
    assert "5 assertions of 1 documents, 0 of them reviewed, TLP:AMBER" in done.stderr


@pytest.mark.parametrize("kind", ["annotations", "stix"])
def test_a_file_is_written(run: Run, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "record.json"
    run("record", "export", "--format", kind, "--creator", "Example CERT", "-o", out)
    assert json.loads(out.read_text("utf-8"))


def test_reviewed_ones_of_one_incident(run: Run, tmp_path: Path) -> None:
    run("record", "review", "--accept", "group", *A)
    out = tmp_path / "record.csv"
    run("record", "export", "--format", "eurepoc", "--reviewed-only", "--incident", "example-mail", "-o", out)
    assert [row["attribution_ID"] for row in rows(out.read_bytes())] == ["group"]


def test_a_lower_label_must_be_allowed(run: Run) -> None:
    assert "below the workspace" in run("record", "export", "--label", "clear", exits=1).stderr
    done = run("record", "export", "--label", "clear", "--below-label")
    assert {row["label"] for row in rows(done.stdout.encode())} == {"TLP:CLEAR"}


def test_a_bundle_needs_a_creator(run: Run) -> None:
    assert "needs a creator" in run("record", "export", "--format", "stix", exits=1).stderr
