"""What metadata and persons state of a document, and which of them holds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from tests.record.arbitrary import anything

from tocsin.errors import AskError
from tocsin.record import Document, Genre, Origin
from tocsin.record.facts import FIELDS, Facts, facts_of, with_facts

BARE = Document(sha256="ab" * 32, text="x", media_type="text/plain", source="x.txt")


def test_a_person_holds_over_metadata_and_the_rest_stays() -> None:
    known = with_facts(BARE, Facts(title="Old", publisher="Example Times"), Origin.METADATA)
    known = with_facts(known, Facts(title="New", genre=Genre.NEWS), Origin.PERSON)
    assert (known.title, known.publisher, known.genre) == ("New", "Example Times", Genre.NEWS)
    assert dict(known.origins) == {"genre": Origin.PERSON, "title": Origin.PERSON, "publisher": Origin.METADATA}


def test_nothing_stated_changes_nothing() -> None:
    assert with_facts(BARE, Facts(), Origin.PERSON) == BARE


@given(anything(Facts))
def test_each_field_that_is_stated_has_its_origin(facts: Facts) -> None:
    assert [name for name, _ in with_facts(BARE, facts, Origin.TEXT).origins] == [
        name for name in FIELDS if getattr(facts, name) is not None
    ]


def test_facts_come_back_from_their_texts() -> None:
    facts = Facts(genre=Genre.DEBATE, published=date(2021, 7, 22), title="A question", language="en-GB")
    assert facts_of(facts.as_texts()) == facts


@pytest.mark.parametrize(
    ("word", "genre"),
    [
        ("debate", Genre.DEBATE),
        ("News", Genre.NEWS),
        ("press-briefing", Genre.BRIEFING),
        ("government press release", Genre.STATEMENT),
        ("statement", Genre.STATEMENT),
        ("other", Genre.OTHER),
    ],
)
def test_a_genre_is_known_by_its_short_name_too(word: str, genre: Genre) -> None:
    assert facts_of({"genre": word}).genre is genre


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("genre", "advisry", "did you mean advisory"),
        ("genre", "press", "no genre 'press'"),
        ("genre", "", "no genre"),
        ("published", "22 July", "is no day of publication"),
        ("title", " \n", "the title is empty"),
        ("title", "x" * 501, "too long"),
        ("title", "\ud800", "no text"),
        ("title", "a\x00b", "no text"),
        ("tilte", "x", "did you mean title"),
    ],
)
def test_what_cannot_be_is_refused(field: str, text: str, says: str) -> None:
    with pytest.raises(AskError, match=says):
        facts_of({field: text})
