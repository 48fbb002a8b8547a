"""The ground under every number: values and what they are values of come in; only what may be said of them goes out."""

from tocsin.figures.algebra import Comparison, add, are_complements, change, compare, complement, divide
from tocsin.figures.codec import from_json
from tocsin.figures.comparable import Difference, NotComparable
from tocsin.figures.figure import Figure
from tocsin.figures.parts import Estimate, Measure, Passage, Period, Query

__all__ = [
    "Comparison",
    "Difference",
    "Estimate",
    "Figure",
    "Measure",
    "NotComparable",
    "Passage",
    "Period",
    "Query",
    "add",
    "are_complements",
    "change",
    "compare",
    "complement",
    "divide",
    "from_json",
]
