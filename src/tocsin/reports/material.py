"""What the answers about one case are made of; and the same as it may be shown to the public, without small counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from tocsin.figures import Figure
from tocsin.labels import Label
from tocsin.remediation.census import STATES
from tocsin.remediation.measures import Course
from tocsin.reports.dossier import Course as ShownCourse
from tocsin.reports.dossier import Dossier, last_day
from tocsin.reports.reached import reached_for_public
from tocsin.reports.small import SMALLEST_SHOWN, counts, is_small, leaves_few, reasons_for_public, withhold
from tocsin.reports.stated import Statement
from tocsin.reports.suppress import suppressed

_PLACES = ("constituency-services", "beyond-registry-services")
_KINDS = ("services", *_PLACES, "organisations", "public-bodies", "persons")
_TRACES = ("compromised_confirmed", "compromised_possible")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under ``columns``; those named in ``right`` are numbers. All text is foreign until it is escaped.

    ``is_naming``: it names organisations, and is there only where names were asked for.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[str, ...] = ()
    is_naming: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCase:
    """Another case of the workspace, up to its own last day; ``why`` says what could not be told of it."""

    case_id: str
    title: str
    as_of: date | None = None
    medians: tuple[Figure, ...] = ()
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What is known of one case on one day.

    ``census`` has the figures of that day, ``courses`` one a unit that was asked for, ``remaining`` those of
    ``reports.remaining``. ``why_no_course`` says why there are no courses, ``looks`` on how many days somebody looked
    since the patch.
    ``reached`` has the ledger of those who were told. ``public_bodies``, ``worst`` and ``unreached`` name
    organisations; ``None`` where names were not asked for. ``withheld`` counts the figures that were taken out as too
    small for the public, and ``until`` says where each series had ended before.
    ``record`` is what public documents state of any incident; ``None`` where none has been read.
    """

    case_id: str
    title: str
    as_of: date
    known_at: datetime | None = None
    census: tuple[Figure, ...] = ()
    courses: tuple[Course, ...] = ()
    why_no_course: str = ""
    looks: int = 0
    remaining: tuple[Figure, ...] = ()
    others: tuple[OtherCase, ...] = ()
    reached: tuple[Figure, ...] = ()
    public_bodies: Table | None = None
    worst: Table | None = None
    unreached: Table | None = None
    method: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    withheld: int = 0
    until: Mapping[str, date] | None = None
    record: tuple[Statement, ...] | None = None

    def counted(self, *names: str) -> tuple[Figure, ...]:
        """The figures of the census with these ids, in this order, as far as they are there."""
        by_id = {figure.id: figure for figure in self.census}
        return tuple(by_id[name] for name in names if name in by_id)

    def course(self, unit: str) -> Course | None:
        """The course of that unit, such as ``public bodies``."""
        return next((course for course in self.courses if course.unit == unit), None)

    def ends(self) -> Mapping[str, date]:
        """The last day of each series of the courses by its figures' id, whether it is shown or withheld."""
        if self.until is not None:
            return self.until
        return {figure.id: last_day(figure) for course in self.courses for figure in course.figures()}

    def figures(self) -> tuple[Figure, ...]:
        """All figures there are."""
        of_courses = (figure for course in self.courses for figure in course.figures())
        of_others = (figure for case in self.others for figure in case.medians)
        return (*self.census, *of_courses, *self.remaining, *self.reached, *of_others)


def for_public(material: Material, k: int = SMALLEST_SHOWN) -> Material:
    """The material without names, counts from 1 to ``k - 1``, and what would give such a count away.

    Census and remaining are protected here, the courses as a report's are. What changes from one day to the next is
    not protected.
    """
    census = census_for_public(material.census, k)
    shown = suppressed(_as_dossier(material, census), k)
    kept = set(shown.extra)
    courses = tuple(_kept(course, of, kept) for course, of in zip(material.courses, shown.courses, strict=True))
    found = replace(
        material,
        census=tuple(figure for figure in shown.headline),
        courses=courses,
        remaining=_remaining_for_public(material.remaining, k),
        others=tuple(_other_for_public(case, k) for case in material.others),
        reached=reached_for_public(material.reached, k),
        public_bodies=None,
        worst=None,
        unreached=None,
        until=material.ends(),
    )
    return replace(found, withheld=len(material.figures()) - len(found.figures()))


def census_for_public(figures: Sequence[Figure], k: int = SMALLEST_SHOWN) -> tuple[Figure, ...]:
    """The figures of one census of the whole without small counts, and what would give such a count away.

    ``figures`` are all that the census has: what is shown protects what is not.
    """
    by_id = {figure.id: figure for figure in figures}
    gone = {name for kind in _KINDS for name in _small_states(by_id, kind, k)}
    for state in (*STATES, *_TRACES, "seen"):
        gone |= _small_places(by_id, state, gone, k) | _small_rest(by_id, state, k)
    return tuple(figure for figure in figures if figure.id not in gone and not _is_any_small(figure, k))


