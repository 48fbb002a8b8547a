"""Whose voice a document is where nobody else speaks. The statements are invented."""

from __future__ import annotations

from tests.record.reading.pages import page_of

from tocsin.record.document import Genre, Origin
from tocsin.record.reading.voice import own_voice

STATEMENT = (
    "The Foreign Secretary and the National Cyber Security Centre today called the attack on Example Rail reckless. "
    "The Department of Justice helped the NCSC."
)


def test_a_statement_is_of_the_government_whose_bodies_it_names_most() -> None:
    (voice,) = own_voice(page_of(STATEMENT, genre=Genre.STATEMENT))
    assert voice.canonical == "gov:GB"
    assert voice.origin is Origin.INFERRED


def test_a_newspaper_that_does_not_say_what_it_is_has_no_voice() -> None:
    assert own_voice(page_of(STATEMENT, genre=Genre.NEWS)) == ()


def test_nobody_is_guessed_where_no_body_is_named() -> None:
    assert own_voice(page_of("The attack on Example Rail was reckless.", genre=Genre.STATEMENT)) == ()
