"""Scores the reader of the public record against gold files.

Run as ``python benchmarks/eval_reader.py [GOLD …]``; without a file: our own fixtures, and the documents beside the
project when they are there. ``docs/how-to/score-the-reader.md`` says how it is scored and what the columns are.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tocsin.errors import TocsinError
from tocsin.record.gazetteer import load_gazetteer
from tocsin.record.reading.reading import read
from tocsin.testing.gold import GoldDocument, Item, Kind, read_gold
from tocsin.testing.scoring import Outcome, Score, compare_with_gold, score

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures" / "record" / "gold.json"
UNSEEN = ROOT / "tests" / "fixtures" / "record" / "unseen" / "gold.json"
BESIDE = ROOT.parent / "shared" / "documents" / "gold.json"
WIDTH = 180
SHOWN = ("misses", "false", "ignored", "facts")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores; 2 when a gold file or one of its documents cannot be trusted."""
    asked = _arguments().parse_args(arguments)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
    try:
        golds = {path: read_gold(path) for path in _files(asked.gold, Console(stderr=True))}
    except TocsinError as error:
        print(error, file=sys.stderr)
        return 2
    kinds = [Kind(kind) for kind in asked.kind or Kind]
    report = {
        str(path): [(gold, _outcomes(gold, kinds, is_blind=asked.blind)) for gold in golds[path]] for path in golds
    }
    if asked.json:
        print(json.dumps({path: _as_json(documents) for path, documents in report.items()}, indent=1))
        return 0
    for path, documents in report.items():
        console.print(f"[bold]{path}[/]", soft_wrap=True)
        for gold, outcomes in documents:
            for shown in asked.show or ():
                _list(console, gold, outcomes, shown)
        _tables(console, documents, is_each=not asked.total)
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Score the reader of the public record against gold files.")
    parser.add_argument("gold", nargs="*", type=Path, help="gold files, each with its documents beside it")
    parser.add_argument("--kind", action="append", choices=[str(kind) for kind in Kind], help="only this; repeatable")
    parser.add_argument("--show", action="append", choices=SHOWN, help="list these one by one; repeatable")
    parser.add_argument("--total", action="store_true", help="only the whole file, not document by document")
    parser.add_argument("--blind", action="store_true", help="do not tell the reader the genre and the date")
    parser.add_argument("--json", action="store_true", help="the scores as JSON")
    return parser


def _files(named: list[Path], aside: Console) -> list[Path]:
    if named:
        return named
    for path in (FIXTURES, UNSEEN, BESIDE):
        if not path.is_file():
            aside.print(f"not there, left out: {path}", highlight=False, soft_wrap=True)
    return [path for path in (FIXTURES, UNSEEN, BESIDE) if path.is_file()]


def _outcomes(gold: GoldDocument, kinds: list[Kind], *, is_blind: bool) -> list[Outcome]:
    reading = read(gold.blind if is_blind else gold.document, load_gazetteer())
    return [outcome for outcome in compare_with_gold(gold, reading) if outcome.kind in kinds]


def _tables(console: Console, documents: list[tuple[GoldDocument, list[Outcome]]], *, is_each: bool) -> None:
    if is_each and len(documents) > 1:
        for gold, outcomes in documents:
            console.print(_table(f"{gold.id} ({gold.document.source})", score(outcomes)))
    console.print(_table("all documents", score(outcome for _, outcomes in documents for outcome in outcomes)))


def _table(title: str, scores: Sequence[Score]) -> Table:
    table = Table(title=title, title_justify="left", box=None, padding=(0, 1))
    table.add_column("kind", no_wrap=True)
    for name in ("matched", "missed", "false", "precision", "recall", "F1"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("right, of the matched where either says it", overflow="fold")
    for one in scores:
        shares = (_two(one.precision), _two(one.recall), _two(one.f1))
        facts = "  ".join(f"{name} {right}/{of}" for name, (right, of) in one.facts.items() if of)
        table.add_row(str(one.kind), str(one.matched), str(one.missed), str(one.false), *shares, facts)
    return table


def _two(share: float | None) -> str:
    return "–" if share is None else f"{share:.2f}"


def _list(console: Console, gold: GoldDocument, outcomes: list[Outcome], shown: str) -> None:
    for outcome in outcomes:
        if shown == "facts":
            for wanted, read_as in outcome.pairs:
                _differing(console, gold, wanted, read_as)
            continue
        for item in {"misses": outcome.missed, "false": outcome.false, "ignored": outcome.ignored}[shown]:
            tempted = [one.name for one in gold.distractors if one.kind is item.kind and one.span.meets(item.span)]
            why = f"  (distractor: {tempted[0]})" if shown == "false" and tempted else ""
            console.print(f"{shown} {_line(gold, item)}{why}\n    {_facts(item)}", markup=False, soft_wrap=True)


def _differing(console: Console, gold: GoldDocument, wanted: Item, read_as: Item) -> None:
    differ = {
        name: (sorted(wanted.facts[name]), sorted(read_as.facts.get(name, ())))
        for name in wanted.facts
        if (wanted.facts[name] or read_as.facts.get(name)) and not wanted.facts[name] & read_as.facts.get(name, set())
    }
    if differ:
        console.print(f"facts {_line(gold, wanted)} by {read_as.name}", markup=False, soft_wrap=True)
        for name, (gold_value, value) in differ.items():
            console.print(f"    {name}: gold {gold_value}, read {value}", markup=False, soft_wrap=True)


def _line(gold: GoldDocument, item: Item) -> str:
    text = " ".join(item.span.of(gold.document.text).split())
    return f"{gold.id} {item.kind} {item.name or '–'} @{item.span.begins}: {text[:300]}"


def _facts(item: Item) -> str:
    return "; ".join(f"{name}: {', '.join(sorted(values))}" for name, values in item.facts.items() if values)


def _as_json(documents: list[tuple[GoldDocument, list[Outcome]]]) -> dict[str, object]:
    return {
        "documents": {gold.id: [one.as_json() for one in score(outcomes)] for gold, outcomes in documents},
        "all": [one.as_json() for one in score(outcome for _, outcomes in documents for outcome in outcomes)],
    }


if __name__ == "__main__":
    sys.exit(main())
