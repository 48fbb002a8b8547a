"""What the documentation says is so: commands, settings and errors are all described, and the examples run.

A block that begins with ```` ```console ```` is executed line by line (``$ command``) in an empty folder that holds the
files of ``docs/examples``; the lines below a command must be what it prints, where ``…`` stands for anything. Ids of
plans and notices are drawn anew in each run: the first one shown stands for the first one printed, and so on.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from docs.generate_cli import PAGE, commands, page

from tocsin import errors
from tocsin.notices import Policy, settings
from tocsin.notices.settings import SECTIONS
from tocsin.store import schema, workspace

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
RUN = [
    "README.md",
    "docs/tutorial/first-notice.md",
    "docs/explanation/how-it-works.md",
    "docs/explanation/how-a-document-is-read.md",
]
BY_CHANCE = (re.compile(r"\b\d{8}-[0-9a-f]{6}\b"), re.compile(r"(?<![\w])[a-z2-7]{26}(?![\w])"))
"""Ids that are new in each run: of plans, and of notices."""
TOML = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def test_every_command_is_in_the_reference() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python docs/generate_cli.py"


def test_every_room_is_in_the_list_and_the_drawing_of_the_architecture() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rooms = {path.parent.name for path in (ROOT / "src" / "tocsin").glob("*/__init__.py")} - {"packs", "figures"}
    listed = text.partition("is the rule.")[2].partition("- **Ground")[0]
    assert set(re.findall(r"`(\w+)`", listed)) == rooms
    assert rooms - {"testing"} <= set(re.findall(r"┌─ (\w+) ", text))


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_has_help_with_an_example(name: str) -> None:
    text = dict(commands())[name]
    members = [other for other, _ in commands() if other.startswith(name + " ")]
    assert members or f"Example: {name}" in text.replace("\n", " ") or re.search(rf"\$ {name}|  {name}", text)


@pytest.mark.parametrize("name", [error.__name__ for error in vars(errors).values() if isinstance(error, type)])
def test_every_error_is_described(name: str) -> None:
    error = getattr(errors, name)
    if issubclass(error, errors.TocsinError):
        text = (DOCS / "reference" / "errors.md").read_text("utf-8")
        assert f"`{name}`" in text
        assert f"`{error.kind}`" in text


@pytest.mark.parametrize("name", workspace._KEYS)
def test_every_setting_is_described(name: str) -> None:
    assert f"`{name}`" in (DOCS / "reference" / "workspace.md").read_text("utf-8")


@pytest.mark.parametrize("section", SECTIONS)
def test_every_setting_of_sending_is_described(section: str) -> None:
    text = (DOCS / "reference" / "notify-settings.md").read_text("utf-8")
    described = text.partition(f"## [{section}]")[2].partition("\n## ")[0]
    kind = {"sender": settings.Sender, "policy": Policy, "smtp": settings.Smtp, "imap": settings.Imap}
    kind |= {"openpgp": settings.OpenPgp, "dkim": settings.Dkim, "dns": settings.Dns, "lookups": settings.Lookups}
    assert [each.name for each in fields(kind[section]) if f"| `{each.name}` |" not in described] == []


def _examples_of_settings() -> dict[str, str]:
    found = {"docs/examples/notify.toml": (DOCS / "examples" / "notify.toml").read_text("utf-8")}
    for path in sorted(DOCS.rglob("*.md")):
        for number, block in enumerate(TOML.findall(path.read_text("utf-8"))):
            if set(re.findall(r"^\[(\w+)\]", block, re.MULTILINE)) & set(SECTIONS):
                found[f"{path.relative_to(ROOT)}:{number}"] = block
    return found


@pytest.mark.parametrize("name", sorted(_examples_of_settings()))
def test_every_example_of_settings_of_sending_is_taken(name: str) -> None:
    assert settings.check_settings(tomllib.loads(_examples_of_settings()[name]))[1] == ()


@pytest.mark.parametrize("name", sorted(schema.metadata.tables))
def test_every_table_is_described(name: str) -> None:
    assert f"`{name}`" in (DOCS / "reference" / "workspace.md").read_text("utf-8")


@pytest.mark.parametrize(
    "path", [*ROOT.glob("*.md"), *DOCS.rglob("*.md")], ids=lambda path: str(path.relative_to(ROOT))
)
def test_every_link_leads_somewhere(path: Path) -> None:
    missing = [link for link in LINK.findall(path.read_text("utf-8")) if not (path.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("name", RUN)
def test_the_examples_run_and_print_what_they_show(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "start"
    shutil.copytree(DOCS / "examples", folder)
    steps = list(_steps((ROOT / name).read_text("utf-8")))
    assert steps, "nothing to run"
    drawn = dict[str, str]()
    for written, told in steps:
        command = _renamed(written, drawn)
        done = _run(command, folder)
        _note_drawn(told, done, drawn)
        shown = _renamed(told, drawn)
        wanted = ".*".join(re.escape(part) for part in _plain(shown).split("…"))
        assert re.fullmatch(wanted, _plain(done), re.DOTALL), f"$ {command}\n{done}"


def _steps(text: str) -> Iterator[tuple[str, str]]:
    """Each command of the runnable blocks with what is shown below it."""
    for block in BLOCK.findall(text):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = step.partition("\n")
            yield command, shown


def _run(command: str, folder: Path) -> str:
    """What one line prints on both channels; ``cd`` lasts for the lines after it."""
    here = folder / ".here"
    start = here.read_text("utf-8").strip() if here.exists() else str(folder)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
    script = f"set -eo pipefail\ncd {start!r}\n{command}\npwd > {str(here)!r}"
    done = subprocess.run(
        ["bash", "-c", script], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert done.returncode == 0, f"$ {command}\n{done.stdout}"
    return done.stdout


def _note_drawn(shown: str, done: str, drawn: dict[str, str]) -> None:
    for kind in BY_CHANCE:
        ours = dict.fromkeys(each for each in kind.findall(shown) if each not in drawn)
        theirs = dict.fromkeys(each for each in kind.findall(done) if each not in drawn.values())
        drawn |= zip(ours, theirs, strict=False)


def _renamed(text: str, drawn: dict[str, str]) -> str:
    for ours, theirs in drawn.items():
        text = text.replace(ours, theirs)
    return text


def _plain(text: str) -> str:
    """Without differences that nobody sees: trailing blanks and empty lines at the ends."""
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())
