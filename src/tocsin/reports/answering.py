"""The questions and what is known of a case come in; an answer to each goes out."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tocsin.figures import Query
from tocsin.reports._each_answer import answer_each
from tocsin.reports.answered import Answer, Answers
from tocsin.reports.earlier import Earlier, changes, latest
from tocsin.reports.material import Material
from tocsin.reports.questions import OTHERS, QUESTIONS, RECORD, Question

_ONE_LOOK = "Somebody looked on one day only since the patch, so no course over time can be told"
_PACE = ("the half-life", "no forecast")
_NO_END = "Of the {unit} not one end was seen: how long it will take is not known, only that it takes longer"


def compose(
    material: Material, questions: Sequence[Question], earlier: Earlier | None = None, *, names: bool = False
) -> Answers:
    """The answers to ``questions``. ``earlier`` is what ``changed`` looks back on; with ``names`` some were named."""
    given = tuple(_answered(question, material, earlier, names=names) for question in questions)
    return Answers(material=material, given=given, command=_command(material, questions, earlier, names=names))


def _answered(question: Question, material: Material, earlier: Earlier | None, *, names: bool) -> Answer:
    is_change = question.id == "changed"
    found = _changed(question, material, earlier) if is_change else answer_each(question, material)
    by_name = question.id == "public-bodies" and not names
    unknown = (
        *found.unknown,
        *(("Which ones is said only with --names, and never in what is labelled for the public",) if by_name else ()),
        *(() if is_change else _why_no_course(question, material)),
        *question.unknown,
    )
    return replace(
        found,
        unknown=tuple(dict.fromkeys(each.rstrip(".") for each in unknown)),
        commands=tuple(dict.fromkeys(_commands(found, material, earlier))),
    )


def _commands(found: Answer, material: Material, earlier: Earlier | None) -> Iterator[str]:
    """What gives the figures again, and where a table or a change is told, what gives that."""
    for figure in found.every_figure:
        if isinstance(figure.source, Query):
            yield figure.source.command
    yield from found.commands
    names = any(table.is_naming for table in found.tables)
    if names or found.changed:
        yield _command(material, [found.question], earlier if found.changed else None, names=names)


def _changed(question: Question, material: Material, earlier: Earlier | None) -> Answer:
    if earlier is None:
        how = "Give --since the file of an earlier answer; 'tocsin answer … --format json --out FILE' writes one"
        return Answer(question=question, unknown=(how,))
    asked = (each for each in QUESTIONS if each.id in earlier.questions and each.id != question.id)
    now = [figure for each in asked for figure in answer_each(each, material).every_figure]
    said = ("Both answers are of the same day",) if earlier.as_of == material.as_of else ()
    return Answer(question=question, changed=changes(earlier.figures, latest(now)), said=said)


def _why_no_course(question: Question, material: Material) -> Iterator[str]:
    """Why something that the question needs is not there."""
    if not set(question.needs) - {OTHERS, RECORD}:
        return
    if material.why_no_course:
        yield f"What came of it over time cannot be told: {material.why_no_course}"
        return
    wanted = [course for course in material.courses if course.unit.replace(" ", "-") in question.needs]
    if wanted and material.looks == 1:
        yield _ONE_LOOK
    for course in wanted:
        paces = question.id == "how-long"
        yield from (f"Of {course.unit}: {why}" for why in course.absent if paces or not why.startswith(_PACE))
        if course.exposure and not course.ends:
            yield _NO_END.format(unit=course.unit)


def _command(material: Material, questions: Sequence[Question], earlier: Earlier | None, *, names: bool) -> str:
    wanted = "" if len(questions) == len(QUESTIONS) else "".join(f" --question {each.id}" for each in questions)
    moment = f" --known-at {material.known_at.isoformat()}" if material.known_at else ""
    since = f" --since {shlex.quote(earlier.name)}" if earlier else ""
    return (
        f"tocsin answer {material.case_id}{wanted} --as-of {material.as_of}{moment}{since}{' --names' if names else ''}"
    )
