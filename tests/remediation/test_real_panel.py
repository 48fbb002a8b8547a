"""The fold and the estimate on a real panel, five scans of one flaw, held against direct counts in plain Python.

The data are beside the repository and no row of them is in it.
"""

from __future__ import annotations

import csv
import lzma
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from lifelines import KaplanMeierFitter

from tocsin.figures import Figure, Query
from tocsin.remediation.changes import detect_changes
from tocsin.remediation.curves import Draws
from tocsin.remediation.exposure import Origin
from tocsin.remediation.incidence import incidence
from tocsin.remediation.lives import live
from tocsin.remediation.marks import Mark
from tocsin.remediation.measures import Asked, Course, Subject, follow, measure
from tocsin.remediation.panel import PANEL_ROWS, Look, Panel, join, one_look
from tocsin.remediation.spells import Rules, Standing
from tocsin.remediation.standing import SEEN_THAT_DAY
from tocsin.tables import TRACES

PATCH = Origin(day=date(2025, 8, 26), what="the vendor's bulletin and the fixed builds")
SAID = {frozenset({"VULNERABLE"}): Mark.AFFECTED, frozenset({"NOT_VULNERABLE"}): Mark.FIXED}
BOTH = {"VULNERABLE", "NOT_VULNERABLE"}
NO_TRACES = TRACES.empty_table()
NETWORK = int.from_bytes(bytes.fromhex("20010db800000000"))

