"""What the record dates, in order of time, as rows: what happened, and what was said on which day of which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.record import Event, When
from tocsin.reports.material import Table
from tocsin.reports.stated import Statement

COLUMNS = (
    *("begins", "ends", "precision", "kind", "incident", "words_of_date", "said_on", "who", "words"),
    *("polarity", "document", "span_begins", "span_ends", "standing"),
)
_SHOWN = ("when", "precision", "kind", "who", "words", "document", "standing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A claim with the date that its words give to what it tells of."""

    statement: Statement
    when: When

    @property
    def is_resolved(self) -> bool:
        return self.when.begins is not None

    @property
    def words_of_date(self) -> str:
        return self.statement.claim.said(self.when.span)

    @property
    def days(self) -> str:
        """The day, or the first and last one; the words themselves where they cannot be resolved."""
        begins, ends = self.when.begins, self.when.ends
        if begins is None:
            return f"“{self.words_of_date}”" if self.words_of_date else "unresolved"
        return str(begins) if ends in (None, begins) else f"{begins} to {ends}"

    def row(self) -> tuple[object, ...]:
        """The values under COLUMNS."""
        said, span = self.statement, self.statement.claim.assertion.span
        return (
            *(self.when.begins, self.when.ends, self.when.precision, said.claim.assertion.kind, said.claim.incident),
            *(self.words_of_date, said.day, said.who, said.words, str(said.claim.assertion.polarity)),
            *(said.document, span.begins, span.ends, said.standing),
        )

    def as_json(self) -> dict[str, object]:
        when = self.when
        days = {
            "begins": when.begins.isoformat() if when.begins else None,
            "ends": when.ends.isoformat() if when.ends else None,
            "precision": when.precision,
            "words": self.words_of_date,
            "counted_from": when.anchor.isoformat() if when.anchor else None,
        }
        return {**self.statement.as_json(), "when": days}


def timeline(stated: Sequence[Statement], *, with_said: bool = False) -> tuple[Moment, ...]:
    """Events and dated claims, the earliest first, a day before the month that it begins; the unresolved come last.

    An event that no words date is told too, as unresolved. ``with_said`` adds every other claim, on the day on which it
    was said (precision ``said``).
    """
    found = [Moment(statement=each, when=when) for each in stated if (when := _when(each, with_said=with_said))]
    return tuple(sorted(found, key=_order))


def timeline_table(moments: Sequence[Moment]) -> Table:
    """The moments as a table for the terminal."""
    rows = tuple(
        (
            *(each.days, each.when.precision, each.statement.claim.assertion.kind, each.statement.who),
            *(each.statement.short, each.statement.place, each.statement.standing),
        )
        for each in moments
    )
    return Table(title="Timeline", columns=_SHOWN, rows=rows)


def _when(statement: Statement, *, with_said: bool) -> When | None:
    assertion = statement.claim.assertion
    if assertion.when is not None:
        return assertion.when
    if isinstance(assertion.body, Event):
        return When(span=None, begins=None, ends=None, precision="unresolved")
    return When(span=None, begins=statement.day, ends=statement.day, precision="said") if with_said else None


def _order(moment: Moment) -> tuple[bool, date, date, tuple[date, str, int]]:
    begins, ends = moment.when.begins or date.max, moment.when.ends or date.max
    return not moment.is_resolved, begins, ends, moment.statement.claim.order
