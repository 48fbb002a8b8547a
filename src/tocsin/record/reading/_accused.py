"""Who is accused in a stretch of a sentence, and at which level: its names, and what the words make of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.record.assertions import Level, Relation
from tocsin.record.gazetteer import EntityKind, Mention
from tocsin.record.reading._tagging import Line, Token
from tocsin.record.segments import Party
from tocsin.record.spans import Span

_AFFILIATED = {"backed_by", "supported_by", "linked_to", "associated_with", "tolerated_by"}


@dataclass(frozen=True, slots=True)
class Accused:
    """Those accused, how far up the blame goes, the relation their words state, and the threat actors named."""

    parties: tuple[Party, ...]
    level: Level
    relation: Relation | None
    actors: tuple[Party, ...] = ()
    states: frozenset[str] = frozenset()


def accused_in(line: Line, first: int, last: int) -> Accused | None:
    """Who stands in tokens ``first`` to ``last``; ``None`` where nobody does who can be accused."""
    tokens = line.tokens[first : last + 1]
    names = [token for token in tokens if token.mention is not None and _is_accusable(token)]
    links = [token for token in tokens if token.kind == "L"]
    has_group = any(token.kind == "g" for token in tokens) and "&dg" not in line.kinds[first : last + 1]
    if any(token.kind == "S" and token.mention is None for token in tokens) and not names:
        return Accused((Party(canonical="state:unspecified", span=line.place(first, last)),), Level.STATE, None)
    if not names and not links:
        return None
    states = frozenset(token.mention.state for token in names if token.mention and token.mention.state)
    actors = tuple(_party(token.mention) for token in names if token.mention and token.kind == "A")
    whole = line.place(first, last)
    if any(token.kind in "OA" for token in names):
        names = [token for token in names if token.kind not in "SD"]
    if links:
        return _linked(links[0], names, states, actors, whole)
    if has_group and not any(token.kind == "A" for token in names):
        return _group(names, states, actors, whole, line, first, last)
    return Accused(tuple(_parties(names)), _highest(names), None, actors, states)


def _is_accusable(token: Token) -> bool:
    """Whatever belongs to a state can be accused, so an agency of one, where a form admits it."""
    return token.kind in "SDOALT" or (
        token.kind == "B" and token.mention is not None and token.mention.state is not None
    )


def _linked(link: Token, names: list[Token], states: frozenset[str], actors: tuple[Party, ...], whole: Span) -> Accused:
    organs = [token.mention for token in names if token.mention and token.mention.kind is EntityKind.ORGAN]
    relation = Relation(link.relation)
    if organs:
        return Accused((Party(canonical=organs[0].canonical, span=whole),), Level.STATE_ORGAN, relation, actors, states)
    if relation is Relation.DIRECTED_BY and states:
        government = min(states)
        return Accused((Party(canonical=f"gov:{government}", span=whole),), Level.STATE, relation, actors, states)
    group = f"group:{min(states).lower()}-state-backed-actors" if states else "group:state-backed-actors"
    return Accused((Party(canonical=group, span=whole),), Level.STATE_AFFILIATED, relation, actors, states)


def _group(
    names: list[Token],
    states: frozenset[str],
    actors: tuple[Party, ...],
    whole: Span,
    line: Line,
    first: int,
    last: int,
) -> Accused:
    organs = [token.mention for token in names if token.mention and token.kind == "O"]
    if organs:
        return Accused((Party(canonical=organs[0].canonical, span=whole),), Level.STATE_ORGAN, None, actors, states)
    state = min(states, default="unspecified")
    if states and any(token.relation == "spies" for token in line.tokens[first : last + 1]):
        service = Party(canonical=f"organ:{state}-intelligence", span=whole)
        return Accused((service,), Level.STATE_ORGAN, None, actors, states)
    if any(_is_government(token) for token in names) or any(token.kind == "p" for token in line.tokens[first:last]):
        group = Party(canonical=f"group:{state.lower()}-state-backed-actors", span=whole)
        return Accused((group,), Level.STATE_AFFILIATED, None, actors, states)
    if any(token.kind == "T" for token in names):
        territory = Party(canonical=f"territory:{state}", span=whole)
        return Accused((territory,), Level.TERRITORY, Relation.LOCATED_IN, actors, states)
    return Accused((Party(canonical=f"group:hackers-{state.lower()}", span=whole),), Level.GROUP, None, actors, states)


def _is_government(token: Token) -> bool:
    """The Chinese government, or a demonym that the word for its state follows."""
    mention = token.mention
    return (
        token.kind in "SD"
        and mention is not None
        and (mention.kind is EntityKind.GOVERNMENT or token.ends > mention.span.ends)
    )


def _highest(names: list[Token]) -> Level:
    levels = {
        "S": Level.STATE,
        "D": Level.STATE,
        "O": Level.STATE_ORGAN,
        "A": Level.GROUP,
        "T": Level.TERRITORY,
        "B": Level.STATE_ORGAN,
    }
    return max(levels[token.kind] for token in names)


def _parties(names: list[Token]) -> Iterator[Party]:
    seen = set()
    for token in names:
        if token.mention and token.mention.canonical not in seen:
            seen.add(token.mention.canonical)
            yield _party(token.mention)


def _party(mention: Mention) -> Party:
    return Party(canonical=mention.canonical, span=mention.span)
