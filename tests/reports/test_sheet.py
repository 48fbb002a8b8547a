from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from tests.remediation.reaching import AFTER, party, told
from tests.reports.dossiers import HOSTILE, WORLDS, clear, figure, hostile, large

from tocsin.figures import Figure, Passage
from tocsin.figures.codec import from_json
from tocsin.labels import Label
from tocsin.remediation.reach import Beside, reach
from tocsin.remediation.standing import WHY_NAIVE_SHARES_DIFFER
from tocsin.reports.dossier import Dossier, every_figure
from tocsin.reports.escape import html
from tocsin.reports.plots import draw
from tocsin.reports.sheet import figures_json, write_sheet
from tocsin.reports.suppress import for_label

SECTIONS = [
    "The figures",
    "Status over time",
    "Exposure since the patch was released",
    "Sectors and public bodies",
    "Countries",
    "Who remains",
    "What these figures do not say",
    "How the figures were made",
]


class Reader(HTMLParser):
    """Fails on a tag that is closed out of order; keeps headings and images."""

    VOID = frozenset(("meta", "img"))

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[str] = []
        self.images: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.images.append(dict(attrs))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and re.fullmatch("h[1-6]", self.open[-1]):
            self.headings.append(self.open[-1] + " " + data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def page_of(dossier: Dossier) -> str:
    return write_sheet(dossier, ())


@pytest.fixture(scope="module")
def page() -> str:
    dossier = large(6)
    dossier = replace(dossier, courses=dossier.courses[:1], panels=dossier.panels[:3])
    return write_sheet(dossier, draw(dossier))


def test_the_sections_stand_in_their_order(page: str) -> None:
    assert [text[3:] for text in read(page).headings if text.startswith("h2")] == SECTIONS


def test_headings_descend_one_step_at_a_time(page: str) -> None:
    steps = [int(text[1]) for text in read(page).headings]
    assert steps[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(steps))


def test_the_page_asks_for_nothing_and_runs_nothing(page: str) -> None:
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in page
    assert re.findall(r'(?:src|href|action|srcset)\s*=\s*"(?!data:)[^"]*', page) == []
    assert re.findall(r"<script|@import|url\(|\son\w+=", page) == []


def test_every_picture_has_words_and_both_widths(page: str) -> None:
    images = read(page).images
    assert [image["class"] for image in images] == ["wide", "narrow"] * 7
    assert all(image["alt"] for image in images)
    assert page.count("<figcaption>") == 7


def test_the_label_stands_above_and_below_and_on_every_printed_page(page: str) -> None:
    assert page.count('<p class="label">TLP:AMBER</p>') == 2
    assert page.count('content: "TLP:AMBER') == 2
    assert "LABEL" not in page


def test_each_headline_is_a_figure_in_words_that_opens(page: str) -> None:
    for one in large(6).headline:
        said = str(one)
        assert f"<summary>{html(said[0].upper() + said[1:])}.</summary>" in page


def test_a_figure_opens_to_its_trail() -> None:
    one = large(3).courses[0].exposure[-1]
    page = page_of(replace(large(3), headline=(one,), courses=(), panels=()))
    for part in (one.id, one.unit, one.method, "pack 1.2", "tocsin remediation", "3,107 services ever seen affected"):
        assert html(part) in page


def test_the_json_of_a_trail_is_the_figure_itself() -> None:
    one = figure("affected", 3, 7)
    page = page_of(replace(large(3), headline=(one,), extra=(), courses=(), panels=()))
    found = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    assert found
    assert from_json(json.loads(found[1].replace("&quot;", '"'))) == one


def test_every_figure_of_a_chart_is_listed_with_its_id(page: str) -> None:
    for one in large(6).courses[0].standing:
        assert html(one.id) in page


@pytest.mark.parametrize("name", WORLDS)
def test_every_world_gives_a_well_formed_page_without_nonsense(name: str) -> None:
    dossier = for_label(WORLDS[name]())
    page = page_of(dossier)
    read(page)
    assert re.findall(r"\b(?:nan|NaN|None|inf|Infinity)\b", re.sub(r"<style>.*</style>", "", page)) == []


def test_hostile_words_stay_words() -> None:
    page = page_of(hostile())
    assert "<script" not in page
    assert "\u202e" not in page
    assert "\x00" not in page
    assert html(HOSTILE)[:40] in page


def test_nobody_is_named_to_the_public_even_where_nothing_was_suppressed() -> None:
    page = page_of(replace(large(3), label=Label.CLEAR))
    assert "Example Hospital" not in page
    assert "Organisations are not named" in page


def test_who_remains_is_named_to_those_who_may_know() -> None:
    page = page_of(large(3))
    assert "Example Hospital 1 of the Northern Region" in page
    assert "And 137 more." in page


def test_whom_we_have_told_is_there_where_somebody_was_planned_for() -> None:
    assert "Whom we have told" not in page_of(large(3))
    told_of = page_of(replace(large(3), reached=reach([party("deaf", told("silent"))], Beside(), AFTER).figures))
    assert "Whom we have told" in told_of
    assert "sent a notice that the next hop accepted" in told_of


def test_the_public_page_says_that_figures_are_withheld() -> None:
    dossier = for_label(clear())
    assert f"{len(dossier.withheld):,} figures are not shown: fewer than 5" in page_of(dossier)


def test_a_dossier_without_figures_says_so() -> None:
    empty = replace(large(1), courses=(), panels=(), countries=(), reasons=(), headline=(), extra=(), remaining=())
    page = page_of(empty)
    said = ("Nothing was seen", "No curve could be estimated", "No figure by country", "none is listed")
    assert [text for text in said if text not in page] == []


def test_nobody_is_said_to_remain_only_where_nobody_does() -> None:
    nobody = replace(large(1), remaining=(), remaining_more=0)
    assert "No organisation of the registry is known to remain." in page_of(nobody)
    assert "137 organisations remain; none is listed." in page_of(replace(nobody, remaining_more=137))


def test_the_figures_as_json_are_read_back_as_they_were() -> None:
    dossier = large(2)
    held = json.loads(figures_json(dossier))
    assert tuple(from_json(one) for one in held["figures"]) == every_figure(dossier)
    assert (held["label"], held["as_of"]) == ("TLP:AMBER", "2021-03-05")


def test_why_plain_shares_differ_is_said_once_and_only_where_there_are_any() -> None:
    assert page_of(large(3)).count(html(WHY_NAIVE_SHARES_DIFFER)) == 1
    assert html(WHY_NAIVE_SHARES_DIFFER) not in page_of(WORLDS["censored"]())


def test_a_quoted_figure_names_its_document() -> None:
    said: Figure = replace(
        figure("affected", 92), source=Passage(document="ab12", begins=3, ends=9, text="92 were patched")
    )
    page = page_of(replace(large(1), headline=(said,), courses=(), panels=()))
    assert "92 were patched" in page
    assert "ab12, 3 to 9" in page
