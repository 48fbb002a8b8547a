"""Imports registries into the constituency, shows it, and asks it whose a service is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from tocsin.constituency import (
    NAME_SOURCES,
    Answer,
    Constituent,
    ImportPlan,
    Registry,
    RegistryMapping,
    format_address,
    normalise_name,
    plan_import,
    read_address,
    read_mapping,
    read_registry,
)
from tocsin.constituency.addresses import split_bits
from tocsin.errors import AskError, ConstituencyError, did_you_mean
from tocsin.provenance import Pointer
from tocsin.store.constituents import (
    Origin,
    Version,
    current_version,
    list_versions,
    load_constituent,
    load_constituents,
    load_resolver,
    save_version,
)
from tocsin.store.desk import open_desk
from tocsin.store.lake import disk_errors
from tocsin.store.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What an import changed, or would change: ``version`` is ``None`` for a dry run and when nothing changed."""

    file: str
    registry: Registry
    plan: ImportPlan
    version: Version | None

    def as_json(self) -> dict[str, object]:
        registry, plan = self.registry, self.plan
        return {
            "file": self.file,
            "sources": sorted(registry.sources),
            "version": str(self.version) if self.version else None,
            "rows": registry.rows,
            "constituents": len(registry.constituents),
            "merged": registry.merged,
            "left_out": registry.left_out,
            "ignored_columns": list(registry.ignored),
            "added": [each.as_json() for each in plan.added],
            "changed": [each.as_json() for each in plan.changed],
            "removed": [each.as_json() for each in plan.removed],
            "kept": list(plan.kept),
            "orphaned": list(plan.orphaned),
            "rejected": [{**row.pointer.as_json(), "reason": row.reason, "raw": row.raw} for row in registry.rejected],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """Who answers for one address, under which version of the constituency; ``names`` of those in the answer."""

    address: str
    hostname: str | None
    hostname_from: str | None
    asn: int | None
    answer: Answer
    names: dict[str, str]
    version: str

    def as_json(self) -> dict[str, object]:
        return {
            "address": self.address,
            "hostname": self.hostname,
            "hostname_from": self.hostname_from,
            "asn": self.asn,
            **self.answer.as_json(),
            "names": self.names,
            "version": self.version,
        }


def import_registry(
    workspace: Workspace, path: Path, *, source: str | None, mapping: str | None, dry_run: bool, now: datetime
) -> Import:
    """Reads a registry and keeps what it changes as a new version; in a dry run nothing is written.

    Raises ``ConstituencyError`` for a file that cannot be used at all, and changes nothing then.
    """
    data = _read(path)
    rules = find_registry_mapping(mapping) if mapping else None
    with disk_errors(workspace.root):
        desk = open_desk(workspace.desk_url)
        base = current_version(desk)
        current = load_constituents(desk, base)
        registry = read_registry(data, source=path.name, registry=source, mapping=rules, known=current)
        plan = plan_import(current, registry)
        version = None
        if not plan.is_empty and not dry_run:
            origin = Origin(
                source="; ".join(sorted(registry.sources))[:200],
                file=path.name,
                file_sha256=hashlib.sha256(data).hexdigest(),
                rejected=len(registry.rejected),
            )
            version = save_version(desk, plan, origin, base=base, now=now)
    return Import(file=path.name, registry=registry, plan=plan, version=version)


def whose(workspace: Workspace, address: str, *, host: str | None, host_from: str | None, asn: str | None) -> Ownership:
    """Who answers for ``address``, as far as the newest constituency knows. Raises ``AskError`` for nonsense."""
    bits = read_address(address)
    if bits is None:
        raise AskError(f"{address!r} is no IP address", remedy="give one such as 203.0.113.7 or 2001:db8::7")
    name = normalise_name(host) if host else None
    if host and name is None:
        raise AskError(f"{host!r} is no host name", remedy="give one such as mail.example.org with --host")
    if host_from is not None and host_from not in NAME_SOURCES:
        raise AskError(
            f"no host name comes from {host_from!r}{did_you_mean(host_from, NAME_SOURCES)}",
            remedy=f"give --host-from as one of {', '.join(NAME_SOURCES)}",
        )
    number = _as_number(asn)
    hi, lo = split_bits(bits)
    how = (host_from or NAME_SOURCES[-1]) if name else None
    desk = open_desk(workspace.desk_url)
    resolver = load_resolver(desk)
    answer = resolver.whose(hi, lo, hostname=name, hostname_from=how, asn=number)
    told = {*answer.claimants, *(each.claim.constituent for each in answer.others)}
    known = current_version(desk)
    found = {id_: load_constituent(desk, id_, known) for id_ in sorted(told)}
    return Ownership(
        address=format_address(hi, lo),
        hostname=name,
        hostname_from=how,
        asn=number,
        answer=answer,
        names={id_: each.name for id_, each in found.items() if each},
        version=resolver.version,
    )


def show_constituent(workspace: Workspace, id_: str) -> Constituent:
    """One constituent as it is now. Raises ``AskError`` when there is none of that id."""
    desk = open_desk(workspace.desk_url)
    version = current_version(desk)
    found = load_constituent(desk, id_, version)
    if found is None:
        known = (each.id for each in load_constituents(desk, version))
        raise AskError(f"no constituent {id_!r}{did_you_mean(id_, known)}", remedy="see 'tocsin constituency list'")
    return found


def list_constituents(workspace: Workspace) -> tuple[Constituent, ...]:
    """Every constituent of the newest version, by id."""
    desk = open_desk(workspace.desk_url)
    return load_constituents(desk, current_version(desk))


def list_imports(workspace: Workspace) -> tuple[Version, ...]:
    """Every version of the constituency, the oldest first."""
    return list_versions(open_desk(workspace.desk_url))


def shipped_registry_mappings() -> dict[str, bytes]:
    """The mappings of well-known registries inside the package, by name."""
    folder = files("tocsin.constituency") / "mappings"
    return {
        entry.name.removesuffix(".toml"): entry.read_bytes()
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }


def find_registry_mapping(name: str) -> RegistryMapping:
    """The mapping of that name or in that file. Raises ``ConstituencyError`` when there is none or it has faults."""
    shipped = shipped_registry_mappings()
    if name in shipped:
        return read_mapping(shipped[name], source=f"{name}.toml")
    path = Path(name)
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise ConstituencyError(
            f"no mapping {name!r}{did_you_mean(name, shipped)}: {fault.strerror}",
            where=Pointer(source=name),
            remedy=f"give a file, or one of {', '.join(sorted(shipped))}",
        ) from fault
    return read_mapping(data, source=path.name)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise ConstituencyError(
            f"cannot be read: {fault.strerror}", where=Pointer(source=str(path)), remedy="check its name and rights"
        ) from fault


def _as_number(text: str | None) -> int | None:
    if text is None:
        return None
    digits = text.strip().upper().removeprefix("AS").strip()
    if not (digits.isascii() and digits.isdigit() and int(digits) < 1 << 32):
        raise AskError(f"{text!r} is no AS number", remedy="give one such as 64500 or AS64500 with --asn")
    return int(digits)
