"""GnuPG, as recipients have it: our signatures verify, our encrypted notices open, its keys sign for us."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.interop.conftest import program
from tests.notices.telling import FIRST, LINKS, MOMENT, SHELL
from tests.notices.test_press import TRACES, press

from tocsin.transports.openpgp import OpenPgpSigner, open_encrypter, open_signer, refusal

NOW = datetime.now(UTC)
OURS, THEIRS = "Example CERT <notices@cert.example>", "Security <security@council.example>"


class Gpg:
    """A GnuPG with a home of its own."""

    def __init__(self, home: Path) -> None:
        home.mkdir(mode=0o700)
        self.home = home

    def run(self, *words: str, data: bytes = b"", expect: int | None = 0) -> subprocess.CompletedProcess[bytes]:
        command = [program("gpg"), "--homedir", str(self.home), "--batch", "--no-tty", "--pinentry-mode", "loopback"]
        done = subprocess.run([*command, *words], input=data, capture_output=True)
        assert expect is None or done.returncode == expect, done.stderr.decode()
        return done

    def make(self, owner: str, *, passphrase: str = "", kind: str = "default") -> None:
        self.run("--passphrase", passphrase, "--quick-generate-key", owner, kind, "default", "never")

    def public(self, owner: str) -> str:
        return self.run("--armor", "--export", owner).stdout.decode()

    def fingerprint(self, owner: str) -> str:
        lines = self.run("--with-colons", "--list-keys", owner).stdout.decode().splitlines()
        return next(line.split(":")[9] for line in lines if line.startswith("fpr")).lower()


@pytest.fixture
def gpg(tmp_path: Path) -> Gpg:
    return Gpg(tmp_path / "gnupg")


def secret(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    path.chmod(0o600)
    return path


def signer_of(gpg: Gpg, folder: Path, passphrase: str) -> OpenPgpSigner:
    exported = gpg.run("--passphrase", passphrase, "--armor", "--export-secret-keys", OURS).stdout
    phrase = secret(folder / "phrase", f"{passphrase}\n".encode()) if passphrase else None
    return open_signer(secret(folder / "key.asc", exported), phrase, now=NOW)


def parts_of(data: bytes) -> list[EmailMessage]:
    made = message_from_bytes(data, policy=policy.SMTP)
    assert isinstance(made, EmailMessage)
    parts = list(made.iter_parts())
    assert all(isinstance(part, EmailMessage) for part in parts)
    return parts  # type: ignore[return-value]  # as asserted


@pytest.mark.parametrize("passphrase", ["", "correct horse"])
@pytest.mark.parametrize("kind", ["rsa3072", "default"])
def test_gnupg_verifies_what_we_sign_with_a_key_it_made(gpg: Gpg, tmp_path: Path, passphrase: str, kind: str) -> None:
    gpg.make(OURS, passphrase=passphrase, kind=kind)
    signer = signer_of(gpg, tmp_path, passphrase)
    assert signer.fingerprint == gpg.fingerprint(OURS)
    draft = press().draft(FIRST, LINKS, traces={}, is_encrypted=False, now=MOMENT)
    message = draft.message(signer=signer, encrypter=None)
    boundary = f"\r\n--{message_from_bytes(message).get_boundary()}".encode()
    signed = message.split(boundary)[1].removeprefix(b"\r\n")
    (tmp_path / "part").write_bytes(signed)
    (tmp_path / "part.asc").write_bytes(parts_of(message)[1].get_payload(decode=True) or b"")
    verify = ("--status-fd", "1", "--verify", str(tmp_path / "part.asc"), str(tmp_path / "part"))
    said = gpg.run(*verify).stdout
    assert b"GOODSIG" in said
    assert signer.micalg == {b"8": "pgp-sha256", b"10": "pgp-sha512"}[said.split(b"VALIDSIG")[1].split()[7]]
    (tmp_path / "part").write_bytes(signed.replace(b"192.0.2.17", b"192.0.2.71", 1))
    assert b"BADSIG" in gpg.run(*verify, expect=None).stdout


def test_gnupg_opens_what_we_encrypt_and_sees_who_signed(gpg: Gpg, tmp_path: Path) -> None:
    gpg.make(OURS)
    gpg.make(THEIRS)
    signer = signer_of(gpg, tmp_path, "")
    sealed = open_encrypter(
        gpg.public(THEIRS),
        fingerprint=gpg.fingerprint(THEIRS),
        address="security@council.example",
        signer=signer,
        now=NOW,
    )
    draft = press().draft(FIRST, LINKS, traces=TRACES, is_encrypted=True, now=MOMENT)
    message = draft.message(signer=signer, encrypter=sealed)
    assert SHELL.encode() not in message
    assert b"Example Council" not in message.partition(b"\r\n\r\n")[2]
    opened = gpg.run("--status-fd", "2", "--decrypt", data=parts_of(message)[1].get_payload(decode=True) or b"")
    assert b"GOODSIG" in opened.stderr
    inside = message_from_bytes(opened.stdout, policy=policy.default)
    assert isinstance(inside, EmailMessage)
    assert inside["Subject"] == draft.letter.subject
    text = inside.get_body(("plain",))
    assert text is not None
    assert SHELL in text.get_content()


def test_keys_that_gnupg_revoked_or_let_expire_are_refused(gpg: Gpg) -> None:
    gpg.make(THEIRS)
    address, fingerprint = "security@council.example", gpg.fingerprint(THEIRS)
    assert refusal(gpg.public(THEIRS), fingerprint=fingerprint, address=address, now=NOW) is None
    gpg.run("--passphrase", "", "--quick-set-expire", fingerprint, "1d")
    later = datetime.fromtimestamp(NOW.timestamp() + 3 * 86_400, UTC)
    told = refusal(gpg.public(THEIRS), fingerprint=fingerprint, address=address, now=later)
    assert str(told).startswith("expired on")
    made = gpg.home / "openpgp-revocs.d" / f"{fingerprint.upper()}.rev"
    gpg.run("--import", data=made.read_bytes().replace(b":-----BEGIN", b"-----BEGIN"))
    assert refusal(gpg.public(THEIRS), fingerprint=fingerprint, address=address, now=NOW) == "is revoked"


def test_a_gnupg_key_without_an_encrypting_part_is_refused(gpg: Gpg) -> None:
    gpg.run("--passphrase", "", "--quick-generate-key", THEIRS, "ed25519", "sign", "never")
    told = refusal(gpg.public(THEIRS), fingerprint=gpg.fingerprint(THEIRS), address="security@council.example", now=NOW)
    assert str(told).startswith("cannot be encrypted to")
