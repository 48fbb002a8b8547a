"""``tocsin serve --public`` as its own process."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.ui.cli.conftest import Run

from tocsin.errors import WorkspaceError
from tocsin.ui.web import _extra

SENDER = '[sender]\norganisation = "Example CERT"\naddress = "cert@cert.example"\n'


def write_sender(root: Path) -> None:
    path = root / "notify.toml"
    path.write_text(SENDER, "utf-8")
    path.chmod(0o600)


def test_it_serves_until_it_is_told_to_stop(root: Path) -> None:
    write_sender(root)
    words = [sys.executable, "-m", "tocsin", "serve", "--public", "--port", "0", "--workspace", str(root)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        place = urlsplit(process.stdout.readline().strip())
        connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=30)
        connection.request("GET", "/n/secretnumber")
        reply = connection.getresponse()
        assert reply.status == 200
        assert "Example CERT" in reply.read().decode()
        connection.close()
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        talk = process.stderr.read()
    assert "GET /n/… 200" in talk
    assert "secretnumber" not in talk
    assert "Traceback" not in talk
    assert (root / "tokens.key").stat().st_mode & 0o777 == 0o600


def test_it_serves_nothing_unless_it_is_said_what(run: Run) -> None:
    assert "tocsin serve --public" in run("serve", exits=1).stderr


def test_it_must_know_who_sends(run: Run) -> None:
    assert "notify.toml does not say who sends" in run("serve", "--public", exits=1).stderr


def test_a_proxy_must_be_an_address_and_a_port_free(run: Run, root: Path) -> None:
    write_sender(root)
    assert "would believe everybody" in run("serve", "--public", "--behind-proxy", "0.0.0.0/0", exits=1).stderr
    assert "cannot listen on 192.0.2.1" in run("serve", "--public", "--host", "192.0.2.1", exits=1).stderr


@pytest.mark.parametrize("name", _extra.NEEDED)
def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(WorkspaceError, match=name) as caught:
        _extra.need_extra()
    assert "tocsin[web]" in caught.value.remedy
