"""The main job on a world with known truth: what the census, the findings and the assignments say must be so."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tocsin.errors import AskError, WorkspaceError
from tocsin.tasks.demo import Outcome, Wish, run_demo
from tocsin.ui.cli.demo import run_here


@pytest.fixture(scope="module")
def shown() -> list[str]:
    return []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "world"


@pytest.fixture(scope="module")
def outcome(folder: Path, shown: list[str]) -> Outcome:
    wish = Wish(folder=folder, scale=4_000, seed=11, days=10)
    return run_demo(wish, ask=run_here, force=False, show=shown.append, say=lambda text: None)


def test_every_count_of_what_was_seen_lies_within_the_bounds(outcome: Outcome) -> None:
    assert [check for check in outcome.checks if not check.holds] == []


def test_the_comparison_covers_services_organisations_public_bodies_and_sectors(outcome: Outcome) -> None:
    kinds = Counter(check.figure.id for check in outcome.checks)
    for name in ("services-affected", "services-fixed", "organisations-affected", "public-bodies-affected"):
        assert kinds[name] == 3, "the first day, every fifth and the last"
    assert any(name.startswith("organisations-affected/sector=") for name in kinds)
    assert kinds["public-bodies-affected/public-body=yes"] == 3


def test_no_exact_build_is_judged_wrongly_and_nothing_is_proven_to_the_wrong_organisation(outcome: Outcome) -> None:
    assert outcome.wrong == ()


def test_the_bounds_say_something(outcome: Outcome) -> None:
    """A census from nothing to everything would enclose any truth."""
    last = {check.figure.id: check for check in outcome.checks if check.figure.as_of.day == 13}
    for name in ("services-affected", "services-fixed", "organisations-affected", "public-bodies-affected"):
        assert last[name].figure.low > 0
    seen = last["services-seen"].figure
    assert last["services-fixed"].figure.low > seen.high / 3
    assert last["services-affected"].figure.high < seen.high / 2


def test_the_job_was_run_by_commands_and_their_output_kept(outcome: Outcome, folder: Path, shown: list[str]) -> None:
    commands = [line.split()[2] for line in shown if line.startswith("\n$ tocsin ")]
    job = "init constituency ingest ingest census census census remediation remediation answer findings explain"
    assert commands == [*job.split(), "rejected", "report"]
    assert len(list((folder / "output").iterdir())) == len(commands)


def test_the_truth_lies_beside_the_scans(outcome: Outcome, folder: Path) -> None:
    truth = pq.read_table(folder / "truth" / "observations.parquet")
    assert set(truth["status"].to_pylist()) == {"affected", "fixed", "not_affected"}
    with open(folder / "truth" / "comparison.csv", encoding="utf-8") as file:
        assert {row["holds"] for row in csv.DictReader(file)} == {"yes"}


def test_every_row_of_the_scans_is_accounted_for(outcome: Outcome, folder: Path) -> None:
    """What the world made as observations arrived as such: broken rows cost nobody else's row."""
    truth = pq.read_table(folder / "truth" / "observations.parquet")
    said = (folder / "output" / "03-ingest.txt").read_text("utf-8") + (folder / "output" / "04-ingest.txt").read_text(
        "utf-8"
    )
    for name, count in Counter(truth["file"].to_pylist()).items():
        assert f"= {count:,} observations +" in next(line for line in said.splitlines() if line.startswith(name))


def test_the_page_stands_alone(outcome: Outcome) -> None:
    assert outcome.page is not None
    page = outcome.page.read_text("utf-8")
    assert "A made-up world" in page
    assert "TLP:" in page
    assert "<script" not in page


def test_the_true_share_still_exposed_lies_within_the_bands(outcome: Outcome) -> None:
    assert [share.figure.as_of.day for share in outcome.shares] == [4, 6, 8, 10, 12]
    assert all(share.holds for share in outcome.shares)
    assert all(share.high - share.low < 0.25 for share in outcome.shares), "bands that say something"


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    wish = Wish(folder=tmp_path, scale=400, seed=1, days=1)
    with pytest.raises(WorkspaceError, match="something else"):
        run_demo(wish, ask=run_here, force=True, show=print, say=print)
    assert (tmp_path / "letter.txt").read_text("utf-8") == "mine"


def test_an_earlier_demo_is_replaced_only_when_asked(outcome: Outcome, folder: Path) -> None:
    wish = Wish(folder=folder, scale=400, seed=1, days=1)
    with pytest.raises(WorkspaceError, match="--force"):
        run_demo(wish, ask=run_here, force=False, show=print, say=print)
    assert outcome.page is not None
    assert outcome.page.exists()


def test_a_world_out_of_bounds_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(AskError, match="choose --scale"):
        run_demo(Wish(folder=tmp_path / "d", scale=5, seed=1, days=1), ask=run_here, force=False, show=print, say=print)
