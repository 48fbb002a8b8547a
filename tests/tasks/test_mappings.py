"""A mapping is found by its name or in a file of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.errors import FeedError
from tocsin.feeds import read_mapping
from tocsin.tasks.mappings import find_mapping, shipped_mappings

OWN = """\
name = "own-scan"
coverage = "population"
[scope]
name = "all"
[time]
formats = ["iso"]
zone = "UTC"
[fields]
seen_at = "when"
ip = "address"
port = "port"
"""


def own(folder: Path, text: str = OWN) -> str:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_population_scan_is_shipped() -> None:
    assert find_mapping("population-scan").name == "population-scan"
    assert find_mapping("population-scan").coverage == "population"


@pytest.mark.parametrize("name", sorted(shipped_mappings()))
def test_each_shipped_mapping_holds_together_under_its_own_name(name: str) -> None:
    assert read_mapping(shipped_mappings()[name], source=name).name == name


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    assert find_mapping(own(tmp_path)).name == "own-scan"


def test_a_misspelt_name_gets_the_near_one_and_the_list() -> None:
    with pytest.raises(FeedError, match=r"no mapping 'populaton-scan' \(did you mean population-scan\?\)") as caught:
        find_mapping("populaton-scan")
    assert caught.value.remedy == f"give a file, or one of {', '.join(sorted(shipped_mappings()))}"


def test_a_file_that_is_not_there_is_told_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="No such file or directory") as caught:
        find_mapping(str(tmp_path / "nowhere.toml"))
    assert caught.value.where is not None
    assert caught.value.where.source == str(tmp_path / "nowhere.toml")


def test_a_folder_is_no_mapping(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="Is a directory"):
        find_mapping(str(tmp_path))


def test_a_file_with_faults_is_told_with_each_of_them(tmp_path: Path) -> None:
    spoilt = OWN.replace('"population"', '"everything"').replace('ip = "address"\n', "")
    with pytest.raises(FeedError, match="the mapping has 2 faults") as caught:
        find_mapping(own(tmp_path, spoilt))
    assert str(caught.value).startswith("own.toml: ")
    assert "coverage:" in caught.value.what
    assert "ip" in caught.value.what


def test_a_file_that_is_no_toml_is_told(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="this is no TOML"):
        find_mapping(own(tmp_path, "name = "))
