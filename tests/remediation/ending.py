"""Builds outcomes by hand for the tests of the estimators."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from tocsin.remediation.columns import Integers
from tocsin.remediation.outcomes import CAUSES, NOT_ENDED, Outcomes

Unit = tuple[int, int, str | None]


def known(
    *units: Unit, grid: Sequence[int], entry: Sequence[int] | None = None, cluster: Sequence[int] | None = None
) -> Outcomes:
    """Outcomes of ``units``: first cell, last cell, cause (``None``: not ended). Each is a cluster unless said."""
    first, last, causes = zip(*units, strict=True) if units else ((), (), ())
    return Outcomes(
        grid=_column(grid),
        first=_column(first),
        last=_column(last),
        cause=_column([NOT_ENDED if name is None else CAUSES.index(name) for name in causes]),
        entry=_column(entry or [0] * len(units)),
        cluster=_column(cluster or range(len(units))),
    )


@st.composite
def outcomes(draw: st.DrawFn, looks: int = 5, most: int = 25) -> Outcomes:
    """Any outcomes of a few units on a grid of 1 to ``looks`` looks."""
    days = draw(st.lists(st.integers(1, 4), min_size=1, max_size=looks))
    m = len(days)
    rows = draw(
        st.lists(
            st.tuples(st.integers(0, m), st.integers(0, m), st.integers(0, 3), st.integers(0, m), st.integers(0, 4)),
            min_size=1,
            max_size=most,
        )
    )
    first = _column([min(row[:2]) for row in rows])
    last = _column([max(row[:2]) for row in rows])
    return Outcomes(
        grid=np.cumsum(days),
        first=first,
        last=last,
        cause=np.where(last == m, NOT_ENDED, _column([row[2] for row in rows])),
        entry=np.minimum(_column([row[3] for row in rows]), first),
        cluster=_column([row[4] for row in rows]),
    )


def _column(values: Sequence[int]) -> Integers:
    return np.array(list(values), dtype=np.int64)
