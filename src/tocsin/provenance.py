"""Where a value came from, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """A place in a source: ``line`` is physical and 1-based, ``key`` a path such as ``cves[2].id``."""

    source: str
    line: int | None = None
    column: str | None = None
    key: str | None = None

    def __str__(self) -> str:
        text = self.source
        if self.line is not None:
            text += f":{self.line}"
        if self.column is not None:
            text += f" column {self.column!r}"
        if self.key is not None:
            text += f" {self.key}"
        return text

    def as_json(self) -> dict[str, object]:
        """``source`` and whichever of ``line``, ``column``, ``key`` are known."""
        known = {"line": self.line, "column": self.column, "key": self.key}
        return {"source": self.source} | {name: value for name, value in known.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A row that could not be read: where, why, and its raw text (cut at ``RAW_LIMIT`` characters)."""

    pointer: Pointer
    reason: str
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong in a file that people edit; a loader reports all of them at once."""

    pointer: Pointer
    what: str

    def __str__(self) -> str:
        return f"{self.pointer}: {self.what}"


RAW_LIMIT = 2000
