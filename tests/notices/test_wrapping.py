"""Lines of the text part."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tocsin.notices.wrapping import wrapped


def test_paragraphs_are_wrapped_and_items_hang() -> None:
    made = wrapped("- " + "word " * 30).splitlines()
    assert all(len(line) <= 72 for line in made)
    assert made[1].startswith("  word")


def test_what_stands_below_a_line_of_a_table_is_wrapped_as_far_in() -> None:
    made = wrapped("      why: " + "word " * 30).splitlines()
    assert len(made) > 1
    assert all(line.startswith("      w") and len(line) <= 72 for line in made)


def test_tables_pages_and_the_line_before_a_signature_stay() -> None:
    page = "  https://notices.cert.example/a/" + "x" * 80
    table = "  " + "192.0.2.17:443   15.1.2106.2   " * 3
    assert wrapped(f"{page}\n{table}\n-- \nname\n") == f"{page}\n{table.rstrip()}\n-- \nname\n"


@given(st.text(alphabet="ab -.\n1", max_size=400))
def test_no_word_is_lost(text: str) -> None:
    assert wrapped(text).split() == text.split()
