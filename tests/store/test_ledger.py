"""What must be answerable later is noted."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.engine import Engine

from tocsin.store.ledger import entries, note


def test_entries_come_back_in_order(desk: Engine) -> None:
    with desk.begin() as connection:
        note(connection, "purge", "one", now=datetime(2021, 3, 2, tzinfo=UTC))
        note(connection, "label", "two", now=datetime(2021, 3, 1, tzinfo=UTC))
    with desk.connect() as connection:
        assert [(what, detail) for _, what, detail in entries(connection)] == [("purge", "one"), ("label", "two")]
