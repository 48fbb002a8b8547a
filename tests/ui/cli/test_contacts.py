"""``tocsin contacts`` as a person sees it; what is asked of servers is asked of this machine."""

from __future__ import annotations

import json
from pathlib import Path

from tests.transports.test_web import answer, serving
from tests.ui.cli.conftest import Run, data


def test_the_registry_alone_asks_nobody(run: Run) -> None:
    done = run("contacts", "find", "--source", "registry")
    assert "2 of 2 constituents have a contact that counts" in done.stdout
    shown = run("contacts", "show", "council")
    assert "told: security@council.example; first of its contacts, from registry, about itself" in shown.stdout
    found = data(run("contacts", "show", "council", "--json"))
    assert found["chosen"] == found["contacts"][0]["id"]  # type: ignore[index]
    assert found["label"] == "TLP:AMBER"


def test_the_settings_say_where_rdap_begins_and_private_servers_need_a_word(run: Run, root: Path) -> None:
    asked = list[str]()

    def handle(request: object) -> None:
        asked.append(request.path)  # type: ignore[attr-defined]  # a request
        answer(b'{"services": [[["192.0.2.0/24"], ["https://rdap.example/"]]]}')(request)  # type: ignore[arg-type]

    with serving(handle) as address:
        settings = root / "notify.toml"
        settings.write_text(f'[lookups]\nbootstrap = ["{address}/ipv4.json"]\nper_server_per_minute = 600\n', "utf-8")
        settings.chmod(0o600)
        refused = data(run("contacts", "find", "--source", "rdap", "--json"))
        assert "not on the public internet" in json.dumps(refused)
        assert asked == []


def test_a_source_or_constituent_that_is_none_is_told(run: Run) -> None:
    assert "did you mean rdap" in run("contacts", "find", "--source", "rdp", exits=1).stderr
    assert "did you mean council" in run("contacts", "show", "counsil", exits=1).stderr
    assert "is none such as" in run("contacts", "list", "--subject", "planet:x", exits=1).stderr


def test_a_list_is_plain_or_json(run: Run) -> None:
    run("contacts", "find", "--source", "registry")
    assert "it@bakery.example" in run("contacts", "list").stdout
    (only,) = data(run("contacts", "list", "--subject", "constituent:bakery", "--json"))["contacts"]  # type: ignore[misc]
    assert (only["address"], only["source"], only["roles"]) == ("it@bakery.example", "registry", ["owner"])
