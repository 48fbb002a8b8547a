"""Who calls whom what: the names each claimant uses for an actor, beside what each list says; never merged silently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tocsin.record import Attribution, Party
from tocsin.record.gazetteer import Alias
from tocsin.reports.material import Table
from tocsin.reports.stated import Statement, counts_in_words, party_name

_SHOWN = ("claimant", "names", "as", "times", "first said", "first place", "review")


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """One claimant's name for somebody whom it accuses. ``canonical`` is whom the reader takes the name for."""

    claimant: str
    name: str
    canonical: str
    statements: tuple[Statement, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "claimant": self.claimant,
            "name": self.name,
            "read_as": self.canonical,
            "statements": [each.as_json() for each in self.statements],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a list says of an actor that the record names: its name there, its other names, and the state it gives."""

    canonical: str
    source: str
    name: str
    aliases: tuple[str, ...]
    state: str | None

    def as_json(self) -> dict[str, object]:
        return {
            "actor": self.canonical,
            "source": self.source,
            "listed_as": self.name,
            "aliases": list(self.aliases),
            "placed_in": self.state,
        }


def namings(stated: Sequence[Statement]) -> tuple[Naming, ...]:
    """Every name by which a claimant accuses somebody, claimants in order of the alphabet."""
    found: dict[tuple[str, str, str], list[Statement]] = {}
    for each in stated:
        for party, name in _named(each):
            for claimant in each.parties:
                found.setdefault((claimant, name, party.canonical), []).append(each)
    return tuple(
        Naming(claimant=claimant, name=name, canonical=canonical, statements=tuple(said))
        for (claimant, name, canonical), said in sorted(found.items())
    )


def listings(named: Sequence[Naming], aliases: Sequence[Alias]) -> tuple[Listing, ...]:
    """What each list says of the actors that are named; two lists that disagree stay two."""
    wanted = {each.canonical for each in named}
    found: dict[tuple[str, str, str], list[Alias]] = {}
    for alias in aliases:
        for canonical in {alias.actor, alias.read_as} & wanted:
            found.setdefault((str(canonical), alias.source, alias.actor), []).append(alias)
    return tuple(_listing(key, listed) for key, listed in sorted(found.items()))


def namings_table(named: Sequence[Naming]) -> Table:
    """The names that claimants use, a row each."""
    rows = tuple(
        (
            *(party_name(each.claimant), each.name, each.canonical, f"{len(each.statements):,}"),
            *(str(each.statements[0].day or ""), each.statements[0].place, counts_in_words(each.statements)),
        )
        for each in named
    )
    return Table(title="Who calls whom what", columns=_SHOWN, rows=rows, right=("times",))


def listings_table(found: Sequence[Listing]) -> Table:
    """What the lists say, a row for each list and actor."""
    rows = tuple((each.canonical, each.source, each.name, ", ".join(each.aliases), each.state or "") for each in found)
    return Table(title="What the lists say", columns=("actor", "list", "entry", "names", "placed in"), rows=rows)


def _named(statement: Statement) -> Iterator[tuple[Party, str]]:
    """Those whom an attribution accuses, with the words of the text."""
    body = statement.claim.assertion.body
    if isinstance(body, Attribution):
        parties: Mapping[str, Party] = {party.canonical: party for party in (*body.actors, *body.accused)}
        for party in parties.values():
            yield party, statement.claim.said(party.span) or party_name(party.canonical)


def _listing(key: tuple[str, str, str], listed: Sequence[Alias]) -> Listing:
    canonical, source, entry = key
    states = dict.fromkeys(alias.state for alias in listed if alias.state)
    return Listing(
        canonical=canonical,
        source=source,
        name=party_name(entry),
        aliases=tuple(dict.fromkeys(alias.name for alias in listed)),
        state=", ".join(states) or None,
    )
