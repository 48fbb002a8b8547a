"""Whether two names are one person's."""

from __future__ import annotations

import pytest

from tocsin.errors import AskError
from tocsin.persons import checked_name, is_name, mixed_word, same_person

LOOK_ALIKES = (
    "a. example",
    "A.  EXAMPLE",
    "A Example",
    "\u0410. Example",  # Cyrillic capital A
    "\u0391. \u0395xample",  # Greek capitals
    "A. Ex\u0430mple",  # Cyrillic small a
    "A. E\u200bxample",  # a space of no width
    "A. Example\u034f",  # joins graphemes, shows nothing
    "A.\u3164Example",  # a letter without a shape
    "\uff21. \uff25xample",  # wide letters
    "A. Exampl\u00e9",
    "A. Examp1e",
    "A. ExampIe",
    "\u202eA. Example",
    "A. E\u0445\u0430m\u0440l\u0435",
)


@pytest.mark.parametrize("name", LOOK_ALIKES, ids=ascii)
def test_one_person_is_not_two_by_letters_that_look_alike(name: str) -> None:
    assert same_person("A. Example", name)
    assert same_person(name, "A. Example")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A. Example", "B. Example"),
        ("Ann Vale", "Ann Nale"),
        (
            "\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432",
            "\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432\u0430",
        ),
        ("A. Example", "A. Examples"),
        ("Ian Chen", "Lan Chen"),
        ("IAN CHEN", "LAN CHEN"),
        ("Li Na", "Lina"),
        ("Li\u2003Na", "L\u200bina"),
        ("Chen Li Na", "Chenli Na"),
        ("\u0915\u092e\u0932", "\u0915\u092e\u0932\u093e"),  # a vowel sign is no accent
    ],
    ids=ascii,
)
def test_two_persons_are_two(one: str, other: str) -> None:
    assert not same_person(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ian Chen", "lan Chen"),  # a small l
        ("Ian Chen", "1an Chen"),
        ("Lan Chen", "lan CHEN"),
        ("A. EXAMPLE", "A. ExampIe"),  # a capital I, which nobody expects after a small letter
        ("A. EXAMPLE", "A. Examp|e"),
        ("Ian Chen", "\u0406an Chen"),  # a Cyrillic I
        ("Ann-Marie Sample", "Ann Marie Sample"),
        ("O'Neil Sample", "ONeil Sample"),
        ("Li Na", "Li\u3164Na"),  # a letter that shows as a blank
        ("Lina", "Li\u3164na"),  # or does not show
        ("Li Na ", "Li  Na"),
        ("Ada \u0141\u00d8", "Ada lo"),
    ],
    ids=ascii,
)
def test_names_that_read_alike_are_one(one: str, other: str) -> None:
    assert same_person(one, other)
    assert same_person(other, one)


def test_a_name_in_another_alphabet_is_one_in_any_case() -> None:
    name = "\u0412\u0435\u0440\u0430 \u041d\u0438\u043a\u043e\u043b\u0430\u0435\u0432\u0430"
    assert same_person(name, name.upper())
    assert mixed_word(name) is None
    assert mixed_word("\u5c71\u7530 \u3055\u304f\u3089") is None


def test_a_word_of_two_alphabets_is_found() -> None:
    assert mixed_word("A. Ex\u0430mple") == "Ex\u0430mple"
    assert mixed_word("A. Example") is None
    assert not is_name("\u3164 .")


def test_a_name_is_kept_with_single_blanks() -> None:
    assert checked_name("  A.   Example ", need="x", option="--by") == "A. Example"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "needs a name"),
        (". -", "needs a name"),
        ("A" * 201, "needs a name"),
        ("A. Ex\u200bample", "cannot be seen"),
        ("A. Ex\u0430mple", "two alphabets"),
        ("tocsin", "the program's own name"),
        ("T0CSIN", "the program's own name"),
    ],
    ids=ascii,
)
def test_a_name_that_hides_who_it_is_is_refused(name: str, said: str) -> None:
    with pytest.raises(AskError, match=said):
        checked_name(name, need="this needs a name", option="--by")
