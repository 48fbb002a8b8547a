"""Messages composed from what a workspace holds: settings, keys, letters, findings."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pysequoia
import pytest
from pysequoia import Tsk
from tests.tasks.conftest import CASE, NOW, Take, row, write_report
from tests.tasks.noticing import planned, set_up

from tocsin.errors import PackError, WorkspaceError
from tocsin.store.desk import open_desk
from tocsin.store.keys import save_key
from tocsin.store.notices import load_notices
from tocsin.store.schema import contacts
from tocsin.store.workspace import Workspace
from tocsin.tasks.composing import Composed, Composer, letter_writer

SHELL = "/aspnet_client/supp0rt.aspx"
LATER = NOW + timedelta(days=1)


def compose_first(workspace: Workspace, plan: str) -> Composed:
    notice = load_notices(open_desk(workspace.desk_url), plan=plan)[0].notice
    return Composer(workspace, now=NOW).compose(notice, now=LATER)


@pytest.fixture
def broken_into(workspace: Workspace, take: Take, tmp_path: Path) -> Workspace:
    told = row("203.0.113.7", tags="exchange;cve-2021-26855;webshell").replace("MAIL", SHELL)
    take(write_report(tmp_path, [told, row("203.0.113.8", build="15.1.2106.2")]))
    set_up(workspace)
    return workspace


def test_a_new_workspace_composes_for_its_own_folder(workspace: Workspace, take: Take, tmp_path: Path) -> None:
    take(write_report(tmp_path, [row("203.0.113.8", build="15.1.2106.2")]))
    composed = compose_first(workspace, planned(workspace))
    assert "it is not signed: notify.toml names no [openpgp] key_file" in composed.remarks
    made = message_from_bytes(composed.message, policy=policy.default)
    assert made["From"].addresses[0].domain == "tocsin.invalid"
    assert made["List-Unsubscribe"] is None


def test_a_notice_has_links_that_are_the_same_whenever_it_is_composed(broken_into: Workspace) -> None:
    plan = planned(broken_into)
    one, two = compose_first(broken_into, plan), compose_first(broken_into, plan)
    number = one.notice.number
    assert f"https://notices.cert.example/n/{number}" in one.draft.letter.text
    assert one.draft.letter == two.draft.letter
    assert message_from_bytes(one.message)["List-Unsubscribe"].startswith("<https://notices.cert.example/u/")


def test_it_is_signed_with_the_key_that_the_letter_names(broken_into: Workspace) -> None:
    key = set_up(broken_into, signed=True)
    composed = compose_first(broken_into, planned(broken_into))
    assert composed.is_signed
    made = message_from_bytes(composed.message, policy=policy.default)
    assert made.get_content_type() == "multipart/signed"
    assert key is not None
    fingerprint = key.extract_certificate().fingerprint.upper()
    assert fingerprint in composed.draft.letter.text.replace(" ", "").replace("\n", "")


def test_without_a_key_the_path_of_a_web_shell_is_told_to_nobody(broken_into: Workspace) -> None:
    composed = compose_first(broken_into, planned(broken_into))
    assert not composed.draft.told.is_encrypted
    for part in message_from_bytes(composed.message).walk():
        assert b"supp0rt" not in (part.get_payload(decode=True) or b"")


def test_with_the_recipients_key_it_is_told_in_encrypted_mail(broken_into: Workspace) -> None:
    theirs = Tsk.generate("Desk <security@council.example>")
    composed = compose_first(broken_into, planned_with_key(broken_into, theirs))
    assert composed.draft.told.is_encrypted
    assert b"supp0rt" not in composed.message
    sealed = list(message_from_bytes(composed.message, policy=policy.default).iter_parts())[1]  # type: ignore[union-attr]
    opened = pysequoia.decrypt(sealed.get_payload(decode=True), theirs.decryptor())
    assert opened.bytes is not None
    inside = [part.get_payload(decode=True) or b"" for part in message_from_bytes(opened.bytes).walk()]
    assert any(SHELL.encode() in part for part in inside)


def test_a_key_for_someone_else_is_not_used_and_told(broken_into: Workspace) -> None:
    theirs = Tsk.generate("Other <other@elsewhere.example>")
    composed = compose_first(broken_into, planned_with_key(broken_into, theirs))
    assert not composed.draft.told.is_encrypted
    assert any("is of other@elsewhere.example" in remark for remark in composed.remarks)
    assert "supp0rt" not in composed.draft.letter.text


def planned_with_key(workspace: Workspace, key: Tsk) -> str:
    """A plan whose contact has that key."""
    cert, plan = key.extract_certificate(), planned(workspace)
    desk = open_desk(workspace.desk_url)
    save_key(desk, fingerprint=cert.fingerprint, armored=str(cert), source="person", author="A. Officer", now=NOW)
    with desk.begin() as connection:
        connection.execute(contacts.update().values(key=cert.fingerprint))
    return plan


def test_a_key_file_that_is_not_there_is_told(broken_into: Workspace) -> None:
    set_up(broken_into, more='[openpgp]\nkey_file = "none.asc"\n')
    with pytest.raises(WorkspaceError, match="cannot be read"):
        Composer(broken_into, now=NOW)


def test_a_pack_of_the_workspace_brings_its_letters(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "en.txt.j2").write_text("{{ 1 + 1 }}")
    (tmp_path / "letters" / "en.html.j2").write_text("")
    with pytest.raises(PackError, match="add has no place"):
        letter_writer(tmp_path)
    (tmp_path / "letters" / "en.txt.j2").write_bytes(b"\xff")
    with pytest.raises(PackError, match="is not UTF-8"):
        letter_writer(tmp_path)
    assert letter_writer(tmp_path / "none").languages() == ("de", "en")


def test_every_shipped_pack_has_letters_that_can_be_written() -> None:
    from tocsin.tasks.cases import find_packs

    assert CASE in find_packs(None)
    assert all({"de", "en"} <= set(letter_writer(path).languages()) for path in find_packs(None).values())
