"""Readings come in; pairs of claims that stand beside each other go out, each a candidate until it is reviewed."""

from tocsin.record.comparing.compare import compare
from tocsin.record.comparing.comparison import Between, Comparison, Family, Verdict
from tocsin.record.comparing.measured import Measured, against_measured

__all__ = ["Between", "Comparison", "Family", "Measured", "Verdict", "against_measured", "compare"]
