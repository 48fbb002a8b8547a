"""The parts of a document: furniture, captions, turns, quotations and reported speech, each with speaker and date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tocsin.record.document import Origin
from tocsin.record.spans import Span


class SegmentKind(StrEnum):
    """``REPORTED`` is indirect speech (said that …), ``QUOTATION`` direct; ``BODY`` is the document's own voice."""

    BODY = "body"
    TITLE = "title"
    STANDFIRST = "standfirst"
    HEADING = "heading"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"
    STAGE = "stage_direction"
    DUPLICATE = "duplicate"
    TURN = "turn"
    QUOTATION = "quotation"
    REPORTED = "reported"


NOT_READ = frozenset({SegmentKind.BOILERPLATE, SegmentKind.STAGE, SegmentKind.CAPTION, SegmentKind.DUPLICATE})
"""What is kept and shown, and yields no assertions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Whoever speaks, claims, denies or is accused, known by ``canonical``.

    ``canonical`` is ``kind:id``: ``gov:GB``, ``state:CN``, ``territory:CN``, ``organ:CN-MSS``, ``actor:apt31``,
    ``org:microsoft``, ``person:example-name``, ``role:GB-foreign-secretary``, ``group:…``, ``doc:…``, ``unknown:…``.
    ``span`` is the place that names it (``None`` when it is not named there), ``origin`` whether the text says so.
    """

    canonical: str
    span: Span | None = None
    origin: Origin = Origin.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One part. ``parent`` is the index of the innermost segment around it in the same tuple, or ``None``.

    ``speaker`` and ``uttered`` hold for the segment alone (``None``: those of the parent). ``cue`` is the span of the
    words that introduce speech (``said``, ``according to``), ``rule`` the rule that found it.
    """

    kind: SegmentKind
    span: Span
    parent: int | None = None
    speaker: Party | None = None
    uttered: date | None = None
    cue: Span | None = None
    rule: str = ""
