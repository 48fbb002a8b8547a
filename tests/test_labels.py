"""Labels are read however they are written, and the stricter one is the larger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.labels import Label, parse_label


def test_the_five_labels_from_free_to_restricted() -> None:
    assert [str(label) for label in sorted(Label)] == [
        "TLP:CLEAR",
        "TLP:GREEN",
        "TLP:AMBER",
        "TLP:AMBER+STRICT",
        "TLP:RED",
    ]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("TLP:CLEAR", Label.CLEAR),
        ("tlp:green", Label.GREEN),
        ("amber", Label.AMBER),
        (" TLP:RED\n", Label.RED),
        ("TLP:AMBER+STRICT", Label.AMBER_STRICT),
        ("amber+strict", Label.AMBER_STRICT),
        ("amber_strict", Label.AMBER_STRICT),
        ("Amber-Strict", Label.AMBER_STRICT),
    ],
)
def test_it_is_read_however_it_is_written(text: str, label: Label) -> None:
    assert parse_label(text) is label


@pytest.mark.parametrize("text", ["TLP:WHITE", "white"])
def test_white_is_the_old_name_of_clear(text: str) -> None:
    assert parse_label(text) is Label.CLEAR


@given(st.sampled_from(Label))
def test_written_then_read_is_equal(label: Label) -> None:
    assert parse_label(str(label)) is label


@pytest.mark.parametrize("text", ["", "TLP:", "TLP:PUCE", "TLP:EX:RED", "3", "AMBER+", "TLP:AMBER STRICT"])
def test_anything_else_is_refused_and_all_five_are_named(text: str) -> None:
    with pytest.raises(ValueError, match="is no TLP label") as caught:
        parse_label(text)
    assert repr(text) in str(caught.value)
    assert all(str(label) in str(caught.value) for label in Label)


def test_strict_amber_is_stricter_than_amber_and_looser_than_red() -> None:
    assert Label.AMBER < Label.AMBER_STRICT < Label.RED
