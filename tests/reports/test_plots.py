from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import altair
import pytest
from tests.remediation.reaching import AFTER, party, told
from tests.reports.dossiers import ORIGIN, WORLDS, course, figure, hostile, large

from tocsin.remediation.reach import Beside, reach
from tocsin.reports._theme import NARROW, STYLES, WIDE, cut, day_ticks, levels, round_ticks, spread
from tocsin.reports.dossier import Course, Dossier, Mark
from tocsin.reports.plots import Plot, every_plot, png, svg
from tocsin.reports.reached import SHORT

DAYS = 8


def some(**others: object) -> Dossier:
    whole = large(DAYS)
    plain = replace(whole, courses=whole.courses[:1], panels=whole.panels[:4])
    return replace(plain, **others)  # type: ignore[arg-type]  # each test names fields of Dossier


def named(dossier: Dossier, name: str, width: int = WIDE) -> Plot:
    return next(plot for plot in every_plot(dossier, width) if plot.name == name)


def luminance(colour: str) -> float:
    """CIE 1976 lightness: what a greyscale printer keeps of a colour."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    bright = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return float(116 * bright ** (1 / 3) - 16 if bright > 0.008856 else 903.3 * bright)


def rows(plot: Plot) -> list[dict[str, object]]:
    """Every row of data in a specification."""
    found: list[dict[str, object]] = []

    def walk(part: object) -> None:
        if isinstance(part, dict):
            found.extend(part.get("values", []) if isinstance(part.get("values"), list) else [])
            for one in part.values():
                walk(one)
        elif isinstance(part, list):
            for one in part:
                walk(one)

    walk({"data": plot.spec["vconcat"]})
    return [row for row in found if isinstance(row, dict)]


@pytest.mark.parametrize("name", ["exposure-services", "panels-sector", "countries"])
def test_a_specification_is_one_that_altair_knows(name: str) -> None:
    plot = named(replace(WORLDS["one-scan"](), panels=large(2).panels[:2], marks=()), name, NARROW)
    assert altair.VConcatChart.from_dict(plot.spec).to_dict()["$schema"] == plot.spec["$schema"]


def test_a_full_dossier_has_every_chart() -> None:
    names = [plot.name for plot in every_plot(some())]
    assert names == [
        *("status-services", "exposure-services", "ends-services", "panels-sector"),
        *("countries", "reasons", "cohort-services"),
    ]


def test_the_steps_of_those_told_are_bars_in_their_order() -> None:
    parties = [party("deaf", told("silent")), party("lost", has_contact=False)]
    plot = named(some(reached=reach(parties, Beside(), AFTER).figures), "reached")
    assert [row["t"] for row in rows(plot) if row.get("t") in SHORT] == list(SHORT)
    assert plot.alt.startswith("Organisations told, step by step. identified 2; with a contact 1;")


def test_a_dossier_without_figures_has_no_chart() -> None:
    assert every_plot(replace(some(), courses=(), panels=(), countries=(), reasons=())) == ()


def test_without_an_estimate_no_curve_is_drawn() -> None:
    names = {plot.name for plot in every_plot(WORLDS["censored"]())}
    assert names == {"status-services", "countries"}


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("name", ["large", "one-scan", "hostile"])
def test_a_picture_is_as_wide_as_asked_and_names_nothing_outside(name: str, width: int) -> None:
    dossier = WORLDS[name]()
    for plot in every_plot(replace(dossier, courses=dossier.courses[:1]), width):
        drawn = svg(plot.spec)
        size = re.search(r'width="([\d.]+)"', drawn)
        assert size
        assert width - 15 <= float(size[1]) <= width + 25, plot.name
        assert set(re.findall(r"https?://[^\"' ]*", drawn)) <= {
            "http://www.w3.org/2000/svg",
            "http://www.w3.org/1999/xlink",
        }
        assert re.findall(r"(?:href|src)=|@import|url\((?!#)|<script", drawn) == []


def test_axes_are_labelled_and_units_stated() -> None:
    said = {plot.name: json.dumps(plot.spec) for plot in every_plot(some())}
    assert '"number of services"' in said["status-services"]
    assert '"share still exposed"' in said["exposure-services"]
    assert '"share fixed"' in said["exposure-services"]
    assert '"number of organisations"' in said["reasons"]
    assert all('"day (UTC), 2021"' in text for name, text in said.items() if name not in ("countries", "reasons"))


def test_every_picture_carries_label_and_day() -> None:
    under = {tuple(plot.spec["title"]["subtitle"]) for plot in every_plot(some())}  # type: ignore[index]
    assert under == {("TLP:AMBER · as of 11 March 2021", "exchange-proxylogon-2021")}


def test_no_line_joins_two_methods() -> None:
    changed = ORIGIN + timedelta(days=5)
    parted = course("services", 500, DAYS, breaks=(changed,))
    dossier = some(courses=(parted,), marks=())
    eras = {(row["x"], row["era"]) for row in rows(named(dossier, "exposure-services")) if "era" in row}
    before = {moment for moment, era in eras if era == 0}
    after = {moment for moment, era in eras if era == 1}
    assert before
    assert after
    assert before.isdisjoint(after)
    assert "method or scope changed" in json.dumps(named(dossier, "status-services").spec)


def test_what_happened_after_the_day_is_not_on_the_time_line() -> None:
    late = Mark(day=date(2021, 5, 1), text="a later exploit", kind="exploit")
    assert "a later exploit" not in json.dumps(named(some(marks=(late,)), "status-services").spec)


def test_chance_and_evidence_have_bands_of_their_own() -> None:
    text = json.dumps(named(some(), "exposure-services").spec)
    assert "what chance leaves open (95% interval)" in text
    assert "undetermined, unseen either way" in text
    assert {"clo", "lo"} <= {name for row in rows(named(some(), "exposure-services")) for name in row}


def test_the_share_by_division_stands_under_its_right_name() -> None:
    text = json.dumps(named(some(), "exposure-services").spec, ensure_ascii=False)
    assert "fixed ÷ (fixed + affected) seen that day" in text
    assert "fixed ÷ all ever seen affected" in text


def test_lines_of_one_chart_differ_without_colour() -> None:
    together = [
        STYLES[name] for name in ("affected", "fixed", "mitigated", "undetermined", "unseen", "no_longer_listed")
    ]
    assert len({style.dashes for style in together}) == len(together)
    assert len({style.shape for style in together}) == len(together)


def test_what_matters_most_differs_in_greyscale() -> None:
    shades = sorted(luminance(STYLES[name].colour) for name in ("affected", "fixed", "undetermined"))
    assert min(after - before for before, after in pairwise(shades)) > 15
    assert luminance(STYLES["seen"].colour) - luminance(STYLES["ever"].colour) > 15


def test_whoever_cannot_see_a_chart_is_told_its_ends() -> None:
    said = named(some(), "status-services").alt
    assert said.startswith("Line chart: Services by status, day by day. affected: ")
    assert "on 4 March 2021" in said
    assert "on 11 March 2021" in said


def test_a_count_without_upper_bound_is_drawn_from_below() -> None:
    endless = figure("affected", 40, float("inf"), day=ORIGIN)
    plot = named(some(courses=(Course(unit="services", standing=(endless,)),)), "status-services")
    assert "at least 40" in json.dumps(plot.spec)
    assert "Infinity" not in json.dumps(plot.spec)


def test_hostile_words_stay_words() -> None:
    drawn = svg(named(hostile(), "countries").spec)
    assert "<script" not in drawn
    assert "\u202e" not in drawn


def test_a_png_is_twice_as_large_as_the_page_shows_it() -> None:
    drawn = svg(named(some(), "reasons").spec)
    size = re.search(r'width="(\d+)', drawn)
    assert size
    picture = png(drawn, scale=2)
    assert picture.startswith(b"\x89PNG")
    assert abs(int.from_bytes(picture[16:20], "big") - 2 * int(size[1])) <= 4


def test_the_same_dossier_gives_the_same_picture() -> None:
    plots = [named(some(), "exposure-services") for _ in range(2)]
    assert svg(plots[0].spec) == svg(plots[1].spec)


@pytest.mark.parametrize("missing", ["altair", "vl_convert", "typst"])
def test_without_the_extra_the_message_says_what_to_install(missing: str) -> None:
    program = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "from tocsin.errors import WorkspaceError\n"
        "try: import tocsin.reports.plots\n"
        "except WorkspaceError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=_path())
    assert missing in done.stdout
    assert "→ install tocsin[report]" in done.stdout


def _path() -> dict[str, str]:
    return {"PYTHONPATH": ":".join(path for path in sys.path if path)}


def test_ticks_of_days_never_touch() -> None:
    for span in (1, 5, 30, 200, 900):
        for pixels in (130, 270, 450):
            ticks = day_ticks(ORIGIN, ORIGIN + timedelta(days=span), pixels)
            apart = min((after - before).days for before, after in pairwise(ticks)) if ticks[1:] else span
            assert apart / span * pixels >= 40


def test_ticks_of_amounts_are_whole_and_reach_the_top() -> None:
    assert round_ticks(3107) == (0, 1000, 2000, 3000, 4000)
    assert round_ticks(3) == (0, 1, 2, 3)
    assert round_ticks(0) == (0, 1)


def test_names_at_the_ends_of_lines_keep_their_distance() -> None:
    placed = sorted(spread([10, 11, 12, 300], 16, 300))
    assert min(after - before for before, after in pairwise(placed)) >= 16
    assert placed[-1] <= 300


def test_numbers_of_the_time_line_move_up_where_they_would_touch() -> None:
    assert levels([0, 10, 40, 45, 50], 21) == [0, 1, 0, 1, 2]


def test_a_long_name_is_cut_and_made_harmless() -> None:
    assert cut("a\u202eb" + "c" * 90, 70) == "a\\u202ebc…"
