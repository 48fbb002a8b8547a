"""The doctor: what is wrong and what to do about it, against servers on loopback."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.tasks.notified import SETTINGS, make_workspace
from tests.transports.mail_servers import MailServer, Script

from tocsin.notices.alignment import Check, Outlook
from tocsin.store.audit import note
from tocsin.store.desk import open_desk
from tocsin.store.workspace import Workspace
from tocsin.tasks.notify_doctor import doctor, faults_of

KEY = Path(__file__).parents[1] / "fixtures" / "tls" / "server.key"
RECORDS = {
    ("cert.example", "TXT"): ("v=spf1 ip4:192.0.2.0/24 -all",),
    ("cert.example", "MX"): ("mx.cert.example",),
    ("_dmarc.cert.example", "TXT"): ("v=DMARC1; p=reject",),
}


def ask(name: str, kind: str) -> tuple[str, ...]:
    return RECORDS.get((name, kind), ())


@pytest.fixture
def page() -> Iterator[str]:
    """A public page, over plain HTTP."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:  # the name that the library calls
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def private(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    path.chmod(0o600)


def ready(folder: Path, port: int, page: str) -> Workspace:
    """A workspace in which everything that can be is set up."""
    workspace = make_workspace(folder, [], port=port)
    text = SETTINGS.format(port=port, timeout=2).replace("[policy]", f'page = "{page}"\n\n[policy]')
    private(folder / "notify.toml", text + '\n[openpgp]\nkey_file = "key.asc"\n')
    private(folder / "key.asc", "-----BEGIN PGP PRIVATE KEY BLOCK-----\n")
    return workspace


def by_name(checks: list[Check]) -> dict[str, Check]:
    return {check.name: check for check in checks}


def test_nothing_that_holds_a_plan_back(tmp_path: Path, page: str) -> None:
    with MailServer(Script()) as server:
        checks = doctor(ready(tmp_path / "w", server.port, page), now=datetime.now(UTC), ask=ask)
    assert faults_of(checks) == []
    outlooks = {name: check.outlook for name, check in by_name(checks).items()}
    assert outlooks["smtp"] is outlooks["spf"] is outlooks["openpgp"] is outlooks["clock"] is Outlook.FINE
    assert outlooks["dkim"] is outlooks["page"] is outlooks["imap"] is Outlook.WARNING


def test_everything_that_can_be_wrong_is_told_with_what_to_do(tmp_path: Path) -> None:
    with MailServer(Script()) as server:
        port = server.port
    workspace = ready(tmp_path / "w", port, f"http://127.0.0.1:{port}")
    (tmp_path / "w" / "key.asc").chmod(0o644)
    checks = doctor(workspace, now=datetime.now(UTC), ask=lambda *_: ())
    assert {check.name for check in checks if check.outlook is Outlook.FAULT} == {
        "smtp", "spf", "dmarc", "mail", "openpgp", "page",
    }  # fmt: skip
    assert all(check.remedy for check in checks if check.outlook is not Outlook.FINE)
    assert "others may read this file" in by_name(checks)["openpgp"].what


def test_our_key_is_tried_against_the_one_that_is_published(tmp_path: Path, page: str) -> None:
    import base64
    import subprocess

    with MailServer(Script()) as server:
        workspace = ready(tmp_path / "w", server.port, page)
        with (tmp_path / "w" / "notify.toml").open("a") as file:
            file.write('\n[dkim]\ndomain = "cert.example"\nselector = "a"\nkey_file = "dkim.pem"\n')
        private(tmp_path / "w" / "dkim.pem", KEY.read_text())
        done = subprocess.run(
            ["openssl", "pkey", "-in", str(KEY), "-pubout", "-outform", "DER"], capture_output=True, check=True
        )
        right = f"v=DKIM1; k=rsa; p={base64.b64encode(done.stdout).decode()}"
        for record, outlook in ((right, Outlook.FINE), (right[:-60] + "A" * 60, Outlook.FAULT)):
            published = RECORDS | {("a._domainkey.cert.example", "TXT"): (record,)}
            checks = doctor(
                workspace, now=datetime.now(UTC), ask=lambda name, kind, it=published: it.get((name, kind), ())
            )
            assert by_name(checks)["dkim"].outlook is outlook
        private(tmp_path / "w" / "dkim.pem", "no key")
        assert "cannot sign" in by_name(doctor(workspace, now=datetime.now(UTC), ask=ask))["dns"].what


def test_a_clock_that_is_off_is_told(tmp_path: Path, page: str) -> None:
    with MailServer(Script()) as server:
        workspace = ready(tmp_path / "w", server.port, page)
        late = by_name(doctor(workspace, now=datetime.now(UTC) - timedelta(hours=2), ask=ask))["clock"]
    assert late.outlook is Outlook.FAULT
    assert "minutes off" in late.what
    with open_desk(workspace.desk_url).begin() as connection:
        note(connection, "A. Officer", "approved", "plan:p", {}, datetime.now(UTC))
    assert "went back" in by_name(doctor(workspace, now=datetime.now(UTC) - timedelta(hours=2), ask=ask))["time"].what


def test_a_new_workspace_is_told_that_it_writes_into_a_folder(tmp_path: Path) -> None:
    [check] = doctor(make_workspace(tmp_path / "w", []), now=datetime.now(UTC), ask=ask)
    assert check.outlook is Outlook.WARNING
    assert "outbox folder" in check.what
