"""A registry's rows become constituents; every bad one is told with its line and all its reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.constituency.building import HEADER, constituent

from tocsin.constituency import Registry, read_registry
from tocsin.errors import ConstituencyError


def read(*rows: str, header: str = HEADER, known: tuple[str, ...] = ()) -> Registry:
    data = "\n".join([header, *rows]).encode()
    return read_registry(
        data, source="registry.csv", known=[replace(constituent(id_), registry="other") for id_ in known]
    )


def reasons(registry: Registry) -> dict[int | None, str]:
    return {row.pointer.line: row.reason for row in registry.rejected}


def test_a_row_in_full() -> None:
    registry = read(
        "council,Example Council,gb,local government,YES,council.example;bücher.example,203.0.113.0/24;2001:db8::/48,"
        "AS64500,security@council.example"
    )
    (council,) = registry.constituents
    assert (council.id, council.name, council.kind, council.country) == (
        "council",
        "Example Council",
        "organisation",
        "GB",
    )
    assert (council.sector, council.public_body, council.registry) == ("local government", True, "registry")
    assert council.values("network") == ("203.0.113.0/24", "2001:db8::/48")
    assert council.values("domain") == ("council.example", "xn--bcher-kva.example")
    assert str(council.holdings[0].pointer) == "registry.csv:2"


def test_columns_in_any_order_and_case_and_few() -> None:
    registry = read("Example Person,p1,Person,x", header="NAME,Id,KIND,Remark")
    assert (registry.constituents[0].id, registry.constituents[0].kind) == ("p1", "person")
    assert registry.ignored == ("Remark",)


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    registry = read("bad,,GBR,x,maybe,co.uk,10.0.0.0/8,ASx,nobody", "good,Example Good,GB,,,,,,")
    assert [each.id for each in registry.constituents] == ["good"]
    told = reasons(registry)[2]
    for part in (
        "name is empty",
        "country 'GBR'",
        "public_body 'maybe'",
        "public suffix",
        "is private",
        "'ASx'",
        "'nobody'",
    ):
        assert part in told
    assert registry.rejected[0].raw == "bad,,GBR,x,maybe,co.uk,10.0.0.0/8,ASx,nobody"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Example,GB,,,,,,", "id is empty"),
        ("a;b,Example,GB,,,,,,", "id 'a;b' cannot be used"),
        ("None,Example,GB,,,,,,", "id 'None' cannot be used"),
        ("a,Exa\x1bmple,GB,,,,,,", "name holds a control character"),
        ("a,\u202eelpmaxE,GB,,,,,,", "name holds a control character"),
        ("a,Exa\0mple,GB,,,,,,", "holds a NUL byte"),
        (f"{'a' * 201},Example,GB,,,,,,", "id has 201 characters; at most 200 are kept"),
        ("a,Example,G1,,,,,,", "country 'G1' is not two letters"),
        ("a,Example", "has 2 columns where the header has 9"),
    ],
)
def test_a_bad_row(row: str, reason: str) -> None:
    registry = read(row, "good,Example Good,GB,,,,,,")
    assert reason in reasons(registry)[2]
    assert len(registry.constituents) == 1


def test_the_same_id_twice() -> None:
    registry = read("a,Example A,GB,,,,,,", "b,Example B,GB,,,,,,", "a,Example C,GB,,,,,,")
    assert [each.name for each in registry.constituents] == ["Example A", "Example B"]
    assert reasons(registry) == {4: "id 'a' is already in line 2"}


def test_the_united_kingdom_by_its_other_letters() -> None:
    assert read("a,Example A,UK,,,,,,").constituents[0].country == "GB"


PARENTS = "id,name,parent"


def test_parents() -> None:
    registry = read(
        "child,Example Child,top",
        "top,Example Top,elsewhere",
        "orphan,Example Orphan,nowhere",
        "below,Example Below,orphan",
        "x,Example X,y",
        "y,Example Y,x",
        "z,Example Z,y",
        "self,Example Self,self",
        header=PARENTS,
        known=("elsewhere",),
    )
    assert {each.id: each.parent for each in registry.constituents} == {"child": "top", "top": "elsewhere"}
    told = reasons(registry)
    assert "'nowhere' is not in the registry" in told[4]
    assert "'orphan' is not in the registry" in told[5]
    assert "leads back to 'x' in a circle" in told[6]
    assert "leads back to 'y' in a circle" in told[7]
    assert "'y' is not in the registry" in told[8]
    assert "in a circle" in told[9]


def test_a_long_chain_below_a_missing_parent_is_told_at_once() -> None:
    rows = [f"o{n},Example {n},o{n + 1}" for n in range(20_000)]
    registry = read(*rows, header=PARENTS)
    assert registry.constituents == ()
    assert len(registry.rejected) == 20_000


def test_near_misses_are_looked_up_for_the_first_bad_parents_only() -> None:
    rows = [f"org-{n},Example {n},orgg-{n}" for n in range(2000)]
    told = reasons(read(*rows, header=PARENTS))
    assert "did you mean org-0" in told[2]
    assert sum("did you mean" in reason for reason in told.values()) == 5


def test_a_parent_in_another_registry_is_known() -> None:
    elsewhere = constituent("elsewhere")
    data = b"id,name,parent\na,Example A,elsewhere\n"
    assert read_registry(data, source="other.csv", known=[elsewhere]).constituents[0].parent == "elsewhere"
    assert read_registry(data, source="registry.csv", known=[elsewhere]).constituents == ()


def test_a_file_may_hold_several_registries() -> None:
    registry = read("a,Example A,one", "b,Example B,", header="id,name,source")
    assert [each.registry for each in registry.constituents] == ["one", "registry"]
    assert registry.sources == {"one", "registry"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"id,name\n", "has a header and no row"),
        (b"ident,name\na,b\n", "column 'id' is missing"),
        (b"id,nmae\na,b\n", "column 'name' is missing (did you mean nmae?)"),
    ],
)
def test_a_file_that_cannot_be_used(data: bytes, reason: str) -> None:
    with pytest.raises(ConstituencyError) as caught:
        read_registry(data, source="registry.csv")
    assert reason in str(caught.value)


CELLS = st.one_of(
    st.sampled_from(["a", "b", "", "GB", "203.0.113.0/24", "a.example", "yes", '"', "x;y"]), st.text(max_size=6)
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=9).map(",".join), max_size=8))
def test_every_row_is_accounted_for(rows: list[str]) -> None:
    try:
        registry = read("first,Example First,GB,,,,,,", *rows)
    except ConstituencyError:
        return
    assert registry.rows == (len(registry.constituents) + len(registry.rejected) + registry.merged + registry.left_out)
    assert len({each.id for each in registry.constituents}) == len(registry.constituents)
