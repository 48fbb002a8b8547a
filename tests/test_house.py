"""Rules of the house that a reader would otherwise have to check by eye."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "tocsin"
MODULES = sorted(path for path in SRC.rglob("*.py") if "migrations" not in path.parts)
FOLDERS = (".ci", "benchmarks", "docs", "src", "tests")
OURS = [path for path in ROOT.iterdir() if path.is_file()] + [
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*")
    if path.is_file() and not {"__pycache__", ".hypothesis"} & set(path.parts) and path.parent.name != "data"
]
NO_TEST_OF_ITS_OWN = {
    "__main__.py": "one call; run below",
    "store/schema.py": "declarations; tests/store/test_desk.py holds them against the migrations",
    "ui/cli/main.py": "a list of commands; run below, and walked by tests/test_docs.py",
}
WORDS_ALONE = re.compile(r"[\w':-]+(?:[\s|]+[\w':-]+){3,}")
OVER_400 = "Over 400 lines"
BASE_LIMIT_BYTES = 500_000_000
HEAVY = {"alembic", "deltalake", "duckdb", "numpy", "pyarrow", "sqlalchemy"}
MACHINE = re.compile("|".join(["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/[a-z]", "py" + "pi[.]", "/sim" + "ple/"]))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_every_module_has_its_test_file(path: Path) -> None:
    place = path.relative_to(SRC)
    if path.name == "__init__.py" or path.name.startswith("_") or str(place) in NO_TEST_OF_ITS_OWN:
        return  # a private module is tested through the one it serves
    assert (ROOT / "tests" / place.parent / f"test_{path.name}").is_file()


@pytest.mark.parametrize("path", sorted(p for p in OURS if p.suffix == ".py"), ids=shown)
def test_a_long_file_says_why_and_no_function_is_over_60_lines(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 400 or OVER_400 in text[:1000]
    if path in MODULES:
        functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
        assert [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= 60] == []


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_no_list_of_words_has_a_word_twice(path: Path) -> None:
    twice = [
        (line, [word for word in dict.fromkeys(words) if words.count(word) > 1])
        for line, words in _word_lists(path)
        if len(set(words)) < len(words)
    ]
    assert twice == []


def _word_lists(path: Path) -> Iterator[tuple[int, list[str]]]:
    """What is split at blanks; among the readers of the record also whatever is words alone, at blanks or at ``|``."""
    tree = ast.parse(path.read_text("utf-8"))
    split = {
        id(call.func.value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "split"
    }
    pieces = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
            text = node.value.strip()
            if id(node) in split or ("reading" in path.parts and WORDS_ALONE.fullmatch(text)):
                yield node.lineno, re.split(r"\|" if "|" in text else r"\s+", text)


@pytest.mark.parametrize("path", OURS, ids=shown)
def test_no_file_names_a_place_of_one_machine(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    assert MACHINE.search(text) is None
    assert f"{ROOT.parent}/" not in text or len(ROOT.parent.parts) < 2


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel built from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return set(zipfile.ZipFile(next(folder.glob("*.whl"))).namelist())


def test_the_wheel_ships_types_packs_mappings_and_migrations(wheel: set[str]) -> None:
    tree = {
        str(path.relative_to(SRC.parent))
        for path in SRC.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    assert "tocsin/py.typed" in wheel
    assert tree - wheel == set()


def test_the_base_install_stays_under_500_mb() -> None:
    names, todo = set[str](), ["tocsin"]
    while todo:
        name = todo.pop()
        if name.lower() in names:
            continue
        names.add(name.lower())
        needs = [Requirement(text) for text in distribution(name).requires or []]
        todo += [need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]
    sizes = {name: _unpacked_bytes(name) for name in names - {"tocsin"}}
    assert sizes["pyarrow"] > 50_000_000, "the measure itself"
    assert sum(sizes.values()) < BASE_LIMIT_BYTES, sizes


def _unpacked_bytes(name: str) -> int:
    return sum(file.size or 0 for file in distribution(name).files or [] if file.suffix != ".pyc")


@pytest.mark.parametrize("words", [("--help",), ("census", "--help"), ("--version",)])
def test_help_loads_no_heavy_library(words: tuple[str, ...]) -> None:
    program = (
        "import sys; from tocsin.ui.cli.main import run\n"
        f"sys.argv = ['tocsin', *{words!r}]\n"
        "try: run()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=SRC.parent, capture_output=True, text=True, check=True)
    assert {name.partition(".")[0] for name in done.stderr.split()} & HEAVY == set()
    assert done.stdout


def test_the_module_runs_as_the_command_does() -> None:
    command = [sys.executable, "-m", "tocsin", "--help"]
    done = subprocess.run(command, cwd=SRC.parent, capture_output=True, text=True, check=True)
    assert "census" in done.stdout
