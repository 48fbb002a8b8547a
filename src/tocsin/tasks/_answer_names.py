"""Names the public bodies that a census counts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from tocsin.remediation.columns import Mask, is_word
from tocsin.remediation.holders import hold
from tocsin.reports.material import Table
from tocsin.store.bodies import load_names
from tocsin.tasks.census import bodies_of
from tocsin.tasks.viewing import View

COLUMNS = ("public body", "sector", "country", "affected")
SURELY, POSSIBLY = "beyond doubt", "cannot be excluded"


def name_public_bodies(view: View, services: pa.Table) -> Table:
    """The public bodies with an affected service, by name, and those of which it cannot be excluded.

    Only services that are proven to be theirs count: nobody is named upon a claim. Those affected beyond doubt are as
    many as the lower bound of the census.
    """
    title = "Public bodies affected; one that is only claimed to hold a service is counted above, and not named"
    return Table(title=title, columns=COLUMNS, rows=tuple(sorted(_rows(view, services), key=_by_name)))


def _rows(view: View, services: pa.Table) -> Iterator[tuple[str, ...]]:
    known_at = view.selection.known_at
    bodies = bodies_of(view)
    names = load_names(view.desk, known_at=known_at)
    affected, open_, proven = _masks(services)
    holders = hold(services)
    sure, possible = holders.any(affected & proven), holders.any(open_ & proven)
    for place in np.flatnonzero(sure | possible).tolist():
        id_ = holders.names[place]
        body = bodies.get(id_)
        if body is not None and body.is_public and body.kind != "person":
            yield names.get(id_, id_), body.sector, body.country, SURELY if sure[place] else POSSIBLY


def _masks(services: pa.Table) -> tuple[Mask, Mask, Mask]:
    """Which services are affected beyond doubt, which may be, and which have an owner who is proven."""
    affected = is_word(services, "status", "affected")
    flags = {name: services.column(name).to_numpy(zero_copy_only=False) for name in ("is_sure", "is_doubted")}
    open_ = affected | is_word(services, "status", "undetermined") | flags["is_doubted"]
    return affected & flags["is_sure"], open_, is_word(services, "certainty", "proven")


def _by_name(row: tuple[str, ...]) -> tuple[bool, str, tuple[str, ...]]:
    return row[3] != SURELY, row[0].casefold(), row
