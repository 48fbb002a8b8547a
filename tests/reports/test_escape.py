"""Foreign text is harmless where it is shown."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tocsin.reports import csv_cell, html, terminal


def test_a_terminal_sees_no_escape_sequence() -> None:
    assert terminal("\x1b]0;owned\x07mail") == "\\x1b]0;owned\\x07mail"


def test_a_name_cannot_turn_the_line_round() -> None:
    assert terminal("mail\u202egro.elpmaxe") == "mail\\u202egro.elpmaxe"


def test_what_nobody_can_see_is_shown() -> None:
    for code in range(0x110000):
        kind = unicodedata.category(chr(code))
        if kind in ("Cc", "Cf", "Cs", "Zl", "Zp") or chr(code) in "\u115f\u1160\u3164\uffa0\U000e0041":
            assert terminal(chr(code)).startswith("\\"), hex(code)
    assert terminal("a\U000e0041b\u3164") == "a\\U000e0041b\\u3164"


def test_plain_text_of_any_language_stays() -> None:
    assert terminal("Gemeente Zuid-Köln 東京") == "Gemeente Zuid-Köln 東京"


def test_a_spreadsheet_computes_nothing() -> None:
    for formula in ("=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1"):
        assert csv_cell(formula)[0] == "'"


def test_a_page_runs_nothing() -> None:
    assert html("<script>alert('x')</script>") == "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;"


@given(st.text())
def test_no_control_character_is_left(text: str) -> None:
    for shown in (terminal(text), csv_cell(text), html(text)):
        assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in shown)


def test_a_formula_in_signs_of_full_width_is_none() -> None:
    assert [csv_cell(f"{sign}cmd()")[0] for sign in "\uff1d\uff0b\uff0d\uff20\n"] == ["'"] * 5
