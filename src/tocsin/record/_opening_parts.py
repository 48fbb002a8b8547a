"""What every kind of document is opened into, before it is a document."""

from __future__ import annotations

from dataclasses import dataclass, field

from tocsin.record.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The text, what the file's or page's own metadata state, and remarks for whoever gave the document."""

    text: str
    facts: Facts = field(default_factory=Facts)
    remarks: tuple[str, ...] = ()
