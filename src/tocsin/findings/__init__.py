"""What it means and whose it is: observations, a case and a constituency come in; verdicts and assignments go out."""

from tocsin.findings.assign import assign
from tocsin.findings.judge import Judge, judge

__all__ = ["Judge", "assign", "judge"]
