"""The quantities that a page states: each number with what it counts, how surely, in which state, where and when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from tocsin.record.assertions import Modality, Quantity, When
from tocsin.record.gazetteer import EntityKind
from tocsin.record.reading._quantity_counted import PERCENT, Counted, Earlier, counted_in
from tocsin.record.reading._quantity_dates import as_of, dates_a_clause, is_of_figure
from tocsin.record.reading._quantity_figures import claimed_figure
from tocsin.record.reading._quantity_states import state_after, state_before, state_within
from tocsin.record.reading.dates import dates_in
from tocsin.record.reading.numbers import find_numbers, has_number
from tocsin.record.reading.page import Candidate, Page, Sentence
from tocsin.record.spans import Span

WORLD = "world"
"""The place of what is counted worldwide; states are places by their ISO 3166 code."""

_WORLDWIDE = re.compile(r" (?:worldwide|globally|(?:around|across|throughout) the (?:world|globe))\b", re.IGNORECASE)
_PLACED = re.compile(r"\b(?:in|across|throughout|within|inside) (?:the )?\Z", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(r"[;:.!?]|, |\b(?:that|which|who|where|said|and)\b")
_STATES = (EntityKind.STATE, EntityKind.DEMONYM, EntityKind.CAPITAL)
_PLACE_REACH = 60
_MOST_NAMES = 8
_JOIN_REACH = 80
_AND = re.compile(r"(?:, | )(?:and|as well as) (?:an? )?")
_LATER_AND = re.compile(r"[^;:.]{0,70} (?:and|as well as) (?:an? )?")


def read_quantities(page: Page) -> Sequence[Candidate]:
    """The quantities of all sentences, in order.

    Dates, durations, and names and references with a number are none; deadlines, ages, and the steps, points and
    reasons of a speech are kept as not substantive. A number whose noun is left out (``some 650``) has the unit of
    the one before it in its paragraph.
    """
    found: list[Candidate] = []
    earlier, paragraph = Earlier(), -1
    for sentence in page.sentences:
        if not has_number(page.text, sentence.span):
            continue
        if sentence.paragraph != paragraph:
            earlier.unit, paragraph = "", sentence.paragraph
        dates = dates_in(page, sentence)
        numbers = find_numbers(page.text, sentence.span, apart=[when.span for when in dates if when.span])
        counted = counted_in(page.text, sentence.span, numbers, earlier)
        found += _candidates(page, sentence, counted, [when for when in dates if dates_a_clause(page.text, when)])
    return found


def _candidates(page: Page, sentence: Sentence, counted: Sequence[Counted], dates: Sequence[When]) -> list[Candidate]:
    """One candidate a number; what is said of one of several (``100 firms and nine schools``) is said of all."""
    text, found, state = page.text, list[Candidate](), ""
    for place, one in enumerate(counted):
        following = counted[place + 1 : place + 3]
        apart = (each for each in following if not (each.noun and _AND.fullmatch(_between(text, one, each))))
        stop = next((each.hedging.begins for each in apart), sentence.span.ends)
        is_thing = place > 0 and one.noun is not None and one.noun.whole is None
        is_joined = is_thing and _LATER_AND.fullmatch(_between(text, counted[place - 1], one)) is not None
        is_whole = place > 0 and counted[place - 1].whole == one.number
        found += _candidate(page, sentence, one, stop, () if is_whole else dates, state if is_joined else "")
        body = found[-1].body
        state = body.state if isinstance(body, Quantity) else ""
    return found


def _between(text: str, first: Counted, second: Counted) -> str:
    return text[first.ends : min(second.hedging.begins, first.ends + _JOIN_REACH)]


def _candidate(
    page: Page, sentence: Sentence, one: Counted, stop: int, dates: Sequence[When], shared: str
) -> list[Candidate]:
    """The number's candidate; of a range one for each end, ``>=`` and ``<=``, which share their figure."""
    number, noun, hedging = one.number, one.noun, one.hedging
    state, ends = _state(page.text, sentence.span, one, stop)
    span = Span(hedging.begins, ends)
    when = as_of(page.text, number.span, stop, dates)
    uttered = page.uttered(page.innermost(span)) if when else None
    is_expected = hedging.modality is Modality.EXPECTED
    if when and not is_of_figure(page.text, when, state or shared, uttered=uttered, is_expected=is_expected):
        when = None
    quantity = Quantity(
        number=number.span,
        value=number.value,
        unit=one.unit,
        comparator=hedging.comparator,
        hedges=hedging.hedges,
        modality=hedging.modality,
        subject=noun.span if noun else None,
        denominator=_denominator(one),
        state=state or shared,
        place=_place(page, sentence.span, one),
        substantive=one.is_substantive,
    )
    quantity = replace(quantity, figure=claimed_figure(page, span, quantity, one, when))
    ends_of = [quantity]
    if number.limits:
        low, high = number.limits
        ends_of = [
            replace(quantity, number=low, value=number.low, comparator=">="),
            replace(quantity, number=high, value=number.high, comparator="<="),
        ]
    return [
        Candidate(
            span=span,
            rule=f"quantity.{'part' if one.whole else 'vague' if number.is_vague else number.kind}",
            body=body,
            triggers=(body.number, *hedging.hedges),
            when=when,
        )
        for body in ends_of
    ]


def _state(text: str, sentence: Span, one: Counted, stop: int) -> tuple[str, int]:
    """What is said of the things counted, and where the words about them end.

    A predicate goes before what stands in front of the number, and that before an attribute.
    """
    ends = max(one.ends, one.whole.span.ends if one.whole else 0)
    worldwide = _WORLDWIDE.match(text, ends, sentence.ends)
    ends = worldwide.end() if worldwide else ends
    predicate = state_after(text, sentence, ends, max(stop, ends))
    before = state_before(text, sentence, one.hedging.begins)
    if predicate and (predicate.is_close or not before):
        return predicate.state, predicate.ends
    return before or (state_within(text, one.noun.span) if one.noun else ""), ends


def _denominator(one: Counted) -> Span | None:
    if one.whole:
        return Span(one.whole.span.begins, max(one.ends, one.whole.span.ends))
    if one.noun is None or (one.number.is_vague and one.unit != PERCENT):
        return None
    return one.noun.whole


def _place(page: Page, sentence: Span, one: Counted) -> str | None:
    """The world, or the state that the counted noun names (``UK-based firms``) or that follows it (``in Norway``)."""
    text, begins = page.text, one.number.span.ends
    ends = min(sentence.ends, one.ends + _PLACE_REACH)
    stop = _CLAUSE_ENDS.search(text, one.ends, ends)
    ends = stop.start() if stop else ends
    if _WORLDWIDE.search(text, begins, ends):
        return WORLD
    first = bisect_left(page.mentions, begins, key=lambda mention: mention.span.begins)
    for mention in page.mentions[first : first + _MOST_NAMES]:
        if mention.span.ends > ends:
            return None
        is_placed = mention.span.ends <= one.ends or _PLACED.search(text, begins, mention.span.begins)
        if mention.state and mention.kind in _STATES and is_placed:
            return mention.state
    return None
