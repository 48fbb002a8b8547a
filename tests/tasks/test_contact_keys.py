"""Keys of those we write to, given by a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pysequoia
import pytest

from tocsin.errors import AskError
from tocsin.store.audit import list_entries
from tocsin.store.desk import open_desk
from tocsin.store.workspace import Workspace
from tocsin.tasks.contact_keys import TakenKey, list_keys, take_key
from tocsin.tasks.contacts import add_contact, show_contacts

SOON = datetime.now(UTC) + timedelta(hours=1)
MAIL = "security@council.example"
OWNER = pysequoia.Tsk.generate(f"Security <{MAIL}>")


def take(
    workspace: Workspace,
    folder: Path,
    data: bytes,
    *,
    address: str | None = MAIL,
    although: bool = False,
    now: datetime = SOON,
    author: str = "duty officer",
) -> TakenKey:
    path = folder / "key.asc"
    path.write_bytes(data)
    return take_key(workspace, path, address=address, although=although, author=author, now=now)


def public(key: pysequoia.Tsk) -> bytes:
    return str(key.extract_certificate()).encode()


@pytest.fixture
def place(workspace: Workspace) -> Workspace:
    add_contact(workspace, "council", channel="mail", address=MAIL, author="other officer", now=SOON)
    return workspace


def test_a_key_for_a_contact_is_an_entry_of_whoever_vouches_for_it(place: Workspace, tmp_path: Path) -> None:
    done = take(place, tmp_path, public(OWNER))
    assert (done.is_new, done.subjects) == (True, ("constituent:council",))
    first = show_contacts(place, "council", now=SOON).ranked[0].contact
    assert (first.key, first.author) == (done.key.fingerprint, "duty officer")
    assert [each.what for each in list_entries(open_desk(place.desk_url))] == [
        "contact added",
        "key added",
        "contact changed",
    ]
    assert not take(place, tmp_path, public(OWNER)).is_new
    assert [each.fingerprint for each in list_keys(place, now=SOON)] == [done.key.fingerprint]


def test_a_key_for_someone_else_is_refused_unless_a_person_says_so(place: Workspace, tmp_path: Path) -> None:
    other = pysequoia.Tsk.generate("it@bakery.example")
    with pytest.raises(AskError, match=f"not of {MAIL}"):
        take(place, tmp_path, public(other))
    assert list_keys(place, now=SOON) == []
    assert take(place, tmp_path, public(other), although=True).is_new


def test_a_key_that_is_expired_or_revoked_is_refused(place: Workspace, tmp_path: Path) -> None:
    short = pysequoia.Tsk.generate(MAIL, validity_seconds=86_400)
    with pytest.raises(AskError, match="expired"):
        take(place, tmp_path, public(short), now=SOON + timedelta(days=30))
    certificate = OWNER.extract_certificate()
    with pytest.raises(AskError, match="revoked"):
        take(place, tmp_path, bytes(certificate) + bytes(certificate.revoke(OWNER.certifier())))


def test_a_secret_key_nonsense_and_no_file_are_refused(place: Workspace, tmp_path: Path) -> None:
    with pytest.raises(AskError, match="secret"):
        take(place, tmp_path, str(OWNER).encode())
    with pytest.raises(AskError, match="no OpenPGP key"):
        take(place, tmp_path, b"hello")
    with pytest.raises(AskError, match="cannot be read"):
        take_key(place, tmp_path / "none", address=None, although=False, author="x", now=SOON)


def test_a_key_without_a_contact_or_an_author(place: Workspace, tmp_path: Path) -> None:
    with pytest.raises(AskError, match="no contact"):
        take(place, tmp_path, public(OWNER), address="it@bakery.example", although=True)
    with pytest.raises(AskError, match="author"):
        take(place, tmp_path, public(OWNER), author=" ")
    assert take(place, tmp_path, public(OWNER), address=None).subjects == ()
