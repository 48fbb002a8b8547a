from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tocsin.record.reading.paragraphs import is_bullet, paragraphs
from tocsin.record.spans import Span


def texts(text: str) -> list[str]:
    return [span.of(text) for span in paragraphs(text)]


def test_an_empty_line_parts_paragraphs_and_space_around_them_is_none_of_theirs() -> None:
    assert texts("  First one. \r\n\r\n\tSecond one.\n \n") == ["First one.", "Second one."]


def test_lines_wrapped_at_a_margin_are_one_paragraph() -> None:
    wrapped = "The agency observed intrusions into several networks of\nhospitals and towns, and advises\nto patch."
    assert texts(wrapped) == [wrapped]


def test_lines_that_stand_for_themselves_are_one_each() -> None:
    assert texts("Home\nWorld\nSport") == ["Home", "World", "Sport"]
    assert texts("We did this:\n• patched\n• watched") == ["We did this:", "• patched", "• watched"]
    assert texts("A whole paragraph on one line.\nAnother on the next.") == [
        "A whole paragraph on one line.",
        "Another on the next.",
    ]


def test_marks_of_lists_are_known() -> None:
    for text in ("• one", "- two", "3. three", "(a) four", "iv. five"):
        assert is_bullet(text, Span(0, len(text)))
    assert not is_bullet("2021 was a year", Span(0, 15))


@given(st.text(alphabet="ab .\n\r\t•1", max_size=200))
def test_paragraphs_are_in_order_and_hold_all_but_space(text: str) -> None:
    spans = paragraphs(text)
    assert all(one.ends <= other.begins for one, other in pairwise(spans))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
