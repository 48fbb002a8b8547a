"""The panels on the disk: what every look showed of every service, in buckets, caught up whenever one is asked for.

A panel is derived: it can be thrown away and is then folded anew from the findings. It names the judgements that it
was folded from; one that is no longer in force makes it worthless, a new one is joined to it bucket by bucket. A new
state is written beside the old one and takes its place by one rename, so that a killed process leaves the old.
Source: ADR 0006.
"""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tocsin.errors import WorkspaceError
from tocsin.remediation.panel import PANEL_ROWS, Look, Panel, join, no_looks, split
from tocsin.store.batches import Batch, Judgement
from tocsin.store.files import written_whole
from tocsin.store.lake import Lake
from tocsin.store.looks import read_looks

BUCKETS = 16
FORMAT = 1
"""Raise it when the same findings would be folded to another panel."""

_ROWS_AT_ONCE = 1_000_000
_WRITERS = 2
_MANIFEST = "current.json"
_WORDS = [field.name for field in PANEL_ROWS if pa.types.is_dictionary(field.type)]

Judged = tuple[Batch, Judgement]
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A panel on the disk: its folder, its looks in the order of its columns, and the judgements folded into it."""

    folder: str
    looks: tuple[Look, ...]
    judgements: frozenset[str]
    buckets: tuple[int, ...]


class _DamagedError(Exception):
    """What lies on the disk is not what was written there."""


def load_panel(
    lake: Lake, case_id: str, judged: Sequence[Judged], parents: Mapping[str, str | None], *, tell: Tell
) -> Panel:
    """The panel of exactly these judgements of one case; what is new is folded in and kept.

    ``tell`` hears how many of how many new judgements are folded. Where the state cannot be kept (a full disk, no
    right to write), or is damaged, it is folded anew in memory.
    """
    place = lake.root / "panels" / case_id
    try:
        with _alone(place):
            try:
                return _caught_up(lake, place, judged, parents, tell)
            except _DamagedError:
                (place / _MANIFEST).unlink()
                return _caught_up(lake, place, judged, parents, tell)
    except (OSError, WorkspaceError, _DamagedError):
        return fold_panel(lake, judged, parents, tell=tell)


def fold_panel(lake: Lake, judged: Sequence[Judged], parents: Mapping[str, str | None], *, tell: Tell) -> Panel:
    """The same, folded anew in memory and not kept: what was known at a past moment is asked for once."""
    panel, done = no_looks(), 0
    for some in _at_once(judged):
        panel = join([panel, *read_looks(lake, some, parents)])
        done += len(some)
        tell(done, len(judged))
    return panel


def forget_panels(lake: Lake) -> None:
    """Deletes every panel; a purge ends with it. Waits for whoever is folding one."""
    for place in (lake.root / "panels").glob("*/"):
        with _alone(place):
            for entry in place.iterdir():
                if entry.is_dir():
                    shutil.rmtree(entry)
                elif entry.name == _MANIFEST:
                    entry.unlink()


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    place.mkdir(parents=True, mode=0o700, exist_ok=True)
    with open(place / "lock", "a", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _caught_up(
    lake: Lake, place: Path, judged: Sequence[Judged], parents: Mapping[str, str | None], tell: Tell
) -> Panel:
    """The panel with every judgement in it; written anew if any was missing."""
    kept, wanted = _read_manifest(place), frozenset(row.id for _, row in judged)
    if kept is None or not kept.judgements <= wanted:
        kept = _Kept(folder="", looks=(), judgements=frozenset(), buckets=())
    panels = dict(_buckets(place, kept))
    new, looks, done = [each for each in judged if each[1].id not in kept.judgements], {*kept.looks}, 0
    for some in _at_once(new):
        fresh = join(list(read_looks(lake, some, parents)))
        looks |= {*fresh.looks}
        for bucket, panel in split(fresh, BUCKETS).items():
            panels[bucket] = join([panels[bucket], panel]) if bucket in panels else panel
        done += len(some)
        tell(done, len(new))
    bare = _bare(sorted(looks))
    if new or not kept.folder:
        panels = {bucket: join([panel, bare]) for bucket, panel in sorted(panels.items())}
        _write(place, panels, bare.looks, wanted)
    return join([*panels.values(), bare])


def _at_once(judged: Sequence[Judged]) -> Iterator[list[Judged]]:
    """Runs of judgements that together are small enough to be held at once, at least one each."""
    some, rows = list[Judged](), 0
    for each in judged:
        if some and rows + each[1].findings > _ROWS_AT_ONCE:
            yield some
            some, rows = [], 0
        some.append(each)
        rows += each[1].findings
    if some:
        yield some


def _write(place: Path, panels: Mapping[int, Panel], looks: tuple[Look, ...], judgements: frozenset[str]) -> None:
    """Writes the panels in a folder of their own and makes it the one that counts; then the others go."""
    folder = place / uuid4().hex
    folder.mkdir(mode=0o700)
    try:
        with ThreadPoolExecutor(_WRITERS) as pool:
            list(pool.map(lambda each: _write_bucket(folder / f"{each[0]:02d}.parquet", each[1]), panels.items()))
        _write_manifest(place, _Kept(folder=folder.name, looks=looks, judgements=judgements, buckets=tuple(panels)))
    except (OSError, WorkspaceError):
        shutil.rmtree(folder, ignore_errors=True)  # the disk is full: leave it what room there is
        raise
    for entry in place.iterdir():
        if entry.is_dir() and entry != folder:
            shutil.rmtree(entry, ignore_errors=True)


def _bare(looks: Sequence[Look]) -> Panel:
    """A panel of these looks, none of which showed anything."""
    return Panel(rows=PANEL_ROWS.empty_table(), looks=tuple(looks), marks=np.zeros((len(looks), 0), dtype=np.uint8))


def _write_bucket(path: Path, panel: Panel) -> None:
    table = panel.rows
    for number, line in enumerate(panel.marks):
        table = table.append_column(f"look_{number}", pa.array(line))
    with written_whole(path) as file:
        options = {"use_dictionary": _WORDS, "write_statistics": False, "write_page_checksum": True}
        pq.write_table(table, file, compression="zstd", **options)


def _buckets(place: Path, kept: _Kept) -> Iterator[tuple[int, Panel]]:
    for bucket in kept.buckets:
        try:
            path = place / kept.folder / f"{bucket:02d}.parquet"
            file = pq.ParquetFile(path, read_dictionary=_WORDS, page_checksum_verification=True)
            table = file.read(use_threads=False)
            lines = [table.column(f"look_{number}").to_numpy() for number in range(len(kept.looks))]
            rows, marks = table.select(PANEL_ROWS.names).cast(PANEL_ROWS), np.stack(lines).astype(np.uint8, copy=False)
        except (OSError, ValueError, KeyError, pa.ArrowException) as fault:
            raise _DamagedError from fault
        yield bucket, Panel(rows=rows, looks=kept.looks, marks=marks)


def _read_manifest(place: Path) -> _Kept | None:
    """What is kept; ``None`` when there is nothing, or nothing that this program can use."""
    try:
        told = json.loads((place / _MANIFEST).read_text("utf-8"))
        if told["format"] != FORMAT:
            return None
        looks = tuple(Look(**{**look, "day": date.fromisoformat(look["day"])}) for look in told["looks"])
        judgements, buckets = frozenset(told["judgements"]), tuple(map(int, told["buckets"]))
        return _Kept(folder=str(told["folder"]), looks=looks, judgements=judgements, buckets=buckets)
    except (FileNotFoundError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return None


def _write_manifest(place: Path, kept: _Kept) -> None:
    told = {
        "format": FORMAT,
        "folder": kept.folder,
        "judgements": sorted(kept.judgements),
        "buckets": kept.buckets,
        "looks": [asdict(look) | {"day": look.day.isoformat()} for look in kept.looks],
    }
    with written_whole(place / _MANIFEST) as file:
        file.write(json.dumps(told).encode())
