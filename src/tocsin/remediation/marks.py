"""What one look showed of each service, as a small number: the cell of the panel from which every spell is folded."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tocsin.remediation.columns import Mask, is_word
from tocsin.remediation.fold import fold
from tocsin.remediation.grouping import Groups, group_services
from tocsin.tables import SERVICE, require

Marks = npt.NDArray[np.uint8]


class Mark(IntEnum):
    """What a look showed: ``MITIGATED`` is an affected build on which an active check fails."""

    NOT_SEEN = 0
    AFFECTED = 1
    MITIGATED = 2
    UNDETERMINED = 3
    FIXED = 4
    NOT_AFFECTED = 5


FACE = ("constituent", "certainty", "country", "asn", "branch", "name")
"""How a service appeared beside its status: whose it was, where, on which branch, under which confirmed name."""


def look_rows(findings: pa.Table, parents: Mapping[str, str | None]) -> pa.Table:
    """One row a service: SERVICE, FACE and ``mark`` (uint8, never ``NOT_SEEN``), in no particular order.

    Needs SERVICE, ``seen_at, status, mitigated, constituent, certainty, country, asn, branch, name`` of one look, with
    dictionaries unified; ``name`` is one that a certificate or forward DNS confirmed, else null. A service that the
    look shows both affected and not is ``UNDETERMINED``: one moment cannot decide against itself.
    """
    require(findings, *SERVICE.names, "seen_at", "status", "mitigated", *FACE)
    if not findings.num_rows:
        return findings.select([*SERVICE.names, *FACE]).append_column("mark", pa.array([], pa.uint8()))
    current = findings.append_column("is_current", pa.array(np.ones(findings.num_rows, dtype=bool)))
    folded = fold(current, parents)
    marks = pa.array(_marks(findings, folded))
    return folded.select([*SERVICE.names, *FACE]).append_column("mark", marks)


def _marks(findings: pa.Table, folded: pa.Table) -> Marks:
    groups = group_services(findings)  # numbers services as ``fold`` does
    affected = is_word(folded, "status", "affected")
    marks = np.full(folded.num_rows, Mark.UNDETERMINED, dtype=np.uint8)
    marks[affected] = Mark.AFFECTED
    marks[affected & folded.column("mitigated").to_numpy()] = Mark.MITIGATED
    marks[is_word(folded, "status", "fixed")] = Mark.FIXED
    marks[is_word(folded, "status", "not_affected")] = Mark.NOT_AFFECTED
    marks[_contradicts_itself(findings, groups)] = Mark.UNDETERMINED
    return marks


def _contradicts_itself(findings: pa.Table, groups: Groups) -> Mask:
    cleared = is_word(findings, "status", "fixed") | is_word(findings, "status", "not_affected")
    return _any(groups, is_word(findings, "status", "affected")) & _any(groups, cleared)


def _any(groups: Groups, rows: Mask) -> Mask:
    return np.bincount(groups.number[rows], minlength=len(groups.first)) > 0
