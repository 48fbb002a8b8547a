"""The message of one notice, byte for byte: headers, text and HTML, attachments, signed or encrypted.

Written by hand and not with ``email``: the same input must give the same bytes whatever the version of Python, a
signature must survive every relay (7 bits, no blank at a line's end: RFC 3156, section 3), and no name from a registry
may become a header. Sources: RFC 5322, 2045–2047, 2231; RFC 3156 (PGP/MIME); RFC 3834 (Auto-Submitted); RFC 8058
(one-click unsubscribing).

There is no ``Precedence``: it is in no standard, and "bulk" keeps a warning from being read. ``Auto-Submitted:
auto-generated`` is what keeps absence notes away.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from tocsin.notices._headers import address_text, header, mailbox, message_id, parameter, unsubscribe
from tocsin.notices.plain import plain

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_QUOTED = "Content-Transfer-Encoding: quoted-printable"


class Signer(Protocol):
    """Signs a MIME part. ``micalg`` names the digest as RFC 3156 does: ``pgp-sha512``."""

    micalg: str

    def sign(self, part: bytes) -> bytes:
        """An armoured detached signature over the bytes of the part."""
        ...


class Encrypter(Protocol):
    """Encrypts a MIME part for its recipient, signed within."""

    def encrypt(self, part: bytes) -> bytes:
        """An armoured OpenPGP message."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file beside the letter. ``kind`` is its media type, such as ``text/csv``."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """The headers of a message. ``message_id`` and ``in_reply_to`` with their angles; ``unsubscribe`` an https address.

    ``outer_subject`` stands where an encrypted message shows its subject to all: it must name nobody.
    """

    sender_name: str
    sender_address: str
    reply_to: str
    recipient_name: str
    recipient_address: str
    subject: str
    outer_subject: str
    message_id: str
    in_reply_to: str
    unsubscribe: str
    language: str
    date: datetime


def compose(
    envelope: Envelope,
    *,
    text: str,
    html: str,
    attachments: Sequence[Attachment],
    signer: Signer | None = None,
    encrypter: Encrypter | None = None,
) -> bytes:
    """The message, lines ending in CRLF: encrypted if there is an ``encrypter``, else signed if there is a ``signer``.

    The same arguments give the same bytes, but for what an OpenPGP signature or encryption adds of its own.
    Raises ``ValueError`` for an address that no mail can be sent to.
    """
    mark = hashlib.sha256(envelope.message_id.encode()).hexdigest()[:24]
    hidden = [header("Subject", envelope.subject)] if encrypter else []
    content = _content(text, html, attachments, envelope.language, mark, hidden)
    if encrypter is not None:
        body = _encrypted(encrypter.encrypt(content), mark)
    elif signer is not None:
        body = _signed(content, signer, mark)
    else:
        body = content
    subject = envelope.outer_subject if encrypter else envelope.subject
    return "".join(f"{line}\r\n" for line in _headers(envelope, subject)).encode("ascii") + body


def _headers(envelope: Envelope, subject: str) -> list[str]:
    lines = [
        f"Date: {_date_text(envelope.date)}",
        mailbox("From", envelope.sender_name, envelope.sender_address),
        mailbox("To", envelope.recipient_name, envelope.recipient_address),
        f"Message-ID: {message_id(envelope.message_id)}",
        header("Subject", subject),
    ]
    if envelope.reply_to:
        lines.append(f"Reply-To: {address_text(envelope.reply_to)}")
    if envelope.in_reply_to:
        earlier = message_id(envelope.in_reply_to)
        lines += [f"In-Reply-To: {earlier}", f"References: {earlier}"]
    if envelope.unsubscribe:
        lines += unsubscribe(envelope.unsubscribe)
    return [*lines, "Auto-Submitted: auto-generated", "MIME-Version: 1.0"]


