from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.record.reading.paragraphs import paragraphs
from tocsin.record.reading.quotations import quotations


def quoted(text: str) -> list[str]:
    return [span.of(text) for span in quotations(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('It was "bad", he said.', ['"bad"']),
        ("It was “bad” and ‘worse’.", ["“bad”", "‘worse’"]),
        ("Oslo called it «reckless».", ["«reckless»"]),
        ("The states’ networks and don't and the ministry's.", []),
        ("the '90s were calm", []),
        ("‘The states’ networks and “all” firms,’ he said.", ["‘The states’ networks and “all” firms,’", "“all”"]),
        ("\"It is 'almost certain' now,\" she said.", ["\"It is 'almost certain' now,\"", "'almost certain'"]),
        ("“He said “no” to us,” she said.", ["“He said “no” to us,”", "“no”"]),
        ("'Reckless' act, says the minister's aide", ["'Reckless'"]),
        ('The "a", "b" and "c" groups.', ['"a"', '"b"', '"c"']),
    ],
)
def test_marks_open_and_close(text: str, found: list[str]) -> None:
    assert quoted(text) == found


def test_a_mark_at_the_head_of_each_paragraph_goes_on() -> None:
    text = "He said: “One.\n\n“Two.\n\n“Three.” Then he left.\n\n“Other,” she said."
    assert quoted(text) == ["“One.\n\n“Two.\n\n“Three.”", "“Other,”"]
    assert quoted(text.replace("“", '"').replace("”", '"'))[0].count("\n\n") == 2


def test_a_block_opened_once_is_closed_where_the_next_mark_closes() -> None:
    assert quoted("“One.\n\nTwo.\n\nThree.”\n\nMy Lords, four.") == ["“One.\n\nTwo.\n\nThree.”"]


def test_a_quotation_never_closed_ends_with_its_paragraph() -> None:
    assert quoted("He said “never.\n\nNext.\n\nA “word” more.") == ["“never.", "“word”"]
    assert quoted("“Never.\n\nNext.") == ["“Never."]


@given(st.lists(st.sampled_from(["a", " ", "“", "”", '"', "'", "‘", "’", "\n\n", ".", "s"]), max_size=60).map("".join))
def test_quotations_nest_or_are_apart(text: str) -> None:
    spans = quotations(text, paragraphs(text))
    assert spans == sorted(spans, key=lambda span: (span.begins, -span.ends))
    for one in spans:
        assert len(one) > 0


@pytest.mark.parametrize("marks", ["'s ", "'Yes ", '‘a" ', "“: ‘x\n\n"])
def test_marks_that_nothing_closes_take_time_in_proportion(marks: str) -> None:
    text = marks * (120_000 // len(marks))
    parts = paragraphs(text)
    begun = time.process_time()
    quotations(text, parts)
    assert time.process_time() - begun < 3, "it took minutes when every mark looked to the end"
