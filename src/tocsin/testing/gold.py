"""A gold file comes in; its documents and the items that a person marked in them go out, in the scorer's terms.

The shape is ``tocsin-gold/0.1``: offsets are code points of the file, which lies beside the gold file and must be the
one that was annotated (its SHA-256 is in the gold file). See ``docs/how-to/score-the-reader.md``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

import msgspec

from tocsin.errors import FeedError
from tocsin.provenance import Pointer
from tocsin.record import Document, Genre, Origin, Span
from tocsin.testing import _gold_file as door

SCHEMA = "tocsin-gold/"
REMEDY = "annotate the documents as they are now, or bring back the files that were annotated"

_ADDRESSED = re.compile(r"\Aperson:(?:(?:mr|mrs|ms|miss|dr|prof|professor|sir|dame|senator|sen|rep)-)+(?=.)")

Facts = Mapping[str, frozenset[str]]
"""What is said of an item, by name: every value that may stand (gold) or that is given (a reading)."""


class Kind(StrEnum):
    """What is scored. ``WORDS`` are the words of probability and confidence by themselves, whatever they belong to."""

    ATTRIBUTIONS = "attributions"
    QUANTITIES = "quantities"
    RESPONSES = "responses"
    DENIALS = "denials"
    COMMITMENTS = "commitments"
    ASSESSMENTS = "assessments"
    EVENTS = "events"
    WORDS = "words"
    QUOTATIONS = "quotations"
    REPORTED = "reported"
    TURNS = "turns"
    CODES = "codes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing at a place. ``name`` is the id in the gold file, or the rule that read it.

    ``span`` is what is compared: of a quantity the number alone, of an event the words of its date. An optional item
    is neither rewarded nor penalised.
    """

    kind: Kind
    name: str
    span: Span
    facts: Facts = field(default_factory=dict)
    is_optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """One annotated document. ``kinds`` are those that were annotated: the others are not scored there.

    ``distractors`` look like items and are none; the name of each says why.
    """

    id: str
    document: Document
    kinds: frozenset[Kind]
    items: tuple[Item, ...]
    distractors: tuple[Item, ...]

    @property
    def blind(self) -> Document:
        """The document as it comes when nobody gives its genre or date."""
        plain = self.document
        return Document(sha256=plain.sha256, text=plain.text, media_type=plain.media_type, source=plain.source)


def read_gold(path: Path) -> tuple[GoldDocument, ...]:
    """The documents of a gold file, each checked against its file, which lies beside it.

    Raises ``FeedError`` when the gold file is not in that shape, when a document is missing or is not the one that was
    annotated, and when the text at an offset is not the text that the gold file gives.
    """
    try:
        file = door.decode(path.read_bytes())
    except OSError as error:
        raise FeedError(
            f"the gold file cannot be read: {error.strerror}",
            where=Pointer(source=str(path)),
            remedy="name a file in the shape of tocsin-gold/0.1",
        ) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise FeedError(
            f"no gold file: {error}", where=Pointer(source=str(path)), remedy="the shape is tocsin-gold/0.1"
        ) from error
    if not file.schema.startswith(SCHEMA):
        raise FeedError(
            f"the schema is {file.schema!r}", where=Pointer(source=str(path)), remedy="the shape is tocsin-gold/0.1"
        )
    return tuple(_document(path, number, entry) for number, entry in enumerate(file.documents))


def canonicals(*texts: str | None) -> frozenset[str]:
    """The parties that canonical names name: joined ones apart, remarks in brackets left out, unknown ones alike.

    A form of address before a person's name is no part of it (``person:sir-alex-example``); a peer's title is.
    """
    parts = (part.partition(" (")[0].strip() for text in texts if text for part in text.split(";"))
    return frozenset(
        "unknown" if part.startswith("unknown:") else _ADDRESSED.sub("person:", part) for part in parts if part
    )


def words(text: str | None) -> frozenset[str]:
    """Words as they stand, without the marks around them or "with (a)" before; case and spacing aside."""
    plain = " ".join((text or "").strip(" \n\"'“”‘’«»,.;:").lower().split())
    plain = plain.removeprefix("with ").removeprefix("a ")
    return frozenset({plain} if plain else ())


def days(iso: str | None) -> frozenset[str]:
    """The first and the last day of a day, month, year or range, as ``begins/ends``; nothing for what is no date."""
    first, _, last = (iso or "").partition("/")
    try:
        return frozenset({f"{_bounds(first)[0]}/{_bounds(last or first)[1]}"})
    except ValueError:
        return frozenset()


def place(span: Span, text: str) -> frozenset[str]:
    """Exactly where a span is, quotation marks and white space at its ends aside."""
    marks = " \n\"'“”‘’«»"
    inner = span.of(text)
    begins = span.begins + len(inner) - len(inner.lstrip(marks))
    return frozenset({f"{begins}-{begins + len(inner.strip(marks))}"})


