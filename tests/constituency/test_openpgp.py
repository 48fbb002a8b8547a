"""Certificates good and bad, and what they signed, made by the library itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pysequoia
import pytest

from tocsin.constituency.openpgp import check_signed, read_key

SOON = datetime.now(UTC) + timedelta(hours=1)
LATER = SOON + timedelta(days=1000)
OWNER = pysequoia.Tsk.generate("Security <security@council.example>")
SHORT = pysequoia.Tsk.generate("security@council.example", validity_seconds=86_400)


def public(key: pysequoia.Tsk) -> bytes:
    return str(key.extract_certificate()).encode()


def test_a_key_tells_whose_it_is() -> None:
    key = read_key(public(OWNER), now=SOON)
    assert key.user_ids == ("Security <security@council.example>",)
    assert key.is_for("Security@council.example")
    assert not key.is_for("other@council.example")
    assert key.faults == ()
    assert len(key.fingerprint) == 40
    assert read_key(key.armored.encode(), now=SOON) == key


def test_a_key_that_expired_is_told() -> None:
    assert read_key(public(SHORT), now=SOON).faults == ()
    assert "expired on" in read_key(public(SHORT), now=LATER).faults[0]


def test_a_key_that_is_revoked_is_told() -> None:
    certificate = OWNER.extract_certificate()
    revoked = bytes(certificate) + bytes(certificate.revoke(OWNER.certifier()))
    assert read_key(revoked, now=SOON).faults == ("it is revoked",)


@pytest.mark.parametrize("form", [str, bytes])
def test_a_secret_key_is_refused(form: type) -> None:
    data = form(OWNER)
    with pytest.raises(ValueError, match="secret"):
        read_key(data.encode() if isinstance(data, str) else data, now=SOON)


def test_two_keys_or_none_are_refused() -> None:
    with pytest.raises(ValueError, match="2 keys"):
        read_key(public(OWNER) + b"\n" + public(SHORT), now=SOON)
    with pytest.raises(ValueError, match="no OpenPGP key"):
        read_key(b"hello", now=SOON)
    with pytest.raises(ValueError, match="more than"):
        read_key(b"x" * 2_000_000, now=SOON)


def test_a_signature_covers_exactly_what_it_covers() -> None:
    text = pysequoia.sign(OWNER.signer(), b"one\n- two\n", mode=pysequoia.SignatureMode.CLEAR)
    key = read_key(public(OWNER), now=SOON)
    assert check_signed(text, [key], now=SOON).content == b"one\n- two\n"
    assert check_signed(text, [key], now=SOON).fingerprint == key.fingerprint
    other = check_signed(text, [read_key(public(SHORT), now=SOON)], now=SOON)
    assert other.content is None
    assert "does not hold" in (other.fault or "")
    assert check_signed(text.replace(b"one", b"eno"), [key], now=SOON).content is None


def test_a_signature_by_a_key_that_expired_does_not_count() -> None:
    text = pysequoia.sign(SHORT.signer(), b"one\n", mode=pysequoia.SignatureMode.CLEAR)
    key = read_key(public(SHORT), now=SOON)
    assert check_signed(text, [key], now=SOON).content == b"one\n"
    assert "no longer good" in (check_signed(text, [key], now=LATER).fault or "")
