"""The reader on whole documents of each genre: it may not fall below what it has reached (``make eval``)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from benchmarks.eval_reader import main

from tocsin.record.gazetteer import load_gazetteer
from tocsin.record.reading.reading import read
from tocsin.testing.gold import GoldDocument, Kind, read_gold
from tocsin.testing.scoring import Score, compare_with_gold, score

GOLD = Path(__file__).parents[1] / "fixtures" / "record" / "gold.json"
UNSEEN = GOLD.parent / "unseen" / "gold.json"
FLOORS = {
    # kind: precision, recall
    GOLD: {
        Kind.ATTRIBUTIONS: (0.90, 0.80),
        Kind.QUANTITIES: (0.95, 0.95),
        Kind.RESPONSES: (0.90, 0.90),
        Kind.DENIALS: (0.95, 0.95),
        Kind.QUOTATIONS: (0.95, 0.95),
        Kind.REPORTED: (0.90, 0.90),
        Kind.TURNS: (0.95, 0.95),
        Kind.ASSESSMENTS: (0.75, 0.90),
        Kind.EVENTS: (0.95, 0.93),
        Kind.WORDS: (0.95, 0.95),
    },
    UNSEEN: {
        Kind.ATTRIBUTIONS: (0.85, 0.80),
        Kind.QUANTITIES: (0.92, 0.92),
        Kind.RESPONSES: (0.75, 0.70),
        Kind.DENIALS: (0.80, 0.80),
        Kind.QUOTATIONS: (0.90, 0.95),
        Kind.REPORTED: (0.85, 0.80),
        Kind.TURNS: (0.95, 0.95),
        Kind.COMMITMENTS: (0.65, 0.45),
        Kind.ASSESSMENTS: (0.60, 0.55),
        Kind.WORDS: (0.90, 0.70),
    },
}
"""Precision and recall, a little below what is reached."""
RIGHT = {
    GOLD: {
        Kind.ATTRIBUTIONS: {"level": 0.95, "accused": 0.80, "words": 0.95, "polarity": 0.93, "speaker": 0.72},
        Kind.QUANTITIES: {"value": 0.98, "unit": 0.90, "comparator": 0.94, "modality": 0.95},
        Kind.RESPONSES: {"what": 0.77, "status": 0.87},
        Kind.DENIALS: {"what": 0.95, "speaker": 0.78},
        Kind.ASSESSMENTS: {"what": 0.95, "words": 0.95},
        Kind.EVENTS: {"date": 0.93},
        Kind.WORDS: {"exact": 0.90},
        Kind.QUOTATIONS: {"speaker": 0.80, "exact": 0.98},
        Kind.REPORTED: {"speaker": 0.85},
        Kind.TURNS: {"speaker": 0.98},
    },
    UNSEEN: {
        Kind.ATTRIBUTIONS: {"level": 0.95, "accused": 0.85, "words": 0.78, "polarity": 0.93, "speaker": 0.68},
        Kind.QUANTITIES: {"value": 0.98, "unit": 0.91, "comparator": 0.97, "modality": 0.95},
        Kind.RESPONSES: {"what": 0.82, "status": 0.86},
        Kind.DENIALS: {"what": 0.92, "speaker": 0.60},
        Kind.COMMITMENTS: {"what": 0.75, "holder": 0.75},
        Kind.ASSESSMENTS: {"words": 0.80, "speaker": 0.85},
        Kind.WORDS: {"exact": 0.92},
        Kind.QUOTATIONS: {"speaker": 0.78, "exact": 0.98},
        Kind.REPORTED: {"speaker": 0.65},
        Kind.TURNS: {"speaker": 0.98},
    },
}
"""Of the matched, the share with the right fact where the gold or the reading has it."""


@pytest.fixture(scope="module")
def golds() -> tuple[GoldDocument, ...]:
    return read_gold(GOLD)


@pytest.fixture(scope="module")
def scores() -> dict[Path, dict[Kind, Score]]:
    return {path: _scores(read_gold(path)) for path in FLOORS}


def _scores(golds: tuple[GoldDocument, ...]) -> dict[Kind, Score]:
    gazetteer = load_gazetteer()
    outcomes = [outcome for gold in golds for outcome in compare_with_gold(gold, read(gold.document, gazetteer))]
    return {one.kind: one for one in score(outcomes)}


def test_every_genre_is_there(golds: tuple[GoldDocument, ...]) -> None:
    genres = {str(gold.document.genre) for gold in golds}
    assert genres == {
        "parliamentary_debate",
        "news_article",
        "government_press_release",
        "press_briefing",
        "advisory",
    }
    assert all(gold.distractors for gold in golds)


@pytest.mark.parametrize(
    ("path", "kind"),
    [(path, kind) for path in FLOORS for kind in FLOORS[path]],
    ids=lambda each: getattr(each, "parent", each).name if isinstance(each, Path) else str(each),
)
def test_the_reader_keeps_what_it_has_reached(scores: dict[Path, dict[Kind, Score]], path: Path, kind: Kind) -> None:
    precision, recall = FLOORS[path][kind]
    assert (scores[path][kind].precision or 0.0) >= precision
    assert (scores[path][kind].recall or 0.0) >= recall


@pytest.mark.parametrize(
    ("path", "kind"),
    [(path, kind) for path in RIGHT for kind in RIGHT[path]],
    ids=lambda each: getattr(each, "parent", each).name if isinstance(each, Path) else str(each),
)
def test_what_is_found_is_told_right(scores: dict[Path, dict[Kind, Score]], path: Path, kind: Kind) -> None:
    facts = scores[path][kind].facts
    reached = {fact: facts[fact][0] / facts[fact][1] for fact in RIGHT[path][kind]}
    assert {fact: share for fact, share in reached.items() if share < RIGHT[path][kind][fact]} == {}


def test_every_kind_of_the_gold_has_a_floor(scores: dict[Path, dict[Kind, Score]]) -> None:
    assert {path: set(FLOORS[path]) for path in FLOORS} == {path: set(scores[path]) for path in FLOORS}


def test_make_eval_scores_any_gold_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(GOLD), "--kind", "turns", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)[str(GOLD)]
    assert set(told["documents"]) == {f"A{number}" for number in range(1, 9)}
    assert [one["kind"] for one in told["all"]] == ["turns"]


def test_make_eval_lists_what_was_missed_with_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(GOLD), "--show", "misses", "--show", "false", "--show", "facts", "--blind"]) == 0
    assert "misses A1" in capsys.readouterr().out


def test_make_eval_refuses_a_changed_document_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = shutil.copytree(GOLD.parent, tmp_path / "record")
    changed = folder / "a3-news-example-coin.txt"
    changed.write_bytes(changed.read_bytes() + b"\n")
    assert main([str(folder / "gold.json")]) == 2
    assert "a3-news-example-coin.txt: this is not the document" in capsys.readouterr().err
