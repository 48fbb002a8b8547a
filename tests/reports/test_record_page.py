"""A document's page: whole, marked, and harmless whatever the document holds."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from tests.reports.stating import BACKED, BOTH, OURS_READ, STATE, accept, sha

from tocsin.labels import Label
from tocsin.record import Code, Denial, Document, Event, Party, Reading, Segment, SegmentKind, Span
from tocsin.record.review import fold
from tocsin.reports._record_marks import lines_of
from tocsin.reports._record_style import KINDS
from tocsin.reports.record_page import record_page
from tocsin.reports.stated import ReadDocument

EVIL = "<img src=x onerror=alert(1)></p><script>alert(2)</script> \"'&amp; \u202edesrever \x1b[2J \x00"


class Marks(HTMLParser):
    """The text of a page's marks by the numbers of their assertions, its tags, and its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.marks: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self._in = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "a":
            self._in = dict(attrs)["data-a"] or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in:
            self.marks.append((self._in, data))


def shown(text: str, spans: list[Span], segments: tuple[Segment, ...] = ()) -> str:
    """The page of a text with a denial at each span."""
    found = tuple(
        replace(STATE, id=f"n{number}", document=sha("x"), span=span, body=Denial(what="evasion"), triggers=(span,))
        for number, span in enumerate(spans)
    )
    document = Document(sha256=sha("x"), text=text, media_type="text/plain", source=text[:200])
    reading = Reading(document=sha("x"), reader="1", segments=segments, assertions=found)
    return record_page(ReadDocument(document=document, reviewed=fold(reading, ())), Label.AMBER)


def test_it_holds_everything_and_runs_nothing_but_its_own_script() -> None:
    page = record_page(OURS_READ, Label.AMBER)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'" in page
    assert re.findall(r'(?:src|action|poster|srcset)\s*=\s*["\']', page) == []
    assert all(link.startswith("#a") for link in re.findall(r'href="([^"]*)"', page))
    assert page.count("TLP:AMBER") >= 2


def test_everything_is_told_of_an_assertion() -> None:
    page = record_page(OURS_READ, Label.AMBER)
    for words in (
        "state-affiliated",
        "backed by",
        "“very likely”",
        "highly likely, 80% to 90% on the claimant&#x27;s yardstick PHIA",
        "government of the United Kingdom",
        "example-mail",
        "sample.backed",
        "machine-read",
        "accepted by A. Example",
        "“On 2 March” 2021-03-02 (day)",
    ):
        assert words in page, words


def test_marks_within_marks_are_cut_into_runs_that_name_all_of_them() -> None:
    text = "0123456789\n"
    found = Marks(shown(text, [Span(0, 6), Span(2, 4), Span(3, 9)]))
    assert found.marks == [("1", "01"), ("2 1", "2"), ("2 1 3", "3"), ("1 3", "45"), ("3", "678")]


def test_of_marks_of_nearly_the_same_words_the_gravest_kind_is_on_top() -> None:
    code = replace(BACKED, id="code", body=Code(strategy="deny"))
    shorter = Span(BACKED.span.begins, BACKED.span.ends - 1)
    event = replace(BACKED, id="event", span=shorter, body=Event(what=shorter))
    reading = replace(OURS_READ.reviewed.reading, assertions=(code, event, BACKED))
    page = record_page(replace(OURS_READ, reviewed=fold(reading, ())), Label.AMBER)
    assert 'data-kind="attribution" title="attribution, event, code"' in page


def test_a_code_that_a_person_accepted_is_no_suggestion() -> None:
    code = replace(BACKED, id="code", body=Code(strategy="deny"))
    reading = replace(OURS_READ.reviewed.reading, assertions=(code,))
    for actions, told in (((), "a rule: a suggestion only"), ((accept("code", "A. Example"),), "a person, in review")):
        assert told in record_page(replace(OURS_READ, reviewed=fold(reading, actions)), Label.AMBER)


def test_a_mark_over_several_lines_is_marked_on_each() -> None:
    found = Marks(shown("one\n\ntwo\n", [Span(0, 8)]))
    assert found.marks == [("1", "one"), ("1", "two")]


def test_what_a_document_holds_cannot_run_or_reorder() -> None:
    parsed = Marks(page := shown(EVIL, [Span(3, 30)]))
    assert parsed.tags.count("script") == 1
    assert "img" not in parsed.tags
    assert not {name for name in parsed.attributes if name.startswith("on")}
    assert not set("\u202e\x1b\x00") & set(page)
    assert "\\u202e" in page


def test_a_party_named_with_markup_is_harmless() -> None:
    evil = replace(BACKED, claimants=(Party(canonical="person:<b onclick=x>"),), rule="<i>", incident="a\"b'<u>")
    reading = replace(OURS_READ.reviewed.reading, assertions=(evil,))
    parsed = Marks(record_page(replace(OURS_READ, reviewed=fold(reading, ())), Label.AMBER))
    assert not {"b", "i", "u"} & set(parsed.tags)


def test_furniture_is_grey_and_a_turn_has_its_speaker_and_day() -> None:
    text = "Menu\nMr Example\nWe know nothing.\n"
    segments = (
        Segment(kind=SegmentKind.BOILERPLATE, span=Span(0, 4)),
        Segment(
            kind=SegmentKind.TURN,
            span=Span(16, 33),
            speaker=Party(canonical="person:example", span=Span(5, 15)),
            uttered=date(2021, 7, 20),
        ),
    )
    page = shown(text, [], segments)
    assert '<span class="unread">Menu</span>' in page
    assert '<p class="speaker">Mr Example, 2021-07-20</p>' in page
    assert "None was found." in page


def test_the_legend_counts_each_kind() -> None:
    page = record_page(OURS_READ, Label.AMBER)
    assert '<span class="key" data-kind="attribution">attribution</span> 1</label>' in page
    assert set(KINDS) >= {item.assertion.kind for read in BOTH for item in read.reviewed.items}


def test_an_empty_document_has_a_page() -> None:
    assert "None was found." in shown("", [])


@given(
    st.text(alphabet="ab<&\n\r \u202e\u2028", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6),
)
def test_the_runs_are_the_text_and_hold_exactly_what_covers_them(text: str, pairs: list[tuple[int, int]]) -> None:
    marks = [Span(*sorted((min(a, len(text)), min(b, len(text))))) for a, b in pairs]
    runs = [run for line in lines_of(text, marks, ()) for run in line.runs]
    covered = {place for run in runs for place in range(run.span.begins, run.span.ends)}
    assert sum(len(run.span) for run in runs) == len(covered)
    assert all(text[place].isspace() for place in set(range(len(text))) - covered)
    for run in runs:
        assert set(run.assertions) == {i for i, mark in enumerate(marks) if len(mark) and mark.holds(run.span)}
        assert all(mark.holds(run.span) or not mark.meets(run.span) for mark in marks if len(mark))
