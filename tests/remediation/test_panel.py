"""The panel: joined in any order, any split and any number of times, it is the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.remediation.watching import Host, after_patch, keys, listing, panel, scan, scans, told

from tocsin.remediation.marks import Mark
from tocsin.remediation.panel import Look, Panel, bucket_of, join, no_looks, split

_FACES = st.fixed_dictionaries(
    {
        "address": st.sampled_from(["192.0.2.1", "192.0.2.2", "203.0.113.9", "2001:db8::1", "2001:db8:0:1::"]),
        "port": st.sampled_from([0, 443, 65535]),
        "constituent": st.sampled_from([None, "council", "bakery"]),
        "certainty": st.sampled_from(["none", "proven", "disputed"]),
        "country": st.sampled_from([None, "GB", "FR"]),
        "branch": st.sampled_from([None, "15.1.2106"]),
        "name": st.sampled_from([None, "mail.council.example"]),
    }
)


@st.composite
def _each_look(draw: st.DrawFn) -> list[Panel]:
    """The panels of several looks; in each a service is seen in one way at most."""
    days = draw(st.lists(st.integers(1, 20), min_size=1, max_size=5, unique=True))
    looks = [draw(st.sampled_from([scan(day), listing(day), scan(day, scope="uk (countries GB)")])) for day in days]
    return [_drawn(draw, look) for look in looks]


def _drawn(draw: st.DrawFn, look: Look) -> Panel:
    faces = draw(st.lists(_FACES, max_size=6, unique_by=lambda face: (face["address"], face["port"])))
    hosts = [Host(course=draw(st.sampled_from("AFM?N")), **face) for face in faces]  # type: ignore[arg-type]
    return panel([look], hosts)


@given(_each_look(), st.randoms())
def test_the_order_of_the_reports_does_not_matter(looks: list[Panel], chance: object) -> None:
    other = list(looks)
    chance.shuffle(other)  # type: ignore[attr-defined]
    assert told(join(other)) == told(join(looks))


@given(_each_look(), st.integers(0, 5))
def test_how_the_reports_are_gathered_does_not_matter(looks: list[Panel], cut: int) -> None:
    assert told(join([join(looks[:cut]), join(looks[cut:])])) == told(join(looks))


@given(_each_look(), _each_look())
def test_a_report_folded_twice_changes_nothing(looks: list[Panel], others: list[Panel]) -> None:
    once = join([*looks, *_of_other_looks(looks, others)])
    assert told(join([once, once, *looks])) == told(once)


@given(_each_look(), st.sampled_from([1, 2, 16]))
def test_folded_bucket_by_bucket_it_is_the_same_as_all_at_once(looks: list[Panel], buckets: int) -> None:
    kept = dict[int, Panel]()
    for look in looks:
        for bucket, part in split(look, buckets).items():
            kept[bucket] = join([kept[bucket], part]) if bucket in kept else part
    whole = join([*kept.values(), *(_bare(look) for look in looks)])
    assert told(whole) == told(join(looks))


@given(_each_look())
def test_the_panel_of_nothing_adds_nothing(looks: list[Panel]) -> None:
    whole = join(looks)
    assert told(join([no_looks(), whole, no_looks()])) == told(whole)


@given(_each_look())
def test_every_mark_of_every_look_is_accounted_for(looks: list[Panel]) -> None:
    whole = join(looks)
    for look in looks:
        line = whole.marks[whole.looks.index(look.looks[0])]
        assert sorted(line[line > 0]) == sorted(look.marks[0])


@given(_each_look())
def test_a_service_lies_in_one_bucket_whatever_its_table_and_face(looks: list[Panel]) -> None:
    found = dict[tuple[object, ...], set[int]]()
    for each in [*looks, join(looks)]:
        for row, bucket in zip(each.rows.to_pylist(), bucket_of(each.rows, 16).tolist(), strict=True):
            found.setdefault((row["ip_hi"], row["ip_lo"], row["port"]), set()).add(bucket)
    assert all(len(buckets) == 1 and 0 <= min(buckets) < 16 for buckets in found.values())


def test_addresses_next_to_each_other_spread_over_the_buckets() -> None:
    hosts = [Host(course="A", address=f"198.51.100.{n}") for n in range(256)]
    sizes = np.bincount(bucket_of(panel(scans(1), hosts).rows, 16), minlength=16)
    assert sizes.min() > 0
    assert sizes.max() < 64


def test_a_service_that_changed_its_owner_has_a_row_for_each() -> None:
    found = panel(scans(1, 2), [Host(course="A.", constituent="council"), Host(course=".F", constituent="bakery")])
    rows = dict(zip(found.rows.column("constituent").to_pylist(), found.marks.T.tolist(), strict=True))
    assert rows == {"council": [Mark.AFFECTED, 0], "bakery": [0, Mark.FIXED]}


def test_looks_are_in_order_of_day_source_and_scope() -> None:
    looks = [scan(2), listing(1), scan(1), scan(1, scope="uk (ports 443)"), scan(1, source="another")]
    found = panel(looks, [Host(course="AAAAA")]).looks
    assert [(look.day.day, look.source, look.scope) for look in found] == [
        (3, "another", "all"),
        (3, "list", "all"),
        (3, "scan", "all"),
        (3, "scan", "uk (ports 443)"),
        (4, "scan", "all"),
    ]


@pytest.mark.parametrize(("day", "looks", "rows"), [(0, 0, 0), (1, 1, 1), (2, 2, 2), (9, 2, 2)])
def test_up_to_a_day_it_has_the_looks_until_then_and_what_they_showed(day: int, looks: int, rows: int) -> None:
    found = panel(scans(1, 2), [Host(course="AA"), Host(course=".F", address="192.0.2.2")]).until(after_patch(day))
    assert (len(found.looks), found.rows.num_rows, found.marks.shape) == (looks, rows, (looks, rows))


def test_a_look_that_showed_nothing_is_a_look() -> None:
    found = join([panel(scans(1), [Host(course="A")]), panel(scans(2), [Host(course=".")])])
    assert found.marks.tolist() == [[Mark.AFFECTED], [Mark.NOT_SEEN]]


def test_the_same_scan_judged_anew_is_another_look() -> None:
    looks = [scan(1, judgement="old"), scan(1, judgement="new")]
    assert len(panel(looks, [Host(course="AF")]).looks) == 2


def test_joining_nothing_gives_nothing() -> None:
    assert told(join([])) == ([], {})
    assert told(no_looks()) == ([], {})


def test_two_versions_of_the_internet_protocol_are_never_one_service() -> None:
    hosts = [Host(course="A", address="192.0.2.1"), Host(course="A", address="::c000:201")]
    assert keys(hosts[0].address) != keys(hosts[1].address)
    assert panel(scans(1), hosts).rows.num_rows == 2


def _bare(one: Panel) -> Panel:
    return panel(one.looks, [])


def _of_other_looks(looks: Sequence[Panel], others: Sequence[Panel]) -> list[Panel]:
    days: set[date] = {each.looks[0].day for each in looks}
    return [each for each in others if each.looks[0].day not in days]