def _as_dossier(material: Material, census: tuple[Figure, ...]) -> Dossier:
    of_courses = tuple(figure for course in material.courses for figure in _single(course))
    return Dossier(
        case_id=material.case_id,
        title=material.title,
        label=Label.CLEAR,
        as_of=material.as_of,
        made_at=datetime.combine(material.as_of, time()),
        origin=material.as_of,
        origin_text="",
        headline=census,
        courses=tuple(_as_shown(course) for course in material.courses),
        extra=of_courses,
    )


def _as_shown(course: Course) -> ShownCourse:
    return ShownCourse(
        unit=course.unit,
        standing=course.standing,
        exposure=course.exposure,
        ends=course.ends,
        naive=course.naive,
        cohort=course.cohort,
        median=course.median,
        ever_affected=course.ever_affected,
        breaks=course.breaks,
    )


def _single(course: Course) -> Iterator[Figure]:
    """The figures of a course that stand by themselves, but for those whose complement is small."""
    for figure in (
        *(course.half_life, course.forecast, course.compromised_fixed, course.cleaned, course.reopened, course.moved),
    ):
        if figure is not None and not leaves_few(figure, figure.denominator):
            yield figure


def _kept(course: Course, shown: ShownCourse, kept: set[Figure]) -> Course:
    return replace(
        course,
        standing=shown.standing,
        exposure=shown.exposure,
        ends=shown.ends,
        naive=shown.naive,
        cohort=shown.cohort,
        median=shown.median,
        ever_affected=shown.ever_affected,
        half_life=_if_in(course.half_life, kept),
        forecast=_if_in(course.forecast, kept),
        compromised_fixed=_if_in(course.compromised_fixed, kept),
        cleaned=_if_in(course.cleaned, kept),
        reopened=_if_in(course.reopened, kept),
        moved=_if_in(course.moved, kept),
        absent=reasons_for_public(course.absent),
    )


def _if_in(figure: Figure | None, kept: set[Figure]) -> Figure | None:
    return figure if figure in kept else None


def _other_for_public(case: OtherCase, k: int) -> OtherCase:
    medians = tuple(figure for figure in case.medians if not _is_any_small(figure, k))
    return replace(case, medians=medians, why=reasons_for_public(case.why))


def _remaining_for_public(figures: Sequence[Figure], k: int) -> tuple[Figure, ...]:
    """Sectors add up to the total, reasons overlap: the first are withheld as a table, the others one by one."""
    rows = {
        figure.group: {"": (figure.low, figure.high)}
        for figure in figures
        if figure.group and figure.group.startswith("sector=")
    }
    gone = withhold(rows, k)
    return tuple(
        figure
        for figure in figures
        if figure.group not in gone and not _is_any_small(figure, k) and not leaves_few(figure, figure.denominator, k)
    )


def _small_states(by_id: dict[str, Figure], kind: str, k: int) -> Iterator[str]:
    """The states of one kind, which add up to those seen; traces of compromise stand beside them."""
    found = {state: by_id[f"{kind}-{state}"] for state in STATES if f"{kind}-{state}" in by_id}
    rows = {state: {"low": (each.low, each.low), "high": (each.high, each.high)} for state, each in found.items()}
    yield from (f"{kind}-{state}" for state in withhold(rows, k))
    for name in (f"{kind}-{state}" for state in _TRACES):
        if name in by_id and leaves_few(by_id[name], by_id.get(f"{kind}-seen"), k):
            yield name


def _small_places(by_id: dict[str, Figure], state: str, gone: set[str], k: int) -> set[str]:
    """Both places of a state, where either or what is in neither is small: with the whole they give each other away."""
    names = {f"{kind}-{state}" for kind in _PLACES}
    every, parts = by_id.get(f"services-{state}"), [by_id[name] for name in names if name in by_id]
    if every is None or len(parts) < len(names):
        return set()
    neither = (abs(every.low - sum(part.low for part in parts)), abs(every.high - sum(part.high for part in parts)))
    small = any(is_small(span, k) for span in (neither, *((part.low, part.high) for part in parts)))
    return names if small or names & gone else set()


def _small_rest(by_id: dict[str, Figure], state: str, k: int) -> set[str]:
    """Public bodies of a state, where few of the organisations in it are none."""
    public, every = by_id.get(f"public-bodies-{state}"), by_id.get(f"organisations-{state}")
    return {public.id} if public and leaves_few(public, every, k) else set()


def _is_any_small(figure: Figure, k: int) -> bool:
    return any(is_small(span, k) for span in counts(figure))
