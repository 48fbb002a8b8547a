"""Answers for it: the questions that were put in public, each with figures or with what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tocsin.figures import Figure
from tocsin.reports.questions import Question, answers
from tocsin.store.workspace import Workspace
from tocsin.tasks.census import CensusAnswer, take_census


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The questions in order, each with its figures (none where it cannot be answered yet), and the census behind."""

    census: CensusAnswer
    given: tuple[tuple[Question, tuple[Figure, ...]], ...]

    def as_json(self) -> dict[str, object]:
        given = [
            {
                "id": question.id,
                "question": question.text,
                "answered": bool(figures) and not question.missing,
                "definition": question.definition,
                "figures": [figure.as_json() for figure in figures],
                "missing": question.missing or None,
            }
            for question, figures in self.given
        ]
        return {
            "case": self.census.case_id,
            "as_of": self.census.as_of.isoformat(),
            **self.census.made_by(),
            "answers": given,
        }


def answer(
    workspace: Workspace, case_id: str, *, as_of: date | None = None, known_at: datetime | None = None
) -> Answers:
    """What can be answered of ``case_id`` on ``as_of``. Raises ``AskError`` like ``take_census``."""
    taken = take_census(workspace, case_id, as_of=as_of, known_at=known_at)
    return Answers(census=taken, given=answers(taken.figures))
