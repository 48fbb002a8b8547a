"""A place in a text; a text with tags taken out, whose places map back offset by offset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.record.spans import Span, View, with_line_feeds


@st.composite
def cut(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(st.text(min_size=1, max_size=60))
    offsets = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    pairs = zip(offsets[::2], offsets[1::2], strict=False)
    return text, [Span(begins, ends) for begins, ends in pairs]


@given(cut())
def test_every_place_of_the_view_is_the_same_words_in_the_original(made: tuple[str, list[Span]]) -> None:
    text, removed = made
    view = View(text, removed)
    assert view.text == "".join(
        letter for at, letter in enumerate(text) if not any(span.begins <= at < span.ends for span in removed)
    )
    for at, letter in enumerate(view.text):
        assert view.original(Span(at, at + 1)).of(text) == letter


@given(cut())
def test_a_longer_place_keeps_its_first_and_last_letter(made: tuple[str, list[Span]]) -> None:
    view = View(*made)
    for ends in range(1, len(view.text) + 1):
        original = view.original(Span(0, ends)).of(made[0])
        assert original[0] == view.text[0]
        assert original[-1] == view.text[ends - 1]


def test_a_place_ends_before_what_was_taken_out_behind_it() -> None:
    text = "It was patched [Rebuild]. It is over."
    view = View(text, [Span(14, 24)])
    assert view.text == "It was patched. It is over."
    assert view.original(Span(0, 14)) == Span(0, 14)
    assert view.original(Span(0, 15)).of(text) == "It was patched [Rebuild]."


def test_what_is_taken_out_is_in_order() -> None:
    with pytest.raises(ValueError, match="in order"):
        View("abcdef", [Span(3, 5), Span(1, 2)])


def test_a_span_has_an_order_and_knows_what_it_holds_and_meets() -> None:
    whole, part, beside = Span(2, 9), Span(3, 5), Span(9, 12)
    assert len(part) == 2
    assert whole.holds(part)
    assert not part.holds(whole)
    assert whole.meets(part)
    assert not whole.meets(beside)
    assert sorted([beside, part, whole]) == [whole, part, beside]
    assert part.as_json("0123456") == {"begins": 3, "ends": 5, "text": "34"}
    with pytest.raises(ValueError, match="no span"):
        Span(5, 3)


@given(st.text(st.sampled_from("a.\r\n\x85\u2028\u2029 ")))
def test_every_line_end_is_a_line_feed_and_no_place_moves(text: str) -> None:
    found = with_line_feeds(text)
    assert len(found) == len(text)
    assert found.replace("\r\n", "\n").split("\n") == _lines(text)


def _lines(text: str) -> list[str]:
    return [*text.splitlines(), *([""] if not text or text[-1] in "\r\n\x85\u2028\u2029" else [])]
