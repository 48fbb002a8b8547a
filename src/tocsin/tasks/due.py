"""Whom to turn to now: what is due in a case on a day, and the next step for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tocsin.remediation.due import Due, due
from tocsin.store.workspace import Workspace
from tocsin.tasks._parties import A_PERSON, Tell, day_asked, follow_until, gather_parties, looked_on

COLUMNS = (
    *("rank", "who", "constituent", "public_body", "sector", "country", "why", "since", "next_step"),
    *("channel", "address", "tried", "notice", "deadline"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueNow:
    """What is due, in order, with the name of each; persons have neither name, id nor address here."""

    case_id: str
    as_of: date
    looked_on: date
    rows: tuple[tuple[Due, str], ...]

    def cells(self) -> Iterator[tuple[object, ...]]:
        """A row each under COLUMNS."""
        for rank, (row, name) in enumerate(self.rows, start=1):
            way = None if row.is_person else row.way
            yield (
                *(rank, name, None if row.is_person else row.constituent, "yes" if row.is_public else "no"),
                *(row.sector, row.country, "; ".join(row.why), row.since, row.step),
                *(way and way.channel, way and way.address, row.tried, row.notice, row.deadline),
            )

    def as_json(self) -> dict[str, object]:
        rows = [
            {
                **{name: _plain(value) for name, value in zip(COLUMNS, cells, strict=True)},
                "public_body": row.is_public,
                "why": list(row.why),
            }
            for cells, (row, _) in zip(self.cells(), self.rows, strict=True)
        ]
        days = {"as_of": self.as_of.isoformat(), "looked_on": self.looked_on.isoformat()}
        return {"case": self.case_id, **days, "due": rows}


def what_is_due(workspace: Workspace, case_id: str, *, as_of: date | None, now: datetime, tell: Tell) -> DueNow:
    """What is due in ``case_id`` on a day, by default today.

    ``tell`` hears of the reports being folded in. Raises ``AskError``.
    """
    on = day_asked(as_of, now)
    followed = follow_until(workspace, case_id, on=on, known_at=None, tell=tell)
    concerned = gather_parties(followed, on=on, now=now)
    rows = due(concerned.parties, concerned.ways, on=on)
    named = tuple((row, A_PERSON if row.is_person else concerned.names.get(row.constituent, "")) for row in rows)
    return DueNow(case_id=case_id, as_of=on, looked_on=looked_on(followed), rows=named)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
