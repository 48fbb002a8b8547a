"""Answers laid out: for each question its sentences and tables in the order in which every medium shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tocsin.figures import Figure, Measure, Passage
from tocsin.figures.words import bounds_in_words, day_words, group_words, place_words, state_words
from tocsin.remediation.curves import STILL_EXPOSED
from tocsin.remediation.standing import EVER_AFFECTED, SEEN_THAT_DAY
from tocsin.reports._record_answers import claim_sentences
from tocsin.reports.answered import Answer, Answers
from tocsin.reports.dossier import last_day
from tocsin.reports.earlier import amount
from tocsin.reports.material import Table

_NOTHING = "at least 0% and "
_BY_DAY = ("day", "still exposed", "95% interval", "either way", "fixed of those seen that day", "fixed of those ever")
_CHANGES = ("figure", "then", "now", "difference")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One question as it is shown. Every text is a sentence, or a cell; none is escaped yet."""

    id: str
    title: str
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...]
    counted_as: str
    not_known: tuple[str, ...]
    commands: tuple[str, ...]


def sections(answers: Answers) -> tuple[Section, ...]:
    """The answers, one section a question."""
    return tuple(_section(each) for each in answers.given)


def head(answers: Answers) -> str:
    """What all of it is about, under the label."""
    material = answers.material
    known = f", as far as known at {material.known_at.isoformat()}" if material.known_at else ""
    return f"{material.title} ({material.case_id}), {day_words(material.as_of)}{known}"


def foot(answers: Answers) -> tuple[str, ...]:
    """How the figures were made, on what, and what was withheld."""
    material = answers.material
    versions = f"Versions: {', '.join(material.versions)}." if material.versions else ""
    withheld = f"{material.withheld:,} figures are withheld: counts from 1 to 4, and what would give one away."
    again = f"All of it again: {answers.command}"
    return tuple(each for each in (withheld if material.withheld else "", *material.method, versions, again) if each)


def sentence(figure: Figure) -> str:
    """The figure as a sentence. A share of none is said as none of how many, since 0% would hide of how few; a lower
    bound of nothing is left out.
    """
    whole = figure.denominator
    if figure.measure is Measure.SHARE and whole and figure.estimate is None and figure.high == 0:
        return f"Of {whole}, none was {state_words(figure.state)}."
    return _full(str(figure).removeprefix(_NOTHING))


def _section(answer: Answer) -> Section:
    question, beside = answer.question, answer.beside
    others = (f"{_full(str(figure))[:-1]} ({case.case_id})." for case in beside for figure in case.medians)
    missing = f"Cannot be answered yet: it needs {question.missing}" if question.missing else ""
    unknown = (*map(_full, map(str, answer.doubts)), *(_full(each) for each in (*answer.unknown, missing) if each))
    return Section(
        id=question.id,
        title=question.text,
        sentences=(
            *map(_stated, answer.statements),
            *map(sentence, answer.figures),
            *others,
            *claim_sentences(answer.claims),
        ),
        tables=(*_series(answer.series), *answer.tables, *_changes(answer)),
        notes=tuple(map(_full, answer.said)),
        counted_as=question.definition,
        not_known=unknown,
        commands=answer.commands,
    )


def _full(text: str) -> str:
    ended = text if text.endswith((".", "?", "!")) else f"{text}."
    return f"{ended[:1].upper()}{ended[1:]}"


def _stated(figure: Figure) -> str:
    source = figure.source
    words = f"“{source.text}” was said: " if isinstance(source, Passage) else ""
    return f"{words}{figure}."


def _series(figures: Sequence[Figure]) -> Iterator[Table]:
    by_day = [figure for figure in figures if figure.group is None]
    for unit, of_unit in groupby(by_day, key=lambda figure: figure.unit):
        yield _by_day(unit, list(of_unit))
    grouped = [figure for figure in figures if figure.group is not None]
    for kind, of_kind in groupby(grouped, key=lambda figure: (figure.group or "").partition("=")[0]):
        yield _by_group(kind, list(of_kind))


def _by_day(unit: str, figures: Sequence[Figure]) -> Table:
    """A row a day: the share still exposed with both of its bands, and the two plain shares."""
    cells = {(last_day(figure), _column(figure)): figure for figure in figures}
    rows = []
    for day in sorted({day for day, _ in cells}):
        exposure, seen, ever = (cells.get((day, name)) for name in (STILL_EXPOSED, SEEN_THAT_DAY, EVER_AFFECTED))
        rows.append((str(day), *_bands(exposure), _share(seen), _share(ever)))
    title = f"{_full(unit)[:-1]}, at the last look of each week"
    return Table(title=title, columns=_BY_DAY, rows=tuple(rows), right=_BY_DAY[1:])


def _column(figure: Figure) -> str:
    whole = figure.denominator
    return STILL_EXPOSED if figure.state == STILL_EXPOSED or whole is None else whole.state


def _bands(figure: Figure | None) -> tuple[str, str, str]:
    if figure is None or figure.estimate is None:
        return "", "", ""
    found = figure.estimate
    value = bounds_in_words(found.value, found.value, figure.measure)
    return value, _span(found.low, found.high), _span(figure.low, figure.high)


def _share(figure: Figure | None) -> str:
    if figure is None:
        return ""
    return "none" if figure.high == 0 else _span(figure.low, figure.high)


def _span(low: float, high: float) -> str:
    within = bounds_in_words(low, high, Measure.SHARE).removeprefix(_NOTHING)
    return within.removeprefix("at least ").replace(" and at most ", " to ")


def _by_group(kind: str, figures: Sequence[Figure]) -> Table:
    unit, state = figures[0].unit, figures[0].state
    rows = tuple(((figure.group or "").partition("=")[2], amount(figure)) for figure in figures)
    return Table(title=f"{_full(unit)[:-1]} {state}, by {kind}", columns=(kind, unit), rows=rows, right=(unit,))


def _changes(answer: Answer) -> Iterator[Table]:
    if answer.changed:
        rows = tuple(
            (_named(each.now or each.then), _on_day(each.then), _on_day(each.now), each.told())
            for each in answer.changed
        )
        yield Table(title="Figure by figure", columns=_CHANGES, rows=rows, right=_CHANGES[1:3])


def _named(figure: Figure | None) -> str:
    """What a figure is of, without its value and day."""
    if figure is None:
        return ""
    group = f"({group_words(figure.group)})" if figure.group else ""
    state = state_words(figure.state)
    if figure.measure is Measure.COUNT:
        words = [figure.unit, state, place_words(figure.place), group]
    elif figure.measure is Measure.SHARE:
        whole = f"of those {figure.denominator.state}" if figure.denominator else ""
        words = [figure.unit, f"{state}:", "share", whole, group]
    else:
        words = [figure.unit, group, f": {state}"]
    return " ".join(word for word in words if word).replace(" :", ":")


def _on_day(figure: Figure | None) -> str:
    return f"{amount(figure)}, {day_words(figure.as_of).removeprefix('as of ')}" if figure else ""
