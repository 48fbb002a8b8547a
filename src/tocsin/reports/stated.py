"""What the public record states: each claim of the documents read, who says it, where, and whether a person looked.

Whatever reviewers rejected, split or merged away is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tocsin.errors import AskError, did_you_mean
from tocsin.record import Assertion, Document, Party
from tocsin.record.comparing.claims import Claim, claims_of, named
from tocsin.record.review import Item, Reviewed

REVIEWED, MACHINE_READ = "reviewed", "machine-read"
_WORD = re.compile(r"[^\W\d_]{4,}")
NOT_TOLD = "not told"
"""The incident of a claim that does not tell which one it is about."""

_SHORT = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """A document with its reading as reviewers left it."""

    document: Document
    reviewed: Reviewed

    @property
    def name(self) -> str:
        """What the document is called: by its title, else by where it came from."""
        return self.document.title or self.document.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One claim. ``incident`` is the same for all documents that tell of it; all texts are foreign."""

    claim: Claim
    item: Item
    document: str

    @property
    def incident(self) -> str:
        return self.claim.incident or NOT_TOLD

    @property
    def day(self) -> date | None:
        """The day on which it was said; ``None`` where neither the text nor anybody tells it."""
        return self.claim.day

    @property
    def is_reviewed(self) -> bool:
        return self.item.is_reviewed

    @property
    def standing(self) -> str:
        """``reviewed``, ``machine-read``, or how far a review has come."""
        return REVIEWED if self.is_reviewed else self.item.word

    @property
    def words(self) -> str:
        """The clause in one line, as it stands."""
        return self.claim.words

    @property
    def short(self) -> str:
        """The clause in quotation marks, cut after a word where it is long."""
        words = self.words
        return f"“{words}”" if len(words) <= _SHORT else f"“{words[:_SHORT].rsplit(' ', 1)[0]} …”"

    @property
    def place(self) -> str:
        """The document and the code points at which the clause stands."""
        span = self.claim.assertion.span
        return f"{self.document}, {span.begins} to {span.ends}"

    @property
    def parties(self) -> tuple[str, ...]:
        """Who says it: canonicals of those who make the claim together, or the document itself."""
        found = dict.fromkeys(party.canonical for party in self.claim.assertion.claimants)
        return tuple(found) or (f"document:{self.claim.document.publisher or self.document}",)

    @property
    def who(self) -> str:
        return ", ".join(map(party_name, self.parties))

    def names(self, parties: Iterable[Party]) -> str:
        """The parties by the document's own words where it has any, else by what they are known as."""
        return ", ".join(dict.fromkeys(self.claim.said(each.span) or party_name(each.canonical) for each in parties))

    def as_json(self) -> dict[str, object]:
        assertion, document = self.claim.assertion, self.claim.document
        return {
            "id": assertion.id,
            "kind": assertion.kind,
            "document": {"sha256": document.sha256, "name": self.document, "source": document.source},
            "span": assertion.span.as_json(document.text),
            "who": list(self.parties),
            "chain": [party.canonical for party in assertion.chain],
            "day": self.day.isoformat() if self.day else None,
            "incident": self.claim.incident,
            "polarity": str(assertion.polarity),
            "rule": assertion.rule,
            "standing": self.standing,
            "reviewed": self.is_reviewed,
        }


def statements(documents: Sequence[ReadDocument], incident: str | None = None) -> tuple[Statement, ...]:
    """Every claim that counts, the earliest first; those about ``incident`` alone where one is given.

    Raises ``AskError`` for an incident that nobody speaks of.
    """
    by_id = {
        (each.document.sha256, item.assertion.id): (each.name, item)
        for each in documents
        for item in each.reviewed.items
        if item.counts
    }
    readings = [replace(each.reviewed.reading, assertions=_standing(each.reviewed)) for each in documents]
    found = []
    for claim in claims_of(readings, {each.document.sha256: each.document for each in documents}):
        name, item = by_id[claim.document.sha256, claim.id]
        found.append(Statement(claim=claim, item=item, document=name))
    return tuple(found) if incident is None else _about(found, incident)


def incidents(stated: Sequence[Statement]) -> tuple[str, ...]:
    """The incidents spoken of, the most often first; ``not told`` last."""
    ranked = [name for name, _ in Counter(each.incident for each in stated).most_common()]
    return tuple(sorted(ranked, key=lambda name: name == NOT_TOLD))


def is_of_case(incident: str, case_id: str) -> bool:
    """Whether an incident is taken for a case: its name shares a word with the case's id, and it is a single one."""
    if ":" in incident:
        return False
    words = {word.casefold() for word in _WORD.findall(case_id)}
    return not words.isdisjoint(word.casefold() for word in _WORD.findall(incident))


def counts_in_words(stated: Sequence[Statement]) -> str:
    """How many of them were reviewed, and how many only a machine has read."""
    reviewed = sum(each.is_reviewed for each in stated)
    return f"{reviewed:,} reviewed, {len(stated) - reviewed:,} machine-read"


def party_name(canonical: str) -> str:
    """A party in words: ``org:sample-institute`` is "sample institute"."""
    kind, _, name = canonical.partition(":")
    return name if kind == "document" else named(canonical).removeprefix("the ")


def _standing(reviewed: Reviewed) -> tuple[Assertion, ...]:
    return tuple(item.assertion for item in reviewed.items if item.counts)


def _about(stated: Sequence[Statement], incident: str) -> tuple[Statement, ...]:
    wanted = incident.casefold()
    found = tuple(
        each
        for each in stated
        if wanted in (each.incident.casefold(), (each.claim.assertion.incident or "").casefold())
    )
    if not found:
        known = incidents(stated)
        some = f"one of {', '.join(known[:20])}" if known else "add documents and read them first"
        raise AskError(f"nothing is said of an incident {incident!r}{did_you_mean(incident, known)}", remedy=some)
    return found


def _known_as(statement: Statement) -> tuple[str, str]:
    """The key of its incident across all documents, and in its own."""
    return statement.incident.casefold(), (statement.claim.assertion.incident or "").casefold()
