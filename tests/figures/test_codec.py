"""JSON gives the same figure again, and refuses with a path what is none."""

from __future__ import annotations

import contextlib
import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.figures.arbitrary import AFFECTED, FIXED, MEDIAN, PASSAGE, figures

from tocsin.errors import AskError
from tocsin.figures import Figure, from_json

PLAIN: dict[str, object] = json.loads(json.dumps(AFFECTED.as_json()))
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def spoilt(path: str, value: object) -> dict[str, object]:
    """The JSON of a figure with one value exchanged."""
    figure = copy.deepcopy(PLAIN)
    at: dict[str, object] = figure
    *above, last = path.split(".")
    for name in above:
        at = at[name]  # type: ignore[assignment]
    at[last] = value
    return figure


@given(figures())
def test_whatever_was_written_is_read_back_the_same(figure: Figure) -> None:
    assert from_json(json.loads(json.dumps(figure.as_json(), allow_nan=False))) == figure


@pytest.mark.parametrize("figure", [AFFECTED, FIXED, MEDIAN], ids=lambda figure: figure.measure.value)
def test_a_figure_of_each_measure_comes_back(figure: Figure) -> None:
    assert from_json(figure.as_json()) == figure


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("low", True, r"\$\.low: must be a number, not True"),
        ("low", "12", r"\$\.low: must be a number, not '12'"),
        ("low", None, r"\$\.low: must be a number, not None"),
        ("low", float("nan"), r"\$\.low: must be a number, not nan"),
        ("high", float("inf"), r"\$\.high: is beyond all counting"),
        ("low", 1400, r"\$: services-affected: at least 1400 and at most 1300 are no bounds"),
        ("low", -1, "are no bounds"),
        ("unit", None, r"\$\.unit: must be text, not None"),
        ("unit", "\ud800", "without half characters"),
        ("measure", "weight", r"\$\.measure: must be one of count, share, days"),
        ("measure", "share", r"\$: services-affected: a share of 1300 is more than the whole"),
        ("as_of", "31 March", r"\$\.as_of: must be a day such as 2021-03-31"),
        ("as_of", "20210331", r"\$\.as_of: must be a day such as 2021-03-31"),
        ("as_of", {"begins": "2021-03-02"}, r"\$\.as_of\.ends: is missing"),
        ("as_of", {"begins": "2021-03-02", "ends": "2021-03-01"}, r"\$\.as_of: .* no range of days"),
        ("known_at", "noon", r"\$\.known_at: must be a moment"),
        ("denominator", "services-seen", r"\$\.denominator: must be an object"),
        ("denominator.low", [], r"\$\.denominator\.low: must be a number"),
        ("source", "tocsin census", r"\$\.source: must be an object with passage"),
        ("source", {}, r"\$\.source\.passage: is missing"),
        ("source.query.command", 1, r"\$\.source\.query\.command: must be text"),
        ("source.query.versions", "pack 1", r"\$\.source\.query\.versions: must be a list of texts"),
        ("source.query.versions", ["pack 1", 2], r"\$\.source\.query\.versions\[1\]: must be text"),
        ("source", {"passage": {**PASSAGE.as_json()["passage"], "ends": 1}}, r"ends: must be 10 or more"),  # type: ignore[dict-item]
        ("source", {"passage": {**PASSAGE.as_json()["passage"], "begins": 1.5}}, r"begins: must be a whole number"),  # type: ignore[dict-item]
        ("estimate", {"value": 5, "low": 6, "high": 7, "level": 0.95}, r"\$\.estimate: .* no estimate"),
        ("estimate", {"value": 5, "low": 4, "high": 7, "level": None}, r"\$\.estimate\.level: must be a number"),
        ("estimate", {"value": 5, "low": 4, "high": 7, "level": 0.95}, "lies outside"),
        ("unlt", "services", r"unknown key \(did you mean unit\?\)"),
    ],
)
def test_what_is_malformed_is_refused_with_its_path(path: str, value: object, says: str) -> None:
    with pytest.raises(AskError, match=says):
        from_json(spoilt(path, value))


@pytest.mark.parametrize(("name", "says"), [("high", "beyond all counting"), ("unit", "text, not what stands there")])
def test_a_number_too_long_to_print_is_refused(name: str, says: str) -> None:
    with pytest.raises(AskError, match=rf"\$\.{name}: .*{says}"):
        from_json(spoilt(name, 10**5000))


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_a_missing_key_is_named(name: str) -> None:
    with pytest.raises(AskError, match=rf"\$\.{name}: is missing"):
        from_json({key: value for key, value in PLAIN.items() if key != name})


def test_denominators_without_end_are_refused_before_they_are_read() -> None:
    nested: dict[str, object] = PLAIN | {"denominator": None}
    for _ in range(100_000):
        nested = PLAIN | {"denominator": nested}
    with pytest.raises(AskError, match="more than 16 denominators"):
        from_json(nested)
    while nested is not None:  # taken apart by hand: Python's own way is deeper than its stack
        nested = nested.pop("denominator")  # type: ignore[assignment]


@given(ANYTHING)
def test_nothing_but_a_figure_is_read_and_nothing_else_is_raised(value: object) -> None:
    with pytest.raises(AskError):
        from_json(value)


@given(st.sampled_from(sorted(PLAIN)), ANYTHING)
def test_one_spoilt_value_is_refused_or_reads_as_a_figure(name: str, value: object) -> None:
    with contextlib.suppress(AskError):
        assert isinstance(from_json(PLAIN | {name: value}), Figure)
