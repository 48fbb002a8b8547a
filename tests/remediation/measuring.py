"""A case followed over a few looks, for the tests of what is measured of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
from tests.building import findings
from tests.remediation.watching import PATCH, Host, lives

from tocsin.figures import Figure, Query
from tocsin.remediation import Body
from tocsin.remediation.changes import Change
from tocsin.remediation.curves import Draws
from tocsin.remediation.exposure import Origin
from tocsin.remediation.measures import Asked, Course, Subject, follow, measure
from tocsin.remediation.panel import Look
from tocsin.remediation.spells import Rules

BODIES = {
    "council": Body(kind="organisation", sector="local government", is_public=True, country="GB"),
    "bakery": Body(kind="organisation", sector="food", is_public=False, country="FR"),
}
TEMPLATE = Figure(
    id="",
    low=0,
    high=0,
    unit="",
    state="",
    place="",
    as_of=PATCH,
    known_at=None,
    method="Followed.",
    denominator=None,
    source=Query(command="tocsin remediation case", versions=("pack 1",)),
)


def followed(
    looks: Sequence[Look],
    *hosts: Host | str,
    traces: Sequence[Mapping[str, object]] = (),
    changes: Sequence[Change] = (),
    bodies: Mapping[str, Body] = BODIES,
) -> Subject:
    """The case that these looks show; ``traces`` are findings with a compromise."""
    found = lives(looks, *hosts, changes=changes)
    origin = Origin(day=PATCH, what="the patch")
    return follow(found, _traces(traces), origin, Rules(), changes, bodies)


def course(subject: Subject, *, replicates: int = 20, unit: str = "services", **asked: object) -> Course:
    """What is measured of it, with chance that starts from 1."""
    draws = Draws(replicates=replicates, rng=np.random.default_rng(1))
    return measure(subject, Asked(unit=unit, template=TEMPLATE, **asked), draws)  # type: ignore[arg-type]


def bounds(figures: Sequence[Figure]) -> list[tuple[float, float]]:
    """The bounds of each."""
    return [(each.low, each.high) for each in figures]


def _traces(rows: Sequence[Mapping[str, object]]) -> pa.Table:
    return findings(rows).select(["ip_hi", "ip_lo", "port", "transport", "seen_at", "compromise"])
