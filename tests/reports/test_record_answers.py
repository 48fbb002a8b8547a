"""What public documents say, as answers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from tests.reports.stating import BACKED, STATEMENT, both, read, said

from tocsin.labels import Label
from tocsin.record import Attribution, Level, Relation, Response, Span, Standing
from tocsin.reports.answered import Answer, Answers
from tocsin.reports.answering import compose
from tocsin.reports.answers import rendered
from tocsin.reports.material import Material, for_public
from tocsin.reports.questions import choose
from tocsin.reports.stated import Statement, statements

CASE = "example-flaw-2021"


def answers(question: str, stated: tuple[Statement, ...] | None, case: str = CASE) -> Answers:
    material = Material(case_id=case, title="Example", as_of=date(2021, 8, 1), record=stated)
    return compose(material, choose([question]))


def given(question: str, case: str = CASE) -> Answer:
    return answers(question, both(), case).given[0]


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("who-did-it", ["backed", "state"]),
        ("denials", ["no-hand"]),
        ("responses", ["sanctions", "summoned"]),
        ("promised", ["promise"]),
        ("damage", ["damage", "euros"]),
    ],
)
def test_each_question_has_its_statements(question: str, ids: list[str]) -> None:
    found = given(question)
    assert [each.claim.id for each in found.claims] == ids
    assert found.is_answered


def test_a_statement_has_its_words_place_level_band_and_standing() -> None:
    text = rendered(answers("who-did-it", both()), "text", Label.AMBER).decode()
    assert (
        "Government of the United Kingdom (2021-07-19): “The group Example Panda, very likely backed by France" in text
    )
    assert "[state-affiliated, Example Panda, France, “very likely” (PHIA highly likely, 80% to 90%), asserted]" in text
    assert "(statement.txt, 30 to 122; machine-read)" in text
    assert "0 reviewed, 2 machine-read" in text
    assert "Cannot be answered yet" not in text


def test_statements_alone_are_nothing_done_and_are_counted() -> None:
    words = "We will publish all we know"
    spoken = said(
        "spoken", words, Response(measure="public_statement", standing=Standing.TAKEN), incident="example-flaw"
    )
    stated = statements([read("statement", STATEMENT, date(2021, 7, 19), [spoken])])
    found = answers("responses", stated).given[0]
    assert found.claims == ()
    assert "Left out, as statements and no more: 1; 'tocsin record responses' has them" in found.said


def test_the_reviewed_come_first_and_are_counted() -> None:
    found = given("responses")
    assert [each.standing for each in found.claims] == ["reviewed", "machine-read"]
    assert "1 reviewed, 1 machine-read" in found.said


def test_of_another_case_nothing_is_said_and_how_many_are_left_out() -> None:
    found = given("who-did-it", "other-flaw-2021")
    assert not found.is_answered
    assert "Left out, as of other incidents or of none that is named: 2" in found.unknown


def test_without_a_document_it_still_says_what_is_missing() -> None:
    text = rendered(answers("who-did-it", None), "text", Label.AMBER).decode()
    assert "Cannot be answered yet: it needs the public record" in text


def test_public_words_are_not_withheld_from_the_public() -> None:
    stated = both()
    material = Material(case_id=CASE, title="Example", as_of=date(2021, 8, 1), record=stated)
    assert for_public(material).record == stated


def test_the_json_has_them_all_where_the_text_stops() -> None:
    many = [replace(BACKED, id=f"n{number:02}") for number in range(30)]
    stated = statements([read("statement", STATEMENT, date(2021, 7, 19), many)])
    found = answers("who-did-it", stated)
    assert "And 5 more" in rendered(found, "text", Label.AMBER).decode()
    (shown,) = json.loads(rendered(found, "json", Label.AMBER))["answers"]
    assert len(shown["claims"]) == 30
    assert shown["missing"] is None


@pytest.mark.parametrize("format_", ["text", "markdown", "pdf"])
def test_a_hostile_document_is_harmless(format_: str) -> None:
    if format_ == "pdf":
        pytest.importorskip("typst", reason="the optional extra 'report' is not installed")
    text = "The <script>x</script> \x1b[2J\u202e attack on Example Mail, *bold* [l](http://x)\n"
    body = Attribution(accused=(), level=Level.GROUP, relation=Relation.BEHIND)
    evil = replace(BACKED, span=Span(0, len(text) - 1), body=body, triggers=())
    found = answers("who-did-it", statements([read("statement", text, date(2021, 7, 19), [evil])]))
    made = rendered(found, format_, Label.AMBER)
    assert b"\x1b" not in made or format_ == "pdf"
    assert "\u202e".encode() not in made or format_ == "pdf"
    assert format_ != "markdown" or b"\\<script\\>" in made
