"""The reach ledger as tables: its steps, and who could not be reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.figures import Figure
from tocsin.remediation.reach import PLACE_WORDS, Unreached
from tocsin.reports.material import Table
from tocsin.reports.reached import steps

MOST_NAMED = 25


def ladder(figures: Sequence[Figure]) -> Table:
    """The steps of the organisations as a table."""
    return Table(
        title="Step by step, and of each step those seen fixed (from a notice sent on: by a later look)",
        columns=("organisations", "number", "seen fixed"),
        rows=steps(figures),
        right=("number", "seen fixed"),
        is_naming=False,
    )


def unreached_named(unreached: Sequence[Unreached], names: Mapping[str, str]) -> Table:
    """The first of those who could not be reached, by name; persons are none of them."""
    rows = tuple(
        (names.get(each.constituent) or each.constituent, each.sector, each.country, PLACE_WORDS[each.place])
        for each in unreached[:MOST_NAMED]
    )
    more = len(unreached) - len(rows)
    title = "Who could not be reached, public bodies first" + (f" (and {more:,} more)" if more else "")
    return Table(title=title, columns=("who", "sector", "country", "why"), rows=rows)
