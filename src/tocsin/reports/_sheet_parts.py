"""The parts of the report's page: tables, pictures, and figures that open to their trail. All text is escaped here."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tocsin.figures import Figure, Passage
from tocsin.reports._spec import Picture
from tocsin.reports.dossier import last_day
from tocsin.reports.escape import html


def sentences(texts: Iterable[str], *, tag: str = "li") -> Iterator[str]:
    """Each text in a tag of its own."""
    yield from (f"<{tag}>{html(text)}</{tag}>" for text in texts)


def heading(text: str, level: int = 2) -> str:
    """A heading of ``level``."""
    return f"<h{level}>{html(text)}</h{level}>"


def table(
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: Sequence[int] = (),
    short: Sequence[int] = (),
) -> str:
    """A table whose first column names its rows; ``numbers`` are set flush right, ``short`` columns do not wrap."""
    kinds = dict.fromkeys(short, ' class="short"') | dict.fromkeys(numbers, ' class="number"')
    lines = "".join(f'<th scope="col"{kinds.get(at, "")}>{html(text)}</th>' for at, text in enumerate(head))
    body = "\n".join(_table_row(row, kinds) for row in rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{html(caption)}"><table>'
        f"<caption>{html(caption)}</caption><thead><tr>{lines}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )


def picture(one: Picture) -> str:
    """A chart with its caption; the style shows the one or the other width. (A ``picture`` would print the narrow.)"""
    drawn = "".join(
        f'<img class="{kind}" src="{_data(svg)}" alt="{html(one.plot.alt)}">'
        for kind, svg in (("wide", one.wide), ("narrow", one.narrow))
    )
    return f"<figure>{drawn}<figcaption>{html(one.plot.caption)}</figcaption></figure>"


def statement(figure: Figure) -> str:
    """The figure as a sentence to quote, which opens to its trail."""
    return f"<details><summary>{html(_sentence(figure))}</summary>{_trail(figure)}</details>"


def statements(summary: str, figures: Sequence[Figure]) -> str:
    """Many figures of one kind: each a row with its sentence and id, and once what their trails share."""
    if not figures:
        return ""
    trails = [(figure.method, *_source(figure)) for figure in figures]
    shared = {trail: f"{number}" for number, trail in enumerate(dict.fromkeys(trails), start=1)}
    rows = (
        (last_day(figure).isoformat(), _sentence(figure), shared[trail], figure.id)
        for figure, trail in zip(figures, trails, strict=True)
    )
    listed = "".join(
        f"<li>{html(method)} <code>{html(source)}</code> {html(versions)}</li>" for method, source, versions in shared
    )
    body = table(summary, ("day", "figure", "trail", "id in figures.json"), rows)
    return f"<details><summary>{html(summary)}</summary>{body}<p>Trails:</p><ol>{listed}</ol></details>"


def _trail(figure: Figure) -> str:
    source, versions = _source(figure)
    whole = figure.denominator
    known = figure.known_at.isoformat() if figure.known_at else "all there was when the report was made"
    parts = (
        ("Id", figure.id),
        ("Unit", figure.unit),
        ("State", figure.state),
        ("Place", figure.place),
        ("Group", figure.group or "the whole"),
        ("Day", last_day(figure).isoformat()),
        ("Known", known),
        ("Method", figure.method),
        ("Denominator", _sentence(whole) if whole else "none"),
        ("Source", source),
        ("Versions", versions or "none stated"),
    )
    rows = "".join(f"<dt>{html(name)}</dt><dd>{html(text)}</dd>" for name, text in parts)
    text = html(json.dumps(figure.as_json(), ensure_ascii=False, indent=1)).replace("\\x0a", "\n")
    return f'<dl class="trail">{rows}</dl><pre tabindex="0">{text}</pre>'


def _source(figure: Figure) -> tuple[str, str]:
    if isinstance(figure.source, Passage):
        place = f"{figure.source.document}, {figure.source.begins} to {figure.source.ends}"
        return figure.source.text, place
    return figure.source.command, "; ".join(figure.source.versions)


def _sentence(figure: Figure) -> str:
    text = str(figure)
    return f"{text[:1].upper()}{text[1:]}."


def _table_row(row: Sequence[str], kinds: Mapping[int, str]) -> str:
    first, *others = row
    cells = "".join(f"<td{kinds.get(at, '')}>{html(text)}</td>" for at, text in enumerate(others, start=1))
    return f'<tr><th scope="row">{html(first)}</th>{cells}</tr>'


def _data(svg: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
