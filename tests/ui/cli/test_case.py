"""``tocsin case`` from a person's side: what it prints, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cases.packs import NAMES, SHIPPED, TOML, small
from typer.testing import CliRunner

from tocsin.ui.cli.case import app


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == code, done.output
    return done.stdout if code == 0 or done.stdout else done.stderr


def write(folder: Path, toml: str = TOML, golden: str | None = None) -> Path:
    files = small(toml) if golden is None else small(toml, golden=golden)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_list_names_every_case(tmp_path: Path) -> None:
    shown = run("list", "--pack", str(write(tmp_path / "widget-2024")))
    assert all(name in shown for name in (*NAMES, "widget-2024", "shipped", "--pack"))
    listed = json.loads(run("list", "--json"))["cases"]
    assert [each["id"] for each in listed] == list(NAMES)


def test_list_says_which_pack_takes_the_place_of_another(tmp_path: Path) -> None:
    pack = write(tmp_path / "citrix-bleed-2023", TOML.replace("widget-2024", "citrix-bleed-2023"))
    done = CliRunner().invoke(app, ["list", "--pack", str(pack)])
    assert f"citrix-bleed-2023 is read from {pack}, instead of" in done.stderr


def test_show_has_the_time_line_the_products_and_the_first_fixed_builds() -> None:
    shown = run("show", "exchange-proxylogon-2021")
    assert "2021-03-02  disclosure" in shown
    assert "* CVE-2021-26855" in shown
    assert "Exchange 2016: 22 branches, 85 builds" in shown
    assert "15.1.2106 (CU18)" in shown
    assert "first with the fix: 15.1.2106.13" in shown
    data = json.loads(run("show", "exchange-proxylogon-2021", "--json"))
    assert data["label"] == "TLP:CLEAR"
    fixed = {each["branch"]: each["first_fixed"]["CVE-2021-26857"] for each in data["branches"]}
    assert fixed["14.3"] == "14.3.513.0"
    assert fixed["14.2"] is None


def test_judge_says_what_and_why() -> None:
    shown = run("judge", "exchange-proxylogon-2021", "15.1.2106.13", "--seen", "2021-05-14")
    assert "status:      fixed\n" in shown
    assert "basis:       15.1.2106.13 contains the fix for branch 15.1.2106 (CU18)\n" in shown


def test_judge_takes_product_tags_and_source() -> None:
    words = ("judge", "exchange-proxylogon-2021", "", "--tag", "cve-2021-26855", "--tag", "webshell", "--json")
    verdict = json.loads(run(*words, "--source", "scan_exchange", "--seen", "2021-05-14"))
    assert (verdict["status"], verdict["compromise"]) == ("affected", "confirmed")
    assert verdict["cves"]["CVE-2021-26855"] == "affected"
    assert "not of the case" in json.loads(run(*words[:3], "--source", "own", "--json", code=1))["error"]["what"]


def test_judge_gives_the_candidates_of_a_short_build() -> None:
    verdict = json.loads(run("judge", "exchange-proxylogon-2021", "15.1.2176", "--seen", "2021-03-20", "--json"))
    assert verdict["candidates"] == ["15.1.2176.2", "15.1.2176.4", "15.1.2176.9"]


def test_what_a_stranger_wrote_reaches_the_terminal_escaped() -> None:
    shown = run("judge", "exchange-proxylogon-2021", "\x1b[31mred")
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("show", "exchange-proxyloggon-2021"), "did you mean exchange-proxylogon-2021"),
        (("judge", "citrix-bleed-2023", "13.1-48.47", "--seen", "yesterday"), "'yesterday' is no date"),
        (("check", "nowhere"), "there is no such folder"),
        (("list", "--workspace", "nowhere"), "no workspace"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(words: tuple[str, ...], what: str) -> None:
    assert what in run(*words, code=1)
    assert what in json.loads(run(*words, "--json", code=1))["error"]["what"]


def test_check_counts_the_golden_rows() -> None:
    assert "no fault; 41 golden rows passed" in run("check", str(SHIPPED / "citrix-bleed-2023"))


def test_check_lists_every_fault_and_fails(tmp_path: Path) -> None:
    pack = write(tmp_path / "widget-2024", TOML.replace('title = "Widget"', "").replace("= 2024-03-01", '= "x"'))
    shown = run("check", str(pack), code=1)
    assert shown.count("case.toml") == 2
    faults = json.loads(run("check", str(pack), "--json", code=1))["faults"]
    assert [fault["where"]["key"] for fault in faults] == ["title", "timeline[0].on"]


def test_a_pack_that_the_golden_rows_contradict_fails(tmp_path: Path) -> None:
    golden = "build,product,source,seen,status\n1.2.1,Widget,scan_a,2024-04-01,fixed\n"
    shown = run("check", str(write(tmp_path / "widget-2024", golden=golden)), code=1)
    assert "golden/a.csv:2 column 'status': expected 'fixed', the pack gives 'affected'" in shown
