"""What can go wrong, by the person who must act.

::

    TocsinError
    ├── FeedError            whoever delivered the file
    ├── PackError            the author of a case pack
    ├── ConstituencyError    the keeper of the registry
    ├── DocumentError        whoever gave the public document, or published it
    ├── WorkspaceError       whoever runs the machine: rights, disk, versions, missing extras
    └── AskError             the officer: a question that cannot be answered as put
        └── figures.NotComparable    two figures that are not of the same thing

A programming fault stays ``ValueError``, ``TypeError`` or ``AssertionError``. A bad row is no exception: it is
``provenance.Rejected``.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from tocsin.provenance import Pointer


class TocsinError(Exception):
    """What happened, where, and what to do about it."""

    kind = "error"

    def __init__(self, what: str, *, remedy: str, where: Pointer | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.where = where

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what}\n  → {self.remedy}"

    def as_json(self) -> dict[str, object]:
        """The one JSON shape of an error: ``{"error": {"kind", "what", "where", "remedy"}}``."""
        where = self.where.as_json() if self.where else None
        return {"error": {"kind": self.kind, "what": self.what, "where": where, "remedy": self.remedy}}


class FeedError(TocsinError):
    """A file that cannot be trusted at all."""

    kind = "feed"


class PackError(TocsinError):
    """A case pack that does not hold together."""

    kind = "pack"


class ConstituencyError(TocsinError):
    """A registry that cannot be read."""

    kind = "constituency"


class DocumentError(TocsinError):
    """A public document that cannot be fetched or has no text to read."""

    kind = "document"


class WorkspaceError(TocsinError):
    """The workspace or the machine does not allow it."""

    kind = "workspace"


class AskError(TocsinError):
    """A question that cannot be answered as it was put."""

    kind = "ask"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` (did you mean …?)`` with the nearest known words, or an empty text."""
    near = get_close_matches(word, list(known), n=3, cutoff=0.6)
    return f" (did you mean {' or '.join(near)}?)" if near else ""
