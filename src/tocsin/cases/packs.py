"""From the files of a case pack to a case, or to everything that is wrong with them."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.cases._builds import read_builds
from tocsin.cases._sections import Section
from tocsin.cases._settings import Settings, read_settings
from tocsin.cases.case import Case
from tocsin.cases.golden import Golden, read_golden, try_golden
from tocsin.errors import PackError
from tocsin.provenance import Fault, Pointer

SETTINGS = "case.toml"
BUILDS = "builds.csv"
GOLDEN = "golden/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found: every fault, and how many golden rows were tried."""

    faults: tuple[Fault, ...]
    golden: int


def read_pack(files: Mapping[str, bytes], *, source: str) -> Case:
    """The case of a pack. ``files`` maps names inside the pack to their content; ``source`` names the pack.

    Raises ``PackError`` naming every fault. The golden rows are not tried (see ``check_pack``).
    """
    case, faults = _read(files, source)
    if case is None or faults:
        raise PackError(
            f"the pack has {len(faults)} fault{'' if len(faults) == 1 else 's'}:\n"
            + "\n".join(f"  {fault}" for fault in faults),
            where=Pointer(source=source),
            remedy="mend them and run: tocsin case check " + source,
        )
    return case


def check_pack(files: Mapping[str, bytes], *, source: str) -> tuple[Fault, ...]:
    """Every fault of a pack at once; the golden rows are tried when the rest holds together."""
    return examine_pack(files, source=source).faults


def examine_pack(files: Mapping[str, bytes], *, source: str) -> Checked:
    """As ``check_pack``, with the number of golden rows that were tried."""
    case, faults = _read(files, source)
    examples: list[Golden] = []
    before = len(faults)
    for name in sorted(files):
        if name.startswith(GOLDEN) and name.endswith(".csv"):
            examples.extend(read_golden(files[name], source=f"{source}/{name}", faults=faults))
    if not examples and len(faults) == before:
        faults.append(Fault(pointer=Pointer(source=f"{source}/golden"), what="no golden row says what is expected"))
    if case is not None:
        faults.extend(fault for golden in examples for fault in try_golden(case, golden))
    return Checked(faults=tuple(faults), golden=len(examples) if case else 0)


def _read(files: Mapping[str, bytes], source: str) -> tuple[Case | None, list[Fault]]:
    faults: list[Fault] = []
    settings = _read_toml(files, f"{source}/{SETTINGS}", faults)
    if BUILDS not in files:
        faults.append(Fault(pointer=Pointer(source=f"{source}/{BUILDS}"), what="is missing"))
    if settings is None or BUILDS not in files:
        return None, faults
    branches = read_builds(
        files[BUILDS],
        source=f"{source}/{BUILDS}",
        products=settings.products,
        cves=settings.cves,
        faults=faults,
    )
    if faults:
        return None, faults
    fields = {name: getattr(settings, name) for name in Settings.__dataclass_fields__}
    return Case(**fields, branches=branches, version=_version(files)), faults


def _read_toml(files: Mapping[str, bytes], source: str, faults: list[Fault]) -> Settings | None:
    if SETTINGS not in files:
        faults.append(Fault(pointer=Pointer(source=source), what="is missing"))
        return None
    try:
        data = tomllib.loads(files[SETTINGS].decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as problem:
        line = files[SETTINGS][: problem.start].count(b"\n") + 1
        faults.append(Fault(pointer=Pointer(source=source, line=line), what="is not UTF-8; save the file as UTF-8"))
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        found = re.search(r"at line (\d+)", str(problem))
        pointer = Pointer(source=source, line=int(found[1]) if found else None)
        faults.append(Fault(pointer=pointer, what=f"cannot be read as TOML: {problem}"))
    else:
        return read_settings(Section(data, source=source, faults=faults))
    return None


def _version(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()[:12]
