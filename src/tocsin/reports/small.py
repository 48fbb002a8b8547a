"""What is a small count, what must go with it, and which words tell one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from tocsin.figures import Figure, Measure

SMALLEST_SHOWN = 5
_NOISE = 1e-9

Span = tuple[float, float]
"""A lower and an upper bound."""

Rows = Mapping[str, Mapping[str, Span]]
"""What adds up, column by column: the rows of a table by name, each with its bounds by column."""

_TELLS_NO_COUNT = re.compile(
    r"\b\d{4}-\d\d-\d\d\b"
    r"|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b"
    r"|\b\d+(?:\.\d+)?%"
    r"|\b[A-Za-z][\w-]*\d[\w-]*"
)
"""Days, percentages, and names with a digit in them, such as a case's."""

_TELLS_COUNTS = re.compile(r"\d|too few|half-life|forecast|estimates behind")
_TOO_FEW = "some estimates are left out: they rest on few"


def withhold(rows: Rows, k: int = SMALLEST_SHOWN, also: Collection[str] = ()) -> frozenset[str]:
    """The rows to withhold of a table whose columns add up to known totals; ``also`` are withheld in any case.

    A row goes where any of its bounds is small, then the next smallest rows until in every column the withheld are
    two or more, and so large together that each might be ``k`` even if none of the others is zero; or all is withheld.
    """
    gone = {name for name, row in rows.items() if name in also or any(is_small(span, k) for span in row.values())}
    by_size = sorted(rows, key=lambda name: (sum(high for _, high in rows[name].values()), name))
    while gone and not all(_is_safe(column, k) for column in _columns(rows, gone)):
        more = next((name for name in by_size if name not in gone), None)
        if more is None:
            break
        gone.add(more)
    return frozenset(gone)


def is_small(span: Span, k: int = SMALLEST_SHOWN) -> bool:
    """Whether a bound, or the width between the two, lies above zero and below ``k``: a width counts the undecided."""
    low, high = span
    return any(_NOISE < number < k - _NOISE for number in (low, high, high - low))


def counts(figure: Figure) -> Iterator[Span]:
    """The counts that a figure tells: its own or, of a share, the part and the rest; and those of its denominators."""
    whole = figure.denominator
    if figure.measure is Measure.COUNT:
        yield figure.low, figure.high
    elif figure.measure is Measure.SHARE and whole is not None:
        values = (figure.low, figure.high, *([figure.estimate.value] if figure.estimate else []))
        yield min(values) * whole.low, max(values) * whole.high
        yield (1 - max(values)) * whole.low, (1 - min(values)) * whole.high
        yield from ((value * whole.low, value * whole.high) for value in values)
    if whole is not None:
        yield from counts(whole)


def leaves_few(figure: Figure, whole: Figure | None, k: int = SMALLEST_SHOWN) -> bool:
    """Whether what ``whole`` counts beside ``figure`` is a small count."""
    if whole is None or whole.measure is not figure.measure:
        return False
    return is_small((abs(whole.low - figure.low), abs(whole.high - figure.high)), k)


def reasons_for_public(reasons: Iterable[str]) -> tuple[str, ...]:
    """Why something is absent; in a sentence of its own where the reason has any number but days and percentages."""
    return tuple(
        dict.fromkeys(_TOO_FEW if _TELLS_COUNTS.search(_TELLS_NO_COUNT.sub("", why)) else why for why in reasons)
    )


def _columns(rows: Rows, gone: Collection[str]) -> Iterator[list[Span]]:
    names = dict.fromkeys(column for name in gone for column in rows[name])
    for column in names:
        yield [rows[name][column] for name in gone if column in rows[name]]


def _is_safe(withheld: list[Span], k: int) -> bool:
    """Whether no count in a sum of withheld ones can be told to be small; a sum of zero tells only zeros."""
    sums = [sum(span[side] for span in withheld) for side in (0, 1)]
    return all(total <= _NOISE or (len(withheld) > 1 and total >= k + len(withheld) - 1) for total in sums)
