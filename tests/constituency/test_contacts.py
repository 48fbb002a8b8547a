"""Contacts as values, and their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.constituency.reaching import NOW, contact, ranked

from tocsin.constituency.contacts import Remove, language_tag, make_contact, rank, registry_contacts, sort_roles
from tocsin.constituency.mailboxes import Target


def addresses(*candidates: object) -> list[str]:
    return [each.contact.address for each in rank(candidates)]  # type: ignore[arg-type]  # made by ranked


def test_a_persons_entry_outranks_every_automatic_one() -> None:
    assert addresses(
        ranked("registry@council.example"),
        ranked(contact("txt@council.example", source="security.txt"), Remove.DOMAIN),
        ranked(contact("person@elsewhere.example", subject="network:192.0.2.0/24", source="person"), Remove.NETWORK),
    ) == ["person@elsewhere.example", "registry@council.example", "txt@council.example"]


def test_a_persons_entry_about_the_country_does_not_come_before_the_constituents_own() -> None:
    assert addresses(
        ranked(contact("cert@cert.example", subject="country:GB", source="person"), Remove.COUNTRY),
        ranked(contact("other@cert.example", subject="country:GB", source="directory"), Remove.COUNTRY),
        ranked("registry@council.example"),
    ) == ["registry@council.example", "cert@cert.example", "other@cert.example"]


def test_the_nearer_remove_then_the_better_role_comes_first() -> None:
    provider = {"subject": "network:192.0.2.0/24", "source": "rdap"}
    assert addresses(
        ranked(contact("abuse@isp.example", **provider, roles=("abuse",)), Remove.PROVIDER),  # type: ignore[arg-type]
        ranked(contact("noc@isp.example", **provider, roles=("noc",)), Remove.PROVIDER),  # type: ignore[arg-type]
        ranked(contact("abuse@council.example", **provider, roles=("abuse",)), Remove.NETWORK),  # type: ignore[arg-type]
        ranked(contact("txt@council.example", source="security.txt"), Remove.DOMAIN),
    ) == ["txt@council.example", "abuse@council.example", "noc@isp.example", "abuse@isp.example"]


def test_an_address_stands_once_and_takes_language_and_key_from_the_others() -> None:
    first, *others = rank(
        [
            ranked(
                contact("Security@council.example", source="security.txt", language="de", key="A" * 40), Remove.DOMAIN
            ),
            ranked("security@council.example"),
        ]
    )
    assert others == []
    assert (first.contact.source, first.contact.language, first.contact.key) == ("registry", "de", "A" * 40)


def test_an_address_set_aside_is_so_from_every_source_but_a_person() -> None:
    aside = ranked("security@council.example", set_aside="wrong contact")
    again = ranked(contact(source="security.txt"), Remove.DOMAIN)
    other = ranked("it@council.example")
    assert addresses(aside, again, other) == ["it@council.example", "security@council.example"]
    assert rank([aside, again])[0].known.set_aside == "wrong contact"
    entered = ranked(contact(source="person"))
    assert rank([aside, again, entered])[0].known.set_aside is None


def test_the_same_contact_found_again_has_the_same_id() -> None:
    assert contact().id == replace(contact(), seen_at=NOW + timedelta(days=3), name="x").id
    assert contact().id != contact(source="person").id


def test_it_expires_by_its_source_or_before_where_that_is_said() -> None:
    target = Target(channel="mail", address="a@council.example")
    made = make_contact("asn:64500", target, source="rdap", pointer="p", now=NOW)
    assert made.expires_at == NOW + timedelta(days=90)
    soon = make_contact("asn:64500", target, source="rdap", pointer="p", now=NOW, expires_at=NOW + timedelta(days=2))
    assert soon.expires_at == NOW + timedelta(days=2)
    assert ranked(soon).known.is_expired(NOW + timedelta(days=3))
    assert not ranked(soon).known.is_expired(NOW)


def test_names_cannot_break_out_of_a_line() -> None:
    target = Target(channel="mail", address="a@council.example")
    made = make_contact("asn:64500", target, source="rdap", pointer="p", now=NOW, name="Desk\r\nBcc: x@y.example\x00")
    assert made.name == "Desk Bcc: x@y.example"


@pytest.mark.parametrize(
    ("text", "tag"),
    [("de", "de"), ("DE_at", "de-AT"), ("zh-hant-tw", "zh-Hant-TW"), ("german", ""), ("", ""), ("d", ""), ("e\n", "")],
)
def test_a_language_is_a_tag_or_nothing(text: str, tag: str) -> None:
    assert language_tag(text) == tag


def test_roles_have_an_order_and_unknown_ones_are_other() -> None:
    assert sort_roles(["abuse", "security", "abuse", "janitor"]) == ("security", "abuse", "other")


def test_a_registrys_contacts_are_its_owners() -> None:
    found, faults = registry_contacts("council", ["it@council.example", "nonsense"], registry="r.csv", now=NOW)
    assert [(each.address, each.roles, each.subject) for each in found] == [
        ("it@council.example", ("owner",), "constituent:council")
    ]
    assert len(faults) == 1


def test_whoever_enters_a_contact_is_named() -> None:
    with pytest.raises(ValueError, match="author"):
        replace(contact(), source="person")
    with pytest.raises(ValueError, match="no such subject"):
        replace(contact(), subject="planet:earth")


def test_contacts_of_one_file_keep_its_order() -> None:
    made = [
        replace(
            contact(address, subject="domain:council.example", source="security.txt"), pointer=f"https://x.example:{n}"
        )
        for n, address in ((12, "a@council.example"), (3, "z@council.example"), (4, "m@council.example"))
    ]
    assert addresses(*(ranked(each, Remove.DOMAIN) for each in made)) == [
        "z@council.example",
        "m@council.example",
        "a@council.example",
    ]
