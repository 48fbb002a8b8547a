"""The report as one page of HTML that holds everything, needs no script and asks for nothing; and its figures as files.

Every sentence that states a number is a figure in words, and every figure opens to its trail.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from tocsin.labels import Label
from tocsin.remediation.standing import WHY_NAIVE_SHARES_DIFFER
from tocsin.reports._sheet_parts import heading, picture, sentences, statement, statements, table
from tocsin.reports._sheet_style import STYLE
from tocsin.reports._spec import Picture, amount
from tocsin.reports._theme import long_day
from tocsin.reports.dossier import Dossier, Panel, every_figure, group_name
from tocsin.reports.escape import html
from tocsin.reports.reached import steps

_NOT_NAMED = "Organisations are not named in what is labelled for the public."
_WITHHELD = "{} figures are not shown: fewer than 5, or withheld to protect others."
_WORDS = (
    ("service", "An address, a port and a transport at which the product answered."),
    ("affected", "The evidence shows the flaw: a build without the fix, or an active check that succeeded."),
    ("fixed", "The evidence shows a build that contains the fix. It says nothing of a web shell left behind."),
    ("mitigated", "An affected build on which an active check fails."),
    ("undetermined", "The evidence does not decide."),
    ("no longer seen", "Missed by several complete scans that should have seen it; it may be fixed, moved or off."),
    ("no longer listed", "A source that lists only what it finds affected stopped listing it; never called fixed."),
    ("organisation", "A constituent of the registry; fixed when its last service is."),
    ("at least, at most", "What the evidence leaves open: the undetermined, the disputed, the not lately seen."),
    ("95% interval", "What chance leaves open, since one administrator patches many services at once."),
)

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

Part = Callable[[Dossier, Sequence[Picture]], Iterator[str]]


def write_sheet(dossier: Dossier, pictures: Sequence[Picture]) -> str:
    """The whole page; ``pictures`` are those that ``plots.draw`` made of the same dossier."""
    label = html(str(dossier.label))
    sections: tuple[Part, ...] = (
        _headline,
        _course_over_time,
        _exposure,
        _groups,
        _countries,
        _remaining,
        _told,
        _limits,
        _method,
    )
    body = (line for section in sections for line in section(dossier, pictures))
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            f"<title>{html(dossier.title)}</title>",
            f"<style>{STYLE.replace('LABEL', str(dossier.label))}</style>\n</head>",
            f'<body>\n<header><p class="label">{label}</p>\n<h1>{html(dossier.title)}</h1>',
            *_opening(dossier),
            "</header>\n<main>",
            *body,
            f'</main>\n<footer><p class="label">{label}</p></footer>\n</body>\n</html>\n',
        ]
    )


def figures_json(dossier: Dossier) -> str:
    """All figures of the dossier as JSON, denominators within; what is withheld is named without its value."""
    withheld = [
        {"id": one.id, "unit": one.unit, "state": one.state, "place": one.place, "group": one.group, "why": str(one)}
        for one in dossier.withheld
    ]
    held = {
        "case": dossier.case_id,
        "label": str(dossier.label),
        "as_of": dossier.as_of.isoformat(),
        "made_at": dossier.made_at.isoformat(),
        "figures": [figure.as_json() for figure in every_figure(dossier)],
        "withheld": withheld,
    }
    return json.dumps(held, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _opening(dossier: Dossier) -> Iterator[str]:
    made = dossier.made_at
    yield f"<p><strong>As of {long_day(dossier.as_of)}</strong>; made on {long_day(made)} at {made:%H:%M %Z}.</p>"
    if dossier.note:
        yield f"<p><strong>{html(dossier.note)}</strong></p>"
    yield f"<p>Time is counted from {long_day(dossier.origin)}: {html(dossier.origin_text)}</p>"
    if dossier.withheld:
        yield f"<p>{_WITHHELD.format(f'{len(dossier.withheld):,}')}</p>"


def _headline(dossier: Dossier, pictures: Sequence[Picture]) -> Iterator[str]:
    yield heading("The figures")
    yield "<p>Each sentence may be quoted as it stands, and opens to where it comes from.</p>"
    yield '<div class="headline">'
    yield from (statement(figure) for figure in dossier.headline)
    yield "</div>"
    yield from (statement(figure) for figure in dossier.extra)
    yield from (f"<p>Not known: {html(text)}</p>" for text in dossier.absent)


def _course_over_time(dossier: Dossier, pictures: Sequence[Picture]) -> Iterator[str]:
    yield heading("Status over time")
    yield from _shown(pictures, "status-", "Nothing was seen in the period.")
    for course in dossier.courses:
        yield statements(f"Every figure of {course.unit} by status", course.standing)


def _exposure(dossier: Dossier, pictures: Sequence[Picture]) -> Iterator[str]:
    yield heading("Exposure since the patch was released")
    yield from _shown(pictures, "exposure-", "No curve could be estimated; the reasons stand above.")
    yield from (statement(course.median) for course in dossier.courses if course.median)
    if any(course.naive for course in dossier.courses):
        yield f"<p>{html(WHY_NAIVE_SHARES_DIFFER)}</p>"
    if any(one.plot.name.startswith("ends-") for one in pictures):
        yield heading("How exposure ended", 3)
        yield from _shown(pictures, "ends-", "")
    for course in dossier.courses:
        yield statements(f"Every figure of exposure, {course.unit}", (*course.exposure, *course.ends, *course.naive))


def _groups(dossier: Dossier, pictures: Sequence[Picture]) -> Iterator[str]:
    yield heading("Sectors and public bodies")
    yield from _shown(pictures, "panels-", "No group is large enough for a curve of its own.")
    for kind in dict.fromkeys(panel.kind for panel in dossier.panels):
        panels = [panel for panel in dossier.panels if panel.kind == kind]
        name = kind.replace("-", " ")
        states = list(dict.fromkeys(figure.state for panel in panels for figure in panel.standing_now))
        head = (name, *(state.replace("_", " ") for state in states), "still exposed", "median days to fix")
        caption = f"By {name}, as of {long_day(dossier.as_of)}"
        yield table(caption, head, (_panel_row(panel, states) for panel in panels), numbers=range(1, len(head)))
        figures = [one for panel in panels for one in (*panel.standing_now, *panel.exposure)]
        medians = [panel.median for panel in panels if panel.median]
        yield statements(f"Every figure by {name}", [*figures, *medians])


def _panel_row(panel: Panel, states: Sequence[str]) -> tuple[str, ...]:
    now = {figure.state: amount(figure) for figure in panel.standing_now}
    exposed = amount(panel.exposure[-1]) if panel.exposure else "not shown"
    median = panel.median.bounds if panel.median else "not shown"
    return panel.group, *(now.get(state, "not shown") for state in states), exposed, median


def _countries(dossier: Dossier, pictures: Sequence[Picture]) -> Iterator[str]:
    yield heading("Countries")
    yield from _shown(pictures, "countries", "No figure by country is shown.")
    if dossier.countries:
        ranked = sorted(dossier.countries, key=lambda figure: (-figure.high, -figure.low, group_name(figure)))
        unit = ranked[0].unit
        rows = ((group_name(figure), amount(figure)) for figure in ranked)
        yield table(f"{unit.capitalize()} affected, at least to at most", ("country", unit), rows, numbers=(1,))
        yield statements("Every figure by country", ranked)


def _remaining(dossier: Dossier, pictures: Sequence[Picture]) -> Iterator[str]:
    yield heading("Who remains")
    yield from _shown(pictures, "reasons", "")
    yield statements("Every figure by reason", dossier.reasons)
    if dossier.label is Label.CLEAR:
        yield f"<p>{_NOT_NAMED}</p>"
        return
    if not dossier.remaining:
        some = f"{dossier.remaining_more:,} organisations remain; none is listed."
        yield f"<p>{some if dossier.remaining_more else 'No organisation of the registry is known to remain.'}</p>"
        return
    rows = (
        (one.who, one.sector, one.country, f"{one.services:,}", ", ".join(one.why), f"{one.since}", f"{one.last_seen}")
        for one in sorted(dossier.remaining, key=lambda one: one.rank)
    )
    head = ("organisation", "sector", "country", "services", "why", "affected since", "last seen")
    yield table("Worst first", head, rows, numbers=(3,), short=(5, 6))
    if dossier.remaining_more:
        yield f"<p>And {dossier.remaining_more:,} more.</p>"


def _told(dossier: Dossier, pictures: Sequence[Picture]) -> Iterator[str]:
    if not dossier.reached:
        return
    yield heading("Whom we have told")
    yield from _shown(pictures, "reached", "No step is shown.")
    rows = steps(dossier.reached)
    if rows:
        yield table("Step by step, and who got no further", ("step", "number", "seen fixed"), rows, numbers=(1, 2))
    yield "<p>An answer fixes nothing: seen fixed is what a look shows, after a notice a look of a later day.</p>"
    yield statements("Every figure of those told", dossier.reached)


def _limits(dossier: Dossier, pictures: Sequence[Picture]) -> Iterator[str]:
    yield heading("What these figures do not say")
    yield "<ul>"
    yield from sentences(dossier.limits)
    yield "</ul>"


def _method(dossier: Dossier, pictures: Sequence[Picture]) -> Iterator[str]:
    yield heading("How the figures were made")
    yield from sentences(dossier.method, tag="p")
    yield "<p>The same figures again:</p>"
    yield from (f"<p><code>{html(command)}</code></p>" for command in dossier.commands)
    if any(one.plot.name.startswith("cohort-") for one in pictures):
        yield heading("Diagnostics", 3)
        yield from _shown(pictures, "cohort-", "")
        for course in dossier.courses:
            yield statements(f"Every figure of {course.unit} seen in every look", course.cohort)
    yield heading("What the words mean", 3)
    yield '<dl class="words">'
    yield from (f"<dt>{html(word)}</dt><dd>{html(meaning)}</dd>" for word, meaning in _WORDS)
    yield "</dl>"


def _shown(pictures: Sequence[Picture], name: str, otherwise: str) -> Iterator[str]:
    """The pictures whose name begins so; a sentence where there is none."""
    found = [one for one in pictures if one.plot.name.startswith(name)]
    yield from (picture(one) for one in found)
    if not found and otherwise:
        yield f"<p>{html(otherwise)}</p>"
