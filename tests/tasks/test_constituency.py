"""Registries are imported, in a dry run too; real ones as well."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tocsin.errors import AskError, ConstituencyError
from tocsin.store.workspace import Workspace
from tocsin.tasks.constituency import (
    Import,
    find_registry_mapping,
    import_registry,
    list_constituents,
    list_imports,
    shipped_registry_mappings,
    show_constituent,
    whose,
)
from tocsin.tasks.workspace import init

NOW = datetime(2021, 4, 1, 9, tzinfo=UTC)
TEXT = """\
id,name,country,domains,networks
council,Example Council,GB,council.example,203.0.113.0/24
bakery,Example Bakery,GB,bakery.example,198.51.100.0/25
"""


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    return init(tmp_path / "empty", label="TLP:AMBER")


def take(
    workspace: Workspace,
    text: str | bytes,
    name: str = "registry.csv",
    *,
    source: str | None = None,
    dry_run: bool = False,
) -> Import:
    path = workspace.root.parent / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return import_registry(workspace, path, source=source, mapping=None, dry_run=dry_run, now=NOW)


def test_a_dry_run_writes_nothing(empty: Workspace) -> None:
    done = take(empty, TEXT, dry_run=True)
    assert (len(done.plan.added), done.version) == (2, None)
    assert list_imports(empty) == ()


def test_an_import_is_a_version_and_a_second_one_is_none(empty: Workspace) -> None:
    first = take(empty, TEXT)
    assert first.version is not None
    assert (first.version.number, first.version.source, first.version.added) == (1, "registry", 2)
    assert take(empty, TEXT).version is None
    assert [str(each) for each in list_imports(empty)] == [str(first.version)]


def test_a_file_speaks_for_its_source_alone(empty: Workspace) -> None:
    take(empty, TEXT)
    take(empty, "id,name\nshop,Example Shop\n", "others.csv")
    take(
        empty,
        TEXT.replace("bakery,Example Bakery,GB,bakery.example,198.51.100.0/25\n", ""),
        "new.csv",
        source="registry",
    )
    assert [each.id for each in list_constituents(empty)] == ["council", "shop"]


def test_whose_it_is(empty: Workspace) -> None:
    version = take(empty, TEXT).version
    found = whose(empty, "203.0.113.7", host="Mail.Bakery.example", host_from="certificate", asn="AS64500")
    assert (found.answer.constituent, found.answer.certainty) == ("council;bakery", "disputed")
    assert (found.names, found.version) == ({"bakery": "Example Bakery", "council": "Example Council"}, str(version))
    assert found.as_json()["hostname"] == "mail.bakery.example"
    alone = whose(empty, "192.0.2.1", host="bakery.example", host_from=None, asn=None)
    assert (alone.hostname_from, alone.answer.certainty) == ("ptr", "claimed")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"address": "203.0.113"}, "is no IP address"),
        ({"host": "a b"}, "is no host name"),
        ({"host": "a.example", "host_from": "certifcate"}, "did you mean certificate"),
        ({"asn": "ASx"}, "is no AS number"),
    ],
)
def test_nonsense_is_refused(empty: Workspace, words: dict[str, str], reason: str) -> None:
    asked = {"address": "203.0.113.7", "host": None, "host_from": None, "asn": None} | words
    with pytest.raises(AskError, match=reason):
        whose(empty, asked.pop("address") or "", **asked)


def test_one_constituent_and_none(empty: Workspace) -> None:
    take(empty, TEXT)
    assert show_constituent(empty, "council").name == "Example Council"
    with pytest.raises(AskError, match="did you mean council"):
        show_constituent(empty, "counci")


def test_a_file_that_is_not_there(empty: Workspace) -> None:
    with pytest.raises(ConstituencyError, match="cannot be read"):
        import_registry(empty, Path("nowhere.csv"), source=None, mapping=None, dry_run=True, now=NOW)


def test_a_mapping_of_ones_own_and_none(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[fields]\nid = { column = "a" }\nname = { column = "b" }\n', encoding="utf-8")
    assert find_registry_mapping(str(path)).rules["id"].column == ("a",)
    with pytest.raises(ConstituencyError, match="did you mean uk-government-domains"):
        find_registry_mapping("uk-government-domain")


@pytest.mark.parametrize("name", sorted(shipped_registry_mappings()))
def test_a_shipped_mapping_is_sound(name: str) -> None:
    mapping = find_registry_mapping(name)
    assert mapping.title
    assert mapping.source == name


@pytest.mark.parametrize(
    ("mapping", "file", "rows", "constituents", "rejected", "merged", "left_out"),
    [
        ("uk-government-domains", "registry-uk/govuk-domains-2016-q3.csv", 3004, 2036, 2, 966, 0),
        (
            "uk-government-domain-register",
            "registry-uk/government-domain-register-2018-10.csv",
            3163,
            2278,
            3,
            748,
            134,
        ),
        ("us-government-domains", "registry-world/dotgov-current-full-2026-08.csv", 16539, 14147, 0, 2392, 0),
    ],
)
def test_real_registries(
    empty: Workspace,
    shared_data: Path,
    mapping: str,
    file: str,
    rows: int,
    constituents: int,
    rejected: int,
    merged: int,
    left_out: int,
) -> None:
    done = import_registry(empty, shared_data / file, source=None, mapping=mapping, dry_run=True, now=NOW)
    found = done.registry
    assert found.rows == len(found.constituents) + len(found.rejected) + found.merged + found.left_out
    assert (found.rows, len(found.constituents), len(found.rejected), found.merged, found.left_out) == (
        rows,
        constituents,
        rejected,
        merged,
        left_out,
    )
    assert all(each.public_body and each.values("domain") for each in found.constituents)


def test_names_alone_yield_mostly_claims(empty: Workspace, shared_data: Path) -> None:
    file = shared_data / "registry-uk/govuk-domains-2016-q3.csv"
    import_registry(empty, file, source=None, mapping="uk-government-domains", dry_run=False, now=NOW)
    by_reverse_name = whose(empty, "203.0.113.7", host="mail.mod.gov.uk", host_from="ptr", asn=None)
    assert by_reverse_name.answer.certainty == "claimed"
    by_certificate = whose(empty, "203.0.113.7", host="mail.mod.gov.uk", host_from="certificate", asn=None)
    assert by_certificate.answer.certainty == "proven"
    assert (
        whose(empty, "203.0.113.7", host="x.service.gov.uk", host_from="certificate", asn=None).answer.certainty
        == "none"
    )
