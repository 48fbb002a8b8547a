"""What came of it, measured: one unit's course over the days, of the whole or of one group, as figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa

from tocsin.figures import Figure
from tocsin.remediation.census import Body
from tocsin.remediation.changes import Change
from tocsin.remediation.columns import Mask, is_word
from tocsin.remediation.compromise import compromise_spells
from tocsin.remediation.curves import Curves, Draws, Readings, draw_curves
from tocsin.remediation.exposure import Exposed, Origin, exposed, is_timed, taking_undetermined_as
from tocsin.remediation.grouping import group_services
from tocsin.remediation.lives import Lives
from tocsin.remediation.marks import Mark
from tocsin.remediation.outcomes import NOT_ENDED, Outcomes
from tocsin.remediation.spells import Folded, Rules, fold_spells
from tocsin.remediation.standing import (
    Count,
    cleaned,
    cohort,
    compromised_and_fixed,
    day_numbers,
    ever_affected,
    moved,
    naive_shares,
    reopened,
    standings,
)
from tocsin.remediation.units import Unit, unit_of
from tocsin.tables import SERVICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One case as it was followed: its lives, their spells, and what is known of when exposure ended.

    ``readings`` are the exposures by the evidence, and with what is undetermined taken as affected and as fixed; empty
    when no look came after the patch. ``is_confirmed`` and ``is_possible`` say of which lives a trace of compromise is
    still open, ``was_compromised`` which ever had one.
    """

    lives: Lives
    folded: Folded
    readings: tuple[Exposed, ...]
    origin: Origin
    changes: tuple[Change, ...]
    bodies: Mapping[str, Body]
    is_confirmed: Mask
    is_possible: Mask
    was_compromised: Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is measured: which unit, on the days from ``begins`` to ``ends`` (``None``: all), and the forecast's share.

    ``template`` has place, method, source and the moment of knowledge; its other parts are replaced.
    """

    unit: str
    template: Figure
    begins: date | None = None
    ends: date | None = None
    target: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What came of one unit's exposure over the days; every series is oldest first and may be empty.

    ``standing`` counts per day and state. ``exposure`` is the share still exposed, with the sampling band in
    ``estimate`` and the identification band in ``low`` and ``high``. ``ends`` is the share that had come to each end.
    ``naive`` is the share fixed by plain division, in two series told apart by ``denominator.state``. ``cohort`` counts
    the affected among those seen in every complete scan, a diagnostic. ``breaks`` are the days on which method or scope
    changed: nothing is drawn across one. ``absent`` says what could not be told, and why.
    """

    unit: str
    group: str | None = None
    standing: tuple[Figure, ...] = ()
    exposure: tuple[Figure, ...] = ()
    ends: tuple[Figure, ...] = ()
    naive: tuple[Figure, ...] = ()
    cohort: tuple[Figure, ...] = ()
    median: Figure | None = None
    half_life: Figure | None = None
    forecast: Figure | None = None
    compromised_fixed: Figure | None = None
    cleaned: Figure | None = None
    ever_affected: Figure | None = None
    reopened: Figure | None = None
    moved: Figure | None = None
    breaks: tuple[date, ...] = ()
    absent: tuple[str, ...] = ()

    def figures(self) -> tuple[Figure, ...]:
        """All of them, in the order of the fields."""
        single = (
            self.median,
            self.half_life,
            self.forecast,
            self.compromised_fixed,
            self.cleaned,
            self.reopened,
            self.moved,
        )
        series = (*self.standing, *self.exposure, *self.ends, *self.naive, *self.cohort)
        return (*series, *(figure for figure in single if figure is not None))


def follow(
    lives: Lives, traces: pa.Table, origin: Origin, rules: Rules, changes: Sequence[Change], bodies: Mapping[str, Body]
) -> Subject:
    """Folds the lives of one case, and reads them three times.

    ``traces`` are the findings with any trace of compromise, of all the history: SERVICE, ``seen_at``, ``compromise``.
    """
    folded, spells = fold_spells(lives, rules), compromise_spells(traces)
    running = spells.filter(spells.column("ended").is_null())
    grave = is_word(running, "compromise", "confirmed")
    readings = tuple[Exposed, ...]()
    if is_timed(lives, origin):
        taken = [taking_undetermined_as(lives, mark) for mark in (Mark.AFFECTED, Mark.FIXED)]
        every = [(lives, folded), *((each, fold_spells(each, rules)) for each in taken)]
        readings = tuple(exposed(each, walked, origin) for each, walked in every)
    return Subject(
        lives=lives,
        folded=folded,
        readings=readings,
        origin=origin,
        changes=tuple(sorted(changes)),
        bodies=bodies,
        is_confirmed=_at(lives, running.filter(pa.array(grave))),
        is_possible=_at(lives, running.filter(pa.array(~grave))),
        was_compromised=_at(lives, spells),
    )


def measure(subject: Subject, asked: Asked, draws: Draws) -> Course:
    """The course of one unit in all of its measures."""
    unit = unit_of(subject.lives, asked.unit, subject.bodies)
    count = _count(subject, asked, unit, None)
    if not unit.members.any() or count.begins == count.ends:
        return Course(unit=unit.name, absent=(f"no {unit.name} were seen",))
    curves = _curves(subject, asked, count, draws, whole=True)
    series = [_between(figures, count) for figures in (curves.exposure, curves.ends)]
    return Course(
        unit=unit.name,
        standing=standings(count),
        exposure=series[0],
        ends=series[1],
        naive=naive_shares(count),
        cohort=cohort(count),
        median=curves.median,
        half_life=curves.half_life,
        forecast=curves.forecast,
        compromised_fixed=compromised_and_fixed(count, subject.is_confirmed, subject.is_possible),
        cleaned=cleaned(count, subject.was_compromised, subject.is_confirmed | subject.is_possible),
        ever_affected=ever_affected(count),
        reopened=reopened(count),
        moved=moved(count),
        breaks=tuple(sorted({change.day for change in subject.changes})),
        absent=curves.absent,
    )


