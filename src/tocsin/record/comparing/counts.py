"""A count of states held against the list of those who are named, unions and alliances taken apart by their members."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.figures import Difference
from tocsin.record.assertions import Quantity
from tocsin.record.comparing.claims import BLOCS, Claim, between, blocks, of_incidents, state_of
from tocsin.record.comparing.comparison import Between, Comparison, Family, Verdict
from tocsin.record.gazetteer import EntityKind, Gazetteer, Mention
from tocsin.record.spans import Span

Members = Callable[[str, date], frozenset[str]]
"""The states (ISO 3166 codes) that were members of a union or alliance (``EU``, ``NATO``) on a day."""

_STATES = frozenset("countries states nations governments allies partners".split())
_NAMED = frozenset({EntityKind.STATE, EntityKind.BLOC, EntityKind.GOVERNMENT})
_JOINT = re.compile(r"[,;]?\s(?:(?:and|as well as|including|with)\s)?(?:the\s)?")
_IS_PART = re.compile(r"\b(?:including|such as|among them|for example)\b[^.;!?\n]{0,30}$")
_SHORTEST_LIST = 3
_FARTHEST = 2500
_MOST = 3


@dataclass(frozen=True, slots=True)
class _List:
    """States, unions and alliances that a text names one after the other; ``is_part`` where only some are (such as)."""

    span: Span
    names: tuple[str, ...]
    is_part: bool


def compare_counts(claims: Sequence[Claim], members: Members, gazetteer: Gazetteer) -> Iterator[Comparison]:
    """Each number of states beside the list nearest to it in its document, at most ``_MOST`` for one number."""
    beside = blocks(claims, lambda claim: claim.document.sha256)
    for about in of_incidents(claims).values():
        for alike in blocks((claim for claim in about if _is_count(claim)), _number).values():
            for count in alike[:_MOST]:
                held = [_held_against(count, listed, beside, members) for listed in _lists(count, gazetteer)]
                made_up = [comparison for comparison in held if comparison.verdict is Verdict.SAME]
                yield from (made_up or held)[:1]


def _held_against(count: Claim, listed: _List, beside: Mapping[str, Sequence[Claim]], members: Members) -> Comparison:
    parties, claimed = listed.names, int(_number(count))
    blocs = {bloc: members(bloc, count.day or date.max) for bloc in parties if bloc in BLOCS}
    single = {code for code in parties if code not in blocs}
    everyone = single.union(*blocs.values())
    verdict = Verdict.SAME if claimed in (len(everyone), len(parties)) else Verdict.DIFFERS
    named = _holding(beside[count.document.sha256], listed)
    parts = (Difference(name="number of states", left=f"{claimed}", right=f"{len(everyone)}"),)
    words = f'"{count.said(listed.span)}"'
    adds_up = _sum(blocs, single, everyone) + ("; it is told as a part" if listed.is_part else "")
    sentence = f"{count.who} counts {claimed}; the list ({words}) names {len(parties)}: {adds_up}."
    return Comparison(
        family=Family.COUNT,
        verdict=verdict,
        left=count.id,
        right=named.id if named else None,
        parts=() if verdict is Verdict.SAME else parts,
        explanation=sentence[:1].upper() + sentence[1:],
        between=between(count, named) if named else Between.CLAIMANTS,
        weight=0.3 if verdict is Verdict.SAME or listed.is_part else 0.6,
        incident=count.incident,
    )


def _sum(blocs: dict[str, frozenset[str]], single: set[str], everyone: set[str]) -> str:
    """``EU 27 + NATO 30 − 21 in both + AU, JP, NZ = 39``."""
    outside = sorted(single.difference(*blocs.values()))
    twice = sum(len(inside) for inside in blocs.values()) - len(frozenset[str]().union(*blocs.values()))
    terms = " + ".join(f"{bloc} {len(inside)}" for bloc, inside in blocs.items())
    terms += f" − {twice} counted twice" if twice else ""
    rest = f"{len(outside)} more ({', '.join(outside)})" if outside else ""
    inside = sorted(code for code in single if code not in outside)
    already = f"; {', '.join(inside)} {'is' if len(inside) == 1 else 'are'} among them" if inside else ""
    return f"{' + '.join(filter(None, (terms, rest)))} = {len(everyone)} states{already}"


def _is_count(claim: Claim) -> bool:
    body = claim.assertion.body
    return isinstance(body, Quantity) and body.unit in _STATES and (body.value or 0) >= _SHORTEST_LIST


def _number(claim: Claim) -> float:
    assert isinstance(claim.assertion.body, Quantity)
    return claim.assertion.body.value or 0.0


def _lists(count: Claim, gazetteer: Gazetteer) -> list[_List]:
    """The lists near the count, the nearest first: a later turn may refer to the list of an earlier one."""
    at, text = count.assertion.span.begins, count.document.text
    begins, ends = max(0, at - _FARTHEST), at + _FARTHEST
    runs: list[list[Mention]] = [[]]
    window = text[begins:ends]
    for mention in gazetteer.mentions(window):
        if mention.kind not in _NAMED:
            continue
        if runs[-1] and not _JOINT.fullmatch(window, runs[-1][-1].span.ends, mention.span.begins):
            runs.append([])
        runs[-1].append(mention)
    found = [_list(text, begins, run) for run in runs if len(run) >= _SHORTEST_LIST]
    long_ones = [listed for listed in found if len(listed.names) >= _SHORTEST_LIST]
    return sorted(long_ones, key=lambda listed: abs(listed.span.begins - at))


def _list(text: str, offset: int, run: Sequence[Mention]) -> _List:
    span = Span(offset + run[0].span.begins, offset + run[-1].span.ends)
    names = dict.fromkeys(code for each in run if (code := each.state or state_of(each.canonical)))
    is_part = _IS_PART.search(text, max(0, span.begins - 60), span.begins) is not None
    return _List(span, tuple(names), is_part)


def _holding(claims: Sequence[Claim], listed: _List) -> Claim | None:
    """The shortest other claim that has the list in it."""
    holding = [claim for claim in claims if claim.assertion.span.holds(listed.span) and not _is_count(claim)]
    return min(holding, key=lambda claim: len(claim.assertion.span), default=None)
