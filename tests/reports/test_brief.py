from __future__ import annotations

import re
import zlib
from dataclasses import replace

import pytest
from tests.reports.dossiers import HOSTILE, SECTORS, WORLDS, clear, large, small

from tocsin.labels import Label
from tocsin.reports.brief import _data, _Room, brief_pictures, write_brief
from tocsin.reports.dossier import Dossier
from tocsin.reports.suppress import for_label

ROOM = _Room(headline=8, rows=14, remaining=10, sentences=8, letters=320, height=160)


def data(dossier: Dossier, room: _Room = ROOM) -> dict[str, object]:
    return _data(dossier, (), room)


@pytest.mark.parametrize("name", [name for name in WORLDS if name != "large"])
def test_every_world_fits_on_two_pages(name: str) -> None:
    pages = brief_pictures(for_label(WORLDS[name]()), ppi=20)
    assert len(pages) == 2
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_far_too_much_is_cut_to_two_pages() -> None:
    whole = large(3)
    endless = replace(
        whole,
        title="W" * 4000,
        origin_text=HOSTILE * 20,
        headline=tuple(replace(one, state="w" * 3000) for one in whole.headline * 9),
        marks=tuple(replace(mark, text=HOSTILE * 9) for mark in whole.marks),
        limits=("x " * 3000,) * 60,
        absent=("y" * 3000,) * 60,
        commands=("tocsin " + "z" * 3000,) * 60,
        remaining=tuple(replace(one, who="Ü" * 3000, why=("v" * 900,) * 9) for one in whole.remaining * 9),
    )
    assert len(brief_pictures(endless, ppi=20)) == 2


def test_a_dossier_without_a_chart_gives_a_brief_too() -> None:
    bare = replace(small(), courses=(), countries=(), reasons=(), headline=(), remaining=(), limits=(), commands=())
    assert len(brief_pictures(bare, ppi=20)) == 2


def test_the_same_dossier_gives_the_same_bytes() -> None:
    first, second = write_brief(small()), write_brief(small())
    assert first.startswith(b"%PDF")
    assert first == second


def test_the_brief_is_dated_by_the_day_it_describes() -> None:
    found = write_brief(small())
    text = found + b"".join(_unpacked(found))
    assert b"D:20210306" in text or b"2021-03-06" in text


def test_what_does_not_fit_is_counted() -> None:
    groups = data(large(2))["groups"]
    assert isinstance(groups, dict)
    assert len(groups["rows"]) == 14
    assert groups["more"] == f"and {len(SECTORS) - 14} more, in the report"
    remaining = data(large(2))["remaining"]
    assert isinstance(remaining, dict)
    assert remaining["more"] == "and 142 more, in the report"


def test_each_headline_is_a_figure_in_words() -> None:
    dossier = large(2)
    said = str(dossier.headline[0])
    headline = data(dossier)["headline"]
    assert isinstance(headline, list)
    assert headline[0] == f"{said[0].upper()}{said[1:]}."


def test_a_figure_is_quoted_whole_or_left_out_and_counted() -> None:
    whole = large(2)
    endless = replace(whole.headline[0], place="a place " * 60)
    found = data(replace(whole, headline=(endless, *whole.headline), reasons=(endless, *whole.reasons)))
    assert not any("…" in text for text in [*map(str, found["headline"]), *map(str, found["reasons"])])  # type: ignore[call-overload]
    assert found["more_headline"] == "and 1 more, in the report"
    assert found["reasons"][-1] == "and 1 more, in the report"  # type: ignore[index]


def test_how_long_a_fix_took_stands_in_the_brief() -> None:
    assert any("median time to fix" in text for text in map(str, data(large(2))["headline"]))  # type: ignore[call-overload]


def test_nobody_is_named_to_the_public() -> None:
    for dossier in (for_label(clear()), replace(large(2), label=Label.CLEAR)):
        assert "Hospital" not in str(data(dossier))
        assert "Organisations are not named" in str(data(dossier))


def test_hostile_words_are_data_and_harmless() -> None:
    found = str(data(WORLDS["hostile"]()))
    assert "\u202e" not in found
    assert "\x00" not in found


def _unpacked(found: bytes) -> list[bytes]:
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", found, re.DOTALL)
    unpacked = []
    for stream in streams:
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return unpacked
