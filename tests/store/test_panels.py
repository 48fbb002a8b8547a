"""The panel on the disk: caught up, rebuilt, damaged, shared and forgotten, it says what folding anew says."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.remediation.watching import told
from tests.tasks.conftest import CASE, NOW, REGISTRY, import_text, row, write_report

from tocsin.remediation.panel import Panel
from tocsin.store.batches import Batch, Judgement, judged_batches
from tocsin.store.bodies import load_parents
from tocsin.store.desk import open_desk
from tocsin.store.lake import Lake
from tocsin.store.panels import fold_panel, forget_panels, load_panel
from tocsin.store.selection import relevant_batches
from tocsin.store.workspace import Workspace
from tocsin.tasks.ingest import Wishes, ingest
from tocsin.tasks.purge import purge
from tocsin.tasks.rejudge import rejudge
from tocsin.tasks.workspace import init

ADDRESSES = ("203.0.113.7", "203.0.113.8", "198.51.100.9", "192.0.2.4", "192.0.2.5", "2001:db8::7")
BUILDS = ("15.1.2106.2", "15.1.2106.13", "15.1.2176.9", "15.1.2106", "")
SCHOOL = REGISTRY + "school,Example School,GB,education,yes,,192.0.2.0/24,,\n"
Judged = list[tuple[Batch, Judgement]]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = init(tmp_path / "workspace", label="TLP:AMBER")
    import_text(made, tmp_path, REGISTRY, now=NOW - timedelta(days=30))
    return made


def _take(workspace: Workspace, folder: Path, *days: int, seed: int = 1) -> None:
    """Takes in a report of each of these days, in this order, with services drawn by chance."""
    for day in days:
        chance = random.Random(f"{seed} {day}")
        rows = [
            row(address, day=day, port=chance.choice((443, 8443)), tags="exchange", build=chance.choice(BUILDS))
            for address in ADDRESSES
            if chance.random() < 0.7 or address == ADDRESSES[0]
        ]
        _ingest(workspace, write_report(folder, rows, day=day, suffix=f"-{seed}"))


def _ingest(workspace: Workspace, path: Path) -> None:
    assert list(ingest(workspace, [path], wishes=Wishes(), clock=lambda: NOW))


def _judged(workspace: Workspace) -> Judged:
    return relevant_batches(judged_batches(open_desk(workspace.desk_url), CASE))


def _loaded(workspace: Workspace) -> tuple[Panel, list[tuple[int, int]]]:
    """The kept panel, and how many of how many judgements were folded in for it."""
    rounds = list[tuple[int, int]]()
    parents = load_parents(open_desk(workspace.desk_url))
    panel = load_panel(
        Lake(workspace.lake), CASE, _judged(workspace), parents, tell=lambda done, of: rounds.append((done, of))
    )
    return panel, rounds


def _anew(workspace: Workspace) -> Panel:
    parents = load_parents(open_desk(workspace.desk_url))
    return fold_panel(Lake(workspace.lake), _judged(workspace), parents, tell=lambda *_: None)


def _is_as_anew(workspace: Workspace) -> bool:
    return told(_loaded(workspace)[0]) == told(_anew(workspace))


def _place(workspace: Workspace) -> Path:
    return workspace.lake / "panels" / CASE


def _folders(workspace: Workspace) -> list[Path]:
    return [entry for entry in _place(workspace).iterdir() if entry.is_dir()]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_the_order_of_reports_and_questions_it_is_as_folded_anew(
    workspace: Workspace, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    days = list(range(8, 15))
    chance.shuffle(days)
    for day in days:
        _take(workspace, tmp_path, day, seed=seed)
        if chance.random() < 0.6:
            assert _is_as_anew(workspace)
    assert _is_as_anew(workspace)


def test_only_what_is_new_is_folded_in(workspace: Workspace, tmp_path: Path) -> None:
    _take(workspace, tmp_path, 8, 9)
    assert _loaded(workspace)[1] == [(2, 2)]
    assert _loaded(workspace)[1] == []
    _take(workspace, tmp_path, 10)
    assert _loaded(workspace)[1] == [(1, 1)]


def test_a_report_that_comes_late_lands_on_its_day(workspace: Workspace, tmp_path: Path) -> None:
    _take(workspace, tmp_path, 8, 10)
    _loaded(workspace)
    _take(workspace, tmp_path, 9)
    panel, _ = _loaded(workspace)
    assert [look.day.day for look in panel.looks] == [8, 9, 10]
    assert _is_as_anew(workspace)


def test_a_report_that_replaces_another_leaves_nothing_of_it(workspace: Workspace, tmp_path: Path) -> None:
    _ingest(workspace, write_report(tmp_path, [row("203.0.113.7"), row("203.0.113.8")]))
    assert _loaded(workspace)[0].rows.num_rows == 2
    _ingest(workspace, write_report(tmp_path, [row("203.0.113.7")]))
    assert _loaded(workspace)[0].rows.num_rows == 1
    assert _is_as_anew(workspace)


def test_what_was_judged_anew_takes_the_place_of_the_old_verdicts(workspace: Workspace, tmp_path: Path) -> None:
    _take(workspace, tmp_path, 8, 9)
    before = set(_loaded(workspace)[0].rows.column("constituent").to_pylist())
    import_text(workspace, tmp_path, SCHOOL, now=NOW + timedelta(hours=1))
    assert list(rejudge(workspace, clock=lambda: NOW + timedelta(hours=2)))
    panel, rounds = _loaded(workspace)
    assert rounds == [(2, 2)]
    assert set(panel.rows.column("constituent").to_pylist()) - before == {"school"}
    assert _is_as_anew(workspace)


def test_what_a_killed_process_left_is_neither_read_nor_kept(workspace: Workspace, tmp_path: Path) -> None:
    _take(workspace, tmp_path, 8)
    _loaded(workspace)
    (kept,) = _folders(workspace)
    shutil.copytree(kept, kept.with_name("half-written"))
    (kept.with_name("half-written") / "00.parquet").write_bytes(b"PAR1")
    assert _is_as_anew(workspace)
    _take(workspace, tmp_path, 9)
    assert _is_as_anew(workspace)
    assert len(_folders(workspace)) == 1


def _cut(workspace: Workspace) -> None:
    bucket = next(_folders(workspace)[0].iterdir())
    bucket.write_bytes(bucket.read_bytes()[:100])


def _scratch(workspace: Workspace) -> None:
    bucket = next(_folders(workspace)[0].iterdir())
    content = bytearray(bucket.read_bytes())
    content[4:200] = bytes(196)
    bucket.write_bytes(content)


def _lose_a_bucket(workspace: Workspace) -> None:
    next(_folders(workspace)[0].iterdir()).unlink()


def _lose_the_folder(workspace: Workspace) -> None:
    shutil.rmtree(_folders(workspace)[0])


def _tell(text: str, workspace: Workspace) -> None:
    (_place(workspace) / "current.json").write_text(text, encoding="utf-8")


def _told_otherwise(workspace: Workspace, **changes: object) -> None:
    known = json.loads((_place(workspace) / "current.json").read_text("utf-8"))
    _tell(json.dumps(known | changes), workspace)


GARBAGE = ("", "{", "null", "[]", '{"format": 1}', "\x00", '"current"', "[" * 5_000)
DAMAGE = {
    "a truncated bucket": _cut,
    "a scratched bucket": _scratch,
    "a lost bucket": _lose_a_bucket,
    "a lost folder": _lose_the_folder,
    "another format": lambda workspace: _told_otherwise(workspace, format=99),
    "a folder that is none": lambda workspace: _told_otherwise(workspace, folder="nowhere"),
    "a folder that is a number": lambda workspace: _told_otherwise(workspace, folder=7),
    "buckets that are words": lambda workspace: _told_otherwise(workspace, buckets=["00"]),
    "looks that are none": lambda workspace: _told_otherwise(workspace, looks=[{"day": "2021-03-08"}]),
    "too many looks": lambda workspace: _told_otherwise(workspace, looks=_more_looks(workspace)),
    **{f"garbage {text[:8]!r}": lambda workspace, text=text: _tell(text, workspace) for text in GARBAGE},  # type: ignore[misc]
}


def _more_looks(workspace: Workspace) -> list[object]:
    looks = json.loads((_place(workspace) / "current.json").read_text("utf-8"))["looks"]
    return [*looks, looks[0] | {"judgement": "another"}]


@pytest.mark.parametrize("damage", list(DAMAGE))
def test_what_is_damaged_is_folded_anew_and_whole_again(workspace: Workspace, tmp_path: Path, damage: str) -> None:
    _take(workspace, tmp_path, 8, 9)
    _loaded(workspace)
    DAMAGE[damage](workspace)
    _take(workspace, tmp_path, 10)
    assert _is_as_anew(workspace)
    assert _loaded(workspace)[1] == [], "what was mended is kept"


@pytest.mark.parametrize("place", ["panels", f"panels/{CASE}"])
def test_where_nothing_can_be_kept_it_is_folded_in_memory(workspace: Workspace, tmp_path: Path, place: str) -> None:
    _take(workspace, tmp_path, 8, 9)
    (workspace.lake / place).parent.mkdir(exist_ok=True)
    (workspace.lake / place).write_text("a file where the folder would be", encoding="utf-8")
    assert _is_as_anew(workspace)
    assert _loaded(workspace)[1] == [(2, 2)]


def test_processes_that_ask_at_once_all_hear_the_same(workspace: Workspace, tmp_path: Path) -> None:
    _take(workspace, tmp_path, 8, 9, 10)
    script = (
        "import sys; from pathlib import Path; from tests.store.test_panels import CASE, _loaded\n"
        "from tests.remediation.watching import told; from tocsin.store.workspace import read_workspace\n"
        "panel, _ = _loaded(read_workspace(Path(sys.argv[1])))\n"
        "print(sorted(map(repr, told(panel)[1].items())))"
    )
    words = [sys.executable, "-c", script, str(workspace.root)]
    running = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) for _ in "123"]
    heard = {process.communicate()[0].strip() for process in running}
    assert [process.returncode for process in running] == [0, 0, 0]
    assert heard == {str(sorted(map(repr, told(_anew(workspace))[1].items())))}
    assert len(_folders(workspace)) == 1


def test_a_purge_forgets_the_panels(workspace: Workspace, tmp_path: Path) -> None:
    _take(workspace, tmp_path, 8, 9)
    _loaded(workspace)
    purge(workspace, before=date(2021, 3, 9), constituent=None, dry_run=False, now=NOW)
    assert _folders(workspace) == []
    assert not (_place(workspace) / "current.json").exists()
    assert [look.day.day for look in _loaded(workspace)[0].looks] == [9]


def test_forgetting_where_there_is_no_panel_does_nothing(tmp_path: Path) -> None:
    forget_panels(Lake(tmp_path))
    assert list(tmp_path.iterdir()) == []
