"""Answers as values: to each question its figures, what is open, and how to ask again; and all of them as JSON."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.figures import Figure
from tocsin.reports.earlier import Changed
from tocsin.reports.material import Material, OtherCase, Table
from tocsin.reports.questions import Question
from tocsin.reports.stated import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One question answered.

    ``figures`` are said as sentences, ``series`` shown as tables, ``doubts`` are figures of what is not known.
    ``statements`` are figures that others have stated, ``claims`` what public documents say, the reviewed first.
    ``said`` and ``unknown`` are sentences without their full stop. ``commands`` give the figures again.
    """

    question: Question
    figures: tuple[Figure, ...] = ()
    series: tuple[Figure, ...] = ()
    doubts: tuple[Figure, ...] = ()
    statements: tuple[Figure, ...] = ()
    claims: tuple[Statement, ...] = ()
    said: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    beside: tuple[OtherCase, ...] = ()
    changed: tuple[Changed, ...] = ()
    commands: tuple[str, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether it says anything of the case, and nothing more is needed for it."""
        return bool(self.figures or self.changed or self.claims) and not self.question.missing

    @property
    def every_figure(self) -> tuple[Figure, ...]:
        """All that is told of this case in figures."""
        return (*self.figures, *self.series, *self.doubts)

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.question.id,
            "question": self.question.text,
            "answered": self.is_answered,
            "definition": self.question.definition,
            "figures": [figure.as_json() for figure in self.figures],
            "series": [figure.as_json() for figure in self.series],
            "statements": [figure.as_json() for figure in self.statements],
            "claims": [each.as_json() for each in self.claims],
            "said": list(self.said),
            "tables": [
                {"title": each.title, "rows": [dict(zip(each.columns, row, strict=True)) for row in each.rows]}
                for each in self.tables
            ],
            "other_cases": [_other_as_json(each) for each in self.beside],
            "changes": [each.as_json() for each in self.changed],
            "not_known": {"figures": [figure.as_json() for figure in self.doubts], "sentences": list(self.unknown)},
            "missing": self.question.missing or None,
            "commands": list(self.commands),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers in the order asked, the material they are made of, and the command that gives them again."""

    material: Material
    given: tuple[Answer, ...]
    command: str

    def as_json(self) -> dict[str, object]:
        material = self.material
        return {
            "case": material.case_id,
            "title": material.title,
            "as_of": material.as_of.isoformat(),
            "known_at": material.known_at.isoformat() if material.known_at else None,
            "method": " ".join(material.method),
            "command": self.command,
            "versions": list(material.versions),
            "withheld": material.withheld,
            "answers": [each.as_json() for each in self.given],
        }


def _other_as_json(case: OtherCase) -> dict[str, object]:
    return {
        "case": case.case_id,
        "as_of": case.as_of.isoformat() if case.as_of else None,
        "figures": [figure.as_json() for figure in case.medians],
        "unknown": list(case.why),
    }
