"""What the evidence about one service means under a case."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tocsin.cases.case import Compromise


class Status(StrEnum):
    """The status of a service under a case, or for one of its CVEs."""

    AFFECTED = "affected"
    FIXED = "fixed"
    NOT_AFFECTED = "not_affected"
    UNDETERMINED = "undetermined"


class Reason(StrEnum):
    """Why the evidence does not decide."""

    PARTIAL_BUILD = "partial_build"
    UNKNOWN_BUILD = "unknown_build"
    CONTRADICTION = "contradiction"
    NO_BUILD = "no_build"


@dataclass(frozen=True, slots=True, kw_only=True)
class CveVerdict:
    """The verdict for one CVE. ``reason`` and ``candidates`` only when undetermined."""

    cve: str
    status: Status
    reason: Reason | None = None
    basis: str
    candidates: tuple[str, ...] = ()
    mitigated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The verdict under a case: the columns of ``tables.VERDICTS`` before they become text.

    ``status``, ``reason``, ``basis``, ``candidates`` and ``mitigated`` follow from the deciding CVEs.
    ``hangs_on_day`` says whether the same evidence could mean something else on another day.
    """

    status: Status
    reason: Reason | None
    basis: str
    candidates: tuple[str, ...]
    build: str | None
    branch: str | None
    cves: tuple[CveVerdict, ...]
    compromise: Compromise
    mitigated: bool
    hangs_on_day: bool

    def as_row(self) -> dict[str, str | bool | None]:
        """One row of ``tables.VERDICTS``."""
        return {
            "status": self.status.value,
            "reason": self.reason.value if self.reason else None,
            "basis": self.basis,
            "candidates": "; ".join(self.candidates),
            "build": self.build,
            "branch": self.branch,
            "cves": "; ".join(f"{each.cve}={each.status.value}" for each in self.cves),
            "compromise": self.compromise.value,
            "mitigated": self.mitigated,
        }
