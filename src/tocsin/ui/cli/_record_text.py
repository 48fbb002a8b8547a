"""A document as a page of text: its assertions marked with numbers, and what each is in a note below its line."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tocsin.record import (
    Assertion,
    Assessment,
    Attribution,
    Body,
    Code,
    Commitment,
    Denial,
    Likelihood,
    Party,
    Polarity,
    Quantity,
    Relation,
    Response,
    Span,
    When,
)
from tocsin.record.assertions import Modality
from tocsin.record.spans import with_line_feeds
from tocsin.reports import terminal

COLOURS = {
    "attribution": "red",
    "assessment": "yellow",
    "quantity": "cyan",
    "event": "blue",
    "denial": "magenta",
    "response": "green",
    "commitment": "bright_green",
    "code": "bright_black",
}
_OWN_VOICE = "the document"
_UNSEEN = "machine-read"
_SHORT = 8

Pieces = list[tuple[str, str]]
"""Text and its style, one after the other; a line of the page."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """Where a mark begins or ends. Ends come before beginnings; the longer mark begins first and ends last.

    Only a mark of nothing begins before it ends.
    """

    at: int
    is_begin: bool
    length: int
    number: int
    kind: str

    @property
    def order(self) -> tuple[int, int, int]:
        if self.is_begin:
            return self.at, 1, -self.length
        return self.at, 0 if self.length else 2, self.length


def page(text: str, assertions: Sequence[Assertion], states: Mapping[str, str]) -> Iterator[Pieces]:
    """The lines of the page. Whatever a terminal would obey is made visible.

    ``states`` are how far the assertions are reviewed, by id.
    """
    edges = deque(sorted(_edges(assertions), key=lambda edge: edge.order))
    open_kinds: list[str] = []
    at = begun = 0
    for line in with_line_feeds(text).split("\n"):
        ends = begun + len(line)
        pieces: Pieces = []
        notes = []
        while edges and edges[0].at <= ends:
            edge = edges.popleft()
            pieces.append((_shown(text[at : edge.at]), _style(open_kinds)))
            at = edge.at
            if edge.is_begin:
                open_kinds.append(edge.kind)
                notes.append(edge.number)
                pieces.append((f"[{edge.number} ", _style(open_kinds)))
            else:
                pieces.append(("]", _style(open_kinds)))
                open_kinds.remove(edge.kind)
        pieces.append((_shown(text[at:ends]), _style(open_kinds)))
        yield [piece for piece in pieces if piece[0]]
        for number in notes:
            each = assertions[number - 1]
            yield [(note(number, each, text, states.get(each.id, "")), "dim")]
        at = begun = ends + 1


def note(number: int, assertion: Assertion, text: str, state: str = "") -> str:
    """``[1] attribution: gov:GB → state:CN; state, responsible_for; "highly likely"; about x (rule; 1f0c22ab)``.

    At the end stand the first digits of the id, by which it is reviewed, and its state where a person has looked.
    """
    is_seen = state not in ("", _UNSEEN)
    parts = [_who(assertion), *_said(assertion.body, text, is_seen=is_seen)]
    if assertion.polarity is not Polarity.ASSERTED:
        parts.append(assertion.polarity.value)
    if assertion.when is not None:
        parts.append(_day(assertion.when))
    if assertion.incident:
        parts.append(f"about {assertion.incident}")
    told = "; ".join(part for part in parts if part)
    known = [assertion.rule, assertion.id[:_SHORT], *([state] if is_seen else [])]
    return terminal(f"    [{number}] {assertion.kind}: {told} ({'; '.join(known)})")


def _edges(assertions: Iterable[Assertion]) -> Iterator[_Edge]:
    for number, each in enumerate(assertions, 1):
        for at, is_begin in ((each.span.begins, True), (each.span.ends, False)):
            yield _Edge(at, is_begin, len(each.span), number, each.kind)


def _shown(text: str) -> str:
    return terminal(text.replace("\t", "  ").replace("\r", ""))


def _style(open_kinds: Sequence[str]) -> str:
    return COLOURS[open_kinds[-1]] if open_kinds else ""


def _who(assertion: Assertion) -> str:
    claimant = _names(assertion.claimants) or _OWN_VOICE
    through = [party.canonical for party in assertion.chain if party not in assertion.claimants]
    return f"{claimant} (through {', '.join(through)})" if through else claimant


def _said(body: Body, text: str, *, is_seen: bool) -> list[str]:
    match body:
        case Attribution():
            relation = body.relation.value.replace("_", " ")
            told = [f"→ {_names(body.accused) or 'nobody named'}", f"level {body.level.word}, {relation}"]
            is_said = body.explicit or body.relation is Relation.PRESUPPOSED
            return [*told, "" if is_said else "presupposed", *_likelihood(body.likelihood, text)]
        case Assessment():
            return [body.what, *_likelihood(body.likelihood, text)]
        case Quantity():
            value = "a vague number" if body.value is None else f"{body.value:,g}"
            stated = "" if body.modality is Modality.ASSERTED else body.modality.value
            sign = "" if body.comparator == "=" else f"{body.comparator} "
            return [
                f"{sign}{value} {body.unit}",
                body.state,
                body.place or "",
                stated,
                _words("of", body.denominator, text),
            ]
        case Denial():
            return [body.what.replace("_", " "), _words("of", body.denied, text)]
        case Response():
            actors = f"by {_names(body.actors)}" if body.actors else ""
            targets = f"against {_names(body.targets)}" if body.targets else ""
            return [body.measure.replace("_", " "), body.standing.value.replace("_", " "), actors, targets]
        case Commitment():
            return [body.what.replace("_", " "), f"by {_names(body.holders)}" if body.holders else ""]
        case Code():
            coded = "coded by a person" if is_seen else "suggested"
            return [body.strategy, "written into the document" if body.tag else coded]
    return []


def _likelihood(found: Likelihood, text: str) -> list[str]:
    band = f", {found.band} of {found.yardstick}" if found.band else ""
    words = _words("", found.words, text)
    return [f"{words}{band}" if words else "", f"{found.confidence} confidence" if found.confidence else ""]


def _words(before: str, span: Span | None, text: str) -> str:
    return "" if span is None else f"{before} “{span.of(text)}”".strip()


def _names(parties: Iterable[Party]) -> str:
    return ", ".join(party.canonical for party in parties)


def _day(when: When) -> str:
    if when.begins is None:
        return "no date to be told"
    return f"on {when.begins}" if when.begins == when.ends else f"from {when.begins} to {when.ends}"
