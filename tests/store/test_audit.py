"""The audit log: appended with what it tells of, and any later change shows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tocsin.store.audit import NOTHING_BEFORE, _digest, _seal, forget_details, list_entries, note, verify
from tocsin.store.desk import open_desk
from tocsin.store.schema import audit

NOW = datetime(2021, 3, 14, 10, tzinfo=UTC)
DETAIL = {"notices": 2, "name": "Ä"}


def write(desk: Engine, rows: int) -> None:
    for number in range(rows):
        with desk.begin() as connection:
            note(connection, "A. Officer", "approved", f"plan:p{number}", {"notices": number, "name": "Ä"}, NOW)


def test_an_empty_log_holds(desk: Engine) -> None:
    found = verify(desk)
    assert (found.rows, found.broken, found.head) == (0, None, f"0:{NOTHING_BEFORE}")


def test_rows_are_numbered_and_hold(desk: Engine) -> None:
    write(desk, 3)
    assert [entry.number for entry in list_entries(desk)] == [1, 2, 3]
    assert verify(desk).rows == 3
    assert verify(desk).broken is None
    assert list_entries(desk)[2].as_json()["detail"] == DETAIL


def test_they_are_found_by_subject_by_kind_and_the_newest(desk: Engine) -> None:
    write(desk, 3)
    assert [entry.number for entry in list_entries(desk, subject="plan:p1")] == [2]
    assert [entry.number for entry in list_entries(desk, newest=2)] == [2, 3]
    assert list_entries(desk, what="sent") == []


@pytest.mark.parametrize(
    "column", ["at", "author", "what", "subject", "detail", "salt", "sealed", "previous", "digest"]
)
def test_a_row_changed_with_sql_shows(desk: Engine, column: str) -> None:
    write(desk, 4)
    with desk.begin() as connection:
        connection.execute(sa.update(audit).where(audit.c.number == 2).values({column: "changed"}))
    assert verify(desk).broken == 2


def test_a_row_whose_digest_was_made_to_fit_breaks_the_next(desk: Engine) -> None:
    write(desk, 4)
    with desk.begin() as connection:
        connection.execute(sa.delete(audit).where(audit.c.number == 2))
        values = {"at": "x", "author": "x", "what": "x", "subject": "x", "sealed": "x"}
        first = connection.scalars(sa.select(audit.c.digest).where(audit.c.number == 1)).one()
        values["sealed"] = _seal("x", "{}")
        digest = _digest(first, {"number": 2, **values})
        connection.execute(
            sa.insert(audit).values(number=2, **values, detail="{}", salt="x", previous=first, digest=digest)
        )
    found = verify(desk)
    assert (found.broken, found.why) == (3, "it does not follow from the row before")


def test_a_row_taken_out_shows(desk: Engine) -> None:
    write(desk, 4)
    with desk.begin() as connection:
        connection.execute(sa.delete(audit).where(audit.c.number == 3))
    assert (verify(desk).broken, verify(desk).rows) == (3, 2)


def test_rows_cut_off_the_end_show_beside_a_digest_that_was_kept(desk: Engine) -> None:
    write(desk, 4)
    kept = verify(desk).head
    with desk.begin() as connection:
        connection.execute(sa.delete(audit).where(audit.c.number == 4))
    assert verify(desk).broken is None
    assert verify(desk, kept=kept).broken == 4


def test_a_log_written_anew_shows_beside_a_digest_that_was_kept(desk: Engine) -> None:
    write(desk, 2)
    kept = verify(desk).head
    with desk.begin() as connection:
        connection.execute(sa.delete(audit))
    with desk.begin() as connection:
        for _ in range(3):
            note(connection, "B. Officer", "approved", "plan:other", {}, NOW)
    assert verify(desk).broken is None
    assert verify(desk, kept=kept).broken == 2
    with pytest.raises(ValueError, match="no number and digest"):
        verify(desk, kept="2")


def test_a_row_is_not_kept_without_what_it_tells_of(desk: Engine) -> None:
    def falls_over() -> None:
        with desk.begin() as connection:
            note(connection, "A. Officer", "approved", "plan:p", {}, NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        falls_over()
    assert verify(desk).rows == 0


def test_many_writers_at_once_make_one_chain(desk: Engine, desk_url: str) -> None:
    def writer(_: int) -> None:
        own = open_desk(desk_url)
        write(own, 15)
        own.dispose()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(writer, range(4)))
    found = verify(desk)
    assert (found.rows, found.broken) == (60, None)


def test_words_are_taken_out_of_a_row_and_the_chain_holds_because_a_row_says_so(desk: Engine) -> None:
    write(desk, 3)
    kept = verify(desk).head
    with desk.begin() as connection:
        assert forget_details(connection, ["plan:p1", "plan:none"], author="tocsin", now=NOW) == 1
        assert forget_details(connection, ["plan:p1"], author="tocsin", now=NOW) == 0
    assert (verify(desk, kept=kept).rows, verify(desk, kept=kept).broken) == (4, None)
    assert [entry.as_json()["detail"] for entry in list_entries(desk)][1:] == ["forgotten", DETAIL, {"rows": [2]}]


def test_words_put_back_other_than_they_were_show(desk: Engine) -> None:
    write(desk, 3)
    with desk.begin() as connection:
        forget_details(connection, ["plan:p1"], author="tocsin", now=NOW)
        connection.execute(sa.update(audit).where(audit.c.number == 2).values(detail="{}"))
    assert verify(desk).broken == 2


def test_the_row_that_says_so_taken_out_shows(desk: Engine) -> None:
    write(desk, 3)
    with desk.begin() as connection:
        forget_details(connection, ["plan:p1"], author="tocsin", now=NOW)
        connection.execute(sa.delete(audit).where(audit.c.number == 4))
    assert (verify(desk).broken, verify(desk).why) == (2, "its detail was taken out, and no purge says so")
