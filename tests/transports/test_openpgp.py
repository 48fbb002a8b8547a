"""Signing and encrypting, and the keys that are refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pysequoia
import pytest
from pysequoia import Cert, Sig, Tsk

from tocsin.errors import WorkspaceError
from tocsin.transports.openpgp import open_encrypter, open_signer, refusal

NOW = datetime.now(UTC)
OWNER = "Security Desk <security@council.example>"


def key_file(folder: Path, key: Tsk, mode: int = 0o600) -> Path:
    path = folder / "key.asc"
    path.write_text(str(key), "ascii")
    path.chmod(mode)
    return path


def public(key: Tsk) -> str:
    return str(key.extract_certificate())


def refused(key: Cert | Tsk, address: str = "security@council.example", now: datetime = NOW) -> str | None:
    cert = key.extract_certificate() if isinstance(key, Tsk) else key
    return refusal(str(cert), fingerprint=cert.fingerprint, address=address, now=now)


def keys_of(key: Tsk) -> Callable[[list[str]], list[Cert]]:
    return lambda _ids: [key.extract_certificate()]


def test_a_part_is_signed_so_that_anybody_can_tell_it_was_changed(tmp_path: Path) -> None:
    key = Tsk.generate("Example CERT <notices@cert.example>")
    signer = open_signer(key_file(tmp_path, key), None, now=NOW)
    signature = Sig.from_bytes(signer.sign(b"Hello\r\n"))
    assert signer.micalg == "pgp-sha512"
    assert signer.fingerprint == key.extract_certificate().fingerprint
    assert pysequoia.verify(b"Hello\r\n", keys_of(key), signature=signature).valid_sigs
    with pytest.raises(RuntimeError, match="signature"):
        pysequoia.verify(b"Hallo\r\n", keys_of(key), signature=signature)


def test_an_encrypted_part_is_read_by_its_recipient_and_signed_within(tmp_path: Path) -> None:
    ours, theirs = Tsk.generate("a@cert.example"), Tsk.generate(OWNER)
    signer = open_signer(key_file(tmp_path, ours), None, now=NOW)
    cert = theirs.extract_certificate()
    sealed = open_encrypter(
        str(cert), fingerprint=cert.fingerprint, address="Security@Council.Example", signer=signer, now=NOW
    )
    message = sealed.encrypt(b"Secret\r\n")
    assert message.startswith(b"-----BEGIN PGP MESSAGE-----")
    opened = pysequoia.decrypt(message, theirs.decryptor(), store=keys_of(ours))
    assert opened.bytes == b"Secret\r\n"
    assert len(opened.valid_sigs) == 1


def test_a_key_for_someone_else_is_refused_and_told() -> None:
    key = Tsk.generate("Somebody <other@elsewhere.example>")
    assert refused(key) == "is of other@elsewhere.example, not of security@council.example"
    assert refused(Tsk.generate("nobody")) is not None


def test_a_domain_in_its_own_script_is_the_same_address() -> None:
    key = Tsk.generate("it@gemeinde-köln.example")
    assert refused(key, "it@xn--gemeinde-kln-ejb.example") is None


def test_an_expired_key_is_refused_and_told() -> None:
    key = Tsk.generate(OWNER, validity_seconds=3600)
    later = NOW + timedelta(days=2)
    assert refused(key) is None
    assert str(refused(key, now=later)).startswith("expired on ")


def test_a_revoked_key_is_refused_and_told() -> None:
    key = Tsk.generate(OWNER)
    cert = key.extract_certificate()
    revoked = cert.merge(Cert.from_bytes(bytes(cert) + bytes(cert.revoke(key.certifier()))))
    assert refused(revoked) == "is revoked"


def test_a_key_that_only_signs_is_refused_and_told() -> None:
    key = Tsk.generate(OWNER)
    packets = list(pysequoia.packet.PacketPile.from_bytes(bytes(key.extract_certificate())))  # whole, then less of it
    for length in range(len(packets) - 1, 0, -1):
        try:
            cert = Cert.from_packets(packets[:length])
        except Exception:
            continue
        if str(refused(cert)).startswith("cannot be encrypted to"):
            return
    pytest.fail("no part of a key without its encryption was refused")


@pytest.mark.parametrize("text", ["", "no key", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nabc\n", "x" * 2_000_000])
def test_what_is_no_key_is_refused(text: str) -> None:
    assert refusal(text, fingerprint="0" * 40, address="a@b.example", now=NOW) is not None


def test_another_key_than_the_one_named_is_refused() -> None:
    found = refusal(public(Tsk.generate(OWNER)), fingerprint="0" * 40, address="security@council.example", now=NOW)
    assert found == "is not in the text that is stored for it"


def test_encryption_with_a_refused_key_says_what_to_do() -> None:
    key = Tsk.generate("other@elsewhere.example").extract_certificate()
    with pytest.raises(WorkspaceError, match="is of other@elsewhere") as fault:
        open_encrypter(str(key), fingerprint=key.fingerprint, address="a@b.example", signer=None, now=NOW)
    assert "ask the recipient" in fault.value.remedy


def test_a_key_that_signs_must_be_ours_alone_whole_and_alive(tmp_path: Path) -> None:
    key = Tsk.generate("a@cert.example", validity_seconds=3600)
    with pytest.raises(WorkspaceError, match="others may read"):
        open_signer(key_file(tmp_path, key, 0o640), None, now=NOW)
    with pytest.raises(WorkspaceError, match="expired on"):
        open_signer(key_file(tmp_path, key), None, now=NOW + timedelta(days=2))
    (tmp_path / "key.asc").write_text(public(key))
    with pytest.raises(WorkspaceError, match=r"no OpenPGP secret key|does not open"):
        open_signer(tmp_path / "key.asc", None, now=NOW)
    with pytest.raises(WorkspaceError, match="cannot be read"):
        open_signer(tmp_path / "none", None, now=NOW)
