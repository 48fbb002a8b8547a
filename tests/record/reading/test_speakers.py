from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.record.reading.speakers import Names, is_presiding, person, slug


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("Lord Example of Sampleton", "person:lord-example-of-sampleton"),
        ("The Baroness Sample", "person:baroness-sample"),
        ("Mr. EXAMPLE", "person:example"),
        ("Sir Alex Example MP", "person:alex-example"),
        ("Foreign Example", "person:foreign-example"),
        ("Zoë O’Example", "person:zoe-oexample"),
    ],
)
def test_a_name_has_one_canonical(name: str, canonical: str) -> None:
    assert person(name) == canonical


def test_a_surname_is_the_person_named_before() -> None:
    names = Names()
    assert names.known("Example") is None
    assert names.canonical("Alex Example") == "person:alex-example"
    assert names.canonical("Ms Example") == "person:alex-example"
    assert names.canonical("Lord Sample of Northton") == "person:lord-sample-of-northton"
    assert names.canonical("Lord Sample") == "person:lord-sample-of-northton"
    assert names.canonical("Robin Example") == "person:robin-example"
    assert names.canonical("Ms Example") == "person:robin-example"


@pytest.mark.parametrize("label", ["Mr Speaker", "The PRESIDING OFFICER.", "Madam Deputy Speaker (Dame A Sample)"])
def test_the_chair_is_known_by_its_labels(label: str) -> None:
    assert is_presiding(label)


def test_a_spokesman_is_not_the_chair() -> None:
    assert not is_presiding("The Speaker of Example's spokesman")


@given(st.text(max_size=60))
def test_a_slug_is_plain(words: str) -> None:
    assert set(slug(words)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(slug(words)) == slug(words)


def test_letters_that_do_not_come_apart_have_plain_ones() -> None:
    assert person("Dr Jørgen Łukasz Groß") == "person:jorgen-lukasz-gross"
