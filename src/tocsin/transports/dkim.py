"""DKIM: our domain's signature over a whole message. Sources: RFC 6376, RFC 8301 (rsa-sha256), RFC 8463 (Ed25519)."""

from __future__ import annotations

import base64
import binascii
import stat
from pathlib import Path

from tocsin.errors import WorkspaceError
from tocsin.provenance import Pointer

try:
    import dkim  # type: ignore[import-untyped]  # ships no type hints
    import dkim.crypto  # type: ignore[import-untyped]  # likewise
except ImportError as error:
    raise WorkspaceError(
        f"signing needs a library that is not installed: {error.name}", remedy="pip install 'tocsin[notify]'"
    ) from error

SIGNED = (
    *(b"from", b"to", b"subject", b"date", b"message-id", b"reply-to", b"in-reply-to", b"references"),
    *(b"mime-version", b"content-type", b"auto-submitted", b"list-unsubscribe", b"list-unsubscribe-post"),
)
"""RFC 8058, section 4: both fields of unsubscribing must be covered. ``from`` is signed twice: none can be added."""
SHORTEST_RSA_BITS = 2048
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class DkimSigner:
    """Signs for one domain and selector; an RSA key in PEM, or an Ed25519 seed in base64 as ``dknewkey`` writes."""

    def __init__(self, *, domain: str, selector: str, key: bytes, where: Pointer) -> None:
        self._domain = domain.encode("idna")
        self._selector = selector.encode("idna")
        self._key = key.strip()
        self.algorithm = _algorithm(self._key, where)
        self._where = where
        self.sign(b"From: a@example.org\r\n\r\nA trial.\r\n")

    def sign(self, message: bytes) -> bytes:
        """The message with its DKIM-Signature on top. Raises ``WorkspaceError`` when the key cannot sign."""
        try:
            field: bytes = dkim.sign(
                message,
                self._selector,
                self._domain,
                self._key,
                signature_algorithm=self.algorithm,
                canonicalize=(b"relaxed", b"simple"),
                include_headers=[b"from", *SIGNED],
            )
        except dkim.NaClNotFoundError as fault:
            raise WorkspaceError(
                "an Ed25519 key needs a library that is not installed: nacl",
                where=self._where,
                remedy="pip install pynacl, or name an RSA key",
            ) from fault
        except dkim.DKIMException as fault:
            raise WorkspaceError(f"this key cannot sign: {fault}", where=self._where, remedy="check [dkim]") from fault
        return field + message


def open_dkim(*, domain: str, selector: str, key_file: Path) -> DkimSigner:
    """The key of a domain. Raises ``WorkspaceError`` for a file that others may read, or no key in it."""
    where = Pointer(source=str(key_file))
    try:
        if key_file.stat().st_mode & _OTHERS:
            raise WorkspaceError("others may read this file", where=where, remedy=f"run: chmod 600 {key_file}")
        key = key_file.read_bytes()
    except OSError as fault:
        raise WorkspaceError(f"cannot be read: {fault.strerror}", where=where, remedy="check notify.toml") from fault
    return DkimSigner(domain=domain, selector=selector, key=key, where=where)


def _algorithm(key: bytes, where: Pointer) -> bytes:
    if key.startswith(b"-----BEGIN"):
        try:
            bits = dkim.crypto.parse_pem_private_key(key)["modulus"].bit_length()
        except dkim.crypto.UnparsableKeyError as fault:
            what = f"this is no RSA key: {fault}"
            raise WorkspaceError(what, where=where, remedy="make one: openssl genrsa 2048") from fault
        if bits < SHORTEST_RSA_BITS:
            what = f"an RSA key of {bits} bits is too short"
            raise WorkspaceError(what, where=where, remedy=f"make one of {SHORTEST_RSA_BITS}: openssl genrsa 2048")
        return b"rsa-sha256"
    try:
        if len(base64.b64decode(key, validate=True)) == 32:
            return b"ed25519-sha256"
    except binascii.Error:
        pass
    raise WorkspaceError("this is no key for DKIM", where=where, remedy="give an RSA key in PEM, or an Ed25519 seed")
