"""What a format is, as data, and what a scope says."""

from __future__ import annotations

from datetime import UTC
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.feeds.recipe import Clock, Field, Recipe, Scope, parse_scope

_IPV4 = st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 32))
_IPV6 = st.tuples(st.integers(2**32, 2**128 - 1), st.integers(0, 128))
_NETWORKS = (_IPV4 | _IPV6).map(lambda pair: str(ip_network(pair, strict=False)))
_SCOPES = st.builds(
    Scope,
    name=st.text(min_size=1).filter(lambda name: parse_scope(name) == Scope(name=name)),
    countries=st.lists(st.sampled_from(["GB", "FR", "IM", "AQ"]), max_size=3).map(tuple),
    networks=st.lists(_NETWORKS, max_size=3).map(tuple),
    ports=st.lists(st.integers(1, 65535), max_size=3).map(tuple),
)


def test_a_recipe_names_each_column_once_and_those_that_hardly_repeat() -> None:
    fields = {"ip": Field(columns=("addr",)), "detail": Field(columns=("a", "b")), "product": Field(constant="x")}
    recipe = Recipe(fields=fields, tags=(Field(columns=("a",)),), clock=Clock(formats=("iso",), zone=UTC))
    assert recipe.wanted() == ("addr", "a", "b")
    assert recipe.distinct() == {"addr"}


def test_a_scope_reads_as_a_phrase() -> None:
    assert str(Scope()) == "all"
    scope = Scope(name="uk", countries=("GB", "IM"), networks=("192.0.2.0/24",), ports=(443,))
    assert str(scope) == "uk (countries GB, IM; networks 192.0.2.0/24; ports 443)"


@given(_SCOPES)
def test_a_scope_that_was_written_reads_back_the_same(scope: Scope) -> None:
    assert parse_scope(str(scope)) == scope


@given(st.text())
def test_any_text_is_a_scope_and_its_name_is_not_lost(text: str) -> None:
    assert text.startswith(parse_scope(text).name)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("all", Scope()),
        ("", Scope(name="")),
        ("uk (mainland)", Scope(name="uk (mainland)")),
        ("uk (mainland) (ports 443)", Scope(name="uk (mainland)", ports=(443,))),
        ("x (ports 80) (ports 443)", Scope(name="x (ports 80)", ports=(443,))),
        ("x (networks 2001:db8::/32; ports 25)", Scope(name="x", networks=("2001:db8::/32",), ports=(25,))),
        ("x (networks 192.0.2.7)", Scope(name="x", networks=("192.0.2.7/32",))),
        ("two\nlines (ports 443)", Scope(name="two\nlines", ports=(443,))),
    ],
)
def test_what_a_text_says(text: str, scope: Scope) -> None:
    assert parse_scope(text) == scope


@pytest.mark.parametrize(
    "bounds",
    [
        "ports 70000",
        "ports 0",
        "ports -1",
        "ports 4_43",
        "ports \u0664\u0664\u0663",
        "ports",
        "ports ",
        "countries gb",
        "countries GB,FR",
        "countries GBR",
        "countries GB; countries FR",
        "networks 999.0.0.0/8",
        "networks 192.0.2.0/33",
        "networks fe80::%eth0/64",
        "networks ; ports 443",
        "planets earth",
        "ports 443;",
    ],
)
def test_bounds_that_nobody_wrote_so_are_part_of_the_name(bounds: str) -> None:
    text = f"x ({bounds})"
    assert parse_scope(text) == Scope(name=text)
