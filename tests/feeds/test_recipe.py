from __future__ import annotations

from datetime import UTC

from tocsin.feeds.recipe import Clock, Field, Recipe, Scope


def test_a_recipe_names_each_column_once_and_those_that_hardly_repeat() -> None:
    fields = {"ip": Field(columns=("addr",)), "detail": Field(columns=("a", "b")), "product": Field(constant="x")}
    recipe = Recipe(fields=fields, tags=(Field(columns=("a",)),), clock=Clock(formats=("iso",), zone=UTC))
    assert recipe.wanted() == ("addr", "a", "b")
    assert recipe.distinct() == {"addr"}


def test_a_scope_reads_as_a_phrase() -> None:
    assert str(Scope()) == "all"
    scope = Scope(name="uk", countries=("GB", "IM"), networks=("192.0.2.0/24",), ports=(443,))
    assert str(scope) == "uk (countries GB, IM; networks 192.0.2.0/24; ports 443)"
