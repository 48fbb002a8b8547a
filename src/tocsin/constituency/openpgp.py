"""OpenPGP certificates of those we write to, and what they signed: judged at a given moment.

The library encrypts to a certificate that is revoked or expired without a word, so a key with ``faults`` must not be
handed to it. Source: RFC 9580, sections 5.2 (signatures), 7 (cleartext signatures) and 10.1 (certificates).
``pysequoia`` is in the extra ``notify`` and is imported where it is used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from typing import TYPE_CHECKING

from tocsin.constituency.mailboxes import read_mailbox, shorten
from tocsin.errors import WorkspaceError

if TYPE_CHECKING:
    from pysequoia import Cert

_MOST_BYTES = 1_000_000
_SECRET_FIRST = tuple(bytes([tag]) for tag in (0x94, 0x95, 0x96, 0x97, 0xC5))  # a binary secret key begins so
_IN_BRACKETS = re.compile(r"<([^<>]+)>\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A certificate: ``mailboxes`` are those of its user ids, ``faults`` why nothing may be encrypted to it now."""

    fingerprint: str
    armored: str
    user_ids: tuple[str, ...]
    mailboxes: tuple[str, ...]
    expires_at: datetime | None
    faults: tuple[str, ...]

    def is_for(self, mailbox: str) -> bool:
        """Whether it says that it is this mailbox's."""
        return mailbox.lower() in (each.lower() for each in self.mailboxes)

    def as_json(self) -> dict[str, object]:
        return {
            "fingerprint": self.fingerprint,
            "user_ids": list(self.user_ids),
            "expires_at": self.expires_at and self.expires_at.isoformat(),
            "faults": list(self.faults),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What a cleartext signature covers, and by which certificate; nothing when none of those given made it."""

    content: bytes | None
    fingerprint: str | None
    fault: str | None


def read_key(armored: bytes, *, now: datetime) -> Key:
    """The one certificate in ``armored`` (or binary), judged at ``now``. Raises ``ValueError`` for what is none."""
    if len(armored) > _MOST_BYTES:
        raise ValueError(f"a key of more than {_MOST_BYTES:,} bytes")
    certificates = _split(armored)
    if len(certificates) != 1:
        raise ValueError(f"{len(certificates)} keys where one is expected")
    certificate = certificates[0]
    if b"PRIVATE KEY BLOCK" in armored or armored[:1] in _SECRET_FIRST:
        raise ValueError("it holds a secret key: give the public one alone")
    user_ids = tuple(str(each) for each in certificate.user_ids)
    return Key(
        fingerprint=certificate.fingerprint.upper(),
        armored=str(certificate),
        user_ids=user_ids,
        mailboxes=tuple(filter(None, map(_mailbox_in, user_ids))),
        expires_at=certificate.expiration,
        faults=_faults(certificate, now),
    )


def check_signed(text: bytes, keys: Sequence[Key], *, now: datetime) -> Signed:
    """Whether one of ``keys`` made the cleartext signature of ``text``, and exactly what it covers."""
    sequoia = _sequoia()
    certificates = {each.fingerprint: sequoia.Cert.from_bytes(each.armored.encode()) for each in keys}
    try:
        found = sequoia.verify(bytes=text, store=lambda _ids: list(certificates.values()))
    except RuntimeError as fault:
        return Signed(content=None, fingerprint=None, fault=f"the signature does not hold: {_first_line(fault)}")
    signer = next((str(each.certificate).upper() for each in found.valid_sigs), None)
    key = next((each for each in keys if each.fingerprint == signer), None)
    if key is None or found.bytes is None:
        return Signed(content=None, fingerprint=None, fault="the signature is by none of the keys given")
    if _faults(certificates[key.fingerprint], now, to_encrypt=False):
        return Signed(content=None, fingerprint=signer, fault=f"the key that signed it, {signer}, is no longer good")
    return Signed(content=found.bytes, fingerprint=signer, fault=None)


def _faults(certificate: Cert, now: datetime, *, to_encrypt: bool = True) -> tuple[str, ...]:
    faults = list[str]()
    if certificate.is_revoked:
        faults.append("it is revoked")
    if certificate.expiration is not None and certificate.expiration <= now:
        faults.append(f"it expired on {certificate.expiration:%Y-%m-%d}")
    if to_encrypt and not faults:
        try:
            _sequoia().encrypt(b"", recipients=[certificate])
        except RuntimeError as fault:
            faults.append(f"nothing can be encrypted to it: {_first_line(fault)}")
    return tuple(faults)


def _split(armored: bytes) -> list[Cert]:
    try:
        found: list[Cert] = _sequoia().Cert.split_bytes(armored)
        return found
    except RuntimeError as fault:
        raise ValueError(f"{shorten(armored[:60].decode('utf-8', 'replace'))} is no OpenPGP key") from fault


def _mailbox_in(user_id: str) -> str | None:
    match = _IN_BRACKETS.search(user_id)
    try:
        return read_mailbox(match[1] if match else user_id)
    except ValueError:
        return None


def _first_line(fault: Exception) -> str:
    return str(fault).strip().partition("\n")[0][:200]


def _sequoia() -> ModuleType:
    try:
        import pysequoia
    except ImportError as error:
        raise WorkspaceError(
            "keys need a library that is not installed: pysequoia", remedy="pip install 'tocsin[notify]'"
        ) from error
    return pysequoia
