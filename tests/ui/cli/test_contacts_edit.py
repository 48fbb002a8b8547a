"""What people enter and correct with ``tocsin contacts``."""

from __future__ import annotations

from pathlib import Path

import pysequoia
from tests.ui.cli.conftest import Run, data

WHO = ("--author", "A. Officer")


def test_add_confirm_set_aside_restore(run: Run) -> None:
    run("contacts", "add", "council", "--phone", "+44 20 7946 0000", "--name", "Night desk", "--language", "en", *WHO)
    assert (
        "told: +442079460000; first of its contacts, entered by a person" in run("contacts", "show", "council").stdout
    )
    said = run("contacts", "set-aside", "+442079460000", "--reason", "rings out", *WHO).stdout
    assert "is set aside" in said
    assert "passed over: +442079460000: is set aside: rings out" in run("contacts", "show", "council").stdout
    run("contacts", "restore", "+442079460000", "--reason", "was on leave", *WHO)
    done = run("contacts", "confirm", "+442079460000", "--reason", "answered", "--days", "10", *WHO, "--json")
    (contact,) = data(done)["contacts"]  # type: ignore[misc]
    assert contact["set_aside"] is None
    log = run("audit", "list").stdout
    assert "contact added" in log
    assert "contact set aside" in log


def test_one_address_is_needed_and_control_characters_reach_no_terminal(run: Run) -> None:
    assert "one address" in run("contacts", "add", "council", *WHO, exits=1).stderr
    refused = run("contacts", "add", "council", "--mail", "a@council.example\x1b[31m", *WHO, exits=1)
    assert "\x1b" not in refused.output
    named = run("contacts", "add", "council", "--mail", "a@council.example", "--name", "x\x1b[31m\r\nBcc: y", *WHO)
    assert "\x1b" not in named.output
    assert data(run("contacts", "show", "council", "--json"))["contacts"][0]["name"] == "x [31m Bcc: y"  # type: ignore[index]


def test_a_directory_is_imported_and_its_bad_rows_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "certs.csv"
    path.write_text('country,mail\nGB,cert@cert.example\nGB,"a@x.example,b@x.example"\n', encoding="utf-8")
    dry = run("contacts", "import", path, *WHO, "--dry-run")
    assert "1 contacts, 0 added" in dry.stdout
    assert "certs.csv:3: " in dry.stderr
    done = data(run("contacts", "import", path, *WHO, "--json"))
    assert (done["added"], len(done["rejected"])) == (1, 1)  # type: ignore[arg-type]


def test_a_key_is_taken_for_a_contact(run: Run, tmp_path: Path) -> None:
    run("contacts", "find", "--source", "registry")
    path = tmp_path / "key.asc"
    path.write_text(str(pysequoia.Tsk.generate("security@council.example").extract_certificate()), "utf-8")
    done = run("contacts", "key", path, "--for", "security@council.example", *WHO)
    assert "for security@council.example about constituent:council" in done.stdout
    wrong = run("contacts", "key", path, "--for", "it@bakery.example", *WHO, exits=1)
    assert "not of it@bakery.example" in wrong.stderr
    assert data(run("contacts", "key", path, *WHO, "--json"))["new"] is False
