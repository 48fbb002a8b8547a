"""Who SAYS what: documents come in; assertions with spans, claimants and words go out. Sees no victim's data."""

from tocsin.record.assertions import (
    Assertion,
    Assessment,
    Attribution,
    Body,
    Code,
    Commitment,
    Denial,
    Event,
    Level,
    Likelihood,
    Modality,
    Polarity,
    Quantity,
    Reading,
    Relation,
    Response,
    Standing,
    When,
)
from tocsin.record.document import Document, Genre, Origin
from tocsin.record.segments import Party, Segment, SegmentKind
from tocsin.record.spans import Span, View

__all__ = [
    "Assertion",
    "Assessment",
    "Attribution",
    "Body",
    "Code",
    "Commitment",
    "Denial",
    "Document",
    "Event",
    "Genre",
    "Level",
    "Likelihood",
    "Modality",
    "Origin",
    "Party",
    "Polarity",
    "Quantity",
    "Reading",
    "Relation",
    "Response",
    "Segment",
    "SegmentKind",
    "Span",
    "Standing",
    "View",
    "When",
]
