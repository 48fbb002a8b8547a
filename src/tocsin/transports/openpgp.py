"""OpenPGP for notices: our signature over a MIME part, and encryption to a recipient's key.

Sources: RFC 9580 and RFC 4880 (OpenPGP); RFC 3156 (PGP/MIME).
"""

from __future__ import annotations

import contextlib
import re
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.errors import WorkspaceError
from tocsin.provenance import Pointer

try:
    import pysequoia
except ImportError as error:
    raise WorkspaceError(
        f"signing needs a library that is not installed: {error.name}", remedy="pip install 'tocsin[notify]'"
    ) from error

if TYPE_CHECKING:
    from pysequoia import Cert, PySigner

FILE_LIMIT = 1 << 20
_ANGLES = re.compile(r"<([^<>]+)>\s*$")
_MICALG = {"SHA256": "pgp-sha256", "SHA384": "pgp-sha384", "SHA512": "pgp-sha512", "SHA224": "pgp-sha224"}
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class OpenPgpSigner:
    """Our key, opened. ``micalg`` is the digest that its signatures use; ``fingerprint`` is that of the whole key."""

    def __init__(self, signer: PySigner, *, fingerprint: str, micalg: str, public: str) -> None:
        self.signer = signer
        self.fingerprint = fingerprint
        self.micalg = micalg
        self.public = public

    def sign(self, part: bytes) -> bytes:
        """An armoured detached signature over the bytes of the part."""
        return pysequoia.sign(self.signer, part, mode=pysequoia.SignatureMode.DETACHED)


class OpenPgpEncrypter:
    """Encrypts to one recipient, signed with our key within."""

    def __init__(self, recipient: Cert, signer: OpenPgpSigner | None) -> None:
        self._recipient = recipient
        self._signer = signer

    def encrypt(self, part: bytes) -> bytes:
        """An armoured OpenPGP message."""
        return pysequoia.encrypt(part, [self._recipient], signer=self._signer.signer if self._signer else None)


def open_signer(key_file: Path, passphrase_file: Path | None, *, now: datetime) -> OpenPgpSigner:
    """The key that signs. Raises ``WorkspaceError`` for files that others may read, a key that is expired, revoked, has
    no part that may sign, or does not open with the passphrase.
    """
    where = Pointer(source=str(key_file))
    data = _read_private(key_file)
    secret = _read_private(passphrase_file).decode("utf-8").rstrip("\r\n") if passphrase_file else None
    try:
        key = pysequoia.Tsk.from_bytes(data)
        cert = key.extract_certificate()
    except Exception as fault:  # pysequoia raises bare exceptions
        raise WorkspaceError(
            f"this is no OpenPGP secret key: {fault}",
            where=where,
            remedy="write it with: gpg --armor --export-secret-keys",
        ) from fault
    if what := _worn_out(cert, now):
        raise WorkspaceError(
            f"the key that signs {what}", where=where, remedy="renew it, or name another [openpgp] key"
        )
    try:
        signer = key.signer(secret)
        trial = pysequoia.Sig.from_bytes(pysequoia.sign(signer, b"", mode=pysequoia.SignatureMode.DETACHED))
    except Exception as fault:
        raise WorkspaceError(
            f"the key that signs does not open: {fault}",
            where=where,
            remedy="check passphrase_file, and that the key has a part that may sign",
        ) from fault
    digest = str(trial.hash_algorithm).rpartition(".")[2]
    if digest not in _MICALG:
        raise WorkspaceError(f"the key signs with {digest}, which is too weak", where=where, remedy="name another key")
    return OpenPgpSigner(signer, fingerprint=cert.fingerprint, micalg=_MICALG[digest], public=str(cert))


def open_encrypter(
    armored: str, *, fingerprint: str, address: str, signer: OpenPgpSigner | None, now: datetime
) -> OpenPgpEncrypter:
    """Encryption to the owner of ``address``. Raises ``WorkspaceError`` for a key that ``refusal`` refuses."""
    what = refusal(armored, fingerprint=fingerprint, address=address, now=now)
    if what is not None:
        raise WorkspaceError(
            f"the key {fingerprint} {what}", remedy="ask the recipient for the present key, or send without it"
        )
    return OpenPgpEncrypter(_certificate(armored, fingerprint), signer)


def refusal(armored: str, *, fingerprint: str, address: str, now: datetime) -> str | None:
    """Why mail to ``address`` must not be encrypted to this key; ``None`` when it may.

    The answer goes on from "the key …": it is expired or revoked, is of somebody else, or cannot encrypt.
    """
    try:
        cert = _certificate(armored, fingerprint)
    except ValueError as fault:
        return str(fault)
    if what := _worn_out(cert, now):
        return what
    owners = [_address_in(str(each)) for each in cert.user_ids]
    if _folded(address) not in owners:
        return f"is of {', '.join(sorted(filter(None, owners))) or 'nobody named'}, not of {address}"
    try:
        pysequoia.encrypt(b"", [cert])
    except Exception as fault:
        return f"cannot be encrypted to: {fault}"
    return None


def _certificate(armored: str, fingerprint: str) -> Cert:
    """The one certificate of that fingerprint. Raises ``ValueError``, in words that go on from "the key …"."""
    if len(armored) > FILE_LIMIT:
        raise ValueError(f"has {len(armored):,} characters; a key has at most {FILE_LIMIT:,}")
    try:
        certs = pysequoia.Cert.split_bytes(armored.encode())
    except Exception as fault:
        raise ValueError(f"cannot be read: {fault}") from fault
    for cert in certs:
        if cert.fingerprint == fingerprint.replace(" ", "").lower():
            return cert
    raise ValueError("is not in the text that is stored for it")


def _worn_out(cert: Cert, now: datetime) -> str:
    if cert.is_revoked:
        return "is revoked"
    ends = cert.expiration
    if ends is not None and ends <= now:
        return f"expired on {ends.astimezone(UTC):%Y-%m-%d}"
    return ""


def _address_in(user_id: str) -> str:
    match = _ANGLES.search(user_id)
    return _folded(match[1] if match else user_id)


def _folded(address: str) -> str:
    """For comparing: the domain in A-labels where it has such, all in small letters."""
    local, _, domain = address.strip().rpartition("@")
    with contextlib.suppress(UnicodeError):
        domain = domain.encode("idna").decode("ascii")
    return f"{local}@{domain}".lower()


def _read_private(path: Path) -> bytes:
    where = Pointer(source=str(path))
    try:
        status = path.stat()
        if status.st_mode & _OTHERS:
            raise WorkspaceError("others may read this file", where=where, remedy=f"run: chmod 600 {path}")
        if status.st_size > FILE_LIMIT:
            raise WorkspaceError("is too large for a key", where=where, remedy="name the key's own file")
        return path.read_bytes()
    except OSError as fault:
        raise WorkspaceError(f"cannot be read: {fault.strerror}", where=where, remedy="check notify.toml") from fault