def measure_group(subject: Subject, asked: Asked, rows: Mask, group: str, draws: Draws) -> Course:
    """The course of those of the unit that hold any of the lives ``rows``: standing on the last day, curve, median."""
    unit = unit_of(subject.lives, asked.unit, subject.bodies)
    mine = replace(unit, owner=np.where(rows, unit.owner, -1))
    count = _count(subject, asked, mine, group)
    if not mine.members.any() or count.begins == count.ends:
        return Course(unit=unit.name, group=group, absent=(f"no {unit.name} were seen in {group}",))
    curves = _curves(subject, asked, count, draws, whole=False)
    return Course(
        unit=unit.name,
        group=group,
        standing=standings(replace(count, begins=count.ends - 1)),
        exposure=_between(curves.exposure, count),
        median=curves.median,
        breaks=tuple(sorted({change.day for change in subject.changes})),
        absent=curves.absent,
    )


def _count(subject: Subject, asked: Asked, unit: Unit, group: str | None) -> Count:
    begins, ends = day_numbers(subject.lives.days, asked.begins, asked.ends)
    template = replace(asked.template, unit=unit.name, place=unit.place, group=group)
    methods = [
        "".join(f" After: {change}." for change in subject.changes if change.day <= day) for day in subject.lives.days
    ]
    return Count(
        lives=subject.lives,
        folded=subject.folded,
        unit=unit,
        template=template,
        begins=begins,
        ends=ends,
        methods=methods,
    )


def _curves(subject: Subject, asked: Asked, count: Count, draws: Draws, *, whole: bool) -> Curves:
    if not subject.readings:
        return Curves(absent=(f"no look came after {subject.origin.what}, so nothing can be told of how it went",))
    central, worst, best = subject.readings
    extremes = (replace(worst, outcomes=worst.outcomes.lasting()), replace(best, outcomes=best.outcomes.ended()))
    units = [_units(each, count.unit) for each in (central, *extremes)]
    across = "".join(f" Across: {change}." for change in subject.changes if change.day > subject.origin.day)
    template = replace(count.template, method=f"{count.template.method}{across}", place=_watched_place(subject, count))
    readings = Readings(central=units[0], taken=tuple(units[1:]))
    curves = draw_curves(readings, template, subject.origin, draws, target=asked.target, whole=whole)
    said = (*_too_little_seen(units[0], template), *_only_listed(subject, count))
    return replace(curves, absent=(*said, *curves.absent))


def _watched_place(subject: Subject, count: Count) -> str:
    """Where the curves speak of: where complete scans were made, of what they saw."""
    if not subject.lives.is_scanned.any():
        return count.unit.place
    elsewhere = count.unit.place.startswith("everywhere")
    return "everywhere a complete scan saw" if elsewhere else f"{count.unit.place}, as complete scans saw it"


def _only_listed(subject: Subject, count: Count) -> Iterator[str]:
    """What the curves leave out: no list shows an end."""
    left_out = (subject.lives.marks == Mark.AFFECTED).any(axis=0) & ~subject.lives.is_population
    number = int(count.unit.worst(left_out.astype(np.uint8)[np.newaxis])[0].sum())
    if subject.lives.is_scanned.any() and number:
        yield (
            f"the curves leave out what only lists of positives showed affected ({number:,} {count.unit.name}): "
            "no list shows an end"
        )
    if not subject.lives.is_scanned.any():
        yield "nobody made a complete scan: the curves rest on lists of positives, which hardly ever show an end"


def _too_little_seen(outcomes: Outcomes, template: Figure) -> Iterator[str]:
    """What the looks cannot tell, however many units there are."""
    if len(outcomes.grid) == 1:
        yield "only one look came after the patch: whatever ended did so at some time before it"
    if len(outcomes) and (outcomes.cause == NOT_ENDED).all():
        group = f" in {template.group.replace('=', ' ')}" if template.group else ""
        yield f"of the {template.unit} exposed{group} none was seen to end: it takes at least until the last look"


def _units(reading: Exposed, unit: Unit) -> Outcomes:
    owner = unit.owner[reading.rows]
    chosen = owner >= 0
    mine = reading.outcomes.select(chosen)
    return mine if unit.name == "services" else mine.regroup(owner[chosen])


def _between(figures: Sequence[Figure], count: Count) -> tuple[Figure, ...]:
    first, last = count.lives.days[count.begins], count.lives.days[count.ends - 1]
    return tuple(figure for figure in figures if isinstance(figure.as_of, date) and first <= figure.as_of <= last)


def _at(lives: Lives, spells: pa.Table) -> Mask:
    """Which lives have any of these spells of compromise, at whichever address: a move cleans nothing."""
    keys = pa.concat_tables([table.select(SERVICE.names).cast(SERVICE) for table in (lives.addresses, spells)])
    groups = group_services(keys.unify_dictionaries())
    marked = np.zeros(len(groups.first), dtype=bool)
    marked[groups.number[lives.addresses.num_rows :]] = True
    found = np.zeros(len(lives), dtype=bool)
    found[lives.addresses.column("life").to_numpy()[marked[groups.number[: lives.addresses.num_rows]]]] = True
    return found
