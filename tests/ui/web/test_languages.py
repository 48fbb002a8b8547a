"""English and German: chosen rightly, and each says all that the other says."""

from __future__ import annotations

import string
import time
from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from tocsin.notices.answers import Answer
from tocsin.ui.web.languages import LANGUAGES, chosen, day_text, texts


@pytest.mark.parametrize(
    ("wanted", "accepted", "language"),
    [
        (None, "", "en"),
        (None, "de", "de"),
        (None, "de-AT,de;q=0.9,en;q=0.8", "de"),
        (None, "fr-FR, en;q=0.5, de;q=0.7", "de"),
        (None, "DE;q=0.1, *;q=0.5", "en"),
        (None, "de;q=0", "en"),
        (None, "fr", "en"),
        (None, ";;;=,q=\x00", "en"),
        ("de", "en", "de"),
        ("en", "de", "en"),
        ("xx", "de", "de"),
        ("../../etc", "", "en"),
    ],
)
def test_the_link_then_the_browser_then_english(wanted: str | None, accepted: str, language: str) -> None:
    assert chosen(wanted, accepted) == language


@pytest.mark.parametrize("text", ["de;q=" + "0" * 10**6, "a-" * 10**6, " " * 10**6, "de," * 10**6])
def test_a_hostile_header_costs_no_time(text: str) -> None:
    began = time.perf_counter()
    chosen(None, text)
    assert time.perf_counter() - began < 0.1


def test_both_say_the_same_with_the_same_places_to_fill() -> None:
    english, german = (dict(_leaves(texts(language))) for language in LANGUAGES)
    assert english.keys() == german.keys()
    for key, text in english.items():
        if key != "date":
            assert _places(text) == _places(german[key]), key
        assert bool(text) == bool(german[key]), key


def test_every_answer_has_its_words() -> None:
    for language in LANGUAGES:
        found = texts(language)["answers"]
        assert isinstance(found, dict)
        assert set(found) == set(Answer)


def test_days_are_written_as_people_do() -> None:
    assert day_text(date(2021, 3, 1), "en") == "1 March 2021"
    assert day_text(date(2021, 3, 1), "de") == "1. März 2021"


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _leaves(part, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        yield path, str(len(value))
    else:
        yield path, str(value)


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
