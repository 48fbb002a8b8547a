"""A pack's own examples: observations with the verdict that its author expects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tocsin.cases._rows import Row, read_rows
from tocsin.cases.case import Case
from tocsin.cases.judging import judge_sighting
from tocsin.cases.sightings import Sighting
from tocsin.cases.verdicts import Reason, Status, Verdict
from tocsin.errors import did_you_mean
from tocsin.provenance import Fault, Pointer

NOT_OF_CASE = "not_of_case"
REQUIRED = ("seen", "source", "status")
OPTIONAL = (
    "build",
    "product",
    "tags",
    "detail",
    "reason",
    "compromise",
    "mitigated",
    "branch",
    "candidates",
    "cves",
    "basis",
    "note",
)
_COMPARED = ("reason", "compromise", "mitigated", "branch", "candidates", "cves", "basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Golden:
    """One example: what was seen, and the columns of the verdict that the author filled in."""

    pointer: Pointer
    sighting: Sighting
    expected: dict[str, str]


def read_golden(data: bytes, *, source: str, faults: list[Fault]) -> tuple[Golden, ...]:
    """The examples of one file; rows with a fault are left out."""
    rows = read_rows(data, source=source, required=REQUIRED, optional=OPTIONAL, faults=faults)
    return tuple(golden for row in rows if (golden := _read(row)))


def try_golden(case: Case, golden: Golden) -> tuple[Fault, ...]:
    """A fault for each column in which the verdict is not the expected one; only the status when that is wrong."""
    verdict = judge_sighting(case, golden.sighting)
    got = _as_texts(verdict)
    is_other = got["status"] != golden.expected["status"]
    return tuple(
        Fault(
            pointer=Pointer(source=golden.pointer.source, line=golden.pointer.line, column=column),
            what=f"expected {expected!r}, the pack gives {got.get(column, '')!r} ({got['basis']})",
        )
        for column, expected in golden.expected.items()
        if got.get(column, "") != expected and (column == "status" or not is_other)
    )


def _read(row: Row) -> Golden | None:
    day = row.day("seen")
    if not row["seen"]:
        row.fault("seen", "is missing")
    if not row["source"]:
        row.fault("source", "is missing; give the kind of report, such as scan_exchange")
    statuses = [status.value for status in Status] + [NOT_OF_CASE]
    is_known = _check(row, "status", statuses)
    if row["reason"]:
        is_known &= _check(row, "reason", [reason.value for reason in Reason])
    if day is None or not row["source"] or not is_known:
        return None
    expected = {"status": row["status"]} | {column: row[column] for column in _COMPARED if row[column]}
    return Golden(pointer=Pointer(source=row.source, line=row.line), sighting=_sighting(row, day), expected=expected)


def _sighting(row: Row, day: date) -> Sighting:
    return Sighting(
        source=row["source"],
        day=day,
        product=row["product"] or None,
        version=row["build"] or None,
        tags=row["tags"],
        detail=row["detail"] or None,
    )


def _check(row: Row, column: str, words: list[str]) -> bool:
    if row[column] in words:
        return True
    row.fault(column, f"{row[column]!r} is none of {', '.join(words)}{did_you_mean(row[column], words)}")
    return False


def _as_texts(verdict: Verdict | None) -> dict[str, str]:
    if verdict is None:
        return {"status": NOT_OF_CASE, "basis": "the observation is not of the case"}
    row = verdict.as_row()
    texts = {name: value for name, value in row.items() if isinstance(value, str)}
    return texts | {"mitigated": "yes" if verdict.mitigated else "no"}
