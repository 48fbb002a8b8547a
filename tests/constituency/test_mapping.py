"""A mapping reads files of another shape, and names all its faults."""

from __future__ import annotations

import pytest

from tocsin.constituency import read_mapping, read_registry
from tocsin.constituency.mapping import slug
from tocsin.errors import ConstituencyError

MAPPING = b"""
title = "Example"
source = "example-domains"
empty = ["(blank)"]
merge = true
leave_out = ["ended"]
[fields]
id = { slug = [["Owner", "Representing"], "State"], prefix = "xx-" }
name = { column = ["Owner", "Representing"] }
domains = { column = "Host", suffix = ".council.example" }
contacts = { column = "Mail" }
country = { constant = "GB" }
[fields.public_body]
column = "Type"
values = { City = "yes" }
other = "no"
"""
FILE = """\
Host,Owner,Representing,State,Type,Mail,ended
a;b,Example Town,x,AB,City,(blank),
c,Éxample  Town!,,AB,County,it@council.example,
d,,Example Village,AB,County,(blank),
e,Example Town,,AB,City,,2020-01-01
f,(blank),,,City,,
"""


def test_columns_become_fields() -> None:
    registry = read_registry(FILE.encode(), source="x.csv", mapping=read_mapping(MAPPING, source="m.toml"))
    town, village = registry.constituents
    assert (town.id, town.name, town.country, town.public_body) == ("xx-example-town-ab", "Example Town", "GB", True)
    assert town.values("domain") == ("a.council.example", "b.council.example", "c.council.example")
    assert town.contacts == ("it@council.example",)
    assert [str(each.pointer) for each in town.holdings] == ["x.csv:2", "x.csv:2", "x.csv:3"]
    assert (village.id, village.public_body, village.registry) == ("xx-example-village-ab", False, "example-domains")
    assert (registry.rows, registry.merged, registry.left_out, len(registry.rejected)) == (5, 1, 1, 1)
    assert registry.rejected[0].reason == "id is empty; name is empty"


def test_a_column_that_is_missing() -> None:
    with pytest.raises(ConstituencyError, match="'ended' are missing"):
        read_registry(FILE.replace("ended", "end").encode(), source="x.csv", mapping=read_mapping(MAPPING, source="m"))


def test_all_faults_at_once() -> None:
    with pytest.raises(ConstituencyError) as caught:
        read_mapping(
            b'merge = 1\nempy = []\nleave_out = [1]\n[fields]\nid = { column = "a", constant = "b" }\n'
            b'nam = { colum = "x" }\ndomains = { slug = "x", prefix = 1, values = { a = 2 } }\ncountry = "GB"\n',
            source="m.toml",
        )
    for part in (
        "merge: must be true or false",
        "empy: unknown key (did you mean empty?)",
        "leave_out: must be a text or a list of texts",
        "fields.id: needs exactly one of",
        "fields.nam: unknown key (did you mean name?)",
        "fields.nam.colum: unknown key (did you mean column?)",
        "fields.domains.slug: must be a list",
        "fields.domains.prefix: must be a text",
        "fields.domains.values.a: must be a text",
        "fields.country: must be a table",
        "fields.name: is missing",
    ):
        assert part in caught.value.what


def test_no_toml() -> None:
    with pytest.raises(ConstituencyError, match="not a TOML file"):
        read_mapping(b"[fields", source="m.toml")


@pytest.mark.parametrize(("text", "made"), [("Éxample  Town, North!", "example-town-north"), ("—", ""), ("A&B", "a-b")])
def test_slugs(text: str, made: str) -> None:
    assert slug(text) == made
