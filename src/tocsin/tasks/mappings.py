"""Finds a feed mapping: one that tocsin ships, by name, or a file of one's own."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from tocsin.errors import FeedError, did_you_mean
from tocsin.feeds import FeedMapping, read_mapping
from tocsin.provenance import Pointer


def shipped_mappings() -> dict[str, bytes]:
    """The mappings inside the package, by name."""
    folder = files("tocsin") / "feeds" / "mappings"
    return {
        entry.name.removesuffix(".toml"): entry.read_bytes()
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }


def find_mapping(name: str) -> FeedMapping:
    """The mapping of that name or in that file. Raises ``FeedError`` when there is none, or naming all its faults."""
    shipped = shipped_mappings()
    if name in shipped:
        return read_mapping(shipped[name], source=f"{name}.toml")
    path = Path(name)
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise FeedError(
            f"no mapping {name!r}{did_you_mean(name, shipped)}: {fault.strerror}",
            where=Pointer(source=name),
            remedy=f"give a file, or one of {', '.join(sorted(shipped))}",
        ) from fault
    return read_mapping(data, source=path.name)
