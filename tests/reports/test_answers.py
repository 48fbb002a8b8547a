"""Answers in every medium: under their label, with nothing that a stranger wrote taken as anything but text."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from tests.reports.answering import CENSUS_FIGURES, DAY, EVIL, course, material

from tocsin.errors import AskError
from tocsin.labels import Label
from tocsin.reports._answer_sections import sections, sentence
from tocsin.reports._markdown import markdown
from tocsin.reports.answered import Answers
from tocsin.reports.answering import compose
from tocsin.reports.answers import FORMATS, as_markdown, as_text, check_answer_format, rendered
from tocsin.reports.earlier import Earlier, latest
from tocsin.reports.material import Material, Table, for_public
from tocsin.reports.questions import QUESTIONS, choose

HOSTILE = material(
    title=EVIL,
    versions=(EVIL,),
    census=tuple(replace(figure, place=EVIL) for figure in CENSUS_FIGURES),
    public_bodies=Table(title=EVIL, columns=(EVIL, "who"), rows=((EVIL, "x" * 400),)),
)


def every(of: Material | None = None) -> Answers:
    then = Earlier(
        name="then.json",
        label=Label.GREEN,
        as_of=DAY,
        questions=frozenset({"exposed"}),
        figures=latest([replace(CENSUS_FIGURES[1], place="elsewhere")]),
    )
    return compose(of or material(), QUESTIONS, then, names=True)


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "pdf"])
def test_the_label_stands_at_the_top(kind: str) -> None:
    start = rendered(every(), kind, Label.AMBER_STRICT)[:60].decode()
    assert "TLP:AMBER+STRICT" in start


def test_an_unknown_format_is_refused_with_the_nearest() -> None:
    with pytest.raises(AskError, match="did you mean markdown"):
        check_answer_format("markdwn")
    assert check_answer_format("pdf") == "pdf"


def test_each_question_has_its_definition_its_doubts_and_its_commands() -> None:
    text = as_text(every(), Label.GREEN)
    begin = text.index("[exposed]")
    section = text[begin : text.index("[public-bodies]")]
    assert "At least 100 and at most 200 services affected" in section
    for heading in ("Counted as:", "Not known:", "Again with:"):
        assert heading in section


@pytest.mark.parametrize("render", [as_text, as_markdown])
def test_no_control_character_comes_through(render: object) -> None:
    assert callable(render)
    text = render(every(HOSTILE), Label.GREEN)
    assert not set(text) & {"\x1b", "\u202e", "\r", "\x00"}


def test_no_foreign_text_is_markup_in_markdown() -> None:
    text = as_markdown(every(HOSTILE), Label.GREEN)
    assert not re.search(r"(?<!\\)<b", text)
    assert "\n# now" not in text
    assert not re.search(r"https?://", text)


def test_a_table_of_markdown_has_as_many_cells_in_every_row() -> None:
    rows = [line for line in as_markdown(every(HOSTILE), Label.GREEN).splitlines() if line.startswith("| ")]
    cells = [len(re.findall(r"(?<!\\)\|", row)) for row in rows]
    widths = {len(table.columns) + 1 for each in sections(every(HOSTILE)) for table in each.tables}
    assert set(cells) == widths


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", r"a\|b"),
        ("- a", r"\- a"),
        ("12. a", r"12\. a"),
        ("see www.example.org", r"see www\.example.org"),
        ("a\nb", r"a\\x0ab"),
        ("plain words, 1.5", "plain words, 1.5"),
    ],
)
def test_markdown_signs_are_escaped(text: str, shown: str) -> None:
    assert markdown(text) == shown


def test_the_json_is_whole_and_has_no_number_that_is_none() -> None:
    found = json.loads(rendered(every(HOSTILE), "json", Label.GREEN), parse_constant=pytest.fail)
    assert next(iter(found)) == "label"
    assert [each["id"] for each in found["answers"]] == [question.id for question in QUESTIONS]


def test_a_share_of_none_is_told_as_none() -> None:
    naive = course("services").naive[-1]
    told = sentence(replace(naive, low=0, high=0))
    assert told == "Of 200 services ever seen affected everywhere seen, as of 31 March 2021, none was fixed."
    assert sentence(replace(naive, low=0, high=0.25)).startswith("At most 25.0% of 200 services")


def test_the_weekly_table_has_both_bands_and_both_plain_shares() -> None:
    (section,) = sections(compose(material(), choose(["fixed"])))
    assert section.tables[0].rows[-1] == (
        *("2021-03-31", "10.0%", "9.0% to 11.0%", "5.0% to 30.0%"),
        *("60.0% to 90.0%", "50.0% to 80.0%"),
    )


def test_a_change_is_named_in_words() -> None:
    (section,) = (each for each in sections(every()) if each.id == "changed")
    names = [row[0] for row in section.tables[0].rows]
    assert names[:2] == ["services affected everywhere seen", "organisations affected in the constituency"]


def test_what_is_withheld_from_the_public_is_counted_at_the_end() -> None:
    few = for_public(material(courses=(course("services", 24),)))
    assert f"{few.withheld:,} figures are withheld" in as_text(compose(few, QUESTIONS), Label.CLEAR)


def test_the_pdf_is_the_same_twice_and_takes_hostile_text() -> None:
    pytest.importorskip("typst", reason="the optional extra 'report' is not installed")
    one, two = (rendered(every(HOSTILE), "pdf", Label.RED) for _ in range(2))
    assert one.startswith(b"%PDF-")
    assert one == two


def test_an_answer_without_any_figure_is_still_a_pdf() -> None:
    pytest.importorskip("typst", reason="the optional extra 'report' is not installed")
    bare = Material(case_id="example", title="", as_of=DAY)
    assert rendered(compose(bare, QUESTIONS), "pdf", Label.CLEAR).startswith(b"%PDF-")
