"""The chart of who says what."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.reports.stating import BACKED, STATEMENT, both, read

pytest.importorskip("altair", reason="the optional extra 'report' is not installed")

from tocsin.labels import Label
from tocsin.reports.stated import statements
from tocsin.reports.who_says import who_says
from tocsin.reports.who_says_plot import who_says_picture, who_says_plot


def test_the_chart_has_parties_levels_words_and_label() -> None:
    drawn = who_says_picture(who_says(both())[0], Label.AMBER, as_png=False).decode()
    for words in (
        "TLP:AMBER",
        "government of the United Kingdom",
        "state-affiliated",
        "very likely",
        "example-mail",
        "machine-read",
    ):
        assert words in drawn, words
    assert "http:" not in drawn.replace("http://www.w3.org/", "")


def test_it_can_be_told_without_seeing_it() -> None:
    told = who_says_plot(who_says(both())[0], Label.AMBER).alt
    assert "sample labs: state (asserted)" in told
    assert "government of France: denied or declined" in told


def test_it_is_a_png_where_asked() -> None:
    assert who_says_picture(who_says(both())[0], Label.AMBER, as_png=True).startswith(b"\x89PNG")


def test_a_ring_is_what_is_only_presupposed() -> None:
    hint = replace(BACKED, body=replace(BACKED.body, explicit=False))  # type: ignore[type-var]
    (found,) = who_says(statements([read("statement", STATEMENT, date(2021, 7, 19), [hint])]))
    for each, signs in ((found, ["stroke"]), (who_says(both())[0], ["fill", "fill"])):
        drawn = who_says_picture(each, Label.AMBER, as_png=False).decode()
        assert re.findall(r'<path[^>]* (fill|stroke)="#D55E00"', drawn) == signs
