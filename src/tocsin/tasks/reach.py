"""Whom have you told: the reach ledger of a case on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from tocsin.errors import AskError, did_you_mean
from tocsin.figures import Figure
from tocsin.remediation.reach import GROUPED_BY, Ledger, reach
from tocsin.reports.reached import reached_for_public
from tocsin.store.workspace import Workspace
from tocsin.tasks._parties import Concerned, Tell, day_asked, follow_until, framed, gather_parties, looked_on
from tocsin.tasks.following import Followed


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """The ledger, the names of the organisations in it, and what it rests on."""

    case_id: str
    as_of: date
    looked_on: date
    by: str | None
    ledger: Ledger
    names: Mapping[str, str]
    method: str
    versions: tuple[str, ...]

    def as_json(self, *, named: bool = True) -> dict[str, object]:
        """All of it; ``named``: with those who could not be reached."""
        unreached = [
            {
                "constituent": each.constituent,
                "name": self.names.get(each.constituent),
                "sector": each.sector,
                "country": each.country,
                "public_body": each.is_public,
                "why": each.place.name.lower(),
                "seen_fixed": each.is_fixed,
            }
            for each in self.ledger.unreached
        ]
        return {
            "case": self.case_id,
            "as_of": self.as_of.isoformat(),
            "looked_on": self.looked_on.isoformat(),
            "method": self.method,
            "versions": list(self.versions),
            "figures": [figure.as_json() for figure in self.ledger.figures],
            **({"unreachable": unreached} if named else {}),
        }

    def for_public(self) -> Reached:
        """The same as it may be shown to anybody: nobody named, no small counts."""
        shown = Ledger(as_of=self.as_of, figures=reached_for_public(self.ledger.figures), unreached=())
        return replace(self, ledger=shown, names={})


def who_was_reached(
    workspace: Workspace, case_id: str, *, by: str | None, as_of: date | None, now: datetime, tell: Tell
) -> Reached:
    """The ledger of ``case_id`` on a day, by default today.

    ``tell`` hears of the reports being folded in. Raises ``AskError``.
    """
    if by is not None and by not in GROUPED_BY:
        raise AskError(
            f"nothing is reached by {by!r}{did_you_mean(by, GROUPED_BY)}", remedy=f"one of {', '.join(GROUPED_BY)}"
        )
    on = day_asked(as_of, now)
    followed = follow_until(workspace, case_id, on=on, known_at=None, tell=tell)
    concerned = gather_parties(followed, on=on, now=now)
    frame = reach_frame(followed, on, by=by)
    return Reached(
        case_id=case_id,
        as_of=on,
        looked_on=looked_on(followed),
        by=by,
        ledger=reach(concerned.parties, concerned.beside, frame, by=by),
        names=_of_ledger(concerned),
        method=frame.method,
        versions=followed.view.versions(),
    )


def reach_frame(followed: Followed, on: date, *, by: str | None = None) -> Figure:
    """What the figures of the ledger have in common."""
    command = f"tocsin reach {followed.view.selection.case_id}" + (f" --by {by}" if by else "")
    return framed(followed, command, _method(looked_on(followed), on), on)


def _method(looked: date, on: date) -> str:
    return (
        "Organisations with a service that was ever seen affected or compromised and is proven theirs, up to the last "
        f"look on {looked}; upper bounds add those of which something was undetermined. Notices as they stood at the "
        f"end of {on}; an organisation is where its furthest notice is, and corrections count for nothing. Seen fixed: "
        "the last look shows all of its services fixed; after a notice: by a look of a later day than the first that "
        "arrived, or left where none is known to have arrived. An answer fixes nothing."
    )


def _of_ledger(concerned: Concerned) -> Mapping[str, str]:
    return {each.id: concerned.names.get(each.id, each.id) for each in concerned.parties}
