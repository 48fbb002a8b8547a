"""A document says of each value where it comes from."""

from __future__ import annotations

from tocsin.record.document import Document, Genre, Origin, wording


def test_what_nobody_states_has_no_origin() -> None:
    document = Document(sha256="0" * 64, text="words", media_type="text/plain", source="a.txt")
    assert document.genre is Genre.OTHER
    assert document.published is None
    assert document.origins == ()


def test_the_words_of_genres_and_origins_are_those_that_files_use() -> None:
    assert Genre("parliamentary_debate") is Genre.DEBATE
    assert {str(origin) for origin in Origin} == {"text", "metadata", "person", "inferred"}


def test_line_ends_blanks_and_marks_are_no_words() -> None:
    assert wording("\ufeffA caf\u00e9.\r\n\r\nClosed.") == wording("A cafe\u0301.\n\nClosed.\n")
    assert wording("A cafe. Closed.") != wording("A caf\u00e9. Closed.")
    assert wording("\ud800") != wording("")
