"""A document as one page of HTML: its text with every assertion marked, and a click on a mark tells all about it.

The page asks for nothing and runs one script, named by its hash; without it the marks are links to the list at the
end. Documents are written by strangers: whatever in them is markup is shown as text, and characters that are invisible
or change the direction of reading are shown by their codes.
Sources: Content Security Policy Level 3 (W3C), section 2.3.1; ``reports.escape`` for the rest.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256

from tocsin.labels import Label
from tocsin.record import Document, Segment, SegmentKind
from tocsin.record.segments import NOT_READ
from tocsin.reports._record_details import details
from tocsin.reports._record_marks import Line, Run, lines_of
from tocsin.reports._record_style import KINDS, SCRIPT, STYLE
from tocsin.reports.escape import html
from tocsin.reports.stated import ReadDocument, Statement, counts_in_words, party_name, statements

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
_PLAIN = str.maketrans({"\t": " ", "\f": " ", "\v": " "})
_LOOKS = {
    **dict.fromkeys(NOT_READ, "unread"),
    SegmentKind.TITLE: "title",
    SegmentKind.STANDFIRST: "heading",
    SegmentKind.HEADING: "heading",
    SegmentKind.QUOTATION: "quotation",
}
"""The class of a run within such a part."""

_HINT = "Click a mark, or go from one to the next with the Tab key. Dashed: machine-read. Solid: reviewed."


def record_page(read: ReadDocument, label: Label) -> str:
    """The whole page of one document under its traffic-light label; the same every time for the same reading."""
    document = read.document
    stated = sorted(statements([read]), key=_by_place)
    marked = html(str(label))
    title = html(read.name)
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(_digest(SCRIPT))}">',
            f"<title>{title}</title>\n<style>{STYLE.replace('LABEL', str(label))}</style>\n</head>\n<body>",
            f'<header><p class="label">{marked}</p>\n<h1>{title}</h1>',
            *_about(document, read.reviewed.reading.reader, stated),
            *_legend(stated),
            "</header>\n<main>\n<div>",
            *_text(document, read.reviewed.reading.segments, stated),
            "</div>",
            '<aside id="panel" aria-live="polite"><button type="button">Close</button>',
            f'<div class="body"><p>{_HINT}</p></div></aside>\n</main>',
            *_list(stated),
            f'<footer><p class="label">{marked}</p></footer>',
            f"<script>{SCRIPT}</script>\n</body>\n</html>\n",
        ]
    )


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode("ascii")


def _by_place(statement: Statement) -> tuple[int, int, str]:
    assertion = statement.claim.assertion
    return assertion.span.begins, assertion.span.ends, assertion.id


def _about(document: Document, reader: str, stated: Sequence[Statement]) -> Iterator[str]:
    origins = {name: f" (from {origin})" for name, origin in document.origins}
    fields = ("genre", "published", "publisher", "licence", "language")
    values = ((name, getattr(document, name)) for name in fields)
    stating = [(name.capitalize(), f"{value}{origins.get(name, '')}") for name, value in values if value is not None]
    rows = [
        *stating,
        ("Source", document.source),
        ("SHA-256", document.sha256),
        ("Reader", reader),
        ("Assertions", f"{len(stated):,}: {counts_in_words(stated)}"),
    ]
    yield _listed(rows)


def _legend(stated: Sequence[Statement]) -> Iterator[str]:
    counts = Counter(each.claim.assertion.kind for each in stated)
    yield "<fieldset><legend>Marked in the text</legend>"
    for kind in KINDS:
        if counts[kind]:
            box = f'<input type="checkbox" checked data-kind="{kind}">'
            yield f'<label>{box} <span class="key" data-kind="{kind}">{kind}</span> {counts[kind]:,}</label>'
    yield "</fieldset>"


def _text(document: Document, segments: Sequence[Segment], stated: Sequence[Statement]) -> Iterator[str]:
    for line in lines_of(document.text, [each.claim.assertion.span for each in stated], segments):
        yield from _speakers(document, line, segments)
        runs = "".join(_run(document.text, run, stated) for run in line.runs)
        yield f'<p dir="auto">{_unread(line)}{runs}</p>'


def _speakers(document: Document, line: Line, segments: Sequence[Segment]) -> Iterator[str]:
    """Who speaks in the turns that begin on the line, and on which day."""
    for index in line.opens:
        part = segments[index]
        if part.kind is SegmentKind.TURN:
            who = "speaker not told"
            if part.speaker:
                words = part.speaker.span.of(document.text) if part.speaker.span else ""
                who = " ".join(words.split()) or party_name(part.speaker.canonical)
            day = f", {part.uttered}" if part.uttered else ""
            yield f'<p class="speaker">{html(f"{who}{day}")}</p>'


def _unread(line: Line) -> str:
    """What kind of part that is not read the line begins with."""
    found = sorted(kind.replace("_", " ") for kind in line.runs[0].parts & NOT_READ)
    return f'<span class="part">{", ".join(found)}</span>' if found else ""


def _run(text: str, run: Run, stated: Sequence[Statement]) -> str:
    words = html(run.span.of(text).translate(_PLAIN))
    looks = " ".join(sorted({_LOOKS[part] for part in run.parts if part in _LOOKS}))
    if not run.assertions:
        return f'<span class="{looks}">{words}</span>' if looks else words
    indexes = _topmost_first(run, stated)
    shown = [stated[index] for index in indexes]
    classes = ["m", looks, "several" if len(shown) > 1 else "", "reviewed" if shown[0].is_reviewed else ""]
    numbers = " ".join(f"{index + 1}" for index in indexes)
    begun = f' data-n="{",".join(f"{index + 1}" for index in run.begun)}"' if run.begun else ' tabindex="-1"'
    kinds = ", ".join(dict.fromkeys(each.claim.assertion.kind for each in shown))
    return (
        f'<a class="{" ".join(filter(None, classes))}" href="#a{indexes[0] + 1}" data-a="{numbers}"{begun}'
        f' data-kind="{shown[0].claim.assertion.kind}" title="{kinds}">{words}</a>'
    )


def _topmost_first(run: Run, stated: Sequence[Statement]) -> list[int]:
    """The shortest is on top, so that none is hidden; of those nearly as short the gravest kind, and codes are last."""
    marks = {index: stated[index].claim.assertion for index in run.assertions}
    lengths = [len(mark.span) for mark in marks.values() if mark.kind != KINDS[-1]]
    most = 1.25 * min(lengths, default=0)

    def depth(index: int) -> tuple[bool, int, int]:
        mark = marks[index]
        is_near = len(mark.span) <= most
        return mark.kind == KINDS[-1], 0 if is_near else len(mark.span), KINDS.index(mark.kind)

    return sorted(run.assertions, key=depth)


def _list(stated: Sequence[Statement]) -> Iterator[str]:
    yield '<section id="all"><h2>Every assertion, in the order of the text</h2>'
    if not stated:
        yield "<p>None was found.</p>"
    for number, each in enumerate(stated, start=1):
        kind = each.claim.assertion.kind
        rows = _listed(details(each))
        yield f'<article id="a{number}" data-kind="{kind}"><h3>{number}. {kind}</h3>{rows}</article>'
    yield "</section>"


def _listed(rows: Sequence[tuple[str, str]]) -> str:
    return f"<dl>{''.join(f'<dt>{html(name)}</dt><dd>{html(value)}</dd>' for name, value in rows)}</dl>"
