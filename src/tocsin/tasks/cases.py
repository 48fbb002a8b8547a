"""Finds case packs, loads them, checks one, and judges a build by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from tocsin.cases import (
    Case,
    Checked,
    Sighting,
    Verdict,
    examine_pack,
    judge_sighting,
    read_pack,
)
from tocsin.errors import AskError, PackError, did_you_mean
from tocsin.provenance import Fault, Pointer
from tocsin.store.workspace import Workspace

FILE_LIMIT = 16 << 20

Origin = Literal["shipped", "workspace", "--pack"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A pack's folder, where it was found, and which other folder of the same name it takes the place of."""

    path: Path
    origin: Origin
    instead_of: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A pack as a list shows it; ``faulty`` when it cannot be read, and then title, label and version say nothing."""

    name: str
    found: Found
    title: str
    label: str
    version: str
    faulty: bool

    def as_json(self) -> dict[str, object]:
        """The pack as ``tocsin case list --json`` gives it."""
        known = {"id": self.name, "title": self.title, "label": self.label, "version": self.version}
        return {**known, "origin": self.found.origin, "path": str(self.found.path), "faulty": self.faulty}


def find_packs(workspace: Path | None, extra: Sequence[Path] = ()) -> dict[str, Path]:
    """The folder of each pack by its id: those shipped, then ``WORKSPACE/packs/*``, then ``extra``; later ones win."""
    return {name: found.path for name, found in survey_packs(workspace, extra).items()}


def survey_packs(workspace: Path | None, extra: Sequence[Path] = ()) -> dict[str, Found]:
    """As ``find_packs``, with where each was found and what it takes the place of.

    A pack's id is the name of its folder. Raises ``PackError`` for an ``extra`` folder that is no pack.
    """
    found: dict[str, Found] = {}
    for path, origin in _folders(workspace, extra):
        name = path.resolve().name
        before = found.get(name)
        found[name] = Found(path=path, origin=origin, instead_of=before.path if before else None)
    return found


def list_packs(workspace: Path | None = None, extra: Sequence[Path] = ()) -> tuple[Listed, ...]:
    """Every pack there is by its id, also those with faults."""
    return tuple(_list(name, found) for name, found in sorted(survey_packs(workspace, extra).items()))


def load_packs(workspace: Path | None = None, extra: Sequence[Path] = ()) -> dict[str, Case]:
    """Every case by its id. Raises ``PackError`` naming every fault of the first pack that has any."""
    return {name: load_pack(path) for name, path in sorted(find_packs(workspace, extra).items())}


def active_cases(workspace: Workspace, extra: Sequence[Path] = ()) -> dict[str, Case]:
    """The cases that a workspace judges: those its settings list, or every pack found.

    Raises ``AskError`` for a case of the settings without a pack.
    """
    found = find_packs(workspace.root, extra)
    names = sorted(found) if workspace.cases is None else workspace.cases
    return {name: load_pack(_folder_of(name, found)) for name in names}


def load_case(name: str, workspace: Path | None = None, extra: Sequence[Path] = ()) -> Case:
    """The case of that id. Raises ``AskError`` with near misses when there is none."""
    return load_pack(_folder_of(name, find_packs(workspace, extra)))


def load_pack(path: Path) -> Case:
    """The case in a folder. Raises ``PackError`` naming every fault, also an id that is not the folder's name."""
    case = read_pack(_read_files(path), source=str(path))
    if case.id != path.resolve().name:
        raise PackError(
            f"the id is {case.id!r}, the folder is named {path.resolve().name!r}",
            where=Pointer(source=str(path / "case.toml"), key="id"),
            remedy="give both the same name",
        )
    return case


def check(path: Path) -> Checked:
    """Every fault of the pack in a folder, its golden rows and its letters tried.

    Letters are tried only where what writes them is installed. Raises ``PackError`` when it is no folder.
    """
    checked = examine_pack(_read_files(path), source=str(path))
    if checked.faults:
        return checked
    try:
        case = load_pack(path)
    except PackError as error:
        fault = Fault(pointer=error.where or Pointer(source=str(path)), what=error.what)
        return Checked(faults=(fault,), golden=checked.golden)
    if find_spec("jinja2") is None:
        return checked
    from tocsin.tasks.checking_letters import letter_faults  # what it needs is no part of the base installation

    return Checked(faults=letter_faults(path, case), golden=checked.golden)


def judge_by_hand(
    case: Case,
    build: str | None,
    *,
    day: date,
    product: str | None = None,
    tags: Iterable[str] = (),
    source: str | None,
) -> Verdict | None:
    """The verdict on what an officer states; without a source every rule of the pack holds."""
    sighting = Sighting(source=source, day=day, product=product, version=build, tags=";".join(tags))
    return judge_sighting(case, sighting)


def _list(name: str, found: Found) -> Listed:
    try:
        case = load_pack(found.path)
    except PackError:
        return Listed(name=name, found=found, title="(faulty)", label="", version="", faulty=True)
    return Listed(name=name, found=found, title=case.title, label=str(case.label), version=case.version, faulty=False)


def _folders(workspace: Path | None, extra: Sequence[Path]) -> Iterator[tuple[Path, Origin]]:
    for path in _packs_in(Path(str(files("tocsin") / "packs"))):
        yield path, "shipped"
    if workspace is not None:
        for path in _packs_in(workspace / "packs"):
            yield path, "workspace"
    for path in extra:
        if not (path / "case.toml").is_file():
            raise PackError(
                "there is no case.toml here",
                where=Pointer(source=str(path)),
                remedy="name the folder of one pack with --pack",
            )
        yield path, "--pack"


def _packs_in(folder: Path) -> list[Path]:
    return sorted(path.parent for path in folder.glob("*/case.toml"))


def _folder_of(name: str, found: dict[str, Path]) -> Path:
    if name in found:
        return found[name]
    raise AskError(
        f"there is no case {name!r}{did_you_mean(name, found)}",
        remedy=f"name one of {', '.join(sorted(found))}, or give its pack with --pack PATH",
    )


def _read_files(path: Path) -> dict[str, bytes]:
    """The files of a pack by their names inside it."""
    if not path.is_dir():
        raise PackError(
            "there is no such folder", where=Pointer(source=str(path)), remedy="name the folder that holds case.toml"
        )
    wanted = [path / "case.toml", path / "builds.csv", *sorted((path / "golden").glob("*.csv"))]
    return {file.relative_to(path).as_posix(): _read(file) for file in wanted if file.is_file()}


def _read(file: Path) -> bytes:
    where = Pointer(source=str(file))
    try:
        size = file.stat().st_size
        if size > FILE_LIMIT:
            raise PackError(
                f"the file has {size:,} bytes", where=where, remedy=f"a pack's file has at most {FILE_LIMIT:,}"
            )
        return file.read_bytes()
    except OSError as fault:
        raise PackError(f"cannot be read: {fault.strerror}", where=where, remedy="check its rights") from fault
