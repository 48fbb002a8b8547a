"""The message: what stands in its headers, and that nobody can put anything else there."""

from __future__ import annotations

import email.policy
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.notices.mime import Attachment, Envelope, compose

ENVELOPE = Envelope(
    sender_name="Example CERT",
    sender_address="notices@cert.example",
    reply_to="desk@cert.example",
    recipient_name="Example Council",
    recipient_address="security@council.example",
    subject="3 services of Example Council",
    outer_subject="Notice k3v7q from Example CERT (encrypted)",
    message_id="<k3v7q@cert.example>",
    in_reply_to="",
    unsubscribe="https://notices.cert.example/u/uf.1.k3v7q.abc",
    language="en",
    date=datetime(2021, 3, 15, 9, tzinfo=UTC),
)
TABLE = Attachment(name="findings.csv", kind="text/csv", content=b"a,b\r\n1,2\r\n")
NAMES = {"date", "from", "to", "message-id", "subject", "reply-to", "list-unsubscribe", "list-unsubscribe-post"}
NAMES |= {"auto-submitted", "mime-version", "content-type"}


class Seal:
    """Signs and encrypts nothing, visibly."""

    micalg = "pgp-sha512"
    seen = b""

    def sign(self, part: bytes) -> bytes:
        self.seen = part
        return b"-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----\n"

    def encrypt(self, part: bytes) -> bytes:
        self.seen = part
        return b"-----BEGIN PGP MESSAGE-----\n\nx\n-----END PGP MESSAGE-----\n"


def message(envelope: Envelope = ENVELOPE, text: str = "Hello\n", **more: Seal) -> bytes:
    return compose(envelope, text=text, html="<p>Hello</p>\n", attachments=[TABLE], **more)


def parsed(data: bytes) -> EmailMessage:
    found = BytesParser(policy=email.policy.default).parsebytes(data)
    assert isinstance(found, EmailMessage)
    assert [part.defects for part in found.walk() if part.defects] == []
    return found


def test_the_headers_say_who_what_and_that_a_machine_wrote() -> None:
    made = parsed(message())
    assert {name.lower() for name in made} == NAMES
    assert str(made["From"]) == "Example CERT <notices@cert.example>"
    assert made["Date"].datetime == ENVELOPE.date
    assert made["Message-ID"] == "<k3v7q@cert.example>"
    assert made["Auto-Submitted"] == "auto-generated"
    assert made["List-Unsubscribe"] == f"<{ENVELOPE.unsubscribe}>"
    assert made["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_text_comes_before_html_and_files_after_both() -> None:
    made = parsed(message())
    kinds = [part.get_content_type() for part in made.walk()]
    assert kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/csv"]
    table = next(made.iter_attachments())
    assert (table.get_filename(), table.get_payload(decode=True)) == ("findings.csv", TABLE.content)


def test_one_click_needs_https() -> None:
    made = parsed(message(replace(ENVELOPE, unsubscribe="http://127.0.0.1:8000/u/x")))
    assert made["List-Unsubscribe-Post"] is None
    assert parsed(message(replace(ENVELOPE, unsubscribe="")))["List-Unsubscribe"] is None


def test_a_correction_is_a_reply_to_what_it_corrects() -> None:
    made = parsed(message(replace(ENVELOPE, in_reply_to="<a2b3@cert.example>")))
    assert made["In-Reply-To"] == made["References"] == "<a2b3@cert.example>"


def test_the_same_input_gives_the_same_bytes() -> None:
    assert message() == message()


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=2000))
def test_no_name_or_subject_becomes_a_header(name: str, subject: str, text: str) -> None:
    attack = "\r\nBcc: all@example.org\r\n\r\nbody"
    envelope = replace(ENVELOPE, recipient_name=name + attack, subject=subject + attack, sender_name=name)
    data = message(envelope, text)
    made = parsed(data)
    assert {header.lower() for header in made} == NAMES
    assert [str(each.addr_spec) for each in made["To"].addresses] == ["security@council.example"]
    assert [str(each.addr_spec) for each in made["From"].addresses] == ["notices@cert.example"]
    assert all(len(line) <= 998 and line.isascii() for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert "Bcc: all@example.org" in str(made["Subject"])


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=120))
def test_names_in_any_script_arrive(name: str) -> None:
    data = message(replace(ENVELOPE, recipient_name=name, subject=name))
    assert str(parsed(data)["Subject"]) == name
    raw = message_from_bytes(data)["To"].rpartition("<")[0]
    shown = str(make_header(decode_header(raw))).strip()
    assert shown in (name, '"{}"'.format(name.replace("\\", "\\\\").replace('"', '\\"')))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=500))