def _bounds(text: str) -> tuple[date, date]:
    day = text.partition("T")[0].partition(" ")[0]
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    year, month = parts[0], parts[1] if len(parts) > 1 else None
    after = date(year + (month in (None, 12)), (month or 12) % 12 + 1, 1)
    return date(year, month or 1, 1), date.fromordinal(after.toordinal() - 1)


def _document(path: Path, number: int, entry: door.GoldEntry) -> GoldDocument:
    file = path.parent / entry.file
    try:
        raw = file.read_bytes()
        text = raw.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FeedError(
            f"the annotated document cannot be read: {error}", where=Pointer(source=str(file)), remedy=REMEDY
        ) from error
    found = hashlib.sha256(raw).hexdigest()
    if found != entry.sha256.lower():
        raise FeedError(
            f"this is not the document that {path} annotates: its SHA-256 is {found[:12]}…, not {entry.sha256[:12]}…",
            where=Pointer(source=str(file)),
            remedy=REMEDY,
        )
    items = _Items(text, Pointer(source=str(path), key=f"documents[{number}] ({entry.id})"))
    kinds = frozenset(kind for kind, key in _KEYS.items() if getattr(entry, key) is not None)
    return GoldDocument(
        id=entry.id,
        document=_known(entry, Document(sha256=found, text=text, media_type="text/plain", source=entry.file)),
        kinds=kinds,
        items=tuple(items.of(entry)),
        distractors=(
            *(items.distractor(Kind.ATTRIBUTIONS, one) for one in entry.attribution_distractors),
            *(items.distractor(Kind.QUANTITIES, one) for one in entry.quantity_distractors),
        ),
    )


def _known(entry: door.GoldEntry, plain: Document) -> Document:
    """The document with the genre and the date that its user would give."""
    genre = Genre(entry.genre) if entry.genre in set(Genre) else Genre.OTHER
    published = _bounds(entry.date)[0] if entry.date and days(entry.date) else None
    told = [("genre", genre is not Genre.OTHER), ("published", published is not None)]
    return Document(
        sha256=plain.sha256,
        text=plain.text,
        media_type=plain.media_type,
        source=plain.source,
        genre=genre,
        published=published,
        origins=tuple((name, Origin.PERSON) for name, is_told in told if is_told),
    )


_KEYS = {
    Kind.ATTRIBUTIONS: "attributions",
    Kind.QUANTITIES: "quantities",
    Kind.RESPONSES: "responses",
    Kind.DENIALS: "denials",
    Kind.COMMITMENTS: "commitments",
    Kind.ASSESSMENTS: "assessments",
    Kind.EVENTS: "events",
    Kind.WORDS: "attributions",
    Kind.QUOTATIONS: "reported_speech",
    Kind.REPORTED: "reported_speech",
    Kind.TURNS: "turns",
    Kind.CODES: "strategy_codes",
}

# Names that the gold files of version 0.1 have for what the record names otherwise.
_DENIALS = {"reported_non_confirmation": "non_confirmation", "non_denial_surprise": "evasion"}
_EXPLICIT = {"explicit": frozenset({"True"}), "presupposed": frozenset({"False"})}
_COMMITMENTS = {"conditional_threat": "conditional", "past_commitment": "past", "stated_objective": "aspiration"}


