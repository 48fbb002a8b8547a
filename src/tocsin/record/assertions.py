"""What a document asserts: one value per claim, with its span, its chain of sources and the rule that read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from tocsin.figures import Figure, Period
from tocsin.record.segments import Party, Segment
from tocsin.record.spans import Span


class Level(IntEnum):
    """How far up the blame goes: an actor at all, a place, a group, one a state backs, an organ, the state itself."""

    UNSPECIFIED = 0
    TERRITORY = 1
    GROUP = 2
    STATE_AFFILIATED = 3
    STATE_ORGAN = 4
    STATE = 5

    @property
    def word(self) -> str:
        return self.name.lower().replace("_", "-")


class Relation(StrEnum):
    """How the accused is tied to the act."""

    LOCATED_IN = "located_in"
    CONDUCTED_BY = "conducted_by"
    RESPONSIBLE_FOR = "responsible_for"
    BEHIND = "behind"
    BACKED_BY = "backed_by"
    SUPPORTED_BY = "supported_by"
    DIRECTED_BY = "directed_by"
    ASSOCIATED_WITH = "associated_with"
    LINKED_TO = "linked_to"
    TOLERATED_BY = "tolerated_by"
    PRESUPPOSED = "presupposed"
    ACCUSED_UNSPECIFIED = "accused_unspecified"


class Polarity(StrEnum):
    """Whether the claim is made, denied, left open, asked about or only supposed."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    ABSTAINED = "abstained"
    QUESTIONED = "questioned"
    HYPOTHETICAL = "hypothetical"


class Modality(StrEnum):
    """Whether a number is stated, stated as possible (may have been), expected, or asked about."""

    ASSERTED = "asserted"
    POSSIBLE = "possible"
    EXPECTED = "expected"
    QUESTIONED = "questioned"


class Standing(StrEnum):
    """What became of a response."""

    TAKEN = "taken"
    ONGOING = "ongoing"
    PLANNED = "planned"
    EXPECTED = "expected"
    CONSIDERED = "considered"
    DEMANDED = "demanded"
    ASKED = "asked"
    DECLINED = "declined_to_say"
    NOT_TAKEN = "not_taken"
    THREATENED = "threatened"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date as the words give it. ``begins`` and ``ends`` (both included) are ``None`` where it cannot be resolved.

    ``precision``: ``day``, ``end-of-month``, ``end-of-year`` (a day as well), ``month``, ``year``, ``part-of-month``,
    ``part-of-year``, ``range`` or ``unresolved``; ``anchor`` is the day of the utterance it was counted from (``None``:
    it stands by itself).
    """

    span: Span | None
    begins: date | None
    ends: date | None
    precision: str
    anchor: date | None = None

    @property
    def days(self) -> date | Period | None:
        """The day, or the days, for a figure; ``None`` when unresolved."""
        if self.begins is None or self.ends is None:
            return None
        return self.begins if self.begins == self.ends else Period(begins=self.begins, ends=self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """Words of probability as they stand (``highly likely``); analytic confidence (``high``) is another thing.

    ``band`` is the term's name on ``yardstick`` and ``low`` to ``high`` its range, ``None`` without a yardstick that
    the claimant declares, or where the yardstick does not have the term.
    """

    words: Span | None = None
    band: str | None = None
    yardstick: str | None = None
    low: float | None = None
    high: float | None = None
    confidence_words: Span | None = None
    confidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Somebody is said to have done it: ``accused``, at ``level``, tied to the act by ``relation``."""

    accused: tuple[Party, ...]
    level: Level
    relation: Relation
    explicit: bool = True
    act: Span | None = None
    actors: tuple[Party, ...] = ()
    likelihood: Likelihood = Likelihood()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A judgement of something else than who did it.

    ``what`` is ``intent``, ``targeting``, ``damage``, ``victims``, ``purpose`` or ``condemnation``.
    """

    what: str
    likelihood: Likelihood = Likelihood()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number that the document states. ``number`` is the span of the number alone.

    ``figure`` is the claimed figure (``None`` when no date can be given to it at all); ``value`` the number as it
    stands (``None``: vague, such as "dozens"), ``unit`` the thing counted, normalised to lower case, ``percent`` for a
    share. ``comparator`` is one of ``= ~ > >= < <= <~``. ``subject`` and ``denominator`` are the words, ``state`` what
    is said of the things counted, normalised (``updates-installed``, ``vulnerable``, ``impacted``, …), ``place`` a
    place in words.
    """

    number: Span
    value: float | None
    unit: str
    comparator: str = "="
    hedges: tuple[Span, ...] = ()
    modality: Modality = Modality.ASSERTED
    subject: Span | None = None
    denominator: Span | None = None
    state: str = ""
    place: str | None = None
    substantive: bool = True
    figure: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened at a time: the words that name it."""

    what: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A denial, refusal or abstention.

    ``what``: ``responsibility_denial``, ``impact_denial``, ``refusal_to_quantify``, ``refusal_to_disclose``,
    ``non_confirmation``, ``non_attribution``, ``abstention``, ``evasion``. ``denied`` is the span of what is denied
    where the text has it, ``answers`` that of the question or claim it answers.
    """

    what: str
    denied: Span | None = None
    answers: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What was done about it: ``measure`` (``sanctions``, ``public_attribution``, ``advice``, …) and its standing."""

    measure: str
    standing: Standing
    actors: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    is_conditional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """Something promised by ``holders``.

    ``what`` is ``past``, ``future``, ``continuing``, ``conditional``, ``aspiration`` or ``non_committal``.
    """

    what: str
    holders: tuple[Party, ...] = ()
    towards: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A crisis-response strategy at a place: ``deny``, ``diminish``, ``rebuild`` or ``bolster``.

    ``tag`` is the span of the tag a person wrote into the document; ``None`` for a suggestion of a rule.
    """

    strategy: str
    tag: Span | None = None


Body = Attribution | Assessment | Quantity | Event | Denial | Response | Commitment | Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """One claim of one document, as the reader or a person read it.

    ``chain`` is who says that who said, the document's own voice first and the claimant last; ``claimants`` are those
    who make the claim together (the last link, several for a joint statement). ``span`` is the clause, ``triggers``
    the words that ``rule`` fired on. ``incident`` is the key of the incident it is about (``None``: not told). ``id``
    is the same for the same reading of the same document. All spans are of the document's own text.
    """

    id: str
    document: str
    span: Span
    rule: str
    body: Body
    triggers: tuple[Span, ...] = ()
    chain: tuple[Party, ...] = ()
    claimants: tuple[Party, ...] = ()
    polarity: Polarity = Polarity.ASSERTED
    incident: str | None = None
    when: When | None = None
    segment: int | None = None

    @property
    def kind(self) -> str:
        """``attribution``, ``quantity`` and so on: the name of its body's type, in lower case."""
        return type(self.body).__name__.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one version of the reader found in one document: segments and assertions in the text's order."""

    document: str
    reader: str
    segments: tuple[Segment, ...]
    assertions: tuple[Assertion, ...]
