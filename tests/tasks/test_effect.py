"""What being told first changed, end to end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.tasks.conftest import CASE, NOW, import_text
from tests.tasks.scanning import take_courses
from tests.tasks.telling import LATE
from tests.telling import add_notice, add_plan

from tocsin.store.desk import open_desk
from tocsin.store.workspace import Workspace
from tocsin.tasks.effect import Effects, what_telling_changed
from tocsin.tasks.workspace import init

WAVES = {1: datetime(2021, 3, 9, 9, tzinfo=UTC), 2: datetime(2021, 3, 18, 9, tzinfo=UTC)}


def _waved(folder: Path, drawn: Mapping[str, object]) -> Workspace:
    """Twelve organisations in each wave; of the first eight fix before the second leaves, of the second two."""
    made = init(folder / "workspace", label="TLP:AMBER")
    lines = [f"body-{n},Example {n},GB,food,no,198.51.100.{n}/32,it@body-{n}.example" for n in range(1, 25)]
    head = "id,name,country,sector,public_body,networks,contacts\n"
    import_text(made, folder, head + "\n".join(lines) + "\n", now=NOW - timedelta(days=30))
    courses = ["AFFF"] * 8 + ["AAAA"] * 4 + ["AAFF"] * 2 + ["AAAF"] * 10
    take_courses(made, folder, [8, 12, 16, 20], {f"198.51.100.{n}": line for n, line in enumerate(courses, 1)})
    desk = open_desk(made.desk_url)
    add_plan(desk, made_at=WAVES[1] - timedelta(hours=2), waves=drawn)
    for n in range(1, 25):
        wave = 1 if n <= 12 else 2
        add_notice(desk, f"n{n}", f"body-{n}", ("accepted", WAVES[wave]), wave=wave)
    desk.dispose()
    return made


def _effect(workspace: Workspace) -> Effects:
    return what_telling_changed(workspace, CASE, as_of=None, now=LATE, tell=lambda *_: None)


def test_those_told_are_held_against_those_who_waited(tmp_path: Path) -> None:
    found = _effect(_waved(tmp_path, {"seed": 7, "approver": "Grace"}))
    (contrast,) = found.found.contrasts
    assert contrast.difference == pytest.approx(8 / 12 - 2 / 12)
    assert contrast.told.as_of == contrast.waiting.as_of
    told = found.as_json()
    assert len(told["contrasts"]) == 1  # type: ignore[arg-type]
    assert told["declined"] == []


def test_waves_without_a_seed_were_not_drawn_by_chance(tmp_path: Path) -> None:
    found = _effect(_waved(tmp_path, {"order": "public bodies first"}))
    assert found.found.contrasts == ()
    assert "not drawn by chance" in found.found.declined[0]
