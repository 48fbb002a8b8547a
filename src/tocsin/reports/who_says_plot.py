"""Who says what as a chart: parties down, levels across, a sign for each way of speaking, and how surely under it.

The optional part of the installation draws it; importing this without that part raises ``WorkspaceError``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tocsin.labels import Label
from tocsin.record import Level, Polarity
from tocsin.reports._extra import altair as alt
from tocsin.reports._extra import debug_mode
from tocsin.reports._plane import CONFIG, RIGHT, WORDS, Layers, chart, layered, pixels_across, pixels_down
from tocsin.reports._spec import Plot, png, svg
from tocsin.reports._theme import FAINT, FONT, GREY, INK, SIZE, Row, cut, wrap
from tocsin.reports.who_says import LEVELS, Said, Speaker, WhoSays

_LEFT, _COLUMN, _STEP, _HEAD = 250, 118, 46, 26
_MOST = 40
_COLUMNS = tuple(sorted(LEVELS))[1:]
"""The levels from left to right, but for that of an accusation of nobody in particular."""

_PRESUPPOSED = "presupposed"
_SIGNS: Mapping[str, tuple[str, str, bool]] = {
    Polarity.ASSERTED: ("circle", "#D55E00", True),
    _PRESUPPOSED: ("circle", "#D55E00", False),
    Polarity.NEGATED: ("cross", "#005A8F", True),
    Polarity.ABSTAINED: ("square", "#000000", False),
    Polarity.QUESTIONED: ("triangle-up", "#8F4F75", False),
    Polarity.HYPOTHETICAL: ("diamond", "#8F4F75", False),
}
"""Shape, colour and whether it is filled, so that none needs its colour to be told from the others."""


def who_says_picture(found: WhoSays, label: Label, *, as_png: bool) -> bytes:
    """The chart of one incident as SVG, or as PNG."""
    drawn = svg(who_says_plot(found, label).spec)
    return png(drawn) if as_png else drawn.encode()


@dataclass(frozen=True, slots=True)
class _Frame:
    """The rows of the chart, and where they lie in pixels."""

    shown: tuple[Speaker, ...]

    @property
    def width(self) -> int:
        return _LEFT + _COLUMN * len(_COLUMNS)

    @property
    def height(self) -> int:
        return _HEAD + _STEP * len(self.shown)

    def text(self, rows: Sequence[Row], *, size: int, colour: str, align: Literal["left", "center"]) -> alt.Chart:
        """The texts ``t`` of the rows at ``x`` and ``y``."""
        words = chart(rows).mark_text(align=align, baseline="middle", fontSize=size, color=colour)
        drawn: alt.Chart = words.encode(x=pixels_across(self.width), y=pixels_down(self.height), text=WORDS)
        return drawn


def who_says_plot(found: WhoSays, label: Label) -> Plot:
    """The chart with its words; at most 40 parties, the gravest accusers first."""
    frame = _Frame(found.speakers[:_MOST])
    title = f"Who says who did it: {found.incident}"
    more = len(found.speakers) - len(frame.shown)
    under = [f"{label} · {found.counts}{f' · and {more} more parties' if more else ''}"]
    caption = (
        "Disc: asserted. Ring: presupposed. Cross: denied. Square: left open. Triangle: asked. Diamond: supposed. "
        "Dash: not said by this party, though others said it."
    )
    with debug_mode(False):
        layers = [*_grid(frame), *_signs(frame), *_words(frame)]
        heading = alt.TitleParams(text=wrap(title, frame.width * 0.7), subtitle=[*under, *wrap(caption, frame.width)])
        body = layered(layers, frame.width, frame.height)
        spec = {"$schema": alt.SCHEMA_URL, "title": heading.to_dict(), "padding": 8, **body}
    told = "; ".join(_told(speaker) for speaker in frame.shown)
    return Plot(
        name="who-says",
        title=title,
        caption=caption,
        alt=f"{title}. {told}.",
        spec={**spec, "config": CONFIG | {"font": FONT}},
    )


def _told(speaker: Speaker) -> str:
    said = ", ".join(f"{level.word} ({found[0].polarity})" for level, found in speaker.said.items())
    return f"{cut(speaker.name, 400)}: {said or 'denied or declined'}"


def _across(level: Level) -> float:
    return _LEFT + _COLUMN * (_COLUMNS.index(level) + 0.5)


def _down(row: int) -> float:
    return _HEAD + _STEP * (row + 0.5)


def _grid(frame: _Frame) -> Layers:
    """A line between the rows, the names of the parties, and those of the levels."""
    lines: list[Row] = [{"x": 0, "x2": frame.width, "y": _HEAD + _STEP * row} for row in range(len(frame.shown) + 1)]
    names: list[Row] = [
        {"x": 4, "y": _down(row), "t": cut(speaker.name, _LEFT - 10)} for row, speaker in enumerate(frame.shown)
    ]
    heads: list[Row] = [{"x": _across(level), "y": _HEAD / 2, "t": level.word} for level in _COLUMNS]
    x, y = pixels_across(frame.width), pixels_down(frame.height)
    return [
        chart(lines).mark_rule(color=FAINT).encode(x=x, x2=RIGHT, y=y),
        frame.text(names, size=SIZE, colour=INK, align="left"),
        frame.text(heads, size=SIZE, colour=INK, align="center"),
    ]


def _signs(frame: _Frame) -> Layers:
    """A sign for each way in which a party speaks of a level."""
    places: dict[str, list[Row]] = {}
    for row, speaker in enumerate(frame.shown):
        for level, found in _placed(speaker):
            kinds = list(dict.fromkeys(_PRESUPPOSED if one.is_presupposed else one.polarity for one in found))
            if Polarity.ASSERTED in kinds and _PRESUPPOSED in kinds:
                kinds.remove(_PRESUPPOSED)  # who has said it outright may take it for granted elsewhere
            for place, kind in enumerate(kinds):
                aside = (place - (len(kinds) - 1) / 2) * 18
                places.setdefault(kind, []).append({"x": _across(level) + aside, "y": _down(row) - 8})
    x, y = pixels_across(frame.width), pixels_down(frame.height)
    layers: Layers = []
    for kind, rows in places.items():
        shape, colour, filled = _SIGNS[kind]
        points = chart(rows).mark_point(shape=shape, size=110, filled=filled, color=colour, opacity=1, strokeWidth=1.8)
        layers.append(points.encode(x=x, y=y))
    return layers


def _words(frame: _Frame) -> Layers:
    """The words of probability under the signs, and a dash where a party left out what others said."""
    words: list[Row] = []
    dashes: list[Row] = []
    for row, speaker in enumerate(frame.shown):
        words += [
            {"x": _across(level), "y": _down(row) + 10, "t": cut(_how_surely(found), _COLUMN + 6)}
            for level, found in _placed(speaker)
        ]
        dashes += [{"x": _across(level), "y": _down(row) - 6, "t": "–"} for level in speaker.avoided]
    return [
        frame.text(words, size=SIZE - 2, colour=GREY, align="center"),
        frame.text(dashes, size=SIZE + 4, colour=GREY, align="center"),
    ]


def _placed(speaker: Speaker) -> list[tuple[Level, tuple[Said, ...]]]:
    return [(level, found) for level, found in speaker.said.items() if level in _COLUMNS]


def _how_surely(found: Sequence[Said]) -> str:
    """The first words of probability or confidence, else how often it was said."""
    spans = ((one, one.body.likelihood.words or one.body.likelihood.confidence_words) for one in found)
    words = next((one.statement.claim.said(span) for one, span in spans if span), "")
    return words or (f"{len(found)} times" if len(found) > 1 else "")
