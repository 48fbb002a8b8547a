"""A workspace: the folder that holds one team's lake, desk, packs and settings.

It is a list of targets: who is exposed, where, and since when. Everything in it is made for its owner alone.
"""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL

from tocsin.errors import WorkspaceError, did_you_mean
from tocsin.labels import Label, parse_label
from tocsin.provenance import Pointer

FORMAT = 1
OUTBOX, REHEARSED = "outbox", "outbox-rehearsal"
"""The folders of letters: those that would have left while sending is not configured, and rehearsed ones."""
SETTINGS = "tocsin.toml"
_KEYS = ("format", "label", "desk", "cases")
_TEMPLATE = """\
# tocsin's settings for this workspace; every key is described in docs/reference/workspace.md
format = {format}
label = "{label}"          # traffic-light label of everything written from here
{desk}                     # where the desk is; default: desk.sqlite in this folder
# cases = ["exchange-proxylogon-2021"]               # judge only these; default: every pack found
"""
_EXAMPLE_DESK = '# desk = "postgresql+psycopg://user@host/database"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Where a team's things are. ``cases`` is ``None`` when every pack found is judged.

    The default desk is a ``URL``, since a folder's name may hold what an address gives a meaning to.
    """

    root: Path
    label: Label
    desk_url: str | URL
    cases: tuple[str, ...] | None

    @property
    def lake(self) -> Path:
        return self.root / "lake"

    @property
    def packs(self) -> Path:
        return self.root / "packs"

    @property
    def documents(self) -> Path:
        return self.root / "documents"


def create_workspace(root: Path, label: Label, *, desk: str | None = None) -> Workspace:
    """Makes the folder ``root`` (mode 0700) with its settings, lake and packs; the desk is made when first opened.

    Raises ``WorkspaceError`` when it exists already, is not empty, or cannot be written.
    """
    try:
        if (root / SETTINGS).exists():
            raise WorkspaceError(f"{root} is a workspace already", remedy="use it as it is, or name another folder")
        if "%" in str(root.absolute()):
            raise WorkspaceError(f"{root}: the lake cannot lie in a folder with % in its name", remedy="choose another")
        if root.exists() and any(root.iterdir()):
            raise WorkspaceError(f"{root} is not empty", remedy="name a new folder for the workspace")
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        root.chmod(0o700)
        for part in ("lake", "packs"):
            (root / part).mkdir(mode=0o700)
        line = _EXAMPLE_DESK if desk is None else f"desk = {json.dumps(desk)}"
        _write_private(root / SETTINGS, _TEMPLATE.format(format=FORMAT, label=label, desk=line))
    except OSError as fault:
        raise WorkspaceError(
            f"{root} cannot be made: {fault.strerror}", remedy="choose a folder that you may write"
        ) from fault
    return read_workspace(root)


def find_workspace(start: Path) -> Workspace:
    """The workspace that ``start`` is or lies in. Raises ``WorkspaceError`` when there is none."""
    for folder in (start, *start.absolute().parents):
        if (folder / SETTINGS).is_file():
            return read_workspace(folder)
    raise WorkspaceError(
        f"{start} is no workspace and lies in none",
        remedy="run 'tocsin init' to make one, change into one, or name one with --workspace",
    )


def read_workspace(root: Path) -> Workspace:
    """The workspace at ``root``. Raises ``WorkspaceError`` for one of a newer version, bad settings or no right."""
    file = root / SETTINGS
    where = Pointer(source=str(file))
    try:
        settings = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise WorkspaceError(f"not a TOML file: {fault}", where=where, remedy="mend or restore it") from fault
    except OSError as fault:
        raise WorkspaceError(f"cannot be read: {fault.strerror}", where=where, remedy="check its rights") from fault
    _check(settings, where)
    if not os.access(root, os.R_OK | os.W_OK | os.X_OK):
        raise WorkspaceError(
            f"no right to read and write {root}", where=where, remedy="run as its owner, or change its rights"
        )
    cases = settings.get("cases")
    return Workspace(
        root=root,
        label=parse_label(settings["label"]),
        desk_url=settings.get("desk") or URL.create("sqlite", database=str((root / "desk.sqlite").absolute())),
        cases=None if cases is None else tuple(cases),
    )


def _check(settings: dict[str, object], where: Pointer) -> None:
    version = settings.get("format")
    if not isinstance(version, int):
        raise WorkspaceError("the key 'format' is missing or no number", where=where, remedy="restore the file")
    if version > FORMAT:
        raise WorkspaceError(
            f"this workspace is of format {version}, this tocsin knows formats up to {FORMAT}",
            where=where,
            remedy="install the tocsin that wrote it, or a newer one; nothing was changed",
        )
    for key in settings:
        if key not in _KEYS:
            raise WorkspaceError(
                f"unknown key {key!r}{did_you_mean(key, _KEYS)}", where=where, remedy=f"known are {', '.join(_KEYS)}"
            )
    label, desk, cases = settings.get("label"), settings.get("desk", ""), settings.get("cases", [])
    try:
        parse_label(str(label))
    except ValueError as fault:
        raise WorkspaceError(f"key 'label': {fault}", where=where, remedy="write one of these labels") from fault
    if not isinstance(desk, str) or not isinstance(cases, list) or not all(isinstance(case, str) for case in cases):
        raise WorkspaceError("'desk' must be a text and 'cases' a list of texts", where=where, remedy="mend these keys")


def _write_private(path: Path, text: str) -> None:
    with open(path, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(text)
