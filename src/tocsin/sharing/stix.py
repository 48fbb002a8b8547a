"""The record as a STIX 2.1 bundle: each claim an object of its own, with its claimants and words, none merged.

What a claimant calls an actor is that claimant's actor alone, so two governments' names for one group stay two objects.
``attributed-to`` stands only where the claim says who did it, ``originates-from`` for a territory; a tie that is less
(backed by, linked to, tolerated by) is ``related-to``. Nothing has ``confidence``, which would be ours and not the
claimant's. Source: OASIS, *STIX 2.1* (2021), sections 4.4, 4.7, 4.11, 4.13, 4.14, 4.17 and 5.1.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from uuid import uuid5

from tocsin.labels import Label
from tocsin.record import Assertion, Attribution, Code, Denial, Level, Party, Polarity, Relation
from tocsin.record.review import Item
from tocsin.sharing._stix_objects import OURS, Maker
from tocsin.sharing.filed import Choice, Filed, as_read, countries, fields_of, names, review_of, said_on

_AUTHORSHIP = frozenset(
    {
        Relation.CONDUCTED_BY,
        Relation.RESPONSIBLE_FOR,
        Relation.BEHIND,
        Relation.ACCUSED_UNSPECIFIED,
        Relation.PRESUPPOSED,
    }
)
_STATES = ("state:", "gov:", "organ:", "role:")
_CLASSES = {"person": "individual", "group": "group", "unknown": "unknown"}


def stix(record: Iterable[Filed], choice: Choice, label: Label, *, creator: str) -> bytes:
    """All chosen assertions as one bundle; ``creator`` is the name of the organisation that shares it.

    An attribution that is asserted is a relationship from the incident as its claimants tell it; a denial, once it is
    reviewed, an opinion on the claims it answers; everything else a note; suggested codes are left out. Each has the
    label ``reviewed`` or ``machine-read``.
    """
    maker = Maker(creator, label)
    for filed in record:
        _Told(maker, filed).report(list(choice.items(filed)))
    objects = list(maker.made.values())
    name = uuid5(OURS, json.dumps(objects, sort_keys=True))
    bundle = {"type": "bundle", "id": f"bundle--{name}", "objects": objects}
    return (json.dumps(bundle, indent=1, ensure_ascii=True) + "\n").encode("ascii")


class _Told:
    """What one document tells."""

    def __init__(self, maker: Maker, filed: Filed) -> None:
        self._maker, self._filed, self._text = maker, filed, filed.document.text
        self._claims: list[tuple[Assertion, list[str]]] = []

    def report(self, items: Sequence[Item]) -> None:
        """Makes the document's objects and the report that holds them; nothing for a document without any."""
        refs: list[str] = []
        for item in items:
            if _is_claim(item.assertion):
                made = self._claim(item)
                self._claims.append((item.assertion, made))
                refs += made
        refs += [ref for item in items if not _is_claim(item.assertion) for ref in self._rest(item)]
        if not refs:
            return
        document, taken = self._filed.document, self._filed.taken_at
        day = document.published
        properties: dict[str, object] = {
            "name": self._filed.name,
            "published": f"{datetime.combine(day or taken.date(), time(), UTC):%Y-%m-%dT%H:%M:%S.000Z}",
            "object_refs": list(dict.fromkeys(refs)),
            "external_references": [self._source()],
        }
        ours = {
            "document_sha256": document.sha256,
            "genre": document.genre.value,
            "publisher": document.publisher,
            "published_precision": "day" if day else "unknown: the day on which the document was taken in",
            "reader": self._filed.reviewed.reading.reader,
            "fully_reviewed": self._filed.reviewed.is_complete,
        }
        # Another choice of claims is another report: an id never stands for two contents.
        self._maker.put("report", (document.sha256, *refs), properties, ours=ours, created=taken)

    def _claim(self, item: Item) -> list[str]:
        """An asserted attribution: one relationship for each of those it names, all with the same assertion."""
        body = item.assertion.body
        assert isinstance(body, Attribution)
        incident = self._incident(item.assertion)
        places = [party for party in body.accused if party.canonical.startswith("territory:")]
        made = [self._tie(item, incident, "originates-from", self._place(party), party) for party in places]
        named = [party for party in dict.fromkeys((*body.actors, *body.accused)) if party not in places]
        behind = [party for party in named if party.canonical.startswith(_STATES)] if _is_less(body) else []
        doing = [party for party in named if party not in behind]
        doers: list[tuple[str, Party | None]] = [(self._actor(item, party), party) for party in doing]
        if behind and not doers:
            doers = [(self._unnamed(item), None)]
        made += [self._tie(item, incident, "attributed-to", doer, party) for doer, party in doers]
        made += [
            self._tie(item, doer, "related-to", self._actor(item, party), party)
            for doer, _ in doers
            for party in behind
        ]
        return made or [self._note(item)]

    def _tie(self, item: Item, source: str, kind: str, target: str, party: Party | None) -> str:
        key = (item.assertion.id, kind, source, target)
        ends = {"relationship_type": kind, "source_ref": source, "target_ref": target}
        ours = self._ours(item) | {"party": party and party.canonical}
        return self._put("relationship", key, {**ends, "description": ours["words"]}, item, ours)

    def _rest(self, item: Item) -> list[str]:
        assertion = item.assertion
        if isinstance(assertion.body, Code) and not item.is_reviewed:
            return []
        answered = self._answered(assertion) if isinstance(assertion.body, Denial) and item.is_reviewed else []
        if not answered:
            return [self._note(item)]
        ours = self._ours(item)
        properties = {
            "opinion": "strongly-disagree",
            "explanation": ours["words"],
            "authors": names(assertion.claimants),
            "object_refs": answered,
        }
        return [self._put("opinion", (assertion.id,), properties, item, ours)]

    def _answered(self, denial: Assertion) -> list[str]:
        """The claims that a denial answers: at the place it answers, else those of its incident against its state."""
        body = denial.body
        assert isinstance(body, Denial)
        if body.what != "responsibility_denial":
            return []
        if body.answers is not None:
            near = [refs for claim, refs in self._claims if claim.span.meets(body.answers)]
        else:
            mine = set(countries(denial.claimants))
            near = [
                refs
                for claim, refs in self._claims
                if denial.incident and claim.incident == denial.incident and mine & set(_blamed(claim))
            ]
        return [ref for refs in near for ref in refs]

    def _note(self, item: Item) -> str:
        assertion, ours = item.assertion, self._ours(item)
        about = [self._incident(assertion)] if assertion.incident else [self._party(p) for p in assertion.claimants]
        properties = {
            "abstract": f"{assertion.kind}, {assertion.polarity.value}",
            "content": ours["words"],
            "authors": names(assertion.claimants),
            "object_refs": about or [self._maker.creator],
        }
        return self._put("note", (assertion.id,), properties, item, ours)

    def _put(
        self, kind: str, key: Sequence[str], properties: dict[str, object], item: Item, ours: dict[str, object]
    ) -> str:
        last = item.history[-1].at if item.history else None
        shown = {
            **properties,
            "labels": ["reviewed" if item.is_reviewed else "machine-read"],
            "external_references": [self._source()],
        }
        return self._maker.put(kind, key, shown, ours=ours, created=self._filed.taken_at, modified=last)

    def _ours(self, item: Item) -> dict[str, object]:
        assertion = item.assertion
        return {
            "assertion": assertion.id,
            "document_sha256": assertion.document,
            "begins": assertion.span.begins,
            "ends": assertion.span.ends,
            "rule": assertion.rule,
            "said_on": said_on(self._filed, assertion),
            **fields_of(assertion, self._text),
            **review_of(item),
            "as_read": as_read(item, self._text),
            "claimant_refs": [self._party(party) for party in assertion.claimants],
        }

    def _incident(self, assertion: Assertion) -> str:
        """The incident as these claimants tell it; another's telling is another object."""
        told = assertion.incident or f"not told which ({assertion.id})"
        claimants = names(assertion.claimants)
        ours = {"incident": assertion.incident, "claimants": claimants}
        return self._maker.put("campaign", (told, *claimants), {"name": told}, ours=ours)

    def _actor(self, item: Item, party: Party) -> str:
        """An actor as these claimants name it."""
        kind = "intrusion-set" if party.canonical.startswith("actor:") else "threat-actor"
        claimants = names(item.assertion.claimants)
        ours = {"party": party.canonical, "claimants": claimants}
        return self._maker.put(kind, (party.canonical, *claimants), {"name": party.canonical}, ours=ours)

    def _unnamed(self, item: Item) -> str:
        """Whoever did it according to a claim that names only whom they are tied to; of that claim alone."""
        ours = {"claimants": names(item.assertion.claimants), "assertion": item.assertion.id}
        return self._maker.put("threat-actor", ("unnamed", item.assertion.id), {"name": "not named"}, ours=ours)

    def _place(self, party: Party) -> str:
        country = countries([party])
        place = {"country": country[0]} if country else {"region": party.canonical}
        return self._maker.put("location", (party.canonical,), {"name": party.canonical, **place})

    def _party(self, party: Party) -> str:
        kind = _CLASSES.get(party.canonical.partition(":")[0], "organization")
        return self._maker.put(
            "identity", ("party", party.canonical), {"name": party.canonical, "identity_class": kind}
        )

    def _source(self) -> dict[str, object]:
        document = self._filed.document
        found: dict[str, object] = {
            "source_name": document.publisher or "public document",
            "description": self._filed.name,
        }
        if document.source.startswith(("https://", "http://")):
            found |= {"url": document.source, "hashes": {"SHA-256": document.sha256}}
        return found


def _is_less(body: Attribution) -> bool:
    """Whether the states that it accuses are said to stand behind whoever did it, and not to have done it."""
    return body.level in (Level.GROUP, Level.STATE_AFFILIATED) or body.relation not in _AUTHORSHIP


def _blamed(claim: Assertion) -> list[str]:
    body = claim.body
    return countries((*body.accused, *body.actors)) if isinstance(body, Attribution) else []


def _is_claim(assertion: Assertion) -> bool:
    return isinstance(assertion.body, Attribution) and assertion.polarity is Polarity.ASSERTED
