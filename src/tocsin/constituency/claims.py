"""What speaks for whose a service is, and the one rule that decides between such claims.

Source: design section 6: most specific first, ``own`` before ``provider``, a reverse-DNS name proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from tocsin.constituency.constituent import Holding

CERTIFICATE, FORWARD, REVERSE = "certificate", "forward", "ptr"
NAME_SOURCES = (CERTIFICATE, FORWARD, REVERSE)
"""Where a host name may come from; whatever is not named here counts as the last, which proves nothing."""

_NAME_WORDS = {CERTIFICATE: "certificate name", FORWARD: "forward DNS", REVERSE: "reverse DNS"}


@dataclass(frozen=True, slots=True)
class Claim:
    """A constituent's holding that covers the service; ``name_from`` says where the name came from that led to it.

    ``text`` is how it is told; it is kept because the same claim is told for many services.
    """

    constituent: str
    holding: Holding
    name_from: str | None
    text: str

    @classmethod
    def of(cls, constituent: str, holding: Holding, name_from: str | None = None) -> Claim:
        """The claim with its text."""
        return cls(constituent, holding, name_from, f"{holding}{name_words(name_from)}")

    def as_json(self) -> dict[str, object]:
        return {"constituent": self.constituent, **self.holding.as_json(), "name_from": self.name_from}


Group = tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """What addresses, names or AS numbers say: own claims, then provider claims, each the most specific first.

    ``top_own`` and ``top_provider`` are the most specific of each sort: several when they weigh the same.
    """

    own: Group = ()
    provider: Group = ()
    top_own: Group = ()
    top_provider: Group = ()

    @classmethod
    def of_levels(cls, levels: Iterable[Iterable[Claim]]) -> Side:
        """The side of groups of equal weight, the most specific group first."""
        groups = [tuple(level) for level in levels]
        own = [group for level in groups if (group := tuple(each for each in level if not each.holding.provider))]
        provider = [group for level in groups if (group := tuple(each for each in level if each.holding.provider))]
        return cls(
            own=tuple(chain.from_iterable(own)),
            provider=tuple(chain.from_iterable(provider)),
            top_own=own[0] if own else (),
            top_provider=provider[0] if provider else (),
        )


@dataclass(frozen=True, slots=True)
class Considered:
    """A claim that did not decide, and why."""

    claim: Claim
    why: str

    def __str__(self) -> str:
        return f"{self.claim.constituent}: {self.claim.text}, {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who answers for a service: ``proven`` or ``claimed`` by one, ``disputed`` between several, or ``none``."""

    certainty: str
    claimants: tuple[str, ...]
    deciding: tuple[Claim, ...]
    others: tuple[Considered, ...]

    @property
    def constituent(self) -> str | None:
        """The registry's id; of several, joined by ``;``, the most specific first."""
        return ";".join(self.claimants) or None

    @property
    def holding(self) -> str | None:
        """What decided and where it was registered; in a dispute, the best of each side."""
        return "; ".join([claim.text for claim in self.deciding]) or None

    @property
    def considered(self) -> str:
        """What else was considered and why it did not decide."""
        return "; ".join([str(other) for other in self.others])

    def as_json(self) -> dict[str, object]:
        return {
            "constituent": self.constituent,
            "certainty": self.certainty,
            "holding": self.holding,
            "considered": self.considered,
            "claimants": list(self.claimants),
            "deciding": [claim.as_json() for claim in self.deciding],
            "others": [{**each.claim.as_json(), "why": each.why} for each in self.others],
        }


def name_words(name_from: str | None) -> str:
    """What is told behind a domain: where the name in it was seen."""
    return f" by {_NAME_WORDS[name_from]}" if name_from else ""


def decide(address: Side, name: Side, asn: Side, name_from: str, parents: Mapping[str, str | None]) -> Answer:
    """Who answers for a service, given what covers its address, its name and its AS number.

    ``name_from`` says where the name was seen; ``parents`` who belongs to whom.
    """
    evidence, certainty = _evidence(address, name, asn, name_from)
    if not evidence:
        return _NOBODY
    holders: Iterable[str] = dict.fromkeys([claim.constituent for claim in evidence])
    holders = without_ancestors(tuple(holders), parents)
    if len(holders) > 1:
        certainty = "disputed"
    deciding = tuple([next(claim for claim in evidence if claim.constituent == holder) for holder in holders])
    everything = (*address.own, *name.own, *asn.own, *address.provider, *asn.provider)
    others = tuple(
        [Considered(claim, _why_not(claim, evidence, holders)) for claim in everything if claim not in deciding]
    )
    return Answer(certainty=certainty, claimants=holders, deciding=deciding, others=others)


def without_ancestors(names: tuple[str, ...], parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """Those of whom none is above another: between a parent and its child, the child holds."""
    if len(names) < 2:
        return names
    above = {ancestor for name in names for ancestor in _ancestors(name, parents)}
    return tuple(name for name in names if name not in above) or names


def _evidence(address: Side, name: Side, asn: Side, name_from: str) -> tuple[Group, str]:
    """The claims of most weight, and how certain they make it if they agree."""
    if name_from != REVERSE and name.top_own:
        return address.top_own + name.top_own, "proven"
    if proof := address.top_own or asn.top_own:
        return proof, "proven"
    return name.top_own or address.top_provider or asn.top_provider, "claimed"


def _ancestors(name: str, parents: Mapping[str, str | None]) -> set[str]:
    found = set[str]()
    above = parents.get(name)
    while above is not None and above not in found and above != name:
        found.add(above)
        above = parents.get(above)
    return found


def _why_not(claim: Claim, evidence: Group, holders: tuple[str, ...]) -> str:
    if claim.constituent in holders:
        return "which says the same"
    if claim in evidence:
        return "its parent, for which the child holds"
    if claim.name_from == REVERSE:
        return "but whoever runs an address sets its reverse name"
    if claim.holding.provider and not evidence[0].holding.provider:
        return "which only runs the network"
    if claim.holding.kind == "domain":
        return "a shorter domain"
    return "less specific"


_NOBODY = Answer(certainty="none", claimants=(), deciding=(), others=())