Courses = Mapping[str, Mapping[date, Mark]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the panel."""

    host: str
    country: str
    day: date
    version: str
    status: str


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> list[Row]:
    """Every line."""
    path = shared_data / "remediation-panel" / "panel_CVE-2025-7775.csv.xz"
    if not path.is_file():
        pytest.skip("the real panel is not here: no remediation-panel in ../shared/data")
    with lzma.open(path, "rt", encoding="utf-8") as file:
        return [
            Row(
                host=r["host"],
                country=r["cc"],
                day=date.fromisoformat(r["date"]),
                version=r["version"],
                status=r["status"],
            )
            for r in csv.DictReader(file)
        ]


@pytest.fixture(scope="module")
def said(rows: list[Row]) -> dict[tuple[str, date], set[str]]:
    """What was said of each host on each day."""
    found = defaultdict[tuple[str, date], set[str]](set)
    for row in rows:
        found[row.host, row.day].add(row.status)
    return found


@pytest.fixture(scope="module")
def courses(said: dict[tuple[str, date], set[str]]) -> Courses:
    """Each host's marks by day: what is said both ways, or not known, is undetermined."""
    found = defaultdict[str, dict[date, Mark]](dict)
    for (host, day), words in said.items():
        found[host][day] = SAID.get(frozenset(words), Mark.UNDETERMINED)
    return found


@pytest.fixture(scope="module")
def days(rows: list[Row]) -> list[date]:
    return sorted({row.day for row in rows})


@pytest.fixture(scope="module")
def panel(rows: list[Row], courses: Courses, days: Sequence[date]) -> Panel:
    """The adapter: the panel that these lines make, a host a service, under an address of our own."""
    numbers = {host: number for number, host in enumerate(sorted(courses))}
    seen = {(row.host, row.day): row for row in rows}
    return join([_look(day, {h: r for (h, d), r in seen.items() if d == day}, courses, numbers) for day in days])


def _look(day: date, seen: Mapping[str, Row], courses: Courses, numbers: Mapping[str, int]) -> Panel:
    columns: dict[str, list[object]] = {
        "ip_hi": [NETWORK for _ in seen],
        "ip_lo": [numbers[host] for host in seen],
        "port": [443 for _ in seen],
        "transport": ["tcp" for _ in seen],
        "constituent": [None for _ in seen],
        "certainty": ["none" for _ in seen],
        "country": [row.country or None for row in seen.values()],
        "asn": [None for _ in seen],
        "branch": [row.version.partition("-")[0] or None for row in seen.values()],
        "name": [None for _ in seen],
    }
    table = pa.table({name: pa.array(values).cast(PANEL_ROWS.field(name).type) for name, values in columns.items()})
    look = Look(day=day, source="scan", scope="all", coverage="population", judgement=str(day))
    marks = pa.array([int(courses[host][day]) for host in seen], pa.uint8())
    return one_look(look, table.append_column("mark", marks))


@pytest.fixture(scope="module")
def subject(panel: Panel) -> Subject:
    return follow(live(panel, {}), NO_TRACES, PATCH, Rules(), detect_changes(panel), {})


@pytest.fixture(scope="module")
def course(subject: Subject) -> Course:
    source = Query(command="tests", versions=())
    template = Figure(
        id="", low=0, high=0, unit="", state="", place="", as_of=PATCH.day, known_at=None, method="", denominator=None,
        source=source,
    )  # fmt: skip
    draws = Draws(replicates=100, rng=np.random.default_rng(1))
    return measure(subject, Asked(unit="services", template=template), draws)


def _tally(courses: Courses, day: date) -> Counter[Mark]:
    return Counter(marks[day] for marks in courses.values() if day in marks)


def test_25_host_days_contradict_themselves_and_are_undetermined(
    said: dict[tuple[str, date], set[str]], courses: Courses
) -> None:
    contradictory = [key for key, words in said.items() if words >= BOTH]
    assert len(contradictory) == 25
    assert {courses[host][day] for host, day in contradictory} == {Mark.UNDETERMINED}


def test_one_version_carries_both_verdicts(rows: list[Row]) -> None:
    verdicts = defaultdict[str, set[str]](set)
    for row in rows:
        verdicts[row.version].add(row.status)
    assert [version for version, words in verdicts.items() if words >= BOTH] == ["13.1-59.19"]


def test_every_host_and_every_host_day_is_in_the_panel(panel: Panel, subject: Subject, courses: Courses) -> None:
    assert len(subject.lives) == len(courses)
    assert np.count_nonzero(panel.marks) == sum(len(marks) for marks in courses.values())


def test_the_common_cohort_equals_a_direct_count(course: Course, courses: Courses, days: Sequence[date]) -> None:
    cohort = [marks for marks in courses.values() if len(marks) == len(days)]
    direct = [(sum(marks[day] is Mark.AFFECTED for marks in cohort), len(cohort)) for day in days]
    assert [(each.low, each.denominator.low) for each in course.cohort if each.denominator] == direct
    unclear = [sum(marks[day] is Mark.UNDETERMINED for marks in cohort) for day in days]
    assert [each.high - each.low for each in course.cohort] == unclear


def test_the_common_cohort_never_relapses_as_a_whole(course: Course) -> None:
    assert all(later.low < earlier.low for earlier, later in pairwise(course.cohort))


def test_the_naive_share_of_those_seen_equals_a_direct_count(
    course: Course, courses: Courses, days: Sequence[date]
) -> None:
    naive = {each.as_of: each for each in course.naive if each.denominator and each.denominator.state == SEEN_THAT_DAY}
    for day in days:
        tally = _tally(courses, day)
        assert naive[day].low == tally[Mark.FIXED] / tally.total()
        assert naive[day].high == (tally[Mark.FIXED] + tally[Mark.UNDETERMINED]) / tally.total()


def test_where_everybody_stands_on_the_first_day_equals_a_direct_count(
    course: Course, courses: Courses, days: Sequence[date]
) -> None:
    tally = _tally(courses, days[0])
    first = {each.state: each for each in course.standing if each.as_of == days[0]}
    assert (first["affected"].low, first["fixed"].low) == (tally[Mark.AFFECTED], tally[Mark.FIXED])
    assert first["undetermined"].low == tally[Mark.UNDETERMINED]


def _letters(marks: Mapping[date, Mark], days: Sequence[date]) -> str:
    return "".join(".AM?FN"[marks.get(day, Mark.NOT_SEEN)] for day in days)


def test_who_reopened_equals_a_direct_count(course: Course, courses: Courses, days: Sequence[date]) -> None:
    direct = sum("A" in _letters(marks, days).partition("F")[2] for marks in courses.values())
    assert course.reopened is not None
    assert course.reopened.low == direct


def test_who_vanished_equals_a_direct_count(subject: Subject, courses: Courses, days: Sequence[date]) -> None:
    seen = [_letters(marks, days) for marks in courses.values()]
    direct = sum(line.endswith("..") and line.strip(".?")[-1:] in ("A", "") for line in seen)
    assert int((subject.folded.standing[-1] == Standing.UNSEEN).sum()) == direct


def test_no_scan_of_this_panel_jumps(panel: Panel) -> None:
    assert detect_changes(panel) == ()


def test_exposure_falls_from_look_to_look(course: Course) -> None:
    shares = [each.estimate.value for each in course.exposure if each.estimate]
    assert len(shares) == 5
    assert all(0.2 < later < earlier < 0.8 for earlier, later in pairwise(shares))


def test_both_bands_hold_the_estimate(course: Course) -> None:
    for each in course.exposure:
        assert each.estimate is not None
        assert each.estimate.low <= each.estimate.value <= each.estimate.high
        assert each.low <= each.estimate.value <= each.high


def test_the_estimate_equals_that_of_lifelines(subject: Subject, courses: Courses, days: Sequence[date]) -> None:
    grid = [(day - PATCH.day).days for day in days]
    known = Counter(_between(_letters(marks, days), grid) for marks in courses.values())
    known.pop(None, None)
    lower, upper = np.array([each for each in known if each is not None]).T
    # lifelines takes both ends of an interval as within it
    oracle = KaplanMeierFitter().fit_interval_censoring(lower + 0.5, upper, weights=list(known.values()), tol=1e-8)
    ours = incidence(subject.readings[0].outcomes.as_causes(("fixed", "mitigated")))
    for day, exposed in zip(grid[:-1], ours.exposed[0, :-1].tolist(), strict=True):
        step = oracle.survival_function_.loc[:day].iloc[-1]
        assert step.min() - 1e-4 <= exposed <= step.max() + 1e-4


def _between(line: str, grid: Sequence[int]) -> tuple[float, float] | None:
    """Between which days since the patch a host was fixed; ``None`` when it never showed what decides."""
    before, fixed, _ = line.partition("F")
    if "A" not in before and not fixed:
        return None
    last = grid[before.rindex("A")] if "A" in before else 0
    return (last, grid[len(before)]) if fixed else (last, np.inf)
