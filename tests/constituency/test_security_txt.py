"""security.txt files good, sloppy and hostile. Source of the rules: RFC 9116."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pysequoia
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.constituency.reaching import NOW

from tocsin.constituency.openpgp import Key, read_key
from tocsin.constituency.security_txt import MOST_BYTES, SecurityTxt, domain_contacts, read_security_txt

ASKED = "https://council.example/.well-known/security.txt"
PLAIN = """\
# Our security address
Contact: mailto:security@council.example
Contact: https://council.example/report
Contact: tel:+44-20-7946-0000
Expires: 2021-12-31T23:00:00.000Z
Preferred-Languages: de-at, en
Canonical: https://council.example/.well-known/security.txt
Encryption: openpgp4fpr:5F2DE5521C63A801AB59CCB603D49DE44B29100F
Policy: https://council.example/policy
"""
SOON = datetime.now(UTC) + timedelta(hours=1)
SIGNER = pysequoia.Tsk.generate("security@council.example")


def read(text: str | bytes, *, found_at: str = ASKED, now: datetime = NOW, keys: tuple[Key, ...] = ()) -> SecurityTxt:
    content = text.encode() if isinstance(text, str) else text
    return read_security_txt(content, domain="council.example", asked=ASKED, found_at=found_at, now=now, keys=keys)


def test_contacts_come_in_the_files_own_order() -> None:
    found = read(PLAIN)
    assert [each.address for each in found.targets] == [
        "security@council.example",
        "https://council.example/report",
        "+442079460000",
    ]
    assert (found.blockers, found.faults) == ((), ())
    assert found.languages == ("de-AT", "en")
    assert found.fingerprint() == "5F2DE5521C63A801AB59CCB603D49DE44B29100F"


def test_a_contact_has_its_language_its_key_and_the_files_expiry() -> None:
    mail, form, _phone = domain_contacts(read(PLAIN), domain="council.example", pointer=ASKED, now=NOW)
    assert (mail.subject, mail.language, mail.roles) == ("domain:council.example", "de-AT", ("security",))
    assert mail.key == "5F2DE5521C63A801AB59CCB603D49DE44B29100F"
    assert form.key is None
    assert mail.expires_at == datetime(2021, 12, 31, 23, tzinfo=UTC)


def test_line_ends_of_either_sort_and_names_in_any_case() -> None:
    assert read(PLAIN.replace("\n", "\r\n").replace("Contact", "CONTACT")) == read(PLAIN)


@pytest.mark.parametrize(
    ("change", "blocker"),
    [
        (("2021-12-31", "2021-03-14T09:59:59Z#"), "no moment"),
        (("2021-12-31T23:00:00.000Z", "2021-03-14T09:59:59Z"), "expired on 2021-03-14"),
        (("2021-12-31T23:00:00.000Z", "2021-03-14T10:30:00+01:00"), "expired on 2021-03-14"),
        (("2021-12-31T23:00:00.000Z", "next year"), "no moment"),
        (("2021-12-31T23:00:00.000Z", "2021-13-31T23:00:00Z"), "no moment"),
        (("Expires: 2021-12-31T23:00:00.000Z\n", ""), "does not say when"),
        (("Expires:", "Expires: 2030-01-01T00:00:00Z\nExpires:"), "2 fields Expires"),
        (("Preferred-Languages:", "Preferred-Languages: en\nPreferred-Languages:"), "2 fields Preferred-Languages"),
        (("Canonical: https://council", "Canonical: https://other"), "file of 'https://other.example"),
        (("Contact:", "Kontakt:"), "no contact"),
    ],
)
def test_what_may_not_be_used_says_why(change: tuple[str, str], blocker: str) -> None:
    found = read(PLAIN.replace(*change))
    assert any(blocker in each for each in found.blockers), found.blockers
    assert domain_contacts(found, domain="council.example", pointer=ASKED, now=NOW) == ()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Contact: security@council.example", "lacks its mailto"),
        ("Contact: http://council.example/report", "no https"),
        ("Contact: mailto:a@council.example%0aBcc:x@y.example", "control"),
        ("Contact: mailto:a@council.example,b@council.example", "list"),
        ("Contact: javascript:alert(1)", "cannot be used"),
        ("just words", "is no field"),
        ("\x1b[31mContact: x", "is no field"),
    ],
)
def test_one_bad_line_costs_itself_only(line: str, fault: str) -> None:
    found = read(PLAIN + line + "\n")
    assert len(found.faults) == 1
    assert fault in found.faults[0]
    assert "\x1b" not in found.faults[0]
    assert len(found.targets) == 3
    assert found.blockers == ()


def test_a_far_expiry_is_told_and_does_not_block() -> None:
    found = read(PLAIN.replace("2021-12-31", "2031-12-31"))
    assert found.faults == ("it expires in more than a year",)
    assert found.blockers == ()


@pytest.mark.parametrize(
    ("content", "blocker"),
    [
        (b"#" * (MOST_BYTES + 1), "more than 65,536 bytes"),
        (b"#\n" * 2000, "more than 1,000 lines"),
        (b"\xff\xfe", "no UTF-8"),
        (b"<!doctype html><html>Contact: mailto:a@council.example", "a page"),
        (b"Contact: a\0b", "no text"),
        (b"", "no contact"),
    ],
)
def test_what_is_no_such_file_is_blocked(content: bytes, blocker: str) -> None:
    assert any(blocker in each for each in read(content).blockers)


def test_on_anothers_site_it_must_say_that_it_is_for_the_domain() -> None:
    elsewhere = "https://files.elsewhere.example/security.txt"
    assert read(PLAIN, found_at=elsewhere).blockers == ()
    silent = PLAIN.replace("Canonical: https://council.example/.well-known/security.txt\n", "")
    assert "another's site" in read(silent, found_at=elsewhere).blockers[0]
    assert read(silent, found_at="https://www.council.example/.well-known/security.txt").blockers == ()
    assert "another's" in read(silent, found_at="https://council.example.elsewhere.example/").blockers[0]


def signed(text: str) -> bytes:
    made: bytes = pysequoia.sign(SIGNER.signer(), text.encode(), mode=pysequoia.SignatureMode.CLEAR)
    return made


def key_of(owner: pysequoia.Tsk) -> Key:
    return read_key(str(owner.extract_certificate()).encode(), now=SOON)


LASTING = PLAIN.replace("2021-12-31", f"{SOON.year + 1}-{SOON.month:02d}-01")


def test_a_signature_by_a_known_key_is_told() -> None:
    found = read(signed(LASTING), now=SOON, keys=(key_of(SIGNER),))
    assert found.signed_by == key_of(SIGNER).fingerprint
    assert (found.is_signed, found.blockers, found.faults) == (True, (), ())
    assert len(found.targets) == 3


def test_a_signature_by_an_unknown_key_is_told_and_does_not_block() -> None:
    found = read(signed(LASTING), now=SOON)
    assert (found.is_signed, found.signed_by, found.blockers) == (True, None, ())
    assert found.faults == ("it is signed by a key that is not known here",)


def test_a_signature_that_does_not_hold_blocks() -> None:
    broken = signed(LASTING).replace(b"security@council", b"security@coumcil")
    assert "does not hold" in read(broken, now=SOON, keys=(key_of(SIGNER),)).blockers[0]
    other = pysequoia.Tsk.generate("security@council.example")
    assert "does not hold" in read(signed(LASTING), now=SOON, keys=(key_of(other),)).blockers[0]
    cut = signed(LASTING).partition(b"-----BEGIN PGP SIGNATURE")[0]
    assert "cut off" in read(cut, now=SOON).blockers[0]


@pytest.mark.parametrize("with_key", [True, False])
def test_what_stands_outside_the_signature_does_not_count(with_key: bool) -> None:
    around = (
        b"Contact: mailto:evil@elsewhere.example\n" + signed(LASTING) + b"\nContact: mailto:evil@elsewhere.example\n"
    )
    found = read(around, now=SOON, keys=(key_of(SIGNER),) if with_key else ())
    assert "evil@elsewhere.example" not in [each.address for each in found.targets]
    assert "outside" in found.faults[0]


PIECES = [
    "Contact:",
    " mailto:",
    "a@council.example",
    "%0d%0a",
    "Expires: ",
    "2021-12-31T23:00:00Z",
    "\n",
    "\r",
    "- ",
    ":",
]
PIECES += [
    "-----BEGIN PGP SIGNED MESSAGE-----\n",
    "-----BEGIN PGP SIGNATURE-----\n",
    "-----END PGP SIGNATURE-----",
    "\u202e",
]


@given(
    st.binary(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=30).map(lambda parts: "".join(parts).encode())
)
def test_no_file_however_odd_breaks_the_reader_or_a_line(content: bytes) -> None:
    found = read(content)
    assert all(each.address.isprintable() for each in found.targets)
    assert all(each.isprintable() for each in (*found.blockers, *found.faults))
    assert found.targets or found.blockers


def test_contacts_know_their_lines() -> None:
    assert read(PLAIN).lines == (2, 3, 4)
    (first, *_) = domain_contacts(read(PLAIN), domain="council.example", pointer=ASKED, now=NOW)
    assert first.pointer == f"{ASKED}:2"
