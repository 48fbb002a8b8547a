"""The brief: two pages of PDF for whoever has five minutes. A dossier in, bytes out, the same for the same dossier."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from importlib.resources import files

from tocsin.figures import Figure
from tocsin.labels import Label
from tocsin.reports._extra import debug_mode, typst
from tocsin.reports._spec import Plot, amount, pdf, svg
from tocsin.reports._theme import NARROW, long_day
from tocsin.reports.dossier import Dossier, Panel
from tocsin.reports.escape import terminal
from tocsin.reports.plots import exposure, status

_PAGES = 2
_READING = (
    "Lines: at least so many; shade: at most. Exposure: the plain band is what chance leaves open, the hatched one "
    "what the evidence leaves open, with the undetermined and the unseen taken as affected or as fixed."
)
_TRAIL = "Method, definitions and the trail of every figure stand in the report's page; all figures in figures.json."
_REMAINING = ("organisation", "sector", "country", "services", "why", "since")
_NOBODY = "No organisation of the registry is known to remain."
_LONGEST = 240
"""Letters of a figure in words, whatever the room: it is quoted whole or not at all."""
_STATES = ("affected", "fixed", "undetermined")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """How much of everything goes in; ``letters`` is where a text is cut, ``height`` that of a chart in millimetres."""

    headline: int
    rows: int
    remaining: int
    sentences: int
    letters: int
    height: int
    is_cut: bool = False


_ROOMS = (
    _Room(headline=8, rows=14, remaining=10, sentences=8, letters=320, height=160),
    _Room(headline=6, rows=10, remaining=8, sentences=6, letters=240, height=130),
    _Room(headline=5, rows=8, remaining=5, sentences=4, letters=160, height=105),
    _Room(headline=4, rows=5, remaining=3, sentences=3, letters=110, height=80, is_cut=True),
)
"""From the most generous on, until two pages hold it."""


def write_brief(dossier: Dossier) -> bytes:
    """The brief as PDF: one or two pages of A4, cut with "and N more" where the dossier holds more than they do."""
    inputs = _fitting(dossier)
    made = datetime.combine(dossier.as_of, time(), UTC)
    found = typst.compile(_template(), format="pdf", sys_inputs=inputs, timestamp=made)
    assert isinstance(found, bytes)
    return found


def brief_pictures(dossier: Dossier, *, ppi: float = 96) -> tuple[bytes, ...]:
    """The same pages as PNG."""
    found: bytes | list[bytes] = typst.compile(_template(), format="png", sys_inputs=_fitting(dossier), ppi=ppi)
    return (found,) if isinstance(found, bytes) else tuple(found)


def _template() -> bytes:
    return files("tocsin.reports").joinpath("brief.typ").read_bytes()


def _fitting(dossier: Dossier) -> dict[str, str]:
    """What the template is given, with as much in it as two pages hold."""
    plots = _plots(dossier)
    charts = json.dumps([list(pdf(svg(plot.spec))) for plot in plots])
    inputs: dict[str, str] = {}
    for room in _ROOMS:
        inputs = {"data": json.dumps(_data(dossier, plots, room)), "charts": charts}
        if _page_count(inputs) <= _PAGES:
            break
    return inputs


def _page_count(inputs: Mapping[str, str]) -> int:
    asked = _template() + b"\n#context [#metadata(counter(page).final().first()) <pages>]\n"
    answer: list[int] = json.loads(typst.query(asked, "<pages>", field="value", sys_inputs=dict(inputs)))
    return answer[0]


def _plots(dossier: Dossier) -> list[Plot]:
    """Status and exposure of the first course, drawn narrow so that both stand side by side."""
    if not dossier.courses:
        return []
    course = dossier.courses[0]
    with debug_mode(False):
        found = [status(dossier, course, NARROW), exposure(dossier, course, NARROW, with_naive=False)]
    return [plot for plot in found if plot]


def _data(dossier: Dossier, plots: Sequence[Plot], room: _Room) -> dict[str, object]:
    day, made = dossier.as_of, dossier.made_at
    medians = (course.median for course in dossier.courses if course.median)
    headline, more = _quoted((*dossier.headline, *medians, *dossier.extra), room.headline, room)
    reasons, more_reasons = _quoted(dossier.reasons, room.sentences, room)
    return {
        "label": str(dossier.label),
        "title": _text(dossier.title, room.letters // 2),
        "running": _text(f"{dossier.case_id}, as of {long_day(day)}", 60),
        "day": [day.year, day.month, day.day],
        "when": f"As of {long_day(day)}; made on {long_day(made)}.",
        "note": _text(dossier.note, room.letters),
        "origin": _text(f"Time is counted from {long_day(dossier.origin)}: {dossier.origin_text}", room.letters),
        "headline": headline,
        "more_headline": more,
        "alts": [_text(plot.alt, 600) for plot in plots],
        "height": room.height,
        "reading": _READING,
        "absent": _texts([f"Not known: {text}" for text in dossier.absent], room),
        "limits": _texts(dossier.limits, room),
        "commands": [_text(command, room.letters) for command in dossier.commands[:3]],
        "trail": _TRAIL,
        "is_cut": room.is_cut,
        "groups": _groups(dossier, room),
        "reasons": [*reasons, *([more_reasons] if more_reasons else [])],
        "remaining": _remaining(dossier, room),
    }


def _groups(dossier: Dossier, room: _Room) -> dict[str, object]:
    """The table by sector, those with the most affected first."""
    sectors = sorted((panel for panel in dossier.panels if panel.kind == "sector"), key=_most_affected)
    shown, more = sectors[: room.rows], len(sectors) - room.rows
    unit = next((figure.unit for panel in shown for figure in panel.standing_now), "organisations")
    return {
        "title": f"By sector: {unit}, as of {long_day(dossier.as_of)}",
        "widths": [2.4, 1.2, 1.2, 1.3, 1.3, 1.3],
        "head": ["sector", *_STATES, "still exposed", "median"],
        "rows": [_group_row(panel) for panel in shown],
        "more": f"and {more} more, in the report" if more > 0 else "",
    }


def _most_affected(panel: Panel) -> tuple[float, str]:
    return -max((figure.high for figure in panel.standing_now if figure.state == "affected"), default=-1), panel.group


def _group_row(panel: Panel) -> list[str]:
    now = {figure.state: amount(figure) for figure in panel.standing_now}
    exposed = amount(panel.exposure[-1]) if panel.exposure else "not shown"
    median = amount(panel.median) if panel.median else "not shown"
    return [_text(panel.group, 34), *(now.get(state, "not shown") for state in _STATES), exposed, median]


def _remaining(dossier: Dossier, room: _Room) -> dict[str, object]:
    """Who remains, worst first; nobody where the brief is for the public."""
    ranked = sorted(dossier.remaining, key=lambda one: one.rank)
    if dossier.label is Label.CLEAR:
        ranked, note = [], "Organisations are not named in what is labelled for the public."
    else:
        more = max(0, len(ranked) - room.remaining) + dossier.remaining_more
        note = f"and {more:,} more, in the report" if more else "" if ranked else _NOBODY
    rows = [
        [
            _text(one.who, 48),
            _text(one.sector, 16),
            _text(one.country, 10),
            f"{one.services:,}",
            _text(", ".join(one.why), 40),
            f"{one.since}",
        ]
        for one in ranked[: room.remaining]
    ]
    return {"widths": [3, 1.2, 0.9, 0.9, 1.8, 1.2], "head": _REMAINING, "rows": rows, "more": note}


def _quoted(figures: Sequence[Figure], most: int, room: _Room) -> tuple[list[str], str]:
    """The first figures in words, and how many more there are; one that is too long to quote whole is left out."""
    said = (str(figure) for figure in figures)
    sentences = [f"{text[:1].upper()}{text[1:]}." for text in said]
    longest = max(room.letters, _LONGEST)
    shown = [_text(text, longest) for text in sentences if len(terminal(text)) <= longest][:most]
    more = len(figures) - len(shown)
    return shown, f"and {more} more, in the report" if more else ""


def _texts(texts: Sequence[str], room: _Room) -> list[str]:
    more = len(texts) - room.sentences
    shown = [_text(text, room.letters) for text in texts[: room.sentences]]
    return [*shown, f"and {more} more, in the report"] if more > 0 else shown


def _text(text: str, letters: int) -> str:
    """Foreign ``text`` made harmless, cut, and with places where a long word may break."""
    shown = terminal(text)
    shown = shown if len(shown) <= letters else shown[: letters - 1].rstrip() + "…"
    return re.sub(r"(\S{18})(?=\S)", "\\1\u200b", shown)
