"""A reading of an invented document, for the tests of review and export."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tocsin.figures import Figure, Measure, Passage
from tocsin.record import (
    Assertion,
    Attribution,
    Body,
    Code,
    Denial,
    Document,
    Genre,
    Level,
    Likelihood,
    Origin,
    Party,
    Polarity,
    Quantity,
    Reading,
    Relation,
    Span,
    When,
)
from tocsin.record.review import Act, Action

TEXT = (
    "Sampleland’s state security service was behind the attack on Example Mail Server, the minister said.\n"
    "Almost certainly the group Example Panda did it from the territory of Sampleland.\n"
    "About 400 servers were hit on 2 March 2021. “We deny it,” the embassy said.\n"
)
SHA = "a1" * 32
DOCUMENT = Document(
    sha256=SHA,
    text=TEXT,
    media_type="text/plain",
    source="example.txt",
    genre=Genre.NEWS,
    published=date(2021, 7, 19),
    publisher="The Sample Times",
    title="Example Mail Server",
    origins=(("published", Origin.PERSON),),
)
MINISTER, EMBASSY = Party(canonical="role:GB-sample-minister"), Party(canonical="gov:FR")
PAPER = Party(canonical="org:sample-times")
DAY = When(span=None, begins=date(2021, 3, 2), ends=date(2021, 3, 2), precision="day")


def at(words: str) -> Span:
    begins = TEXT.index(words)
    return Span(begins, begins + len(words))


def assertion(name: str, words: str, body: Body, *by: Party, polarity: Polarity = Polarity.ASSERTED) -> Assertion:
    return Assertion(
        id=name,
        document=SHA,
        span=at(words),
        rule=f"sample.{name}",
        body=body,
        triggers=(at(words.split()[0]),),
        chain=(PAPER, *by),
        claimants=by,
        polarity=polarity,
        incident="example-mail",
        when=DAY,
    )


ORGAN = assertion(
    "organ",
    "Sampleland’s state security service was behind the attack on Example Mail Server",
    Attribution(
        accused=(Party(canonical="organ:FR-sample-service"),), level=Level.STATE_ORGAN, relation=Relation.BEHIND
    ),
    MINISTER,
)
GROUP = assertion(
    "group",
    "Almost certainly the group Example Panda did it from the territory of Sampleland",
    Attribution(
        accused=(Party(canonical="territory:FR"),),
        level=Level.TERRITORY,
        relation=Relation.LOCATED_IN,
        actors=(Party(canonical="actor:example-panda", span=at("Example Panda")),),
        likelihood=Likelihood(
            words=at("Almost certainly"), band="almost_certain", yardstick="PHIA", low=0.95, high=1.0
        ),
    ),
    MINISTER,
)
NUMBER = assertion(
    "number",
    "About 400 servers were hit on 2 March 2021",
    Quantity(
        number=at("400"),
        value=400,
        unit="servers",
        comparator="~",
        hedges=(at("About"),),
        state="impacted",
        figure=Figure(
            id="claim:number",
            low=400,
            high=400,
            unit="servers",
            state="impacted",
            place="everywhere",
            as_of=date(2021, 3, 2),
            known_at=None,
            method="claimed",
            denominator=None,
            source=Passage(document=SHA, begins=at("400").begins, ends=at("400").ends, text="400"),
            measure=Measure.COUNT,
        ),
    ),
)
DENIAL = assertion("denial", "We deny it", Denial(what="responsibility_denial"), EMBASSY, polarity=Polarity.NEGATED)
CODE = assertion("code", "deny it", Code(strategy="deny"), EMBASSY)
READING = Reading(document=SHA, reader="1+sample", segments=(), assertions=(ORGAN, GROUP, NUMBER, DENIAL, CODE))


def did(by: str, act: Act, minute: int = 0) -> Action:
    """An action of ``by`` so many minutes after noon."""
    return Action(document=SHA, by=by, at=datetime(2021, 8, 1, 12 + minute // 60, minute % 60, tzinfo=UTC), act=act)
