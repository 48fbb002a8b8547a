"""Answers as text, Markdown, JSON or PDF, each under its traffic-light label and with foreign text escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tocsin.errors import AskError, did_you_mean
from tocsin.labels import Label
from tocsin.reports._answer_sections import Section, foot, head, sections
from tocsin.reports._markdown import markdown
from tocsin.reports.answered import Answers
from tocsin.reports.escape import terminal
from tocsin.reports.material import Table
from tocsin.reports.tables import as_json_text

FORMATS = ("text", "markdown", "json", "pdf")


def check_answer_format(name: str) -> str:
    """``name`` if it is one of FORMATS. Raises ``AskError`` otherwise."""
    if name not in FORMATS:
        raise AskError(f"no format {name!r}{did_you_mean(name, FORMATS)}", remedy=f"one of {', '.join(FORMATS)}")
    return name


def rendered(answers: Answers, kind: str, label: Label) -> bytes:
    """The answers as ``kind``, one of FORMATS. Raises ``WorkspaceError`` where a PDF needs what is not installed."""
    return _RENDERERS[kind](answers, label)


def as_text(answers: Answers, label: Label) -> str:
    """Plain text for a terminal, ending in a line break."""
    lines = [f"{label}  {terminal(head(answers))}"]
    for number, section in enumerate(sections(answers), start=1):
        lines += ["", f"{number}. {terminal(section.title)} [{section.id}]", *_text_of(section)]
    return "\n".join([*lines, "", *map(terminal, foot(answers)), ""])


def as_markdown(answers: Answers, label: Label) -> str:
    """Markdown, with tables as GitHub reads them, ending in a line break."""
    lines = [f"**{label}**", "", f"# {markdown(head(answers))}"]
    for section in sections(answers):
        lines += ["", f"## {markdown(section.title)}", *_markdown_of(section)]
    *made, again = foot(answers)
    lines += ["", "## How these figures were made", "", *(f"- {markdown(each)}" for each in made)]
    return "\n".join([*lines, "", f"    {terminal(again)}", "", f"**{label}**", ""])


def _as_json(answers: Answers, label: Label) -> bytes:
    return f"{as_json_text({'label': str(label), **answers.as_json()})}\n".encode()


def _as_pdf(answers: Answers, label: Label) -> bytes:
    from tocsin.reports._answers_pdf import as_pdf

    return as_pdf(answers, label)


_RENDERERS: Mapping[str, Callable[[Answers, Label], bytes]] = {
    "text": lambda answers, label: as_text(answers, label).encode(),
    "markdown": lambda answers, label: as_markdown(answers, label).encode(),
    "json": _as_json,
    "pdf": _as_pdf,
}


def _text_of(section: Section) -> Iterator[str]:
    yield from (f"   {terminal(each)}" for each in section.sentences)
    for table in section.tables:
        yield from ("", *(f"   {line}" for line in _aligned(table)))
    if section.tables:
        yield ""
    yield from (f"   {terminal(each)}" for each in section.notes)
    if section.counted_as:
        yield f"   Counted as: {terminal(section.counted_as)}"
    if section.not_known:
        yield "   Not known:"
        yield from (f"   - {terminal(each)}" for each in section.not_known)
    if section.commands:
        yield "   Again with:"
        yield from (f"     {terminal(each)}" for each in section.commands)


def _markdown_of(section: Section) -> Iterator[str]:
    if section.sentences:
        yield from ("", *(f"- {markdown(each)}" for each in section.sentences))
    for table in section.tables:
        yield from ("", f"{markdown(table.title)}:", "", *_piped(table))
    for note in section.notes:
        yield from ("", markdown(note))
    if section.counted_as:
        yield from ("", f"Counted as: {markdown(section.counted_as)}")
    if section.not_known:
        yield from ("", "Not known:", "", *(f"- {markdown(each)}" for each in section.not_known))
    if section.commands:
        yield from ("", "Again with:", "", *(f"    {terminal(each)}" for each in section.commands))


def _aligned(table: Table) -> Iterator[str]:
    lines = [tuple(map(terminal, row)) for row in (table.columns, *table.rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    yield terminal(table.title)
    for line in lines:
        signs = (">" if name in table.right else "<" for name in table.columns)
        cells = zip(line, signs, widths, strict=True)
        yield "  ".join(f"{cell:{sign}{width}}" for cell, sign, width in cells).rstrip()


def _piped(table: Table) -> Iterator[str]:
    yield f"| {' | '.join(map(markdown, table.columns))} |"
    yield f"|{'|'.join(' ---: ' if name in table.right else ' --- ' for name in table.columns)}|"
    yield from (f"| {' | '.join(map(markdown, row))} |" for row in table.rows)
