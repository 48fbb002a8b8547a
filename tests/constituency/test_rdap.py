"""Answers of registries: whole, nested, with parts missing, and about themselves. Source of the form: RFC 9083."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.constituency.answers import autnum, entity, network
from tests.constituency.reaching import NOW

from tocsin.constituency.rdap import RdapAnswer, is_registry, rdap_contacts, read_rdap


def read(content: bytes, asked: str = "192.0.2.7") -> RdapAnswer:
    return read_rdap(content, asked=asked)


def told(answer: RdapAnswer) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.target.address, each.roles) for each in answer.reaches]


def test_a_network_names_its_desks_with_their_roles() -> None:
    found = read(network(entity("abuse"), entity("technical", "noc", mail="noc@isp.example")))
    assert told(found) == [("abuse@isp.example", ("abuse",)), ("noc@isp.example", ("technical", "noc"))]
    assert (found.kind, found.country, found.holder) == ("network", "GB", "EXAMPLE-NET")
    assert (found.refused, found.faults) == ((), ())


def test_entities_within_entities_are_found_and_one_address_is_told_once() -> None:
    inner = entity("abuse", handle="ABUSE-1", entities=[entity("technical", mail="deep@isp.example")])
    outer = entity("registrant", mail="owner@isp.example", entities=[inner, entity("noc")])
    assert told(read(network(outer))) == [
        ("owner@isp.example", ("owner",)),
        ("abuse@isp.example", ("noc", "abuse")),
        ("deep@isp.example", ("technical",)),
    ]


def test_contacts_are_about_every_prefix_of_the_network() -> None:
    found = read(network(entity("abuse"), startAddress="192.0.2.0", endAddress="192.0.2.191"))
    made = rdap_contacts(found, asked="192.0.2.7", pointer="https://rdap.example/ip/192.0.2.7", now=NOW)
    assert [each.subject for each in made] == ["network:192.0.2.0/25", "network:192.0.2.128/26"]
    assert made[0].name == "Example Desk"


def test_of_a_block_of_as_numbers_only_the_one_asked_about_has_the_contact() -> None:
    found = read(autnum(entity("abuse"), first=64500, last=64600), "64510")
    made = rdap_contacts(found, asked="64510", pointer="x", now=NOW)
    assert [each.subject for each in made] == ["asn:64510"]


@pytest.mark.parametrize("domain", ["ripe.net", "mail.apnic.net", "ARIN.net", "nic.ad.jp"])
def test_the_registry_itself_is_refused_as_a_contact(domain: str) -> None:
    found = read(network(entity("abuse", mail=f"abuse@{domain}"), entity("technical", mail="noc@isp.example")))
    assert told(found) == [("noc@isp.example", ("technical",))]
    assert "registry's own desk" in found.refused[0]


def test_a_name_that_only_ends_like_a_registrys_is_none() -> None:
    assert not is_registry("notripe.net")
    assert not is_registry("ripe.net.example")
    assert is_registry("db.ripe.net")


def test_what_the_registry_gave_to_nobody_has_no_contact() -> None:
    found = read(network(entity("abuse"), name="NON-RIPE-NCC-MANAGED-ADDRESS-BLOCK"))
    assert found.reaches == ()
    assert "gave to nobody" in found.refused[0]


def test_telephone_numbers_are_taken_and_fax_numbers_are_not() -> None:
    card = [
        "vcard",
        [
            ["fn", {}, "text", "Desk"],
            ["tel", {"type": ["work", "voice"]}, "uri", "tel:+44-20-7946-0000"],
            ["tel", {"type": "fax"}, "text", "+44 20 7946 0001"],
        ],
    ]
    assert told(read(network(entity("abuse", vcardArray=card)))) == [("+442079460000", ("abuse",))]


@pytest.mark.parametrize(
    ("mail", "why"),
    [
        ("a@isp.example\r\nBcc: x@y.example", "control"),
        ("a@isp.example, b@isp.example", "list"),
        ("noreply@isp.example", "nobody reads it"),
        ("call us", "no mail address"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_with_the_reason(mail: str, why: str) -> None:
    found = read(network(entity("abuse", mail=mail)))
    assert found.reaches == ()
    assert why in found.refused[0]


@pytest.mark.parametrize(
    "broken",
    [
        {"entities": None},
        {"entities": [1, "x", None, {}]},
        {"entities": [{"roles": "abuse"}]},
        {"entities": [{"roles": ["abuse", 3]}]},
        {"entities": [{"roles": ["abuse"], "vcardArray": []}]},
        {"entities": [{"roles": ["abuse"], "vcardArray": ["vcard"]}]},
        {"entities": [{"roles": ["abuse"], "vcardArray": ["vcard", [["email"], 3, ["email", {}, "text", None]]]}]},
        {"entities": [{"roles": ["abuse"], "vcardArray": ["vcard", [["email", None, "text", ["", 4]]]]}]},
        {"country": 7, "name": ["x"], "handle": None},
    ],
)
def test_missing_parts_are_told_and_stop_nothing(broken: dict[str, object]) -> None:
    found = read(network(**broken))
    assert found.reaches == ()
    assert any("nobody who can be reached" in each for each in found.faults)


def test_the_registrys_other_parties_are_no_contacts() -> None:
    assert read(network(entity("sponsor"), entity("registrar"), entity())).reaches == ()


def test_entities_without_end_are_stopped() -> None:
    nested: dict[str, object] = entity("abuse")
    for _ in range(50):
        nested = entity("abuse", entities=[nested])
    assert "too many entities" in " ".join(read(network(nested)).faults)
    many = [entity("abuse", mail=f"a{number}@isp.example") for number in range(500)]
    assert len(read(network(*many)).reaches) <= 200


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<html>", "no object in JSON"),
        (b"[]", "no object in JSON"),
        (b"[" * 100_000, "no object in JSON"),
        (b"x" * 2_000_001, "more than"),
        (b'{"errorCode": 404, "title": "Not Found"}', "404"),
        (b'{"objectClassName": "domain"}', "neither"),
        (network(startAddress="192.0.2.9", endAddress="192.0.2.1"), "belong together"),
        (network(endAddress="2001:db8::1"), "belong together"),
        (network(startAddress=None), "which addresses"),
        (autnum(first="64500"), "which AS numbers"),
        (autnum(first=9, last=8), "which AS numbers"),
    ],
)
def test_what_is_no_answer_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read(content, "64500" if b"autnum" in content else "192.0.2.7")


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        (network(), "198.51.100.1"),
        (network(), "2001:db8::1"),
        (network(), "64500"),
        (autnum(), "64501"),
        (autnum(), "192.0.2.7"),
    ],
)
def test_an_answer_about_something_else_is_none(content: bytes, asked: str) -> None:
    with pytest.raises(ValueError, match="it is about"):
        read(content, asked)


def test_the_whole_of_the_numbers_has_no_contact() -> None:
    whole = network(entity("abuse"), startAddress="0.0.0.0", endAddress="255.255.255.255", name="")
    assert read(whole).reaches == ()
    assert "gave to nobody" in read(whole).refused[0]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["roles", "vcardArray", "entities", "lang"]), inner)
    ),
)


@given(JSON)
def test_no_answer_however_odd_breaks_the_reader(odd: object) -> None:
    read(
        json.dumps(
            {**json.loads(network()), "entities": [odd, {"roles": ["abuse"], "vcardArray": ["v", odd]}]}
        ).encode()
    )
