from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.record.reading.pages import page_of

from tocsin.record.assertions import Code
from tocsin.record.reading.codes import read_codes, without_codes
from tocsin.record.spans import Span

TEXT = """The firm apologised to its customers for the breach of March [Rebuild]. It was not told in time.

It said that the damage was small and that nobody was harmed by it. [DENY] [diminish]
"""


def codes() -> list[tuple[str, str, str]]:
    page = page_of(TEXT)
    found = []
    for candidate in read_codes(page):
        assert isinstance(candidate.body, Code)
        assert candidate.body.tag is not None
        found.append((candidate.body.strategy, candidate.span.of(page.text), candidate.body.tag.of(TEXT)))
    return found


def test_a_tag_codes_the_sentence_it_stands_in_or_after() -> None:
    assert codes() == [
        ("rebuild", "The firm apologised to its customers for the breach of March.", "[Rebuild]"),
        ("deny", "It said that the damage was small and that nobody was harmed by it.", "[DENY]"),
        ("diminish", "It said that the damage was small and that nobody was harmed by it.", "[diminish]"),
    ]


def test_the_text_read_has_no_tags_and_maps_back_offset_by_offset() -> None:
    view = without_codes(TEXT)
    assert "[" not in view.text
    at = view.text.index("It was not told")
    assert view.original(Span(at, at + 6)).of(TEXT) == "It was"


def test_a_tag_before_any_sentence_codes_the_first_and_other_brackets_are_text() -> None:
    page = page_of("[Bolster] We stood firm throughout the incident, as [the firm] always did.")
    assert [candidate.span.of(page.text) for candidate in read_codes(page)] == [page.text.strip()]
    assert "[the firm]" in page.text


def test_tags_alone_code_nothing() -> None:
    assert list(read_codes(page_of("[Deny]"))) == []


@given(st.lists(st.sampled_from(["a", " ", "[Deny]", "[", "]", "\n", " [rebuild]"]), max_size=40).map("".join))
def test_what_is_kept_is_the_original_in_order(text: str) -> None:
    view = without_codes(text)
    gone = sum(len(span) for span in view.removed)
    assert len(view.text) == len(text) - gone
    assert all("[" not in span.of(text)[2:] for span in view.removed)
