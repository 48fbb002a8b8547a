"""Which states were members of a bloc on a day."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files


def members(bloc: str, on: date) -> frozenset[str]:
    """The ISO 3166-1 codes of the members of ``EU`` or ``NATO`` that day; the day of leaving still counts.

    Before 1993 ``EU`` means the European Communities; before 1958 it has no members. Raises ``ValueError`` for a bloc
    whose members are not kept. Source: ``gazetteers/memberships.csv``.
    """
    terms = _terms()
    if bloc not in terms:
        raise ValueError(f"the members of {bloc!r} are not kept; those of {', '.join(sorted(terms))} are")
    return frozenset(state for state, begins, ends in terms[bloc] if begins <= on <= ends)


@cache
def _terms() -> dict[str, list[tuple[str, date, date]]]:
    text = (files("tocsin.record") / "gazetteers" / "memberships.csv").read_text("utf-8")
    terms: dict[str, list[tuple[str, date, date]]] = {}
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        ends = date.fromisoformat(row["to"]) if row["to"] else date.max
        terms.setdefault(row["bloc"], []).append((row["state"], date.fromisoformat(row["from"]), ends))
    return terms
