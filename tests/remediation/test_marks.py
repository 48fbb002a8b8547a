"""What one look showed of each service."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest
from tests.building import findings

from tocsin.remediation.marks import FACE, Mark, look_rows
from tocsin.tables import SERVICE

AFFECTED = {"status": "affected"}
FIXED = {"status": "fixed"}
UNDETERMINED = {"status": "undetermined"}
NOT_AFFECTED = {"status": "not_affected"}
MITIGATED = {"status": "affected", "mitigated": True}


def _rows(*rows: dict[str, object], parents: dict[str, str | None] | None = None) -> list[dict[str, object]]:
    names = pa.array([row.get("name") for row in rows], pa.string()).dictionary_encode()
    table = findings([{key: value for key, value in row.items() if key != "name"} for row in rows])
    return look_rows(table.append_column("name", names), parents or {}).to_pylist()


def _mark(*rows: dict[str, object]) -> Mark:
    (found,) = _rows(*rows)
    return Mark(found["mark"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "mark"),
    [
        (AFFECTED, Mark.AFFECTED),
        (FIXED, Mark.FIXED),
        (UNDETERMINED, Mark.UNDETERMINED),
        (NOT_AFFECTED, Mark.NOT_AFFECTED),
        (MITIGATED, Mark.MITIGATED),
        (FIXED | {"mitigated": True}, Mark.FIXED),
        (UNDETERMINED | {"mitigated": True}, Mark.UNDETERMINED),
    ],
)
def test_one_finding_is_its_status(row: dict[str, object], mark: Mark) -> None:
    assert _mark(row) is mark


@pytest.mark.parametrize("cleared", [FIXED, NOT_AFFECTED])
@pytest.mark.parametrize("shown", [AFFECTED, MITIGATED])
def test_one_moment_cannot_decide_against_itself(cleared: dict[str, object], shown: dict[str, object]) -> None:
    assert _mark(shown, cleared) is _mark(cleared, shown) is Mark.UNDETERMINED


def test_what_decides_outweighs_what_does_not() -> None:
    assert _mark(UNDETERMINED, FIXED) is Mark.FIXED
    assert _mark(AFFECTED, UNDETERMINED) is Mark.AFFECTED


def test_of_one_day_the_later_decisive_finding_counts_where_they_agree_on_exposure() -> None:
    late = {"seen_at": datetime(2021, 3, 10, 18, tzinfo=UTC)}
    assert _mark(AFFECTED, MITIGATED | late) is Mark.MITIGATED
    assert _mark(MITIGATED, AFFECTED | late) is Mark.AFFECTED


def test_every_service_has_one_row_with_its_face() -> None:
    rows = _rows(
        AFFECTED | {"name": "mail.council.example", "constituent": "council", "certainty": "proven"},
        FIXED | {"port": 8443},
        FIXED | {"transport": "udp"},
    )
    assert [set(row) for row in rows] == [{*SERVICE.names, *FACE, "mark"}] * 3
    first = next(row for row in rows if (row["port"], row["transport"]) == (443, "tcp"))
    assert [first[name] for name in FACE] == ["council", "proven", "GB", 64500, "15.1.2106", "mail.council.example"]


def test_two_who_proved_it_dispute_it_as_in_every_fold() -> None:
    (row,) = _rows(
        AFFECTED | {"constituent": "a", "certainty": "proven"}, AFFECTED | {"constituent": "b", "certainty": "proven"}
    )
    assert (row["constituent"], row["certainty"]) == ("a;b", "disputed")


def test_no_findings_give_no_rows() -> None:
    assert _rows() == []
