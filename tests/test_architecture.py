"""The import rule (docs/adr/0001-rooms.md): rooms import only rooms above, and only the shell touches the world."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "tocsin"
ROOMS = "cases constituency feeds findings notices record remediation reports sharing".split()
ROOMS += "store testing transports tasks ui".split()
GROUND = {"errors", "figures", "labels", "persons", "provenance", "tables"}
SHELL = {"store", "testing", "transports", "tasks", "ui"}
WORLD = set(
    "alembic asyncio deltalake http io os random secrets shutil smtplib socket sqlalchemy sqlite3 subprocess sys"
    " tempfile time typer urllib".split()
)
CLOCKS = {"now", "today", "utcnow"}
MODULES = sorted(path for path in SRC.rglob("*.py") if path.relative_to(SRC).parts[0] in ROOMS)
GROUNDS = sorted(path for path in SRC.rglob("*.py") if path.relative_to(SRC).parts[0].removesuffix(".py") in GROUND)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports are absolute"
            yield from (f"{node.module}.{name.name}" for name in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SRC)))
def test_a_room_imports_only_rooms_above_it(path: Path) -> None:
    room, tree = path.relative_to(SRC).parts[0], ast.parse(path.read_text("utf-8"))
    above = GROUND | set(ROOMS[: ROOMS.index(room) + 1]) | {"__version__"}
    names = [name.split(".") for name in imported(tree)]
    assert {name[1] for name in names if name[0] == "tocsin" and len(name) > 1} <= above
    if room not in SHELL:
        assert {name[0] for name in names} & (WORLD - {"io"}) == set(), "a pure room touches no world"
        calls = {node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and hasattr(node.func, "attr")}
        assert calls & CLOCKS == set(), "time is an argument"


@pytest.mark.parametrize("path", GROUNDS, ids=lambda path: str(path.relative_to(SRC)))
def test_the_ground_imports_no_room(path: Path) -> None:
    names = [found.split(".") for found in imported(ast.parse(path.read_text("utf-8")))]
    assert {found[1] for found in names if found[0] == "tocsin"} <= GROUND


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_opens_with_one_sentence_and_its_public_names(room: str) -> None:
    tree = ast.parse((SRC / room / "__init__.py").read_text("utf-8"))
    assert ast.get_docstring(tree), "what comes in and what goes out"
    kinds = (ast.Expr, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    assert all(isinstance(node, kinds) for node in tree.body), "nothing else is there"
    assert ast.unparse(tree.body[-1]).startswith("__all__")
