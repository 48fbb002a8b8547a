"""Who holds which services."""

from __future__ import annotations

import numpy as np
from tests.building import findings

from tocsin.remediation.holders import hold


def test_a_disputed_service_is_held_by_each_claimant() -> None:
    holders = hold(findings([{"constituent": "a;b"}, {}, {"constituent": "b"}]))
    held = {name: holders.any(np.array([True, False, False]))[place] for place, name in enumerate(holders.names)}
    assert held == {"a": True, "b": True}


def test_the_services_of_chosen_constituents() -> None:
    holders = hold(findings([{"constituent": "a;b"}, {}, {"constituent": "b"}]))
    chosen = np.array([name == "b" for name in holders.names])
    assert holders.rows_of(chosen).tolist() == [True, False, True]
