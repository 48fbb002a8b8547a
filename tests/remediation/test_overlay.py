"""What an officer sets aside."""

from __future__ import annotations

import numpy as np
import pytest
from tests.building import findings
from tests.remediation.watching import after_patch

from tocsin.remediation.marks import Mark
from tocsin.remediation.overlay import DatedOverride, Override, lay_over, mark_over

ROW = {"ip_hi": 0, "ip_lo": 7, "port": 443, "constituent": "a", "certainty": "claimed"}


def _override(**changes: object) -> Override:
    values: dict[str, object] = {
        "what": "verdict",
        "case_id": None,
        "ip_hi": 0,
        "ip_lo": 7,
        "port": None,
        "value": "fixed",
        "reason": "seen on site",
        "author": "A. Officer",
    }
    return Override(**(values | changes))  # type: ignore[arg-type]


def _rows(*overrides: Override, rows: list[dict[str, object]] | None = None) -> list[dict[str, object]]:
    table = findings(rows or [ROW])
    for name in ("is_sure", "is_doubted", "is_current"):
        table = table.append_column(name, [[False] * table.num_rows])
    return lay_over(table, overrides).to_pylist()


def test_a_verdict_set_aside_is_sure_and_says_who_and_why() -> None:
    (row,) = _rows(_override())
    assert (row["status"], row["is_sure"]) == ("fixed", True)
    assert row["override"] == "set to fixed by A. Officer: seen on site"


def test_an_assignment_by_a_person_is_proven() -> None:
    (row,) = _rows(_override(what="assignment", value="b"))
    assert (row["constituent"], row["certainty"]) == ("b", "proven")


def test_an_assignment_to_none_is_nobodys() -> None:
    (row,) = _rows(_override(what="assignment", value="none"))
    assert (row["constituent"], row["certainty"]) == (None, "none")


def test_other_ports_and_addresses_stay_as_they_are() -> None:
    others = [ROW | {"port": 444}, ROW | {"ip_lo": 8}, ROW | {"ip_hi": 1}]
    rows = _rows(_override(port=443), rows=others)
    assert [row["status"] for row in rows] == ["affected"] * 3
    assert [row["override"] for row in rows] == [None] * 3


def test_a_later_override_wins() -> None:
    (row,) = _rows(_override(value="fixed"), _override(value="affected"))
    assert row["status"] == "affected"


def test_a_verdict_set_aside_takes_its_reason_with_it() -> None:
    unclear = ROW | {"status": "undetermined", "reason": "partial_build"}
    (fixed,) = _rows(_override(value="fixed"), rows=[unclear])
    (still_unclear,) = _rows(_override(value="undetermined"), rows=[unclear])
    assert (fixed["reason"], still_unclear["reason"]) == (None, "partial_build")


def test_an_assignment_leaves_the_verdict_and_its_reason() -> None:
    (row,) = _rows(
        _override(what="assignment", value="b"), rows=[ROW | {"status": "undetermined", "reason": "no_build"}]
    )
    assert (row["status"], row["reason"]) == ("undetermined", "no_build")


def test_two_overrides_of_one_service_both_count_and_the_later_is_told() -> None:
    (row,) = _rows(_override(value="fixed"), _override(what="assignment", value="b"))
    assert (row["status"], row["constituent"]) == ("fixed", "b")
    assert row["override"] == "set to b by A. Officer: seen on site"


def test_an_override_of_the_address_is_of_every_port() -> None:
    rows = _rows(_override(), rows=[ROW, ROW | {"port": 444}, ROW | {"ip_lo": 8}])
    assert [row["status"] for row in rows] == ["fixed", "fixed", "affected"]


def test_without_a_column_of_reasons_there_is_none_to_take_away() -> None:
    table = findings([ROW]).drop_columns(["reason"])
    for name in ("is_sure", "is_doubted", "is_current"):
        table = table.append_column(name, [[False]])
    assert lay_over(table, [_override()]).column("status").to_pylist() == ["fixed"]


DAYS = [after_patch(day) for day in (1, 2, 3)]
SEEN = [[Mark.AFFECTED, Mark.AFFECTED], [Mark.NOT_SEEN, Mark.AFFECTED], [Mark.AFFECTED, Mark.AFFECTED]]


def _marked(*overrides: tuple[Override, int, int]) -> list[list[int]]:
    """The marks of two ports of one address on three days, each override from one day to another."""
    dated = [
        DatedOverride(override=override, begins=after_patch(begins), expires=after_patch(expires))
        for override, begins, expires in overrides
    ]
    services = findings([ROW, ROW | {"port": 444}])
    found: list[list[int]] = mark_over(services, np.array(SEEN, dtype=np.uint8), DAYS, dated).T.tolist()
    return found


@pytest.mark.parametrize(
    ("value", "mark"),
    [("fixed", 4), ("affected", 1), ("undetermined", 3), ("not_affected", 5)],
)
def test_an_overridden_verdict_is_the_mark_of_every_day_with_a_look(value: str, mark: int) -> None:
    assert _marked((_override(value=value), 1, 3)) == [[mark, 0, mark], [mark, mark, mark]]


def test_it_counts_from_its_first_to_its_last_day() -> None:
    assert _marked((_override(), 2, 2))[1] == [1, 4, 1]


def test_it_counts_for_its_port_alone() -> None:
    assert _marked((_override(port=444), 1, 3)) == [[1, 0, 1], [4, 4, 4]]


def test_the_later_of_two_counts() -> None:
    assert _marked((_override(), 1, 3), (_override(value="affected"), 3, 3))[1] == [4, 4, 1]


def test_an_assignment_is_no_verdict_and_another_address_another_service() -> None:
    untouched = np.array(SEEN).T.tolist()
    assert _marked((_override(what="assignment", value="b"), 1, 3)) == untouched
    assert _marked((_override(ip_lo=8), 1, 3)) == untouched


def test_the_marks_that_were_given_stay_as_they_are() -> None:
    marks = np.array(SEEN, dtype=np.uint8)
    each = DatedOverride(override=_override(), begins=DAYS[0], expires=DAYS[2])
    mark_over(findings([ROW, ROW | {"port": 444}]), marks, DAYS, [each])
    assert marks.tolist() == SEEN
