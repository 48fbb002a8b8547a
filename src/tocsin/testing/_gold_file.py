"""The shape of a gold file (``tocsin-gold/0.1``) at the door: strict about what scoring needs, silent on the rest."""

from __future__ import annotations

from typing import Annotated

import msgspec

Offset = Annotated[int, msgspec.Meta(ge=0)]


class GoldSpan(msgspec.Struct, frozen=True):
    """Code points of the file, ``end`` excluded; ``text``, where it is given, must stand there."""

    start: Offset
    end: Offset
    text: str | None = None


class Named(msgspec.Struct, frozen=True):
    """Somebody; ``canonical`` may join several with semicolons."""

    canonical: str


class AsOf(msgspec.Struct, frozen=True):
    """The day, month, year or range (``2021-03-01/2021-03-10``) for which a number holds."""

    iso: str | None = None


class GoldAttribution(msgspec.Struct, frozen=True):
    """Who is said to have done it, at which level; ``level_alt`` are levels that may be read as well."""

    span: GoldSpan
    accused: list[Named]
    level: Annotated[int, msgspec.Meta(ge=0, le=5)]
    polarity: str
    id: str = ""
    claimant: list[Named] | None = None
    relation: str | None = None
    level_alt: list[int] = []
    explicitness: str | None = None
    confidence_span: GoldSpan | None = None
    analytic_confidence: str | None = None
    quote_span: GoldSpan | None = None
    optional: bool = False


class GoldQuantity(msgspec.Struct, frozen=True):
    """A number; without ``number_span`` the first number of ``span`` is meant, which the whole span stands for."""

    span: GoldSpan
    value: float | None
    unit: str | None
    id: str = ""
    number_span: GoldSpan | None = None
    comparator: str | None = None
    modality: str | None = None
    as_of: AsOf | None = None
    substantive: bool = True
    optional: bool = False


class GoldResponse(msgspec.Struct, frozen=True):
    """What was done about it."""

    span: GoldSpan
    type: str
    status: str
    id: str = ""
    actor: str | None = None
    optional: bool = False


class GoldDenial(msgspec.Struct, frozen=True):
    """A denial, refusal or abstention."""

    span: GoldSpan
    kind: str
    id: str = ""
    denier: str | None = None
    optional: bool = False


class GoldCommitment(msgspec.Struct, frozen=True):
    """Something promised."""

    span: GoldSpan
    type: str
    id: str = ""
    holder: str | None = None
    optional: bool = False


class GoldAssessment(msgspec.Struct, frozen=True):
    """A judgement of something else than who did it."""

    span: GoldSpan
    type: str
    id: str = ""
    claimant: str | None = None
    confidence_span: GoldSpan | None = None
    optional: bool = False


class GoldEvent(msgspec.Struct, frozen=True):
    """The words of a time, and what they resolve to; the document's own date and repetitions are optional."""

    span: GoldSpan
    iso: str | None
    id: str = ""
    kind: str | None = None
    duplicate_of: str | None = None
    optional: bool = False


class GoldSpeech(msgspec.Struct, frozen=True):
    """A quotation with its marks (``direct``), or what somebody is said to have said (``indirect``)."""

    span: GoldSpan
    type: str
    speaker: str
    id: str = ""
    optional: bool = False


class GoldTurn(msgspec.Struct, frozen=True):
    """One speaker's turn."""

    start: Offset
    end: Offset
    speaker_canonical: str
    id: str = ""
    role: str | None = None
    utterance_date: str | None = None
    optional: bool = False


class GoldCode(msgspec.Struct, frozen=True):
    """A crisis-response strategy that a person wrote into the document as a tag."""

    code: str
    tag_span: GoldSpan
    id: str = ""
    sentence_span_original: GoldSpan | None = None
    optional: bool = False


class GoldDistractor(msgspec.Struct, frozen=True):
    """What looks like an item and is none."""

    span: GoldSpan
    why: str = ""


class GoldEntry(msgspec.Struct, frozen=True):
    """One document. A list that is missing was not annotated; an empty one was, and there is nothing."""

    id: str
    file: str
    sha256: str
    genre: str | None = None
    date: str | None = None
    attributions: list[GoldAttribution] | None = None
    quantities: list[GoldQuantity] | None = None
    responses: list[GoldResponse] | None = None
    denials: list[GoldDenial] | None = None
    commitments: list[GoldCommitment] | None = None
    assessments: list[GoldAssessment] | None = None
    events: list[GoldEvent] | None = None
    reported_speech: list[GoldSpeech] | None = None
    turns: list[GoldTurn] | None = None
    strategy_codes: list[GoldCode] | None = None
    attribution_distractors: list[GoldDistractor] = []
    quantity_distractors: list[GoldDistractor] = []


class GoldFile(msgspec.Struct, frozen=True):
    """The whole file."""

    schema: str
    documents: list[GoldEntry]


decode = msgspec.json.Decoder(GoldFile).decode
