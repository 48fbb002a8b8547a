"""What was done about it, incidents side by side: each measure with its standing, who takes it and against whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.record import Response, Standing
from tocsin.reports.material import Table
from tocsin.reports.stated import Statement, counts_in_words, incidents

COLUMNS = (
    *("incident", "measure", "standing", "conditional", "actors", "targets", "who_says", "said_on", "words"),
    *("polarity", "document", "span_begins", "span_ends", "review"),
)


NO_MEASURES = frozenset({"denial", "non_disclosure"})
"""Nothing that was done about an attack. The reader makes a refusal to speak a response (non_disclosure) beside the
denial, as codebooks of responses do, and a denial none; a person who adds responses by hand may enter either."""
WORDS_ALONE = frozenset(
    "public_statement public_attribution joint_statement condemnation diplomatic_demand warning".split()
)
"""Measures that are statements and no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A response that a document tells of."""

    statement: Statement
    body: Response

    @property
    def actors(self) -> str:
        """Those who take it; where the clause names nobody, those who say it."""
        return self.statement.names(self.body.actors) or self.statement.who

    @property
    def targets(self) -> str:
        return self.statement.names(self.body.targets)

    def row(self) -> tuple[object, ...]:
        """The values under COLUMNS."""
        said, span = self.statement, self.statement.claim.assertion.span
        return (
            *(said.claim.incident, self.body.measure, str(self.body.standing), str(self.body.is_conditional).lower()),
            *(self.actors, self.targets, said.who, said.day, said.words, str(said.claim.assertion.polarity)),
            *(said.document, span.begins, span.ends, said.standing),
        )

    def as_json(self) -> dict[str, object]:
        body = self.body
        return {
            **self.statement.as_json(),
            "measure": body.measure,
            "measure_standing": str(body.standing),
            "conditional": body.is_conditional,
            "actors": [party.canonical for party in body.actors],
            "targets": [party.canonical for party in body.targets],
        }


def responses(stated: Sequence[Statement]) -> tuple[Measure, ...]:
    """Every response told of, by measure and by how far it has come; those of one standing in order of time.

    Denials and refusals are no measures (NO_MEASURES).
    """
    found = [
        Measure(statement=each, body=body)
        for each in stated
        if isinstance(body := each.claim.assertion.body, Response) and body.measure not in NO_MEASURES
    ]
    ranks = list(Standing)
    return tuple(sorted(found, key=lambda each: (each.body.measure, ranks.index(each.body.standing))))


def side_by_side(found: Sequence[Measure], most: int = 4) -> Table:
    """A row for each measure and standing, a column for each incident: who takes it, and the words that say so.

    Only the ``most`` incidents that are most spoken of have a column; the title says how many have none.
    """
    every = incidents([each.statement for each in found])
    columns = every[:most]
    found = [each for each in found if each.statement.incident in columns]
    keys = dict.fromkeys((each.body.measure, str(each.body.standing)) for each in found)
    rows = []
    for measure, standing in keys:
        alike = [each for each in found if (each.body.measure, str(each.body.standing)) == (measure, standing)]
        cells = (_cell([each for each in alike if each.statement.incident == name]) for name in columns)
        rows.append((measure.replace("_", " "), standing.replace("_", " "), *cells))
    more = f"; {len(every) - most} more incidents have no column" if len(every) > most else ""
    return Table(title=f"Responses{more}", columns=("measure", "standing", *columns), rows=tuple(rows))


def _cell(found: Sequence[Measure]) -> str:
    if not found:
        return ""
    actors = ", ".join(dict.fromkeys(each.actors for each in found))
    first = found[0].statement
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    counts = counts_in_words([each.statement for each in found])
    return f"{actors}: {first.short} ({first.place}){more}; {counts}"