def _date_text(moment: datetime) -> str:
    """In English whatever the machine's locale. Raises ``ValueError`` for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    at = moment.astimezone(UTC)
    return f"{_DAYS[at.weekday()]}, {at.day:02} {_MONTHS[at.month - 1]} {at:%Y %H:%M:%S} +0000"


def _content(
    text: str, html: str, attachments: Sequence[Attachment], language: str, mark: str, hidden: list[str]
) -> bytes:
    """The part that is signed or encrypted; ``hidden`` headers travel inside of it."""
    alternative = _many(
        "alternative", f"=_alt_{mark}", [_words("plain", text, language), _words("html", html, language)]
    )
    files = [_file(attachment) for attachment in attachments]
    return _many("mixed", f"=_mix_{mark}", [alternative, *files], hidden=hidden)


def _many(
    kind: str, boundary: str, parts: Sequence[bytes], *, parameters: str = "", hidden: Sequence[str] = ()
) -> bytes:
    """A multipart; no line of a part can be its boundary, since neither quoted-printable nor base64 writes ``=_``."""
    protected = '; protected-headers="v1"' if hidden else ""
    begin = f'Content-Type: multipart/{kind}{parameters}{protected};\r\n boundary="{boundary}"\r\n'
    begin += "".join(f"{line}\r\n" for line in hidden)
    pieces = [begin.encode("ascii")]
    pieces += [f"\r\n--{boundary}\r\n".encode("ascii") + part for part in parts]
    pieces.append(f"\r\n--{boundary}--\r\n".encode("ascii"))
    return b"".join(pieces)


def _words(kind: str, text: str, language: str) -> bytes:
    head = [f"Content-Type: text/{kind}; charset=utf-8", _QUOTED, f"Content-Language: {language}"]
    return ("\r\n".join(head) + "\r\n\r\n").encode("ascii") + _quoted(text)


def _quoted(text: str) -> bytes:
    """Quoted-printable that no relay changes: no blank at an end, no line that begins with ``From ``."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
    made = _crlf(binascii.b2a_qp(lines, quotetabs=False, istext=True, header=False))
    made = made.replace(b"\r\nFrom ", b"\r\n=46rom ")
    return b"=46rom " + made[5:] if made.startswith(b"From ") else made


def _file(attachment: Attachment) -> bytes:
    name = parameter("filename", plain(attachment.name, 120).replace("/", "_").replace("\\", "_"))
    charset = "; charset=utf-8" if attachment.kind.startswith("text/") else ""
    head = [
        f"Content-Type: {attachment.kind}{charset}",
        f"Content-Disposition: attachment;\r\n {name}",
        "Content-Transfer-Encoding: base64",
    ]
    body = base64.encodebytes(attachment.content).replace(b"\n", b"\r\n")
    return ("\r\n".join(head) + "\r\n\r\n").encode("ascii") + body


def _signed(content: bytes, signer: Signer, mark: str) -> bytes:
    """RFC 3156, section 5: what is signed is the part with its headers, without the line end before the boundary."""
    signature = _crlf(signer.sign(content))
    head = 'Content-Type: application/pgp-signature; name="signature.asc"\r\nContent-Description: OpenPGP signature\r\n'
    parts = [content, f"{head}\r\n".encode("ascii") + signature]
    how = f'; micalg={signer.micalg};\r\n protocol="application/pgp-signature"'
    return _many("signed", f"=_sig_{mark}", parts, parameters=how)


def _encrypted(message: bytes, mark: str) -> bytes:
    """RFC 3156, sections 4 and 6.2: signed and encrypted at once."""
    control = b"Content-Type: application/pgp-encrypted\r\nContent-Description: version\r\n\r\nVersion: 1\r\n"
    head = b'Content-Type: application/octet-stream; name="encrypted.asc"\r\nContent-Disposition: inline\r\n\r\n'
    how = ';\r\n protocol="application/pgp-encrypted"'
    return _many("encrypted", f"=_enc_{mark}", [control, head + _crlf(message)], parameters=how)


def _crlf(text: bytes) -> bytes:
    return text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
