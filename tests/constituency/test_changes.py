"""What an import would change."""

from __future__ import annotations

from dataclasses import replace

from tests.constituency.building import constituent

from tocsin.constituency import Constituent, ImportPlan, Registry, plan_import


def registry(*told: Constituent, rejected: tuple[str, ...] = (), sources: tuple[str, ...] = ("registry",)) -> Registry:
    return Registry(
        constituents=told,
        rejected=(),
        rejected_ids=frozenset(rejected),
        sources=frozenset(sources),
        rows=len(told),
        merged=0,
        left_out=0,
        ignored=(),
    )


def ids(plan: ImportPlan) -> tuple[list[str], list[str], list[str]]:
    return (
        [each.id for each in plan.added],
        [each.after.id for each in plan.changed],
        [each.id for each in plan.removed],
    )


A, B = constituent("a", networks="203.0.113.0/24"), constituent("b", domains="b.example")
OTHER = replace(constituent("o"), registry="other")


def test_new_changed_and_gone() -> None:
    wider = constituent("a", networks="203.0.113.0/25 198.51.100.0/24", name="Example Anew")
    plan = plan_import([A, B, OTHER], registry(wider, constituent("c")))
    assert ids(plan) == (["c"], ["a"], ["b"])
    assert [str(field) for field in plan.changed[0].fields] == [
        "name: Example a → Example Anew",
        "networks: -203.0.113.0/24 +203.0.113.0/25 +198.51.100.0/24",
    ]
    assert [each.id for each in plan.after] == ["a", "c", "o"]


def test_nothing_changed_though_lines_and_order_did() -> None:
    moved = constituent("a", line=9, networks="203.0.113.0/24")
    plan = plan_import([A, B], registry(B, moved))
    assert plan.is_empty
    assert plan.after == (A, B)


def test_another_source_is_taken_over() -> None:
    plan = plan_import([OTHER], registry(constituent("o")))
    assert [str(field) for field in plan.changed[0].fields] == ["source: other → registry"]


def test_another_source_is_left_alone() -> None:
    assert ids(plan_import([OTHER], registry(A))) == (["a"], [], [])


def test_a_row_that_could_not_be_read_keeps_what_was_there() -> None:
    plan = plan_import([A, B], registry(B, rejected=("a",)))
    assert plan.is_empty
    assert plan.kept == ("a",)


def test_a_file_without_a_readable_row_removes_nobody() -> None:
    assert plan_import([A, B], registry()).is_empty


def test_a_child_whose_parent_goes_is_named() -> None:
    child = replace(OTHER, id="child", parent="a")
    assert plan_import([A, B, child], registry(B)).orphaned == ("child",)


def test_json_shows_before_and_after() -> None:
    plan = plan_import([A], registry(replace(A, public_body=True)))
    assert plan.changed[0].as_json()["fields"] == {"public_body": {"before": False, "after": True}}
    assert str(plan.changed[0].fields[0]) == "public_body: no → yes"