def test_the_text_arrives_as_it_was_and_no_relay_has_to_change_it(text: str) -> None:
    data = message(text=f"From here\n.\n{text}")
    part = parsed(data).get_body(("plain",))
    assert part is not None
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode().replace("\r\n", "\n") == f"From here\n.\n{text}"
    body = data.partition(b"\r\n\r\n")[2]
    assert all(not line.endswith((b" ", b"\t")) and not line.startswith(b"From ") for line in body.split(b"\r\n"))


@pytest.mark.parametrize(
    ("address", "on_the_wire"),
    [
        ("security@council.example", "security@council.example"),
        ("it@gemeinde-köln.example", "it@xn--gemeinde-kln-ejb.example"),
        ('"it desk"@council.example', '"it desk"@council.example'),
        ("o'neil+abuse@Council.Example", "o'neil+abuse@council.example"),
    ],
)
def test_odd_addresses_that_are_addresses(address: str, on_the_wire: str) -> None:
    assert f"<{on_the_wire}>".encode() in message(replace(ENVELOPE, recipient_address=address))


@pytest.mark.parametrize(
    "address",
    [
        *("", "nobody", "@council.example", "a@", "a@localhost", "a@b@c.example", "a b@council.example"),
        *("a@council.example, b@council.example", "a@council.example>\r\nBcc: <b@c.example", "a@-bad-.example"),
        *("ämter@council.example", "a" * 65 + "@council.example", '"a\r\nb"@council.example', "a@[192.0.2.1]"),
        *("a@council.example\n", "<a@council.example>", "a@" + "b" * 64 + ".example", '"a"b"@council.example'),
    ],
)
def test_what_is_no_single_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"mail address|domain|local part"):
        message(replace(ENVELOPE, recipient_address=address))


@pytest.mark.parametrize(
    "wrong", [{"message_id": "<a b@c>"}, {"unsubscribe": "https://a/ >\r\nBcc: b"}, {"in_reply_to": "x"}]
)
def test_ids_and_links_are_checked(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="is no"):
        message(replace(ENVELOPE, **wrong))  # type: ignore[arg-type]  # texts all


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        message(replace(ENVELOPE, date=datetime(2021, 3, 15)))


def test_what_is_signed_is_the_part_as_it_stands_in_the_message() -> None:
    seal = Seal()
    data = message(signer=seal)
    made = parsed(data)
    assert made.get_content_type() == "multipart/signed"
    assert made.get_param("micalg") == "pgp-sha512"
    assert made.get_param("protocol") == "application/pgp-signature"
    boundary = made.get_boundary()
    assert boundary is not None
    assert data.split(f"\r\n--{boundary}".encode())[1] == b"\r\n" + seal.seen


def test_an_encrypted_message_shows_nobody_what_it_is_about() -> None:
    seal = Seal()
    data = message(encrypter=seal, signer=seal)
    made = parsed(data)
    assert made.get_content_type() == "multipart/encrypted"
    assert [part.get_content_type() for part in made.iter_parts()] == [
        "application/pgp-encrypted",
        "application/octet-stream",
    ]
    assert made["Subject"] == ENVELOPE.outer_subject
    assert b"3 services" not in data
    assert b"Subject: 3 services of Example Council" in seal.seen
    assert b'protected-headers="v1"' in seal.seen


def test_a_file_keeps_its_name_and_only_its_name() -> None:
    for name, kept in (("findings.csv", "findings.csv"), ("../übel\r\nX: y.csv", ".._übel X: y.csv")):
        data = compose(ENVELOPE, text="", html="", attachments=[replace(TABLE, name=name)])
        assert next(parsed(data).iter_attachments()).get_filename() == kept
