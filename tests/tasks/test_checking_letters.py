"""Letters of packs are tried when a pack is checked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cases.packs import NAMES, SHIPPED

from tocsin.tasks.cases import check, load_pack
from tocsin.tasks.checking_letters import letter_faults

CASE = "exchange-proxylogon-2021"
PAGE = "{{ number_printed }} {{ links.check }} {{ sender.phone }}"


@pytest.mark.parametrize("name", NAMES)
def test_the_letters_of_every_shipped_pack_can_be_written(name: str) -> None:
    assert letter_faults(SHIPPED / name, load_pack(SHIPPED / name)) == ()
    assert check(SHIPPED / name).faults == ()


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED / CASE, tmp_path / CASE)
    return tmp_path / CASE


def faults(pack: Path, text: str, html: str = PAGE) -> list[str]:
    (pack / "letters" / "fr.txt.j2").write_text(text, "utf-8")
    (pack / "letters" / "fr.html.j2").write_text(html, "utf-8")
    return [f"{fault.pointer.source.rpartition('/')[2]}: {fault.what}" for fault in check(pack).faults]


def test_a_letter_of_a_new_language_is_tried(pack: Path) -> None:
    assert faults(pack, f"Subject: Avis\n{PAGE}") == []


def test_what_is_wrong_is_named_with_its_file_and_once(pack: Path) -> None:
    assert faults(pack, f"Subject: Avis\n{PAGE} {{{{ nothing }}}}") == [
        "fr.txt.j2: asks for what is not given: 'nothing' is undefined"
    ]
    assert faults(pack, f"Subject: Avis\n{PAGE}", "<p>Avis</p>") == ["fr.html.j2: does not show the notice's number"]
    assert faults(pack, "{% set a = 1 %}") == ["fr.txt.j2: assign has no place in a letter"]


def test_a_letter_that_fails_only_for_some_notices_is_found(pack: Path) -> None:
    found = faults(pack, f"Subject: Avis\n{PAGE}{{% if is_correction %}}{{{{ nothing }}}}{{% endif %}}")
    assert found == ["fr.txt.j2: asks for what is not given: 'nothing' is undefined"]
