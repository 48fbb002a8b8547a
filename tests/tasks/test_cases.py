"""Packs are found in their three places, and the later place wins."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.cases.packs import NAMES, TOML, small

from tocsin.errors import AskError, PackError
from tocsin.labels import Label
from tocsin.store.workspace import create_workspace
from tocsin.tasks.cases import (
    FILE_LIMIT,
    active_cases,
    check,
    find_packs,
    judge_by_hand,
    list_packs,
    load_case,
    load_pack,
    load_packs,
    survey_packs,
)


def write_pack(folder: Path, toml: str = TOML) -> Path:
    for name, data in small(toml).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


def test_the_shipped_packs_are_found_without_a_workspace() -> None:
    assert tuple(find_packs(None, ())) == NAMES
    assert tuple(load_packs()) == NAMES


def test_the_workspace_and_then_pack_win(tmp_path: Path) -> None:
    write_pack(tmp_path / "packs" / "widget-2024")
    own = write_pack(tmp_path / "own" / "widget-2024")
    found = survey_packs(tmp_path, [own])["widget-2024"]
    assert (found.path, found.origin, found.instead_of) == (own, "--pack", tmp_path / "packs" / "widget-2024")
    assert survey_packs(tmp_path)["widget-2024"].origin == "workspace"


def test_an_unknown_case_names_near_misses(tmp_path: Path) -> None:
    with pytest.raises(AskError) as raised:
        load_case("exchange-proxylogn-2021")
    assert "did you mean exchange-proxylogon-2021" in raised.value.what


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"no case\.toml"):
        find_packs(None, [tmp_path])
    with pytest.raises(PackError, match="no such folder"):
        check(tmp_path / "nowhere")


def test_the_id_is_the_name_of_the_folder(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "gadget-2024")
    with pytest.raises(PackError, match="the id is 'widget-2024', the folder is named 'gadget-2024'"):
        load_pack(pack)
    assert [fault.pointer.key for fault in check(pack).faults] == ["id"]


def test_a_pack_with_faults_is_listed_as_such(tmp_path: Path) -> None:
    write_pack(tmp_path / "packs" / "widget-2024", TOML.replace("title", "titel"))
    listed = {each.name: each for each in list_packs(tmp_path)}
    assert listed["widget-2024"].faulty
    assert not listed["citrix-bleed-2023"].faulty
    assert listed["widget-2024"].as_json()["origin"] == "workspace"


def test_a_check_tries_the_golden_rows(tmp_path: Path) -> None:
    checked = check(write_pack(tmp_path / "widget-2024"))
    assert (checked.faults, checked.golden) == ((), 1)


def test_a_file_beyond_all_measure_is_refused(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "widget-2024")
    with (pack / "builds.csv").open("wb") as file:
        file.truncate(FILE_LIMIT + 1)
    with pytest.raises(PackError, match="the file has"):
        load_pack(pack)


def test_a_workspace_judges_the_cases_of_its_settings(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "w", Label.AMBER)
    assert tuple(active_cases(workspace)) == NAMES
    settings = workspace.root / "tocsin.toml"
    chosen = type(workspace)(root=workspace.root, label=workspace.label, desk_url="", cases=("citrix-bleed-2023",))
    assert tuple(active_cases(chosen)) == ("citrix-bleed-2023",)
    assert settings.is_file()


def test_a_build_is_judged_by_hand() -> None:
    case = load_case("exchange-proxylogon-2021")
    day = date(2021, 5, 14)
    verdict = judge_by_hand(case, None, day=day, tags=["cve-2021-26855", "webshell"], source=None)
    assert verdict is not None
    assert (verdict.status, verdict.compromise) == ("affected", "confirmed")
    assert judge_by_hand(case, "15.1.2106.8", day=day, source="own_scan") is None
