"""``tocsin remediation`` as a person sees it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.cases.packs import SHIPPED
from tests.tasks.conftest import CASE, row, write_report
from tests.tasks.scanning import many, write_scan
from tests.ui.cli.conftest import Run

from tocsin.reports.tables import FIGURE_COLUMNS

COURSES = {**many("AAFF", "AFFF", "AAAA", "FFFF"), "203.0.113.7": "AAAF", "203.0.113.8": "AA??", "198.51.100.7": "AFAA"}
DAYS = (3, 5, 8, 10)


def _take(run: Run, folder: Path, courses: dict[str, str], days: tuple[int, ...], *words: str) -> None:
    scans = [
        write_scan(folder, day, {address: line[n] for address, line in courses.items() if line[n] != "."})
        for n, day in enumerate(days)
    ]
    run("ingest", "--map", "population-scan", *words, *scans)


@pytest.fixture
def scanned(run: Run, tmp_path: Path) -> Run:
    _take(run, tmp_path, COURSES, DAYS)
    return run


def _json(text: str) -> dict[str, list[dict[str, object]]]:
    """The document, in which no number is infinite or none."""

    def refuse(word: str) -> object:
        raise AssertionError(f"{word} is no JSON")

    found: dict[str, list[dict[str, object]]] = json.loads(text, parse_constant=refuse)
    return found


def test_it_shows_label_days_sentences_and_method(scanned: Run) -> None:
    shown = scanned("remediation", CASE).stdout
    assert shown.startswith(f"TLP:AMBER  {CASE}, services, as of 2021-03-10")
    assert "At least 61.1% and at most 66.7% of 18 services ever seen affected" in shown
    assert "a diagnostic" in shown
    assert "nonparametric maximum likelihood" in shown


def test_the_table_rounds_as_the_sentences_do(scanned: Run) -> None:
    shown = scanned("remediation", CASE).stdout
    last = next(line for line in shown.splitlines() if line.startswith("2021-03-10"))
    assert "69.5%–74.0%" in last
    assert "61.1%–66.7%" in last


def test_every_figure_as_json(scanned: Run) -> None:
    found = _json(scanned("remediation", CASE, "--json").stdout)
    assert (found["label"], found["case"], found["as_of"]) == ("TLP:AMBER", CASE, "2021-03-10")
    ids = {str(each["id"]) for each in found["figures"]}
    assert {"services-standing-affected", "services-still-exposed", "services-naive-seen", "services-median"} <= ids


def test_the_command_that_a_figure_names_gives_the_figure(scanned: Run) -> None:
    found = _json(scanned("remediation", CASE, "--unit", "addresses", "--misses", "3", "--json").stdout)
    command = found["figures"][0]["source"]["query"]["command"]  # type: ignore[index, call-overload]
    again = _json(scanned(*str(command).removeprefix("tocsin ").split(), "--json").stdout)
    assert again == found


def test_every_figure_as_csv(scanned: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(scanned("remediation", CASE, "--csv").stdout)))
    assert list(rows[0]) == [*FIGURE_COLUMNS, "label"]
    assert len(rows) == len(_json(scanned("remediation", CASE, "--json").stdout)["figures"])
    assert {each["label"] for each in rows} == {"TLP:AMBER"}
    assert not {"nan", "inf"} & {value.lower() for each in rows for value in each.values()}


def test_groups_have_a_line_each(scanned: Run) -> None:
    shown = scanned("remediation", CASE, "--unit", "organisations", "--by", "sector").stdout
    assert "sector=local government" in shown
    assert "Not told: too few organisations were exposed in sector food" in shown


def test_who_remains(scanned: Run) -> None:
    shown = scanned("remediation", CASE, "--left").stdout
    assert shown.index("Example Bakery") < shown.index("beyond the registry") < shown.index("Example Council")
    first = _json(scanned("remediation", CASE, "--left", "--json").stdout)["left"][0]
    assert (first["constituent"], first["why"]) == ("bakery", ["affected again"])
    rows = list(csv.DictReader(io.StringIO(scanned("remediation", CASE, "--left", "--csv").stdout)))
    assert (rows[0]["who"], rows[0]["label"]) == ("Example Bakery", "TLP:AMBER")


def test_a_persons_correction_shows_in_the_course_and_in_who_remains(scanned: Run) -> None:
    words = ("--reason", "seen on site", "--author", "A. Officer", "--expires", "2099-01-01", "--from", "2021-03-09")
    scanned("override", "verdict", "198.51.100.7:443", "fixed", "--case", CASE, *words)
    assert "Example Bakery" not in scanned("remediation", CASE, "--left").stdout
    states = {
        each["state"]: each["low"]
        for each in _json(scanned("remediation", CASE, "--json").stdout)["figures"]
        if each["as_of"] == "2021-03-10" and "standing" in str(each["id"])
    }
    assert (states["affected"], states["fixed"]) == (5, 17)


@pytest.mark.parametrize(("scope", "unseen"), [("uk (countries GB)", 1), ("france (countries FR)", 0), ("all", 0)])
def test_a_scan_misses_what_lies_in_its_stated_bounds(run: Run, tmp_path: Path, scope: str, unseen: int) -> None:
    run("ingest", write_report(tmp_path, [row("192.0.2.200", day=3)], day=3))
    _take(run, tmp_path, many("AA", times=12), (5, 8), "--scope", scope)
    found = _json(run("remediation", CASE, "--json").stdout)["figures"]
    last = [each["low"] for each in found if each["state"] == "unseen" and each["as_of"] == "2021-03-08"]
    assert last[0] == unseen


@pytest.mark.parametrize("words", [("--left",), ("--json",), ("--csv",), ()])
def test_a_label_below_the_workspaces_needs_a_flag(scanned: Run, words: tuple[str, ...]) -> None:
    refused = scanned("remediation", CASE, *words, "--label", "TLP:CLEAR", exits=1)
    assert "--below-label" in refused.output
    assert "Example" not in refused.output


PUBLIC = ("--label", "TLP:CLEAR", "--below-label")


@pytest.mark.parametrize("words", [(), ("--json",), ("--csv",), ("--by", "sector")])
def test_small_counts_do_not_reach_the_public_without_a_flag(scanned: Run, words: tuple[str, ...]) -> None:
    refused = scanned("remediation", CASE, *words, *PUBLIC, exits=1)
    assert "add --small-counts if you may" in refused.output
    assert "standing" not in refused.output
    assert "TLP:CLEAR" in scanned("remediation", CASE, *words, *PUBLIC, "--small-counts").stdout


def test_who_remains_is_never_told_to_the_public(scanned: Run) -> None:
    refused = scanned("remediation", CASE, "--left", *PUBLIC, "--small-counts", exits=1)
    assert "who remains is named" in refused.stderr
    assert "Example" not in refused.output


def test_a_workspace_labelled_clear_is_public_too(scanned: Run, root: Path) -> None:
    settings = root / "tocsin.toml"
    settings.write_text(settings.read_text("utf-8").replace("TLP:AMBER", "TLP:CLEAR"), "utf-8")
    assert "--small-counts" in scanned("remediation", CASE, exits=1).stderr
    assert "who remains is named" in scanned("remediation", CASE, "--left", exits=1).stderr


@pytest.mark.parametrize("words", [("--unit", "organisations"), ("--by", "sector"), ("--from", "2021-03-04")])
def test_what_who_remains_cannot_be_asked_by_is_refused(scanned: Run, words: tuple[str, ...]) -> None:
    refused = scanned("remediation", CASE, "--left", *words, exits=1)
    assert f"with --left there is no {words[0]}" in refused.stderr


def test_one_scan_only_says_so(run: Run, tmp_path: Path) -> None:
    _take(run, tmp_path, many("A", "F"), (5,))
    _says(run("remediation", CASE).stdout, "only one look came after the patch")


def test_all_censored_says_so(run: Run, tmp_path: Path) -> None:
    _take(run, tmp_path, many("AAAA", times=12), DAYS)
    _says(run("remediation", CASE).stdout, "none was seen to end")


def test_where_nothing_was_decided_there_is_nothing_to_divide_by(run: Run, tmp_path: Path) -> None:
    _take(run, tmp_path, many("????", times=12), DAYS)
    _says(run("remediation", CASE).stdout, "too few services were exposed to estimate anything (0)")


def _says(shown: str, why: str) -> None:
    assert why in shown
    assert "nan" not in shown.lower().split()
    assert not {"0%", "0.0%", "-0.0%"} & set(shown.replace("–", " ").split())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((CASE, "--to", "2021-03-02"), "nothing was observed up to 2021-03-02"),
        ((CASE, "--from", "2021-03-09", "--to", "2021-03-04"), "exchange the two days"),
        ((CASE, "--from", "2021-05-01"), "nothing was observed from 2021-05-01 on"),
        ((CASE, "--to", "9999-12-31"), "nothing is observed on 9999-12-31"),
        ((CASE, "--to", "0001-01-01"), "nothing is observed on 0001-01-01"),
        ((CASE, "--to", "soon"), "--to 'soon' is no date"),
        ((CASE, "--unit", "servers"), "did you mean services"),
        ((CASE, "--by", "colour"), "one of sector, public-body, country, branch"),
        ((CASE, "--misses", "0"), "--misses and --unlisted 1 or more"),
        ((CASE, "--seed", "-1"), "--seed 0 or more"),
        ((CASE, "--jump", "nan"), "--jump above 0"),
        ((CASE, "--target", "1"), "is no share"),
        (("exchange-proxylogin-2021",), "did you mean exchange-proxylogon-2021"),
        (("citrix-bleed-2023",), "nothing was taken in yet"),
    ],
)
def test_what_cannot_be_asked(scanned: Run, words: tuple[str, ...], says: str) -> None:
    refused = scanned("remediation", *words, exits=1)
    assert says in refused.stderr
    assert refused.stdout == ""


def test_a_case_without_a_patch_says_what_is_missing(run: Run, root: Path, tmp_path: Path) -> None:
    pack = root / "packs" / CASE
    for file in (SHIPPED / CASE).rglob("*"):
        if file.is_file():
            target = pack / file.relative_to(SHIPPED / CASE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes().replace(b'kind = "patch"', b'kind = "end"'))
    _take(run, tmp_path, COURSES, DAYS)
    refused = run("remediation", CASE, exits=1).stderr
    assert "states no day of a patch" in refused
    assert "kind 'patch'" in refused
