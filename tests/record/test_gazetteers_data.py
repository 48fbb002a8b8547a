"""The tables of names hold what they promise, and the script that makes the actors' table does as it says."""

from __future__ import annotations

import csv
import json
import lzma
from collections import Counter
from pathlib import Path

import pytest
from docs import generate_actors as script

from tocsin.record import gazetteer
from tocsin.record._names import FILES, read_names
from tocsin.record.gazetteer import EntityKind, load_gazetteer

FOLDER = Path(gazetteer.__file__).parent / "gazetteers"
NAMES = read_names()
MEANINGS = [meaning for meanings in NAMES.values() for meaning in meanings]


def rows(file: str) -> list[dict[str, str]]:
    text = (FOLDER / file).read_text("utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@pytest.mark.parametrize("file", [path.name for path in sorted(FOLDER.iterdir())])
def test_a_table_names_its_version_and_has_whole_rows_once(file: str) -> None:
    head = "".join(line for line in (FOLDER / file).read_text("utf-8").splitlines() if line.startswith("#"))
    assert "Version: 20" in head
    assert "Source: " in head or file == "actors.csv"
    found = rows(file)
    assert all(None not in row and None not in row.values() for row in found), "a comma too many or too few"
    assert not [line for line, times in Counter(tuple(row.values()) for row in found).items() if times > 1]
    assert file in (*FILES, "memberships.csv")


def test_every_state_has_its_code_once() -> None:
    codes = [row["code"] for row in rows("states.csv")]
    assert len(codes) == len(set(codes)) == 250, "249 of ISO 3166-1, and XK"
    assert {meaning.state for meaning in MEANINGS} - {None} <= set(codes)


@pytest.mark.parametrize("file", ["organs.csv", "agencies.csv", "blocs.csv", "companies.csv", "persons.csv"])
def test_an_id_stands_on_one_row(file: str) -> None:
    ids = [next(iter(row.values())) for row in rows(file)]
    assert [name for name, times in Counter(ids).items() if times > 1] == []


def test_a_canonical_form_tells_the_kind() -> None:
    allowed = {
        EntityKind.STATE: ("state:",),
        EntityKind.DEMONYM: ("state:",),
        EntityKind.CAPITAL: ("gov:", "org:EU"),
        EntityKind.GOVERNMENT: ("gov:",),
        EntityKind.HEAD: ("person:",),
        EntityKind.ORGAN: ("organ:",),
        EntityKind.AGENCY: ("org:", "role:"),
        EntityKind.ROLE: ("role:", "person:"),
        EntityKind.BLOC: ("org:",),
        EntityKind.COMPANY: ("org:",),
        EntityKind.ACTOR: ("actor:",),
    }
    assert [meaning for meaning in MEANINGS if not meaning.canonical.startswith(allowed[meaning.kind])] == []


def test_an_organ_has_the_state_that_its_id_names() -> None:
    organs = [meaning for meaning in MEANINGS if meaning.kind is EntityKind.ORGAN and "{}" not in meaning.canonical]
    assert [organ for organ in organs if organ.canonical[6:8] != organ.state] == []


def test_no_name_by_itself_is_two_states() -> None:
    for name, meanings in NAMES.items():
        alone = {meaning.state for meaning in meanings if meaning.alone and meaning.kind in ("state", "demonym")}
        assert len(alone) <= 1, name


def test_the_version_is_a_date_and_a_digest() -> None:
    date, _, digest = load_gazetteer().version.partition("+")
    assert (date[:2], len(date), len(digest)) == ("20", 10, 8)


def test_the_actors_table_is_modest_and_carries_its_notice() -> None:
    data = (FOLDER / "actors.csv").read_bytes()
    assert len(data) < 300_000
    assert b"The MITRE Corporation" in data[:1000]
    assert b"CC0" in data[:1000]


def test_who_says_so_is_kept_for_every_alias() -> None:
    aliases = load_gazetteer().actor_names()
    hafnium = {alias.source for alias in aliases if alias.actor == "actor:hafnium"}
    assert hafnium == {"misp", "attack", "microsoft"}
    assert not [alias for alias in aliases if alias.note == "ordinary word" and alias.read_as]
    assert any(alias.note == "ambiguous" for alias in aliases)


LISTS = {
    "misp": {
        "values": [
            {"value": "APT 77", "meta": {"synonyms": ["Example Panda", "EXAMPLE PANDA", "Lead", "Operation Sample"]}},
            {"value": "Sample Kitten", "meta": {"synonyms": ["Shared Name (Sample Lab)"], "country": "IR"}},
            {"value": "Other Kitten", "meta": {"synonyms": ["Shared Name"], "country": "IR,SY"}},
        ]
    },
    "attack": {
        "groups_campaigns": [
            {"stix_type": "intrusion-set", "revoked": False, "name": "Example Panda", "aliases": ["APT77", "SILICON"]},
            {"stix_type": "intrusion-set", "revoked": True, "name": "Gone Panda", "aliases": []},
            {"stix_type": "campaign", "revoked": False, "name": "Sample Campaign", "aliases": []},
        ]
    },
    "microsoft": {"values": [{"value": "Sample Storm", "meta": {"synonyms": ["Sample Kitten"], "country": "IR"}}]},
}


@pytest.fixture
def made(tmp_path: Path) -> list[script.Row]:
    for source, file in script.SOURCES.items():
        (tmp_path / file).write_bytes(lzma.compress(json.dumps(LISTS[source]).encode()))
    return [row for row in script.rows(list(script.actors(tmp_path))) if row.source != "tocsin"]


def test_the_script_gives_ids_and_reads_no_ordinary_word(made: list[script.Row]) -> None:
    assert [(row.alias, row.actor, row.source, row.read_as, row.note) for row in made] == [
        ("APT 77", "apt77", "misp", "apt77", ""),
        ("Example Panda", "apt77", "misp", "apt77", ""),
        ("Lead", "apt77", "misp", "", "ordinary word"),
        ("Operation Sample", "apt77", "misp", "", "an operation or no name"),
        ("Sample Kitten", "sample-kitten", "misp", "sample-kitten", ""),
        ("Shared Name", "sample-kitten", "misp", "shared-name", "ambiguous"),
        ("Other Kitten", "other-kitten", "misp", "other-kitten", ""),
        ("Shared Name", "other-kitten", "misp", "shared-name", "ambiguous"),
        ("Example Panda", "apt77", "attack", "apt77", ""),
        ("APT77", "apt77", "attack", "apt77", ""),
        ("SILICON", "apt77", "attack", "apt77", "capitals"),
        ("Sample Storm", "sample-kitten", "microsoft", "sample-kitten", ""),
        ("Sample Kitten", "sample-kitten", "microsoft", "sample-kitten", ""),
    ]


def test_two_countries_are_no_place(made: list[script.Row]) -> None:
    assert {row.actor: row.country for row in made if row.source == "misp"} == {
        "apt77": "",
        "sample-kitten": "IR",
        "other-kitten": "",
    }
