"""The answer to each question that figures can answer, made of what is known of the case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from tocsin.figures import Figure, NotComparable, Query, compare
from tocsin.remediation.measures import Course
from tocsin.remediation.reach import Rung
from tocsin.remediation.standing import WHY_NAIVE_SHARES_DIFFER
from tocsin.reports._record_answers import answer_from_record
from tocsin.reports._statements import CASE, STATEMENTS, WHAT_WAS_MEASURED, held_beside, statements_apart
from tocsin.reports.answered import Answer
from tocsin.reports.material import Material, OtherCase
from tocsin.reports.questions import EVERY_UNIT, Question
from tocsin.reports.reach_tables import ladder
from tocsin.reports.reached import UNITS as REACH_UNITS

_TOLD = (*(rung.name.lower() for rung in Rung), "sent-fixed")
_TOLD_PERSONS = ("persons-reach-identified", "persons-reach-sent", "persons-reach-unreachable")
UNIT_NAMES = tuple(unit.replace("-", " ") for unit in EVERY_UNIT)


def answer_each(question: Question, material: Material) -> Answer:
    """The answer that figures give; an empty one where none do."""
    return _ANSWERS.get(question.id, _nothing)(question, material)


def weekly(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The last figure of each calendar week (ISO 8601), of figures in the order of their days."""
    found = {figure.as_of.isocalendar()[:2]: figure for figure in figures if isinstance(figure.as_of, date)}
    return tuple(found.values())


def _nothing(question: Question, _: Material) -> Answer:
    return Answer(question=question)


def _exposed(question: Question, material: Material) -> Answer:
    names = ("services-affected", "organisations-affected")
    return Answer(
        question=question,
        figures=(*material.counted(*names), *_ever_affected(material, UNIT_NAMES[:2])),
        doubts=material.counted(
            "services-undetermined", "organisations-undetermined", "beyond-registry-services-affected"
        ),
    )


def _public_bodies(question: Question, material: Material) -> Answer:
    states = ("affected", "fixed", "compromised_confirmed")
    return Answer(
        question=question,
        figures=(
            *material.counted(*(f"public-bodies-{state}" for state in states)),
            *_ever_affected(material, UNIT_NAMES[2:]),
        ),
        doubts=material.counted("public-bodies-undetermined"),
        tables=(material.public_bodies,) if material.public_bodies else (),
    )


def _all_identified(question: Question, material: Material) -> Answer:
    return Answer(
        question=question,
        figures=material.counted("beyond-registry-services-affected", "constituency-services-affected"),
        doubts=material.counted("beyond-registry-services-undetermined"),
    )


def _compromised(question: Question, material: Material) -> Answer:
    levels = ("compromised_confirmed", "compromised_possible")
    counted = material.counted(*(f"{unit}-{level}" for unit in EVERY_UNIT for level in levels))
    fixed = (course.compromised_fixed for course in material.courses)
    return Answer(question=question, figures=(*counted, *(figure for figure in fixed if figure is not None)))


def _fixed(question: Question, material: Material) -> Answer:
    series = (figure for course in material.courses for figure in _by_week(course))
    figures = tuple(figure for course in material.courses for figure in _shares(course, material))
    return Answer(
        question=question,
        figures=figures,
        series=tuple(series),
        doubts=material.counted("services-undetermined", "organisations-undetermined", "public-bodies-undetermined"),
        said=(WHY_NAIVE_SHARES_DIFFER.rstrip("."),) if any(course.naive for course in material.courses) else (),
    )


def _patched_share(question: Question, material: Material) -> Answer:
    shares = tuple(figure for course in material.courses for figure in _last(course.naive, material))
    if material.case_id != CASE:
        return Answer(
            question=question, figures=shares, unknown=(f"Both were said of another case, {CASE}: not of this one",)
        )
    said = [statements_apart(), *held_beside(shares), WHAT_WAS_MEASURED]
    return Answer(
        question=question,
        figures=shares,
        statements=STATEMENTS,
        said=tuple(each.rstrip(".").replace(" CASE ", f" {material.case_id} ") for each in said),
    )


def _from_record(question: Question, material: Material) -> Answer:
    if material.record is None:
        return Answer(question=question)
    return answer_from_record(question, material.record, material.case_id)


def _undetermined(question: Question, material: Material) -> Answer:
    kinds = (*EVERY_UNIT, "constituency-services", "beyond-registry-services")
    return Answer(question=question, figures=material.counted(*(f"{kind}-undetermined" for kind in kinds)))


