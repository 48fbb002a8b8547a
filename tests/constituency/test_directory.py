"""Directories of contacts as CSV."""

from __future__ import annotations

import pytest
from tests.constituency.reaching import NOW

from tocsin.constituency.directory import read_directory, read_fingerprint, read_subject
from tocsin.errors import ConstituencyError

FILE = """\
country,name,mail,phone,language,key,comment
GB,Example CERT,cert@cert.example;night@cert.example,+44 20 7946 0000,en,,x
uk,Other,other@cert.example,,,5F2D E552 1C63 A801 AB59 CCB6 03D4 9DE4 4B29 100F,
"""


def read(text: str):  # type: ignore[no-untyped-def]  # Directory
    return read_directory(text.encode(), source="certs.csv", now=NOW)


def test_a_row_gives_a_contact_for_each_address() -> None:
    found = read(FILE)
    assert [(each.subject, each.channel, each.address, each.roles) for each in found.contacts] == [
        ("country:GB", "mail", "cert@cert.example", ("national",)),
        ("country:GB", "mail", "night@cert.example", ("national",)),
        ("country:GB", "phone", "+442079460000", ("national",)),
        ("country:GB", "mail", "other@cert.example", ("national",)),
    ]
    assert found.contacts[0].pointer == "certs.csv:2"
    assert found.contacts[3].key == "5F2DE5521C63A801AB59CCB603D49DE44B29100F"
    assert (found.rows, found.rejected, found.ignored) == (2, (), ("comment",))


def test_a_bad_row_is_rejected_with_all_its_reasons() -> None:
    found = read('country,mail,roles,language,key\nGBR,"a@x.example, b@x.example",janitor,german,12\nGB,,,,\n')
    assert found.contacts == ()
    first, second = (each.reason for each in found.rejected)
    for part in ("two letters", "list", "janitor", "german", "fingerprint"):
        assert part in first
    assert "no mail, form, phone or post" in second


def test_a_row_may_be_about_another_subject() -> None:
    found = read('subject,post\nnetwork:192.0.2.0/24,"1 Example Street; Exampleton"\n')
    assert found.contacts[0].subject == "network:192.0.2.0/24"
    assert found.contacts[0].address == "1 Example Street; Exampleton"
    assert found.contacts[0].roles == ()


def test_a_file_without_what_is_needed_is_refused() -> None:
    with pytest.raises(ConstituencyError, match="missing"):
        read("country,email\nGB,a@x.example\n")


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("country:el", "country:GR"),
        ("domain:Bücher.example", "domain:xn--bcher-kva.example"),
        ("asn:AS64500", "asn:64500"),
        ("network:192.0.2.7", "network:192.0.2.7/32"),
        ("network:2001:db8::/32", "network:2001:db8::/32"),
        ("constituent:council", "constituent:council"),
    ],
)
def test_subjects_have_one_form(text: str, subject: str) -> None:
    assert read_subject(text) == subject


@pytest.mark.parametrize("text", ["council", "planet:earth", "country:", "asn:x", "network:192.0.2.1/24", "domain:com"])
def test_what_is_no_subject_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_subject(text)


def test_fingerprints() -> None:
    assert read_fingerprint("0x" + "ab" * 20) == "AB" * 20
    with pytest.raises(ValueError, match="fingerprint"):
        read_fingerprint("ABCD1234")