class _Items:
    """Turns the annotations of one document into items, and refuses a span that is not where it says."""

    def __init__(self, text: str, where: Pointer) -> None:
        self.text = text
        self.where = where

    def of(self, entry: door.GoldEntry) -> Iterator[Item]:
        for one in entry.attributions or ():
            yield self._attribution(one)
        yield from self._words(entry)
        for quantity in entry.quantities or ():
            yield self._quantity(quantity)
        yield from self._deeds(entry)
        yield from self._times(entry)
        for said in entry.reported_speech or ():
            yield self._speech(said)
        for code in entry.strategy_codes or ():
            span = self.span(code.tag_span)
            yield Item(
                kind=Kind.CODES,
                name=code.id,
                span=span,
                facts={"strategy": frozenset({code.code.lower()})},
                is_optional=code.optional,
            )

    def span(self, gold: door.GoldSpan) -> Span:
        if not gold.start <= gold.end <= len(self.text):
            self._refuse(f"code points {gold.start} to {gold.end} are not in the document")
        span = Span(gold.start, gold.end)
        if gold.text is not None and span.of(self.text) != gold.text:
            self._refuse(f"at {gold.start} stands {span.of(self.text)[:40]!r}, not {gold.text[:40]!r}")
        return span

    def distractor(self, kind: Kind, one: door.GoldDistractor) -> Item:
        return Item(kind=kind, name=one.why, span=self.span(one.span))

    def _refuse(self, what: str) -> None:
        raise FeedError(what, where=self.where, remedy=REMEDY)

    def _said(self, gold: door.GoldSpan | None) -> frozenset[str]:
        return words(self.span(gold).of(self.text)) if gold else frozenset()

    def _attribution(self, one: door.GoldAttribution) -> Item:
        facts: dict[str, frozenset[str]] = {
            "level": frozenset(map(str, (one.level, *one.level_alt))),
            "accused": canonicals(*(party.canonical for party in one.accused)),
            "words": self._said(one.confidence_span),
            "polarity": frozenset({one.polarity}),
        }
        if one.claimant is not None:
            facts["speaker"] = canonicals(*(party.canonical for party in one.claimant))
        if one.relation is not None:
            facts["relation"] = frozenset({one.relation})
        if one.explicitness is not None:
            facts["explicit"] = _EXPLICIT.get(one.explicitness, frozenset({"True", "False"}))
        return Item(
            kind=Kind.ATTRIBUTIONS,
            name=one.id,
            span=self.span(one.span),
            facts=facts,
            is_optional=one.optional or one.polarity == "meta",
        )

    def _words(self, entry: door.GoldEntry) -> Iterator[Item]:
        """Each span of words once, although an attribution and an assessment may share it."""
        spans: dict[Span, tuple[str, bool]] = {}
        for one in (*(entry.attributions or ()), *(entry.assessments or ())):
            if one.confidence_span is not None:
                span = self.span(one.confidence_span)
                spans[span] = (one.id, one.optional and spans.get(span, ("", True))[1])
        for span, (name, is_optional) in spans.items():
            facts = {"exact": place(span, self.text)}
            yield Item(kind=Kind.WORDS, name=name, span=span, facts=facts, is_optional=is_optional)

    def _quantity(self, one: door.GoldQuantity) -> Item:
        facts: dict[str, frozenset[str]] = {
            "value": frozenset() if one.value is None else frozenset({f"{one.value:g}"}),
            "unit": words(one.unit),
            "date": days(one.as_of.iso if one.as_of else None),
        }
        if one.comparator is not None:
            facts["comparator"] = frozenset({one.comparator})
        if one.modality is not None:
            facts["modality"] = frozenset({one.modality})
        self.span(one.span)
        return Item(
            kind=Kind.QUANTITIES,
            name=one.id,
            span=self.span(one.number_span or one.span),
            facts=facts,
            is_optional=one.optional or not one.substantive,
        )

    def _deeds(self, entry: door.GoldEntry) -> Iterator[Item]:
        def item(kind: Kind, one: _Deed, what: str, who: tuple[str, str | None], **more: frozenset[str]) -> Item:
            facts = {"what": frozenset({what}), **more}
            if who[1] is not None:
                facts[who[0]] = canonicals(who[1])
            return Item(kind=kind, name=one.id, span=self.span(one.span), facts=facts, is_optional=one.optional)

        for response in entry.responses or ():
            status = frozenset({response.status})
            yield item(Kind.RESPONSES, response, response.type, ("actor", response.actor), status=status)
        for denial in entry.denials or ():
            what = _DENIALS.get(denial.kind, denial.kind)
            yield item(Kind.DENIALS, denial, what, ("speaker", denial.denier))
        for promise in entry.commitments or ():
            what = _COMMITMENTS.get(promise.type, promise.type)
            yield item(Kind.COMMITMENTS, promise, what, ("holder", promise.holder))
        for judged in entry.assessments or ():
            said = self._said(judged.confidence_span)
            yield item(Kind.ASSESSMENTS, judged, judged.type, ("speaker", judged.claimant), words=said)

    def _times(self, entry: door.GoldEntry) -> Iterator[Item]:
        for event in entry.events or ():
            again = event.duplicate_of is not None or event.kind == "document_date"
            facts = {"date": days(event.iso)}
            span = self.span(event.span)
            yield Item(kind=Kind.EVENTS, name=event.id, span=span, facts=facts, is_optional=event.optional or again)
        for turn in entry.turns or ():
            facts = {"speaker": canonicals(turn.speaker_canonical)}
            if turn.utterance_date is not None:
                facts["date"] = days(turn.utterance_date)
            span = self.span(door.GoldSpan(turn.start, turn.end))
            is_narration = (turn.role or "").endswith("narration")  # the document's own voice is no turn
            yield Item(kind=Kind.TURNS, name=turn.id, span=span, facts=facts, is_optional=turn.optional or is_narration)

    def _speech(self, said: door.GoldSpeech) -> Item:
        span, is_direct = self.span(said.span), said.type == "direct"
        facts = {"speaker": canonicals(said.speaker)} | ({"exact": place(span, self.text)} if is_direct else {})
        kind = Kind.QUOTATIONS if is_direct else Kind.REPORTED
        return Item(kind=kind, name=said.id, span=span, facts=facts, is_optional=said.optional)


_Deed = door.GoldResponse | door.GoldDenial | door.GoldCommitment | door.GoldAssessment
