"""Contacts as the planner asks for them: the mail addresses that the registry states, in its order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tocsin.notices.deciding import Candidate
from tocsin.store.plans import REGISTRY, registry_contact


def contacts_of(registry: Mapping[str, Sequence[str]]) -> Callable[[str], Sequence[Candidate]]:
    """Gives the contacts of a constituent in the order in which they are tried."""

    def candidates(constituent: str) -> list[Candidate]:
        return [
            Candidate(
                contact=registry_contact(constituent, "mail", address),
                channel="mail",
                address=address,
                said=f"from {REGISTRY}",
            )
            for address in registry.get(constituent, ())
        ]

    return candidates
