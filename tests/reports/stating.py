"""Two invented documents about one incident, read by hand, for the tests of the record's views."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tocsin.record import (
    Assertion,
    Assessment,
    Attribution,
    Body,
    Commitment,
    Denial,
    Document,
    Event,
    Level,
    Likelihood,
    Party,
    Polarity,
    Quantity,
    Reading,
    Relation,
    Response,
    Segment,
    SegmentKind,
    Span,
    Standing,
    When,
)
from tocsin.record.review import Accept, Action, Reject, fold
from tocsin.reports.stated import ReadDocument, Statement, statements

MAIL = "example-mail"
OURS, THEIRS = Party(canonical="gov:GB"), Party(canonical="gov:FR")
FIRM = Party(canonical="org:sample-labs")
STATEMENT = (
    "Example Council on the attack\n"
    "The group Example Panda, very likely backed by France, was behind the attack on Example Mail.\n"
    "On 2 March the mail servers were broken into. We have imposed sanctions. We will publish all we know.\n"
    "Damage of 3 million euros was done.\n"
)
NEWS = (
    "France was behind the attack on Example Mail, Sample Labs said.\n"
    "“We had no hand in it”, the embassy said. Britain called in the ambassador. Some time ago a bank was hit too.\n"
)


def read(name: str, text: str, day: date, found: list[Assertion], *actions: Action) -> ReadDocument:
    """A document with these assertions, and what reviewers did to them."""
    document = Document(sha256=sha(name), text=text, media_type="text/plain", source=f"{name}.txt", published=day)
    title = text[: text.index("\n")]
    segments = (Segment(kind=SegmentKind.TITLE, span=Span(0, len(title))),)
    reading = Reading(document=sha(name), reader="1+sample", segments=segments, assertions=tuple(found))
    return ReadDocument(document=document, reviewed=fold(reading, actions))


def sha(name: str) -> str:
    return name.encode().hex().ljust(64, "0")[:64]


def said(
    name: str,
    words: str,
    body: Body,
    *by: Party,
    text: str = STATEMENT,
    polarity: Polarity = Polarity.ASSERTED,
    when: When | None = None,
    incident: str | None = MAIL,
) -> Assertion:
    """That ``words`` of ``text`` assert ``body``."""
    return Assertion(
        id=name,
        document=sha("statement" if text is STATEMENT else "news"),
        span=at(words, text),
        rule=f"sample.{name}",
        body=body,
        triggers=(at(words.split()[0], text),),
        chain=by,
        claimants=by,
        polarity=polarity,
        incident=incident,
        when=when,
    )


def at(words: str, text: str = STATEMENT) -> Span:
    begins = text.index(words)
    return Span(begins, begins + len(words))


def accept(name: str, by: str, minute: int = 0, document: str = "statement") -> Action:
    at_ = datetime(2021, 8, 1, 12, minute, tzinfo=UTC)
    return Action(document=sha(document), by=by, at=at_, act=Accept(assertion=name))


def reject(name: str, document: str) -> Action:
    act = Reject(assertion=name, reason="a bank of its own")
    return Action(document=sha(document), by="A. Example", at=datetime(2021, 8, 1, tzinfo=UTC), act=act)


BACKED = said(
    "backed",
    "The group Example Panda, very likely backed by France, was behind the attack on Example Mail",
    Attribution(
        accused=(Party(canonical="state:FR", span=at("France")),),
        actors=(Party(canonical="actor:apt29", span=at("Example Panda")),),
        level=Level.STATE_AFFILIATED,
        relation=Relation.BACKED_BY,
        likelihood=Likelihood(words=at("very likely"), band="highly_likely", yardstick="PHIA", low=0.8, high=0.9),
    ),
    OURS,
)
BROKEN = said(
    "broken",
    "On 2 March the mail servers were broken into",
    Event(what=at("the mail servers were broken into")),
    OURS,
    when=When(span=at("On 2 March"), begins=date(2021, 3, 2), ends=date(2021, 3, 2), precision="day"),
)
SANCTIONS = said("sanctions", "We have imposed sanctions", Response(measure="sanctions", standing=Standing.TAKEN), OURS)
PROMISE = said("promise", "We will publish all we know", Commitment(what="future"), OURS)
DAMAGE = said("damage", "Damage of 3 million euros was done", Assessment(what="damage"), OURS)
EUROS = said("euros", "3 million euros", Quantity(number=at("3 million"), value=3e6, unit="euros"), OURS)
STATE = said(
    "state",
    "France was behind the attack on Example Mail",
    Attribution(
        accused=(Party(canonical="state:FR", span=at("France", NEWS)),), level=Level.STATE, relation=Relation.BEHIND
    ),
    FIRM,
    text=NEWS,
)
NO_HAND = said(
    "no-hand",
    "We had no hand in it",
    Denial(what="responsibility_denial"),
    THEIRS,
    text=NEWS,
    polarity=Polarity.NEGATED,
)
SUMMONED = said(
    "summoned", "Britain called in the ambassador", Response(measure="summons", standing=Standing.TAKEN), text=NEWS
)
BANK = said(
    "bank",
    "Some time ago a bank was hit",
    Event(what=at("a bank was hit", NEWS)),
    text=NEWS,
    incident="sample-bank",
)

OURS_READ = read(
    "statement",
    STATEMENT,
    date(2021, 7, 19),
    [BACKED, BROKEN, SANCTIONS, PROMISE, DAMAGE, EUROS],
    accept("sanctions", "A. Example"),
)
NEWS_READ = read("news", NEWS, date(2021, 7, 20), [STATE, NO_HAND, SUMMONED, BANK])
BOTH = (OURS_READ, NEWS_READ)


def both(incident: str | None = None) -> tuple[Statement, ...]:
    """What the two documents state."""
    return statements(BOTH, incident)
