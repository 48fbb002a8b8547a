from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date

import pyarrow.compute as pc

from tocsin.testing import POPULATION, ScanFile


def rows(file: ScanFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.data.decode())))


def of(files: list[ScanFile], source: str) -> list[ScanFile]:
    return [file for file in files if file.source == source]


def test_the_month_has_its_reports_and_its_gaps(files: list[ScanFile]) -> None:
    counts = Counter(file.source for file in files)
    assert counts == {"scan_exchange": 27, "scan6_exchange": 27, POPULATION: 13}
    assert files[0].name == "2021-03-04-scan_exchange-example-gb.csv"
    days = {file.day for file in of(files, POPULATION)}
    assert date(2021, 3, 14) in days
    assert date(2021, 3, 16) not in days


def test_lines_are_observations_duplicates_and_broken_ones(files: list[ScanFile]) -> None:
    for file in files[:3]:
        text_breaks = file.data.count(b"first line\nsecond line")
        assert file.data.count(b"\n") - text_breaks == 1 + file.observations + file.duplicates + file.broken
        assert file.truth.num_rows == file.observations


def test_positives_list_only_what_is_affected_or_holds_a_web_shell(files: list[ScanFile]) -> None:
    for file in of(files, "scan_exchange"):
        clean = pc.and_(pc.not_equal(file.truth["status"], "affected"), pc.invert(file.truth["webshell"]))
        assert not pc.any(clean).as_py()
        assert not pc.any(pc.and_(file.truth["mitigated"], pc.invert(file.truth["webshell"]))).as_py()
        assert pc.all(pc.equal(file.truth["country"], "GB")).as_py()


def test_the_population_scan_shows_full_builds_where_it_can(files: list[ScanFile]) -> None:
    parts = Counter(len(row["build"].split(".")) for row in rows(of(files, POPULATION)[0]) if row.get("build"))
    assert parts[4] > parts[3] > 100


def test_positives_show_mostly_three_parts(files: list[ScanFile]) -> None:
    parts = Counter(len((row["version"] or "").split(".")) for row in rows(files[0]) if row["version"])
    assert parts[3] > 5 * parts[4]


def test_each_family_of_addresses_has_its_own_report(files: list[ScanFile]) -> None:
    assert all(":" in address for file in of(files, "scan6_exchange") for address in file.truth["address"].to_pylist())
    assert not any(
        ":" in address for file in of(files, "scan_exchange") for address in file.truth["address"].to_pylist()
    )


def test_the_files_hold_markup_formulas_and_terminal_escapes(files: list[ScanFile]) -> None:
    everything = b"".join(file.data for file in files)
    assert all(text in everything for text in (b"<script>", b"=HYPERLINK(", b"\x1b]0;", b"@SUM("))