def _how_long(question: Question, material: Material) -> Answer:
    figures = tuple(
        figure
        for course in material.courses
        for figure in (course.median, course.half_life, course.forecast)
        if figure is not None
    )
    told = tuple(case for case in material.others if case.medians)
    untold = tuple(
        f"Of {case.case_id} it cannot be told: {'; '.join(case.why)}" for case in material.others if case.why
    )
    alone = () if told else ("There is no other case here of which it can be told how long it took",)
    return Answer(
        question=question,
        figures=figures,
        beside=told,
        said=tuple(_against(figures, told)),
        unknown=(*alone, *untold),
        commands=tuple(dict.fromkeys(_commands(figure for case in told for figure in case.medians))),
    )


def _remaining(question: Question, material: Material) -> Answer:
    grouped = tuple(figure for figure in material.remaining if figure.group)
    return Answer(
        question=question,
        figures=tuple(figure for figure in material.remaining if not figure.group),
        series=grouped,
        tables=(material.worst,) if material.worst else (),
    )


def _told(question: Question, material: Material) -> Answer:
    """The steps as sentences and as a table, the places in the table alone; beside them who was out of reach."""
    by_id = {figure.id: figure for figure in material.reached}
    named = [by_id[f"organisations-reach-{each}"] for each in _TOLD if f"organisations-reach-{each}" in by_id]
    persons = [figure for figure in material.reached if figure.unit == "persons" and figure.id in _TOLD_PERSONS]
    beside = [figure for figure in material.reached if figure.unit not in REACH_UNITS and figure.high]
    unreachable = [by_id[name] for name in ("organisations-reach-unreachable",) if name in by_id]
    planned = by_id.get("organisations-reach-planned")
    none = ("No notice was planned here up to that day",) if planned is not None and planned.high == 0 else ()
    return Answer(
        question=question,
        figures=(*named, *persons),
        doubts=(
            *unreachable,
            *(one for one in material.remaining if one.group == "why=no contact"),
            *beside,
        ),
        tables=(
            *((ladder(material.reached),) if named else ()),
            *((material.unreached,) if material.unreached and material.unreached.rows else ()),
        ),
        unknown=none,
    )


def _ever_affected(material: Material, units: Sequence[str]) -> Iterator[Figure]:
    for course in (material.course(unit) for unit in units):
        if course is not None and course.ever_affected is not None:
            yield course.ever_affected


def _shares(course: Course, material: Material) -> tuple[Figure, ...]:
    ended = tuple(figure for figure in course.ends if figure.state == "fixed")
    return _last((*course.exposure, *ended, *course.naive), material)


def _last(figures: Sequence[Figure], material: Material) -> tuple[Figure, ...]:
    """The last of each series: never an older one in the place of one that is withheld."""
    ends = material.ends()
    return tuple(figure for figure in figures if figure.as_of == ends.get(figure.id))


def _by_week(course: Course) -> Iterator[Figure]:
    yield from weekly(course.exposure)
    for kind in dict.fromkeys(figure.id for figure in course.naive):
        yield from weekly([figure for figure in course.naive if figure.id == kind])


def _against(ours: Sequence[Figure], others: Sequence[OtherCase]) -> Iterator[str]:
    """In what our medians and those of other cases are not of the same thing."""
    by_id = {figure.id: figure for figure in ours}
    for case in others:
        for theirs in case.medians:
            try:
                compare(by_id.get(theirs.id, theirs), theirs)
            except NotComparable as refusal:
                parts = ", ".join(each.name.replace("_", " ") for each in refusal.differences)
                yield f"{theirs.unit}, beside {case.case_id}: lies side by side only, for it differs in {parts}"


def _commands(figures: Iterator[Figure]) -> Iterator[str]:
    return (figure.source.command for figure in figures if isinstance(figure.source, Query))


_ANSWERS: Mapping[str, Callable[[Question, Material], Answer]] = {
    "exposed": _exposed,
    "public-bodies": _public_bodies,
    "all-identified": _all_identified,
    "compromised": _compromised,
    "fixed": _fixed,
    "patched-share": _patched_share,
    "undetermined": _undetermined,
    "how-long": _how_long,
    "remaining": _remaining,
    "told": _told,
    **dict.fromkeys(("damage", "who-did-it", "denials", "responses", "promised"), _from_record),
}
