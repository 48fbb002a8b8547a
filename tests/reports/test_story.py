"""A service's story in sentences."""

from __future__ import annotations

from tests.building import findings, observations

from tocsin.reports.story import tell


def _story(**changes: object) -> dict[str, object]:
    seen = (
        observations([{}]).to_pylist()[0] | findings([{"reason": "partial_build", "candidates": "a; b"}]).to_pylist()[0]
    )
    story = {
        "address": "203.0.113.7",
        "port": 443,
        "case": "case",
        "as_of": "2021-03-31",
        "state": {
            "status": "affected",
            "is_sure": True,
            "compromise": "confirmed",
            "constituent": "a",
            "certainty": "proven",
        },
        "observations": [seen | {"source": "report.csv"}],
        "changes": [],
        "assignment": {
            "constituent": "a",
            "certainty": "proven",
            "holding": "network 203.0.113.0/24",
            "considered": "b",
        },
        "overrides": [{"what": "verdict", "says": "set to fixed"}],
    }
    return story | changes


def test_it_tells_where_each_observation_came_from_and_what_it_meant() -> None:
    text = "\n".join(tell(_story()))
    assert "report.csv:2" in text
    assert "affected (partial_build): 15.1.2106.2 is older" in text
    assert "could be: a; b" in text
    assert "proven: a by network 203.0.113.0/24" in text
    assert "set to fixed" in text
    assert "nothing" in text


def test_a_service_outside_the_window_has_no_known_state() -> None:
    assert any("not known" in line for line in tell(_story(state=None)))


def test_a_service_of_nobody() -> None:
    assert any("nobody's in the registry" in line for line in tell(_story(assignment=None)))
