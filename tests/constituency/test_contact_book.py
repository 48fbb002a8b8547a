"""Everybody who can be told about a constituent's services."""

from __future__ import annotations

from tests.constituency.reaching import contact

from tocsin.constituency import Constituent, Contact, Holding, Known, Ranked, Remove
from tocsin.constituency.contact_book import ContactBook, Place, mail_domains
from tocsin.provenance import Pointer


def constituent(id_: str, *holdings: tuple[str, str], provider: bool = False, country: str = "GB") -> Constituent:
    return Constituent(
        id=id_,
        name=f"Example {id_}",
        kind="organisation",
        country=country,
        sector="",
        public_body=False,
        parent=None,
        contacts=(),
        holdings=tuple(
            Holding(kind=kind, value=value, provider=provider, pointer=Pointer(source="r.csv", line=2))
            for kind, value in holdings
        ),
        registry="r",
    )


COUNCIL = constituent("council", ("domain", "council.example"), ("network", "192.0.2.0/26"), ("asn", "64500"))
HOSTER = constituent("hoster", ("network", "198.51.100.0/24"), ("asn", "64510"), provider=True)


def rdap(address: str, subject: str) -> Contact:
    return contact(address, subject=subject, source="rdap", roles=("abuse",))


def told(contacts: list[Contact], *places: Place, whose: Constituent = COUNCIL) -> list[tuple[str, Remove, object]]:
    known = [Known(contact=each, valid_until=None, set_aside=None) for each in contacts]
    found = ContactBook(known, [COUNCIL, HOSTER]).of(whose, places)
    return [(each.contact.address, each.remove, each.addresses and sorted(each.addresses)) for each in found]


def test_its_own_come_from_itself_its_domains_networks_and_as_numbers() -> None:
    contacts = [
        rdap("as@council.example", "asn:64500"),
        rdap("net@council.example", "network:192.0.2.0/27"),
        contact("txt@council.example", subject="domain:council.example", source="security.txt"),
        contact("own@council.example"),
        contact("other@bakery.example", subject="constituent:bakery"),
        rdap("as@bakery.example", "asn:64501"),
    ]
    assert told(contacts) == [
        ("own@council.example", Remove.OWN, None),
        ("txt@council.example", Remove.DOMAIN, None),
        ("as@council.example", Remove.NETWORK, None),
        ("net@council.example", Remove.NETWORK, None),
    ]


def test_a_network_around_its_own_is_the_providers_and_told_of_what_stands_there_only() -> None:
    contacts = [rdap("abuse@isp.example", "network:192.0.2.0/24"), rdap("far@isp.example", "network:192.0.0.0/16")]
    found = told(contacts, Place(address="192.0.2.7"), Place(address="192.0.2.8"), Place(address="203.0.113.1"))
    assert found == [("abuse@isp.example", Remove.PROVIDER, ["192.0.2.7", "192.0.2.8"])]


def test_a_registered_provider_is_told_of_services_in_its_network_or_as() -> None:
    contacts = [contact("abuse@hoster.example", subject="constituent:hoster")]
    assert told(contacts, Place(address="198.51.100.9")) == [
        ("abuse@hoster.example", Remove.PROVIDER, ["198.51.100.9"])
    ]
    assert told(contacts, Place(address="203.0.113.9", asn=64510)) == [
        ("abuse@hoster.example", Remove.PROVIDER, ["203.0.113.9"])
    ]
    assert told(contacts, Place(address="203.0.113.9", asn=64999)) == []
    assert told(contacts, Place(address="198.51.100.9"), whose=HOSTER) == [("abuse@hoster.example", Remove.OWN, None)]


def test_the_country_of_the_address_is_told_and_else_that_of_the_constituent() -> None:
    certs = [
        contact(f"cert@{code.lower()}.example", subject=f"country:{code}", source="directory") for code in ("GB", "IE")
    ]
    found = told(certs, Place(address="203.0.113.1", country="IE"), Place(address="203.0.113.2"))
    assert found == [
        ("cert@gb.example", Remove.COUNTRY, ["203.0.113.2"]),
        ("cert@ie.example", Remove.COUNTRY, ["203.0.113.1"]),
    ]


def test_one_desk_found_by_two_ways_of_one_remove_is_told_of_both() -> None:
    contacts = [rdap("abuse@isp.example", "network:203.0.113.0/24"), rdap("abuse@isp.example", "asn:64777")]
    found = told(contacts, Place(address="203.0.113.1"), Place(address="198.51.100.1", asn=64777))
    assert found == [("abuse@isp.example", Remove.PROVIDER, ["198.51.100.1", "203.0.113.1"])]


def test_domains_of_mail() -> None:
    known = [
        Known(contact=each, valid_until=None, set_aside=None)
        for each in (contact("a@b.example"), contact("+442079460000", channel="phone"), contact("c@a.example"))
    ]
    ranked = [Ranked(known=each, remove=Remove.OWN) for each in known]
    assert mail_domains({"council": ranked}) == ("a.example", "b.example")
