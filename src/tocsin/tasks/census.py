"""How many are exposed: the census of one case on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from tocsin.errors import AskError, did_you_mean
from tocsin.figures import Figure, Query
from tocsin.remediation import GROUPINGS, Body, Frame, census
from tocsin.reports.material import census_for_public
from tocsin.store.bodies import load_bodies
from tocsin.store.workspace import Workspace
from tocsin.tasks.viewing import WINDOW_DAYS, View, open_view


@dataclass(frozen=True, slots=True, kw_only=True)
class CensusAnswer:
    """The figures of a census, in order, how they were made, and the command and versions that give them again.

    ``withheld`` counts the figures that were taken out as too small for the public.
    """

    case_id: str
    as_of: date
    by: str | None
    figures: tuple[Figure, ...]
    method: str
    source: Query
    withheld: int = 0

    def as_json(self) -> dict[str, object]:
        return {
            "case": self.case_id,
            "as_of": self.as_of.isoformat(),
            **self.made_by(),
            "withheld": self.withheld,
            "figures": [figure.as_json() for figure in self.figures],
        }

    def for_public(self) -> CensusAnswer:
        """The same without small counts, and what would give one away. Raises ``ValueError`` for a census by group."""
        if self.by is not None:
            raise ValueError(f"a census by {self.by} is not protected")
        shown = census_for_public(self.figures)
        return replace(self, figures=shown, withheld=len(self.figures) - len(shown))

    def how(self) -> str:
        """How the figures were made and on what, as it is printed under them."""
        return " ".join(
            [self.method, *([f"Versions: {', '.join(self.source.versions)}."] if self.source.versions else [])]
        )

    def made_by(self) -> dict[str, object]:
        """Method, command and versions, as they stand at the head of every answer in JSON."""
        return {"method": self.method, "command": self.source.command, "versions": list(self.source.versions)}


def take_census(
    workspace: Workspace,
    case_id: str,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    by: str | None = None,
    window_days: int = WINDOW_DAYS,
) -> CensusAnswer:
    """The census of ``case_id`` on ``as_of`` (default: the last day reported on), as far as ``known_at`` knew.

    Raises ``AskError`` when it cannot be answered as asked.
    """
    if by is not None and by not in GROUPINGS:
        raise AskError(f"no census by {by!r}{did_you_mean(by, GROUPINGS)}", remedy=f"one of {', '.join(GROUPINGS)}")
    view = open_view(workspace, case_id, as_of=as_of, known_at=known_at, window_days=window_days)
    frame = census_frame(view, by)
    figures = census(view.services(), bodies_of(view), frame, by=by)
    return CensusAnswer(
        case_id=case_id, as_of=frame.as_of, by=by, figures=figures, method=frame.method, source=frame.source
    )


def census_frame(view: View, by: str | None) -> Frame:
    """What all figures of a census by that grouping have in common."""
    chosen = view.selection
    source = Query(command=_command(view, by), versions=view.versions())
    return Frame(as_of=chosen.as_of, known_at=chosen.known_at, method=view.method(), source=source)


def bodies_of(view: View) -> Mapping[str, Body]:
    """The constituents that the view's assignments may name, by id."""
    return load_bodies(view.desk, known_at=view.selection.known_at)


def _command(view: View, by: str | None) -> str:
    chosen = view.selection
    words = ["tocsin census", chosen.case_id, f"--as-of {chosen.as_of}", f"--window {chosen.window_days}"]
    if chosen.known_at:
        words.append(f"--known-at {chosen.known_at.isoformat()}")
    return " ".join([*words, *([f"--by {by}"] if by else [])])
