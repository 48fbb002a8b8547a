"""DKIM over a whole message."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import dkim
import pytest
from tests.notices.test_mime import message

from tocsin.errors import WorkspaceError
from tocsin.transports.dkim import DkimSigner, open_dkim


def rsa_key(bits: int = 2048) -> bytes:
    found = shutil.which("openssl")
    if found is None:
        pytest.skip("openssl is not here")
    done = subprocess.run([found, "genrsa", "-traditional", str(bits)], capture_output=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def key() -> bytes:
    return rsa_key()


def written(folder: Path, data: bytes, mode: int = 0o600) -> Path:
    path = folder / "dkim.pem"
    path.write_bytes(data)
    path.chmod(mode)
    return path


def signer(path: Path) -> DkimSigner:
    return open_dkim(domain="cert.example", selector="s1", key_file=path)


def record(folder: Path, key: bytes) -> bytes:
    """What stands in the DNS beside the key."""
    path = written(folder, key)
    done = subprocess.run(
        ["openssl", "rsa", "-in", path, "-pubout", "-outform", "DER"], capture_output=True, check=True
    )
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(done.stdout)


def test_a_signed_message_verifies_and_a_changed_one_does_not(tmp_path: Path, key: bytes) -> None:
    answer = record(tmp_path, key)
    signed = signer(written(tmp_path, key)).sign(message())
    asked: list[bytes] = []

    def dns(name: bytes, timeout: int = 5) -> bytes:
        asked.append(name)
        return answer

    assert dkim.verify(signed, dnsfunc=dns)
    assert asked == [b"s1._domainkey.cert.example."]
    assert not dkim.verify(signed.replace(b"SGVsbG8", b"SGFsbG8").replace(b"Hello", b"Hallo"), dnsfunc=dns)
    assert not dkim.verify(signed.replace(b"Post: List", b"Post: Lost"), dnsfunc=dns)
    assert not dkim.verify(b"From: <evil@evil.example>\r\n" + signed, dnsfunc=dns)


def test_both_fields_of_unsubscribing_are_covered(tmp_path: Path, key: bytes) -> None:
    field = signer(written(tmp_path, key)).sign(message()).partition(b"b=")[0].replace(b"\r\n", b"")
    for name in (b"list-unsubscribe ", b"list-unsubscribe-post", b"message-id", b"subject"):
        assert name in field


def test_a_key_that_others_may_read_is_short_or_none_is_refused(tmp_path: Path, key: bytes) -> None:
    for data, mode, why in (
        (key, 0o644, "others may read"),
        (rsa_key(1024), 0o600, "1024 bits is too short"),
        (b"-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----", 0o600, "no RSA key"),
        (b"hello", 0o600, "no key for DKIM"),
    ):
        with pytest.raises(WorkspaceError, match=why):
            signer(written(tmp_path, data, mode))
    with pytest.raises(WorkspaceError, match="cannot be read"):
        signer(tmp_path / "none")


def test_an_ed25519_key_signs_or_says_what_to_install(tmp_path: Path) -> None:
    path = written(tmp_path, base64.b64encode(bytes(range(32))))
    try:
        import nacl  # noqa: F401  # only whether it is here
    except ImportError:
        with pytest.raises(WorkspaceError, match="not installed: nacl"):
            signer(path)
    else:
        assert b"a=ed25519-sha256" in signer(path).sign(message())
