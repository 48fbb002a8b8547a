"""``tocsin record`` as a person sees it."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.arbitrary import anything
from tests.record.opening_files import html_page
from tests.transports.test_web import answer, serving
from tests.ui.cli.conftest import Run, data

from tocsin.record import Assertion, Attribution, Code, Event, Level, Likelihood, Party, Polarity, Relation, Span, When
from tocsin.ui.cli._record_text import note, page

TEXT = """\
Statement on the Example Mail Server

20 July 2021

The Government of Norway said that Russia was behind the attack on the Example Mail Server. It did not name a group.
"""
AUTHOR = ("--author", "A. Officer")


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    path = tmp_path / "statement.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_add_read_list_show(run: Run, statement: Path) -> None:
    said = run("record", "add", statement, *AUTHOR).stdout
    assert re.search(r"statement\.txt: added as [0-9a-f]{12}, \d+ words", said)
    assert "published 2021-07-20 (text)" in said
    assert "1 attribution" in run("record", "read").stdout
    assert run("record", "read").stdout == "nothing was unread\n"
    listed = run("record", "list").stdout
    assert listed.startswith("TLP:AMBER")
    assert "statement.txt" in listed
    shown = run("record", "show", "1", "--kind", "attribution").stdout
    assert "[1 The Government of Norway said that Russia was behind the attack" in shown
    assert "[1] attribution: gov:NO" in shown
    assert "\x1b" not in shown


def test_adding_again_says_since_when_and_takes_corrections(run: Run, statement: Path) -> None:
    run("record", "add", statement, *AUTHOR)
    again = run("record", "add", statement, "--genre", "debate", "--date", "2021-07-22", *AUTHOR).stdout
    assert again.startswith("already here since 20")
    assert "parliamentary_debate (person), published 2021-07-22 (person)" in again


def test_an_address_is_fetched_only_when_it_may_be(run: Run) -> None:
    with serving(answer(html_page(), Content_Type="text/html")) as address:
        assert "not on the public internet" in run("record", "add", address, *AUTHOR, exits=1).stderr
        run("record", "add", address, "--allow-private", *AUTHOR)
    (document,) = data(run("record", "list", "--json"))["documents"]  # type: ignore[misc]
    assert document["sources"][0]["address"] == address


def test_what_was_assumed_and_what_is_missing_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("A “café” of no date.".encode("cp1252"))
    said = run("record", "add", tmp_path / "a.txt", *AUTHOR).stderr
    assert "3 bytes are not UTF-8 and were read as windows-1252" in said
    assert "no date is known" in said


def test_json_everywhere(run: Run, statement: Path) -> None:
    added = data(run("record", "add", statement, *AUTHOR, "--json"))
    assert added["label"] == "TLP:AMBER"
    (document,) = added["documents"]  # type: ignore[misc]
    assert (document["new"], document["published"], document["origins"]["published"]) == (True, "2021-07-20", "text")
    (read,) = data(run("record", "read", "--json"))["read"]  # type: ignore[misc]
    assert read["counts"]["attribution"] == 1
    shown = data(run("record", "show", "1", "--kind", "attribution", "--json"))
    (claim,) = shown["assertions"]  # type: ignore[misc]
    begins, ends = claim["span"]
    text = str(shown["document"]["text"])  # type: ignore[index,call-overload]
    assert text == TEXT
    assert "Russia was behind" in text[begins:ends]
    assert json.dumps(shown["segments"])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add", "none.txt"), "no such file"),
        (("add", "none.txt", "--genre", "debte"), "did you mean"),
        (("add", "none.txt", "--date", "yesterday"), "no day of publication"),
        (("show", "1"), "no document '1'"),
        (("show", "1", "--kind", "rumour"), "no document"),
        (("read", "none.txt"), "no document 'none.txt'"),
    ],
)
def test_what_cannot_be(run: Run, words: tuple[str, ...], says: str) -> None:
    assert says in run("record", *words, exits=1).stderr


def test_a_label_below_the_workspaces_needs_leave(run: Run, statement: Path) -> None:
    run("record", "add", statement, *AUTHOR)
    assert "below the workspace's label" in run("record", "show", "1", "--label", "clear", exits=1).stderr
    assert run("record", "list", "--label", "clear", "--below-label").stdout.startswith("TLP:CLEAR")


def test_nothing_foreign_reaches_the_terminal(run: Run, tmp_path: Path) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\u202eAttack\u2066\x00"
    path = tmp_path / "evil\x1b[2J.html"
    path.write_bytes(html_page(f"<p>{TEXT} {evil}</p>", title=evil))
    run("record", "add", path, "--title", "A title", *AUTHOR)
    run("record", "add", path, *AUTHOR)
    for words in (("read",), ("read", "1"), ("list",), ("show", "1"), ("show", "1", "--json"), ("list", "--json")):
        shown = run("record", *words)
        assert not set("\x1b\x07\x00\u202e\u2066") & set(shown.stdout + shown.stderr)


class TestPage:
    @staticmethod
    def _event(begins: int, ends: int) -> Assertion:
        return Assertion(
            id="e", document="", span=Span(begins, ends), rule="example", body=Event(what=Span(begins, ends))
        )

    def _lines(self, text: str, *spans: tuple[int, int]) -> list[str]:
        return ["".join(piece for piece, _ in line) for line in page(text, [self._event(*span) for span in spans], {})]

    def test_marks_nest_cross_and_run_over_lines(self) -> None:
        marked = [line for line in self._lines("ab cd\nef gh", (0, 5), (0, 2), (3, 8)) if not line.startswith("    ")]
        assert marked == ["[1 [2 ab] [3 cd]", "ef] gh"]

    def test_a_note_stands_below_the_line_where_its_mark_begins(self) -> None:
        assert self._lines("ab\ncd", (3, 5)) == ["ab", "[1 cd]", "    [1] event: the document (example; e)"]

    @given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
    def test_no_sign_of_the_text_is_lost_or_doubled(self, text: str, ends: list[tuple[int, int]]) -> None:
        spans = [(min(*pair, len(text)), min(max(pair), len(text))) for pair in ends]
        marked = "\n".join(line for line in self._lines(text, *spans) if not line.startswith("    ["))
        plain = "\n".join(self._lines(text))
        bare = re.sub(r"\[\d+ |\]", "", marked)
        assert bare == re.sub(r"\[\d+ |\]", "", plain)

    @given(anything(Assertion))
    def test_any_assertion_has_its_note_in_one_line(self, assertion: Assertion) -> None:
        assert "\n" not in note(1, assertion, "x" * 50)

    def test_a_note_tells_who_whom_how_surely_and_when(self) -> None:
        text = "It is highly likely that it was Xanadu."
        day = date(2021, 7, 19)
        claim = Assertion(
            id="1f0c22ab99887766",
            document="",
            span=Span(0, len(text)),
            rule="attribution.example",
            body=Attribution(
                accused=(Party(canonical="state:XA"),),
                level=Level.STATE,
                relation=Relation.RESPONSIBLE_FOR,
                likelihood=Likelihood(words=Span(6, 19), band="highly_likely", yardstick="PHIA", confidence="high"),
            ),
            chain=(Party(canonical="org:example-times"), Party(canonical="gov:NO")),
            claimants=(Party(canonical="gov:NO"),),
            polarity=Polarity.QUESTIONED,
            when=When(span=None, begins=day, ends=day, precision="day"),
            incident="example-mail",
        )
        assert note(3, claim, text, "accepted") == (
            "    [3] attribution: gov:NO (through org:example-times); → state:XA; level state, responsible for; "
            "“highly likely”, highly_likely of PHIA; high confidence; questioned; on 2021-07-19; "
            "about example-mail (attribution.example; 1f0c22ab; accepted)"
        )
        assert note(3, claim, text, "machine-read").endswith("(attribution.example; 1f0c22ab)")

    def test_a_code_is_a_suggestion_until_a_person_has_looked(self) -> None:
        code = Assertion(id="c", document="", span=Span(0, 2), rule="strategy.example", body=Code(strategy="deny"))
        assert "deny; suggested (" in note(1, code, "ab", "machine-read")
        assert "deny; coded by a person (" in note(1, code, "ab", "accepted")
