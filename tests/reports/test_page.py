from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from tocsin.figures import Figure, Period, Query
from tocsin.labels import Label
from tocsin.reports.page import Report, Share, StatusCourse, write_page

DAYS = [date(2021, 3, 4) + timedelta(days=number) for number in range(3)]


def figure(state: str, low: int, high: int, day: date = DAYS[-1], unit: str = "services") -> Figure:
    return Figure(
        id=f"{unit}-{state}",
        low=low,
        high=high,
        unit=unit,
        state=state,
        place="the constituency",
        as_of=day,
        known_at=None,
        method="Services seen in seven days.",
        denominator=None,
        source=Query(command="tocsin census exchange-proxylogon-2021", versions=("pack 1-abc", "constituency 2-def")),
    )


def report(**others: object) -> Report:
    courses = tuple(
        StatusCourse(state=state, figures=tuple(figure(state, 1_000, 1_234, day) for day in DAYS))
        for state in ("affected", "fixed", "undetermined", "not_affected")
    )
    share = Share(
        name="health",
        affected=figure("affected", 3, 7, unit="public bodies"),
        seen=figure("seen", 8, 9, unit="public bodies"),
    )
    plain = Report(
        title="Census",
        label=Label.AMBER,
        notes=("A made-up world.",),
        courses=courses,
        organisations=(share,),
        public_bodies=(share,),
        first=(figure("affected", 5, 6, DAYS[0]),),
        last=(figure("affected", 2, 3),),
    )
    return replace(plain, **others)  # type: ignore[arg-type]  # each test names fields of Report


class Balanced(HTMLParser):
    """Fails on a tag that is closed out of order."""

    VOID = frozenset(("meta", "rect", "line", "polygon", "polyline", "!doctype"))

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_carries_label_dates_definitions_method_and_the_way_to_the_figures() -> None:
    page = write_page(report())
    for text in ("TLP:AMBER", "4 March 2021 to 6 March 2021", "Services seen in seven days.", "undetermined"):
        assert text in page
    assert "They rest on constituency 2-def, pack 1-abc." in page
    assert "<code>tocsin census exchange-proxylogon-2021</code>" in page
    assert "1,000 – 1,234" in page


def test_the_page_is_well_formed() -> None:
    parser = Balanced()
    parser.feed(write_page(report()))
    assert parser.open == []


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    page = write_page(report())
    assert not re.search(r"<(script|link|img|iframe|object|embed|base|form)\b|@import|https?:|\bon\w+=", page)
    assert set(re.findall(r"url\(([^)]*)\)", page)) == set(re.findall(r"url\((#[^)]*)\)", page))
    assert "default-src 'none'" in page


def test_patterns_of_the_two_drawings_do_not_share_a_name() -> None:
    names = re.findall(r'<pattern id="([^"]*)"', write_page(report()))
    assert len(names) == len(set(names)) > 0


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "\x1b]0;x\x07\u202e"])
def test_foreign_text_is_escaped_wherever_it_stands(hostile: str) -> None:
    share = Share(name=hostile, affected=figure("affected", 3, 7), seen=figure("seen", 8, 9))
    odd = replace(
        figure("affected", 2, 3),
        place=hostile,
        method=hostile,
        source=Query(command=hostile, versions=(hostile,)),
        unit=hostile,
    )
    page = write_page(report(title=hostile, notes=(hostile,), organisations=(share,), last=(odd,)))
    assert hostile not in page
    assert "<script" not in page
    assert "<img" not in page


def test_no_sector_is_said_in_words() -> None:
    assert "None was seen." in write_page(report(public_bodies=()))


def test_courses_of_different_days_are_refused() -> None:
    courses = report().courses
    short = StatusCourse(state="fixed", figures=courses[1].figures[:-1])
    with pytest.raises(ValueError, match="the same days"):
        write_page(report(courses=(courses[0], short)))


def test_a_course_of_a_range_of_days_is_refused() -> None:
    course = report().courses[0]
    month = replace(course.figures[0], as_of=Period(begins=DAYS[0], ends=DAYS[-1]))
    with pytest.raises(ValueError, match="range of days"):
        write_page(report(courses=(replace(course, figures=(month,)),)))
