"""One page that answers for a census: a self-contained HTML text that needs no script, no network and no colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.figures import Figure, Passage, Period, Query
from tocsin.figures.words import state_words
from tocsin.labels import Label
from tocsin.reports.charts import BLACK, BLUE, GREEN, VERMILION, Bar, Curve, draw_bars, draw_curves
from tocsin.reports.escape import html

_WIDE, _NARROW = 900, 350
_STROKES = {
    "affected": (VERMILION, ""),
    "fixed": (BLUE, ""),
    "undetermined": (BLACK, "7 4"),
    "not_affected": (GREEN, "2 4"),
}
_DEFINITIONS = (
    ("service", "An address, a port and a transport at which the product answered."),
    ("affected", "The evidence shows the flaw: a build without the fix, or an active check that succeeded."),
    ("fixed", "The evidence shows a build that contains the fix. It says nothing of a web shell left behind."),
    ("not affected", "This product or configuration never had the flaw."),
    ("undetermined", "The evidence does not decide; most often three parts of a build of four were shown."),
    ("possibly or surely compromised", "A trace such as a web shell was seen, and no evidence of cleaning since."),
    ("organisation", "A constituent of the registry; affected when any of its services is."),
    ("public body", "An organisation that the registry marks as one."),
    ("at least", "What the latest complete scan of its source, or a positive within the window, shows beyond doubt."),
    (
        "at most",
        "Adds what is undetermined, what was affected in an earlier scan, and what somebody only may answer for.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusCourse:
    """The services in one state, a figure a day, oldest first."""

    state: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of a group are affected, and how many of it were seen at all."""

    name: str
    affected: Figure
    seen: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that the page shows. ``notes`` are sentences for its opening; every text is escaped when written."""

    title: str
    label: Label
    notes: tuple[str, ...]
    courses: tuple[StatusCourse, ...]
    organisations: tuple[Share, ...]
    public_bodies: tuple[Share, ...]
    first: tuple[Figure, ...]
    last: tuple[Figure, ...]


def write_page(report: Report) -> str:
    """The whole page. Raises ``ValueError`` when the courses are not of the same days."""
    days = _days(report.courses)
    sections = (
        _opening(report, days),
        _first_and_last(report, days),
        _curves(report, days),
        _shares("Public bodies affected, by sector", report.public_bodies, days[-1], VERMILION),
        _shares("All organisations affected, by sector", report.organisations, days[-1], BLUE),
        _definitions(report),
        _daily(report, days),
    )
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{html(report.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>",
            *(part for section in sections for part in section),
            f'<footer><p class="label">{html(str(report.label))}</p></footer>\n</main>\n</body>\n</html>\n',
        ]
    )


def _days(courses: Sequence[StatusCourse]) -> tuple[date, ...]:
    days = {tuple(_day(figure) for figure in course.figures) for course in courses}
    if len(days) != 1 or not next(iter(days)):
        raise ValueError("every course must hold one figure for each of the same days")
    return next(iter(days))


def _opening(report: Report, days: Sequence[date]) -> Iterator[str]:
    yield f'<p class="label">{html(str(report.label))}</p>'
    yield f"<h1>{html(report.title)}</h1>"
    yield f'<p class="dates">{_long(days[0])} to {_long(days[-1])}</p>'
    yield from (f"<p>{html(note)}</p>" for note in report.notes)


def _first_and_last(report: Report, days: Sequence[date]) -> Iterator[str]:
    before = {figure.id: figure for figure in report.first}
    yield "<h2>First and last day</h2>\n<p>One number where the evidence decides; else at least – at most.</p>"
    head = ("figure", _long(days[0]), _long(days[-1]))
    rows = (
        (
            f"{figure.unit} {state_words(figure.state)}, {figure.place}",
            _range(before[figure.id]) if figure.id in before else "–",
            _range(figure),
        )
        for figure in report.last
    )
    yield _table(head, rows, numbers_from=1)


def _curves(report: Report, days: Sequence[date]) -> Iterator[str]:
    curves = [
        Curve(
            name=state_words(course.state),
            low=[int(figure.low) for figure in course.figures],
            high=[int(figure.high) for figure in course.figures],
            colour=_STROKES[course.state][0],
            dashes=_STROKES[course.state][1],
            is_band=course.state in ("affected", "fixed"),
        )
        for course in report.courses
    ]
    title = "Services by status, day by day"
    yield f"<h2>{title}</h2>"
    yield (
        "<p>Affected and fixed are bands from the lower bound (thick line) to the upper bound (thin line): a service "
        "whose status is undetermined may be either. Not affected is the lower bound.</p>"
    )
    yield _both(lambda width: draw_curves(curves, days, unit="services", title=title, width=width))


def _shares(title: str, shares: Sequence[Share], day: date, colour: str) -> Iterator[str]:
    bars = [
        Bar(
            name=share.name,
            low=int(share.affected.low),
            high=int(share.affected.high),
            whole=int(share.seen.high),
        )
        for share in shares
    ]
    yield f"<h2>{html(title)}, on {_long(day)}</h2>"
    if not bars:
        yield "<p>None was seen.</p>"
        return
    unit = shares[0].affected.unit
    yield (
        f"<p>Solid: affected at least. Hatched: affected at most. Frame: {html(unit)} of the registry with a service "
        "seen in the window, at most.</p>"
    )
    yield _both(lambda width: draw_bars(bars, unit=unit, title=title, colour=colour, width=width))


def _definitions(report: Report) -> Iterator[str]:
    yield "<h2>What the words mean</h2>\n<dl>"
    yield from (f"<dt>{html(word)}</dt><dd>{html(meaning)}</dd>" for word, meaning in _DEFINITIONS)
    yield "</dl>\n<h2>How the figures were made</h2>"
    known = {figure.known_at for figure in report.last}
    yield from (f"<p>{html(method)}</p>" for method in sorted({figure.method for figure in report.last}))
    for moment in known:
        text = f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "the moment the page was made: all there is"
        yield f"<p>Known at {html(text)}.</p>"
    versions = sorted({version for figure in report.last for version in _versions(figure.source)})
    if versions:
        yield f"<p>They rest on {html(', '.join(versions))}.</p>"
    commands = sorted({_command(figure.source) for figure in report.last})
    yield "<p>The same figures again: " + ", ".join(f"<code>{html(command)}</code>" for command in commands) + "</p>"


def _daily(report: Report, days: Sequence[date]) -> Iterator[str]:
    yield "<h2>Every day in numbers</h2>\n<p>Services, lower to upper bound.</p>"
    head = ("day", *(state_words(course.state) for course in report.courses))
    rows = (
        (day.isoformat(), *(_range(course.figures[number]) for course in report.courses))
        for number, day in enumerate(days)
    )
    yield _table(head, rows, numbers_from=1)


def _both(draw: Callable[[int], str]) -> str:
    """A chart for wide pages and paper, and one for narrow pages; the style shows one of them."""
    return f'<figure class="wide">{draw(_WIDE)}</figure>\n<figure class="narrow">{draw(_NARROW)}</figure>'


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers_from: int) -> str:
    def cell(tag: str, number: int, text: str) -> str:
        kind = ' class="number"' if number >= numbers_from else ""
        return f"<{tag}{kind}>{html(text)}</{tag}>"

    lines = ["<tr>" + "".join(cell("th", number, text) for number, text in enumerate(head)) + "</tr>"]
    lines += ["<tr>" + "".join(cell("td", number, text) for number, text in enumerate(row)) + "</tr>" for row in rows]
    return '<div class="scroll"><table>\n' + "\n".join(lines) + "\n</table></div>"


def _command(source: Query | Passage) -> str:
    return source.command if isinstance(source, Query) else source.text


def _versions(source: Query | Passage) -> tuple[str, ...]:
    return source.versions if isinstance(source, Query) else (f"document {source.document}",)


def _day(figure: Figure) -> date:
    if not isinstance(figure.as_of, Period):
        return figure.as_of
    raise ValueError(f"{figure.id} is of a range of days, and a course has one figure a day")


def _range(figure: Figure) -> str:
    return f"{figure.low:,}" if figure.low == figure.high else f"{figure.low:,} – {figure.high:,}"


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


_STYLE = """
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #1a1a1a; font: 16px/1.5 system-ui, "DejaVu Sans", Arial, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: .5rem 0; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-top: 1px solid #c9c9c9; padding-top: .8rem; break-after: avoid; }
p { margin: .4rem 0; max-width: 46rem; }
.dates { font-weight: bold; }
.label { font-weight: bold; border: 2px solid #1a1a1a; display: inline-block; padding: .1rem .6rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { text-align: left; padding: .25rem .7rem .25rem 0; border-bottom: 1px solid #c9c9c9; vertical-align: top; }
.number { text-align: right; font-variant-numeric: tabular-nums; padding-left: .7rem; }
td.number { white-space: nowrap; }
figure { margin: .8rem 0; break-inside: avoid; }
svg { max-width: 100%; height: auto; font-family: inherit; }
dt { font-weight: bold; } dd { margin: 0 0 .4rem 1rem; max-width: 46rem; }
code { overflow-wrap: anywhere; }
.narrow { display: none; }
@media screen and (max-width: 640px) {
  .wide { display: none; } .narrow { display: block; }
  table { font-size: .8rem; } th, td { padding-right: .4rem; } .number { padding-left: .3rem; }
}
@media print { main { max-width: none; padding: 0; } body { font-size: 11pt; } tr { break-inside: avoid; } }
"""
